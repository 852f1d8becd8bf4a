#!/bin/sh
# Every export of a real case is what other tools take it for.
. "${srcdir:-.}/tests/cli/lib.sh"
. "$srcdir/tests/cli/validators.sh"
need_shared reshares/russian_coord_tweets.csv
cd "$work" || exit 1
"$claque" import real.claque "$shared/reshares/russian_coord_tweets.csv" >/dev/null || complain "import"
"$claque" score real.claque >/dev/null 2>&1 || complain "score"
valid_graphs real.claque
[ "$(grep -c '<edge ' g.graphml)" -gt 0 ] || complain "the real case has edges"
finish
