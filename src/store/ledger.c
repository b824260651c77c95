#include <string.h>

#include "base/buf.h"
#include "db.h"
#include "history_state.h"
#include "store/history.h"

/*
 * Rows stand under the id that a commit has in the end: a rewrite moves them,
 * and every id that comes in is resolved first.
 */

/* A chain that is longer is damage. */
#define REWRITE_MAX 100000

enum rc
store_rewrite_resolve(struct store *st, const struct oid *oid, struct oid *out,
    struct err *err)
{
	static const char sql[] = "SELECT new FROM rewrite WHERE old = ?1";
	sqlite3_stmt *stmt = NULL;
	bool row = true;
	enum rc rc;

	*out = *oid;
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	for (int i = 0; row && i < REWRITE_MAX; i++) {
		struct oid from = *out;

		db_bind_oid(stmt, 1, &from);
		if ((rc = db_step(st, stmt, &row, err)) != RC_OK)
			break;
		if (row)
			db_oid(stmt, 0, out);
		db_reset(stmt);
	}
	db_finish(st, stmt);
	return rc;
}

static enum rc
run_two(struct store *st, const char *sql, const struct oid *a,
    const struct oid *b, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_oid(stmt, 1, a);
	if (b != NULL)
		db_bind_oid(stmt, 2, b);
	rc = db_run(st, stmt, err);
	db_finish(st, stmt);
	return rc;
}

enum rc
store_rewrite_add(struct store *st, const struct oid *from,
    const struct oid *to, struct err *err)
{
	/* What comes back (a reset, a second rebase) is not gone any more;
	 * this also keeps the chains free of circles. */
	static const char back[] = "DELETE FROM rewrite WHERE old = ?1";
	static const char add[] =
	    "INSERT INTO rewrite (old, new) VALUES (?1, ?2) "
	    "ON CONFLICT DO UPDATE SET new = excluded.new";
	static const char copy[] =
	    "INSERT INTO ledger (oid, ticket, action, event) "
	    "SELECT ?2, ticket, action, event FROM ledger WHERE oid = ?1 "
	    "ON CONFLICT DO NOTHING";
	static const char drop[] = "DELETE FROM ledger WHERE oid = ?1";
	struct history_state *h;
	struct oid now;
	enum rc rc;

	if ((rc = history_get(st, &h, err)) != RC_OK || oid_equal(from, to))
		return rc;
	if ((rc = store_rewrite_resolve(st, from, &now, err)) != RC_OK ||
	    (rc = run_two(st, back, to, NULL, err)) != RC_OK ||
	    (rc = run_two(st, add, from, to, err)) != RC_OK)
		return rc;
	/* Its effects stand where the chain ended until now. */
	if (oid_equal(&now, to))
		return RC_OK;
	if ((rc = run_two(st, copy, &now, to, err)) != RC_OK)
		return rc;
	return run_two(st, drop, &now, NULL, err);
}

enum rc
store_ledger_take(struct store *st, const struct oid *commit, int64_t ticket,
    const char *action, int64_t event, struct err *err)
{
	static const char sql[] =
	    "INSERT INTO ledger (oid, ticket, action, event) "
	    "VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
	struct history_state *h;
	sqlite3_stmt *stmt = NULL;
	struct oid now;
	enum rc rc;

	if ((rc = history_get(st, &h, err)) != RC_OK ||
	    (rc = store_rewrite_resolve(st, commit, &now, err)) != RC_OK ||
	    (rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_oid(stmt, 1, &now);
	db_bind_int(stmt, 2, ticket);
	db_bind_text(stmt, 3, action);
	db_bind_int(stmt, 4, event);
	rc = db_run(st, stmt, err);
	db_finish(st, stmt);
	if (rc == RC_OK && sqlite3_changes(st->db) == 0)
		return err_set(err, RC_EXISTS, "that has happened already");
	return rc;
}

enum rc
store_ledger_drop(struct store *st, const struct oid *commit, int64_t ticket,
    const char *action, struct err *err)
{
	static const char sql[] = "DELETE FROM ledger WHERE oid = ?1 AND "
				  "ticket = ?2 AND action = ?3";
	struct history_state *h;
	sqlite3_stmt *stmt = NULL;
	struct oid now;
	enum rc rc;

	if ((rc = history_get(st, &h, err)) != RC_OK ||
	    (rc = store_rewrite_resolve(st, commit, &now, err)) != RC_OK ||
	    (rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_oid(stmt, 1, &now);
	db_bind_int(stmt, 2, ticket);
	db_bind_text(stmt, 3, action);
	rc = db_run(st, stmt, err);
	db_finish(st, stmt);
	return rc;
}

enum rc
store_ledger_each(struct store *st, const struct oid *commit,
    bool (*fn)(const struct ledger_row *r, void *arg), void *arg,
    struct err *err)
{
	static const char all[] = "SELECT oid, ticket, event, action "
				  "FROM ledger ORDER BY oid, ticket, action";
	static const char one[] = "SELECT oid, ticket, event, action "
				  "FROM ledger WHERE oid = ?1 "
				  "ORDER BY oid, ticket, action";
	sqlite3_stmt *stmt = NULL;
	struct oid now = { 0 };
	bool row, more = true;
	enum rc rc;

	if (commit != NULL &&
	    (rc = store_rewrite_resolve(st, commit, &now, err)) != RC_OK)
		return rc;
	rc = db_prepare(st, &stmt, commit == NULL ? all : one, err);
	if (rc != RC_OK)
		return rc;
	if (commit != NULL)
		db_bind_oid(stmt, 1, &now);
	while (more && (rc = db_step(st, stmt, &row, err)) == RC_OK && row) {
		struct ledger_row r = { .ticket = db_int(stmt, 1),
			.event = db_int(stmt, 2),
			.action = db_text(stmt, 3) };

		db_oid(stmt, 0, &r.commit);
		more = fn(&r, arg);
	}
	db_finish(st, stmt);
	return rc;
}
