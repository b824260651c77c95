#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "list_view.h"
#include "model/workflow.h"

#define PREFIX      8 /* columns of ">! feat " */
#define SUMMARY_MIN 22

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

static int
longest_key(const struct list *l)
{
	char key[TICKET_KEY_MAX];
	size_t longest = 7, n;

	for (size_t i = l->top; i < l->n && i < l->top + l->rows; i++) {
		ticket_key_format(&l->v[i].key, key);
		n = strlen(key);
		longest = n > longest ? n : longest;
	}
	return longest > 14 ? 14 : (int)longest;
}

struct list_columns
list_columns(const struct list *l, int cols)
{
	struct list_columns c = { .key = longest_key(l),
		.assignee = 9,
		.status = 11,
		.development = 10 };
	int fixed = PREFIX + c.key + 1 + 1 + c.status + 1;

	c.summary = cols - fixed - c.assignee - 1 - c.development - 1;
	if (c.summary < SUMMARY_MIN) {
		c.summary += c.development + 1;
		c.development = 0;
	}
	if (c.summary < SUMMARY_MIN) {
		c.summary += c.assignee + 1;
		c.assignee = 0;
	}
	if (c.summary < SUMMARY_MIN / 2) {
		c.summary += c.status - 4;
		c.status = 4;
	}
	if (c.summary < 4)
		c.summary = 4;
	return c;
}

static const char *
sort_mark(const struct sort *sort, enum sort_field field)
{
	if (sort->n == 0 || sort->key[0].field != field)
		return "";
	return sort->key[0].descending ? " ^" : " v";
}

static int
header(const struct area *a, int y, int x, int cols, const char *name,
    const char *mark)
{
	char text[32];

	if (cols == 0)
		return x;
	snprintf(text, sizeof(text), "%s%s", name, mark);
	area_pad(a, y, x, cols, text, ROLE_HEADER);
	return x + cols + 1;
}

void
list_draw_header(const struct area *a, int y, const struct list_columns *c,
    const struct sort *sort)
{
	int x = PREFIX;

	area_fill(a, y, 0, a->cols, ' ', ROLE_HEADER);
	area_text(a, y, 1, 2,
	    *sort_mark(sort, SORT_PRIORITY) == '\0' ? "P" : "Pv", ROLE_HEADER);
	area_text(a, y, 3, 4, *sort_mark(sort, SORT_TYPE) == '\0' ? "T" : "T v",
	    ROLE_HEADER);
	x = header(a, y, x, c->key, "KEY", sort_mark(sort, SORT_KEY));
	x = header(a, y, x, c->summary, "SUMMARY",
	    sort_mark(sort, SORT_SUMMARY));
	x = header(a, y, x, c->assignee, "ASSIGNEE",
	    sort_mark(sort, SORT_ASSIGNEE));
	x = header(a, y, x, c->status, "STATUS", sort_mark(sort, SORT_STATUS));
	header(a, y, x, c->development, "COMMITS", "");
}

int
list_commits_at(const struct list_columns *c)
{
	return PREFIX + c->key + 1 + c->summary + 1 +
	    (c->assignee > 0 ? c->assignee + 1 : 0) + c->status + 1;
}

static const char *
abbreviation(const char *type)
{
	const struct ticket_type *t = ticket_type_find(type == NULL ? ""
								    : type);

	return t == NULL ? type : t->abbrev;
}

void
list_draw_row(const struct area *a, int y, const struct list_columns *c,
    const struct ticket *t, bool selected, bool marked)
{
	char key[TICKET_KEY_MAX], dev[32] = "";
	const char *mark = detail_priority_mark(t->priority);
	int x = PREFIX;

	ticket_key_format(&t->key, key);
	area_fill(a, y, 0, a->cols, ' ', ROLE_TEXT);
	area_text(a, y, 0, 1, selected ? ">" : " ", ROLE_KEY);
	area_text(a, y, 1, 1, mark, *mark == '!' ? ROLE_URGENT : ROLE_DIM);
	area_text(a, y, 2, 1, marked ? "*" : " ", ROLE_MARK);
	area_text(a, y, 3, 4, abbreviation(t->type), ROLE_LABEL);
	area_text(a, y, x, c->key, key, ROLE_TICKET);
	x += c->key + 1;
	area_text(a, y, x, c->summary, t->summary, ROLE_TEXT);
	x += c->summary + 1;
	if (c->assignee > 0) {
		area_text(a, y, x, c->assignee, t->assignee, ROLE_LABEL);
		x += c->assignee + 1;
	}
	area_text(a, y, x, c->status, t->status,
	    detail_status_role(t->category));
	x += c->status + 1;
	if (t->n_commits > 0)
		snprintf(dev, sizeof(dev), "%lld commit%s",
		    (long long)t->n_commits, t->n_commits == 1 ? "" : "s");
	if (c->development > 0)
		area_text(a, y, x, c->development, dev, ROLE_DIM);
	if (!selected)
		return;
	area_flag(a, y, 0, a->cols, CELL_SELECTED);
	area_cursor(a, y, 0);
}

static void
count_text(int64_t n, char out[24])
{
	if (n > UI_COUNT_CAP)
		snprintf(out, 24, "%d+", UI_COUNT_CAP);
	else
		snprintf(out, 24, "%lld", (long long)n);
}

static void
draw_tabs(const struct ui *ui, const struct area *a)
{
	static const char *const tabs[] = { "1 List", "2 Board", "3 Releases",
		"4 Notes" };
	char *me;
	int x = 1;

	area_fill(a, 0, 0, a->cols, ' ', ROLE_BAR);
	x += area_text(a, 0, x, 16, app_prefix(ui->app), ROLE_BAR) + 1;
	for (size_t i = 0; i < 4; i++) {
		char tab[16];

		snprintf(tab, sizeof(tab), " %s ", tabs[i]);
		if (x + (int)strlen(tab) > a->cols)
			break;
		x += area_text(a, 0, x, a->cols - x, tab,
		    i == 0 ? ROLE_BAR_ON : ROLE_BAR);
	}
	me = mem_printf("me:%s%s", app_me(ui->app),
	    app_is_readonly(ui->app) ? " (read-only)" : "");
	if (x + 2 < a->cols - 1 - (int)utf8_width(me, strlen(me)))
		area_right(a, 0, x, a->cols - x - 1, me, ROLE_BAR);
	free(me);
}

static void
draw_filter(const struct list_view *v, const struct area *a)
{
	char n[24], all[24];
	struct buf sort = BUF_INIT, left = BUF_INIT, count = BUF_INIT;
	int x;

	count_text(v->count, n);
	count_text(v->total, all);
	if (v->filter == NULL || *v->filter == '\0')
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
	buf_puts(&left,
	    v->filter == NULL || *v->filter == '\0' ? "all tickets"
						    : v->filter);
	area_text(a, 1, 3, x - 4, buf_str(&left),
	    v->wrong != NULL ? ROLE_WARN : ROLE_TEXT);
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

	area_text(a, a->rows > 6 ? 5 : 3, 2, a->cols - 3, text, ROLE_DIM);
	area_cursor(a, 3, 0);
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
	struct list_columns c = list_columns(l, left.cols);

	draw_tabs(ui, a);
	draw_filter(v, &left);
	list_draw_header(&left, 2, &c, &l->sort);
	for (int y = 3; y < left.rows; y++) {
		size_t i = l->top + (size_t)(y - 3);

		if (i >= l->n)
			break;
		list_draw_row(&left, y, &c, &l->v[i], i == l->sel,
		    list_view_marked(v, l->v[i].id));
	}
	if (l->n == 0)
		draw_empty(v, &left);
	if (pane > 0)
		draw_pane(ui, v, &right);
}
