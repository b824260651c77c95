#!/bin/sh
# What passes between the program and its terminal, byte by byte.
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

# Titles, texts, names, messages and tags that would like to be obeyed.
hostile() {
	tracker
	rlo=$(printf '\342\200\256') zwsp=$(printf '\342\200\213')
	esc=$(printf '\033')
	ok notes new bug "$esc[31mred$esc]0;title$(printf '\007') $rlo dlrow" \
	    -d "$esc[2J $zwsp $(printf '\302\233')31m \`$esc[5m\` **$rlo**
https://example.org/$esc]8;;http://evil$esc\\ <https://e.org/$rlo>
[x](javascript:alert(1)) $esc P q $esc\\ $(printf 'a\rb\bc\177d')" \
	    --label "x${zwsp}y" --assign "$esc[1mann"
	ok notes comment NOTE-4 "$esc[31m $rlo $(printf '\357\273\277')"
	ok notes new bug "$(printf 'zwj \360\237\221\251\342\200\215\360\237\222\273 tone \360\237\221\215\360\237\217\275 e\314\201\314\201\314\201\314\201\314\201\314\201\314\201')"
	ok notes release add 1.0 --target 2030-01-01
	ok notes edit NOTE-4 release=1.0 "note=$esc[31m $rlo"
	printf 'x\033[31m\302\233\n' >f.c
	git add f.c
	printf 'NOTE-4: %s[31m %s\n\nbody\rx\n' "$esc" "$rlo" |
	    git commit -q -F -
	ok notes scan
}

nothing_is_obeyed() {
	hostile
	play <<'END'
for links in ('true', 'false'):
    os.system('git config tracker.links ' + links)
    for size in '80x24', '200x50', '31x6':
        t = Terminal(['notes'], size).wait('NOTE-')
        # Every screen there is, and the way back from it.
        for walk in ('jjjj', 'G', 'gg', 'j\r', '\t', '\t', '\t', '\t', 'jd',
                     'G', '1', '2', 'lllj', '3', '\r', 'ww', 'j\r', '1',
                     '4', '\t', 'G', '\t', '1', '?\003', '/red\r', 's\003',
                     '@a\t\003', 'y', 'f\t\t\003', 'nbug \033[31m\003',
                     ':NOTE-4\r', 'l', 'q'):
            t.mark = len(t.output)
            t.send(walk + '\014').wait_bytes(b'\033[2J')
        t.kill(signal.SIGTERM)
        t.end()
        check_bytes(t.output)
        if size == '200x50':
            assert (b'\033]8;;http' in t.output) == (links == 'true')
END
}

is_given_back() {
	tracker
	play <<'END'
for number, want in ((signal.SIGTERM, 143), (signal.SIGHUP, 129),
                     (signal.SIGQUIT, 131)):
    t = Terminal(['notes']).wait('NOTE-3')
    assert t.settings() != t.before
    assert t.kill(number).end() == want
    t.given_back()
t = Terminal(['notes']).wait('NOTE-3').send('Q')
assert t.end() == 0
t.given_back()
# The window is closed: it ends, and soon.
assert Terminal(['notes']).wait('NOTE-3').hang_up() == 129
END
	ok notes fsck
}

crashes_cleanly() {
	test -z "${SAN:-}" || skip "sanitizers catch the signal themselves"
	tracker
	play <<'END'
for number in signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS:
    t = Terminal(['notes']).wait('NOTE-3')
    assert t.kill(number).end() == -number
    t.given_back()
END
}

is_dark_or_light() {
	tracker
	play <<'END'
light, dark = b'38;5;25m', b'38;5;117m'
for tone, env, want in ((b'ffff/ffff/ffff', {}, light),
                        (b'00/10/20', {}, dark),
                        (None, {'COLORFGBG': '0;15'}, light),
                        (None, {'COLORFGBG': '15;0'}, dark),
                        (b'0000/0000/0000', {'COLORFGBG': '0;15'}, dark)):
    t = Terminal(['notes'], tone=tone, **env).wait('q back')
    # An answer that is late counts as well.
    t.send('j').wait_bytes(want)
    t.keys('\014', 'q back')
    shown = t.output[t.mark:]
    assert want in shown, (tone, env, want)
    assert (light if want == dark else dark) not in shown
    t.send('Q').end()
# One that says nothing shows the list all the same; keys typed meanwhile
# count.
t = Terminal(['notes'], silent=True).send('?').wait('type to search')
assert dark in t.output
t.kill(signal.SIGTERM).end()
os.system('git config tracker.theme light')
t = Terminal(['notes'], tone=b'0/0/0').wait('q back')
assert light in t.output and b'\033]11' not in t.output
t.send('Q').end()
END
}

has_the_colours_asked_for() {
	tracker
	play <<'END'
colour = re.compile(rb'\033\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7])[;m]')
for args, env, want in (([], {}, True), ([], {'NO_COLOR': '1'}, False),
                        (['--color=never'], {}, False),
                        (['--color=always'], {'NO_COLOR': '1'}, True),
                        ([], {'TERM': 'vt100'}, False),
                        ([], {'TERM': 'linux'}, True)):
    t = Terminal(['notes'] + args, **env).wait('q back')
    t.send('j').keys('\014', 'NOTE-2')
    assert bool(colour.search(t.output)) == want, (args, env)
    t.send('Q')
    assert t.end() == 0
    t.given_back()
# Eight colours are eight.
t = Terminal(['notes'], TERM='xterm').wait('q back').send('Q')
t.end()
assert b'38;5' not in t.output
END
}

draws_in_ascii() {
	tracker
	ok notes new bug 'a summary that is too long for the column, of 30 cells'
	play <<'END'
def drawn(args=[], **env):
    t = Terminal(['notes'] + args, **env).wait('q back')
    # Once more: an answer may have been late.
    t.keys('s', 'status').keys('\014', 'status')
    out = t.output[t.mark:]
    t.keys('\033', 'q back').send('Q').end()
    check_bytes(t.output)
    return out

lines = [c.encode() for c in '─│┌…']
assert all(c in drawn() for c in lines)
for args, env in ((['--ascii'], {}), ([], {'LC_ALL': 'C'}),
                  ([], {'LC_ALL': None, 'LANG': 'ko_KR.EUC-KR'}),
                  ([], {'column': 5})):
    out = drawn(args, **env)
    assert not any(c in out for c in lines), (args, env)
    assert '한글'.encode() in out
    assert b'+- ' in out
# The bytes are not understood at all: nothing but ASCII.
assert all(b < 128 for b in drawn(column=7))
os.system('git config tracker.ascii true')
assert not any(c in drawn() for c in lines)
os.system('git config --unset tracker.ascii')
os.system('git config tracker.ambiguous narrow')
t = Terminal(['notes'], column=5).wait('q back').send('Q')
t.end()
assert b'\033[6n' not in t.output and lines[0] in t.output
END
}

# Where they take two columns, they are given two.
ambiguous_signs_keep_the_columns() {
	tracker
	ok notes new bug '±±±± four of them'
	play <<'END'
def blanks(column):
    t = Terminal(['notes'], column=column).wait('q back')
    t.keys('j', 'NOTE-3').keys('\014', 'q back')
    shown = t.output[t.mark:]
    t.send('Q').end()
    # As many as the cursor is told to go over.
    return int(re.search(rb'four of them\033\[(\d+)C', shown).group(1))

assert blanks(4) - blanks(5) == 4
END
}

copies() {
	tracker
	play <<'END'
import base64
key = b'\033]52;c;' + base64.b64encode(b'NOTE-3') + b'\007'
t = Terminal(['notes']).wait('NOTE-3')
t.send('y').wait_bytes(key).wait('copied: NOTE-3').send('Q').end()
# tmux hands it on; the inner ESC is doubled.
t = Terminal(['notes'], TMUX='/tmp/x,1,0').wait('NOTE-3')
t.send('y').wait_bytes(b'\033Ptmux;\033' + key + b'\033\\').send('Q').end()
t = Terminal(['notes'], TERM='linux').wait('NOTE-3')
t.send('y').wait('no clipboard that takes it here: NOTE-3')
assert b']52' not in t.output
t.send('Q').end()
END
}

links() {
	tracker
	ok notes edit NOTE-3 -d 'see https://example.org/a?b=c, or not'
	play <<'END'
link = b'\033]8;;https://example.org/a?b=c\033\\'
for env, want in (({}, False), ({'VTE_VERSION': '6800'}, True),
                  ({'VTE_VERSION': '4800'}, False),
                  ({'VTE_VERSION': '6800', 'TMUX': 'x'}, False),
                  ({'KITTY_WINDOW_ID': '1'}, True)):
    t = Terminal(['notes'], **env).wait('NOTE-3')
    t.keys('\r', 'example.org').keys('\014', 'example.org')
    t.send('Q').end()
    assert (link in t.output) == want, env
    check_bytes(t.output)
END
}

takes_the_mouse() {
	tracker
	play <<'END'
# Beyond column 223, where older encodings end.
t = Terminal(['notes'], '250x24').wait('NOTE-1').wait('q back')
assert b'?1006h' in t.output
# A redrawn screen means that what came before was answered.
t.send('\033[<0;60;6M\033[<0;60;6m').keys('\014', 'q back')
t.keys('\r', '[Description]')
assert '한글' in t.text() and 'third' not in t.text()
t.keys('q', 'sort:newest')
# The wheel goes through what it is over: the pane, then the list.
t.send('\033[<65;240;5M\033[<64;60;5M').keys('\014', 'q back')
t.keys('\r', '[Description]')
assert 'third' in t.text()
t.send('Q').end()
# Other buttons mean nothing; neither does a broken event.
t = Terminal(['notes']).wait('NOTE-1')
t.send('\033[<35;5;6M\033[<2;5;6M\033[<0;0;0M\033[<0;;M')
t.keys('\014', 'q back').keys('\r', '[Description]')
assert 'third' in t.text()
t.send('Q').end()
t = Terminal(['notes', '--no-mouse']).wait('NOTE-1').send('Q')
t.end()
assert b'?1000' not in t.output and b'?1006' not in t.output
os.system('git config tracker.mouse off')
t = Terminal(['notes']).wait('NOTE-1').send('Q')
t.end()
assert b'?1000' not in t.output
END
}

pastes() {
	tracker
	play <<'END'
t = Terminal(['notes']).wait('NOTE-3')
# Outside a question it is inert, whatever it looks like.
t.keys('\033[200~xQq\rx\003\033[201~', 'no place here')
# A lot of it, in many pieces, is as inert.
t.keys('j', '2 of 3')
t.keys(b'\033[200~' + b'xQ\rq\003' * 200000 + b'\033[201~', 'no place here')
t.keys('\014', 'NOTE-3')
# A megabyte, with controls, into a question: bounded, and it goes on.
t.keys('n', 'new (type summary)')
t.send(b'\033[200~bug ' + b'x\033[2J\r\n' * 150000 + b'\033[201~')
t.keys('\025bug pasted\r', 'NOTE-4 is new')
t.send('Q')
assert t.end() == 0
check_bytes(t.output)
END
	ok notes show NOTE-4
	out_has 'pasted'
	fails 1 notes show NOTE-5
}

drafts_survive() {
	tracker
	cat >"$TESTDIR/.bin/ed-hup" <<'END'
#!/bin/sh
# Writes, then the terminal goes away.
sed -i 's/a third one/written before the end/' "$1"
kill -HUP "$PPID" $$
END
	cat >"$TESTDIR/.bin/ed-keep" <<'END'
#!/bin/sh
cp "$1" "$HOME/seen"
END
	chmod +x "$TESTDIR/.bin/ed-hup" "$TESTDIR/.bin/ed-keep"
	play <<'END'
t = Terminal(['notes'], EDITOR='exec ed-hup').wait('NOTE-3').send('e')
assert t.end() == 129
t.given_back()
t = Terminal(['notes'], EDITOR='ed-keep')
t.wait('unfinished text is kept: NOTE-3 (e goes on)')
t.keys('e', 'written before the end').keys('u', 'undo').send('Q').end()
t = Terminal(['notes']).wait('q back')
assert 'unfinished' not in t.text()
# What stood in a question comes back with Up.
t.keys('c', 'comment').keys('half a thought', 'ght')
assert t.kill(signal.SIGHUP).end() == 129
t = Terminal(['notes']).wait('q back')
t.keys('c', 'comment').keys('\033[A', 'half a thought')
t.keys('\003', 'q back').send('Q').end()
END
	has "$HOME/seen" 'written before the end'
}

editors_that_fail() {
	tracker
	play <<'END'
t = Terminal(['notes'], EDITOR='false').wait('NOTE-3')
t.keys('e', 'false ended with status 1')
t.keys('\014', 'NOTE-3').send('Q').end()
t.given_back()
t = Terminal(['notes'], EDITOR='/nowhere/ed').wait('NOTE-3')
t.keys('e', 'ended with status 127').send('Q').end()
# With arguments, and blanks in one.
t = Terminal(['notes'], VISUAL="sed -i -e 's/a third one/a fourth one/'")
t.wait('NOTE-3').keys('e', 'a fourth one').send('Q').end()
# Nothing written: nothing changed.
t = Terminal(['notes'], EDITOR='true').wait('NOTE-3')
t.keys('e', 'nothing changed').send('Q')
assert t.end() == 0
END
}

first_run_shows_made_up_data() {
	repo r
	commit '[ABC-1] first'
	commit '[ABC-2] second'
	commit '[ABC-3] third'
	git tag v1.0
	play <<'END'
import glob, tempfile
with tempfile.TemporaryDirectory() as place:
    t = Terminal(['notes'], TMPDIR=place).wait('tickets called ABC-1')
    t.wait('1 release from tags').wait('q back')
    assert not os.path.exists('.git/tracker')
    t.keys('d', 'made-up data, gone').keys('3', 'second cup')
    assert glob.glob(place + '/notes-demo-*')
    t.send('Q')
    assert t.end() == 0
    assert not glob.glob(place + '/notes-demo-*')
    assert not os.path.exists('.git/tracker')
    t = Terminal(['notes'], TMPDIR=place).wait('No tracker').keys('d', 'TEA-')
    assert t.kill(signal.SIGTERM).end() == 143
    assert not glob.glob(place + '/notes-demo-*')
END
	is none "$(git config --get-regexp '^tracker' || echo none)"
	git clone -q --bare . ../bare
	cd ../bare
	play <<'END'
t = Terminal(['notes']).wait('tickets called ABC-1').keys('\r', 'tracker ABC')
t.send('Q')
assert t.end() == 0
END
	test -e tracker/notes.db
}

says_why_it_cannot_write() {
	test "$(id -u)" -ne 0 || skip "root may write everywhere"
	repo r
	commit 'first'
	chmod a-w .git
	cd "$TESTDIR"
	play <<END
os.chdir('$OLDPWD')
t = Terminal(['notes']).wait('No tracker here').keys('\r', 'ermission')
t.send('Q')
assert t.end() == 0
END
	chmod u+w "$OLDPWD/.git"
}

t 'no byte of others is obeyed' nothing_is_obeyed
t 'the terminal is given back' is_given_back
t 'a crash gives the terminal back' crashes_cleanly
t 'dark and light are told apart' is_dark_or_light
t 'colours are those asked for' has_the_colours_asked_for
t 'lines are drawn in ASCII where they should' draws_in_ascii
t 'signs of ambiguous width keep the columns' ambiguous_signs_keep_the_columns
t 'y copies, or says that it can not' copies
t 'addresses are links where that is safe' links
t 'the mouse clicks and turns' takes_the_mouse
t 'pasted text is text, and bounded' pastes
t 'drafts survive' drafts_survive
t 'editors may fail' editors_that_fail
t 'a first run shows made-up data' first_run_shows_made_up_data
t 'a place that cannot be written is told of' says_why_it_cannot_write
