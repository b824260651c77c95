#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "ticket_screen.h"
#include "tui/draft.h"

static struct ticket_screen *
self(struct view *v)
{
	return (struct ticket_screen *)v;
}

/* ---- comments ---- */

/* In their section these keys are theirs, and say so when they can't act:
 * what they mean elsewhere is not meant here. */
static const char *
why_comment(const struct ui *ui, const struct view *base)
{
	(void)ui;
	return ((const struct ticket_screen *)base)->tab != TAB_COMMENTS
	    ? "Tab goes to the comments"
	    : NULL;
}

static struct comment *
own_comment(struct ui *ui, struct ticket_screen *v)
{
	struct comment *c = v->comment < v->tv.comments.n
	    ? &v->tv.comments.v[v->comment]
	    : NULL;

	if (c == NULL)
		ui_warn(ui, "no comments (c adds one)");
	else if (app_is_readonly(ui->app))
		ui_warn(ui, "the tracker is read-only");
	else if (!app_comment_is_mine(ui->app, c))
		ui_warn(ui, "only %s can change that comment", c->author);
	else
		return c;
	return NULL;
}

static void
edit_comment_run(struct ui *ui, struct view *base, const char *arg)
{
	struct ticket_screen *v = self(base);
	struct comment *c = own_comment(ui, v);
	struct buf text = BUF_INIT;
	struct err err = ERR_INIT;
	char name[TICKET_KEY_MAX], kind[64];

	(void)arg;
	if (c == NULL)
		return;
	ticket_key_format(&v->key, name);
	snprintf(kind, sizeof(kind), "comment-%s", c->ulid.s);
	buf_puts(&text, c->text);
	if (draft_edit(ui, name, kind, &text, NULL)) {
		if (app_comment_edit(ui->app, c, buf_str(&text), &err) ==
		    RC_OK) {
			draft_done(ui, name, kind);
			ui_did(ui, "%s: comment changed", name);
		} else {
			ui_fail(ui, &err);
		}
	}
	buf_release(&text);
	ui_stale(ui);
}

static void
hide_comment_run(struct ui *ui, struct view *base, const char *arg)
{
	struct ticket_screen *v = self(base);
	struct comment *c = own_comment(ui, v);
	struct err err = ERR_INIT;
	char name[TICKET_KEY_MAX];

	(void)arg;
	if (c == NULL)
		return;
	ticket_key_format(&v->key, name);
	if (app_comment_hide(ui->app, c, &err) == RC_OK)
		ui_did(ui, "%s: comment put away", name);
	else
		ui_fail(ui, &err);
	ui_stale(ui);
}

/* ---- related tickets ---- */

static const char *
why_related(const struct ui *ui, const struct view *base)
{
	const struct ticket_screen *v = (const struct ticket_screen *)base;

	(void)ui;
	return v->tv.relations.n == 0 && v->tv.ticket.parent == NULL
	    ? "it is related to no ticket"
	    : NULL;
}

static void
related_chosen(struct ui *ui, struct view *base, const char *item)
{
	struct ticket_key key;
	/* Names of relations may hold a blank, but never two. */
	const char *word = strstr(item, "  ");

	(void)base;
	word = word == NULL ? item : word + 2;
	if (ticket_key_parse(word, strcspn(word, " "), &key))
		ui_push(ui, &view_ticket, &key);
}

static void
related_run(struct ui *ui, struct view *base, const char *arg)
{
	struct ticket_screen *v = self(base);
	struct strv items = STRV_INIT;
	const struct ui_menu menu = { .title = "related",
		.items = &items,
		.chosen = related_chosen };

	(void)arg;
	if (v->tv.ticket.parent != NULL)
		strv_take(&items,
		    mem_printf("parent  %s", v->tv.ticket.parent));
	for (size_t i = 0; i < v->tv.relations.n; i++) {
		const struct relation *r = &v->tv.relations.v[i];
		char *text = mem_printf("%s  %s  %s", r->name, r->key,
		    r->summary == NULL ? "" : r->summary);

		strv_take(&items, utf8_clean_dup(text, UTF8_ONE_LINE));
		free(text);
	}
	if (items.n == 1)
		related_chosen(ui, base, items.v[0]);
	else
		ui_menu(ui, &menu);
	strv_release(&items);
}

const struct action ticket_verbs[] = { { "edit-comment", "e", "edit",
					   "change your comment",
					   edit_comment_run, why_comment },
	{ "hide-comment", "x", "hide", "put your comment away",
	    hide_comment_run, why_comment },
	{ "related", "o", "related", "open a related ticket", related_run,
	    why_related },
	{ 0 } };
