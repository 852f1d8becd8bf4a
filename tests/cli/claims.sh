#!/bin/sh
# Claims with evidence, the matrix of hypotheses, fields and techniques, from commands to reports.
. "${srcdir:-.}/tests/cli/lib.sh"
cd "$work" || exit 1
cat >posts.csv <<'X'
post_id,account_id,created_at,kind,text,urls
p1,a1,2016-09-20T10:00:00Z,post,They will never tell you this,https://n.example/1
p2,a2,2016-09-20T10:00:30Z,post,They will never tell you that,https://n.example/1
X
status 0 "$claque" import a.claque posts.csv

# A claim is numbered, and evidence belongs to it by that number.
status 0 "$claque" claim a.claque 'One hand runs both' --account a1 --likelihood likely --confidence moderate
says "claim 1"
status 0 "$claque" weigh a.claque 1 for 'thirty seconds apart' --post p2 --reliability B2
says "evidence 2"
status 0 "$claque" weigh a.claque 1 against 'a paper said the same'
status 2 "$claque" weigh a.claque 9 for 'x'
says "evidence belongs to a claim that stands"
status 2 "$claque" weigh a.claque x for 'x'
says "'x' is no number of a claim"
status 2 "$claque" claim a.claque 'Likely so, with high confidence'
says "ICD 203"
status 2 "$claque" claim a.claque x --account a1 --source https://n.example/1
says "one subject at a time"
status 0 "$claque" claims a.claque --csv
says '1,claim,a1,One hand runs both,likely,moderate,1,1,,tester'
says "claque open 'a.claque' --screen sources --subject post:"
[ "$(wc -l <out)" = 4 ] || complain "a claim and two of evidence are not three rows"
command=$(sed -n "s/.*\(claque open 'a.claque'.*\)/\1/p" out | head -n 1)
(eval "echo q | \"\$claque\"${command#claque} --linear" >again 2>&1) || complain "the evidence is not reopened"
grep -q 'post p2' again || complain "what is reopened is not the post: $(head -n 1 again)"

# The matrix: what is inconsistent counts, and a cell is undone.
status 0 "$claque" hypothesis a.claque H8 'a share button'
status 0 "$claque" rate a.claque 2 H1 CC
status 0 "$claque" rate a.claque 2 H2 I
status 0 "$claque" rate a.claque 2 H8 II --why 'no button writes that'
status 2 "$claque" rate a.claque 2 H9 I
says "no hypothesis 'H9' here"
status 2 "$claque" rate a.claque 2 H1 III
says "one of CC C N I II"
status 0 "$claque" ach a.claque
says "    2  CC   I    -    -    -    -    -    II   for: thirty seconds apart (B2); tells best apart"
says "    1  H8  a share button: 1 II, 0 I, 0 consistent, 1 not rated"
says "    -  H7  bias of the collection: not rated yet"
status 0 "$claque" undo a.claque
says "undid: rating of H8 on a1"
status 0 "$claque" ach a.claque --csv
says "a1,2,thirty seconds apart,H8,a share button,,for,B2,,,1,account"
status 0 "$claque" claim a.claque 'One hand runs both of them' --replace 1 --likelihood likely
says "claim 1"
status 0 "$claque" ach a.claque --mask
says "thirty seconds"

# Fields: what needs a citation, or two kinds of evidence, says so.
status 2 "$claque" field a.claque breakout 'a paper took it up' --category 4
says "needs a citation"
status 0 "$claque" field a.claque breakout 'a paper took it up' --category 4 --citation 'Daily, 2016-10-02'
status 2 "$claque" field a.claque attribution 'a firm' --kinds technical
says "at least two kinds"
status 0 "$claque" field a.claque
says "Breakout Scale (breakout), 4: a paper took it up (Daily, 2016-10-02)"
says "Attribution (attribution): not assessed"
status 2 "$claque" technique a.claque 99.9
says "no such technique"
status 0 "$claque" technique a.claque 5.4.2 --note 'read all of it'
status 0 "$claque" technique a.claque
says "confirmed  5.4.2 Copying"

# The reports tell it, with what reopens it; attribution stays as it is.
status 0 "$claque" export a.claque --to markdown --out case.md
status 0 "$claque" export a.claque --to html --out case.html
for words in 'One hand runs both of them' 'likely (55 to 80 per cent)' 'thirty seconds apart' \
	'usually reliable, probably true' 'a paper said the same' 'tells well apart' 'a share button' \
	'a paper took it up' 'Daily, 2016-10-02' 'Copying authentic social media posts'; do
	for page in case.md case.html; do
		grep -qF "$words" $page || complain "$page does not tell: $words"
	done
done
grep -q '^| inconsistent (of it II) | 0 (0) | 1 (0) | - ' case.md || complain "the counts are not told"
grep -qF 'reopened by: `claque open ' case.md || complain "what reopens evidence cannot be copied"
grep -q '^Not assessed\.$' case.md || complain "attribution is not 'not assessed'"
grep -q 'Not assessed' case.html || complain "attribution on the page is not 'not assessed'"
grep -q 'screen sources --subject post:' case.html || complain "what reopens evidence is not told"
status 0 "$claque" field a.claque attribution 'A firm is likely behind it' --kinds technical,behavioural
status 0 "$claque" export a.claque --to html --out who.html
grep -q 'A firm is likely behind it' who.html || complain "the attribution is not told"
grep -q 'Not assessed' who.html && complain "an attribution was written, and is 'not assessed'"
status 0 "$claque" undo a.claque

# A colleague takes all of it.
status 0 "$claque" import b.claque posts.csv
status 0 "$claque" note b.claque account a1 'numbers differ'
status 0 "$claque" merge b.claque a.claque
says "8 annotations: 8 taken"
status 0 "$claque" ach b.claque
says "CC   I"
status 0 "$claque" merge b.claque a.claque
says "8 annotations: 0 taken, 8 there already"
status 0 "$claque" verify b.claque

# What is withdrawn takes its evidence out of sight, and comes back.
status 0 "$claque" withdraw a.claque 1
status 0 "$claque" ach a.claque
says "no evidence"
status 0 "$claque" undo a.claque
status 0 "$claque" ach a.claque
says "thirty seconds"
status 0 "$claque" verify a.claque
finish
