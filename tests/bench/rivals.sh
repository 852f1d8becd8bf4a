# shellcheck shell=sh disable=SC2154
# rivals.sh - what a user would pick instead, on the same input; to be sourced.
#
# The network is asked of tables that are loaded already (account, object, time), while claque
# reads its case file; claque also says what chance would give and how sure an edge is, the
# others count only, as does claque's own engine in a row of its own (pairs.c). Objects that
# more than 250 accounts shared are left out for all. What claque says of an edge ClickHouse can
# be made to say, too, byte for byte (claque remote): that is one answer, had in two ways.
sqlite_import='SQLite, .import, no index' libcsv='libcsv, cells counted'
sqlite_indexed='SQLite, .import and indexes'
clickhouse='ClickHouse, self-join' clickhouse_whole='ClickHouse, the whole answer'
sqlite_join='SQLite, self-join, index' r_join='R, data.table'

rival_imports() {	# rival_imports CSV
	measure import "$libcsv" "$programs/parse" csv "$1"
	if have sqlite3; then
		measure import "$sqlite_import" sqlite3 "$work/r.db" '.mode csv' ".import '$1' posts"
		rm -f "$work/r.db"
		measure import "$sqlite_indexed" sqlite3 "$work/r.db" '.mode csv' ".import '$1' posts" \
			"$(indexes_of_posts)"
		rm -f "$work/r.db"
	else
		absent import "$sqlite_import"
		absent import "$sqlite_indexed"
	fi
}

# One for each of claque's on posts and shares: when, who and what is what one asks for.
indexes_of_posts() {
	n=0
	for columns in created_at account_id,created_at post_id ref_post_id ref_account_id,created_at \
		account_id,ref_post_id ref_post_id,created_at,account_id; do
		n=$((n + 1))
		echo "CREATE INDEX by_$n ON posts($columns);"
	done
}

# The shares that a network of one window compares, as numbers.
write_shares() {	# write_shares CASE
	"$claque" sql "$1" --csv "
		SELECT s.account, s.source, s.at FROM share s JOIN source o ON o.id = s.source
		WHERE o.kind IN (0, 5) AND s.act IN (0, 1, 4) AND s.basis <> 3 AND s.at IS NOT NULL
		AND s.source IN (SELECT source FROM share WHERE act IN (0, 1, 4) AND basis <> 3
			AND at IS NOT NULL GROUP BY source HAVING count(DISTINCT account) <= 250)" \
		2>/dev/null | tail -n +2 | tr -d '\r' >"$work/shares.csv"
}

start_clickhouse() {
	tcp=${BENCH_PORT:-29917}
	http=$((tcp + 1))
	mkdir -p "$work/ch/tmp"
	cat >"$work/ch/config.xml" <<-XML
		<yandex>
		<logger><level>error</level><log>$work/ch/log</log><errorlog>$work/ch/err</errorlog></logger>
		<tcp_port>$tcp</tcp_port><http_port>$http</http_port><listen_host>127.0.0.1</listen_host>
		<path>$work/ch/data/</path><tmp_path>$work/ch/tmp/</tmp_path>
		<users_config>users.xml</users_config><mark_cache_size>67108864</mark_cache_size>
		<default_profile>default</default_profile><default_database>default</default_database>
		</yandex>
	XML
	cat >"$work/ch/users.xml" <<-XML
		<yandex><profiles><default><max_memory_usage>0</max_memory_usage></default></profiles>
		<users><default><password>bench</password><networks><ip>127.0.0.1</ip></networks>
		<profile>default</profile><quota>default</quota></default></users>
		<quotas><default></default></quotas></yandex>
	XML
	clickhouse-server --config-file="$work/ch/config.xml" >/dev/null 2>&1 &
	server=$!
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		if ask_clickhouse 'SELECT 1' >/dev/null 2>&1; then return 0; fi
		sleep 0.5
	done
	stop_clickhouse
	return 1
}

ask_clickhouse() {
	clickhouse-client --port "$tcp" --password bench --query "$1"
}

stop_clickhouse() {
	kill -9 "$server" 2>/dev/null || :
	wait "$server" 2>/dev/null || :
	server=''
	rm -rf "$work/ch"
}

clickhouse_network() {
	if ! have clickhouse-server || ! have clickhouse-client || ! start_clickhouse; then
		absent network "$clickhouse"
		absent network "$clickhouse_whole"
		return
	fi
	ask_clickhouse 'CREATE TABLE t (account UInt32, object UInt32, at Int64)
		ENGINE = MergeTree PARTITION BY tuple() ORDER BY (object, at)'
	ask_clickhouse 'INSERT INTO t FORMAT CSV' <"$work/shares.csv"
	measure network "$clickhouse" clickhouse-client --port "$tcp" --password bench --query "
		SELECT a, b, uniqExact(object) FROM (SELECT object, account AS a, at AS at_a FROM t)
		ALL INNER JOIN (SELECT object, account AS b, at AS at_b FROM t) USING object
		WHERE a < b AND abs(at_a - at_b) <= 60000 GROUP BY a, b"
	compare_edges "$clickhouse"
	clickhouse_answer "http://127.0.0.1:$http"
	stop_clickhouse
}

# The same edges with all that claque says of them; of a table that is loaded, again.
clickhouse_answer() {	# clickhouse_answer ADDRESS
	if gave_up network "$clickhouse_whole"; then return; fi
	export CLAQUE_REMOTE_PASSWORD=bench no_proxy=127.0.0.1
	if ! "$claque" remote init "$1" >"$work/out" 2>&1 ||
		! "$claque" remote load "$1" "$case" >"$work/out" 2>&1; then
		head -n 3 "$work/out" >&2
		absent network "$clickhouse_whole"
		return
	fi
	measure network "$clickhouse_whole" "$claque" remote network "$1" --signal co-reshare \
		--window 60s --csv
	gave_up network "$clickhouse_whole" ||
		compare_counts network "$clickhouse_whole" "$edges" "$(tail -n +2 "$work/out" | wc -l)"
}

compare_edges() {
	gave_up network "$1" || compare_counts network "$1" "$edges" "$(wc -l <"$work/out")"
}

sqlite_network() {
	if ! have sqlite3; then
		absent network "$sqlite_join"
		return
	fi
	sqlite3 "$work/r.db" 'CREATE TABLE t(account INTEGER, object INTEGER, at INTEGER)' '.mode csv' \
		".import '$work/shares.csv' t" 'CREATE INDEX by_object ON t(object, at, account)'
	measure network "$sqlite_join" sqlite3 "$work/r.db" "
		SELECT x.account, y.account, count(DISTINCT x.object) FROM t x JOIN t y
		ON y.object = x.object AND y.at BETWEEN x.at - 60000 AND x.at + 60000
		WHERE x.account < y.account GROUP BY 1, 2"
	rm -f "$work/r.db"
	compare_edges "$sqlite_join"
}

r_network() {
	if ! have Rscript || ! Rscript -e 'library(data.table)' >/dev/null 2>&1; then
		absent network "$r_join"
		return
	fi
	cat >"$work/join.R" <<-'R'
		library(data.table)
		# without bit64 its whole numbers of 64 bits are nonsense to a comparison
		t <- fread(commandArgs(TRUE)[1], header = FALSE, col.names = c("account", "object", "at"),
			integer64 = "double")
		t[, c("from", "to") := list(at - 60000, at + 60000)]
		p <- t[t, on = .(object, at >= from, at <= to), allow.cartesian = TRUE,
			.(a = x.account, b = i.account, object = i.object)][a < b]
		p <- unique(p)[, .N, by = .(a, b)]
		fwrite(p, commandArgs(TRUE)[2], col.names = FALSE)
	R
	measure network "$r_join" Rscript "$work/join.R" "$work/shares.csv" "$work/r.csv"
	if gave_up network "$r_join"; then return; fi
	compare_counts network "$r_join" "$edges" "$(wc -l <"$work/r.csv")"
}
