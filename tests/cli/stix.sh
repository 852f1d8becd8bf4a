#!/bin/sh
# A case leaves as a bundle of STIX 2.1: open leads as a grouping that indicates nothing, what
# is confirmed as a report with campaigns and indicators. Cleared accounts are in neither.
. "${srcdir:-.}/tests/cli/lib.sh"
. "$srcdir/tests/cli/validators.sh"
cd "$work" || exit 1
"$claque" generate --stealth 1 --posts 10000 --seed 3 --out world >/dev/null || complain "generate"
"$claque" import a.claque world/posts.csv world/accounts.csv >/dev/null || complain "import"
"$claque" score a.claque >/dev/null 2>&1 || complain "score"
# count TYPE: objects of a type in s.json, which has one a line.
count() {
	grep -c "\"type\":\"$1\"" s.json
}
# write: the bundle, checked.
write() {
	status 0 "$claque" export a.claque --to stix --out s.json --tlp green --replace
	status 0 "$claque" check s.json
}
write
[ "$(count grouping) $(count report) $(count indicator) $(count campaign)" = "1 0 0 0" ] ||
	complain "open leads: $(count grouping) $(count report) $(count indicator) $(count campaign)"
accounts=$(count user-account)
[ "$accounts" -gt 5 ] || complain "only $accounts accounts"
[ "$(grep -c '"relationship_type":"related-to"' s.json)" -eq "$accounts" ] || complain "an account without its cluster"
cp s.json before.json
write
same "the same case, another time" before.json s.json
valid_stix a.claque

lead=$("$claque" leads a.claque --csv --limit 1 | tail -n 1 | cut -d, -f1)
"$claque" accounts a.claque --cluster "$lead" --csv | awk -F, 'NR > 1 && $4 == 1 { print $1 }' >members
fan=$(head -n 1 members)
status 0 "$claque" verdict a.claque cluster "$lead" confirmed --reason 'same nine domains' --confidence moderate
status 0 "$claque" tag a.claque cluster "$lead" actor:Nobody
status 0 "$claque" verdict a.claque account "$fan" cleared --reason 'a fan of horses'
status 0 "$claque" note a.claque cluster "$lead" 'seen "by" two'
site=$("$claque" sites a.claque --csv --limit 1 | tail -n 1 | cut -d, -f1)
status 0 "$claque" tag a.claque source "$site" confirmed
printf 'indicator_type,indicator_value,comment,ds\ndomain_name,%s,taken down,2023-01-01\n' "$site" >published.csv
status 0 "$claque" import a.claque published.csv
write
[ "$(count report) $(count grouping) $(count campaign) $(count threat-actor) $(count sighting)" = "1 0 1 1 1" ] ||
	complain "confirmed: $(count report) $(count grouping) $(count campaign) $(count threat-actor) $(count sighting)"
left=$(($(wc -l <members) - 1))
[ "$(count user-account)" -eq "$left" ] || complain "$(count user-account) accounts instead of $left"
[ "$(grep -c '"relationship_type":"indicates"' s.json)" -eq "$left" ] || complain "an account without indicator"
grep -q "\"user_id\":\"$fan\"" s.json && complain "the cleared account is in the bundle"
grep '"type":"intrusion-set"' s.json | grep -q '"confidence":50' || complain "how sure the analyst was"
grep -q 'Verdict: confirmed, confidence moderate. same nine domains' s.json || complain "no reason"
grep -q 'a fan of horses' s.json && complain "what is said of somebody cleared is in the bundle"
grep -q 'seen \\"by\\" two' s.json || complain "the note is not in the bundle"
grep '"type":"sighting"' s.json | grep -q 'without corroborating evidence' || complain "no caveat"
grep -q '"tlp_2_0":"green"' s.json || complain "no marking"
valid_stix a.claque
# It is read back: accounts by their names and by their ids, and the site.
status 0 "$claque" import back.claque s.json
n=$("$claque" sql back.claque "select count(distinct value) from indicator where kind = 1" --csv | tail -n 1)
[ "$n" -ge "$left" ] || complain "$n accounts come back"

# The same in the published shapes: counts first, then who and what, and nobody who was cleared.
status 0 "$claque" export a.claque --to killchain-csv --out k.csv
counted=$(sed -n 's/.*,\([0-9]*\) accounts\{0,1\},confirmed by an analyst.*/\1/p' k.csv | awk '{ n += $1 } END { print n }')
[ "$counted" = "$left" ] || complain "$counted accounts are counted in front"
[ "$(grep -c 'confirmed by an analyst; C' k.csv)" -eq "$left" ] || complain "not every account is in it"
grep -q ',0.6.2 Acquiring domains to support influence operations,' k.csv || complain "the site is not in it"
status 0 "$claque" export a.claque --to indicators-csv --out f.csv
grep -q '^domain_name,.*,confirmed by an analyst;.*,2026-11-21' f.csv || complain "the site is not in the flat list"
# The same as an event of MISP, which is read back.
valid_misp a.claque
cp misp.json again.json
status 0 env CLAQUE_CLOCK=2026-11-21T14:00:00Z "$claque" export a.claque --to misp --out misp.json --replace
same "the same case, another event" again.json misp.json
[ "$(grep -c '"template_uuid"' misp.json)" -eq "$left" ] || complain "not every account is an object"
grep -q "\"value\":\"$fan\"" misp.json && complain "the cleared account is in the event"
grep '"type":"domain"' misp.json | grep 'confirmed by an analyst' | grep -q '"to_ids":true' || complain "the site is not to be found"
grep 'matched: ' misp.json | grep -q '"to_ids":true' && complain "a match is taken for a finding"
grep -q '"name":"tlp:amber"' misp.json || complain "no marking on the event"
grep -q 'estimative-language:confidence-in-analytic-judgment=' misp.json || complain "not how sure"
status 0 "$claque" import misp.claque misp.json
n=$("$claque" sql misp.claque "select count(*) from indicator where kind = 1" --csv | tail -n 1)
[ "$n" -eq "$left" ] || complain "$n accounts come back from MISP"

# A pseudonym indicates nobody, and is no link to whoever has that name.
status 0 "$claque" export a.claque --to stix --out s.json --redact pseudonymised --followers 100000000 --replace
status 0 "$claque" check s.json
[ "$(count user-account)" -eq "$left" ] || complain "pseudonymised: $(count user-account) accounts"
grep '"type":"indicator"' s.json | grep -q user-account && complain "a pseudonym is an indicator"
grep -q account_login s.json && complain "a pseudonym is a name to log in with"
status 0 "$claque" export a.claque --to killchain-csv --out k.csv --redact pseudonymised --followers 100000000 --replace
grep -q ',u_[a-z2-7]*,confirmed' k.csv || complain "no pseudonym"
grep -q '/u_' k.csv && complain "a link to a pseudonym"
status 2 "$claque" export a.claque --to stix --flavour misp --out x.json
says "no export format 'stix-misp'"
finish
