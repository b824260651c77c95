#!/bin/sh
# What the terminal UI does when something is in its way: locks of others, a
# terminal that takes nothing, a tracker that is gone.
. "$(dirname "$0")/../lib.sh"

command -v python3 >/dev/null || skip_all "python3 is not there"

# A script on a terminal in Python (tests/terminal.py).
play() {
	{
		echo 'import sqlite3'
		echo 'from terminal import *'
		cat
	} >.play.py
	PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$TOP/tests python3 .play.py ||
	    fail "--- it failed"
}

tracker() {
	repo r
	commit 'first'
	ok notes init --prefix NOTE
	ok notes new bug '한글 폭 계산 오류로 표가 어긋남'
	ok notes new feature 'Release notes preview'
	ok notes new task 'a third one'
}

waits_in_sight() {
	tracker
	play <<'END'
lock = open('.git/tracker/notes.lock', 'r+')
pid = b'%10d\n' % os.getpid()

def hold():
    fcntl.flock(lock, fcntl.LOCK_EX)
    os.pwrite(lock.fileno(), pid, 0)

t = Terminal(['notes']).wait('q back')
# Short: nobody hears of it but by the result.  Keys count afterwards.
hold()
t.keys('=assignee=ann\r', 'locked by process %d (' % os.getpid())
t.wait('(Esc stops)')
t.send('j')
fcntl.flock(lock, fcntl.LOCK_UN)
t.wait('2 of 3').keys('\r', '[Description]').keys('q', 'q back').send('gg')

# It is stopped by a key, within a moment; what was typed is not lost.
for key in '\033', '\003':
    hold()
    t.keys('=assignee=bob\r', 'Esc stops')
    begun = time.monotonic()
    t.keys(key, 'nothing was written')
    assert time.monotonic() - begun < 2
    fcntl.flock(lock, fcntl.LOCK_UN)
    t.keys('\033', 'q back')
    t.keys('=', 'field=value').keys('\033[A', 'assignee=bob')
    t.keys('\033', 'q back')
t.keys('.', 'assignee=bob').keys('u', 'undo')

# Its time is over: the error is seen, whatever was typed meanwhile.
hold()
t.keys('=assignee=eve\r', 'Esc stops').send('jkxQ')
t.wait('nothing was written: locked by')
t.wait('were dropped')
fcntl.flock(lock, fcntl.LOCK_UN)
assert not t.gone()
# The question still stands, and Enter tries it again.
t.keys('\r', 'NOTE-3: assignee=eve')
t.kill(signal.SIGTERM)
assert t.end() == 143
t.given_back()
END
	ok notes log NOTE-3
	out_lines 5
	out_has 'set assignee to eve (was ann)'
}

# One that keeps readers out as well.
reads_without_freezing() {
	tracker
	play <<'END'
db = sqlite3.connect('.git/tracker/notes.db', isolation_level=None)
t = Terminal(['notes']).wait('q back')
db.execute('BEGIN EXCLUSIVE')
begun = time.monotonic()
t.keys('R', 'what is shown may be old')
t.keys('j', '2 of 3')
t.keys('?', 'type to search').keys('\033', 'q back')
t.keys('\r', 'Esc stops').keys('\033', 'no longer waiting')
assert time.monotonic() - begun < 20
db.execute("ROLLBACK")
# It is read again by itself.
os.system('notes new task "a fourth one" >/dev/null')
t.wait('fourth one')
db.execute('BEGIN EXCLUSIVE')
t.keys('=assignee=ann\r', 'Esc stops')
t.keys('\033', 'nothing was written')
db.execute('ROLLBACK')
t.send('\003Q')
assert t.end() == 0
END
}

t 'a lock is waited for in sight' waits_in_sight
t 'a lock that keeps readers out freezes nothing' reads_without_freezing
