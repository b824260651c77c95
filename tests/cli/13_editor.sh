#!/bin/sh
# The editor: found as git finds it; what was written is never lost.
. "$(dirname "$0")/../lib.sh"

tracker() {
	repo r
	notes init --prefix NOTE -q
	mkdir ../bin
	cat >../bin/ed-summary <<-'END'
	#!/bin/sh
	for file; do :; done
	stat -c %a "$file" >/tmp/.mode.$$ && mv /tmp/.mode.$$ "$MODE"
	sed -i 's/^summary:.*/summary: 편집한 제목/; s/^type:.*/type: bug/' "$file"
	END
	cat >../bin/ed-bad <<-'END'
	#!/bin/sh
	sed -i 's/^type:.*/type: nonsense/; s/^summary:.*/summary: precious/' "$1"
	END
	cat >../bin/ed-fail <<-'END'
	#!/bin/sh
	echo precious >>"$1"
	exit 3
	END
	cat >../bin/ed-text <<-'END'
	#!/bin/sh
	test "$1" = -w
	echo 'written in the editor' >"$2"
	END
	chmod +x ../bin/*
	PATH=$PWD/../bin:$PATH
	MODE=$PWD/../mode
	export MODE
}

drafts() {
	find .git/tracker -name 'draft*'
}

new_and_edit() {
	tracker
	ok env GIT_EDITOR=ed-summary notes new -e
	out_is 'NOTE-1 created'
	is 600 "$(cat "$MODE")"
	is '' "$(drafts)"
	ok notes show 1
	out_has '편집한 제목'
	notes new -q task two -d 'body text'
	ok env GIT_EDITOR=ed-summary notes edit 2
	out_is 'NOTE-2 changed'
	ok notes show 2
	out_has '편집한 제목' 'body text'
	ok env GIT_EDITOR=: notes edit 2
	out_is 'NOTE-2 unchanged'
	is '' "$(drafts)"
	ok env GIT_EDITOR=: notes new -e bug 'given in words' -d 'and a text' -l x
	ok notes show 3 --json
	out_has 'given in words' 'and a text' '"x"'
}

nothing_written() {
	tracker
	fails 1 env GIT_EDITOR=: notes new -e
	is '' "$(drafts)"
	ok notes list --count
	out_is 0
}

draft_is_kept() {
	tracker
	fails 1 env GIT_EDITOR=ed-fail notes new -e bug x
	err_has 'status 3' 'draft is kept' 'notes new -e --form'
	has "$(drafts)" precious
	rm "$(drafts)"
	fails 1 env GIT_EDITOR=ed-bad notes new -e bug x
	err_has nonsense 'draft is kept'
	draft=$(drafts)
	has "$draft" precious
	sed -i 's/nonsense/bug/' "$draft"
	ok notes new --form "$draft"
	ok notes show 1
	out_has precious
	test ! -e "$draft"
	fails 1 env GIT_EDITOR=ed-bad notes edit 1
	err_has 'notes edit NOTE-1 -e --form'
	ok notes show 1 --json
	out_has '"type":"bug"'
}

nothing_typed_leaves_no_draft() {
	tracker
	notes new -q bug x
	for cmd in 'new -e' 'edit 1' 'comment 1'; do
		fails 1 env GIT_EDITOR=false notes $cmd
		err_has 'status 1'
		err_lacks 'draft is kept'
		is '' "$(drafts)"
	done
}

drafts_are_used_up() {
	tracker
	notes new -q bug x
	fails 1 env GIT_EDITOR=ed-bad notes edit 1
	draft=$(drafts)
	sed -i 's/nonsense/task/' "$draft"
	ok notes edit 1 --form "$draft"
	is '' "$(drafts)"
	ok notes show 1
	out_has precious
	fails 1 env GIT_EDITOR=ed-fail notes comment 1
	ok notes comment 1 -F "$(drafts)"
	is '' "$(drafts)"
	# A file of the user's own stays.
	printf 'type: bug\nsummary: own\n' >draft-own.md
	ok notes new --form draft-own.md
	test -e draft-own.md
	fails 1 env GIT_EDITOR=ed-bad notes edit 1
	fails 1 notes edit 1 --form "$(drafts)"
	test -e "$(drafts)"
}

others_changes_stay() {
	tracker
	notes new -q bug x -p low
	cat >../bin/ed-slow <<-'END'
	#!/bin/sh
	notes edit -q 1 priority=high
	notes comment -q 1 meanwhile
	sed -i 's/^summary:.*/summary: mine/' "$1"
	END
	chmod +x ../bin/ed-slow
	ok env GIT_EDITOR=ed-slow notes edit 1
	ok notes show 1 --json
	out_has '"summary":"mine"' '"priority":"high"'
}

comment() {
	tracker
	notes new -q bug x
	ok env GIT_EDITOR='ed-text -w' notes comment 1
	ok notes show 1
	out_has 'written in the editor'
	fails 1 env GIT_EDITOR=: notes comment 1 -e
	fails 1 env GIT_EDITOR=ed-fail notes comment 1
	err_has 'notes comment NOTE-1 -e -F'
}

as_git_finds_it() {
	tracker
	notes new -q bug x
	git config core.editor 'ed-text -w'
	ok env EDITOR=ed-fail VISUAL=ed-fail notes comment 1
	git config --unset core.editor
	ok env TERM=xterm VISUAL='ed-text -w' EDITOR=ed-fail notes comment 1
	ok env EDITOR='ed-text -w' notes comment 1
	ok env GIT_EDITOR='ed-text -w' EDITOR=ed-fail notes comment 1
	# The shell says a line of its own.
	run env GIT_EDITOR=/nowhere/ed notes comment 1
	is 1 "$status"
	err_has /nowhere/ed
}

t 'new and edit in the editor' new_and_edit
t 'an untouched form makes no ticket' nothing_written
t 'a draft is kept when something fails' draft_is_kept
t 'nothing typed leaves no draft' nothing_typed_leaves_no_draft
t 'a draft that was taken up is gone' drafts_are_used_up
# Both wrote the same field: the last word counts, the other one is told of,
# and comes back.  Lists take both.
the_same_field() {
	tracker
	notes new -q bug 'first words' --label old,kept
	cat >../bin/ed-both <<-'END'
	#!/bin/sh
	git config user.email bob@example.org
	notes edit -q 1 'summary=words of bob' 'note=of bob' +bobs -old
	git config user.email ann@example.org
	sed -i 's/^summary:.*/summary: words of ann/; s/^label:.*/&,anns/' "$1"
	END
	chmod +x ../bin/ed-both
	ok env GIT_EDITOR=ed-both notes edit 1
	out_is 'NOTE-1 changed'
	err_has 'this replaced bob'"'"'s summary "words of bob"' 'notes undo'
	err_lacks "s note" "s label"
	ok notes show 1 --json
	out_has 'words of ann' 'of bob' '"anns"' '"bobs"' '"kept"'
	out_lacks '"old"'
	ok notes undo
	ok notes show 1 --json
	out_has 'words of bob' '"bobs"'
	out_lacks '"anns"'
}

t 'what others changed meanwhile stays' others_changes_stay
t 'what both changed is told of' the_same_field
t 'comments in the editor' comment
t 'the editor is the one git takes' as_git_finds_it
