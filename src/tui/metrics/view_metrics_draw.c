#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "metrics_view.h"

#define MIDDLE   60 /* columns from which all figures have a bar */
#define LABEL    15
#define NARROW   10 /* the same on narrow screens */
#define NUMBER   8
#define SPAN     10
#define PANE_MAX 72
#define BAR_MAX  40
#define BETWEEN  20 /* of a bar with figures behind it, which are to stay near */

int
metrics_view_pane(int cols)
{
	int pane = cols - 84;

	if (cols < UI_WIDE)
		return 0;
	return pane < PANE_MAX ? pane : PANE_MAX;
}

static int
label_cols(const struct area *a, enum metrics_part part)
{
	return a->cols >= MIDDLE || part == METRICS_AGE || part == METRICS_WIP
	    ? LABEL
	    : NARROW;
}

/* A cell of a table, its text at the right end; the column after it. */
static int
right(const struct area *a, int y, int x, int cols, const char *text,
    enum role role)
{
	area_right(a, y, x, cols, text, role);
	return x + cols;
}

static int
number(const struct area *a, int y, int x, int64_t n)
{
	char text[24];

	snprintf(text, sizeof(text), "%lld", (long long)n);
	return right(a, y, x, NUMBER, n == METRICS_UNKNOWN ? "?" : text,
	    n == METRICS_UNKNOWN ? ROLE_DIM : ROLE_TEXT);
}

/* Some of cols columns; a small number is seen all the same. */
static int
bar(const struct area *a, int y, int x, int cols, int64_t n, int64_t max,
    enum role role)
{
	int most = cols < BAR_MAX ? cols : BAR_MAX;

	if (cols > 0 && n > 0 && max > 0)
		area_glyph(a, y, x + 1, (int)((n * most + max - 1) / max),
		    GLYPH_BAR_FULL, role);
	return x + 1 + (cols > 0 ? cols : 0);
}

static int
span(const struct area *a, int y, int x, int64_t seconds)
{
	struct buf text = BUF_INIT;

	metrics_span(seconds, &text);
	area_right(a, y, x, SPAN, buf_str(&text), ROLE_TEXT);
	buf_release(&text);
	return x + SPAN;
}

static int
spread(const struct area *a, int y, int x, const struct metrics_spread *s)
{
	if (s->p50 == METRICS_UNKNOWN)
		return right(a, y, x, 2 * SPAN, "not enough data", ROLE_DIM);
	return span(a, y, span(a, y, x, s->p50), s->p85);
}

static int64_t
higher(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* The bar of a period's closed tickets, or that some came in done. */
static void
closed_bar(const struct metrics *m, size_t i, const struct area *a, int y,
    int x, int cols, int64_t most)
{
	struct buf mark = BUF_INIT;

	metrics_mark(m, i, &mark);
	/* The whole of it stands in the bottom line, too. */
	if (mark.len > 0 && (int)mark.len > cols) {
		buf_clear(&mark);
		buf_printf(&mark, "%lld came",
		    (long long)m->flow.period[i].came_done);
	}
	if (mark.len > 0 && (int)mark.len > cols)
		area_text(a, y, x + 1, cols, "*", ROLE_DIM);
	else if (mark.len > 0)
		area_text(a, y, x + 1, cols, buf_str(&mark), ROLE_DIM);
	else
		bar(a, y, x, cols, m->flow.period[i].closed, most, ROLE_DONE);
	buf_release(&mark);
}

/* Columns of a figure and its bar, a third of what is there. */
static int
flow_column(const struct area *a, int x)
{
	const int most = NUMBER + 2 + BAR_MAX, third = (a->cols - x - 1) / 3;

	return third < most ? third : most;
}

static void
draw_flow(const struct metrics *m, size_t i, const struct area *a, int y, int x)
{
	const struct metrics_period *p = &m->flow.period[i];
	int wide = a->cols >= MIDDLE, room = flow_column(a, x) - NUMBER - 2;
	int64_t most = 1, open = 1;

	for (size_t k = 0; k < m->flow.n; k++) {
		most = higher(most,
		    higher(m->flow.period[k].created,
			m->flow.period[k].closed));
		open = higher(open, m->flow.period[k].open);
	}
	x = number(a, y, x, p->created);
	if (wide)
		x = bar(a, y, x, room, p->created, most, ROLE_TODO) + 1;
	x = number(a, y, x, p->closed);
	if (wide) {
		closed_bar(m, i, a, y, x, room, most);
		x += room + 2;
	}
	x = number(a, y, x, p->open);
	if (!wide && p->came_done > 0)
		closed_bar(m, i, a, y, x, a->cols - x - 1, 1);
	else
		bar(a, y, x, wide ? room : a->cols - x - 2, p->open, open,
		    ROLE_DOING);
}

/* Where the times from the beginning of work stand. */
static bool
has_begun(const struct area *a)
{
	return a->cols >= 2 + LABEL + NUMBER + 4 * SPAN;
}

/* Columns of the bar between both times; 0: no room. */
static int
cycle_bar(const struct area *a, int x)
{
	int room = a->cols - x - NUMBER - 4 * SPAN - 3;

	return room <= 4 ? 0 : room < BETWEEN ? room : BETWEEN;
}

static void
draw_cycle(const struct metrics *m, size_t i, const struct area *a, int y,
    int x)
{
	const struct metrics_cycle *c = &m->cycle[i];
	int room = cycle_bar(a, x);
	int64_t most = 1;

	for (size_t k = 0; k < m->n_cycles; k++)
		most = higher(most, m->cycle[k].made.p85);
	x = number(a, y, x, (int64_t)c->made.n);
	x = spread(a, y, x, &c->made);
	if (!has_begun(a))
		return;
	if (room > 0)
		x = bar(a, y, x, room, c->made.p85, most, ROLE_DONE) + 1;
	spread(a, y, x, &c->begun);
}

static void
draw_counted(const struct area *a, int y, int x, int64_t n, int64_t most,
    enum role role)
{
	x = number(a, y, x, n);
	bar(a, y, x, a->cols - x - 2, n, most, role);
}

static void
draw_age(const struct metrics *m, size_t i, const struct area *a, int y, int x)
{
	const struct ticket *t;
	int64_t most = 1;
	char ago[16];

	if (i < METRICS_AGES) {
		for (size_t k = 0; k < METRICS_AGES; k++)
			most = higher(most, m->age[k].n);
		draw_counted(a, y, x, m->age[i].n, most, ROLE_DOING);
		return;
	}
	t = &m->oldest.v[i - METRICS_AGES];
	date_format_ago(t->created, m->now, ago);
	x = right(a, y, x, NUMBER, ago, ROLE_DIM) + 1;
	area_text(a, y, x, a->cols - x - 1, t->summary, ROLE_TEXT);
}

static void
draw_wip(const struct metrics *m, size_t i, const struct area *a, int y, int x)
{
	int64_t most = m->doing_more;

	for (size_t k = 0; k < m->n_people; k++)
		most = higher(most, m->person[k].n);
	draw_counted(a, y, x, i < m->n_people ? m->person[i].n : m->doing_more,
	    most, ROLE_DOING);
}

static void
draw_release(const struct metrics *m, size_t i, const struct area *a, int y,
    int x)
{
	const struct metrics_release *r = &m->release[i];
	bool wide = a->cols >= MIDDLE;
	char text[24];

	date_format_day(r->released, text);
	if (wide)
		x = right(a, y, x, SPAN, text, ROLE_TEXT);
	x = number(a, y, x, r->tickets);
	snprintf(text, sizeof(text), "%d%%",
	    metrics_percent(r->with_commits, r->tickets));
	x = right(a, y, x, NUMBER, r->tickets == 0 ? "-" : text, ROLE_TEXT);
	if (wide)
		x = number(a, y, x, r->reverts);
	if (wide)
		spread(a, y, x, &r->lead);
	else if (r->lead.p50 == METRICS_UNKNOWN)
		right(a, y, x, SPAN, "too few", ROLE_DIM);
	else
		span(a, y, x, r->lead.p50);
}

/* Names of the columns, where their figures end. */
static void
draw_head(const struct metrics_view *v, enum metrics_part part,
    const struct area *a, int y, int x)
{
	static const char *const names[] = { [METRICS_FLOW] = "WEEK OF",
		[METRICS_CYCLE] = "CYCLE TIME",
		[METRICS_AGE] = "OPEN FOR",
		[METRICS_WIP] = "IN PROGRESS",
		[METRICS_RELEASES] = "RELEASE" };
	const char *name = names[part];
	bool wide = a->cols >= MIDDLE;
	int room;

	if (part == METRICS_FLOW && v->m.flow.step == METRICS_MONTH)
		name = "MONTH";
	area_fill(a, y, 0, a->cols, ' ', ROLE_HEADER);
	area_text(a, y, 2, x - 2, name, ROLE_HEADING);
	room = flow_column(a, x);
	if (part == METRICS_FLOW) {
		right(a, y, x, NUMBER, "CREATED", ROLE_HEADER);
		x += wide ? room : NUMBER;
		right(a, y, x, NUMBER, "CLOSED", ROLE_HEADER);
		x += wide ? room : NUMBER;
		right(a, y, x, NUMBER, "OPEN", ROLE_HEADER);
	} else if (part == METRICS_CYCLE) {
		room = cycle_bar(a, x);
		x = right(a, y, x, NUMBER, "CLOSED", ROLE_HEADER);
		x = right(a, y, x, SPAN, "P50", ROLE_HEADER);
		x = right(a, y, x, SPAN, "P85", ROLE_HEADER);
		x += room > 0 ? room + 2 : 0;
		if (!has_begun(a))
			return;
		x = right(a, y, x, SPAN, "BEGUN P50", ROLE_HEADER);
		right(a, y, x, SPAN, "P85", ROLE_HEADER);
	} else if (part == METRICS_RELEASES) {
		if (wide)
			x = right(a, y, x, SPAN, "DATE", ROLE_HEADER);
		x = right(a, y, x, NUMBER, "TICKETS", ROLE_HEADER);
		x = right(a, y, x, NUMBER, "COMMITS", ROLE_HEADER);
		if (wide)
			x = right(a, y, x, NUMBER, "REVERTS", ROLE_HEADER);
		x = right(a, y, x, SPAN, "LEAD P50", ROLE_HEADER);
		if (wide)
			right(a, y, x, SPAN, "P85", ROLE_HEADER);
	} else {
		right(a, y, x, NUMBER, "TICKETS", ROLE_HEADER);
	}
}

static void
draw_line(const struct metrics_view *v, const struct metrics_line *l,
    const struct area *a, int y)
{
	static void (*const draw[])(const struct metrics *, size_t,
	    const struct area *, int, int) = { [METRICS_FLOW] = draw_flow,
		[METRICS_CYCLE] = draw_cycle,
		[METRICS_AGE] = draw_age,
		[METRICS_WIP] = draw_wip,
		[METRICS_RELEASES] = draw_release };
	int x = 2 + label_cols(a, l->part);
	struct buf label = BUF_INIT;

	if (l->kind == METRICS_HEAD) {
		draw_head(v, l->part, a, y, x);
	} else if (l->kind == METRICS_NONE) {
		area_text(a, y, 2, a->cols - 3,
		    v->m.known[l->part]          ? metrics_nothing(l->part)
			: (int)l->part < v->next ? "not counted"
						 : "counting ...",
		    ROLE_DIM);
	} else {
		metrics_label(&v->m, l->part, l->row, &label);
		area_text(a, y, 2, x - 2, buf_str(&label),
		    l->part == METRICS_AGE && l->row >= METRICS_AGES
			? ROLE_TICKET
			: ROLE_LABEL);
		draw[l->part](&v->m, l->row, a, y, x);
	}
	buf_release(&label);
}

/* What is selected, in words: its rule and the filters of its figures. */
static void
draw_pane(const struct metrics_view *v, const struct area *a)
{
	const struct metrics_line *at = metrics_view_at(v);
	struct buf text = BUF_INIT;
	const char *name;
	int y = 0;

	for (int i = 0; i < a->rows; i++)
		area_text(a, i, 0, 1, "|", ROLE_RULE);
	if (at == NULL)
		return;
	metrics_title(&v->m, at->part, &text);
	y = ui_wrap(a, y, 2, buf_str(&text), ROLE_HEADING) + 1;
	buf_clear(&text);
	buf_puts(&text, "the rule: ");
	metrics_rule(&v->m, at->part, &text);
	y = ui_wrap(a, y, 2, buf_str(&text), ROLE_TEXT) + 1;
	for (size_t i = 0; at->kind == METRICS_ROW; i++) {
		buf_clear(&text);
		if (!metrics_filter(&v->m, at->part, at->row, i, &name, &text))
			break;
		area_printf(a, y++, 2, a->cols - 3, ROLE_LABEL, "%s:", name);
		y = ui_wrap(a, y, 2, buf_str(&text), ROLE_TAG);
	}
	buf_release(&text);
}

void
metrics_view_draw(const struct ui *ui, const struct view *base,
    const struct area *whole)
{
	const struct metrics_view *v = (const struct metrics_view *)base;
	int pane = metrics_view_pane(whole->cols);
	struct area left = area_sub(whole, 0, 0, whole->rows,
	    whole->cols - pane);
	struct area side = area_sub(whole, 1, whole->cols - pane,
	    whole->rows - 1, pane);

	ui_tabs(ui, whole, "5 Metrics");
	area_cursor(whole, 1, 0);
	for (int y = 1; y < left.rows; y++) {
		size_t i = v->rows.top + (size_t)(y - 1);

		if (i >= v->rows.n)
			break;
		draw_line(v, &v->v[i], &left, y);
		if (i != v->rows.sel)
			continue;
		area_text(&left, y, 0, 1, ">", ROLE_KEY);
		area_flag(&left, y, 0, left.cols, CELL_SELECTED);
		area_cursor(&left, y, 0);
	}
	if (pane > 0)
		draw_pane(v, &side);
}
