#include "db.h"

/* One value by name, from a table of names and values. */
static enum rc
get(struct store *st, const char *sql, const char *name, char **out,
    struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	*out = NULL;
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_text(stmt, 1, name);
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row)
		*out = db_text_dup(stmt, 0);
	db_finish(st, stmt);
	return rc;
}

enum rc
store_local_get(struct store *st, const char *name, char **out, struct err *err)
{
	static const char sql[] = "SELECT value FROM local WHERE name = ?1";

	return get(st, sql, name, out, err);
}

enum rc
store_meta_get(struct store *st, const char *name, char **out, struct err *err)
{
	static const char sql[] = "SELECT value FROM meta WHERE name = ?1";

	return get(st, sql, name, out, err);
}

/* value NULL removes it. */
enum rc
store_local_set(struct store *st, const char *name, const char *value,
    struct err *err)
{
	static const char set[] = "INSERT INTO local (name, value) "
				  "VALUES (?1, ?2) ON CONFLICT DO UPDATE "
				  "SET value = excluded.value";
	static const char unset[] = "DELETE FROM local WHERE name = ?1";
	sqlite3_stmt *stmt = NULL;
	enum rc rc;

	if ((rc = store_begin(st, err)) != RC_OK)
		return rc;
	rc = db_prepare(st, &stmt, value == NULL ? unset : set, err);
	if (rc == RC_OK) {
		db_bind_text(stmt, 1, name);
		if (value != NULL)
			db_bind_text(stmt, 2, value);
		rc = db_run(st, stmt, err);
		db_finish(st, stmt);
	}
	if (rc == RC_OK)
		return store_commit(st, err);
	store_rollback(st);
	return rc;
}
