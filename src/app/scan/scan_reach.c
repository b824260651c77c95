#include "scan_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "message/version.h"
#include "store/release.h"

static int
by_version(const void *x, const void *y)
{
	const struct release *a = x, *b = y;

	return version_compare(a->version, b->version);
}

/*
 * A release counts as the first of a commit in the order of versions, as
 * "git tag --contains --sort=version:refname" has it.
 */
enum rc
scan_releases(struct app *a, struct scan_releases *out, struct err *err)
{
	struct release_list list = { 0 };
	enum rc rc;
	size_t i;

	*out = (struct scan_releases){ 0 };
	if ((rc = store_releases(a->store, &list, err)) != RC_OK)
		return rc;
	if (list.n > 0)
		qsort(list.v, list.n, sizeof *list.v, by_version);
	out->oids = mem_calloc(list.n + 1, sizeof *out->oids);
	out->ids = mem_calloc(list.n + 1, sizeof *out->ids);
	for (i = 0; i < list.n; i++) {
		const struct release *r = &list.v[i];

		if (oid_is_none(&r->commit) ||
		    (r->state != RELEASE_RELEASED &&
			r->state != RELEASE_YANKED))
			continue;
		out->oids[out->n] = r->commit;
		out->ids[out->n++] = r->id;
	}
	release_list_release(&list);
	return RC_OK;
}

void
scan_releases_release(struct scan_releases *r)
{
	free(r->oids);
	free(r->ids);
	*r = (struct scan_releases){ 0 };
}

void
scan_reach_release(struct scan_reach *r)
{
	free(r->landed);
	free(r->lost.ids);
	free(r->left_line.ids);
	*r = (struct scan_reach){ 0 };
}

static void
landed_push(struct scan_reach *r, uint32_t id)
{
	r->landed = mem_grow(r->landed, &r->cap_landed, r->n_landed + 1,
	    sizeof *r->landed);
	r->landed[r->n_landed++] = id;
}

/* Numbers 1 to n in the batch's order; commits are not in the store yet. */
static void
batch_graph(const struct scan_batch *b, struct graph *g, uint32_t *number)
{
	uint32_t *parents = NULL, p;
	size_t i, k, n, cap = 0;

	for (i = 0; i < b->n; i++) {
		const struct scan_commit *sc = &b->v[b->order[i]];

		parents = mem_grow(parents, &cap, sc->n_parents + 1,
		    sizeof *parents);
		for (k = 0, n = 0; k < sc->n_parents; k++)
			if (oid_map_get(&b->index, &b->parents[sc->parent + k],
				&p))
				parents[n++] = number[p];
		number[b->order[i]] = graph_add(g, parents, n);
	}
	free(parents);
}

static void
label_batch(struct scan_batch *b, const struct graph *g, const uint32_t *number,
    const struct scan_releases *rel)
{
	uint32_t *tips = mem_calloc(rel->n + 1, sizeof *tips), at;
	uint32_t *label = mem_calloc((size_t)g->n + 1, sizeof *label);
	size_t i;

	for (i = 0; i < rel->n; i++)
		if (oid_map_get(&b->index, &rel->oids[i], &at))
			tips[i] = number[at];
	graph_label(g, tips, rel->n, label);
	for (i = 0; i < b->n; i++)
		if (label[number[i]] != 0)
			b->v[i].release = rel->ids[label[number[i]] - 1];
	free(tips);
	free(label);
}

/* Everything is in the batch: one painting, before anything is written. */
static enum rc
prepare_fresh(struct app *a, struct scan_batch *b, const struct scan_tips *t,
    struct err *err)
{
	struct scan_releases rel = { 0 };
	struct graph g = { 0 };
	uint32_t *number, at;
	uint8_t *set;
	enum rc rc;
	size_t i;

	if ((rc = scan_releases(a, &rel, err)) != RC_OK)
		return rc;
	number = mem_calloc(b->n + 1, sizeof *number);
	batch_graph(b, &g, number);
	set = graph_set(&g);
	for (i = 0; i < t->n_mainline; i++)
		if (oid_map_get(&b->index, &t->mainline[i], &at))
			graph_paint(&g, number[at], 1, set);
	for (i = 0; i < b->n; i++)
		if (set[number[i]] != 0)
			b->v[i].flags |= HISTORY_MAINLINE;
	label_batch(b, &g, number, &rel);
	free(set);
	free(number);
	graph_release(&g);
	scan_releases_release(&rel);
	return RC_OK;
}

static bool
note_flags(const struct history_commit *c, void *arg)
{
	*(unsigned *)arg = c->flags;
	return true;
}

enum rc
scan_reach_known(struct app *a, const struct oid *oid, bool *on,
    struct err *err)
{
	unsigned flags = 0;
	uint32_t id;
	enum rc rc;

	*on = false;
	if ((rc = store_history_find(a->store, oid, &id, err)) != RC_OK ||
	    id == 0)
		return rc;
	rc = store_history_commits(a->store, &id, 1, note_flags, &flags, err);
	*on = (flags & HISTORY_MAINLINE) != 0;
	return rc;
}

/*
 * New commits below a mainline tip are followed inside the batch; where that
 * leads to a known commit that is not on the mainline yet, the graph must
 * tell.
 */
static enum rc
prepare_few(struct app *a, struct scan_batch *b, const struct scan_tips *t,
    struct scan_reach *r, struct err *err)
{
	struct oid *stack = NULL, at;
	size_t i, k, n = 0, cap = 0;
	enum rc rc = RC_OK;
	uint32_t index;
	bool on;

	for (i = 0; i < t->n_mainline; i++) {
		stack = mem_grow(stack, &cap, n + 1, sizeof *stack);
		stack[n++] = t->mainline[i];
	}
	while (n > 0 && !r->general) {
		at = stack[--n];
		if (!oid_map_get(&b->index, &at, &index)) {
			rc = scan_reach_known(a, &at, &on, err);
			if (rc != RC_OK)
				break;
			r->general = !on;
			continue;
		}
		if (b->v[index].flags & HISTORY_MAINLINE)
			continue;
		b->v[index].flags |= HISTORY_MAINLINE;
		for (k = 0; k < b->v[index].n_parents; k++) {
			stack = mem_grow(stack, &cap, n + 1, sizeof *stack);
			stack[n++] = b->parents[b->v[index].parent + k];
		}
	}
	free(stack);
	return rc;
}

/* The tips of the mainline as the last scan saw them; the caller frees *v. */
static enum rc
old_mainline(struct app *a, struct oid **v, size_t *n, struct err *err)
{
	char *text = NULL, *p;
	size_t len, cap = 0;
	enum rc rc;

	*v = NULL;
	*n = 0;
	rc = store_local_get(a->store, "scan.mainline", &text, err);
	for (p = text; rc == RC_OK && p != NULL && *p != '\0'; p += len) {
		p += strspn(p, " ");
		len = strcspn(p, " ");
		*v = mem_grow(*v, &cap, *n + 1, sizeof **v);
		if (oid_from_hex(&(*v)[*n], p, len))
			++*n;
	}
	free(text);
	return rc;
}

static void
hold(struct oid_map *held, const struct oid *v, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		oid_map_add(held, &v[i], 1);
}

static void
hold_parents(struct oid_map *held, const struct scan_batch *b, unsigned mask)
{
	size_t i;

	for (i = 0; i < b->n; i++)
		if ((b->v[i].flags & mask) == mask)
			hold(held, b->parents + b->v[i].parent,
			    b->v[i].n_parents);
}

static enum rc
find_lost(struct app *a, const struct scan_batch *b, const struct scan_tips *t,
    struct scan_reach *r, struct err *err)
{
	struct oid_map held = { 0 }, line = { 0 };
	struct oid *old = NULL;
	bool exact = true;
	size_t n = 0;
	enum rc rc = RC_OK;

	if (r->rewound) {
		hold(&held, t->all, t->n_all);
		hold_parents(&held, b, 0);
		rc = scan_lost_find(a, r->moved, r->n_moved, &held, 0, &r->lost,
		    &exact, err);
	}
	if (rc == RC_OK && exact &&
	    (rc = old_mainline(a, &old, &n, err)) == RC_OK) {
		hold(&line, t->mainline, t->n_mainline);
		hold_parents(&line, b, HISTORY_MAINLINE);
		rc = scan_lost_find(a, old, n, &line, HISTORY_MAINLINE,
		    &r->left_line, &exact, err);
	}
	r->general = !exact;
	free(old);
	oid_map_release(&held);
	oid_map_release(&line);
	return rc;
}

/* What find_lost() found, once all is written. */
static enum rc
drop_lost(struct app *a, struct scan_reach *r, struct err *err)
{
	unsigned flags = 0;
	enum rc rc = RC_OK;
	uint32_t id;
	size_t i;

	for (i = 0; i < r->left_line.n && rc == RC_OK; i++) {
		id = r->left_line.ids[i];
		if (scan_lost_has(&r->lost, id))
			continue;
		rc = store_history_commits(a->store, &id, 1, note_flags, &flags,
		    err);
		if (rc == RC_OK)
			rc = store_history_set_flags(a->store, id,
			    flags & ~(unsigned)HISTORY_MAINLINE, err);
		r->left++;
	}
	if (rc == RC_OK && r->lost.n > 0)
		rc = store_history_remove(a->store, r->lost.ids, r->lost.n,
		    err);
	r->removed = (int64_t)r->lost.n;
	return rc;
}

enum rc
scan_reach_prepare(struct app *a, struct scan_batch *b,
    const struct scan_tips *t, struct scan_reach *r, struct err *err)
{
	enum rc rc;

	r->by_head = t->by_head;
	if (b->fresh) {
		r->rewound = false;
		r->relabel = false;
		return prepare_fresh(a, b, t, err);
	}
	r->general = r->relabel;
	if ((rc = prepare_few(a, b, t, r, err)) != RC_OK || r->general)
		return rc;
	return find_lost(a, b, t, r, err);
}

/* The whole history as the store has it. */
struct whole {
	struct graph g;
	uint16_t *flags;
	int64_t *releases;
};

static enum rc
number_of(struct app *a, const struct oid *oid, uint32_t *id, struct err *err)
{
	return store_history_find(a->store, oid, id, err);
}

static enum rc
paint_tips(struct app *a, const struct graph *g, const struct oid *tips,
    size_t n, uint8_t *set, struct err *err)
{
	enum rc rc = RC_OK;
	uint32_t id;
	size_t i;

	for (i = 0; i < n && rc == RC_OK; i++)
		if ((rc = number_of(a, &tips[i], &id, err)) == RC_OK && id > 0)
			graph_paint(g, id, 1, set);
	return rc;
}

static enum rc
drop_unreached(struct app *a, struct whole *w, const struct scan_tips *t,
    struct scan_reach *r, struct err *err)
{
	uint8_t *set = graph_set(&w->g);
	uint32_t *gone, id;
	size_t n = 0;
	enum rc rc;

	gone = mem_calloc((size_t)w->g.n + 1, sizeof *gone);
	rc = paint_tips(a, &w->g, t->all, t->n_all, set, err);
	for (id = 1; rc == RC_OK && id <= w->g.n; id++) {
		if (!w->g.present[id] || set[id] != 0)
			continue;
		graph_remove(&w->g, id);
		gone[n++] = id;
	}
	if (rc == RC_OK && n > 0)
		rc = store_history_remove(a->store, gone, n, err);
	r->removed = (int64_t)n;
	free(gone);
	free(set);
	return rc;
}

static enum rc
update_mainline(struct app *a, struct whole *w, const struct scan_tips *t,
    struct scan_reach *r, struct err *err)
{
	uint8_t *set = graph_set(&w->g);
	unsigned flags;
	uint32_t id;
	enum rc rc;

	rc = paint_tips(a, &w->g, t->mainline, t->n_mainline, set, err);
	for (id = 1; rc == RC_OK && id <= w->g.n; id++) {
		flags = w->flags[id];
		if (!w->g.present[id] ||
		    (set[id] != 0) == ((flags & HISTORY_MAINLINE) != 0))
			continue;
		flags ^= HISTORY_MAINLINE;
		if (set[id] != 0)
			landed_push(r, id);
		else
			r->left++;
		rc = store_history_set_flags(a->store, id, flags, err);
	}
	free(set);
	return rc;
}

static enum rc
update_labels(struct app *a, struct whole *w, struct err *err)
{
	uint32_t *label = mem_calloc((size_t)w->g.n + 1, sizeof *label);
	struct scan_releases rel = { 0 };
	uint32_t *tips = NULL, id;
	int64_t want;
	enum rc rc;
	size_t i;

	if ((rc = scan_releases(a, &rel, err)) != RC_OK)
		goto out;
	tips = mem_calloc(rel.n + 1, sizeof *tips);
	for (i = 0; i < rel.n && rc == RC_OK; i++)
		rc = number_of(a, &rel.oids[i], &tips[i], err);
	if (rc != RC_OK)
		goto out;
	graph_label(&w->g, tips, rel.n, label);
	for (id = 1; rc == RC_OK && id <= w->g.n; id++) {
		if (!w->g.present[id])
			continue;
		want = label[id] == 0 ? 0 : rel.ids[label[id] - 1];
		if (want != w->releases[id])
			rc = store_history_set_release(a->store, id, want, err);
	}
out:
	scan_releases_release(&rel);
	free(tips);
	free(label);
	return rc;
}

/* What the batch itself brought onto the mainline. */
static void
landed_from_batch(const struct scan_batch *b, struct scan_reach *r)
{
	size_t i;

	for (i = 0; i < b->n; i++)
		if (b->v[i].message_len > 0 &&
		    (b->v[i].flags & HISTORY_MAINLINE))
			landed_push(r, b->v[i].id);
}

enum rc
scan_reach_finish(struct app *a, const struct scan_batch *b,
    const struct scan_tips *t, struct scan_reach *r, struct err *err)
{
	struct whole w = { 0 };
	enum rc rc;

	landed_from_batch(b, r);
	if (!r->general)
		return drop_lost(a, r, err);
	rc = store_history_graph(a->store, &w.g, NULL, &w.flags, &w.releases,
	    err);
	if (rc == RC_OK && r->rewound)
		rc = drop_unreached(a, &w, t, r, err);
	if (rc == RC_OK)
		rc = update_mainline(a, &w, t, r, err);
	if (rc == RC_OK)
		rc = update_labels(a, &w, err);
	graph_release(&w.g);
	free(w.flags);
	free(w.releases);
	return rc;
}
