#!/bin/sh
# Effects of commits: each happens once, and lapses with what said it.
. "$(dirname "$0")/../lib.sh"

tracker() {
	repo r
	commit first
	notes init --prefix NOTE --mainline main -q
	notes new -q bug one
	# Older commits never act: these are newer.
	at "$(date -u -d tomorrow '+%Y-%m-%d %H:%M')"
}

# The seconds that NOTE-1 has taken, and how many comments it has.
spent() {
	notes show 1 --json | python3 -c '
import json, sys
t = json.load(sys.stdin)
t = t[0] if isinstance(t, list) else t
print(t["spent"], len(t["comments"]))'
}

status() {
	notes list --porcelain --columns status
}

work='NOTE-1: work

NOTE-1 #time 2h #comment hello'

# Amending is later than the commit; git keeps the time of writing.
amend() {
	_a=$GIT_AUTHOR_DATE
	_tick
	GIT_AUTHOR_DATE=$_a
	git commit -q --amend --allow-empty "$@"
}

amended_with_the_old_one_kept() {
	tracker
	empty "$work"
	git branch backup
	notes scan -q
	is '7200 1' "$(spent)"
	amend --no-edit
	notes scan -q
	is '7200 1' "$(spent)"
	# The message has changed, too, but not what it does.
	amend -m "$(printf '%s' "$work" | sed '1s/work/better work/')"
	notes scan -q
	is '7200 1' "$(spent)"
	git branch -q -D backup
	notes scan -q
	is '7200 1' "$(spent)"
	notes scan -q --full
	is '7200 1' "$(spent)"
}

amended_after_a_push() {
	tracker
	git init -q --bare ../far.git
	git remote add origin ../far.git
	notes hook install -q
	empty "$work"
	git push -q -u origin main
	notes scan -q
	amend -m "$(printf '%s' "$work" | sed '1s/work/better work/')"
	is '7200 1' "$(spent)"
	git push -q -f
	notes scan -q
	is '7200 1' "$(spent)"
	amend -m 'nothing of that kind'
	git push -q -f
	notes scan -q
	is '0 0' "$(spent)"
}

picked_then_merged() {
	tracker
	git switch -q -c side
	empty "$work"
	git switch -q main
	empty other
	_tick
	git cherry-pick -x --allow-empty side >/dev/null
	notes scan -q
	is '7200 1' "$(spent)"
	git merge -q --no-ff -m 'merge side' side
	notes scan -q
	is '7200 1' "$(spent)"
}

picked_without_a_word() {
	tracker
	notes config mainline 'main stable'
	git branch stable
	empty 'Fixes NOTE-1'
	notes scan -q
	is 'done' "$(status)"
	notes reopen -q 1
	git switch -q stable
	empty other
	_tick
	unset GIT_AUTHOR_DATE
	git cherry-pick --allow-empty main >/dev/null
	notes scan -q
	is 'open' "$(status)"
	notes scan -q --full
	is 'open' "$(status)"
}

reopened_then_amended() {
	tracker
	empty 'Fixes NOTE-1'
	notes scan -q
	git branch backup
	notes reopen -q 1
	amend --no-edit
	notes scan -q
	is 'open' "$(status)"
}

off_the_mainline() {
	tracker
	empty 'Fixes NOTE-1'
	notes scan -q
	is 'done' "$(status)"
	git branch side
	git reset -q --hard HEAD~1
	notes scan -q
	is 'open' "$(status)"
	git merge -q --ff-only side
	notes scan -q
	is 'done' "$(status)"
	# A released commit stays done when its branch goes.
	git branch -q -D side
	git tag v1.0
	notes scan -q
	is 'done' "$(status)"
}

rebased_branch_leaves_the_merged_one() {
	tracker
	git branch old
	notes hook install -q
	empty 'between'
	git switch -q -c side
	empty 'Fixes NOTE-1'
	git switch -q main
	git merge -q --ff-only side
	notes scan -q
	is 'done' "$(status)"
	git switch -q side
	git rebase -q --keep-empty --empty=keep --onto old main~1
	notes scan -q
	is 'done' "$(status)"
	notes scan -q --full
	is 'done' "$(status)"
}

two_commits_close() {
	tracker
	empty 'Fixes NOTE-1'
	empty 'more'
	git branch back HEAD~1
	notes scan -q
	empty 'Also closes NOTE-1'
	notes scan -q
	git rebase -q --keep-empty --empty=keep --onto HEAD~3 HEAD~2
	notes scan -q
	is 'done' "$(status)"
	git branch -q -D back
	notes scan -q
	is 'done' "$(status)"
	git reset -q --hard HEAD~1
	notes scan -q
	is 'open' "$(status)"
}

times_follow() {
	tracker
	empty 'NOTE-1 #time 1h'
	notes scan -q
	amend -m 'NOTE-1 #time 2h'
	notes scan -q
	is '7200 0' "$(spent)"
	empty 'NOTE-1 #time 1h'
	notes scan -q
	is '10800 0' "$(spent)"
	git reset -q --hard HEAD~2
	empty 'other'
	notes scan -q
	is '0 0' "$(spent)"
}

first_of_two_times_goes() {
	tracker
	empty 'NOTE-1 #time 1h'
	empty 'NOTE-1 #time 2h'
	notes scan -q
	git rebase -q --keep-empty --empty=keep --onto HEAD~2 HEAD~1
	notes scan -q
	is '7200 0' "$(spent)"
}

time_undone_by_hand() {
	tracker
	empty 'NOTE-1 #time 1h'
	notes scan -q
	notes undo -q
	is '0 0' "$(spent)"
	notes edit -q 1 spent=5h
	git reset -q --hard HEAD~1
	notes scan -q
	is '18000 0' "$(spent)"
}

before_its_ticket() {
	tracker
	empty 'Fixes NOTE-2'
	notes scan -q
	notes new -q bug two
	notes scan -q --full
	is "$(printf 'open\nopen')" "$(status)"
}

too_much_for_a_hook() {
	tracker
	notes hook install -q
	notes scan -q
	n=$(date -u -d tomorrow +%s)
	{
		i=0
		while test $i -lt 2500; do
			i=$((i + 1))
			echo 'commit refs/heads/big'
			echo "committer A <a@x> $((n + i)) +0000"
			printf 'data 2\nw\n'
		done
	} | git fast-import --quiet
	git commit -q --allow-empty -m 'NOTE-1: begin' 2>"$err"
	err_has 'linked later'
	is 1 "$(ls .git/tracker/spool | wc -l)"
	# A command that only reads does the work.
	ok notes show 1 --json
	out_has "$(oid)"
	is 0 "$(ls .git/tracker/spool | wc -l)"
}

one_line_a_commit() {
	tracker
	notes hook install -q
	: >.git/tracker/notes.db
	git commit -q --allow-empty -m 'NOTE-1: empty' 2>"$err"
	is 1 "$(wc -l <"$err")"
	git commit -q --amend --allow-empty -m 'NOTE-1: again' 2>"$err"
	is 1 "$(wc -l <"$err")"
	rm .git/tracker/notes.db
	git commit -q --allow-empty -m 'NOTE-1: missing' 2>"$err"
	is 1 "$(wc -l <"$err")"
	err_has 'notes init' 'notes hook uninstall'
}

t 'too much to read for a hook' too_much_for_a_hook
t 'one line a commit when the database is gone' one_line_a_commit
t 'amended while the old commit is kept' amended_with_the_old_one_kept
t 'amended after a push' amended_after_a_push
t 'cherry-picked, then merged' picked_then_merged
t 'cherry-picked to a second mainline' picked_without_a_word
t 'reopened by hand, then amended' reopened_then_amended
t 'what leaves the mainline lapses' off_the_mainline
t 'rebasing a branch that was merged' rebased_branch_leaves_the_merged_one
t 'two commits close one ticket' two_commits_close
t 'time follows the message' times_follow
t 'the first of two times goes' first_of_two_times_goes
t 'time that was undone by hand' time_undone_by_hand
t 'a commit acts on tickets that were there' before_its_ticket
