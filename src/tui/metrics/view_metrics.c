/* How work flows, in figures that each say what they count. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "metrics_view.h"
#include "tui/keys/keys.h"

#define RULE_COLS 60 /* of the popup's text */

static struct metrics_view *
self(struct view *v)
{
	return (struct metrics_view *)v;
}

const struct metrics_line *
metrics_view_at(const struct metrics_view *v)
{
	return v->rows.n == 0 ? NULL : &v->v[v->rows.sel];
}

static enum rc
metrics_open(struct ui *ui, struct view *base, const void *arg, struct err *err)
{
	(void)ui;
	(void)arg;
	(void)err;
	metrics_init(&self(base)->m, METRICS_AUTO);
	return RC_OK;
}

static void
metrics_close(struct view *base)
{
	struct metrics_view *v = self(base);

	metrics_release(&v->m);
	free(v->v);
	free(v->wrong);
}

static void
add(struct metrics_view *v, size_t *n, enum metrics_part part,
    enum metrics_kind kind, size_t row)
{
	v->v = mem_grow(v->v, &v->cap, *n + 1, sizeof(*v->v));
	v->v[(*n)++] = (struct metrics_line){ part, kind, row };
}

/* The lines of all parts; what is selected stays so. */
static void
lay_out(struct metrics_view *v)
{
	struct metrics_line was = { METRICS_FLOW, METRICS_HEAD, 0 };
	size_t n = 0, sel = 0;

	if (v->rows.n > 0)
		was = *metrics_view_at(v);
	for (int p = 0; p < METRICS_PARTS; p++) {
		enum metrics_part part = (enum metrics_part)p;
		size_t rows = metrics_rows(&v->m, part);

		add(v, &n, part, METRICS_HEAD, 0);
		for (size_t i = 0; i < rows; i++)
			add(v, &n, part, METRICS_ROW, i);
		if (rows == 0)
			add(v, &n, part, METRICS_NONE, 0);
	}
	for (size_t i = 0; i < n; i++)
		if (v->v[i].part == was.part && v->v[i].row <= was.row &&
		    (v->v[i].kind == was.kind || v->v[i].kind == METRICS_HEAD))
			sel = i;
	rows_set(&v->rows, n, v->base.rows - 1);
	rows_select(&v->rows, sel);
}

static void
begin(struct metrics_view *v)
{
	/* The figures stand until the new ones are there. */
	v->m.step = v->wanted;
	v->m.left = 0;
	v->m.now = date_now();
	v->next = 0;
	v->base.more = true;
	mem_replace(&v->wrong, NULL);
}

static enum rc
metrics_load(struct ui *ui, struct view *base, struct err *err)
{
	struct metrics_view *v = self(base);
	int64_t version = app_data_version(ui->app);

	(void)err;
	if (v->seen != version || v->rows.n == 0)
		begin(v);
	v->seen = version;
	lay_out(v);
	return RC_OK;
}

/* One part at a time, so that keys are answered in between. */
static bool
metrics_work(struct ui *ui, struct view *base)
{
	struct metrics_view *v = self(base);
	struct err err = ERR_INIT;
	struct buf what = BUF_INIT;
	bool done;
	enum rc rc;

	if (v->next >= METRICS_PARTS)
		return false;
	metrics_title(&v->m, (enum metrics_part)v->next, &what);
	buf_puts(&what, " (Esc stops)");
	ui_busy(ui, buf_str(&what));
	buf_release(&what);
	rc = app_metrics_slice(ui->app, (enum metrics_part)v->next, &v->m,
	    &done, &err);
	v->next += done || rc != RC_OK;
	/* The last part may read history: a change of our own. */
	ui->version = v->seen = app_data_version(ui->app);
	lay_out(v);
	if (rc == RC_OK)
		return v->next < METRICS_PARTS;
	mem_replace(&v->wrong,
	    rc == RC_STOPPED ? "stopped: not everything is counted" : err.msg);
	ui_warn(ui, "%s   (R counts again)", v->wrong);
	v->next = rc == RC_STOPPED ? METRICS_PARTS : v->next;
	return v->next < METRICS_PARTS;
}

static void
metrics_status(const struct ui *ui, const struct view *base, struct buf *out)
{
	const struct metrics_view *v = (const struct metrics_view *)base;
	const struct metrics_line *at = metrics_view_at(v);
	const char *name;

	(void)ui;
	if (v->wrong != NULL) {
		buf_puts(out, v->wrong);
		return;
	}
	if (at == NULL)
		return;
	if (at->kind != METRICS_ROW) {
		metrics_title(&v->m, at->part, out);
		buf_puts(out, "   Enter tells the rule");
		return;
	}
	metrics_label(&v->m, at->part, at->row, out);
	buf_puts(out, "   ");
	if (!metrics_filter(&v->m, at->part, at->row, 0, &name, out))
		buf_puts(out, "Enter opens it");
}

static void
metrics_move(struct ui *ui, struct view *base, enum motion m)
{
	(void)ui;
	rows_move(&self(base)->rows, m);
}

static void
open_filter(struct ui *ui, const struct metrics_view *v, const char *item)
{
	const struct metrics_line *at = metrics_view_at(v);
	struct buf filter = BUF_INIT;
	const char *name;

	for (size_t i = 0; at != NULL && at->kind == METRICS_ROW; i++) {
		size_t len;

		buf_clear(&filter);
		if (!metrics_filter(&v->m, at->part, at->row, i, &name,
			&filter))
			break;
		len = strlen(name);
		if (strncmp(item, name, len) != 0 ||
		    strncmp(item + len, ": ", 2) != 0 ||
		    strcmp(item + len + 2, buf_str(&filter)) != 0)
			continue;
		ui_push(ui, &view_list, buf_str(&filter));
		break;
	}
	buf_release(&filter);
}

static void
chosen(struct ui *ui, struct view *base, const char *item)
{
	open_filter(ui, self(base), item);
}

/* The rule in lines, as words allow. */
static void
push_rule(const char *text, size_t cols, struct strv *out)
{
	const char *lead = "the rule: ";
	char *line;

	while (*text != '\0') {
		size_t room = cols - 10,
		       len = utf8_fit(text, strlen(text), room, NULL);

		if (text[len] != '\0')
			for (size_t i = len; i > 0; i--)
				if (text[i] == ' ') {
					len = i;
					break;
				}
		len = len == 0 ? strlen(text) : len;
		line = mem_printf("%s%.*s", lead, (int)len, text);
		strv_push(out, line);
		free(line);
		lead = "          ";
		text += len;
		text += strspn(text, " ");
	}
}

/* The filters that give the figures again, and the rule. */
static void
explain(struct ui *ui, struct metrics_view *v, const struct metrics_line *at)
{
	struct strv items = STRV_INIT;
	struct buf title = BUF_INIT, text = BUF_INIT;
	struct ui_menu menu = { .items = &items, .chosen = chosen };
	const char *name;
	int cols = v->base.cols - 10;

	for (size_t i = 0; at->kind == METRICS_ROW; i++) {
		char *item;

		buf_clear(&text);
		if (!metrics_filter(&v->m, at->part, at->row, i, &name, &text))
			break;
		item = mem_printf("%s: %s", name, buf_str(&text));
		strv_push(&items, item);
		free(item);
	}
	buf_clear(&text);
	metrics_rule(&v->m, at->part, &text);
	push_rule(buf_str(&text),
	    (size_t)(cols > RULE_COLS ? RULE_COLS
		    : cols < 24       ? 24
				      : cols),
	    &items);
	if (at->kind == METRICS_ROW)
		metrics_label(&v->m, at->part, at->row, &title);
	else
		metrics_title(&v->m, at->part, &title);
	menu.title = buf_str(&title);
	ui_menu(ui, &menu);
	strv_release(&items);
	buf_release(&title);
	buf_release(&text);
}

/* A ticket that is named, or NULL. */
static const struct ticket *
ticket_at(const struct metrics_view *v)
{
	const struct metrics_line *at = metrics_view_at(v);

	return at != NULL && at->kind == METRICS_ROW &&
		at->part == METRICS_AGE && at->row >= METRICS_AGES
	    ? &v->m.oldest.v[at->row - METRICS_AGES]
	    : NULL;
}

static void
metrics_click(struct ui *ui, struct view *base, int y, int x)
{
	struct metrics_view *v = self(base);
	size_t i = v->rows.top + (size_t)(y - 1);

	(void)ui;
	if (y >= 1 && i < v->rows.n &&
	    x < base->cols - metrics_view_pane(base->cols))
		rows_select(&v->rows, i);
}

static void
metrics_find(struct ui *ui, struct view *base, const char *text, int step)
{
	struct metrics_view *v = self(base);
	struct buf want = BUF_INIT, label = BUF_INIT, have = BUF_INIT;
	size_t n = v->rows.n;
	bool found = false;

	utf8_fold(&want, text, strlen(text));
	for (size_t i = 1; i <= n && !found; i++) {
		size_t at = (v->rows.sel + (step > 0 ? i : n - i)) % n;
		const struct metrics_line *l = &v->v[at];

		buf_clear(&label);
		buf_clear(&have);
		if (l->kind == METRICS_ROW)
			metrics_label(&v->m, l->part, l->row, &label);
		else
			metrics_title(&v->m, l->part, &label);
		utf8_fold(&have, buf_str(&label), label.len);
		found = strstr(buf_str(&have), buf_str(&want)) != NULL;
		if (found)
			rows_select(&v->rows, at);
	}
	if (!found)
		ui_warn(ui, "no match for \"%s\"", text);
	buf_release(&want);
	buf_release(&label);
	buf_release(&have);
}

static size_t
metrics_targets(const struct view *base, struct ticket_key **out)
{
	const struct ticket *t = ticket_at((const struct metrics_view *)base);

	*out = NULL;
	if (t == NULL)
		return 0;
	*out = mem_dup(&t->key, sizeof(t->key));
	return 1;
}

static const char *
why_open(const struct ui *ui, const struct view *base)
{
	(void)ui;
	return metrics_view_at((const struct metrics_view *)base) == NULL
	    ? "nothing here yet"
	    : NULL;
}

static const char *
why_list(const struct ui *ui, const struct view *base)
{
	const struct metrics_view *v = (const struct metrics_view *)base;
	const struct metrics_line *at = metrics_view_at(v);

	(void)ui;
	return at == NULL || at->kind != METRICS_ROW || ticket_at(v) != NULL
	    ? "this figure has no list (Enter tells the rule)"
	    : NULL;
}

static void
open_run(struct ui *ui, struct view *base, const char *arg)
{
	struct metrics_view *v = self(base);
	const struct ticket *t = ticket_at(v);

	(void)arg;
	if (t != NULL)
		ui_push(ui, &view_ticket, &t->key);
	else if (v->rows.n > 0)
		explain(ui, v, &v->v[v->rows.sel]);
}

static void
list_run(struct ui *ui, struct view *base, const char *arg)
{
	struct metrics_view *v = self(base);
	const struct metrics_line *at = metrics_view_at(v);
	struct buf filter = BUF_INIT;
	const char *name;

	(void)arg;
	if (at != NULL &&
	    metrics_filter(&v->m, at->part, at->row, 0, &name, &filter))
		ui_push(ui, &view_list, buf_str(&filter));
	buf_release(&filter);
}

static void
step_run(struct ui *ui, struct view *base, const char *arg)
{
	struct metrics_view *v = self(base);

	if (arg != NULL && strcmp(arg, "week") != 0 &&
	    strcmp(arg, "month") != 0) {
		ui_warn(ui, "week or month, not \"%s\"", arg);
		return;
	}
	if (arg != NULL)
		v->wanted = *arg == 'w' ? METRICS_WEEK : METRICS_MONTH;
	else
		v->wanted = v->m.flow.step == METRICS_MONTH ? METRICS_WEEK
							    : METRICS_MONTH;
	begin(v);
}

static void
again_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	begin(self(base));
	ui_say(ui, "counted again");
}

/* Esc never leaves; it ends a search. */
static void
clear_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)base;
	(void)arg;
	mem_replace(&ui->search, NULL);
}

static const struct action actions[] = {
	{ "open", "Enter l Right", "explain",
	    "the rule of a figure and its tickets; open a ticket", open_run,
	    why_open },
	{ "tickets", "L", "tickets", "its tickets in a list", list_run,
	    why_list },
	{ "step", "w", "week/month", "by week or by month", step_run, NULL },
	{ "again", "R F5", "again", "count everything again", again_run, NULL },
	{ "clear", "Esc", NULL, "end the search", clear_run, NULL }, { 0 }
};

const struct view_class view_metrics = {
	.name = "metrics",
	.size = sizeof(struct metrics_view),
	.actions = { actions },
	.open = metrics_open,
	.load = metrics_load,
	.draw = metrics_view_draw,
	.move = metrics_move,
	.click = metrics_click,
	.find = metrics_find,
	.status = metrics_status,
	.targets = metrics_targets,
	.work = metrics_work,
	.release = metrics_close,
};
