/*
 * What a moved ref leaves behind, without looking at the whole graph.  A commit
 * is lost when no ref names it and all its children are lost; what had no
 * children was named by a ref of the last scan.  So the lost ones are found
 * from those refs downwards, each once its last child is.
 */
#include "scan_priv.h"

#include <stdlib.h>

#include "base/mem.h"

/* Beyond this, painting the graph is the cheaper way. */
#define LOST_MAX 64

struct peel {
	struct app *app;
	const struct oid_map *held;
	unsigned mask; /* only commits with these flags count */
	struct scan_lost *lost;
	uint32_t stack[4 * LOST_MAX];
	size_t n;
	bool stays; /* the commit that is looked at */
	bool give_up;
};

struct known {
	struct oid oid;
	unsigned flags;
};

static bool
known_visit(const struct history_commit *c, void *arg)
{
	struct known *k = arg;

	k->oid = c->oid;
	k->flags = c->flags;
	return true;
}

bool
scan_lost_has(const struct scan_lost *l, uint32_t id)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		if (l->ids[i] == id)
			return true;
	return false;
}

static void
push(struct peel *p, uint32_t id)
{
	if (p->n == sizeof p->stack / sizeof p->stack[0])
		p->give_up = true;
	else
		p->stack[p->n++] = id;
}

/* Children come first: parents are pushed only when none of them stays. */
static bool
around_visit(uint32_t other, unsigned flags, bool child, void *arg)
{
	struct peel *p = arg;

	if (other == 0)
		p->give_up = true;
	else if (!child)
		push(p, other);
	else if ((flags & p->mask) == p->mask && !scan_lost_has(p->lost, other))
		p->stays = true;
	return !p->stays && !p->give_up;
}

static enum rc
peel_one(struct peel *p, uint32_t id, struct err *err)
{
	struct known k = { .flags = 0 };
	enum rc rc;

	if (scan_lost_has(p->lost, id))
		return RC_OK;
	rc = store_history_commits(p->app->store, &id, 1, known_visit, &k, err);
	if (rc != RC_OK || oid_is_none(&k.oid) ||
	    (k.flags & p->mask) != p->mask ||
	    oid_map_get(p->held, &k.oid, NULL))
		return rc;
	p->stays = false;
	rc = store_history_around(p->app->store, id, around_visit, p, err);
	if (rc != RC_OK || p->stays || p->give_up)
		return rc;
	if (p->lost->n == LOST_MAX) {
		p->give_up = true;
		return RC_OK;
	}
	p->lost->ids = mem_grow(p->lost->ids, &p->lost->cap, p->lost->n + 1,
	    sizeof *p->lost->ids);
	p->lost->ids[p->lost->n++] = id;
	return RC_OK;
}

enum rc
scan_lost_find(struct app *a, const struct oid *tips, size_t n,
    const struct oid_map *held, unsigned mask, struct scan_lost *out,
    bool *exact, struct err *err)
{
	struct peel p = { .app = a, .held = held, .mask = mask, .lost = out };
	enum rc rc = RC_OK;
	uint32_t id;
	size_t i;

	for (i = 0; i < n && rc == RC_OK; i++) {
		rc = store_history_find(a->store, &tips[i], &id, err);
		if (rc == RC_OK && id != 0)
			push(&p, id);
	}
	while (rc == RC_OK && p.n > 0 && !p.give_up)
		rc = peel_one(&p, p.stack[--p.n], err);
	*exact = !p.give_up;
	return rc;
}
