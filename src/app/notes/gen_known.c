/* Bugs that a version has, as tickets labelled "known-issue" say. */
#include <string.h>

#include "base/mem.h"
#include "gen.h"
#include "store/ticket.h"

#define LABEL "known-issue"

struct known {
	struct gen *g;
	enum rc rc;
	struct err *err;
};

/* This version, or one that it descends from. */
static bool
is_past(const struct gen *g, int release)
{
	return release >= 0 &&
	    (release == g->p.release ||
		(g->t.tips[release] != 0 &&
		    g->r.reach[g->t.tips[release]] != 0));
}

static bool
is_found_here(const struct gen *g, const struct ticket *t)
{
	size_t i;

	for (i = 0; i < t->found_in.n; i++)
		if (is_past(g, truth_release(&g->t, t->found_in.v[i])))
			return true;
	return false;
}

/* The lower of two releases that came later than this one. */
static int
sooner(const struct gen *g, int best, int at)
{
	enum release_state state;

	if (at < 0 || g->p.release < 0 || at <= g->p.release)
		return best;
	state = g->t.releases.v[at].state;
	if (state != RELEASE_RELEASED && state != RELEASE_YANKED)
		return best;
	return best < 0 || at < best ? at : best;
}

/*
 * Of a ticket that is done: is its work still missing here, and which later
 * release has it first (-1: none yet)?  Commits tell; without any, the fix
 * releases do.
 */
static enum rc
find_cure(struct gen *g, const struct ticket *t, bool *missing, int *cure,
    struct err *err)
{
	struct claim c = { .n = 0 };
	bool work = false, here = false;
	enum rc rc = claim_load(&g->t, &g->r, &t->key, &c, err);
	size_t i;
	int at;

	*cure = -1;
	for (i = 0; i < c.n; i++) {
		if (c.v[i].role < LINK_CLAIMS || c.v[i].commit == 0)
			continue;
		here |= c.v[i].fate == FATE_COUNTS ||
		    c.v[i].fate == FATE_BEFORE;
		if (c.v[i].fate != FATE_ELSEWHERE)
			continue;
		work = true;
		*cure = sooner(g, *cure,
		    truth_release_row(&g->t, g->t.first[c.v[i].commit]));
	}
	for (i = 0; i < t->releases.n && !work && !here; i++) {
		at = truth_release(&g->t, t->releases.v[i]);
		here = is_past(g, at);
		*cure = sooner(g, *cure, at);
	}
	*missing = !here && (work || *cure >= 0);
	claim_release(&c);
	return rc;
}

static bool
known_visit(const struct ticket *t, void *arg)
{
	struct known *k = arg;
	struct gen *g = k->g;
	struct notes_section *s = &g->n->sections[SECTION_KNOWN_ISSUES];
	bool missing = true;
	int cure = -1;

	if (strcmp(t->type, "bug") != 0 || t->no_note || !is_found_here(g, t) ||
	    gen_is_listed(g, &t->key))
		return true;
	if (t->category == CATEGORY_DONE && gen_built_nothing(t))
		return true;
	if (t->category == CATEGORY_DONE)
		k->rc = find_cure(g, t, &missing, &cure, k->err);
	if (k->rc == RC_OK && missing) {
		k->rc = gen_add_entry(g, SECTION_KNOWN_ISSUES, t, NULL, k->err);
		if (cure >= 0)
			s->entries[s->n - 1].resolved_in =
			    mem_strdup(g->t.releases.v[cure].version);
	}
	return k->rc == RC_OK;
}

enum rc
gen_list_known(struct gen *g, struct err *err)
{
	struct known k = { .g = g, .rc = RC_OK, .err = err };
	struct filter f = { .op = FILTER_FIELD,
		.field = FF_LABEL,
		.cmp = FILTER_EQ };
	struct ticket_query q = { .filter = &f, .detail = TICKET_FULL };
	enum rc rc;

	/* A build's notes tell what is new in it alone. */
	if (g->p.since_build)
		return RC_OK;
	strv_push(&f.values, LABEL);
	rc = store_ticket_each(g->app->store, &q, known_visit, &k, err);
	strv_release(&f.values);
	return rc != RC_OK && rc != RC_STOPPED ? rc : k.rc;
}
