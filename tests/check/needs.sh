#!/bin/sh
# Every library that the program asks for has a reason in src/ARCHITECTURE, and a line
# in packaging/README.md; one without is found.
set -eu
command -v readelf >/dev/null && readelf -h .libs/libclaque.so >/dev/null 2>&1 || {
	echo "skipped: no readelf, or no ELF files here"
	exit 77
}
[ -z "$(sed -n 's/^SAN_FLAGS = //p' Makefile)" ] || { echo "skipped: sanitizers need libraries of their own"; exit 77; }
export srcdir="${srcdir:-.}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0
sh "$srcdir/packaging/footprint.sh" ./claque >"$work/table" || bad=1

# Sizes and versions are of one system, and words may be newer in src/ARCHITECTURE.
awk -F ' [|] ' '/^\| lib/ { sub(/\.so.*/, "", $1); print $1 " " $4 }' "$work/table" | sort >"$work/is"
awk -F ' [|] ' '/^\| lib/ { sub(/\.so.*/, "", $1); print $1 " " $4 }' "$srcdir/packaging/README.md" | sort >"$work/told"
grep -q '^| libsqlite3 store$' "$work/is" || { echo "the table was not read"; bad=1; }
missing=$(comm -23 "$work/is" "$work/told")
[ -z "$missing" ] || {
	echo "packaging/README.md does not tell (make footprint prints the table):"
	echo "$missing"
	bad=1
}

# That it would be seen: a program with a library that nobody gave a reason for.
mkdir -p "$work/src"
grep -v libpsl "$srcdir/src/ARCHITECTURE" >"$work/src/ARCHITECTURE"
env srcdir="$work" sh "$srcdir/packaging/footprint.sh" ./claque >/dev/null 2>"$work/said" &&
	{ echo "a library without a reason is not found"; bad=1; }
grep -q '^libpsl.so.*no reason' "$work/said" || { echo "it is not named"; bad=1; }
exit $bad
