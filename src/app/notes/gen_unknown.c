/* Keys of commits that no ticket has. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "gen.h"

#define NAMED_MAX 3  /* commits in a sentence */
#define SHORT     10 /* digits of each */

struct unknown {
	struct gen *g;
	struct gen_row row;
	struct oid first; /* none: somebody dealt with all of them */
	struct buf revs;  /* that can be dismissed */
	size_t n_revs;
	bool number; /* stands as "#12" */
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Does the key stand in the subject in full, not as a number alone? */
static bool
is_written(const char *subject, const char *key)
{
	size_t len = strlen(key);

	for (; *subject != '\0'; subject++)
		if (strncasecmp(subject, key, len) == 0 &&
		    !is_digit(subject[len]))
			return true;
	return false;
}

struct hands {
	bool linked, manual;
};

static bool
hands_visit(const struct history_link *l, void *arg)
{
	struct hands *h = arg;

	h->linked |= l->role >= LINK_CLAIMS && l->ticket != 0;
	h->manual |= l->role == LINK_MANUAL;
	return true;
}

static enum rc
take(struct unknown *u, uint32_t commit, const char *key, struct err *err)
{
	struct hands hands = { .linked = false };
	struct gen *g = u->g;
	char hex[OID_HEX_MAX + 1];
	enum rc rc;

	if (g->t.flags[commit] & HISTORY_NO_TICKET)
		return RC_OK;
	if ((rc = store_history_links(g->app->store, commit, NULL, hands_visit,
		 &hands, err)) != RC_OK ||
	    hands.manual ||
	    (rc = gen_row_load(g, commit, &u->row, err)) != RC_OK)
		return rc;
	if (u->first.len == 0) {
		u->first = u->row.oid;
		u->number = g->app->hash && !is_written(u->row.subject, key);
	}
	if (hands.linked)
		return RC_OK;
	if (u->n_revs++ < NAMED_MAX) {
		oid_to_short(&u->row.oid, SHORT, hex);
		buf_printf(&u->revs, " %s", hex);
	}
	return RC_OK;
}

enum rc
gen_warn_unknown(struct gen *g, const struct claim *c, struct err *err)
{
	struct unknown u = { .g = g, .revs = BUF_INIT };
	struct buf way = BUF_INIT;
	char key[TICKET_KEY_MAX];
	enum rc rc = RC_OK;
	size_t i;

	ticket_key_format(&c->key, key);
	for (i = 0; i < c->n && rc == RC_OK; i++)
		if (c->v[i].fate == FATE_COUNTS)
			rc = take(&u, c->v[i].commit, key, err);
	if (rc != RC_OK || u.first.len == 0)
		goto out;
	if (u.n_revs > 0 && u.n_revs <= NAMED_MAX)
		buf_printf(&way, "; or: notes unlinked --dismiss%s",
		    buf_str(&u.revs));
	notes_warn(g->n, NOTES_WARN_UNKNOWN_KEY, key, &u.first,
	    "%s is claimed by a commit, but there is no such ticket (make it: "
	    "notes new TYPE SUMMARY --key %s%s)",
	    key, key, buf_str(&way));
	g->n->warnings[g->n->n_warnings - 1].number = u.number;
out:
	gen_row_release(&u.row);
	buf_release(&u.revs);
	buf_release(&way);
	return rc;
}
