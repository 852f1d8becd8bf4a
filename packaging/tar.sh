#!/bin/sh
# tar.sh FOLDER - what `make dist` packs with: the same bytes whoever packs, where, when
# and under whatever umask. Sorted, owned by nobody in particular, one time for all
# files: SOURCE_DATE_EPOCH, else that of the last commit, else of configure.ac, which in
# an unpacked archive is the archive's own. Where tar is not GNU's, an archive all the same.
set -eu
tar=${TAR-tar}
top=${srcdir:-$(dirname "$0")/..}
epoch=${SOURCE_DATE_EPOCH:-}
[ -n "$epoch" ] || [ ! -e "$top/.git" ] || epoch=$(git -C "$top" log -1 --format=%ct 2>/dev/null || :)
[ -n "$epoch" ] || epoch=$(stat -c %Y "$1/configure.ac" 2>/dev/null || stat -f %m "$1/configure.ac")
case $("$tar" --version 2>/dev/null) in
*GNU*)
	exec "$tar" --format=ustar --sort=name --mtime="@$epoch" --owner=0 --group=0 \
		--numeric-owner --mode=u+rw,go=rX -chf - "$1" ;;
*)
	echo "tar.sh: $tar is not GNU tar: the archive is good, but another one each time" >&2
	exec "$tar" -chf - "$1" ;;
esac
