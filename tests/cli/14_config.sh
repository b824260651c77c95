#!/bin/sh
# Settings: what holds, what is refused, what a change does.
. "$(dirname "$0")/../lib.sh"

tracker() {
	repo r
	notes init --prefix NOTE -q
	notes new -q bug one
}

dropped_prefix_is_told() {
	tracker
	ok notes config prefix NEW
	out_is 'prefix = NEW'
	err_has 'NOTE is no prefix any more' '1 ticket has it' \
	    'notes config prefix "NOTE NEW"'
	ok notes config prefix 'NOTE NEW'
	err_is ''
	ok notes config prefix 'new note'
	err_is ''
	# No ticket has it.
	ok notes config prefix NOTE
	err_is ''
	ok notes config prefix OTHER -q
	err_is ''
	clean_output
}

unknown_style() {
	tracker
	fails 1 notes config style foo
	err_has 'no style foo' keepachangelog 'FILE: a template'
	ok notes config style
	out_is default
	ok notes config style maven
	out_is 'style = maven'
	ok notes config style ./own.tmpl
	ok notes config style own/notes
	ok notes config style --unset
}

defaults_in_words() {
	tracker
	ok notes config
	out_has "(the folder's name)" '(the local part of user.email)'
	out_lacks '(default)' '(en)' '(NOTE)'
	ok notes config project
	out_is "(the folder's name)"
	notes config -q project Tool
	ok notes config
	out_lacks "(the folder's name)"
	ok notes config project
	out_is Tool
	ok notes config --json
	python3 -c 'import json,sys; json.load(open(sys.argv[1], encoding="utf-8"))' "$out"
}

compare_needs_both() {
	tracker
	fails 1 notes config compare https://x.example/{from}
	err_has '{from}' '{to}'
	commit first
	git tag v1.0
	commit 'Fixes NOTE-1'
	git tag v1.1
	notes config -q tags 'v{version}'
	notes release import-tags -q
	ok notes config compare 'https://x.example/{from}...{to}'
	ok notes generate 1.1 --style keepachangelog
	out_has '## [1.1](https://x.example/v1.0...v1.1) - 2'
	ok notes generate 1.1 --style keepachangelog --update log.md
	ok notes generate 1.1 --style keepachangelog --update log.md
	out_is 'log.md unchanged'
}

t 'an address to compare needs both ends' compare_needs_both
t 'a prefix that goes away is told' dropped_prefix_is_told
t 'a style that there is not' unknown_style
t 'defaults in words look it' defaults_in_words
