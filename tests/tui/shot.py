#!/usr/bin/env python3
"""usage: shot.py [-t TITLE] [--light] < capture > picture.svg

Turns a screen of tmux (capture-pane -p -e -N) into an SVG picture:

    tmux capture-pane -p -e -N | tests/tui/shot.py -t notes > docs/list.svg
"""
import argparse
import re
import sys
import unicodedata
from xml.sax.saxutils import escape

CELL_W, CELL_H, PAD = 8.4, 18, 12
BASE = ['1e1e1e', 'cd3131', '0dbc79', 'e5e510', '2472c8', 'bc3fbc', '11a8cd',
        'e5e5e5', '666666', 'f14c4c', '23d18b', 'f5f543', '3b8eea', 'd670d6',
        '29b8db', 'ffffff']
LEVELS = [0, 95, 135, 175, 215, 255]


def palette(n):
    if n < 16:
        return '#' + BASE[n]
    if n < 232:
        n -= 16
        return '#%02x%02x%02x' % (LEVELS[n // 36], LEVELS[n // 6 % 6],
                                  LEVELS[n % 6])
    return '#%02x%02x%02x' % ((8 + 10 * (n - 232),) * 3)


class Style:
    def __init__(self, light):
        self.own = ('#24292f', '#ffffff') if light else ('#d4d4d4', '#16181d')
        self.reset()

    def reset(self):
        self.fg = self.bg = None
        self.bold = self.dim = self.under = self.reverse = self.italic = False

    def apply(self, params):
        codes = [int(c or 0) for c in re.split('[;:]', params)]
        while codes:
            c = codes.pop(0)
            if c == 0:
                self.reset()
            elif c in (1, 2, 3, 4, 7):
                setattr(self, {1: 'bold', 2: 'dim', 3: 'italic', 4: 'under',
                               7: 'reverse'}[c], True)
            elif c == 22:
                self.bold = self.dim = False
            elif c in (23, 24, 27):
                setattr(self, {23: 'italic', 24: 'under',
                               27: 'reverse'}[c], False)
            elif c in (38, 48) and len(codes) > 1 and codes[0] == 5:
                colour = palette(codes[1])
                codes = codes[2:]
                if c == 38:
                    self.fg = colour
                else:
                    self.bg = colour
            elif c == 39:
                self.fg = None
            elif c == 49:
                self.bg = None
            elif 30 <= c <= 37 or 90 <= c <= 97:
                self.fg = palette(c - 30 if c < 40 else c - 82)
            elif 40 <= c <= 47 or 100 <= c <= 107:
                self.bg = palette(c - 40 if c < 50 else c - 92)

    def look(self):
        fg, bg = self.fg or self.own[0], self.bg
        if self.reverse:
            fg, bg = bg or self.own[1], fg
        return (fg, bg, self.bold, self.dim, self.under, self.italic)


def width(ch):
    if unicodedata.combining(ch):
        return 0
    return 2 if unicodedata.east_asian_width(ch) in 'WF' else 1


def runs(line, style):
    """(column, columns, text, look) for each run of one look and width."""
    out, col = [], 0
    for part in re.split('(\x1b\\[[0-9;:]*m|\x0e|\x0f)', line):
        if part.startswith('\x1b['):
            style.apply(part[2:-1])
            continue
        if part in ('\x0e', '\x0f'):
            continue
        for ch in part:
            w, look = width(ch), style.look()
            if w == 0 and out:
                out[-1][2] += ch
                continue
            if out and w == 1 and out[-1][4] == 1 and out[-1][3] == look:
                out[-1][1] += 1
                out[-1][2] += ch
            else:
                out.append([col, w, ch, look, w])
            col += w
    # Cells that were cleared in a colour are not part of the capture.
    return out, col, style.look()[1] if out else None


def picture(text, title, light):
    style = Style(light)
    lines = [runs(line, style) for line in text.split('\n')]
    while lines and not lines[-1][0]:
        lines.pop()
    cols = max([80] + [n for _, n, _ in lines])
    top = PAD + (22 if title else 0)
    w, h = cols * CELL_W + 2 * PAD, len(lines) * CELL_H + top + PAD
    fg, bg = style.own
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{w:.0f}" '
           f'height="{h:.0f}" viewBox="0 0 {w:.0f} {h:.0f}" '
           'xml:space="preserve">',
           '<style>text{font:14px "DejaVu Sans Mono","Noto Sans Mono CJK KR",'
           '"D2Coding","Nanum Gothic Coding",monospace;white-space:pre}'
           '</style>',
           f'<rect width="100%" height="100%" rx="8" fill="{bg}"/>']
    if title:
        out.append(f'<text x="{w / 2:.0f}" y="20" text-anchor="middle" '
                   f'fill="{fg}" opacity=".6">{escape(title)}</text>')
    for y, (row, end, tail) in enumerate(lines):
        if tail and end < cols:
            out.append(f'<rect x="{PAD + end * CELL_W:.1f}" '
                       f'y="{top + y * CELL_H}" fill="{tail}" '
                       f'width="{(cols - end) * CELL_W:.1f}" '
                       f'height="{CELL_H}"/>')
        for col, n, s, (f, b, bold, dim, under, italic), w1 in row:
            x, yy = PAD + col * CELL_W, top + y * CELL_H
            if b:
                out.append(f'<rect x="{x:.1f}" y="{yy}" '
                           f'width="{n * CELL_W:.1f}" height="{CELL_H}" '
                           f'fill="{b}"/>')
            if not s.strip() and not under:
                continue
            extra = ''.join([' font-weight="bold"' if bold else '',
                             ' opacity=".6"' if dim else '',
                             ' font-style="italic"' if italic else '',
                             ' text-decoration="underline"' if under else ''])
            if w1 == 2:
                x += CELL_W
                extra += ' text-anchor="middle"'
            else:
                extra += f' textLength="{n * CELL_W:.1f}"'
            out.append(f'<text x="{x:.1f}" y="{yy + 14}" fill="{f}"{extra}>'
                       f'{escape(s)}</text>')
    return '\n'.join(out + ['</svg>']) + '\n'


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument('-t', '--title', default='')
    parser.add_argument('--light', action='store_true')
    args = parser.parse_args()
    sys.stdin.reconfigure(encoding='utf-8')
    sys.stdout.reconfigure(encoding='utf-8')
    sys.stdout.write(picture(sys.stdin.read(), args.title, args.light))


main()
