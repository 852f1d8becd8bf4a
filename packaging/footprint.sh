#!/bin/sh
# footprint.sh PROGRAM [PACKAGE.deb...] - what claque takes on a disk and stands on, as a
# table of Markdown: the libraries that the dynamic section of PROGRAM asks for, the
# reason for each from the table of src/ARCHITECTURE, sizes from dpkg. A library without
# a reason there is a failure: tests/check/needs.sh.
set -eu
program=$1
shift
reasons=${srcdir:-$(dirname "$0")/..}/src/ARCHITECTURE

# A size in KiB as one of the package database: installed files, rounded by dpkg-gencontrol.
size_of() {
	package=
	if command -v dpkg-query >/dev/null; then
		for file in /usr/lib/*/"$1" /lib/*/"$1" /usr/lib/"$1"; do
			[ -e "$file" ] || continue
			package=$(dpkg-query -S "$file" "$(readlink -f "$file")" 2>/dev/null |
				sed -n '1s/:.*//p' || :)
			[ -z "$package" ] || break
		done
	fi
	[ -n "$package" ] || { echo "- | -"; return; }
	dpkg-query -W -f '${Package} | ${Installed-Size} KiB\n' "$package" | head -n 1
}

# folder, name, reason of each library that has a line (and lines that go on) in the table.
table() {
	awk '/^One user for each library/ { on = 1; next }
		on && /^[^ ]/ { exit }
		!on { next }
		substr($0, 11, 1) ~ /[A-Za-z]/ && substr($0, 3, 8) ~ /^([a-z]+ *| +)$/ {
			if (name != "") print folder "\t" name "\t" why
			if (substr($0, 3, 1) != " ") folder = $1
			name = substr($0, 11)
			sub(/ .*/, "", name)
			why = substr($0, 23)
			next
		}
		/^ {22}[^ ]/ || /^                      [^ ]/ { why = why " " substr($0, 23); next }
		{ if (name != "") print folder "\t" name "\t" why; name = "" }
		END { if (name != "") print folder "\t" name "\t" why }' "$reasons"
}

# libsqlite3.so.0 is SQLite's, liblept.so.5 leptonica's: the one name begins with the other,
# or the reason names it (libtinfo).
reason_of() {
	table | awk -F '\t' -v so="$1" '
		function bare(name) {
			name = tolower(name)
			sub(/\.so.*/, "", name)
			sub(/^lib/, "", name)
			return name
		}
		BEGIN { want = bare(so) }
		{
			have = bare($2)
			words = " " tolower($3) " "
			if (index(have, want) == 1 || index(want, have) == 1 ||
			    words ~ ("[^a-z]lib" want "[^a-z0-9]")) {
				print $1 " | " $3
				found = 1
				exit
			}
		}
		END { exit !found }'
}

for deb in "$@"; do
	case $deb in *-dbgsym_*) continue ;; esac
	dpkg-deb -W --showformat='${Package} ${Installed-Size} KiB\n' "$deb"
done
[ $# -eq 0 ] || echo
echo '| library | Debian package | installed | in | why |'
echo '|---|---|---|---|---|'
missing=0
for so in $(readelf -d "$program" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | LC_ALL=C sort); do
	case $so in
	libc.so*|libm.so*|libpthread.so*|libdl.so*|librt.so*|ld-linux*|libgcc_s.so*)
		why="all | the C library" ;;
	*)
		why=$(reason_of "$so") || {
			echo "$so: src/ARCHITECTURE has no reason for it" >&2
			missing=1
			continue
		} ;;
	esac
	echo "| $so | $(size_of "$so") | $why |"
done
exit $missing
