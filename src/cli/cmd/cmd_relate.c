#include <stdio.h>

#include "cli/common.h"

enum { RELATE_REMOVE };

static const struct opt relate_opts[] = {
	[RELATE_REMOVE] = { 0, "remove", NULL, "take the relation away again",
	    NULL },
	{ 0 },
};

static enum rc
relate_run(struct cli *c, const struct args *a, struct err *err)
{
	bool removed = args_has(a, RELATE_REMOVE);
	struct ticket_key from, to;
	char key[TICKET_KEY_MAX], other[TICKET_KEY_MAX], what[128];
	enum rc rc;

	if ((rc = app_key(c->app, a->words.v[0], &from, err)) != RC_OK ||
	    (rc = app_key(c->app, a->words.v[2], &to, err)) != RC_OK)
		return rc;
	rc = app_ticket_relate(c->app, &from, a->words.v[1], &to, removed, err);
	if (rc != RC_OK)
		return rc;
	ticket_key_format(&from, key);
	ticket_key_format(&to, other);
	snprintf(what, sizeof(what), "%s%.32s %s", removed ? "no longer " : "",
	    a->words.v[1], other);
	common_changed(c, &from, 1, 1, what);
	return RC_OK;
}

const struct cmd cmd_relate = {
	.name = "relate",
	.args = "KEY RELATION KEY",
	.help = "relate two tickets",
	.details = "RELATION is blocks, duplicates, fixed-by, caused-by or\n"
		   "relates.",
	.examples = "  notes relate 12 blocks 14\n"
		    "  notes relate 12 blocks 14 --remove",
	.opts = relate_opts,
	.values = "key relation key none",
	.min = 3,
	.max = 3,
	.mode = CMD_WRITE,
	.group = GROUP_TICKETS,
	.stop = OPT_WORDS_TOO,
	.run = relate_run,
};
