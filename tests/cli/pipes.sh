#!/bin/sh
# Whatever file is named: a pipe that nobody writes to is not waited for, a folder is said to
# be one.
. "${srcdir:-.}/tests/cli/lib.sh"
CLAQUE_RULES=$(cd "${srcdir:-.}" && pwd)/share/rules
export CLAQUE_RULES
cd "$work" || exit 1
mkfifo pipe pipe.map
mkdir folder folder.map
printf 'post_id,account_id,platform,created_at,type,text\np1,a1,x,2024-01-06T00:00:01Z,original,hello\n' >posts.csv
status 0 "$claque" import c.claque posts.csv
timeout 20 "$claque" import c.claque pipe >out 2>err
grep -q "not a file" err out || complain "import of a pipe: $(cat err)"
for path in ./pipe ./folder; do
	for words in "check $path" "rules test $path" "merge c.claque $path" \
		"topics c.claque --rules $path" "topics c.claque --leaning $path" \
		"domains c.claque --targets $path" "import --format $path.map c.claque posts.csv" \
		"screen c.claque leads --config $path" "score c.claque --allow $path" \
		"score c.claque --prior-file $path" "events c.claque $path"; do
		timeout 20 "$claque" $words >out 2>err
		got=$?
		case $got in
		2 | 3 | 4) ;;
		*) complain "$words: exit status $got, $(cat out err | head -3)" ;;
		esac
		grep -q "not a file\|is a folder\|is no file" out err || complain "$words: it is not said: $(cat err)"
	done
done
finish
