/* Links of tickets to commits, made and denied by hand. */
#include "app/ticket.h"

#include "app_priv.h"
#include "base/utf8.h"
#include "store/ticket.h"

/*
 * Linking by hand takes a denial of the same link back, and the other way
 * round; a denial is only kept where history itself makes the link.
 */
enum rc
app_link_append(struct app *a, const struct ulid *ticket, const char *hex,
    bool remove, int64_t *group, struct err *err)
{
	static const char *const fields[] = { "link", "unlink" };
	struct event ev;
	enum rc rc;

	app_event_init(a, &ev, EVENT_REMOVE, ticket, *group, NULL);
	event_put(&ev, fields[!remove], hex);
	if ((rc = app_event_append(a, &ev, group, err)) != RC_OK)
		return rc;
	app_event_init(a, &ev, EVENT_ADD, ticket, *group, NULL);
	event_put(&ev, fields[remove], hex);
	return app_event_append(a, &ev, group, err);
}

/* RC_NOT_FOUND unless the commit is linked, by its message or by hand. */
static enum rc
require_link(struct app *a, const struct ticket *t, const struct oid *oid,
    const char *rev, struct err *err)
{
	char key[TICKET_KEY_MAX];
	struct link_list links = { 0 };
	enum rc rc = store_links(a->store, t->id, &links, err);
	bool found = false;
	size_t i;

	for (i = 0; rc == RC_OK && i < links.n; i++)
		found |= oid_equal(&links.v[i].commit, oid);
	link_list_release(&links);
	if (rc != RC_OK || found)
		return rc;
	ticket_key_format(&t->key, key);
	return err_set(err, RC_NOT_FOUND,
	    "%s has no link to %.64s (see: notes show %s, notes scan)", key,
	    rev, key);
}

enum rc
app_ticket_link(struct app *a, const struct ticket_key *key, const char *rev,
    bool remove, struct err *err)
{
	char hex[OID_HEX_MAX + 1];
	struct ticket t = { 0 };
	int64_t group = 0;
	struct oid oid;
	enum rc rc;

	if ((rc = app_require_write(a, err)) != RC_OK ||
	    (rc = app_require_repo(a, err)) != RC_OK ||
	    (rc = vcs_resolve(a->vcs, rev, &oid, err)) != RC_OK ||
	    (rc = store_ticket_find(a->store, key, TICKET_ROW, &t, err)) !=
		RC_OK ||
	    (remove && (rc = require_link(a, &t, &oid, rev, err)) != RC_OK) ||
	    (rc = store_begin(a->store, err)) != RC_OK)
		goto out;
	oid_to_hex(&oid, hex);
	rc = app_link_append(a, &t.ulid, hex, remove, &group, err);
	if (rc == RC_OK)
		rc = store_commit(a->store, err);
	else
		store_rollback(a->store);
out:
	ticket_release(&t);
	return rc;
}

enum rc
app_commit_name(struct app *a, const char *rev, struct buf *out,
    struct err *err)
{
	struct vcs_commit_mem mem = { 0 };
	char hex[OID_HEX_MAX + 1];
	struct commit commit;
	const char *subject;
	struct oid oid;
	size_t len;
	enum rc rc;

	if ((rc = app_require_repo(a, err)) != RC_OK ||
	    (rc = vcs_resolve(a->vcs, rev, &oid, err)) != RC_OK ||
	    (rc = vcs_commit_read(a->vcs, &oid, &mem, &commit, err)) != RC_OK)
		return rc;
	oid_to_hex(&oid, hex);
	commit_subject(commit.message, commit.message_len, &subject, &len);
	buf_printf(out, "%.12s ", hex);
	utf8_clean(out, subject, len, UTF8_ONE_LINE);
	vcs_commit_mem_release(&mem);
	return RC_OK;
}
