#!/bin/sh
# Who passes for whom: twins, accounts made over, look-alike domains.
. "${srcdir:-.}/tests/cli/lib.sh"
cd "$work" || exit 1

# Ninety people on two platforms; two of them are the same.
{
	echo account_id,platform,handle,display_name,created_at,location,bio,avatar_hash
	i=0
	while [ $i -lt 45 ]; do
		printf 'x%02d,x,user%da,Anna Family%d,2015-01-%02dT00:00:00Z,Leeds,,%016x\n' \
			$i $i $i $((i % 28 + 1)) $((i * 1315423911 + 77))
		printf 'f%02d,facebook,user%db,Bert House%d,2016-01-%02dT00:00:00Z,Lyon,,%016x\n' \
			$i $i $i $((i % 28 + 1)) $((i * 2654435761 + 99))
		i=$((i + 1))
	done
	echo xt,x,zoranradlow12,Zoran Radlow,2017-03-04T00:00:00Z,Brno,Beekeeper,0f0f123456780f0f
	echo ft,facebook,zoran.radlow,Zoran Radlow,2017-03-09T00:00:00Z,Brno,Beekeeper,0f0f123456780f0e
} >accounts.csv
{
	echo account_id,changed_at,field,old_value,new_value
	echo x01,2023-02-01T10:00:00Z,display_name,Anna Family1,Rahul Verma
	echo x01,2023-02-01T11:00:00Z,handle,user1a,rverma77
	echo x01,2023-02-01T12:00:00Z,location,Leeds,New Delhi
	echo x02,2023-02-05T10:00:00Z,avatar_hash,0000000000000001,ffffffffffff0000
} >profile_changes.csv
status 0 "$claque" import a.claque accounts.csv profile_changes.csv
status 0 "$claque" twins a.claque --csv
says "account_id,twin_account_id,score"
says "ft,xt,0.9"
[ "$(wc -l <out)" -eq 2 ] || complain "more twins than there are"
status 0 "$claque" twins a.claque --json
says '"reason":"name +'
status 0 "$claque" changes a.claque --repurposed --csv
says "account_id,changed_at,score"
[ "$(sed -n 2p out | cut -c1-28)" = "x01,2023-02-01T10:00:00.000Z" ] || complain "x01 is not first"
[ "$(wc -l <out)" -eq 3 ] || complain "two events are not two rows"
status 0 "$claque" changes a.claque --repurposed
says "name replaced, handle replaced, place replaced"
status 2 "$claque" changes a.claque --repurposed --cluster C001
says "does not go with --repurposed"
status 0 "$claque" changes a.claque --csv
says "Rahul Verma"
status 0 "$claque" domains a.claque --lookalike
says "nothing found"

# An outlet that many link, and its imitation that few do on one day.
{
	echo post_id,account_id,created_at,type,urls
	i=0
	while [ $i -lt 40 ]; do
		echo "p$i,a$((i % 30)),2023-0$((i % 9 + 1))-10T00:00:00Z,original,https://www.lakesideherald.com/$i"
		echo "q$i,a$((i % 20)),2023-0$((i % 9 + 1))-12T00:00:00Z,original,https://otherpaper.org/$i"
		i=$((i + 1))
	done
	for i in 1 2 3 4 5; do
		echo "r$i,b$i,2023-04-01T00:0$i:00Z,original,https://lakesideherald.ltd/story"
		echo "s$i,b$i,2023-04-01T01:0$i:00Z,original,https://quietgarden.top/$i"
	done
} >posts.csv
status 0 "$claque" import b.claque posts.csv
status 0 "$claque" domains b.claque --lookalike --csv
says "domain,target,score"
says "lakesideherald.ltd,lakesideherald.com,0."
[ "$(wc -l <out)" -eq 2 ] || complain "more look-alikes than there are"
printf '# my list\nWWW.QuietGardens.com\n' >list
status 0 "$claque" domains b.claque --targets list --csv
says "quietgarden.top,quietgardens.com,"
status 4 "$claque" domains b.claque --targets no-such-list
says "no-such-list"

# Nobody links the outlets that these pass for; only a list can tell.
export CLAQUE_RULES="$srcdir/share/rules" XDG_CONFIG_HOME="$work/config"
{
	cat posts.csv
	for i in 1 2 3 4 5; do
		echo "t$i,c$i,2023-04-02T00:0$i:00Z,original,https://spiegel.ltd/story"
		echo "u$i,d$i,2023-04-0${i}T00:00:00Z,original,https://www.welt.de/$i"
		echo "v$i,d$i,2023-04-0${i}T01:00:00Z,original,https://weeekly.org/$i"
	done
} >more.csv
{
	echo account_id,platform,handle,display_name,created_at
	echo d1,x,washingtonp0st,D,2015-01-01T00:00:00Z
	echo d2,x,nytimes,D,2015-01-01T00:00:00Z
	echo d3,x,TheWeekly_,D,2015-01-01T00:00:00Z
} >holders.csv
status 0 "$claque" import c.claque more.csv holders.csv
line=$(grep -n '^spiegel.de,' "$srcdir/share/rules/outlets.csv" | cut -d: -f1)
status 0 "$claque" domains c.claque --json
says '"domain":"spiegel.ltd","target":"spiegel.de"'
says "imitates spiegel.de (list outlets.csv:$line); same name, other suffix"
grep -q '"domain":"welt' out && complain "a listed outlet imitates something"
status 0 "$claque" domains c.claque --handles --json
says '"account_id":"d1","handle":"washingtonp0st","target":"washingtonpost"'
[ "$(wc -l <out)" -eq 1 ] || complain "more handles than pass for another"
status 0 "$claque" score c.claque
status 0 "$claque" sql c.claque "SELECT domain, why FROM v_lookalikes" --csv
says "spiegel.ltd,\"imitates spiegel.de (list outlets.csv:$line)"
status 0 "$claque" sites c.claque --json
says '"registered":"welt.de"'
says "\"imitates\":\"imitates spiegel.de (list outlets.csv:$line)"
printf 'domain,handle\nwww.Weekly.org,@TheWeekly\n' >mine.csv
status 0 "$claque" domains c.claque --outlets mine.csv --min-score 0 --json
says "imitates weekly.org (list mine.csv:2)"
mkdir -p config/claque/rules
mv mine.csv config/claque/rules/outlets.csv
status 0 "$claque" domains c.claque --handles --json
says "imitates TheWeekly (list outlets.csv:2)"
printf 'domain\nnot a host\n' >bad.csv
status 3 "$claque" domains c.claque --outlets bad.csv
says "bad.csv, row 2: 'not a host' is no host name"
status 4 "$claque" domains c.claque --outlets no-such-list.csv
says "no-such-list.csv"
status 2 "$claque" twins b.claque --min-score 2
finish
