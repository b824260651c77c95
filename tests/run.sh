#!/bin/sh
# usage: run.sh TEST...
#
# Runs test programs (cmocka) and test scripts (*.sh, TAP as tests/lib.sh
# prints it), JOBS at a time (2).  Prints the output of those that failed and
# nothing else, then one line: "N passed, N failed, N skipped".  A test that is
# not there, crashes, hangs for TEST_SECONDS (200) or ends otherwise than its
# own report says counts as one that failed.  Exit status 1 if any failed.
#
# NOTES names the program under test, for scripts.  TIMES=1 also prints what each
# test took, in seconds, longest first.
set -u
LC_ALL=C.UTF-8
export LC_ALL

# One test: writes FILE.out, and "passed failed skipped" to FILE.sum.
one() {
	file=$1 test=$2
	case $test in
	*.sh) set -- sh "$test" ;;
	*/*) set -- "$test" ;;
	*) set -- "./$test" ;;
	esac
	if test ! -e "$test"; then
		echo "$test was not built" >"$file.out"
		echo "0 1 0" >"$file.sum"
		return
	fi
	began=$(date +%s.%N)
	timeout -k 5 "${TEST_SECONDS:-200}" "$@" \
	    >"$file.out" 2>&1 </dev/null
	status=$?
	echo "$began $(date +%s.%N) $test" >"$file.time"
	# grep -a: output may hold bytes that are no text.
	grep -a '' "$file.out" | LC_ALL=C awk -v status="$status" '
		/^\[  PASSED  \] [0-9]+ test/ { passed += $4; told = 1 }
		/^\[  FAILED  \] [0-9]+ test/ { failed += $4; told = 1 }
		/^\[  SKIPPED \] [0-9]+ test/ { skipped += $4; told = 1 }
		/^ok .* # SKIP/ { skipped++; told = 1; next }
		/^ok / { passed++; told = 1 }
		/^not ok / { failed++; told = 1 }
		/^1\.\.0/ { told = 1 }
		END {
			if (status != 0 && !failed)
				failed = 1
			if (status == 0 && !told)
				passed = 1
			if (status == 0 && failed)
				status = 1
			print passed + 0, failed + 0, skipped + 0
		}' >"$file.sum"
	read -r _ failed _ <"$file.sum"
	test "$failed" -eq 0 && return
	test "$status" -lt 124 || echo "# ended with status $status" >>"$file.out"
}

if test "${1-}" = --one; then
	one "$2" "$3"
	exit 0
fi

top=$(dirname "$0")/..
cd "$top" || exit 1
dir=$(mktemp -d "${TMPDIR:-/tmp}/notes-run-XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 130' INT TERM

n=1000
for test; do
	n=$((n + 1))
	printf '%s\n%s\n' "$dir/$n" "$test"
done | xargs -r -d '\n' -n 2 -P "${JOBS:-2}" sh tests/run.sh --one

passed=0 failed=0 skipped=0
n=1000
for test; do
	n=$((n + 1))
	p=0 f=1 s=0
	test ! -e "$dir/$n.sum" || read -r p f s <"$dir/$n.sum"
	passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
	test "$f" -gt 0 || continue
	echo "== $test"
	grep -a -v -e '^\[ RUN ' -e '^\[       OK ' -e '^ok ' -e '^1\.\.' \
	    -e '^\[==========\]' "$dir/$n.out" 2>/dev/null
done
test -z "${TIMES-}" ||
    awk '{ printf "%7.1f %s\n", $2 - $1, $3 }' "$dir"/*.time | sort -rn
echo "$passed passed, $failed failed, $skipped skipped"
test "$failed" -eq 0
