/* One release: how far it is, what is wrong with it, and its tickets. */
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "hub_view.h"
#include "tui/verbs.h"

static struct hub_view *
self(struct view *v)
{
	return (struct hub_view *)v;
}

static enum rc
hub_open(struct ui *ui, struct view *base, const void *arg, struct err *err)
{
	(void)ui;
	(void)err;
	self(base)->version = mem_strdup(arg);
	return RC_OK;
}

static void
hub_close(struct view *base)
{
	struct hub_view *v = self(base);

	hub_release(&v->hub);
	free(v->shown);
	free(v->version);
	free(v->wrong);
}

const struct hub_warning *
hub_view_warning(const struct hub_view *v)
{
	return v->sel < hub_view_warnings(v) ? &v->hub.warnings[v->sel] : NULL;
}

const struct ticket *
hub_view_ticket(const struct hub_view *v)
{
	size_t n = hub_view_warnings(v);

	return v->sel >= n && v->sel - n < v->n
	    ? &v->hub.tickets.v[v->shown[v->sel - n]]
	    : NULL;
}

static bool
hub_key(const struct hub_view *v, struct ticket_key *out)
{
	const struct hub_warning *w = hub_view_warning(v);
	const struct ticket *t = hub_view_ticket(v);

	if (t != NULL)
		*out = t->key;
	return t != NULL ||
	    (w != NULL && ticket_key_parse(w->key, strlen(w->key), out));
}

static size_t
lines(const struct hub_view *v)
{
	return hub_view_warnings(v) + v->n;
}

static void
scroll(size_t *top, size_t sel, size_t rows)
{
	rows = rows == 0 ? 1 : rows;
	if (sel < *top)
		*top = sel;
	if (sel >= *top + rows)
		*top = sel - rows + 1;
}

static void
settle(struct hub_view *v)
{
	const struct hub_layout l = hub_view_layout(v);
	size_t n = hub_view_warnings(v);

	if (v->sel >= lines(v))
		v->sel = lines(v) == 0 ? 0 : lines(v) - 1;
	if (v->sel < n)
		scroll(&v->warnings_top, v->sel, (size_t)l.warnings);
	else
		scroll(&v->top, v->sel - n, (size_t)l.tickets);
	if (v->top >= v->n)
		v->top = 0;
	if (v->warnings_top >= n)
		v->warnings_top = 0;
}

static bool
is_shown(enum hub_show show, const struct ticket *t)
{
	switch (show) {
	case HUB_ALL:
		return true;
	case HUB_DONE:
		return t->category == CATEGORY_DONE;
	case HUB_DOING:
		return t->category == CATEGORY_DOING;
	case HUB_TODO:
		return t->category == CATEGORY_TODO;
	default:
		return false;
	}
}

static void
choose_tickets(struct hub_view *v)
{
	const struct ticket_list *l = &v->hub.tickets;

	free(v->shown);
	v->shown = mem_calloc(l->n + 1, sizeof(*v->shown));
	v->n = 0;
	for (size_t i = 0; i < l->n; i++)
		if (is_shown(v->show, &l->v[i]))
			v->shown[v->n++] = i;
}

/* Puts the selection on a ticket, or on the first one. */
static void
select_key(struct hub_view *v, const struct ticket_key *key)
{
	size_t n = hub_view_warnings(v);

	choose_tickets(v);
	for (size_t i = 0; key != NULL && i < v->n; i++)
		if (ticket_key_equal(&v->hub.tickets.v[v->shown[i]].key, key))
			v->sel = n + i;
	settle(v);
}

/* What history says stays from the load before until it is asked again. */
static enum rc
hub_load(struct ui *ui, struct view *base, struct err *err)
{
	struct hub_view *v = self(base);
	const struct ticket *t = hub_view_ticket(v);
	struct ticket_key key = { .number = 0 };
	bool again = v->loaded;
	struct hub hub = { .told = false };
	enum rc rc;

	if (ui->go_to.number != 0)
		key = ui->go_to;
	else if (t != NULL)
		key = t->key;
	/* History is not read again for another size of the window. */
	if (again && v->hub.told && v->seen == app_data_version(ui->app)) {
		select_key(v, key.number == 0 ? NULL : &key);
		return RC_OK;
	}
	if ((rc = app_hub(ui->app, v->version, &hub, err)) != RC_OK) {
		hub_release(&hub);
		return rc;
	}
	if (again && v->hub.told) {
		/* A quick reading would make warnings come and go. */
		rc = app_hub_history(ui->app, &hub, err);
		ui->version = v->seen = app_data_version(ui->app);
	}
	hub_release(&v->hub);
	v->hub = hub;
	v->loaded = true;
	base->more = !v->hub.told && v->wrong == NULL;
	if (!again) {
		choose_tickets(v);
		v->sel = v->n > 0 ? hub_view_warnings(v) : 0;
	}
	select_key(v, key.number == 0 ? NULL : &key);
	return rc;
}

static bool
hub_work(struct ui *ui, struct view *base)
{
	struct hub_view *v = self(base);
	const struct ticket *t = hub_view_ticket(v);
	struct ticket_key key = { .number = 0 };
	size_t before = hub_view_warnings(v);
	struct err err = ERR_INIT;
	enum rc rc;

	if (t != NULL)
		key = t->key;
	ui_busy(ui, "reading history (Esc stops)");
	rc = app_hub_history(ui->app, &v->hub, &err);
	ui->version = v->seen = app_data_version(ui->app);
	if (rc != RC_OK) {
		mem_replace(&v->wrong,
		    rc == RC_STOPPED ? "stopped: what history says is not known"
				     : err.msg);
		ui_warn(ui, "%s   (R tries again)", v->wrong);
		return false;
	}
	mem_replace(&v->wrong, NULL);
	choose_tickets(v);
	if (t == NULL && before == 0 && v->n > 0)
		v->sel = hub_view_warnings(v);
	select_key(v, key.number == 0 ? NULL : &key);
	return false;
}

static void
hub_status(const struct ui *ui, const struct view *base, struct buf *out)
{
	const struct hub_view *v = (const struct hub_view *)base;
	const struct hub_warning *w = hub_view_warning(v);

	(void)ui;
	if (w != NULL)
		buf_printf(out, "%s: the rule is that %s", w->code, w->rule);
	else if (v->wrong != NULL)
		buf_puts(out, v->wrong);
	else if (v->hub.told)
		buf_printf(out, "%zu of %zu   in the notes %zu, commits %zu",
		    v->n == 0 ? 0 : v->sel - hub_view_warnings(v) + 1, v->n,
		    v->hub.n_entries, v->hub.n_commits);
}

static void
hub_move(struct ui *ui, struct view *base, enum motion m)
{
	struct hub_view *v = self(base);
	long page = hub_view_layout(v).tickets, at = (long)v->sel;
	const long steps[] = { [MOVE_DOWN] = 1,
		[MOVE_UP] = -1,
		[MOVE_PAGE_DOWN] = page,
		[MOVE_PAGE_UP] = -page,
		[MOVE_HALF_DOWN] = (page + 1) / 2,
		[MOVE_HALF_UP] = -(page + 1) / 2 };

	(void)ui;
	if (m == MOVE_FIRST)
		at = 0;
	else if (m == MOVE_LAST)
		at = (long)lines(v) - 1;
	else
		at += steps[m];
	v->sel = at < 0 ? 0 : (size_t)at;
	settle(v);
}

static void
hub_click(struct ui *ui, struct view *base, int y, int x)
{
	struct hub_view *v = self(base);
	const struct hub_layout l = hub_view_layout(v);
	size_t n = hub_view_warnings(v), at = lines(v);

	(void)ui;
	(void)x;
	if (y >= l.warnings_y && y < l.warnings_y + l.warnings) {
		at = v->warnings_top + (size_t)(y - l.warnings_y);
		at = at < n ? at : lines(v);
	} else if (y > l.tickets_y && y <= l.tickets_y + l.tickets) {
		at = n + v->top + (size_t)(y - l.tickets_y - 1);
	}
	if (at < lines(v))
		v->sel = at;
}

static void
hub_find(struct ui *ui, struct view *base, const char *text, int step)
{
	struct hub_view *v = self(base);
	size_t n = hub_view_warnings(v), all = v->n, from;
	struct buf want = BUF_INIT, have = BUF_INIT;
	char key[TICKET_KEY_MAX];
	bool found = false;

	utf8_fold(&want, text, strlen(text));
	from = v->sel >= n ? v->sel - n : 0;
	for (size_t i = 1; i <= all && !found; i++) {
		size_t at = (from + (step > 0 ? i : all - i)) % all;
		const struct ticket *t = &v->hub.tickets.v[v->shown[at]];
		char *line;

		ticket_key_format(&t->key, key);
		line = mem_printf("%s %s", key, t->summary);
		buf_clear(&have);
		utf8_fold(&have, line, strlen(line));
		free(line);
		found = strstr(buf_str(&have), buf_str(&want)) != NULL;
		if (found)
			v->sel = n + at;
	}
	if (!found)
		ui_warn(ui, "no match for \"%s\"", text);
	settle(v);
	buf_release(&want);
	buf_release(&have);
}

static size_t
hub_targets(const struct view *base, struct ticket_key **out)
{
	struct ticket_key key;

	*out = NULL;
	if (!hub_key((const struct hub_view *)base, &key))
		return 0;
	*out = mem_dup(&key, sizeof(key));
	return 1;
}

static const struct ticket_key *
hub_at(const struct view *base)
{
	const struct ticket *t = hub_view_ticket((const struct hub_view *)base);

	return t == NULL ? NULL : &t->key;
}

static enum hub_fix
fix_of(const struct view *base)
{
	const struct hub_warning *w =
	    hub_view_warning((const struct hub_view *)base);

	return w == NULL ? HUB_FIX_NONE : w->fix;
}

static const char *
why_open(const struct ui *ui, const struct view *base)
{
	struct ticket_key key;

	(void)ui;
	if (hub_key((const struct hub_view *)base, &key) ||
	    fix_of(base) == HUB_FIX_DIFF || fix_of(base) == HUB_FIX_UNLINKED)
		return NULL;
	return "nothing to open here";
}

static const char *
why_note(const struct ui *ui, const struct view *base)
{
	if (fix_of(base) != HUB_FIX_NOTE)
		return "its note is not what is missing";
	return app_is_readonly(ui->app) ? "the tracker is read-only" : NULL;
}

static const char *
why_diff(const struct ui *ui, const struct view *base)
{
	const struct hub_warning *w =
	    hub_view_warning((const struct hub_view *)base);

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

static void
diff_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	ui_push(ui, &view_diff, &hub_view_warning(self(base))->commit);
}

static void
notes_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	ui_push(ui, &view_notes, self(base)->version);
}

static void
open_run(struct ui *ui, struct view *base, const char *arg)
{
	struct ticket_key key;

	if (hub_key(self(base), &key) && fix_of(base) != HUB_FIX_DIFF)
		ui_push(ui, &view_ticket, &key);
	else if (fix_of(base) == HUB_FIX_DIFF)
		diff_run(ui, base, arg);
	else if (fix_of(base) == HUB_FIX_UNLINKED)
		ui_push(ui, &view_unlinked, self(base)->version);
	else
		notes_run(ui, base, arg);
}

static void
note_run(struct ui *ui, struct view *base, const char *arg)
{
	struct ticket_key key;

	(void)arg;
	if (hub_key(self(base), &key))
		verbs_edit_note(ui, &key);
}

static void
show(struct hub_view *v, enum hub_show what)
{
	v->show = what;
	v->top = v->warnings_top = 0;
	choose_tickets(v);
	v->sel = what == HUB_ALL && v->n > 0 ? hub_view_warnings(v) : 0;
	settle(v);
}

static void
show_run(struct ui *ui, struct view *base, const char *arg)
{
	struct hub_view *v = self(base);

	(void)arg;
	(void)ui;
	show(v, (enum hub_show)((v->show + 1) % HUB_SHOW_N));
}

static void
tickets_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	verbs_release_tickets(ui, self(base)->version);
}

static void
set_state(struct ui *ui, struct view *base, const char *name)
{
	verbs_release_state(ui, self(base)->version, name);
}

static void
state_run(struct ui *ui, struct view *base, const char *arg)
{
	if (arg != NULL)
		set_state(ui, base, arg);
	else
		verbs_release_menu(ui, &self(base)->hub.release, set_state);
}

static void
turn(struct hub_view *v, const char *version)
{
	char *to = mem_strdup(version);

	mem_replace(&v->version, to);
	mem_replace(&v->wrong, NULL);
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

static const struct action actions[] = {
	{ "open", "Enter l Right", "open",
	    "open the ticket, or what a warning is about", open_run, why_open },
	{ "show", "w", "warn/done/doing/todo",
	    "only warnings, what is done, in progress, to do; all", show_run,
	    NULL },
	{ "notes-of", "4", "notes", "its release notes", notes_run, NULL },
	{ "note", "e", "note", "write the note that is missing", note_run,
	    why_note },
	{ "diff", "d", "diff", "the commit that a warning is about", diff_run,
	    why_diff },
	{ "state", "X", "release...", "planned, released, yanked or dropped",
	    state_run, why_state },
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

const struct view_class view_hub = {
	.name = "release",
	.size = sizeof(struct hub_view),
	.actions = { actions, verbs_ticket },
	.open = hub_open,
	.load = hub_load,
	.draw = hub_view_draw,
	.move = hub_move,
	.click = hub_click,
	.find = hub_find,
	.status = hub_status,
	.targets = hub_targets,
	.work = hub_work,
	.at = hub_at,
	.release = hub_close,
};
