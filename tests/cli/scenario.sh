#!/bin/sh
# Scenario files from the command line: listed, explained, refused; and a world of one, of
# whose truth nothing gets into a case.
. "${srcdir:-.}/tests/cli/lib.sh"
export CLAQUE_SCENARIOS="$srcdir/share/scenarios" XDG_CONFIG_HOME="$work/config"
cd "$work" || exit 1

status 0 "$claque" generate --scenarios --csv
for f in "$srcdir"/share/scenarios/*.conf; do
	name=$(basename "$f" .conf)
	grep -q "^$name," out || complain "$name is not listed"
	grep -qF "share/scenarios/$name.conf" "$srcdir/Makefile.am" || complain "$name is not installed"
done
[ "$(wc -l <out)" -ge 9 ] || complain "fewer than eight scenarios"

# Of two with one name the user's counts.
mkdir -p config/claque/scenarios
printf 'scenario hidden-cell\ntitle Mine\nteaches nothing\n' >config/claque/scenarios/hidden-cell.conf
status 0 "$claque" generate --scenarios --csv
[ "$(grep -c '^hidden-cell,' out)" -eq 1 ] || complain "two scenarios of one name"
grep -q '^hidden-cell,.*,Mine,' out || complain "the user's scenario does not count"
rm config/claque/scenarios/hidden-cell.conf

# Every word has its place in the man page and in what is explained.
"$claque" doc man scenario | sed 's/\\-/-/g' >page
status 0 "$claque" generate --explain return-after-takedown --csv
for word in $(cut -d, -f2 out | sed 1d | sort -u); do
	grep -qF "fB$word\\" page || complain "claque-scenario(7) does not name $word"
done
for tactic in $(grep '^first-life,uses,' out | sed 's/.*,//'); do
	grep -qF "fB$tactic\\" page || complain "claque-scenario(7) does not name $tactic"
done
grep -q '^first-life,takedown,30,the file,' out || complain "the file's value is not told"
grep -q '^first-life,delay,30m,level 2,' out || complain "the level's value is not told"

status 2 "$claque" generate --scenario who-is-who --stealth 3 --out x
says "--stealth does not go with --scenario"
status 2 "$claque" generate --scenario who-is-who
says "--out"
printf 'scenario mine\ntitle Mine\nteaches nothing\npeopel 500\n' >mine.conf
status 3 "$claque" generate --scenario mine.conf --out x
says "mine.conf:4: there is no word 'peopel'; did you mean 'people'?"
status 3 "$claque" generate --explain mine.conf
[ ! -e x ] || complain "something was made"

# The case is scored without any truth, and holds none.
status 0 "$claque" generate --scenario return-after-takedown --posts 10000 --out w.claque
status 0 "$claque" inputs w.claque --csv
grep -q truth out && complain "a truth was imported"
mkdir truth && mv w-world/truth*.csv truth/ || complain "no truth"
status 0 "$claque" score w.claque
for told in first-life operation honest-twin second-accounts returned; do
	grep -aq "$told" w.claque && complain "the case tells of $told"
done
status 0 "$claque" grade w.claque --truth truth

# A lesson that is made of a way through the case names its world, which the case cannot.
status 0 "$claque" screen w.claque clusters --write --keys '<Enter><Enter>'
status 0 "$claque" lesson from w.claque
says "scenario return-after-takedown"
says "seed 97"
status 0 "$claque" lesson from w.claque --scenario hidden-cell --seed 5
says "scenario hidden-cell"
says "seed 5"
cp w.claque alone.claque
status 0 "$claque" lesson from alone.claque
says "no world is named beside the case"

# Straight into a case: the same rows of the same inputs, without the files.
rows="SELECT p.native_id, p.at, p.text, p.row, i.sha256 FROM post p
	JOIN input_file i ON i.id = p.input_file
	UNION ALL SELECT a.native_id, a.created_at, a.bio, a.row, i.sha256 FROM account a
	JOIN input_file i ON i.id = a.input_file
	UNION ALL SELECT c.account, c.at, c.new_value, c.row, i.sha256 FROM profile_change c
	JOIN input_file i ON i.id = c.input_file"
straight() { "$claque" generate --scenario return-after-takedown --posts 10000 --straight "$@"; }
status 0 straight --out s.claque
for c in w s; do "$claque" sql $c.claque "$rows" --csv >$c.rows; done
[ "$(wc -l <s.rows)" -gt 11000 ] && cmp -s w.rows s.rows || complain "straight, the case is another"
[ ! -e s-world/posts.csv ] && [ -s s-world/truth.csv ] || complain "straight, files are wrong"
(cd w-world && sha256sum -c --status ../s-world/inputs.sha256) || complain "not the files' digests"
status 0 "$claque" verify s.claque
says "3 not there"
status 0 straight --out s.claque
"$claque" sql s.claque "$rows" --csv | cmp -s s.rows - || complain "made again, it has more"
status 3 straight --seed 9 --out s.claque
says "holds another world"
status 2 straight --out folder
says "--straight goes into a case"
finish
