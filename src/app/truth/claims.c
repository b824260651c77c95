#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "truth.h"

struct loader {
	const struct truth *t;
	const struct range *r;
	struct claims *out;
	struct claim *one;
};

static struct claim *
claims_add(struct claims *c, const struct history_link *l)
{
	c->v = mem_grow(c->v, &c->cap, c->n + 1, sizeof *c->v);
	c->v[c->n] = (struct claim){ .key = l->key, .ticket = l->ticket };
	return &c->v[c->n++];
}

static void
evidence_add(struct claim *c, const struct history_link *l)
{
	c->v = mem_grow(c->v, &c->cap, c->n + 1, sizeof *c->v);
	c->v[c->n++] = (struct evidence){ .commit = l->commit,
		.role = l->role,
		.why = l->why };
}

static bool
range_visit(const struct history_link *l, void *arg)
{
	struct loader *ld = arg;

	/* Sorted and merged by key afterwards: one claim a link for now. */
	if (l->role >= LINK_CLAIMS)
		evidence_add(claims_add(ld->out, l), l);
	return true;
}

static bool
one_visit(const struct history_link *l, void *arg)
{
	struct loader *ld = arg;

	ld->one->ticket = l->ticket;
	evidence_add(ld->one, l);
	return true;
}

static int
by_key(const void *x, const void *y)
{
	const struct claim *a = x, *b = y;

	return ticket_key_compare(&a->key, &b->key);
}

struct tie_key {
	const struct ticket_key *key;
	bool found;
};

static bool
same_key_visit(const struct history_link *l, void *arg)
{
	struct tie_key *k = arg;

	k->found = ticket_key_equal(&l->key, k->key);
	return !k->found;
}

struct earlier {
	const struct truth *t;
	uint32_t than;
	bool found;
};

static bool
earlier_visit(const struct history_link *l, void *arg)
{
	struct earlier *e = arg;

	e->found = l->role >= LINK_CLAIMS && l->commit != 0 &&
	    l->commit != e->than &&
	    graph_is_ancestor(&e->t->graph, l->commit, e->than);
	return !e->found;
}

/* Was there anything of the key that the commit could take back? */
static enum rc
has_earlier(const struct truth *t, const struct ticket_key *key,
    uint32_t commit, bool *found, struct err *err)
{
	struct earlier e = { .t = t, .than = commit };
	enum rc rc = store_history_links(t->app->store, 0, key, earlier_visit,
	    &e, err);

	*found = e.found;
	return rc == RC_STOPPED ? RC_OK : rc;
}

/*
 * "[A-1] Revert ..." carries work for A-1 only if what it reverts is not A-1's
 * own work; a revert of which nothing was found is taken for one of its key,
 * when there is work for it to take back.
 */
static enum rc
reverts_own(const struct truth *t, const struct claim *c, uint32_t commit,
    bool *own, struct err *err)
{
	struct tie_key k = { .key = &c->key };
	enum rc rc = RC_OK;
	size_t i;

	*own = false;
	for (i = truth_first_tie(t, commit);
	     i < t->n_ties && rc == RC_OK && !*own; i++) {
		const struct history_tie_row *tie = &t->ties[i];

		if (tie->commit != commit)
			break;
		if (tie->kind != TIE_REVERTS)
			continue;
		if (tie->target == 0)
			return has_earlier(t, &c->key, commit, own, err);
		k.found = false;
		rc = store_history_links(t->app->store, tie->target, NULL,
		    same_key_visit, &k, err);
		if (rc == RC_STOPPED)
			rc = RC_OK;
		*own = k.found;
	}
	return rc;
}

static enum rc
judge_one(const struct truth *t, const struct range *r, const struct claim *c,
    struct evidence *e, struct err *err)
{
	bool own;
	enum rc rc;

	if (!r->reach[e->commit])
		e->fate = FATE_ELSEWHERE;
	else if (r->in[e->commit] & IN_FOREIGN)
		e->fate = FATE_FOREIGN;
	else if (e->role < LINK_CLAIMS)
		e->fate = FATE_MENTION;
	else if (r->dead_by[e->commit] != 0) {
		e->fate = FATE_REVERTED;
		e->by = r->dead_by[e->commit];
	} else if (!(r->in[e->commit] & IN_RANGE) &&
	    !range_is_reborn(r, e->commit))
		e->fate = FATE_BEFORE;
	else {
		rc = reverts_own(t, c, e->commit, &own, err);
		if (rc != RC_OK)
			return rc;
		e->fate = own ? FATE_IS_REVERT : FATE_COUNTS;
	}
	return RC_OK;
}

/* Ancestry tells which of two came later; where it does not, time does. */
static bool
is_later(const struct truth *t, uint32_t a, uint32_t b)
{
	if (a == 0 || b == 0)
		return a != 0;
	if (a != b && graph_is_ancestor(&t->graph, b, a))
		return true;
	return !graph_is_ancestor(&t->graph, a, b) && t->times[a] > t->times[b];
}

/*
 * A ticket of which most commits were taken back, and on which nothing was
 * done since, is not in the build: what is left is a test or a preparation.
 */
static void
settle(const struct truth *t, const struct range *r, struct claim *c)
{
	uint32_t last_revert = 0, last_work = 0;
	const struct evidence *e;
	bool own = false;
	size_t i;

	for (i = 0; i < c->n; i++) {
		e = &c->v[i];
		if (e->fate == FATE_COUNTS) {
			c->counts++;
			if (is_later(t, e->commit, last_work))
				last_work = e->commit;
			c->partial |= r->part_by[e->commit] != 0;
		} else if (e->fate == FATE_REVERTED &&
		    (r->in[e->commit] & IN_RANGE)) {
			c->reverted++;
			if (is_later(t, e->by, last_revert))
				last_revert = e->by;
		} else if (e->fate == FATE_IS_REVERT && c->n > 1) {
			own = true;
			if (is_later(t, e->commit, last_revert))
				last_revert = e->commit;
		}
	}
	c->undone = (own || c->reverted > c->counts) &&
	    is_later(t, last_revert, last_work);
}

/* A merge says no more than what it brought in. */
static void
judge_merges(const struct truth *t, const struct range *r, struct claim *c)
{
	uint32_t by = 0;
	size_t i;

	for (i = 0; i < c->n; i++)
		if (c->v[i].fate == FATE_REVERTED)
			by = c->v[i].by;
	for (i = 0; i < c->n && by != 0; i++) {
		struct evidence *e = &c->v[i];

		if ((e->fate == FATE_COUNTS || e->fate == FATE_BEFORE) &&
		    range_is_hollow(t, r, e->commit)) {
			e->fate = FATE_REVERTED;
			e->by = by;
		}
	}
}

/* Was work on the key, whole or in part, in a release before this range? */
static enum rc
has_shipped(const struct truth *t, const struct range *r, const struct claim *c,
    bool *shipped, struct err *err)
{
	struct claim all = { .key = c->key };
	struct loader ld = { .t = t, .r = r, .one = &all };
	enum rc rc = store_history_links(t->app->store, 0, &c->key, one_visit,
	    &ld, err);
	size_t i;

	*shipped = false;
	for (i = 0; i < all.n && rc == RC_OK && !*shipped; i++) {
		rc = judge_one(t, r, &all, &all.v[i], err);
		*shipped = all.v[i].fate == FATE_BEFORE;
	}
	claim_release(&all);
	return rc;
}

/* Documentation and tests are no news of a ticket that shipped earlier. */
static enum rc
judge_asides(const struct truth *t, const struct range *r, struct claim *c,
    struct err *err)
{
	bool shipped, aside = false;
	enum rc rc;
	size_t i;

	for (i = 0; i < c->n; i++) {
		if (c->v[i].fate != FATE_COUNTS)
			continue;
		if (!(t->flags[c->v[i].commit] & HISTORY_ASIDE))
			return RC_OK;
		aside = true;
	}
	if (!aside || r->from == 0)
		return RC_OK;
	if ((rc = has_shipped(t, r, c, &shipped, err)) != RC_OK || !shipped)
		return rc;
	for (i = 0; i < c->n; i++)
		if (c->v[i].fate == FATE_COUNTS)
			c->v[i].fate = FATE_ASIDE;
	return RC_OK;
}

static enum rc
judge(const struct truth *t, const struct range *r, struct claim *c,
    struct err *err)
{
	enum rc rc = RC_OK;
	size_t i;

	for (i = 0; i < c->n && rc == RC_OK; i++)
		rc = judge_one(t, r, c, &c->v[i], err);
	judge_merges(t, r, c);
	if (rc == RC_OK)
		rc = judge_asides(t, r, c, err);
	settle(t, r, c);
	return rc;
}

/* Joins neighbours of the same key. */
static void
merge_keys(struct claims *c)
{
	struct claim *last;
	size_t i, n = 0;

	if (c->n > 0)
		qsort(c->v, c->n, sizeof *c->v, by_key);
	for (i = 0; i < c->n; i++) {
		last = n == 0 ? NULL : &c->v[n - 1];
		if (last == NULL ||
		    !ticket_key_equal(&last->key, &c->v[i].key)) {
			c->v[n++] = c->v[i];
			continue;
		}
		last->v = mem_grow(last->v, &last->cap, last->n + 1,
		    sizeof *last->v);
		last->v[last->n++] = c->v[i].v[0];
		free(c->v[i].v);
	}
	c->n = n;
}

enum rc
claims_load(const struct truth *t, const struct range *r, struct claims *out,
    struct err *err)
{
	struct loader ld = { .t = t, .r = r, .out = out };
	enum rc rc = RC_OK;
	uint32_t id;
	size_t i;

	for (i = 0; i < r->n && rc == RC_OK; i++)
		rc = store_history_links(t->app->store, r->ids[i], NULL,
		    range_visit, &ld, err);
	/* Put back in this range, though it was made before. */
	for (id = 1; id <= t->graph.n && rc == RC_OK; id++)
		if (range_is_reborn(r, id))
			rc = store_history_links(t->app->store, id, NULL,
			    range_visit, &ld, err);
	merge_keys(out);
	for (i = 0; i < out->n && rc == RC_OK; i++)
		rc = judge(t, r, &out->v[i], err);
	return rc;
}

enum rc
claim_load(const struct truth *t, const struct range *r,
    const struct ticket_key *key, struct claim *out, struct err *err)
{
	struct loader ld = { .t = t, .r = r, .one = out };
	enum rc rc;

	*out = (struct claim){ .key = *key };
	rc = store_history_links(t->app->store, 0, key, one_visit, &ld, err);
	if (rc == RC_OK)
		rc = judge(t, r, out, err);
	return rc;
}

void
claim_release(struct claim *c)
{
	free(c->v);
	*c = (struct claim){ .n = 0 };
}

void
claims_release(struct claims *c)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		claim_release(&c->v[i]);
	free(c->v);
	*c = (struct claims){ 0 };
}

bool
claim_holds(const struct claim *c)
{
	return c->counts > 0 && !c->undone;
}
