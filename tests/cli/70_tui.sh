#!/bin/sh
# The whole program in a terminal: what keys do, and every way out.
. "$(dirname "$0")/../lib.sh"

command -v tmux >/dev/null || skip_all "tmux is not there"

# A server of its own for each screen: one that ends is not met again.
server=0
mux() {
	tmux -S "$TESTDIR/.tmux$server" -f /dev/null "$@"
}

# Another server; a test that fails must not leave it behind.
fresh() {
	server=$((server + 1))
	trap 'mux kill-server 2>/dev/null || :' EXIT
}

# Runs a command in a terminal; when it has ended, "END status" stands there.
with() {
	fresh
	cat >.run <<END
stty -g >before
$1
echo "END \$?"
stty -g >after
echo done >ended
exec cat
END
	_size=${2:-80x24}
	mux new-session -d -x "${_size%x*}" -y "${_size#*x}" \
	    "TERM=screen-256color exec sh .run"
}

# Runs notes in a terminal of COLSxROWS.
start() {
	with notes "$1"
}

# Waits until the screen has the text (or, with "lacks", no longer has it).
see() {
	_n=0
	until mux capture-pane -p 2>/dev/null | grep -qF -e "$1"; do
		_n=$((_n + 1))
		test "$_n" -lt 400 || {
			mux capture-pane -p
			fail "--- never saw: $1"
		}
		sleep 0.025
	done
}

keys() {
	mux send-keys "$@"
}

# It has ended, and the terminal is as it was.
ended() {
	see "END $1"
	_n=0
	until test -e ended; do
		_n=$((_n + 1))
		test "$_n" -lt 400 || fail "the shell hangs"
		sleep 0.025
	done
	same before after
	! mux capture-pane -p | grep -qF 'SUMMARY' ||
	    fail "the screen was left as it was"
	mux kill-server
}

pid() {
	mux list-panes -F '#{pane_pid}' | xargs -I{} pgrep -P {} -x notes
}

tracker() {
	repo r
	commit 'first'
	ok notes init --prefix NOTE
	ok notes new bug '한글 폭 계산 오류로 표가 어긋남'
	ok notes new feature 'Release notes preview'
	ok notes new task '문서: 설정 예시 추가'
}

leaves_by_key() {
	tracker
	start 80x24
	see 'NOTE-3'
	keys q
	ended 0
}

leaves_by_signal() {
	tracker
	for sig in TERM HUP INT; do
		rm -f ended
		start 80x24
		see 'NOTE-3'
		kill -"$sig" "$(pid)"
		case $sig in
		HUP) ended 129 ;;
		INT) ended 130 ;;
		*) ended 143 ;;
		esac
	done
}

aligns_korean_rows() {
	tracker
	start 80x24
	see 'NOTE-1'
	# tmux knows where the cells are: STATUS begins in column 57 of each row.
	mux capture-pane -p >screen
	grep 'NOTE-' screen | grep -v '4 Notes' >rows
	python3 - <<'END' || fail "columns out of line: $(cat rows)"
import unicodedata
def col(line, what):
    return sum(2 if unicodedata.east_asian_width(c) in 'WF' else 1
               for c in line[:line.index(what)])
rows = open('rows', encoding='utf-8').read().splitlines()
assert len(rows) == 3, rows
assert len({col(r, ' open') for r in rows}) == 1
END
	keys q
	ended 0
}

follows_the_window() {
	tracker
	start 80x24
	see 'NOTE-3'
	mux resize-window -x 130 -y 30
	see '│ NOTE-'
	mux resize-window -x 20 -y 4
	see 'needs 30x5'
	mux resize-window -x 80 -y 24
	see 'q back'
	keys q
	ended 0
}

changes_and_takes_back() {
	tracker
	start 80x24
	see 'NOTE-3'
	keys n
	see 'new (type summary)'
	keys 'bug 새 문제' Enter
	see 'NOTE-4 is new'
	ok notes show NOTE-4
	out_has '새 문제'
	keys s
	see '─ status NOTE'
	keys d Enter
	see 'u takes it back'
	keys u
	see 'undone:'
	keys q
	ended 0
}

# From a file of the work tree to the screen, and from a key to a file.
has_keys_of_ones_own() {
	tracker
	cat >.notesconfig <<-'EOF'
	[tracker "key.list"]
	    status = S
	    opn = x
	[tracker "filter"]
	    team = 한글
	EOF
	start 80x24
	see '.notesconfig:3: no action "opn" in list'
	keys S
	see '─ status'
	keys Escape
	see 'Enter open'
	keys 0 2 j
	see '3 of 3'
	keys F
	see '@team'
	keys Enter
	see '1 of 3'
	keys '?' 'mark,' C-e
	see 'press the new key of "mark"'
	keys z
	see 'mark: z, kept in your git configuration, for all repositories'
	ok git config --global tracker.key.list.mark
	out_is z
	keys Escape
	see 'Enter open'
	keys z
	see '1 marked'
	keys Q
	ended 0
}

sees_what_others_change() {
	tracker
	start 80x24
	see 'NOTE-3'
	ok notes new bug 'made elsewhere'
	see 'made elsewhere'
	keys q
	ended 0
}

stops_and_goes_on() {
	tracker
	fresh
	mux new-session -d -x 80 -y 24 \
	    'PS1="ready: " TERM=screen-256color exec sh -m -i'
	see 'ready:'
	keys notes Enter
	see 'NOTE-3'
	keys C-z
	see 'Stopped'
	keys fg Enter
	see 'q back'
	keys C-l q
	see 'ready:'
	mux kill-server
}

makes_a_tracker_on_a_key() {
	repo r
	commit 'first'
	start 80x24
	see 'No tracker here yet'
	test ! -e .git/tracker || fail "written before a key"
	keys Enter
	see 'no tickets yet'
	test -e .git/tracker/notes.db || fail "no tracker was made"
	keys q
	ended 0
}

says_what_to_do_outside_a_repository() {
	start 80x24
	see 'No git repository here'
	see 'git init'
	keys q
	ended 0
	git init -q -b main .
	rm -f ended
	start 80x24
	see 'Enter makes one:'
	keys q
	ended 0
}

edits_in_an_editor() {
	tracker
	cat >"$TESTDIR/.bin/ed-test" <<'END'
#!/bin/sh
sed -i 's/Release notes preview/Preview of the notes/' "$1"
END
	chmod +x "$TESTDIR/.bin/ed-test"
	git config core.editor ed-test
	start 80x24
	see 'NOTE-2'
	keys / preview Enter
	see 'n next'
	keys e
	see 'changed   (u takes it back)'
	see 'Preview of the notes'
	keys q
	ended 0
}

# Its screen is the editor's meanwhile, and another size afterwards.
resizes_in_an_editor() {
	tracker
	cat >"$TESTDIR/.bin/ed-wait" <<'END'
#!/bin/sh
echo 'in the editor'
until test -e go; do sleep 0.05; done
stty size >size
sed -i 's/Release notes preview/Preview of the notes/' "$1"
END
	chmod +x "$TESTDIR/.bin/ed-wait"
	git config core.editor ed-wait
	start 80x24
	see 'NOTE-2'
	keys / preview Enter
	see 'n next'
	keys e
	see 'in the editor'
	mux resize-window -x 130 -y 30
	# A click is none of ours while another program has the terminal.
	! mux display-message -p '#{mouse_any_flag}' | grep -q 1 ||
	    fail "the mouse was not given back"
	touch go
	see 'Preview of the notes'
	see '│ NOTE-2'
	is '30 130' "$(cat size)"
	mux resize-window -x 80 -y 24
	see 'sort:newest  3'
	keys q
	ended 0
}

clicks_and_turns() {
	tracker
	start 80x24
	see 'NOTE-1'
	see 'q back'
	mux display-message -p '#{mouse_sgr_flag}' | grep -q 1 ||
	    fail "the mouse was not asked for"
	# As tmux hands a click on: button 0 in column 20 of row 6.
	mux send-keys -l "$(printf '\033[<0;20;6M\033[<0;20;6m')"
	see '3 of 3'
	mux send-keys -l "$(printf '\033[<64;20;6M')"
	see '1 of 3'
	keys q
	ended 0
}

# The row that is selected has the cursor: what is read aloud, or enlarged.
has_a_cursor_on_the_row() {
	tracker
	start 80x24
	see '1 of 3'
	is 3 "$(mux display-message -p '#{cursor_y}')"
	keys j
	see '2 of 3'
	is 4 "$(mux display-message -p '#{cursor_y}')"
	is 1 "$(mux display-message -p '#{cursor_flag}')"
	keys q
	ended 0
}

keeps_what_others_changed() {
	tracker
	cat >"$TESTDIR/.bin/ed-test" <<'END'
#!/bin/sh
notes status done NOTE-2 >/dev/null
sed -i 's/Release notes preview/Preview of the notes/' "$1"
END
	chmod +x "$TESTDIR/.bin/ed-test"
	git config core.editor ed-test
	start 80x24
	see 'NOTE-2'
	keys / preview Enter
	see 'n next'
	keys e
	see 'changed   (u takes it back)'
	ok notes show NOTE-2
	out_has 'Preview of the notes'
	out_has 'done'
	keys q
	ended 0
}

shows_a_release() {
	tracker
	ok notes release add 1.0 --target 2030-01-01
	ok notes edit NOTE-1 release=1.0
	echo 'int x;' >x.c
	git add x.c
	commit 'NOTE-1: measure columns'
	start 100x30
	see 'NOTE-3'
	keys 3
	see '1 releases'
	keys Enter
	see 'NOTE-1 is claimed by a commit but still open'
	see '1 to do'
	keys g g s
	see 'status NOTE-1'
	keys d Enter
	see '1 done'
	keys G Enter
	see '[Description]'
	keys d
	see '2 files changed, +2 -0'
	keys G
	see '+int x;'
	keys q q q
	see '1 releases'
	keys q q
	ended 0
}

# Commits alone brought it into the release: no field says so.
lists_what_commits_brought() {
	tracker
	echo >y.c
	git add y.c
	commit 'Fixes NOTE-2: a preview'
	git tag v1.0
	ok notes scan
	# Commits from before the tracker do not act.
	ok notes close NOTE-2
	start 100x30
	see 'NOTE-3'
	keys 3
	see '1 releases'
	keys Enter
	see '100% done'
	keys L
	see 'release:1.0 or key:NOTE-2'
	see '1 of 1'
	keys Q
	ended 0
}

does_without_colours() {
	tracker
	fresh
	mux new-session -d -x 80 -y 24 \
	    "NO_COLOR=1 TERM=screen-256color exec notes"
	see 'NOTE-3'
	mux capture-pane -p -e >screen
	! grep -qE '\[([0-9;]*;)?(3[0-8]|4[0-8]|9[0-7])[;m]' screen ||
	    fail "there are colours: $(cat -v screen)"
	has screen 'NOTE-3'
	keys q
	mux kill-server 2>/dev/null || :
}

prints_screens() {
	tracker
	ok notes --plain board
	out_has 'open (3)'
	ok notes --plain releases
	out_has 'no releases yet'
	ok notes --plain notes
	out_has 'Unreleased'
	ok notes --plain ticket 1
	out_has 'NOTE-1  bug' '[Description]'
	ok env COLUMNS=60 LINES=12 notes --plain ticket NOTE-3
	out_lines 12
	ok notes release add 1.0 --target 2030-01-01
	ok notes --plain hub 1.0
	out_has 'Release 1.0'
	ok notes --plain notes 1.0
	out_has 'Notes 1.0'
	ok notes --plain keys
	out_has 'one down'
	clean_output
	ok notes --plain release 1.0
	out_has 'Release 1.0'
	ok notes --plain release
	out_has 'Release 1.0'
	# A command with --plain in front stays one.
	ok notes --plain release list
	out_has 'planned'
	ok notes --plain diff HEAD
	out_has 'Commit'
	ok notes --plain revisions 1.0
	out_has 'Revisions of the notes 1.0'
	clean_output
	fails 1 notes --plain first
	fails 1 notes --plain release 9.9
	err_has 'no release 9.9'
	fails 2 notes --plain nowhere 1
	err_has 'tickets, ticket, board'
	# Each name in the list of screens prints a screen, not a command's table.
	for screen in $(notes complete line -- --plain '' | cut -f1); do
		case $screen in
		ticket) more=NOTE-1 title='NOTE-1  bug' ;;
		diff) more=HEAD title=Commit ;;
		tickets | metrics) more= title=' 1 List ' ;;
		board) more= title=Board ;;
		releases) more= title='1 release' ;;
		release | hub) more= title='Release 1.0' ;;
		notes) more= title=Notes ;;
		revisions) more= title=Revisions ;;
		queue) more= title='Without a ticket' ;;
		journal) more= title=Journal ;;
		keys) more= title=Help ;;
		*) continue ;;
		esac
		seen="$seen $screen"
		ok notes --plain "$screen" $more
		head -n 1 "$out" | grep -q "$title" ||
			fail "--plain $screen: $(head -n 1 "$out")"
	done
	for screen in $(notes help | sed -n '/^screens as text/,/^$/p' |
		sed 1d | tr ',' '\n' | awk '{ print $1 }'); do
		test "$screen" = first && continue
		case " $seen " in
		*" $screen "*) ;;
		*) fail "the screen $screen was not tried" ;;
		esac
	done
	ok notes --plain tickets
	cp "$out" tickets
	ok notes --plain
	same tickets "$out"
	# Neither a terminal nor its size: 40 tickets are 40 rows.
	i=0
	while test $((i += 1)) -le 40; do
		echo "NOTE-$((i + 100)),task,more $i"
	done | { echo key,type,summary && cat; } >more.csv
	ok notes import more.csv
	ok env -u COLUMNS -u LINES notes --plain
	test "$(grep -c NOTE- "$out")" -ge 40 || fail "$(cat "$out")"
	test "$(awk 'length > m { m = length } END { print m }' "$out")" -eq 80
	ok notes complete line -- --plain qu
	out_has 'queue'
	ok notes complete line -- --plain hub ''
	out_has '1.0'
	ok notes help
	out_has 'ticket KEY' 'diff REV'
	fails 2 notes --plain ticket
	err_has 'usage: notes --plain ticket KEY'
	fails 1 notes --plain ticket NOTE-77
	fails 2 notes --plain nowhere
	fails 2 notes board
}

# What is around a diff: who, when, where, what for.
tells_of_a_commit() {
	repo r
	notes init --prefix SHOP
	notes new bug 'prices are wrong'
	at '2024-03-01 10:00'
	commit 'SHOP-1 fix: 가격을 바르게 더한다

A body that says why at some length, so that it is longer than one row is.

Closes: SHOP-1' prices.txt
	git tag -a -m one v1.0
	ok notes release import-tags
	at '2024-03-02 10:00'
	empty 'nothing but words'
	ok notes scan
	ok notes --plain diff HEAD~1
	out_has "commit    $(oid HEAD~1)" "author    $(git log -1 \
	    --format='%an <%ae>' HEAD~1)" 'date      2024-03-01 10:00' \
	    'refs      v1.0' 'first in  1.0' 'tickets   SHOP-1' \
	    '    SHOP-1 fix: 가격을 바르게 더한다' '    Closes: SHOP-1' \
	    '1 file changed, +5 -0' 'diff --git a/prices.txt'
	out_lacks committed 'insertion'
	ok notes --plain diff HEAD
	out_has 'nothing but words' 'this commit changes nothing' 'refs' main
	# Applied by somebody at another time, in two files.
	echo x >a && echo y >prices.txt && git add .
	GIT_COMMITTER_DATE='2024-03-04 10:00:00 +0000' git commit -q \
	    --date '2024-03-03 10:00:00 +0000' -m "$(printf 'esc \033[31m')"
	ok notes --plain diff HEAD
	out_has 'committed 2024-03-04 10:00:00 UTC' 'date      2024-03-03' \
	    '2 files changed, +2 -5'
	clean_output
}

refuses_a_dumb_terminal() {
	tracker
	cat >.run <<END
TERM=dumb notes
echo "END \$?"
exec cat
END
	fresh
	mux new-session -d -x 80 -y 24 'exec sh .run'
	see 'cannot place the cursor'
	see 'END 1'
	mux kill-server
}

# However far it has come, the terminal is given back.
survives_want_of_memory() {
	test -z "${SAN:-}" || skip "sanitizers bring an allocator of their own"
	test -e "$BUILD/tests/mallocfail.so" || skip "no mallocfail.so"
	tracker
	preload="LD_PRELOAD=$BUILD/tests/mallocfail.so"
	with "$preload MALLOC_COUNT=$PWD/count notes"
	see 'NOTE-3'
	keys q
	ended 0
	n=$(cat count)
	for part in 20 40 60 80 95; do
		rm -f ended
		with "$preload MALLOC_FAIL_ALL=1 MALLOC_FAIL_AT=$((n * part / 100)) notes"
		see 'END'
		ended 1
	done
}

t 'q leaves and gives the terminal back' leaves_by_key
t 'a signal ends it and gives the terminal back' leaves_by_signal
t 'want of memory gives the terminal back' survives_want_of_memory
t 'Korean rows keep their columns' aligns_korean_rows
t 'the window may change its size' follows_the_window
t 'a ticket is made, changed, and the change taken back' changes_and_takes_back
t 'keys and filters come from configuration' has_keys_of_ones_own
t 'changes of another process appear' sees_what_others_change
t 'Ctrl-Z stops it, fg goes on' stops_and_goes_on
t 'the first screen makes a tracker, on a key' makes_a_tracker_on_a_key
t 'outside a repository it says what to do' \
    says_what_to_do_outside_a_repository
t 'a ticket is edited in the editor' edits_in_an_editor
t 'the window may change its size in the editor' resizes_in_an_editor
t 'a click selects, the wheel moves' clicks_and_turns
t 'the cursor is on the selected row' has_a_cursor_on_the_row
t 'the editor keeps what others changed' keeps_what_others_changed
t 'a release shows what is wrong, and a key mends it' shows_a_release
t "a release's tickets, also those of commits alone" \
    lists_what_commits_brought
t 'NO_COLOR takes the colours away' does_without_colours
t 'screens are printed without a terminal' prints_screens
t 'a terminal that cannot place the cursor is refused' refuses_a_dumb_terminal
t 'a commit is told of above its diff' tells_of_a_commit
