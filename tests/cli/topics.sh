#!/bin/sh
# What posts are about, in a case: kept with the pack it comes from, never stale.
. "${srcdir:-.}/tests/cli/lib.sh"
mkdir "$work/rules"
export CLAQUE_RULES="$work/rules"
cd "$work" || exit 1
cat >rules/a.rules <<'END'
pack filler
version 1
kind camouflage
author me
source none
topic pets
match en \bcats?\b
yes en a cat
no en a category
END
cat >rules/b.rules <<'END'
pack disputes
version 1
kind narrative
author me
source none
topic vote
match en \bvotes?\b
yes en a vote
no en devoted
topic peaks
match en \bpeaks?\b
yes en a peak
no en speak
END
head='post_id,account_id,created_at,text,lang,urls'
cat >posts.csv <<END
$head
1,ann,2023-01-01T00:00:00Z,My cat,en,https://red.example/1
2,ann,2023-01-02T00:00:00Z,Vote now,en,https://news.blue.example/2
3,ann,2023-03-03T00:00:00Z,The peak,en,https://blue.example/3
4,bob,2023-01-04T00:00:00Z,a category,en,https://grey.example/4
END
cat >changes.csv <<'END'
account_id,changed_at,field,old_value,new_value
ann,2023-02-01T00:00:00Z,handle,ann_us,ann_in
END
status 0 "$claque" import c.claque posts.csv changes.csv
for name in "$work/mine/claque/rules" "$work/none"; do
	status 2 env XDG_CONFIG_HOME="$work/mine" CLAQUE_RULES="$work/none" "$claque" topics c.claque
	grep -qF "$name" err || complain "not told: looked in $name: $(cat err)"
done
status 0 "$claque" topics c.claque --csv
says 'topic,kind,posts,accounts,pack,version,sha256,about'
says 'pets,camouflage,1,1,filler,1,'
says 'vote,narrative,1,1,disputes,1,'
grep -q 'all anew: looked at 4 posts, 3 of them' err || complain "first look: $(cat err)"

# The lens and the lists know topics; the account tells what became of its narratives.
status 0 "$claque" posts c.claque --lens topic:pets --csv
says 'My cat'
[ "$(wc -l <out)" -eq 2 ] || complain "topic:pets is not one post"
status 0 "$claque" accounts c.claque --lens topic:vote --csv
[ "$(wc -l <out)" -eq 2 ] || complain "topic:vote is not one account"
status 0 "$claque" accounts c.claque --json
says '"camouflage":0.333'
says '"topics":"peaks 1, pets 1, vote 1"'
says '"turned":"vote 1 -> peaks 1 (handle changed 2023-02-01; few posts, may be chance)"'

# Again: nothing to do. More posts: they are waiting, and only they are looked at.
status 0 "$claque" topics c.claque
grep -q 'topics: looked at 0 posts' err || complain "again: $(cat err)"
printf '%s\n5,bob,2023-01-05T00:00:00Z,two cats,en,\n' "$head" >more.csv
status 0 "$claque" import c.claque more.csv
status 0 "$claque" topics c.claque --list
grep -q '1 of 5 posts were not looked at' err || complain "waiting: $(cat err)"
status 0 "$claque" posts c.claque --lens 'topic:"not looked at"' --csv
says 'two cats'
status 0 "$claque" accounts c.claque --json
says '"topics_waiting":1'
status 0 "$claque" topics c.claque --csv
grep -q 'topics: looked at 1 posts, 1 of them' err || complain "more: $(cat err)"
says 'pets,camouflage,2,2,filler,1,'

# A pack that changed by a byte: all anew, and the list says so before.
sed -i 's/cats?/(?:cats?|category)/; s/a category/a dog/' rules/a.rules
status 0 "$claque" topics c.claque --list
grep -q 'not those of the last time' err || complain "changed pack: $(cat err)"
status 0 "$claque" topics c.claque --csv
grep -q 'all anew: looked at 5 posts' err || complain "redone: $(cat err)"
says 'pets,camouflage,3,2,filler,1,'
status 0 "$claque" topics c.claque --rules rules/b.rules --only --csv
! grep -q pets out || complain "--only took other packs"

# Sides, by a list of one's own; a table with a gap is refused and changes nothing.
printf 'domain_or_account,leaning,citation\nred.example,left,me\nblue.example,right,\n' >sides.csv
status 3 "$claque" topics c.claque --leaning sides.csv
grep -q 'sides.csv, row 3: citation is empty' err || complain "gap: $(cat err)"
sed -i 's/right,/right,me/' sides.csv
status 0 "$claque" topics c.claque --leaning sides.csv
status 0 "$claque" accounts c.claque --json
says '"sides":"right 2, left 1"'
status 0 "$claque" sources c.claque --lens source.leaning:right --csv
says 'blue.example'
! grep -q 'grey' out || complain "grey has no leaning"

# It is all in the ledger, and no score knows it.
status 0 "$claque" ledger c.claque --csv
[ "$(grep -c ',topics,' out)" -eq 5 ] || complain "not five entries: $(grep -c ',topics,' out)"
status 0 "$claque" verify c.claque
exit $failures
