#!/usr/bin/env bash
# nightly.sh - what takes too long for every change: the job code under TSan, the sittings
# at a terminal under valgrind, everything under every analyser. Each step tells what it
# found; builds of its own stand beside the build folder. By `make nightly`.
set -u
build=$PWD
top=$(realpath "${srcdir:-..}")
log=$build/nightly
mkdir -p "$log"
bad=0
unset MAKEFLAGS MFLAGS MAKELEVEL
export CMOCKA_MESSAGE_OUTPUT=TAP TZ=UTC LC_ALL=C.UTF-8 XDG_CONFIG_HOME=/nonexistent CLAQUE_RULES=/nonexistent \
	CLAQUE_SCENARIOS=/nonexistent CLAQUE_FORMATS=/nonexistent CLAQUE_LESSONS="$top/share/lessons" srcdir="$top"

verdict() {	# verdict NAME STATUS
	if [ "$2" -eq 0 ]; then echo "ok    $1"; else echo "FAIL  $1, see $log"; bad=1; fi
}

# Units that start threads: a worker, the relay of an import, the digest and the copies beside the
# indexes, the engine's own. What a test itself says is told by make check; here a race is what counts.
threads() {
	local units="relay console session live import bundle copies explain normal load" names=() failed=0 reports
	for u in $units; do names+=("tests/unit/test_$u"); done
	mkdir -p "$log/tsan"
	(cd "$log/tsan" && { [ -e Makefile ] || CC=clang CFLAGS='-g -O1' "$top/configure" -q --enable-sanitize=thread; } &&
		make -s -j"$(nproc)" claque "${names[@]}" tests/e2e/test_console tests/e2e/test_tasks) >"$log/tsan.log" 2>&1 || return 1
	rm -f "$log"/race.*
	for t in "${names[@]}" tests/e2e/test_console tests/e2e/test_tasks; do
		(cd "$log/tsan" && top_builddir=$log/tsan TSAN_OPTIONS="log_path=$log/race" timeout 600 "./$t") >>"$log/tsan.log" 2>&1 ||
			{ echo "      $t failed"; failed=1; }
	done
	# That it would be seen: two threads and one number.
	printf '%s\n' '#include <pthread.h>' 'static int n;' 'static void *up(void *p) { n++; return p; }' \
		'int main(void) { pthread_t t; pthread_create(&t, 0, up, 0); n++; return pthread_join(t, 0); }' >"$log/race.c"
	clang -g -fsanitize=thread -o "$log/racing" "$log/race.c" && ! "$log/racing" 2>/dev/null || return 1
	reports=$(cat "$log"/race.[0-9]* 2>/dev/null | grep -c 'WARNING: ThreadSanitizer')
	echo "      $reports races in ${#names[@]} units and two sittings"
	[ "$reports" -eq 0 ] && [ "$failed" -eq 0 ]
}

# The program in the sittings, not the test that presses the keys. Patterns are interpreted:
# what PCRE2 compiles has no names and reads 16 bytes at a time, the last ones beyond the end.
sittings() {
	local found=0 failed=0 status
	rm -f "$log"/memory.*
	echo 'int pcre2_jit_compile_8(void *code, unsigned options) { return -45; }' |
		gcc -shared -fPIC -w -o "$log/interpreted.so" -x c - || return 1
	for t in tests/e2e/test_journey tests/e2e/test_console tests/e2e/test_tasks tests/e2e/test_settings; do
		make -s "$t" >>"$log/valgrind.log" 2>&1 || return 1
		CLAQUE_SHARED=/nonexistent top_builddir=$build LD_PRELOAD=$log/interpreted.so PTY_PATIENCE=20 \
			timeout 3600 valgrind -q --trace-children=yes --error-exitcode=9 --log-file="$log/memory.%p" "./$t" >>"$log/valgrind.log" 2>&1
		status=$?
		echo "      $t: status $status"
		[ "$status" -eq 0 ] || failed=1
	done
	found=$(cat "$log"/memory.* | grep -cE 'Invalid|uninitialised|overlap')
	echo "      $found errors of memory"
	[ "$found" -eq 0 ] && [ "$failed" -eq 0 ]
}

for step in threads sittings; do
	"$step"
	verdict "$step" $?
done
for tool in cppcheck clang-tidy gcc clang-analyzer; do
	bash "$top/tests/analyze/run.sh" "$tool" base text model engine store import export case scenario remote app tui cli
	status=$?
	[ "$status" -eq 77 ] || verdict "$tool" "$status"
done
exit "$bad"
