#!/bin/sh
# What claque writes is for its user alone (files 0600, folders 0700), however open the
# umask; what is open to others already is said to be.
. "${srcdir:-.}/tests/cli/lib.sh"
cd "$work" || exit 1
umask 000
mkdir -m 700 made

status 0 "$claque" generate --posts 10000 --seed 3 --out made/case.claque
status 0 "$claque" score made/case.claque
status 0 "$claque" key new made/my.key
formats=$("$claque" export --help | sed -n '/^FORMATS/,$s/^  *\([a-z-]*\)   *.*/\1/p')
[ "$(echo "$formats" | wc -w)" -ge 15 ] || complain "these are not all formats: $formats"
for format in $formats; do
	status 0 "$claque" export made/case.claque --to "$format" --out "made/$format"
done
status 0 "$claque" export made/case.claque --to bag --sign made/my.key --inputs --out made/signed
mv made/bundle made/bundle.ndjson
status 0 "$claque" import made/second.claque made/bundle.ndjson
find made -perm /077 >wide
[ -s wide ] && complain "open to others: $(cat wide)"
[ "$(find made -type f | wc -l)" -ge 35 ] || complain "only $(find made -type f | wc -l) files"

# An older, wider file gives way to a narrow one.
chmod 644 made/dot
status 0 "$claque" export made/case.claque --to dot --out made/dot --replace
[ "$(stat -c %a made/dot)" = 600 ] || complain "a replaced export stayed open to others"

status 0 "$claque" leads made/case.claque
grep -q 'chmod' err && complain "a case of the user alone is warned of"
chmod 640 made/case.claque
status 0 "$claque" leads made/case.claque
says "others on this machine may read 'made/case.claque' (mode 640): chmod 600"
chmod 755 made/bag
status 0 "$claque" verify made/bag
says "others on this machine may read the folder 'made/bag' (mode 755)"
finish
