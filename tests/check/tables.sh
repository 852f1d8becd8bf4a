#!/bin/sh
# What is told of the commands agrees with the table of commands.
set -eu
claque=./claque
bad=0
for name in $($claque doc commands); do
	$claque "$name" --help >/dev/null || { echo "$name: no help"; bad=1; }
	page=man/claque-$name.1
	[ -s "$page" ] || { echo "$name: no man page"; bad=1; continue; }
	$claque doc man "$name" | cmp -s - "$page" || { echo "$page is not what the table says"; bad=1; }
	grep -q "fB$name.fR" man/claque.1 || { echo "claque.1 does not name $name"; bad=1; }
	if command -v mandoc >/dev/null; then
		mandoc -T lint -W error "$page" || { echo "$page: not clean"; bad=1; }
	fi
	# Commands that the README shows must exist; the other way round is its choice.
done
# Every action and option has its place in claque.conf(5).
page=man/claque.conf.5
$claque doc man claque.conf | cmp -s - "$page" || { echo "$page is not what the table says"; bad=1; }
if command -v mandoc >/dev/null; then
	mandoc -T lint -W error "$page" || { echo "$page: not clean"; bad=1; }
fi
for name in $($claque doc conf | sed -n 's/^#map [^ ]* \([^ ]*\).*/\1/p; s/^#set \([^ ]*\).*/set \1/p' | sed 's/-/\\-/g' | sort -u); do
	grep -qF "$name" "$page" || { echo "$page does not name $name"; bad=1; }
done
# Every format has its place in claque-formats(7).
page=man/claque-formats.7
$claque doc man formats | cmp -s - "$page" || { echo "$page is not what the tables say"; bad=1; }
if command -v mandoc >/dev/null; then
	mandoc -T lint -W error "$page" || { echo "$page: not clean"; bad=1; }
fi
page=man/claque-scenario.7
$claque doc man scenario | cmp -s - "$page" || { echo "$page is not what the table says"; bad=1; }
if command -v mandoc >/dev/null; then
	mandoc -T lint -W error "$page" || { echo "$page: not clean"; bad=1; }
fi
for shown in $(sed -n 's/^ *\$\{0,1\} *claque \([a-z][a-z]*\) .*/\1/p' "${srcdir:-.}/README.md" | sort -u); do
	$claque doc commands | grep -qx "$shown" || { echo "README: no command '$shown'"; bad=1; }
done
if command -v bash >/dev/null; then bash -n share-made/claque.bash || bad=1; fi
if command -v zsh >/dev/null; then zsh -n share-made/_claque || bad=1; fi
exit $bad
