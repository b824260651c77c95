/* A column for each status, a card for each ticket of the list's filter. */
#include <stdlib.h>
#include <string.h>

#include "app/ticket.h"
#include "base/mem.h"
#include "detail.h"
#include "list.h"
#include "model/filter.h"
#include "tui/filter_complete.h"
#include "tui/saved.h"
#include "model/workflow.h"
#include "tui/ui.h"
#include "tui/verbs.h"

#define HEAD       3 /* title, rule, names of columns */
#define CARD       3 /* rows of a card */
#define COLUMN_MIN 18

struct column {
	struct list list;
	int64_t count;
};

struct board_view {
	struct view base;
	struct column column[STATUS_MAX];
	size_t n, sel, left;
	char *filter; /* of what is loaded */
	char *follow; /* key to select after loading, or NULL */
};

static struct board_view *
self(struct view *v)
{
	return (struct board_view *)v;
}

static void
board_close(struct view *base)
{
	struct board_view *v = self(base);

	for (size_t i = 0; i < STATUS_MAX; i++)
		list_release(&v->column[i].list);
	free(v->filter);
	free(v->follow);
}

static size_t
cards(const struct view *v)
{
	return v->rows > HEAD + CARD ? (size_t)(v->rows - HEAD) / CARD : 1;
}

/* How many columns a width shows. */
static size_t
columns(const struct board_view *v, int cols)
{
	size_t n = (size_t)cols / COLUMN_MIN;

	n = n == 0 ? 1 : n;
	return n < v->n ? n : v->n;
}

static void
settle(struct board_view *v)
{
	size_t shown = columns(v, v->base.cols);

	if (v->sel >= v->n)
		v->sel = v->n - 1;
	if (v->sel < v->left)
		v->left = v->sel;
	if (v->sel >= v->left + shown)
		v->left = v->sel - shown + 1;
	if (v->left + shown > v->n)
		v->left = v->n - shown;
}

static enum rc
load_column(struct ui *ui, struct board_view *v, struct column *c,
    const struct status *s, bool again, struct err *err)
{
	const char *filter = v->filter == NULL ? "" : v->filter;
	char *text;
	struct filter *f = NULL;
	enum rc rc;

	if (*filter == '\0')
		text = mem_printf("status:%s", s->name);
	else
		text = mem_printf("(%s) status:%s", filter, s->name);
	list_set_rows(&c->list, cards(&v->base));
	if (again) {
		rc = app_filter(ui->app, text, false, &f, err);
		if (rc == RC_OK) {
			list_set_filter(&c->list, f);
			rc = list_first(&c->list, ui->app, err);
		}
	} else {
		rc = list_refresh(&c->list, ui->app, err);
	}
	free(text);
	if (rc != RC_OK)
		return rc;
	c->count = (int64_t)c->list.n;
	if (c->list.before || c->list.after)
		rc = app_ticket_count(ui->app, c->list.filter, UI_COUNT_CAP + 1,
		    &c->count, err);
	return rc;
}

/* A card that moved stays the selected one; a new one becomes it. */
static void
follow(struct ui *ui, struct board_view *v)
{
	char key[TICKET_KEY_MAX];
	bool found = v->follow != NULL;

	if (v->follow == NULL && ui->go_to.number != 0) {
		ticket_key_format(&ui->go_to, key);
		v->follow = mem_strdup(key);
	}

	for (size_t i = 0; v->follow != NULL && i < v->n; i++) {
		struct list *l = &v->column[i].list;

		for (size_t k = 0; k < l->n; k++) {
			ticket_key_format(&l->v[k].key, key);
			if (strcmp(key, v->follow) != 0)
				continue;
			v->sel = i;
			l->sel = k;
			found = true;
			list_set_rows(l, l->rows);
		}
	}
	if (v->follow != NULL && !found)
		ui_hidden(ui);
	mem_replace(&v->follow, NULL);
}

static enum rc
board_load(struct ui *ui, struct view *base, struct err *err)
{
	struct board_view *v = self(base);
	const struct workflow *wf = app_workflow(ui->app);
	const char *want = ui->filter == NULL ? "" : ui->filter;
	bool again = v->filter == NULL || strcmp(v->filter, want) != 0;
	enum rc rc = RC_OK;

	mem_replace(&v->filter, want);
	v->n = wf->n;
	for (size_t i = 0; i < v->n && rc == RC_OK; i++)
		rc = load_column(ui, v, &v->column[i], &wf->status[i], again,
		    err);
	follow(ui, v);
	settle(v);
	return rc;
}

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

static void
draw_column(const struct board_view *v, size_t i, const struct status *s,
    const struct area *a)
{
	const struct column *c = &v->column[i];

	area_fill(a, 2, 0, a->cols, ' ', ROLE_HEADER);
	area_printf(a, 2, 1, a->cols - 1,
	    i == v->sel ? ROLE_BAR_ON : ROLE_HEADER, "%s (%lld%s)", s->name,
	    (long long)(c->count > UI_COUNT_CAP ? UI_COUNT_CAP : c->count),
	    c->count > UI_COUNT_CAP ? "+" : "");
	for (size_t k = 0; k < cards(&v->base); k++) {
		size_t at = c->list.top + k;
		int y = HEAD + (int)k * CARD;

		if (at >= c->list.n || y >= a->rows)
			break;
		draw_card(a, y, &c->list.v[at],
		    i == v->sel && at == c->list.sel);
	}
}

static void
board_draw(const struct ui *ui, const struct view *base, const struct area *a)
{
	const struct board_view *v = (const struct board_view *)base;
	const struct workflow *wf = app_workflow(ui->app);
	size_t shown = columns(v, a->cols);
	int width = a->cols / (int)(shown == 0 ? 1 : shown);
	char *title = mem_printf("Board  %s   %s%s", app_prefix(ui->app),
	    v->filter == NULL || *v->filter == '\0' ? "" : "f ",
	    v->filter == NULL ? "" : v->filter);

	ui_title(ui, a, title, " 2 Board ");
	free(title);
	area_fill(a, 1, 0, a->cols, '-', ROLE_RULE);
	for (size_t i = 0; i < shown; i++) {
		struct area col = area_sub(a, 0, (int)i * width, a->rows,
		    i + 1 < shown ? width - 1 : a->cols - (int)i * width);

		draw_column(v, v->left + i, &wf->status[v->left + i], &col);
		for (int y = 2; y < a->rows && i + 1 < shown; y++)
			area_text(a, y, (int)(i + 1) * width - 1, 1, "|",
			    ROLE_RULE);
	}
	if (v->left > 0)
		area_text(a, 1, 0, 1, "<", ROLE_KEY);
	if (v->left + shown < v->n)
		area_text(a, 1, a->cols - 1, 1, ">", ROLE_KEY);
}

static void
board_status(const struct ui *ui, const struct view *base, struct buf *out)
{
	const struct board_view *v = (const struct board_view *)base;
	const struct list *l = &v->column[v->sel].list;
	const struct workflow *wf = app_workflow(ui->app);

	if (l->n == 0)
		buf_printf(out, "%s: empty", wf->status[v->sel].name);
	else
		buf_printf(out, "%s: %zu of %lld", wf->status[v->sel].name,
		    l->sel + 1, (long long)v->column[v->sel].count);
	if (columns(v, base->cols) < v->n)
		buf_puts(out, "   h/l scrolls, < > at the edge");
}

static void
board_move(struct ui *ui, struct view *base, enum motion m)
{
	struct board_view *v = self(base);
	struct list *l = &v->column[v->sel].list;
	struct err err = ERR_INIT;
	long page = (long)l->rows;
	const long steps[] = { [MOVE_DOWN] = 1,
		[MOVE_UP] = -1,
		[MOVE_PAGE_DOWN] = page,
		[MOVE_PAGE_UP] = -page,
		[MOVE_HALF_DOWN] = (page + 1) / 2,
		[MOVE_HALF_UP] = -(page + 1) / 2 };
	enum rc rc;

	if (m == MOVE_FIRST)
		rc = list_first(l, ui->app, &err);
	else if (m == MOVE_LAST)
		rc = list_last(l, ui->app, &err);
	else
		rc = list_move(l, ui->app, steps[m], &err);
	if (rc != RC_OK)
		ui_fail(ui, &err);
}

static void
board_click(struct ui *ui, struct view *base, int y, int x)
{
	struct board_view *v = self(base);
	size_t shown = columns(v, base->cols), i, k;

	(void)ui;
	if (y < 2 || y >= base->rows)
		return;
	i = v->left + (size_t)(x / (base->cols / (int)shown));
	if (i >= v->n)
		return;
	v->sel = i;
	k = v->column[i].list.top + (size_t)(y < HEAD ? 0 : y - HEAD) / CARD;
	if (k < v->column[i].list.n)
		v->column[i].list.sel = k;
}

static size_t
board_targets(const struct view *base, struct ticket_key **out)
{
	const struct board_view *v = (const struct board_view *)base;
	const struct ticket *t = list_selected(&v->column[v->sel].list);

	*out = t == NULL ? NULL : mem_dup(&t->key, sizeof(**out));
	return t == NULL ? 0 : 1;
}

static const struct ticket_key *
board_at(const struct view *base)
{
	const struct board_view *v = (const struct board_view *)base;
	const struct ticket *t = list_selected(&v->column[v->sel].list);

	return t == NULL ? NULL : &t->key;
}

static const char *
why_card(const struct ui *ui, const struct view *base)
{
	const struct board_view *v = (const struct board_view *)base;

	(void)ui;
	return v->column[v->sel].list.n == 0 ? "no card here" : NULL;
}

static const char *
why_carry(const struct ui *ui, const struct view *base)
{
	const char *why = why_card(ui, base);

	if (why == NULL && app_is_readonly(ui->app))
		why = "the tracker is read-only";
	return why;
}

static void
open_run(struct ui *ui, struct view *base, const char *arg)
{
	const struct board_view *v = self(base);

	(void)arg;
	ui_push(ui, &view_ticket, &list_selected(&v->column[v->sel].list)->key);
}

static void
go(struct board_view *v, int by)
{
	if (by < 0 && v->sel > 0)
		v->sel--;
	if (by > 0 && v->sel + 1 < v->n)
		v->sel++;
	settle(v);
}

static void
left_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)ui;
	(void)arg;
	go(self(base), -1);
}

static void
right_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)ui;
	(void)arg;
	go(self(base), 1);
}

static void
carry(struct ui *ui, struct board_view *v, int by)
{
	const struct workflow *wf = app_workflow(ui->app);
	size_t to = by < 0 ? v->sel - 1 : v->sel + 1;
	char key[TICKET_KEY_MAX];

	if ((by < 0 && v->sel == 0) || to >= v->n) {
		ui_warn(ui, "no column further that way");
		return;
	}
	ticket_key_format(&list_selected(&v->column[v->sel].list)->key, key);
	mem_replace(&v->follow, key);
	verbs_status(ui, &v->base, wf->status[to].name);
}

static void
carry_left_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	carry(ui, self(base), -1);
}

static void
carry_right_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	carry(ui, self(base), 1);
}

static void
filter_done(struct ui *ui, struct view *base, const char *text)
{
	struct filter *f = NULL;
	struct err err = ERR_INIT;

	(void)base;
	if (app_filter(ui->app, text, false, &f, &err) != RC_OK) {
		ui_fail(ui, &err);
		return;
	}
	filter_free(f);
	mem_replace(&ui->filter, text);
	ui_stale(ui);
}

static void
filter_run(struct ui *ui, struct view *base, const char *arg)
{
	const struct ui_ask ask = { .label = "filter: ",
		.text = ui->filter,
		.history = HISTORY_FILTER,
		.done = filter_done,
		.complete = filter_complete };

	if (arg != NULL)
		filter_done(ui, base, arg);
	else
		ui_ask(ui, &ask);
}

/* Esc never leaves; it takes the filter away. */
static void
clear_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	mem_replace(&ui->filter, "");
	base->stale = true;
}

static const struct action actions[] = {
	{ "open", "Enter", "open", "open the ticket", open_run, why_card },
	{ "column-left", "h Left", "column", "the column at the left", left_run,
	    NULL },
	{ "column-right", "l Right", NULL, "the column at the right", right_run,
	    NULL },
	{ "move-left", "H", NULL, "move the card to the left", carry_left_run,
	    why_carry },
	{ "move-right", "L", "move", "move the card to the right",
	    carry_right_run, why_carry },
	{ "filter", "f", "filter", "show only what matches", filter_run, NULL },
	{ "saved", "F", NULL, "saved filters: pick, save, forget one",
	    saved_pick_run, NULL },
	{ "save-filter", "", NULL, "save the filter under a name",
	    saved_save_run, saved_why_save },
	{ "forget-filter", "", NULL, "forget a saved filter", saved_forget_run,
	    saved_why_forget },
	{ "clear", "Esc", NULL, "take the filter away", clear_run, NULL }, { 0 }
};

const struct view_class view_board = {
	.name = "board",
	.size = sizeof(struct board_view),
	.actions = { actions, verbs_ticket, verbs_new },
	.load = board_load,
	.draw = board_draw,
	.move = board_move,
	.click = board_click,
	.status = board_status,
	.targets = board_targets,
	.at = board_at,
	.release = board_close,
};
