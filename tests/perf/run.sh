#!/bin/sh
# make perf: the workbench on a case of PERF_POSTS posts (3 million) beside less, tig,
# lnav, VisiData and fzf on the same posts, as claque itself exports them; and its palette
# over PERF_ACCOUNTS accounts (a million) beside fzf. PERF_DIR keeps what was made for the
# next time, PERF_ONLY names who is measured. No figure here passes
# or fails anything: a machine that is busy must not turn a test red.
set -eu
top=${top_builddir:-.}
posts=${PERF_POSTS:-3000000}
accounts=${PERF_ACCOUNTS:-1000000}
only=${PERF_ONLY:-"claque less tig lnav vd fzf chapters names lists"}
if [ -n "${PERF_DIR:-}" ]; then
	dir=$PERF_DIR
	mkdir -p "$dir"
else
	dir=$(mktemp -d)
	trap 'rm -rf "$dir"' EXIT
fi
export HOME="$dir/home" TERM=xterm-256color LC_ALL=C.UTF-8 PATH="$top:$PATH"
unset XDG_CONFIG_HOME CLAQUE_CLOCK
mkdir -p "$HOME"
case=$dir/case.claque csv=$dir/posts.csv log=$dir/posts.log

# All but the case is a means: what was half made is made anew.
if [ ! -s "$log" ]; then
	rm -rf "$dir"/case.claque* "$dir/world"
	claque generate --posts "$posts" --seed 1 --out "$dir/world" >/dev/null
	claque import "$case" "$dir"/world/accounts.csv "$dir"/world/posts.csv \
		"$dir"/world/profile_changes.csv >/dev/null 2>&1
	claque score "$case" >/dev/null 2>&1
	claque posts "$case" --limit 0 --csv >"$csv" 2>/dev/null
	# The time, a blank, the rest: what viewers of logs know by themselves.
	tail -n +2 "$csv" | sed 's/,/ /' >"$log.part"
	mv "$log.part" "$log"
fi
# Names of two words and a number, none with an "x".
if [ ! -s "$dir/names.txt" ]; then
	awk -v rows="$accounts" 'BEGIN {
		srand(7)
		n = split("joel deborah maple river ginger copper saffron otter misty timber jasper" \
			" beacon patriot eagle falcon sunny lucky silver golden stone brook", w, " ")
		print "account_id,platform,handle,display_name"
		for (i = 1; i <= rows; i++) {
			a = w[1 + int(rand() * n)]
			b = w[1 + int(rand() * n)]
			printf "15%08d,x,%s_%s%d,%s %s\n", i, a, b, rand() * 10000, a, b
		}
	}' >"$dir/accounts.csv"
	rm -f "$dir"/names.claque*
	claque import "$dir/names.claque" "$dir/accounts.csv" >/dev/null 2>&1
	tail -n +2 "$dir/accounts.csv" | cut -d, -f3,4 >"$dir/names.part"
	mv "$dir/names.part" "$dir/names.txt"
fi
# What the first row and the last one show, in whatever form: a name and a time of day.
first=$(sed -n 2p "$csv" | cut -d, -f2)
last=$(tail -n 1 "$csv" | cut -c12-16)

version() {
	case $1 in
	claque) claque --version ;;
	lnav) lnav -V ;;
	*) "$1" --version ;;
	esac 2>/dev/null | head -n 1
}

printf 'machine: %s, %s processors, %s; load %s; %s\n' "$(uname -sm)" "$(getconf _NPROCESSORS_ONLN)" \
	"$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" \
	"$(cut -d' ' -f1-3 /proc/loadavg)" "$(date -u +%Y-%m-%dT%H:%MZ)"
printf 'input: %s posts; case %s bytes, CSV %s, log %s (claque generate --seed 1)\n' "$posts" \
	"$(wc -c <"$case")" "$(wc -c <"$csv")" "$(wc -c <"$log")"
for program in claque less tig lnav vd fzf; do
	command -v "$program" >/dev/null && printf '%s: %s\n' "$program" "$(version "$program")"
done
printf '\nA pseudo-terminal of 120x36, its screen kept by libvterm; each key after the program was quiet.\n'
printf 'Cold: the file is not in the page cache. Painted: the last byte before 40 ms of quiet.\n\n'

set -- "$case" "$csv" "$log" "$first" "$last"
table=no
for program in $only; do
	case $program in
	names) printf '\n'; "$top/tests/perf/perf" names "$dir/names.claque" "$csv" "$dir/names.txt" x x ;;
	chapters) printf '\n'; "$top/tests/perf/perf" chapters "$@" ;;
	lists) printf '\n'; "$top/tests/perf/lists" "$case" ;;
	*)
		[ $table = yes ] || "$top/tests/perf/perf" head
		table=yes
		"$top/tests/perf/perf" "$program" "$@"
		;;
	esac
done
