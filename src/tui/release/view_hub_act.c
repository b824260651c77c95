/* What can be done in the release hub. */
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/release.h"
#include "base/mem.h"
#include "hub_view.h"
#include "tui/verbs/verbs.h"

static struct hub_view *
self(struct view *v)
{
	return (struct hub_view *)v;
}

static const struct hub_warning *
warning_of(const struct view *base)
{
	return hub_view_warning((const struct hub_view *)base);
}

static const char *
why_open(const struct ui *ui, const struct view *base)
{
	const struct hub_view *v = (const struct hub_view *)base;

	(void)ui;
	if (hub_view_warning(v) == NULL && hub_view_ticket(v) == NULL)
		return "nothing to open here";
	return NULL;
}

static const char *
why_diff(const struct ui *ui, const struct view *base)
{
	const struct hub_warning *w = warning_of(base);

	(void)ui;
	return w == NULL || oid_is_none(&w->commit)
	    ? "no commit here (Enter opens the ticket with its commits)"
	    : NULL;
}

static const char *
why_state(const struct ui *ui, const struct view *base)
{
	(void)base;
	return app_is_readonly(ui->app) ? "the tracker is read-only" : NULL;
}

static const char *
why_next(const struct ui *ui, const struct view *base)
{
	(void)ui;
	return ((const struct hub_view *)base)->hub.next == NULL
	    ? "this is the newest release"
	    : NULL;
}

static const char *
why_previous(const struct ui *ui, const struct view *base)
{
	(void)ui;
	return ((const struct hub_view *)base)->hub.previous == NULL
	    ? "this is the oldest release"
	    : NULL;
}

void
hub_view_diff(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	ui_push(ui, &view_diff, &warning_of(base)->commit);
}

static void
notes_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	ui_push(ui, &view_notes, self(base)->version);
}

static void
set_state(struct ui *ui, struct view *base, const char *name)
{
	const char *asked = ui_about(ui);

	verbs_release_state(ui, asked == NULL ? self(base)->version : asked,
	    name);
}

void
hub_view_state(struct ui *ui, struct view *base, const char *arg)
{
	if (arg != NULL)
		set_state(ui, base, arg);
	else
		verbs_release_menu(ui, &self(base)->hub.release, set_state);
}

static void
set_owner(struct ui *ui, struct view *base, const char *who)
{
	const struct release_change change = { .owner = who };
	struct err err = ERR_INIT;

	if (app_release_edit(ui->app, self(base)->version, &change, &err) !=
	    RC_OK)
		ui_fail(ui, &err);
	else if (*who == '\0')
		ui_did(ui, "%s: nobody's", self(base)->version);
	else
		ui_did(ui, "%s: owner %s", self(base)->version, who);
	ui_stale(ui);
}

static void
owner_run(struct ui *ui, struct view *base, const char *arg)
{
	const char *now = self(base)->hub.release.owner;
	const struct ui_ask ask = { .label = "owner: ",
		.text = now,
		.field = "assignee",
		.done = set_owner };

	if (arg != NULL)
		set_owner(ui, base, arg);
	else
		ui_ask(ui, &ask);
}

static const char *
why_note(const struct ui *ui, const struct view *base)
{
	const struct hub_warning *w = warning_of(base);

	if (w == NULL || w->fixes[0] != HUB_FIX_NOTE)
		return "its note is not what is missing";
	return app_is_readonly(ui->app) ? "the tracker is read-only" : NULL;
}

static void
note_run(struct ui *ui, struct view *base, const char *arg)
{
	struct ticket_key key;

	(void)arg;
	if (hub_view_key(self(base), &key))
		verbs_edit_note(ui, &key);
}

static void
show(struct hub_view *v, enum hub_show what)
{
	v->show = what;
	v->top = v->warnings_top = 0;
	hub_view_choose(v);
	v->sel = what == HUB_ALL && v->n > 0 ? hub_view_warnings(v) : 0;
	hub_view_settle(v);
	v->base.more = v->hub.told;
}

static void
show_run(struct ui *ui, struct view *base, const char *arg)
{
	struct hub_view *v = self(base);

	(void)arg;
	(void)ui;
	show(v, (enum hub_show)((v->show + 1) % HUB_SHOW_N));
	/* It stands at the right already. */
	if (v->show == HUB_BURNUP && hub_view_pane(v->base.cols) > 0)
		show(v, HUB_ALL);
}

static const char *
why_burnup(const struct ui *ui, const struct view *base)
{
	(void)ui;
	return hub_view_pane(base->cols) > 0 ? "it stands at the right" : NULL;
}

static void
burnup_run(struct ui *ui, struct view *base, const char *arg)
{
	struct hub_view *v = self(base);

	(void)ui;
	(void)arg;
	show(v, v->show == HUB_BURNUP ? HUB_ALL : HUB_BURNUP);
}

/* Keys that a filter takes beside the version. */
#define KEYS_MAX 60

/*
 * What commits alone brought into the release has no field that a filter could
 * look for: those are asked for by key.
 */
static void
tickets_run(struct ui *ui, struct view *base, const char *arg)
{
	const struct hub_view *v = self(base);
	char *put = verbs_release_filter(v->version, ""), *text;
	char key[TICKET_KEY_MAX];
	struct buf keys = BUF_INIT;
	size_t n = 0;

	(void)arg;
	for (size_t i = 0; i < v->hub.tickets.n; i++) {
		const struct ticket *t = &v->hub.tickets.v[i];

		if (strv_has(&t->releases, v->version) || n++ >= KEYS_MAX)
			continue;
		ticket_key_format(&t->key, key);
		buf_printf(&keys, "%s%s", keys.len > 0 ? "," : "", key);
	}
	text = keys.len == 0 ? mem_strdup(put)
			     : mem_printf("%s or key:%s", put, buf_str(&keys));
	ui_push(ui, &view_list, text);
	if (n > KEYS_MAX)
		ui_warn(ui, "%zu more came by commits: they are in the release",
		    n - KEYS_MAX);
	free(text);
	free(put);
	buf_release(&keys);
}

static void
turn(struct hub_view *v, const char *version)
{
	char *to = mem_strdup(version);

	mem_replace(&v->version, to);
	mem_replace(&v->wrong, NULL);
	hub_view_forget(v);
	hub_release(&v->hub);
	v->loaded = false;
	v->n = v->sel = v->top = v->warnings_top = 0;
	v->base.stale = true;
	free(to);
}

static void
next_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)ui;
	(void)arg;
	turn(self(base), self(base)->hub.next);
}

static void
previous_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)ui;
	(void)arg;
	turn(self(base), self(base)->hub.previous);
}

static void
reload_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	if (!ui_still_there(ui, true))
		return;
	mem_replace(&self(base)->wrong, NULL);
	self(base)->seen = 0;
	ui_stale(ui);
	ui_say(ui, "read again");
}

/* Esc never leaves; it ends a search, then shows everything again. */
static void
clear_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	if (ui->search != NULL)
		mem_replace(&ui->search, NULL);
	else if (self(base)->show != HUB_ALL)
		show(self(base), HUB_ALL);
}

const struct action hub_view_actions[] = {
	{ "open", "Enter l Right", "open",
	    "open the ticket; the rule of a warning and what mends it",
	    hub_view_open, why_open },
	{ "fix", "F", "fix", "do what mends a warning", hub_view_fix,
	    hub_view_why_fix },
	{ "show", "w", "warn/done/doing/todo",
	    "only warnings, what is done, in progress, to do; all", show_run,
	    NULL },
	{ "burn-up", "b", "burn-up", "how scope and work grew, the forecast",
	    burnup_run, why_burnup },
	{ "notes-of", "4", "notes", "its release notes", notes_run, NULL },
	{ "note", "e", "note", "write the note that is missing", note_run,
	    why_note },
	{ "diff", "d", "diff", "the commit that a warning is about",
	    hub_view_diff, why_diff },
	{ "state", "X", "state", "planned, released, yanked or dropped",
	    hub_view_state, why_state },
	{ "owner", "O", NULL, "who sees to the release; me is you", owner_run,
	    why_state },
	{ "next-release", "]", NULL, "the release after it", next_run,
	    why_next },
	{ "previous-release", "[", NULL, "the release before it", previous_run,
	    why_previous },
	{ "tickets", "L", NULL, "its tickets in a list", tickets_run, NULL },
	{ "again", "R F5", NULL, "read everything again", reload_run, NULL },
	{ "clear", "Esc", NULL, "end the search, show everything again",
	    clear_run, NULL },
	{ 0 }
};
