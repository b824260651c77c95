/* A tracker in a folder of its own, and short ways to write events. */
#ifndef NOTES_TESTS_STORE_FIXTURE_H
#define NOTES_TESTS_STORE_FIXTURE_H

#include "unit.h"

#include <stdarg.h>

#include "base/date.h"
#include "base/mem.h"
#include "model/event.h"
#include "store/journal.h"
#include "store/store.h"

struct fixture {
	char *dir, *path;
	struct store *st;
	struct err err;
};

static inline void
fixture_open(struct fixture *f)
{
	f->err = (struct err)ERR_INIT;
	f->dir = unit_mkdir();
	f->path = mem_printf("%s/notes.db", f->dir);
	f->st = NULL;
	if (store_create(f->path, &f->st, &f->err) != RC_OK)
		fail_msg("%s", f->err.msg);
}

static inline void
fixture_close(struct fixture *f)
{
	store_close(f->st);
	unit_rmdir(f->dir);
	free(f->path);
}

static inline void
fixture_reopen(struct fixture *f)
{
	store_close(f->st);
	f->st = NULL;
	if (store_open(f->path, STORE_WRITE, &f->st, &f->err) != RC_OK)
		fail_msg("%s", f->err.msg);
}

/* Fills an event from pairs of field and value, ended by NULL. */
static inline void
fixture_event(struct event *ev, enum event_kind kind, const struct ulid *o,
    va_list ap)
{
	const char *field;

	*ev = (struct event)EVENT_INIT;
	ev->kind = kind;
	ev->time = DATE_NONE;
	ev->actor = mem_strdup("me@x");
	if (o != NULL)
		ev->object = *o;
	while ((field = va_arg(ap, const char *)) != NULL)
		event_put(ev, field, va_arg(ap, const char *));
}

/* Appends one event as an operation of its own (*group 0 or NULL) or of the
 * group; returns what store_append() said, and the number through *n. */
static inline enum rc
fixture_put(struct store *st, int64_t *group, int64_t *n, struct ulid *made,
    enum event_kind kind, const struct ulid *o, struct err *err, ...)
{
	struct event ev;
	va_list ap;
	enum rc rc;

	va_start(ap, err);
	fixture_event(&ev, kind, o, ap);
	va_end(ap);
	ev.group = group != NULL ? *group : 0;
	if ((rc = store_begin(st, err)) != RC_OK)
		goto out;
	rc = store_append(st, &ev, err);
	if (group != NULL && *group == 0)
		*group = ev.n;
	if (n != NULL)
		*n = ev.n;
	if (made != NULL)
		*made = ev.object;
	if (rc == RC_OK)
		rc = store_commit(st, err);
	else
		store_rollback(st);
out:
	event_release(&ev);
	return rc;
}

/* put(f, kind, object, "field", "value", ..., NULL) must succeed. */
#define put(f, kind, o, ...) \
	assert_int_equal(fixture_put((f)->st, NULL, NULL, NULL, kind, o, \
			     &(f)->err, __VA_ARGS__), \
	    RC_OK)
/* The same for an event that makes an object. */
#define make(f, made, kind, ...) \
	assert_int_equal(fixture_put((f)->st, NULL, NULL, made, kind, NULL, \
			     &(f)->err, __VA_ARGS__), \
	    RC_OK)
#define put_fails(f, code, kind, o, ...) \
	assert_int_equal(fixture_put((f)->st, NULL, NULL, NULL, kind, o, \
			     &(f)->err, __VA_ARGS__), \
	    code)

/* No findings, and a rebuild reaches the same content. */
static inline void
fixture_sound(struct fixture *f)
{
	struct strv findings = STRV_INIT;
	char before[65], after[65];
	bool changed = true;

	assert_int_equal(store_check(f->st, &findings, &f->err), RC_OK);
	if (findings.n > 0)
		fail_msg("%s", findings.v[0]);
	assert_int_equal(store_digest(f->st, before, &f->err), RC_OK);
	if (store_rebuild(f->st, NULL, NULL, &changed, &f->err) != RC_OK)
		fail_msg("%s", f->err.msg);
	assert_int_equal(store_digest(f->st, after, &f->err), RC_OK);
	assert_string_equal(before, after);
	assert_false(changed);
	assert_int_equal(store_check(f->st, &findings, &f->err), RC_OK);
	if (findings.n > 0)
		fail_msg("%s", findings.v[0]);
	strv_release(&findings);
}

#endif
