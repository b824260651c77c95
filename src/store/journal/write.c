#include <stdlib.h>
#include <string.h>

#include "apply.h"
#include "base/buf.h"
#include "base/mem.h"
#include "store/query/search.h"

static enum rc
load(struct store *st, struct write_state *w, struct err *err)
{
	/* Own events have clocks above all that was seen, so the newest of
	 * them and the replicas' are enough. */
	static const char sql[] =
	    "SELECT (SELECT max(seq) FROM journal), "
	    "(SELECT max(n) FROM journal WHERE replica = 1), "
	    "max((SELECT coalesce(max(h), 0) FROM replica), "
	    "coalesce((SELECT h FROM journal WHERE replica = 1 "
	    "ORDER BY n DESC LIMIT 1), 0)), "
	    "(SELECT max(id) FROM ticket)";
	sqlite3_stmt *stmt = NULL;
	bool row;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	if ((rc = db_step(st, stmt, &row, err)) == RC_OK) {
		w->seq = db_int(stmt, 0);
		w->n = db_int(stmt, 1);
		w->h = (uint64_t)db_int(stmt, 2);
		w->ticket = db_int(stmt, 3);
		w->first_new = w->ticket + 1;
	}
	db_finish(st, stmt);
	return rc;
}

enum rc
write_get(struct store *st, struct write_state **out, struct err *err)
{
	enum rc rc;

	*out = NULL;
	if (st->depth == 0)
		return err_set(err, RC_FAIL,
		    "a change outside of a transaction");
	if (st->doomed || sqlite3_get_autocommit(st->db))
		return err_set(err, RC_CONFLICT,
		    "the change was rolled back already");
	if (st->write == NULL) {
		struct write_state *w = mem_calloc(1, sizeof(*w));

		if ((rc = load(st, w, err)) != RC_OK) {
			free(w);
			return rc;
		}
		st->write = w;
	}
	*out = st->write;
	return RC_OK;
}

void
write_discard(struct store *st)
{
	if (st->write == NULL)
		return;
	id_set_release(&st->write->dirty);
	strv_release(&st->write->indexes);
	free(st->write);
	st->write = NULL;
}

enum rc
write_flush(struct store *st, struct err *err)
{
	enum rc rc;

	if (st->write == NULL)
		return RC_OK;
	if ((rc = write_op_flush(st, err)) != RC_OK ||
	    (rc = write_counters_flush(st, err)) != RC_OK)
		return rc;
	return bulk_finish(st, err);
}

/* Counters: what changed is added up until the transaction ends. */

enum rc
write_count(struct apply *a, const char *kind, const char *name, int64_t delta,
    struct err *err)
{
	struct write_state *w = a->w;
	struct write_counter *c;
	enum rc rc;

	for (size_t i = 0; i < w->n_counters; i++) {
		c = &w->counter[i];
		if (strcmp(c->kind, kind) == 0 && strcmp(c->name, name) == 0) {
			c->delta += delta;
			return RC_OK;
		}
	}
	if (w->n_counters == WRITE_COUNTERS &&
	    (rc = write_counters_flush(a->st, err)) != RC_OK)
		return rc;
	c = &w->counter[w->n_counters++];
	c->kind = kind;
	c->delta = delta;
	memcpy(c->name, name, strnlen(name, sizeof(c->name) - 1) + 1);
	c->name[sizeof(c->name) - 1] = '\0';
	return RC_OK;
}

enum rc
write_counters_flush(struct store *st, struct err *err)
{
	static const char sql[] =
	    "INSERT INTO counter (kind, name, n) VALUES (?1, ?2, ?3) "
	    "ON CONFLICT DO UPDATE SET n = n + excluded.n";
	static const char clean[] = "DELETE FROM counter WHERE n = 0";
	struct write_state *w = st->write;
	sqlite3_stmt *stmt = NULL;
	enum rc rc;

	if (w->n_counters == 0)
		return RC_OK;
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	for (size_t i = 0; rc == RC_OK && i < w->n_counters; i++) {
		if (w->counter[i].delta == 0)
			continue;
		db_bind_text(stmt, 1, w->counter[i].kind);
		db_bind_text(stmt, 2, w->counter[i].name);
		db_bind_int(stmt, 3, w->counter[i].delta);
		rc = db_run(st, stmt, err);
	}
	db_finish(st, stmt);
	w->n_counters = 0;
	if (rc != RC_OK || (rc = db_prepare(st, &stmt, clean, err)) != RC_OK)
		return rc;
	rc = db_run(st, stmt, err);
	db_finish(st, stmt);
	return rc;
}

/* Operations. */

static enum rc
op_mark(struct store *st, const struct write_op *op, struct err *err)
{
	/* Taking back marks the operation; doing it again marks the taking
	 * back, and moves the operation's effect to the new events. */
	static const char undo[] = "UPDATE op SET undone = 1 WHERE n = ?1";
	static const char redo[] =
	    "UPDATE op SET undone = 0, live = ?2 WHERE n = ?1";
	static const char used[] = "UPDATE op SET undone = 1 WHERE n = "
				   "(SELECT n FROM op WHERE undoes = ?1 AND "
				   "undone = 0 AND n < ?2 "
				   "ORDER BY n DESC LIMIT 1)";
	const char *const sql[] = { op->undoes != 0 ? undo : redo, used };
	enum rc rc = RC_OK;

	for (int i = 0; rc == RC_OK && i < (op->undoes != 0 ? 1 : 2); i++) {
		sqlite3_stmt *stmt = NULL;

		if ((rc = db_prepare(st, &stmt, sql[i], err)) != RC_OK)
			return rc;
		db_bind_int(stmt, 1, op->undoes + op->redoes);
		if (op->redoes != 0)
			db_bind_int(stmt, 2, op->n);
		rc = db_run(st, stmt, err);
		db_finish(st, stmt);
	}
	return rc;
}

enum rc
write_op_flush(struct store *st, struct err *err)
{
	static const char sql[] =
	    "INSERT INTO op (n, last, undoes, redoes, live, undone) "
	    "VALUES (?1, ?2, ?3, ?4, ?1, 0) "
	    "ON CONFLICT DO UPDATE SET last = excluded.last";
	struct write_op op;
	sqlite3_stmt *stmt = NULL;
	enum rc rc;

	if (st->write == NULL || st->write->op.n == 0)
		return RC_OK;
	op = st->write->op;
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, op.n);
	db_bind_int(stmt, 2, op.last);
	db_bind_int(stmt, 3, op.undoes);
	db_bind_int(stmt, 4, op.redoes);
	rc = db_run(st, stmt, err);
	db_finish(st, stmt);
	if (rc == RC_OK && (op.undoes != 0 || op.redoes != 0))
		rc = op_mark(st, &op, err);
	st->write->op = (struct write_op){ 0 };
	return rc;
}

enum rc
write_op_note(struct apply *a, struct err *err)
{
	const struct event *ev = a->ev;
	struct write_op *op = &a->w->op;
	enum rc rc;

	if (a->foreign || ev->kind == EVENT_META)
		return RC_OK;
	if (op->n == ev->group) {
		op->last = ev->n;
		return RC_OK;
	}
	if ((rc = write_op_flush(a->st, err)) != RC_OK)
		return rc;
	*op = (struct write_op){ ev->group, ev->n, ev->undoes, ev->redoes };
	return RC_OK;
}
