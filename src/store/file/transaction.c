#include <stdlib.h>
#include <unistd.h>

#include "store/journal/apply.h"
#include "base/fs.h"
#include "db.h"
#include "store/history/history_state.h"

/* Milliseconds to queue for the writers' lock. */
static const int lock_ms[] = {
	[STORE_READ] = 0,
	[STORE_WRITE] = 5000,
	[STORE_HOOK] = 200,
};

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
	return RC_OK;
}

enum rc
store_lock(struct store *st, struct err *err)
{
	if (st->lock_fd >= 0)
		return RC_OK;
	return fs_lock(st->lock_path, lock_ms[st->mode], &st->lock_fd, err);
}

void
store_unlock(struct store *st)
{
	if (st->lock_fd < 0)
		return;
	fs_unlock(&st->lock_fd);
	st->lock_fd = -1;
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
		return rc;
	if ((rc = db_exec(st, sql, err)) != RC_OK) {
		store_unlock(st);
		return rc;
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
		return rc;
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
