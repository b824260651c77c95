#!/bin/sh
# The man page has every command and every option of the tables.
. "$(dirname "$0")/../lib.sh"

page=$TOP/docs/notes.1

# The option's line in mdoc: "Fl -name".
has_option() {
	grep -qE "Fl -$1( |\$)" "$page" || {
		echo "$2 --$1 is missing" >&2
		return 1
	}
}

options_of() {
	notes complete line -- "$@" -- | sed -n 's/^--\([a-z-]*\).*/\1/p'
}

has_everything() {
	test -r "$page"
	notes complete command '' | cut -f1 >names
	while read -r name; do
		grep -q "^\.It Nm Cm $name" "$page" || fail "no $name"
		notes complete line -- "$name" '' | cut -f1 >subs
		options_of "$name" >options
		case $name in
		hook | release | build)
			while read -r sub; do
				grep -q "^\.It Nm Cm $name Cm $sub" "$page" ||
				    fail "no $name $sub"
				options_of "$name" "$sub" >>options
			done <subs
			;;
		esac
		while read -r option; do
			has_option "$option" "$name"
		done <options
	done <names
}

is_well_formed() {
	command -v mandoc >/dev/null || skip 'no mandoc'
	mandoc -T lint -W warning "$page" >lint 2>&1 || cat lint >&2
	test ! -s lint
	mandoc -T html "$page" >html
	has html 'id="EXIT_STATUS"'
}

t 'the man page has every command and option' has_everything
t 'the man page is well-formed' is_well_formed
