#include "truth.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "message/conventional.h"
#include "message/version.h"
#include "store/ticket.h"
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
	    (rc = store_history_no_ticket(a->store, t->flags, t->graph.n,
		 err)) != RC_OK ||
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

size_t
truth_first_tie(const struct truth *t, uint32_t commit)
{
	size_t low = 0, high = t->n_ties, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (t->ties[mid].commit > commit)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

bool
truth_takes_back(const struct truth *t, uint32_t id)
{
	size_t i;

	for (i = truth_first_tie(t, id); i < t->n_ties; i++) {
		if (t->ties[i].commit != id)
			break;
		if (t->ties[i].target != 0 && t->ties[i].kind != TIE_PICKED)
			return true;
	}
	return false;
}

/* A revert of a revert of a revert ...: nobody goes further. */
#define STANDS_DEPTH 16

static bool
stands(const struct truth *t, uint32_t id, uint32_t tip, int depth)
{
	size_t i;

	for (i = 0; i < t->n_ties && depth < STANDS_DEPTH; i++)
		if (t->ties[i].target == id &&
		    (t->ties[i].kind == TIE_REVERTS ||
			t->ties[i].kind == TIE_REAPPLIES) &&
		    graph_is_ancestor(&t->graph, t->ties[i].commit, tip) &&
		    stands(t, t->ties[i].commit, tip, depth + 1))
			return false;
	return true;
}

bool
truth_stands(const struct truth *t, uint32_t id, uint32_t tip)
{
	return stands(t, id, tip, 0);
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

/* A tag may stand this many commits beside the line. */
#define BESIDE_MAX 10

static bool
work_visit(const struct history_commit *c, void *arg)
{
	bool *work = arg;
	struct conventional v;
	const char *type = NULL;

	if (conventional_parse(c->subject, strlen(c->subject), &v) &&
	    !conventional_is_release(&v))
		type = conventional_ticket_type(&v);
	*work = type != NULL &&
	    (strcmp(type, "feature") == 0 || strcmp(type, "bug") == 0 ||
		strcmp(type, "improvement") == 0 ||
		strcmp(type, "security") == 0);
	return true;
}

/* By a ticket, or by its Conventional Commit where there are none. */
static bool
carries_work(const struct truth *t, uint32_t id)
{
	struct err quiet = ERR_INIT;
	bool work = false;

	if (t->flags[id] & HISTORY_LINKED)
		return true;
	(void)store_history_commits(t->app->store, &id, 1, work_visit, &work,
	    &quiet);
	return work;
}

/*
 * Where release tools tag a commit that is never merged back, the tag stands
 * beside the line.  It still is of the line when between the two there are
 * only a few commits, none of which carries work; a maintenance release has its
 * fixes there.  Returns where it left the line, or 0.
 */
static uint32_t
leaves_line(const struct truth *t, uint32_t tip, const uint8_t *reach)
{
	uint32_t id = tip;
	int i;

	for (i = 0; i < BESIDE_MAX && id != 0; i++) {
		if (t->graph.n_parents[id] != 1 || carries_work(t, id))
			return 0;
		id = t->graph.parents[t->graph.first_parent[id]];
		if (reach[id] != 0)
			return id;
	}
	return 0;
}

struct candidate {
	int release;
	uint32_t on_line; /* the tag, or where it left the line */
	uint32_t tip;
};

static int
highest_first(const void *x, const void *y)
{
	const struct candidate *a = x, *b = y;

	if (a->on_line != b->on_line)
		return a->on_line > b->on_line ? -1 : 1;
	/* Of several that left at one place, the higher version. */
	return a->release > b->release ? -1 : a->release < b->release;
}

static size_t
candidates(const struct truth *t, int self, uint32_t to, bool final,
    const uint8_t *reach, struct candidate *out)
{
	size_t i, n = 0;

	for (i = 0; i < t->releases.n; i++) {
		const struct release *r = &t->releases.v[i];
		uint32_t tip = t->tips[i], on_line;

		if ((int)i == self || tip == 0 ||
		    (tip == to && self >= 0 && t->tips[self] != 0 &&
			(int)i > self) ||
		    !is_published(r) ||
		    (final && version_is_prerelease(r->version)))
			continue;
		on_line = reach[tip] != 0 ? tip : leaves_line(t, tip, reach);
		/* What left this line later, or only for a higher version,
		 * came after it. */
		if (on_line == 0 ||
		    (reach[tip] == 0 && self >= 0 && (int)i > self))
			continue;
		out[n++] = (struct candidate){ (int)i, on_line, tip };
	}
	return n;
}

/*
 * Going downwards by number, a candidate that an earlier one descends from is
 * painted already: what is left are the tips of the published past.  Of
 * several lines that were merged, the highest version below our own leads
 * here.
 */
int
truth_previous(const struct truth *t, int self, uint32_t to, bool final)
{
	struct candidate *c = mem_calloc(t->releases.n + 1, sizeof *c);
	uint8_t *reach = graph_set(&t->graph), *past = graph_set(&t->graph);
	int best = -1, at;
	size_t i, n;

	graph_paint(&t->graph, to, 1, reach);
	n = candidates(t, self, to, final, reach, c);
	qsort(c, n, sizeof *c, highest_first);
	for (i = 0; i < n; i++) {
		at = c[i].release;
		if (past[c[i].on_line] != 0)
			continue;
		graph_paint(&t->graph, c[i].on_line, 1, past);
		if (best < 0 || (self >= 0 && best > self && at < best) ||
		    ((self < 0 || at < self) && at > best))
			best = at;
	}
	free(c);
	free(reach);
	free(past);
	return best;
}
