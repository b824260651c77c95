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

t 'says its version' says_its_version
t 'help needs no repository' needs_no_repository
t 'a hostile command name is shown, not obeyed' shows_no_control_character
t 'without a terminal there is no screen' no_terminal_is_wrong_usage
