#!/bin/sh
# Scan and links: what messages say, found in real history.
. "$(dirname "$0")/../lib.sh"

tracker() {
	repo r
	commit 'first'
	notes init --prefix NOTE --mainline main -q
	for n in 1 2 3 4; do
		notes new -q bug "ticket $n"
	done
	# Older commits link but never act: these are newer.
	at "$(date -u -d tomorrow '+%Y-%m-%d %H:%M')"
}

roles() {
	tracker
	commit 'NOTE-1: begin'
	commit 'Tidy

Fixes NOTE-2'
	commit 'See NOTE-3 for more'
	ok notes scan --json
	python3 - "$out" <<-'END'
	import json, sys
	r = json.load(open(sys.argv[1]))
	assert r["commits"] == 4 and r["new_commits"] == 4, r
	assert r["links"] == 3 and r["unknown_keys"] == 0, r
	END
	ok notes show 1 --json
	out_has '"role":"claims"' "\"commit\":\"$(oid HEAD~2)\""
	ok notes show 2 --json
	out_has '"role":"closes"' '"status":"done"' '"alive":true'
	ok notes show 3 --json
	out_has '"role":"mentions"' '"status":"open"'
	ok notes list has:commits --columns key --sort key
	out_is "$(printf 'NOTE-1\nNOTE-2')"
}

twice_changes_nothing() {
	tracker
	commit 'NOTE-1: begin, closes NOTE-2'
	notes scan -q
	notes export --json >before
	ok notes scan --json
	out_has '"new_commits":0'
	ok notes scan --full --json
	out_has '"links":2'
	notes export --json >after
	same before after
}

one_of_each() {
	repo r
	notes init --prefix NOTE --mainline main -q
	notes new -q bug one
	commit 'NOTE-1: begin'
	ok notes scan
	out_is '1 new commit; in all 1 commit, 1 link, 0 effects'
	ok notes scan
	out_is 'nothing new: 1 commit, 1 link'
	commit 'NOTE-2: nothing there'
	ok notes scan
	out_has '1 key that no ticket has'
	git tag v1.0
	ok notes release import-tags
	out_is '1 release from tags'
}

short_ids_are_alike() {
	tracker
	commit 'NOTE-1: begin'
	short=$(git rev-parse --short=10 HEAD)
	notes scan -q
	notes release add -q 1.0
	notes build add 1.0 --number 1 -q
	for cmd in 'show 1' 'build list' 'blame file'; do
		ok notes $cmd
		grep -qE "(^|[^0-9a-f])$short([^0-9a-f]|\$)" "$out" ||
		    fail "$cmd: $(cat "$out")"
	done
	commit 'none'
	short=$(git rev-parse --short=10 HEAD)
	ok notes unlinked
	grep -q "^$short none" "$out"
}

reopened_by_hand() {
	tracker
	commit 'Fixes NOTE-1'
	notes scan -q
	notes reopen -q 1
	commit 'more'
	notes scan -q --full
	ok notes list is:done --count
	out_is 0
}

amended_away() {
	tracker
	commit 'NOTE-1: begin'
	notes scan -q
	git commit -q --amend -m 'NOTE-2: begin' --no-edit
	ok notes scan
	ok notes show 1 --json
	out_has '"links":[]'
	ok notes show 2 --json
	out_has "$(oid)"
}

provisional() {
	tracker
	git switch -q -c side
	commit 'Fixes NOTE-1'
	notes scan -q
	ok notes show 1 --json
	out_has '"role":"closes"' '"status":"open"' '"merged":false'
	git switch -q main
	git merge -q --no-ff -m 'merge' side
	notes scan -q
	ok notes show 1 --json
	out_has '"status":"done"' '"merged":true'
}

not_a_close() {
	tracker
	commit 'This does not fix NOTE-1'
	commit 'prefix NOTE-2'
	commit 'words

> Fixes NOTE-3'
	notes scan -q
	ok notes list is:done --count
	out_is 0
}

unknown_key() {
	tracker
	commit 'NOET-1: typo, and NOTE-99: too far'
	ok notes scan --json
	out_lacks '"unknown_keys":0'
	clean_output
}

explained() {
	tracker
	commit 'NOTE-1: begin

Fixes NOTE-2, does not fix NOTE-3'
	ok notes scan --explain HEAD
	out_has NOTE-1 NOTE-2 NOTE-3
	clean_output
	ok notes scan --explain HEAD --json
	out_has '"lines"'
	fails 1 notes scan --explain nonsense
	err_has nonsense
}

by_hand() {
	tracker
	commit 'no key at all'
	ok notes link 1 HEAD
	out_is "NOTE-1 linked to $(git log -1 --format='%h' --abbrev=12) no key at all"
	ok notes show 1 --json
	out_has '"role":"manual"' "$(oid)"
	ok notes unlink 1 HEAD
	ok notes show 1 --json
	out_has '"links":[]'
	fails 1 notes link 1 nonsense
	fails 1 notes link 1 "$(printf '\033[31m')"
	clean_output
	fails 1 notes link 9 HEAD
	commit 'NOTE-2: claimed'
	notes scan -q
	ok notes unlink 2 HEAD
	notes scan -q --full
	ok notes show 2 --json
	out_has '"links":[]'
}

no_link_to_take_away() {
	tracker
	commit 'no key at all'
	notes log --porcelain >before
	fails 1 notes unlink 1 HEAD
	err_has 'NOTE-1 has no link to HEAD'
	notes log --porcelain >after
	same before after
	notes link -q 1 HEAD
	ok notes unlink 1 HEAD
	fails 1 notes unlink 1 HEAD
}

hostile_messages() {
	tracker
	commit "$(printf 'NOTE-1: red \033[31m and \302\233 and \342\200\256 rlo')"
	printf 'NOTE-2: bad \377 bytes\n' | git commit -q --allow-empty -F - \
	    -c i18n.commitEncoding=x 2>/dev/null ||
	    printf 'NOTE-2: bad \377 bytes\n' |
	    git -c i18n.commitEncoding=UTF-8 commit -q --allow-empty -F -
	ok notes scan
	ok notes show 1 2
	clean_output
	ok notes show 1 --json
	clean_output
}

shallow() {
	tracker
	commit 'NOTE-1: a'
	commit 'NOTE-2: b'
	git clone -q --depth 1 "file://$PWD" ../shallow
	cd ../shallow
	notes init --prefix NOTE -q
	ok notes scan
	clean_output
}

t 'roles of a commit' roles
t 'scanning twice changes nothing' twice_changes_nothing
t 'one of each is not many' one_of_each
t 'object ids are of one length' short_ids_are_alike
t 'a ticket reopened by hand stays open' reopened_by_hand
t 'a commit amended away leaves no link' amended_away
t 'a close waits for the mainline' provisional
t 'what is not a close' not_a_close
t 'unknown keys are counted' unknown_key
t 'the scan explains itself' explained
t 'links by hand' by_hand
t 'no link to take away' no_link_to_take_away
t 'hostile messages' hostile_messages
t 'shallow clones' shallow
