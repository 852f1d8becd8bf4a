#!/bin/bash
# make chdb: what claque remote says to ClickHouse, said to its current engine, which npm's
# package chdb carries: edges there and here are the same, byte for byte. Too large for every
# change (546 MB). CHDB_POSTS=N makes it larger.
. "${srcdir:-.}/tests/cli/lib.sh"
here=$(cd "${srcdir:-.}/tests/remote" && pwd)
posts=${CHDB_POSTS:-15000} port=${CHDB_PORT:-29661}
command -v node >/dev/null && command -v npm >/dev/null || { echo "skipped: there is no node or npm"; exit 77; }
cd "$work" || exit 1
HOME=$work npm install --no-audit --no-fund --prefix "$work" chdb >npm.log 2>&1 ||
	{ tail -n 3 npm.log; echo "skipped: npm does not give chdb"; exit 77; }
node "$here/chdb.mjs" "$work" "$port" >server.log 2>&1 &
server=$!
trap 'kill -9 $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 100); do
	grep -q ready server.log && break
	sleep 0.2
done
export CLAQUE_REMOTE_PASSWORD=none no_proxy=127.0.0.1
url=http://127.0.0.1:$port
echo "engine $(curl -s "$url/?query=SELECT%20version()")"

"$claque" generate --posts "$posts" --seed 7 --out a.claque >/dev/null 2>&1 || complain "generate"
status 0 "$claque" remote init "$url"
status 0 "$claque" remote load "$url" a.claque
says " shares sent"
# compare CASE DATABASE WINDOW [OPTION...]: edges of there and here.
compare() {
	local case=$1 database=$2 window=$3
	shift 3
	"$claque" network "$case" --window "$window" --csv >edges 2>/dev/null || complain "network $window"
	status 0 "$claque" remote network "$url" --database "$database" --window "$window" --csv "$@"
	same "edges of $case in $window" edges out
	echo "$case, $window $*: $(($(wc -l <edges) - 1)) edges, the same"
	[ "$(wc -l <edges)" -gt 10 ] || complain "hardly an edge"
}
compare a.claque claque 10s
compare a.claque claque 60s
compare a.claque claque 60s --parts 7
compare a.claque claque 1h

# Those who repeat themselves are counted by a statement of their own.
repeaters >crowd.csv
status 0 "$claque" import crowd.claque crowd.csv
status 0 "$claque" remote init "$url" --database crowd
status 0 "$claque" remote load "$url" crowd.claque --database crowd
compare crowd.claque crowd 10m

status 0 "$claque" remote score "$url" --window 10s --max-q 1 --csv
members=$(grep -c ',R1$' out)
[ "$members" -gt 1 ] || complain "group R1 has $members members"
status 0 "$claque" remote pull "$url" R1 --window 10s --max-q 1 --into home.claque
says "of $members accounts"
echo "R1: $members accounts, pulled with $("$claque" posts home.claque --csv --limit 0 2>/dev/null | tail -n +2 | wc -l) posts"
finish
