#!/bin/sh
# Verdicts, periods, highlights, colours, and a colleague's annotations merged.
. "${srcdir:-.}/tests/cli/lib.sh"
cd "$work" || exit 1
cat >posts.csv <<'X'
post_id,account_id,created_at,kind,text,urls
p1,a1,2016-09-20T10:00:00Z,post,They will never tell you this,https://n.example/1
p2,a2,2016-09-20T10:00:30Z,post,They will never tell you that,https://n.example/1
p3,a3,2016-09-21T10:00:30Z,post,weather,https://n.example/2
X
status 0 "$claque" import a.claque posts.csv

# A verdict wants its reason; the last one counts, the others are told.
status 2 "$claque" verdict a.claque account a1 cleared
says "the verdict cleared wants a reason"
status 2 "$claque" verdict a.claque account a1 guilty --reason x
says "there are new reviewing confirmed cleared shared"
status 2 "$claque" verdict a.claque account a1 confirmed --reason 'Likely one hand, high confidence.'
says "ICD 203"
status 0 "$claque" verdict a.claque account a1 reviewing
status 0 "$claque" note a.claque account a3 'first words'
cp a.claque hers.claque
status 0 "$claque" verdict a.claque account a1 cleared --reason 'tour dates' --confidence high
status 0 "$claque" verdict a.claque account a1
says "a1: cleared by tester on 2026-11-21 14:00: tour dates (confidence: high); before: reviewing by tester"
status 0 "$claque" accounts a.claque --lens status:cleared --json
says '"account_id":"a1"'
[ "$(wc -l <out)" = 1 ] || complain "status:cleared is not one account"
status 0 "$claque" accounts a.claque --lens status:new --csv
[ "$(wc -l <out)" = 3 ] || complain "status:new is not the other two"

# A note in other words; both sides do it. Tags have colours of a palette.
note=$("$claque" sql a.claque "SELECT id FROM v_notes WHERE kind = 'note'" --csv | sed -n 2p)
status 0 "$claque" note --replace "$note" a.claque account a3 'my words'
status 2 "$claque" tag --colour mauve a.claque account a3 fan
says "there are red yellow green cyan blue magenta"
CLAQUE_WHO=bob
status 0 "$claque" verdict hers.claque account a1 confirmed --reason 'same minute'
status 0 "$claque" verdict hers.claque account a2 confirmed --reason 'same minute'
status 0 "$claque" note --replace "$note" hers.claque account a3 'her words'
status 0 "$claque" highlight hers.claque p1 'never tell' --label script --colour red
status 2 "$claque" highlight hers.claque p1 'always tell'
says "the post does not say 'always tell'"
status 0 "$claque" note hers.claque period '2016-09-20..2016-09-21 of a2' quiet
status 2 "$claque" note hers.claque period '2016-09-20..' open
says "a period has a beginning and an end"
status 0 "$claque" tag --colour red hers.claque account a3 fan
CLAQUE_WHO=tester

# Told first, then taken once; conflicts are left unless a side is chosen.
cp a.claque both.claque
status 1 "$claque" merge --dry-run a.claque hers.claque
says "in conflict: verdict confirmed on a1 by bob"
says "  here: cleared: tour dates by tester"
says "in conflict: note on a3 by bob, 2026-11-21 14:00: her words"
says "to be taken: highlight script on post p1 by bob, 2026-11-21 14:00: never tell"
says "7 annotations: 4 to take, 1 there already, 2 in conflict"
status 1 "$claque" merge a.claque hers.claque
says "7 annotations: 4 taken, 1 there already, 2 in conflict"
status 0 "$claque" verify a.claque
"$claque" annotations hers.claque >hers.ndjson || complain "annotations are not written"
status 0 "$claque" merge --take theirs a.claque hers.ndjson
says "7 annotations: 2 taken, 5 there already, 2 in conflict"
status 0 "$claque" verdict a.claque account a1
says "a1: confirmed by bob"
status 0 "$claque" notes a.claque --csv
says "her words"
grep -q 'my words' out && complain "the note here is not replaced"
status 0 "$claque" merge a.claque hers.claque
says "7 annotations: 0 taken, 7 there already, 0 in conflict"
status 0 "$claque" undo a.claque
says "(9 more to undo, 1 to redo)"
status 0 "$claque" verify a.claque
hash=$("$claque" ledger hers.claque --json | tail -n 1 | sed 's/.*"hash":"\([0-9a-f]*\)".*/\1/')
status 0 "$claque" ledger a.claque --json
says "$hash"
cp hers.claque bad.claque
status 0 "$claque" verify bad.claque
if command -v sqlite3 >/dev/null; then
	sqlite3 bad.claque 'UPDATE period SET to_at = to_at + 86400000'
	status 1 "$claque" verify bad.claque
	says "the period that it is about was altered"
fi
# Both: each note stays, and of verdicts the one here counts.
status 0 "$claque" merge --take both both.claque hers.claque
status 0 "$claque" verdict both.claque account a1
says "a1: cleared by tester on 2026-11-21 14:00: tour dates (confidence: high); before: confirmed by bob"
status 0 "$claque" notes both.claque --csv
says "her words"
says "my words"
status 0 "$claque" verify both.claque
# Where there is no such account, nothing is made up.
printf 'post_id,account_id,created_at,kind,text\nq1,z9,2016-09-20T10:00:00Z,post,hi\n' >other.csv
status 0 "$claque" import other.claque other.csv
status 0 "$claque" merge other.claque hers.claque
says "7 annotations: 0 taken, 0 there already, 0 in conflict, 7 on what this case has not"
printf 'nothing\n' >bad.ndjson
status 3 "$claque" merge a.claque bad.ndjson
says "bad.ndjson: line 1 is no JSON object"
finish
