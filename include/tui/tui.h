/* The terminal UI, as main sees it. */
#ifndef NOTES_TUI_TUI_H
#define NOTES_TUI_TUI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/err.h"

struct app;
struct app_options;
struct strv;

enum tui_colour { TUI_COLOUR_AUTO, TUI_COLOUR_ALWAYS, TUI_COLOUR_NEVER };

/* What the command line says; settings and the terminal say the rest. */
struct tui_look {
	enum tui_colour	colour;
	bool		ascii;		/* lines drawn in ASCII */
	bool		no_mouse;	/* the terminal keeps it */
};

/*
 * Runs it on the terminal of standard input and output until the user leaves;
 * returns the exit status (128 + signal when one ended it).  Without a tracker
 * it offers to make one; nothing is written before a key.  An error that keeps
 * it from starting is one line on stderr.
 */
int	tui_run(const struct app_options *o, const struct tui_look *look);

/* Does tui_plain() print a screen of that name? */
bool	tui_is_screen(const char *name);
/* The names of all, and what stands behind one: "", "KEY", "[VERSION]". */
void	tui_screen_names(struct strv *names);
const char *tui_screen_takes(const char *name);

/*
 * Prints a screen as text: its name ("list", "board", "ticket", ...) and, where
 * it shows one thing, which ("NOTE-12", "1.4"); n words, none: the list.  No
 * terminal is asked: it is as wide as COLUMNS or 80, and all its rows are
 * there, or as many as LINES says.  Returns the exit status.
 */
int	tui_plain(const struct app_options *o, const char *const *words,
	    size_t n, FILE *out);

/* What is wrong with tracker.key.*, a line each with its place in front. */
void	tui_check_keys(struct app *a, struct strv *problems);
/* RC_INVALID when "key.list.status" can't have that value; NULL: no value. */
enum rc	tui_check_key(const char *name, const char *value, struct err *err);
/* Every "key.list.status" that there is. */
void	tui_key_names(struct strv *out);

#endif
