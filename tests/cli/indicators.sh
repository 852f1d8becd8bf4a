#!/bin/sh
# Every published indicator file imports with a report, and no row is lost:
# taken and refused together are the rows that an independent reader counts.
. "${srcdir:-.}/tests/cli/lib.sh"
need_shared threat-research/csv
files=0
find "$shared/threat-research/csv" -name '*.csv' >"$work/files"
while IFS= read -r f; do
	files=$((files + 1))
	"$claque" import "$work/i.claque" "$f" --json >"$work/report" || complain "$f"
	taken=$(sed 's/.*"taken":\([0-9]*\).*/\1/' "$work/report")
	refused=$(sed 's/.*"refused":\([0-9]*\).*/\1/' "$work/report")
	rows=$(sed 's/.*"rows":\([0-9]*\).*/\1/' "$work/report")
	[ $((taken + refused)) -eq "$rows" ] || complain "$f: $taken taken and $refused refused of $rows rows"
	[ "$refused" -eq 0 ] || complain "$f: $refused rows refused"
done <"$work/files"
echo "$files files"
[ "$files" -ge 15 ] || complain "too few files"
x=$("$claque" sql "$work/i.claque" "select count(distinct value) from v_indicators where kind = 'account' and platform = 'x'
	and source_file like '%Q3_2023_China-based_CIB_network_2.csv'" --csv | tail -n 1)
[ "$x" = 70 ] || complain "the network of 4,789 accounts has $x X profiles instead of 70"
n=$("$claque" sql "$work/i.claque" "select count(*) from v_indicators where kind = 'count' and value like '%4,789%' or value = '4789'" --csv | tail -n 1)
[ "$n" -ge 1 ] || complain "4,789 accounts is not there as a count"
finish
