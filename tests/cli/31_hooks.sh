#!/bin/sh
# Hooks, with git itself: what they link, and that they never stand in the way.
. "$(dirname "$0")/../lib.sh"

tracker() {
	repo r
	commit first
	notes init --prefix NOTE --mainline main -q
	notes new -q bug one
	notes new -q bug two
	notes hook install -q
	at "$(date -u -d tomorrow '+%Y-%m-%d %H:%M')"
}

links_of() {
	notes show "$1" --json |
	    python3 -c 'import json,sys; print(*[l["commit"] for l in json.load(sys.stdin)["links"]])'
}

links_a_commit() {
	tracker
	ok notes hook status
	out_has post-commit installed
	commit 'NOTE-1: begin'
	is "$(oid)" "$(links_of 1)"
	commit 'Fixes NOTE-2'
	ok notes list is:done --porcelain --columns key
	out_is NOTE-2
}

amend() {
	tracker
	commit 'NOTE-1: begin'
	git commit -q --amend -m 'NOTE-2: begin'
	is "$(oid)" "$(links_of 2)"
	notes scan -q
	is '' "$(links_of 1)"
}

no_verify() {
	tracker
	echo x >>file
	git commit -qam 'NOTE-1: quickly' --no-verify
	is "$(oid)" "$(links_of 1)"
}

merge_and_rebase() {
	tracker
	git switch -q -c side
	commit 'NOTE-1: on a branch' a
	commit 'Fixes NOTE-2' b
	git switch -q main
	commit 'meanwhile' c
	git merge -q --no-ff -m 'merge side' side
	ok notes list is:done --count
	out_is 1
	git reset -q --hard HEAD~1
	git switch -q side
	git rebase -q main
	notes scan -q
	is "$(oid HEAD~1)" "$(links_of 1)"
}

worktree() {
	tracker
	git worktree add -q ../w -b wt
	cd ../w
	commit 'NOTE-1: from the worktree'
	is "$(oid)" "$(links_of 1)"
}

branch_key() {
	tracker
	git switch -q -c note-2-some-work
	echo x >>file
	GIT_EDITOR=: git commit -qa -m 'begin' 2>"$err"
	cat "$err"
	git log -1 --format=%s >subject
	# -m is the user's own words; the template is where the key goes.
	echo y >>file
	printf '#!/bin/sh\nsed -i "1s/\$/ words/" "$1"\n' >../ed
	chmod +x ../ed
	GIT_EDITOR=$PWD/../ed git commit -qa
	git log -1 --format=%s >subject
	has subject 'NOTE-2'
}

unknown_key_warns() {
	tracker
	echo x >>file
	git commit -qam 'NOET-1: typo' 2>"$err"
	err_has NOTE-1
	clean_output
	is 'NOET-1: typo' "$(git log -1 --format=%s)"
	notes config refuse unknown-key
	echo x >>file
	if git commit -qam 'NOTE-77: typo' 2>"$err"; then
		fail 'was not refused'
	fi
	err_has NOTE-77
	git commit -qam 'NOTE-77: typo' --no-verify
}

never_blocks() {
	tracker
	db=.git/tracker/notes.db
	cp $db good
	: >$db
	commit 'NOTE-1: zero bytes' 2>"$err"
	printf 'no database at all, but long enough to look like one' >$db
	commit 'NOTE-1: not sqlite' 2>>"$err"
	{
		head -c 4096 good
		head -c 8192 /dev/urandom
	} >$db
	commit 'NOTE-1: corrupt' 2>>"$err"
	rm $db
	commit 'NOTE-1: missing' 2>>"$err"
	cp good $db
	printf '\377\377\377\377' | dd of=$db bs=1 seek=60 conv=notrunc 2>/dev/null
	commit 'NOTE-1: newer' 2>>"$err"
	cp good $db
	chmod 0 .git/tracker
	commit 'NOTE-1: no permission' 2>>"$err"
	chmod 700 .git/tracker
	clean_output
	is 7 "$(git rev-list --count HEAD)"
	notes scan -q
	is 6 "$(links_of 1 | wc -w)"
}

locked() {
	command -v flock >/dev/null || skip 'no flock'
	tracker
	lock=$(find .git/tracker -name '*.lock')
	test -n "$lock" || skip 'no lock file'
	flock "$lock" sh -c 'echo held >held; sleep 60' &
	holder=$!
	while test ! -e held; do :; done
	commit 'NOTE-1: while locked' 2>"$err"
	fails 1 timeout 30 notes new bug x
	err_has process
	kill "$holder"
	wait "$holder" 2>/dev/null || :
	pkill -P "$holder" 2>/dev/null || :
}

program_is_gone() {
	tracker
	sed -n '1,40p' .git/hooks/post-commit
	mv "$TESTDIR/.bin/notes" ../hidden
	grep -v "$NOTES" .git/hooks/post-commit >hook || :
	PATH=$(printf %s "$PATH" | sed "s|$TESTDIR/.bin:||") \
	    git commit -q --allow-empty -m 'NOTE-1: without the program'
	mv ../hidden "$TESTDIR/.bin/notes"
}

existing_hook() {
	repo r
	commit first
	notes init --prefix NOTE -q
	notes new -q bug one
	printf '#!/bin/sh\necho mine >>%s/ran\n' "$PWD" >.git/hooks/post-commit
	printf '#!/bin/sh\ngrep -q good "$1"\n' >.git/hooks/commit-msg
	chmod +x .git/hooks/post-commit .git/hooks/commit-msg
	cp .git/hooks/post-commit ../mine
	notes hook install -q
	notes hook install -q
	commit 'NOTE-1: good'
	is mine "$(cat ran)"
	is "$(oid)" "$(links_of 1)"
	if git commit -q --allow-empty -m 'bad words' 2>/dev/null; then
		fail 'its exit status was not respected'
	fi
	ok notes hook uninstall
	same ../mine .git/hooks/post-commit
	is "$(printf 'commit-msg\npost-commit')" \
	    "$(ls .git/hooks | grep -v sample)"
}

hooks_path() {
	tracker
	notes hook uninstall -q
	mkdir .husky
	git config core.hooksPath .husky
	run notes hook install
	is 1 "$status"
	out_has 'notes'
	err_has core.hooksPath
	is .husky "$(git config core.hooksPath)"
	ok notes hook status
}

nonsense() {
	tracker
	run notes hook run no-such-hook
	is 0 "$status"
	run notes hook run commit-msg
	is 0 "$status"
	run notes hook run commit-msg /nowhere/at/all
	is 0 "$status"
	run notes hook run prepare-commit-msg . message
	is 0 "$status"
	run notes -C . hook run post-commit
	is 0 "$status"
	cd ..
	run notes hook run post-commit
	is 0 "$status"
	run sh -c 'head -c 100000 /dev/urandom | notes hook run post-rewrite amend'
	is 0 "$status"
}

a_conventional_subject_gets_a_scope() {
	tracker
	git switch -q -c note-1-widths
	git commit -q --allow-empty -m 'fix: measure in columns'
	is 'fix(NOTE-1): measure in columns' "$(git log -1 --format=%s)"
	git commit -q --allow-empty -m 'feat(ui)!: other'
	is 'feat(ui)!: other' "$(git log -1 --format=%s)"
}

an_editor_that_writes_nothing_gives_up() {
	tracker
	git switch -q -c feature/NOTE-1-widths
	before=$(oid)
	run env GIT_EDITOR=true git commit --allow-empty
	is 1 "$status"
	err_has 'empty commit message'
	is "$before" "$(oid)"
}

t 'a commit is linked' links_a_commit
t 'amend' amend
t 'commit --no-verify' no_verify
t 'merge and rebase' merge_and_rebase
t 'worktrees' worktree
t 'the branch gives the key' branch_key
t 'a conventional subject gets a scope' a_conventional_subject_gets_a_scope
t 'an editor that writes nothing gives up' an_editor_that_writes_nothing_gives_up
t 'an unknown key warns, and is refused on request' unknown_key_warns
t 'no state of the database blocks a commit' never_blocks
t 'a locked database' locked
t 'the program is gone' program_is_gone
t 'a hook that is there already' existing_hook
t 'core.hooksPath' hooks_path
t 'nonsense ends with 0' nonsense
