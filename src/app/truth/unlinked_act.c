#include <stdlib.h>
#include <string.h>

#include "app/scan.h"
#include "base/mem.h"
#include "message/conventional.h"
#include "store/ticket.h"
#include "unlinked.h"

/* A commit of the history as the verbs need it; starts as { 0 }. */
struct found {
	struct oid oid;
	uint32_t id;
	struct gen_row row;
	bool linked;
};

static bool
row_visit(const struct history_commit *c, void *arg)
{
	struct gen_row *row = arg;

	row->oid = c->oid;
	row->time = c->time;
	row->typo = (c->flags & HISTORY_TYPO) != 0;
	mem_replace(&row->author, c->author);
	mem_replace(&row->subject, c->subject);
	return true;
}

static enum rc
find(struct gen *g, const char *rev, struct found *f, struct err *err)
{
	enum rc rc;

	if ((rc = vcs_resolve(g->app->vcs, rev, &f->oid, err)) != RC_OK ||
	    (rc = store_history_find(g->app->store, &f->oid, &f->id, err)) !=
		RC_OK)
		return rc;
	if (f->id == 0)
		return err_set(err, RC_NOT_FOUND,
		    "%s is on no branch or tag that was scanned (run: notes "
		    "scan)",
		    rev);
	rc = store_history_commits(g->app->store, &f->id, 1, row_visit, &f->row,
	    err);
	return rc == RC_OK ? gen_is_linked(g, f->id, &f->linked, err) : rc;
}

static enum rc
find_free(struct gen *g, const char *rev, struct found *f, struct err *err)
{
	enum rc rc = find(g, rev, f, err);

	if (rc == RC_OK && f->linked)
		rc = err_set(err, RC_EXISTS,
		    "%s carries work for a ticket already (see: notes scan "
		    "--explain %s)",
		    rev, rev);
	return rc;
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
	struct found f = { .id = 0 };
	struct suggestion s;
	enum rc rc = find_free(g, rev, &f, err);

	if (rc != RC_OK || listed_already(out, &f.oid))
		goto out;
	rc = suggester_find(sg, f.id, f.row.typo, f.row.subject, &s, err);
	if (rc == RC_OK && !s.found)
		rc = err_set(err, RC_NOT_FOUND,
		    "no ticket is like %s (link it with: notes link KEY %s)",
		    rev, rev);
	else if (rc == RC_OK)
		unlinked_add(g->app, out, &f.row, &s);
out:
	gen_row_release(&f.row);
	return rc;
}

/* Ends a transaction by how it went. */
static enum rc
end(struct app *a, enum rc rc, struct err *err)
{
	if (rc == RC_OK)
		return store_commit(a->store, err);
	store_rollback(a->store);
	return rc;
}

static enum rc
link_suggested(struct app *a, const struct unlinked_list *l, struct err *err)
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
	return end(a, rc, err);
}

static enum rc
ready(struct app *a, struct err *err)
{
	enum rc rc;

	if ((rc = app_require_write(a, err)) != RC_OK ||
	    (rc = app_require_repo(a, err)) != RC_OK)
		return rc;
	return app_refresh(a, err);
}

enum rc
app_unlinked_accept(struct app *a, const char *const revs[], size_t n,
    struct unlinked_list *out, struct err *err)
{
	struct gen g = { .app = a };
	struct suggester *sg = NULL;
	enum rc rc;
	size_t i;

	if ((rc = ready(a, err)) != RC_OK ||
	    (rc = suggester_open(a, &sg, err)) != RC_OK)
		return rc;
	for (i = 0; i < n && rc == RC_OK; i++)
		rc = accept_one(&g, sg, revs[i], out, err);
	if (rc == RC_OK)
		rc = link_suggested(a, out, err);
	suggester_close(sg);
	if (rc != RC_OK)
		unlinked_list_release(out);
	return rc;
}

enum find { FIND_ANY, FIND_FREE };

/* The commits' ids in hex, each once. */
static enum rc
find_all(struct gen *g, const char *const revs[], size_t n, enum find which,
    struct strv *hexes, struct err *err)
{
	char hex[OID_HEX_MAX + 1];
	enum rc rc = RC_OK;
	size_t i;

	for (i = 0; i < n && rc == RC_OK; i++) {
		struct found f = { .id = 0 };

		rc = which == FIND_FREE ? find_free(g, revs[i], &f, err)
					: find(g, revs[i], &f, err);
		oid_to_hex(&f.oid, hex);
		if (rc == RC_OK && !strv_has(hexes, hex))
			strv_push(hexes, hex);
		gen_row_release(&f.row);
	}
	return rc;
}

static enum rc
link_all(struct app *a, const struct ticket_key *key, const struct strv *hexes,
    int64_t *group, struct err *err)
{
	struct ticket t = { 0 };
	enum rc rc = store_ticket_find(a->store, key, TICKET_ROW, &t, err);
	size_t i;

	for (i = 0; i < hexes->n && rc == RC_OK; i++)
		rc = app_link_append(a, &t.ulid, hexes->v[i], false, group,
		    err);
	ticket_release(&t);
	return rc;
}

enum rc
app_unlinked_link(struct app *a, const char *const revs[], size_t n,
    const struct ticket_key *key, struct err *err)
{
	struct strv hexes = STRV_INIT;
	struct gen g = { .app = a };
	int64_t group = 0;
	enum rc rc;

	if ((rc = ready(a, err)) != RC_OK ||
	    (rc = find_all(&g, revs, n, FIND_FREE, &hexes, err)) != RC_OK ||
	    (rc = store_begin(a->store, err)) != RC_OK)
		goto out;
	rc = end(a, link_all(a, key, &hexes, &group, err), err);
out:
	strv_release(&hexes);
	return rc;
}

enum rc
app_unlinked_new(struct app *a, const char *const revs[], size_t n,
    const char *type, const char *summary, struct ticket_key *key,
    struct err *err)
{
	const struct status *done = workflow_first(&a->workflow, CATEGORY_DONE);
	struct change_list changes = { 0 };
	struct strv hexes = STRV_INIT;
	struct gen g = { .app = a };
	int64_t group = 0;
	enum rc rc;

	change_push(&changes, CHANGE_SET, TF_TYPE, type);
	change_push(&changes, CHANGE_SET, TF_SUMMARY, summary);
	if (done != NULL)
		change_push(&changes, CHANGE_SET, TF_STATUS, done->name);
	if ((rc = ready(a, err)) != RC_OK ||
	    (rc = find_all(&g, revs, n, FIND_FREE, &hexes, err)) != RC_OK ||
	    (rc = app_ticket_prepare(a, &changes, err)) != RC_OK ||
	    (rc = store_begin(a->store, err)) != RC_OK)
		goto out;
	if ((rc = app_ticket_make(a, &changes, key, &group, err)) == RC_OK)
		rc = link_all(a, key, &hexes, &group, err);
	rc = end(a, rc, err);
out:
	change_list_release(&changes);
	strv_release(&hexes);
	return rc;
}

enum rc
app_unlinked_dismiss(struct app *a, const char *const revs[], size_t n,
    enum dismissal way, size_t *changed, struct err *err)
{
	struct gen g = { .app = a };
	struct strv hexes = STRV_INIT;
	struct event ev;
	enum rc rc;
	size_t i;

	*changed = 0;
	if ((rc = ready(a, err)) != RC_OK)
		return rc;
	app_event_init(a, &ev, way == DISMISS ? EVENT_ADD : EVENT_REMOVE,
	    store_tracker(a->store), 0, NULL);
	rc = find_all(&g, revs, n, way == DISMISS ? FIND_FREE : FIND_ANY,
	    &hexes, err);
	for (i = 0; i < hexes.n; i++)
		event_put(&ev, "no-ticket", hexes.v[i]);
	if (rc != RC_OK || (rc = store_begin(a->store, err)) != RC_OK)
		goto out;
	if ((rc = store_append(a->store, &ev, err)) == RC_OK && ev.n != 0)
		*changed = ev.n_values;
	rc = end(a, rc, err);
out:
	event_release(&ev);
	strv_release(&hexes);
	return rc;
}

const char *
app_unlinked_title(const char *subject, char **summary)
{
	struct conventional c;
	const char *type = NULL;

	if (!conventional_parse(subject, strlen(subject), &c)) {
		*summary = mem_strdup(subject);
		return "task";
	}
	type = conventional_ticket_type(&c);
	*summary = mem_strndup(c.description, c.description_len);
	return type == NULL ? "task" : type;
}
