#!/bin/sh
# Options, commands, help and exit statuses, before any tracker is looked at.
. "$(dirname "$0")/../lib.sh"

all_commands() {
	notes complete command ''
}

every_command_has_help() {
	all_commands | cut -f1 >names
	test "$(wc -l <names)" -ge 30
	while read -r name; do
		ok notes help "$name"
		out_has "usage: notes $name" everywhere --porcelain
		cp "$out" one
		ok notes "$name" --help
		same one "$out"
		ok notes -h "$name"
		same one "$out"
		clean_output
		! awk 'length($0) > 100' "$out" | grep . || fail "long: $name"
	done <names
	for sub in 'release add' 'release drop' 'build add' 'hook run'; do
		ok notes help $sub
		out_has "usage: notes $sub"
		cp "$out" one
		ok notes $sub -h
		same one "$out"
	done
}

help_lists_every_command() {
	ok notes help
	all_commands | cut -f1 | while read -r name; do
		out_has "  $name"
	done
	cp "$out" one
	ok notes --help
	same one "$out"
}

unknown_words_are_named() {
	fails 2 notes lsit
	err_is 'notes: no command lsit (did you mean list?)'
	fails 2 notes release pubish 1
	err_has 'did you mean release publish?'
	fails 2 notes xyzzy
	err_has 'see: notes help'
	fails 2 notes 한글
	err_has 'no command 한글'
	fails 2 notes help xyzzy
	fails 2 notes ''
}

words_of_other_programs() {
	for pair in ls:list add:new create:new info:show rm:edit \
	    'bug:new bug SUMMARY' 'tag:release add VERSION' changelog:generate; do
		fails 2 notes "${pair%%:*}" x
		err_has "no command ${pair%%:*} (did you mean ${pair#*:}"
	done
	fails 2 notes help ls
	err_has 'did you mean list?'
	fails 2 notes release ls
	err_has 'did you mean release list?'
	fails 2 notes release create 1
	err_has 'did you mean release add?'
	fails 2 notes help release rm
	err_has 'did you mean release drop?'
}

wrong_options_are_named() {
	fails 2 notes list --srot key
	err_is 'notes: notes list has no option --srot (did you mean --sort?)'
	fails 2 notes list --limit
	err_has 'option --limit needs a value: N'
	fails 2 notes list --count=3
	err_has 'takes no value'
	fails 2 notes --nonsense
	fails 2 notes new -y bug x
	err_has 'behind --'
	fails 2 notes --color=blue help
	err_has 'auto, always or never'
	fails 2 notes -C
	test "$(wc -l <"$err")" -eq 1
}

missing_words_show_usage() {
	fails 2 notes new
	err_has "usage: notes new TYPE SUMMARY..."
	for cmd in show edit comment status start review close reopen relate \
	    link unlink import completion explain 'release add' \
	    'release publish' 'build add' 'hook run'; do
		fails 2 notes $cmd
		err_has "usage: notes $cmd"
		test "$(wc -l <"$err")" -eq 1
	done
	fails 2 notes relate a
	fails 2 notes link a
}

too_many_words() {
	fails 2 notes scan now
	err_has 'one word too many: "now"'
	fails 2 notes undo 1 2
	fails 2 notes log a b
}

no_tracker_says_the_way_out() {
	git init -q r
	cd r
	for cmd in list 'show 1' 'new bug x' 'edit 1 +x' 'comment 1 x' \
	    'status done 1' 'start 1' 'review 1' 'close 1' 'reopen 1' \
	    'relate 1 blocks 2' 'link 1 HEAD' 'unlink 1 HEAD' scan \
	    'hook install' 'hook uninstall' 'release list' 'release add 1' \
	    'release drop 1' 'build list' 'build add 1 --number 1' generate \
	    'explain 1' check log undo redo 'import x.csv' export fsck; do
		fails 1 notes $cmd
		err_has 'notes init --prefix'
	done
	test ! -e .git/tracker
	mkdir ../empty
	cd ../empty
	fails 1 notes list
	fails 1 notes -C ../nowhere list
	err_has 'cannot go to ../nowhere'
}

directory_options_add_up() {
	mkdir a
	git init -q a/r
	notes -C a/r init --prefix NOTE -q
	ok notes -C a -C r new -q bug one
	out_is NOTE-1
	ok notes list -C a/r --porcelain
	out_has one
	ok notes -C a/r/.git list --porcelain
	out_has one
}

closed_streams() {
	repo r
	notes init --prefix NOTE -q
	notes new -q bug one
	status=0
	notes list >&- 2>"$err" || status=$?
	is 1 "$status"
	err_has 'cannot write the output'
	status=0
	notes list <&- >"$out" 2>&- || status=$?
	is 0 "$status"
	ok notes fsck
}

full_disk() {
	test -c /dev/full || skip 'no /dev/full'
	status=0
	notes help >/dev/full 2>"$err" || status=$?
	is 1 "$status"
	err_has 'cannot write the output: No space left on device'
}

reader_goes_away() {
	{
		status=0
		notes help || status=$?
		echo "$status" >status
	} 2>"$err" | :
	err_is ''
	is 0 "$(cat status)"
}

t 'every command has help' every_command_has_help
t 'help lists every command' help_lists_every_command
t 'unknown words are named' unknown_words_are_named
t 'words of other programs are understood' words_of_other_programs
t 'wrong options are named' wrong_options_are_named
t 'missing words show the usage' missing_words_show_usage
t 'too many words are refused' too_many_words
t 'without a tracker the way out is said' no_tracker_says_the_way_out
t '-C options add up' directory_options_add_up
t 'closed streams do no harm' closed_streams
t 'a full disk is told' full_disk
t 'a reader that goes away is none of our faults' reader_goes_away
