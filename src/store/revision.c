#include "store/revision.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/file/db.h"

#define COLUMNS \
	"version, n, made, file, style, format, lang, by_build, first, last, " \
	"length(CAST(text AS BLOB)), branch, head"

static void
read_row(sqlite3_stmt *stmt, struct revision *out)
{
	*out = (struct revision){
		.version = db_text_dup(stmt, 0),
		.n = db_int(stmt, 1),
		.made = db_int(stmt, 2),
		.file = db_text_dup(stmt, 3),
		.style = db_text_dup(stmt, 4),
		.format = db_text_dup(stmt, 5),
		.lang = db_text_dup(stmt, 6),
		.by_build = db_int(stmt, 7) != 0,
		.len = (size_t)db_int(stmt, 10),
	};
	db_oid(stmt, 8, &out->from);
	db_oid(stmt, 9, &out->to);
	out->branch = db_text_dup(stmt, 11);
	db_oid(stmt, 12, &out->head);
}

/* One row with its text in the last column. */
static enum rc
get_row(struct store *st, sqlite3_stmt *stmt, struct revision *out, bool *row,
    struct err *err)
{
	enum rc rc = db_step(st, stmt, row, err);

	if (rc == RC_OK && *row) {
		read_row(stmt, out);
		out->text = db_text_dup(stmt, 13);
	}
	return rc;
}

enum rc
store_revision_bases(struct store *st, const char *version, const char *also,
    const char *file, size_t max, struct revision_list *out, struct err *err)
{
	static const char sql[] =
	    "SELECT " COLUMNS ", text FROM revision "
	    "WHERE version IN (?1, ?2) AND file = ?3 AND format = 'md' "
	    "ORDER BY version = ?1 DESC, n DESC LIMIT ?4";
	sqlite3_stmt *stmt = NULL;
	struct revision r;
	bool row;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_text(stmt, 1, version);
	db_bind_text(stmt, 2, also);
	db_bind_text(stmt, 3, file);
	db_bind_int(stmt, 4, (int64_t)max);
	while ((rc = get_row(st, stmt, &r, &row, err)) == RC_OK && row) {
		out->v = mem_grow(out->v, &out->cap, out->n + 1,
		    sizeof(*out->v));
		out->v[out->n++] = r;
	}
	db_finish(st, stmt);
	return rc;
}

enum rc
store_revision_get(struct store *st, const char *version, int64_t n,
    struct revision *out, struct err *err)
{
	static const char sql[] = "SELECT " COLUMNS ", text FROM revision "
				  "WHERE version = ?1 AND (n = ?2 OR ?2 = 0) "
				  "ORDER BY n DESC LIMIT 1";
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	*out = (struct revision){ 0 };
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_text(stmt, 1, version);
	db_bind_int(stmt, 2, n);
	rc = get_row(st, stmt, out, &row, err);
	db_finish(st, stmt);
	if (rc != RC_OK || row)
		return rc;
	if (n == 0)
		return err_set(err, RC_NOT_FOUND,
		    "no revision of %s is kept (notes generate --output and "
		    "--update keep them)",
		    version);
	return err_set(err, RC_NOT_FOUND,
	    "no revision %lld of %s (see: notes generate --revisions %s)",
	    (long long)n, version, version);
}

enum rc
store_revisions(struct store *st, const char *version,
    struct revision_list *out, struct err *err)
{
	static const char sql[] = "SELECT " COLUMNS " FROM revision WHERE "
				  "version = ?1 OR ?1 IS NULL "
				  "ORDER BY made, version, n";
	sqlite3_stmt *stmt = NULL;
	bool row;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_text(stmt, 1, version);
	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row) {
		out->v = mem_grow(out->v, &out->cap, out->n + 1,
		    sizeof(*out->v));
		read_row(stmt, &out->v[out->n++]);
	}
	db_finish(st, stmt);
	return rc;
}

static enum rc
newest_same(struct store *st, struct revision *r, bool *same, struct err *err)
{
	static const char sql[] = "SELECT n, text = ?4 FROM revision WHERE "
				  "version = ?1 AND file = ?2 AND "
				  "format = ?3 ORDER BY n DESC LIMIT 1";
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	*same = false;
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_text(stmt, 1, r->version);
	db_bind_text(stmt, 2, r->file);
	db_bind_text(stmt, 3, r->format);
	db_bind_text(stmt, 4, r->text);
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row && db_int(stmt, 1) != 0) {
		*same = true;
		r->n = db_int(stmt, 0);
	}
	db_finish(st, stmt);
	return rc;
}

static enum rc
insert(struct store *st, struct revision *r, struct err *err)
{
	static const char sql[] =
	    "INSERT INTO revision (version, n, made, by_build, file, style, "
	    "format, lang, first, last, text, branch, head) SELECT ?1, "
	    "coalesce(max(n), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, "
	    "?11, ?12 "
	    "FROM revision WHERE version = ?1 RETURNING n";
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_text(stmt, 1, r->version);
	db_bind_int(stmt, 2, r->made);
	db_bind_int(stmt, 3, r->by_build);
	db_bind_text(stmt, 4, r->file);
	db_bind_text(stmt, 5, r->style);
	db_bind_text(stmt, 6, r->format);
	db_bind_text(stmt, 7, r->lang);
	db_bind_oid(stmt, 8, &r->from);
	db_bind_oid(stmt, 9, &r->to);
	db_bind_text(stmt, 10, r->text);
	db_bind_text(stmt, 11, r->branch);
	db_bind_oid(stmt, 12, &r->head);
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row) {
		r->n = db_int(stmt, 0);
		rc = db_step(st, stmt, &row, err);
	}
	db_finish(st, stmt);
	return rc;
}

enum rc
store_revision_add(struct store *st, struct revision *r, struct err *err)
{
	bool same;
	enum rc rc;

	if ((rc = store_begin(st, err)) != RC_OK)
		return rc;
	rc = newest_same(st, r, &same, err);
	if (rc == RC_OK && !same)
		rc = insert(st, r, err);
	if (rc == RC_OK)
		return store_commit(st, err);
	store_rollback(st);
	return rc;
}
