#include <stdio.h>

#include "store/journal/apply.h"

enum rc
ticket_count_row(struct apply *a, const char *status, const char *type,
    int64_t category, bool deleted, int64_t delta, struct err *err)
{
	char number[24];
	enum rc rc;

	if (deleted)
		return write_count(a, "deleted", "", delta, err);
	snprintf(number, sizeof(number), "%lld", (long long)category);
	if ((rc = write_count(a, "total", "", delta, err)) != RC_OK ||
	    (rc = write_count(a, "status", status, delta, err)) != RC_OK ||
	    (rc = write_count(a, "type", type, delta, err)) != RC_OK)
		return rc;
	return write_count(a, "category", number, delta, err);
}

enum rc
ticket_count(struct apply *a, int64_t ticket, int64_t delta, struct err *err)
{
	static const char sql[] = "SELECT status, type, category, deleted "
				  "FROM ticket WHERE id = ?1";
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	if ((rc = db_prepare(a->st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, ticket);
	rc = db_step(a->st, stmt, &row, err);
	if (rc == RC_OK && row)
		rc = ticket_count_row(a, db_text(stmt, 0), db_text(stmt, 1),
		    db_int(stmt, 2), db_int(stmt, 3) != 0, delta, err);
	db_finish(a->st, stmt);
	return rc;
}

enum rc
ticket_touch(struct apply *a, int64_t ticket, struct err *err)
{
	static const char sql[] =
	    "UPDATE ticket SET updated = ?2 WHERE id = ?1 AND updated < ?2";
	sqlite3_stmt *stmt = NULL;
	enum rc rc;

	if ((rc = db_prepare(a->st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, ticket);
	db_bind_int(stmt, 2, a->time);
	rc = db_run(a->st, stmt, err);
	db_finish(a->st, stmt);
	return rc;
}
