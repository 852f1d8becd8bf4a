#!/usr/bin/env bash
# make mutate: do the tests notice when the code is wrong? One line at a time is altered
# (mutants.awk), and what TARGETS names for the file must fail.
#   MUTANTS=5    of each file, drawn with MUTATE_SEED=1; 0: all of them
#   MUTATE_ONLY=src/case   files whose path holds this
#   MUTATE_DIR=FOLDER      keeps the copy that is built, and builds only what changed in it
# A mutant that the compiler makes the same code of is none. One that no test notices is
# a survivor: printed, unless ARGUED says why it does no harm. Ends with a table by folder,
# and with status 1 if there are survivors that nobody has argued.
#
# The programs take all code below src/cli from one shared library, so that a mutant costs
# one compilation and one link, however many tests ask it.
set -u
top=$(cd "${srcdir:-.}" && pwd)
here=$top/tests/mutate
mutants=${MUTANTS:-5} only=${MUTATE_ONLY:-} seed=${MUTATE_SEED:-1}
CC=${CC:-gcc}
if [ -n "${MUTATE_DIR:-}" ]; then
	mkdir -p "$MUTATE_DIR" && work=$(cd "$MUTATE_DIR" && pwd) || exit 2
else
	work=$(mktemp -d)
	trap 'rm -rf "$work"' EXIT
fi
trap 'exit 130' INT TERM

echo "a copy is built in $work"
others=(--exclude=./.git --exclude=./autom4te.cache)
for status in "$top"/*/config.status; do	# builds beside the source
	[ -e "$status" ] && others+=("--exclude=./$(basename "$(dirname "$status")")")
done
mkdir -p "$work/tree" "$work/build"
tar -C "$top" "${others[@]}" -cf - . | tar -xf - -C "$work/tree" || exit 2
cd "$work/build" || exit 2
rm -f claque	# of a run before: it would not start without that run's library
{ [ -e config.status ] || CC=$CC ../tree/configure -q CFLAGS='-O1 -g0' >configure.log 2>&1; } &&
	make -s -j2 all >make.log 2>&1 || { tail -n 20 make.log configure.log; exit 2; }
rm -f "$work/counts"

# What is linked beside the program's own libraries.
libraries=$(make -s -f Makefile -f <(echo 'show:; @echo $(filter-out %.la,$(PROGRAM_LIBS))') show)

whole() {	# whole FILE OBJECT: the library, with OBJECT in the place of FILE's own
	find src -path '*/.libs/*.o' ! -path "$1" | LC_ALL=C sort >objects
	# shellcheck disable=SC2086 # words
	$CC -shared -o libwhole.so @objects ${2:-} $libraries -lm >link.log 2>&1
}

# Environment of the tests, as make check sets it; the first failure ends a program.
export CMOCKA_MESSAGE_OUTPUT=TAP TZ=UTC LC_ALL=C.UTF-8 XDG_CONFIG_HOME=/nonexistent
export CLAQUE_RULES=/nonexistent CLAQUE_SCENARIOS=/nonexistent CLAQUE_FORMATS=/nonexistent
export CLAQUE_LESSONS=$work/tree/share/lessons
export top_builddir=$work/build srcdir=$work/tree CLAQUE_SHARED="${CLAQUE_SHARED:-$top/../shared}"
export LD_LIBRARY_PATH=$work/build CMOCKA_TEST_ABORT=1
ulimit -c 0

# ask NAME SECONDS: one test, within that processor time. A mutant may also wait for ever: what
# dies inside malloc() does, because cmocka tells of it.
ask() {
	local run=("./tests/unit/test_$1")
	case $1 in *.sh) run=(bash "$work/tree/$1") ;; esac
	(ulimit -t "$2" && exec timeout -k 5 $((60 + 10 * $2)) "${run[@]}") >test.log 2>&1 </dev/null
}

declare -A limits
ready() {	# ready NAME...: they pass as the code stands; what time they may take
	local name TIMEFORMAT=%0U
	for name in "$@"; do
		[ -z "${limits[$name]:-}" ] || continue
		{ time ask "$name" 600; } 2>time.log || return 1
		limits[$name]=$((3 * $(tail -n 1 time.log) + 5))
	done
}

noticed() {	# noticed NAME...: does one of these tests fail, or take longer?
	local name
	for name in "$@"; do
		ask "$name" "${limits[$name]}" 2>/dev/null || return 0
	done
	return 1
}

object() {	# object FILE: the object that make makes of it
	local at
	at=$(dirname "$1")/.libs
	find "$at" -name "$(basename "$1" .c).o" -o -name "lib*_la-$(basename "$1" .c).o" |
		head -n 1
}

compiler() {	# compiler FILE OBJECT: the command, without input and output
	local lo=${2/.libs\//}
	make -n V=1 -W "../tree/$1" "${lo%.o}.lo" 2>>make.log |
		sed -n 's/.*--mode=compile \(.*\) -MT .*/\1 -fPIC -DPIC -w/p' | tail -n 1
}

argued() {	# argued FILE LINE WHAT
	grep -qF "$1	$(sed -n "$2p" "$work/tree/$1" | sed 's/^\t*//')	$3	" "$here/ARGUED"
}

drawn() {	# drawn FILE: its mutants in the order in which they are tried
	awk -f "$here/mutants.awk" "$1" |
		if [ "$mutants" -eq 0 ]; then cat; else shuf --random-source=<(yes "$seed"); fi
}

mutate() {	# mutate FILE NAME...: one line of tab separated counts into $work/counts
	local file=$1 line what text killed=0 same=0 broken=0 survived=0 excused=0 own
	shift
	own=$(object "$file")
	whole none
	command=$(compiler "$file" "$own")
	if [ -z "$command" ] || ! ready "$@"; then
		echo "$file: its tests fail as it stands"
		tail -n 5 test.log
		exit 2
	fi
	cp "$work/tree/$file" mutant.c
	eval "$command -c -o before.o mutant.c" >compile.log 2>&1
	while IFS=$'\t' read -r line what text; do
		[ "$mutants" -eq 0 ] || [ $((killed + excused + survived)) -lt "$mutants" ] || break
		awk -v n="$line" -v text="${text//\\/\\\\}" 'NR == n { print text; next } { print }' \
			"$work/tree/$file" >mutant.c
		if ! eval "$command -c -o mutant.o mutant.c" >compile.log 2>&1 ||
			{ ! cmp -s mutant.o before.o && ! whole "$own" mutant.o; }; then
			broken=$((broken + 1))
		elif cmp -s mutant.o before.o; then
			same=$((same + 1))
		elif noticed "$@"; then
			killed=$((killed + 1))
		elif argued "$file" "$line" "$what"; then
			excused=$((excused + 1))
		else
			survived=$((survived + 1))
			printf 'SURVIVED %s:%s%s: %s\n' "$file" "$line" " ${what# }" \
				"$(sed -n "${line}p" "$work/tree/$file" | sed 's/^\t*//')"
		fi
	done < <(drawn "$work/tree/$file")
	printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$file" $killed $excused $survived $same $broken |
		tee -a "$work/counts"
}

awk -F'\t' -v only="$only" '!/^#/ && NF == 2 && index($1, only)' "$here/TARGETS" >targets
# The program and the tests, linked against the library.
programs=(claque)
for name in $(cut -f 2 targets | tr ' ' '\n' | sort -u); do
	case $name in *.sh) ;; *) programs+=("tests/unit/test_$name") ;; esac
done
rm -f claque	# which `make all` has just linked without it
whole none &&
	make -s -j2 PROGRAM_LIBS="-L$work/build -lwhole $libraries" "${programs[@]}" >make.log 2>&1 ||
	{ tail -n 20 link.log make.log; exit 2; }
for name in "${programs[@]}"; do
	ldd "$name" | grep -q libwhole.so || { echo "$name would notice nothing"; exit 2; }
done
while IFS=$'\t' read -r file names; do
	# shellcheck disable=SC2086 # names are words
	mutate "$file" $names
done <targets

printf '\n| folder | mutants | killed | argued | survived | score | same code | not C |\n'
printf '|---|---|---|---|---|---|---|---|\n'
awk -F'\t' '
	{
		d = $1; sub(/\/[^\/]*$/, "", d)
		k[d] += $2; a[d] += $3; s[d] += $4; e[d] += $5; b[d] += $6
	}
	END {
		for (d in k) {
			n = k[d] + a[d] + s[d]
			score = n ? 100 * (k[d] + a[d]) / n : 100
			printf "| %s | %d | %d | %d | %d | %.0f %% | %d | %d |\n", d, n, k[d], a[d],
				s[d], score, e[d], b[d] | "sort"
			left += s[d]
		}
		close("sort")
		exit left > 0
	}' "$work/counts"
