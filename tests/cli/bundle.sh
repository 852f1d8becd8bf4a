#!/bin/sh
# A case bundle: out of one case and into another without a loss, told when it is not whole,
# taken into a case that has rows already, and naming nobody whom it must not name.
. "${srcdir:-.}/tests/cli/lib.sh"
cd "$work" || exit 1

"$claque" generate --stealth 1 --posts 10000 --seed 61 --out world >/dev/null || complain "generate"
head -n 2500 world/posts.csv >some && mv some world/posts.csv
echo 'p-odd,a-odd,yesterday' >>world/posts.csv
status 0 "$claque" import a.claque world
cp a.claque mine.claque
status 0 "$claque" score a.claque
account=$("$claque" accounts a.claque --csv --limit 1 | sed -n '2s/,.*//p')
status 0 "$claque" note a.claque cluster C001 'first words'
note=$("$claque" sql a.claque 'SELECT max(id) FROM v_notes' --csv | sed -n 2p)
status 0 "$claque" note --replace "$note" a.claque cluster C001 'other words'
status 0 "$claque" verdict a.claque cluster C001 confirmed --reason 'same minute' --confidence high
status 0 "$claque" tag --colour red a.claque account "$account" fan
status 0 "$claque" note a.claque period '2023-09-05..2023-09-06 of C001' quiet
status 0 "$claque" pin a.claque account "$account"
status 0 "$claque" undo a.claque

# rows FILE: what is not header, ledger or end, which are those of the case that wrote it.
rows() {
	grep -v '^{"claque_bundle"\|^{"type":"\(ledger\|entry\|end\)"' "$1"
}
# content FILE: its digest as its last line tells it.
content() {
	tail -n 1 "$1" | sed 's/.*"content_sha256":"\([0-9a-f]*\)".*/\1/'
}
# round NAME IN OUT: IN into a new case, and out of that again.
round() {
	status 0 "$claque" import "$1.claque" "$2"
	says 'the case was empty, and is now the one that the bundle was made of'
	status 0 "$claque" export "$1.claque" --to bundle --out "$3"
	rows "$2" >rows.in
	rows "$3" >rows.out
	same "$1: the same rows come out" rows.in rows.out
	[ "$(content "$2")" = "$(content "$3")" ] || complain "$1: another digest of the content"
	status 0 "$claque" verify "$1.claque"
	says whole
}

# --- the same case again
status 0 "$claque" export a.claque --to bundle --out a.ndjson --tlp green
head -n 1 a.ndjson | grep -q '"tlp":"TLP:GREEN"' || complain "it is marked"
[ "$(sed '$d' a.ndjson | sha256sum | cut -d' ' -f1)" = "$(tail -n 1 a.ndjson |
	sed 's/.*"sha256":"\([0-9a-f]*\)"}/\1/')" ] || complain "the end has the digest of all before it"
for type in input account snapshot change post source share refused extra run edge cluster member \
	evidence example score twin annotation ledger entry; do
	grep -q "\"type\":\"$type\"" a.ndjson || complain "there are lines of $type"
done
round b a.ndjson b.ndjson
says 'ledgers of other cases, which came with bundles: 1, of '
for query in 'SELECT * FROM v_posts' 'SELECT * FROM v_leads' 'SELECT * FROM v_evidence' \
	'SELECT * FROM v_accounts' 'SELECT * FROM v_handles' 'SELECT * FROM v_copies' \
	'SELECT kind, target, word, text, who FROM v_notes'; do
	"$claque" sql a.claque "$query" --csv >in
	"$claque" sql b.claque "$query" --csv >out.csv
	same "$query" in out.csv
done
"$claque" sql b.claque 'SELECT source_file FROM v_posts LIMIT 1' --csv | grep -q 'world/posts.csv' ||
	complain "a row tells the file that it came from first, not the bundle"
status 0 "$claque" import b.claque a.ndjson
says 'already in the case, nothing added'
gzip -k a.ndjson
status 0 "$claque" import packed.claque a.ndjson.gz
says 'the case was empty'

# --- what two teams found differently
status 0 "$claque" diff a.claque b.claque
cp b.claque hers.claque
CLAQUE_WHO=bob status 0 "$claque" verdict hers.claque cluster C001 cleared --reason 'one newsroom'
status 1 "$claque" diff a.claque hers.claque --csv
says 'verdict,both,C001,confirmed by tester: same minute,cleared by bob: one newsroom,'
[ "$(wc -l <out)" = 2 ] || complain "one verdict differs: $(cat out)"
status 0 "$claque" score hers.claque --prior 0.0001
status 1 "$claque" diff a.claque hers.claque --csv
says 'run,both,prior,0.01,0.0001,'
says 'lead,second,C00'
says 'members are in one whose match is another'
says 'Jaccard 0.'
status 1 "$claque" diff a.claque mine.claque --json
says '{"what":"lead","where":"first","name":"C001"'
says '"what":"annotation","where":"first"'

# --- not whole
sed 1500d a.ndjson >lost.ndjson
head -n 1500 a.ndjson >cut.ndjson
head -c 300000 a.ndjson >torn.ndjson
sed '1500s/"row":./"row":9/' a.ndjson >altered.ndjson
{ cat a.ndjson; echo '{"type":"post"}'; } >longer.ndjson
for fault in 'lost lines were lost' 'cut was cut off after line 1500' 'torn was cut off in line' \
	'altered was altered' 'longer comes after the bundle'; do
	name=${fault%% *}
	status 3 "$claque" import broken.claque "$name.ndjson"
	says "${fault#* }"
done
[ "$("$claque" sql broken.claque 'SELECT count(*) FROM v_accounts' --csv | sed -n 2p)" = 0 ] ||
	complain "nothing of a broken bundle is taken"

# --- killed in the middle, and again
"$claque" import killed.claque a.ndjson >/dev/null 2>&1 &
sleep 0.1
kill -9 $! 2>/dev/null
wait $! 2>/dev/null || :
"$claque" import killed.claque a.ndjson >/dev/null || complain "import after kill -9"
status 0 "$claque" export killed.claque --to bundle --out killed.ndjson
[ "$(content a.ndjson)" = "$(content killed.ndjson)" ] || complain "after kill -9 it is another case"

# --- into a case that has rows, and then a run and opinions of its own
status 0 "$claque" import mine.claque a.ndjson
[ "$("$claque" sql mine.claque 'SELECT count(*) FROM v_posts' --csv)" = \
	"$("$claque" sql a.claque 'SELECT count(*) FROM v_posts' --csv)" ] || complain "posts are there once"
"$claque" leads a.claque --csv >in
"$claque" leads mine.claque --csv >out.csv
same "a case without a run takes theirs" in out.csv
status 0 "$claque" score mine.claque
CLAQUE_WHO=bob status 0 "$claque" verdict mine.claque cluster C001 cleared --reason 'one newsroom'
CLAQUE_WHO=ann status 0 "$claque" verdict b.claque cluster C001 shared --reason 'told the platform'
printf 'when,label\n2024-01-02,of ours\n' >ours.csv
printf 'when,label\n2024-01-03,of theirs\n' >theirs.csv
status 0 "$claque" events mine.claque ours.csv
status 0 "$claque" events b.claque theirs.csv
status 0 "$claque" export b.claque --to bundle --out b.ndjson --replace
status 0 "$claque" import mine.claque b.ndjson
says '1 runs of theirs are left out'
says '1 in conflict and left as they are here'
says '2 ledgers of other cases'
status 0 "$claque" verify mine.claque

# --- redacted: as in every export, and what stands for a name stays that
status 0 "$claque" export a.claque --to bundle --out p.ndjson --redact pseudonymised
grep -q "\"$account\"" p.ndjson && complain "a private account comes out"
round p p.ndjson p2.ndjson
finish
