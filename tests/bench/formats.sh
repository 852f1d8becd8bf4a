#!/bin/sh
# make bench-formats: import of each format, indexes included, in MB/s beside the rate
# at which libcsv or jansson alone reads the same file, in one run. The files are the
# samples of tests/import, made long: each copy has ids of its own. BENCH_MB: how long.
# Formats whose samples are documents or texts are left out: they differ in the cut only.
set -eu
top=${top_builddir:-.} src=${srcdir:-.} mb=${BENCH_MB:-20}
claque=$top/claque parse=$top/tests/bench/parse
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME="$work" XDG_CONFIG_HOME=/nonexistent

# The ids of the sample's posts, longest first, so that none is cut by another.
ids() {
	"$claque" import "$work/s.claque" "$1" >/dev/null 2>&1 || :
	"$claque" sql "$work/s.claque" "select distinct post_id from v_posts
		where length(post_id) > 3 order by length(post_id) desc" --csv 2>/dev/null | tail -n +2
}

# An id becomes another of its length: its last six characters are the copy's number.
grow() {	# grow SAMPLE HEAD_LINES BYTES
	awk -v head="$2" -v bytes="$3" '
		FNR == NR { id[++ids] = $0; next }
		FNR <= head { print; next }
		{ line[++lines] = $0 }
		function other(s, k) {
			return length(s) < 7 ? s sprintf("%06d", k) : substr(s, 1, length(s) - 6) sprintf("%06d", k)
		}
		END {
			for (k = 0; done < bytes && lines > 0; k++)
				for (i = 1; i <= lines; i++) {
					text = line[i]
					for (j = 1; j <= ids; j++) {
						out = ""
						while ((at = index(text, id[j])) > 0) {
							out = out substr(text, 1, at - 1) other(id[j], k)
							text = substr(text, at + length(id[j]))
						}
						text = out text
					}
					done += length(text) + 1
					print text
				}
		}' "$work/ids" "$1"
}

rate() {	# rate BYTES BEGAN ENDED
	awk -v b="$1" -v t="$(($3 - $2))" 'BEGIN { printf "%.1f", b * 1000 / t }'
}

printf '| format | MB | import MB/s | library alone MB/s | share |\n|---|---|---|---|---|\n'
for sample in "$src"/tests/import/*.csv "$src"/tests/import/*.jsonl; do
	case $sample in
	*.csv) how=csv head=1 ;;
	*) how=json head=0 ;;
	esac
	rm -f "$work"/*.claque*
	ids "$sample" >"$work/ids"
	[ -s "$work/ids" ] || continue
	grow "$sample" $head $((mb * 1000000)) >"$work/long.${sample##*.}"
	long=$work/long.${sample##*.}
	bytes=$(wc -c <"$long")
	began=$(date +%s%N)
	"$claque" import "$work/l.claque" "$long" >"$work/out" 2>&1 || :
	ended=$(date +%s%N)
	ours=$(rate "$bytes" "$began" "$ended")
	theirs=$("$parse" $how "$long")
	name=$(basename "$sample")
	printf '| %s | %d | %s | %s | %s |\n' "${name%.*}" $((bytes / 1000000)) "$ours" "$theirs" \
		"$(awk -v a="$ours" -v b="$theirs" 'BEGIN { printf "%.2f", a / (b + 0.001) }')"
	rm -f "$long"
done
