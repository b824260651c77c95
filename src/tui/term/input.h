/*
 * From the terminal's bytes to events.  Knows the sequences that xterm, VTE,
 * tmux, screen, rxvt and the Linux console send (ECMA-48; xterm's ctlseqs:
 * https://invisible-island.net/xterm/ctlseqs/ctlseqs.html), bracketed paste,
 * mouse mode 1006 and the answers to the questions of term_ask.c.  Unknown
 * sequences are swallowed whole, so that none of their bytes counts as a key.
 */
#ifndef NOTES_TUI_INPUT_H
#define NOTES_TUI_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "key.h"
#include "tui/canvas/theme.h"

enum input_type {
	IN_KEY,
	IN_PASTE,
	IN_CLICK,
	IN_WHEEL,
	IN_TONE,    /* how bright the terminal is */
	IN_WIDTH,   /* columns of ambiguous characters */
	IN_ANSWERED /* the last question is answered */
};

struct input_event {
	enum input_type type;
	struct key key;
	const char *text; /* PASTE: borrowed until the next call */
	size_t len;
	int y, x; /* mouse, from 0 */
	int step; /* WHEEL: -1 up, 1 down; WIDTH: 1, 2, 0: no UTF-8 at all */
	enum theme_tone tone;
};

struct input {
	struct buf bytes; /* not decoded yet, from at */
	size_t at;
	bool pasting;
	bool lone; /* a Ctrl-C that came alone while pasting */
	struct buf paste;
};

void input_feed(struct input *in, const char *bytes, size_t n);
/*
 * The next event.  False when there is none, or only the beginning of one;
 * with flush true (nothing came for 25 ms) a lone ESC is the key.
 */
bool input_next(struct input *in, bool flush, struct input_event *out);
/* Is there the beginning of something that input_next() waits with? */
bool input_pending(const struct input *in);
void input_release(struct input *in);

#endif
