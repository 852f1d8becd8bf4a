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
valid_stix real.claque
valid_misp real.claque
valid_page real.claque
[ "$(grep -c '<edge ' g.graphml)" -gt 0 ] || complain "the real case has edges"
status 0 "$claque" export real.claque --to bag --out bag --inputs
(cd bag && sha256sum -c --quiet manifest-sha256.txt tagmanifest-sha256.txt) || complain "sha256sum refuses the bag"
cmp "$shared/reshares/russian_coord_tweets.csv" bag/data/inputs/001-russian_coord_tweets.csv || complain "the real file comes along"
status 0 "$claque" verify bag
finish
