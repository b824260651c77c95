#!/bin/sh
# Prints 1 when LeakSanitizer works here, else 0: it needs ptrace, which some
# containers forbid, and then fails every program.
dir=$(mktemp -d "${TMPDIR:-/tmp}/notes-leaks-XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
echo 'int main(void) { return 0; }' >"$dir/a.c"
if "${CC:-gcc}" -fsanitize=address -o "$dir/a" "$dir/a.c" 2>/dev/null &&
    ASAN_OPTIONS=detect_leaks=1 "$dir/a" >/dev/null 2>&1; then
	echo 1
else
	echo 0
fi
