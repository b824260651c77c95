/* Kept notes: listed, printed, compared ("notes generate --revisions"). */
#ifndef NOTES_CLI_REVISIONS_H
#define NOTES_CLI_REVISIONS_H

#include "cli/cmd.h"

/* version NULL: of all. */
enum rc	revisions_list(struct cli *c, const char *version, struct err *err);
/* version NULL: what is unreleased. */
enum rc	revisions_print(struct cli *c, const char *version, const char *n,
	    struct err *err);
/* m NULL: the newest. */
enum rc	revisions_compare(struct cli *c, const char *version, const char *n,
	    const char *m, struct err *err);

#endif
