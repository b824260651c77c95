/* The head of the document, and who had a part in it. */
#include <stdlib.h>
#include <string.h>

#include "app/release.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "gen.h"

enum rc
gen_list_people(struct gen *g, struct err *err)
{
	struct gen_row row = { .time = 0 };
	struct strv more = STRV_INIT;
	enum rc rc = RC_OK;
	size_t i, k;

	for (i = 0; i < g->r.n && rc == RC_OK; i++) {
		uint32_t id = g->r.ids[i];

		if (g->r.in[id] & IN_FOREIGN)
			continue;
		if ((rc = gen_row_load(g, id, &row, err)) != RC_OK ||
		    (rc = store_history_coauthors(g->app->store, id, &more,
			 err)) != RC_OK)
			break;
		gen_person_push(&g->n->contributors, row.author);
		for (k = 0; k < more.n; k++)
			gen_person_push(&g->n->contributors, more.v[k]);
		strv_release(&more);
	}
	strv_sort(&g->n->contributors);
	strv_release(&more);
	gen_row_release(&row);
	return rc;
}

/* ---- the head of the document ---- */

static enum rc
commit_time(struct gen *g, uint32_t id, int64_t *time, struct err *err)
{
	struct gen_row row = { .time = DATE_NONE };
	enum rc rc = gen_row_load(g, id, &row, err);

	*time = row.time;
	gen_row_release(&row);
	return rc;
}

/*
 * The day of the release; before there is one, SOURCE_DATE_EPOCH if it is set,
 * else the day of the last commit: never that of the run, so that the same
 * state gives the same bytes.
 */
static enum rc
head_date(struct gen *g, struct err *err)
{
	const struct release *r = g->p.release < 0
	    ? NULL
	    : &g->t.releases.v[g->p.release];

	if (g->p.build >= 0) {
		g->n->date = g->p.builds.v[g->p.build].time;
		return RC_OK;
	}
	if (r == NULL)
		return RC_OK;
	g->n->date = r->released;
	if (g->n->date == DATE_NONE && getenv("SOURCE_DATE_EPOCH") != NULL)
		g->n->date = date_now();
	/* Work for a day that is named and still to come has no date yet. */
	if (g->n->date == DATE_NONE && g->p.to != 0 &&
	    (r->state != RELEASE_PLANNED || r->target == DATE_NONE ||
		r->target < date_now()))
		return commit_time(g, g->p.to, &g->n->date, err);
	return RC_OK;
}

/* The build asked for; else the newest one of the release's own commit; else
 * what the CI says that builds this very commit now. */
static void
head_build(struct gen *g)
{
	struct ci_env ci;
	size_t i;

	if (g->p.build >= 0) {
		g->n->build = mem_strdup(g->p.builds.v[g->p.build].number);
		return;
	}
	for (i = g->p.builds.n; i-- > 0 && g->n->build == NULL;)
		if (g->p.builds.v[i].result != BUILD_FAILED &&
		    oid_equal(&g->p.builds.v[i].commit, &g->p.to_oid))
			g->n->build = mem_strdup(g->p.builds.v[i].number);
	app_ci_env(&ci);
	if (g->n->build == NULL && g->p.release >= 0 && ci.number != NULL &&
	    ci.commit != NULL) {
		struct oid oid;

		if (oid_from_hex(&oid, ci.commit, strlen(ci.commit)) &&
		    oid_equal(&oid, &g->p.to_oid))
			g->n->build = utf8_clean_dup(ci.number, UTF8_ONE_LINE);
	}
}

/* The base is there, but a branch that was merged since is cut off. */
static void
warn_shallow(struct gen *g)
{
	size_t i;

	for (i = 0; i < g->r.n; i++)
		if (g->t.flags[g->r.ids[i]] & HISTORY_BOUNDARY)
			break;
	if (i < g->r.n)
		notes_warn(g->n, NOTES_WARN_SHALLOW, "", NULL,
		    "history incomplete: this range reaches the edge of a "
		    "shallow clone (run: git fetch --unshallow)");
}

/* The very first release has none before it, and that is no doubt. */
static bool
others_are_out(const struct gen *g)
{
	size_t i;

	for (i = 0; i < g->t.releases.n; i++)
		if ((int)i != g->p.release && g->t.tips[i] != 0 &&
		    (g->t.releases.v[i].state == RELEASE_RELEASED ||
			g->t.releases.v[i].state == RELEASE_YANKED))
			return true;
	return false;
}

enum rc
gen_head(struct gen *g, struct err *err)
{
	const struct release *r;
	char hex[OID_HEX_MAX + 1];

	g->n->date = DATE_NONE;
	if (g->p.release >= 0) {
		r = &g->t.releases.v[g->p.release];
		g->n->version = mem_strdup(r->version);
		g->n->title = mem_strdup(r->title);
		g->n->description = mem_strdup(r->description);
		g->n->reason = mem_strdup(r->reason);
		g->n->state = r->state;
		if (r->tag != NULL)
			g->n->tag = mem_strdup(r->tag);
		if (g->p.upgrade) {
			free(g->n->title);
			g->n->upgrade = true;
			g->n->title = mem_printf("%s to %s",
			    g->t.releases.v[g->p.previous].version, r->version);
		}
	} else {
		g->n->version = mem_strdup("Unreleased");
	}
	if (g->p.previous >= 0) {
		r = &g->t.releases.v[g->p.previous];
		g->n->previous = mem_strdup(r->version);
		if (r->tag != NULL)
			g->n->previous_tag = mem_strdup(r->tag);
	}
	g->n->from = g->p.from_oid;
	g->n->to = g->p.to_oid;
	g->n->n_commits = g->r.n - g->r.n_foreign;
	head_build(g);
	warn_shallow(g);
	if (g->r.n_foreign > 0) {
		struct oid oid = { .len = 0 };
		enum rc rc = gen_oid_of(g, g->r.foreign_merge, &oid, err);

		if (rc != RC_OK)
			return rc;
		oid_to_short(&oid, 12, hex);
		notes_warn(g->n, NOTES_WARN_FOREIGN_ROOT, "", &oid,
		    "%zu commits of a history with a root of its own, merged "
		    "by %s, are left out",
		    g->r.n_foreign, hex);
	}
	if (g->p.from == 0 && g->p.to != 0 && others_are_out(g))
		notes_warn(g->n, NOTES_WARN_NO_PREVIOUS, "", NULL,
		    "no published release before this one: from the very "
		    "beginning");
	return head_date(g, err);
}
