#include "app/generate.h"

#include <string.h>

#include "app/scan.h"
#include "gen.h"

enum rc
gen_make(struct gen *g, struct err *err)
{
	enum rc rc;

	if ((rc = range_plan_make(&g->t, g->o, &g->p, err)) != RC_OK ||
	    (rc = range_open(&g->t, g->p.from, g->p.to, &g->r, err)) != RC_OK ||
	    (rc = gen_upgrade_open(g, err)) != RC_OK ||
	    (rc = gen_head(g, err)) != RC_OK ||
	    (rc = claims_load(&g->t, &g->r, &g->claims, err)) != RC_OK ||
	    (rc = gen_list_claims(g, err)) != RC_OK ||
	    (rc = gen_list_unlinked(g, err)) != RC_OK ||
	    (rc = gen_warn_typos(g, err)) != RC_OK ||
	    (rc = gen_list_reverted(g, err)) != RC_OK ||
	    (rc = gen_list_by_hand(g, err)) != RC_OK ||
	    (rc = gen_list_related(g, err)) != RC_OK ||
	    (rc = gen_list_known(g, err)) != RC_OK ||
	    (rc = gen_list_people(g, err)) != RC_OK)
		return rc;
	notes_sort(g->n);
	return g->o->by_build ? gen_builds(g, err) : RC_OK;
}

void
gen_clear(struct gen *g)
{
	claims_release(&g->claims);
	gen_upgrade_close(g);
	range_close(&g->r);
	range_plan_release(&g->p);
}

enum rc
app_commits_check(const char *value, struct err *err)
{
	if (strcmp(value, "conventional") == 0 || strcmp(value, "tickets") == 0)
		return RC_OK;
	return err_set(err, RC_INVALID,
	    "commits can be conventional or tickets, not \"%s\"", value);
}

/* Settings, then what is new in history, then one consistent view of it. */
static enum rc
begin(struct gen *g, struct err *err)
{
	const char *commits = g->o->commits;
	struct scan_result scanned = { 0 };
	enum rc rc = RC_OK;

	if (commits == NULL)
		commits = app_config(g->app, "commits");
	if (commits != NULL && (rc = app_commits_check(commits, err)) != RC_OK)
		return g->o->commits != NULL ? RC_USAGE : rc;
	g->conventional = commits != NULL &&
	    strcmp(commits, "conventional") == 0;
	/* Reading only: the notes are of what was scanned before. */
	if (g->app->vcs != NULL && !g->app->readonly)
		rc = app_scan(g->app, false, &scanned, err);
	scan_result_release(&scanned);
	return rc;
}

static void
end(struct gen *g)
{
	suggester_close(g->suggester);
	truth_close(&g->t);
}

enum rc
app_generate(struct app *a, const struct generate_options *o, struct notes *out,
    struct err *err)
{
	struct gen g = { .app = a, .o = o, .n = out };
	enum rc rc;

	notes_init(out);
	if ((rc = begin(&g, err)) == RC_OK &&
	    (rc = store_read_begin(a->store, err)) == RC_OK) {
		if ((rc = truth_open(a, &g.t, err)) == RC_OK)
			rc = gen_make(&g, err);
		store_read_end(a->store);
	}
	gen_clear(&g);
	end(&g);
	if (rc != RC_OK)
		notes_release(out);
	return rc;
}

/* A release that was published, and whose commit is part of the history. */
static bool
has_notes(const struct gen *g, size_t i)
{
	const struct release *r = &g->t.releases.v[i];

	return g->t.tips[i] != 0 &&
	    (r->state == RELEASE_RELEASED || r->state == RELEASE_YANKED);
}

enum rc
app_generate_all(struct app *a, const struct generate_options *o,
    bool (*fn)(const struct notes *n, void *arg), void *arg, struct err *err)
{
	struct generate_options one = *o;
	struct gen g = { .app = a, .o = &one };
	struct notes n;
	bool more = true;
	enum rc rc;
	size_t i;

	if ((rc = begin(&g, err)) != RC_OK ||
	    (rc = store_read_begin(a->store, err)) != RC_OK)
		return rc;
	rc = truth_open(a, &g.t, err);
	for (i = g.t.releases.n; i-- > 0 && rc == RC_OK && more;) {
		if (!has_notes(&g, i))
			continue;
		one.version = g.t.releases.v[i].version;
		notes_init(&n);
		g.n = &n;
		if ((rc = gen_make(&g, err)) == RC_OK)
			more = fn(&n, arg);
		notes_release(&n);
		gen_clear(&g);
	}
	store_read_end(a->store);
	end(&g);
	return rc;
}
