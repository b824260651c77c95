/* A column for each status, a card for each ticket of the list's filter. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "board.h"
#include "tui/mouse.h"
#include "tui/verbs/verbs.h"

static struct board_view *
self(struct view *v)
{
	return (struct board_view *)v;
}

static const struct list *
list_of(const struct view *v)
{
	return &board_column((const struct board_view *)v)->list;
}

static void
board_status(const struct ui *ui, const struct view *base, struct buf *out)
{
	const struct board_view *v = (const struct board_view *)base;
	const struct workflow *wf = app_workflow(ui->app);
	const struct list *l;
	int64_t count;

	if (v->n_lanes == 0)
		return;
	l = list_of(base);
	count = board_column(v)->count;
	if (l->n == 0)
		buf_printf(out, "%s: empty", wf->status[v->sel].name);
	else
		buf_printf(out, "%s: %zu of %lld%s", wf->status[v->sel].name,
		    l->sel + 1,
		    (long long)(count > UI_COUNT_CAP ? UI_COUNT_CAP : count),
		    count > UI_COUNT_CAP ? "+" : "");
	board_say_limit(ui, v, out);
	if (board_columns(v, base->cols) < v->n)
		buf_puts(out, "   h/l scrolls, < > at the edge");
}

/* The next lane that has a card, or is not known to have none. */
bool
board_next_lane(struct ui *ui, struct board_view *v, int step)
{
	struct err err = ERR_INIT;
	size_t at = v->at;
	enum rc rc;

	for (;;) {
		if (step < 0 ? at == 0 : at + 1 == v->n_lanes)
			return false;
		at = step < 0 ? at - 1 : at + 1;
		rc = board_fetch(ui, v, &v->lane[at], &err);
		if (rc != RC_OK && rc != RC_STOPPED) {
			ui_fail(ui, &err);
			return false;
		}
		if (!board_lane_empty(v, &v->lane[at]))
			break;
	}
	v->at = at;
	return true;
}

/* Into the lane below or above, where the cards of this one end. */
static void
cross(struct ui *ui, struct board_view *v, int step)
{
	struct err err = ERR_INIT;
	struct list *l;
	enum rc rc;

	if (!board_next_lane(ui, v, step))
		return;
	l = &board_column(v)->list;
	rc = step > 0 ? list_first(l, ui->app, &err)
		      : list_last(l, ui->app, &err);
	if (rc != RC_OK)
		ui_fail(ui, &err);
}

static void
board_move(struct ui *ui, struct view *base, enum motion m)
{
	struct board_view *v = self(base);
	struct list *l = &board_column(v)->list;
	struct err err = ERR_INIT;
	long page = (long)l->rows;
	const long steps[] = { [MOVE_DOWN] = 1,
		[MOVE_UP] = -1,
		[MOVE_PAGE_DOWN] = page,
		[MOVE_PAGE_UP] = -page,
		[MOVE_HALF_DOWN] = (page + 1) / 2,
		[MOVE_HALF_UP] = -(page + 1) / 2 };
	int64_t before = l->n == 0 ? 0 : l->v[l->sel].id;
	enum rc rc;

	if (m == MOVE_FIRST)
		rc = list_first(l, ui->app, &err);
	else if (m == MOVE_LAST)
		rc = list_last(l, ui->app, &err);
	else
		rc = list_move(l, ui->app, steps[m], &err);
	if (rc != RC_OK)
		ui_fail(ui, &err);
	else if (m != MOVE_FIRST && m != MOVE_LAST &&
	    (l->n == 0 || l->v[l->sel].id == before))
		cross(ui, v, steps[m] > 0 ? 1 : -1);
	board_settle(v);
	base->more = true;
}

static void
board_click(struct ui *ui, struct view *base, int y, int x)
{
	struct board_view *v = self(base);
	size_t shown = board_columns(v, base->cols), i, lane = v->top, k;
	int top = board_head(v), rows;
	bool same;
	struct list *l;

	if (y < 1 || y >= base->rows || v->n_lanes == 0)
		return;
	i = v->left + (size_t)(x / (base->cols / (int)shown));
	if (i >= v->n)
		return;
	same = v->sel == i;
	v->sel = i;
	while (lane + 1 < v->n_lanes &&
	    y >= top + (rows = board_lane_rows(v, &v->lane[lane]))) {
		top += rows;
		lane++;
	}
	same = same && v->at == lane;
	v->at = lane;
	top += v->shown_by != BY_NONE;
	l = &v->lane[lane].column[i].list;
	k = l->top + (size_t)(y < top ? 0 : y - top) / BOARD_CARD;
	/* A heading only goes to its column. */
	same = same && y >= top;
	if (k < l->n && !mouse_again(ui, base, same && k == l->sel))
		l->sel = k;
}

static size_t
board_targets(const struct view *base, struct ticket_key **out)
{
	const struct ticket *t = board_card((const struct board_view *)base);

	*out = t == NULL ? NULL : mem_dup(&t->key, sizeof(**out));
	return t == NULL ? 0 : 1;
}

static const struct ticket_key *
board_at(const struct view *base)
{
	const struct ticket *t = board_card((const struct board_view *)base);

	return t == NULL ? NULL : &t->key;
}

const struct view_class view_board = {
	.name = "board",
	.size = sizeof(struct board_view),
	.actions = { board_actions, verbs_ticket, verbs_new },
	.load = board_load,
	.draw = board_draw,
	.move = board_move,
	.click = board_click,
	.status = board_status,
	.targets = board_targets,
	.at = board_at,
	.work = board_work,
	.release = board_release,
};
