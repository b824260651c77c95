/*
 * Words of the command line against tables of options.  getopt_long() does the
 * parsing; the tables also make usage, help, completion and the man page's
 * check.
 */
#ifndef NOTES_CLI_OPT_H
#define NOTES_CLI_OPT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

#define OPT_TABLE_MAX 24		/* options of one command, at most */

struct opt {
	char		 letter;	/* 0: none */
	const char	*name;		/* without "--"; NULL ends a table */
	/* what it takes, "FILE"; NULL: nothing */
	const char	*arg;
	const char	*help;
	/* what completion offers, see complete.h */
	const char	*values;
};

/* The options that every command has, before or after its name. */
enum {
	GLOBAL_DIR, GLOBAL_DB, GLOBAL_REPO, GLOBAL_JSON, GLOBAL_PORCELAIN,
	GLOBAL_ZERO, GLOBAL_COLOR, GLOBAL_PLAIN, GLOBAL_QUIET, GLOBAL_HELP,
	GLOBAL_VERSION, GLOBAL_ASCII, GLOBAL_NO_MOUSE, GLOBAL_N
};
extern const struct opt global_opts[GLOBAL_N + 1];

/* A list of borrowed strings. */
struct words {
	const char	**v;
	size_t		  n, cap;
};

void	words_push(struct words *w, const char *s);

/* What was parsed; strings are borrowed from argv and the tables. */
struct args {
	struct words	words;			/* operands */
	/* values, by place in the table */
	struct words	opts[OPT_TABLE_MAX];
};

void	args_release(struct args *a);
/* Was it given?  Its last value, or NULL. */
bool	args_has(const struct args *a, size_t opt);
const char *args_get(const struct args *a, size_t opt);

enum opt_stop {
	OPT_STOP_AT_WORD,	/* at the first operand: a command's name */
	OPT_WORDS_TOO,		/* options and operands in any order */
	OPT_DASH_WORDS		/* likewise; "-word" is an operand unless it is
				   exactly a known "-x" */
};

/*
 * Parses argv[1..argc), argv[0] being the command's name.  table may be NULL.
 * Values of the global options are added to globals, those of the table and
 * the operands to args.  *used is the index of the first word not looked at.
 * RC_USAGE names the option; who ("notes new") goes into the message.
 */
enum rc	opt_parse(const struct opt *table, enum opt_stop stop,
	    const char *who, int argc, char *argv[], struct args *globals,
	    struct args *args, int *used, struct err *err);

/* The nearest of the names (n of them) to a mistyped word, or NULL. */
const char *opt_nearest(const char *typed, const char *const names[],
	    size_t n);

/* A whole number from 1 to max; RC_USAGE names the option. */
enum rc	opt_number(const char *name, const char *text, long max, long *out,
	    struct err *err);

#endif
