#!/bin/sh
# usage: embed.sh FILE...
#
# Writes to standard output a C file that holds the files as bytes, sorted by
# name, as src/store/file/schema.h declares them.  Bytes and not strings, because a
# C11 compiler need not take a literal of more than 4,095 characters.
set -eu
LC_ALL=C
export LC_ALL

sorted=$(for file; do printf '%s\n' "$file"; done | sort)

echo '/* Made by tests/embed.sh: change the files in schema/ instead. */'
echo '#include "store/file/schema.h"'
n=0
for file in $sorted; do
	test -f "$file" || { echo "embed.sh: no file $file" >&2; exit 1; }
	printf '\nstatic const unsigned char file_%d[] = {\n' "$n"
	od -An -v -tu1 "$file" | sed 's/ *\([0-9][0-9]*\)/\1,/g'
	# A file without a byte still needs an initialiser.
	test -s "$file" || echo 0
	echo '};'
	n=$((n + 1))
done
printf '\nconst struct schema_file schema_files[] = {\n'
n=0
for file in $sorted; do
	printf '\t{ "%s", file_%d, %d },\n' \
	    "${file##*/}" "$n" "$(wc -c < "$file")"
	n=$((n + 1))
done
test "$n" -gt 0 || echo '	{ 0, 0, 0 },'
printf '};\n\nconst size_t schema_files_n = %d;\n' "$n"
