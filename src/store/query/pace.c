#include "store/pace.h"

#include "base/date.h"
#include "came_done.h"
#include "store/file/db.h"

enum rc
store_closings(struct store *st, int64_t since, int64_t max,
    bool (*fn)(int64_t when, void *arg), void *arg, struct err *err)
{
	static const char sql[] =
	    "SELECT t.resolved, " CAME_DONE " FROM ticket t "
	    "INDEXED BY ticket_resolved "
	    "WHERE t.resolved IS NOT NULL AND t.resolved >= ?1 "
	    "AND t.category = 2 AND t.deleted = 0 "
	    "ORDER BY t.resolved DESC LIMIT ?2";
	sqlite3_stmt *stmt = NULL;
	bool row;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, since);
	db_bind_int(stmt, 2, max);
	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row)
		if (db_int(stmt, 1) == 0 && !fn(db_int(stmt, 0), arg))
			break;
	db_finish(st, stmt);
	return rc;
}

enum rc
store_scope(struct store *st, const char *version, int64_t max,
    bool (*fn)(const struct scope_row *row, void *arg), void *arg,
    struct err *err)
{
	static const char sql[] =
	    "SELECT CASE WHEN v.event = t.made THEN t.created ELSE "
	    "(SELECT " EVENT_TIME " FROM journal j WHERE j.seq = v.event) "
	    "END, t.resolved, t.category, " CAME_DONE
	    " FROM ticket_release v CROSS JOIN ticket t ON t.id = v.ticket "
	    "WHERE v.value = ?1 AND t.deleted = 0 LIMIT ?2";
	struct scope_row r;
	sqlite3_stmt *stmt = NULL;
	bool row;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_text(stmt, 1, version);
	db_bind_int(stmt, 2, max);
	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row) {
		r = (struct scope_row){
			.added = db_time(stmt, 0),
			.resolved = db_int(stmt, 3) != 0 ? DATE_NONE
							 : db_time(stmt, 1),
			.done = db_int(stmt, 2) == 2,
		};
		if (!fn(&r, arg))
			break;
	}
	db_finish(st, stmt);
	return rc;
}
