#include "db.h"

#include <string.h>

#include "base/date.h"
#include "base/mem.h"

/*
 * Kept statements: an open-addressed table by the address of the text, and
 * beside it one by the statement, for db_finish().  A statement that is in
 * use already (a query inside the callback of the same query) is not in it.
 */
#define CACHE_SLOTS 512
#define CACHE_MAX   384

struct cache_entry {
	const char *sql;
	sqlite3_stmt *stmt;
	bool busy;
};

struct db_cache {
	struct cache_entry by_sql[CACHE_SLOTS];
	struct cache_entry *by_stmt[CACHE_SLOTS];
	size_t n;
};

static size_t
slot_of(const void *p)
{
	const uint64_t x = (uint64_t)(uintptr_t)p *
	    UINT64_C(0x9e3779b97f4a7c15);

	return (size_t)(x >> 55) % CACHE_SLOTS;
}

static struct cache_entry *
entry_of_sql(struct db_cache *c, const char *sql)
{
	size_t i = slot_of(sql);

	while (c->by_sql[i].sql != NULL && c->by_sql[i].sql != sql)
		i = (i + 1) % CACHE_SLOTS;
	return &c->by_sql[i];
}

static struct cache_entry *
entry_of_stmt(const struct db_cache *c, const sqlite3_stmt *stmt)
{
	size_t i = slot_of(stmt);

	while (c->by_stmt[i] != NULL && c->by_stmt[i]->stmt != stmt)
		i = (i + 1) % CACHE_SLOTS;
	return c->by_stmt[i];
}

static void
remember(struct db_cache *c, struct cache_entry *e)
{
	size_t i = slot_of(e->stmt);

	while (c->by_stmt[i] != NULL)
		i = (i + 1) % CACHE_SLOTS;
	c->by_stmt[i] = e;
	c->n++;
}

void
db_cache_clear(struct store *st)
{
	if (st->cache == NULL)
		return;
	for (size_t i = 0; i < CACHE_SLOTS; i++)
		sqlite3_finalize(st->cache->by_sql[i].stmt);
	free(st->cache);
	st->cache = NULL;
}

/* SQLite's code, and what the user is told: the file, and a way out. */
enum rc
db_error(struct store *st, int code, struct err *err)
{
	const char *path = st->path;

	switch (code & 0xff) {
	case SQLITE_OK:
		return RC_OK;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return db_is_busy(st, err);
	case SQLITE_READONLY:
	case SQLITE_PERM:
		return err_set(err, RC_READONLY, "%s can't be written: %s",
		    path, sqlite3_errmsg(st->db));
	case SQLITE_INTERRUPT:
		return err_set(err, RC_STOPPED, "interrupted");
	case SQLITE_FULL:
		return err_set(err, RC_IO,
		    "%s: the disk is full; nothing was changed", path);
	case SQLITE_IOERR:
		return err_set(err, RC_IO,
		    "%s: input or output failed; nothing was changed (%s)",
		    path, sqlite3_errstr(code));
	case SQLITE_CORRUPT:
		return err_set(err, RC_CORRUPT,
		    "%s is damaged (see: notes fsck)", path);
	case SQLITE_NOTADB:
		return err_set(err, RC_CORRUPT, "%s is not a notes database",
		    path);
	case SQLITE_CANTOPEN:
		return err_set(err, RC_IO, "%s can't be opened: %s", path,
		    sqlite3_errmsg(st->db));
	case SQLITE_CONSTRAINT:
		return err_set(err, RC_INVALID,
		    "a value breaks a rule of the database: %s",
		    sqlite3_errmsg(st->db));
	case SQLITE_TOOBIG:
		return err_set(err, RC_INVALID, "a text is too long");
	case SQLITE_NOMEM:
		return err_set(err, RC_FAIL, "out of memory");
	default:
		return err_set(err, RC_FAIL, "%s: %s", path,
		    sqlite3_errmsg(st->db));
	}
}

static enum rc
prepare(struct store *st, sqlite3_stmt **out, const char *sql, unsigned flags,
    struct err *err)
{
	const int code = sqlite3_prepare_v3(st->db, sql, -1, flags, out, NULL);

	return code == SQLITE_OK ? RC_OK : db_error(st, code, err);
}

enum rc
db_prepare(struct store *st, sqlite3_stmt **out, const char *sql,
    struct err *err)
{
	struct cache_entry *e;
	enum rc rc;

	if (st->cache == NULL)
		st->cache = mem_calloc(1, sizeof(*st->cache));
	e = entry_of_sql(st->cache, sql);
	if (e->stmt != NULL && !e->busy) {
		e->busy = true;
		*out = e->stmt;
		return RC_OK;
	}
	if (e->stmt != NULL || st->cache->n >= CACHE_MAX)
		return prepare(st, out, sql, 0, err);
	rc = prepare(st, out, sql, SQLITE_PREPARE_PERSISTENT, err);
	if (rc != RC_OK)
		return rc;
	*e = (struct cache_entry){ .sql = sql, .stmt = *out, .busy = true };
	remember(st->cache, e);
	return RC_OK;
}

enum rc
db_prepare_text(struct store *st, sqlite3_stmt **out, const char *sql,
    struct err *err)
{
	return prepare(st, out, sql, 0, err);
}

void
db_finish(struct store *st, sqlite3_stmt *stmt)
{
	struct cache_entry *e;

	if (stmt == NULL)
		return;
	e = st->cache == NULL ? NULL : entry_of_stmt(st->cache, stmt);
	if (e == NULL) {
		sqlite3_finalize(stmt);
		return;
	}
	sqlite3_reset(stmt);
	sqlite3_clear_bindings(stmt);
	e->busy = false;
}

void
db_reset(sqlite3_stmt *stmt)
{
	sqlite3_reset(stmt);
}

enum rc
db_step(struct store *st, sqlite3_stmt *stmt, bool *row, struct err *err)
{
	const int code = sqlite3_step(stmt);

	*row = code == SQLITE_ROW;
	if (code == SQLITE_ROW || code == SQLITE_DONE)
		return RC_OK;
	return db_error(st, code, err);
}

enum rc
db_run(struct store *st, sqlite3_stmt *stmt, struct err *err)
{
	enum rc rc;
	bool row;

	do
		rc = db_step(st, stmt, &row, err);
	while (rc == RC_OK && row);
	sqlite3_reset(stmt);
	return rc;
}

enum rc
db_exec(struct store *st, const char *sql, struct err *err)
{
	const int code = sqlite3_exec(st->db, sql, NULL, NULL, NULL);

	return code == SQLITE_OK ? RC_OK : db_error(st, code, err);
}

enum rc
db_ask_int(struct store *st, const char *sql, const int64_t *args, size_t n,
    int64_t fallback, int64_t *out, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	*out = fallback;
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++)
		db_bind_int(stmt, (int)i + 1, args[i]);
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row && sqlite3_column_type(stmt, 0) != SQLITE_NULL)
		*out = sqlite3_column_int64(stmt, 0);
	db_finish(st, stmt);
	return rc;
}

enum rc
db_get_int(struct store *st, const char *sql, int64_t fallback, int64_t *out,
    struct err *err)
{
	return db_ask_int(st, sql, NULL, 0, fallback, out, err);
}

void
db_bind_int(sqlite3_stmt *stmt, int i, int64_t v)
{
	sqlite3_bind_int64(stmt, i, v);
}

void
db_bind_time(sqlite3_stmt *stmt, int i, int64_t v)
{
	if (v == DATE_NONE)
		sqlite3_bind_null(stmt, i);
	else
		sqlite3_bind_int64(stmt, i, v);
}

void
db_bind_text(sqlite3_stmt *stmt, int i, const char *s)
{
	/* With no text SQLite binds NULL. */
	sqlite3_bind_text(stmt, i, s, -1, SQLITE_STATIC);
}

void
db_bind_text_len(sqlite3_stmt *stmt, int i, const char *s, size_t len)
{
	sqlite3_bind_text64(stmt, i, s, len, SQLITE_STATIC, SQLITE_UTF8);
}

void
db_bind_blob(sqlite3_stmt *stmt, int i, const void *p, size_t len)
{
	if (p == NULL || len == 0)
		sqlite3_bind_null(stmt, i);
	else
		sqlite3_bind_blob64(stmt, i, p, len, SQLITE_STATIC);
}

void
db_bind_oid(sqlite3_stmt *stmt, int i, const struct oid *oid)
{
	db_bind_blob(stmt, i, oid->id, oid->len);
}

int64_t
db_int(sqlite3_stmt *stmt, int i)
{
	return sqlite3_column_int64(stmt, i);
}

int64_t
db_time(sqlite3_stmt *stmt, int i)
{
	if (sqlite3_column_type(stmt, i) == SQLITE_NULL)
		return DATE_NONE;
	return sqlite3_column_int64(stmt, i);
}

const char *
db_text(sqlite3_stmt *stmt, int i)
{
	return (const char *)sqlite3_column_text(stmt, i);
}

char *
db_text_dup(sqlite3_stmt *stmt, int i)
{
	return mem_strdup(db_text(stmt, i));
}

void
db_oid(sqlite3_stmt *stmt, int i, struct oid *out)
{
	const void *p = sqlite3_column_blob(stmt, i);
	const int n = sqlite3_column_bytes(stmt, i);

	*out = (struct oid){ 0 };
	if (p == NULL || (n != 20 && n != 32))
		return;
	out->len = (uint8_t)n;
	memcpy(out->id, p, (size_t)n);
}

void
db_ulid(sqlite3_stmt *stmt, int i, struct ulid *out)
{
	const char *s = db_text(stmt, i);

	*out = (struct ulid){ "" };
	if (s != NULL && sqlite3_column_bytes(stmt, i) == ULID_LEN)
		memcpy(out->s, s, ULID_LEN + 1);
}
