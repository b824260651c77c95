#include <stdlib.h>
#include <string.h>

#include "app/generate.h"
#include "app/scan.h"
#include "base/mem.h"
#include "app/notes/gen.h"
#include "store/ticket.h"
#include "suggest.h"

static void
list_add(struct unlinked_list *l, const struct gen_row *row,
    const struct suggestion *s)
{
	struct unlinked *u;

	l->v = mem_grow(l->v, &l->cap, l->n + 1, sizeof *l->v);
	u = &l->v[l->n++];
	*u = (struct unlinked){ .commit = row->oid,
		.subject = mem_strdup(row->subject),
		.sure = s->found && s->sure };
	if (s->found)
		ticket_key_format(&s->key, u->suggest);
}

void
unlinked_list_release(struct unlinked_list *l)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		free(l->v[i].subject);
	free(l->v);
	*l = (struct unlinked_list){ 0 };
}

static enum rc
list_range(struct gen *g, struct suggester *sg, struct unlinked_list *out,
    struct err *err)
{
	struct gen_row row = { .time = 0 };
	struct suggestion s;
	enum rc rc = RC_OK;
	bool linked;
	size_t i;

	for (i = 0; i < g->r.n && rc == RC_OK; i++) {
		uint32_t id = g->r.ids[i];

		if (!gen_is_work(g, id))
			continue;
		if ((rc = gen_is_linked(g, id, &linked, err)) != RC_OK ||
		    linked)
			continue;
		if ((rc = gen_row_load(g, id, &row, err)) == RC_OK &&
		    (rc = suggester_find(sg, id,
			 (g->t.flags[id] & HISTORY_TYPO) != 0, row.subject, &s,
			 err)) == RC_OK)
			list_add(out, &row, &s);
	}
	gen_row_release(&row);
	return rc;
}

static enum rc
scan_first(struct app *a, struct err *err)
{
	struct scan_result scanned = { 0 };
	enum rc rc = RC_OK;

	if (a->vcs != NULL && !a->readonly)
		rc = app_scan(a, false, &scanned, err);
	scan_result_release(&scanned);
	return rc;
}

enum rc
app_unlinked(struct app *a, const char *version, struct unlinked_list *out,
    struct err *err)
{
	struct generate_options o = { .version = version };
	struct gen g = { .app = a, .o = &o };
	struct suggester *sg = NULL;
	enum rc rc;

	if ((rc = scan_first(a, err)) != RC_OK ||
	    (rc = store_read_begin(a->store, err)) != RC_OK)
		return rc;
	if ((rc = truth_open(a, &g.t, err)) == RC_OK &&
	    (rc = range_plan_make(&g.t, &o, &g.p, err)) == RC_OK &&
	    (rc = range_open(&g.t, g.p.from, g.p.to, &g.r, err)) == RC_OK &&
	    (rc = suggester_open(a, &sg, err)) == RC_OK)
		rc = list_range(&g, sg, out, err);
	store_read_end(a->store);
	suggester_close(sg);
	range_close(&g.r);
	range_plan_release(&g.p);
	truth_close(&g.t);
	if (rc != RC_OK)
		unlinked_list_release(out);
	return rc;
}

/* ---- accepting ---- */

static bool
row_visit(const struct history_commit *c, void *arg)
{
	struct gen_row *row = arg;

	row->oid = c->oid;
	row->typo = (c->flags & HISTORY_TYPO) != 0;
	free(row->subject);
	row->subject = mem_strdup(c->subject);
	return true;
}

static bool
listed_already(const struct unlinked_list *l, const struct oid *oid)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		if (oid_equal(&l->v[i].commit, oid))
			return true;
	return false;
}

/* The commit and its suggestion, or why there is none. */
static enum rc
accept_one(struct gen *g, struct suggester *sg, const char *rev,
    struct unlinked_list *out, struct err *err)
{
	struct gen_row row = { .time = 0 };
	struct suggestion s;
	struct oid oid;
	uint32_t id = 0;
	bool linked = false;
	enum rc rc;

	if ((rc = vcs_resolve(g->app->vcs, rev, &oid, err)) != RC_OK ||
	    listed_already(out, &oid) ||
	    (rc = store_history_find(g->app->store, &oid, &id, err)) != RC_OK)
		return rc;
	if (id == 0)
		return err_set(err, RC_NOT_FOUND,
		    "%s is on no branch or tag that was scanned (run: notes "
		    "scan)",
		    rev);
	if ((rc = store_history_commits(g->app->store, &id, 1, row_visit, &row,
		 err)) != RC_OK ||
	    (rc = gen_is_linked(g, id, &linked, err)) != RC_OK ||
	    (rc = suggester_find(sg, id, row.typo, row.subject, &s, err)) !=
		RC_OK)
		goto out;
	if (linked)
		rc = err_set(err, RC_EXISTS,
		    "%s carries work for a ticket already (see: notes scan "
		    "--explain %s)",
		    rev, rev);
	else if (!s.found)
		rc = err_set(err, RC_NOT_FOUND,
		    "no ticket is like %s (link it with: notes link KEY %s)",
		    rev, rev);
	else
		list_add(out, &row, &s);
out:
	gen_row_release(&row);
	return rc;
}

static enum rc
link_all(struct app *a, const struct unlinked_list *l, struct err *err)
{
	char hex[OID_HEX_MAX + 1];
	struct ticket_key key;
	int64_t group = 0;
	enum rc rc;
	size_t i;

	if ((rc = store_begin(a->store, err)) != RC_OK)
		return rc;
	for (i = 0; i < l->n && rc == RC_OK; i++) {
		struct ticket t = { 0 };

		oid_to_hex(&l->v[i].commit, hex);
		ticket_key_parse(l->v[i].suggest, strlen(l->v[i].suggest),
		    &key);
		rc = store_ticket_find(a->store, &key, TICKET_ROW, &t, err);
		if (rc == RC_OK)
			rc = app_link_append(a, &t.ulid, hex, false, &group,
			    err);
		ticket_release(&t);
	}
	if (rc == RC_OK)
		return store_commit(a->store, err);
	store_rollback(a->store);
	return rc;
}

enum rc
app_unlinked_accept(struct app *a, const char *const revs[], size_t n,
    struct unlinked_list *out, struct err *err)
{
	struct gen g = { .app = a };
	struct suggester *sg = NULL;
	enum rc rc;
	size_t i;

	if ((rc = app_require_write(a, err)) != RC_OK ||
	    (rc = app_require_repo(a, err)) != RC_OK ||
	    (rc = scan_first(a, err)) != RC_OK ||
	    (rc = suggester_open(a, &sg, err)) != RC_OK)
		return rc;
	for (i = 0; i < n && rc == RC_OK; i++)
		rc = accept_one(&g, sg, revs[i], out, err);
	if (rc == RC_OK)
		rc = link_all(a, out, err);
	suggester_close(sg);
	if (rc != RC_OK)
		unlinked_list_release(out);
	return rc;
}
