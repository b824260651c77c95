#!/bin/sh
# usage: coverage.sh BUILD
#
# Prints the line coverage of each layer, and of each file below 80 percent,
# from what a build with --coverage left in BUILD.  Covered is not tested: see
# docs/SAFETY.md on mutants.
set -u
cd "$(dirname "$0")/.." || exit 1
find "$1/obj" -name '*.gcda' | sort | xargs -r gcov -n 2>/dev/null | awk '
	/^File / { file = $2; gsub(/\047/, "", file) }
	/^Lines executed:/ && file ~ /^src\// {
		split($0, part, /[:% ]+/)
		percent = part[3]; lines = $NF
		split(file, dir, "/")
		layer = file ~ /^src\/[^\/]*$/ ? "main" : dir[2]
		total[layer] += lines; hit[layer] += lines * percent / 100
		all += lines; all_hit += lines * percent / 100
		if (percent < 80)
			low[file] = percent
		file = ""
	}
	END {
		for (l in total)
			printf "%-9s %5.1f%% of %d lines\n", l, \
			    100 * hit[l] / total[l], total[l] | "sort"
		close("sort")
		if (all)
			printf "%-9s %5.1f%% of %d lines\n", "all", \
			    100 * all_hit / all, all
		for (f in low)
			printf "  %5.1f%%  %s\n", low[f], f | "sort -n"
	}'
