/* Work of earlier releases that this one took back. */
#include <string.h>

#include "gen.h"
#include "store/ticket.h"

struct shipped {
	struct gen *g;
	uint32_t by;
	enum rc rc;
	struct err *err;
};

static bool
shipped_visit(const struct history_link *l, void *arg)
{
	struct shipped *s = arg;
	struct gen *g = s->g;
	struct claim c = { .n = 0 };
	struct ticket t = { 0 };
	char key[TICKET_KEY_MAX];
	struct oid oid = { .len = 0 };
	size_t i, alive = 0;

	if (l->role < LINK_CLAIMS || l->ticket == 0)
		return true;
	ticket_key_format(&l->key, key);
	for (i = 0; i < g->n->sections[SECTION_REVERTED].n; i++)
		if (strcmp(g->n->sections[SECTION_REVERTED].entries[i].key,
			key) == 0)
			return true;
	s->rc = claim_load(&g->t, &g->r, &l->key, &c, s->err);
	for (i = 0; i < c.n; i++)
		alive += c.v[i].fate == FATE_BEFORE ||
		    c.v[i].fate == FATE_COUNTS;
	if (s->rc == RC_OK && alive == 0)
		s->rc = store_ticket_get(g->app->store, l->ticket, TICKET_FULL,
		    &t, s->err);
	if (s->rc == RC_OK && alive == 0 && !t.deleted) {
		s->rc = gen_oid_of(g, s->by, &oid, s->err);
		notes_warn(g->n, NOTES_WARN_REVERTED, key, &oid,
		    "%s shipped earlier and was reverted", key);
		g->n->warnings[g->n->n_warnings - 1].shipped = true;
		if (s->rc == RC_OK && !t.no_note)
			s->rc = gen_add_entry(g, SECTION_REVERTED, &t, NULL,
			    s->err);
	}
	ticket_release(&t);
	claim_release(&c);
	return s->rc == RC_OK;
}

/*
 * Whatever stood as of the base and does not stand now: reverted directly, with
 * the merge that brought it, or by the revert of a reapply.
 */
static bool
was_taken_back(const struct gen *g, uint32_t id)
{
	uint32_t by = g->r.dead_by[id];

	return by != 0 && (g->r.in[by] & IN_RANGE) &&
	    !(g->r.in[id] & IN_RANGE) && g->r.dead_before[id] == 0;
}

struct partly {
	struct gen *g;
	uint32_t by;
};

static bool
partly_visit(const struct history_link *l, void *arg)
{
	struct partly *p = arg;
	char key[TICKET_KEY_MAX];
	struct oid oid = { .len = 0 };
	struct err quiet = ERR_INIT;

	if (l->role < LINK_CLAIMS || l->ticket == 0 ||
	    gen_is_listed(p->g, &l->key))
		return true;
	(void)gen_oid_of(p->g, p->by, &oid, &quiet);
	ticket_key_format(&l->key, key);
	notes_warn(p->g->n, NOTES_WARN_PARTIAL_REVERT, key, &oid,
	    "a part of %s, which shipped earlier, was reverted", key);
	return true;
}

/* What shipped earlier and was taken back in part by this range. */
static enum rc
warn_partly(struct gen *g, uint32_t id, struct err *err)
{
	struct partly p = { .g = g, .by = g->r.part_by[id] };

	if (p.by == 0 || !(g->r.in[p.by] & IN_RANGE) || !g->r.reach[id] ||
	    (g->r.in[id] & IN_RANGE) || g->r.dead_by[id] != 0)
		return RC_OK;
	return store_history_links(g->app->store, id, NULL, partly_visit, &p,
	    err);
}

enum rc
gen_list_reverted(struct gen *g, struct err *err)
{
	struct shipped s = { .g = g, .err = err, .rc = RC_OK };
	enum rc rc = RC_OK;
	uint32_t id;

	for (id = 1; id <= g->t.graph.n && rc == RC_OK; id++) {
		if ((rc = warn_partly(g, id, err)) != RC_OK ||
		    !was_taken_back(g, id))
			continue;
		s.by = g->r.dead_by[id];
		rc = store_history_links(g->app->store, id, NULL, shipped_visit,
		    &s, err);
		if (rc == RC_OK || rc == RC_STOPPED)
			rc = s.rc;
	}
	return rc;
}
