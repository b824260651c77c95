#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/common.h"
#include "cli/text.h"

enum { COMMENT_FILE, COMMENT_EDIT, COMMENT_CHANGE, COMMENT_HIDE };

static const struct opt comment_opts[] = {
	[COMMENT_FILE] = { 'F', "file", "FILE",
	    "text from a file; - is standard input", "file" },
	[COMMENT_EDIT] = { 'e', "edit", NULL,
	    "write it in the editor (so does a key alone)", NULL },
	[COMMENT_CHANGE] = { 0, "change", "N",
	    "your comment number N anew, as show has them", "none" },
	[COMMENT_HIDE] = { 0, "hide", "N", "put your comment number N away",
	    "none" },
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

/* Comment number N of a ticket; the view is the caller's to release. */
static enum rc
numbered(struct cli *c, const struct ticket_key *key, const char *name,
    const char *word, struct ticket_view *v, const struct comment **out,
    struct err *err)
{
	long n = 0;
	enum rc rc = opt_number("N", word, 1000000L, &n, err);

	if (rc != RC_OK || (rc = app_ticket_view(c->app, key, v, err)) != RC_OK)
		return rc;
	if ((size_t)n > v->comments.n)
		return err_set(err, RC_NOT_FOUND,
		    "%s has no comment %ld (see: notes show %s)", name, n,
		    name);
	*out = &v->comments.v[n - 1];
	return RC_OK;
}

static enum rc
hide(struct cli *c, const struct args *a, const struct ticket_key *key,
    const char *name, struct err *err)
{
	struct ticket_view v = { 0 };
	const struct comment *which = NULL;
	enum rc rc = numbered(c, key, name, args_get(a, COMMENT_HIDE), &v,
	    &which, err);

	if (rc == RC_OK && (rc = app_comment_hide(c->app, which, err)) == RC_OK)
		common_changed(c, key, 1, 1, "comment put away");
	ticket_view_release(&v);
	return rc;
}

static enum rc
add(struct cli *c, const struct args *a, const struct ticket_key *key,
    const char *name, const char *text, struct err *err)
{
	struct ticket_view v = { 0 };
	const struct comment *which = NULL;
	enum rc rc;

	if (!args_has(a, COMMENT_CHANGE))
		return app_ticket_comment(c->app, key, text, err);
	rc = numbered(c, key, name, args_get(a, COMMENT_CHANGE), &v, &which,
	    err);
	if (rc == RC_OK)
		rc = app_comment_edit(c->app, which, text, err);
	ticket_view_release(&v);
	return rc;
}

/* What an editor begins with: the comment that is changed. */
static enum rc
begin(struct cli *c, const struct args *a, const struct ticket_key *key,
    const char *name, struct buf *text, struct err *err)
{
	struct ticket_view v = { 0 };
	const struct comment *which = NULL;
	enum rc rc;

	if (!args_has(a, COMMENT_CHANGE))
		return RC_OK;
	rc = numbered(c, key, name, args_get(a, COMMENT_CHANGE), &v, &which,
	    err);
	if (rc == RC_OK && args_get(a, COMMENT_FILE) == NULL && a->words.n == 1)
		buf_puts(text, which->text);
	ticket_view_release(&v);
	return rc;
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
	if (args_has(a, COMMENT_HIDE))
		return hide(c, a, &key, name, err);
	again = mem_printf("notes comment %s -e -F", name);
	if ((rc = begin(c, a, &key, name, &text, err)) != RC_OK ||
	    (rc = comment_text(c, a, name, again, &draft, &text, err)) != RC_OK)
		goto out;
	if (is_blank(buf_str(&text))) {
		draft_drop(&draft);
		rc = err_set(err, RC_FAIL, "an empty comment was not added");
		goto out;
	}
	rc = add(c, a, &key, name, buf_str(&text), err);
	if (rc != RC_OK) {
		draft_keep(&draft, again, err);
		goto out;
	}
	draft_drop(&draft);
	draft_used(c, args_get(a, COMMENT_FILE));
	common_changed(c, &key, 1, 1,
	    args_has(a, COMMENT_CHANGE) ? "comment changed" : "commented");
out:
	draft_release(&draft);
	free(again);
	buf_release(&text);
	return rc;
}

static enum rc
comment_check(const struct args *a, struct err *err)
{
	if (args_has(a, COMMENT_HIDE) &&
	    (a->words.n > 1 || args_has(a, COMMENT_FILE) ||
		args_has(a, COMMENT_EDIT) || args_has(a, COMMENT_CHANGE)))
		return err_set(err, RC_USAGE, "--hide takes no text");
	return RC_OK;
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
	.check = comment_check,
	.run = comment_run,
};
