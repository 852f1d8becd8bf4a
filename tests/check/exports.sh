#!/bin/sh
# libclaque.so gives out claque_ and nothing else, and needs no more than libc.
set -eu
lib=.libs/libclaque.so
[ -e "$lib" ] || { echo "no $lib"; exit 1; }
bad=0
names=$(nm -D --defined-only "$lib" | awk '{ print $3 }' | sort)
[ -n "$names" ] || { echo "nothing is exported"; bad=1; }
for n in $names; do
	case $n in
	claque_*) ;;
	__gcov*|__llvm*|__asan*|__odr_asan*|__ubsan*|__sancov*|__sanitizer*|mangle_path|writeout_fn) ;;	# instrumented builds
	*) echo "exported, but not claque_: $n"; bad=1 ;;
	esac
done
for need in $(objdump -p "$lib" | awk '/NEEDED/ { print $2 }'); do
	case $need in
	libc.so*|libm.so*|libpthread.so*|ld-linux*|libgcov*|libasan*|libubsan*|libclang_rt*|libgcc_s*|libdl.so*|librt.so*) ;;
	*) echo "libclaque needs $need"; bad=1 ;;
	esac
done
# Every function of the public headers is really there.
for n in $(sed -n 's/.*\<\(claque_[a-z0-9_]*\)(.*/\1/p' "${srcdir:-.}"/include/claque/*.h | sort -u); do
	printf '%s\n' "$names" | grep -qx "$n" || { echo "declared, but not exported: $n"; bad=1; }
done
# Debian's list of them, by which programs know which version they need.
for n in $(printf '%s\n' "$names" | grep '^claque_'); do
	grep -q "^ $n@Base " "${srcdir:-.}/packaging/debian/libclaque1.symbols" ||
		{ echo "packaging/debian/libclaque1.symbols: add the line ' $n@Base VERSION'"; bad=1; }
done
exit $bad
