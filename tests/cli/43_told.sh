#!/bin/sh
# Told once, where it is, and explained as it is told: hand-made links, other
# lines, relations, near misses of keys.  Explain must agree with generate.
. "$(dirname "$0")/../lib.sh"

tracker() {
	repo "${1:-r}"
	empty first
	notes init --prefix NOTE --mainline main --tags 'v{version}' -q
	for i in 1 2 3; do
		notes new -q bug "ticket number $i of the tracker"
		notes close -q "$i"
	done
	git tag v1.0
}

revert() {
	empty "$(printf 'Revert "%s"\n\nThis reverts commit %s.' "$1" "$2")"
}

# "fixes:NOTE-1 reverted:NOTE-2" of a version.
told() {
	notes generate "$1" --format json 2>told.err | python3 -c '
import json, sys
n = json.load(sys.stdin)
print(*[s["id"] + ":" + e["key"] for s in n["sections"] for e in s["entries"]])'
}

# Every ticket: is it "is in" just where generate lists it?
agrees() {
	told "$1" >told.txt
	for k in NOTE-1 NOTE-2 NOTE-3; do
		notes explain $k "$1" >why.txt
		if grep -q ":$k\b" told.txt; then
			grep -q "^$k is in $1" why.txt || cat told.txt why.txt
		else
			grep -q "^$k is not in $1" why.txt ||
			    cat told.txt why.txt
		fi
	done
}

by_hand() {
	tracker
	empty 'some words'
	notes scan -q
	notes link 1 HEAD -q
	o=$(oid)
	git tag v1.1
	revert 'some words' "$o"
	git tag v1.2
	is 'fixes:NOTE-1' "$(told 1.1)"
	is 'reverted:NOTE-1' "$(told 1.2)"
	is '' "$(agrees 1.1)$(agrees 1.2)"
	# taken away by hand: one more commit without a ticket
	empty 'fix(NOTE-2): a thing'
	notes scan -q
	notes unlink 2 HEAD -q
	git tag v1.3
	is '' "$(told 1.3)"
	ok notes generate 1.3 --json
	out_has 'fix(NOTE-2): a thing'
	# and so it stays when the commit is written anew without a hook
	git commit -q --amend --allow-empty -m 'fix(NOTE-2): another thing'
	git tag -f v1.3 >/dev/null
	notes release import-tags -q
	is '' "$(told 1.3)"
}

reverted_and_planned() {
	tracker
	empty '[NOTE-1] x'
	o=$(oid)
	git tag v1.1
	notes release add 1.2 -q
	notes edit 1 release=1.2 -q
	revert '[NOTE-1] x' "$o"
	git tag v1.2
	is 'reverted:NOTE-1' "$(told 1.2)"
	is '' "$(agrees 1.2)"
	ok notes explain NOTE-1
	out_has 'is in 1.1' 'is in 1.2 as reverted'
}

in_part() {
	tracker
	empty '[NOTE-1] x'
	git tag v1.1
	empty "$(printf 'Partially revert "x"\n\n%s %s except y.' \
	    'This reverts commit' "$(oid)")"
	git tag v1.2
	is '' "$(told 1.2)"
	has told.err 'a part of NOTE-1, which shipped earlier, was reverted'
}

on_two_lines() {
	tracker
	git switch -q -c line v1.0
	empty '[NOTE-1] x'
	empty '[NOTE-2] y'
	revert '[NOTE-2] y' "$(oid)"
	git tag v1.0.1
	empty '[NOTE-1] more'
	git tag v1.0.2
	git switch -q main
	empty '[NOTE-1] x again'
	empty '[NOTE-2] y again'
	git tag v2.0
	notes scan -q
	ok notes generate 2.0
	out_has '(also in 1.0.1)'
	out_lacks '1.0.2'
	is 1 "$(grep -c 'also in' "$out")"
	# merged forward: also in the release that had it first
	git switch -q line
	empty '[NOTE-3] hot'
	git tag v1.0.3
	git switch -q main
	git merge -q --no-ff -m 'Merge line' line
	git tag v2.1
	notes scan -q
	ok notes generate 2.1
	out_has 'NOTE-3' '(also in 1.0.3)'
	ok notes generate 1.0.3
	out_lacks 'also in'
	is '' "$(agrees 2.0)$(agrees 2.1)$(agrees 1.0.3)"
}

by_relation() {
	tracker
	notes relate 2 fixed-by 1 -q
	notes relate 3 duplicates 2 -q
	empty '[NOTE-1] x'
	git tag v1.1
	is 'fixes:NOTE-1 fixes:NOTE-2 fixes:NOTE-3' "$(told 1.1)"
	is '' "$(agrees 1.1)"
	notes edit 1 no-note=yes -q
	is '' "$(told 1.1)"
	is '' "$(agrees 1.1)"
	# by hand for this release, its commits on another line
	git switch -q -c line v1.0
	empty '[NOTE-3] y'
	git tag v1.0.1
	git switch -q main
	empty 'z'
	notes release add 1.2 -q
	notes edit 3 release=1.2 -q
	git tag v1.2
	is '' "$(told 1.2)"
	is '' "$(agrees 1.2)"
	ok notes explain 3 1.2
	out_has 'its commits are not in this build'
}

near_misses() {
	tracker
	notes config prefix 'NOTE MNG' -q
	printf 'key,type,summary\nMNG-2,bug,beta\n' >../t.csv
	notes import -q ../t.csv
	empty '[NOTE-1] y

Fixes MGN-2'
	git tag v1.1
	is 'fixes:NOTE-1' "$(told 1.1)"
	has told.err 'MGN-2 in ' 'did you mean MNG-2?'
}

beside_the_line() {
	repo b
	empty first
	notes init --prefix NOTE --tags 'v{version}' -q
	git tag v1.0
	empty 'feat: one'
	git switch -q -c line
	empty 'fix: hot'
	git tag v1.0.1
	git switch -q main
	empty 'feat: two'
	git tag v1.1
	notes scan -q
	ok notes generate 1.1 --commits conventional
	out_has 'Since 1.0.' one two
	# what the release tool adds does not make a line of its own
	git switch -q -c tool
	empty 'chore(release): 1.2'
	git tag v1.2
	git switch -q main
	empty 'feat: three'
	git tag v1.3
	notes scan -q
	ok notes generate 1.3 --commits conventional
	out_has 'Since 1.2.' three
	out_lacks two
}

no_such_release() {
	tracker
	# Older commits never act: these are newer.
	at "$(date -u -d tomorrow '+%Y-%m-%d %H:%M')"
	empty 'NOTE-1 #release 1.4'
	ok notes scan
	err_has '#release 1.4' 'notes release add 1.4'
	out_has '0 effects'
	ok notes scan --explain HEAD
	out_lacks 'done:'
}

# What is open, planned, or said by hand.
settled_by_hand() {
	tracker
	notes new -q bug 'Parser crashes on an empty file'
	notes release add 1.1 -q
	notes edit 4 release=1.1 -q
	ok notes explain 4
	out_has 'NOTE-4 is not in 1.1: it is still open'
	# the commit of an open ticket, by its title, is one without a ticket
	empty 'Parser crashes on an empty file'
	empty 'words'
	notes config prefix 'NOTE MNG' -q
	printf 'key,type,summary\nMNG-2,bug,beta\n' >../t.csv
	notes import -q ../t.csv
	empty '[MGN-2] qqq'
	git tag v1.1
	notes scan -q
	ok notes generate 1.1
	err_has '3 commits without a ticket' 'did you mean MNG-2?'
	is 3 "$(notes unlinked 1.1 --porcelain | wc -l | tr -d ' ')"
	# linked by hand, or in need of no ticket: somebody has looked at it
	notes link MNG-2 HEAD -q
	ok notes generate 1.1
	err_lacks 'did you mean'
	err_has '2 commits without a ticket'
}

the_first_release() {
	tracker
	ok notes generate 1.0
	err_lacks 'no published release before'
}

order_of_one_second() {
	repo s
	notes init --prefix NOTE -q
	SOURCE_DATE_EPOCH=1717200000
	export SOURCE_DATE_EPOCH
	for i in 1 2 3 4 5 6; do
		printf 'NOTE-%s,task,t%s,2024-01-01T00:00:00Z\n' $i $i
	done | (echo key,type,summary,created; cat) >../t.csv
	notes import -q ../t.csv
	is 'NOTE-6 NOTE-5 NOTE-4 NOTE-3 NOTE-2 NOTE-1' \
	    "$(notes list --sort rank --porcelain --columns key | xargs)"
}

t 'settled by hand' settled_by_hand
t 'the first release has none before it' the_first_release
t 'the order of tickets of one second' order_of_one_second
t 'links made and taken away by hand' by_hand
t 'reverted in the release that planned it' reverted_and_planned
t 'a part of what shipped was reverted' in_part
t 'on two lines, told once for each' on_two_lines
t 'by relations' by_relation
t 'a key that is nearly one' near_misses
t 'tags beside the line' beside_the_line
t 'a command for a release that is not there' no_such_release
