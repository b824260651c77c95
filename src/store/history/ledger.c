#include <string.h>

#include "store/journal/apply.h"
#include "base/buf.h"
#include "store/file/db.h"
#include "history_state.h"
#include "store/history.h"

/*
 * Rows stand under the id of the commit that took them.  A rewritten commit may
 * live on (a branch, somebody else's clone), so a rewrite moves none: who takes
 * an effect over is for the caller to tell.
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
	struct history_state *h;
	enum rc rc;

	if ((rc = history_get(st, &h, err)) != RC_OK || oid_equal(from, to) ||
	    (rc = run_two(st, back, to, NULL, err)) != RC_OK)
		return rc;
	return run_two(st, add, from, to, err);
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
	enum rc rc;

	if ((rc = history_get(st, &h, err)) != RC_OK ||
	    (rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_oid(stmt, 1, commit);
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
	enum rc rc;

	if ((rc = history_get(st, &h, err)) != RC_OK ||
	    (rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_oid(stmt, 1, commit);
	db_bind_int(stmt, 2, ticket);
	db_bind_text(stmt, 3, action);
	rc = db_run(st, stmt, err);
	db_finish(st, stmt);
	return rc;
}

static enum rc
visit_rows(struct store *st, sqlite3_stmt *stmt,
    bool (*fn)(const struct ledger_row *r, void *arg), void *arg,
    struct err *err)
{
	bool row, more = true;
	enum rc rc = RC_OK;

	while (more && (rc = db_step(st, stmt, &row, err)) == RC_OK && row) {
		struct ledger_row r = { .ticket = db_int(stmt, 1),
			.event = db_int(stmt, 2),
			.action = db_text(stmt, 3) };

		db_oid(stmt, 0, &r.commit);
		more = fn(&r, arg);
	}
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
	enum rc rc;

	rc = db_prepare(st, &stmt, commit == NULL ? all : one, err);
	if (rc != RC_OK)
		return rc;
	if (commit != NULL)
		db_bind_oid(stmt, 1, commit);
	rc = visit_rows(st, stmt, fn, arg, err);
	db_finish(st, stmt);
	return rc;
}

enum rc
store_ledger_of(struct store *st, int64_t ticket, const char *action,
    bool (*fn)(const struct ledger_row *r, void *arg), void *arg,
    struct err *err)
{
	static const char sql[] = "SELECT oid, ticket, event, action "
				  "FROM ledger WHERE ticket = ?1 AND "
				  "action = ?2 ORDER BY oid";
	sqlite3_stmt *stmt = NULL;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, ticket);
	db_bind_text(stmt, 2, action);
	rc = visit_rows(st, stmt, fn, arg, err);
	db_finish(st, stmt);
	return rc;
}

enum rc
store_ledger_stands(struct store *st, int64_t event, bool *stands,
    struct err *err)
{
	static const char sql[] = "SELECT 1 FROM op WHERE n = ?1 AND "
				  "undoes = 0 AND redoes = 0 AND undone = 0";
	sqlite3_stmt *stmt = NULL;
	enum rc rc;

	*stands = false;
	if ((rc = write_op_flush(st, err)) != RC_OK ||
	    (rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, event);
	rc = db_step(st, stmt, stands, err);
	db_finish(st, stmt);
	return rc;
}

enum rc
store_history_picked(struct store *st, const struct oid *a, const struct oid *b,
    bool *picked, struct err *err)
{
	static const char sql[] = "SELECT 1 FROM tie WHERE rev = ?1 AND "
				  "target = ?2 AND kind = ?3";
	sqlite3_stmt *stmt = NULL;
	uint32_t id[2];
	enum rc rc;

	*picked = false;
	if ((rc = store_history_find(st, a, &id[0], err)) != RC_OK ||
	    (rc = store_history_find(st, b, &id[1], err)) != RC_OK ||
	    id[0] == 0 || id[1] == 0)
		return rc;
	for (int i = 0; i < 2 && rc == RC_OK && !*picked; i++) {
		if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
			return rc;
		db_bind_int(stmt, 1, id[i]);
		db_bind_int(stmt, 2, id[!i]);
		db_bind_int(stmt, 3, TIE_PICKED);
		rc = db_step(st, stmt, picked, err);
		db_finish(st, stmt);
	}
	return rc;
}

enum rc
store_history_around(struct store *st, uint32_t id,
    bool (*fn)(uint32_t other, unsigned flags, bool child, void *arg),
    void *arg, struct err *err)
{
	/* Children come later, and few commits come after one that goes. */
	static const char sql[] =
	    "SELECT c.id, c.flags, 1, c.more IS NOT NULL FROM history c "
	    "WHERE c.id > ?1 AND (c.p1 = ?1 OR c.p2 = ?1 OR "
	    "c.more IS NOT NULL) UNION ALL "
	    "SELECT p.id, p.flags, 0, h.more IS NOT NULL FROM history h "
	    "JOIN history p ON p.id = h.p1 OR p.id = h.p2 WHERE h.id = ?1";
	sqlite3_stmt *stmt = NULL;
	bool row, more = true;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, id);
	while (more && (rc = db_step(st, stmt, &row, err)) == RC_OK && row)
		more = fn(db_int(stmt, 3) != 0 ? 0 : (uint32_t)db_int(stmt, 0),
		    (unsigned)db_int(stmt, 1), db_int(stmt, 2) != 0, arg);
	db_finish(st, stmt);
	return rc;
}
