#!/bin/sh
# coverage.sh - lines that the tests ran, per folder of src/, after `make check` in a build
# with --enable-coverage; FILES=1 prints each file. A file that is compiled twice (a test
# with a unit of its own) counts by what ran more of it.
set -eu
find . -name '*.gcda' -path '*src*' | grep -q . || {
	echo "no counts here: CC=gcc ../configure --enable-coverage CFLAGS='-O0 -g' && make coverage"
	exit 1
}
find . -name '*.gcda' -path '*src*' -exec gcov -n {} + 2>/dev/null | awk -v each="${FILES:-}" '
	/^File / {
		file = $2
		gsub(/\047/, "", file)
		keep = sub(/^.*src\//, "src/", file) && file ~ /^src\/[a-z]+\/[a-z0-9_]+\.[ch]$/
		next
	}
	/^Lines executed:/ && keep {
		share = $2; sub(/executed:/, "", share); sub(/%/, "", share)
		n = $NF
		ran = int(share * n / 100 + 0.5)
		if (!(file in lines) || ran > covered[file]) {
			lines[file] = n
			covered[file] = ran
		}
		keep = 0
	}
	END {
		for (file in lines) {
			split(file, part, "/")
			all[part[2]] += lines[file]
			run[part[2]] += covered[file]
			total += lines[file]
			done += covered[file]
			if (each != "")
				printf "%6.2f %% %6d of %6d  %s\n", 100 * covered[file] / lines[file], covered[file], lines[file], file | "sort -n"
		}
		close("sort -n")
		for (folder in all)
			printf "%-10s %6.2f %%  %6d of %6d lines\n", folder, 100 * run[folder] / all[folder], run[folder], all[folder] | "sort"
		close("sort")
		printf "%-10s %6.2f %%  %6d of %6d lines\n", "all", 100 * done / total, done, total
	}'
