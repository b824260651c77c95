/*
 * Upgrade notes, from any release to any other: the range is what the one has
 * and the other lacks, and what the reader has already by another way is left
 * out of it.
 */
#include <stdlib.h>
#include <string.h>

#include "gen.h"

enum rc
gen_upgrade_open(struct gen *g, struct err *err)
{
	struct gen_row row = { .time = 0 };
	uint32_t *ids = NULL;
	size_t i, n;
	enum rc rc;

	if (!g->p.upgrade)
		return RC_OK;
	rc = range_open(&g->t, 0, g->p.from, &g->had, err);
	n = rc == RC_OK ? graph_range(&g->t.graph, g->p.to, g->p.from, &ids)
			: 0;
	for (i = 0; i < n && rc == RC_OK; i++) {
		if (g->had.dead_by[ids[i]] != 0 ||
		    (g->t.flags[ids[i]] & HISTORY_MERGE) ||
		    truth_takes_back(&g->t, ids[i]))
			continue;
		rc = gen_row_load(g, ids[i], &row, err);
		if (rc == RC_OK)
			strv_push(&g->had_subjects, row.subject);
	}
	strv_sort(&g->had_subjects);
	gen_row_release(&row);
	free(ids);
	return rc;
}

void
gen_upgrade_close(struct gen *g)
{
	range_close(&g->had);
	strv_release(&g->had_subjects);
}

/* Fixed by hand in a release that the reader has. */
static bool
had_by_hand(const struct gen *g, const struct ticket *t)
{
	size_t i;
	int at;

	for (i = 0; i < t->releases.n; i++) {
		at = truth_release(&g->t, t->releases.v[i]);
		if (at >= 0 && g->t.tips[at] != 0 &&
		    g->had.reach[g->t.tips[at]] != 0)
			return true;
	}
	return false;
}

enum rc
gen_reader_has(struct gen *g, const struct ticket *t, bool *has,
    struct err *err)
{
	struct claim c = { .n = 0 };
	enum rc rc;

	*has = false;
	if (!g->p.upgrade)
		return RC_OK;
	rc = claim_load(&g->t, &g->had, &t->key, &c, err);
	if (rc == RC_OK)
		*has = claim_holds(&c) ||
		    (c.reverted == 0 && !c.undone && had_by_hand(g, t));
	claim_release(&c);
	return rc;
}

static int
by_text(const void *x, const void *y)
{
	const char *const *a = x, *const *b = y;

	return strcmp(*a, *b);
}

bool
gen_reader_has_subject(const struct gen *g, const char *subject)
{
	return g->had_subjects.n > 0 &&
	    bsearch(&subject, g->had_subjects.v, g->had_subjects.n,
		sizeof *g->had_subjects.v, by_text) != NULL;
}
