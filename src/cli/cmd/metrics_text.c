/* Metrics as tables for people, with bars that are text. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "cli/table.h"
#include "metrics_print.h"

#define BAR 16 /* columns at most */

static int64_t
most(const struct metrics *m, enum metrics_part part, int figure)
{
	int64_t max = 1;

	for (size_t i = 0; i < metrics_rows(m, part); i++) {
		int64_t n = part == METRICS_WIP
		    ? i < m->n_people ? m->person[i].n : m->doing_more
		    : part == METRICS_AGE ? i < METRICS_AGES ? m->age[i].n : 0
		    : figure == 0         ? m->flow.period[i].created
		    : figure == 1         ? m->flow.period[i].closed
					  : m->flow.period[i].open;

		max = n > max ? n : max;
	}
	return max;
}

/* "12 ######", so that a small number is still seen. */
static void
bar_cell(struct table *t, int64_t n, int64_t max)
{
	struct buf text = BUF_INIT;

	if (n == METRICS_UNKNOWN) {
		table_cell(t, STYLE_DIM, "not known");
		return;
	}
	buf_printf(&text, "%5lld%s", (long long)n, n > 0 ? " " : "");
	buf_fill(&text, '#', (size_t)((n * BAR + max - 1) / max));
	table_cell(t, STYLE_NONE, buf_str(&text));
	buf_release(&text);
}

/* Where some came in done, that stands in the place of the bar. */
static void
closed_cell(struct table *t, const struct metrics *m, size_t row, int64_t max)
{
	const struct metrics_period *p = &m->flow.period[row];
	struct buf text = BUF_INIT;

	if (p->came_done == 0) {
		bar_cell(t, p->closed, max);
		return;
	}
	buf_printf(&text, "%5lld ", (long long)p->closed);
	metrics_mark(m, row, &text);
	table_cell(t, STYLE_NONE, buf_str(&text));
	buf_release(&text);
}

static void
span_cell(struct table *t, int64_t seconds)
{
	struct buf text = BUF_INIT;

	metrics_span(seconds, &text);
	table_cell(t, STYLE_NONE, buf_str(&text));
	buf_release(&text);
}

static void
spread_cells(struct table *t, const struct metrics_spread *s)
{
	struct buf text = BUF_INIT;

	if (s->p50 == METRICS_UNKNOWN) {
		buf_printf(&text, "not enough data (%zu of %d)", s->n,
		    METRICS_ENOUGH);
		table_cell(t, STYLE_DIM, buf_str(&text));
		table_cell(t, STYLE_DIM, "");
	} else {
		span_cell(t, s->p50);
		span_cell(t, s->p85);
	}
	buf_release(&text);
}

static void
columns(struct table *t, enum metrics_part part)
{
	static const char *const titles[METRICS_PARTS][8] = {
		[METRICS_FLOW] = { "BEGINS", "CREATED", "CLOSED", "OPEN" },
		[METRICS_CYCLE] = { "TYPE", "CLOSED", "P50", "P85", "BEGUN",
		    "P50", "P85" },
		[METRICS_AGE] = { "AGE", "OPEN", "" },
		[METRICS_WIP] = { "ASSIGNEE", "TICKETS" },
		[METRICS_RELEASES] = { "VERSION", "DATE", "TICKETS",
		    "WITH COMMITS", "REVERTS", "LEAD P50", "P85" },
	};

	for (size_t i = 0; i < 8 && titles[part][i] != NULL; i++)
		table_column(t, titles[part][i]);
}

static void
age_cells(struct table *t, const struct metrics *m, size_t i, int64_t max)
{
	const struct ticket *o;
	char ago[16];

	if (i < METRICS_AGES) {
		bar_cell(t, m->age[i].n, max);
		table_cell(t, STYLE_NONE, "");
		return;
	}
	o = &m->oldest.v[i - METRICS_AGES];
	date_format_ago(o->created, m->now, ago);
	table_cell(t, STYLE_NONE, ago);
	table_cell(t, STYLE_NONE, o->summary);
}

static void
release_cells(struct table *t, const struct metrics_release *r)
{
	char day[11], share[48];

	date_format_day(r->released, day);
	table_cell(t, STYLE_NONE, day);
	table_number(t, r->tickets);
	snprintf(share, sizeof(share), "%d%% (%lld)",
	    metrics_percent(r->with_commits, r->tickets),
	    (long long)r->with_commits);
	table_cell(t, STYLE_NONE, share);
	table_number(t, r->reverts);
	spread_cells(t, &r->lead);
}

static void
cells(struct table *t, const struct metrics *m, enum metrics_part part,
    size_t i, const int64_t max[3])
{
	switch (part) {
	case METRICS_FLOW:
		bar_cell(t, m->flow.period[i].created, max[0]);
		closed_cell(t, m, i, max[1]);
		bar_cell(t, m->flow.period[i].open, max[2]);
		break;
	case METRICS_CYCLE:
		table_number(t, (int64_t)m->cycle[i].made.n);
		spread_cells(t, &m->cycle[i].made);
		table_number(t, (int64_t)m->cycle[i].begun.n);
		spread_cells(t, &m->cycle[i].begun);
		break;
	case METRICS_AGE:
		age_cells(t, m, i, max[0]);
		break;
	case METRICS_WIP:
		bar_cell(t, i < m->n_people ? m->person[i].n : m->doing_more,
		    max[0]);
		break;
	default:
		release_cells(t, &m->release[i]);
		break;
	}
}

static void
part_table(struct out *o, const struct metrics *m, enum metrics_part part)
{
	struct table t = { .shrinks = part == METRICS_AGE ? 2 : 0,
		.titled = true };
	struct buf label = BUF_INIT;
	int64_t max[3] = { 1, 1, 1 };

	for (int i = 0; i < 3; i++)
		if (part == METRICS_FLOW || part == METRICS_AGE ||
		    part == METRICS_WIP)
			max[i] = most(m, part, i);
	/* Created and closed are there to be compared. */
	max[0] = max[1] = max[1] > max[0] ? max[1] : max[0];
	columns(&t, part);
	for (size_t i = 0; i < metrics_rows(m, part); i++) {
		buf_clear(&label);
		metrics_label(m, part, i, &label);
		table_cell(&t, STYLE_KEY, buf_str(&label));
		cells(&t, m, part, i, max);
	}
	table_print(&t, o);
	table_release(&t);
	buf_release(&label);
}

static void
explain(struct out *o, const struct metrics *m, enum metrics_part part)
{
	struct buf text = BUF_INIT, label = BUF_INIT;
	const char *name;

	metrics_rule(m, part, &text);
	out_printf(o, STYLE_DIM, "the rule: %s", buf_str(&text));
	out_newline(o);
	for (size_t row = 0; row < metrics_rows(m, part); row++) {
		for (size_t i = 0;; i++) {
			buf_clear(&text);
			buf_clear(&label);
			if (!metrics_filter(m, part, row, i, &name, &text))
				break;
			metrics_label(m, part, row, &label);
			out_printf(o, STYLE_DIM, "%s, %s: notes list '%s'",
			    buf_str(&label), name, buf_str(&text));
			out_newline(o);
		}
	}
	buf_release(&text);
	buf_release(&label);
}

void
metrics_to_text(struct out *o, const struct metrics *m,
    enum metrics_words words)
{
	struct buf title = BUF_INIT;

	for (int p = 0; p < METRICS_PARTS; p++) {
		enum metrics_part part = (enum metrics_part)p;

		if (p > 0)
			out_newline(o);
		buf_clear(&title);
		metrics_title(m, part, &title);
		out_text(o, STYLE_HEAD, buf_str(&title));
		out_newline(o);
		if (metrics_rows(m, part) == 0) {
			out_text(o, STYLE_DIM, metrics_nothing(part));
			out_newline(o);
		} else {
			part_table(o, m, part);
		}
		if (words == METRICS_EXPLAINED)
			explain(o, m, part);
	}
	buf_release(&title);
}
