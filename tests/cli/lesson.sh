#!/bin/sh
# Lessons from the command line: found, shown, refused with their line, printed.
. "${srcdir:-.}/tests/cli/lib.sh"
CLAQUE_LESSONS=$(cd "${srcdir:-.}/share/lessons" && pwd)
export CLAQUE_LESSONS XDG_CONFIG_HOME="$work/cfg"
cd "$work" || exit 1

status 0 "$claque" lesson list --csv
says 'first-pivot,'
says 'write-the-report,'
for lesson in "$CLAQUE_LESSONS"/*.lesson; do
	status 0 "$claque" lesson test "$lesson" --csv
done

# A program that was not installed finds what lies in its source tree.
if [ -e "$(dirname "$claque")/../configure.ac" ]; then
	env -u CLAQUE_LESSONS "$claque" lesson list --csv | grep -q '^first-pivot,' ||
		complain "lessons of the source tree are not found"
fi

# Of two of one name the user's own counts.
mkdir -p cfg/claque/lessons
cat >cfg/claque/lessons/mine.lesson <<'END_OF_LESSON'
lesson first-pivot
title My own
goal Mine
scenario stealth-1
step One
place clusters
text Look
answer secret
check at posts
END_OF_LESSON
status 0 "$claque" lesson show first-pivot
says 'My own'
if grep -q secret out; then complain "a learner is shown the answer"; fi
status 0 "$claque" lesson show first-pivot --presenter
says 'answer: secret'
status 0 "$claque" lesson print first-pivot
says '## 1. One'
status 0 "$claque" lesson print first-pivot --html --presenter
says '<b>Answer:</b> secret'

sed 's/check at posts/check at moon/' cfg/claque/lessons/mine.lesson >wrong.lesson
status 1 "$claque" lesson test wrong.lesson --csv
says "FAIL,5,One,there is no screen 'moon'"
sed 's/check at/check be/' cfg/claque/lessons/mine.lesson >slip.lesson
status 3 "$claque" lesson test slip.lesson
grep -q "slip.lesson:9: 'be' cannot be checked" err || complain "a slip is not told with its line"
status 2 "$claque" lesson show no-such-lesson
status 2 "$claque" lesson show
status 4 "$claque" lesson show nowhere.lesson
exit $failures
