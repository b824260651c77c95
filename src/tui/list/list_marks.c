/* The ticket list: marks, for actions on several. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "list_view.h"
#include "model/filter.h"

#define MARKS_MAX 1000 /* at once */

static struct list_view *
self(struct view *v)
{
	return (struct list_view *)v;
}

static void
unmark(struct list_view *v, int64_t id)
{
	for (size_t i = 0; i < v->n_marks; i++)
		if (v->marks[i].id == id)
			v->marks[i] = v->marks[--v->n_marks];
}

static void
mark(struct list_view *v, const struct ticket *t)
{
	if (list_view_marked(v, t->id))
		return;
	v->marks = mem_grow(v->marks, &v->cap_marks, v->n_marks + 1,
	    sizeof(*v->marks));
	v->marks[v->n_marks++] = (struct mark){ t->id, t->key };
}

const char *
list_why_row(const struct ui *ui, const struct view *base)
{
	(void)ui;
	return ((const struct list_view *)base)->list.n == 0 ? "no ticket here"
							     : NULL;
}

void
list_mark_run(struct ui *ui, struct view *base, const char *arg)
{
	struct list_view *v = self(base);
	const struct ticket *t = list_selected(&v->list);

	(void)arg;
	if (list_view_marked(v, t->id))
		unmark(v, t->id);
	else
		mark(v, t);
	base->class->move(ui, base, MOVE_DOWN);
}

bool
list_view_range(const struct list_view *v, size_t *from, size_t *to)
{
	const struct list *l = &v->list;
	size_t i = 0;

	if (v->anchor == 0)
		return false;
	while (i < l->n && l->v[i].id != v->anchor)
		i++;
	if (i == l->n)
		return false;
	*from = i < l->sel ? i : l->sel;
	*to = i < l->sel ? l->sel : i;
	return true;
}

/* Marks from the anchor on to the selected one; false when that is not that
 * way. */
static bool
mark_way(struct ui *ui, struct list_view *v, bool backwards, struct err *err)
{
	const struct ticket_query q = { .filter = v->list.filter,
		.sort = v->list.sort,
		.limit = MARKS_MAX,
		.after = v->anchor,
		.from = true,
		.backwards = backwards };
	const struct ticket *end = list_selected(&v->list);
	struct ticket_list got = { 0 };
	bool found = false;

	if (app_ticket_page(ui->app, &q, &got, err) == RC_OK)
		for (size_t i = 0; i < got.n; i++)
			found = found || got.v[i].id == end->id;
	for (size_t i = 0; found && i < got.n; i++) {
		size_t at = backwards ? got.n - 1 - i : i;

		mark(v, &got.v[at]);
		if (got.v[at].id == end->id)
			break;
	}
	ticket_list_release(&got);
	return found;
}

/* The range began so far away that its rows were let go. */
static void
mark_far(struct ui *ui, struct list_view *v)
{
	struct err err = ERR_INIT;

	if (mark_way(ui, v, false, &err) || mark_way(ui, v, true, &err))
		return;
	if (err.code != RC_OK)
		ui_fail(ui, &err);
	else
		ui_warn(ui, "a range has at most %d tickets", MARKS_MAX);
}

void
list_range_run(struct ui *ui, struct view *base, const char *arg)
{
	struct list_view *v = self(base);
	size_t from, to;

	(void)arg;
	if (v->anchor == 0) {
		v->anchor = list_selected(&v->list)->id;
		return;
	}
	if (list_view_range(v, &from, &to))
		for (size_t i = from; i <= to; i++)
			mark(v, &v->list.v[i]);
	else
		mark_far(ui, v);
	v->anchor = 0;
}

void
list_mark_all_run(struct ui *ui, struct view *base, const char *arg)
{
	struct list_view *v = self(base);
	const struct ticket_query q = { .filter = v->list.filter,
		.sort = v->list.sort,
		.limit = MARKS_MAX };
	struct ticket_list got = { 0 };
	struct err err = ERR_INIT;

	(void)arg;
	if (app_ticket_page(ui->app, &q, &got, &err) != RC_OK)
		ui_fail(ui, &err);
	v->n_marks = 0;
	for (size_t i = 0; i < got.n; i++)
		mark(v, &got.v[i]);
	if (got.more)
		ui_warn(ui,
		    "marked the first %d that match: no more can be marked "
		    "at once",
		    MARKS_MAX);
	ticket_list_release(&got);
}
