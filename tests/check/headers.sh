#!/bin/sh
# Each header compiles alone, and twice (its guard works).
set -eu
top=${srcdir:-.}
bad=0
for h in $(cd "$top" && find include src -name '*.h' | sort); do
	n=${h#include/}
	n=${n#src/}
	printf '#include "config.h"\n#include "%s"\n#include "%s"\nextern int unit_not_empty;\n' "$n" "$n" |
	${CC:-cc} -std=gnu17 -Wall -Wextra -Werror -I. -I"$top/include" -I"$top/src" \
		-x c -fsyntax-only - || { echo "$h does not stand alone"; bad=1; }
done
# The installed ones, also without config.h and from C++'s point of view of guards.
for h in $(cd "$top/include" && find claque -name '*.h' | sort); do
	printf '#include <%s>\nextern int unit_not_empty;\n' "$h" |
	${CC:-cc} -std=c11 -Wall -Wextra -Werror -I"$top/include" -x c -fsyntax-only - ||
		{ echo "$h is not fit to be installed"; bad=1; }
done
exit $bad
