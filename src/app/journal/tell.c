#include "tell.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "model/workflow.h"
#include "store/release.h"
#include "store/ticket.h"

#define VALUE_SHOWN 60 /* columns of a value in a sentence */

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
	    strcmp(field, "target") == 0 || strcmp(field, "released") == 0 ||
	    strcmp(field, "resolved") == 0) {
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
			buf_puts(out,
			    v->value == NULL         ? "brought back"
				: v->field[0] == 'd' ? "archived"
						     : "hidden");
			continue;
		}
		if (strcmp(v->field, "rank") == 0) {
			buf_puts(out, "moved within its status");
			continue;
		}
		if (strcmp(v->field, "no-note") == 0) {
			buf_puts(out,
			    v->value != NULL ? "kept out of the notes"
					     : "let into the notes");
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

void
journal_tell(struct app *a, const struct event *ev, struct buf *out)
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

/* ---- the other way round ---- */

static void
back_set(struct app *a, const struct event *ev, struct buf *out)
{
	size_t i, told = 0;
	char *old;

	for (i = 0; i < ev->n_values; i++) {
		const struct event_value *v = &ev->values[i];

		if (is_follower(v->field) || v->before == NULL)
			continue;
		buf_puts(out, told++ == 0 ? "" : ", ");
		if (strcmp(v->field, "deleted") == 0 ||
		    strcmp(v->field, "hidden") == 0) {
			buf_puts(out,
			    v->value != NULL ? "bring it back"
					     : "put it away again");
			continue;
		}
		if (strcmp(v->field, "no-note") == 0) {
			buf_puts(out,
			    v->value != NULL
				? "let it into the notes again"
				: "keep it out of the notes again");
			continue;
		}
		if (strcmp(v->field, "description") == 0 ||
		    strcmp(v->field, "note") == 0 ||
		    strcmp(v->field, "text") == 0) {
			buf_printf(out, "the %s as it was before", v->field);
			continue;
		}
		old = value_before(a, v);
		buf_printf(out, "%s ", v->field);
		put_value(out, v->field, v->value);
		buf_puts(out, " -> ");
		put_value(out, v->field, old);
		free(old);
	}
	if (told == 0)
		buf_puts(out, "nothing");
}

static void
back_members(struct app *a, const struct event *ev, struct buf *out)
{
	struct event other = *ev;

	if (ev->n_values > 0 && strcmp(ev->values[0].field, "no-ticket") == 0) {
		other.kind = ev->kind == EVENT_ADD ? EVENT_REMOVE : EVENT_ADD;
		tell_marks(&other, out);
		return;
	}
	tell_members(a, ev, ev->kind == EVENT_ADD ? "remove" : "add", out);
}

void
journal_tell_back(struct app *a, const struct event *ev, struct buf *out)
{
	switch (ev->kind) {
	case EVENT_TICKET:
		tell_made(ev, "delete it", "summary", out);
		break;
	case EVENT_RELEASE:
		buf_puts(out, "delete the release");
		break;
	case EVENT_BUILD:
		tell_made(ev, "delete build", "number", out);
		break;
	case EVENT_COMMENT:
		tell_made(ev, "hide the comment", "text", out);
		break;
	case EVENT_SET:
		back_set(a, ev, out);
		break;
	case EVENT_ADD:
	case EVENT_REMOVE:
		back_members(a, ev, out);
		break;
	default:
		buf_puts(out, "nothing");
		break;
	}
}

/* ---- what it is about ---- */

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
made_visit(const struct event *ev, void *arg)
{
	const char *version = event_get(ev, "version");
	struct buf *out = arg;

	if (ev->kind != EVENT_RELEASE || version == NULL)
		return true;
	utf8_clean(out, version, strlen(version), UTF8_ONE_LINE);
	return false;
}

/* Of a release that is gone the journal knows. */
static void
version_of(struct app *a, const struct ulid *object, struct buf *out)
{
	struct release_list list = { 0 };
	bool found = false;
	size_t i;

	if (store_releases(a->store, &list, NULL) != RC_OK)
		return;
	for (i = 0; i < list.n && !found; i++)
		if (strcmp(list.v[i].ulid.s, object->s) == 0) {
			buf_puts(out, list.v[i].version);
			found = true;
		}
	release_list_release(&list);
	if (!found)
		(void)store_journal_each(a->store, object, 0, made_visit, out,
		    NULL);
}

/* What the event is about: a key, a version, or nothing. */
void
journal_subject(struct app *a, const struct event *ev, struct buf *out)
{
	struct ticket t = { 0 };
	char key[TICKET_KEY_MAX];
	struct ulid object = ev->object;
	const char *at;
	enum rc rc;

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
	/* A ticket's own events may be many: only what is no ticket is asked
	 * for whose comment it is. */
	rc = store_ticket_by_ulid(a->store, &object, TICKET_ROW, &t, NULL);
	if (rc != RC_OK && ev->kind == EVENT_SET) {
		follow_comment(a, &object);
		rc = store_ticket_by_ulid(a->store, &object, TICKET_ROW, &t,
		    NULL);
	}
	if (rc == RC_OK) {
		ticket_key_format(&t.key, key);
		buf_puts(out, key);
		ticket_release(&t);
		return;
	}
	version_of(a, &object, out);
}
