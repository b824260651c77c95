#include <string.h>

#include "apply.h"
#include "store/journal.h"

/*
 * Making an index over all rows at the end costs a fraction of keeping it up
 * row by row, unless most rows were there before.
 */
#define BULK_MIN 2000

/*
 * Applying has checked each value and found each object before it writes, so
 * the checks of the tables would only be the same work again.
 */
static enum rc
set_loading(struct store *st, bool on, struct err *err)
{
	static const char begin[] = "PRAGMA cache_size = -49152;"
				    "PRAGMA ignore_check_constraints = ON";
	static const char end[] = "PRAGMA cache_size = -2000;"
				  "PRAGMA ignore_check_constraints = OFF";

	sqlite3_db_config(st->db, SQLITE_DBCONFIG_ENABLE_FKEY, !on, NULL);
	return db_exec(st, on ? begin : end, err);
}

enum rc
store_bulk_begin(struct store *st, struct err *err)
{
	if (st->bulk++ > 0)
		return RC_OK;
	return set_loading(st, true, err);
}

enum rc
store_bulk_end(struct store *st, struct err *err)
{
	enum rc rc;

	if (st->bulk == 0 || --st->bulk > 0)
		return RC_OK;
	rc = st->depth > 0 && !st->doomed ? write_flush(st, err) : RC_OK;
	if (rc != RC_OK) {
		set_loading(st, false, NULL);
		return rc;
	}
	return set_loading(st, false, err);
}

/*
 * The search index gathers words in memory and writes them out as segments:
 * few large ones need no merging on the way.  The values are FTS5's own when it
 * is left alone.
 */
static enum rc
set_gathering(struct store *st, bool on, struct err *err)
{
	static const char more[] =
	    "INSERT INTO search (search, rank) VALUES ('hashsize', 16777216);"
	    "INSERT INTO search (search, rank) VALUES ('automerge', 0)";
	static const char usual[] =
	    "INSERT INTO search (search, rank) VALUES ('hashsize', 1048576);"
	    "INSERT INTO search (search, rank) VALUES ('automerge', 4)";

	return db_exec(st, on ? more : usual, err);
}

/* Lets go of the indexes that only lists use; the names are the schema's. */
enum rc
bulk_strip(struct store *st, struct err *err)
{
	static const char sql[] =
	    "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND "
	    "sql IS NOT NULL AND tbl_name IN ('ticket', 'label', "
	    "'ticket_release', 'found_in')";
	struct strv drops = STRV_INIT;
	struct buf text = BUF_INIT;
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	if (st->write->indexes.n > 0)
		return RC_OK;
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row) {
		buf_clear(&text);
		buf_printf(&text, "DROP INDEX %s", db_text(stmt, 0));
		strv_push(&drops, buf_str(&text));
		strv_push(&st->write->indexes, db_text(stmt, 1));
	}
	db_finish(st, stmt);
	for (size_t i = 0; rc == RC_OK && i < drops.n; i++)
		rc = db_exec(st, drops.v[i], err);
	strv_release(&drops);
	buf_release(&text);
	return rc == RC_OK ? set_gathering(st, true, err) : rc;
}

enum rc
bulk_consider(struct apply *a, struct err *err)
{
	const struct write_state *w = a->w;
	const int64_t old = w->first_new - 1, added = w->ticket - old;

	if (a->st->bulk == 0 || w->indexes.n > 0 || added != BULK_MIN)
		return RC_OK;
	/* A query of the caller's that is still open forbids it. */
	if (old > BULK_MIN)
		return RC_OK;
	for (sqlite3_stmt *s = NULL;
	     (s = sqlite3_next_stmt(a->st->db, s)) != NULL;)
		if (sqlite3_stmt_busy(s))
			return RC_OK;
	return bulk_strip(a->st, err);
}

enum rc
bulk_finish(struct store *st, struct err *err)
{
	struct write_state *w = st->write;
	enum rc rc;

	if (w->indexes.n == 0)
		return write_search_flush(st, err);
	if ((rc = write_search_flush(st, err)) != RC_OK)
		return rc;
	for (size_t i = 0; rc == RC_OK && i < w->indexes.n; i++)
		rc = db_exec(st, w->indexes.v[i], err);
	strv_release(&w->indexes);
	return rc == RC_OK ? set_gathering(st, false, err) : rc;
}
