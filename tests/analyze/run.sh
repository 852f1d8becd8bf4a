#!/usr/bin/env bash
# run.sh TOOL FOLDER... - what cppcheck, clang-tidy, clang's analyzer or gcc -fanalyzer find
# in these folders of src/ that tests/analyze/known does not give a reason for. The status
# is 1 if there is anything, 77 where the tool is not installed. Run in the build folder, by
# `make analyze`. The analyzer of clang takes a hundred times what the rest of clang-tidy does:
# what the two that follow paths said of a file is kept beside the build, and is said again
# as long as the preprocessor makes the same of that file.
set -u
tool=$1
shift
top=$(realpath "${srcdir:-..}")
build=$PWD
known=$top/tests/analyze/known
case $tool in
cppcheck|clang-tidy)	command -v "$tool" >/dev/null ;;
clang-analyzer)		command -v clang-tidy >/dev/null ;;
gcc)			gcc -fanalyzer -E -x c /dev/null >/dev/null 2>&1 ;;
*)			echo "run.sh: cppcheck, clang-tidy, clang-analyzer or gcc, not $tool"; exit 2 ;;
esac || { echo "skipped: no $tool here"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The flags of every folder in one: this looks, it links nothing. base_oom() does not return;
# clang's analyzer believes that of a pointer only in the function that calls it.
flags=('-Dbase_oom()=__builtin_trap()' -DHAVE_CONFIG_H "-I$build" -Iinclude -Isrc '-DPKGDATADIR="/usr/share/claque"')
for f in SQLITE PCRE2 ICU PSL NCURSES JANSSON EXPAT ARCHIVE SODIUM LEPTONICA CURL IGRAPH; do
	read -ra more <<<"$(sed -n "s/^${f}_CFLAGS = //p" Makefile)"
	flags+=(${more[@]+"${more[@]}"})
done

# paths FILE: what an analyser that follows paths says of it. That it fails is a finding too,
# and is not kept.
kept=$build/analyzed
mkdir -p "$kept"
find "$kept" -type f -mtime +30 -delete
paths() {
	local file=$1 plain=gcc key status
	# shellcheck disable=SC2086 # words, none of which has a space
	if [ "$tool" = gcc ]; then
		set -- gcc -std=gnu17 -O1 -fanalyzer $words -fdiagnostics-plain-output -c -o /dev/null "$file"
	else
		plain=clang
		set -- clang-tidy --quiet '-checks=-bugprone-*,-cert-*,-misc-*,-performance-*,-portability-*' \
			"$file" -- -std=gnu17 $words
	fi
	# shellcheck disable=SC2086
	key=$kept/$({ "$1" --version; echo "$*"; cat .clang-tidy; "$plain" -std=gnu17 -E $words "$file"; } |
		sha256sum | cut -c-64)
	if [ -e "$key" ]; then
		touch "$key"
		cat "$key"
		return
	fi
	"$@" >"$key.$$" 2>&1
	status=$?
	cat "$key.$$"
	if [ "$status" -eq 0 ]; then
		mv "$key.$$" "$key"
	else
		rm "$key.$$"
		echo "$file:1: error: the analyser ends with status $status [gave-up]"
	fi
}
words=${flags[*]}
export tool kept words
export -f paths
line=': (warning|error): .*\['

look() {	# look FILE...: file:line:...: ... [check]
	case $tool in
	cppcheck)	# with the configuration of this build alone; c11 is the newest it knows
		cppcheck -q --std=c11 --enable=warning,performance,portability -j "$(nproc)" \
			"${flags[@]}" --suppress=missingInclude --suppress=missingIncludeSystem \
			--template='{file}:{line}: {message} [{id}]' "$@" 2>&1 ;;
	clang-tidy)	# four files each: to start it takes longer than to look
		printf '%s\0' "$@" | xargs -0 -n 4 -P "$(nproc)" sh -c 'clang-tidy --quiet "$@" -- $0' \
			"-std=gnu17 ${flags[*]}" '-checks=-clang-analyzer-*' 2>/dev/null | grep -E "$line" ;;
	*)
		printf '%s\0' "$@" | xargs -0 -n 1 -P "$(nproc)" bash -c 'paths "$0"' | grep -E "$line" ;;
	esac
}

cd "$top" || exit 2
files=()
for folder in "$@"; do
	files+=("src/$folder"/*.c)
done
look "${files[@]}" | sed "s,^$PWD/,," | sort -u >"$work/found"
# A line of known: TOOL FILE CHECK REASON; * is any.
awk -v tool="$tool" '
	FNR == NR {
		if ($0 !~ /^(#|$)/ && $1 == tool)
			reason[$2 " " $3] = NR
		next
	}
	{
		file = $0; sub(/:.*/, "", file)
		check = $0; sub(/.*\[/, "", check); sub(/\].*/, "", check); sub(/,.*/, "", check)
		for (key in reason) {
			split(key, k, " ")
			if ((k[1] == "*" || k[1] == file) && (k[2] == "*" || k[2] == check))
				next
		}
		print
		found = 1
	}
	END { exit found }' "$known" "$work/found"
new=$?
echo "$tool: ${#files[@]} files, $(wc -l <"$work/found") findings, $([ "$new" -eq 0 ] && echo "all known" || echo "those above are new")"
exit "$new"
