/* What can be done in the metrics: the rule of a figure, and its tickets. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "metrics_view.h"

#define RULE_COLS 60 /* of the popup's text */

static struct metrics_view *
self(struct view *v)
{
	return (struct metrics_view *)v;
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
push_rule(const char *text, int cols, struct strv *out)
{
	const char *lead = "the rule: ";

	while (*text != '\0') {
		size_t len = ui_row_len(text, cols - (int)strlen(lead));

		strv_take(out, mem_printf("%s%.*s", lead, (int)len, text));
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
	    cols > RULE_COLS ? RULE_COLS
		: cols < 24  ? 24
			     : cols,
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
const struct ticket *
metrics_view_ticket(const struct metrics_view *v)
{
	const struct metrics_line *at = metrics_view_at(v);

	return at != NULL && at->kind == METRICS_ROW &&
		at->part == METRICS_AGE && at->row >= METRICS_AGES
	    ? &v->m.oldest.v[at->row - METRICS_AGES]
	    : NULL;
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
	return at == NULL || at->kind != METRICS_ROW ||
		metrics_view_ticket(v) != NULL
	    ? "this figure has no list (Enter tells the rule)"
	    : NULL;
}

static void
open_run(struct ui *ui, struct view *base, const char *arg)
{
	struct metrics_view *v = self(base);
	const struct ticket *t = metrics_view_ticket(v);

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
	metrics_view_begin(v);
}

static void
again_run(struct ui *ui, struct view *base, const char *arg)
{
	(void)arg;
	metrics_view_begin(self(base));
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

const struct action metrics_view_actions[] = {
	{ "open", "Enter l Right", "explain",
	    "the rule of a figure and its tickets; open a ticket", open_run,
	    why_open },
	{ "tickets", "L", "tickets", "its tickets in a list", list_run,
	    why_list },
	{ "step", "w", "week/month", "by week or by month", step_run, NULL },
	{ "again", "R F5", "again", "count everything again", again_run, NULL },
	{ "clear", "Esc", NULL, "end the search", clear_run, NULL }, { 0 }
};
