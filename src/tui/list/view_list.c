#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "list_cache.h"
#include "list_view.h"
#include "model/filter.h"
#include "tui/keys/keys.h"
#include "tui/mouse.h"
#include "tui/saved.h"
#include "tui/verbs/verbs.h"

#define PANE_HEAD 5 /* rows above the text beside the tickets */

static struct list_view *
self(struct view *v)
{
	return (struct list_view *)v;
}

static enum rc
list_open(struct ui *ui, struct view *base, const void *arg, struct err *err)
{
	(void)err;
	self(base)->filter = mem_strdup("");
	self(base)->drawn = list_cache_new();
	if (arg == NULL)
		return RC_OK;
	self(base)->nested = true;
	self(base)->outer = mem_strdup(ui->filter);
	mem_replace(&ui->filter, arg);
	return RC_OK;
}

static void
list_leave(struct ui *ui, struct view *base)
{
	if (self(base)->nested)
		mem_replace(&ui->filter, self(base)->outer);
}

static void
list_close(struct view *base)
{
	struct list_view *v = self(base);

	list_release(&v->list);
	list_cache_free(v->drawn);
	ticket_view_release(&v->shown);
	pager_release(&v->pane);
	free(v->filter);
	free(v->outer);
	free(v->wrong);
	free(v->marks);
}

/* The pane follows the selection. */
enum rc
list_view_pane_load(struct ui *ui, struct list_view *v, bool again,
    struct err *err)
{
	const struct ticket *t = list_selected(&v->list);
	int cols = list_view_pane(v->base.cols);
	enum rc rc;

	if (cols == 0 || t == NULL) {
		v->shown_id = 0;
		return RC_OK;
	}
	if (t->id == v->shown_id && !again)
		return RC_OK;
	ticket_view_release(&v->shown);
	v->shown = (struct ticket_view){ 0 };
	v->shown_id = 0;
	rc = app_ticket_view(ui->app, &t->key, &v->shown, err);
	if (rc != RC_OK)
		return rc;
	if (t->id != v->shown_id)
		v->pane.top = 0;
	v->shown_id = t->id;
	/* Below the tabs, three lines of the ticket, and a free one. */
	pager_set_rows(&v->pane,
	    v->base.rows > PANE_HEAD ? (size_t)(v->base.rows - PANE_HEAD) : 1);
	return detail_lines(&v->pane, ui->app, &v->shown, TAB_DESCRIPTION,
	    cols - 4, ui->now, err);
}

/*
 * While a filter is typed, a count that takes longer than this stays at what is
 * known to match: terms that meet seldom are looked for one by one.
 */
#define COUNT_MS 8

static enum rc
count(struct ui *ui, struct list_view *v, bool live, struct err *err)
{
	const struct list *l = &v->list;
	enum rc rc;

	v->at_least = false;
	rc = app_ticket_count(ui->app, NULL, UI_COUNT_CAP + 1, &v->total, err);
	if (rc != RC_OK)
		return rc;
	if (!l->before && !l->after) {
		v->count = (int64_t)l->n;
		return RC_OK;
	}
	if (l->filter == NULL) {
		v->count = v->total;
		return RC_OK;
	}
	ui->until_ms = live ? date_clock_ms() + COUNT_MS : 0;
	rc = app_ticket_count(ui->app, l->filter, UI_COUNT_CAP + 1, &v->count,
	    err);
	if (rc == RC_STOPPED && ui->late) {
		v->count = (int64_t)l->n;
		v->at_least = true;
		rc = RC_OK;
	}
	ui->until_ms = 0;
	ui->late = false;
	return rc;
}

/* Makes text the filter; on an error the rows stay and *err says why. */
enum rc
list_view_filter(struct ui *ui, struct list_view *v, const char *text,
    bool live, struct err *err)
{
	struct list fresh = { .sort = v->list.sort,
		.rows = v->list.rows,
		.brief = live,
		.fetched = v->list.fetched };
	enum rc rc;

	rc = app_filter(ui->app, text, live, &fresh.filter, err);
	if (rc != RC_OK)
		return rc;
	rc = list_first(&fresh, ui->app, err);
	if (rc != RC_OK) {
		list_release(&fresh);
		return rc;
	}
	list_release(&v->list);
	v->list = fresh;
	mem_replace(&v->filter, text);
	rc = count(ui, v, live, err);
	if (rc == RC_OK)
		rc = list_view_pane_load(ui, v, list_selected(&v->list) != NULL,
		    err);
	v->fetched = rc == RC_OK;
	return rc;
}

/* Selects what a change made; where the filter hides it, nothing moves. */
static enum rc
follow(struct ui *ui, struct list_view *v, struct err *err)
{
	struct list *l = &v->list;
	const struct ticket *was = list_selected(l);
	int64_t id = was == NULL ? 0 : was->id;
	struct ticket t = { 0 };
	enum rc rc = RC_OK;

	if (ui->go_to.number == 0 ||
	    app_ticket_get(ui->app, &ui->go_to, &t, NULL) != RC_OK)
		return RC_OK;
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].id == t.id) {
			l->sel = i;
			list_set_rows(l, l->rows);
			goto out;
		}
	if ((rc = list_goto(l, ui->app, t.id, err)) != RC_OK)
		goto out;
	was = list_selected(l);
	if (was != NULL && was->id == t.id)
		goto out;
	if (id != 0)
		rc = list_goto(l, ui->app, id, err);
	ui_hidden(ui);
out:
	ticket_release(&t);
	return rc;
}

static enum rc
list_load(struct ui *ui, struct view *base, struct err *err)
{
	struct list_view *v = self(base);
	const char *want = ui->filter == NULL ? "" : ui->filter;
	enum rc rc;

	list_view_columns(ui, v);
	list_set_rows(&v->list,
	    (size_t)(base->rows - list_view_head(base->rows)));
	if (!v->fetched || (strcmp(want, v->filter) != 0 && !ui->asking))
		rc = list_view_filter(ui, v, want, false, err);
	else if ((rc = list_refresh(&v->list, ui->app, err)) == RC_OK)
		rc = count(ui, v, false, err);
	if (rc == RC_OK)
		rc = follow(ui, v, err);
	return rc == RC_OK ? list_view_pane_load(ui, v, true, err) : rc;
}

static void
list_jump(struct ui *ui, struct view *base, enum motion m, int64_t n)
{
	struct list_view *v = self(base);
	struct list *l = &v->list;
	struct err err = ERR_INIT;
	int64_t page = (int64_t)l->rows;
	const int64_t steps[] = { [MOVE_DOWN] = 1,
		[MOVE_UP] = -1,
		[MOVE_PAGE_DOWN] = page,
		[MOVE_PAGE_UP] = -page,
		[MOVE_HALF_DOWN] = (page + 1) / 2,
		[MOVE_HALF_UP] = -(page + 1) / 2 };
	enum rc rc;

	if (m == MOVE_FIRST || m == MOVE_LAST)
		rc = list_line(l, ui->app, n, &err);
	else
		rc = list_jump_by(l, ui->app, n * steps[m], &err);
	if (rc == RC_OK)
		rc = list_view_pane_load(ui, v, false, &err);
	if (rc != RC_OK)
		ui_fail(ui, &err);
}

static void
list_step(struct ui *ui, struct view *base, enum motion m)
{
	struct list_view *v = self(base);
	struct err err = ERR_INIT;
	enum rc rc;

	if (m != MOVE_FIRST && m != MOVE_LAST) {
		list_jump(ui, base, m, 1);
		return;
	}
	rc = m == MOVE_FIRST ? list_first(&v->list, ui->app, &err)
			     : list_last(&v->list, ui->app, &err);
	if (rc == RC_OK)
		rc = list_view_pane_load(ui, v, false, &err);
	if (rc != RC_OK)
		ui_fail(ui, &err);
}

static void
list_click(struct ui *ui, struct view *base, int y, int x)
{
	struct list_view *v = self(base);
	struct err err = ERR_INIT;
	const int head = list_view_head(base->rows);
	size_t i;

	if (y < head || y >= base->rows ||
	    x >= base->cols - list_view_pane(base->cols))
		return;
	i = v->list.top + (size_t)(y - head);
	if (i >= v->list.n || mouse_again(ui, base, i == v->list.sel))
		return;
	v->list.sel = i;
	if (list_view_pane_load(ui, v, false, &err) != RC_OK)
		ui_fail(ui, &err);
}

/* The pane at the right scrolls by itself. */
static bool
list_wheel(struct ui *ui, struct view *base, int y, int x, int step)
{
	struct list_view *v = self(base);

	(void)ui;
	(void)y;
	if (x < base->cols - list_view_pane(base->cols) || v->shown_id == 0)
		return false;
	pager_scroll(&v->pane, step > 0 ? 1 : -1);
	return true;
}

static void
range_status(const struct ui *ui, const struct list_view *v, struct buf *out)
{
	char key[KEYS_TELL_MAX];
	size_t from, to;

	keys_tell(ui, &v->base, "range", key);
	if (list_view_range(v, &from, &to))
		buf_printf(out,
		    "range of %zu   act on it, or %s marks it; Esc ends",
		    to - from + 1, key);
	else
		buf_printf(out, "long range   %s marks it; Esc ends", key);
}

/* "12 of 345".  Far from the beginning nothing is counted that is not on the
 * screen: the place is then told from the end, where that is near. */
static void
place_status(const struct list_view *v, struct buf *out)
{
	const struct list *l = &v->list;
	const int64_t left = (int64_t)(l->n - 1 - l->sel);
	const bool known = v->count <= UI_COUNT_CAP && !v->at_least;
	char n[24];

	list_view_count_text(v, n);
	if (l->base >= 0)
		buf_printf(out, "%lld of %s",
		    (long long)l->base + (long long)l->sel + 1, n);
	else if (!l->after && known)
		buf_printf(out, "%lld of %s", (long long)(v->count - left), n);
	else if (!l->after && left == 0)
		buf_printf(out, "the last of %s", n);
	else if (!l->after)
		buf_printf(out, "%lld before the last of %s", (long long)left,
		    n);
	else
		buf_printf(out, "one of %s", n);
}

static void
list_status(const struct ui *ui, const struct view *base, struct buf *out)
{
	const struct list_view *v = (const struct list_view *)base;

	if (v->anchor != 0)
		range_status(ui, v, out);
	else if (v->n_marks > 0)
		buf_printf(out,
		    "%zu marked   actions are for these; Esc clears",
		    v->n_marks);
	else if (ui->search != NULL)
		buf_printf(out, "/%s   n next, N previous, Esc ends",
		    ui->search);
	else if (v->list.n > 0)
		place_status(v, out);
}

/* Marked ones and those of the range; the selected one without. */
static size_t
list_targets(const struct view *base, struct ticket_key **out)
{
	const struct list_view *v = (const struct list_view *)base;
	const struct ticket *t = list_selected(&v->list);
	size_t from = 0, to = 0, n = 0;
	bool range = list_view_range(v, &from, &to);

	*out = mem_calloc(v->n_marks + to - from + 1, sizeof(**out));
	for (size_t i = 0; i < v->n_marks; i++)
		(*out)[n++] = v->marks[i].key;
	for (size_t i = from; range && i <= to; i++)
		if (!list_view_marked(v, v->list.v[i].id))
			(*out)[n++] = v->list.v[i].key;
	if (n == 0 && t != NULL && v->anchor == 0)
		(*out)[n++] = t->key;
	return n;
}

static const struct ticket_key *
list_at(const struct view *base)
{
	const struct ticket *t =
	    list_selected(&((const struct list_view *)base)->list);

	return t == NULL ? NULL : &t->key;
}

static void
open_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	ui_push(ui, &view_ticket, &list_selected(&self(base)->list)->key);
}

static const struct action actions[] = { { "open", "Enter l Right", "open",
					     "open the ticket", open_run,
					     list_why_row },
	{ "filter", "f", "filter", "show only what matches", list_filter_run,
	    NULL },
	{ "saved", "F", NULL, "saved filters: pick, save, forget one",
	    saved_pick_run, NULL },
	{ "save-filter", "", NULL, "save the filter under a name",
	    saved_save_run, saved_why_save },
	{ "forget-filter", "", NULL, "forget a saved filter", saved_forget_run,
	    saved_why_forget },
	{ "mark", "Space", "mark", "mark, for actions on several",
	    list_mark_run, list_why_row },
	{ "range", "v", NULL, "a range from here on; v again marks it",
	    list_range_run, list_why_row },
	{ "mark-all", "*", NULL, "mark all that match, at most 1000",
	    list_mark_all_run, list_why_row },
	{ "sort", "o", NULL, "sort by another column", list_sort_run, NULL },
	{ "reverse", "O", NULL, "turn the order round", list_reverse_run,
	    NULL },
	{ "columns", "|", NULL, "choose the columns", list_columns_run, NULL },
	{ "clear", "Esc", NULL, "clear marks, then search, then filter",
	    list_clear_run, NULL },
	{ 0 } };

const struct view_class view_list = {
	.name = "list",
	.size = sizeof(struct list_view),
	.actions = { actions, verbs_ticket, verbs_new },
	.open = list_open,
	.load = list_load,
	.draw = list_view_draw,
	.move = list_step,
	.jump = list_jump,
	.click = list_click,
	.wheel = list_wheel,
	.find = list_find,
	.status = list_status,
	.targets = list_targets,
	.at = list_at,
	.leave = list_leave,
	.release = list_close,
};
