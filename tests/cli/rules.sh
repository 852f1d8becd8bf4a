#!/bin/sh
# Rule packs: listed, held against their examples, tried on posts.
. "${srcdir:-.}/tests/cli/lib.sh"
share=$(cd "${srcdir:-.}/share/rules" && pwd)
export CLAQUE_RULES="$share"
cd "$work" || exit 1

# What is shipped passes its own examples.
for pack in "$share"/*.rules; do
	status 0 "$claque" rules test "$pack" --csv
	says 'pass,'
	! grep -q '^FAIL' out || complain "$pack fails an example"
done
status 0 "$claque" rules list --csv
says 'pack,version,kind,topic'
says ',camouflage,pets,'
says ',narrative,tibet,'

# Of two packs of one name the user's counts.
cat >pets.rules <<'END'
pack camouflage
version 9
kind camouflage
author me
source none
topic pets
match en \b(?:cat|dog)s?\b
match en \bunicorn\b
yes en two cats
no en a category
END
mkdir -p cfg/claque/rules
cp pets.rules cfg/claque/rules/mine.rules
XDG_CONFIG_HOME="$work/cfg" "$claque" rules list --csv >out
[ "$(grep -c '^camouflage,9,' out)" -eq 1 ] && ! grep -q ',fashion,' out ||
	complain "the user's pack does not go before the installed one"

# A failing example is a row, and an exit status.
sed 's/a category/a cat/' pets.rules >wrong.rules
status 1 "$claque" rules test wrong.rules --csv
says 'FAIL,10,pets,not match,en,a cat,wrong.rules'
sed 's/(?:cat/((?:cat/' pets.rules >slip.rules
status 3 "$claque" rules test slip.rules
grep -q 'slip.rules:7:[0-9]*: pattern' err || complain "a slip is not told with its place"
status 2 "$claque" rules test
status 4 "$claque" rules test nowhere.rules

# On posts, and on the same in a case: three samples, and what has no topic.
cat >posts.csv <<'END'
post_id,account_id,created_at,text,lang
1,a,2023-01-01T00:00:00Z,My cat,en
2,a,2023-01-02T00:00:00Z,Dogs again,en
3,b,2023-01-03T00:00:00Z,"cat, cat",en
4,b,2023-01-04T00:00:00Z,one more CAT,en
5,b,2023-01-05T00:00:00Z,a category,en
6,b,2023-01-06T00:00:00Z,cat,de
END
status 0 "$claque" rules test pets.rules posts.csv --csv
says "pets,camouflage,4,0.666666666666667,posts.csv:2,posts.csv:3,posts.csv:4,camouflage"
grep -q '^6 posts, 2 (33.3%) with no topic' err || complain "posts without a topic: $(cat err)"
grep -q '^1 of 2 patterns match no post' err || complain "a silent pattern is not told"
status 0 "$claque" import c.claque posts.csv
"$claque" rules test pets.rules posts.csv --csv >want
"$claque" rules test pets.rules c.claque --csv >got
same "a case and its file" want got
status 0 "$claque" rules test pets.rules c.claque --patterns --csv
says 'never,8,pets,en,0,0,1,'

# One that is wrong keeps no other from being used, and is told of with its line.
mkdir -p "$work/packs"
cp pets.rules slip.rules "$work/packs"
mv "$work/packs/slip.rules" "$work/packs/a-slip.rules"
status 0 env CLAQUE_RULES="$work/packs" "$claque" topics c.claque
says pets
grep -q 'warning: .*a-slip.rules:7:[0-9]*: pattern' err || complain "the wrong pack is not told of: $(cat err)"
status 3 env CLAQUE_RULES="$work/packs" "$claque" topics c.claque --rules slip.rules
exit $failures
