/* The command line: everything that the program does without its screens. */
#ifndef NOTES_CLI_CLI_H
#define NOTES_CLI_CLI_H

#include <stdbool.h>
#include <stdio.h>

#include "app/app.h"
#include "base/err.h"
#include "base/strv.h"

enum cli_colour { CLI_COLOUR_AUTO, CLI_COLOUR_ALWAYS, CLI_COLOUR_NEVER };

/* What the options say of the screens' looks. */
struct cli_look {
	enum cli_colour	colour;
	bool		ascii, no_mouse;
};

/* The terminal UI, handed in from above; each returns the exit status. */
struct cli_screens {
	int	(*run)(const struct app_options *o, const struct cli_look *l);
	/* prints one screen as text: its name and what it is to show, n
	 * words; none: the list */
	int	(*plain)(const struct app_options *o, const char *const *words,
		    size_t n, FILE *out);
	/* the name of a screen?  All names; what stands behind one */
	bool	(*is_screen)(const char *name);
	void	(*screen_names)(struct strv *out);
	const char *(*screen_takes)(const char *name);
	/* What is wrong with the keys in configuration, see tui/tui.h. */
	void	(*check_keys)(struct app *a, struct strv *problems);
	enum rc	(*check_key)(const char *name, const char *value,
		    struct err *err);
	void	(*key_names)(struct strv *out);
};

/*
 * Runs what argv asks for and returns the exit status of docs/CLI.md: 0 done,
 * 1 it failed, 2 wrong usage, 3 a check found something.  Where no command is
 * named, the screens run if there is a terminal, or print under --plain.
 */
int	cli_main(int argc, char *argv[], const struct cli_screens *screens);

/*
 * "hook run NAME ARGS...", the shortest way through the program, for argv =
 * { NAME, ARGS... }; returns the exit status: 0, or 3 when the
 * message is to be refused.
 */
int	cli_hook(const struct app_options *o, int argc, char *argv[]);

#endif
