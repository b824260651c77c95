/* Notes by build. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "gen.h"

struct tip {
	uint32_t commit; /* number, 0: unknown */
	size_t build;    /* index in plan.builds */
	uint8_t *has;    /* reachable from it, by number */
};

/* The first build that has all commits of an entry. */
static enum rc
entry_build(struct gen *g, struct notes_entry *e, const struct tip *tips,
    struct err *err)
{
	size_t first = 0, i;
	uint32_t id;
	enum rc rc;

	for (i = 0; i < e->n_commits; i++) {
		rc = store_history_find(g->app->store, &e->commits[i], &id,
		    err);
		if (rc != RC_OK)
			return rc;
		while (first < g->p.builds.n && tips[first].has[id] == 0)
			first++;
	}
	if (e->n_commits > 0 && first < g->p.builds.n)
		mem_replace(&e->build, g->p.builds.v[tips[first].build].number);
	return RC_OK;
}

static void
copy_entry(struct notes_section *to, const struct notes_entry *e)
{
	struct notes_entry *c = notes_entry_add(to);

	*c = *e;
	c->type = mem_strdup(e->type);
	c->summary = mem_strdup(e->summary);
	c->note = mem_strdup(e->note);
	c->description = mem_strdup(e->description);
	c->resolution = mem_strdup(e->resolution);
	c->resolved_in = mem_strdup(e->resolved_in);
	c->build = mem_strdup(e->build);
	c->commits = e->n_commits == 0
	    ? NULL
	    : mem_dup(e->commits, e->n_commits * sizeof *e->commits);
	c->authors = c->also_in = c->labels = (struct strv)STRV_INIT;
	strv_copy(&c->authors, &e->authors);
	strv_copy(&c->also_in, &e->also_in);
	strv_copy(&c->labels, &e->labels);
}

/* As history has them, whatever the order in which they were recorded. */
static int
oldest_first(const void *x, const void *y)
{
	const struct tip *a = x, *b = y;

	if (a->commit != b->commit)
		return a->commit < b->commit ? -1 : 1;
	return (a->build > b->build) - (a->build < b->build);
}

static void
add_build(struct notes *n, const struct build *b)
{
	struct notes_build *nb = &n->builds[n->n_builds++];
	size_t s;

	*nb = (struct notes_build){ .time = DATE_NONE };
	if (b != NULL) {
		nb->number = mem_strdup(b->number);
		nb->commit = b->commit;
		nb->time = b->time;
	}
	for (s = 0; s < SECTION_N; s++)
		nb->sections[s].id = (enum notes_section_id)s;
}

/* Into the build that has it first; else into one without a number, last. */
static void
place_entry(struct notes *n, size_t builds, const struct notes_entry *e,
    enum notes_section_id section)
{
	size_t i;

	for (i = 0; i < builds; i++)
		if (e->build != NULL &&
		    strcmp(n->builds[i].number, e->build) == 0)
			break;
	if (i == builds && n->n_builds == builds)
		add_build(n, NULL);
	copy_entry(&n->builds[i].sections[section], e);
}

enum rc
gen_builds(struct gen *g, struct err *err)
{
	size_t count = g->p.builds.n, i, s, k;
	struct tip *tips = mem_calloc(count + 1, sizeof *tips);
	struct notes *n = g->n;
	enum rc rc = RC_OK;

	n->builds = mem_calloc(count + 2, sizeof *n->builds);
	for (i = 0; i < count && rc == RC_OK; i++) {
		tips[i].build = i;
		if (!oid_is_none(&g->p.builds.v[i].commit))
			rc = store_history_find(g->app->store,
			    &g->p.builds.v[i].commit, &tips[i].commit, err);
	}
	qsort(tips, count, sizeof *tips, oldest_first);
	for (i = 0; i < count; i++) {
		tips[i].has = graph_set(&g->t.graph);
		graph_paint(&g->t.graph, tips[i].commit, 1, tips[i].has);
		add_build(n, &g->p.builds.v[tips[i].build]);
	}
	for (s = 0; s < SECTION_N && rc == RC_OK; s++) {
		for (k = 0; k < n->sections[s].n && rc == RC_OK; k++) {
			rc = entry_build(g, &n->sections[s].entries[k], tips,
			    err);
			if (rc == RC_OK && count > 0)
				place_entry(n, count,
				    &n->sections[s].entries[k],
				    (enum notes_section_id)s);
		}
	}
	if (rc == RC_OK && count == 0)
		notes_warn(n, NOTES_WARN_NO_BUILD, "", NULL,
		    "no build of this release is recorded (run: notes build "
		    "add)");
	for (i = 0; i < count; i++)
		free(tips[i].has);
	free(tips);
	return rc;
}
