#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "truth.h"

/*
 * A commit of the range stands on known ground when one of its parents does,
 * or lies outside the range; what stands on a root of its own was merged in
 * from elsewhere.  Without a base everything begins at a root.
 */
static void
mark_foreign(const struct truth *t, struct range *r)
{
	const struct graph *g = &t->graph;
	uint8_t *ground;
	uint32_t id, p;
	size_t i, k;

	if (r->from == 0)
		return;
	ground = graph_set(g);
	for (i = r->n; i-- > 0;) {
		id = r->ids[i];
		for (k = 0; k < g->n_parents[id]; k++) {
			p = g->parents[g->first_parent[id] + k];
			if (ground[p] != 0 || !(r->in[p] & IN_RANGE))
				ground[id] = 1;
		}
		/* The edge of a shallow clone is no root. */
		if (t->flags[id] & HISTORY_BOUNDARY)
			ground[id] = 1;
		if (ground[id] == 0) {
			r->in[id] |= IN_FOREIGN;
			r->n_foreign++;
			continue;
		}
		for (k = 0; k < g->n_parents[id]; k++) {
			p = g->parents[g->first_parent[id] + k];
			if ((r->in[p] & IN_FOREIGN) && r->foreign_merge == 0)
				r->foreign_merge = id;
		}
	}
	free(ground);
}

/* All commits that a merge brought in die with its revert. */
static void
kill_merged(const struct truth *t, struct range *r, uint32_t merge, uint32_t by)
{
	const struct graph *g = &t->graph;
	uint32_t *ids = NULL;
	size_t i, n;

	n = graph_range(g, g->parents[g->first_parent[merge]], merge, &ids);
	for (i = 0; i < n; i++)
		if (r->dead_by[ids[i]] == 0)
			r->dead_by[ids[i]] = by;
	free(ids);
}

static void
kill_commit(const struct truth *t, struct range *r, uint32_t target,
    uint32_t by)
{
	if (r->dead_by[target] == 0)
		r->dead_by[target] = by;
	if (t->graph.n_parents[target] > 1)
		kill_merged(t, r, target, by);
}

/* The revert names a commit of another line: here its cherry-picks are meant. */
static void
kill_picks(const struct truth *t, struct range *r, uint32_t target, uint32_t by)
{
	size_t i;

	for (i = 0; i < t->n_ties; i++) {
		const struct history_tie_row *tie = &t->ties[i];

		if (tie->kind == TIE_PICKED && tie->target == target &&
		    tie->commit < by && r->reach[tie->commit])
			kill_commit(t, r, tie->commit, by);
	}
}

/*
 * Newest first: a revert that was itself reverted has no effect, and whether it
 * was is known before its turn comes.
 */
static void
settle_reverts(const struct truth *t, struct range *r)
{
	size_t i;

	for (i = 0; i < t->n_ties; i++) {
		const struct history_tie_row *tie = &t->ties[i];

		if (!r->reach[tie->commit] || tie->target == 0 ||
		    r->dead_by[tie->commit] != 0)
			continue;
		if (tie->kind == TIE_REVERTS_PART) {
			r->part_by[tie->target] = tie->commit;
		} else if (tie->kind == TIE_REVERTS ||
		    tie->kind == TIE_REAPPLIES) {
			if (r->reach[tie->target])
				kill_commit(t, r, tie->target, tie->commit);
			else
				kill_picks(t, r, tie->target, tie->commit);
		}
	}
}

/* What had been taken back as of the base: its revert may be reverted since. */
static void
settle_before(const struct truth *t, struct range *r)
{
	size_t n = (size_t)t->graph.n + 1;
	struct range before = { .to = r->from };

	before.reach = graph_set(&t->graph);
	before.dead_by = mem_calloc(n, sizeof *before.dead_by);
	before.part_by = mem_calloc(n, sizeof *before.part_by);
	graph_paint(&t->graph, r->from, 1, before.reach);
	settle_reverts(t, &before);
	r->dead_before = before.dead_by;
	before.dead_by = NULL;
	range_close(&before);
}

bool
range_is_reborn(const struct range *r, uint32_t id)
{
	return !(r->in[id] & IN_RANGE) && r->dead_before[id] != 0 &&
	    r->dead_by[id] == 0;
}

bool
range_is_hollow(const struct truth *t, const struct range *r, uint32_t merge)
{
	const struct graph *g = &t->graph;
	size_t i, n, dead = 0, alive = 0;
	uint32_t *ids = NULL;

	if (g->n_parents[merge] < 2)
		return false;
	n = graph_range(g, g->parents[g->first_parent[merge]], merge, &ids);
	for (i = 0; i < n; i++) {
		if (g->n_parents[ids[i]] > 1 || truth_takes_back(t, ids[i]))
			continue;
		if (r->dead_by[ids[i]] != 0)
			dead++;
		else
			alive++;
	}
	free(ids);
	return dead > 0 && alive == 0;
}

/* Newest first by time, so that the order does not depend on when commits were
 * scanned: numbers do. */
struct dated {
	int64_t time;
	struct oid oid;
	uint32_t id;
};

static int
newest_first(const void *x, const void *y)
{
	const struct dated *a = x, *b = y;

	if (a->time != b->time)
		return a->time > b->time ? -1 : 1;
	return oid_compare(&a->oid, &b->oid);
}

struct filling {
	struct dated *v;
	size_t n;
};

static bool
fill_visit(const struct history_commit *c, void *arg)
{
	struct filling *f = arg;

	f->v[f->n++] = (struct dated){ c->time, c->oid, c->id };
	return true;
}

static enum rc
order_by_time(const struct truth *t, struct range *r, struct err *err)
{
	struct filling f = { .v = mem_calloc(r->n + 1, sizeof *f.v) };
	enum rc rc;
	size_t i;

	rc = store_history_commits(t->app->store, r->ids, r->n, fill_visit, &f,
	    err);
	if (rc == RC_OK && f.n == r->n) {
		qsort(f.v, f.n, sizeof *f.v, newest_first);
		for (i = 0; i < f.n; i++)
			r->ids[i] = f.v[i].id;
	}
	free(f.v);
	return rc;
}

enum rc
range_open(const struct truth *t, uint32_t from, uint32_t to, struct range *r,
    struct err *err)
{
	size_t n = (size_t)t->graph.n + 1, i;

	*r = (struct range){ .from = from, .to = to };
	r->reach = graph_set(&t->graph);
	r->in = graph_set(&t->graph);
	r->dead_by = mem_calloc(n, sizeof *r->dead_by);
	r->part_by = mem_calloc(n, sizeof *r->part_by);
	graph_paint(&t->graph, to, 1, r->reach);
	r->n = graph_range(&t->graph, from, to, &r->ids);
	for (i = 0; i < r->n; i++)
		r->in[r->ids[i]] |= IN_RANGE;
	mark_foreign(t, r);
	settle_reverts(t, r);
	settle_before(t, r);
	return r->n > 1 ? order_by_time(t, r, err) : RC_OK;
}

void
range_close(struct range *r)
{
	free(r->ids);
	free(r->reach);
	free(r->in);
	free(r->dead_by);
	free(r->part_by);
	free(r->dead_before);
	*r = (struct range){ 0 };
}
