#!/bin/sh
# make bench: claque beside what a user would pick instead, on the same input, in turn, in
# one run: medians by the clock and by processor time, ratios, peak memory, and how each
# stage grows with the posts. Writes bench.md and bench.csv.
#
#   BENCH_SERIES='0.1 1'  million posts of each size in turn; 10 and 100 are for a night
#   BENCH_ROUNDS=3        of each measurement (1 from 10 million posts on)
#   BENCH_LIMIT=600       seconds that anybody gets for one of them
#   BENCH_DIR=bench       where the results go
#   BENCH_RIVALS=no       claque alone
#   BENCH_WITHOUT='A;B'   programs left out, as the table names them: those of hours at 100
#   TMPDIR                where inputs and cases lie meanwhile: 0.75 KB a post at most
# --quick (BENCH_QUICK=1): 0.1 million posts, one round, under five minutes.
# --self-test: a tiny world, so that the bench does not rot; it says what is missing.
#
# No figure here passes or fails anything: a machine that is busy must not turn a test red.
set -eu
top=$(cd "${top_builddir:-.}" && pwd)
here=$(cd "${srcdir:-.}/tests/bench" && pwd)
claque=$top/claque programs=$top/tests/bench
series=${BENCH_SERIES:-0.1 1} rounds=${BENCH_ROUNDS:-3} limit=${BENCH_LIMIT:-600}
last_row='claque, to the last row'
results=${BENCH_DIR:-bench} rivals=${BENCH_RIVALS:-yes} leiden=yes
mode=${1:-}
if [ -n "${BENCH_QUICK:-}" ] && [ "${BENCH_QUICK:-}" != 0 ]; then mode=${1:---quick}; fi
case $mode in
--quick) series=${BENCH_SERIES:-0.1} rounds=1 limit=${BENCH_LIMIT:-60} ;;
--self-test) series=0.01 rounds=1 limit=60 rivals=no leiden=no ;;
'') ;;
*) echo "usage: run.sh [--quick | --self-test]" >&2; exit 2 ;;
esac
mkdir -p "$results"
results=$(cd "$results" && pwd)
work=$(mktemp -d)
raw=$work/raw
: >"$raw" >"$work/sizes" >"$work/differences"
export HOME="$work" XDG_CONFIG_HOME=/nonexistent LC_ALL=C.UTF-8 TERM=xterm-256color
unset CLAQUE_CLOCK
. "$here/lib.sh"
. "$here/rivals.sh"
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

size_of() {
	wc -c <"$1"
}

# Rows of a CSV: a text in quotes may have several lines.
rows_of() {
	awk '{ quotes += gsub(/"/, "") } quotes % 2 == 0 { rows++ } END { print rows + 0 }' "$1"
}

# The first byte, and the first of the data, on a terminal of its own.
measure_paint() {	# measure_paint PROGRAM NEEDLE COMMAND...
	who=$1 needle=$2
	shift 2
	if gave_up 'first paint' "$who"; then return; fi
	printf '  first paint: %s\n' "$who" >&2
	"$programs/first_paint" "$needle" 120x36 "$@" >"$work/out" 2>"$work/err" &
	job=$!
	if wait "$job"; then
		awk -v key="$posts;first paint;$who" '{
			printf "%s;%.4f;;%d;ok\n", key, $2 / 1000, $3 }' "$work/out" >>"$raw"
	else
		printf '%s;first paint;%s;;;;failed\n' "$posts" "$who" >>"$raw"
	fi
	job=''
}

# What a self-join does, too, and no more: shares in memory to pairs and their counts.
measure_pairs() {
	who='claque, pairs counted only'
	if gave_up network "$who"; then return; fi
	printf '  network: %s\n' "$who" >&2
	if "$programs/pairs" "$work/shares.csv" 60 "$work/spent" >"$work/out"; then
		awk -v key="$posts;network;$who" '{
			printf "%s;%s;%s;%s;%s\n", key, $1, $2, $3, $4 }' "$work/spent" >>"$raw"
		compare_edges "$who"
	else
		printf '%s;network;%s;;;;failed\n' "$posts" "$who" >>"$raw"
	fi
}

# An import as claque itself tells it: when the last row was in the case, which is all that
# sqlite3 does, and the rest, which makes it searchable, checked and compared.
rows_in() {
	if gave_up import claque; then return; fi
	sed -n 's/.* refused, \([0-9.]*\) s$/\1/p' "$work/out" | awk -v key="$posts;import;$last_row" '
		{ printf "%s;%.3f;;;ok\n", key, $1 }' >>"$raw"
}

# The rivals first: what they made is gone when the case is made, which is the largest.
import_round() {
	rm -f "$work"/a.claque*
	[ "$rivals" = no ] || rival_imports "$csv"
	measure import claque "$claque" import "$case" "$csv"
	rows_in
}

# Words that some posts have, and the lines of a CSV that show them.
search_round() {
	pattern='(?i)harvest\s+prices'
	measure search claque "$claque" posts "$case" --lens "text:$pattern" --limit 0 --csv
	found=$(($(rows_of "$work/out") - 1))
	[ "$rivals" = no ] || measure search 'grep -c -P, the CSV' grep -c -P "$pattern" "$csv"
	[ "$rivals" = no ] || compare_counts search grep "$found" "$(cat "$work/out")"
}

network_round() {
	measure network claque "$claque" network "$case" --signal co-reshare --window 60s --csv
	edges=$(tail -n +2 "$work/out" | wc -l)
	[ "$rivals" = no ] && return
	[ -s "$work/shares.csv" ] || write_shares "$case"
	measure_pairs
	clickhouse_network
	sqlite_network
	r_network
}

# All posts with their authors; claque also counts who shares what each one shares.
export_round() {
	measure_lines export claque "$claque" posts "$case" --limit 0 --csv
	lines=$(cat "$work/lines")
	[ "$rivals" = no ] && return
	if have sqlite3; then
		measure_lines export 'SQLite, -csv of v_posts' sqlite3 -readonly -csv "$case" \
			'SELECT * FROM v_posts ORDER BY at_ms'
		compare_counts export SQLite "$((lines - 1))" "$(cat "$work/lines")"
	else
		absent export 'SQLite, -csv of v_posts'
	fi
}

pivot_round() {
	measure 'pivot counts' claque "$claque" screen "$case" sources --keys o
	[ "$rivals" = no ] && return
	if have sqlite3; then
		measure 'pivot counts' 'SQLite, one count' sqlite3 -readonly "$case" \
			'SELECT count(DISTINCT account), count(*) FROM share WHERE source =
			(SELECT id FROM source ORDER BY account_count DESC LIMIT 1)'
	else
		absent 'pivot counts' 'SQLite, one count'
	fi
}

paint_round() {
	measure_paint claque 'LENS' "$claque" "$case"
	[ "$rivals" = no ] && return
	if have less; then
		measure_paint 'less, the CSV' post_id less "$csv"
	else
		absent 'first paint' 'less, the CSV'
	fi
}

one_size() {	# one_size MILLION-POSTS
	posts=$(awk -v m="$1" 'BEGIN { printf "%d", m * 1e6 }')
	case=$work/a.claque csv=$work/world/posts.csv
	printf '%s posts\n' "$posts" >&2
	rm -rf "$work/world" "$work/shares.csv"
	measure generate claque "$claque" generate --posts "$posts" --seed 1 --out "$work/world"
	i=0
	while [ $i -lt "$rounds" ] && { [ $i -eq 0 ] || [ "$posts" -lt 10000000 ]; }; do
		i=$((i + 1))
		for stage in import search paint; do "${stage}_round"; done
		input=$(size_of "$csv")
		[ "$posts" -lt 10000000 ] || rm -f "$csv"	# the disk is needed
		for stage in network pivot export; do "${stage}_round"; done
		measure score claque "$claque" score "$case"
	done
	echo "$posts $input $(size_of "$case")" >>"$work/sizes"
}

machine() {
	printf 'Machine: %s, %s processors (%s), %s MB of memory. claque %s.\n' "$(uname -srm)" \
		"$(getconf _NPROCESSORS_ONLN)" \
		"$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" \
		"$(awk '$1 == "MemTotal:" { printf "%d", $2 / 1024 }' /proc/meminfo)" \
		"$("$claque" --version | head -n 1 | sed 's/^claque //')"
	printf 'Medians of %s rounds; processor time is user + system, of all threads.\n\n' "$rounds"
}

write_results() {
	{
		machine
		awk -f "$here/table.awk" -v csv="$results/bench.csv" -v sizes="$work/sizes" "$raw"
		sed 's/^/The answers differ: /' "$work/differences" | sort -u
	} >"$results/bench.md"
	cat "$results/bench.md"
}

for size in $series; do one_size "$size"; done
write_results
if [ "$leiden" = yes ] && [ -x "$programs/leiden" ]; then
	"$programs/leiden" "$rounds" | tee -a "$results/bench.md"
fi
if [ "$mode" = --self-test ]; then
	grep -q ',"import","claque, to the last row",1,[0-9.]*,.*,ok$' "$results/bench.csv" ||
		{ echo 'no figure for the last row of an import'; exit 1; }
	for what in generate import network 'pivot counts' search export score 'first paint'; do
		grep -q ",\"$what\",\"claque\",1,[0-9.]*,.*,ok$" "$results/bench.csv" ||
			{ echo "no figure for: $what"; exit 1; }
	done
	grep -q '^| 10000 | import | claque | ' "$results/bench.md" || { echo 'no table'; exit 1; }
fi
