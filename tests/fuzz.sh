#!/bin/sh
# usage: fuzz.sh RUNS FUZZER...
#
# Runs each libFuzzer program RUNS times with a fixed seed, starting from the
# files of tests/fuzz/NAME.corpus/ if there are any.  Prints the report of one
# that fails, and a line of counts.
set -u
runs=$1
shift
dir=$(mktemp -d "${TMPDIR:-/tmp}/notes-fuzz-XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
passed=0 failed=0
for fuzzer; do
	name=${fuzzer##*/}
	mkdir "$dir/$name"
	corpus=tests/fuzz/$name.corpus
	test -d "$corpus" || corpus=
	# shellcheck disable=SC2086
	if "$fuzzer" -runs="$runs" -seed=1 -max_len=4096 -timeout=10 \
	    -rss_limit_mb=2048 -artifact_prefix="$dir/" -print_final_stats=0 \
	    "$dir/$name" $corpus >"$dir/$name.log" 2>&1; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "== $name"
		tail -n 40 "$dir/$name.log"
		# The input, so that it can become a test.
		for input in "$dir"/crash-* "$dir"/timeout-* "$dir"/oom-*; do
			test ! -f "$input" || od -An -v -tx1 -c "$input"
		done
		rm -f "$dir"/crash-* "$dir"/timeout-* "$dir"/oom-*
	fi
done
echo "$passed passed, $failed failed, 0 skipped"
test "$failed" -eq 0
