#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "app/scan.h"
#include "app/app_priv.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "message/command.h"
#include "message/reference.h"
#include "message/revert.h"
#include "store/history.h"
#include "store/release.h"
#include "store/ticket.h"

struct explain {
	struct app *app;
	struct buf *out;
	struct oid oid;
	struct grammar grammar;
	unsigned flags;
	int64_t release;
};

/* The part of the message around a key, on one line. */
static void
put_context(struct buf *out, const char *message, size_t len, size_t at,
    size_t key_len)
{
	size_t start = at, end = at + key_len;

	while (start > 0 && message[start - 1] != '\n' && at - start < 40)
		start--;
	while (end < len && message[end] != '\n' && end - at < 60)
		end++;
	/* Not in the middle of a character. */
	while (start < at && ((unsigned char)message[start] & 0xC0) == 0x80)
		start++;
	while (end > at && end < len &&
	    ((unsigned char)message[end] & 0xC0) == 0x80)
		end--;
	utf8_clean(out, message + start, end - start, UTF8_ONE_LINE);
}

static void
explain_reference(struct explain *x, const struct reference *r,
    const struct commit *c)
{
	char key[TICKET_KEY_MAX], meant[TICKET_KEY_MAX];

	ticket_key_format(&r->key, key);
	if (r->typo) {
		ticket_key_format(&r->meant, meant);
		buf_printf(x->out,
		    "  %s: skipped, no such prefix; did you "
		    "mean %s?",
		    key, meant);
	} else if (!store_ticket_exists(x->app->store, &r->key)) {
		buf_printf(x->out, "  %s: %s (%s), but there is no such ticket",
		    key, link_role_name(r->role), reference_why_text(r->why));
	} else {
		buf_printf(x->out, "  %s: %s, %s", key, link_role_name(r->role),
		    reference_why_text(r->why));
	}
	buf_puts(x->out, ": \"");
	put_context(x->out, c->message, c->message_len, r->offset, r->len);
	buf_puts(x->out, "\"\n");
}

static void
explain_references(struct explain *x, const struct commit *c)
{
	struct reference_list refs = { 0 };
	size_t i;

	reference_parse(c->message, c->message_len, &x->grammar, &refs);
	if (refs.n == 0)
		buf_puts(x->out, "  no key found\n");
	for (i = 0; i < refs.n; i++)
		explain_reference(x, &refs.v[i], c);
	reference_list_release(&refs);
}

static void
explain_commands(struct explain *x, const struct commit *c)
{
	static const char *const names[] = { [COMMAND_COMMENT] = "comment",
		[COMMAND_TIME] = "time",
		[COMMAND_ASSIGN] = "assign",
		[COMMAND_LABEL] = "label",
		[COMMAND_RELEASE] = "release",
		[COMMAND_STATUS] = "status" };
	struct command_list list = { 0 };
	char key[TICKET_KEY_MAX], span[32];
	size_t i;

	command_parse(c->message, c->message_len, &x->grammar, &list);
	for (i = 0; i < list.n; i++) {
		const struct command *cmd = &list.v[i];

		ticket_key_format(&cmd->key, key);
		buf_printf(x->out, "  %s: command #%s", key, names[cmd->kind]);
		if (cmd->kind == COMMAND_TIME) {
			date_format_span(cmd->seconds, span);
			buf_printf(x->out, " %s", span);
		}
		if (cmd->text != NULL && cmd->text[0] != '\0') {
			buf_putc(x->out, ' ');
			utf8_clean(x->out, cmd->text, strlen(cmd->text),
			    UTF8_ONE_LINE);
		}
		buf_putc(x->out, '\n');
	}
	command_list_release(&list);
}

static void
explain_revert(struct explain *x, const struct commit *c)
{
	struct revert rv = { 0 };
	size_t i;

	revert_parse(c->message, c->message_len, &rv);
	if (rv.kind != REVERT_NONE) {
		buf_printf(x->out, "  %s",
		    rv.kind == REVERT_PARTIAL       ? "reverts a part of"
			: rv.kind == REVERT_REAPPLY ? "puts back"
						    : "reverts");
		for (i = 0; i < rv.ids.n; i++)
			buf_printf(x->out, " %.12s", rv.ids.v[i]);
		if (rv.ids.n == 0 && rv.subject != NULL) {
			buf_puts(x->out, " the commit with the subject \"");
			utf8_clean(x->out, rv.subject, strlen(rv.subject),
			    UTF8_ONE_LINE);
			buf_putc(x->out, '"');
		}
		buf_putc(x->out, '\n');
	}
	for (i = 0; i < rv.picked.n; i++)
		buf_printf(x->out, "  picked from %.12s\n", rv.picked.v[i]);
	revert_release(&rv);
}

static bool
note_commit(const struct history_commit *c, void *arg)
{
	struct explain *x = arg;

	x->flags = c->flags;
	x->release = c->release;
	return true;
}

static bool
ledger_visit(const struct ledger_row *row, void *arg)
{
	struct explain *x = arg;
	struct ticket t = { 0 };
	char key[TICKET_KEY_MAX] = "?";

	if (store_ticket_get(x->app->store, row->ticket, TICKET_ROW, &t,
		NULL) == RC_OK)
		ticket_key_format(&t.key, key);
	buf_printf(x->out, "  done: %s on %s", row->action, key);
	if (row->event != 0)
		buf_printf(x->out, " (event %" PRId64 ")", row->event);
	else
		buf_puts(x->out, " (nothing was left to change)");
	buf_putc(x->out, '\n');
	ticket_release(&t);
	return true;
}

static enum rc
explain_state(struct explain *x, const struct commit *c, struct err *err)
{
	struct release_list list = { 0 };
	uint32_t id;
	enum rc rc;
	size_t i;

	if ((rc = store_history_find(x->app->store, &x->oid, &id, err)) !=
	    RC_OK)
		return rc;
	if (id == 0) {
		buf_puts(x->out, "  not scanned yet (run: notes scan)\n");
		return RC_OK;
	}
	rc = store_history_commits(x->app->store, &id, 1, note_commit, x, err);
	if (rc != RC_OK)
		return rc;
	buf_puts(x->out,
	    x->flags & HISTORY_MAINLINE
		? "  on the mainline\n"
		: "  not on the mainline: closes and commands wait\n");
	if (c->commit_time < x->app->created ||
	    c->author_time < x->app->created)
		buf_puts(x->out,
		    "  older than the tracker: links, never acts\n");
	if ((rc = store_releases(x->app->store, &list, err)) != RC_OK)
		return rc;
	for (i = 0; i < list.n; i++)
		if (x->release != 0 && list.v[i].id == x->release)
			buf_printf(x->out, "  first released in %s\n",
			    list.v[i].version);
	release_list_release(&list);
	return store_ledger_each(x->app->store, &x->oid, ledger_visit, x, err);
}

enum rc
app_scan_explain(struct app *a, const char *rev, struct buf *out,
    struct err *err)
{
	struct explain x = { .app = a, .out = out };
	struct vcs_commit_mem mem = { 0 };
	char hex[OID_HEX_MAX + 1], day[11];
	const char *subject;
	struct commit c;
	size_t len;
	enum rc rc;

	if ((rc = app_require_repo(a, err)) != RC_OK ||
	    (rc = vcs_resolve(a->vcs, rev, &x.oid, err)) != RC_OK ||
	    (rc = vcs_commit_read(a->vcs, &x.oid, &mem, &c, err)) != RC_OK)
		goto out;
	app_grammar(a, &x.grammar);
	oid_to_short(&x.oid, 12, hex);
	date_format_day(c.commit_time, day);
	commit_subject(c.message, c.message_len, &subject, &len);
	buf_printf(out, "%s %s ", hex, day);
	utf8_clean(out, subject, len, UTF8_ONE_LINE);
	buf_putc(out, '\n');
	explain_references(&x, &c);
	explain_commands(&x, &c);
	explain_revert(&x, &c);
	rc = explain_state(&x, &c, err);
out:
	vcs_commit_mem_release(&mem);
	return rc;
}
