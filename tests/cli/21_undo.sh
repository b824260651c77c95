#!/bin/sh
# Undo and redo across processes, and the log.
. "$(dirname "$0")/../lib.sh"

tracker() {
	repo r
	notes init --prefix NOTE -q
}

state() {
	notes export --json
}

there_and_back() {
	tracker
	notes new -q bug one -p high
	state >0
	notes edit -q 1 priority=low +tui
	state >1
	notes close -q 1
	state >2
	notes comment -q 1 'words'
	ok notes undo
	ok notes undo
	ok notes list --porcelain
	out_has open low
	ok notes undo
	ok notes list --porcelain
	out_has high
	ok notes redo
	ok notes redo
	ok notes list is:done --count
	out_is 1
	ok notes undo 2
	ok notes list --porcelain --columns priority,labels
	out_is "$(printf 'high\t')"
	ok notes undo
	ok notes list --count
	out_is 0
	run notes undo
	clean_output
}

one_step_for_many() {
	tracker
	notes new -q bug one
	notes new -q bug two
	notes edit -q 1 2 priority=highest assignee=me
	ok notes undo --json
	ok notes list priority:highest --count
	out_is 0
	ok notes list has:assignee --count
	out_is 0
}

others_work_is_left() {
	tracker
	notes new -q bug one
	notes edit -q 1 priority=high
	notes edit -q 1 assignee=sam
	notes edit -q 1 priority=low
	ok notes undo
	ok notes undo
	ok notes list --porcelain --columns priority,assignee
	out_is "$(printf 'high\t')"
}

nothing_left() {
	tracker
	run notes undo
	test "$status" -le 1
	test "$(cat "$out" "$err" | wc -l)" -eq 1
	run notes redo
	test "$status" -le 1
	for n in 0 -1 x 99999999999999999999; do
		run notes undo -- "$n"
		is 2 "$status"
	done
}

who_did_it() {
	repo r
	notes init --prefix NOTE -q
	notes new -q bug one
	git config user.email bob@example.org
	notes edit -q 1 priority=high
	ok notes log
	grep -q "bob .*NOTE-1 .*high" "$out"
	grep -q "ann .*NOTE-1 " "$out"
	out_lacks example.org
	ok notes log --porcelain
	out_has bob@example.org ann@example.org
}

the_log() {
	tracker
	notes new -q bug one
	notes edit -q 1 'summary=둘'
	notes new -q task other
	ok notes log
	out_has NOTE-1 NOTE-2
	clean_output
	ok notes log 1
	out_has NOTE-1
	out_lacks NOTE-2
	ok notes log --limit 1 --porcelain
	out_lines 1
	is 8 "$(awk -F '\t' '{ print NF }' "$out")"
	ok notes log 1 --json
	python3 - "$out" <<-'END'
	import json, sys
	lines = json.load(open(sys.argv[1], encoding="utf-8"))
	assert all(l["key"] == "NOTE-1" for l in lines), lines
	n = [l["n"] for l in lines]
	assert n == sorted(n, reverse=True), n
	assert any("둘" in l["text"] for l in lines), lines
	END
	fails 1 notes log 9
	fails 2 notes log --limit 0
}

rebuilding() {
	tracker
	notes new -q bug one -l x
	notes new -q task two --parent 1
	notes relate -q 1 blocks 2
	notes comment -q 2 words
	notes close -q 1
	notes undo -q
	state >before
	ok notes fsck
	ok notes fsck --rebuild
	out_has 'nothing differed'
	state >after
	same before after
}

one_operation() {
	tracker
	notes new -q bug one -p high
	notes close -q 1
	op=$(notes log --porcelain -n 1 | cut -f 2)
	notes edit -q 1 priority=low
	notes list --porcelain >before
	ok notes undo --dry-run
	out_has 'undo would change: NOTE-1 priority low -> high'
	ok notes undo --dry-run --op "$op" --porcelain
	out_has "$op	NOTE-1	" 'status done -> open'
	ok notes undo -n --json
	out_has '"stays":[]'
	ok notes list --porcelain
	out_is "$(cat before)"
	ok notes undo --op "$op"
	ok notes list --porcelain
	out_has open low
	fails 1 notes undo --dry-run --op "$op"
	err_has 'taken back already'
	ok notes redo --dry-run
	out_has 'status open -> done'
	notes edit -q 1 no-note=yes
	ok notes undo --dry-run
	out_has 'NOTE-1 let it into the notes again'
	notes edit -q 1 no-note=
	ok notes undo --dry-run
	out_has 'NOTE-1 keep it out of the notes again'
	notes undo -q 2
	fails 1 notes undo --op 999
	fails 2 notes undo 2 --op "$op"
	fails 2 notes undo --op x
}

t 'there and back again' there_and_back
t 'one operation is one step' one_step_for_many
t 'steps go back in order' others_work_is_left
t 'when there is nothing to undo' nothing_left
t 'the log says who' who_did_it
t 'the log' the_log
t 'fsck rebuilds the same' rebuilding
t 'one operation, and previews' one_operation
