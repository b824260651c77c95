#include "app/generate.h"

#include <string.h>

#include "app/scan.h"
#include "gen.h"

static enum rc
make(struct gen *g, struct err *err)
{
	enum rc rc;

	if ((rc = truth_open(g->app, &g->t, err)) != RC_OK ||
	    (rc = range_plan_make(&g->t, g->o, &g->p, err)) != RC_OK ||
	    (rc = range_open(&g->t, g->p.from, g->p.to, &g->r, err)) != RC_OK ||
	    (rc = gen_upgrade_open(g, err)) != RC_OK ||
	    (rc = gen_head(g, err)) != RC_OK ||
	    (rc = claims_load(&g->t, &g->r, &g->claims, err)) != RC_OK ||
	    (rc = gen_list_claims(g, err)) != RC_OK ||
	    (rc = gen_list_unlinked(g, err)) != RC_OK ||
	    (rc = gen_list_by_hand(g, err)) != RC_OK ||
	    (rc = gen_list_reverted(g, err)) != RC_OK ||
	    (rc = gen_list_related(g, err)) != RC_OK ||
	    (rc = gen_list_known(g, err)) != RC_OK ||
	    (rc = gen_list_people(g, err)) != RC_OK)
		return rc;
	notes_sort(g->n);
	return g->o->by_build ? gen_builds(g, err) : RC_OK;
}

enum rc
app_commits_check(const char *value, struct err *err)
{
	if (strcmp(value, "conventional") == 0 || strcmp(value, "tickets") == 0)
		return RC_OK;
	return err_set(err, RC_INVALID,
	    "commits can be conventional or tickets, not \"%s\"", value);
}

enum rc
app_generate(struct app *a, const struct generate_options *o, struct notes *out,
    struct err *err)
{
	struct gen g = { .app = a, .o = o, .n = out };
	struct scan_result scanned = { 0 };
	const char *commits = o->commits;
	enum rc rc = RC_OK;

	notes_init(out);
	if (commits == NULL)
		commits = app_config(a, "commits");
	if (commits != NULL && (rc = app_commits_check(commits, err)) != RC_OK)
		return o->commits != NULL ? RC_USAGE : rc;
	g.conventional = commits != NULL &&
	    strcmp(commits, "conventional") == 0;
	/* Reading only: the notes are of what was scanned before. */
	if (a->vcs != NULL && !a->readonly)
		rc = app_scan(a, false, &scanned, err);
	scan_result_release(&scanned);
	if (rc == RC_OK && (rc = store_read_begin(a->store, err)) == RC_OK) {
		rc = make(&g, err);
		store_read_end(a->store);
	}
	claims_release(&g.claims);
	gen_upgrade_close(&g);
	range_close(&g.r);
	range_plan_release(&g.p);
	truth_close(&g.t);
	if (rc != RC_OK)
		notes_release(out);
	return rc;
}
