#!/bin/sh
# One account at a time: why it is in a group or in none, who is like marked
# ones; what the analyst decides before a run counts, and the run tells it.
. "${srcdir:-.}/tests/cli/lib.sh"
cd "$work" || exit 1

status 0 "$claque" generate --stealth 1 --posts 10000 --seed 61 --out w.claque
status 2 "$claque" like w.claque
status 2 "$claque" why w.claque @nobody_at_all
says "no account '@nobody_at_all' in the case"
status 0 "$claque" score w.claque --surrogates 0

# id KIND: the first account of this kind in the lists of the best scored.
truth=w-world/truth.csv
"$claque" leads w.claque --accounts --csv >accounts.csv
id() {
	awk -F, -v kind="$1" -v want="$2" 'FNR == 1 { file++; for (i = 1; i <= NF; i++) at[$i] = i; next }
		file == 1 { of[$1] = $3; next }
		of[$at["account_id"]] == kind && ($at["cluster"] != "") == want {
			print $at["account_id"]; exit }' "$truth" accounts.csv
}
planted=$(id operation 1)
loner=$(id organic 0)

status 0 "$claque" why w.claque --account "$planted"
says "member: it is in a group."
says "  -4.60  prior of the file"
says "BEST PAIR"
says "NEAREST NEIGHBOURS"
says "passed  score of a suspect"
status 0 "$claque" why w.claque --account "$loner"
says "Missed by least: "
says "missed  score of a suspect"
handle=$("$claque" accounts w.claque --json --limit 0 | grep "\"$planted\"" |
	sed 's/.*"handle":"\([^"]*\)".*/\1/')
status 0 "$claque" why w.claque "@$handle" --json
says "{\"account_id\":\"$planted\",\"standing\":\"member\""
says '"own_prior":0.0'
says '"neighbours":[{"account_id":'
# What is added up is the score.
sum=$(sed 's/.*"sum":{\([^}]*\)}.*/\1/' out | tr ',' '\n' | awk -F: '{ x += $2 } END { print 1 / (1 + exp(-x)) }')
score=$(sed 's/.*"score":\([^,]*\),"text".*/\1/' out)
awk -v a="$sum" -v b="$score" 'BEGIN { exit !(a - b < 1e-4 && b - a < 1e-4) }' ||
	complain "the sum gives $sum, the score is $score"
status 2 "$claque" why w.claque C001 --account "$planted"

# More like three planted ones: of the others planted, most come first.
awk -F, '$3 == "operation" { print $1 }' "$truth" | sort >planted
set -- $(head -n 3 planted)
status 0 "$claque" like w.claque "$@" --csv --limit 10
says "account_id,platform,handle,total,sources,urls,media,tags,texts,habits,creation,pictures,common,expected,p"
got=$(sed 1d out | cut -d, -f1 | sort | comm -12 - planted | wc -l)
[ "$got" -ge 8 ] || complain "of the ten likest, $got are planted"
for a in "$@"; do
	grep -q "^$a," out && complain "$a is like itself"
	status 0 "$claque" tag w.claque account "$a" suspect
done
status 0 "$claque" like w.claque "$1" "$2" "$3" --csv
cp out named
status 0 "$claque" like w.claque --tag '#suspect' --csv
same "by tag as by name" named out
status 0 "$claque" like w.claque --tag suspect --json --limit 1
says '"common":'
status 2 "$claque" like w.claque --tag no-such-tag
says "no account is tagged #no-such-tag"

# Priors: errors name file, row and remedy; one that is taken replaces that of all.
printf 'account,prior\nx,0.5\n' >bad.csv
status 3 "$claque" score w.claque --prior-file bad.csv
says "bad.csv has no column 'account_id'; name the columns in its first row"
printf 'account_id,prior\nx,0.5\ny,1.5\n' >bad.csv
status 3 "$claque" score w.claque --prior-file bad.csv
says "bad.csv, row 3: '1.5' is no prior; give how likely it is before looking, more than 0 and less than 1"
printf 'account_id,prior\nx,0.5\nx,0.4\n' >bad.csv
status 3 "$claque" score w.claque --prior-file bad.csv
says "bad.csv, row 3: account x is there already"
printf 'source,why\nreuters.com,\n,agency\n' >bad.csv
status 3 "$claque" score w.claque --allow bad.csv
says "bad.csv, row 3: the first cell is empty; fill it in or delete the row"
status 4 "$claque" score w.claque --allow no-such-file.csv
printf 'account_id,prior\n%s,0.5\n@not_there,0.1\n' "$loner" >priors.csv
printf 'source,why\nhttps://www.Common-Wire.example/,agency\nnowhere.example,\n' >allow.csv
status 0 "$claque" tag w.claque account "$planted" cleared
says "that is the verdict cleared"
status 0 "$claque" score w.claque --surrogates 0 --prior-file priors.csv --allow allow.csv
says "kept out of every lead (cleared): 1 accounts"
says "with a prior of their own (--prior-file): 1 accounts"
says "not in the case: 1 accounts with a prior, 1 allowed sources"
grep -q 'left out as allowed (--allow, cleared): [1-9][0-9]* sources with [1-9]' out ||
	complain "nothing was left out"
rm priors.csv allow.csv
status 0 "$claque" why w.claque --account "$loner"
says "  -4.60  prior of the file"
says "  +4.60  prior of its own"
says "1 accounts cleared by the analyst are in no lead"
says "1 accounts have a prior of their own"
status 0 "$claque" why w.claque --account "$planted"
says "cleared: cleared by the analyst: in no lead, whatever it shows"
says "verdict: cleared by tester on 2026-11-21 14:00: tagged cleared"
status 0 "$claque" accounts w.claque --lens status:cleared --csv
[ "$(wc -l <out)" = 2 ] || complain "status:cleared is not the one account"
# The run keeps what it was told, also after the tag is gone.
status 0 "$claque" undo w.claque
status 0 "$claque" why w.claque --account "$planted"
says "cleared by the analyst"
status 0 "$claque" runs w.claque --csv
says "run,ended_at,version,accounts,shares,groups,leads,prior,fdr,object_cap,min_accounts,lead_score,seed,surrogates,without,cleared,allowed,allowed_shares,own_priors"
[ "$(sed -n 2p out | cut -d, -f1,16,19)" = 2,1,1 ] || complain "the last run is not first, or lacks decisions"
[ "$(sed -n 3p out | cut -d, -f1,16-19)" = 1,0,0,0,0 ] || complain "the first run has decisions"
status 0 "$claque" sql w.claque "SELECT settings ->> 'allow' FROM run WHERE id = 2"
says "common-wire.example"
status 0 "$claque" ledger w.claque --json
says 'settings_sha256'
finish
