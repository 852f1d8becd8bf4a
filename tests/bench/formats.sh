#!/bin/sh
# make bench-formats: import of each format, indexes included, in MB/s beside the rate
# at which libcsv or jansson alone reads the same file, in one run: before the import
# and after it. The files are the samples of tests/import, made long by tests/bench/grow
# with ids of their own, and a world of `claque generate`, whose links and texts vary.
# Beside that is what a user would reach for: `sqlite3 .import` of the same file into one
# table of texts, with three indexes (a column, two columns, a column), which checks no
# row and knows no duplicate.
# BENCH_MB: how long; FORMATS: a pattern of samples. Formats whose samples are documents
# are left out: they differ in the cut only. No figure here passes or fails anything.
set -eu
top=${top_builddir:-.} src=${srcdir:-.} mb=${BENCH_MB:-50}
claque=$top/claque parse=$top/tests/bench/parse
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME="$work" XDG_CONFIG_HOME=/nonexistent

query() {
	"$claque" sql "$work/$1" "$2" --csv 2>/dev/null | tail -n +2
}

# What grow is told of a sample: refused rows, and ids, longest first; short ones may be
# part of anything. Where there are no posts, the accounts are what is new in each copy. Of
# ids that are put together ("1234567890/2") the file holds the parts.
notes() {
	rm -f "$work"/s.claque*
	"$claque" import "$work/s.claque" "$1" >/dev/null 2>&1 || :
	query s.claque "select 'row ' || row from refused_row"
	# Handles are ids, too, or all copies of an account would have the same one.
	query s.claque "select 'post ' || post_id from v_posts
		union select iif(exists(select 1 from v_posts), 'account ', 'post ') || handle
			from v_accounts where length(handle) > 5 and handle not glob '* *'
			and handle not in (select coalesce(post_id, '') from v_posts)
		union select iif(exists(select 1 from v_posts), 'account ', 'post ') || account_id
			from v_accounts where account_id not in
				(select coalesce(post_id, '') from v_posts)" |
		awk '{ print }
			$1 == "post" { n = split($2, part, "/")
				for (i = 1; n > 1 && i <= n; i++) if (part[i] ~ /[0-9]/) print "post", part[i] }' |
		awk 'length($2) > 3 && !seen[$2]++ { print length($2), $0 }' |
		sort -k1,1rn -k2 | cut -d' ' -f2-
}

# Seconds of processor time of a command, of all its threads.
processor_time() {
	(
		"$@" >"$work/out" 2>&1 || :
		times
	) | awk 'NR == 2 { for (i = 1; i <= 2; i++) { split($i, t, /[ms]/); s += t[1] * 60 + t[2] } print s }'
}

# What sqlite3 alone takes; 0 for what it does not read or where it is not installed.
rival() {	# rival csv|json FILE
	if [ "$1" != csv ] || ! command -v sqlite3 >/dev/null; then
		echo 0
		return
	fi
	rm -f "$work/r.db"
	names=$(head -n 1 "$2" | cut -d, -f1-3 | tr -d '\r"')
	one=${names%%,*} two=${names#*,}
	processor_time sqlite3 "$work/r.db" ".import --csv '$2' t" \
		"create index a on t(\"$one\"); create index b on t(\"${two%,*}\", \"$one\");
			create index c on t(\"${two#*,}\")"
	rm -f "$work/r.db"
}

line() {	# line NAME csv|json FILE
	rm -f "$work"/l.claque*
	bytes=$(wc -c <"$3")
	before=$("$parse" "$2" "$3")
	start=$(date +%s%N)
	cpu=$(processor_time "$claque" import "$work/l.claque" "$3")
	ended=$(date +%s%N)
	rival=$(rival "$2" "$3")
	after=$("$parse" "$2" "$3")
	rows=$(query l.claque "select sum(rows) || ' ' || sum(taken) from input_file")
	echo "$bytes $((ended - start)) $before $after $cpu ${rows:-0 0}" |
		awk -v name="$1" -v rival="$rival" '{
			ours = $1 * 1000 / $2; theirs = 2 / (1 / $3 + 1 / $5)
			printf "| %s | %d | %d | %d | %.0f | %.1f | %.2f | %.1f | %s |\n", name, $1 / 1e6,
				$8, $9, theirs, ours, ours / theirs, 2 * $7 / ($4 + $6),
				(rival > 0 ? sprintf("%.1f", 2 * rival / ($4 + $6)) : "-")
		}'
}

printf 'machine: %s, %s processors, %s\n\n' "$(uname -sm)" "$(getconf _NPROCESSORS_ONLN)" \
	"$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
printf '%s\n%s\n' \
	'| format | MB | rows | taken | library alone MB/s | import MB/s | share | processor time, times the library'"'"'s | of sqlite3 .import |' \
	'|---|---|---|---|---|---|---|---|---|'
case "native-posts (a world)" in
${FORMATS:-*})
	"$claque" generate --posts $((mb * 4600)) --seed 1 --out "$work/world" >/dev/null
	line "native-posts (a world)" csv "$work/world/posts.csv"
	;;
esac
for sample in "$src"/tests/import/*.csv "$src"/tests/import/*.jsonl; do
	name=$(basename "$sample")
	case ${name%.*} in
	${FORMATS:-*}) ;;
	*) continue ;;
	esac
	how=json
	[ "${sample%.csv}" = "$sample" ] || how=csv
	notes "$sample" >"$work/notes"
	grep -qv '^row' "$work/notes" || continue
	"$top/tests/bench/grow" $how "$mb" "$sample" <"$work/notes" >"$work/long" || continue
	line "${name%.*}" $how "$work/long"
done
