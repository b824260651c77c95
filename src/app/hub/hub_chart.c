/* The burn-up: what was to do and what was done, day by day, as a chart. */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "hub_priv.h"

#define LABEL_MIN 6 /* columns of the numbers at the left, with their rule */

static int64_t
highest(const struct hub *hub)
{
	int64_t max = 1;

	for (size_t i = 0; i < hub->n_burnup; i++)
		if (hub->burnup[i].scope > max)
			max = hub->burnup[i].scope;
	return max;
}

/* As wide as the highest number, a blank and the rule. */
static int
label_cols(const struct hub *hub)
{
	int cols = snprintf(NULL, 0, "%lld", (long long)highest(hub)) + 2;

	return cols < LABEL_MIN ? LABEL_MIN : cols;
}

/* Rows that a count fills; one ticket of many is still seen. */
static int64_t
fills(int64_t n, int64_t max, int rows)
{
	return (n * rows + max - 1) / max;
}

/* What is done reaches the row of the scope only when nothing is open. */
static int64_t
fills_done(const struct hub_point *p, int64_t max, int rows)
{
	int64_t done = fills(p->done, max, rows);
	int64_t scope = fills(p->scope, max, rows);

	return p->done < p->scope && done >= scope ? scope - 1 : done;
}

static void
chart_row(const struct hub *hub, int rows, int cols, int from_top,
    struct buf *out)
{
	int64_t max = highest(hub), row = rows - 1 - from_top;
	int label = label_cols(hub);

	if (from_top == 0)
		buf_printf(out, "%*lld |", label - 2, (long long)max);
	else
		buf_printf(out, "%*s |", label - 2, "");
	for (int x = 0; x < cols; x++) {
		/* From the first day to the last, whatever the width. */
		const struct hub_point *p = &hub->burnup[cols < 2
			? hub->n_burnup - 1
			: (size_t)x * (hub->n_burnup - 1) / (size_t)(cols - 1)];

		if (fills_done(p, max, rows) > row)
			buf_putc(out, HUB_CHART_DONE);
		else if (fills(p->scope, max, rows) > row)
			buf_putc(out, HUB_CHART_OPEN);
		else
			buf_putc(out, ' ');
	}
}

static void
chart_days(const struct hub *hub, int cols, struct buf *out)
{
	char first[11], last[11];

	date_format_day(hub->burnup[0].day, first);
	date_format_day(hub->burnup[hub->n_burnup - 1].day, last);
	buf_printf(out, "%*s%s", label_cols(hub), "", first);
	if (cols >= 24)
		buf_printf(out, "%*s", cols - 10, last);
}

void
hub_chart_line(const struct hub *hub, int rows, int cols, int line,
    struct buf *out)
{
	const struct hub_point *now;

	if (!hub->told || hub->n_burnup == 0) {
		if (line == 0 && hub->told)
			buf_printf(out, "no burn-up: %s",
			    hub->nothing_planned ? "nothing was planned for it"
				: hub->undated > 0 ? "no ticket has a day"
						   : "it has too many tickets");
		return;
	}
	now = &hub->burnup[hub->n_burnup - 1];
	cols -= label_cols(hub);
	cols = cols < 1 ? 1 : cols;
	if (line == 0) {
		buf_printf(out, "burn-up  %c %lld done  %c %lld open",
		    HUB_CHART_DONE, (long long)now->done, HUB_CHART_OPEN,
		    (long long)(now->scope - now->done));
	} else if (line <= rows) {
		chart_row(hub, rows, cols, line - 1, out);
	} else if (line == rows + 1) {
		buf_printf(out, "%*d +", label_cols(hub) - 2, 0);
		buf_fill(out, '-', (size_t)cols);
	} else if (line == rows + 2) {
		chart_days(hub, cols, out);
	} else if (line == rows + 3 && hub->undated > 0) {
		buf_printf(out, "%zu without a day left out", hub->undated);
	}
}
