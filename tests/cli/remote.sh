#!/bin/bash
# Two ClickHouse servers on this machine, each with its own configuration, ports and folder:
# what claque remote counts there is what claque network counts here, byte for byte, also
# after one of them was killed in the middle. CLAQUE_REMOTE_POSTS makes it larger: a million
# shares are some 850,000 posts.
. "${srcdir:-.}/tests/cli/lib.sh"
posts=${CLAQUE_REMOTE_POSTS:-15000}
server=$(command -v clickhouse-server || true)
[ -n "$server" ] || [ ! -x /usr/sbin/clickhouse-server ] || server=/usr/sbin/clickhouse-server
[ -n "$server" ] || { echo "skipped: clickhouse-server is not installed"; exit 77; }
cd "$work" || exit 1
export no_proxy=127.0.0.1 NO_PROXY=127.0.0.1
pids=() ports=()

# Whatever happens, no server outlives this.
stop_all() {
	kill -9 "${pids[@]}" 2>/dev/null
	wait "${pids[@]}" 2>/dev/null
	rm -rf "$work"
}
trap stop_all EXIT
trap 'exit 1' INT TERM

# ask PORT QUERY: what the server answers, with HTTP's lines before it.
ask() {
	exec 9<>"/dev/tcp/127.0.0.1/$1" || return 1
	printf 'GET /?query=%s HTTP/1.0\r\n\r\n' "$2" >&9
	cat <&9
	exec 9>&-
}

# A certificate for "localhost" alone, which nobody trusts who is not told to.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost \
	-addext subjectAltName=DNS:localhost -keyout key.pem -out cert.pem 2>/dev/null ||
	echo "skipped: TLS, for there is no openssl to make a certificate"

# configure N PORT: the folder of server N, with little memory and no cache.
configure() {
	local tls=''
	mkdir -p "s$1/data" "s$1/tmp"
	[ ! -s cert.pem ] || tls="<https_port>$(($2 + 2))</https_port><openSSL><server>
		<certificateFile>$work/cert.pem</certificateFile><privateKeyFile>$work/key.pem</privateKeyFile>
		<verificationMode>none</verificationMode></server></openSSL>"
	cat >"s$1/config.xml" <<XML
<?xml version="1.0"?>
<yandex>
	<logger><level>error</level><log>$work/s$1/log</log><errorlog>$work/s$1/errors</errorlog></logger>
	<listen_host>127.0.0.1</listen_host>
	<http_port>$2</http_port><tcp_port>$(($2 + 1))</tcp_port>$tls
	<path>$work/s$1/data/</path><tmp_path>$work/s$1/tmp/</tmp_path>
	<users_config>$work/s$1/users.xml</users_config>
	<default_profile>default</default_profile><default_database>default</default_database>
	<mark_cache_size>16777216</mark_cache_size><uncompressed_cache_size>0</uncompressed_cache_size>
</yandex>
XML
	cat >"s$1/users.xml" <<XML
<?xml version="1.0"?>
<yandex>
	<profiles><default>
		<max_memory_usage>3000000000</max_memory_usage><max_threads>2</max_threads>
	</default></profiles>
	<users><default>
		<password>secret</password><networks><ip>127.0.0.1</ip></networks>
		<profile>default</profile><quota>default</quota>
	</default></users>
	<quotas><default/></quotas>
</yandex>
XML
}

# start N: server N on the port that it has, until it answers; false if it does not.
start() {
	"$server" --config-file="$work/s$1/config.xml" >"s$1/out" 2>&1 </dev/null &
	pids[$1]=$!
	for _ in $(seq 100); do
		ask "${ports[$1]}" 'select%201&user=default&password=secret' 2>/dev/null | grep -q '^1$' && return
		kill -0 "${pids[$1]}" 2>/dev/null || return 1
		sleep 0.1
	done
	return 1
}

for n in 1 2; do
	for _ in 1 2 3 4 5; do
		ports[n]=$((20000 + RANDOM % 12000 * 3))
		configure $n "${ports[n]}"
		start $n && continue 2
	done
	cat s$n/out s$n/errors 2>/dev/null | head -n 20
	echo "skipped: clickhouse-server does not start here"
	exit 77
done
one=http://127.0.0.1:${ports[1]} two=http://127.0.0.1:${ports[2]}
"$claque" generate --posts "$posts" --seed 7 --out a.claque >/dev/null 2>&1 || complain "generate"

# Nothing goes there without a user, and a password does not go far in the clear.
status 4 "$claque" remote status "$one"
says "CLAQUE_REMOTE_PASSWORD"
export CLAQUE_REMOTE_PASSWORD=secret
status 2 "$claque" remote status http://192.0.2.1:8123
says "use https"
status 2 "$claque" remote status "http://default:secret@127.0.0.1:${ports[1]}"
says "CLAQUE_REMOTE_USER"
status 2 "$claque" remote network "$one"
says "remote init"
status 0 "$claque" remote init "$one" --shard "$two"
status 0 "$claque" remote init "$one" --shard "$two"
status 2 "$claque" remote init "$one"
says "already"
status 2 "$claque" remote status "$two"
says "is not the first"

# Loaded twice, from the case and from the file that it was made of: there once.
shares=$("$claque" sql a.claque "select count(*) from v_shares" --csv | tail -n 1)
status 0 "$claque" remote load "$one" a.claque
says " shares sent to 2 shards, 0 were there"
status 0 "$claque" remote load "$one" a.claque
says "0 shares sent"
status 0 "$claque" remote load "$one" a-world/posts.csv
says "0 shares sent"
status 0 "$claque" remote status "$one" --csv
there=$(awk -F, 'NR > 1 { n += $3; least = least == "" || $3 < least ? $3 : least } END { print n, (least > n / 4) }' out)
[ "${there#* }" = 1 ] && [ "${there% *}" -gt $((shares / 2)) ] || complain "shares on the shards: $there of $shares"

# compare WINDOW [OPTION...]: edges of there and here.
compare() {
	local window=$1
	shift
	"$claque" network a.claque --window "$window" --csv >here 2>/dev/null || complain "network $window"
	status 0 "$claque" remote network "$one" --window "$window" --csv "$@"
	same "edges of $window" here out
	[ "$(wc -l <here)" -gt 100 ] || complain "only $(wc -l <here) edges in $window"
}
compare 10s
compare 60s --parts 7
compare 1h

# Who repeats himself meets the next 64 acts of another only, in an order that ties settle.
repeaters >crowd.csv
status 0 "$claque" import crowd.claque crowd.csv
status 0 "$claque" remote init "$one" --database crowd --shard "$two"
status 0 "$claque" remote load "$one" crowd.claque --database crowd
status 0 "$claque" remote network "$one" --database crowd --window 10m --csv
"$claque" network crowd.claque --window 10m --csv >here 2>/dev/null
same "those who repeat themselves" here out
[ "$(wc -l <here)" -gt 10 ] || complain "nobody repeats himself"

# One of them is killed while it counts.
"$claque" remote network "$one" --window 1h --parts 300 --csv >killed 2>said &
job=$!
for _ in $(seq 200); do
	ask "${ports[2]}" 'select%20count()%20from%20system.processes%20where%20query%20like%20%27%25claque_share%25%27%20and%20query%20not%20like%20%27%25processes%25%27&user=default&password=secret' 2>/dev/null |
		grep -q '^[1-9]' && break
done
disown "${pids[2]}"
kill -9 "${pids[2]}"
got=0
wait $job || got=$?
[ "$got" -eq 4 ] || complain "exit status $got after a shard was killed"
[ ! -s killed ] || complain "half an answer was printed"
grep -q "shard 2 of 2, $two: .*tried 3 times" said || { complain "what was said of the shard:"; cat said; }
ask "${ports[1]}" 'select%20count()%20from%20system.processes&user=default&password=secret' | grep -q '^1$' ||
	complain "the other shard goes on"
sleep 0.2
start 2 || complain "the shard does not come back"
compare 1h

# Ctrl-C ends what runs on the servers.
"$claque" remote network "$one" --window 1h --parts 300 --csv >killed 2>said &
job=$!
sleep 1
kill -INT $job
got=0
wait $job || got=$?
[ "$got" -eq 130 ] || complain "exit status $got after Ctrl-C"

# Groups, and home with one of them.
status 0 "$claque" remote score "$one" --window 10s --max-q 1 --csv
says "account_id,strength,edges,group"
members=$(grep -c ',R1$' out)
[ "$members" -gt 1 ] || complain "group R1 has $members members"
status 0 "$claque" remote pull "$one" R1 --window 10s --max-q 1 --into lead.claque
says "of $members accounts"
status 0 "$claque" remote pull "$one" R1 --window 10s --max-q 1 --into lead.claque
says "all pulled before"
status 0 "$claque" verify lead.claque
status 0 "$claque" network lead.claque --window 60s --csv
[ "$(wc -l <out)" -gt 1 ] || complain "no edge among those who were pulled"
status 2 "$claque" remote pull "$one" nobody-at-all --into lead.claque
says "no share"

# The same rows as somebody else's table on one server, with other names.
cat >theirs.mapping <<MAP
table claque.claque_share
account account
object object
time at
kind kind
act act
platform platform
post post
MAP
"$claque" remote network "$one" --mapping theirs.mapping --window 60s --csv >mapped 2>said || cat said
status 0 "$claque" remote init "$one" --database alone
status 0 "$claque" remote load "$one" a.claque --database alone
status 0 "$claque" remote network "$one" --database alone --window 60s --csv
"$claque" network a.claque --window 60s --csv >here 2>/dev/null
same "one shard alone" here out
sed -i 's/claque.claque_share/alone.claque_share/' theirs.mapping
status 0 "$claque" remote network "$one" --mapping theirs.mapping --window 60s --csv
same "a mapped table" here out
[ -s mapped ] && ! cmp -s mapped here || complain "one shard's rows are all rows"

# Over TLS: by the name that the certificate has, signed by whom the user trusts, or not at all.
if [ -s cert.pem ]; then
	sealed=https://localhost:$((ports[1] + 2))
	status 4 "$claque" remote status "$sealed" --database alone
	says "--ca-file"
	status 4 "$claque" remote status "https://127.0.0.1:$((ports[1] + 2))" --database alone --ca-file cert.pem
	says "as its certificate does"
	status 4 "$claque" remote status "$sealed" --database alone --ca-file key.pem
	status 2 "$claque" remote init "$sealed" --database two --shard "$two" --ca-file cert.pem
	status 0 "$claque" remote init "$sealed" --database sealed --ca-file cert.pem
	status 0 "$claque" remote load "$sealed" a.claque --database sealed --ca-file cert.pem
	status 0 "$claque" remote network "$sealed" --database sealed --window 60s --csv --ca-file cert.pem
	same "edges over TLS" here out
fi
finish
