/* The terminal UI, as main sees it. */
#ifndef NOTES_TUI_TUI_H
#define NOTES_TUI_TUI_H

#include <stdio.h>

#include "base/err.h"

struct app;
struct app_options;
struct strv;

/*
 * Runs it on the terminal of standard input and output until the user leaves;
 * returns the exit status (128 + signal when one ended it).  Without a tracker
 * it offers to make one; nothing is written before a key.  An error that keeps
 * it from starting is one line on stderr.
 */
int	tui_run(const struct app_options *o);

/*
 * Prints a screen ("list", "board", "releases", "notes", "unlinked",
 * "journal"; NULL: the list) as text of the terminal's size, or of COLUMNS and LINES.  Returns the exit
 * status.
 */
int	tui_plain(const struct app_options *o, const char *screen, FILE *out);

/* What is wrong with tracker.key.*, a line each with its place in front. */
void	tui_check_keys(struct app *a, struct strv *problems);
/* RC_INVALID when "key.list.status" can't have that value; NULL: no value. */
enum rc	tui_check_key(const char *name, const char *value, struct err *err);
/* Every "key.list.status" that there is. */
void	tui_key_names(struct strv *out);

#endif
