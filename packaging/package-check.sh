#!/usr/bin/env bash
# package-check.sh TARBALL FOLDER - Debian's packages from the archive that make dist made,
# looked at by lintian, and used as somebody else would on a Debian that has nothing:
# installed, tried, built against, removed and purged, and nothing may be left. FOLDER
# keeps the packages and, for the next time, the bare system that debootstrap makes
# (PACKAGE_MIRROR says from where).
set -euo pipefail
tarball=$(realpath "$1")
keep=$(realpath -m "$2")
here=$(realpath "$(dirname "$0")")
mirror=${PACKAGE_MIRROR:-http://deb.debian.org/debian}
codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
unset MAKEFLAGS MFLAGS MAKELEVEL DESTDIR
umask 022

step() { printf '\n== %s\n' "$*"; }
die() { printf 'package-check: %s\n' "$*" >&2; exit 1; }

missing=
for tool in dh dpkg-buildpackage lintian fakeroot; do
	command -v $tool >/dev/null || missing="$missing $tool"
done
[ -z "$missing" ] || die "not here:$missing; apt-get install debhelper dpkg-dev lintian fakeroot debootstrap"
work=$keep/work	# always the same, for compiler caches
trap 'rm -rf --one-file-system "$work"' EXIT
rm -rf --one-file-system "$work"
mkdir -p "$work"

step "the archive is the same, byte for byte, made elsewhere, later and under another umask"
sh "$here/dist-twice.sh" "$tarball"

step "packages from $(basename "$tarball")"
version=$(basename "$tarball" .tar.xz)
version=${version#claque-}
cp "$tarball" "$work/claque_$version.orig.tar.xz"
tar xf "$tarball" -C "$work"
tree=$work/claque-$version
cp -r "$tree/packaging/debian" "$tree/debian"
(cd "$tree" && dpkg-buildpackage -us -uc --jobs="$(nproc)") >"$keep/build.log" 2>&1 || {
	tail -n 40 "$keep/build.log"
	die "they do not build; all of it is in $keep/build.log"
}
rm -f "$keep"/*.deb
cp "$work"/*.deb "$work"/*.dsc "$work"/*.changes "$work"/*.buildinfo "$work"/*.tar.xz "$keep"
(cd "$keep" && ls -l -- *.deb) | awk '{ print $5, $9 }'

step "lintian: errors, warnings and what it only remarks"
lintian --allow-root --display-info --fail-on error,warning,info "$work"/*.changes
echo "clean"

step "what they take, and what they stand on"
dpkg-deb -x "$keep"/claque_"$version"*.deb "$work/looked-at"
srcdir=$tree sh "$tree/packaging/footprint.sh" "$work/looked-at/usr/bin/claque" "$keep"/*.deb

[ "$(id -u)" -eq 0 ] || die "the packages are built and clean; a bare system to install them on needs root: sudo make package-check"
command -v debootstrap >/dev/null || die "no debootstrap here"

step "a bare Debian $codename"
bare=$keep/debian-$codename.tar
root=$work/root
mkdir "$root"
if [ ! -e "$bare" ]; then
	debootstrap --variant=minbase "$codename" "$root" "$mirror" >"$keep/debootstrap.log" 2>&1 ||
		die "debootstrap failed; see $keep/debootstrap.log"
	tar cf "$bare.part" --numeric-owner -C "$root" . && mv "$bare.part" "$bare"
else
	tar xf "$bare" --numeric-owner -C "$root"
fi
cp /etc/resolv.conf "$root/etc/resolv.conf"
inside() {
	chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 \
		DEBIAN_FRONTEND=noninteractive "$@"
}
# Somebody without rights, whose own files are below a folder that is taken away at the end.
as_user() {
	chroot --userspec=65534:65534 "$root" env -i PATH=/usr/bin:/bin LC_ALL=C.UTF-8 \
		HOME=/trial "$@"
}
apt() { inside apt-get -q -y --no-install-recommends -o Dpkg::Use-Pty=0 "$@"; }
files() {	# all but what apt and dpkg write down about what they did
	(cd "$root" && find . -xdev \( -path ./proc -o -path ./sys -o -path ./dev -o -path ./tmp -o -path ./debs \
		-o -path ./var/lib/apt -o -path ./var/lib/dpkg -o -path ./var/cache -o -path ./var/log \) \
		-prune -o -print | LC_ALL=C sort)
}
packages() { inside dpkg-query -W -f '${Package} ${Installed-Size}\n' | LC_ALL=C sort; }
quietly() { "$@" >"$work/said" 2>&1 || { cat "$work/said"; die "failed: $*"; }; }

mkdir "$root/debs" "$keep/archives" 2>/dev/null || :
cp "$keep"/*.deb "$root/debs"
cp "$keep"/archives/*.deb "$root/var/cache/apt/archives/" 2>/dev/null || :
quietly apt update
files >"$work/before"
packages >"$work/packages-before"
echo "$(wc -l <"$work/packages-before") packages, $(wc -l <"$work/before") files"

named() { (cd "$root" && printf '/%s' debs/"$1"_*.deb); }
step "install claque and libclaque1"
quietly apt install "$(named claque)" "$(named libclaque1)"
packages | LC_ALL=C comm -13 "$work/packages-before" - |
	awk '{ n++; kib += $2; print "  " $0 " KiB" } END { print n " packages, " kib " KiB" }'

step "use it"
mkdir "$root/trial"
chown 65534:65534 "$root/trial"
as_user claque --version
as_user claque demo </dev/null 2>/dev/null | sed -n 1,6p
case=$(cd "$root" && find trial -name '*.claque')
as_user claque verify "/$case" | tail -n 4
as_user claque lesson list | sed -n 1,3p
for page in man1/claque.1 man1/claque-import.1 man5/claque.conf.5 man7/claque-method.7; do
	[ -s "$root/usr/share/man/$page.gz" ] || die "no page $page"
done

step "build a program against libclaque-dev"
quietly apt install "$(named libclaque-dev)" gcc libc6-dev pkg-config
[ -s "$root/usr/share/man/man3/libclaque.3.gz" ] || die "no page libclaque(3)"
as_user sh -ec 'cd /trial
	cc -Wall -Wextra -Werror -o example /usr/share/doc/libclaque-dev/examples/example.c $(pkg-config --cflags --libs claque)
	./example'

step "remove, then purge"
cp "$root"/var/cache/apt/archives/*.deb "$keep/archives/" 2>/dev/null || :
rm -rf "$root/trial"
quietly apt remove claque libclaque1 libclaque-dev
inside dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' 'claque*' 'libclaque*' 2>/dev/null || echo "none is known any more"
quietly inside dpkg --purge claque libclaque1 libclaque-dev
quietly apt purge gcc libc6-dev pkg-config
quietly apt autoremove --purge
files | LC_ALL=C comm -13 "$work/before" - >"$work/left"
[ ! -s "$work/left" ] || { head -n 20 "$work/left"; die "$(wc -l <"$work/left") files are left"; }
packages | LC_ALL=C comm -13 "$work/packages-before" - | grep . && die "packages are left"
echo "nothing is left"
