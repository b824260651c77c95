#include "plan.h"

#include <math.h>
#include <stdlib.h>

#include "plan_priv.h"

#define CAP_MIN    INT64_C(1000)
#define CAP_MAX    INT64_C(20000)
#define CAP_COLUMN INT64_C(60000)

bool
plan_is_low(const struct filter *f)
{
	return f->cmp == FILTER_GE || f->cmp == FILTER_GT;
}

bool
plan_is_high(const struct filter *f)
{
	return f->cmp == FILTER_LE || f->cmp == FILTER_LT;
}

bool
plan_is_field(const struct plan_part *p, enum filter_field field)
{
	return p->f->op == FILTER_FIELD && p->f->field == field;
}

static size_t
terms(const struct plan *p)
{
	return p->n + (p->text.match != NULL) + (p->without.match != NULL);
}

/*
 * Collecting a term's n rows is better than walking for a page of w while n is
 * less than w * total / n; beyond that a count tells nothing new.  Where terms
 * meet, their product does.
 */
static int64_t
count_cap(const struct plan *p, int64_t wanted)
{
	double cap =
	    sqrt((double)(wanted > 0 ? wanted : 1000) * (double)p->total);

	if (terms(p) > 1)
		cap *= 3;
	return cap < (double)CAP_MIN ? CAP_MIN
	    : cap > (double)CAP_MAX  ? CAP_MAX
				     : (int64_t)cap;
}

/* One term whose index has the order: there is nothing to choose. */
static bool
is_plain(struct plan *p, const struct plan_goal *goal)
{
	if (!goal->by_age || terms(p) != 1 || p->without.match != NULL)
		return false;
	if (p->text.match != NULL)
		return true;
	if (p->part[0].f->op != FILTER_FIELD)
		return false;
	plan_ids(&p->part[0]);
	return p->part[0].single && p->part[0].ids.text.len > 0;
}

static enum rc
make(struct store *st, const struct plan_goal *goal, struct plan *p,
    struct err *err)
{
	enum rc rc;

	if (is_plain(p, goal)) {
		p->way = PLAN_ORDERED;
		return p->n == 0 ? RC_OK
				 : plan_count_kept(st, p, &p->part[0], err);
	}
	p->cap = goal->column ? CAP_COLUMN : count_cap(p, goal->wanted);
	rc = plan_measure(st, p, goal, err);
	return rc != RC_OK ? rc : plan_choose(st, p, goal, err);
}

enum rc
plans_make(struct store *st, const struct filter *f,
    const struct plan_goal *goal, struct plans *out, struct err *err)
{
	int64_t total = 0;
	enum rc rc;

	*out = (struct plans){ 0 };
	rc = plan_counter(st, "total", "", &total, err);
	if (rc == RC_OK)
		rc = plan_split(st, f, out, err);
	for (size_t i = 0; rc == RC_OK && i < out->n; i++) {
		out->v[i].total = total;
		rc = make(st, goal, &out->v[i], err);
	}
	if (rc != RC_OK)
		plans_release(out);
	return rc;
}

static void
release(struct plan *p)
{
	for (size_t i = 0; i < p->n; i++)
		sql_release(&p->part[i].ids);
	free(p->part);
	free(p->text.match);
	free(p->without.match);
}

void
plans_release(struct plans *p)
{
	for (size_t i = 0; i < p->n; i++)
		release(&p->v[i]);
	free(p->v);
	*p = (struct plans){ 0 };
}

bool
plans_are_kept(const struct plans *all, int64_t *n)
{
	const struct plan *p = &all->v[0];

	if (all->n != 1 || p->deleted || p->text.match != NULL ||
	    p->without.match != NULL)
		return false;
	if (p->n == 0) {
		*n = p->total;
		return true;
	}
	*n = p->part[0].count;
	return p->n == 1 && p->part[0].kept;
}
