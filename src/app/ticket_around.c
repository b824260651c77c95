/* What stands around a ticket: comments, relations to others. */
#include "app/ticket.h"

#include <string.h>

#include "app_priv.h"
#include "base/mem.h"
#include "changes.h"
#include "store/ticket.h"

/* Appends one event about a ticket in a transaction of its own. */
static enum rc
append_alone(struct app *a, struct event *ev, struct err *err)
{
	int64_t group = 0;
	enum rc rc;

	if ((rc = store_begin(a->store, err)) != RC_OK) {
		event_release(ev);
		return rc;
	}
	if ((rc = app_event_append(a, ev, &group, err)) == RC_OK)
		return store_commit(a->store, err);
	store_rollback(a->store);
	return rc;
}

enum rc
app_ticket_comment(struct app *a, const struct ticket_key *key,
    const char *text, struct err *err)
{
	struct change tidy = { .op = CHANGE_SET,
		.field = TF_DESCRIPTION,
		.value = mem_strdup(text) };
	struct ticket t = { 0 };
	struct event ev;
	enum rc rc;

	if (strlen(text) > TICKET_TEXT_MAX) {
		rc = err_set(err, RC_INVALID,
		    "the comment is too long: %zu bytes (at most %d)",
		    strlen(text), TICKET_TEXT_MAX);
		goto out;
	}
	if ((rc = app_require_write(a, err)) != RC_OK ||
	    (rc = change_check(&tidy, &a->workflow, date_now(), err)) !=
		RC_OK ||
	    (rc = store_ticket_find(a->store, key, TICKET_ROW, &t, err)) !=
		RC_OK)
		goto out;
	if (tidy.value == NULL || tidy.value[0] == '\0') {
		rc = err_set(err, RC_INVALID, "the comment is empty");
		goto out;
	}
	app_event_init(a, &ev, EVENT_COMMENT, NULL, 0, NULL);
	event_put(&ev, "ticket", t.ulid.s);
	event_put(&ev, "text", tidy.value);
	rc = append_alone(a, &ev, err);
out:
	free(tidy.value);
	ticket_release(&t);
	return rc;
}

/* One that reads the same from both sides may stand on either. */
static enum rc
relation_stands(struct app *a, const struct ticket *t, const char *name,
    const struct ticket_key *to, bool *stands, struct err *err)
{
	struct relation_list list = { 0 };
	char key[TICKET_KEY_MAX];
	enum rc rc = store_relations(a->store, t->id, &list, err);
	size_t i;

	*stands = false;
	ticket_key_format(to, key);
	for (i = 0; rc == RC_OK && i < list.n; i++)
		*stands |= strcmp(list.v[i].name, name) == 0 &&
		    strcmp(list.v[i].key, key) == 0;
	relation_list_release(&list);
	return rc;
}

/* Where it stands from x to y, or either way round, it is taken away. */
static enum rc
relation_remove(struct app *a, const struct ticket *x, const struct ticket *y,
    size_t at, struct err *err)
{
	const char *name = relations[at].name;
	bool alike = strcmp(relation_inverse(at), name) == 0;
	int64_t group = 0;
	struct event ev;
	enum rc rc;

	app_event_init(a, &ev, EVENT_REMOVE, &x->ulid, 0, NULL);
	event_put(&ev, name, y->ulid.s);
	rc = app_event_append(a, &ev, &group, err);
	if (rc != RC_OK || !alike)
		return rc;
	app_event_init(a, &ev, EVENT_REMOVE, &y->ulid, group, NULL);
	event_put(&ev, name, x->ulid.s);
	return app_event_append(a, &ev, &group, err);
}

static enum rc
relation_add(struct app *a, const struct ticket *x, const struct ticket *y,
    size_t at, struct err *err)
{
	int64_t group = 0;
	struct event ev;
	bool stands;
	enum rc rc;

	rc = relation_stands(a, x, relations[at].name, &y->key, &stands, err);
	if (rc != RC_OK || stands)
		return rc;
	app_event_init(a, &ev, EVENT_ADD, &x->ulid, 0, NULL);
	event_put(&ev, relations[at].name, y->ulid.s);
	return app_event_append(a, &ev, &group, err);
}

/* "A blocks B" and "B blocks A" cannot both be. */
static enum rc
check_opposite(struct app *a, const struct ticket *x, const struct ticket *y,
    size_t at, struct err *err)
{
	const char *other = relation_inverse(at);
	char from[TICKET_KEY_MAX], to[TICKET_KEY_MAX];
	struct relation_list list = { 0 };
	enum rc rc = RC_OK;
	size_t i;

	if (strcmp(other, relations[at].name) == 0)
		return RC_OK;
	ticket_key_format(&x->key, from);
	ticket_key_format(&y->key, to);
	rc = store_relations(a->store, x->id, &list, err);
	for (i = 0; i < list.n && rc == RC_OK; i++)
		if (strcmp(list.v[i].name, other) == 0 &&
		    strcmp(list.v[i].key, to) == 0)
			rc = err_set(err, RC_INVALID,
			    "%s %s %s already, so it cannot be the other way "
			    "round (see: notes relate --remove)",
			    to, relations[at].name, from);
	relation_list_release(&list);
	return rc;
}

enum rc
app_ticket_relate(struct app *a, const struct ticket_key *from,
    const char *name, const struct ticket_key *to, bool remove, struct err *err)
{
	struct ticket x = { 0 }, y = { 0 };
	int at = named_find(relations, relations_n, name);
	char *list;
	enum rc rc;

	if (at < 0) {
		list = named_list(relations, relations_n);
		err_set(err, RC_INVALID, "no relation \"%s\" (one of: %s)",
		    name, list);
		free(list);
		return RC_INVALID;
	}
	if (ticket_key_equal(from, to))
		return err_set(err, RC_INVALID,
		    "a ticket has no relation to itself");
	if ((rc = app_require_write(a, err)) != RC_OK ||
	    (rc = store_ticket_find(a->store, from, TICKET_ROW, &x, err)) !=
		RC_OK ||
	    (rc = store_ticket_find(a->store, to, TICKET_ROW, &y, err)) !=
		RC_OK ||
	    (rc = store_begin(a->store, err)) != RC_OK)
		goto out;
	if (!remove)
		rc = check_opposite(a, &x, &y, (size_t)at, err);
	if (rc == RC_OK)
		rc = remove ? relation_remove(a, &x, &y, (size_t)at, err)
			    : relation_add(a, &x, &y, (size_t)at, err);
	if (rc == RC_OK)
		rc = store_commit(a->store, err);
	else
		store_rollback(a->store);
out:
	ticket_release(&x);
	ticket_release(&y);
	return rc;
}
