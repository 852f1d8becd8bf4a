#!/bin/sh
# dist-twice.sh TARBALL - a second archive, made of what is in the first: in another folder, at
# another time, with other times on files, under another umask. Byte for byte the same, or
# the status is 1.
set -eu
tarball=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset MAKEFLAGS MFLAGS MAKELEVEL SOURCE_DATE_EPOCH
umask 077
mkdir "$work/elsewhere" && cd "$work/elsewhere"
tar xf "$tarball"
cd ./*/
find src share tests -name '[a-m]*' -exec touch -d 2001-02-03 {} +
mkdir here && cd here
{ ../configure -q && make -s dist; } >"$work/log" 2>&1 || { tail -n 20 "$work/log"; exit 1; }
sha256sum "$tarball" "$PWD"/*.tar.xz
cmp "$tarball" ./*.tar.xz
