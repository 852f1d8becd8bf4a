#!/bin/sh
# Every #include may only point down, and a library has one folder that sees it.
# The two tables are the architecture; src/ARCHITECTURE tells the why.
set -eu
src=${srcdir:-.}/src
allowed() {
	case "$1" in
	base)			echo "base claque" ;;
	text)			echo "base claque" ;;
	model)			echo "base claque" ;;
	engine)			echo "base text claque" ;;
	store|import|export)	echo "base text model claque" ;;
	case|scenario|remote)	echo "base text model store claque" ;;
	app)			echo "base text model store import export case scenario remote claque" ;;
	tui)			echo "base text model app claque" ;;
	cli)			echo "base text model store import export case scenario remote app tui claque" ;;
	*)			echo "" ;;
	esac
}
owner() {
	case "$1" in
	curses.h|ncurses.h|term.h)	echo tui ;;
	sqlite3.h)			echo store ;;
	csv.h|archive.h|archive_entry.h|expat.h|allheaders.h) echo import ;;
	pcre2.h|jansson.h|unicode/*|libpsl.h) echo text ;;
	sodium.h)			echo base ;;
	curl/*)				echo remote ;;
	*)				echo any ;;
	esac
}
bad=0
for dir in "$src"/*/; do
	mod=$(basename "$dir")
	[ -n "$(allowed "$mod")" ] || { echo "src/$mod: no layer of that name"; bad=1; }
	for f in "$dir"*.[ch]; do
		[ -e "$f" ] || continue
		for inc in $(sed -n 's/^#[[:space:]]*include "\([a-z]*\)\/.*/\1/p' "$f"); do
			case " $(allowed "$mod") $mod " in
			*" $inc "*) ;;
			*) echo "$f: $mod must not include $inc/"; bad=1 ;;
			esac
		done
		for sys in $(sed -n 's/^#[[:space:]]*include <\([^>]*\)>.*/\1/p' "$f"); do
			o=$(owner "$sys")
			[ "$o" = any ] || [ "$o" = "$mod" ] || {
				echo "$f: only $o/ may include <$sys>"; bad=1; }
		done
	done
done
exit $bad
