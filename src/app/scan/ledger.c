/*
 * Each effect of a commit happens once: an action is named by what it does, and
 * a commit that stands for another one (amended, rebased, picked) takes over
 * what that one did.
 */
#include "effect.h"

#include <stdlib.h>
#include <string.h>

#include "app/app_priv.h"
#include "base/mem.h"
#include "store/history.h"

bool
orphan_visit(const struct ledger_row *row, void *arg)
{
	struct orphans *o = arg;

	o->v = mem_grow(o->v, &o->cap, o->n + 1, sizeof *o->v);
	o->v[o->n++] = (struct orphan){ .commit = row->commit,
		.ticket = row->ticket,
		.event = row->event,
		.action = mem_strdup(row->action) };
	return true;
}

void
orphans_release(struct orphans *o)
{
	size_t i;

	for (i = 0; i < o->n; i++)
		free(o->v[i].action);
	free(o->v);
	o->v = NULL;
	o->n = o->cap = 0;
}

bool
landed_visit(const struct history_commit *c, void *arg)
{
	struct landed *l = arg;

	*l = (struct landed){ c->oid, c->time, c->flags, c->release };
	return true;
}

/*
 * True through *on while a commit counts as landed.  One that a release has
 * stays so when its branch is deleted; and where no branch has the mainline's
 * name, checking out another one moves nothing.
 */
static enum rc
is_landed(struct app *a, const struct oid *oid, bool by_head, bool *on,
    struct err *err)
{
	struct landed l = { .time = 0 };
	uint32_t id;
	enum rc rc;

	*on = false;
	if ((rc = store_history_find(a->store, oid, &id, err)) != RC_OK ||
	    id == 0)
		return rc;
	rc = store_history_commits(a->store, &id, 1, landed_visit, &l, err);
	*on = by_head || l.release != 0 || (l.flags & HISTORY_MAINLINE) != 0;
	return rc;
}

enum rc
orphans_load(struct app *a, bool by_head, struct orphans *o, struct err *err)
{
	size_t i, kept = 0;
	enum rc rc;
	bool on;

	rc = store_ledger_each(a->store, NULL, orphan_visit, o, err);
	for (i = 0; i < o->n; i++) {
		on = false;
		if (rc == RC_OK)
			rc = is_landed(a, &o->v[i].commit, by_head, &on, err);
		if (rc != RC_OK || on)
			free(o->v[i].action);
		else
			o->v[kept++] = o->v[i];
	}
	o->n = kept;
	return rc;
}

static bool
same_bytes(const char *a, size_t a_len, const char *b, size_t b_len)
{
	return a_len == b_len && memcmp(a, b, a_len) == 0;
}

/*
 * git keeps author and time of writing through amend, rebase and cherry-pick;
 * the first two of them may come without a word from a hook.  An amended
 * message keeps the parents, a moved commit its subject.
 */
static bool
same_work(const struct commit *a, const struct commit *b)
{
	const char *s, *t;
	size_t n, m;

	if (a->author_time != b->author_time ||
	    !same_bytes(a->author, a->author_len, b->author, b->author_len))
		return false;
	if (a->n_parents > 0 && a->n_parents == b->n_parents &&
	    oid_equal(&a->parents[0], &b->parents[0]))
		return true;
	commit_subject(a->message, a->message_len, &s, &n);
	commit_subject(b->message, b->message_len, &t, &m);
	return same_bytes(s, n, t, m);
}

bool
scan_same_work(struct app *a, const struct oid *x, const struct oid *y)
{
	struct vcs_commit_mem mx = { 0 }, my = { 0 };
	struct err quiet = ERR_INIT;
	struct commit cx, cy;
	bool same;

	/* What git has thrown away already cannot be compared. */
	same = vcs_commit_read(a->vcs, x, &mx, &cx, &quiet) == RC_OK &&
	    vcs_commit_read(a->vcs, y, &my, &cy, &quiet) == RC_OK &&
	    same_work(&cx, &cy);
	vcs_commit_mem_release(&mx);
	vcs_commit_mem_release(&my);
	return same;
}

static enum rc
stands_for(struct app *a, const struct oid *x, const struct oid *y, bool *same,
    struct err *err)
{
	struct oid end_x, end_y;
	enum rc rc;

	*same = false;
	if ((rc = store_rewrite_resolve(a->store, x, &end_x, err)) != RC_OK ||
	    (rc = store_rewrite_resolve(a->store, y, &end_y, err)) != RC_OK)
		return rc;
	*same = oid_equal(&end_x, &end_y);
	if (!*same)
		rc = store_history_picked(a->store, x, y, same, err);
	if (rc == RC_OK && !*same)
		*same = scan_same_work(a, x, y);
	return rc;
}

/* The orphan that says the same, whoever took it. */
static struct orphan *
orphans_match(struct orphans *o, int64_t ticket, const char *action)
{
	size_t i;

	for (i = 0; i < o->n; i++)
		if (!o->v[i].inherited && o->v[i].ticket == ticket &&
		    strcmp(o->v[i].action, action) == 0)
			return &o->v[i];
	return NULL;
}

static void
orphans_inherit(struct orphans *o, const struct orphan *row)
{
	size_t i;

	for (i = 0; i < o->n; i++)
		if (oid_equal(&o->v[i].commit, &row->commit) &&
		    o->v[i].ticket == row->ticket &&
		    strcmp(o->v[i].action, row->action) == 0)
			o->v[i].inherited = true;
}

enum rc
ledger_claim(struct app *a, struct orphans *o, const struct actor *who,
    int64_t ticket, const char *action, bool *fresh, struct err *err)
{
	struct orphans rows = { 0 };
	struct orphan *old = NULL;
	bool same = false;
	enum rc rc;
	size_t i;

	*fresh = false;
	rc = store_ledger_of(a->store, ticket, action, orphan_visit, &rows,
	    err);
	for (i = 0; i < rows.n && rc == RC_OK; i++)
		if (oid_equal(&rows.v[i].commit, &who->oid))
			goto out;
	for (i = 0; i < rows.n && rc == RC_OK && !same; i++) {
		rc = stands_for(a, &rows.v[i].commit, &who->oid, &same, err);
		if (rc == RC_OK && same)
			old = &rows.v[i];
	}
	if (rc == RC_OK && old == NULL)
		old = orphans_match(o, ticket, action);
	*fresh = rc == RC_OK && old == NULL;
	if (rc == RC_OK && old != NULL) {
		orphans_inherit(o, old);
		rc = store_ledger_take(a->store, &who->oid, ticket, action,
		    old->event, err);
	}
out:
	orphans_release(&rows);
	return rc;
}
