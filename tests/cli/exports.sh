#!/bin/sh
# Every export of a real case is what other tools take it for.
. "${srcdir:-.}/tests/cli/lib.sh"
. "$srcdir/tests/cli/validators.sh"
need_shared reshares/russian_coord_tweets.csv
cd "$work" || exit 1
"$claque" import real.claque "$shared/reshares/russian_coord_tweets.csv" >/dev/null || complain "import"
"$claque" score real.claque >/dev/null 2>&1 || complain "score"
valid_graphs real.claque
# Nothing there is a lead: as if an analyst had confirmed a group, for accounts to be in it.
status 0 "$claque" verdict real.claque cluster C001 confirmed --reason 'for this test' --confidence low
# What is argued about it goes along, and is still what the schemas take.
status 0 "$claque" claim real.claque 'One hand runs the group' --cluster C001 --likelihood likely --confidence low
claim=$(sed -n 's/claim //p' out)
status 0 "$claque" weigh real.claque "$claim" for 'the same posts within minutes' --cluster C001 --reliability B2
status 0 "$claque" rate real.claque $((claim + 1)) H2 II
status 0 "$claque" claim real.claque 'The data end before the vote'
status 0 "$claque" technique real.claque T0049.003 --cluster C001 --note 'read by hand'
status 0 "$claque" technique real.claque 6.2.4
valid_stix real.claque
for words in 'Claim: One hand runs the group' 'Likelihood: likely (55 to 80 per cent). Confidence in the judgement: low' \
	'for: the same posts within minutes (C001, source B2)' 'H2, fans, fandom: 1 inconsistent, 1 of it very' \
	'Claim: The data end before the vote' 'Confirmed by tester. read by hand' '6.2.4'; do
	grep -qF "$words" s.strict.json || complain "STIX does not tell: $words"
done
valid_misp real.claque
valid_page real.claque
[ "$(grep -c '<edge ' g.graphml)" -gt 0 ] || complain "the real case has edges"
status 0 "$claque" export real.claque --to bag --out bag --inputs
(cd bag && sha256sum -c --quiet manifest-sha256.txt tagmanifest-sha256.txt) || complain "sha256sum refuses the bag"
cmp "$shared/reshares/russian_coord_tweets.csv" bag/data/inputs/001-russian_coord_tweets.csv || complain "the real file comes along"
status 0 "$claque" verify bag
finish
