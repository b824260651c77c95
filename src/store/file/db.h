/*
 * Private to src/store: the connection, and the few calls through which every
 * statement goes.
 *
 * A query is
 *
 *	static const char sql[] = "SELECT id, summary FROM ticket "
 *	    "WHERE status = ?1";
 *	sqlite3_stmt *stmt = NULL;
 *	bool row;
 *	enum rc rc;
 *
 *	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
 *		return rc;
 *	db_bind_text(stmt, 1, status);
 *	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row)
 *		... db_int(stmt, 0), db_text(stmt, 1) ...
 *	db_finish(st, stmt);
 *	return rc;
 *
 * db_prepare() keeps the statement for the next time, so its text must be a
 * constant that lives as long as the program (static const char[]); it is told
 * apart by its address.  Text that is put together goes to db_prepare_text(),
 * which prepares each time.  db_finish() resets either, and lets go of what
 * was bound; every path must reach it, as an open statement blocks writers.
 *
 * Bound texts and blobs are not copied: they must stay until db_finish() or
 * db_reset().  What db_text() returns stays until the next step or reset.
 *
 * Writing needs store_begin() and store_commit() around it.  Tables of the
 * projection are written by apply alone.
 */
#ifndef NOTES_STORE_DB_H
#define NOTES_STORE_DB_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"
#include "base/strv.h"
#include "base/ulid.h"
#include "model/commit.h"
#include "model/ticket.h"
#include "store/store.h"

#define STORE_APPLICATION_ID 0x6e6f7465 /* "note" */

struct db_cache;
struct write_state;   /* apply.h */
struct history_state; /* history_state.h */
struct words;         /* words.h */

struct store {
	sqlite3 *db;
	char *path;      /* without links */
	char *lock_path; /* notes.lock beside it */
	enum store_mode mode;
	bool readonly;
	bool newer; /* made by a newer notes: read only */
	dev_t dev;
	ino_t ino;
	uint64_t replica;
	struct ulid tracker;
	struct strv warnings;
	int lock_fd; /* -1 while not writing */
	int depth;   /* of store_begin() */
	bool doomed; /* rolled back inside: nothing more */
	int read_depth;
	int bulk; /* of store_bulk_begin() */
	bool (*stop)(void *arg);
	void *stop_arg;
	bool (*give_up)(void *arg, long pid, int waited_ms);
	void *give_up_arg;
	bool gave_up;         /* the last wait was broken off */
	int64_t waiting_from; /* milliseconds; of a lock of SQLite's */
	int64_t commits;     /* of this connection */
	bool warned_network; /* to be remembered */
	struct db_cache *cache;
	struct write_state *write;     /* of the open transaction, or NULL */
	struct history_state *history; /* or NULL */
	struct words *words;           /* found last, or NULL */
};

/* Statements. */
enum rc db_prepare(struct store *st, sqlite3_stmt **out, const char *sql,
    struct err *err);
enum rc db_prepare_text(struct store *st, sqlite3_stmt **out, const char *sql,
    struct err *err);
/* stmt may be NULL. */
void db_finish(struct store *st, sqlite3_stmt *stmt);
void db_reset(sqlite3_stmt *stmt);

/* *row tells whether there is a row to read. */
enum rc db_step(struct store *st, sqlite3_stmt *stmt, bool *row,
    struct err *err);
/* Steps to the end, for statements without rows, and resets. */
enum rc db_run(struct store *st, sqlite3_stmt *stmt, struct err *err);
/* One or more statements without values to bind. */
enum rc db_exec(struct store *st, const char *sql, struct err *err);
/* The first column of the first row of sql, or fallback without a row. */
enum rc db_get_int(struct store *st, const char *sql, int64_t fallback,
    int64_t *out, struct err *err);
/* The same with values for ?1, ?2 and so on. */
enum rc db_ask_int(struct store *st, const char *sql, const int64_t *args,
    size_t n, int64_t fallback, int64_t *out, struct err *err);

/* The writers' lock, which the end of a transaction lets go of. */
enum rc store_lock(struct store *st, struct err *err);
void store_unlock(struct store *st);

/* Rolls back at once what can't be finished; the transaction stays to be
 * ended, and refuses everything until then. */
void db_doom(struct store *st);

/* Lets go of all kept statements. */
void db_cache_clear(struct store *st);

/* Waits for SQLite's own locks (sqlite3_busy_handler); arg is the store. */
int db_on_busy(void *arg, int count);
/* RC_BUSY that names who holds them, or RC_STOPPED. */
enum rc db_is_busy(struct store *st, struct err *err);

/* The message for what SQLite said last; code is its return value. */
enum rc db_error(struct store *st, int code, struct err *err);

/* Binding: NULL texts, blobs, DATE_NONE and oids of no length become NULL. */
void db_bind_int(sqlite3_stmt *stmt, int i, int64_t v);
void db_bind_time(sqlite3_stmt *stmt, int i, int64_t v);
void db_bind_text(sqlite3_stmt *stmt, int i, const char *s);
void db_bind_text_len(sqlite3_stmt *stmt, int i, const char *s, size_t len);
void db_bind_blob(sqlite3_stmt *stmt, int i, const void *p, size_t len);
void db_bind_oid(sqlite3_stmt *stmt, int i, const struct oid *oid);

/* Reading a column, from 0. */
int64_t db_int(sqlite3_stmt *stmt, int i);
int64_t db_time(sqlite3_stmt *stmt, int i);     /* DATE_NONE for NULL */
const char *db_text(sqlite3_stmt *stmt, int i); /* NULL for NULL */
/* the caller frees it */
char *db_text_dup(sqlite3_stmt *stmt, int i);
void db_oid(sqlite3_stmt *stmt, int i, struct oid *out);
void db_ulid(sqlite3_stmt *stmt, int i, struct ulid *out);

/*
 * Prefix numbers (table prefix): 0 when the prefix was never used.  The first
 * only reads; the second adds it and must stand in a transaction.
 */
enum rc db_prefix_find(struct store *st, const char *prefix, int64_t *id,
    struct err *err);
enum rc db_prefix_add(struct store *st, const char *prefix, int64_t *id,
    struct err *err);
/* The other way round; out is "" when there is none. */
enum rc db_prefix_name(struct store *st, int64_t id,
    char out[TICKET_PREFIX_MAX], struct err *err);

#endif
