/* The terminal UI, as main sees it. */
#ifndef NOTES_TUI_TUI_H
#define NOTES_TUI_TUI_H

#include <stdio.h>

struct app_options;

/*
 * Runs it on the terminal of standard input and output until the user leaves;
 * returns the exit status (128 + signal when one ended it).  Without a tracker
 * it offers to make one; nothing is written before a key.  An error that keeps
 * it from starting is one line on stderr.
 */
int	tui_run(const struct app_options *o);

/*
 * Prints a screen ("list", "board", "releases", "notes", "unlinked",
 * "journal"; NULL: the list) as text of the terminal's size, or of COLUMNS and
 * LINES.  Returns the exit status.
 */
int	tui_plain(const struct app_options *o, const char *screen, FILE *out);

#endif
