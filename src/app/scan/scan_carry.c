/*
 * What was linked by hand stays linked when git writes the commit anew and no
 * hook was there to say so: amend, rebase.
 */
#include "scan_priv.h"

#include <string.h>

#include "store/ticket.h"

/* New commits that are compared with what is gone; a rebase has few. */
#define NEW_MAX 1000

static enum rc
carry_one(struct app *a, const struct scan_batch *b, const char *hex,
    struct err *err)
{
	struct oid oid, end;
	uint32_t id;
	enum rc rc;
	size_t i;

	if (!oid_from_hex(&oid, hex, strlen(hex)))
		return RC_OK;
	if ((rc = store_history_find(a->store, &oid, &id, err)) != RC_OK ||
	    id != 0 ||
	    (rc = store_rewrite_resolve(a->store, &oid, &end, err)) != RC_OK ||
	    !oid_equal(&oid, &end))
		return rc;
	for (i = 0; i < b->n; i++)
		if (scan_same_work(a, &oid, &b->v[i].oid))
			return store_rewrite_add(a->store, &oid, &b->v[i].oid,
			    err);
	return RC_OK;
}

enum rc
scan_carry_links(struct app *a, const struct scan_batch *b, struct err *err)
{
	struct strv commits;
	enum rc rc;
	size_t i;

	if (b->n == 0 || b->n > NEW_MAX)
		return RC_OK;
	rc = store_commits_by_hand(a->store, &commits, err);
	for (i = 0; i < commits.n && rc == RC_OK; i++)
		rc = carry_one(a, b, commits.v[i], err);
	strv_release(&commits);
	return rc;
}
