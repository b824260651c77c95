#include "store/release.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "store/file/db.h"

#define RELEASE_COLUMNS \
	"id, ulid, version, state, title, description, tag, oid, start, " \
	"target, released, previous, reason, owner FROM release WHERE " \
	"deleted = 0"

static void
read_release(sqlite3_stmt *stmt, struct release *out)
{
	*out = (struct release){ .id = db_int(stmt, 0) };
	db_ulid(stmt, 1, &out->ulid);
	out->version = db_text_dup(stmt, 2);
	out->state = (enum release_state)db_int(stmt, 3);
	out->title = db_text_dup(stmt, 4);
	out->description = db_text_dup(stmt, 5);
	out->tag = db_text_dup(stmt, 6);
	db_oid(stmt, 7, &out->commit);
	out->start = db_time(stmt, 8);
	out->target = db_time(stmt, 9);
	out->released = db_time(stmt, 10);
	out->previous = db_text_dup(stmt, 11);
	out->reason = db_text_dup(stmt, 12);
	out->owner = db_text_dup(stmt, 13);
}

enum rc
store_releases(struct store *st, struct release_list *out, struct err *err)
{
	static const char sql[] = "SELECT " RELEASE_COLUMNS " ORDER BY id";
	sqlite3_stmt *stmt = NULL;
	bool row;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row) {
		out->v = mem_grow(out->v, &out->cap, out->n + 1,
		    sizeof(*out->v));
		read_release(stmt, &out->v[out->n++]);
	}
	db_finish(st, stmt);
	return rc;
}

enum rc
store_release_find(struct store *st, const char *version, struct release *out,
    struct err *err)
{
	static const char sql[] = "SELECT " RELEASE_COLUMNS " AND version = ?1";
	sqlite3_stmt *stmt = NULL;
	bool row;
	enum rc rc;

	*out = (struct release){ 0 };
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_text(stmt, 1, version);
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row)
		read_release(stmt, out);
	else if (rc == RC_OK)
		rc = err_set(err, RC_NOT_FOUND,
		    "no release %.127s (see: notes release list)", version);
	db_finish(st, stmt);
	return rc;
}

enum rc
store_builds(struct store *st, const char *version, struct build_list *out,
    struct err *err)
{
	static const char sql[] =
	    "SELECT id, ulid, version, number, oid, time, ci, url, result "
	    "FROM build WHERE deleted = 0 AND (?1 IS NULL OR version = ?1) "
	    "ORDER BY time, id";
	sqlite3_stmt *stmt = NULL;
	bool row;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_text(stmt, 1, version);
	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row) {
		struct build *b;

		out->v = mem_grow(out->v, &out->cap, out->n + 1,
		    sizeof(*out->v));
		b = &out->v[out->n++];
		*b = (struct build){ .id = db_int(stmt, 0) };
		db_ulid(stmt, 1, &b->ulid);
		b->version = db_text_dup(stmt, 2);
		b->number = db_text_dup(stmt, 3);
		db_oid(stmt, 4, &b->commit);
		b->time = db_int(stmt, 5);
		b->ci = db_text_dup(stmt, 6);
		b->url = db_text_dup(stmt, 7);
		b->result = (enum build_result)db_int(stmt, 8);
	}
	db_finish(st, stmt);
	return rc;
}
