#include <stdio.h>

#include "cli/common.h"

static enum rc
link_or_unlink(struct cli *c, const struct args *a, bool remove,
    struct err *err)
{
	const char *rev = a->words.v[1];
	struct buf what = BUF_INIT;
	struct ticket_key key;
	enum rc rc;

	if ((rc = app_key(c->app, a->words.v[0], &key, err)) != RC_OK)
		return rc;
	rc = app_ticket_link(c->app, &key, rev, remove, err);
	if (rc != RC_OK)
		return rc;
	buf_puts(&what, remove ? "unlinked from " : "linked to ");
	/* It is done, whether or not the commit can be read once more. */
	if (app_commit_name(c->app, rev, &what, NULL) != RC_OK)
		buf_puts(&what, rev);
	common_changed(c, &key, 1, 1, buf_str(&what));
	buf_release(&what);
	return RC_OK;
}

static enum rc
link_run(struct cli *c, const struct args *a, struct err *err)
{
	return link_or_unlink(c, a, false, err);
}

static enum rc
unlink_run(struct cli *c, const struct args *a, struct err *err)
{
	return link_or_unlink(c, a, true, err);
}

const struct cmd cmd_link = {
	.name = "link",
	.args = "KEY REV",
	.help = "link a commit to a ticket by hand",
	.details = "REV is whatever git takes for a commit.",
	.examples = "  notes link 12 HEAD~2",
	.values = "key rev none",
	.min = 2,
	.max = 2,
	.mode = CMD_WRITE,
	.group = GROUP_COMMITS,
	.stop = OPT_WORDS_TOO,
	.run = link_run,
};

const struct cmd cmd_unlink = {
	.name = "unlink",
	.args = "KEY REV",
	.help = "take a link away, whatever the message says",
	.values = "key rev none",
	.min = 2,
	.max = 2,
	.mode = CMD_WRITE,
	.group = GROUP_COMMITS,
	.stop = OPT_WORDS_TOO,
	.run = unlink_run,
};
