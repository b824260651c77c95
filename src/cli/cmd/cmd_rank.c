#include <stdio.h>
#include <string.h>

#include "cli/common.h"

static enum rc
rank_check(const struct args *a, struct err *err)
{
	const char *side = a->words.v[1];

	if (strcmp(side, "before") != 0 && strcmp(side, "after") != 0)
		return err_set(err, RC_USAGE,
		    "before or after another ticket, not \"%s\"", side);
	return RC_OK;
}

static enum rc
rank_run(struct cli *c, const struct args *a, struct err *err)
{
	const char *word = a->words.v[1];
	enum rank_side side = strcmp(word, "before") == 0 ? RANK_BEFORE
							  : RANK_AFTER;
	struct ticket_key key, other;
	char text[TICKET_KEY_MAX], what[64];
	enum rc rc;

	if ((rc = app_key(c->app, a->words.v[0], &key, err)) != RC_OK ||
	    (rc = app_key(c->app, a->words.v[2], &other, err)) != RC_OK ||
	    (rc = app_ticket_rank(c->app, &key, side, &other, err)) != RC_OK)
		return rc;
	ticket_key_format(&other, text);
	snprintf(what, sizeof(what), "%s %s", word, text);
	common_changed(c, &key, 1, 1, what);
	return RC_OK;
}

const struct cmd cmd_rank = {
	.name = "rank",
	.args = "KEY before|after KEY",
	.help = "put a ticket before or behind another of its status",
	.details =
	    "The order is that of the board's columns and of\n"
	    "\"notes list --sort rank\".  Tickets that nobody moved stand\n"
	    "in it, the newest first.",
	.examples = "  notes rank 12 before 14",
	.values = "key side key none",
	.min = 3,
	.max = 3,
	.mode = CMD_WRITE,
	.group = GROUP_TICKETS,
	.stop = OPT_WORDS_TOO,
	.check = rank_check,
	.run = rank_run,
};
