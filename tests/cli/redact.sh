#!/bin/sh
# Nobody who must not be named is named, wherever data holds the name; and an export in
# which one slipped through is not written.
. "${srcdir:-.}/tests/cli/lib.sh"
cd "$work" || exit 1

# Fifty raw identifiers: what they name is private, or leads to who is.
planted="pv_ivan142 Zoyka_Petrowna former_ivan Old_Iwan_Name 901234567890123451 901234567890123452
801234567890123401 801234567890123402 801234567890123403 pv_maria77 mariabio_secret maria-home-page
MariaTownHidden avatarhash77aa client_of_maria extra_cell_maria 801234567890123404 801234567890123405
pv_third3 third_former_3 3rd_display_x 901234567890123453 801234567890123406 801234567890123407
stranger_mention9 stranger_rt_10 stranger_url_11 701234567890123411 stranger_at_12 701234567890123412
pv_tele_13 701234567890123413 pv_quoted14 901234567890123454 801234567890123408 tagged_pv_ivan142
pv_note_15 901234567890123455 801234567890123409 note_about_16 901234567890123456 pv_sixteen16
801234567890123410 seventeen_17x 901234567890123457 801234567890123411 pv_percent18
901234567890123458 801234567890123412 pv_eighteen18"
[ "$(echo $planted | wc -w)" -eq 50 ] || complain "fifty are planted: $(echo $planted | wc -w)"

cat >accounts.csv <<'X'
account_id,platform,handle,display_name,followers,bio,url,location,avatar_hash
901234567890123451,x,pv_ivan142,Zoyka_Petrowna,12,ordinary,https://x.com/pv_ivan142,Here,
901234567890123452,x,pv_maria77,Maria Q,40,mariabio_secret,https://maria-home-page.example,MariaTownHidden,avatarhash77aa
901234567890123453,x,pv_third3,3rd_display_x,,about @pv_ivan142,,,
901234567890123454,x,pv_quoted14,Q,1,,,,
901234567890123455,x,pv_note_15,N,1,,,,
901234567890123456,x,pv_sixteen16,note_about_16,1,,,,
901234567890123457,x,seventeen_17x,S,1,,,,
901234567890123458,x,pv_eighteen18,E,1,,,,
901234567890123459,x,pv_sameas19,Senator Public,3,,,,
99,x,the_senator,Senator Public,900000,in office,https://senate.example,Capital,
X
cat >changes.csv <<'X'
account_id,platform,changed_at,field,old_value,new_value
901234567890123451,x,2024-01-05T00:00:00Z,handle,former_ivan,pv_ivan142
901234567890123451,x,2024-01-05T00:00:00Z,display_name,Old_Iwan_Name,Zoyka_Petrowna
901234567890123452,x,2024-01-05T00:00:00Z,bio,mariabio_secret before,mariabio_secret
901234567890123453,x,2024-01-05T00:00:00Z,handle,third_former_3,pv_third3
X
{
	echo 'post_id,account_id,platform,created_at,type,text,ref_post_id,ref_account_id,urls,hashtags,client,odd_cell'
	n=0
	for text in 'I am Zoyka_Petrowna' 'RT @pv_maria77: hello' 'see https://x.com/pv_ivan142/status/801234567890123401?s=20' \
		'@stranger_mention9 RT @stranger_rt_10: hm' 'https://twitter.com/stranger_url_11/status/701234567890123411' \
		'by former_ivan and Old_Iwan_Name' 'https://www.x.com/third_former_3' 'mail me @stranger_at_12, id 701234567890123412' \
		'https://t.me/pv_tele_13/77 and 701234567890123413' 'QUOTE PV_QUOTED14 pv_quoted14' 'https://x.com/pv%5Fpercent18/status/801234567890123412' \
		'#tagged_pv_ivan142 #pv_ivan142'; do
		n=$((n + 1))
		echo "8012345678901234$(printf %02d $n),90123456789012345$((n % 8 + 1)),x,2024-01-06T00:00:$(printf %02d $n)Z,reshare,\"$text\",99$((n % 2)),99,https://x.com/pv_sixteen16/status/801234567890123410,tagged_pv_ivan142,client_of_maria,extra_cell_maria"
	done
	echo '555,99,x,2024-01-06T00:01:00Z,original,"my own words to @pv_ivan142",,,,,,'
} >posts_of_pv_ivan142.csv
"$claque" import pv_ivan142.claque accounts.csv posts_of_pv_ivan142.csv changes.csv >/dev/null || complain "import"
"$claque" note pv_ivan142.claque account pv_note_15 "says that pv_maria77 is 901234567890123455" >/dev/null || complain "note"
"$claque" tag pv_ivan142.claque account pv_sixteen16 like_pv_ivan142 >/dev/null || complain "tag"
"$claque" claim pv_ivan142.claque "pv_maria77 runs 901234567890123453" --account pv_note_15 >/dev/null || complain "claim"
claim=$("$claque" claims pv_ivan142.claque --csv | sed -n '2s/,.*//p')
"$claque" weigh pv_ivan142.claque "$claim" for "former_ivan, too: https://x.com/pv_ivan142/status/801234567890123401" \
	--account pv_sixteen16 >/dev/null || complain "evidence"
"$claque" hypothesis pv_ivan142.claque H8 "Zoyka_Petrowna's fans" >/dev/null || complain "hypothesis"
"$claque" rate pv_ivan142.claque $((claim + 1)) H8 I --why "@stranger_mention9 says so" >/dev/null || complain "rating"
"$claque" field pv_ivan142.claque breakout "seen by pv_third3" --category 4 --citation "by Old_Iwan_Name" >/dev/null || complain "field"
"$claque" technique pv_ivan142.claque 5.4.2 --note "as pv_quoted14 does" >/dev/null || complain "technique"
"$claque" score pv_ivan142.claque >/dev/null 2>&1 || complain "score"
cp pv_ivan142.claque case.claque

formats=$("$claque" export --help | sed -n '/^FORMATS/,$p' | awk 'NR > 1 && NF { print $1 }')
[ "$(echo "$formats" | wc -l)" -ge 5 ] || complain "the help lists the formats"
for level in pseudonymised aggregate; do
	for form in $formats; do
		"$claque" export case.claque --to "$form" --out "out.$level.$form" --redact $level >/dev/null ||
			complain "$form, $level"
		for name in $planted; do
			grep -rqiF -- "$name" "out.$level.$form" && complain "$form, $level: $name comes out"
		done
	done
done
grep -q 'the_senator,Senator Public' out.pseudonymised.csv/accounts.csv || complain "a public figure is named"
[ ! -e out.aggregate.csv/accounts.csv ] || complain "an aggregate has no accounts"
grep -q 'pseudonymised: 9 accounts' out.pseudonymised.markdown || complain "who is named is told"

# An id of the one bundle leads to none of the other.
"$claque" export case.claque --to stix --out full.json >/dev/null || complain "STIX, full"
for type in report grouping bundle intrusion-set relationship note observed-data; do
	grep -o "\"id\":\"$type--[0-9a-f-]*" full.json | sort -u >ids.full
	grep -o "\"id\":\"$type--[0-9a-f-]*" out.pseudonymised.stix | sort -u >ids.masked
	[ -z "$(comm -12 ids.full ids.masked)" ] || complain "both levels have ids of the same $type"
	cat ids.full >>ids.all
done
[ -s ids.all ] || complain "there are ids to compare"

# Of an aggregate, what fewer than five accounts did is left out, and single posts.
[ "$(wc -l <out.aggregate.csv/hashtags.csv)" -gt 1 ] || complain "no hashtag of several accounts is left"
for file in hashtags sites clusters leads; do
	awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "accounts") c = i; next } $c < 5' \
		out.aggregate.csv/$file.csv >>few.csv
done
[ ! -s few.csv ] || complain "few accounts are told of: $(cat few.csv)"
command -v sqlite3 >/dev/null && {
	cp case.claque small.claque
	for n in 4 5; do
		sqlite3 small.claque "INSERT INTO cluster(run, rank, name, score, coordination, deception, overtness,
			lead, kind, shares, account_count) SELECT max(id), 90 + $n, 'group_of_$n', 1, 1, 1, 0, 1,
			'covert', 9, $n FROM run; INSERT INTO evidence(cluster, axis, signal, unit, n, log_odds, text)
			SELECT max(id), 0, 'co-reshare', 'pairs', 9, 1, 'said of $n' FROM cluster"
	done
	"$claque" export small.claque --to csv --out small --redact aggregate >/dev/null || complain "small"
	"$claque" export small.claque --to bundle --out small.ndjson --redact aggregate >/dev/null ||
		complain "small bundle"
	for file in small/clusters.csv small/leads.csv small/evidence.csv small.ndjson; do
		grep -q 'of_5\|of 5' $file || complain "$file: a group of five is left out"
		grep -q 'of_4\|of 4' $file && complain "$file: a group of four is told of"
	done
}
grep -q 'posts_of' out.aggregate.csv/evidence.csv && complain "evidence names rows of the input"

# A digest of an act of which only the name is not known would tell it to who guesses.
"$claque" ledger case.claque --json >ledger.json || complain "ledger"
for hash in $(sed 's/.*"hash":"\([0-9a-f]*\)".*/\1/' ledger.json); do
	grep -rq "$hash" out.pseudonymised.* && complain "a raw hash of the ledger comes out"
done
status 0 "$claque" verify out.pseudonymised.bag

# The same key, the same names; another case, others.
"$claque" export case.claque --to csv --out again --redact pseudonymised >/dev/null || complain "again"
same "an account keeps its pseudonym" out.pseudonymised.csv/accounts.csv again/accounts.csv
grep -q ',u_[a-z2-7]*,' again/accounts.csv || complain "accounts are u_..."


# Everybody is named without it, and a low limit names more.
"$claque" export case.claque --to csv --out full >/dev/null || complain "full"
grep -q pv_ivan142 full/accounts.csv || complain "full names accounts"
"$claque" export case.claque --to csv --out few --redact pseudonymised --followers 30 >/dev/null || complain "followers"
grep -q pv_maria77 few/accounts.csv || complain "40 followers are enough for 30"

# Ids that look like words and ids shorter than those of today name somebody, too.
cat >who.csv <<'X'
account_id,platform,handle,display_name,followers
did:plc:abcdefghijklmnopqrstuvwx,bluesky,,,4
channel1234567890,telegram,,,4
Daily Example,reddit,,,4
X
words='the ferry to the northern island leaves at noon from now on says the harbour master'
cat >what.csv <<X
post_id,account_id,platform,created_at,type,text
1234567890/3,channel1234567890,telegram,2024-01-06T00:00:01Z,original,$words
t3_1g7krrl,Daily Example,reddit,2024-01-06T00:00:02Z,original,by did:plc:abcdefghijklmnopqrstuvwx in Daily Example
at://x/3k,did:plc:abcdefghijklmnopqrstuvwx,bluesky,2024-01-06T00:00:03Z,original,$words
X
"$claque" import ids.claque who.csv what.csv >/dev/null || complain "import of odd ids"
"$claque" note ids.claque post t3_1g7krrl 'look at it' >/dev/null || complain "note on a post"
"$claque" export ids.claque --to csv --out ids-full >/dev/null || complain "odd ids, full"
grep -q 'text match .* of 1234567890/3 on telegram' ids-full/posts.csv || complain "a copy is told"
"$claque" export ids.claque --to csv --out ids --redact pseudonymised >/dev/null || complain "odd ids"
for name in plc:abcdefghijkl 1234567890/3 'Daily Example' t3_1g7krrl; do
	grep -rqiF -- "$name" ids && complain "odd ids: $name comes out of $(grep -rliF -- "$name" ids)"
done

# A name in other letters, in another form of Unicode, behind percent signs, in base64: as
# the post has it (by what the name is), and as a reader would find it in an export.
cat >forms.who.csv <<X
account_id,platform,handle,display_name,followers
901234567890123461,x,жанна_дарк,,4
901234567890123462,x,café_noir7,,4
901234567890123463,x,pv_encoded63,,4
X
nfd=$(printf 'cafe\314\201_noir7')
wide=$(printf '\357\275\220\357\275\226\357\274\277encoded63')
base64=$(printf %s pv_encoded63 | base64)
percent='%D0%B6%D0%B0%D0%BD%D0%BD%D0%B0_%D0%B4%D0%B0%D1%80%D0%BA'
{
	echo 'post_id,account_id,platform,created_at,type,text'
	n=0
	for form in 'ЖАННА_ДАРК' 'Жанна_Дарк' "$nfd" 'CAFÉ_NOIR7' "$wide" "$base64" "${base64%=*}" "$percent" 'pv%5fencoded63'; do
		n=$((n + 1))
		echo "q$n,99,x,2024-01-06T00:01:0${n}Z,original,\"it was $form who said https://t.example/go?u=$form&x=1\""
	done
} >forms.csv
"$claque" import forms.claque forms.who.csv forms.csv >/dev/null || complain "import of forms"
"$claque" export forms.claque --to csv --out forms.out --redact pseudonymised >/dev/null || complain "forms"
for form in 'ЖАННА' 'Жанна' 'жанна' 'noir7' 'NOIR7' "$wide" "${base64%=*}" "$percent" 'pv%5fencoded63'; do
	grep -rqF -- "$form" forms.out && complain "$form comes out: $(grep -rhF -- "$form" forms.out | head -n 1)"
done
[ "$(grep -c 'it was @*u_.* who said' forms.out/posts.csv)" -eq 9 ] || complain "nine forms are masked: $(cat forms.out/posts.csv)"
# What the redaction does not see (a backslash, base64 of another form), the leak check does.
for form in 'ЖАН\\НА_ДАРК' 'pv\\%5Fencoded63'; do
	cp forms.claque sly.claque
	printf 'post_id,account_id,platform,created_at,type,text\nq99,99,x,2024-01-06T00:02:00Z,original,by %s\n' "$form" >sly.csv
	"$claque" import sly.claque sly.csv >/dev/null || complain "import of $form"
	status 2 "$claque" export sly.claque --to csv --out sly.out --redact pseudonymised
	grep -q 'posts.csv at byte' err || complain "the leak of $form is named: $(cat err)"
done

# An account that is called as we call things is not every one of our words.
printf 'account_id,platform,handle,display_name,followers\n901234567890123471,x,post,account,3\n' >words.who.csv
"$claque" import words.claque words.who.csv forms.csv >/dev/null || complain "import of words"
"$claque" note words.claque post q1 'look' >/dev/null || complain "a note on a post"
"$claque" note words.claque account post 'and at him' >/dev/null || complain "a note on an account"
"$claque" export words.claque --to csv --out words.out --redact pseudonymised >/dev/null || complain "words"
grep -q '^[^,]*,[^,]*,post ' words.out/notes.csv || grep -q ',post [pq]' words.out/notes.csv ||
	complain "our word stays: $(cat words.out/notes.csv)"
grep -q '@post' words.out/notes.csv && complain "his handle does not: $(cat words.out/notes.csv)"

# The file's own name leaks, and so does what the redaction does not see but a reader does.
status 2 "$claque" export case.claque --to csv --out pv_ivan142.out --redact pseudonymised
grep -q 'a file.s name' err || complain "it is the file's name: $(cat err)"
[ ! -e pv_ivan142.out ] || complain "what leaks is not written"
{
	echo 'post_id,account_id,platform,created_at,type,text'
	echo '556,99,x,2024-01-06T00:01:01Z,original,"hello pv\_ivan142 again"'
} >sly.csv
"$claque" import case.claque sly.csv >/dev/null || complain "import of the sly post"
status 2 "$claque" export case.claque --to csv --out sly --redact pseudonymised
grep -q "posts.csv at byte" err || complain "the leak is named: $(cat err)"
[ ! -e sly ] || complain "what leaks is not written"
finish
