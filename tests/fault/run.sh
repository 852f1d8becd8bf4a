#!/bin/sh
# Every command with its n-th call of each class failing (sweep.c tells what must hold).
# SAMPLES calls of a class in a command are failed, chosen by SEED. COMMAND, CLASS and CALL
# narrow it: SAMPLES=50 COMMAND=score CLASS=step make faults. AROUND=1 tries that many of each
# thing that can be wrong around a command, instead of calls.
. "${srcdir:-.}/tests/cli/lib.sh"
srcdir=$(cd "${srcdir:-.}" && pwd) top=$(cd "${top_builddir:-.}" && pwd)
claque=$top/claque
old_case=$top/tests/fault/old_case fault=$top/tests/fault/.libs/fault.so
# Where nothing has to reach a disk, thousands of runs take minutes, not hours.
if [ -w /dev/shm ] && [ "$(df -Pk /dev/shm | awk 'NR == 2 { print $4 }')" -gt 200000 ]; then
	rm -rf "$work"
	work=$(mktemp -d /dev/shm/claque-faults-XXXXXX)
	export HOME="$work" XDG_DATA_HOME="$work/data"
fi
# The program itself: of a wrapper by libtool the shell's calls would be counted.
[ -e "$top/.libs/claque" ] && claque=$top/.libs/claque
cd "$work" || exit 1
: >report
truncate -s 4096 report
if ! CLAQUE_FAULT=open:1:on CLAQUE_FAULT_REPORT=$work/report LD_PRELOAD=$fault \
	"$claque" verify "$claque" >out 2>&1 && ! grep -q 'unable to open' out; then
	echo "skipped: no library can be preloaded here"
	exit 77
fi
. "$srcdir/tests/fault/start.sh"
sweep() {
	"$top/tests/fault/sweep" "$claque" "$fault" "$work" "$srcdir/tests/fault/COMMANDS" "$@" ||
		complain "sweep $*"
}
if [ -n "${AROUND:-}" ]; then
	sweep "around:$AROUND" "${SEED:-1}" "${COMMAND:-}" "${CLASS:-}" ${CALL:+"$CALL"}
elif [ -n "${SAMPLES:-}" ]; then
	sweep "$SAMPLES" "${SEED:-1}" "${COMMAND:-}" "${CLASS:-}" ${CALL:+"$CALL"} ${HOW:+"$HOW"}
elif grep -q '^#define CLAQUE_SANITIZED' "$top/config.h"; then
	sweep 0.05 1	# each process starts slowly; what fails leaks nothing, too
	sweep kill:4 1
	sweep around:0.01 1
else
	sweep 0.2 1
	# Who tells a file by its first bytes has to tell it from one that cannot be read.
	sweep 40 1 merge read
	sweep 40 1 import-bundle read
	# A name that cannot be read looks like one that is not there.
	sweep 40 1 screen prepare
	sweep kill:20 1
	sweep around:0.04 1
fi
finish
