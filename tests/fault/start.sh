# shellcheck shell=sh disable=SC2154
# start.sh - a small case with everything in it, and what goes with it, in the folder
# `start` of the folder at hand; to be sourced, with $claque, $old_case and $srcdir set.
mkdir start
cd start || exit 1
awk 'BEGIN {
	print "post_id,account_id,platform,created_at,kind,text,urls"
	for (wave = 0; wave < 8; wave++)
		for (a = 0; a < 12; a++)
			printf "w%d-%d,a%d,x,2016-09-%02dT10:%02d:%02dZ,post,They will never tell you %d,https://n%d.example/p%d\n",
				wave, a, a, 2 + 3 * wave, wave, 4 * a, wave, wave % 3, wave
	for (i = 0; i < 120; i++)
		printf "o%d,b%d,x,2016-09-%02dT%02d:07:09Z,post,good morning %d,https://o.example/%d\n",
			i, i % 25, 1 + i % 27, i % 23, i * 7, i % 40
}' >posts.csv
awk 'BEGIN {
	print "account_id,platform,handle,display_name,bio,created_at"
	for (a = 0; a < 12; a++)
		printf "a%d,x,user%d,User %d,proud patriot,2016-08-01T00:%02d:00Z\n", a, a, a, a
	for (b = 0; b < 25; b++)
		printf "b%d,x,other%d,Other %d,gardener,%d-02-03T04:05:06Z\n", b, b, b, 2009 + b % 6
}' >who.csv
awk 'BEGIN {
	print "account_id,platform,handle,display_name,bio,created_at"
	for (a = 0; a < 4; a++)
		printf "a%d,x,renamed%d,User %d,proud patriot,2016-08-01T00:%02d:00Z\n", a, a, a, a
}' >later.csv
sed 's/^a\([0-9]\)/c\1/; s/renamed/newcomer/' later.csv >later2.csv
printf 'indicator_type,indicator_value,comment,ds\ndomain_name,n1.example,,2022-09-27\n' >known.csv
awk 'BEGIN {
	print "post_id,account_id,platform,created_at,kind,text,urls"
	for (i = 0; i < 60; i++)
		printf "m%d,a%d,%s,2016-10-%02dT10:00:%02dZ,post,They will never tell you %d,https://n1.example/m%d\n",
			i, i % 12, i % 2 ? "x" : "reddit", 1 + i % 27, i % 60, i % 8, i % 5
}' >more.csv
gzip -n <more.csv >more.csv.gz
cp "$srcdir/tests/import/twitter-v2.jsonl" "$srcdir/tests/import/stix1.xml" \
	"$srcdir/tests/import/telegram-desktop.json" "$srcdir/tests/import/activitypub.json" \
	"$srcdir/share/lessons/first-pivot.lesson" .
cp "$srcdir/share/formats/communalytic.map" mine.map
cp "$srcdir/tests/import/communalytic.csv" mapped.csv
echo 'set theme mono' >mine.conf
cat >mine.rules <<'X'
pack mine
version 1
kind narrative
author me
source none
topic tell
match en \bnever\s+tell\b
yes en They will never tell you
no en good morning
X
cat >small.conf <<'X'
scenario small
title Small
teaches nothing
people 300
X
do_it() {
	"$claque" "$@" >"$work/out" 2>&1 || { cat "$work/out"; echo "start.sh: claque $*"; exit 1; }
}
do_it import c.claque posts.csv who.csv later.csv known.csv
cp c.claque raw.claque
do_it score c.claque
do_it note c.claque cluster C001 'first words'
do_it tag c.claque account a1 fan
do_it pin c.claque account a2
do_it verdict c.claque cluster C001 confirmed --reason 'same minute'
do_it highlight c.claque w0-0 'never tell' --label script
do_it claim c.claque 'One hand runs these' --cluster C001
do_it weigh c.claque 6 for 'within a minute' --account a1
do_it note c.claque account a3 'seen by day'
cp c.claque hers.claque
do_it note hers.claque account a4 'by a colleague'
do_it verdict hers.claque account b1 cleared --reason 'gardener'
"$claque" annotations hers.claque >hers.ndjson
cp c.claque undone.claque
do_it undo undone.claque
do_it export c.claque --to bundle --out in.bundle
do_it export c.claque --to stix --out case.stix.json
do_it key new my.key
do_it export c.claque --to bag --out bag --sign my.key --inputs
"$old_case" old.claque || exit 1
for case in c raw undone; do
	"$claque" annotations $case.claque >$case.claque.ndjson
done
cd ..
