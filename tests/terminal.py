"""A terminal for tests: runs a program in it, answers what terminals answer,
and keeps every byte.  Nothing sleeps: wait() returns when the text is there,
and fails after a time that only a hanging program needs."""

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import sqlite3
import struct
import termios
import time

LIMIT = 60  # seconds

CSI = re.compile(rb'\033\[[0-9;?<]*[ -/]*[@-~]')
OSC = re.compile(rb'\033\][^\007\033]*(?:\007|\033\\)')
DCS = re.compile(rb'\033P.*?\033\\', re.S)


class Terminal:
    def __init__(self, argv, size='80x24', tone=None, column=4, silent=False,
                 **env):
        cols, rows = (int(n) for n in size.split('x'))
        self.tone, self.column, self.silent = tone, column, silent
        self.output = b''
        self.mark = 0
        self.asked = 0
        self.status = None
        self.master, self.slave = pty.openpty()
        self.resize(cols, rows)
        self.before = self.settings()
        environ = dict(os.environ, TERM='xterm-256color', LC_ALL='C.UTF-8')
        environ.update(env)
        environ = {k: v for k, v in environ.items() if v is not None}
        self.pid = os.fork()
        if self.pid == 0:
            os.setsid()
            fcntl.ioctl(self.slave, termios.TIOCSCTTY, 0)
            for fd in range(3):
                os.dup2(self.slave, fd)
            os.closerange(3, 100)
            os.execvpe(argv[0], argv, environ)

    def settings(self):
        return termios.tcgetattr(self.slave)

    def resize(self, cols, rows):
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ,
                    struct.pack('HHHH', rows, cols, 0, 0))

    def _answer(self):
        """As a terminal does, each question once."""
        questions = re.compile(rb'\033\]11;\?\033\\|\033\[6n|\033\[c')
        for m in questions.finditer(self.output, self.asked):
            self.asked = m.end()
            if self.silent:
                continue
            if m.group() == b'\033[c':
                self.send(b'\033[?62;22c')
            elif m.group() == b'\033[6n':
                self.send(b'\033[2;%dR' % self.column)
            elif self.tone:
                self.send(b'\033]11;rgb:%s\033\\' % self.tone)

    def _read(self, timeout):
        if not select.select([self.master], [], [], timeout)[0]:
            return False
        try:
            data = os.read(self.master, 65536)
        except OSError:
            data = b''
        self.output += data
        self._answer()
        return bool(data)

    def text(self, since=None):
        """What was printed, without what terminals obey."""
        s = self.output[self.mark if since is None else since:]
        for what in (OSC, DCS):
            s = what.sub(b'', s)
        s = re.sub(rb'\033\[[0-9;]*m', b'', s)
        s = CSI.sub(b'\n', s)
        return s.decode('utf-8', 'replace')

    def wait(self, text):
        end = time.monotonic() + LIMIT
        while text not in self.text():
            if time.monotonic() > end:
                raise AssertionError('never saw %r in %r' % (text,
                                                             self.text()))
            self._read(0.2)
        return self

    def wait_bytes(self, data):
        end = time.monotonic() + LIMIT
        while data not in self.output[self.mark:]:
            assert time.monotonic() < end, (data, self.output[self.mark:])
            self._read(0.2)
        return self

    def send(self, data):
        """Types; reads meanwhile, so that neither side is stuck."""
        if isinstance(data, str):
            data = data.encode()
        while data:
            ready = select.select([self.master], [self.master], [], LIMIT)
            assert ready[0] or ready[1], 'it takes no input'
            if ready[0]:
                try:
                    self.output += os.read(self.master, 65536)
                except OSError:
                    return self
            if ready[1]:
                data = data[os.write(self.master, data[:1024]):]
        return self

    def keys(self, data, text):
        """Types, and waits for what that shows."""
        self.mark = len(self.output)
        self.send(data)
        return self.wait(text)

    def kill(self, number):
        os.kill(self.pid, number)
        return self

    def gone(self):
        """Has it ended?  Its status is then known."""
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status is not None

    def end(self):
        """Waits for its end: the status, minus the signal when killed."""
        end = time.monotonic() + LIMIT
        while not self.gone():
            self._read(0.02)
            assert time.monotonic() < end, 'it does not end'
        while self._read(0):
            pass
        return self.status

    def given_back(self):
        """Are settings and modes as they were?"""
        assert self.settings() == self.before, 'settings differ'
        for on, off in ((b'?1049h', b'?1049l'), (b'?2004h', b'?2004l'),
                        (b'?1000h', b'?1000l'), (b'?1006h', b'?1006l'),
                        (b'?25l', b'?25h')):
            assert self.output.rfind(off) >= self.output.rfind(on), on
        return self

    def hang_up(self):
        """Closes the window."""
        os.close(self.master)
        end = time.monotonic() + LIMIT
        while not self.gone():
            assert time.monotonic() < end, 'it outlives its terminal'
            select.select([], [], [], 0.02)
        return self.status


ALLOWED = re.compile(
    rb'\033\[[0-9;]*[HCKXbrSTmJc]|\033\[H|\033\[6n|'
    rb'\033\[\?(?:1049|2004|1000|1006|25|12)[hl]|\033\[\?12l|'
    rb'\033\[(?:22|23);0;0t|\033\(B|'
    rb'\033\]11;\?\033\\|\033\]8;;(?:(?:https?://|mailto:)[!-~]+)?\033\\|'
    rb'\033\]52;c;[A-Za-z0-9+/=]*\007|\r|\n')


def check_bytes(output):
    """No byte that was not ours: sequences of the list, and text that no
    terminal obeys."""
    rest = ALLOWED.sub(b'', output)
    bad = re.search(rb'[\000-\037\177]', rest)
    assert not bad, rest[max(0, bad.start() - 60):bad.start() + 60]
    # Strict; but a signal may end it in the middle of a character.
    text = codecs.getincrementaldecoder('utf-8')().decode(rest)
    for c in text:
        n = ord(c)
        hidden = (0x7f <= n < 0xa0 or n in (0xad, 0x61c, 0x180e, 0xfeff,
                                            0x3164) or
                  0x200b <= n <= 0x200f or 0x2028 <= n <= 0x202e or
                  0x2060 <= n <= 0x206f or 0xfff0 <= n <= 0xfffb or
                  0xe0000 <= n <= 0xe0fff)
        assert not hidden, 'U+%04X' % n
