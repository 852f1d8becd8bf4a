#!/usr/bin/env bash
# make mutate: do the tests notice when the code is wrong? In a copy of the tree one line
# at a time is altered (mutants.awk), and what TARGETS names for the file must fail.
#   MUTANTS=5    of each file, drawn with MUTATE_SEED=1; 0: all of them
#   MUTATE_ONLY=src/case   files whose path holds this
# A mutant that the compiler makes the same code of is none. One that no test notices is
# a survivor: printed, unless ARGUED says why it does no harm. Ends with a table by folder,
# and with status 1 if there are survivors that nobody has argued.
set -u
top=$(cd "${srcdir:-.}" && pwd)
here=$top/tests/mutate
mutants=${MUTANTS:-5} only=${MUTATE_ONLY:-} seed=${MUTATE_SEED:-1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

echo "a copy is built in $work"
others=(--exclude=./.git --exclude=./autom4te.cache)
for status in "$top"/*/config.status; do	# builds beside the source
	[ -e "$status" ] && others+=("--exclude=./$(basename "$(dirname "$status")")")
done
mkdir "$work/tree"
tar -C "$top" "${others[@]}" -cf - . | tar -xf - -C "$work/tree" || exit 2
mkdir "$work/build"
cd "$work/build" || exit 2
CC=${CC:-gcc} ../tree/configure -q CFLAGS='-O1 -g0' >configure.log 2>&1 &&
	make -s -j2 all >make.log 2>&1 || { tail -n 20 make.log configure.log; exit 2; }

# Environment of the tests, as make check sets it.
export CMOCKA_MESSAGE_OUTPUT=TAP TZ=UTC LC_ALL=C.UTF-8 XDG_CONFIG_HOME=/nonexistent
export top_builddir=$work/build srcdir=$work/tree CLAQUE_SHARED="${CLAQUE_SHARED:-$top/../shared}"

programs() {	# programs NAME...: what make builds for them
	local name
	for name in "$@"; do case $name in *.sh) ;; *) echo "tests/unit/test_$name" ;; esac; done
}

noticed() {	# noticed NAME...: does one of these tests fail?
	local name
	for name in "$@"; do
		case $name in
		*.sh) timeout 300 bash "$work/tree/$name" ;;
		*) timeout 120 "./tests/unit/test_$name" ;;
		esac >test.log 2>&1 </dev/null || return 0
	done
	return 1
}

# What make makes of a source: of libtool's two, the one that says where the code is.
object() { find "$(dirname "$1")" -maxdepth 1 -name "*-$(basename "$1" .c).lo" | head -n 1; }
code() { [ -e "${1%/*}/.libs/$(basename "${1%.lo}").o" ] &&	# code LO
	echo "${1%/*}/.libs/$(basename "${1%.lo}").o" || echo "${1%.lo}.o"; }

argued() {	# argued FILE LINE WHAT
	grep -qF "$1	$(sed -n "$2p" "$top/$1" | sed 's/^\t*//')	$3	" "$here/ARGUED"
}

mutate() {	# mutate FILE NAME...: one line of tab separated counts into $work/counts
	local file=$1 line what text killed=0 same=0 broken=0 survived=0 excused=0 lo
	shift
	# shellcheck disable=SC2046 # names without spaces
	make -s -j2 claque $(programs "$@") >make.log 2>&1 || { tail -n 5 make.log; exit 2; }
	if noticed "$@"; then
		echo "$file: its tests fail as it stands"
		tail -n 5 test.log
		exit 2
	fi
	lo=$(object "$file")
	cp "$(code "$lo")" "$work/before.o"
	while IFS=$'\t' read -r line what text; do
		awk -v n="$line" -v text="${text//\\/\\\\}" 'NR == n { print text; next } { print }' \
			"$top/$file" >"$work/tree/$file"
		if ! make -s "$lo" >make.log 2>&1; then
			broken=$((broken + 1))
		elif cmp -s "$(code "$lo")" "$work/before.o"; then
			same=$((same + 1))
		elif ! make -s -j2 claque $(programs "$@") >make.log 2>&1; then
			broken=$((broken + 1))	# a test that includes the source
		elif noticed "$@"; then
			killed=$((killed + 1))
		elif argued "$file" "$line" "$what"; then
			excused=$((excused + 1))
		else
			survived=$((survived + 1))
			printf 'SURVIVED %s:%s %s: %s\n' "$file" "$line" "$what" \
				"$(sed -n "${line}p" "$top/$file" | sed 's/^\t*//')"
		fi
	done < <(awk -f "$here/mutants.awk" "$top/$file" |
		if [ "$mutants" -eq 0 ]; then cat; else
			shuf -n "$mutants" --random-source=<(yes "$seed"); fi)
	cp "$top/$file" "$work/tree/$file"
	printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$file" $killed $excused $survived $same $broken |
		tee -a "$work/counts"
}

while IFS=$'\t' read -r file names; do
	case $file in ''|'#'*) continue ;; *"$only"*) ;; *) continue ;; esac
	# shellcheck disable=SC2086 # names are words
	mutate "$file" $names
done <"$here/TARGETS"

printf '\n| folder | mutants | killed | argued | survived | score | same code | not C |\n'
printf '|---|---|---|---|---|---|---|---|\n'
awk -F'\t' '
	{ d = $1; sub(/\/[^\/]*$/, "", d); k[d] += $2; a[d] += $3; s[d] += $4; e[d] += $5; b[d] += $6 }
	END {
		for (d in k) {
			n = k[d] + a[d] + s[d]
			printf "| %s | %d | %d | %d | %d | %.0f %% | %d | %d |\n", d, n, k[d], a[d], s[d],
				n ? 100 * (k[d] + a[d]) / n : 100, e[d], b[d] | "sort"
			left += s[d]
		}
		close("sort")
		exit left > 0
	}' "$work/counts"
