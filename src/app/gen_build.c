/* Notes by build. */
#include <stdlib.h>

#include "base/mem.h"
#include "gen.h"

/* Moves each entry to the first build that has one of its commits. */
static enum rc
entry_build(struct gen *g, struct notes_entry *e, const uint32_t *tips,
    struct err *err)
{
	uint32_t newest = 0, id;
	enum rc rc = RC_OK;
	size_t i;

	for (i = 0; i < e->n_commits && rc == RC_OK; i++) {
		rc = store_history_find(g->app->store, &e->commits[i], &id,
		    err);
		if (id > newest)
			newest = id;
	}
	for (i = 0; rc == RC_OK && i < g->p.builds.n && newest != 0; i++) {
		if (tips[i] == 0 ||
		    !graph_is_ancestor(&g->t.graph, newest, tips[i]))
			continue;
		e->build = mem_strdup(g->p.builds.v[i].number);
		break;
	}
	return rc;
}

enum rc
gen_builds(struct gen *g, struct err *err)
{
	uint32_t *tips = mem_calloc(g->p.builds.n + 1, sizeof *tips);
	struct notes *n = g->n;
	enum rc rc = RC_OK;
	size_t i, s, k;

	n->builds = mem_calloc(g->p.builds.n + 1, sizeof *n->builds);
	for (i = 0; i < g->p.builds.n && rc == RC_OK; i++) {
		const struct build *b = &g->p.builds.v[i];

		n->builds[i] =
		    (struct notes_build){ .number = mem_strdup(b->number),
			    .commit = b->commit,
			    .time = b->time };
		for (s = 0; s < SECTION_N; s++)
			n->builds[i].sections[s].id = (enum notes_section_id)s;
		n->n_builds++;
		if (!oid_is_none(&b->commit))
			rc = store_history_find(g->app->store, &b->commit,
			    &tips[i], err);
	}
	for (s = 0; s < SECTION_N && rc == RC_OK; s++)
		for (k = 0; k < n->sections[s].n && rc == RC_OK; k++)
			rc = entry_build(g, &n->sections[s].entries[k], tips,
			    err);
	if (rc == RC_OK && g->p.builds.n == 0)
		notes_warn(n, NOTES_WARN_NO_BUILD, "", NULL,
		    "no build of this release is recorded (run: notes build "
		    "add)");
	free(tips);
	return rc;
}
