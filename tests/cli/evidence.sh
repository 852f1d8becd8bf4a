#!/bin/sh
# Evidence on worlds whose truth is known: fans are explained by fandom, planted
# networks by nothing innocent; decisions of the analyst count; "more like
# these" finds the rest of a network.
. "${srcdir:-.}/tests/cli/lib.sh"
cd "$work" || exit 1

# explained CASE WORLD: kind of most members, explanation, score; one line each, of
# groups of more than four of which most are of one kind.
explained() {
	"$claque" leads "$1" --accounts --csv >accounts.csv
	"$claque" innocents "$1" --csv >innocents.csv
	awk -F, 'FNR == 1 { file++; split("", at); for (i = 1; i <= NF; i++) at[$i] = i; next }
		file == 1 { kind[$at["account_id"]] = $at["kind"]; next }
		file == 2 { c = $at["cluster"]; if (c != "") { n[c]++; k[c, kind[$at["account_id"]]]++ }; next }
		{ c = $at["cluster"]
		for (i in k) { split(i, p, SUBSEP); if (p[1] == c && k[i] * 2 > n[c] && n[c] > 4)
			print p[2], $at["explanation"], $at["score"] } }' \
		"$2/truth.csv" accounts.csv innocents.csv
}

: >found
for seed in 1 2 3; do
	status 0 "$claque" generate --stealth $seed --vary --posts 40000 --seed 6$seed --out w$seed.claque
	status 0 "$claque" score w$seed.claque
	explained w$seed.claque w$seed-world >>found
done
# middle KIND EXPLANATION
middle() {
	awk -v k="$1" -v e="$2" '$1 == k && $2 == e { print $3 }' found | sort -n |
		awk '{ x[NR] = $1 } END { print (NR > 0 ? x[int((NR + 1) / 2)] : "none") }'
}
fans=$(middle fandom fandom)
[ "$fans" != none ] || complain "no group of fans in three worlds"
awk -v x="$fans" 'BEGIN { exit !(x >= 0.6) }' || complain "fans are explained by fandom to $fans"
[ "$(middle operation fandom)" != none ] || complain "no planted group in three worlds"
for e in fandom newsroom activists brand friends tool common-taste syndication collection; do
	planted=$(middle operation $e)
	awk -v x="$planted" 'BEGIN { exit !(x <= 0.3) }' ||
		complain "planted networks are explained by $e to $planted"
done
lead=$("$claque" leads w1.claque --csv | sed -n '2s/,.*//p')
status 0 "$claque" why w1.claque "$lead"
says "INNOCENT EXPLANATIONS TESTED"
says "Leaves unexplained: "
says "Disproved if it turns out that"
status 0 "$claque" why w1.claque "$lead" --json
says '"explanation":"fandom"'
says '"disproof":"Disproved if'
finish
