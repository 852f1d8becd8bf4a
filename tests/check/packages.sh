#!/bin/sh
# What configure.ac asks for is what each distribution's package asks for, in its own words,
# and all are of one version. Where the tools are, the spec and the formula are parsed.
set -eu
srcdir=${srcdir:-.}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# asked CONFIGURE_AC: "name >= version" of each library that the program stands on, and of
# libcsv, which has no file for pkg-config.
asked() {
	sed -n '/^# What the program stands on/,/^# For the tests only/s/^PKG_CHECK_MODULES(\[[A-Z0-9]*\], \[\(.*\)\])$/\1/p' "$1"
	grep -q 'AC_CHECK_LIB(\[csv\]' "$1" && echo csv
}

version() {
	sed -n 's/^AC_INIT(\[claque\], \[\([^]]*\)\].*/\1/p' "$1"
}

in_spec() {
	case $1 in
	csv)	echo libcsv-devel ;;
	*)	echo "pkgconfig(${1%% *})${1#"${1%% *}"}" ;;
	esac
}

in_formula() {
	case ${1%% *} in
	csv)		echo libcsv ;;
	icu-uc)		echo icu4c ;;
	lept)		echo leptonica ;;
	libcurl)	echo curl ;;
	libpcre2-8)	echo pcre2 ;;
	ncursesw)	echo ncurses ;;
	sqlite3)	echo sqlite ;;
	*)		echo "${1%% *}" ;;
	esac
}

in_debian() {
	case ${1%% *} in
	csv)		echo libcsv-dev ;;
	expat)		echo libexpat1-dev ;;
	icu-uc)		echo libicu-dev ;;
	jansson)	echo libjansson-dev ;;
	lept)		echo libleptonica-dev ;;
	libcurl)	echo libcurl4-openssl-dev ;;
	libpcre2-8)	echo libpcre2-dev ;;
	ncursesw)	echo libncurses-dev ;;
	sqlite3)	echo libsqlite3-dev ;;
	*)		echo "${1%% *}-dev" ;;
	esac
}

# agree NAME IN...: both lists, or what only one of them has.
agree() {
	asked "$1" | while read -r line; do "in_$2" "$line"; done | sort >"$work/asked"
	sort >"$work/named"
	[ "$(wc -l <"$work/asked")" -gt 8 ] || { echo "configure.ac was not read"; return 1; }
	cmp -s "$work/asked" "$work/named" && return
	echo "packaging: what configure.ac and the $2 name is not the same:"
	diff "$work/asked" "$work/named" | grep '^[<>]'
	return 1
}

# check FOLDER: configure.ac and packaging/ of this source tree.
check() {
	bad=0
	ac=$1/configure.ac is=$(version "$1/configure.ac")
	sed -n 's/^BuildRequires: *//p' "$1/packaging/claque.spec" | grep -vx -e gcc -e make -e pkgconfig |
		agree "$ac" spec || bad=1
	sed -n 's/^  depends_on "\([^"]*\)"$/\1/p' "$1/packaging/claque.rb" | agree "$ac" formula || bad=1
	sed -n '/^Build-Depends:/,/^$/s/^ \([^ ]*\),$/\1/p' "$1/packaging/debian/control" | grep -vx pkg-config |
		agree "$ac" debian || bad=1
	grep -qx "Version: *$is" "$1/packaging/claque.spec" || { echo "claque.spec is not of $is"; bad=1; }
	grep -q "^  url .*/claque-$is.tar.xz\"\$" "$1/packaging/claque.rb" || { echo "claque.rb is not of $is"; bad=1; }
	sed -n 1p "$1/packaging/debian/changelog" | grep -q "^claque ($is-" || { echo "debian/changelog is not of $is"; bad=1; }
	return $bad
}

status=0
check "$srcdir" || status=1
if command -v rpmspec >/dev/null; then
	rpmspec -q --define "_topdir $work" "$srcdir/packaging/claque.spec" >"$work/rpms" 2>&1 &&
		[ "$(wc -l <"$work/rpms")" -eq 3 ] || { cat "$work/rpms"; status=1; }
fi
if command -v ruby >/dev/null; then
	ruby -c "$srcdir/packaging/claque.rb" >"$work/ruby" 2>&1 || { cat "$work/ruby"; status=1; }
fi

# That it would be seen: another library, a newer one, a version.
for change in 's/\[expat >= 2.4\]/[zlib >= 1.2]/' \
	's/libpsl >= 0.20/libpsl >= 0.21/' 's/^AC_INIT(\[claque\], \[/&9./'; do
	rm -rf "$work/other"
	mkdir "$work/other"
	ln -s "$(cd "$srcdir" && pwd)/packaging" "$work/other/packaging"
	sed "$change" "$srcdir/configure.ac" >"$work/other/configure.ac"
	! check "$work/other" >/dev/null || { echo "not seen: $change"; status=1; }
done
exit $status
