#!/bin/sh
# One byte changed anywhere in a case, its input files or a bag, a file added or taken away:
# verify says so and names it. A bag is what others can check: sha256sum, OpenSSL.
. "${srcdir:-.}/tests/cli/lib.sh"
cd "$work" || exit 1
unset CLAQUE_PASSPHRASE

{
	echo 'post_id,account_id,platform,created_at,type,text,ref_post_id,ref_account_id'
	for n in 1 2 3 4 5 6 7 8 9; do
		echo "p$n,a$((n % 3)),x,2024-01-06T00:00:0${n}Z,reshare,words $n,r$((n / 3)),z"
	done
} >posts.csv
printf 'indicator_type,indicator_value,comment,ds\ndomain_name,published-one.example,,2022-09-27\n' >known.csv
printf 'account_id,platform,handle\na0,x,handle0\na1,x,handle1\na2,x,handle2\n' >who.csv
status 0 "$claque" import c.claque posts.csv who.csv known.csv
status 0 "$claque" score c.claque
status 0 "$claque" note c.claque account a1 'seen by day'
status 0 "$claque" verdict c.claque account a2 confirmed --reason 'same words'
status 0 "$claque" verify c.claque
says whole
end=$(sed -n 's/^last entry: [0-9]* \([0-9a-f]*\).*/\1/p' out)

# --- keys
echo 'correct horse' >phrase
status 0 "$claque" key new my.key --passphrase-file phrase
key=$(sed -n 's/^public key //p' out)
[ "$(stat -c %a my.key)" = 600 ] || complain "a secret key is its owner's to read: $(stat -c %a my.key)"
grep -q seed my.key && complain "with a passphrase the seed is in a box"
status 2 "$claque" key new my.key
says 'there already'
status 2 "$claque" key show my.key
says 'has a passphrase'
status 2 env CLAQUE_PASSPHRASE=wrong "$claque" key show my.key
says 'not its passphrase'
status 0 env CLAQUE_PASSPHRASE='correct horse' "$claque" key show my.key
says "$key"
status 0 "$claque" key new other.key
says 'no passphrase'
other=$(sed -n 's/^public key //p' out)
chmod 644 other.key
status 2 "$claque" export c.claque --to bag --out no --sign other.key
says 'chmod 600'
chmod 600 other.key

# --- a bag, and what others say of it
status 2 "$claque" export c.claque --to csv --out no --inputs
says '--to bag'
status 2 "$claque" export c.claque --to bag --out no --inputs --redact pseudonymised
says 'name everybody'
[ ! -e no ] || complain "what is refused is not written"
status 0 "$claque" export c.claque --to bag --out bag --sign my.key --passphrase-file phrase --timestamp-request --inputs
says 'nothing was sent'
(cd bag && sha256sum -c --quiet manifest-sha256.txt && sha256sum -c --quiet tagmanifest-sha256.txt) ||
	complain "sha256sum finds the bag whole"
same "an input file comes along as it is" posts.csv bag/data/inputs/001-posts.csv
oxum=$(cd bag/data && find . -type f -printf '%s\n' | awk '{ bytes += $1 } END { print bytes "." NR }')
grep -qx "Payload-Oxum: $oxum" bag/bag-info.txt || complain "Payload-Oxum is not $oxum"
grep -q '^External-Description: TLP:AMBER' bag/bag-info.txt || complain "the bag has its marking"
if command -v openssl >/dev/null; then
	sed -n 's/^signature //p' bag/signature.txt | base64 -d >sig
	openssl pkeyutl -verify -pubin -inkey bag/public-key.pem -rawin -in bag/tagmanifest-sha256.txt \
		-sigfile sig >/dev/null 2>err || complain "OpenSSL checks the signature: $(cat err)"
	openssl ts -query -data bag/tagmanifest-sha256.txt -sha256 -cert -no_nonce -out want.tsq 2>err ||
		complain "OpenSSL makes a request: $(cat err)"
	same "the request is the one that OpenSSL makes" want.tsq bag/request.tsq
else
	echo "signature and request are not checked by OpenSSL: it is not installed"
fi
status 0 "$claque" verify bag --key "$key" --last "$end"
says 'signature: holds, by tester'
says 'entries hold'
status 0 "$claque" verify bag --key bag/public-key.pem
status 1 "$claque" verify bag --key "$other"
says 'by another key'
status 0 "$claque" export c.claque --to bag --out plain
status 0 "$claque" verify plain
says 'signature: none'
status 1 "$claque" verify plain --key "$key"
says 'is not signed'
status 0 "$claque" export c.claque --to bag --out masked --redact pseudonymised
status 0 "$claque" verify masked
says 'redacted'
[ ! -e masked/data/annotations.ndjson ] || complain "annotations name everybody"

# flip FILE AT: another bit at that byte.
flip() {
	byte=$(od -An -tu1 -j "$2" -N 1 "$1" | tr -d ' ')
	printf "\\$(printf %o $((byte ^ 1)))" | dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}

# named WHAT: verify of the altered bag names it.
named() {
	status 1 "$claque" verify altered
	says "FAULT: $1"
}

# fresh: the bag as it was.
fresh() {
	rm -rf altered
	cp -r bag altered
}

for file in data/case.md data/csv/posts.csv data/inputs/001-posts.csv data/ledger.ndjson data/annotations.ndjson \
	bagit.txt bag-info.txt README.txt manifest-sha256.txt public-key.pem; do
	fresh
	flip altered/$file $(($(stat -c %s altered/$file) / 2))
	named "$file was changed"
done
# Wherever a byte of a signature is another one, it holds no more.
size=$(stat -c %s bag/signature.txt)
for at in 3 60 140 $((size - 30)) $((size - 1)); do
	fresh
	flip altered/signature.txt "$at"
	named signature.txt
done
fresh; flip altered/tagmanifest-sha256.txt 5; named signature.txt
says 'signature: there, and does not hold'
fresh; flip altered/request.tsq 40; named request.tsq
fresh; rm altered/data/case.md; named 'data/case.md is missing'
fresh; rm altered/signature.txt; named 'signature.txt is missing'
fresh; rm altered/tagmanifest-sha256.txt; named 'tagmanifest-sha256.txt is missing'
fresh; rm altered/manifest-sha256.txt; named 'manifest-sha256.txt is missing'
fresh; echo more >altered/data/more.txt; named 'data/more.txt was added'
fresh; echo more >altered/more.txt; named 'more.txt was added'
fresh; ln -sf /etc/hostname altered/data/case.md; named 'data/case.md is no plain file'

# reseal: all digests anew, as somebody without the key could.
reseal() {
	(cd altered && sha256sum $(cut -c 67- manifest-sha256.txt) >m && mv m manifest-sha256.txt &&
		sha256sum $(cut -c 67- tagmanifest-sha256.txt) >t && mv t tagmanifest-sha256.txt)
}
fresh; sed -i 's/seen by day/seen by dax/' altered/data/ledger.ndjson; reseal; named signature.txt
says 'ledger.ndjson: entry'
fresh; sed -i '$d' altered/data/ledger.ndjson; reseal; named signature.txt
says 'another end'

# An answer may be laid into it later.
fresh; echo answer >altered/response.tsr
status 0 "$claque" verify altered
says 'openssl ts -verify'

# --- what is replaced, and what is not
status 2 "$claque" export c.claque --to bag --out bag
status 0 "$claque" export c.claque --to bag --out altered --replace
[ ! -e altered/response.tsr ] || complain "a bag is replaced as a whole"
echo mine >altered/data/inputs
status 2 "$claque" export c.claque --to bag --out altered --replace
says 'not replaced'
fresh; echo mine >altered/data/inputs/004-mine.csv
status 2 "$claque" export c.claque --to bag --out altered --replace
[ -e altered/data/inputs/004-mine.csv ] || complain "somebody's own file in a bag stays"
fresh; mkdir altered/data/csv/mine
status 2 "$claque" export c.claque --to bag --out altered --replace
[ -d altered/data/csv/mine ] || complain "somebody's own folder in a bag stays"
status 2 "$claque" export c.claque --to csv --out bag --replace
mkdir home; echo mine >home/letter.txt
status 2 "$claque" export c.claque --to bag --out home --replace
[ -e home/letter.txt ] || complain "a folder of somebody's own stays"
ls | grep -q 'part-' && complain "nothing is left beside it: $(ls)"

# --- the case
# alter FROM TO: of the same length, wherever the file of the case holds it.
alter() {
	cp c.claque altered.claque
	LC_ALL=C sed -i "s/$1/$2/g" altered.claque
	cmp -s c.claque altered.claque && complain "nothing to alter: $1"
	status 1 "$claque" verify altered.claque
	says FAULT
	says "$3"
}
"$claque" verify c.claque >/dev/null	# nothing waits in a write-ahead log
alter '"text":"seen by day"' '"text":"seen by dax"' 'ledger entry'
alter "$end" "$(echo "$end" | tr 0-9a-f 1-9a-f0)" 'ledger entry'
# Not a byte of what was imported, written or found is another one without being named.
alter 'words 4' 'words 5' 'table post: row 4 (posts.csv, row 5) was altered'
alter 'seen by day' 'seen by dax' 'ledger entry'
alter 'same words' 'some words' 'ledger entry'
alter 'handle0' 'handle.' 'table account: row '
alter '\x01\x8c\xdc\x11\xe3\x28' '\x01\x8c\xdc\x11\xe3\x29' 'table post: row 9'
alter 'published-one' 'published-own' 'table indicator: row 1 (known.csv, row 2) was altered'
alter 'native-posts' 'native-costs' 'table input_file: row 1 was altered'
cp posts.csv posts.keep
flip posts.csv 100
status 1 "$claque" verify c.claque
says 'posts.csv'
says 'not what was imported'
cp posts.keep posts.csv
status 0 "$claque" verify c.claque --last "$end"
status 1 "$claque" verify c.claque --last "$(echo "$end" | tr 0-9a-f 1-9a-f0)"
says 'cut off'
status 2 "$claque" verify c.claque --key "$key"
finish
