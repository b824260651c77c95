#!/bin/sh
# The notes: from real commits to Markdown and JSON; explain; check.
. "$(dirname "$0")/../lib.sh"

SOURCE_DATE_EPOCH=1717200000
export SOURCE_DATE_EPOCH

# Two releases; the tracker is older than the commits, so that they act.
project() {
	repo r
	at '2024-01-01 12:00'
	commit first
	notes init --prefix NOTE --mainline main --tags 'v{version}' -q
	notes new -q feature 'A preview' -d 'Shows **all** of it.'
	notes new -q bug 'Crash on <b>empty</b> lists' --note 'Lists may be empty.'
	notes new -q bug '한글 폭 계산'
	notes new -q task 'Write docs'
	notes new -q bug 'Still open'
	notes new -q feature 'Later'
	at '2030-01-05 12:00'
	commit 'NOTE-4: write docs'
	git tag v1.0
	commit 'NOTE-1: add the preview

Closes NOTE-1'
	commit '[NOTE-2] Do not crash

Fixes NOTE-2'
	commit 'Fix the width

Fixes: NOTE-3'
	commit 'NOTE-5 begin'
	commit 'no ticket here'
	at '2030-02-01 12:00'
	git tag v1.1
	commit 'NOTE-6: after the release

Closes NOTE-6'
	notes close -q 4
	notes release import-tags -q
}

markdown() {
	project
	ok notes generate 1.1
	cp "$out" one
	out_has 1.1 'A preview' 'Lists may be empty.' NOTE-1 NOTE-2 NOTE-3 \
	    '한글 폭 계산' 'all'
	out_lacks NOTE-4 NOTE-6 '<b>' 'Still open'
	ok notes generate 1.1
	same one "$out"
	LC_ALL=C TZ=Asia/Seoul notes generate 1.1 >two 2>/dev/null
	same one two
}

json() {
	project
	ok notes generate 1.1 --format json
	cp "$out" one
	python3 - "$out" "$(oid v1.0)" "$(oid v1.1)" <<-'END'
	import json, sys
	n = json.load(open(sys.argv[1], encoding="utf-8"))
	assert n["version"] == "1.1" and n["previous"] == "1.0", n
	assert n["from"] == sys.argv[2] and n["to"] == sys.argv[3], n
	assert n["commits"] == 5, n["commits"]
	keys = {s["id"]: [e["key"] for e in s["entries"]]
	    for s in n["sections"]}
	assert keys.get("features") == ["NOTE-1"], keys
	assert keys.get("fixes") == ["NOTE-2", "NOTE-3"], keys
	codes = {w["code"] for w in n["warnings"]}
	assert "open-claimed" in codes, n["warnings"]
	assert [u["subject"] for u in n["unlinked"]] == ["no ticket here"], n
	END
	ok notes generate 1.1 --json
	same one "$out"
}

unreleased_and_ranges() {
	project
	ok notes generate --json
	out_has NOTE-6
	out_lacks NOTE-2
	ok notes generate --from 1.0 --to v1.1 --json
	out_has NOTE-1 NOTE-2
	ok notes generate 1.0
	out_has NOTE-4
	fails 1 notes generate 9.9
	err_has 9.9
	fails 1 notes generate --from nonsense
	fails 2 notes generate 1.1 --format nonsense
	err_has md
	fails 2 notes generate 1.1 --style nonsense
	err_has default
	fails 2 notes generate 1.1 --lang xx
	fails 2 notes generate 1.1 -o a --update b
}

reverted() {
	project
	git revert --no-edit HEAD~3 >/dev/null 2>&1 ||
	    git -c core.editor=: revert --no-edit --strategy-option=theirs HEAD~3 ||
	    skip 'nothing to revert'
	git tag v1.2
	notes release import-tags -q
	ok notes generate 1.2 --json
	clean_output
}

builds() {
	project
	notes build add 1.1 --number 57 --commit v1.1 -q
	ok notes generate 1.1 --build 57
	out_has 57
	ok notes generate 1.1 --by-build --json
	fails 1 notes generate 1.1 --build 99
	err_has 99
}

languages() {
	project
	ok notes generate 1.1 --lang ko
	python3 -c 'import sys; t = open(sys.argv[1], encoding="utf-8").read(); assert any("가" <= c <= "힣" for c in t.replace("한글 폭 계산", "")), t' "$out"
}

into_files() {
	project
	ok notes generate 1.1 -o new.md
	out_is 'new.md written'
	notes generate 1.1 >want.md 2>/dev/null
	same want.md new.md
	printf '# Changes\n\nBy hand.\n' >log.md
	ok notes generate 1.0 --update log.md
	ok notes generate 1.1 --update log.md
	out_is 'log.md written'
	has log.md 'By hand.' NOTE-4 NOTE-1
	cp log.md before
	ok notes generate 1.1 --update log.md
	out_is 'log.md unchanged'
	same before log.md
	fails 1 notes generate 1.1 -o /nowhere/at/all
	ln -s /nowhere/at/all link.md
	fails 1 notes generate 1.1 -o link.md
}

checked() {
	project
	notes generate 1.1 --update CHANGELOG.md -q
	run notes check 1.1
	cp "$out" findings
	notes edit -q 1 summary='A review'
	fails 3 notes check 1.1
	out_has CHANGELOG.md
	clean_output
	fails 3 notes check 1.1 --json
	out_has '"code"' differs
	fails 1 notes check 1.1 --file nowhere.md
	notes generate 1.1 --update CHANGELOG.md -q
	run notes check 1.1
	same findings "$out"
}

explained() {
	project
	ok notes explain 1 1.1
	out_has NOTE-1 "$(git rev-parse --short=7 HEAD~5)"
	ok notes explain NOTE-6 1.1
	ok notes explain 5 1.1
	ok notes explain 2
	ok notes explain NOTE-2 1.1 --json
	out_has '"lines"'
	clean_output
	fails 1 notes explain 1 9.9
	run notes explain NOTE-99 1.1
	clean_output
	fails 1 notes explain nonsense 1.1
}

on_a_read_only_file() {
	test "$(id -u)" -ne 0 || skip 'root may write anything'
	project
	notes generate 1.1 >want 2>/dev/null
	chmod a-w .git/tracker .git/tracker/*
	ok notes list
	ok notes generate 1.1
	same want "$out"
	fails 1 notes new bug x
	err_has read-only
	chmod u+w .git/tracker .git/tracker/*
}

hostile() {
	project
	notes new -q bug "$(printf 'x\033[31m](javascript:1) <script> @all #1 | ~~y~~ \342\200\256')"
	commit 'Fixes NOTE-7'
	ok notes generate
	clean_output
	out_lacks ' <script>'
	ok notes generate --json
	clean_output
	ok notes generate --format json
	python3 -c 'import json,sys; json.load(open(sys.argv[1], encoding="utf-8"))' "$out"
}

few_doubts_of_a_kind() {
	repo r
	commit first
	git tag v1.0
	notes init --prefix NOTE --tags 'v{version}' -q
	for n in 1 2 3 4 5; do
		commit "NOTE-$n: nothing there"
	done
	commit 'no ticket'
	commit 'none here'
	git tag v1.1
	notes release import-tags -q
	ok notes generate 1.1
	is 3 "$(grep -c 'no such ticket' "$err")"
	err_has '... and 2 more (notes generate 1.1 --format json lists them; ' \
	    'notes import FILE)' \
	    '7 commits without a ticket (see: notes unlinked 1.1; --commits conventional'
	ok notes unlinked 1.1
	ok notes generate 1.1 --format json
	is 5 "$(grep -c '"unknown-key"' "$out")"
	ok notes generate --from 1.0 --to 1.1
	err_has 'notes generate --from 1.0 --to 1.1 --format json'
	err_lacks 'see: notes unlinked'
	ok notes generate 1.1 -q
	err_is ''
}

every_version() {
	project
	ok notes generate --all
	cp "$out" all
	ok notes generate 1.1
	cp "$out" want
	echo >>want
	ok notes generate 1.0
	cat "$out" >>want
	same want all
	ok notes generate --all --json
	is '"1.1" "1.0"' "$(grep -o '^ *"version": *"[^"]*"' "$out" |
	    grep -o '"[0-9.]*"' | tr '\n' ' ' | sed 's/ $//')"
	fails 2 notes generate --all 1.0
	notes release drop 1.0 1.1 -q
	ok notes generate --all --json
	out_is '[]'
}

help_lists_all_names() {
	ok notes generate --help
	cp "$out" help
	notes complete format | while read -r name; do
		has help "$name"
		grep -q -- "--format=FORMAT.*[ ,]$name" help || fail "$name"
	done
	grep -q -- '--format.*html-fragment.*debian' help
	grep -q -- '--style=STYLE.*keepachangelog.*FILE: a template' help
}

a_new_tag_is_checked_at_once() {
	project
	ok notes generate 1.1 --update CHANGELOG.md
	git tag v1.2
	run notes check
	is 3 "$status"
	out_has '1.2: '
}

t 'Markdown, the same each time' markdown
t 'a new tag is checked at once' a_new_tag_is_checked_at_once
t 'every version' every_version
t 'JSON' json
t 'what is unreleased, and other ranges' unreleased_and_ranges
t 'reverts' reverted
t 'builds' builds
t 'Korean headings' languages
t 'into files' into_files
t 'check' checked
t 'explain' explained
t 'a read-only tracker' on_a_read_only_file
t 'hostile text' hostile
t 'a few doubts of each kind' few_doubts_of_a_kind
t 'help lists formats and styles' help_lists_all_names
