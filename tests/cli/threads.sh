#!/bin/sh
# The rows that claque score stores depend neither on threads nor on whether arrays lie in
# memory or, beyond a ceiling, in files beside the case, of which nothing stays.
. "${srcdir:-.}/tests/cli/lib.sh"
cd "$work" || exit 1
status 0 "$claque" generate --stealth 1 --posts 10000 --out one.claque
cp one.claque two.claque

status 0 "$claque" score one.claque --threads 1 --surrogates 2
status 0 "$claque" score two.claque --threads 2 --surrogates 2 --memory 1M
says "beyond --memory: at most"
[ "$(ls -A | grep -c arrays)" -eq 0 ] || complain "left behind: $(ls -A)"
for table in edge cluster member evidence evidence_post account_score twin repurposed lookalike; do
	"$claque" sql one.claque "SELECT * FROM $table" --csv --limit 0 >one.csv || complain "$table"
	"$claque" sql two.claque "SELECT * FROM $table" --csv --limit 0 >two.csv || complain "$table"
	same "$table depends on threads or memory" one.csv two.csv
	case $table in
	edge|cluster|member|evidence|account_score)
		[ "$(wc -l <one.csv)" -gt 3 ] || complain "$table: nothing to compare" ;;
	esac
done
finish
