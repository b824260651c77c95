/*
 * Commands: each is const data in its cmd_*.c; cmd.c lists them.  A command
 * reads its words, calls one verb of the app, and prints.
 */
#ifndef NOTES_CLI_CMD_H
#define NOTES_CLI_CMD_H

#include <stdbool.h>
#include <stddef.h>

#include "app/app.h"
#include "cli/cli.h"
#include "opt.h"
#include "out.h"

/* What a command runs in. */
struct cli {
	struct app_options options;
	struct app	*app;		/* NULL with CMD_BARE */
	struct out	 out;
	const struct cli_screens *screens;
};

enum cmd_mode {
	CMD_BARE,			/* opens nothing, or by itself */
	CMD_READ,
	CMD_WRITE
};

enum cmd_group {
	GROUP_HIDDEN, GROUP_START, GROUP_TICKETS, GROUP_COMMITS,
	GROUP_RELEASES, GROUP_DATA, GROUP_N
};

#define CMD_ANY (-1)			/* max: any number of operands */

struct cmd {
	const char	*name;
	const char	*args;		/* operands as usage shows them */
	const char	*help;		/* one line */
	const char	*details;	/* paragraphs of help, or NULL */
	const char	*examples;	/* lines, or NULL */
	const struct opt *opts;		/* ended by a NULL name, or NULL */
	const struct cmd *const *subs;	/* NULL-ended, or NULL; the first is
					   meant when none is named */
	const char	*values;	/* completion of operands: a field for
					   each, the last for all that follow */
	int		 min, max;	/* operands */
	/* "--plain NAME" is the screen of that name, not this */
	bool		 screen;
	enum cmd_mode	 mode;
	enum cmd_group	 group;
	enum opt_stop	 stop;		/* OPT_WORDS_TOO or OPT_DASH_WORDS */
	/* Is the usage right beyond the number of operands?  NULL: yes. */
	enum rc		(*check)(const struct args *a, struct err *err);
	/* Says better what is wrong with an option it lacks.  NULL: no. */
	void		(*lacks)(const char *option, struct err *err);
	enum rc		(*run)(struct cli *c, const struct args *a,
			    struct err *err);
};

/* All commands in the order of help, NULL-ended. */
extern const struct cmd *const commands[];

/* By name, among commands[] or the subs of one; NULL if there is none. */
const struct cmd *cmd_find(const struct cmd *const *list, const char *name);
/* RC_USAGE that names the nearest command, or what other programs' words mean
 * here; prefix ("release ", or "") stands before both. */
enum rc	cmd_unknown(const struct cmd *const *list, const char *prefix,
	    const char *typed, struct err *err);

#define CMD_LIST(X)							\
	X(init) X(new) X(list) X(show) X(edit) X(comment) X(status)	\
	X(start) X(review) X(close) X(reopen) X(relate) X(rank)		\
	X(link)								\
	X(unlink) X(scan) X(unlinked) X(blame) X(hook) X(release)	\
	X(build) X(generate) X(explain) X(check) X(audit) X(log)	\
	X(undo) X(redo) X(import) X(export)				\
	X(metrics) X(fsck) X(config) X(completion) X(help) X(complete)

#define X(name) extern const struct cmd cmd_##name;
CMD_LIST(X)
#undef X

/* "usage: notes new TYPE SUMMARY..." and the whole help of a command; path is
 * "new" or "release add". */
void	usage_line(struct buf *out, const struct cmd *cmd, const char *path);
void	usage_command(struct out *o, const struct cmd *cmd, const char *path);
/* The option's line of help; "{names}" in it is what it may be. */
void	usage_option(const struct opt *opt, struct buf *out);
/* The list of all commands, and of screens. */
void	usage_overview(struct out *o, const struct cli_screens *screens);

#endif
