/* The doubts about notes as warnings: a few of each kind. */
#ifndef NOTES_CLI_DOUBTS_H
#define NOTES_CLI_DOUBTS_H

#include "app/generate.h"
#include "cli/cmd.h"

/*
 * Prints the first few warnings of each code on standard error, how many more
 * there are, and the command of these options that lists them all.  Nothing
 * when quiet.
 */
void	doubts_tell(const struct cli *c, const struct notes *n,
	    const struct generate_options *o);

#endif
