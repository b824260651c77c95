#!/bin/sh
# What the notes say is what is in the build: commits without a ticket, lines
# and their tickets, published files, projects without tickets, upgrades.
. "$(dirname "$0")/../lib.sh"

SOURCE_DATE_EPOCH=1717200000
export SOURCE_DATE_EPOCH

# Keys of one section of the JSON notes in $out, blanks between.
keys() {
	python3 - "$out" "$1" <<-'END'
	import json, sys
	n = json.load(open(sys.argv[1], encoding="utf-8"))
	print(*[e["key"] for s in n["sections"] if s["id"] == sys.argv[2]
	    for e in s["entries"]])
	END
}

# Keys of all sections of what is new.
all_keys() {
	python3 - "$out" <<-'END'
	import json, sys
	n = json.load(open(sys.argv[1], encoding="utf-8"))
	print(*sorted(e["key"] for s in n["sections"]
	    if s["id"] not in ("reverted", "known-issues")
	    for e in s["entries"]))
	END
}

# "section: summary" lines of the JSON notes.
summaries() {
	python3 - "$out" <<-'END'
	import json, sys
	n = json.load(open(sys.argv[1], encoding="utf-8"))
	for s in n["sections"]:
	    for e in s["entries"]:
	        print(s["id"] + ":", ("! " if e["breaking"] else "") +
	            e["summary"])
	END
}

# ---- unlinked ----

unlinked_project() {
	repo r
	notes init --prefix NOTE --mainline main --tags 'v{version}' -q
	commit begin
	git tag v1.0
	notes new -q bug 'Parser crashes on an empty configuration file'
	notes new -q bug 'Width of Hangul syllables is computed wrongly'
	notes close -q 1 2
	commit 'Parser crashes on an empty configuration file'
	one=$(oid)
	commit 'Hangul syllables have the right width'
	two=$(oid)
	commit 'tidy up'
	commit '[NOTE-2] more of it'
	git tag v1.1
	notes release import-tags -q
	notes scan -q
}

unlinked_lists() {
	unlinked_project
	ok notes unlinked 1.1 --json
	python3 - "$out" "$one" <<-'END'
	import json, sys
	n = json.load(open(sys.argv[1], encoding="utf-8"))
	assert [(u["subject"], u["suggest"]) for u in n] == [
	    ("tidy up", None),
	    ("Hangul syllables have the right width", None),
	    ("Parser crashes on an empty configuration file", "NOTE-1")], n
	assert n[2]["commit"] == sys.argv[2]
	END
	ok notes unlinked 1.1 --porcelain
	out_lines 3
	out_has "$one	NOTE-1	Parser"
	ok notes unlinked 1.1
	out_lines 3
	out_has 'NOTE-1'
	ok notes unlinked
	out_has 'every commit has a ticket'
	ok notes unlinked --json
	out_is '[]'
	fails 1 notes unlinked 9.9
	fails 2 notes unlinked 1.1 1.0
	fails 2 notes unlinked --accept
}

unlinked_accepts() {
	unlinked_project
	fails 1 notes unlinked --accept "$one" HEAD~1
	err_has 'notes link KEY'
	notes show 1 --json >before
	has before '"links":[]'
	fails 1 notes unlinked --accept HEAD
	err_has already
	fails 1 notes unlinked --accept nowhere
	ok notes unlinked --accept "$one" "$one"
	out_lines 1
	out_has NOTE-1
	ok notes show 1 --json
	out_has '"role":"manual"' "$one"
	ok notes unlinked 1.1
	out_lacks Parser
	ok notes generate 1.1 --json
	out_lacks '"suggested"'
	is 'NOTE-1 NOTE-2' "$(keys fixes)"
	ok notes undo
	ok notes unlinked 1.1
	out_has Parser
}

# What generate lists by a title, explain tells; a number that differs parts.
titles_told() {
	unlinked_project
	notes new -q task 'Upgrade the resolver library to 1.6.2'
	notes new -q bug 'Added an integration test to prove it cannot be reproduced'
	notes new -q task 'Harness'
	notes close -q 3 4 5
	commit 'Upgrade the resolver library to 1.4.0'
	commit '[NOTE-5] Integration test'
	git tag v1.2
	notes release import-tags -q
	ok notes generate 1.2 --json
	is 'NOTE-5' "$(all_keys)"
	ok notes explain NOTE-3 1.2
	out_has 'NOTE-3 is not in 1.2'
	ok notes explain NOTE-4 1.2
	out_has 'NOTE-4 is not in 1.2'
	ok notes explain NOTE-1 1.1
	out_has 'NOTE-1 is in 1.1: a commit has its title' 'counts' 'Parser'
	out_lacks 'no commit names it'
	ok notes explain NOTE-1
	out_has 'NOTE-1 is in 1.1: a commit has its title'
	commit 'Upgrade resolver library to version 1.6.2'
	git tag v1.3
	notes release import-tags -q
	ok notes generate 1.3 --json
	is NOTE-3 "$(all_keys)"
	ok notes explain NOTE-3 1.3
	out_has 'NOTE-3 is in 1.3: a commit has its title'
}

unlinked_dismisses() {
	unlinked_project
	tidy=$(git rev-parse HEAD~1)
	fails 2 notes unlinked --dismiss
	fails 2 notes unlinked --dismiss --accept HEAD
	fails 1 notes unlinked --dismiss HEAD
	err_has already
	fails 1 notes unlinked --dismiss "$tidy" nowhere
	ok notes unlinked 1.1
	out_has 'tidy up'
	ok notes unlinked --dismiss "$tidy" "$one" "$tidy"
	out_has '2 commits need no ticket'
	ok notes unlinked --dismiss "$tidy"
	out_has '0 commits need no ticket'
	ok notes unlinked 1.1 --porcelain
	out_lines 1
	out_has Hangul
	ok notes unlinked --dismissed 1.1 --porcelain
	out_lines 2
	# It is not counted, and what is dismissed is no ticket's either.
	ok notes generate 1.1
	err_has '1 commit without a ticket'
	out_lacks NOTE-1
	ok notes log
	out_has 'need no ticket'
	ok notes fsck --rebuild
	ok notes unlinked 1.1 --porcelain
	out_lines 1
	ok notes unlinked --restore "$tidy"
	ok notes unlinked 1.1
	out_has 'tidy up'
	out_lacks Parser
	ok notes undo
	out_has 'undone: commit '
	ok notes unlinked 1.1
	out_lacks 'tidy up'
	ok notes undo
	ok notes unlinked 1.1 --porcelain
	out_lines 3
	ok notes redo
	ok notes unlinked 1.1 --porcelain
	out_lines 1
	ok notes fsck
}

# ---- blame ----

blamed() {
	unlinked_project
	commit '[NOTE-1] a line' 'a file:7'
	printf 'esc \033[31m\tred\n' >>file
	ok notes blame file --json
	clean_output
	python3 - "$out" "$one" <<-'END'
	import json, sys
	n = json.load(open(sys.argv[1], encoding="utf-8"))
	assert [l["line"] for l in n] == list(range(1, len(n) + 1)), n
	assert n[0]["release"] == "1.0" and n[0]["tickets"] == [], n[0]
	assert n[1]["commit"] == sys.argv[2], n[1]
	assert n[4]["tickets"] == ["NOTE-2"] and n[4]["release"] == "1.1", n[4]
	assert n[5]["commit"] is None and n[5]["release"] is None, n[5]
	END
	ok notes blame file:5
	out_lines 1
	out_has NOTE-2 1.1
	ok notes blame 'a file:7' --porcelain
	out_is "1	$(oid)	NOTE-1		[NOTE-1] a line"
	ok notes blame 'a file:7:1'
	out_lines 1
	mkdir d
	cd d
	ok notes blame ../file:1
	out_has 1.0
	cd ..
	fails 1 notes blame file:99
	fails 2 notes blame file:0
	fails 1 notes blame nowhere
	fails 2 notes blame d
	fails 2 notes blame
	clean_output
}

# ---- audit ----

audited() {
	unlinked_project
	printf '%s\n' '# Changes' '' '## 1.1' '' '* NOTE-2, note-1, NOTE-77' \
	    '* XNOTE-3 NOTE-4x OTHER-5' '' '## 1.0' '' '* NOTE-9' >file.md
	fails 3 notes audit 1.1 file.md --json
	python3 - "$out" <<-'END'
	import json, sys
	n = json.load(open(sys.argv[1], encoding="utf-8"))
	assert n["section"] is True, n
	assert (n["listed"], n["published"], n["both"]) == (2, 3, 2), n
	assert n["precision"] == 1 and abs(n["recall"] - 2 / 3) < 1e-9, n
	assert n["only_published"] == ["NOTE-77"], n
	assert n["only_listed"] == [], n
	END
	fails 3 notes audit 1.1 file.md
	out_has NOTE-77 'precision 1.000, recall 0.667'
	ok notes generate 1.1 -o mine.md
	ok notes audit 1.1 mine.md
	out_has 'recall 1.000'
	echo nothing >empty.md
	fails 3 notes audit 1.1 empty.md --json
	out_has '"section":false' '"recall":null'
	fails 1 notes audit 1.1 nowhere.md
	fails 1 notes audit 9.9 file.md
	fails 2 notes audit 1.1
}

# ---- a project without tickets ----

conventional() {
	repo r
	notes init --prefix NOTE --mainline main --tags 'v{version}' -q
	commit 'feat: shipped earlier'
	git tag v1.0
	gone=$(oid)
	commit 'feat(ui): a wider list'
	commit 'fix(parser)!: refuse empty keys

BREAKING CHANGE: pass a key
  each time'
	commit 'fix: a slip'
	slip=$(oid)
	commit 'perf(store): read less'
	commit 'build(deps): bump zlib'
	commit 'security: close the door'
	commit 'docs: tell more <script>'
	commit 'chore(release): 1.1'
	commit 'not of that form'
	commit "Revert \"fix: a slip\"

This reverts commit $slip."
	commit 'feat: by another revert'
	commit 'revert: feat: by another revert'
	commit "Revert \"feat: shipped earlier\"

This reverts commit $gone."
	git tag v1.1
	notes release import-tags -q
	ok notes generate 1.1 --commits conventional --json
	summaries >got
	cat >want <<-'END'
	features: ui: a wider list
	improvements: store: read less
	fixes: ! parser: refuse empty keys (pass a key each time)
	security: close the door
	dependencies: deps: bump zlib
	tasks: tell more <script>
	reverted: shipped earlier
	END
	same want got
	out_has '"subject": "not of that form"'
	ok notes generate 1.1 --commits conventional
	out_has 'a wider list'
	out_lacks ' <script>' 'a slip'
	ok notes generate 1.1 --json
	is '' "$(summaries)"
	ok notes config commits conventional
	ok notes generate 1.1 --json
	summaries >got
	same want got
	ok notes generate 1.1 --commits tickets --json
	is '' "$(summaries)"
	fails 2 notes generate 1.1 --commits other
	fails 1 notes config commits other
}

# ---- upgrades ----

# main: 1.0, then A-1 A-2 A-3 A-5 and 2.0; line 1.x: A-1 backported, A-4, 1.1.
two_lines() {
	repo r
	notes init --prefix A --mainline main --tags 'v{version}' -q
	for n in 1 2 3 4 5 6; do
		notes new -q bug "ticket number $n of this made project"
	done
	commit begin
	git tag v1.0
	git switch -q -c one
	git switch -q main
	commit '[A-1] on main'
	commit '[A-2] only on main'
	commit '[A-3] to be reverted'
	three=$(oid)
	commit 'fix: without a key'
	commit 'feat: new without a key'
	commit '[A-5] first part'
	commit "Revert \"[A-3] to be reverted\"

This reverts commit $three."
	git tag v2.0
	git switch -q one
	commit '[A-1] backport'
	commit '[A-4] only here'
	commit '[A-3] backport'
	commit 'fix: without a key'
	git tag v1.1
	git switch -q main
	commit '[A-5] second part'
	commit '[A-6] last'
	git tag v2.1
	notes release import-tags -q
	notes scan -q
	notes close -q 1 2 3 4 5 6
}

upgrades() {
	two_lines
	ok notes generate --from 1.1 --to 2.1 --json
	is 'A-2 A-5 A-6' "$(keys fixes)"
	is A-3 "$(keys reverted)"
	python3 - "$out" "$(oid v1.1)" "$(oid v2.1)" <<-'END'
	import json, sys
	n = json.load(open(sys.argv[1], encoding="utf-8"))
	assert n["version"] == "2.1" and n["previous"] == "1.1", n
	assert n["title"] == "1.1 to 2.1", n["title"]
	assert n["from"] == sys.argv[2] and n["to"] == sys.argv[3], n
	END
	ok notes generate --from 1.1 --to 2.1
	out_has '1.1 to 2.1'
	cp "$out" want
	ok notes generate --from v1.1 --to v2.1
	same want "$out"
	ok notes generate --from 2.0 --to 2.1 --json
	is 'A-6' "$(keys fixes)"
	ok notes generate --from 1.0 --to 2.1 --json
	is 'A-1 A-2 A-5 A-6' "$(keys fixes)"
	is '' "$(keys reverted)"
	ok notes generate --from 2.1 --to 1.1 --json
	is 'A-3 A-4' "$(keys fixes)"
	ok notes generate --from 1.1 --to 2.1 --commits conventional --json
	summaries >got
	has got 'features: new without a key'
	lacks got 'fixes: without a key'
	fails 2 notes generate --from 1.1 --to 2.1 --update CHANGELOG.md
	err_has --output
	# As before: a version's own notes, or a range that is no release.
	ok notes generate 2.1 --json
	is 'A-5 A-6' "$(keys fixes)"
	ok notes generate --from v1.0 --to main --json
	out_has '"version": null'
}

upgrades_by_hand() {
	two_lines
	notes new -q task 'shipped by hand in one'
	notes edit -q 7 release=1.1,2.0
	notes new -q task 'shipped by hand in two'
	notes edit -q 8 release=2.0
	notes close -q 7 8
	ok notes generate --from 1.1 --to 2.1 --json
	is A-8 "$(keys tasks)"
}

# ---- relations ----

related() {
	unlinked_project
	notes new -q bug 'the same crash, seen by another'
	notes new -q task 'something that the fix settles'
	notes new -q task 'elsewhere'
	notes new -q task 'settled, but still open'
	notes new -q bug 'refused'
	notes new -q bug 'a duplicate of the duplicate'
	notes relate 3 duplicates 2
	notes relate 4 fixed-by 2
	notes relate 5 fixed-by 2
	notes relate 6 fixed-by 2
	notes relate 7 duplicates 2
	notes relate 8 duplicates 3
	notes close -q --as duplicate 3 8
	notes close -q 4 5
	notes close -q --as wontfix 7
	notes edit -q 4 release=1.1
	notes edit -q 5 release=1.0
	ok notes generate 1.1 --json
	is 'NOTE-1 NOTE-2 NOTE-3 NOTE-4 NOTE-8' "$(all_keys)"
	out_lacks '"no-commit"'
	ok notes explain 3 1.1
	out_has 'NOTE-3 is in 1.1: it duplicates NOTE-2'
	ok notes explain 4
	out_has 'NOTE-4 is in 1.1: it is fixed by NOTE-2'
	ok notes explain 7 1.1
	out_has 'not in 1.1'
	ok notes explain 5 1.1
	out_has 'not in 1.1'
	notes edit -q 3 no-note=yes
	ok notes generate 1.1 --json
	is 'NOTE-1 NOTE-2 NOTE-4' "$(all_keys)"
}

# ---- known issues ----

known() {
	unlinked_project
	notes new -q bug 'an old one' -l known-issue
	notes new -q bug 'not of this line' -l known-issue
	notes new -q task 'no bug' -l known-issue
	notes new -q bug 'no label'
	notes edit -q 3 found-in=1.0
	notes edit -q 5 found-in=1.0
	notes edit -q 6 found-in=1.0
	git switch -q -c side v1.0
	commit beside
	git tag v0.9
	git switch -q main
	notes release import-tags -q
	notes edit -q 4 found-in=0.9
	ok notes generate 1.1 --json
	is NOTE-3 "$(keys known-issues)"
	out_has '"resolved_in": null'
	commit '[NOTE-3] cure it'
	notes scan -q
	notes close -q 3
	ok notes generate 1.1 --json
	is NOTE-3 "$(keys known-issues)"
	git tag v1.2
	notes release import-tags -q
	ok notes generate 1.1 --json
	is NOTE-3 "$(keys known-issues)"
	out_has '"resolved_in": "1.2"'
	ok notes generate 1.1
	out_has 'an old one' 1.2
	ok notes generate 1.2 --json
	is '' "$(keys known-issues)"
	is NOTE-3 "$(keys fixes)"
}

# ---- text of others ----

hostile() {
	unlinked_project
	commit "$(printf 'feat(\033[31m): x\302\233 <b> \342\200\256 @all | y')"
	commit "$(printf 'fix!: z\n\nBREAKING CHANGE: \033]0;t\007 <script>')"
	for form in '' --json --porcelain; do
		ok notes unlinked $form
		clean_output
		ok notes blame file $form
		clean_output
		ok notes generate --commits conventional $form
		clean_output
	done
	ok notes generate --commits conventional
	out_lacks ' <script>' ' <b>' ' @all'
	printf '\033[31m NOTE-1 \377\376 NOTE-\0 #1' >bad.md
	for form in '' --json --porcelain; do
		fails 3 notes audit 1.1 bad.md $form
		clean_output
	done
}

# A worktree of its own, a folder below it, and --repo from outside.
blamed_elsewhere() {
	unlinked_project
	git worktree add -q ../w v1.1
	mkdir ../w/d
	cd ../w/d
	ok notes blame ../file:5
	out_has NOTE-2
	cd ../..
	ok notes --repo r blame r/file:5
	out_has NOTE-2
	ln -s r/file link
	ok notes --repo r blame link:5
	out_has NOTE-2
	fails 1 notes --repo r blame /etc/passwd
	git clone -q --bare r bare.git
	cd bare.git
	notes init --prefix NOTE --mainline main --tags 'v{version}' -q
	ok notes blame file:5 --json
	out_has '"release":"1.1"'
	fails 1 notes blame nothing
}

t 'commits without a ticket' unlinked_lists
t 'suggestions accepted' unlinked_accepts
t 'a ticket listed by its title is explained' titles_told
t 'commits dismissed' unlinked_dismisses
t 'lines and their tickets' blamed
t 'lines of other work trees' blamed_elsewhere
t 'a published file scored' audited
t 'Conventional Commits' conventional
t 'upgrade notes across lines' upgrades
t 'upgrade notes and releases by hand' upgrades_by_hand
t 'duplicates, and what a fix settles' related
t 'known issues' known
t 'hostile text' hostile
