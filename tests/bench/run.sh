#!/bin/sh
# make bench: claque beside a stated rival on the same input, in turn, in one
# run; medians of ROUNDS. No figure here passes or fails anything: a machine
# that is busy must not turn a test red. BENCH_POSTS and ROUNDS are yours.
set -eu
claque=${top_builddir:-.}/claque
paint=${top_builddir:-.}/tests/bench/first_paint
posts=${BENCH_POSTS:-1000000} rounds=${ROUNDS:-3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME="$work"

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# timed FILE COMMAND...: appends seconds to FILE.
timed() {
	into=$1
	shift
	began=$(date +%s%N)
	"$@" >/dev/null 2>"$work/err" || { cat "$work/err"; exit 1; }
	echo "$began $(date +%s%N)" | awk '{ printf "%.2f\n", ($2 - $1) / 1e9 }' >>"$into"
}

printf 'machine: %s, %s processors, %s\n' "$(uname -sm)" "$(getconf _NPROCESSORS_ONLN)" \
	"$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
"$claque" generate --posts "$posts" --seed 1 --out "$work/world" >/dev/null
csv=$work/world/posts.csv
printf 'input: %s rows, %s bytes (claque generate --seed 1)\n\n' "$(wc -l <"$csv")" "$(wc -c <"$csv")"

i=0
while [ $i -lt "$rounds" ]; do
	i=$((i + 1))
	rm -f "$work"/a.claque* "$work"/b.db*
	timed "$work/t.claque" "$claque" import "$work/a.claque" "$csv"
	if command -v sqlite3 >/dev/null; then
		timed "$work/t.sqlite" sqlite3 "$work/b.db" ".mode csv" ".import '$csv' posts"
	fi
	timed "$work/t.score" "$claque" score "$work/a.claque"
done
ours=$(median <"$work/t.claque")
printf '| what | claque | rival | ratio |\n|---|---|---|---|\n'
if [ -s "$work/t.sqlite" ]; then
	theirs=$(median <"$work/t.sqlite")
	printf '| import, with hash, dedupe and indexes | %s s | %s s (sqlite3 .import, one table, no index) | %s |\n' \
		"$ours" "$theirs" "$(awk -v a="$ours" -v b="$theirs" 'BEGIN { printf "%.2f", a / b }')"
else
	printf '| import, with hash, dedupe and indexes | %s s | sqlite3 is not installed | |\n' "$ours"
fi
printf '| score | %s s | | |\n' "$(median <"$work/t.score")"
i=0
while [ $i -lt "$rounds" ]; do
	i=$((i + 1))
	TERM=xterm-256color "$paint" C001 120x36 "$claque" "$work/a.claque" >>"$work/t.paint"
	TERM=xterm-256color "$paint" post_id 120x36 less "$csv" >>"$work/t.less" 2>/dev/null || :
done
if [ -s "$work/t.less" ]; then
	less="$(cut -d' ' -f2 "$work/t.less" | median) ms (less on the CSV)"
else
	less="less is not installed"
fi
printf '| first paint of the leads | %s ms | %s | |\n' "$(cut -d' ' -f2 "$work/t.paint" | median)" "$less"
printf '| peak memory at first paint | %s MB | | |\n' \
	"$(cut -d' ' -f3 "$work/t.paint" | median | awk '{ printf "%.0f", $1 / 1024 }')"
printf '\ncase file: %s bytes, %s times the input\n' "$(wc -c <"$work/a.claque")" \
	"$(awk -v a="$(wc -c <"$work/a.claque")" -v b="$(wc -c <"$csv")" 'BEGIN { printf "%.2f", a / b }')"

printf '\n'
"${top_builddir:-.}/tests/bench/leiden" "$rounds"
