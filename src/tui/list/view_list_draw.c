#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "list_cache.h"
#include "list_view.h"
#include "model/workflow.h"

int
list_view_head(int rows)
{
	return rows < 5 ? 2 : 3;
}

int
list_view_pane(int cols)
{
	return cols < UI_WIDE ? 0 : cols - cols * 11 / 20 - 1;
}

bool
list_view_marked(const struct list_view *v, int64_t id)
{
	for (size_t i = 0; i < v->n_marks; i++)
		if (v->marks[i].id == id)
			return true;
	return false;
}

static void
count_text(int64_t n, char out[24])
{
	if (n > UI_COUNT_CAP)
		snprintf(out, 24, "%d+", UI_COUNT_CAP);
	else
		snprintf(out, 24, "%lld", (long long)n);
}

void
list_view_count_text(const struct list_view *v, char out[24])
{
	if (v->at_least)
		snprintf(out, 24, "%lld+", (long long)v->count);
	else
		count_text(v->count, out);
}

static void
draw_filter(const struct list_view *v, const struct area *a)
{
	char n[24], all[24];
	struct buf sort = BUF_INIT, left = BUF_INIT, count = BUF_INIT;
	int x;

	list_view_count_text(v, n);
	count_text(v->total, all);
	/* "1000+ of 1000+" would say no more. */
	if (v->filter == NULL || *v->filter == '\0' || v->count > UI_COUNT_CAP)
		buf_printf(&count, "%s", all);
	else
		buf_printf(&count, "%s of %s", n, all);
	buf_puts(&sort, "sort:");
	if (v->list.sort.n == 0)
		buf_puts(&sort, "newest");
	else
		sort_format(&v->list.sort, &sort);
	x = a->cols - 1 - (int)count.len;
	area_text(a, 1, x, (int)count.len, buf_str(&count), ROLE_STRONG);
	x -= (int)sort.len + 2;
	if (a->cols >= 60)
		area_text(a, 1, x, (int)sort.len, buf_str(&sort), ROLE_DIM);
	else
		x += (int)sort.len;
	area_text(a, 1, 1, 1, "f", ROLE_KEY);
	/* The rows and their number are not for what is typed. */
	if (v->wrong != NULL)
		buf_puts(&left, "still shown: ");
	buf_puts(&left,
	    v->filter == NULL || *v->filter == '\0' ? "all tickets"
						    : v->filter);
	area_text(a, 1, 3, x - 4, buf_str(&left),
	    v->wrong != NULL ? ROLE_WARN : ROLE_TEXT);
	area_hit(a, 1, 0, x, HIT_FILTER);
	buf_release(&left);
	buf_release(&sort);
	buf_release(&count);
}

static void
draw_empty(const struct list_view *v, const struct area *a)
{
	const char *text = v->total == 0
	    ? "no tickets yet: n makes one, \"notes import FILE\" brings many"
	    : "nothing matches: f changes the filter, Esc takes it away";

	const int head = list_view_head(a->rows);

	area_text(a, a->rows > 6 ? 5 : head, 2, a->cols - 3, text, ROLE_DIM);
	area_cursor(a, head, 0);
}

static void
draw_pane(const struct ui *ui, const struct list_view *v, const struct area *a)
{
	struct area body;
	int rows;

	for (int y = 0; y < a->rows; y++)
		area_text(a, y, 0, 1, "|", ROLE_RULE);
	if (v->shown_id == 0)
		return;
	body = area_sub(a, 0, 1, a->rows, a->cols - 1);
	rows = detail_head(&body, &v->shown.ticket, ui->now, NULL);
	body = area_sub(a, rows + 1, 2, a->rows - rows - 1, a->cols - 3);
	pager_draw(&v->pane, &body);
}

void
list_view_draw(const struct ui *ui, const struct view *base,
    const struct area *a)
{
	const struct list_view *v = (const struct list_view *)base;
	const struct list *l = &v->list;
	int pane = list_view_pane(a->cols);
	struct area left = area_sub(a, 0, 0, a->rows, a->cols - pane);
	struct area right = area_sub(a, 1, a->cols - pane, a->rows, pane);
	struct list_columns c = list_columns(l, v->columns, v->n_columns,
	    left.cols);
	const int head = list_view_head(a->rows);
	size_t from = 1, to = 0;
	bool marked;

	list_view_range(v, &from, &to);
	ui_tabs(ui, a, "1 List");
	draw_filter(v, &left);
	if (head > 2)
		list_draw_header(&left, 2, &c, &l->sort);
	list_cache_begin(v->drawn, l, left.cols, &c);
	for (int y = head; y < left.rows; y++) {
		size_t i = l->top + (size_t)(y - head);

		if (i >= l->n)
			break;
		marked = (i >= from && i <= to) ||
		    list_view_marked(v, l->v[i].id);
		if (i == l->sel)
			list_draw_row(&left, y, &c, &l->v[i], true, marked);
		else
			list_cache_draw(v->drawn, &left, y, l, i, marked);
	}
	if (l->n == 0)
		draw_empty(v, &left);
	if (pane > 0)
		draw_pane(ui, v, &right);
}
