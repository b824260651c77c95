#!/bin/sh
# usage: layers.sh [ROOT]
#
# Dependencies point down, and each library is known in one room only.  Looks at
# every #include in src/ and include/ below ROOT (this repository), and tries
# itself on made-up violations first: a check that catches nothing would be
# taken for a clean house.

# The functions below answer in variables: a process for each of thousands of
# lines would take longer than all other checks of the house.

# $allowed: the layers whose headers layer $1 may include
may_see() {
	case $1 in
	base) allowed=base ;;
	model) allowed='base model' ;;
	message) allowed='base model message' ;;
	store) allowed='base model store' ;;
	vcs) allowed='base model vcs' ;;
	render) allowed='base model render' ;;
	app) allowed='base model message store vcs render app' ;;
	cli) allowed='base model app cli' ;;
	tui) allowed='base model app tui' ;;
	main) allowed='base app cli tui' ;;
	*) allowed= ;;
	esac
}

# $rooms: the only files that may include header $1, as patterns of case
rooms_of() {
	case $1 in
	sqlite3.h) rooms='src/store/*' ;;
	git2.h | git2/*) rooms='src/vcs/*' ;;
	cmark.h | cmark*.h) rooms='src/render/*' ;;
	curses.h | ncurses.h | ncursesw/* | term.h) rooms='src/tui/term/term*.c' ;;
	utf8proc.h) rooms='src/base/*' ;;
	zlib.h) rooms='src/vcs/*' ;;
	*) rooms= ;;
	esac
}

# $layer: that of file $1
layer_of() {
	case $1 in
	src/main.c) layer=main ;;
	src/*/* | include/*/*)
		layer=${1#*/}
		layer=${layer%%/*}
		;;
	*) layer= ;;
	esac
}

# Prints a line for each violation below $1.
violations() {
	(
		cd "$1" || exit
		find src include -name '*.[ch]' 2>/dev/null | sort |
		    xargs -r grep -nE '^[[:space:]]*#[[:space:]]*include' /dev/null
	) | sed -n 's/^\([^:]*\):\([0-9]*\):[^<"]*\([<"]\)\([^>"]*\).*/\1 \2 \3 \4/p' |
	while read -r file line how header; do
		layer_of "$file"
		may_see "$layer"
		if test -z "$allowed"; then
			echo "$file:$line: no such layer: $layer"
			continue
		fi
		case $header in
		*..*) echo "$file:$line: leaves its folder: $header"; continue ;;
		*.c) echo "$file:$line: includes a source file: $header"; continue ;;
		esac
		# "term.h" is the room's own; <term.h> is that of curses.
		case $how$header in
		'"term.h') rooms= ;;
		*) rooms_of "$header" ;;
		esac
		inside=
		set -f
		for room in $rooms; do
			# shellcheck disable=SC2254
			case $file in $room) inside=yes ;; esac
		done
		set +f
		test -z "$rooms" || test -n "$inside" ||
		    echo "$file:$line: $header belongs to $rooms"
		test "$how" = '"' || continue
		case $header in
		*/*)
			case " $allowed " in
			*" ${header%%/*} "*) ;;
			*) echo "$file:$line: $layer may not see $header" ;;
			esac
			# What others may see of a layer stands in include/LAYER/.
			case $header in
			"$layer"/*) ;;
			*/*/*) echo "$file:$line: private to its layer: $header" ;;
			*) test ! -e "$1/src/$header" ||
				echo "$file:$line: private to its layer: $header" ;;
			esac
			;;
		esac
	done
}

# One made-up file with one include: must the check catch it?
try() {
	mkdir -p "$dir/$(dirname "$2")"
	printf '/* made up */\n%s\n' "$3" >"$dir/$2"
	found=$(violations "$dir")
	rm "$dir/$2"
	n=$((n + 1))
	case $1:${found:+found} in
	bad:found | good:) echo "ok $n - $1: $2 $3" ;;
	*)
		echo "not ok $n - $1: $2 $3"
		printf '%s\n' "$found" | sed 's/^/#   /'
		rc=1
		;;
	esac
}

n=0 rc=0
dir=$(mktemp -d "${TMPDIR:-/tmp}/notes-layers-XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
mkdir "$dir/src" "$dir/include"
try bad src/base/a.c '#include "model/ticket.h"'
try bad src/model/a.c '#include "store/store.h"'
try bad src/store/a.c '#include "message/reference.h"'
try bad src/vcs/a.h '#include "store/store.h"'
try bad src/render/a.c '#include "app/app.h"'
try bad src/cli/a.c '#include "store/store.h"'
try bad src/cli/a.c '#include "tui/tui.h"'
try bad src/tui/a.c '  #  include "cli/cmd.h"'
try bad src/main.c '#include "store/store.h"'
try bad include/model/a.h '#include "vcs/vcs.h"'
try bad src/cli/a.c '#include "../store/db.h"'
try bad src/app/a.c '#include "scan.c"'
try bad src/odd/a.c '#include <stdio.h>'
try bad src/app/a.c '#include <sqlite3.h>'
try bad include/store/a.h '#include <sqlite3.h>'
try bad src/app/a.c '#include <git2.h>'
try bad src/app/a.c '#include <git2/repository.h>'
try bad src/cli/a.c '#include <cmark.h>'
try bad src/tui/list/view_list.c '#include <curses.h>'
try bad src/tui/canvas/canvas.c '#include <curses.h>'
try bad src/cli/cmd/a.c '#include "app/scan/scan_priv.h"'
try bad src/app/scan/a.c '#include "store/file/db.h"'
try bad src/app/a.c '#include <utf8proc.h>'
try bad src/store/a.c '#include <zlib.h>'
try bad src/store/a.c '#include <zlib.h>'
try good src/store/a.c '#include <sqlite3.h>'
try good src/vcs/a.c '#include <zlib.h>'
try good src/tui/term/term_ncurses.c '#include <ncursesw/curses.h>'
try good src/app/scan/a.c '#include "app/truth/truth.h"'
try good src/app/a.c '#include "store/store.h"'
try good src/cli/a.c '#include "cmd.h"'
try good src/main.c '#include "tui/tui.h"'

root=${1:-$(dirname "$0")/..}
found=$(violations "$root")
n=$((n + 1))
if test -z "$found"; then
	echo "ok $n - layers of $root"
else
	echo "not ok $n - layers of $root"
	printf '%s\n' "$found" | sed 's/^/#   /'
	rc=1
fi
echo "1..$n"
exit $rc
