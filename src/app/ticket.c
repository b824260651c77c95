#include "app/ticket.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "app_priv.h"
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

static enum rc
parse_key(const struct app *a, const char *typed, struct ticket_key *out,
    struct err *err)
{
	if (short_key(a, typed, out) ||
	    ticket_key_parse(typed, strlen(typed), out))
		return RC_OK;
	return err_set(err, RC_INVALID,
	    "\"%.80s\" is no key (write %s-12, or 12)", typed,
	    a->prefixes.n > 0 ? a->prefixes.v[0] : "NOTE");
}

enum rc
app_key(struct app *a, const char *typed, struct ticket_key *out,
    struct err *err)
{
	char text[TICKET_KEY_MAX], other[TICKET_KEY_MAX];
	struct ticket_key near;
	enum rc rc;

	if ((rc = parse_key(a, typed, out, err)) != RC_OK)
		return rc;
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

static enum rc
make_as(struct app *a, const struct change_list *changes,
    const struct ticket_key *key, int64_t *group, struct err *err)
{
	const struct ticket nothing = { .due = DATE_NONE };
	char text[TICKET_KEY_MAX];
	struct event ev;
	enum rc rc;

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
app_ticket_make(struct app *a, const struct change_list *changes,
    struct ticket_key *key, int64_t *group, struct err *err)
{
	enum rc rc;

	if (a->prefixes.n == 0)
		return err_set(err, RC_INVALID,
		    "no prefix for tickets (run: notes config prefix KEY)");
	*key = (struct ticket_key){ .number = 0 };
	snprintf(key->prefix, sizeof key->prefix, "%s", a->prefixes.v[0]);
	rc = store_ticket_next(a->store, key->prefix, &key->number, err);
	return rc == RC_OK ? make_as(a, changes, key, group, err) : rc;
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

static enum rc
free_key(struct app *a, const struct ticket_key *key, struct err *err)
{
	char text[TICKET_KEY_MAX];

	ticket_key_format(key, text);
	if (!strv_has(&a->prefixes, key->prefix))
		return err_set(err, RC_INVALID,
		    "%s is no prefix of this tracker (see: notes config "
		    "prefix)",
		    key->prefix);
	if (store_ticket_exists(a->store, key))
		return err_set(err, RC_EXISTS,
		    "there is a ticket %s already (see: notes show %s)", text,
		    text);
	return RC_OK;
}

enum rc
app_ticket_new_as(struct app *a, const char *typed, struct change_list *changes,
    struct ticket_key *key, struct err *err)
{
	int64_t group = 0;
	enum rc rc;

	if ((rc = parse_key(a, typed, key, err)) != RC_OK ||
	    (rc = app_ticket_prepare(a, changes, err)) != RC_OK ||
	    (rc = store_begin(a->store, err)) != RC_OK)
		return rc;
	if ((rc = free_key(a, key, err)) == RC_OK &&
	    (rc = make_as(a, changes, key, &group, err)) == RC_OK)
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
