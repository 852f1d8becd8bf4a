#!/bin/sh
# make realism: training worlds beside real data, as Markdown: how each is spread, and how
# far a world is from the real data that tells the same thing (claque describe).
#
# Real data, under CLAQUE_SHARED (none is in the repository): 35,125 retweets of 2021
# (CooRTweet's russian_coord_tweets; reshares only, found by a search for what was shared
# together, so worlds are compared by their reshares alone), samples of fan traffic and of
# search results (twarc: 100 posts of some minutes each: too few for most measures), and the
# handles that Meta published of the network of 4,789 accounts, beside those of the accounts
# planted in the worlds.
#
# REALISM_WORLDS   which worlds: demo, names of scenarios, and lively: who-is-who with the
#                  words that make a world more like real data (sittings, longest-handle)
# REALISM_POSTS=N  of a world (as the scenario says)
# REALISM_DIR      where worlds and cases go (a new one, removed afterwards)
# Nothing here passes or fails.
set -eu
claque=${top_builddir:-.}/claque
case $claque in /*) ;; *) claque=$PWD/$claque ;; esac
real=${CLAQUE_SHARED:?"set CLAQUE_SHARED to the folder of the data"}
[ ! -d "$real/data" ] || real=$real/data
[ -e "$real/reshares/russian_coord_tweets.csv" ] || { echo "no real data under $real" >&2; exit 77; }
worlds=${REALISM_WORLDS:-demo who-is-who lively fandom-only hidden-cell}
scenarios=$(cd "${srcdir:-.}/share/scenarios" && pwd)
if [ -n "${REALISM_DIR:-}" ]; then
	mkdir -p "$REALISM_DIR"
	cd "$REALISM_DIR"
else
	dir=$(mktemp -d)
	trap 'rm -rf "$dir"' EXIT
	cd "$dir"
fi

import() { [ -e "$1" ] || nice -n 5 "$claque" import "$1" "$2" >>log 2>&1; }

make_world() {	# make_world NAME: NAME.claque, and NAME-planted.claque of its accounts' profiles
	[ -e "$1.claque" ] && return 0
	scenario=$1
	[ "$1" != demo ] || scenario=divide-network
	if [ "$1" = lively ]; then
		scenario=./lively.conf
		sed '/^days/a sittings 75 %\nlongest-handle 15' "$scenarios/who-is-who.conf" >lively.conf
	fi
	nice -n 5 "$claque" generate --scenario "$scenario" ${REALISM_POSTS:+--posts "$REALISM_POSTS"} \
		--out "$1.claque" >>log 2>&1
	# The handles of those that are planted; ids are numbers, so that no cell needs quotes.
	awk -F, 'FNR == NR { if ($3 == "operation") planted[$1] = 1; next }
		FNR == 1 { for (i = 1; i <= NF; i++) if ($i == "handle") at = i
			print "account_id,handle"; next }
		$1 in planted { print $1 "," $at }' \
		"$1-world/truth.csv" "$1-world/accounts.csv" >planted.csv
	[ "$(wc -l <planted.csv)" -lt 2 ] || import "$1-planted.claque" planted.csv
	rm -rf planted.csv "$1-world"
}

# Rows of claque describe --csv as a table; only the measures named.
table() {	# table MEASURES <csv
	awk -F, -v only=" $1 " '
		function short(x) { return x == "" ? "" : x + 0 >= 100000 ? sprintf("%.0fk", x / 1000) : \
			x + 0 >= 100 ? sprintf("%.0f", x) : sprintf("%.3g", x) }
		NR == 1 { print "| measure | data | n | mean or share | p10 | median | p90 | p99 | most | Gini | distance | move | reading |"
			print "|---|---|---|---|---|---|---|---|---|---|---|---|---|"; next }
		index(only, " " $1 " ") { printf "| %s | %s | %d |", $1, $2, $3
			for (i = 4; i <= 9; i++) printf " %s |", short($i)
			printf " %s | %s | %s | %s |\n", short($14), $10 == "" ? "" : $12 " " short($10), short($13), $11 }'
}

import retweets.claque "$real/reshares/russian_coord_tweets.csv"
import fans.claque "$real/controls/kpop.jsonl"
import search.claque "$real/controls/flat.jsonl"
import published.claque "$real/threat-research/csv/Q3_2023/Q3_2023_China-based_CIB_network_2.csv"
for w in $worlds; do
	make_world "$w"
	cases="${cases:-} $w.claque"
	[ ! -e "$w-planted.claque" ] || planted="${planted:-} $w-planted.claque"
done

echo "# Training worlds beside real data"
echo
echo "## Reshares: beside 35,125 real retweets"
echo
# shellcheck disable=SC2086
"$claque" describe retweets.claque $cases --kind reshare --csv |
	table "posts_per_account reshares_per_source gap_s burstiness hour_entropy hours_of_day"
echo
echo "## All posts: beside 100 posts found by a search, and as many of fans"
echo
# shellcheck disable=SC2086
"$claque" describe search.claque fans.claque $cases --csv |
	table "texts_of_others reshares replies quotes with_link handle_length handle_digits"
echo
echo "## Handles of planted accounts: beside those that Meta published"
echo
# shellcheck disable=SC2086
"$claque" describe published.claque ${planted:-} --csv | table "handle_length handle_digits"
