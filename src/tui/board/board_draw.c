/* The board on the screen. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "board.h"
#include "tui/ticket/detail.h"

static void
draw_card(const struct area *a, int y, const struct ticket *t, bool selected)
{
	const char *mark = detail_priority_mark(t->priority);
	char key[TICKET_KEY_MAX];
	int x = 1;

	ticket_key_format(&t->key, key);
	if (selected) {
		area_fill(a, y, 0, a->cols, ' ', ROLE_TEXT);
		area_fill(a, y + 1, 0, a->cols, ' ', ROLE_TEXT);
	}
	area_text(a, y, 0, 1, selected ? ">" : " ", ROLE_KEY);
	area_text(a, y, x, 1, mark, *mark == '!' ? ROLE_URGENT : ROLE_DIM);
	x += 2;
	x += area_text(a, y, x, a->cols - x, key, ROLE_TICKET) + 1;
	area_text(a, y, x, a->cols - x, t->assignee, ROLE_DIM);
	area_text(a, y + 1, 3, a->cols - 3, t->summary, ROLE_TEXT);
	if (!selected)
		return;
	area_flag(a, y, 0, a->cols, CELL_SELECTED);
	area_flag(a, y + 1, 0, a->cols, CELL_SELECTED);
	area_cursor(a, y, 0);
}

/* "in-progress 3/3", a limit reached with '=' before it, one passed '!'. */
static void
draw_name(const struct board_view *v, size_t i, const struct status *s,
    const struct area *a)
{
	enum role role = i == v->sel ? ROLE_BAR_ON : ROLE_HEADER;
	int64_t n = v->shown_by == BY_NONE && v->n_lanes > 0
	    ? v->lane[0].column[i].count
	    : v->all[i];
	bool capped = n > UI_COUNT_CAP;
	const int y = board_head(v) - 1;

	if (y == 0)
		return;
	area_fill(a, y, 0, a->cols, ' ', ROLE_HEADER);
	if (v->wip[i] > 0) {
		area_text(a, y, 0, 1,
		    v->held[i] > v->wip[i]        ? "!"
			: v->held[i] == v->wip[i] ? "="
						  : " ",
		    v->held[i] > v->wip[i] ? ROLE_WARN : ROLE_HEADER);
		area_printf(a, y, 1, a->cols - 1, role, "%s %lld/%lld", s->name,
		    (long long)v->held[i], (long long)v->wip[i]);
		return;
	}
	area_printf(a, y, 1, a->cols - 1, role, "%s (%lld%s)", s->name,
	    (long long)(capped ? UI_COUNT_CAP : n), capped ? "+" : "");
}

/* Below the last card of a lane: how many do not show. */
static void
draw_more(const struct column *c, size_t end, const struct area *a, int y)
{
	int64_t n = c->count - (int64_t)end;

	if (end >= c->list.n && !c->list.after)
		return;
	if (c->list.before || c->count > UI_COUNT_CAP)
		area_text(a, y, 3, a->cols - 3, "more", ROLE_INFO);
	else
		area_printf(a, y, 3, a->cols - 3, ROLE_INFO, "%lld more",
		    (long long)n);
}

/* The cards of one column of a lane, from row y on. */
static void
draw_cards(const struct board_view *v, size_t lane, size_t column,
    const struct area *a, int y)
{
	const struct list *l = &v->lane[lane].column[column].list;
	bool here = lane == v->at && column == v->sel;

	size_t cards = board_cards(v, &v->lane[lane]);

	for (size_t k = 0; k < cards; k++, y += BOARD_CARD) {
		size_t at = l->top + k;

		if (at >= l->n || y >= a->rows)
			break;
		draw_card(a, y, &l->v[at], here && at == l->sel);
		if (k + 1 == cards && v->shown_by != BY_NONE && y + 2 < a->rows)
			draw_more(&v->lane[lane].column[column], at + 1, a,
			    y + 2);
	}
}

static void
draw_heading(const struct board_view *v, const struct lane *l,
    const struct area *a, int y, bool here)
{
	int64_t n = 0;

	for (size_t i = 0; i < v->n; i++)
		n += l->column[i].count;
	area_fill(a, y, 0, a->cols, '-', ROLE_RULE);
	area_text(a, y, 0, 1, here ? ">" : " ", ROLE_KEY);
	area_printf(a, y, 1, a->cols - 2, here ? ROLE_STRONG : ROLE_LABEL,
	    l->fetched ? " %s (%lld%s) " : " %s ",
	    *l->title == '\0' ? "none" : l->title,
	    (long long)(n > UI_COUNT_CAP ? UI_COUNT_CAP : n),
	    n > UI_COUNT_CAP ? "+" : "");
}

/* One column of every lane that is on the screen. */
static void
draw_column(const struct board_view *v, size_t i, const struct area *a)
{
	int y = board_head(v);

	for (size_t k = v->top; k < v->n_lanes && y < a->rows; k++) {
		int rows = board_lane_rows(v, &v->lane[k]);
		bool heading = v->shown_by != BY_NONE && rows > 0;
		struct area part = area_sub(a, 0, 0,
		    y + rows < a->rows ? y + rows : a->rows, a->cols);

		draw_cards(v, k, i, &part, y + heading);
		y += rows;
	}
}

static void
draw_headings(const struct board_view *v, const struct area *a)
{
	int y = board_head(v);

	for (size_t k = v->top; k < v->n_lanes && y < a->rows; k++) {
		int rows = board_lane_rows(v, &v->lane[k]);

		if (v->shown_by != BY_NONE && rows > 0)
			draw_heading(v, &v->lane[k], a, y, k == v->at);
		y += rows;
	}
}

static void
draw_title(const struct ui *ui, const struct board_view *v,
    const struct area *a)
{
	struct buf title = BUF_INIT;
	int from, to;

	buf_printf(&title, "Board  %s", app_prefix(ui->app));
	from = to = (int)title.len;
	if (v->filter != NULL && *v->filter != '\0') {
		buf_printf(&title, "   f %s", v->filter);
		to = (int)utf8_width(buf_str(&title), title.len);
	}
	if (v->shown_by != BY_NONE)
		buf_printf(&title, "   swimlane: %s",
		    board_by_names[v->shown_by]);
	ui_title(ui, a, buf_str(&title), "2 Board");
	if (from < to)
		area_hit(a, 0, from + 1, to - from, HIT_FILTER);
	buf_release(&title);
}

void
board_draw(const struct ui *ui, const struct view *base, const struct area *a)
{
	const struct board_view *v = (const struct board_view *)base;
	const struct workflow *wf = app_workflow(ui->app);
	size_t shown = board_columns(v, a->cols);
	int width = a->cols / (int)(shown == 0 ? 1 : shown);
	const int head = board_head(v);

	draw_title(ui, v, a);
	if (head > 2)
		area_fill(a, 1, 0, a->cols, '-', ROLE_RULE);
	for (size_t i = 0; i < shown; i++) {
		struct area col = area_sub(a, 0, (int)i * width, a->rows,
		    i + 1 < shown ? width - 1 : a->cols - (int)i * width);

		draw_name(v, v->left + i, &wf->status[v->left + i], &col);
		draw_column(v, v->left + i, &col);
		for (int y = head > 1 ? head - 1 : 1;
		     y < a->rows && i + 1 < shown; y++)
			area_text(a, y, (int)(i + 1) * width - 1, 1, "|",
			    ROLE_RULE);
	}
	draw_headings(v, a);
	if (v->left > 0)
		area_text(a, 1, 0, 1, "<", ROLE_KEY);
	if (v->left + shown < v->n)
		area_text(a, 1, a->cols - 1, 1, ">", ROLE_KEY);
}

void
board_say_limit(const struct ui *ui, const struct board_view *v,
    struct buf *out)
{
	int64_t limit = v->wip[v->sel], held = v->held[v->sel];

	if (limit <= 0)
		return;
	buf_printf(out, "   %s %lld/%lld (%sWIP limit)",
	    app_workflow(ui->app)->status[v->sel].name, (long long)held,
	    (long long)limit, held > limit ? "over the " : "");
}
