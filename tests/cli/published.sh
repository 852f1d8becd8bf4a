#!/bin/sh
# Indicators that came in one of Meta's published shapes leave in it as the same set, in
# the same order: import, export, import again. What is compared is all that a match
# rests on or shows. One case for each shape holds all of its files.
. "${srcdir:-.}/tests/cli/lib.sh"
samples=$(cd "$srcdir/tests/export" && pwd)
columns="(select name from term where list = 'indicator_kind' and term.number = kind), value,
	platform, tactic, technique, procedure, role, note, published, count"

# listed CASE: its indicators, a line each.
listed() {
	"$claque" sql "$1" "select $columns from indicator order by id" --csv --limit 0
}

# round FORMAT NAME FILE...: and the one row that is refused on the way back is the marking.
round() {
	format=$1 name=$2
	shift 2
	status 0 "$claque" import "$work/$name.claque" "$@"
	status 0 "$claque" export "$work/$name.claque" --to "$format" --out "$work/$name.out" --tlp green
	status 0 "$claque" import "$work/$name-back.claque" "$work/$name.out"
	listed "$work/$name.claque" >"$work/want"
	listed "$work/$name-back.claque" >"$work/got"
	same "$format $name" "$work/want" "$work/got"
	n=$(($(wc -l <"$work/want") - 1))
	[ "$n" -gt 10 ] || complain "$name: $n indicators"
	status 0 "$claque" refused "$work/$name-back.claque" --csv
	says 'its marking, no indicator: TLP:GREEN'
	[ "$(wc -l <"$work/out")" -eq 2 ] || complain "$name: more was refused than the marking"
	echo "$format $name: $n indicators"
}

round killchain-csv own-chain "$samples/killchain.csv"
round killchain-tsv own-tabs "$samples/killchain.tsv"
round indicators-csv own-flat "$samples/indicators.csv"
round indicators-csv own-flat-tabs "$samples/indicators.tsv"

# The published header to the letter, CRLF, no BOM; labels as the taxonomy writes them.
head -n 1 "$work/own-chain.out" | od -c | head -n 3 >"$work/got"
printf 'Tactic,Technique,Procedure,Indicator,Notes\r\n' | od -c | head -n 3 >"$work/want"
same "header of the kill chain" "$work/want" "$work/got"
grep -q '^0 Acquiring Assets,.*,0.9.11.0 Creating online petitions,' "$work/own-chain.out" ||
	complain "a number without its label"
sed -n 2p "$work/own-chain.out" | grep -q '^,,,,"\{0,1\}TLP:GREEN; case own-chain, ' || complain "no marking"
head -n 1 "$work/own-flat.out" | grep -q '^indicator_type,indicator_value,comment,ds' || complain "flat header"
awk -F '\t' 'NF != 5 { exit 1 }' "$work/own-tabs.out" || complain "a line of the TSV is not a row"

# Cells as they are for programs; guarded where a spreadsheet is to open them.
grep -q '"=HYPERLINK(' "$work/own-chain.out" || complain "the exact export changed a cell"
status 0 "$claque" export "$work/own-chain.claque" --to killchain-csv-safe --out "$work/safe.csv"
grep -q "\"'=HYPERLINK(" "$work/safe.csv" || complain "a formula is not guarded"
grep -q "\"'@SUM(A1)\"" "$work/safe.csv" || complain "a formula is not guarded"

# An account that a bundle knows by its name only leaves as a link to its profile.
printf '{"type":"bundle","id":"bundle--aa11eb94-f63f-5d46-90b4-9a585cec1130","objects":[{"type":
"user-account","id":"user-account--616560f9-7d37-5a74-8440-6d9fc404800a","account_login":
"Some_Name","account_type":"twitter"}]}' >"$work/stix.json"
status 0 "$claque" import "$work/named.claque" "$work/stix.json"
status 0 "$claque" export "$work/named.claque" --to killchain-csv --out "$work/named.csv"
grep -q ',https://twitter\[\.\]com/some_name,' "$work/named.csv" || complain "no link to a profile"

[ -d "${CLAQUE_SHARED:-}/data/threat-research" ] || {
	echo "the published files are skipped: threat-research is not under CLAQUE_SHARED"
	finish
}
all() {
	folder=$CLAQUE_SHARED/data/threat-research/$1 format=$2 name=$3
	find "$folder" -type f -name "$4" ! -name "${5:-}" | LC_ALL=C sort >"$work/files"
	set --
	while IFS= read -r f; do set -- "$@" "$f"; done <"$work/files"
	echo "$# files"
	[ $# -gt 0 ] || complain "no files in $folder"
	round "$format" "$name" "$@"
}
all csv killchain-csv all-chain '*.csv' '20*'
all tsv killchain-tsv all-tabs '*.tsv' '20*'
all csv indicators-csv all-flat '20*.csv'
all tsv indicators-csv all-flat-tabs '20*.tsv'
finish
