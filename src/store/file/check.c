#include <stdlib.h>
#include <string.h>

#include "store/journal/apply.h"
#include "base/buf.h"
#include "base/mem.h"
#include "migrate.h"
#include "store/query/search.h"

#define FINDINGS_MAX 100

static void
found(struct strv *findings, char *text)
{
	if (findings->n < FINDINGS_MAX)
		strv_take(findings, text);
	else
		free(text);
}

/* Statements whose every row is a finding: the first column is its text. */
static const char *const checks[] = {
	"SELECT 'a row of ' || \"table\" || ' refers to a missing row of ' || "
	"parent FROM pragma_foreign_key_check",
	"SELECT 'the journal has ' || count(*) || ' events of ' || max(n) "
	"FROM journal WHERE replica = 1 HAVING count(*) <> max(n)",
	"SELECT 'counter ' || kind || ' ' || name || ' is off' FROM ("
	"SELECT kind, name, n FROM counter UNION ALL "
	"SELECT 'total', '', -count(*) FROM ticket WHERE deleted = 0 "
	"UNION ALL "
	"SELECT 'deleted', '', -count(*) FROM ticket WHERE deleted = 1 "
	"UNION ALL SELECT 'status', status, -count(*) FROM ticket "
	"WHERE deleted = 0 GROUP BY status "
	"UNION ALL SELECT 'type', type, -count(*) FROM ticket "
	"WHERE deleted = 0 GROUP BY type "
	"UNION ALL SELECT 'category', CAST(category AS TEXT), -count(*) "
	"FROM ticket WHERE deleted = 0 GROUP BY category) "
	"GROUP BY kind, name HAVING sum(n) <> 0",
	"SELECT 'comments of ' || p.name || '-' || t.number || "
	"' are miscounted' FROM ticket t JOIN prefix p ON p.id = t.prefix "
	"WHERE t.n_comments <> (SELECT count(*) FROM comment c "
	"WHERE c.ticket = t.id AND c.hidden = 0)",
	"SELECT 'a link to a commit that is not there' FROM link "
	"WHERE NOT EXISTS (SELECT 1 FROM history h WHERE h.id = link.rev) "
	"LIMIT 1",
};

static enum rc
check_rows(struct store *st, const char *sql, struct strv *findings,
    struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	bool row;
	enum rc rc;

	if ((rc = db_prepare_text(st, &stmt, sql, err)) != RC_OK)
		return rc;
	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row)
		found(findings, db_text_dup(stmt, 0));
	db_finish(st, stmt);
	return rc;
}

static enum rc
check_pages(struct store *st, struct strv *findings, struct err *err)
{
	struct strv lines = STRV_INIT;
	enum rc rc;

	rc = check_rows(st, "PRAGMA integrity_check", &lines, err);
	for (size_t i = 0; i < lines.n; i++)
		if (strcmp(lines.v[i], "ok") != 0)
			found(findings, mem_printf("%s", lines.v[i]));
	strv_release(&lines);
	return rc;
}

/* The schema as text, one object a line, without what SQLite adds. */
static int
schema_text(sqlite3 *db, struct buf *out)
{
	static const char sql[] = "SELECT type || ' ' || name || ' ' || "
				  "tbl_name || ' ' || coalesce(sql, '') FROM "
				  "sqlite_schema WHERE name NOT LIKE "
				  "'sqlite_stat%' ORDER BY type, name";
	sqlite3_stmt *stmt = NULL;
	int code;

	code = sqlite3_prepare_v2(db, sql, -1, &stmt, NULL);
	while (code == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW) {
		buf_puts(out, (const char *)sqlite3_column_text(stmt, 0));
		buf_putc(out, '\n');
	}
	sqlite3_finalize(stmt);
	return code;
}

static enum rc
check_schema(struct store *st, struct strv *findings, struct err *err)
{
	struct buf is = BUF_INIT, should = BUF_INIT, sql = BUF_INIT;
	sqlite3 *model = NULL;
	enum rc rc = RC_OK;
	int code;

	code = sqlite3_open_v2(":memory:", &model,
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX,
	    NULL);
	for (size_t i = 0; i < schema_files_n; i++)
		migrate_strip(&schema_files[i], &sql);
	if (code == SQLITE_OK && search_register(model, err) == RC_OK)
		code = sqlite3_exec(model, buf_str(&sql), NULL, NULL, NULL);
	if (code == SQLITE_OK)
		code = schema_text(model, &should);
	sqlite3_close(model);
	if (code != SQLITE_OK) {
		rc = err_set(err, RC_FAIL, "the schema can't be compared: %s",
		    sqlite3_errstr(code));
		goto out;
	}
	if ((code = schema_text(st->db, &is)) != SQLITE_OK)
		rc = db_error(st, code, err);
	else if (strcmp(buf_str(&is), buf_str(&should)) != 0)
		found(findings,
		    mem_strdup("the tables are not as this notes makes them"));
out:
	buf_release(&sql);
	buf_release(&is);
	buf_release(&should);
	return rc;
}

static enum rc
check_journal(struct store *st, struct strv *findings, struct err *err)
{
	static const char sql[] = "SELECT j.seq, j.line, j.n, j.h, j.grp, "
				  "j.object FROM journal j ORDER BY j.seq";
	sqlite3_stmt *stmt = NULL;
	bool row;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row) {
		struct event ev = EVENT_INIT;

		if (event_decode(db_text(stmt, 1),
			(size_t)sqlite3_column_bytes(stmt, 1), &ev,
			NULL) != RC_OK ||
		    ev.n != db_int(stmt, 2) ||
		    ev.h != (uint64_t)db_int(stmt, 3) ||
		    ev.group != db_int(stmt, 4) ||
		    strcmp(ev.object.s, db_text(stmt, 5)) != 0)
			found(findings,
			    mem_printf("row %lld of the journal is damaged",
				(long long)db_int(stmt, 0)));
		event_release(&ev);
	}
	db_finish(st, stmt);
	return rc;
}

/* The index checks itself on a command that counts as a write. */
static enum rc
check_search(struct store *st, struct strv *findings, struct err *err)
{
	static const char sql[] =
	    "INSERT INTO search (search) VALUES ('integrity-check')";
	enum rc rc;

	if (store_is_readonly(st))
		return RC_OK;
	if ((rc = store_begin(st, err)) != RC_OK)
		return rc;
	rc = db_exec(st, sql, NULL);
	store_rollback(st);
	if (rc != RC_OK)
		found(findings,
		    mem_strdup("the search index is damaged (run: "
			       "notes fsck --rebuild)"));
	return RC_OK;
}

enum rc
store_check(struct store *st, struct strv *findings, struct err *err)
{
	struct err damage = ERR_INIT;
	enum rc rc;

	rc = check_pages(st, findings, &damage);
	if (rc == RC_OK)
		rc = check_schema(st, findings, &damage);
	if (rc == RC_OK && findings->n == 0)
		rc = check_journal(st, findings, &damage);
	for (size_t i = 0;
	     rc == RC_OK && i < sizeof(checks) / sizeof(checks[0]); i++)
		rc = check_rows(st, checks[i], findings, &damage);
	if (rc == RC_OK)
		rc = check_search(st, findings, &damage);
	if (rc == RC_CORRUPT) {
		found(findings, mem_strdup(damage.msg));
		return RC_OK;
	}
	return rc == RC_OK ? rc : err_set(err, rc, "%s", damage.msg);
}
