#include "open.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "store/journal/apply.h"
#include "base/fs.h"
#include "base/mem.h"
#include "db.h"
#include "store/history/history_state.h"
#include "migrate.h"
#include "store/query/search.h"
#include "store/query/words.h"

/* What a hostile file or filter may make SQLite do: sqlite3_limit(). */
static const struct {
	int id, value;
} limits[] = {
	{ SQLITE_LIMIT_LENGTH, 64 << 20 },
	{ SQLITE_LIMIT_SQL_LENGTH, 256 << 10 },
	{ SQLITE_LIMIT_COLUMN, 100 },
	{ SQLITE_LIMIT_EXPR_DEPTH, 200 },
	{ SQLITE_LIMIT_COMPOUND_SELECT, 20 },
	{ SQLITE_LIMIT_FUNCTION_ARG, 20 },
	{ SQLITE_LIMIT_ATTACHED, 0 },
	{ SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1024 },
	{ SQLITE_LIMIT_VARIABLE_NUMBER, 1000 },
	{ SQLITE_LIMIT_TRIGGER_DEPTH, 0 },
	{ SQLITE_LIMIT_WORKER_THREADS, 0 },
};

static const struct {
	int id, value;
} configs[] = {
	{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
	{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
	{ SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 },
	{ SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
	{ SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
	{ SQLITE_DBCONFIG_DQS_DML, 0 },
	{ SQLITE_DBCONFIG_DQS_DDL, 0 },
};

struct store *
open_new(char *path, enum store_mode mode)
{
	struct store *st = mem_calloc(1, sizeof(*st));

	st->path = path;
	st->lock_path = mem_printf("%.*s/notes.lock",
	    (int)(strrchr(path, '/') - path), path);
	st->mode = mode;
	st->lock_fd = -1;
	return st;
}

void
store_close(struct store *st)
{
	if (st == NULL)
		return;
	st->read_depth = 0;
	while (st->depth > 0)
		store_rollback(st);
	db_cache_clear(st);
	history_free(st);
	words_free(st->words);
	sqlite3_close(st->db);
	strv_release(&st->warnings);
	free(st->lock_path);
	free(st->path);
	free(st);
}

static int
on_progress(void *arg)
{
	const struct store *st = arg;

	return st->depth == 0 && st->stop != NULL && st->stop(st->stop_arg);
}

void
store_on_progress(struct store *st, bool (*stop)(void *arg), void *arg)
{
	st->stop = stop;
	st->stop_arg = arg;
	sqlite3_progress_handler(st->db, 2000,
	    stop == NULL ? NULL : on_progress, st);
}

/*
 * The header as it stands in the file (https://sqlite.org/fileformat.html),
 * read through SQLite's own descriptor before SQLite reads anything: a file
 * that is not ours must not even have its journal rolled back.
 */
static enum rc
check_header(struct store *st, struct err *err)
{
	static const char magic[16] = "SQLite format 3";
	unsigned char h[100] = { 0 };
	sqlite3_file *file = NULL;
	uint32_t id;

	sqlite3_file_control(st->db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
	if (file == NULL || file->pMethods == NULL ||
	    file->pMethods->xRead(file, h, sizeof(h), 0) != SQLITE_OK ||
	    memcmp(h, magic, sizeof(magic)) != 0)
		return err_set(err, RC_CORRUPT,
		    "%s is not a SQLite file, so not a notes database",
		    st->path);
	id = (uint32_t)h[68] << 24 | (uint32_t)h[69] << 16 |
	    (uint32_t)h[70] << 8 | h[71];
	if (id != STORE_APPLICATION_ID)
		return err_set(err, RC_CORRUPT,
		    "%s is a database of another "
		    "program (application id %08x), not of notes",
		    st->path, (unsigned)id);
	return RC_OK;
}

static enum rc
configure(struct store *st, struct err *err)
{
	/* The journal mode counts for this connection, not for the file. */
	static const char sql[] = "PRAGMA journal_mode = TRUNCATE;"
				  "PRAGMA synchronous = FULL;"
				  "PRAGMA cell_size_check = ON";
	sqlite3_int64 mmap_size = 0;
	enum rc rc;

	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++)
		sqlite3_limit(st->db, limits[i].id, limits[i].value);
	for (size_t i = 0; i < sizeof(configs) / sizeof(configs[0]); i++)
		sqlite3_db_config(st->db, configs[i].id, configs[i].value,
		    NULL);
	sqlite3_file_control(st->db, "main", SQLITE_FCNTL_MMAP_SIZE,
	    &mmap_size);
	sqlite3_extended_result_codes(st->db, 1);
	sqlite3_busy_handler(st->db, db_on_busy, st);
	if ((rc = search_register(st->db, err)) != RC_OK)
		return rc;
	return db_exec(st, sql, err);
}

enum rc
open_connect(struct store *st, enum open_flag flag, struct err *err)
{
	int flags = SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX |
	    SQLITE_OPEN_PRIVATECACHE;
	enum rc rc;
	int code;

	/* A file limit is an error to report, not a reason to die. */
	signal(SIGXFSZ, SIG_IGN);
	/* Counting each allocation takes a lock; refused, without harm, once
	 * SQLite is in use. */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	flags |= flag == OPEN_READONLY ? SQLITE_OPEN_READONLY
				       : SQLITE_OPEN_READWRITE;
	if (flag == OPEN_CREATE)
		flags |= SQLITE_OPEN_CREATE;
	code = sqlite3_open_v2(st->path, &st->db, flags, NULL);
	if (code != SQLITE_OK)
		return db_error(st, code, err);
	if (flag != OPEN_CREATE && (rc = check_header(st, err)) != RC_OK)
		return rc;
	return configure(st, err);
}

enum rc
open_identify(struct store *st, struct err *err)
{
	static const char sql[] =
	    "SELECT (SELECT bits FROM replica WHERE id = 1), "
	    "(SELECT value FROM local WHERE name = 'tracker'), "
	    "(SELECT count(*) FROM sqlite_schema WHERE "
	    "type IN ('trigger', 'view') OR (name <> 'search' AND "
	    "sql LIKE 'CREATE VIRTUAL%'))";
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	if ((rc = db_prepare_text(st, &stmt, sql, err)) != RC_OK)
		return rc;
	if ((rc = db_step(st, stmt, &row, err)) != RC_OK)
		goto out;
	if (db_int(stmt, 2) != 0) {
		rc = err_set(err, RC_CORRUPT,
		    "%s holds a trigger, view or "
		    "virtual table that notes did not make: refused",
		    st->path);
		goto out;
	}
	st->replica = (uint64_t)db_int(stmt, 0);
	db_ulid(stmt, 1, &st->tracker);
	if (!ulid_valid(st->tracker.s))
		rc = err_set(err, RC_CORRUPT,
		    "%s lacks its tracker's id (see: notes fsck)", st->path);
out:
	db_finish(st, stmt);
	return rc;
}

/* An older or newer database: what can be done depends on the mode. */
static enum rc
check_version(struct store *st, struct err *err)
{
	int64_t version;
	enum rc rc;

	if ((rc = migrate_version(st, &version, err)) != RC_OK)
		return rc;
	if (version == migrate_newest())
		return RC_OK;
	if (version > migrate_newest()) {
		if (st->mode != STORE_READ)
			return err_set(err, RC_NEWER,
			    "%s was made by a newer "
			    "notes: it can only be read",
			    st->path);
		st->newer = true;
		return RC_OK;
	}
	if (st->mode == STORE_HOOK)
		return err_set(err, RC_BUSY,
		    "%s was made by an older notes: "
		    "the next command will bring it up to date",
		    st->path);
	if (st->mode == STORE_READ || st->readonly)
		return err_set(err, RC_READONLY,
		    "%s was made by an older "
		    "notes and must be brought up to date (run: notes scan)",
		    st->path);
	return migrate_upgrade(st, version, err);
}

static enum rc
open_checked(struct store *st, struct err *err)
{
	const dev_t dev = st->dev;
	const ino_t ino = st->ino;
	enum rc rc;

	if ((rc = open_connect(st, OPEN_EXISTING, err)) != RC_OK ||
	    (rc = open_check_file(st, err)) != RC_OK)
		return rc;
	if (dev != st->dev || ino != st->ino)
		return err_set(err, RC_BUSY,
		    "%s was replaced while it was opened (try again)",
		    st->path);
	st->readonly = sqlite3_db_readonly(st->db, "main") == 1;
	if ((rc = check_version(st, err)) != RC_OK ||
	    (rc = open_identify(st, err)) != RC_OK)
		return rc;
	st->readonly = st->readonly || st->newer;
	open_check_place(st);
	if (st->mode == STORE_READ)
		rc = db_exec(st, "PRAGMA query_only = ON", err);
	return rc;
}

enum rc
store_open(const char *path, enum store_mode mode, struct store **out,
    struct err *err)
{
	struct store *st;
	char *real;
	enum rc rc;

	*out = NULL;
	if ((rc = open_path(path, &real, err)) != RC_OK)
		return rc;
	st = open_new(real, mode);
	if ((rc = open_check_file(st, err)) == RC_OK)
		rc = open_checked(st, err);
	if (rc == RC_OK)
		*out = st;
	else
		store_close(st);
	return rc;
}

const char *
store_path(const struct store *st)
{
	return st->path;
}

bool
store_is_newer(const struct store *st)
{
	return st->newer;
}

bool
store_is_readonly(const struct store *st)
{
	return st->readonly || st->mode == STORE_READ;
}

const struct strv *
store_warnings(const struct store *st)
{
	return &st->warnings;
}

bool
store_was_replaced(const struct store *st)
{
	struct stat sb;

	return lstat(st->path, &sb) != 0 || sb.st_dev != st->dev ||
	    sb.st_ino != st->ino;
}

uint64_t
store_replica(const struct store *st)
{
	return st->replica;
}

const struct ulid *
store_tracker(const struct store *st)
{
	return &st->tracker;
}
