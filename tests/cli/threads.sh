#!/bin/sh
# The rows that claque score stores depend neither on threads nor on the ceiling
# of memory; and a ceiling that is too low says how much is needed.
. "${srcdir:-.}/tests/cli/lib.sh"
cd "$work" || exit 1
status 0 "$claque" generate --stealth 1 --posts 10000 --out one.claque
cp one.claque two.claque

status 4 "$claque" score two.claque --threads 2 --memory 1K
least=$(sed -n 's/.*takes at least \([0-9]*\) MB.*/\1/p' err)
[ -n "$least" ] || complain "no remedy: $(cat err)"
"$claque" leads two.claque --csv >none 2>/dev/null
[ "$(wc -l <none)" -le 1 ] || complain "a run that was refused left rows"

status 0 "$claque" score one.claque --threads 1 --surrogates 2
status 0 "$claque" score two.claque --threads 2 --surrogates 2 --memory "${least:-1}M"
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
