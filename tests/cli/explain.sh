#!/bin/sh
# claque import --explain tells of every sample what it is and why, and writes
# nothing; a mapping file is known by its folder or by its path.
. "${srcdir:-.}/tests/cli/lib.sh"
export CLAQUE_FORMATS="$srcdir/share/formats" XDG_CONFIG_HOME="$work/config" COLUMNS=100
samples=0
for f in "$srcdir"/tests/import/*; do
	name=${f##*/}
	samples=$((samples + 1))
	status 0 "$claque" import --explain "$f"
	head -n 1 "$work/out" | grep -qF "$name (${name%.*}): " || complain "$name is not told: $(head -n 1 "$work/out")"
	says "refused: "
	grep -qE '^    row [0-9]+' "$work/out" || complain "$name: no row is shown"
	! grep -qE '^ .{100}' "$work/out" || complain "$name: a line is too wide"
done
[ "$samples" -ge 20 ] || complain "only $samples samples"

# What stands where, what is not taken, which rows are refused and why.
status 0 "$claque" import --explain "$srcdir/tests/import/4cat-vk.csv"
says "a table by commas"
says "told by thread_id, item_type, author_screen_name,"
says "post_id          = link"
says "urls             = links : comma"
says "not taken, kept as extras: id, author_type"
says "refused: 1 of the first 4 rows"
says "shares           link url https://news.example/f"
says "row 3: reply"

# Of two places of one fact the second is for where the first is empty; a published list
# has its own columns; what no table and no list of places can say is said in words.
status 0 "$claque" import --explain "$srcdir/tests/import/4cat-x.csv"
says "  or else        = timestamp"
status 0 "$claque" import --explain "$srcdir/tests/import/indicators-json.json"
says "indicator_value  = indicator_value"
status 0 "$claque" import --explain "$srcdir/tests/import/stix1.xml"
says "takes stix:Indicator: Title, Type, observable values"

# As JSON, one object a file; a file that is none does not hide the others.
printf 'object_id,account_id,content_id\n1,2,3\n' >"$work/short.csv"
status 4 "$claque" import --explain --json "$work/short.csv" "$srcdir/tests/import/junkipedia.csv"
says '"result":"bad input","message":"'
says 'nearest is coortweet, which also needs timestamp_share'
says '"places":[{"fact":"post_id","place":"PostId","inside":"","how":"","needed":true,"found":true,"otherwise":false}'
says '{"row":4,"refused":"created_at is missing"}'
[ "$(wc -l <"$work/out")" -eq 2 ] || complain "two files are not two lines"
status 3 "$claque" import --explain "$work/short.csv"
status 3 "$claque" import --explain "$work/nothing.csv"
status 2 "$claque" import "$work/short.csv"
status 2 "$claque" import --explain

# Text of others does not reach the terminal as it is.
printf 'PostId,ChannelName,Platform,published_at,post_body_text\n1,a\033]0;x\007,Telegram,2024-05-01,\033[31mred\n' >"$work/esc.csv"
status 0 "$claque" import --explain "$work/esc.csv"
tr -d '\n' <"$work/out" | grep -q '[[:cntrl:]]' && complain "a control character is printed"

# A mapping file by its path, then from the user's folder; a wrong line is told.
printf 'name forum\nhelp our forum\nshape table\nneed Nr, Who\npost_id = Nr\naccount_id = Who\ncreated_at = On\n' >"$work/forum.map"
printf 'Nr;Who;On\n1;a;2024-05-01\n' >"$work/forum.csv"
status 3 "$claque" import --explain "$work/forum.csv"
status 0 "$claque" import --explain --format "$work/forum.map" "$work/forum.csv"
says "(forum): our forum"
says "a table by semicolons"
mkdir -p "$work/config/claque/formats"
cp "$work/forum.map" "$work/config/claque/formats/"
status 0 "$claque" import --explain "$work/forum.csv"
status 0 "$claque" import "$work/forum.claque" "$work/forum.csv"
says "(forum): 1 rows, 1 taken"
echo 'text : Said' >>"$work/config/claque/formats/forum.map"
status 3 "$claque" import --dry-run x.claque "$work/forum.csv"
says "formats/forum.map:8: 'text' is no word that a line begins with"
says "the file is left out: mend it"
# Files that it has nothing to do with are imported all the same.
status 0 "$claque" import --dry-run x.claque "$srcdir/tests/import/junkipedia.csv"
says "claque: warning: "
status 3 "$claque" import --dry-run x.claque --format "$work/config/claque/formats/forum.map" "$work/forum.csv"
rm "$work/forum.claque"
[ -z "$(find "$work" -name '*.claque')" ] || complain "something was written"
finish
