#include <stdlib.h>
#include <string.h>

#include "app/ticket.h"
#include "base/mem.h"
#include "tui/verbs/verbs.h"
#include "unlinked_view.h"

#define PICK_MAX 200 /* tickets that a search offers */

static struct unlinked_view *
self(struct view *v)
{
	return (struct unlinked_view *)v;
}

/* Ids of the marked commits, else of the selected one. */
static void
targets(const struct unlinked_view *v, struct strv *hexes)
{
	char hex[OID_HEX_MAX + 1];

	for (size_t i = 0; i < v->list.n; i++) {
		if (v->n_marked > 0 ? !v->marked[i] : i != v->rows.sel)
			continue;
		oid_to_hex(&v->list.v[i].commit, hex);
		strv_push(hexes, hex);
	}
}

/* "1f2e3d4c" or "3 commits"; the caller frees it. */
static char *
describe(const struct strv *hexes)
{
	return hexes->n == 1 ? mem_strndup(hexes->v[0], 8)
			     : mem_printf("%zu commits", hexes->n);
}

/* What is done is done: marks go with it. */
static void
done(struct ui *ui, struct unlinked_view *v)
{
	v->n_marked = 0;
	memset(v->marked, 0, v->list.n * sizeof(*v->marked));
	ui_stale(ui);
}

static const char *
why_write(const struct ui *ui, const struct view *base)
{
	const struct unlinked_view *v = (const struct unlinked_view *)base;

	if (unlinked_view_at(v) == NULL)
		return "there is no commit here";
	return app_is_readonly(ui->app) ? "the tracker is read-only" : NULL;
}

static const char *
why_link(const struct ui *ui, const struct view *base)
{
	const struct unlinked_view *v = (const struct unlinked_view *)base;

	return v->which == UNLINKED_DISMISSED
	    ? "it needs no ticket (x takes that back)"
	    : why_write(ui, base);
}

static const char *
why_accept(const struct ui *ui, const struct view *base)
{
	const struct unlinked_view *v = (const struct unlinked_view *)base;
	const char *why = why_link(ui, base);

	if (why == NULL && v->n_marked == 0 &&
	    unlinked_view_at(v)->suggest[0] == '\0')
		why = "no ticket is suggested (p picks one, n makes one)";
	return why;
}

/* Of several, those that have a suggestion. */
static void
accept_run(struct ui *ui, struct view *base, const char *arg)
{
	struct unlinked_view *v = self(base);
	struct strv hexes = STRV_INIT;
	struct unlinked_list linked = { 0 };
	struct err err = ERR_INIT;
	char hex[OID_HEX_MAX + 1];
	size_t without = 0;

	(void)arg;
	for (size_t i = 0; i < v->list.n; i++) {
		if (v->n_marked > 0 ? !v->marked[i] : i != v->rows.sel)
			continue;
		without += v->list.v[i].suggest[0] == '\0';
		oid_to_hex(&v->list.v[i].commit, hex);
		if (v->list.v[i].suggest[0] != '\0')
			strv_push(&hexes, hex);
	}
	if (hexes.n == 0) {
		ui_warn(ui, "no ticket is suggested for any of them");
	} else if (app_unlinked_accept(ui->app, (const char *const *)hexes.v,
		       hexes.n, &linked, &err) != RC_OK) {
		ui_fail(ui, &err);
		ui_stale(ui);
	} else {
		if (linked.n == 1)
			ui_did(ui, "%.8s linked to %s", hexes.v[0],
			    linked.v[0].suggest);
		else
			ui_did(ui,
			    "%zu commits linked, %zu without a suggestion"
			    " left",
			    linked.n, without);
		done(ui, v);
	}
	unlinked_list_release(&linked);
	strv_release(&hexes);
}

/* A question is about what is selected now, not when it is answered: others
 * may empty the queue meanwhile. */
static void
begin_question(struct unlinked_view *v)
{
	strv_release(&v->asked);
	targets(v, &v->asked);
}

static void
link_to(struct ui *ui, struct view *base, const struct ticket_key *key)
{
	struct unlinked_view *v = self(base);
	struct err err = ERR_INIT;
	char name[TICKET_KEY_MAX], *whom = describe(&v->asked);

	ticket_key_format(key, name);
	if (app_unlinked_link(ui->app, (const char *const *)v->asked.v,
		v->asked.n, key, &err) == RC_OK) {
		ui_did(ui, "%s linked to %s", whom, name);
		done(ui, v);
	} else {
		ui_fail(ui, &err);
		ui_stale(ui);
	}
	free(whom);
}

/* "NOTE-12  summary" lines of what a text finds. */
static enum rc
search(struct ui *ui, const char *text, size_t max, const char *gap,
    struct strv *out, struct err *err)
{
	struct ticket_query q = { .limit = max };
	struct ticket_list got = { 0 };
	struct filter *f = NULL;
	char key[TICKET_KEY_MAX];
	enum rc rc;

	if ((rc = app_filter(ui->app, text, true, &f, err)) != RC_OK)
		return rc;
	q.filter = f;
	rc = app_ticket_page(ui->app, &q, &got, err);
	for (size_t i = 0; i < got.n; i++) {
		ticket_key_format(&got.v[i].key, key);
		strv_take(out,
		    mem_printf("%s%s%s", key, gap, got.v[i].summary));
	}
	ticket_list_release(&got);
	filter_free(f);
	return rc;
}

static void
picked(struct ui *ui, struct view *base, const char *item)
{
	struct ticket_key key;

	if (ticket_key_parse(item, strcspn(item, " "), &key))
		link_to(ui, base, &key);
}

/* A key as typed, or words that find one or several. */
static void
pick_done(struct ui *ui, struct view *base, const char *text)
{
	struct strv items = STRV_INIT;
	const struct ui_menu menu = { .title = "link to",
		.items = &items,
		.chosen = picked };
	struct err err = ERR_INIT;
	struct ticket_key key;
	char *word = mem_strndup(text, strcspn(text, " "));

	if (*word == '\0')
		goto out;
	if (app_key(ui->app, word, &key, &err) == RC_OK) {
		link_to(ui, base, &key);
		goto out;
	}
	err_clear(&err);
	if (search(ui, text, PICK_MAX, "  ", &items, &err) != RC_OK)
		ui_fail(ui, &err);
	else if (items.n == 0)
		ui_refuse(ui, "no ticket is found by \"%s\"", text);
	else if (items.n == 1)
		picked(ui, base, items.v[0]);
	else
		ui_menu(ui, &menu);
out:
	free(word);
	strv_release(&items);
}

static void
pick_complete(struct ui *ui, struct view *base, const struct prompt *p,
    size_t *start, struct strv *out)
{
	(void)base;
	*start = 0;
	if (*prompt_text(p) != '\0')
		search(ui, prompt_text(p), 9, " ", out, NULL);
}

static void
pick_run(struct ui *ui, struct view *base, const char *arg)
{
	const struct ui_ask ask = { .label = "ticket (key or words): ",
		.history = HISTORY_TEXT,
		.done = pick_done,
		.complete = pick_complete };

	begin_question(self(base));
	if (arg != NULL)
		pick_done(ui, base, arg);
	else
		ui_ask(ui, &ask);
}

static void
new_done(struct ui *ui, struct view *base, const char *text)
{
	struct unlinked_view *v = self(base);
	const struct ticket_type *type;
	struct err err = ERR_INIT;
	struct ticket_key key;
	char name[TICKET_KEY_MAX], *word, *whom;
	size_t len = strcspn(text, " ");

	word = mem_strndup(text, len);
	type = ticket_type_find(word);
	if (type != NULL)
		text += len + strspn(text + len, " ");
	whom = describe(&v->asked);
	if (*text == '\0') {
		ui_refuse(ui, "no ticket without a summary");
	} else if (app_unlinked_new(ui->app, (const char *const *)v->asked.v,
		       v->asked.n, type == NULL ? "task" : type->name, text,
		       &key, &err) != RC_OK) {
		ui_fail(ui, &err);
		ui_stale(ui);
	} else {
		ticket_key_format(&key, name);
		ui_did(ui, "%s is new: %s, done, with %s", name,
		    type == NULL ? "task" : type->name, whom);
		done(ui, v);
	}
	free(whom);
	free(word);
}

/* The question begins with what the commit's subject says. */
static void
new_run(struct ui *ui, struct view *base, const char *arg)
{
	struct unlinked_view *v = self(base);
	const struct unlinked *u = unlinked_view_at(v);
	const char *type;
	char *summary, *text;
	struct ui_ask ask = { .label = "new (type summary): ",
		.history = HISTORY_TEXT,
		.done = new_done };

	begin_question(v);
	if (arg != NULL) {
		new_done(ui, base, arg);
		return;
	}
	for (size_t i = 0; v->n_marked > 0 && i < v->list.n; i++)
		if (v->marked[i]) {
			u = &v->list.v[i];
			break;
		}
	if (u == NULL)
		return;
	type = app_unlinked_title(u->subject, &summary);
	text = mem_printf("%s %s", type, summary);
	ask.text = text;
	ui_ask(ui, &ask);
	free(text);
	free(summary);
}

static const char *
why_new(const struct ui *ui, const struct view *base)
{
	return ui->search != NULL
	    ? "N makes a ticket while n finds (Esc ends the search)"
	    : why_link(ui, base);
}

static void
dismiss_run(struct ui *ui, struct view *base, const char *arg)
{
	struct unlinked_view *v = self(base);
	const enum dismissal way = v->which == UNLINKED_OPEN ? DISMISS
							     : DISMISS_BACK;
	struct strv hexes = STRV_INIT;
	struct err err = ERR_INIT;
	size_t changed;
	char *whom;

	(void)arg;
	targets(v, &hexes);
	whom = describe(&hexes);
	if (app_unlinked_dismiss(ui->app, (const char *const *)hexes.v, hexes.n,
		way, &changed, &err) != RC_OK) {
		ui_fail(ui, &err);
	} else {
		ui_did(ui, "%s: %s", whom,
		    way == DISMISS ? "no ticket needed" : "a ticket is needed");
		done(ui, v);
	}
	free(whom);
	strv_release(&hexes);
}

static void
copy_run(struct ui *ui, struct view *base, const char *arg)
{
	struct strv hexes = STRV_INIT;
	struct buf text = BUF_INIT;

	(void)arg;
	targets(self(base), &hexes);
	for (size_t i = 0; i < hexes.n; i++)
		buf_printf(&text, "%s%s", i == 0 ? "" : " ", hexes.v[i]);
	if (ui->host.copy != NULL)
		ui->host.copy(ui->host.arg, buf_str(&text));
	ui_say(ui, "copied: %s", buf_str(&text));
	buf_release(&text);
	strv_release(&hexes);
}

static const char *
why_copy(const struct ui *ui, const struct view *base)
{
	(void)ui;
	return unlinked_view_at((const struct unlinked_view *)base) == NULL
	    ? "there is no commit here"
	    : NULL;
}

const struct action unlinked_verbs[] = { { "accept", "a", "accept",
					     "link to the ticket suggested",
					     accept_run, why_accept },
	{ "pick", "p", "pick", "link to another ticket", pick_run, why_link },
	{ "new", "n", "new", "make a ticket of it", new_run, why_new },
	{ "make", "N", NULL, "the same, also while n finds", new_run,
	    why_link },
	{ "dismiss", "x", "no ticket", "it needs no ticket, or does again",
	    dismiss_run, why_write },
	{ "copy", "y", NULL, "copy the commit's id", copy_run, why_copy },
	{ 0 } };
