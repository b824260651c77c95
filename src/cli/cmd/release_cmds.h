/* The commands below "notes release", and what they share. */
#ifndef NOTES_CLI_RELEASE_CMDS_H
#define NOTES_CLI_RELEASE_CMDS_H

#include "cli/cmd.h"

extern const struct cmd release_show, release_publish, release_yank,
    release_drop;

/* A tag that was just made is a release from the first command on.  What can't
 * be read now is no reason to fail. */
void	release_refresh(struct cli *c);
/* The versions on standard output: a sentence, JSON, or a line each. */
void	release_done(struct cli *c, const struct words *versions,
	    const char *what);

#endif
