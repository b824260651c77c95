#!/bin/sh
# Reverts of every kind, over releases and lines; notes by build; the same notes
# whether history was read at once or bit by bit.
. "$(dirname "$0")/../lib.sh"

tracker() {
	repo r
	commit first
	notes init --prefix NOTE --tags 'v{version}' -q
	for i in 1 2 3; do
		notes new -q bug "ticket $i"
		notes close -q "$i"
	done
	git tag v1.0
}

# The keys of a section of a version's notes.
keys() {
	notes generate "$1" --format json 2>/dev/null | tr -d '\n ' |
	    sed 's/"warnings":.*//' | tr '{' '\n' | awk -F'"' -v want="$2" '
		/"id":/ { id = $4 }
		/"key":/ && id == want { printf "%s%s", sep, $4; sep = " " }
	    '
}

revert() {
	commit "Revert \"$1\"" >/dev/null
	git commit -q --amend -m "Revert \"$1\"" -m "This reverts commit $2."
}

put_back_in_a_later_release() {
	tracker
	commit 'NOTE-1 work'
	w=$(oid)
	git tag v1.1
	revert 'NOTE-1 work' "$w"
	r=$(oid)
	git tag v1.2
	revert 'Revert "NOTE-1 work"' "$r"
	git tag v1.3
	notes scan -q
	is NOTE-1 "$(keys 1.1 fixes)"
	is NOTE-1 "$(keys 1.2 reverted)"
	is '' "$(keys 1.2 fixes)"
	is NOTE-1 "$(keys 1.3 fixes)"
	ok notes explain 1 1.3
	out_has 'NOTE-1 is in 1.3'
}

made_and_reverted_before_put_back_after() {
	tracker
	commit 'NOTE-1 work'
	w=$(oid)
	revert 'NOTE-1 work' "$w"
	r=$(oid)
	git tag v1.1
	revert 'Revert "NOTE-1 work"' "$r"
	git tag v1.2
	notes scan -q
	is '' "$(keys 1.1 fixes)"
	is NOTE-1 "$(keys 1.2 fixes)"
}

by_subject_alone() {
	tracker
	commit 'NOTE-1 work'
	commit 'Revert "NOTE-1 work"'
	commit 'Revert "Revert "NOTE-1 work""'
	commit 'NOTE-2 work'
	commit 'Revert "NOTE-2 work"'
	git tag v1.1
	notes scan -q
	is NOTE-1 "$(keys 1.1 fixes)"
}

a_merge_that_shipped() {
	tracker
	git switch -q -c f
	commit 'NOTE-1 work'
	commit 'NOTE-2 work'
	git switch -q main
	base=$(oid)
	git merge -q --no-ff -m 'Merge branch f' f
	m=$(oid)
	git tag v1.1
	commit x
	git commit -q --amend -m 'Revert "Merge branch f"' \
	    -m "This reverts commit $m, reversing
changes made to $base."
	git tag v1.2
	notes scan -q
	is 'NOTE-1 NOTE-2' "$(keys 1.1 fixes)"
	is 'NOTE-1 NOTE-2' "$(keys 1.2 reverted)"
}

# Without an id, the commit of the own line is meant.
of_a_backport() {
	tracker
	git switch -q -c line
	commit 'NOTE-1 work'
	commit 'Revert "NOTE-1 work"'
	git tag v1.0.1
	git switch -q main
	at '2030-01-01 00:00'
	commit 'NOTE-1 work'
	git tag v1.1
	notes scan -q
	is '' "$(keys 1.0.1 fixes)"
	is NOTE-1 "$(keys 1.1 fixes)"
}

by_build() {
	tracker
	commit 'NOTE-1 work'
	notes release add 1.1 -q
	notes build add 1.1 --number 8 -q
	commit 'NOTE-2 work'
	commit 'NOTE-3 work'
	git tag v1.1
	notes scan -q
	notes build add 1.1 --number 9 --commit HEAD~1 -q
	ok notes generate 1.1 --by-build
	grep -n 'Build\|NOTE-\|no build' "$out" | sed 's/^[0-9]*://; s/ (.*//' >got
	printf '%s\n' '## Build 8' '- **NOTE-1** ticket 1' '## Build 9' \
	    '- **NOTE-2** ticket 2' '## In no build' \
	    '- **NOTE-3** ticket 3' >want
	same want got
}

bit_by_bit_or_at_once() {
	tracker
	for i in 1 2 3; do
		git switch -q -c "side$i" v1.0
		empty "NOTE-$i side"
		notes scan -q
		git switch -q main
		empty "words $i"
		notes scan -q
		git merge -q --no-ff -m "Merge side$i" "side$i"
		notes scan -q
	done
	git tag v1.1
	notes scan -q
	notes generate 1.1 --format json >bits 2>/dev/null
	notes scan -q --full
	notes generate 1.1 --format json >full 2>/dev/null
	same bits full
}

# By keys, by a subject with a key of its own, by its description alone.
named_otherwise() {
	tracker
	n=0
	for words in 'Revert NOTE-1' 'Back out NOTE-1' 'Roll back [NOTE-1]' \
	    'Revert NOTE-1, NOTE-3' '[NOTE-2] Revert "NOTE-1"'; do
		n=$((n + 1))
		git switch -q --detach v1.0
		empty '[NOTE-1] work'
		empty "$words"
		git tag "v1.$n"
	done
	notes scan -q
	is ' ' "$(keys 1.1 fixes) $(keys 1.2 fixes)"
	is ' ' "$(keys 1.3 fixes) $(keys 1.4 fixes)"
	is 'NOTE-2' "$(keys 1.5 fixes)"
	git switch -q --detach v1.0
	empty '[NOTE-1] Fix tests'
	empty '[NOTE-2] Fix tests'
	empty 'Revert "[NOTE-1] Fix tests"'
	git tag v2.0
	empty 'fix(NOTE-1): it (#12)'
	empty 'revert: it (#12) (#13)'
	git tag v2.1
	empty 'feat(NOTE-3): noodles'
	empty "$(printf 'revert: no noodles\n\nRefs: %s' \
	    "$(git rev-parse --short=8 HEAD)")"
	git tag v2.2
	notes scan -q
	is 'NOTE-2' "$(keys 2.0 fixes)"
	is '' "$(keys 2.1 fixes)"
	is '' "$(keys 2.2 fixes)"
	git switch -q main
}

# What says revert and finds nothing is work like any other, or a doubt.
nothing_found() {
	tracker
	empty '[NOTE-1] Revert accidental change of the default'
	empty 'fix(log): revert the noisy level to trace'
	git tag v1.1
	notes scan -q
	is NOTE-1 "$(keys 1.1 fixes)"
	ok notes unlinked 1.1
	out_has 'revert the noisy level'
	ok notes generate 1.1 --commits conventional
	out_has 'log: revert the noisy level to trace'
	empty 'feat: add thing'
	empty "$(printf 'Revert "feat: add thing"\n\n%s %s.' \
	    'This reverts commit' "$(oid)")"
	git tag v1.2
	empty "$(printf 'Reapply "feat: add thing"\n\n%s %s.' \
	    'This reverts commit' "$(oid)")"
	git tag v1.3
	ok notes generate 1.2 --commits conventional
	out_lacks 'add thing'
	ok notes generate 1.3 --commits conventional
	out_has 'add thing'
}

# An upgrade that a downgrade took back, and the merge that brought it.
downgraded() {
	tracker
	git switch -q -c NOTE-1
	empty '[NOTE-1] Upgrade Maven Resolver to 1.4.0'
	w=$(oid)
	git switch -q main
	empty 'words'
	git merge -q --no-ff -m "Merge branch 'NOTE-1'" NOTE-1
	empty '[NOTE-2] Downgrade maven-resolver:1.4.0 to 1.3.3'
	empty '[NOTE-3] Downgrade wagon:3.2 to 3.1'
	git tag v1.1
	notes scan -q
	is 'NOTE-2 NOTE-3' "$(keys 1.1 fixes)"
	ok notes explain 1 1.1
	out_has 'its work was reverted' "reverted by $(git rev-parse --short=9 HEAD~1)"
	ok notes show 1 --json
	out_has "\"commit\":\"$w\",\"role\":\"claims\"" '"alive":false'
	# shipped, then taken back
	empty '[NOTE-1] Upgrade zlib to 1.3'
	git tag v1.2
	empty '[NOTE-1] downgrade zlib from 1.3 to 1.2'
	git tag v1.3
	notes scan -q
	is NOTE-1 "$(keys 1.2 fixes)"
	is NOTE-1 "$(keys 1.3 reverted)"
	is '' "$(keys 1.3 fixes)"
}

# What shipped is not told again for its documentation or tests.
asides() {
	tracker
	commit '[NOTE-1] work'
	commit '[NOTE-2] fix doc: it is documentation'
	git tag v1.1
	commit '[NOTE-1] fix doc: say it better'
	commit '[NOTE-3] Add tests for it'
	git tag v1.2
	commit '[NOTE-1] more of it'
	commit '[NOTE-1] Add tests for it'
	git tag v1.3
	notes scan -q
	is 'NOTE-1 NOTE-2' "$(keys 1.1 fixes)"
	is 'NOTE-3' "$(keys 1.2 fixes)"
	is 'NOTE-1' "$(keys 1.3 fixes)"
	ok notes explain 1 1.2
	out_has 'NOTE-1 is not in 1.2' 'documentation or tests of what shipped'
}

t 'put back in a later release' put_back_in_a_later_release
t 'made and reverted before, put back after' \
    made_and_reverted_before_put_back_after
t 'by the subject alone' by_subject_alone
t 'a merge that shipped' a_merge_that_shipped
t 'of a backport, without an id' of_a_backport
t 'by keys, and by parts of a subject' named_otherwise
t 'a revert that finds nothing' nothing_found
t 'a downgrade takes an upgrade back' downgraded
t 'documentation of what shipped is no news' asides
t 'notes by build' by_build
t 'read bit by bit or at once' bit_by_bit_or_at_once
