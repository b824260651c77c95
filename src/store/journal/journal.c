#include "store/journal.h"

#include <stdlib.h>
#include <string.h>

#include "apply.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"

static enum rc (*const preparers[EVENT_N])(struct apply *a, struct err *err) = {
	[EVENT_META] = prepare_meta,
	[EVENT_TICKET] = prepare_make,
	[EVENT_RELEASE] = prepare_make,
	[EVENT_BUILD] = prepare_make,
	[EVENT_COMMENT] = prepare_make,
	[EVENT_SET] = prepare_set,
	[EVENT_ADD] = prepare_sets,
	[EVENT_REMOVE] = prepare_sets,
};

static bool
is_change_only(enum event_kind kind)
{
	return kind == EVENT_SET || kind == EVENT_ADD || kind == EVENT_REMOVE ||
	    kind == EVENT_META;
}

static enum rc
insert_line(struct apply *a, int64_t replica, const struct buf *line,
    struct err *err)
{
	static const char sql[] =
	    "INSERT INTO journal (seq, replica, n, h, grp, object, line) "
	    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
	const struct event *ev = a->ev;
	sqlite3_stmt *stmt = NULL;
	enum rc rc;

	if ((rc = db_prepare(a->st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, a->seq);
	db_bind_int(stmt, 2, replica);
	db_bind_int(stmt, 3, ev->n);
	db_bind_int(stmt, 4, (int64_t)ev->h);
	db_bind_int(stmt, 5, ev->group);
	db_bind_text(stmt, 6, ev->object.s);
	db_bind_text_len(stmt, 7, line->ptr, line->len);
	rc = db_run(a->st, stmt, err);
	db_finish(a->st, stmt);
	return rc;
}

/* Into the journal, then into the tables: both or neither. */
static enum rc
write_event(struct apply *a, int64_t replica, struct err *err)
{
	struct buf line = BUF_INIT;
	enum rc rc;

	event_encode(a->ev, &line);
	if ((rc = insert_line(a, replica, &line, err)) == RC_OK)
		rc = apply_event(a, err);
	buf_release(&line);
	if (rc != RC_OK) {
		db_doom(a->st);
		return rc;
	}
	a->w->seq = a->seq;
	if (a->ev->h > a->w->h)
		a->w->h = a->ev->h;
	return RC_OK;
}

enum rc
journal_append(struct store *st, struct event *ev, enum append_flag flag,
    struct err *err)
{
	struct write_state *w;
	struct apply a;
	const int64_t group = ev->group;
	enum rc rc;

	if ((rc = write_get(st, &w, err)) != RC_OK)
		return rc;
	if (preparers[ev->kind] == NULL)
		return err_set(err, RC_INVALID, "an event of unknown kind");
	ev->replica = st->replica;
	ev->n = w->n + 1;
	ev->h = event_clock_next(w->h, date_clock_ms());
	ev->group = group != 0 ? group : ev->n;
	/* struct event starts as zeros: 1970 is not meant. */
	if (ev->time == 0)
		ev->time = DATE_NONE;
	if (ev->actor == NULL)
		ev->actor = mem_strdup("");
	apply_init(&a, st, w, ev, w->seq + 1);
	rc = preparers[ev->kind](&a, err);
	if (rc != RC_OK ||
	    (flag == APPEND_CHANGES && ev->n_values == 0 &&
		is_change_only(ev->kind))) {
		ev->n = 0;
		ev->group = group;
		return rc;
	}
	if ((rc = write_event(&a, 1, err)) != RC_OK)
		return rc;
	w->n = ev->n;
	return RC_OK;
}

/* Number of another database, which is added when it is new. */
static enum rc
replica_of(struct store *st, uint64_t bits, int64_t *id, int64_t *n,
    struct err *err)
{
	static const char find[] = "SELECT id, n FROM replica WHERE bits = ?1";
	static const char add[] = "INSERT INTO replica (bits) VALUES (?1)";
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	*id = *n = 0;
	if ((rc = db_prepare(st, &stmt, find, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, (int64_t)bits);
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row) {
		*id = db_int(stmt, 0);
		*n = db_int(stmt, 1);
	}
	db_finish(st, stmt);
	if (rc != RC_OK || row)
		return rc;
	if ((rc = db_prepare(st, &stmt, add, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, (int64_t)bits);
	if ((rc = db_run(st, stmt, err)) == RC_OK)
		*id = sqlite3_last_insert_rowid(st->db);
	db_finish(st, stmt);
	return rc;
}

static enum rc
replica_advance(struct store *st, int64_t id, const struct event *ev,
    struct err *err)
{
	static const char sql[] =
	    "UPDATE replica SET n = ?2, h = max(h, ?3) WHERE id = ?1";
	sqlite3_stmt *stmt = NULL;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, id);
	db_bind_int(stmt, 2, ev->n);
	db_bind_int(stmt, 3, (int64_t)ev->h);
	rc = db_run(st, stmt, err);
	db_finish(st, stmt);
	return rc;
}

/* Of another database: in its own order, without gaps, each once. */
static enum rc
append_foreign(struct store *st, struct event *ev, struct err *err)
{
	struct write_state *w;
	struct apply a;
	int64_t id, n;
	enum rc rc;

	if ((rc = write_get(st, &w, err)) != RC_OK ||
	    (rc = replica_of(st, ev->replica, &id, &n, err)) != RC_OK)
		return rc;
	if (ev->n <= n)
		return err_set(err, RC_EXISTS,
		    "event %lld of that tracker is there already",
		    (long long)ev->n);
	if (ev->n != n + 1)
		return err_set(err, RC_INVALID,
		    "event %lld of that tracker came without those before it",
		    (long long)ev->n);
	if (!ulid_valid(ev->object.s))
		return err_set(err, RC_INVALID, "an event without an object");
	apply_init(&a, st, w, ev, w->seq + 1);
	if ((rc = write_event(&a, id, err)) == RC_OK &&
	    (rc = replica_advance(st, id, ev, err)) != RC_OK)
		db_doom(st);
	return rc;
}

enum rc
store_append(struct store *st, struct event *ev, struct err *err)
{
	if (ev->replica != 0 && ev->replica != st->replica)
		return append_foreign(st, ev, err);
	return journal_append(st, ev, APPEND_CHANGES, err);
}
