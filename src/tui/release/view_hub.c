/* One release: how far it is, what is wrong with it, and its tickets. */
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "hub_view.h"
#include "tui/mouse.h"
#include "tui/verbs/verbs.h"

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

void
hub_view_forget(struct hub_view *v)
{
	free(v->development);
	v->development = NULL;
}

static void
hub_close(struct view *base)
{
	struct hub_view *v = self(base);

	hub_view_forget(v);
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

bool
hub_view_key(const struct hub_view *v, struct ticket_key *out)
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

void
hub_view_settle(struct hub_view *v)
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

void
hub_view_choose(struct hub_view *v)
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

	hub_view_choose(v);
	for (size_t i = 0; key != NULL && i < v->n; i++)
		if (ticket_key_equal(&v->hub.tickets.v[v->shown[i]].key, key))
			v->sel = n + i;
	hub_view_settle(v);
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
	hub_view_forget(v);
	hub_release(&v->hub);
	v->hub = hub;
	v->loaded = true;
	base->more = v->wrong == NULL;
	if (!again) {
		hub_view_choose(v);
		v->sel = v->n > 0 ? hub_view_warnings(v) : 0;
	}
	select_key(v, key.number == 0 ? NULL : &key);
	return rc;
}

static bool
tell(struct ui *ui, struct hub_view *v)
{
	const struct ticket *t = hub_view_ticket(v);
	struct ticket_key key = { .number = 0 };
	size_t before = hub_view_warnings(v);
	struct err err = ERR_INIT;
	enum rc rc;

	if (t != NULL)
		key = t->key;
	hub_view_forget(v);
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
	hub_view_choose(v);
	if (t == NULL && before == 0 && v->n > 0)
		v->sel = hub_view_warnings(v);
	select_key(v, key.number == 0 ? NULL : &key);
	return true;
}

/* The commits of one more ticket that is on the screen; false: of all. */
static bool
develop(struct ui *ui, struct hub_view *v)
{
	const struct hub_layout l = hub_view_layout(v);
	size_t end = v->top + (size_t)(l.tickets < 0 ? 0 : l.tickets);
	struct err err = ERR_INIT;

	if (v->development == NULL)
		v->development = mem_calloc(v->hub.tickets.n + 1,
		    sizeof(*v->development));
	for (size_t i = v->top; i < end && i < v->n; i++) {
		const struct ticket *t = &v->hub.tickets.v[v->shown[i]];
		struct hub_commits *at = &v->development[v->shown[i]];

		if (at->known || t->n_commits == 0)
			continue;
		at->known = app_hub_development(ui->app, &t->key, &at->d,
				&err) == RC_OK;
		return at->known || err.code == RC_STOPPED;
	}
	return false;
}

static bool
hub_work(struct ui *ui, struct view *base)
{
	struct hub_view *v = self(base);

	return v->hub.told ? develop(ui, v) : tell(ui, v);
}

static void
hub_status(const struct ui *ui, const struct view *base, struct buf *out)
{
	const struct hub_view *v = (const struct hub_view *)base;
	const struct hub_warning *w = hub_view_warning(v);

	if (w != NULL)
		buf_printf(out, "%zu of %zu   the rule (%s): %s", v->sel + 1,
		    hub_view_warnings(v), w->code, w->rule);
	else if (v->show == HUB_BURNUP &&
	    v->hub.release.state == RELEASE_RELEASED)
		hub_say_dates(&v->hub, ui->now, out);
	else if (v->show == HUB_BURNUP)
		hub_say_sample(&v->hub, out);
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
	hub_view_settle(v);
	base->more = v->hub.told;
}

static void
hub_click(struct ui *ui, struct view *base, int y, int x)
{
	struct hub_view *v = self(base);
	const struct hub_layout l = hub_view_layout(v);
	size_t n = hub_view_warnings(v), at = lines(v);

	if (x >= base->cols - hub_view_pane(base->cols))
		return;
	if (y >= l.warnings_y && y < l.warnings_y + l.warnings) {
		at = v->warnings_top + (size_t)(y - l.warnings_y);
		at = at < n ? at : lines(v);
	} else if (y >= l.tickets_y + l.heads &&
	    y < l.tickets_y + l.heads + l.tickets) {
		at = n + v->top + (size_t)(y - l.tickets_y - l.heads);
	}
	if (at < lines(v) && !mouse_again(ui, base, at == v->sel))
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
	hub_view_settle(v);
	buf_release(&want);
	buf_release(&have);
}

static size_t
hub_targets(const struct view *base, struct ticket_key **out)
{
	struct ticket_key key;

	*out = NULL;
	if (!hub_view_key((const struct hub_view *)base, &key))
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

const struct view_class view_hub = {
	.name = "release",
	.size = sizeof(struct hub_view),
	.actions = { hub_view_actions, verbs_ticket },
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
