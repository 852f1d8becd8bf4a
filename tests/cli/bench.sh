#!/bin/sh
# The bench runs, claque alone on tiny worlds, and gives a figure for each stage.
. "${srcdir:-.}/tests/cli/lib.sh"
BENCH_DIR=$work/results TMPDIR=$work sh "${srcdir:-.}/tests/bench/run.sh" --self-test >"$work/out" 2>"$work/err" || {
	complain "the bench fails"
	tail -n 20 "$work/err" "$work/out"
}
left=$(find "$work" -mindepth 1 -name 'tmp.*' | head -n 3)
[ -z "$left" ] || complain "it leaves behind: $left"
finish
