#!/bin/sh
# A bag in one file that a passphrase opens: what comes out is the bag that went in.
. "${srcdir:-.}/tests/cli/lib.sh"
cd "$work" || exit 1
unset CLAQUE_BAG_PASSPHRASE
cat >posts.csv <<'X'
post_id,account_id,handle,created_at,text
1,a1,anna_secret,2016-09-20T10:00:00Z,the very words
2,a2,ben,2016-09-20T10:00:01Z,other words
X
status 0 "$claque" import case.claque posts.csv
echo 'open sesame' >phrase
status 0 "$claque" export case.claque --to bag --encrypt --encrypt-passphrase-file phrase --out bag.sealed
says "claque decrypt opens it"
[ "$(stat -c %a bag.sealed)" = 600 ] || complain "the file is open to others"
ls | grep -q part && complain "something is left: $(ls)"
grep -aq -e anna_secret -e 'very words' -e bagit bag.sealed && complain "it can be read"
status 0 "$claque" ledger case.claque --json
says 'encrypted'
status 0 env CLAQUE_BAG_PASSPHRASE='open sesame' "$claque" decrypt bag.sealed --out bag
[ "$(find bag -perm /077 | wc -l)" = 0 ] || complain "the folder is open to others"
status 0 "$claque" verify bag
grep -rq anna_secret bag/data || complain "the bag is not what went in"

status 2 "$claque" decrypt bag.sealed --passphrase-file phrase --out bag
says "'bag' is there already"
echo 'open sesam' >wrong
status 2 "$claque" decrypt bag.sealed --passphrase-file wrong --out again
says "this is not its passphrase"
head -c 5000 bag.sealed >cut
status 3 "$claque" decrypt cut --passphrase-file phrase --out again
says "was cut off"
status 3 "$claque" decrypt posts.csv --passphrase-file phrase --out again
says "'posts.csv' was not encrypted by claque"
[ -e again ] && complain "something is left of what was refused"
status 2 "$claque" export case.claque --to html --encrypt --encrypt-passphrase-file phrase --out page
says "only a bag is encrypted"
status 2 "$claque" export case.claque --to bag --encrypt-passphrase-file phrase --out page
status 2 setsid -w "$claque" decrypt bag.sealed --out again
says "no terminal to ask for the passphrase"
finish
