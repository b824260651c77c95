/* Which way to a page is the cheapest, in rows that are read. */
#include <math.h>
#include <string.h>

#include "plan_priv.h"

/* Rows: asking the text index about one ticket, each word of several, and
 * listing a hit. */
#define PROBE_COST 40
#define WORD_COST  10
#define HIT_COST   0.125

/* The share of all tickets that a term has of which nothing is known. */
#define UNKNOWN_SHARE 0.3

/* A way, and what it costs. */
struct choice {
	enum plan_way way;
	size_t by;
	bool probe, probe_without;
	double cost;
};

/*
 * The share of all tickets that a count is.  Of more than was counted it is
 * halfway, as powers go, to everything.
 */
double
plan_share(const struct plan *p, int64_t count, bool capped)
{
	double total = (double)(p->total > 0 ? p->total : 1), s;

	if (count < 0)
		return UNKNOWN_SHARE;
	s = (double)count / total;
	if (capped)
		s = sqrt(s);
	/* Nothing at all would make every other way look endless. */
	return s > 1 ? 1 : s < 1e-7 ? 1e-7 : s;
}

bool
plan_along(const struct plan_part *p, const char *index)
{
	return index != NULL && p->index != NULL &&
	    strcmp(p->index, index) == 0;
}

/*
 * What testing n rows against a text costs, in rows: looking each up in the
 * index, or listing all hits first.  A search by prefix gathers all of them for
 * each row that it is asked for.
 */
static double
text_cost(const struct plan_text *t, double n, bool *probe)
{
	double all = (double)t->count * HIT_COST;
	double each = n * (PROBE_COST + WORD_COST * (double)t->words);

	*probe = false;
	if (t->match == NULL)
		return 0;
	*probe = !t->prefix && each < all;
	return *probe ? each : all;
}

/*
 * A walk through a status, of which other terms leave a part: where terms have
 * to do with each other (who works on what) that part may stand at its end, or
 * be nothing.  One time in four it does.  And by rank tickets lie scattered: one
 * costs twice what it costs in the order of ids.
 */
static double
column_cost(const struct plan *p, double rows)
{
	double most = (double)p->total;

	for (size_t i = 0; i < p->n; i++)
		if (plan_is_field(&p->part[i], FF_STATUS) && p->part[i].kept &&
		    (double)p->part[i].count < most)
			most = (double)p->part[i].count;
	if (p->n > 1 || p->text.match != NULL)
		rows += most / 4;
	return 2 * (rows < most ? rows : most);
}

static void
walk_cost(const struct plan *p, const struct plan_goal *goal, double all,
    struct choice *c)
{
	double rows = (double)goal->wanted / all, skip = 0;

	for (size_t i = 0; i < p->n; i++)
		if (p->part[i].skip > skip &&
		    !plan_along(&p->part[i], goal->index))
			skip = p->part[i].skip;
	rows += skip;
	if (goal->column)
		rows = column_cost(p, rows);
	if (!goal->column && rows > (double)p->total)
		rows = (double)p->total;
	c->way = PLAN_WALK;
	c->cost = rows + text_cost(&p->text, rows, &c->probe) +
	    text_cost(&p->without, rows, &c->probe_without);
}

/* Going by a part, or by the text (c->by == n). */
static void
part_cost(const struct plan *p, const struct plan_goal *goal, double all,
    struct choice *c)
{
	const struct plan_part *part = c->by < p->n ? &p->part[c->by] : NULL;
	double s = part != NULL ? plan_share(p, part->count, part->capped)
				: plan_share(p, p->text.count, false);
	double rows = s * (double)p->total;
	bool single = part == NULL || part->single;

	c->way = goal->by_age && single ? PLAN_ORDERED : PLAN_COLLECT;
	if (c->way == PLAN_ORDERED && (double)goal->wanted / all * s < rows)
		rows = (double)goal->wanted / all * s;
	c->cost = c->way == PLAN_COLLECT ? rows * 1.5 : rows;
	if (part != NULL)
		c->cost += text_cost(&p->text, rows, &c->probe);
	c->cost += text_cost(&p->without, rows, &c->probe_without);
}

/* Terms are not independent: an old label may have no open ticket at all. */
static enum rc
share_of_all(struct store *st, const struct plan *p,
    const struct plan_goal *goal, double *all, struct err *err)
{
	*all = 1;
	for (size_t i = 0; i < p->n; i++)
		if (!plan_along(&p->part[i], goal->index))
			*all *= plan_share(p, p->part[i].count,
			    p->part[i].capped);
	if (p->text.match != NULL)
		*all *= plan_share(p, p->text.count, false);
	if (p->n + (p->text.match != NULL) < 2)
		return RC_OK;
	return plan_sample(st, p, goal, all, err);
}

/* Is there a term without any ticket? */
static bool
is_empty(const struct plan *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->part[i].count == 0 && !(p->part[i].kept && p->deleted))
			return true;
	return p->text.match != NULL && p->text.count == 0;
}

enum rc
plan_choose(struct store *st, struct plan *p, const struct plan_goal *asked,
    struct err *err)
{
	struct plan_goal goal = *asked;
	struct choice best = { 0 };
	double all;
	enum rc rc;

	if (is_empty(p)) {
		p->way = PLAN_NONE;
		return RC_OK;
	}
	if (goal.wanted <= 0)
		goal.wanted = p->total;
	if ((rc = share_of_all(st, p, &goal, &all, err)) != RC_OK)
		return rc;
	walk_cost(p, &goal, all, &best);
	for (size_t i = 0; i <= p->n; i++) {
		struct choice c = { .by = i };

		if (i < p->n ? p->part[i].ids.text.len == 0
			     : p->text.match == NULL)
			continue;
		part_cost(p, &goal, all, &c);
		if (c.cost < best.cost)
			best = c;
	}
	p->way = best.way;
	p->by = best.by;
	p->probe = best.probe;
	p->probe_without = best.probe_without;
	return RC_OK;
}
