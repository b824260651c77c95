/* The manual order of a column. */
#include <string.h>

#include "app/ticket.h"
#include "app_priv.h"
#include "base/mem.h"
#include "model/rank.h"
#include "store/ticket.h"

/*
 * The ticket that stands on the given side of other in its column, t itself
 * aside: *found is false at the end of the column.
 */
static enum rc
neighbour(struct app *a, const struct ticket *t, const struct ticket *other,
    enum rank_side side, struct buf *key, bool *found, struct err *err)
{
	struct filter f = { .op = FILTER_FIELD,
		.field = FF_STATUS,
		.cmp = FILTER_EQ };
	const struct ticket_query q = { .filter = &f,
		.sort = { .key = { { SORT_RANK, false } }, .n = 1 },
		.after = other->id,
		.backwards = side == RANK_BEFORE,
		.limit = 2 };
	struct ticket_list got = { 0 };
	enum rc rc;

	*found = false;
	strv_push(&f.values, other->status);
	rc = store_ticket_page(a->store, &q, &got, err);
	for (size_t i = 0; rc == RC_OK && i < got.n && !*found; i++) {
		/* A page stands in the column's order; the nearest counts. */
		size_t at = q.backwards ? got.n - 1 - i : i;

		if (got.v[at].id == t->id)
			continue;
		rank_of(&got.v[at], key);
		*found = true;
	}
	ticket_list_release(&got);
	strv_release(&f.values);
	return rc;
}

static enum rc
put(struct app *a, const struct ticket *t, const struct ticket *other,
    enum rank_side side, struct err *err)
{
	struct buf near = BUF_INIT, far = BUF_INIT, rank = BUF_INIT;
	struct change_list l = { 0 };
	char key[TICKET_KEY_MAX];
	const char *beyond;
	size_t changed;
	bool found, room;
	enum rc rc;

	rank_of(other, &near);
	if ((rc = neighbour(a, t, other, side, &far, &found, err)) != RC_OK)
		goto out;
	beyond = found ? buf_str(&far) : NULL;
	room = side == RANK_BEFORE
	    ? rank_between(beyond, buf_str(&near), &rank)
	    : rank_between(buf_str(&near), beyond, &rank);
	if (!room) {
		ticket_key_format(&other->key, key);
		rc = err_set(err, RC_FAIL,
		    "no place beside %s: its rank and the next one leave none",
		    key);
		goto out;
	}
	change_push(&l, CHANGE_SET, TF_RANK, buf_str(&rank));
	rc = app_ticket_change(a, &t->key, 1, &l, &changed, err);
out:
	change_list_release(&l);
	buf_release(&near);
	buf_release(&far);
	buf_release(&rank);
	return rc;
}

enum rc
app_ticket_rank(struct app *a, const struct ticket_key *key,
    enum rank_side side, const struct ticket_key *other, struct err *err)
{
	struct ticket t = { .id = 0 }, o = { .id = 0 };
	char text[TICKET_KEY_MAX], beside[TICKET_KEY_MAX];
	enum rc rc;

	if ((rc = app_require_write(a, err)) != RC_OK ||
	    (rc = store_ticket_find(a->store, key, TICKET_ROW, &t, err)) !=
		RC_OK ||
	    (rc = store_ticket_find(a->store, other, TICKET_ROW, &o, err)) !=
		RC_OK)
		goto out;
	ticket_key_format(key, text);
	ticket_key_format(other, beside);
	if (t.id == o.id)
		rc = err_set(err, RC_INVALID, "%s cannot stand beside itself",
		    text);
	else if (strcmp(t.status, o.status) != 0)
		rc = err_set(err, RC_INVALID,
		    "%s is %s and %s is %s: an order is one of the same status",
		    text, t.status, beside, o.status);
	else
		rc = put(a, &t, &o, side, err);
out:
	ticket_release(&t);
	ticket_release(&o);
	return rc;
}
