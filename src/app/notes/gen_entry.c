#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "gen.h"

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
	struct strv *out;
};

/* Releases of other lines that have a commit of the ticket. */
static bool
elsewhere_visit(const struct history_link *l, void *arg)
{
	struct elsewhere *x = arg;
	int at;

	if (l->role < LINK_CLAIMS || l->commit == 0 || x->g->r.reach[l->commit])
		return true;
	at = truth_release_row(&x->g->t, x->g->t.first[l->commit]);
	if (at < 0 || at == x->g->p.release)
		return true;
	/* A release that has all of this range tells nothing of another line. */
	if (x->g->r.to != 0 &&
	    graph_is_ancestor(&x->g->t.graph, x->g->r.to, x->g->t.tips[at]))
		return true;
	if (!strv_has(x->out, x->g->t.releases.v[at].version))
		strv_push(x->out, x->g->t.releases.v[at].version);
	return true;
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

/* By version: the order of links is that of scanning. */
static void
sort_versions(const struct truth *t, struct strv *versions)
{
	size_t i, k;
	char *v;

	for (i = 1; i < versions->n; i++) {
		v = versions->v[i];
		for (k = i; k > 0 &&
		     truth_release(t, versions->v[k - 1]) > truth_release(t, v);
		     k--)
			versions->v[k] = versions->v[k - 1];
		versions->v[k] = v;
	}
}

enum rc
gen_add_entry(struct gen *g, enum notes_section_id section,
    const struct ticket *t, const struct claim *c, struct err *err)
{
	struct notes_entry *e = notes_entry_add(&g->n->sections[section]);
	struct elsewhere x = { .g = g, .out = &e->also_in };
	enum rc rc;

	entry_fill(e, t);
	if (c == NULL)
		return RC_OK;
	rc = entry_commits(g, c, e, err);
	if (rc == RC_OK)
		rc = store_history_links(g->app->store, 0, &t->key,
		    elsewhere_visit, &x, err);
	sort_versions(&g->t, &e->also_in);
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
