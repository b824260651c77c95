#include <stdlib.h>

#include "apply.h"
#include "base/buf.h"
#include "store/query/search.h"

/*
 * The search index holds no texts, so a ticket's old ones are taken out before
 * the first change of a transaction, and its new ones put in at its end.
 */

static enum rc
comments_of(struct store *st, int64_t ticket, struct buf *out, struct err *err)
{
	static const char sql[] = "SELECT text FROM comment WHERE ticket = ?1 "
				  "AND hidden = 0 ORDER BY id";
	sqlite3_stmt *stmt = NULL;
	bool row = true;
	enum rc rc;

	buf_clear(out);
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, ticket);
	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row) {
		if (out->len > 0)
			buf_putc(out, '\n');
		buf_puts(out, db_text(stmt, 0));
	}
	db_finish(st, stmt);
	return rc;
}

enum index_action { INDEX_PUT, INDEX_REMOVE };

/* One ticket, whose row is at id, summary, description, n_comments. */
static enum rc
index_row(struct store *st, sqlite3_stmt *row, struct buf *comments,
    enum index_action action, struct err *err)
{
	enum rc (*fn)(struct store *, int64_t, const char *, const char *,
	    const char *, struct err *) = action == INDEX_PUT ? search_put
							      : search_remove;
	enum rc rc;

	buf_clear(comments);
	if (db_int(row, 3) > 0 &&
	    (rc = comments_of(st, db_int(row, 0), comments, err)) != RC_OK)
		return rc;
	return fn(st, db_int(row, 0), db_text(row, 1), db_text(row, 2),
	    buf_str(comments), err);
}

static enum rc
index_one(struct store *st, int64_t ticket, struct buf *comments,
    enum index_action action, struct err *err)
{
	static const char sql[] = "SELECT id, summary, description, n_comments "
				  "FROM ticket WHERE id = ?1";
	sqlite3_stmt *stmt = NULL;
	bool row;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, ticket);
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row)
		rc = index_row(st, stmt, comments, action, err);
	db_finish(st, stmt);
	return rc;
}

enum rc
write_search_stale(struct apply *a, int64_t ticket, struct err *err)
{
	struct buf comments = BUF_INIT;
	enum rc rc;

	if (ticket >= a->w->first_new || !id_set_add(&a->w->dirty, ticket))
		return RC_OK;
	rc = index_one(a->st, ticket, &comments, INDEX_REMOVE, err);
	buf_release(&comments);
	return rc;
}

static enum rc
index_new(struct store *st, struct buf *comments, struct err *err)
{
	static const char sql[] = "SELECT id, summary, description, n_comments "
				  "FROM ticket WHERE id >= ?1 ORDER BY id";
	sqlite3_stmt *stmt = NULL;
	bool row;
	enum rc rc;

	if (st->write->ticket < st->write->first_new)
		return RC_OK;
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, st->write->first_new);
	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row)
		if ((rc = index_row(st, stmt, comments, INDEX_PUT, err)) !=
		    RC_OK)
			break;
	db_finish(st, stmt);
	return rc;
}

enum rc
write_search_flush(struct store *st, struct err *err)
{
	struct write_state *w = st->write;
	struct buf comments = BUF_INIT;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < w->dirty.cap; i++)
		if (w->dirty.slots[i] != 0)
			rc = index_one(st, w->dirty.slots[i], &comments,
			    INDEX_PUT, err);
	id_set_release(&w->dirty);
	if (rc == RC_OK)
		rc = index_new(st, &comments, err);
	w->first_new = w->ticket + 1;
	buf_release(&comments);
	return rc;
}
