#!/bin/sh
# A person who is forgotten is nowhere in the file, does not come back, and the case is whole.
. "${srcdir:-.}/tests/cli/lib.sh"
cd "$work" || exit 1
cat >accounts.csv <<'X'
account_id,handle,display_name,bio,platform,followers
7000000001,anna_secret,Anna Seltsam,bio of a1 only,x,10
7000000002,ben_open,Ben,hello @anna_secret,x,20
7000000003,carl_open,Carl,x,x,20
X
cat >posts.csv <<'X'
post_id,account_id,handle,platform,created_at,type,ref_post_id,ref_account_id,text
9000000011,7000000001,anna_secret,x,2016-09-20T10:00:00Z,original,,,the unheard words of hers
9000000012,7000000002,ben_open,x,2016-09-20T10:00:01Z,reshare,9000000011,7000000001,RT @anna_secret: the unheard words of hers
9000000013,7000000003,carl_open,x,2016-09-20T10:00:02Z,reshare,9000000011,7000000001,RT @anna_secret: the unheard words of hers
9000000014,7000000003,carl_open,x,2016-09-20T10:00:09Z,original,,,I met @Anna_Secret and Anna Seltsam at https://x.com/anna_secret/status/9000000011
9000000015,7000000002,ben_open,x,2016-09-20T11:00:09Z,original,,,words of others stay
X
status 0 "$claque" import case.claque accounts.csv posts.csv
status 0 "$claque" score case.claque
status 0 "$claque" note case.claque account @anna_secret 'she wrote the unheard words of hers'
status 0 "$claque" tag case.claque account @ben_open '#seen'
status 0 "$claque" note case.claque account @ben_open 'a friend of @anna_secret'
status 0 "$claque" export case.claque --to html --out report.html
status 0 "$claque" export case.claque --to csv --out tables --redact aggregate
status 0 "$claque" export case.claque --to bundle --out given.ndjson --redact pseudonymised
# As after a large import: pages that nothing uses any more, with what was in them.
command -v sqlite3 >/dev/null && sqlite3 case.claque "PRAGMA secure_delete = OFF; CREATE TABLE spare AS
	SELECT a.* FROM post a, post b, post c, post d; DROP TABLE spare" >/dev/null
cp case.claque before.claque
status 0 "$claque" posts case.claque --csv
posts=$(wc -l <out)

# names FILE...: what of hers stands in them
names() {
	cat "$@" | LC_ALL=C grep -aic -e anna_secret -e seltsam -e unheard -e 7000000001 -e 9000000011 \
		-e 'bio of a1'
}
[ "$(names case.claque)" -gt 0 ] || complain "this test looks for the wrong words"

status 0 "$claque" forget case.claque @anna_secret --dry-run
says "  1 accounts"
says "  1 posts"
says "she wrote the unheard words"
says "still in the file"
says "would be forgotten"
says "may be in the export report.html (html, full, 2026-11-21 14:00, entry 6 of the ledger): call it"
says "may be in the export given.ndjson (bundle with the ledger, pseudonymised, "
grep -q 'in the export tables' out && complain "an aggregate names nobody"
cmp -s case.claque before.claque || [ "$("$claque" ledger case.claque --csv | wc -l)" = \
	"$("$claque" ledger before.claque --csv | wc -l)" ] || complain "a dry run did something"
status 2 "$claque" forget case.claque @anna_secret
says "--yes does it"
status 2 "$claque" forget case.claque @anna_secret --yes
says "--notes replace puts [forgotten]"
status 0 "$claque" verify case.claque
last=$(sed -n 's/^last entry: [0-9]* \([0-9a-f]*\).*/\1/p' out)

status 0 "$claque" forget case.claque @anna_secret --yes --notes replace --reason 'asked by anna_secret'
says "1 accounts"
says "score again"
says "the case is whole"
[ "$(names case.claque*)" = 0 ] || complain "the file still has: $(cat case.claque* | strings |
	grep -i -e anna_secret -e seltsam -e unheard -e 7000000001 -e 9000000011 | head -5)"
status 0 "$claque" verify case.claque --last "$last"
says "entries say less than they did"
status 0 "$claque" ledger case.claque --json
says '"forget"'
says 'asked by [forgotten]'
status 0 "$claque" posts case.claque --csv
[ "$(wc -l <out)" = "$posts" ] || complain "rows of posts are out of step"
says "words of others stay"
says "I met @[forgotten] and [forgotten] at"
status 0 "$claque" notes case.claque --csv
says "a friend of @[forgotten]"
says "tag,@ben_open,,seen"
status 0 "$claque" sources case.claque --csv
says "forgotten:"
status 2 "$claque" forget case.claque @anna_secret --yes

# What is kept, before and after: three people were, two are.
status 0 "$claque" retention before.claque --csv
says "posts,5,3,2016-09-20T10:00:00.000Z,2016-09-20T11:00:09.000Z,2026-11-21T14:00:00.000Z,0,,"
says "input,5,3,"
status 0 env CLAQUE_CLOCK=2026-12-01T15:00:00Z "$claque" retention case.claque --csv
says "accounts,2,2,"
says "posts,4,2,"
says "texts,2,2,"
says "forgotten,1,0,"
says ",10,posts.csv,"
status 0 "$claque" retention case.claque --older-than 1 --csv
grep -q '^input' out && complain "inputs of today are not older than a day"

# She does not come back, in the same file or another, and others' acts join what is there.
status 0 "$claque" import case.claque accounts.csv posts.csv
says "already in the case, nothing added"
sed 's/9000000012/9000000032/; s/9000000014,.*//' posts.csv | grep . >again.csv
status 0 "$claque" import case.claque again.csv
says "1 of somebody whom the case forgot: not taken"
sed 's/,10$/,11/; s/@anna_secret/you/' accounts.csv >profiles.csv
status 0 "$claque" import case.claque profiles.csv
status 0 "$claque" verify case.claque
[ "$(names case.claque*)" = 0 ] || complain "she came back: $(strings case.claque |
	grep -i -e anna_secret -e seltsam -e unheard -e 7000000001 -e 9000000011 | head -5)"
[ "$("$claque" sql case.claque "SELECT count(DISTINCT key) FROM v_shares WHERE act = 'reshare'" --csv |
	tail -n 1)" = 1 ] || complain "reshares of one post are told apart"
status 0 "$claque" score case.claque
status 0 "$claque" undo case.claque
status 0 "$claque" redo case.claque
status 0 "$claque" verify case.claque

# What leaves is as whole as the case.
status 0 "$claque" export case.claque --to bag --out bag
status 0 "$claque" verify bag
status 0 "$claque" export case.claque --to bundle --out case.ndjson
grep -ric -e anna_secret -e unheard bag case.ndjson | grep -qv ':0$' && complain "an export names her"
status 0 "$claque" import other.claque case.ndjson
status 0 "$claque" verify other.claque
sed 's/9000000011/9000000041/' posts.csv | sed -n '1,2p' >other.csv
status 0 "$claque" import other.claque other.csv
says "1 of somebody whom the case forgot: not taken"
status 0 "$claque" export before.claque --to bundle --out before.ndjson
status 2 "$claque" import case.claque before.ndjson
says "forgot"
status 0 "$claque" verify case.claque
[ "$(names case.claque*)" = 0 ] || complain "she came back with a bundle"

# What cannot be taken out is said.
status 0 "$claque" import bundled.claque before.ndjson
status 1 "$claque" forget bundled.claque @anna_secret --yes --notes replace
says "STILL THERE: "
says "entries of other cases' ledgers"
status 0 "$claque" verify bundled.claque

# Killed between the moment when she is forgotten and the one when no byte of hers is left:
# the next command that writes does the rest, and says so.
program=$claque fault=${top_builddir:-.}/tests/fault/.libs/fault.so
[ -e "${top_builddir:-.}/.libs/claque" ] && program=$top_builddir/.libs/claque

# with_fault FAULT COMMAND...: the report counts calls anew.
with_fault() {
	: >report
	truncate -s 4096 report
	fail_at=$1
	shift
	CLAQUE_FAULT=$fail_at CLAQUE_FAULT_REPORT=$work/report LD_PRELOAD=$fault "$program" "$@"
}

# killed CALL: is forget killed there, with her forgotten and her words in the files?
killed() {
	rm -f killed.claque* look.claque*
	cp before.claque killed.claque
	(with_fault "$1:kill" forget killed.claque @anna_secret --yes --notes replace) >/dev/null 2>&1 && return 1
	[ "$(names killed.claque*)" -gt 0 ] || return 1
	cp killed.claque look.claque
	[ ! -e killed.claque-wal ] || cp killed.claque-wal look.claque-wal
	"$claque" ledger look.claque --json 2>/dev/null | grep -q '"forget"'
}

# Not where no library can be preloaded.
with_fault open:1:on verify before.claque >/dev/null 2>&1 || {
	between=0
	for call in sync:1 sync:2 sync:3 sync:4 $(seq -f 'write:%.0f' 60 30 300); do
		killed "$call" || continue
		between=$((between + 1))
		status 0 "$claque" note killed.claque account @ben_open 'of the next day'
		says "killed.claque: what a forgetting that was cut off left in the file is removed"
		[ "$(names killed.claque*)" = 0 ] || complain "killed at $call: the file still has her"
		status 0 "$claque" note killed.claque account @ben_open 'and of the one after'
		[ ! -s err ] || complain "said again: $(cat err)"
		status 0 "$claque" verify killed.claque
	done
	[ "$between" -gt 2 ] || complain "it was killed in between only $between times"
}

# An entry that nobody erased may not be altered under cover of one that was.
command -v sqlite3 >/dev/null && {
	sqlite3 case.claque "DROP TRIGGER ledger_stays; UPDATE ledger SET command = 'x' WHERE seq = 1"
	status 1 "$claque" verify case.claque
	says "ledger entry 1: its contents do not match its hash"
}
finish
