/* Shared by the files of the terminal. */
#ifndef NOTES_TUI_TERM_PRIV_H
#define NOTES_TUI_TERM_PRIV_H

#include <termios.h>

#include "paint.h"
#include "term_info.h"
#include "terminal.h"

#define EARLY_MAX 64

struct term {
	struct term_info info;
	struct paint paint;
	struct buf out;
	int wake; /* readable when a signal came */
	bool mouse;
	bool ascii;    /* lines, as asked for */
	bool asking;   /* answers may still come */
	bool fixed_tone, fixed_width;
	enum theme_depth depth;
	enum theme_tone tone;
	struct input input;
	/* Keys that came while it waited for answers. */
	struct input_event early[EARLY_MAX];
	size_t early_n, early_at;
	bool gone; /* the terminal went away */
};

/* Writes all of it; false (and t->gone) when the terminal is gone. */
bool	term_send(struct term *t, const char *s, size_t len);
/* Reads what is there; false when the terminal is gone. */
bool	term_take_bytes(struct term *t);
/* Asks what terminfo can't know, and waits a moment for the answers. */
void	term_ask(struct term *t, const struct term_options *o);

#endif
