#include "truth.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "message/version.h"
#include "store/release.h"

static bool
tie_visit(const struct history_tie_row *row, void *arg)
{
	struct truth *t = arg;

	t->ties = mem_grow(t->ties, &t->cap_ties, t->n_ties + 1,
	    sizeof *t->ties);
	t->ties[t->n_ties++] = *row;
	return true;
}

static int
ties_descending(const void *x, const void *y)
{
	const struct history_tie_row *a = x, *b = y;

	if (a->commit != b->commit)
		return a->commit > b->commit ? -1 : 1;
	return (a->target < b->target) - (a->target > b->target);
}

static int
by_version(const void *x, const void *y)
{
	const struct release *a = x, *b = y;

	return version_compare(a->version, b->version);
}

enum rc
truth_open(struct app *a, struct truth *t, struct err *err)
{
	enum rc rc;
	size_t i;

	*t = (struct truth){ .app = a };
	if ((rc = store_history_graph(a->store, &t->graph, &t->times, &t->flags,
		 &t->first, err)) != RC_OK ||
	    (rc = store_history_ties(a->store, tie_visit, t, err)) != RC_OK ||
	    (rc = store_releases(a->store, &t->releases, err)) != RC_OK)
		goto fail;
	if (t->n_ties > 0)
		qsort(t->ties, t->n_ties, sizeof *t->ties, ties_descending);
	if (t->releases.n > 0)
		qsort(t->releases.v, t->releases.n, sizeof *t->releases.v,
		    by_version);
	t->tips = mem_calloc(t->releases.n + 1, sizeof *t->tips);
	for (i = 0; i < t->releases.n && rc == RC_OK; i++)
		if (!oid_is_none(&t->releases.v[i].commit))
			rc = store_history_find(a->store,
			    &t->releases.v[i].commit, &t->tips[i], err);
	if (rc == RC_OK)
		return RC_OK;
fail:
	truth_close(t);
	return rc;
}

void
truth_close(struct truth *t)
{
	graph_release(&t->graph);
	free(t->times);
	free(t->flags);
	free(t->first);
	free(t->ties);
	free(t->tips);
	release_list_release(&t->releases);
	*t = (struct truth){ 0 };
}

int
truth_release(const struct truth *t, const char *version)
{
	size_t i;

	for (i = 0; i < t->releases.n; i++)
		if (strcmp(t->releases.v[i].version, version) == 0)
			return (int)i;
	return -1;
}

int
truth_release_row(const struct truth *t, int64_t row)
{
	size_t i;

	for (i = 0; row != 0 && i < t->releases.n; i++)
		if (t->releases.v[i].id == row)
			return (int)i;
	return -1;
}

static bool
is_published(const struct release *r)
{
	return r->state == RELEASE_RELEASED || r->state == RELEASE_YANKED;
}

/*
 * Candidates come by version; the newest number wins among those that none
 * descends from.  A candidate that is an ancestor of another has a smaller
 * number, so going downwards by number one pass with a painted set finds the
 * tips of the published past.
 */
int
truth_previous(const struct truth *t, int self, uint32_t to, bool final)
{
	uint8_t *reach = graph_set(&t->graph), *past = graph_set(&t->graph);
	int best = -1, i, n = (int)t->releases.n;
	uint32_t top, limit = UINT32_MAX;

	graph_paint(&t->graph, to, 1, reach);
	for (;;) {
		int at = -1;

		for (i = 0, top = 0; i < n; i++) {
			const struct release *r = &t->releases.v[i];

			if (i == self || t->tips[i] == 0 || t->tips[i] == to ||
			    t->tips[i] >= limit || !is_published(r) ||
			    reach[t->tips[i]] == 0 ||
			    (final && version_is_prerelease(r->version)))
				continue;
			if (t->tips[i] >= top) {
				top = t->tips[i];
				at = i;
			}
		}
		if (at < 0)
			break;
		limit = top;
		if (past[top] != 0)
			continue;
		graph_paint(&t->graph, top, 1, past);
		/* Of several lines that were merged, the highest version that
		 * is below our own leads here. */
		if (best < 0 || (self >= 0 && best > self && at < best) ||
		    ((self < 0 || at < self) && at > best))
			best = at;
	}
	free(reach);
	free(past);
	return best;
}
