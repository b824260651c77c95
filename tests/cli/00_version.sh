#!/bin/sh
# The program names itself, and turns down what it does not know.
. "$(dirname "$0")/../lib.sh"

says_its_version() {
	ok notes --version
	out_is "notes $(cat "$TOP/VERSION")"
	err_is ''
}

needs_no_repository() {
	ok notes help
	out_has notes init scan generate
	clean_output
}

shows_no_control_character() {
	fails 2 notes "$(printf 'no\033[31m-such\302\233')"
	clean_output
}

no_terminal_is_wrong_usage() {
	fails 2 notes
	clean_output
}

screens_as_text() {
	fails 1 notes --plain
	git init -q -b main r
	cd r
	ok notes --plain first
	out_has 'No tracker here yet'
	test ! -e .git/tracker
	notes init --prefix NOTE -q
	notes new -q bug '한글 요약'
	for screen in '' board releases notes; do
		ok notes --plain $screen
		test -s "$out"
		clean_output
	done
	ok notes --plain
	out_has NOTE-1
	ok env COLUMNS=40 LINES=10 notes --plain board
	test "$(wc -l <"$out")" -le 10
	# The list is a command as well, and takes --plain on either side.
	notes list --plain >list
	ok notes --plain list
	same list "$out"
	fails 2 notes --plain nonsense
	fails 2 notes board
	test ! -c /dev/full || {
		status=0
		notes --plain >/dev/full 2>"$err" || status=$?
		is 1 "$status"
		err_has 'cannot write the output'
	}
}

t 'says its version' says_its_version
t 'help needs no repository' needs_no_repository
t 'a hostile command name is shown, not obeyed' shows_no_control_character
t 'screens as text' screens_as_text
t 'without a terminal there is no screen' no_terminal_is_wrong_usage
