#include "app/ticket.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_priv.h"
#include "base/mem.h"
#include "changes.h"
#include "message/title.h"
#include "store/ticket.h"

/* ---- keys ---- */

/* "12" and "#12" with one prefix; everything else as it is. */
static bool
short_key(const struct app *a, const char *typed, struct ticket_key *out)
{
	const char *digits = typed[0] == '#' ? typed + 1 : typed;
	char whole[TICKET_KEY_MAX + 16];
	size_t len = strlen(digits);

	if (len == 0 || len > 12 || strspn(digits, "0123456789") != len ||
	    a->prefixes.n == 0)
		return false;
	snprintf(whole, sizeof whole, "%s-%s", a->prefixes.v[0], digits);
	return ticket_key_parse(whole, strlen(whole), out);
}

/* A ticket with the same number under the prefix that was probably meant. */
static bool
near_key(struct app *a, const struct ticket_key *key, struct ticket_key *near)
{
	size_t i;

	for (i = 0; i < a->prefixes.n; i++) {
		if (title_distance(key->prefix, a->prefixes.v[i], 2) > 2)
			continue;
		*near = *key;
		snprintf(near->prefix, sizeof near->prefix, "%s",
		    a->prefixes.v[i]);
		if (!ticket_key_equal(near, key) &&
		    store_ticket_exists(a->store, near))
			return true;
	}
	return false;
}

enum rc
app_key(struct app *a, const char *typed, struct ticket_key *out,
    struct err *err)
{
	char text[TICKET_KEY_MAX], other[TICKET_KEY_MAX];
	struct ticket_key near;

	if (!short_key(a, typed, out) &&
	    !ticket_key_parse(typed, strlen(typed), out))
		return err_set(err, RC_INVALID,
		    "\"%.80s\" is no key (write %s-12, or 12)", typed,
		    a->prefixes.n > 0 ? a->prefixes.v[0] : "NOTE");
	if (store_ticket_exists(a->store, out))
		return RC_OK;
	ticket_key_format(out, text);
	if (near_key(a, out, &near)) {
		ticket_key_format(&near, other);
		return err_set(err, RC_NOT_FOUND,
		    "no ticket %s: did you mean %s?", text, other);
	}
	return err_set(err, RC_NOT_FOUND, "no ticket %s (see: notes list)",
	    text);
}

/* ---- making ---- */

static bool
has_field(const struct change_list *changes, enum ticket_field f)
{
	size_t i;

	for (i = 0; i < changes->n; i++)
		if (changes->v[i].field == f && changes->v[i].value != NULL)
			return true;
	return false;
}

static void
defaults(const struct app *a, struct change_list *changes)
{
	const struct status *first = workflow_first(&a->workflow,
	    CATEGORY_TODO);

	if (!has_field(changes, TF_TYPE))
		change_push(changes, CHANGE_SET, TF_TYPE, "task");
	if (!has_field(changes, TF_STATUS) && first != NULL)
		change_push(changes, CHANGE_SET, TF_STATUS, first->name);
	if (!has_field(changes, TF_PRIORITY))
		change_push(changes, CHANGE_SET, TF_PRIORITY, "medium");
	if (!has_field(changes, TF_REPORTER))
		change_push(changes, CHANGE_SET, TF_REPORTER, a->me);
}

static void
put_sets(struct event *ev, const struct change_list *changes)
{
	struct strv words = STRV_INIT;
	size_t i, k;

	for (i = 0; i < changes->n; i++) {
		const struct change *c = &changes->v[i];

		if (ticket_fields[c->field].kind != FIELD_SET ||
		    c->op == CHANGE_REMOVE)
			continue;
		changes_split(c->value, &words);
		for (k = 0; k < words.n; k++)
			event_put(ev, ticket_fields[c->field].name, words.v[k]);
		strv_release(&words);
	}
}

enum rc
app_ticket_make(struct app *a, const struct change_list *changes,
    struct ticket_key *key, int64_t *group, struct err *err)
{
	const struct ticket nothing = { .due = DATE_NONE };
	char text[TICKET_KEY_MAX];
	struct event ev;
	enum rc rc;

	if (a->prefixes.n == 0)
		return err_set(err, RC_INVALID,
		    "no prefix for tickets (run: notes config prefix KEY)");
	*key = (struct ticket_key){ .number = 0 };
	snprintf(key->prefix, sizeof key->prefix, "%s", a->prefixes.v[0]);
	rc = store_ticket_next(a->store, key->prefix, &key->number, err);
	if (rc != RC_OK)
		return rc;
	ticket_key_format(key, text);
	app_event_init(a, &ev, EVENT_TICKET, NULL, 0, NULL);
	event_put(&ev, "key", text);
	if ((rc = changes_put(a, &ev, &nothing, changes, err)) != RC_OK) {
		event_release(&ev);
		return rc;
	}
	put_sets(&ev, changes);
	return app_event_append(a, &ev, group, err);
}

enum rc
app_ticket_prepare(struct app *a, struct change_list *changes, struct err *err)
{
	enum rc rc;

	if ((rc = app_require_write(a, err)) != RC_OK)
		return rc;
	if (!has_field(changes, TF_SUMMARY))
		return err_set(err, RC_INVALID, "a ticket needs a summary");
	defaults(a, changes);
	return app_changes_resolve(a, changes, err);
}

enum rc
app_ticket_new(struct app *a, struct change_list *changes,
    struct ticket_key *key, struct err *err)
{
	int64_t group = 0;
	enum rc rc;

	if ((rc = app_ticket_prepare(a, changes, err)) != RC_OK ||
	    (rc = store_begin(a->store, err)) != RC_OK)
		return rc;
	if ((rc = app_ticket_make(a, changes, key, &group, err)) == RC_OK)
		return store_commit(a->store, err);
	store_rollback(a->store);
	return rc;
}

/* ---- reading ---- */

enum rc
app_ticket_get(struct app *a, const struct ticket_key *key, struct ticket *out,
    struct err *err)
{
	return store_ticket_find(a->store, key, TICKET_FULL, out, err);
}

enum rc
app_ticket_page(struct app *a, const struct ticket_query *q,
    struct ticket_list *out, struct err *err)
{
	return store_ticket_page(a->store, q, out, err);
}

enum rc
app_ticket_each(struct app *a, const struct ticket_query *q,
    bool (*fn)(const struct ticket *t, void *arg), void *arg, struct err *err)
{
	return store_ticket_each(a->store, q, fn, arg, err);
}

enum rc
app_ticket_count(struct app *a, const struct filter *f, int64_t cap, int64_t *n,
    struct err *err)
{
	return store_ticket_count(a->store, f, cap, n, err);
}

enum rc
app_ticket_counts(struct app *a, struct ticket_count_list *out, struct err *err)
{
	return store_ticket_counts(a->store, out, err);
}

enum rc
app_values(struct app *a, const char *field, const char *start, size_t max,
    struct strv *out, struct err *err)
{
	return store_values(a->store, field, start, max, out, err);
}

enum rc
app_ticket_view(struct app *a, const struct ticket_key *key,
    struct ticket_view *out, struct err *err)
{
	enum rc rc;

	*out = (struct ticket_view){ .ticket.id = 0 };
	if ((rc = store_read_begin(a->store, err)) != RC_OK)
		return rc;
	if ((rc = store_ticket_find(a->store, key, TICKET_FULL, &out->ticket,
		 err)) != RC_OK ||
	    (rc = store_comments(a->store, out->ticket.id, &out->comments,
		 err)) != RC_OK ||
	    (rc = store_relations(a->store, out->ticket.id, &out->relations,
		 err)) != RC_OK)
		goto out;
	rc = store_links(a->store, out->ticket.id, &out->links, err);
out:
	store_read_end(a->store);
	if (rc != RC_OK)
		ticket_view_release(out);
	return rc;
}

void
ticket_view_release(struct ticket_view *v)
{
	ticket_release(&v->ticket);
	comment_list_release(&v->comments);
	relation_list_release(&v->relations);
	link_list_release(&v->links);
}

/* ---- changing ---- */

static enum rc
change_all(struct app *a, const struct ticket_key *keys, size_t n,
    const struct change_list *changes, size_t *changed, struct err *err)
{
	struct ticket t = { 0 };
	int64_t group = 0;
	enum rc rc = RC_OK;
	bool one;
	size_t i;

	for (i = 0; i < n && rc == RC_OK; i++) {
		rc = store_ticket_find(a->store, &keys[i], TICKET_ROW, &t, err);
		if (rc == RC_OK)
			rc = app_changes_apply(a, t.id, changes, NULL, &group,
			    &one, err);
		if (rc == RC_OK)
			*changed += one;
		ticket_release(&t);
	}
	return rc;
}

enum rc
app_ticket_change(struct app *a, const struct ticket_key *keys, size_t n,
    struct change_list *changes, size_t *changed, struct err *err)
{
	enum rc rc;

	*changed = 0;
	if ((rc = app_require_write(a, err)) != RC_OK ||
	    (rc = app_changes_resolve(a, changes, err)) != RC_OK ||
	    (rc = store_begin(a->store, err)) != RC_OK)
		return rc;
	if ((rc = change_all(a, keys, n, changes, changed, err)) == RC_OK)
		return store_commit(a->store, err);
	store_rollback(a->store);
	*changed = 0;
	return rc;
}

enum rc
app_ticket_status(struct app *a, const struct ticket_key *keys, size_t n,
    const char *status, const char *resolution, size_t *changed,
    struct err *err)
{
	const struct status *s = workflow_find(&a->workflow, status);
	struct change_list list = { 0 };
	enum rc rc;

	if (resolution != NULL && s != NULL && s->category != CATEGORY_DONE)
		return err_set(err, RC_INVALID,
		    "only a closed ticket has a resolution, and %s is not "
		    "closed",
		    status);
	change_push(&list, CHANGE_SET, TF_STATUS, status);
	if (resolution != NULL)
		change_push(&list, CHANGE_SET, TF_RESOLUTION, resolution);
	rc = app_ticket_change(a, keys, n, &list, changed, err);
	change_list_release(&list);
	return rc;
}

/* ---- around a ticket ---- */

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
