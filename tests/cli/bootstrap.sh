#!/bin/sh
# What ./bootstrap would install, with package managers that only write down
# what they were asked: each system is told from the others by its manager.
. "${srcdir:-.}/tests/cli/lib.sh"
bootstrap=$(cd "${srcdir:-.}" && pwd)/bootstrap

# A machine of its own: these tools, and the manager of the case.
machine() {	# machine UID INSTALLED MANAGER QUERY...: INSTALLED is true or false
	rm -rf "${work:?}/bin"
	mkdir "$work/bin"
	: >"$work/asked"
	for tool in sh env dirname sed grep cat; do
		ln -s "$(command -v $tool)" "$work/bin/$tool"
	done
	fake id "echo $1"
	have=$2
	fake "$3" "case \"\$1\" in info|list|-Qi) exec $have ;; *) echo $3 \"\$@\" >>'$work/asked' ;; esac"
	shift 3
	for query; do fake "$query" "$have && echo 'install ok installed'"; done
	fake true 'exit 0'
	fake false 'exit 1'
}

fake() {	# fake NAME SCRIPT
	printf '#!%s\n%s\n' "$(command -v sh)" "$2" >"$work/bin/$1"
	chmod +x "$work/bin/$1"
}

run() {	# run STATUS: ./bootstrap deps from a folder that is not its own
	cd "$work" || exit 1
	status "$1" env PATH="$work/bin" "$work/bin/sh" "$bootstrap" deps
}

asked() {	# asked LINE: the manager was called so, other words between allowed
	grep -q "^$1" "$work/asked" || {
		complain "was not asked: $1"
		cat "$work/asked" "$work/err"
	}
}

machine 0 false apt-get dpkg-query
run 0
asked "apt-get update"
asked "apt-get install .*-y.* libcsv-dev .* libcmocka-dev"
machine 0 true apt-get dpkg-query
run 0
[ ! -s "$work/asked" ] || complain "a machine that is set up was asked to install"
machine 0 false dnf rpm
run 0
asked "dnf install .*-y.* sqlite-devel .*libcsv-devel"
machine 0 false pacman
run 0
asked "pacman -S .*--noconfirm.* sqlite .*cmocka"
machine 0 false apk
run 0
asked "apk add .*sqlite-dev .*cmocka-dev"

# Homebrew refuses root and needs none.
machine 1000 false brew
run 0
asked "brew install .*libcsv .*cmocka"

# Neither root nor sudo: what to run is said, nothing is run.
machine 1000 false apt-get dpkg-query
run 1
says "apt-get install"
says "bootstrap deps again"
[ ! -s "$work/asked" ] || complain "installed without being root"
fake sudo "echo sudo \"\$@\" >>'$work/asked'"
run 0
asked "sudo apt-get update"
asked "sudo env DEBIAN_FRONTEND=noninteractive apt-get install"

# A manager that fails is an error, one that is not there is not.
machine 0 false dnf rpm
fake dnf 'echo "no such package"; exit 1'
run 1
says "no such package"
says "dnf could not install"
machine 0 false dnf rpm
rm "$work/bin/dnf"
run 0
says "no apt, dnf, pacman, apk or brew"
finish
