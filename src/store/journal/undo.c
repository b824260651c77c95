#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apply.h"
#include "base/date.h"
#include "base/mem.h"
#include "mark.h"
#include "model/workflow.h"
#include "store/journal.h"

/*
 * Undoing an operation and doing it again are the same work: the opposite of
 * each event of a group, newest first, as a group of its own.  group is the
 * one that is turned back, own the new one (0 until its first event).
 */
struct turn {
	struct store *st;
	const char *actor;
	const char *origin; /* the commit whose effect it is, or NULL */
	int64_t group, own;
	int64_t undoes, redoes;
	struct strv *skipped;
};

static void
skip(struct turn *t, enum object_kind kind, int64_t id, const char *field)
{
	char *name = object_name(t->st, kind, id);

	strv_take(t->skipped, mem_printf("%s %s", name, field));
	free(name);
}

static void
begin_event(struct turn *t, struct event *out, enum event_kind kind,
    const struct ulid *object)
{
	*out = (struct event)EVENT_INIT;
	out->kind = kind;
	out->object = *object;
	out->actor = mem_strdup(t->actor);
	out->commit = mem_strdup(t->origin);
	out->group = t->own;
	out->undoes = t->undoes;
	out->redoes = t->redoes;
	out->time = DATE_NONE;
}

static enum rc
append(struct turn *t, struct event *ev, enum append_flag flag, struct err *err)
{
	enum rc rc;

	if (ev->n_values == 0 && flag == APPEND_CHANGES) {
		event_release(ev);
		return RC_OK;
	}
	rc = journal_append(t->st, ev, flag, err);
	/* A version that was given away meanwhile, a parent that is gone. */
	if ((rc == RC_EXISTS || rc == RC_INVALID) && !t->st->doomed) {
		enum object_kind kind;
		int64_t id;

		if (object_find(t->st, &ev->object, &kind, &id, err) == RC_OK)
			skip(t, kind, id, ev->values[0].field);
		err_clear(err);
		rc = RC_OK;
	}
	if (rc == RC_OK && t->own == 0 && ev->n != 0)
		t->own = ev->n;
	event_release(ev);
	return rc;
}

static int64_t
time_of(const struct event *ev)
{
	return ev->time != DATE_NONE ? ev->time : event_clock_ms(ev->h) / 1000;
}

/* Whether the field still has the value that the event gave it. */
static enum rc
is_as_written(struct turn *t, enum object_kind kind, int64_t id,
    const struct event *ev, const struct event_value *v, bool *same,
    struct err *err)
{
	const struct column *c = value_column(kind, v->field);
	struct value value;

	*same = false;
	if (c == NULL ||
	    value_parse(c, v->value, time_of(ev), &value, NULL) != RC_OK)
		return RC_OK;
	return value_is(t->st, c, id, &value, same, err);
}

/* The time at which an event put its ticket into "done". */
static void
put_resolved(struct event *out, const struct event *old)
{
	const char *category = event_get(old, "category");
	const char *resolved = event_get(old, "resolved");
	char text[24];

	if (category == NULL || strcmp(category, category_name(CATEGORY_DONE)))
		return;
	if (resolved == NULL) {
		snprintf(text, sizeof(text), "%lld", (long long)time_of(old));
		resolved = text;
	}
	event_put(out, "resolved", resolved);
}

/* What a field held before, as the event named in b wrote it. */
static enum rc
put_old(struct turn *t, const struct event_value *v, struct event *out,
    struct err *err)
{
	struct event old;
	int64_t seq;
	enum rc rc;

	rc = writer_find(t->st, v->before, strlen(v->before), &seq, err);
	if (rc != RC_OK || seq == 0)
		return rc;
	if ((rc = journal_load(t->st, seq, &old, err)) != RC_OK)
		return rc;
	event_put(out, v->field, event_get(&old, v->field));
	if (strcmp(v->field, "status") == 0) {
		const char *category = event_get(&old, "category");

		if (category != NULL)
			event_put(out, "category", category);
		put_resolved(out, &old);
	}
	event_release(&old);
	return RC_OK;
}

static enum rc
turn_set(struct turn *t, const struct event *ev, struct err *err)
{
	enum object_kind kind;
	struct event out;
	int64_t id;
	bool same;
	enum rc rc;

	rc = object_find(t->st, &ev->object, &kind, &id, err);
	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_OK : rc;
	begin_event(t, &out, EVENT_SET, &ev->object);
	for (size_t i = 0; i < ev->n_values; i++) {
		const struct event_value *v = &ev->values[i];

		if (v->before == NULL)
			continue;
		rc = is_as_written(t, kind, id, ev, v, &same, err);
		if (rc != RC_OK)
			break;
		if (!same)
			skip(t, kind, id, v->field);
		else if ((rc = put_old(t, v, &out, err)) != RC_OK)
			break;
	}
	if (rc == RC_OK)
		return append(t, &out, APPEND_CHANGES, err);
	event_release(&out);
	return rc;
}

/* What was added goes, what was removed comes back; what somebody has brought
 * about already is named. */
static enum rc
turn_sets(struct turn *t, const struct event *ev, struct err *err)
{
	const bool added = ev->kind == EVENT_ADD;
	enum object_kind kind;
	struct event out;
	int64_t id, seq;
	enum rc rc;

	rc = object_find(t->st, &ev->object, &kind, &id, err);
	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_OK : rc;
	begin_event(t, &out, added ? EVENT_REMOVE : EVENT_ADD, &ev->object);
	for (size_t i = 0; i < ev->n_values; i++) {
		const struct event_value *v = &ev->values[i];

		if (!set_is_field(v->field) || v->value == NULL)
			continue;
		rc = set_find(t->st, id, v->field, v->value, &seq, err);
		if (rc != RC_OK)
			break;
		if (added == (seq != 0))
			event_put(&out, v->field, v->value);
		else
			skip(t, kind, id, v->field);
	}
	if (rc == RC_OK)
		return append(t, &out, APPEND_CHANGES, err);
	event_release(&out);
	return rc;
}

/* The same for marks of commits. */
static enum rc
turn_marks(struct turn *t, const struct event *ev, struct err *err)
{
	const bool added = ev->kind == EVENT_ADD;
	struct event out;
	int64_t seq;
	enum rc rc = RC_OK;

	begin_event(t, &out, added ? EVENT_REMOVE : EVENT_ADD, &ev->object);
	for (size_t i = 0; i < ev->n_values && rc == RC_OK; i++) {
		const struct event_value *v = &ev->values[i];

		rc = mark_find(t->st, v->value, &seq, err);
		if (rc == RC_OK && added == (seq != 0))
			event_put(&out, v->field, v->value);
		else if (rc == RC_OK)
			strv_take(t->skipped,
			    mem_printf("commit %.9s %s", v->value, v->field));
	}
	if (rc == RC_OK)
		return append(t, &out, APPEND_CHANGES, err);
	event_release(&out);
	return rc;
}

/* What was made is put away, not destroyed. */
static enum rc
turn_made(struct turn *t, const struct event *ev, struct err *err)
{
	struct event out;

	begin_event(t, &out, EVENT_SET, &ev->object);
	event_put(&out, ev->kind == EVENT_COMMENT ? "hidden" : "deleted", "1");
	return append(t, &out, APPEND_CHANGES, err);
}

static enum rc
turn_event(struct turn *t, const struct event *ev, struct err *err)
{
	switch (ev->kind) {
	case EVENT_SET:
		return turn_set(t, ev, err);
	case EVENT_ADD:
	case EVENT_REMOVE:
		return mark_is_event(ev) ? turn_marks(t, ev, err)
					 : turn_sets(t, ev, err);
	case EVENT_TICKET:
	case EVENT_RELEASE:
	case EVENT_BUILD:
	case EVENT_COMMENT:
		return turn_made(t, ev, err);
	case EVENT_META:
	case EVENT_UNKNOWN:
	case EVENT_N:
		break;
	}
	return RC_OK;
}

/* The newest event of the group before number n, or *seq 0. */
static enum rc
previous(struct turn *t, int64_t *n, int64_t *seq, struct err *err)
{
	static const char sql[] =
	    "SELECT n, seq FROM journal WHERE replica = 1 AND n >= ?1 AND "
	    "n < ?2 AND grp = ?1 ORDER BY n DESC LIMIT 1";
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	*seq = 0;
	if ((rc = db_prepare(t->st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, t->group);
	db_bind_int(stmt, 2, *n);
	rc = db_step(t->st, stmt, &row, err);
	if (rc == RC_OK && row) {
		*n = db_int(stmt, 0);
		*seq = db_int(stmt, 1);
	}
	db_finish(t->st, stmt);
	return rc;
}

static enum rc
turn_back(struct turn *t, int64_t last, struct err *err)
{
	struct event ev, mark;
	int64_t n = last + 1, seq;
	enum rc rc;

	for (;;) {
		if ((rc = previous(t, &n, &seq, err)) != RC_OK)
			return rc;
		if (seq == 0)
			break;
		if ((rc = journal_load(t->st, seq, &ev, err)) != RC_OK)
			return rc;
		rc = turn_event(t, &ev, err);
		event_release(&ev);
		if (rc != RC_OK)
			return rc;
	}
	if (t->own != 0)
		return RC_OK;
	/* All of it was changed since: the next undo must go on from here. */
	begin_event(t, &mark, EVENT_SET, &t->st->tracker);
	return append(t, &mark, APPEND_ALWAYS, err);
}

struct op_row {
	int64_t n, live, last, undoes;
};

static enum rc
find_op(struct store *st, const char *sql, const char *none, struct op_row *out,
    struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	if ((rc = write_op_flush(st, err)) != RC_OK ||
	    (rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row)
		*out = (struct op_row){ db_int(stmt, 0), db_int(stmt, 1),
			db_int(stmt, 2), db_int(stmt, 3) };
	else if (rc == RC_OK)
		rc = err_set(err, RC_NOT_FOUND, "%s", none);
	db_finish(st, stmt);
	return rc;
}

static enum rc
find_undo(struct store *st, struct op_row *out, struct err *err)
{
	static const char sql[] =
	    "SELECT o.n, o.live, l.last, 0 FROM op o JOIN op l ON l.n = o.live "
	    "WHERE o.undoes = 0 AND o.redoes = 0 AND o.undone = 0 "
	    "ORDER BY o.n DESC LIMIT 1";

	return find_op(st, sql, "nothing to undo (see: notes log)", out, err);
}

static enum rc
find_redo(struct store *st, struct op_row *out, struct err *err)
{
	static const char sql[] =
	    "SELECT n, n, last, undoes FROM op WHERE undoes <> 0 AND "
	    "undone = 0 AND n > coalesce((SELECT n FROM op WHERE undoes = 0 "
	    "AND redoes = 0 ORDER BY n DESC LIMIT 1), 0) "
	    "ORDER BY n DESC LIMIT 1";

	return find_op(st, sql, "nothing to redo (see: notes log)", out, err);
}

enum rc
store_undo_peek(struct store *st, int64_t *op, struct err *err)
{
	struct op_row row = { 0 };
	enum rc rc;

	*op = 0;
	if ((rc = find_undo(st, &row, err)) == RC_OK)
		*op = row.n;
	return rc;
}

enum rc
store_redo_peek(struct store *st, int64_t *op, int64_t *undo, struct err *err)
{
	struct op_row row = { 0 };
	enum rc rc;

	*op = *undo = 0;
	if ((rc = find_redo(st, &row, err)) == RC_OK) {
		*op = row.undoes;
		*undo = row.n;
	}
	return rc;
}

/* Ends what turn() and store_undo_op() began. */
static enum rc
turn_end(struct store *st, enum rc rc, struct err *err)
{
	if (rc == RC_OK)
		return store_commit(st, err);
	/* Nothing was written: the caller's work stays as it is. */
	if (rc == RC_NOT_FOUND && !st->doomed && st->depth > 1)
		st->depth--;
	else
		store_rollback(st);
	return rc;
}

enum direction { UNDO, REDO };

static enum rc
turn(struct store *st, enum direction way, const char *actor, int64_t *op,
    struct strv *skipped, struct err *err)
{
	struct strv unused = STRV_INIT;
	struct turn t = { .st = st,
		.actor = actor,
		.skipped = skipped != NULL ? skipped : &unused };
	struct op_row row = { 0 };
	enum rc rc;

	if ((rc = store_begin(st, err)) != RC_OK)
		return rc;
	rc = way == UNDO ? find_undo(st, &row, err) : find_redo(st, &row, err);
	if (rc == RC_OK) {
		t.group = row.live;
		t.undoes = way == UNDO ? row.n : 0;
		t.redoes = way == UNDO ? 0 : row.undoes;
		rc = turn_back(&t, row.last, err);
	}
	strv_release(&unused);
	if (rc == RC_OK && op != NULL)
		*op = way == UNDO ? row.n : row.undoes;
	return turn_end(st, rc, err);
}

enum rc
store_undo(struct store *st, const char *actor, int64_t *op,
    struct strv *skipped, struct err *err)
{
	return turn(st, UNDO, actor, op, skipped, err);
}

enum rc
store_redo(struct store *st, const char *actor, int64_t *op,
    struct strv *skipped, struct err *err)
{
	return turn(st, REDO, actor, op, skipped, err);
}

/* The operation itself, while it is not undone. */
static enum rc
find_live(struct store *st, int64_t op, struct op_row *out, struct err *err)
{
	static const char sql[] =
	    "SELECT o.n, o.live, l.last, 0 FROM op o JOIN op l ON l.n = o.live "
	    "WHERE o.n = ?1 AND o.undoes = 0 AND o.redoes = 0 "
	    "AND o.undone = 0";
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	if ((rc = write_op_flush(st, err)) != RC_OK ||
	    (rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, op);
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row)
		*out = (struct op_row){ db_int(stmt, 0), db_int(stmt, 1),
			db_int(stmt, 2), db_int(stmt, 3) };
	else if (rc == RC_OK)
		rc = err_set(err, RC_NOT_FOUND,
		    "operation %lld is undone already, or never was",
		    (long long)op);
	db_finish(st, stmt);
	return rc;
}

enum rc
store_undo_op(struct store *st, int64_t op, const char *actor,
    const char *origin, struct strv *skipped, struct err *err)
{
	struct strv unused = STRV_INIT;
	struct turn t = { .st = st,
		.actor = actor,
		.origin = origin,
		.skipped = skipped != NULL ? skipped : &unused };
	struct op_row row = { 0 };
	enum rc rc;

	if ((rc = store_begin(st, err)) != RC_OK)
		return rc;
	if ((rc = find_live(st, op, &row, err)) == RC_OK) {
		t.group = row.live;
		t.undoes = row.n;
		rc = turn_back(&t, row.last, err);
	}
	strv_release(&unused);
	return turn_end(st, rc, err);
}
