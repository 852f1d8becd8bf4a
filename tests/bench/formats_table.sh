#!/bin/sh
# make formats-table: each format, a file of it, the rows in, taken and refused with their
# reasons, and what of it is not kept. The files are the samples of tests/import, which
# hold each format's traps, and where CLAQUE_SHARED is, the real ones.
set -eu
top=${top_builddir:-.} src=${srcdir:-.} shared=${CLAQUE_SHARED:-${srcdir:-.}/../shared}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME="$work" XDG_CONFIG_HOME=/nonexistent CLAQUE_FORMATS="$src/share/formats"

real() {
	[ -d "$shared/data" ] || return 0
	find "$shared/data/inputs" "$shared/data/controls" "$shared/data/toolkit" \
		"$shared/data/reshares" -maxdepth 1 -type f ! -name '*truth*' | sort
	find "$shared/data/threat-research" "$shared/data/stix-samples" -type f \
		! -name LICENSE ! -name README.md ! -name 'mut_*' | sort
}

# One row of the table, but for its last cell.
cells() {
	"$top/claque" sql "$work/c.claque" --csv "select '| ' || format || ' | ' || path || ' | ' || rows
		|| ' | ' || taken || ' | ' || duplicates || ' | ' || refused || case when partly > 0 then ', ' || partly || ' in part' else '' end || ' | ' || coalesce((
		select group_concat(reason || ' x' || n, '; ') from (select substr(reason, 1, 60) as reason,
		count(*) as n from refused_row where input_file = i.id group by 1 order by 2 desc limit 3)), '')
		|| ' | ' as cells from input_file i" | sed -n '2s/^"\(.*\)"$/\1/; 2s/""/"/g; 2p'
}

printf '| format | file | rows | taken | duplicate | refused | reasons | not kept (tables: kept as extras) |\n'
printf '|---|---|---|---|---|---|---|---|\n'
{ find "$src/tests/import" -type f | sort; real; } | while read -r file; do
	rm -f "$work"/c.claque*
	"$top/claque" import "$work/c.claque" "$file" >"$work/said" 2>&1 || {
		printf '| - | %s | - | - | - | - | %s | - |\n' "$file" "$(head -n 1 "$work/said")"
		continue
	}
	lost=$(awk '/(not kept|kept as extras): / { on = 1; sub(/.*: /, "") }
		on && /^    [^ ]/ || /^ *row / { on = 0 }
		on { sub(/^ +/, ""); printf "%s ", $0 }' <"$work/said")
	printf '%s%s |\n' "$(cells)" "$lost"
done | sed "s|$shared/data/||; s|$src/tests/import/||"
