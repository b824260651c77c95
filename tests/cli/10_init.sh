#!/bin/sh
# Making a tracker, in every kind of repository and in none.
. "$(dirname "$0")/../lib.sh"

in_a_repository() {
	repo r
	commit first
	git tag v1.0
	commit second
	git tag v1.1
	ok notes init --prefix NOTE --tags 'v{version}' --json
	out_has '"prefix":"NOTE"' '"releases":2'
	test -f .git/tracker/notes.db
	is 600 "$(stat -c %a .git/tracker/notes.db)"
	is 700 "$(stat -c %a .git/tracker)"
	is '' "$(git status --porcelain)"
	is NOTE "$(git config tracker.prefix)"
	ok notes release list --porcelain
	out_has 'v1.1' 'released'
	ok notes new -q bug x
	out_is NOTE-1
}

twice_changes_nothing() {
	repo r
	notes init --prefix NOTE -q
	notes new -q bug x
	cp .git/tracker/notes.db before
	fails 1 notes init --prefix OTHER
	err_has 'already'
	cmp before .git/tracker/notes.db
	is NOTE "$(git config tracker.prefix)"
}

there_already_says_how() {
	repo r
	notes init --prefix NOTE -q
	fails 1 notes init --prefix OTHER
	err_has 'already' 'notes config prefix "NOTE OTHER"'
	fails 1 notes init
	err_has 'notes config prefix "NOTE NEW"'
	notes config -q prefix 'NOTE OTHER'
	ok notes list
}

next_steps() {
	repo r
	ok notes init --prefix NOTE
	out_has 'notes scan' 'notes hook install'
	for how in -q --porcelain --json; do
		git init -q ../r$how
		ok notes -C ../r$how init --prefix NOTE $how
		out_lacks 'hook install'
	done
	cd ..
	ok notes --db a.db init --prefix NOTE
	out_lacks 'hook install'
}

without_a_repository() {
	fails 1 notes init --prefix NOTE
	err_has repository
	ok notes --db a.db init --prefix NOTE
	ok notes --db a.db new -q task x
	out_is NOTE-1
	ok env NOTES_DB="$PWD/a.db" notes list --porcelain
	out_has NOTE-1
	fails 1 notes --db nowhere/b.db list
	fails 1 notes --db a.db scan
	err_has repository
	fails 1 notes --db a.db link 1 HEAD
}

bare_and_worktree() {
	repo r
	commit first
	git worktree add -q ../w -b side
	git clone -q --bare . ../bare.git
	notes init --prefix NOTE -q
	cd ../w
	ok notes new -q bug 'from the worktree'
	out_is NOTE-1
	cd ../r
	ok notes list --porcelain
	out_has 'from the worktree'
	cd ../bare.git
	ok notes init --prefix BARE
	test -f tracker/notes.db
	ok notes new -q bug x
	out_is BARE-1
	ok notes scan
}

before_the_first_commit() {
	repo r
	ok notes init --prefix NOTE
	ok notes scan --json
	out_has '"commits":0'
	ok notes generate
	ok notes list --json
	out_is '[]'
}

in_a_folder_below() {
	repo r
	mkdir -p 가/나
	cd 가/나
	ok notes init --prefix NOTE
	test -f ../../.git/tracker/notes.db
	ok notes new -q bug x
}

bad_prefixes() {
	repo r
	for prefix in '' 1A 'A +' 한글 'A-B' -- "$(printf 'A\033')" \
	    ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOP; do
		run notes init --prefix "$prefix"
		test "$status" -ne 0
		test "$(wc -l <"$err")" -eq 1
		clean_output
		test ! -e .git/tracker/notes.db
	done
	fails 1 notes init --prefix NOTE --tags no-version-here
	test ! -e .git/tracker/notes.db
}

t 'init in a repository' in_a_repository
t 'init twice changes nothing' twice_changes_nothing
t 'a tracker that is there: another prefix' there_already_says_how
t 'the next steps are told' next_steps
t 'init without a repository' without_a_repository
t 'bare repositories and worktrees' bare_and_worktree
t 'a repository without commits' before_the_first_commit
t 'init in a folder below' in_a_folder_below
t 'bad prefixes are refused' bad_prefixes
