/*
 * The terminal: the only room that knows terminfo.  Shows a canvas, hands out
 * events, and leaves the terminal as it was on every way out: by the keys, by
 * a signal, for want of memory, by a crash.
 */
#ifndef NOTES_TUI_TERMINAL_H
#define NOTES_TUI_TERMINAL_H

#include <stdbool.h>

#include "base/err.h"
#include "base/strv.h"
#include "tui/canvas/canvas.h"
#include "input.h"

struct term;

enum term_colour { TERM_COLOUR_AUTO, TERM_COLOUR_ALWAYS, TERM_COLOUR_NEVER };
enum term_links { TERM_LINKS_AUTO, TERM_LINKS_ON, TERM_LINKS_OFF };

struct term_options {
	bool		 mouse;
	bool		 ascii;		/* lines drawn in ASCII */
	enum term_colour colour;
	enum term_links	 links;
	const char	*theme;		/* "dark", "light"; else: ask it */
	const char	*ambiguous;	/* "narrow", "wide"; else: ask it */
};

/*
 * Takes the terminal of standard input and output.  A TERM without an entry
 * falls back to a known one and says so in warnings; one that can't place the
 * cursor is refused.
 */
enum rc	term_open(const struct term_options *o, struct term **out,
	    struct strv *warnings, struct err *err);
/* Gives it back. */
void	term_close(struct term *t);
/* The same from anywhere, also a signal handler; only the first call acts. */
void	term_emergency(void *unused);

void	term_size(const struct term *t, int *rows, int *cols);
/* Sends what differs from what is shown. */
void	term_show(struct term *t, const struct canvas *c);
/* The next term_show() sends everything. */
void	term_repaint(struct term *t);
/*
 * What the terminal said of itself (IN_TONE, IN_WIDTH), where no option says
 * otherwise.  True when characters now have other columns: lay out again.
 */
bool	term_told(struct term *t, const struct input_event *ev);

enum term_wait {
	TERM_EVENT,		/* *out is set */
	TERM_IDLE,		/* nothing for timeout_ms */
	TERM_RESIZED,		/* ask term_size() */
	TERM_SUSPEND,		/* somebody sent SIGTSTP */
	TERM_CONTINUED,		/* back after a stop */
	TERM_END		/* the terminal is gone or a signal ends us */
};

enum term_wait term_wait(struct term *t, int timeout_ms,
	    struct input_event *out);
/* The signal that ended it, 0: none. */
int	term_signal(const struct term *t);
/* Is there an Esc or Ctrl-C waiting, or the end?  Takes the key away. */
bool	term_stop_wanted(struct term *t);
/* Drops what was typed and not taken yet; how many keys, about. */
size_t	term_forget(struct term *t);

/* Is there anything that term_wait() would give at once? */
bool	term_waiting(struct term *t);

/* For another program on the terminal, and back. */
void	term_leave(struct term *t);
void	term_enter(struct term *t);
/* Stops the process as Ctrl-Z does; returns when it goes on. */
void	term_suspend(struct term *t);
/*
 * Puts text on the clipboard of the terminal (OSC 52).  False when there is
 * reason to think that it did not arrive: the terminal has none, or the text
 * is too long for it.
 */
bool	term_copy(struct term *t, const char *text);

#endif
