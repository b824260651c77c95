#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "gen.h"
#include "message/version.h"

static bool
row_visit(const struct history_commit *c, void *arg)
{
	struct gen_row *row = arg;

	row->oid = c->oid;
	row->time = c->time;
	free(row->author);
	free(row->subject);
	row->author = mem_strdup(c->author);
	row->subject = mem_strdup(c->subject);
	return true;
}

enum rc
gen_row_load(struct gen *g, uint32_t id, struct gen_row *row, struct err *err)
{
	return store_history_commits(g->app->store, &id, 1, row_visit, row,
	    err);
}

void
gen_row_release(struct gen_row *row)
{
	free(row->author);
	free(row->subject);
}

void
gen_person_push(struct strv *people, const char *author)
{
	const char *mail = strstr(author, " <");
	size_t len = mail == NULL ? strlen(author) : (size_t)(mail - author);
	char *name = mem_strndup(author, len);

	if (len > 0 && !strv_has(people, name))
		strv_push(people, name);
	free(name);
}

/* Commits of an entry, newest first by time: numbers depend on when they were
 * scanned, times do not. */
struct dated {
	struct oid oid;
	int64_t time;
};

static int
newest_first(const void *x, const void *y)
{
	const struct dated *a = x, *b = y;

	if (a->time != b->time)
		return a->time > b->time ? -1 : 1;
	return oid_compare(&a->oid, &b->oid);
}

static enum rc
entry_commits(struct gen *g, const struct claim *c, struct notes_entry *e,
    struct err *err)
{
	struct dated *v = mem_calloc(c->n + 1, sizeof *v);
	struct gen_row row = { .time = 0 };
	enum rc rc = RC_OK;
	size_t i, n = 0;

	for (i = 0; i < c->n && rc == RC_OK; i++) {
		if (c->v[i].fate != FATE_COUNTS)
			continue;
		rc = gen_row_load(g, c->v[i].commit, &row, err);
		v[n++] = (struct dated){ row.oid, row.time };
		if (row.author != NULL)
			gen_person_push(&e->authors, row.author);
		e->breaking |= (g->t.flags[c->v[i].commit] &
				   HISTORY_BREAKING) != 0;
	}
	qsort(v, n, sizeof *v, newest_first);
	e->commits = mem_calloc(n + 1, sizeof *e->commits);
	for (i = 0; i < n; i++)
		e->commits[e->n_commits++] = v[i].oid;
	strv_sort(&e->authors);
	gen_row_release(&row);
	free(v);
	return rc;
}

struct elsewhere {
	struct gen *g;
	int *v; /* releases, by index */
	size_t n, cap;
};

static bool
is_elsewhere(const struct gen *g, uint32_t commit, int at)
{
	const struct truth *t = &g->t;

	if (at < 0 || at == g->p.release)
		return false;
	/* Merged in from another line, which had released it before. */
	if (g->r.reach[commit])
		return (g->r.in[commit] & IN_RANGE) && g->o->from == NULL &&
		    !version_is_prerelease(t->releases.v[at].version);
	/* A release that has all of this range tells nothing of another. */
	return g->r.to == 0 ||
	    !graph_is_ancestor(&t->graph, g->r.to, t->tips[at]);
}

/* Releases of other lines that have a commit of the ticket. */
static bool
elsewhere_visit(const struct history_link *l, void *arg)
{
	struct elsewhere *x = arg;
	const struct truth *t = &x->g->t;
	size_t i;
	int at;

	if (l->role < LINK_CLAIMS || l->commit == 0)
		return true;
	at = truth_release_row(t, t->first[l->commit]);
	if (!is_elsewhere(x->g, l->commit, at) ||
	    !truth_stands(t, l->commit, t->tips[at]))
		return true;
	for (i = 0; i < x->n; i++)
		if (x->v[i] == at)
			return true;
	x->v = mem_grow(x->v, &x->cap, x->n + 1, sizeof *x->v);
	x->v[x->n++] = at;
	return true;
}

static int
by_index(const void *x, const void *y)
{
	const int a = *(const int *)x, b = *(const int *)y;

	return (a > b) - (a < b);
}

/* By version, the first one of each line: the later ones have it as well. */
static void
put_elsewhere(struct elsewhere *x, struct strv *out)
{
	const struct truth *t = &x->g->t;
	size_t i, k;

	if (x->n > 0)
		qsort(x->v, x->n, sizeof *x->v, by_index);
	for (i = 0; i < x->n; i++) {
		for (k = 0; k < x->n; k++)
			if (k != i && t->tips[x->v[k]] != t->tips[x->v[i]] &&
			    graph_is_ancestor(&t->graph, t->tips[x->v[k]],
				t->tips[x->v[i]]))
				break;
		if (k == x->n)
			strv_push(out, t->releases.v[x->v[i]].version);
	}
}

static void
entry_fill(struct notes_entry *e, const struct ticket *t)
{
	ticket_key_format(&t->key, e->key);
	e->type = mem_strdup(t->type);
	e->summary = mem_strdup(t->summary);
	e->note = t->note != NULL && t->note[0] != '\0' ? mem_strdup(t->note)
							: NULL;
	e->description = mem_strdup(t->description);
	e->resolution = mem_strdup(t->resolution);
	strv_copy(&e->labels, &t->labels);
	e->breaking |= strv_has(&t->labels, "breaking");
}

enum rc
gen_add_entry(struct gen *g, enum notes_section_id section,
    const struct ticket *t, const struct claim *c, struct err *err)
{
	struct notes_entry *e = notes_entry_add(&g->n->sections[section]);
	struct elsewhere x = { .g = g };
	enum rc rc;

	entry_fill(e, t);
	if (c == NULL)
		return RC_OK;
	rc = entry_commits(g, c, e, err);
	if (rc == RC_OK)
		rc = store_history_links(g->app->store, 0, &t->key,
		    elsewhere_visit, &x, err);
	put_elsewhere(&x, &e->also_in);
	free(x.v);
	return rc;
}

void
gen_skip(struct gen *g, const struct ticket *t)
{
	struct notes_entry *e;

	if (t->category != CATEGORY_DONE || gen_built_nothing(t))
		return;
	e = notes_entry_add(&g->n->skipped);
	ticket_key_format(&t->key, e->key);
	e->type = mem_strdup(t->type);
	e->summary = mem_strdup(t->summary);
}

/* A resolution under which nothing was built. */
bool
gen_built_nothing(const struct ticket *t)
{
	static const char *const words[] = { "wontfix", "duplicate", "invalid",
		"worksforme" };
	size_t i;

	for (i = 0; i < sizeof words / sizeof words[0]; i++)
		if (t->resolution != NULL &&
		    strcmp(t->resolution, words[i]) == 0)
			return true;
	return false;
}

enum rc
gen_oid_of(struct gen *g, uint32_t id, struct oid *out, struct err *err)
{
	struct gen_row row = { .time = 0 };
	enum rc rc = RC_OK;

	if (id != 0)
		rc = gen_row_load(g, id, &row, err);
	*out = row.oid;
	gen_row_release(&row);
	return rc;
}
