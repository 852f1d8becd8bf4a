#!/bin/sh
# kill -9 at random moments of an import: opening and importing again gives the
# counts of one clean import. ROWS and ROUNDS make it longer (make torture).
. "${srcdir:-.}/tests/cli/lib.sh"
rows=${ROWS:-60000} rounds=${ROUNDS:-5}
world=$work/world
"$claque" generate --posts "$rows" --seed 3 --out "$world" >/dev/null || complain "generate"
counts() {
	"$claque" sql "$1" "select (select count(*) from v_posts), (select count(*) from v_shares),
		(select count(*) from v_accounts), (select count(*) from v_sources),
		(select count(*) from v_changes), (select sum(posts) from v_accounts)" --csv
}
began=$(date +%s%N)
"$claque" import "$work/clean.claque" "$world" >/dev/null || complain "clean import"
took_ms=$((($(date +%s%N) - began) / 1000000))
counts "$work/clean.claque" >"$work/clean"
[ "$(tail -n 1 "$work/clean" | cut -d, -f1)" -gt $((rows / 2)) ] || complain "the clean import is too small"
round=0 cut=0
while [ $round -lt "$rounds" ]; do
	round=$((round + 1))
	rm -f "$work/cut.claque"*
	"$claque" import "$work/cut.claque" "$world" >/dev/null 2>&1 &
	pid=$!
	# A moment anywhere in the import, from a source that needs no shell feature.
	wait_ms=$(awk -v t="$took_ms" -v r="$round" -v p="$pid" 'BEGIN { srand(p + r); print int(rand() * t) }')
	sleep "$(awk -v ms="$wait_ms" 'BEGIN { printf "%.3f", ms / 1000 }')"
	kill -9 $pid 2>/dev/null && cut=$((cut + 1))
	wait $pid 2>/dev/null || :
	"$claque" import "$work/cut.claque" "$world" >/dev/null || complain "round $round: import after kill -9"
	counts "$work/cut.claque" >"$work/again"
	same "round $round, killed after $wait_ms of $took_ms ms" "$work/clean" "$work/again"
	"$claque" verify "$work/cut.claque" >/dev/null || complain "round $round: the case is not whole"
done
echo "$rounds rounds on $rows rows, $cut of them killed in the middle"
finish
