#include <stdlib.h>
#include <unistd.h>

#include "store/journal/apply.h"
#include "base/fs.h"
#include "db.h"
#include "store/history/history_state.h"

static enum rc
check_writable(struct store *st, struct err *err)
{
	if (st->newer)
		return err_set(err, RC_NEWER,
		    "%s was made by a newer notes: it can only be read",
		    st->path);
	if (store_is_readonly(st))
		return err_set(err, RC_READONLY,
		    "%s can't be written (check its permissions)", st->path);
	/* What is written into a file without a name is lost. */
	if (st->ino != 0 && store_was_replaced(st))
		return fs_exists(st->path)
		    ? err_set(err, RC_CONFLICT,
			  "nothing was written: another file is in the place "
			  "of %s (try again)",
			  st->path)
		    : err_set(err, RC_NOT_FOUND,
			  "nothing was written: gone: %s (put it back and "
			  "try again)",
			  st->path);
	return RC_OK;
}

/* What another process's lock was in the way of. */
static enum rc
nothing_written(enum rc rc, struct err *err)
{
	if (rc == RC_BUSY || rc == RC_STOPPED)
		err_prefix(err, "nothing was written");
	return rc;
}

enum rc
store_begin(struct store *st, struct err *err)
{
	static const char sql[] = "BEGIN IMMEDIATE";
	enum rc rc;

	if (st->depth > 0 && st->doomed)
		return err_set(err, RC_CONFLICT,
		    "the change was rolled back already");
	if (st->depth > 0) {
		st->depth++;
		return RC_OK;
	}
	if ((rc = check_writable(st, err)) != RC_OK)
		return rc;
	if ((rc = store_lock(st, err)) != RC_OK)
		return nothing_written(rc, err);
	if ((rc = db_exec(st, sql, err)) != RC_OK) {
		store_unlock(st);
		return nothing_written(rc, err);
	}
	st->depth = 1;
	st->doomed = false;
	return RC_OK;
}

/* The transaction is over, one way or the other. */
static void
end(struct store *st)
{
	write_discard(st);
	if (!sqlite3_get_autocommit(st->db))
		sqlite3_exec(st->db, "ROLLBACK", NULL, NULL, NULL);
	store_unlock(st);
}

static enum rc
finish_work(struct store *st, struct err *err)
{
	enum rc rc;

	if ((rc = write_flush(st, err)) != RC_OK ||
	    (rc = history_flush(st, err)) != RC_OK)
		return rc;
	if (st->warned_network) {
		st->warned_network = false;
		rc = store_local_set(st, "warned-network", "1", err);
	}
	return rc;
}

enum rc
store_commit(struct store *st, struct err *err)
{
	enum rc rc;

	if (st->depth > 1) {
		st->depth--;
		if (!st->doomed)
			return RC_OK;
		return err_set(err, RC_CONFLICT,
		    "the change was rolled back already");
	}
	if (st->depth == 0 || st->doomed || sqlite3_get_autocommit(st->db)) {
		/* SQLite rolls back by itself when the disk is full. */
		rc = err_set(err, RC_CONFLICT,
		    "the change was rolled back already");
		store_rollback(st);
		return rc;
	}
	if ((rc = finish_work(st, err)) != RC_OK ||
	    (rc = db_exec(st, "COMMIT", err)) != RC_OK) {
		store_rollback(st);
		return nothing_written(rc, err);
	}
	st->commits++;
	st->depth = 0;
	end(st);
	return RC_OK;
}

void
db_doom(struct store *st)
{
	if (st->depth == 0 || st->doomed)
		return;
	history_discard(st);
	end(st);
	st->doomed = true;
}

void
store_rollback(struct store *st)
{
	if (st->depth == 0)
		return;
	db_doom(st);
	st->doomed = --st->depth > 0;
}

/* A statement that stays prepared: reading begins with each key. */
static enum rc
run_kept(struct store *st, const char *sql, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	rc = db_run(st, stmt, err);
	db_finish(st, stmt);
	return rc;
}

enum rc
store_read_begin(struct store *st, struct err *err)
{
	static const char sql[] = "BEGIN";
	enum rc rc;

	if (st->depth == 0 && st->read_depth == 0 &&
	    (rc = run_kept(st, sql, err)) != RC_OK)
		return rc;
	st->read_depth++;
	return RC_OK;
}

void
store_read_end(struct store *st)
{
	static const char sql[] = "ROLLBACK";

	if (st->read_depth == 0 || --st->read_depth > 0)
		return;
	if (st->depth == 0 && !sqlite3_get_autocommit(st->db))
		run_kept(st, sql, NULL);
}

/* SQLite counts what others commit; what this connection did is added. */
int64_t
store_data_version(struct store *st)
{
	static const char sql[] = "PRAGMA data_version";
	int64_t v;

	if (db_get_int(st, sql, 0, &v, NULL) != RC_OK)
		return -1;
	return v + st->commits;
}
