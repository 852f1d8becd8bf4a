#!/bin/sh
# claque-method(7) has a paragraph on every signal: what it measures, what that
# is compared with, and a source with its year.
set -eu
src=${srcdir:-.}
page=$src/share/man/claque-method.7
bad=0
# "X(CO_URL, "co-url") \" of CLAQUE_SIGNAL_LIST.
names=$(sed -n '/define CLAQUE_SIGNAL_LIST/,/^$/s/^[[:space:]]*X([A-Z_]*, "\([a-z-]*\)").*/\1/p' \
	"$src/include/claque/signal.h")
[ "$(echo "$names" | wc -l)" -ge 20 ] || { echo "the list of signals was not found"; bad=1; }
for name in $names; do
	paragraph=$(sed 's/\\-/-/g' "$page" | awk -v head=".BR $name " '
		index($0, head) == 1 { inside = 1; next }
		/^\.(TP|SH|PP)/ { inside = 0 }
		inside')
	[ -n "$paragraph" ] || { echo "$page: no paragraph on $name"; bad=1; continue; }
	echo "$paragraph" | grep -q 'Background: ' || { echo "$page: $name: no background"; bad=1; }
	echo "$paragraph" | grep -Eq '(19|20)[0-9][0-9]' || { echo "$page: $name: no source"; bad=1; }
done
if command -v mandoc >/dev/null; then
	mandoc -T lint -W warning "$page" || { echo "$page: not clean"; bad=1; }
fi
exit $bad
