/* The metrics screen's state (view_metrics.c), its actions (..._act.c) and its
 * drawing. */
#ifndef NOTES_TUI_METRICS_VIEW_H
#define NOTES_TUI_METRICS_VIEW_H

#include "app/metrics.h"
#include "tui/list/rows.h"
#include "tui/ui.h"

/* A line of the screen: the head of a part, one of its rows, or a word of why
 * there is none. */
enum metrics_kind { METRICS_HEAD, METRICS_ROW, METRICS_NONE };

struct metrics_line {
	enum metrics_part part;
	enum metrics_kind kind;
	size_t row;
};

struct metrics_view {
	struct view base;
	struct metrics m;
	enum metrics_step wanted;
	int64_t seen;           /* app_data_version() of what m holds */
	int next;               /* part to count next, METRICS_PARTS: none */
	char *wrong;            /* why it is not whole, or NULL */
	struct metrics_line *v; /* rows.n of them */
	size_t cap;
	struct rows rows;
};

/* What is selected, NULL before there is anything. */
const struct metrics_line *metrics_view_at(const struct metrics_view *v);
/* A ticket that is named there, or NULL. */
const struct ticket *metrics_view_ticket(const struct metrics_view *v);
/* Counts everything anew. */
void metrics_view_begin(struct metrics_view *v);
extern const struct action metrics_view_actions[];
void metrics_view_draw(const struct ui *ui, const struct view *base,
    const struct area *a);
/* Columns of the pane that explains, on wide screens; else 0. */
int metrics_view_pane(int cols);

#endif
