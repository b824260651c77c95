#!/bin/sh
# usage: format.sh [--fix]
#
# Is every .c file of src/ and tests/ laid out as .clang-format says?  The output
# of clang-format differs between versions: only the one of Debian 12 counts.
# Headers are tables laid out by hand; they must keep to 80 columns.
cd "$(dirname "$0")/.." || exit 1

version=$(clang-format --version 2>/dev/null |
    sed -n 's/.*version \([0-9]*\)\..*/\1/p')
if test "$version" != 14; then
	echo "ok 1 - layout # SKIP clang-format 14 is not there"
	echo "1..1"
	exit 0
fi
files=$(find src tests -name '*.c' | sort)
if test "${1-}" = --fix; then
	printf '%s\n' "$files" | xargs -r clang-format -i
	exit
fi

rc=0
result() {
	if test -z "$2"; then
		echo "ok $1 - $3"
	else
		echo "not ok $1 - $3 (run: make format)"
		printf '%s\n' "$2" | head -n 40 | sed 's/^/#   /'
		rc=1
	fi
}

result 1 "$(printf '%s\n' "$files" |
    xargs -r clang-format --dry-run -Werror 2>&1 |
    sed -n 's/:.*: error: .*//p' | uniq -c)" 'layout of src and tests'
result 2 "$(find include src tests -name '*.h' | sort | LC_ALL=C.UTF-8 xargs -r awk '
	{
		line = $0
		while ((i = index(line, "\t")) > 0)
			line = substr(line, 1, i - 1) \
			    substr("        ", (i - 1) % 8 + 1) \
			    substr(line, i + 1)
		if (length(line) > 80 || line ~ / $/)
			print FILENAME ":" FNR ": over 80 columns, or ends in a space"
	}')" 'width of headers'
echo "1..2"
exit $rc
