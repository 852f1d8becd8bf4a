#!/bin/sh
# The training case from nothing: the top leads are the planted network, and no
# fan, activist or newsroom is among the leads. The truth is read here only.
. "${srcdir:-.}/tests/cli/lib.sh"
. "$srcdir/tests/cli/validators.sh"
cd "$work" || exit 1
"$claque" demo "$work/demo.claque" </dev/null >table 2>log || complain "demo"
cat table
"$claque" demo "$work/demo.claque" </dev/null >again 2>/dev/null || complain "demo again"
same "the second demo shows the same table" table again
world=$work/demo-world
# 4,789 on one platform, and the twins of some on another.
[ "$(grep -c ',operation' "$world/truth.csv")" -ge 4789 ] || complain "4,789 accounts are planted"
"$claque" leads demo.claque --accounts --csv >accounts.csv
# account_id,score,cluster,lead against account_id,group,kind
awk -F, 'NR == FNR { kind[$1] = $3; next }
	FNR > 1 { all[kind[$1]]++; if ($4 == 1) { lead[kind[$1]]++ } }
	END { for (k in all) printf "%-12s %6d accounts, %6d in leads\n", k, all[k], lead[k]
	      op = lead["operation"] / all["operation"]
	      for (k in all) if (k != "operation") { others += lead[k]; if (lead[k] / all[k] > 0.005) bad = bad " " k }
	      printf "recall %.3f, precision %.3f\n", op, lead["operation"] / (lead["operation"] + others)
	      if (op < 0.8) { print "FAIL: recall"; exit 1 }
	      if (bad != "") { print "FAIL: accused:" bad; exit 1 } }' "$world/truth.csv" accounts.csv || complain "leads against truth"
# The first ten leads are the operation's.
"$claque" leads demo.claque --csv --limit 10 | tail -n +2 | cut -d, -f1 | while read -r id; do
	"$claque" accounts demo.claque --cluster "$id" --csv | awk -F, -v id="$id" '
		NR == FNR { kind[$1] = $3; next }
		FNR > 1 { n++; if (kind[$1] == "operation") op++ }
		END { if (op < 0.9 * n) { printf "FAIL: lead %s: %d of %d planted\n", id, op, n; exit 1 } }' "$world/truth.csv" -
done >notop || :
grep FAIL notop && complain "a top lead is not the planted network"
# Nothing of the truth is in the case: not its file, not its words.
"$claque" inputs demo.claque --csv | grep -q truth && complain "the truth was imported"
grep -q 'operation' demo.claque && complain "the case holds a word of the truth"
"$claque" why demo.claque "$("$claque" leads demo.claque --csv --limit 1 | tail -n 1 | cut -d, -f1)"
valid_graphs demo.claque
valid_stix demo.claque
valid_misp demo.claque
finish
