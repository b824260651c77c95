#include <stdlib.h>
#include <string.h>

#include "store/journal/apply.h"
#include "base/mem.h"
#include "open.h"
#include "store/journal/rebuild.h"
#include "store/journal.h"

/*
 * Reads what can be read.  The journal goes row by row: where a page is
 * damaged, the rows on it are passed over by looking for the next one that
 * answers.
 */
struct salvage {
	struct store *from, *to;
	int64_t events;
};

static enum rc
copy_event(struct salvage *s, int64_t seq, bool *copied, struct err *err)
{
	static const char get[] = "SELECT replica, n, h, grp, object, line "
				  "FROM journal WHERE seq = ?1";
	static const char put[] =
	    "INSERT INTO journal (seq, replica, n, h, grp, object, line) "
	    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
	struct event ev = EVENT_INIT;
	sqlite3_stmt *in = NULL, *out = NULL;
	bool row = false;
	enum rc rc;

	*copied = false;
	if (db_prepare(s->from, &in, get, NULL) != RC_OK)
		return RC_OK;
	db_bind_int(in, 1, seq);
	if (db_step(s->from, in, &row, NULL) != RC_OK || !row ||
	    event_decode(db_text(in, 5), (size_t)sqlite3_column_bytes(in, 5),
		&ev, NULL) != RC_OK) {
		db_finish(s->from, in);
		return RC_OK;
	}
	event_release(&ev);
	rc = db_prepare(s->to, &out, put, err);
	if (rc == RC_OK) {
		db_bind_int(out, 1, seq);
		for (int i = 0; i < 4; i++)
			db_bind_int(out, i + 2, db_int(in, i));
		db_bind_text(out, 6, db_text(in, 4));
		db_bind_text(out, 7, db_text(in, 5));
		*copied = db_run(s->to, out, NULL) == RC_OK;
		db_finish(s->to, out);
	}
	db_finish(s->from, in);
	s->events += *copied;
	return rc;
}

/* The last row number, or a bound for it when the tree can't be walked. */
static int64_t
last_row(struct store *st)
{
	static const char *const sql[] = {
		"SELECT max(seq) FROM journal",
		"SELECT max(n) + 1000 FROM journal INDEXED BY journal_n",
		"SELECT max(made) + 1000 FROM ticket",
	};
	int64_t max = 0;

	for (size_t i = 0; i < 3 && max == 0; i++)
		db_get_int(st, sql[i], 0, &max, NULL);
	return max > 0 ? max : 1000000;
}

static enum rc
copy_rows(struct salvage *s, const char *get, const char *put, struct err *err)
{
	sqlite3_stmt *in = NULL, *out = NULL;
	bool row = false;
	enum rc rc;

	/* A table that can't be read is lost; the journal is not among them. */
	if (db_prepare(s->from, &in, get, NULL) != RC_OK)
		return RC_OK;
	rc = db_prepare(s->to, &out, put, err);
	while (rc == RC_OK && db_step(s->from, in, &row, NULL) == RC_OK &&
	    row) {
		for (int i = 0; i < sqlite3_column_count(in); i++)
			sqlite3_bind_value(out, i + 1,
			    sqlite3_column_value(in, i));
		db_run(s->to, out, NULL);
	}
	db_finish(s->to, out);
	db_finish(s->from, in);
	return rc;
}

static enum rc
copy_permanent(struct salvage *s, struct err *err)
{
	static const char *const tables[][2] = {
		{ "SELECT id, bits, n, h FROM replica ORDER BY id",
		    "INSERT INTO replica (id, bits, n, h) "
		    "VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO UPDATE "
		    "SET bits = excluded.bits" },
		{ "SELECT id, name FROM prefix",
		    "INSERT INTO prefix (id, name) VALUES (?1, ?2)" },
		{ "SELECT old, new FROM rewrite",
		    "INSERT INTO rewrite (old, new) VALUES (?1, ?2)" },
		{ "SELECT oid, ticket, action, event FROM ledger",
		    "INSERT INTO ledger (oid, ticket, action, event) "
		    "VALUES (?1, ?2, ?3, ?4)" },
		{ "SELECT name, value FROM local WHERE name = 'tracker'",
		    "INSERT OR REPLACE INTO local (name, value) "
		    "VALUES (?1, ?2)" },
	};
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < 5; i++)
		rc = copy_rows(s, tables[i][0], tables[i][1], err);
	return rc;
}

static enum rc
salvage(struct salvage *s, struct err *err)
{
	const struct rebuild_progress silent = { NULL, NULL };
	const int64_t last = last_row(s->from);
	enum rc rc;
	bool copied;

	sqlite3_db_config(s->to->db, SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL);
	if ((rc = store_begin(s->to, err)) != RC_OK)
		return rc;
	rc = copy_permanent(s, err);
	for (int64_t seq = 1; rc == RC_OK && seq <= last; seq++)
		rc = copy_event(s, seq, &copied, err);
	if (rc == RC_OK)
		rc = rebuild_replay(s->to, &silent, err);
	if (rc == RC_OK)
		return store_commit(s->to, err);
	store_rollback(s->to);
	return rc;
}

/*
 * With a schema that may be written, SQLite goes on with the part of it that
 * it could read, once a first statement has failed; the journal is at its
 * beginning.  The connection only reads all the same.
 */
static void
tolerate(struct store *st)
{
	sqlite3_db_config(st->db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
	sqlite3_exec(st->db,
	    "PRAGMA writable_schema = ON; PRAGMA cell_size_check = OFF", NULL,
	    NULL, NULL);
	sqlite3_exec(st->db, "SELECT 1 FROM journal LIMIT 0", NULL, NULL, NULL);
}

enum rc
store_recover(const char *path, const char *into, int64_t *events,
    struct err *err)
{
	struct salvage s = { NULL, NULL, 0 };
	char *real;
	enum rc rc;

	*events = 0;
	if ((rc = open_path(path, &real, err)) != RC_OK)
		return rc;
	s.from = open_new(real, STORE_READ);
	if ((rc = open_check_file(s.from, err)) != RC_OK)
		goto out;
	/* Damage is what is expected: settings that fail do no harm. */
	rc = open_connect(s.from, OPEN_READONLY, NULL);
	if (s.from->db == NULL) {
		rc = err_set(err, RC_IO, "%s can't be opened", path);
		goto out;
	}
	tolerate(s.from);
	if ((rc = store_create(into, &s.to, err)) != RC_OK)
		goto out;
	rc = salvage(&s, err);
	*events = s.events;
out:
	store_close(s.from);
	store_close(s.to);
	return rc;
}
