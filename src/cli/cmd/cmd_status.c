#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/common.h"

static void
say_already(struct cli *c, const struct ticket_key *key, const char *what)
{
	char name[TICKET_KEY_MAX];

	ticket_key_format(key, name);
	out_say(&c->out, "%s is %s already", name, what);
}

static enum rc
set_status(struct cli *c, const struct args *a, size_t from, const char *status,
    const char *resolution, struct err *err)
{
	struct ticket_key *keys = NULL;
	size_t n = a->words.n - from, changed = 0;
	char *what;
	enum rc rc;

	rc = common_keys(c, &a->words, from, a->words.n, &keys, err);
	if (rc == RC_OK)
		rc = app_ticket_status(c->app, keys, n, status, resolution,
		    &changed, err);
	if (rc == RC_OK) {
		what = resolution == NULL
		    ? mem_printf("%s", status)
		    : mem_printf("%s (%s)", status, resolution);
		if (n == 1 && changed == 0 && c->out.form == OUT_TEXT)
			say_already(c, &keys[0], what);
		else
			common_changed(c, keys, n, changed, what);
		free(what);
	}
	free(keys);
	return rc;
}

static enum rc
status_run(struct cli *c, const struct args *a, struct err *err)
{
	const struct workflow *wf = app_workflow(c->app);
	const struct status *known = workflow_find(wf, a->words.v[0]);

	if (known == NULL && workflow_find(wf, a->words.v[1]) != NULL)
		return err_set(err, RC_USAGE,
		    "the status comes first: notes status %s %s", a->words.v[1],
		    a->words.v[0]);
	return set_status(c, a, 1, known == NULL ? a->words.v[0] : known->name,
	    NULL, err);
}

/* The first status of a category: every workflow has one. */
static const char *
first_of(const struct cli *c, enum category category)
{
	return workflow_first(app_workflow(c->app), category)->name;
}

static enum rc
start_run(struct cli *c, const struct args *a, struct err *err)
{
	return set_status(c, a, 0, first_of(c, CATEGORY_DOING), NULL, err);
}

static enum rc
review_run(struct cli *c, const struct args *a, struct err *err)
{
	return set_status(c, a, 0, "in-review", NULL, err);
}

enum { CLOSE_AS };

static const struct opt close_opts[] = {
	[CLOSE_AS] = { 0, "as", "RESOLUTION",
	    "fixed, wontfix, duplicate, invalid, worksforme or done",
	    "resolution" },
	{ 0 },
};

static enum rc
close_run(struct cli *c, const struct args *a, struct err *err)
{
	return set_status(c, a, 0, first_of(c, CATEGORY_DONE),
	    args_get(a, CLOSE_AS), err);
}

static enum rc
reopen_run(struct cli *c, const struct args *a, struct err *err)
{
	return set_status(c, a, 0, first_of(c, CATEGORY_TODO), NULL, err);
}

const struct cmd cmd_status = {
	.name = "status",
	.args = "STATUS KEY...",
	.help = "set the status of tickets",
	.details = "STATUS is open, in-progress, in-review, done, or one of\n"
		   "the project's own (tracker.status).",
	.examples = "  notes status in-review 12 13",
	.values = "status key",
	.min = 2,
	.max = CMD_ANY,
	.mode = CMD_WRITE,
	.group = GROUP_TICKETS,
	.stop = OPT_WORDS_TOO,
	.run = status_run,
};

const struct cmd cmd_start = {
	.name = "start",
	.args = "KEY...",
	.help = "begin work on tickets",
	.values = "key",
	.min = 1,
	.max = CMD_ANY,
	.mode = CMD_WRITE,
	.group = GROUP_TICKETS,
	.stop = OPT_WORDS_TOO,
	.run = start_run,
};

const struct cmd cmd_review = {
	.name = "review",
	.args = "KEY...",
	.help = "hand tickets over to review",
	.values = "key",
	.min = 1,
	.max = CMD_ANY,
	.mode = CMD_WRITE,
	.group = GROUP_TICKETS,
	.stop = OPT_WORDS_TOO,
	.run = review_run,
};

const struct cmd cmd_close = {
	.name = "close",
	.args = "KEY...",
	.help = "close tickets",
	.examples = "  notes close 12\n"
		    "  notes close 13 14 --as wontfix",
	.opts = close_opts,
	.values = "key",
	.min = 1,
	.max = CMD_ANY,
	.mode = CMD_WRITE,
	.group = GROUP_TICKETS,
	.stop = OPT_WORDS_TOO,
	.run = close_run,
};

const struct cmd cmd_reopen = {
	.name = "reopen",
	.args = "KEY...",
	.help = "open tickets again",
	.details = "A commit from before does not close them again.",
	.values = "key",
	.min = 1,
	.max = CMD_ANY,
	.mode = CMD_WRITE,
	.group = GROUP_TICKETS,
	.stop = OPT_WORDS_TOO,
	.run = reopen_run,
};
