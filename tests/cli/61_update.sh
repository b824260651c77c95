#!/bin/sh
# Notes in files that people edit: merged, kept, compared, checked.
. "$(dirname "$0")/../lib.sh"

SOURCE_DATE_EPOCH=1717200000
export SOURCE_DATE_EPOCH

project() {
	repo r
	at '2024-01-01 12:00'
	commit first
	git tag v1.0
	notes init --prefix NOTE --mainline main --tags 'v{version}' -q
	notes new -q bug 'Crash on start'
	notes new -q bug '한글 폭 계산'
	notes new -q bug 'Slow list'
	at '2030-01-05 12:00'
	commit 'Fixes NOTE-1'
	commit 'Fixes NOTE-2'
	commit 'Fixes NOTE-3'
	at '2030-02-01 12:00'
	git tag v1.1
	notes release import-tags -q
}

edits_survive() {
	project
	printf '# Changes\n\nBy hand.\n\n# 1.0\n\n- the first\n' >log.md
	ok notes generate 1.1 --update log.md
	out_is 'log.md written'
	sed -i -e 's/Crash on start/No crash any more/' \
	    -e 's/.*한글.*/&\n- 손으로 쓴 줄/' -e '/Slow list/d' log.md
	cp log.md edited
	ok notes generate 1.1 --update log.md
	out_is 'log.md unchanged'
	same edited log.md
	notes edit -q 2 summary='한글 폭'
	ok notes generate 1.1 --update log.md
	out_is 'log.md written'
	err_lacks NOTE-1
	sed 's/한글 폭 계산/한글 폭/' edited >want
	same want log.md
	has log.md 'No crash any more' '손으로 쓴 줄' 'the first' 'By hand.'
	lacks log.md 'Slow list'
}

conflicts() {
	project
	notes generate 1.1 --update log.md -q
	sed -i 's/Crash on start/No crash/' log.md
	notes edit -q 1 summary='Crash at the start'
	ok notes generate 1.1 --update log.md
	err_has NOTE-1 'edited in the file'
	has log.md 'No crash' '<!-- conflict NOTE-1:' 'Crash at the start'
	cp log.md before
	ok notes generate 1.1 --update log.md
	out_is 'log.md unchanged'
	same before log.md
	fails 3 notes check 1.1 --file log.md
	out_has conflict NOTE-1
	sed -i -e '/<!-- conflict/d' -e '/Crash at the start/d' log.md
	run notes check 1.1 --file log.md
	out_lacks conflict differs
	ok notes generate 1.1 --update log.md
	out_is 'log.md unchanged'
	has log.md 'No crash'
}

json_conflicts() {
	project
	notes generate 1.1 --update log.md -q
	sed -i 's/Crash on start/No crash/' log.md
	notes edit -q 1 summary='Crash at the start'
	ok notes generate 1.1 --update log.md --json
	python3 -c 'import json, sys
j = json.load(open(sys.argv[1], encoding="utf-8"))
assert j["changed"] is True and len(j["conflicts"]) == 1, j' "$out"
}

windows_lines() {
	project
	printf '# Changes\r\n\r\n## 1.0\r\n\r\n- x\r\n' >log.md
	notes generate 1.1 --update log.md -q
	sed -i 's/Crash on start/No crash/' log.md
	notes edit -q 3 summary='Slow'
	notes generate 1.1 --update log.md -q
	has log.md 'No crash' Slow
	test "$(grep -c . log.md)" = "$(grep -c "$(printf '\r')\$" log.md)" ||
	    grep -vc "$(printf '\r')\$" log.md | grep -qx 0 ||
	    fail 'a line does not end with CR LF'
}

two_versions() {
	project
	commit 'Fixes NOTE-1'
	notes new -q feature 'Later' -d 'Text.'
	commit 'Closes NOTE-4'
	git tag v1.2
	notes release import-tags -q
	notes generate 1.1 --update log.md -q
	notes generate 1.2 --update log.md -q
	sed -i -e 's/Crash on start/No crash/' -e 's/Later/Much later/' log.md
	cp log.md before
	ok notes generate 1.2 --update log.md
	out_is 'log.md unchanged'
	ok notes generate 1.1 --update log.md
	same before log.md
	notes edit -q 2 summary='폭'
	notes generate 1.1 --update log.md -q
	sed 's/한글 폭 계산/폭/' before >want
	same want log.md
}

no_base() {
	project
	printf '# 1.1\n\nDear all.\n\n## Mine\n\n- by hand\n- NOTE-1 old\n' \
	    >log.md
	notes generate 1.1 --update log.md -q
	has log.md 'Dear all.' '- by hand' 'Crash on start'
	lacks log.md 'NOTE-1 old'
	cp log.md before
	ok notes generate 1.1 --update log.md
	same before log.md
}

# The file of a branch comes from what was written there, not from what another
# branch has since.
another_branch() {
	project
	notes generate 1.1 --update log.md -q
	git add log.md
	commit 'log'
	git branch side
	notes new -q bug 'Late one' --release 1.1
	notes close -q 4
	notes edit -q 2 summary='한글 폭'
	ok notes generate 1.1 --update log.md
	has log.md 'Late one' '한글 폭'
	cp log.md main.md
	git add log.md
	commit 'log again'
	git checkout -q side
	lacks log.md 'Late one'
	sed -i 's/Crash on start/No crash/' log.md
	fails 3 notes check 1.1 --file log.md
	out_has differs
	ok notes generate 1.1 --update log.md
	err_lacks 'in the file'
	sed 's/Crash on start/No crash/' main.md >want
	same want log.md
	ok notes generate 1.1 --update log.md
	out_is 'log.md unchanged'
}

# What was taken out stays out: not committed yet, on a new branch, committed,
# merged elsewhere.
taken_out_stays_out() {
	project
	notes generate 1.1 --update log.md -q
	git add log.md
	commit 'log'
	notes new -q bug 'Late one' --release 1.1
	notes close -q 4
	notes edit -q 2 summary='한글 폭'
	notes generate 1.1 --update log.md -q
	sed -i '/Late one/d' log.md
	cp log.md edited
	ok notes generate 1.1 --update log.md
	same edited log.md
	git checkout -q -b fresh
	ok notes generate 1.1 --update log.md
	same edited log.md
	commit 'something'
	git reset -q --hard
	git checkout -q main
	git checkout -q -b other
	printf '%s\n' 'again' >>log.md
	cp log.md edited
	# The file is as HEAD has it but for a line, nobody committed "Late one".
	ok notes generate 1.1 --update log.md
	lacks log.md 'Late one'
	sed -i 's/.*한글 폭.*/&\n- **NOTE-4** Late one/' log.md
	git add log.md
	commit 'with it'
	sed -i '/Late one/d' log.md
	git add log.md
	commit 'without it'
	git checkout -q main
	git merge -q --no-edit other
	cp log.md edited
	ok notes generate 1.1 --update log.md
	same edited log.md
}

# "Unreleased" gets the number of its release by hand.
unreleased_named() {
	project
	notes new -q bug 'New one'
	commit 'Fixes NOTE-4'
	notes generate --update log.md -q
	has log.md '# Unreleased' 'New one'
	sed -i -e 's/New one/Brand new one/' -e 's/^# Unreleased/# 1.2/' log.md
	at '2030-03-01 12:00'
	git tag v1.2
	ok notes generate 1.2 --update log.md
	out_is 'log.md written'
	err_lacks NOTE-4 heading
	has log.md '# 1.2 (2030-02-01)' 'Brand new one'
	lacks log.md Unreleased conflict
	sed -i 's/^# 1.2 .*/# The winter one/' log.md
	cp log.md edited
	ok notes generate 1.2 --update log.md
	same edited log.md
}

by_order() {
	project
	notes generate 1.1 --update log.md -q
	notes generate 1.0 --update log.md -q
	is '# 1.1 # 1.0' "$(grep -o '^# 1.[01]' log.md | tr '\n' ' ' | sed 's/ $//')"
}

by_build_checked() {
	project
	notes build add 1.1 --number 7 --commit v1.1 -q
	notes generate 1.1 --by-build --update CHANGELOG.md -q
	has CHANGELOG.md 7
	ok notes check 1.1
}

# A template is the repository's: it holds in every folder of it.
team_style() {
	project
	mkdir own sub
	printf '# {{version}}\n\n{{#sections}}{{#entries}}\n* {{text_md}} {{key_md}}\n{{/entries}}{{/sections}}\n' >own/notes.md
	ok notes generate 1.1 --style own/notes.md --update log.md
	has log.md '* Crash on start **NOTE-1**'
	cd sub
	ok notes check 1.1 --file ../log.md
	ok notes generate 1.1 --style ../own/notes.md --update ../log.md
	out_is '../log.md unchanged'
	ok notes config style own/notes.md
	ok notes generate 1.1
	out_has '* Crash on start **NOTE-1**'
	printf '# {{version}}\n\n{{nonsense}}\n' >../own/notes.md
	fails 1 notes generate 1.1
	err_has 'own/notes.md: template line 3' nonsense
	fails 1 notes generate 1.1 --style nowhere.md
	err_has nowhere.md
}

# What cannot be written is told, and nothing is lost or changed.
odd_files() {
	project
	mkdir dir.md
	fails 1 notes generate 1.1 --update dir.md
	err_has dir.md
	ln -s real.md link.md
	printf '# Log\n' >real.md
	# It may lead anywhere: names in a repository are others'.
	fails 1 notes generate 1.1 --update link.md
	err_has link.md
	is '# Log' "$(cat real.md)"
	printf 'By hand.' >short.md
	ok notes generate 1.1 --update short.md
	has short.md 'By hand.' 'Crash on start'
	printf '\357\273\277# Log\r\n\r\n## [1.0]\r\n\r\n- x' >bom.md
	cp bom.md bom.before
	ok notes generate 1.1 --update bom.md
	ok notes generate 1.1 --update bom.md
	out_is 'bom.md unchanged'
	is "$(tail -c 18 bom.before | od -c)" "$(tail -c 18 bom.md | od -c)"
	awk 'BEGIN { print "# Log\n"
		for (v = 40000; v > 0; v--)
			printf "## 0.%d.0\n\n- **OLD-%d** some %s words\n\n", v, v,
			    "한글 and other and yet more and quite a few further"
	}' >big.md
	cp big.md before
	ok notes generate 1.1 --update big.md
	ok notes generate 1.1 --update big.md
	out_is 'big.md unchanged'
	is "$(tail -n +3 before | cksum)" "$(sed -n '/^## 0.40000/,$p' big.md | cksum)"
}

revisions() {
	project
	ok notes generate --revisions
	out_is 'no revision is kept'
	notes generate 1.1 --update log.md -q
	notes generate 1.1 --update log.md -q
	ok notes generate --revisions 1.1 --json
	python3 -c 'import json, sys
j = json.load(open(sys.argv[1], encoding="utf-8"))
assert [r["revision"] for r in j] == [1], j
assert j[0]["file"] == "log.md" and j[0]["made"] == "2024-06-01T00:00:00Z", j
assert j[0]["style"] == "default" and j[0]["bytes"] > 50, j' "$out"
	notes edit -q 1 summary='Crash at the start'
	notes generate 1.1 --update log.md -q
	notes generate 1.1 --style maven -o other.md -q
	ok notes generate --revisions --porcelain
	out_lines 3
	ok notes generate --revision 1 1.1
	out_has 'Crash on start'
	ok notes generate --revision 3 1.1
	same other.md "$out"
	ok notes generate --compare 1 2 1.1
	out_has '--- 1.1 revision 1' '+++ 1.1 revision 2' '@@ ' \
	    '-- **NOTE-1** Crash on start' '+- **NOTE-1** Crash at the start'
	ok notes generate --compare 2 2 1.1
	out_is ''
	ok notes generate --compare 1 1.1
	out_has '+++ 1.1 revision 3'
	fails 1 notes generate --revision 9 1.1
	err_has '--revisions'
	fails 1 notes generate --revision 1 9.9
	fails 2 notes generate --revision x 1.1
	fails 2 notes generate --revisions --compare 1 1.1
	fails 2 notes generate 1.0 1.1
	clean_output
}

checks() {
	project
	fails 3 notes check 1.1
	out_has 'no file'
	notes generate 1.1 --update CHANGELOG.md -q
	ok notes check 1.1
	out_is 'nothing found'
	sed -i 's/Crash on start/No crash/' CHANGELOG.md
	ok notes check
	notes edit -q 2 summary='폭'
	fails 3 notes check 1.1
	out_has differs
	notes generate 1.1 --update CHANGELOG.md -q
	notes new -q task 'left over' --release 1.1
	fails 3 notes check 1.1 --json
	python3 -c 'import json, sys
j = json.load(open(sys.argv[1], encoding="utf-8"))
assert [(f["code"], f["key"]) for f in j] == [("open-ticket", "NOTE-4")], j
assert sorted(j[0]) == ["code", "key", "text"], j' "$out"
	notes close -q 4
	run notes check 1.1 --json
	out_has no-commit NOTE-4
	fails 2 notes check --all 1.1
}

check_style() {
	project
	notes generate 1.1 --style keepachangelog --lang ko --update CHANGELOG.md -q
	ok notes check 1.1
	ok notes check --all
	notes generate 1.0 --update CHANGELOG.md -q
	printf '\nmore\n' >>CHANGELOG.md
	ok notes check --all
	fails 1 notes check 1.0 --file nowhere.md
}

# Notes were written before the revert; then somebody worded the entry anew.
check_reverted() {
	project
	commit 'Fixes NOTE-1'
	notes new -q bug 'Noise'
	commit 'Fixes NOTE-4'
	ok notes generate --update CHANGELOG.md
	has CHANGELOG.md Noise
	sed -i 's/Noise/Less noise/' CHANGELOG.md
	git revert --no-edit HEAD >/dev/null 2>&1
	ok notes generate --update CHANGELOG.md
	err_has NOTE-4 'no longer in the notes'
	has CHANGELOG.md '<!-- conflict NOTE-4:' 'Less noise'
	at '2030-03-01 12:00'
	sed -i -e '/<!-- conflict/d' -e 's/^# .*/# 1.2/' CHANGELOG.md
	git tag v1.2
	notes release import-tags -q
	fails 3 notes check 1.2
	out_has reverted NOTE-4
}

own_sections() {
	project
	notes new -q feature 'A preview' -d 'Text.' --release 1.1
	notes close -q 4
	printf '[tracker]\n\tsection = fixes:고친 것\n\tsection = features:새것\n' \
	    >.notesconfig
	ok notes generate 1.1
	grep '^## ' "$out" >heads
	test "$(head -n 2 heads)" = "## 고친 것
## 새것" || fail "$(cat heads)"
	ok notes generate 1.1 --style keepachangelog
	out_has '### 고친 것' '### 새것'
	fails 1 notes config section nonsense:x
	err_has features
	printf '[tracker]\n\tsection = bugs:x\n' >.notesconfig
	fails 1 notes generate 1.1
	err_has tracker.section bugs
}

# Four tickets under "Unreleased", edited; the fourth is not in 1.1 yet.
unreleased() {
	repo r
	at '2024-01-01 12:00'
	commit first
	git tag v1.0
	notes init --prefix NOTE --mainline main --tags 'v{version}' -q
	notes new -q bug 'Crash on start'
	notes new -q bug '한글 폭 계산'
	notes new -q bug 'Slow list'
	notes new -q feature '네 번째' -d Text.
	at '2030-01-05 12:00'
	for n in 1 2 3 4; do
		commit "Fixes NOTE-$n"
	done
	printf '# Changes\n\n## [Unreleased]\n\n## 1.0\n\n- the first\n' >log.md
	ok notes generate --update log.md
	sed -i -e 's/Crash on start/No crash any more/' -e 's/네 번째/넷째/' \
	    -e 's/.*한글.*/&\n- by hand/' log.md
}

taken_over() {
	unreleased
	git tag v1.1
	ok notes generate 1.1 --update log.md
	err_lacks conflict NOTE
	lacks log.md nreleased
	has log.md '## 1.1' 'No crash any more' 넷째 '- by hand' 'the first'
	is 1 "$(grep -c NOTE-1 log.md)"
	cp log.md before
	ok notes generate 1.1 --update log.md
	out_is 'log.md unchanged'
	ok notes check 1.1 --file log.md
	same before log.md
}

partly_taken_over() {
	unreleased
	git tag v1.1 HEAD~1
	fails 3 notes check 1.1 --file log.md
	out_has 'no section'
	ok notes generate 1.1 --update log.md
	err_lacks conflict NOTE
	awk '/^## /{ f = $2 } f { print >f }' log.md
	has Unreleased NOTE-4 넷째 'Since 1.1'
	lacks Unreleased NOTE-1 NOTE-2 NOTE-3 'by hand'
	has 1.1 'No crash any more' NOTE-2 NOTE-3 'by hand'
	lacks 1.1 NOTE-4
	has 1.0 'the first'
	ok notes check 1.1 --file log.md
	cp log.md before
	ok notes generate --update log.md
	out_is 'log.md unchanged'
	ok notes generate 1.1 --update log.md
	out_is 'log.md unchanged'
}

# A release from elsewhere has little of it, and leaves it alone.
not_taken_over() {
	unreleased
	git switch -q -c old v1.0
	commit 'NOTE-1 fixed here, too'
	git tag v1.0.1
	git switch -q main
	ok notes generate 1.0.1 --update log.md
	has log.md '## Unreleased' '## 1.0.1' 'No crash any more' 넷째 'by hand'
	is 2 "$(grep -c NOTE-1 log.md)"
	ok notes check 1.0.1 --file log.md
}

# Both sections were in the file before: said, with the way out.
left_behind() {
	unreleased
	cp log.md both.md
	git tag v1.1
	notes generate 1.1 --update log.md -q
	sed -n '/^## 1.1/,$p' log.md >rest
	sed '/^## 1.0/,$d' both.md | cat - rest >log.md
	fails 3 notes check 1.1 --file log.md
	out_has 'lists NOTE-1 as unreleased still' 'notes generate --update'
	fails 3 notes check 1.1 --file log.md --json
	out_has '"code":"released"'
}

t "sections of the project's own" own_sections
t 'a release takes over what was unreleased' taken_over
t 'what is unreleased still stays' partly_taken_over
t "another line's release takes nothing" not_taken_over
t 'what was left under Unreleased is found' left_behind
t 'edits survive' edits_survive
t 'a conflict is marked, and resolved' conflicts
t 'conflicts as JSON' json_conflicts
t 'CR LF' windows_lines
t 'two versions in a file' two_versions
t 'a section that people wrote' no_base
t 'a branch has what was written there' another_branch
t 'what was taken out stays out' taken_out_stays_out
t 'Unreleased gets its number by hand' unreleased_named
t 'a new section goes where its version belongs' by_order
t 'notes by build are checked as such' by_build_checked
t "a team's own style" team_style
t 'odd files' odd_files
t 'revisions' revisions
t 'check' checks
t 'check in the style of the file' check_style
t 'check finds what was reverted' check_reverted
