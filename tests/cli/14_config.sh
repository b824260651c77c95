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

# Every kind of mistake is named with its place, and none stops the rest.
check_names_places() {
	tracker
	ok notes config --check
	out_is 'nothing is wrong'
	cat >.notesconfig <<-'EOF'
	[tracker "key.list"]
	    assign = S
	    opn = Q
	    mark = Spcae
	[tracker "key.lst"]
	    open = x
	[tracker "filter"]
	    team = type:bg
	    round = @round
	[tracker "filter.x"]
	    querry = is:open
	[tracker]
	    langs = en
	    lang = fr
	    columns = key,colour
	EOF
	ok notes config key.list.status 'S gs'
	fails 3 notes config --check
	out_has '.notesconfig:3: no action "opn" in list' \
	    '.notesconfig:4: no key "Spcae"' \
	    '.notesconfig:6: no screen "lst"' \
	    '.notesconfig:8: tracker.filter.team: ' \
	    '.notesconfig:9: tracker.filter.round: ' 'in a circle' \
	    '.notesconfig:11: tracker.filter.x.querry: ' \
	    '.notesconfig:13: tracker.langs: no setting langs' \
	    '.notesconfig:14: tracker.lang: no language fr' \
	    '.notesconfig:15: tracker.columns: no column "colour"' \
	    'S is "status" in list and, at .notesconfig:2, "assign"'
	fails 3 notes config --check --json
	python3 -c 'import json,sys
assert len(json.load(open(sys.argv[1], encoding="utf-8"))) == 10' "$out"
	fails 2 notes config --check prefix
	# A screen that can't be used is not what comes of it.
	ok notes --plain
	clean_output
}

own_names() {
	tracker
	fails 1 notes config key.list.foo x
	err_has 'no action "foo" in list'
	fails 1 notes config key.list.status PgDwn
	err_has 'no key "PgDwn"'
	fails 1 notes config key.list.status
	err_has 'is not set'
	ok notes config key.list.status 'S ; #'
	ok notes config key.list.status
	out_is 'S ; #'
	ok notes config filter.mine assignee:me
	ok notes config
	out_has key.list.status filter.mine .git/config:
	out_lacks SCREEN
	ok notes config --porcelain
	out_has "filter.mine	assignee:me	.git/config:"
	ok notes config filter.mine --json
	out_has '"value":"assignee:me"'
	ok notes config --unset key.list.status
	fails 1 notes config key.list.status
	ok notes complete setting key.list.st
	out_is key.list.status
	ok notes complete setting k
	out_lacks key.list
}

t 'what is wrong is named by file and line' check_names_places
t 'keys and filters have names of their own' own_names
limits() {
	repo r
	notes init --prefix NOTE -q
	ok notes config wip.in-progress 3
	out_is 'wip.in-progress = 3'
	is 3 "$(git config tracker.wip.in-progress)"
	ok notes config tracker.wip.in-progress
	out_is 3
	fails 1 notes config wip.in-progress many
	err_has 'a limit is a number'
	run notes config wip. 3
	test "$status" -ne 0
	run notes config 'wip.a b' 3
	test "$status" -ne 0
	ok notes config wip.in-progress --unset
	is '' "$(git config tracker.wip.in-progress)"
	ok notes config
	out_lacks wip.
	notes new bug one -q
	notes start 1 -q
	git config tracker.wip.in-progress 1
	ok notes config
	out_has wip.in-progress
	ok notes --plain board
	out_has '=in-progress 1/1'
}

t 'a limit of a status' limits

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
