#include "store/history.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/file/db.h"
#include "history_state.h"

/* Returns what must be freed once the row is in. */
static unsigned char *
bind_parents(sqlite3_stmt *stmt, const struct history_commit *c)
{
	const size_t n = c->n_parents;
	unsigned char *more;

	db_bind_int(stmt, 2, n > 0 ? c->parents[0] : 0);
	db_bind_int(stmt, 3, n > 1 ? c->parents[1] : 0);
	if (n <= 2)
		return NULL;
	more = mem_alloc(4 * (n - 2));
	for (size_t i = 2; i < n; i++)
		for (unsigned b = 0; b < 4; b++)
			more[4 * (i - 2) + b] = (unsigned char)(c->parents[i] >>
			    8 * b);
	db_bind_blob(stmt, 9, more, 4 * (n - 2));
	return more;
}

enum rc
store_history_add(struct store *st, const struct history_commit *c,
    struct err *err)
{
	static const char sql[] =
	    "INSERT INTO history (id, p1, p2, flags, time, release, author, "
	    "oid, more, subject) "
	    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
	struct history_state *h;
	sqlite3_stmt *stmt = NULL;
	unsigned char *more;
	int64_t author;
	enum rc rc;

	if ((rc = history_get(st, &h, err)) != RC_OK ||
	    (rc = history_person(st, c->author, &author, err)) != RC_OK ||
	    (rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	more = bind_parents(stmt, c);
	db_bind_int(stmt, 1, c->id);
	db_bind_int(stmt, 4, c->flags);
	db_bind_int(stmt, 5, c->time);
	db_bind_int(stmt, 6, c->release);
	db_bind_int(stmt, 7, author);
	db_bind_oid(stmt, 8, &c->oid);
	db_bind_text(stmt, 10, c->subject);
	rc = db_run(st, stmt, err);
	db_finish(st, stmt);
	free(more);
	return rc;
}

enum rc
store_history_tie(struct store *st, uint32_t commit, uint32_t target,
    enum history_tie kind, struct err *err)
{
	static const char sql[] = "INSERT INTO tie (rev, target, kind) VALUES "
				  "(?1, ?2, ?3) ON CONFLICT DO NOTHING";
	struct history_state *h;
	sqlite3_stmt *stmt = NULL;
	enum rc rc;

	if ((rc = history_get(st, &h, err)) != RC_OK ||
	    (rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, commit);
	db_bind_int(stmt, 2, target);
	db_bind_int(stmt, 3, (int)kind);
	rc = db_run(st, stmt, err);
	db_finish(st, stmt);
	return rc;
}

enum rc
store_history_typo(struct store *st, uint32_t commit, const char *text,
    const struct ticket_key *meant, struct err *err)
{
	static const char sql[] = "INSERT INTO typo (rev, text, prefix, "
				  "number) VALUES (?1, ?2, ?3, ?4) "
				  "ON CONFLICT DO NOTHING";
	struct history_state *h;
	sqlite3_stmt *stmt = NULL;
	int64_t prefix;
	enum rc rc;

	if ((rc = history_get(st, &h, err)) != RC_OK ||
	    (rc = history_prefix(st, meant->prefix, &prefix, err)) != RC_OK ||
	    (rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, commit);
	db_bind_text(stmt, 2, text);
	db_bind_int(stmt, 3, prefix);
	db_bind_int(stmt, 4, meant->number);
	rc = db_run(st, stmt, err);
	db_finish(st, stmt);
	return rc;
}

enum rc
store_history_coauthor(struct store *st, uint32_t commit, const char *person,
    struct err *err)
{
	static const char sql[] = "INSERT INTO coauthor (rev, person) VALUES "
				  "(?1, ?2) ON CONFLICT DO NOTHING";
	struct history_state *h;
	sqlite3_stmt *stmt = NULL;
	int64_t id;
	enum rc rc;

	if ((rc = history_get(st, &h, err)) != RC_OK ||
	    (rc = history_person(st, person, &id, err)) != RC_OK ||
	    (rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, commit);
	db_bind_int(stmt, 2, id);
	rc = db_run(st, stmt, err);
	db_finish(st, stmt);
	return rc;
}

/* A full scan does without three indexes; their texts are those of schema/,
 * letter by letter, as store_check() compares them. */
enum rc
store_history_clear(struct store *st, struct err *err)
{
	static const char sql[] =
	    "DELETE FROM history; DELETE FROM link; DELETE FROM tie;"
	    "DELETE FROM typo; DELETE FROM coauthor; DELETE FROM person;"
	    "DELETE FROM ref;"
	    "DROP INDEX IF EXISTS history_oid;"
	    "DROP INDEX IF EXISTS history_release;"
	    "DROP INDEX IF EXISTS link_rev";
	struct history_state *h;
	enum rc rc;

	history_free(st);
	if ((rc = history_get(st, &h, err)) != RC_OK)
		return rc;
	if ((rc = db_exec(st, sql, err)) != RC_OK) {
		db_doom(st);
		return rc;
	}
	h->full = true;
	return db_exec(st, "PRAGMA cache_size = -32768", err);
}

enum rc
store_history_index(struct store *st, struct err *err)
{
	static const char sql[] =
	    "CREATE UNIQUE INDEX history_oid ON history (oid);"
	    "CREATE INDEX history_release ON history (release) "
	    "WHERE release > 0;"
	    "CREATE INDEX link_rev ON link (rev);"
	    "PRAGMA cache_size = -2000";
	struct history_state *h;
	enum rc rc;

	if ((rc = history_get(st, &h, err)) != RC_OK ||
	    (rc = history_flush_links(st, err)) != RC_OK)
		return rc;
	if (!h->full)
		return RC_OK;
	if ((rc = db_exec(st, sql, err)) == RC_OK)
		h->full = false;
	return rc;
}

enum rc
store_history_remove(struct store *st, const uint32_t *ids, size_t n,
    struct err *err)
{
	static const char *const sql[] = {
		"DELETE FROM link WHERE rev = ?1",
		"DELETE FROM tie WHERE rev = ?1",
		"UPDATE OR REPLACE tie SET target = 0 WHERE target = ?1",
		"DELETE FROM typo WHERE rev = ?1",
		"DELETE FROM coauthor WHERE rev = ?1",
		"DELETE FROM history WHERE id = ?1",
	};
	struct history_state *h;
	enum rc rc;

	if ((rc = history_get(st, &h, err)) != RC_OK ||
	    (rc = history_flush_links(st, err)) != RC_OK)
		return rc;
	for (size_t i = 0; i < sizeof(sql) / sizeof(sql[0]); i++) {
		sqlite3_stmt *stmt = NULL;

		if ((rc = db_prepare(st, &stmt, sql[i], err)) != RC_OK)
			return rc;
		for (size_t k = 0; rc == RC_OK && k < n; k++) {
			db_bind_int(stmt, 1, ids[k]);
			rc = db_run(st, stmt, err);
		}
		db_finish(st, stmt);
		if (rc != RC_OK)
			return rc;
	}
	return RC_OK;
}

static enum rc
set_int(struct store *st, const char *sql, uint32_t id, int64_t value,
    struct err *err)
{
	struct history_state *h;
	sqlite3_stmt *stmt = NULL;
	enum rc rc;

	if ((rc = history_get(st, &h, err)) != RC_OK ||
	    (rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, id);
	db_bind_int(stmt, 2, value);
	rc = db_run(st, stmt, err);
	db_finish(st, stmt);
	return rc;
}

enum rc
store_history_set_flags(struct store *st, uint32_t id, unsigned flags,
    struct err *err)
{
	static const char sql[] =
	    "UPDATE history SET flags = ?2 WHERE id = ?1 AND flags <> ?2";

	return set_int(st, sql, id, flags, err);
}

enum rc
store_history_set_release(struct store *st, uint32_t id, int64_t release,
    struct err *err)
{
	static const char sql[] =
	    "UPDATE history SET release = ?2 WHERE id = ?1 AND release <> ?2";

	return set_int(st, sql, id, release, err);
}
