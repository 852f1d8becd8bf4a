#!/bin/sh
# What a command reaches: no network but for `remote`, no other program, and no file
# written but those that its own line names, what SQLite keeps beside a case, and the
# folders of the user's settings and data. Read off the system calls of one line for each
# command there is.
. "${srcdir:-.}/tests/cli/lib.sh"
command -v strace >/dev/null || { echo "skipped: no strace"; exit 77; }
strace -o /dev/null true 2>/dev/null || { echo "skipped: this machine lets nobody trace"; exit 77; }
claque=$(cd "${top_builddir:-.}" && pwd)/claque
[ -z "$(sed -n 's/^SAN_FLAGS = //p' "${claque%claque}Makefile")" ] || {
	echo "skipped: sanitizers have files and tracers of their own"
	exit 77
}
draw=${claque%claque}tests/cli/draw
share=$(cd "$srcdir/share" && pwd)
export XDG_CONFIG_HOME="$work/config" CLAQUE_LESSONS="$share/lessons" CLAQUE_RULES="$share/rules"
export CLAQUE_SCENARIOS="$share/scenarios"
cd "$work" || exit 1
mkdir pictures
"$draw" pictures/1.jpg 1 64
cat >posts.csv <<'CSV'
post_id,account_id,created_at,type,ref_post_id,text
1,ann,2023-01-01T00:00:00Z,original,,"hello, world"
2,bob,2023-01-01T00:00:10Z,reshare,1,
3,eve,2023-01-01T00:00:20Z,reshare,1,
CSV
cp posts.csv copy.csv
echo 'open sesame' >phrase
printf 'when,label,source\n2023-01-01T00:00:12Z,a debate,https://e.example/1\n' >events.csv
mkdir truth
printf 'account_id,group,kind\nann,fake,n\nbob,ordinary,o\n' >truth/truth.csv
printf 'account_id,score\nann,0.5\n' >scores.csv

# One command a line, as a shell reads it; 60,000 rows are more than SQLite sorts in memory.
cat >lines <<'LINES'
import a.claque posts.csv
import a.claque --media pictures
import b.claque copy.csv
score a.claque
open a.claque --linear
demo --lesson first-pivot --limit 1
leads a.claque
why a.claque --account bob
like a.claque ann bob
weeks a.claque
accounts a.claque
sources a.claque
posts a.claque --json
changes a.claque
twins a.claque
domains a.claque
evidence a.claque
innocents a.claque
indicators a.claque
hashtags a.claque
sites a.claque
matches a.claque
reused a.claque
handles a.claque
movers a.claque
events a.claque events.csv
inputs a.claque
refused a.claque
notes a.claque
note a.claque account eve first
tag a.claque account eve '#seen'
pin a.claque account eve
undo a.claque
redo a.claque
verdict a.claque account eve cleared --reason known
highlight a.claque 1 world
claim a.claque one-hand
weigh a.claque "$(sed -n 's/^claim //p' said)" for haste
rate a.claque "$(($(sed -n 's/^claim //p' said) + 1))" H2 I
hypothesis a.claque H9 chance
claims a.claque
ach a.claque
field a.claque
technique a.claque
withdraw a.claque "$(sed -n 's/^claim //p' said)"
annotations a.claque >hers.ndjson
merge b.claque hers.ndjson
diff a.claque a.claque
network a.claque
signal co-reshare a.claque
rules list
topics a.claque
runs a.claque
ledger a.claque
key new my.key
export a.claque --to html --out page.html
export a.claque --to csv --out tables
export a.claque --to stix --out s.json
import --explain posts.csv
export a.claque --to bag --sign my.key --out bag --inputs
export a.claque --to bag --encrypt --encrypt-passphrase-file phrase --out bag.sealed
decrypt bag.sealed --passphrase-file phrase --out opened
export a.claque --to bundle --out all.ndjson
check s.json
describe a.claque
verify a.claque
verify bag
sql a.claque "with recursive n(i) as (select 1 union all select i + 1 from n where i < 60000) \
	select max(x) from (select printf('%050d', (i * 7919) % 60000) x from n order by x limit 59999)"
screen a.claque posts
generate --posts 10000 --scenario hidden-cell --out w
lesson list
grade --truth truth --scores scores.csv
stealth hidden-cell --out curve --knob participation --steps 50% --seeds 1 --posts 10000
doc man claque
retention a.claque
forget a.claque bob --yes --notes replace
help
version
LINES
for name in $("$claque" doc commands); do
	[ "$name" = remote ] || grep -q "^$name\( \|\$\)" lines || complain "no line for the command '$name'"
done

# FAULTS of a log: a line each. A path is known by -y, which tells what a number of a file is.
cat >reach.awk <<'AWK'
function fault(why)
{
	print why ": " (pid in args ? shown[pid] : "?") ": " $0
}
# What is between the next two quotes of s; s is cut behind them.
function quoted(  from, n)
{
	from = index(s, "\"")
	s = substr(s, from + 1)
	n = index(s, "\"")
	from = substr(s, 1, n - 1)
	s = substr(s, n + 1)
	return from
}
function whole(path, folder)
{
	gsub(/\/+/, "/", path)
	sub(/^\.\//, "", path)
	return path ~ /^\// ? path : folder "/" path
}
function begins(path, with)
{
	return substr(path, 1, length(with)) == with
}
# The file itself, or what stands beside or below it under its name.
function named(path,  n, i, a, list, folder)
{
	n = split(args[pid], list, "\n")
	for (i = 2; i <= n; i++) {
		if (list[i] == "")
			continue
		a = whole(list[i], home)
		sub(/\/$/, "", a)
		if (begins(path, a) && substr(path, length(a) + 1) ~ /^($|[-.~\/])/)
			return 1
		folder = a
		sub(/[^\/]*$/, "", folder)
		if (begins(path, folder "etilqs_") || begins(path, folder "./etilqs_"))
			return 1
	}
	return 0
}
function allowed(path)
{
	return path ~ /^\/dev\/(null|tty|pts\/[0-9]+)$/ || begins(path, home "/config/claque/") ||
		begins(path, home "/data/claque/") || begins(home "/config/claque/", path "/") ||
		begins(home "/data/claque/", path "/") || named(path)
}
# Who begot whom, first: a child's calls may stand before the call that made it.
NR == FNR {
	if ($2 ~ /^(clone|clone3|fork|vfork)\(/ || $3 ~ /^(clone|clone3|fork|vfork)$/)
		if ($NF ~ /^[0-9]+$/)
			parent[$NF] = $1
	next
}
{
	pid = $1
	for (up = pid; !(pid in args) && up in parent; up = parent[up])
		if (parent[up] in args) {
			args[pid] = args[parent[up]]
			shown[pid] = shown[parent[up]]
		}
}
$2 ~ /^execve\(/ {
	s = substr($0, index($0, "execve(") + 7)
	program = quoted()
	if (pid in args && program != claque) {
		fault("runs another program")
		next
	}
	if (program != claque)
		next
	list = line = ""
	sub(/\], 0x.*/, "", s)
	while (index(s, "\"") > 0) {
		a = quoted()
		list = list a "\n"
		line = line " " a
	}
	args[pid] = list
	shown[pid] = substr(line, length(claque) + 3, 60)
	commands++
	next
}
!(pid in args) { next }		# the shell
$2 ~ /^socket\(/ && !/AF_UNIX/ { fault("opens a socket") }
$2 ~ /^(connect|bind|listen)\(/ && !/AF_UNIX/ { fault("uses a network") }
$2 ~ /^(openat|open|creat|mkdir|mkdirat|rename|renameat|renameat2|unlink|unlinkat|link|linkat|symlink|symlinkat|chmod|fchmodat|truncate|mknod|mknodat|utimensat|chown|fchownat)\(/ {
	call = substr($2, 1, index($2, "(") - 1)
	if (call ~ /^open/ && $0 !~ /O_WRONLY|O_RDWR|O_CREAT|O_TRUNC/)
		next
	s = $0
	folder = home
	if (match(s, /\((AT_FDCWD|[0-9]+)<[^>]*>/)) {
		folder = substr(s, RSTART, RLENGTH - 1)
		sub(/^[^<]*</, "", folder)
	}
	path = whole(quoted(), folder)
	if (!allowed(path))
		fault("writes " path)
	if (call ~ /^(rename|link|symlink)/) {
		path = whole(quoted(), folder)
		if (!allowed(path))
			fault("writes " path)
	}
}
END { print "commands traced: " commands + 0 }
AWK
look() { awk -v claque="$claque" -v home="$work" -f reach.awk "$1" "$1"; }

cat >script <<'SH'
claque=$1
unset CLAQUE_WHO	# a name is then looked up
run() {
	"$claque" "$@" </dev/null 2>err || { echo "status $?: $*"; cat err; } >>failed
}
SH
sed 's/^\([a-z]\)/run \1/' lines >>script
strace -f -y --seccomp-bpf -qq -o log -e trace=%file,%network,clone,clone3,fork,vfork sh script "$claque" >said
[ ! -e failed ] || { complain "commands that fail show nothing:"; cat failed; }
look log >found
grep -v '^commands traced' found | head -n 20 | grep . && complain "reached what it should not"
traced=$(sed -n 's/^commands traced: //p' found)
run=$(grep -c '^[a-z]' lines)
[ "$traced" -eq "$run" ] || complain "$traced commands were traced, $run run"

# That it would be seen.
cat >bad <<LOG
7 execve("$claque", ["$claque", "posts", "a.claque"], 0x7ffd /* 9 vars */) = 0
7 openat(AT_FDCWD<$work>, "a.claque-wal", O_RDWR|O_CREAT, 0600) = 3<$work/a.claque-wal>
7 openat(AT_FDCWD<$work>, "other.claque", O_RDWR) = 3<$work/other.claque>
7 openat(AT_FDCWD<$work>, "/tmp/spill", O_RDWR|O_CREAT, 0600) = 3</tmp/spill>
7 rename("a.claque", "b.claque") = 0
7 socket(AF_INET, SOCK_STREAM, 0) = 4
7 clone(child_stack=NULL) = 8
8 connect(4<TCP:[1]>, {sa_family=AF_INET, sin_port=htons(80)}, 16) = 0
8 execve("/bin/sh", ["sh", "-c", "true"], 0x7ffd /* 9 vars */) = 0
LOG
[ "$(look bad | grep -vc '^commands')" -eq 6 ] || { complain "six faults should be seen:"; look bad; }
finish
