#!/bin/sh
# Keys that the history names, and no ticket has.
. "$(dirname "$0")/../lib.sh"

older() {
	repo r
	for n in 1 2 3 5 7000; do
		commit "SHOP-$n: work of another tracker"
	done
	commit 'See SHOP-6 as well'
	notes init --prefix SHOP --mainline main -q
	notes scan -q
}

new_number() {
	older
	ok notes new -q bug x
	out_is SHOP-4
	# Past 5, which is claimed, and 6, which is named; 7000 is far off.
	ok notes new -q bug y
	out_is SHOP-7
	ok notes new -q bug z
	out_is SHOP-8
	ok notes show 4 7 8 --json
	out_has '"links":[]'
	printf 'key,type,summary\nSHOP-5,bug,of the old tracker\n' >in.csv
	ok notes import in.csv
	ok notes show 5
	out_has 'of the old tracker'
	ok notes new -q bug a
	out_is SHOP-9
}

own_key() {
	older
	ok notes new bug x --key SHOP-7000
	out_is 'SHOP-7000 created'
	fails 1 notes new bug y --key 7000
	err_has 'there is a ticket SHOP-7000 already (see: notes show SHOP-7000)'
	fails 1 notes new bug y --key OTHER-1
	err_has 'OTHER is no prefix of this tracker'
	fails 1 notes new bug y --key nonsense
	err_has 'is no key'
	ok notes new -q bug y --key '#2'
	out_is SHOP-2
	ok notes show 2
	out_has 'work of another tracker'
	ok notes undo
	ok notes show 2
	out_has 'deleted     yes'
	ok notes list --count
	out_is 1
}

listed() {
	older
	ok notes scan
	out_has '6 keys that no ticket has: SHOP-1, SHOP-2, SHOP-3, SHOP-5, SHOP-6, ... (see: notes scan --unknown)'
	commit 'SHOP-2: more'
	ok notes scan --unknown
	out_lines 6
	out_has 'SHOP-2  2 commits' 'SHOP-7000  1 commit'
	ok notes scan --unknown --porcelain
	out_has "$(printf 'SHOP-6\t1')"
	ok notes scan --unknown --json
	out_has '{"key":"SHOP-2","commits":2}'
	notes new -q bug x --key SHOP-7000
	notes new -q bug x --key SHOP-6
	ok notes scan
	out_has '4 keys that no ticket has: SHOP-1, SHOP-2, SHOP-3, SHOP-5 (see'
	ok notes scan --unknown
	out_lines 4
}

unknown() {
	repo r
	commit first
	git tag v1.0
	commit 'SHOP-99: repair the till'
	first=$(oid)
	commit 'SHOP-98: count the change twice before closing the drawer'
	commit 'SHOP-1: known (SHOP-97)'
	git tag v1.1
	notes init --prefix SHOP --tags 'v{version}' --mainline main -q
	notes new -q bug known -s done
	notes new -q bug 'count the change twice before closing the drawer' -s done
	notes scan -q
}

short() {
	oid "$1" | cut -c 1-10
}

unknown_is_unlinked() {
	unknown
	ok notes generate 1.1 --format json
	has "$err" "SHOP-99 is claimed by a commit, but there is no such ticket \
(make it: notes new TYPE SUMMARY --key SHOP-99; or: notes unlinked --dismiss \
$(short "$first"))"
	# Of a commit that has a ticket there is nothing to dismiss.
	has "$err" '--key SHOP-97)'
	run notes check 1.1
	is 3 "$status"
	out_has '--key SHOP-99;' 'SHOP-97 is claimed'
	ok notes unlinked 1.1
	out_lines 2
	out_has 'repair the till' 'drawer  SHOP-2'
	ok notes unlinked --dismiss "$(short "$first")"
	ok notes unlinked --accept "$(oid v1.1~1)"
	out_has 'SHOP-2 linked to'
	ok notes unlinked 1.1
	out_is 'every commit has a ticket'
	ok notes new -q bug z --key SHOP-97
	run notes check 1.1
	out_lacks 'no such ticket'
	ok notes generate 1.1 --format json
	out_lacks unknown-key
	err_lacks 'no such ticket'
	ok notes unlinked --restore "$first"
	ok notes generate 1.1
	err_has 'SHOP-99 is claimed'
}

# What stands in many commits is not named commit by commit.
unknown_often() {
	repo r
	notes init --prefix SHOP -q
	for n in 1 2 3 4; do
		commit "SHOP-9: part $n"
	done
	ok notes generate
	has "$err" '--key SHOP-9)' '4 commits without a ticket'
	ok notes unlinked
	out_lines 4
}

forge_numbers() {
	repo r
	commit first
	git tag v1.0
	for n in 11 12 13 14 15; do
		commit "fix: repair $n (#15$n)"
	done
	commit 'feat: a new thing (#2)'
	commit 'chore: tidy (#1600)'
	git tag v1.1
	notes init --prefix SHOP --tags 'v{version}' -q
	notes config hash true
	notes config commits conventional
	notes new -q feature 'a known thing' -s done --key SHOP-2
	ok notes generate 1.1
	out_has 'repair 11' 'repair 15' 'SHOP-2' 'a known thing'
	out_lacks 'a new thing'
	err_has '6 numbers in commits are no tickets: SHOP-1511, SHOP-1512, SHOP-1513, ...'
	err_lacks 'claimed by'
	run notes check 1.1
	is 1 "$(grep -c 'are no tickets' "$out")"
	out_lacks 'claimed by'
	ok notes release show 1.1
	is 1 "$(grep -c 'are no tickets' "$out")"
	ok notes generate 1.1 --format json
	is 6 "$(grep -o '"unknown-key"' "$out" | wc -l)"
	# Keys in full are told one by one.
	notes config hash false
	git commit -q --allow-empty -m 'fix: this (SHOP-70)'
	ok notes generate
	err_has 'SHOP-70 is claimed by'
}

t 'a new key is none that history names' new_number
t 'a ticket with the key that commits name' own_key
t 'keys that no ticket has are listed' listed
t 'a commit of unknown keys has no ticket' unknown_is_unlinked
t 'one unknown key of many commits' unknown_often
t 'numbers of a forge are Conventional Commits' forge_numbers
