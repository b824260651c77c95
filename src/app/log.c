/* The journal in words, and taking operations back. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "app/ticket.h"
#include "app_priv.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "store/release.h"
#include "store/ticket.h"

#define VALUE_SHOWN 60 /* columns of a value in a sentence */

struct teller {
	struct app *app;
	bool (*fn)(const struct log_line *l, void *arg);
	void *arg;
	struct strv undone; /* operations, as text, that were undone */
	struct strv redone; /* and of which the undo was taken back */
};

/* A value on one line, cut; "nothing" for none. */
static void
put_value(struct buf *out, const char *field, const char *value)
{
	struct buf clean = BUF_INIT;
	char day[11], span[32];
	size_t fit;

	if (value == NULL || value[0] == '\0') {
		buf_puts(out, "nothing");
		return;
	}
	if (strcmp(field, "due") == 0 || strcmp(field, "start") == 0 ||
	    strcmp(field, "target") == 0 || strcmp(field, "released") == 0) {
		date_format_day(strtoll(value, NULL, 10), day);
		buf_puts(out, day);
		return;
	}
	if (strcmp(field, "estimate") == 0 || strcmp(field, "spent") == 0) {
		date_format_span(strtoll(value, NULL, 10), span);
		buf_puts(out, span);
		return;
	}
	if (strcmp(field, "commit") == 0 || strcmp(field, "link") == 0 ||
	    strcmp(field, "unlink") == 0) {
		buf_printf(out, "%.9s", value);
		return;
	}
	utf8_clean(&clean, value, strcspn(value, "\n"), UTF8_ONE_LINE);
	fit = utf8_fit(buf_str(&clean), clean.len, VALUE_SHOWN, NULL);
	buf_add(out, buf_str(&clean), fit);
	if (fit < clean.len || strchr(value, '\n') != NULL)
		buf_puts(out, "...");
	buf_release(&clean);
}

/* The value that an event overwrote: b names the event that wrote it. */
static char *
value_before(struct app *a, const struct event_value *v)
{
	struct event old = EVENT_INIT;
	const char *dot;
	char *value = NULL;

	if (v->before == NULL || (dot = strchr(v->before, '.')) == NULL)
		return NULL;
	if (store_journal_get(a->store, strtoll(dot + 1, NULL, 10), &old,
		NULL) == RC_OK)
		value = mem_strdup(event_get(&old, v->field));
	event_release(&old);
	return value;
}

static bool
is_follower(const char *field)
{
	return strcmp(field, "category") == 0;
}

static void
tell_set(struct app *a, const struct event *ev, struct buf *out)
{
	size_t i, told = 0;
	char *old;

	for (i = 0; i < ev->n_values; i++) {
		const struct event_value *v = &ev->values[i];

		if (is_follower(v->field))
			continue;
		if (told++ > 0)
			buf_puts(out, ", ");
		if (strcmp(v->field, "description") == 0 ||
		    strcmp(v->field, "note") == 0 ||
		    strcmp(v->field, "text") == 0) {
			buf_printf(out, "%s the %s",
			    v->value == NULL ? "removed" : "edited", v->field);
			continue;
		}
		if (strcmp(v->field, "deleted") == 0 ||
		    strcmp(v->field, "hidden") == 0) {
			buf_printf(out, "%s",
			    v->value != NULL ? v->field : "brought back");
			continue;
		}
		buf_printf(out, "set %s to ", v->field);
		put_value(out, v->field, v->value);
		old = value_before(a, v);
		if (old != NULL) {
			buf_puts(out, " (was ");
			put_value(out, v->field, old);
			buf_putc(out, ')');
		}
		free(old);
	}
}

/* A relation's value is a ULID; people know tickets by key. */
static void
put_member(struct app *a, struct buf *out, const struct event_value *v)
{
	struct ticket t = { 0 };
	char key[TICKET_KEY_MAX];
	struct ulid ulid;

	if (named_find(relations, relations_n, v->field) >= 0 &&
	    v->value != NULL && strlen(v->value) == ULID_LEN) {
		memcpy(ulid.s, v->value, ULID_LEN + 1);
		if (store_ticket_by_ulid(a->store, &ulid, TICKET_ROW, &t,
			NULL) == RC_OK) {
			ticket_key_format(&t.key, key);
			buf_puts(out, key);
			ticket_release(&t);
			return;
		}
	}
	put_value(out, v->field, v->value);
}

static void
tell_marks(const struct event *ev, struct buf *out)
{
	const char *one = ev->n_values == 1 ? "s" : "";
	size_t i;

	buf_puts(out, ev->n_values == 1 ? "commit" : "commits");
	for (i = 0; i < ev->n_values; i++)
		buf_printf(out, "%s %.9s", i == 0 ? "" : ",",
		    ev->values[i].value);
	buf_printf(out,
	    ev->kind == EVENT_ADD ? " need%s no ticket"
				  : " need%s a ticket again",
	    one);
}

static void
tell_members(struct app *a, const struct event *ev, const char *verb,
    struct buf *out)
{
	const char *field = "";
	size_t i;

	if (ev->n_values > 0 && strcmp(ev->values[0].field, "no-ticket") == 0) {
		tell_marks(ev, out);
		return;
	}
	for (i = 0; i < ev->n_values; i++) {
		const struct event_value *v = &ev->values[i];

		if (strcmp(field, v->field) != 0) {
			field = v->field;
			buf_printf(out, "%s%s %s ", i == 0 ? "" : ", ", verb,
			    field);
		} else {
			buf_puts(out, ", ");
		}
		put_member(a, out, v);
	}
}

static void
tell_made(const struct event *ev, const char *what, const char *field,
    struct buf *out)
{
	const char *value = event_get(ev, field);

	buf_printf(out, "%s", what);
	if (value == NULL)
		return;
	buf_puts(out, ": ");
	put_value(out, field, value);
}

static void
tell_event(struct app *a, const struct event *ev, struct buf *out)
{
	if (ev->undoes != 0)
		buf_puts(out, "undo: ");
	if (ev->redoes != 0)
		buf_puts(out, "redo: ");
	switch (ev->kind) {
	case EVENT_TICKET:
		tell_made(ev, "created", "summary", out);
		break;
	case EVENT_RELEASE:
		tell_made(ev, "added the release", "version", out);
		break;
	case EVENT_BUILD:
		tell_made(ev, "added build", "number", out);
		break;
	case EVENT_COMMENT:
		tell_made(ev, "commented", "text", out);
		break;
	case EVENT_SET:
		tell_set(a, ev, out);
		break;
	case EVENT_ADD:
		tell_members(a, ev, "added", out);
		break;
	case EVENT_REMOVE:
		tell_members(a, ev, "removed", out);
		break;
	case EVENT_META:
		buf_puts(out, "settled the tracker");
		break;
	case EVENT_UNKNOWN:
	case EVENT_N:
		buf_puts(out, "did something that this version does not know");
		break;
	}
}

static bool
oldest_visit(const struct event *ev, void *arg)
{
	const char *ticket = event_get(ev, "ticket");
	struct ulid *out = arg;

	if (ev->kind == EVENT_COMMENT && ticket != NULL && ulid_valid(ticket))
		memcpy(out->s, ticket, ULID_LEN + 1);
	return true;
}

/* The ticket of a comment; the object itself when it is none. */
static void
follow_comment(struct app *a, struct ulid *object)
{
	struct ulid found = *object;

	if (store_journal_each(a->store, object, 0, oldest_visit, &found,
		NULL) == RC_OK)
		*object = found;
}

static bool
version_of(struct app *a, const struct ulid *object, struct buf *out)
{
	struct release_list list = { 0 };
	bool found = false;
	size_t i;

	if (store_releases(a->store, &list, NULL) != RC_OK)
		return false;
	for (i = 0; i < list.n && !found; i++)
		if (strcmp(list.v[i].ulid.s, object->s) == 0) {
			buf_puts(out, list.v[i].version);
			found = true;
		}
	release_list_release(&list);
	return found;
}

/* What the event is about: a key, a version, or nothing. */
static void
put_subject(struct app *a, const struct event *ev, struct buf *out)
{
	struct ticket t = { 0 };
	char key[TICKET_KEY_MAX];
	struct ulid object = ev->object;
	const char *at;

	if (ev->kind == EVENT_COMMENT &&
	    (at = event_get(ev, "ticket")) != NULL && ulid_valid(at))
		memcpy(object.s, at, ULID_LEN + 1);
	if (ev->kind == EVENT_RELEASE || ev->kind == EVENT_BUILD) {
		at = event_get(ev,
		    ev->kind == EVENT_BUILD ? "release" : "version");
		if (at != NULL)
			utf8_clean(out, at, strlen(at), UTF8_ONE_LINE);
		return;
	}
	if (ev->kind == EVENT_META)
		return;
	if (ev->kind == EVENT_SET)
		follow_comment(a, &object);
	if (store_ticket_by_ulid(a->store, &object, TICKET_ROW, &t, NULL) ==
	    RC_OK) {
		ticket_key_format(&t.key, key);
		buf_puts(out, key);
		ticket_release(&t);
		return;
	}
	version_of(a, &object, out);
}

/*
 * Newest first: a redo comes before the undo that it took back, and that before
 * what was undone.  The events of one operation tell the same.
 */
static void
note_undone(struct teller *t, const struct event *ev)
{
	int64_t meant = ev->undoes != 0 ? ev->undoes : ev->redoes;
	struct strv *in = ev->undoes != 0 ? &t->undone : &t->redone;
	char *target;
	size_t i;

	if (meant == 0 || ev->n != ev->group)
		return;
	target = mem_printf("%" PRId64, meant);
	for (i = 0; ev->undoes != 0 && i < t->redone.n; i++) {
		if (strcmp(t->redone.v[i], target) == 0) {
			strv_remove(&t->redone, i);
			free(target);
			return;
		}
	}
	strv_take(in, target);
}

static bool
tell(const struct event *ev, void *arg)
{
	struct teller *t = arg;
	struct buf text = BUF_INIT, key = BUF_INIT;
	char *actor, *op;
	struct log_line l;
	bool more;

	op = mem_printf("%" PRId64, ev->group);
	note_undone(t, ev);
	tell_event(t->app, ev, &text);
	put_subject(t->app, ev, &key);
	actor = utf8_clean_dup(ev->actor == NULL ? "" : ev->actor,
	    UTF8_ONE_LINE);
	l = (struct log_line){ .n = ev->n,
		.op = ev->group,
		.time = ev->time != DATE_NONE ? ev->time
					      : event_clock_ms(ev->h) / 1000,
		.actor = actor,
		.key = buf_str(&key),
		.text = buf_str(&text),
		.commit = ev->commit,
		.undone = strv_has(&t->undone, op) };
	more = t->fn(&l, t->arg);
	free(op);
	free(actor);
	buf_release(&text);
	buf_release(&key);
	return more;
}

/* Reading what stands around an event needs statements of its own, so events
 * are gathered a page at a time. */
#define LOG_PAGE 200

struct page {
	struct event v[LOG_PAGE];
	size_t n;
};

static bool
gather(const struct event *ev, void *arg)
{
	struct page *p = arg;
	struct event *copy = &p->v[p->n++];
	size_t i;

	*copy = *ev;
	copy->actor = mem_strdup(ev->actor);
	copy->kind_name = mem_strdup(ev->kind_name);
	copy->commit = mem_strdup(ev->commit);
	copy->values = NULL;
	copy->n_values = copy->cap_values = 0;
	for (i = 0; i < ev->n_values; i++) {
		event_put(copy, ev->values[i].field, ev->values[i].value);
		copy->values[i].before = mem_strdup(ev->values[i].before);
	}
	return p->n < LOG_PAGE;
}

static enum rc
log_object(struct app *a, const struct ulid *object, int64_t before,
    struct teller *t, struct err *err)
{
	struct page *p = mem_calloc(1, sizeof *p);
	bool more = true;
	enum rc rc = RC_OK;
	size_t i;

	while (more && rc == RC_OK) {
		p->n = 0;
		rc = store_journal_each(a->store, object, before, gather, p,
		    err);
		if (rc == RC_STOPPED)
			rc = RC_OK;
		more = p->n == LOG_PAGE;
		for (i = 0; i < p->n; i++) {
			before = p->v[i].n;
			if (rc == RC_OK && !tell(&p->v[i], t)) {
				rc = RC_STOPPED;
			}
			event_release(&p->v[i]);
		}
	}
	free(p);
	return rc == RC_STOPPED ? RC_OK : rc;
}

enum rc
app_log(struct app *a, const struct ticket_key *key, int64_t before,
    bool (*fn)(const struct log_line *l, void *arg), void *arg, struct err *err)
{
	struct teller t = { .app = a, .fn = fn, .arg = arg };
	struct ticket ticket = { 0 };
	enum rc rc = RC_OK;

	if (key != NULL)
		rc = store_ticket_find(a->store, key, TICKET_ROW, &ticket, err);
	if (rc == RC_OK)
		rc = log_object(a, key == NULL ? NULL : &ticket.ulid, before,
		    &t, err);
	ticket_release(&ticket);
	strv_release(&t.undone);
	strv_release(&t.redone);
	return rc;
}

/* ---- undo ---- */

/* "NOTE-12: set status to done (was open)", and how many more there are. */
static void
describe(struct app *a, int64_t op, struct buf *out)
{
	struct event ev = EVENT_INIT, next = EVENT_INIT;
	const size_t start = out->len;
	int64_t n, more = 0;

	if (store_journal_get(a->store, op, &ev, NULL) != RC_OK)
		return;
	put_subject(a, &ev, out);
	if (out->len > start)
		buf_puts(out, ": ");
	tell_event(a, &ev, out);
	for (n = op + 1; more < 1000; n++) {
		event_release(&next);
		if (store_journal_get(a->store, n, &next, NULL) != RC_OK ||
		    next.group != op)
			break;
		more++;
	}
	if (more > 0)
		buf_printf(out, " (and %" PRId64 "%s more change%s)", more,
		    more == 1000 ? "+" : "", more == 1 ? "" : "s");
	event_release(&next);
	event_release(&ev);
}

typedef enum rc (*undo_fn)(struct store *st, const char *actor, int64_t *op,
    struct strv *skipped, struct err *err);

static enum rc
take(struct app *a, undo_fn fn, const char *verb, size_t n, struct strv *said,
    struct err *err)
{
	struct strv skipped = STRV_INIT;
	struct buf line = BUF_INIT;
	enum rc rc;
	int64_t op;
	size_t i, k;

	if ((rc = app_require_write(a, err)) != RC_OK ||
	    (rc = store_begin(a->store, err)) != RC_OK)
		return rc;
	for (i = 0; i < n; i++) {
		if ((rc = fn(a->store, a->actor, &op, &skipped, err)) != RC_OK)
			break;
		buf_printf(&line, "%s: ", verb);
		describe(a, op, &line);
		strv_take(said, buf_detach(&line));
		for (k = 0; k < skipped.n; k++)
			strv_take(said,
			    mem_printf("left as it is: %s", skipped.v[k]));
		strv_release(&skipped);
	}
	/* "undo 5" with three operations undoes three. */
	if (rc == RC_NOT_FOUND && i > 0)
		rc = RC_OK;
	strv_release(&skipped);
	if (rc == RC_OK)
		rc = scan_forget_releases(a, err);
	if (rc == RC_OK)
		return store_commit(a->store, err);
	store_rollback(a->store);
	strv_release(said);
	return rc;
}

enum rc
app_undo(struct app *a, size_t n, struct strv *said, struct err *err)
{
	return take(a, store_undo, "undone", n, said, err);
}

enum rc
app_redo(struct app *a, size_t n, struct strv *said, struct err *err)
{
	return take(a, store_redo, "done again", n, said, err);
}

enum rc
app_undo_peek(struct app *a, struct buf *out, struct err *err)
{
	int64_t op;
	enum rc rc = store_undo_peek(a->store, &op, err);

	if (rc == RC_OK)
		describe(a, op, out);
	return rc;
}
