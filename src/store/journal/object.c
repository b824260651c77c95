#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apply.h"
#include "base/mem.h"

/* By ULID: tickets are asked for most. */
static const struct {
	enum object_kind kind;
	const char *sql;
} finders[] = {
	{ OBJECT_TICKET, "SELECT id FROM ticket WHERE ulid = ?1" },
	{ OBJECT_COMMENT, "SELECT id FROM comment WHERE ulid = ?1" },
	{ OBJECT_RELEASE, "SELECT id FROM release WHERE ulid = ?1" },
	{ OBJECT_BUILD, "SELECT id FROM build WHERE ulid = ?1" },
};

enum rc
object_find(struct store *st, const struct ulid *ulid, enum object_kind *kind,
    int64_t *id, struct err *err)
{
	struct write_state *w = st->write;
	enum rc rc;

	if (w != NULL && strcmp(w->object.ulid.s, ulid->s) == 0) {
		*kind = w->object.kind;
		*id = w->object.id;
		return RC_OK;
	}
	for (size_t i = 0; i < sizeof(finders) / sizeof(finders[0]); i++) {
		sqlite3_stmt *stmt = NULL;
		bool row = false;

		rc = db_prepare(st, &stmt, finders[i].sql, err);
		if (rc != RC_OK)
			return rc;
		db_bind_text(stmt, 1, ulid->s);
		if ((rc = db_step(st, stmt, &row, err)) == RC_OK && row) {
			*kind = finders[i].kind;
			*id = db_int(stmt, 0);
		}
		db_finish(st, stmt);
		if (rc != RC_OK)
			return rc;
		if (!row)
			continue;
		if (w != NULL) {
			w->object.ulid = *ulid;
			w->object.kind = *kind;
			w->object.id = *id;
		}
		return RC_OK;
	}
	*kind = OBJECT_NONE;
	*id = 0;
	return RC_NOT_FOUND;
}

static enum rc
ticket_by_key(struct store *st, const struct ticket_key *key, struct ulid *out,
    struct err *err)
{
	static const char sql[] =
	    "SELECT ulid FROM ticket WHERE number = ?2 AND prefix = "
	    "(SELECT id FROM prefix WHERE name = ?1)";
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_text(stmt, 1, key->prefix);
	db_bind_int(stmt, 2, key->number);
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row)
		db_ulid(stmt, 0, out);
	else if (rc == RC_OK)
		rc = RC_NOT_FOUND;
	db_finish(st, stmt);
	return rc;
}

enum rc
object_ticket(struct store *st, const char *text, struct ulid *out,
    struct err *err)
{
	enum object_kind kind = OBJECT_NONE;
	struct ticket_key key;
	int64_t id;
	enum rc rc = RC_NOT_FOUND;

	*out = (struct ulid){ "" };
	if (ulid_valid(text)) {
		memcpy(out->s, text, ULID_LEN + 1);
		rc = object_find(st, out, &kind, &id, err);
		if (rc == RC_OK && kind != OBJECT_TICKET)
			rc = RC_NOT_FOUND;
	} else if (ticket_key_parse(text, strlen(text), &key)) {
		rc = ticket_by_key(st, &key, out, err);
	}
	if (rc == RC_NOT_FOUND)
		return err_set(err, rc, "no ticket %.64s (see: notes list)",
		    text);
	return rc;
}

char *
object_name(struct store *st, enum object_kind kind, int64_t id)
{
	static const char *const sql[OBJECT_N] = {
		[OBJECT_TICKET] = "SELECT p.name || '-' || t.number "
				  "FROM ticket t JOIN prefix p ON "
				  "p.id = t.prefix WHERE t.id = ?1",
		[OBJECT_RELEASE] = "SELECT 'release ' || version FROM release "
				   "WHERE id = ?1",
		[OBJECT_BUILD] = "SELECT 'build ' || number || ' of ' || "
				 "version FROM build WHERE id = ?1",
		[OBJECT_COMMENT] = "SELECT 'comment on ' || p.name || '-' || "
				   "t.number FROM comment c "
				   "JOIN ticket t ON t.id = c.ticket "
				   "JOIN prefix p ON p.id = t.prefix "
				   "WHERE c.id = ?1",
	};
	sqlite3_stmt *stmt = NULL;
	char *name = NULL;
	bool row = false;

	if (sql[kind] == NULL ||
	    db_prepare(st, &stmt, sql[kind], NULL) != RC_OK)
		return mem_strdup("?");
	db_bind_int(stmt, 1, id);
	if (db_step(st, stmt, &row, NULL) == RC_OK && row)
		name = db_text_dup(stmt, 0);
	db_finish(st, stmt);
	return name != NULL ? name : mem_strdup("?");
}

static const char *const made_sql[OBJECT_N] = {
	[OBJECT_TICKET] = "SELECT made FROM ticket WHERE id = ?1",
	[OBJECT_RELEASE] = "SELECT made FROM release WHERE id = ?1",
	[OBJECT_BUILD] = "SELECT made FROM build WHERE id = ?1",
	[OBJECT_COMMENT] = "SELECT made FROM comment WHERE id = ?1",
};

enum rc
writer_of(struct store *st, enum object_kind kind, int64_t id,
    const char *field, int64_t *seq, struct err *err)
{
	static const char sql[] = "SELECT event FROM field_version WHERE "
				  "kind = ?2 AND id = ?1 AND field = ?3";
	const char *const texts[] = { sql, made_sql[kind] };
	enum rc rc = RC_OK;

	*seq = 0;
	for (int i = 0; rc == RC_OK && *seq == 0 && i < 2; i++) {
		sqlite3_stmt *stmt = NULL;
		bool row = false;

		if ((rc = db_prepare(st, &stmt, texts[i], err)) != RC_OK)
			return rc;
		db_bind_int(stmt, 1, id);
		if (i == 0) {
			db_bind_int(stmt, 2, kind);
			db_bind_text(stmt, 3, field);
		}
		rc = db_step(st, stmt, &row, err);
		if (rc == RC_OK && row)
			*seq = db_int(stmt, 0);
		db_finish(st, stmt);
	}
	return rc;
}

enum rc
writer_name(struct store *st, int64_t seq, char out[WRITER_MAX],
    struct err *err)
{
	static const char sql[] = "SELECT r.bits, j.n FROM journal j "
				  "JOIN replica r ON r.id = j.replica "
				  "WHERE j.seq = ?1";
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	out[0] = '\0';
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, seq);
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row)
		snprintf(out, WRITER_MAX, "%016" PRIx64 ".%" PRId64,
		    (uint64_t)db_int(stmt, 0), db_int(stmt, 1));
	db_finish(st, stmt);
	return rc;
}

enum rc
writer_find(struct store *st, const char *name, size_t len, int64_t *seq,
    struct err *err)
{
	static const char sql[] = "SELECT j.seq FROM journal j "
				  "JOIN replica r ON r.id = j.replica "
				  "WHERE r.bits = ?1 AND j.n = ?2";
	char text[WRITER_MAX], *end;
	sqlite3_stmt *stmt = NULL;
	uint64_t bits;
	bool row = false;
	enum rc rc;

	*seq = 0;
	if (len >= sizeof(text))
		return RC_OK;
	memcpy(text, name, len);
	text[len] = '\0';
	bits = strtoull(text, &end, 16);
	if (*end != '.')
		return RC_OK;
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, (int64_t)bits);
	db_bind_int(stmt, 2, strtoll(end + 1, NULL, 10));
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row)
		*seq = db_int(stmt, 0);
	db_finish(st, stmt);
	return rc;
}

enum rc
writer_wins(struct apply *a, int64_t seq, bool *wins, struct err *err)
{
	static const char sql[] = "SELECT j.h, r.bits, j.n FROM journal j "
				  "JOIN replica r ON r.id = j.replica "
				  "WHERE j.seq = ?1";
	const struct event *ev = a->ev;
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	/* Its own clock is above all that came before it. */
	*wins = true;
	if (!a->foreign || seq == 0)
		return RC_OK;
	if ((rc = db_prepare(a->st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, seq);
	rc = db_step(a->st, stmt, &row, err);
	if (rc == RC_OK && row) {
		const uint64_t h = (uint64_t)db_int(stmt, 0);
		const uint64_t bits = (uint64_t)db_int(stmt, 1);

		if (ev->h != h)
			*wins = ev->h > h;
		else if (ev->replica != bits)
			*wins = ev->replica > bits;
		else
			*wins = ev->n > db_int(stmt, 2);
	}
	db_finish(a->st, stmt);
	return rc;
}
