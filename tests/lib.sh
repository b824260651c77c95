# The harness of the command-line tests, tests/cli/NN_name.sh.  Such a file:
#
#	#!/bin/sh
#	. "$(dirname "$0")/../lib.sh"
#
#	new_ticket_gets_a_number() {
#		repo r
#		notes init --prefix NOTE
#		ok notes new bug 'it crashes'
#		out_has NOTE-1
#		fails 1 notes show NOTE-2
#		err_has 'no ticket NOTE-2'
#	}
#
#	t 'a new ticket gets a number' new_ticket_gets_a_number
#
# Every test runs in a shell of its own with set -e, in an empty folder of its
# own: what fails ends the test.  TESTDIR is a folder for the whole file, where
# earlier tests can leave something for later ones.
#
# NOTES is the program, BUILD its build folder (BUILD/tests/mallocfail.so is
# there), SAN the sanitizers it was built with, TOP the top of the source tree.
#
# Around it: HOME is empty, the environment holds nothing of the caller's but
# PATH (with the program as "notes" in front), TMPDIR and sanitizer options;
# git reads no configuration but $HOME/.gitconfig; the time zone is UTC, the
# locale C.UTF-8, standard input is empty, and there is no terminal.
#
#   t NAME CMD [ARG...]     one test: CMD is a function or a command
#   skip WHY                in a test: it cannot run here
#   skip_all WHY            at the top: none of this file can
#
# Running a command; $out and $err name the files with what it said:
#   ok CMD...               must end with 0
#   fails N CMD...          must end with N; with 1, standard error must be
#                           one line ("notes: ...") and standard output empty
#   run CMD...              may end as it likes; $status says how
#
# Asserting:
#   is WANT GOT             equal strings
#   out_is TEXT             standard output is TEXT, less trailing newlines
#   out_has TEXT...         each TEXT stands in it; out_lacks: none does
#   err_is, err_has, err_lacks          likewise for standard error
#   out_lines N             it has N lines
#   has FILE TEXT...        each TEXT stands in the file; lacks FILE TEXT...
#   same FILE FILE          equal contents
#   fail TEXT...            ends the test
#   clean_output            the last output has no byte that a terminal would
#                           obey (controls but newline and tab)
#
#   play                    runs standard input as a Python script that has a
#                           terminal (tests/terminal.py); it must end well
#
# Repositories, with dates that are always the same:
#   repo DIR                makes one with branch main and goes there
#   commit MESSAGE [FILE]   a commit that changes FILE (file), a minute later
#                           than the one before
#   empty MESSAGE           a commit that changes nothing, likewise
#   at DATE                 the date of the next commit ("2024-02-01 12:00")
#   oid [REV]               the full object id (HEAD)
#   feature: git switch -q -c NAME, git merge -q --no-ff -m MESSAGE NAME and
#   git tag NAME are short enough as they are.
#
# Running the file by itself: NOTES=build/notes sh tests/cli/NN_name.sh; it
# prints TAP.  KEEP=1 leaves the folder and says where it is.

case ${NOTES:-} in
'') NOTES=$(cd "$(dirname "$0")/../.." && pwd)/build/notes ;;
/*) ;;
*) NOTES=$PWD/$NOTES ;;
esac
TOP=$(cd "$(dirname "$0")/../.." && pwd)
BUILD=${BUILD:-$(dirname "$NOTES")}
KEEP=${KEEP:-}

# Nothing of the caller's environment may change a result.
for _name in $(env | sed -n 's/^\([A-Za-z_][A-Za-z0-9_]*\)=.*/\1/p'); do
	case $_name in
	PATH | PWD | TMPDIR | NOTES | BUILD | KEEP | SAN | NOTES_CORPUS_DIR | *SAN_OPTIONS) ;;
	*) unset "$_name" 2>/dev/null || : ;;
	esac
done

TESTDIR=$(mktemp -d "${TMPDIR:-/tmp}/notes-cli-XXXXXX") || exit 1
# git answers with real paths; so do we, if /tmp is a link.
TESTDIR=$(cd "$TESTDIR" && pwd -P)
out=$TESTDIR/.out err=$TESTDIR/.err
_tests=0 _failed=0

_end() {
	_status=$?
	cd /
	if test -n "$KEEP"; then
		echo "# kept: $TESTDIR"
	else
		chmod -R u+rwX "$TESTDIR" 2>/dev/null
		rm -rf "$TESTDIR"
	fi
	echo "1..$_tests"
	test "$_status" -ne 0 || test "$_failed" -eq 0 || _status=1
	exit "$_status"
}
trap _end EXIT
trap 'exit 130' INT TERM

mkdir "$TESTDIR/.home" "$TESTDIR/.bin"
ln -s "$NOTES" "$TESTDIR/.bin/notes"
# Not one that a version manager starts by way of shells.
test ! -x /usr/bin/python3 || ln -s /usr/bin/python3 "$TESTDIR/.bin/python3"
PATH=$TESTDIR/.bin:$PATH
HOME=$TESTDIR/.home
XDG_CONFIG_HOME=$HOME/.config
XDG_CACHE_HOME=$HOME/.cache
LC_ALL=C.UTF-8
TZ=UTC
TERM=dumb
GIT_CONFIG_NOSYSTEM=1
GIT_CONFIG_GLOBAL=$HOME/.gitconfig
GIT_CEILING_DIRECTORIES=$TESTDIR
GIT_TERMINAL_PROMPT=0
export PATH HOME XDG_CONFIG_HOME XDG_CACHE_HOME LC_ALL TZ TERM \
	GIT_CONFIG_NOSYSTEM GIT_CONFIG_GLOBAL GIT_CEILING_DIRECTORIES \
	GIT_TERMINAL_PROMPT
cat >"$HOME/.gitconfig" <<'END'
[user]
	name = Ann Author
	email = ann@example.org
[init]
	defaultBranch = main
[advice]
	detachedHead = false
[gc]
	auto = 0
[commit]
	gpgSign = false
[core]
	fsync = none
END
exec </dev/null

skip_all() {
	echo "ok 1 - all # SKIP $*"
	_tests=1
	exit 0
}

fail() {
	printf '%s\n' "$*" >&2
	exit 1
}

skip() {
	printf '%s\n' "$*" >"$TESTDIR/.skip"
	exit 77
}

# The shell must not stand in a condition: set -e would mean nothing there.
t() {
	_tests=$((_tests + 1))
	_name=$1
	shift
	mkdir "$TESTDIR/$_tests"
	echo 1704067200 >"$TESTDIR/.clock" # 2024-01-01
	(
		cd "$TESTDIR/$_tests"
		trap - EXIT
		set -e
		"$@"
	) >"$TESTDIR/.log" 2>&1
	_rc=$?
	case $_rc in
	0) echo "ok $_tests - $_name" ;;
	77) echo "ok $_tests - $_name # SKIP $(cat "$TESTDIR/.skip")" ;;
	*)
		_failed=$((_failed + 1))
		echo "not ok $_tests - $_name"
		# What a failing program says may be anything.
		{
			cat "$TESTDIR/.log"
			test "$_rc" -eq 1 || echo "(status $_rc)"
		} | LC_ALL=C tr -c '\n\t\40-\176\200-\377' '?' | sed 's/^/#   /'
		;;
	esac
	rm -f "$TESTDIR/.skip"
	return 0
}

run() {
	status=0
	"$@" >"$out" 2>"$err" || status=$?
}

_said() {
	printf '%s\n' "$1"
	echo "--- standard output"
	head -c 4000 "$out"
	echo "--- standard error"
	head -c 4000 "$err"
	exit 1
}

ok() {
	run "$@"
	test "$status" -eq 0 || _said "status $status of: $*"
}

fails() {
	_want=$1
	shift
	run "$@"
	test "$status" -eq "$_want" ||
	    _said "status $status instead of $_want of: $*"
	test "$_want" -eq 1 || return 0
	test "$(wc -l <"$err")" -eq 1 || _said "not one line of error: $*"
	test ! -s "$out" || _said "failed, but has standard output: $*"
}

is() {
	test "$1" = "$2" || fail "want: $1
got:  $2"
}

out_is() {
	test "$1" = "$(cat "$out")" || _said "want: $1"
}

err_is() {
	test "$1" = "$(cat "$err")" || _said "want on standard error: $1"
}

has() {
	_file=$1
	shift
	for _text; do
		grep -qF -e "$_text" -- "$_file" || {
			head -c 8000 "$_file"
			fail "--- lacks: $_text"
		}
	done
}

lacks() {
	_file=$1
	shift
	for _text; do
		! grep -qF -e "$_text" -- "$_file" || {
			head -c 8000 "$_file"
			fail "--- has: $_text"
		}
	done
}

out_has() { has "$out" "$@"; }
out_lacks() { lacks "$out" "$@"; }
err_has() { has "$err" "$@"; }
err_lacks() { lacks "$err" "$@"; }

out_lines() {
	test "$(wc -l <"$out")" -eq "$1" ||
	    _said "$(wc -l <"$out") lines instead of $1"
}

same() {
	cmp -s -- "$1" "$2" || {
		diff -u -- "$1" "$2" | head -n 60
		fail "--- $1 and $2 differ"
	}
}

# C1 controls are two bytes in UTF-8, C2 80 to C2 9F.
clean_output() {
	for _file in "$out" "$err"; do
		! LC_ALL=C grep -qa "$(printf '[\001-\010\013-\037\177]')" \
		    "$_file" || fail "a control character in the output"
		! LC_ALL=C grep -qaP '\xC2[\x80-\x9F]' "$_file" ||
		    fail "a C1 control in the output"
		! LC_ALL=C grep -qaP '\xE2\x80[\x8E\x8F\xA8-\xAE]' "$_file" ||
		    fail "a change of direction in the output"
	done
}

repo() {
	git init -q -b main -- "$1"
	cd -- "$1"
}

at() {
	date -u -d "$1 UTC 1 minute ago" +%s >"$TESTDIR/.clock"
}

_tick() {
	read -r _now <"$TESTDIR/.clock"
	_now=$((_now + 60))
	echo "$_now" >"$TESTDIR/.clock"
	GIT_AUTHOR_DATE="@$_now +0000" GIT_COMMITTER_DATE="@$_now +0000"
	export GIT_AUTHOR_DATE GIT_COMMITTER_DATE
}

commit() {
	_tick
	printf '%s\n' "$1" >>"${2:-file}"
	git add -- "${2:-file}"
	printf '%s\n' "$1" | git commit -q --cleanup=verbatim -F -
}

empty() {
	_tick
	printf '%s\n' "$1" |
	    git commit -q --allow-empty --cleanup=verbatim -F -
}

oid() {
	git rev-parse --verify --end-of-options "${1:-HEAD}"
}

play() {
	{
		echo 'from terminal import *'
		cat
	} >.play.py
	PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$TOP/tests python3 .play.py ||
	    fail "--- it failed"
}
