/* The command line: everything that the program does without its screens. */
#ifndef NOTES_CLI_CLI_H
#define NOTES_CLI_CLI_H

#include "app/app.h"

/*
 * Runs what argv asks for and returns the exit status of docs/CLI.md: 0 done,
 * 1 it failed, 2 wrong usage, 3 a check found something.  ui(o) is the terminal
 * UI, run when no command is named and there is a terminal; its value is the
 * exit status.
 */
int	cli_main(int argc, char *argv[],
	    int (*ui)(const struct app_options *o));

/*
 * "hook run NAME ARGS...", the shortest way through the program, for argv =
 * { NAME, ARGS... }; returns the exit status: 0, or 3 when the
 * message is to be refused.
 */
int	cli_hook(const struct app_options *o, int argc, char *argv[]);

#endif
