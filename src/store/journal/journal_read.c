#include <stdlib.h>
#include <string.h>

#include "apply.h"
#include "store/journal.h"

/* The row's replica bits and line, from column i on. */
static enum rc
decode(struct store *st, sqlite3_stmt *stmt, int i, struct event *out,
    struct err *err)
{
	const char *line = db_text(stmt, i + 1);
	enum rc rc;

	rc = event_decode(line == NULL ? "" : line,
	    (size_t)sqlite3_column_bytes(stmt, i + 1), out, err);
	if (rc == RC_OK) {
		out->replica = (uint64_t)db_int(stmt, i);
		return RC_OK;
	}
	err_prefix(err, "%s", st->path);
	return RC_CORRUPT;
}

static enum rc
load(struct store *st, const char *sql, int64_t id, struct event *out,
    struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	*out = (struct event)EVENT_INIT;
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, id);
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && !row)
		rc = err_set(err, RC_NOT_FOUND,
		    "no event %lld (see: notes log)", (long long)id);
	else if (rc == RC_OK)
		rc = decode(st, stmt, 0, out, err);
	db_finish(st, stmt);
	return rc;
}

enum rc
journal_load(struct store *st, int64_t seq, struct event *out, struct err *err)
{
	static const char sql[] = "SELECT r.bits, j.line FROM journal j "
				  "JOIN replica r ON r.id = j.replica "
				  "WHERE j.seq = ?1";

	return load(st, sql, seq, out, err);
}

enum rc
store_journal_get(struct store *st, int64_t n, struct event *out,
    struct err *err)
{
	static const char sql[] = "SELECT r.bits, j.line FROM journal j "
				  "JOIN replica r ON r.id = j.replica "
				  "WHERE j.replica = 1 AND j.n = ?1";

	return load(st, sql, n, out, err);
}

/*
 * A ticket's events include those of its comments.  before is a number of this
 * replica: it stands for that event's place in the journal.
 */
enum rc
store_journal_each(struct store *st, const struct ulid *object, int64_t before,
    bool (*fn)(const struct event *ev, void *arg), void *arg, struct err *err)
{
	static const char all[] =
	    "SELECT r.bits, j.line FROM journal j "
	    "JOIN replica r ON r.id = j.replica WHERE j.seq < "
	    "coalesce((SELECT seq FROM journal WHERE replica = 1 AND n = ?1), "
	    "9223372036854775807) ORDER BY j.seq DESC";
	static const char one[] =
	    "SELECT r.bits, j.line FROM journal j "
	    "JOIN replica r ON r.id = j.replica WHERE j.object IN "
	    "(SELECT ?2 UNION ALL SELECT c.ulid FROM comment c "
	    "JOIN ticket t ON t.id = c.ticket WHERE t.ulid = ?2) "
	    "AND j.seq < "
	    "coalesce((SELECT seq FROM journal WHERE replica = 1 AND n = ?1), "
	    "9223372036854775807) ORDER BY j.seq DESC";
	sqlite3_stmt *stmt = NULL;
	bool row, more = true;
	enum rc rc;

	rc = db_prepare(st, &stmt, object == NULL ? all : one, err);
	if (rc != RC_OK)
		return rc;
	db_bind_int(stmt, 1, before);
	if (object != NULL)
		db_bind_text(stmt, 2, object->s);
	while (more && (rc = db_step(st, stmt, &row, err)) == RC_OK && row) {
		struct event ev = EVENT_INIT;

		if ((rc = decode(st, stmt, 0, &ev, err)) != RC_OK)
			break;
		more = fn(&ev, arg);
		event_release(&ev);
	}
	db_finish(st, stmt);
	return rc;
}
