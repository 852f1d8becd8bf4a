#!/bin/sh
# What the compiler and the linker promise is in the files that are installed: no code
# at a known place, no table of calls that can be written, no stack or data that
# runs, a canary behind arrays, checked formats, no folder that libraries are
# loaded from. Read off the files with readelf, not off the flags: a flag that is
# given and not heeded is what such a test is for. That the test can fail is tried
# on a program built without any of it.
set -eu
command -v readelf >/dev/null || { echo "skipped: no readelf"; exit 77; }
setting() { sed -n "s/^$1 = //p" Makefile; }
[ -z "$(setting SAN_FLAGS)" ] || { echo "skipped: a build with sanitizers or counters is not the one installed"; exit 77; }
program=.libs/claque
[ -e "$program" ] || program=./claque	# where libtool makes no wrapper
library=.libs/libclaque.so
readelf -h "$library" >/dev/null 2>&1 || { echo "skipped: no ELF files here"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# faults FILE: a line for each thing that is missing.
faults() {
	readelf -hWld "$1" >"$work/elf"
	# By name alone: of a program "printf@GLIBC_2.2.5 (3)", of a library without versions.
	readelf -W --dyn-syms "$1" | awk '$7 == "UND" { sub(/@.*/, "", $8); print $8 }' >"$work/calls"
	grep -q 'Type:.*DYN' "$work/elf" || echo "is not position-independent"
	grep -q GNU_RELRO "$work/elf" || echo "has no RELRO"
	grep -qE '\(FLAGS_1\).*NOW' "$work/elf" || echo "binds lazily, so its table of calls stays writable"
	grep -q GNU_STACK "$work/elf" || echo "does not say that its stack holds no code"
	! grep -qE '(GNU_STACK|LOAD).* RWE ' "$work/elf" || echo "has memory that can be written and run"
	! grep -qE 'RPATH|RUNPATH' "$work/elf" || echo "looks for libraries in a folder of its own"
	! grep -q TEXTREL "$work/elf" || echo "changes its code when it is loaded"
	grep -qx __stack_chk_fail "$work/calls" || echo "has no canary on the stack"
	grep -qE '^__(v?s?n?f?printf|mem(cpy|set|move))_chk$' "$work/calls" || echo "has no checked calls"
	# snprintf stays where the compiler sees that it fits; these never do.
	! grep -qxE 'v?f?printf|vsnprintf|v?sprintf' "$work/calls" || echo "prints without a check of the format"
}

bad=0
for file in "$program" "$library"; do
	found=$(faults "$file")
	[ -z "$found" ] || { echo "$found" | sed "s,^,$file ,"; bad=1; }
done

echo 'int printf(const char *, ...); int main(void) { char a[64] = ""; return printf(a); }' >"$work/soft.c"
${CC:-cc} -O0 -fno-stack-protector -U_FORTIFY_SOURCE -fno-pie -no-pie -Wl,-z,norelro -Wl,-z,lazy \
	-Wl,-z,execstack -Wl,-rpath,/nowhere -w -o "$work/soft" "$work/soft.c"
[ "$(faults "$work/soft" | wc -l)" -eq 8 ] || {
	echo "a program without all of it should have eight faults:"
	faults "$work/soft"
	bad=1
}
exit $bad
