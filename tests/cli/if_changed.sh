#!/bin/sh
# A case of which nothing has changed is not scored again where one asks for that; whatever a
# score rests on is a change: rows, settings, files of decisions, verdicts and their undoing.
. "${srcdir:-.}/tests/cli/lib.sh"
cd "$work" || exit 1
status 0 "$claque" generate --stealth 1 --posts 10000 --seed 3 --out world
head -n 9000 world/posts.csv >before.csv
{ head -n 1 world/posts.csv; tail -n +9001 world/posts.csv; } >more.csv

# stands RUN BECAUSE, made RUN BECAUSE: what comes of scoring if anything has changed.
failed_before=0
because() {
	[ "$failures" -eq "$failed_before" ] || echo "though: $1"
	failed_before=$failures
}
score='score grown.claque --surrogates 1 --if-changed'
stands() {
	status 0 "$claque" $score
	says "run $1 stands"
	because "$2"
}
made() {
	status 0 "$claque" $score
	says "run $1: "
	because "$2"
}
status 0 "$claque" import grown.claque before.csv world/accounts.csv world/profile_changes.csv
made 1 'nothing was scored before'
stands 1 'nothing has changed'
status 0 "$claque" import grown.claque before.csv
stands 1 'an input that is there already brings nothing'
status 0 "$claque" note grown.claque cluster C001 'looked at'
stands 1 'a note is no evidence'

status 0 "$claque" import grown.claque more.csv
made 2 'posts came'
score="$score --seed 5"
made 3 'another setting'
stands 3 'the same setting'
account=$(sed -n 2p world/accounts.csv | cut -d, -f1)
status 0 "$claque" verdict grown.claque account "$account" cleared --reason 'known to us'
made 4 'an account was cleared'
status 0 "$claque" undo grown.claque
made 5 'it is cleared no more'
printf 'source\nnews.example\n' >allow.csv
score="$score --allow allow.csv"
made 6 'a source is allowed'
stands 6 'the same list'
printf 'source\nother.example\n' >allow.csv
made 7 'the list says something else'
status 0 "$claque" score grown.claque --surrogates 1 --seed 5 --allow allow.csv
says 'run 8: '
status 0 "$claque" verify grown.claque
says whole
finish
