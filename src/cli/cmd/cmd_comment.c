#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/common.h"
#include "cli/text.h"

enum { COMMENT_FILE, COMMENT_EDIT };

static const struct opt comment_opts[] = {
	[COMMENT_FILE] = { 'F', "file", "FILE",
	    "text from a file; - is standard input", "file" },
	[COMMENT_EDIT] = { 'e', "edit", NULL,
	    "write it in the editor (so does a key alone)", NULL },
	{ 0 },
};

static bool
is_blank(const char *s)
{
	return s[strspn(s, " \t\r\n")] == '\0';
}

/* The text of words, file and editor, in this order. */
static enum rc
comment_text(struct cli *c, const struct args *a, const char *name,
    const char *again, struct draft *draft, struct buf *text, struct err *err)
{
	const char *file = args_get(a, COMMENT_FILE);
	enum rc rc;

	if (file != NULL && a->words.n > 1)
		return err_set(err, RC_USAGE,
		    "TEXT and -F both give the comment");
	text_join(text, &a->words, 1);
	if (file != NULL && (rc = text_file(file, text, err)) != RC_OK)
		return rc;
	if (!args_has(a, COMMENT_EDIT) && (file != NULL || a->words.n > 1))
		return RC_OK;
	if ((rc = text_draft_edit(c, name, draft, text, err)) != RC_OK)
		return draft_keep(draft, again, err);
	return RC_OK;
}

static enum rc
comment_run(struct cli *c, const struct args *a, struct err *err)
{
	char name[TICKET_KEY_MAX];
	struct ticket_key key;
	struct draft draft = { 0 };
	struct buf text = BUF_INIT;
	char *again = NULL;
	enum rc rc;

	if ((rc = app_key(c->app, a->words.v[0], &key, err)) != RC_OK)
		return rc;
	ticket_key_format(&key, name);
	again = mem_printf("notes comment %s -e -F", name);
	rc = comment_text(c, a, name, again, &draft, &text, err);
	if (rc != RC_OK)
		goto out;
	if (is_blank(buf_str(&text))) {
		draft_drop(&draft);
		rc = err_set(err, RC_FAIL, "an empty comment was not added");
		goto out;
	}
	rc = app_ticket_comment(c->app, &key, buf_str(&text), err);
	if (rc != RC_OK) {
		draft_keep(&draft, again, err);
		goto out;
	}
	draft_drop(&draft);
	draft_used(c, args_get(a, COMMENT_FILE));
	common_changed(c, &key, 1, 1, "commented");
out:
	draft_release(&draft);
	free(again);
	buf_release(&text);
	return rc;
}

const struct cmd cmd_comment = {
	.name = "comment",
	.args = "KEY [TEXT...]",
	.help = "comment on a ticket",
	.examples = "  notes comment 12 seen on arm64 too\n"
		    "  make check 2>&1 | notes comment 12 -F -",
	.opts = comment_opts,
	.values = "key none",
	.min = 1,
	.max = CMD_ANY,
	.mode = CMD_WRITE,
	.group = GROUP_TICKETS,
	.stop = OPT_WORDS_TOO,
	.run = comment_run,
};
