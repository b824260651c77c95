/*
 * From what a user asks for to events: values are checked and resolved first,
 * all of them, so that nothing is written when one is bad.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/ticket.h"
#include "app_priv.h"
#include "base/mem.h"
#include "changes.h"
#include "store/release.h"
#include "store/ticket.h"

#define LABEL_MAX 64 /* bytes */

/* ---- resolving ---- */

static enum rc
resolve_parent(struct app *a, struct change *c, struct err *err)
{
	struct ticket_key key;
	char text[TICKET_KEY_MAX];
	enum rc rc;

	if (c->value == NULL || c->value[0] == '\0')
		return RC_OK;
	if ((rc = app_key(a, c->value, &key, err)) != RC_OK)
		return rc;
	ticket_key_format(&key, text);
	mem_replace(&c->value, text);
	return RC_OK;
}

/* Labels hold no blanks: "needs info" would be two words in a filter. */
enum rc
changes_check_label(const char *label, struct err *err)
{
	if (strlen(label) > LABEL_MAX)
		return err_set(err, RC_INVALID,
		    "label is too long: %zu bytes (at most %d)", strlen(label),
		    LABEL_MAX);
	if (strpbrk(label, " \t\"") != NULL)
		return err_set(err, RC_INVALID,
		    "a label has no blanks or quotes: \"%s\" (write "
		    "needs-info)",
		    label);
	return RC_OK;
}

static enum rc
check_release(struct app *a, const char *version, struct err *err)
{
	struct release r = { 0 };
	enum rc rc = store_release_find(a->store, version, &r, err);

	release_release(&r);
	if (rc == RC_NOT_FOUND)
		return err_set(err, RC_NOT_FOUND,
		    "no release %s (run: notes release add %s)", version,
		    version);
	return rc;
}

static enum rc
resolve_set(struct app *a, const struct change *c, struct err *err)
{
	struct strv words = STRV_INIT;
	enum rc rc = RC_OK;
	size_t i;

	changes_split(c->value, &words);
	for (i = 0; i < words.n && rc == RC_OK; i++) {
		if (c->field == TF_LABEL)
			rc = changes_check_label(words.v[i], err);
		/* What is to go away need not be there any more. */
		else if (c->op != CHANGE_REMOVE)
			rc = check_release(a, words.v[i], err);
	}
	strv_release(&words);
	return rc;
}

static enum rc
resolve_one(struct app *a, struct change *c, struct err *err)
{
	enum field_kind kind = ticket_fields[c->field].kind;
	enum rc rc;

	if (kind == FIELD_TICKET && (rc = resolve_parent(a, c, err)) != RC_OK)
		return rc;
	if (kind == FIELD_PERSON &&
	    (rc = app_person(a, &c->value, err)) != RC_OK)
		return rc;
	if ((rc = change_check(c, &a->workflow, date_now(), err)) != RC_OK)
		return rc;
	return kind == FIELD_SET && c->value != NULL ? resolve_set(a, c, err)
						     : RC_OK;
}

enum rc
app_changes_resolve(struct app *a, struct change_list *changes, struct err *err)
{
	enum rc rc = RC_OK;
	size_t i;

	for (i = 0; i < changes->n && rc == RC_OK; i++)
		rc = resolve_one(a, &changes->v[i], err);
	return rc;
}

void
changes_split(const char *value, struct strv *out)
{
	const char *p = value;
	size_t len;

	while (p != NULL && *p != '\0') {
		len = strcspn(p, ",");
		if (len > 0)
			strv_push_len(out, p, len);
		p += len;
		p += *p == ',';
	}
}

/* ---- as events ---- */

/* A ticket cannot be above itself. */
static enum rc
check_cycle(struct app *a, const struct ticket *t,
    const struct ticket_key *parent, struct ulid *ulid, struct err *err)
{
	struct ticket up = { 0 };
	struct ticket_key key = *parent;
	char text[TICKET_KEY_MAX];
	enum rc rc = RC_OK;
	int depth;

	for (depth = 0; depth < 100; depth++) {
		ticket_release(&up);
		rc = store_ticket_find(a->store, &key, TICKET_ROW, &up, err);
		if (rc != RC_OK)
			break;
		if (depth == 0)
			*ulid = up.ulid;
		if (up.id == t->id) {
			ticket_key_format(parent, text);
			rc = err_set(err, RC_INVALID,
			    "%s cannot be the parent: it is below the ticket "
			    "itself",
			    text);
			break;
		}
		if (up.parent == NULL ||
		    !ticket_key_parse(up.parent, strlen(up.parent), &key))
			break;
	}
	ticket_release(&up);
	return rc;
}

static enum rc
put_parent(struct app *a, struct event *ev, const struct ticket *t,
    const char *value, struct err *err)
{
	struct ticket_key key;
	struct ulid ulid;
	enum rc rc;

	if (value == NULL) {
		event_put(ev, "parent", NULL);
		return RC_OK;
	}
	if (!ticket_key_parse(value, strlen(value), &key))
		return err_set(err, RC_INVALID, "not a key: %s", value);
	if ((rc = check_cycle(a, t, &key, &ulid, err)) == RC_OK)
		event_put(ev, "parent", ulid.s);
	return rc;
}

static enum rc
put_day(struct event *ev, const char *name, const char *value, struct err *err)
{
	char text[32];
	int64_t t;
	enum rc rc;

	if (value == NULL) {
		event_put(ev, name, NULL);
		return RC_OK;
	}
	if ((rc = date_parse(value, false, date_now(), &t, err)) != RC_OK)
		return rc;
	snprintf(text, sizeof text, "%" PRId64, t);
	event_put(ev, name, text);
	return RC_OK;
}

static void
put_span(struct event *ev, const struct ticket *t, const struct change *c)
{
	int64_t have = c->field == TF_SPENT ? t->spent : t->estimate;
	int64_t by = c->value == NULL ? 0 : strtoll(c->value, NULL, 10);
	int64_t sum;
	char text[32];

	if (c->op == CHANGE_ADD)
		sum = have > INT64_MAX - by ? INT64_MAX : have + by;
	else if (c->op == CHANGE_REMOVE)
		sum = have > by ? have - by : 0;
	else
		sum = by;
	snprintf(text, sizeof text, "%" PRId64, sum);
	event_put(ev, ticket_fields[c->field].name, text);
}

/* Entering "done" gives a resolution, leaving it takes it away. */
static void
put_status(const struct app *a, struct event *ev, const struct ticket *t,
    const char *name, bool resolved)
{
	const struct status *s = workflow_find(&a->workflow, name);
	enum category category = s == NULL ? CATEGORY_TODO : s->category;

	event_put(ev, "status", name);
	event_put(ev, "category", category_name(category));
	if (resolved)
		return;
	if (category != CATEGORY_DONE)
		event_put(ev, "resolution", NULL);
	else if (t->category != CATEGORY_DONE || t->resolution == NULL)
		event_put(ev, "resolution", "fixed");
}

static bool
sets_resolution(const struct change_list *changes)
{
	size_t i;

	for (i = 0; i < changes->n; i++)
		if (changes->v[i].field == TF_RESOLUTION)
			return true;
	return false;
}

static enum rc
put_scalar(struct app *a, struct event *ev, const struct ticket *t,
    const struct change *c, bool resolved, struct err *err)
{
	const char *name = ticket_fields[c->field].name;

	switch (ticket_fields[c->field].kind) {
	case FIELD_STATUS:
		put_status(a, ev, t, c->value, resolved);
		return RC_OK;
	case FIELD_TICKET:
		return put_parent(a, ev, t, c->value, err);
	case FIELD_DATE:
		return put_day(ev, name, c->value, err);
	case FIELD_SPAN:
		put_span(ev, t, c);
		return RC_OK;
	case FIELD_SET:
		return RC_OK;
	case FIELD_TEXT:
	case FIELD_BODY:
	case FIELD_TYPE:
	case FIELD_PRIORITY:
	case FIELD_RESOLUTION:
	case FIELD_PERSON:
	case FIELD_WORD:
	case FIELD_FLAG:
		break;
	}
	event_put(ev, name, c->value);
	return RC_OK;
}

enum rc
changes_put(struct app *a, struct event *ev, const struct ticket *t,
    const struct change_list *changes, struct err *err)
{
	bool resolved = sets_resolution(changes);
	enum rc rc = RC_OK;
	size_t i;

	for (i = 0; i < changes->n && rc == RC_OK; i++)
		rc = put_scalar(a, ev, t, &changes->v[i], resolved, err);
	return rc;
}

static const struct strv *
set_of(const struct ticket *t, enum ticket_field f)
{
	return f == TF_LABEL  ? &t->labels
	    : f == TF_RELEASE ? &t->releases
			      : &t->found_in;
}

/* The words to add and to take away, given what is there. */
static void
plan_set(const struct ticket *t, const struct change *c, struct strv *add,
    struct strv *rm)
{
	const struct strv *have = set_of(t, c->field);
	struct strv words = STRV_INIT;
	size_t i;

	changes_split(c->value, &words);
	for (i = 0; i < words.n; i++) {
		bool there = strv_has(have, words.v[i]);

		if (c->op == CHANGE_REMOVE && there)
			strv_push(rm, words.v[i]);
		if (c->op != CHANGE_REMOVE && !there)
			strv_push(add, words.v[i]);
	}
	for (i = 0; c->op == CHANGE_SET && i < have->n; i++)
		if (!strv_has(&words, have->v[i]))
			strv_push(rm, have->v[i]);
	strv_release(&words);
}

struct edit {
	struct app *app;
	const struct ticket *t;
	const char *origin;
	int64_t *group;
	bool *changed;
};

static enum rc
append_set(struct edit *e, enum event_kind kind, const char *field,
    const struct strv *words, struct err *err)
{
	struct event ev;
	size_t i;

	if (words->n == 0)
		return RC_OK;
	app_event_init(e->app, &ev, kind, &e->t->ulid, *e->group, e->origin);
	for (i = 0; i < words->n; i++)
		event_put(&ev, field, words->v[i]);
	*e->changed = true;
	return app_event_append(e->app, &ev, e->group, err);
}

static enum rc
apply_sets(struct edit *e, const struct change_list *changes, struct err *err)
{
	struct strv add = STRV_INIT, rm = STRV_INIT;
	const char *name;
	enum rc rc = RC_OK;
	size_t i;

	for (i = 0; i < changes->n && rc == RC_OK; i++) {
		const struct change *c = &changes->v[i];

		if (ticket_fields[c->field].kind != FIELD_SET)
			continue;
		name = ticket_fields[c->field].name;
		plan_set(e->t, c, &add, &rm);
		rc = append_set(e, EVENT_REMOVE, name, &rm, err);
		if (rc == RC_OK)
			rc = append_set(e, EVENT_ADD, name, &add, err);
		strv_release(&add);
		strv_release(&rm);
	}
	return rc;
}

enum rc
app_changes_apply(struct app *a, int64_t ticket,
    const struct change_list *changes, const char *origin, int64_t *group,
    bool *changed, struct err *err)
{
	struct ticket t = { 0 };
	struct edit e = { .app = a,
		.t = &t,
		.origin = origin,
		.group = group,
		.changed = changed };
	struct event ev;
	int64_t before = *group;
	enum rc rc;

	*changed = false;
	if ((rc = store_ticket_get(a->store, ticket, TICKET_FULL, &t, err)) !=
	    RC_OK)
		return rc;
	app_event_init(a, &ev, EVENT_SET, &t.ulid, *group, origin);
	rc = changes_put(a, &ev, &t, changes, err);
	if (rc == RC_OK && ev.n_values > 0) {
		/* A "set" that changes nothing leaves n at 0. */
		rc = store_append(a->store, &ev, err);
		if (rc == RC_OK && ev.n != 0) {
			*changed = true;
			if (before == 0)
				*group = ev.n;
		}
	}
	event_release(&ev);
	if (rc == RC_OK)
		rc = apply_sets(&e, changes, err);
	ticket_release(&t);
	return rc;
}
