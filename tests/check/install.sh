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
for f in share/bash-completion/completions/claque share/zsh/site-functions/_claque \
	share/doc/claque/README.md share/doc/claque/NEWS share/doc/claque/LICENSE \
	share/doc/claque/ARCHITECTURE lib/libclaque.so lib/libclaque.so.1 lib/pkgconfig/claque.pc; do
	[ -s "$root/$f" ] || complain "no $f"
done
for h in "${srcdir:-.}"/include/claque/*.h; do
	cmp -s "$h" "$root/include/claque/${h##*/}" || complain "no ${h##*/} where <claque/...> is looked for"
done
objdump -p "$root/lib/libclaque.so" | grep -q 'SONAME.*libclaque\.so\.1$' || complain "the soname is not libclaque.so.1"

cat >"$work/outside.c" <<'C'
#include <stdio.h>
#include <claque/cluster.h>
#include <claque/dataset.h>

/* Two triangles that one weak link joins are two communities. */
int
main(void)
{
	const struct claque_link links[] = {
		{ 0, 1, 1 }, { 1, 2, 1 }, { 0, 2, 1 },
		{ 3, 4, 1 }, { 4, 5, 1 }, { 3, 5, 1 }, { 2, 3, 0.1 },
	};
	const struct claque_cluster_settings settings = { CLAQUE_MODULARITY, 1, 7, 0 };
	const struct claque_progress none = { 0 };
	uint32_t membership[6], communities;
	struct claque_err err = { 0 };
	double quality;

	if (claque_cluster_leiden(6, links, 7, &settings, &none, membership, &communities,
				  &quality, &err) != CLAQUE_OK)
		return 1;
	printf("%u communities\n", (unsigned)communities);
	return 0;
}
C
pc="pkg-config --define-variable=prefix=$root"
# Flags split on purpose; a build with sanitizers wants them in the program too.
# shellcheck disable=SC2046
if PKG_CONFIG_PATH=$root/lib/pkgconfig && export PKG_CONFIG_PATH &&
   ${CC:-cc} $(setting SAN_FLAGS) -Wall -Werror $($pc --cflags claque) -o "$work/outside" \
	"$work/outside.c" $($pc --libs claque); then
	said=$(cd "$work" && LD_LIBRARY_PATH=$root/lib ./outside)
	[ "$said" = "2 communities" ] || complain "a program from outside says: $said"
else
	complain "a program from outside does not build"
fi

make uninstall DESTDIR="$dest" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
left=$(find "$dest" ! -type d)
[ -z "$left" ] || complain "uninstall leaves: $left"
exit $bad
