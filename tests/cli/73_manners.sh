#!/bin/sh
# What the terminal UI does when something is in its way: locks of others, a
# terminal that takes nothing, a tracker that is gone.
. "$(dirname "$0")/../lib.sh"

command -v python3 >/dev/null || skip_all "python3 is not there"

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

# One signal is enough, also for a terminal that takes nothing.
ends_on_a_stuck_terminal() {
	tracker
	play <<'END'
def ends(t, number):
    begun = time.monotonic()
    t.kill(number)
    while not t.gone():
        assert time.monotonic() - begun < 30, 'it does not end'
        time.sleep(0.02)
    return time.monotonic() - begun

def fill(t):
    """Has it draw until nothing goes any more."""
    full, end = 0, time.monotonic() + LIMIT
    while full < 20:
        assert time.monotonic() < end, 'the terminal is not full'
        if select.select([], [t.slave], [], 0.02)[1]:
            os.write(t.master, b'\014')
            full = 0
        full += 1
        time.sleep(0.01)

for number, typed in ((signal.SIGTERM, ''), (signal.SIGHUP, 'chalf a thought'),
                      (signal.SIGTERM, 'chalf an idea')):
    t = Terminal(['notes'], '200x50').wait('q back')
    if typed:
        t.keys(typed, typed[1:])
    fill(t)
    assert ends(t, number) < 5
    assert t.status == 128 + number
    assert t.settings() == t.before
    if typed:
        t = Terminal(['notes']).wait('q back')
        t.keys('c', 'comment').keys('\033[A', typed[1:])
        t.keys('\003', 'q back').send('Q').end()
# A terminal that was stopped.
t = Terminal(['notes']).wait('q back')
termios.tcflow(t.slave, termios.TCOOFF)
os.write(t.master, b'j')
assert ends(t, signal.SIGTERM) < 5
assert t.settings() == t.before
# Leaving by a key waits until what was written is taken; a signal ends that.
t = Terminal(['notes']).wait('q back')
termios.tcflow(t.slave, termios.TCOOFF)
os.write(t.master, b'Q')
select.select([], [], [], 0.3)
assert ends(t, signal.SIGTERM) < 5
assert t.settings() == t.before
END
}

# Typed without a pause, it is on disk a second later all the same.
keeps_what_is_typed() {
	tracker
	play <<'END'
t = Terminal(['notes']).wait('q back').keys('c', 'comment')
end = time.monotonic() + LIMIT
typed = 0
while 'word' * 3 not in open('.git/tracker/prompt-history').read() \
        if os.path.exists('.git/tracker/prompt-history') else True:
    assert time.monotonic() < end, 'it is not kept'
    t.keys('word', 'word')
    typed += 1
    t._read(0.1)
assert typed < 100
t.kill(signal.SIGKILL)
assert t.end() == -signal.SIGKILL
t = Terminal(['notes']).wait('q back')
t.keys('c', 'comment').keys('\033[A', 'wordword')
# A question is drawn again like everything else.
t.keys('\014', 'comment')
assert 'NOTE-3' in t.text() and 'wordword' in t.text()
t.keys('\003', 'q back').send('Q').end()
END
}

# The repository, or the database, goes away and comes back.
goes_on_when_it_is_back() {
	tracker
	ok notes edit NOTE-2 -d 'before'
	play <<'END'
t = Terminal(['notes'], EDITOR='true').wait('q back')
for path in '.git', '.git/tracker', '.git/tracker/notes.db':
    os.rename(path, '../away')
    # It is told of by itself, and when asked.
    t.keys('', 'gone: ')
    t.keys('j', 'of 3').keys('R', 'gone: ' + os.getcwd()[:20])
    # Screens go on with what is open, changes are refused, nothing is made
    # in the place of what has gone.
    for walk in ('2', '3', '1', '?\003', 'H', 'q', '\r', 'q'):
        t.keys(walk + '\014', 'q back')
    t.keys('=assignee=ann\r', 'nothing was written: gone: ')
    t.keys('\003', 'q back')
    if not path.endswith('.db'):
        t.keys('e', 'gone: ')
    t.keys('chalf a thought', 'ght').keys('\003', 'q back')
    t.keys('S\014', 'NOTE-1')
    assert not os.path.exists(path)
    os.rename('../away', path)
    t.wait('is back')
    t.keys('=assignee=ann\r', 'assignee=ann').keys('u', 'undo')
# Another one in its place.
os.system('mv .git/tracker ../away && notes init --prefix NEW >/dev/null && '
          'notes new task "in another tracker" >/dev/null')
t.wait('in another tracker').keys('\014', 'NEW-1')
t.keys('=assignee=ann\r', 'NEW-1: assignee=ann')
# Removed for good.
os.system('rm -rf .git')
t.wait('gone: ').keys('=assignee=bob\r', 'nothing was written')
t.send('\003').keys('S\014', 'NEW-1').send('Q')
assert t.end() == 0
assert not os.path.exists('.git')
t.given_back()
END
}

# Somebody else writes the same while the editor is open.
tells_whose_words_went() {
	tracker
	cat >"$TESTDIR/.bin/ed-both" <<'END'
#!/bin/sh
git config user.email bob@example.org
notes edit -q NOTE-3 "summary=bob's own words" priority=high
git config user.email ann@example.org
sed -i 's/^summary:.*/summary: words of ann/' "$1"
END
	chmod +x "$TESTDIR/.bin/ed-both"
	play <<'END'
t = Terminal(['notes'], EDITOR='ed-both').wait('q back').send('e')
t.wait('changed, over bob\'s summary "bob\'s own words" (u brings it back)')
t.keys('\014', 'words of ann')
t.keys('u', 'undo').keys('\014', "bob's own words")
t.send('Q').end()
END
	ok notes show NOTE-3
	out_has "bob's own words" 'high'
}

# A wrong line of the team's settings stops a command, but nobody's looking.
broken_settings() {
	tracker
	printf '[tracker]\n\tstyle = maven\n[oops\n' >.notesconfig
	fails 1 notes generate
	err_has '.notesconfig:3:'
	play <<'END'
t = Terminal(['notes']).wait('NOTE-3')
t.wait('.notesconfig:3:')
t.keys('\r', 'Description')
t.send('Q')
assert t.end() == 0
END
}

# An editor that is open goes, too, and what was in it is kept.
ends_with_its_editor() {
	tracker
	printf '#!/bin/sh\necho "half a text" >>"$1"\necho $$ >%s/pid.new\n' \
	    "$PWD" >ed
	printf 'mv %s/pid.new %s/pid\nexec sleep 100\n' "$PWD" "$PWD" >>ed
	chmod +x ed
	git config core.editor "$PWD/ed"
	play <<'END'
for number, want in ((signal.SIGTERM, 143), (signal.SIGHUP, 129)):
    t = Terminal(['notes']).wait('NOTE-3')
    t.send('C')
    while not os.path.exists('pid'):
        t._read(0.05)
    editor = int(open('pid').read())
    os.remove('pid')
    assert t.kill(number).end() == want
    try:
        os.kill(editor, 0)
        raise AssertionError('the editor lives on')
    except ProcessLookupError:
        pass
t = Terminal(['notes']).wait('NOTE-3')
t.wait('NOTE-3')
t.send('Q')
assert t.end() == 0
END
	grep -q 'half a text' .git/tracker/drafts/* || fail "no draft"
}

t 'a lock is waited for in sight' waits_in_sight
t 'a lock that keeps readers out freezes nothing' reads_without_freezing
t 'what is typed is kept' keeps_what_is_typed
t 'a tracker that is gone is told of' goes_on_when_it_is_back
t 'an editor that goes over other words says so' tells_whose_words_went
t 'one signal ends it on a stuck terminal' ends_on_a_stuck_terminal
t 'a broken .notesconfig stops no looking around' broken_settings
t 'an editor that is open ends with it' ends_with_its_editor
