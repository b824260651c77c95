#include "db.h"

#include <string.h>

enum rc
db_prefix_find(struct store *st, const char *prefix, int64_t *id,
    struct err *err)
{
	static const char sql[] = "SELECT id FROM prefix WHERE name = ?1";
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	*id = 0;
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_text(stmt, 1, prefix);
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row)
		*id = db_int(stmt, 0);
	db_finish(st, stmt);
	return rc;
}

enum rc
db_prefix_add(struct store *st, const char *prefix, int64_t *id,
    struct err *err)
{
	static const char sql[] = "INSERT INTO prefix (name) VALUES (?1)";
	sqlite3_stmt *stmt = NULL;
	enum rc rc;

	if ((rc = db_prefix_find(st, prefix, id, err)) != RC_OK || *id != 0)
		return rc;
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_text(stmt, 1, prefix);
	rc = db_run(st, stmt, err);
	if (rc == RC_OK)
		*id = sqlite3_last_insert_rowid(st->db);
	db_finish(st, stmt);
	return rc;
}

enum rc
db_prefix_name(struct store *st, int64_t id, char out[TICKET_PREFIX_MAX],
    struct err *err)
{
	static const char sql[] = "SELECT name FROM prefix WHERE id = ?1";
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	out[0] = '\0';
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, id);
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row) {
		const size_t n = (size_t)sqlite3_column_bytes(stmt, 0);

		if (n < TICKET_PREFIX_MAX)
			memcpy(out, db_text(stmt, 0), n + 1);
	}
	db_finish(st, stmt);
	return rc;
}
