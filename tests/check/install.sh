#!/bin/sh
# What `make install` puts in place is enough for somebody else: a program from
# outside the tree finds, links and runs libclaque. `make uninstall` leaves
# nothing behind.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dest=$work/dest
bad=0
complain() { echo "$*"; bad=1; }
setting() { sed -n "s/^$1 = //p" Makefile; }

# A make of its own: not the jobs and flags of the one that runs the tests.
unset MAKEFLAGS MFLAGS MAKELEVEL DESTDIR
make install DESTDIR="$dest" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
root=$dest$(setting prefix)
[ -x "$root/bin/claque" ] || complain "no program"
[ "$("$root/bin/claque" version)" = "$(./claque version)" ] || complain "another program"
for name in '' $(./claque doc commands | sed 's/^/-/'); do
	[ -s "$root/share/man/man1/claque$name.1" ] || complain "no man page claque$name"
done
for f in share/man/man3/libclaque.3 share/man/man7/claque-formats.7 share/man/man7/claque-scenario.7 share/claque/scenarios/who-is-who.conf share/claque/formats/social-posts.map share/bash-completion/completions/claque share/zsh/site-functions/_claque \
	share/doc/claque/README.md share/doc/claque/NEWS share/doc/claque/LICENSE \
	share/doc/claque/ARCHITECTURE share/doc/claque/example.c lib/libclaque.so lib/libclaque.so.1 lib/pkgconfig/claque.pc; do
	[ -s "$root/$f" ] || complain "no $f"
done
for h in "${srcdir:-.}"/include/claque/*.h; do
	cmp -s "$h" "$root/include/claque/${h##*/}" || complain "no ${h##*/} where <claque/...> is looked for"
done
for name in $(sed -n 's/.*\<\(claque_[a-z0-9_]*\)(.*/\1/p' "${srcdir:-.}"/include/claque/*.h | sort -u); do
	grep -q "$name(" "$root/share/man/man3/libclaque.3" || complain "libclaque(3) does not name $name"
done
if command -v mandoc >/dev/null; then
	mandoc -T lint -W error "$root/share/man/man3/libclaque.3" || complain "libclaque.3 is not clean"
fi
objdump -p "$root/lib/libclaque.so" | grep -q 'SONAME.*libclaque\.so\.1$' || complain "the soname is not libclaque.so.1"

# The example that is installed with it, built as its first lines say.
pc="pkg-config --define-variable=prefix=$root"
# Flags split on purpose; a build with sanitizers wants them in the program too.
# shellcheck disable=SC2046
[ "$(wc -l <"$root/share/doc/claque/example.c")" -le 60 ] || complain "the example is longer than a page"
if PKG_CONFIG_PATH=$root/lib/pkgconfig && export PKG_CONFIG_PATH &&
   ${CC:-cc} $(setting SAN_FLAGS) -Wall -Wextra -Werror $($pc --cflags claque) \
	-o "$work/example" "$root/share/doc/claque/example.c" $($pc --libs claque); then
	(cd "$work" && LD_LIBRARY_PATH=$root/lib ./example) >"$work/said" || complain "the example fails"
	grep -q '^unassessed coordination: 12 accounts$' "$work/said" && [ "$(wc -l <"$work/said")" -eq 2 ] &&
		grep -q '^number-0 is a member: ' "$work/said" || {
		complain "the example says:"
		cat "$work/said"
	}
else
	complain "a program from outside does not build"
fi

make uninstall DESTDIR="$dest" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
left=$(find "$dest" ! -type d)
[ -z "$left" ] || complain "uninstall leaves: $left"
exit $bad
