#!/bin/sh
# Grading on a truth of ten accounts whose figures are known by hand; and a
# world for grading, whose truth no import takes.
. "${srcdir:-.}/tests/cli/lib.sh"
cd "$work" || exit 1
mkdir truth
cat >truth/truth.csv <<'E'
account_id,group,kind
1,n1,operation
2,n1,operation
3,n2,operation
4,n2,operation
5,fans,fandom
6,fans,fandom
7,,organic
8,,organic
9,ring,spam
10,,organic
E
# 4 is not among the scores; the spam ring is flagged, as it may be.
cat >scores.csv <<'E'
score,account_id,cluster,lead
9,1,A,1
9,9,A,1
8,2,A,1
7,5,A,1
6,3,,0
5,6,,0
4,7,,0
3,8,,0
2,10,,0
99,unknown,A,1
E
status 0 "$claque" grade --scores scores.csv --truth truth --csv
cp out graded
has() { grep -qxF "$1" graded || { complain "not graded as $1"; cat graded; }; }
# Four positives against five negatives: 5 + 5 + 4 + 0 of 20 pairs.
has 'auc,,0.7,,'
has 'average_precision,,0.798611111111111,,'	# (1 + 1 + 3/4 + 4/9) / 4
has 'recall_at_0.1%,,0.5,,'
has 'lead_precision,,0.666666666666667,2,3'
has 'lead_recall,,0.5,2,4'
has 'flagged,fandom,0.5,1,2'
has 'flagged,organic,0,0,3'
has 'flagged,spam,1,1,1'
has 'wrong_lead_groups,,0,0,1'
# Pairs together: 1 in both, 2 in truth, 3 found, of 36: (1 - 6/36) / (2.5 - 6/36).
has 'ari,,0.357142857142857,,'
status 0 "$claque" grade --scores scores.csv --truth truth/truth.csv --csv
same "a folder and its file are one truth" graded out

# Twins either way round; the last is wrong, one is missed.
printf 'account_id,twin_account_id,kind\n1,5,operation\n2,6,honest-twin\n3,7,operation\n' >truth/truth_twins.csv
printf 'account_id,twin_account_id\n5,1\n2,6\n8,9\n' >twins.csv
printf 'account_id,changed_at,label\n1,2023-01-01,operation\n5,2023-01-01,fandom\n7,2023-01-02,organic\n' >truth/truth_changes.csv
printf 'account_id,score\n1,0.4\n1,0.9\n5,0.7\n' >changes.csv
printf 'domain,target,label\na.example,,outlet\nb.example,a.example,lookalike\nc.example,,campaign\n' >truth/truth_domains.csv
printf 'domain,score\na.example,0.6\nb.example,0.6\nc.example,1\n' >domains.csv
status 0 "$claque" grade --scores scores.csv --truth truth --twins twins.csv --changes changes.csv --domains domains.csv --csv
cp out graded
has 'twins_precision,,0.666666666666667,2,3'
has 'twins_recall,,0.666666666666667,2,3'
has 'renames_auc,,1,,'
has 'domains_auc,,0.5,,'

# A page of it: Markdown and HTML; a new file of one of the endings.
status 0 "$claque" grade --scores scores.csv --truth truth --twins twins.csv --report page.md
grep -q '^| precision: of those accused, planted | [0-9.]* | - |$' page.md || complain "no precision in the page"
grep -q '| twins on another platform | precision 0.67, recall 0.67, F1 0.67 |' page.md || complain "no twins in the page"
status 0 "$claque" grade --scores scores.csv --truth truth --report page.html
grep -q '<polyline class="curve"' page.html || complain "no curve in the page"
! command -v tidy >/dev/null || tidy -q -e page.html || complain "tidy finds the page wrong"
status 4 "$claque" grade --scores scores.csv --truth truth --report page.html
status 2 "$claque" grade --scores scores.csv --truth truth --report page.pdf
says "ends in .html or .md"

# Misuse and broken tables say what is wrong.
status 2 "$claque" grade --scores scores.csv
says "--truth"
status 2 "$claque" grade --truth truth
says "one of them"
status 2 "$claque" grade a.claque --scores scores.csv --truth truth
printf 'account_id\n1\n' >broken.csv
status 3 "$claque" grade --scores broken.csv --truth truth
says "no column 'score'"
printf 'account_id,score\n1,high\n' >broken.csv
status 3 "$claque" grade --scores broken.csv --truth truth
says "row 2: 'high' is no number"

# A small world: imported whole, but nothing of its truth.
status 0 "$claque" generate --stealth 1 --vary --posts 10000 --seed 4 --out small.claque
for f in truth truth_twins truth_changes truth_domains; do
	[ -s "small-world/$f.csv" ] || complain "$f.csv is not there"
done
status 0 "$claque" inputs small.claque --csv
grep -q truth out && complain "a truth was imported"
[ "$(wc -l <out)" -eq 4 ] || complain "three files are imported"
status 0 "$claque" score small.claque
status 0 "$claque" grade small.claque --truth small-world
says "average_precision"

# The learner's verdicts beside the engine's leads: one's own counts before the cluster's.
lead=$("$claque" leads small.claque --csv --limit 1 | sed -n '2s/,.*//p')
"$claque" accounts small.claque --csv --limit 0 | awk -F, -v c="$lead" '$3 == c { print $1 }' >members
fan=$(grep -m1 ',fandom' small-world/truth.csv | cut -d, -f1)
status 0 "$claque" verdict small.claque cluster "$lead" confirmed --reason copies
status 0 "$claque" verdict small.claque account "$(head -n 1 members)" cleared --reason doubt
status 0 "$claque" verdict small.claque account "$fan" confirmed --reason mistake
status 0 "$claque" grade small.claque --truth small-world --report small.md
grep -q "verdict on $(($(wc -l <members) + 1)) accounts, accuses $(($(wc -l <members) - 1)) of the planted ones and 1 others" small.md ||
	complain "verdicts are counted wrongly: $(sed -n 3p small.md), $(wc -l <members) members"
grep -q '^| fan clubs | [0-9]* | 0 | 1 |$' small.md || complain "the fan who was accused is not told"
grep -q '^| twins on another platform | precision' small.md || complain "twins are not looked for"
status 2 "$claque" generate --vary --out x
status 2 "$claque" generate --stealth 2 --without everything --out x
says "no tactic 'everything'"

# A stealth curve of one step: what it leaves, and the picture well-formed.
cat >mine.conf <<'E'
scenario mine
title Mine
teaches nothing
people 400
network n
accounts 40
uses copies
zone +08:00
E
status 0 "$claque" stealth mine.conf --knob jitter --steps 1m --seeds 1 --posts 10000 --out curve --csv
says "jitter,1m,1,"
[ "$(echo curve/*)" = "curve/stealth.csv curve/stealth.md curve/stealth.svg" ] ||
	complain "other files: $(echo curve/*)"
[ "$(wc -l <curve/stealth.csv)" -eq 2 ] || complain "not a row a world"
if command -v xmllint >/dev/null; then
	status 0 xmllint --noout curve/stealth.svg
else
	echo "not checked: xmllint is not installed"
fi
status 2 "$claque" stealth mine.conf --knob jitter --steps 1m --out curve
says "is there already"
status 2 "$claque" stealth mine.conf --knob dilution --out other
says "has a use for the knob filler"
status 2 "$claque" stealth mine.conf --steps 1m --out other
says "steps are values of one knob"
status 2 "$claque" stealth mine.conf --knob cunning --out other
says "no knob 'cunning'"
status 2 "$claque" stealth mine.conf
says "--out FOLDER"
[ ! -e other ] || complain "something was made"
finish
