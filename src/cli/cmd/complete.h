/*
 * What completion offers.  Fields are words of the tables (opt.values,
 * cmd.values): those that stand in the program (command, option, style,
 * format, ...), those that app_values() knows (key, status, release, label,
 * ...), "file" (the shell's own names) and "none".
 */
#ifndef NOTES_CLI_COMPLETE_H
#define NOTES_CLI_COMPLETE_H

#include "cli/cmd.h"

/* Prints the values of a field that begin with start, each with a word of
 * help behind a tab.  lead stands before each ("--sort="). */
void	complete_field(struct cli *c, const char *field, const char *lead,
	    const char *start);

/* The same for the last of the words of a command line. */
void	complete_line(struct cli *c, const struct words *w, size_t from);

#endif
