#!/bin/sh
# The commands from a script: a case from nothing to an export, and what each
# mistake says.
. "${srcdir:-.}/tests/cli/lib.sh"
cd "$work" || exit 1
cat >posts.csv <<'CSV'
post_id,account_id,created_at,type,ref_post_id,text
1,ann,2023-01-01T00:00:00Z,original,,"hello, world"
2,bob,2023-01-01T00:00:10Z,reshare,1,
3,eve,2023-01-01T00:00:20Z,reshare,1,"=cmd()"
4,eve,yesterday,reshare,1,
CSV
status 0 "$claque" import a.claque posts.csv
says "4 rows, 3 taken, 0 duplicate, 1 refused"
says "row 5: created_at"
status 0 "$claque" import a.claque posts.csv
says "already in the case"
status 0 "$claque" posts a.claque --csv
says '"hello, world"'
status 0 "$claque" refused a.claque --csv
says "posts.csv"
status 0 "$claque" sql a.claque "select count(*) as n from v_shares" --csv
says 2
status 0 "$claque" network a.claque --window 60s --csv
says "bob,eve,1,1,"
status 0 "$claque" weeks a.claque --max-q 1 --min-accounts 2 --csv
says "2022-12-26T00:00:00.000Z,T001,born,,,2,,1,,,0,,bob eve"
status 0 "$claque" weeks a.claque --max-q 1 --min-accounts 2 --period 10s --csv
status 2 "$claque" weeks a.claque --period whole
says "--period takes a time above 0"
status 2 "$claque" weeks a.claque --signal hours
status 0 "$claque" signal --csv
says "S1,co-text,edges,coordination,content,texts,"
status 0 "$claque" signal co-reshare a.claque --csv
says "bob,eve,1,1,"
status 0 "$claque" signal fast-reshare a.claque --within 9 --csv
grep -q "bob,eve" out && complain "10 s after the original is within 9 s"
status 0 "$claque" signal fast-reshare a.claque --within 20 --csv
says "bob,eve,1,1,"
status 0 "$claque" signal established a.claque --csv
says "account_id,value,expected,log_odds,n,post"
status 2 "$claque" signal fast-reshare a.claque --within 3601
says "from 0 to 3600"
status 2 "$claque" signal co-text a.claque --within 9
says "has no --within"
status 2 "$claque" signal co-text
says "on which case"
status 2 "$claque" signal gossip a.claque
says "there are: co-reshare"
status 0 "$claque" network a.claque --as toolkit --network co_link --no-empty-url --window 60s --csv
says "user_1,user_2,weight"
status 0 "$claque" network a.claque --as toolkit --network co_similar_tweet --csv
status 2 "$claque" network a.claque --as toolkit --network co_similar_tweet --similarity 0
says "co_post"
status 0 "$claque" network a.claque --as coortweet --window 60s --min-participation 1 --fast 10s --csv
says "from,to,weight_full,weight_fast,"
says "bob,eve,1,1,10,10,1,1,1,1,1,1,1,1,0,0"
status 0 "$claque" network a.claque --as coortweet --window 60s --min-participation 1 --stats groups --csv
says "1,1"
status 0 "$claque" network a.claque --as coortweet --window 60s --min-participation 1 --stats groups --corrected --csv
says "1,2"
status 0 "$claque" network a.claque --as coortweet --window 60s --min-participation 1 --accounts --csv
says "account_id,score,component"
status 0 "$claque" network a.claque --as osome --csv
says "from,to,weight"
status 0 "$claque" network a.claque --as luceri --accounts --csv
says "account_id,score,component"
status 2 "$claque" network a.claque --as gephi
says "osome or luceri"
status 2 "$claque" network a.claque --as coortweet --subgraph 2
says "fast window"
status 2 "$claque" network a.claque --as coortweet --stats everybody
says "accounts or groups"
status 2 "$claque" network a.claque --as coortweet --stats accounts --level fast
says "fast tier"
status 0 "$claque" tag a.claque account eve '#seen'
status 0 "$claque" note a.claque account eve 'first line'
status 0 "$claque" notes a.claque --csv
says "seen"
status 0 "$claque" undo a.claque
says "undid: note"
status 0 "$claque" undo a.claque
status 2 "$claque" undo a.claque
says "nothing"
status 0 "$claque" redo a.claque
status 0 "$claque" verify a.claque
says whole
hash=$(sed -n 's/^last entry: [0-9]* \([0-9a-f]*\) .*/\1/p' out)
status 0 "$claque" export a.claque --to markdown --out custody.md
grep -q "$hash" custody.md || complain "the report does not carry the hash of the last entry"
status 0 "$claque" describe a.claque a.claque --csv
says "posts_per_account,a,3,1,1,1,1,1,1,0,too few,ks,0,0"
says "reshares,a,3,0.666666666666667,"
status 0 "$claque" describe a.claque --kind reshare --json
says '"measure":"posts_per_account","case":"a","n":2,'
status 2 "$claque" describe a.claque --kind boast
says "no kind of post"
status 2 "$claque" posts a.claque --lens 'text:('
says "parenthesis"
status 2 "$claque" screen a.claque posts --lens 'text:('
# Public events: a table that grew adds what is new, one with a bad row adds nothing.
printf 'when,label,source\n2023-01-01T00:00:12Z,a debate,https://e.example/1\n' >events.csv
status 0 "$claque" events a.claque events.csv
says "1 events, 1 new, 0 there already"
printf '2023-01-02,a deadline,\n' >>events.csv
status 0 "$claque" events a.claque events.csv
says "2 events, 1 new, 1 there already"
status 0 "$claque" events a.claque --csv
says '2023-01-01T00:00:12.000Z,a debate,https://e.example/1,0,events.csv,2'
status 0 "$claque" events a.claque --json
says '"label":"a deadline"'
status 0 "$claque" ledger a.claque --csv
says ',events,'
printf 'tomorrow,a leak,\n' >>events.csv
status 3 "$claque" events a.claque events.csv
says "events.csv, row 4: when is 'tomorrow'; write"
status 3 "$claque" events a.claque nowhere.csv
status 0 "$claque" screen a.claque timeline --size 120x36
says 'A 2023-01-01 00:00 a debate'
# The other side of a comparison, told in words.
status 0 "$claque" screen a.claque compare --subject ann --with eve --size 120x36
says 'eve'
status 2 "$claque" screen a.claque compare --subject ann --with ann
says 'compared with another account'
status 2 "$claque" screen a.claque posts --with ann
says 'two sides'
# A name and a text of a megabyte: cut on a screen, whole for programs.
long=$(printf '%01000d' 0)
long=$(for i in 1 2 3 4 5 6 7 8 9; do for k in 1 2 3 4 5 6 7 8 9 10; do
	printf '%s' "$long$long$long$long$long$long$long$long$long$long"; done; done)
printf 'account_id,handle\nann,%s\n' "$long" >big-accounts.csv
{
	echo 'post_id,account_id,created_at,type,text'
	for i in 1 2 3 4 5 6 7 8 9; do
		for k in 0 1 2 3 4 5 6 7 8 9; do
			echo "$i$k,ann,2023-01-01T00:00:00Z,original,$long"
		done
	done
} >big-posts.csv
status 0 "$claque" import big.claque big-accounts.csv big-posts.csv
status 0 "$claque" posts big.claque
status 0 "$claque" accounts big.claque --json
status 0 "$claque" tag big.claque account ann '#big'
status 0 "$claque" screen big.claque accounts --keys '<Enter>'
says 'Dossier'
status 0 "$claque" screen big.claque posts --size 200x300
rm -f big.claque big-accounts.csv big-posts.csv

for format in csv csv-safe graphml markdown html; do
	status 0 "$claque" export a.claque --to $format --out "out-$format" --tlp green
	[ -e "out-$format" ] || complain "no export $format"
done
status 2 "$claque" export a.claque --to markdown --out out-markdown
says "there already"
grep -q 'TLP:GREEN' out-markdown || complain "no TLP on the report"
grep -rq "'=cmd()" out-csv-safe || complain "the formula is not guarded"

printf 'object_id,account_id,timestamp\n1,2,3\n' >nearly.csv
status 3 "$claque" import a.claque nearly.csv
says "nearest is coortweet"
printf 'post_id,account_id,created_at,mood,Shoe size\n21,ann,2023-01-02,glad,\n22,ann,2023-01-02,,\n' >extra.csv
status 0 "$claque" import a.claque extra.csv
says "kept as extras: mood, Shoe size"
# A line that goes on is never taken for the next one.
printf 'post_id,account_id,created_at,%s\n1,ann,2023-01-01T00:00:00Z,%s\n' \
	"$(seq -s , -f 'a column that nobody knows %g' 9)" 1,2,3,4,5,6,7,8,9 >many.csv
status 0 env COLUMNS=60 "$claque" import many.claque many.csv
[ "$(grep -c '^    [^ ]' out)" = 2 ] || complain "two messages, and what goes on under them"
grep -q '^      [^ ]' out || complain "what goes on stands deeper"
status 0 "$claque" sql a.claque "select post_id, extras from v_posts where post_id in ('21', '22')" --csv
says '21,"{""mood"":""glad""}"'
says '22,'

# An input is found again from another folder, and only a changed one is a fault.
mkdir elsewhere
printf 'post_id,account_id,created_at\n' >elsewhere/posts.csv
(cd elsewhere && "$claque" verify ../a.claque) >out || complain "verify from another folder"
cp posts.csv kept.csv
echo '5,eve,2023-01-02T00:00:00Z,original,,late' >>posts.csv
status 1 "$claque" verify a.claque
says "posts.csv' is not what was imported"
mv kept.csv posts.csv

status 0 "$claque" leads a.claque
says "claque score looks for them"

# Misuse says what would be right.
status 2 "$claque" frobnicate
says "claque help"
status 2 "$claque" import
says "claque import CASE FILE..."
status 2 "$claque" score a.claque --sede 7
says "did you mean --seed"
status 2 "$claque" network a.claque --window soon
says "60s"
status 2 "$claque" posts a.claque --lens colour:blue
says "colour:blue"
status 0 "$claque" sql a.claque "select 'seen' as word, char(27) as code"
says 'seen  ^['
status 2 "$claque" sql a.claque "delete from post"
status 2 "$claque" tag a.claque account nobody x
says nobody

status 2 "$claque" generate --out x --scenario atlantis
says "no scenario"
status 2 "$claque" demo a.claque
says "no training case"
status 0 "$claque" generate --posts 10000 --out small.claque
status 0 "$claque" inputs small.claque --csv
says small-world/posts.csv
grep -q truth out && complain "the truth was imported"

# What cannot be read.
status 3 "$claque" import a.claque nothing.csv
says nothing.csv
mkdir empty
status 3 "$claque" import a.claque empty
for how in "" --dry-run; do
	printf 'post_id,account_id,created_at\nq1,alice,2023-01-01\n' >one.csv
	status 4 "$claque" import several.claque nothing.csv one.csv empty $how
	says "nothing.csv cannot be read"
	says "1 rows, 1 taken"
	says "empty: "
done
status 4 "$claque" import --explain one.csv nothing.csv
says "native-posts"
status 0 "$claque" verify several.claque
printf 'a,b\n1,2\n' >other.csv
status 3 "$claque" import a.claque other.csv
says "no known format"
status 2 "$claque" leads nothing.claque
says nothing.claque
printf 'no case' >no.claque
status 3 "$claque" leads no.claque
says "no.claque"
status 4 sh -c "'$claque' posts a.claque --csv >/dev/full"
status 0 "$claque" posts a.claque

# claque.conf: to begin with, named, and never by itself where a screen is printed.
status 0 "$claque" doc conf
says "#set theme auto"
says "#map j next-row"
sed 's/^#\(set\|map\)/\1/' out >whole.conf
status 0 "$claque" screen a.claque accounts
cp out plain
status 0 "$claque" screen a.claque accounts --config whole.conf
cmp -s out plain || complain "the conf to begin with changes something"
printf 'map W pin\nmap J fly\n' >bad.conf
status 0 "$claque" screen a.claque accounts --config bad.conf
says "bad.conf:2: map: there is no action 'fly'"
status 0 "$claque" screen a.claque accounts --config bad.conf --keys '?'
says "W p pin"
mkdir -p xdg/claque
cp bad.conf xdg/claque/claque.conf
status 0 env XDG_CONFIG_HOME="$work/xdg" "$claque" screen a.claque accounts
cmp -s out plain || complain "a printed screen depends on who prints it"
status 4 "$claque" screen a.claque accounts --config nothing.conf
says "no file 'nothing.conf'"
status 2 "$claque" screen a.claque accounts --theme pink
says "auto dark light high-contrast mono"
status 0 "$claque" screen a.claque accounts --theme light --dump html
says "background:#ffffff"

# Nothing from data reaches the terminal raw.
printf 'post_id,account_id,created_at,text\n9,mallory,2023-01-01,"a\033[2Jb\302\233c\342\200\256d"\n' >hostile.csv
status 0 "$claque" import a.claque hostile.csv
"$claque" posts a.claque >shown
if LC_ALL=C grep -q "$(printf '[\001-\010\013-\037\177]')" shown; then complain "a control byte came through"; fi
grep -q '<202E>' shown || complain "the bidi override is not shown as what it is"

# Rows behind those that tell how wide the columns are.
status 0 "$claque" sql a.claque "with recursive n(i) as (values(1) union all select i + 1 from n where i < 250)
	select i, 'row ' || i as name, 'end' as last from n"
says '250  row 250  end'

# A file of posts that tells of their accounts, too, is one of posts.
printf 'post_id,account_id,platform,created_at,type,text,bio,followers,display_name,location\n' >told.csv
printf 'p1,a1,x,2024-01-06T00:00:01Z,original,hello,a bio,5,N,Here\n' >>told.csv
status 0 "$claque" import --dry-run told.claque told.csv
says '(native-posts)'

finish
