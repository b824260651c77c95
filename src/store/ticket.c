#include "store/ticket.h"

#include <string.h>

#include "base/mem.h"
#include "store/file/db.h"
#include "ticket_read.h"

/*
 * Commits that count: derived links that claim or close and were not taken
 * away by hand, and links made by hand to commits that are not among them.
 */
#define OF_TICKET "l.prefix = t.prefix AND l.number = t.number AND l.role > 0"
#define DERIVED \
	"EXISTS (SELECT 1 FROM link l JOIN history h ON h.id = l.rev " \
	"WHERE " OF_TICKET " AND lower(hex(h.oid)) = m.value)"
#define MANUAL "FROM link_manual m WHERE m.ticket = t.id"

/* Sets come as one text; a unit separator (0x1f) is in none of the values. */
#define ROW_COLUMNS \
	"t.id, t.ulid, (SELECT name FROM prefix WHERE id = t.prefix), " \
	"t.number, t.type, t.status, t.category, t.priority, t.deleted, " \
	"t.no_note, t.created, t.updated, t.resolved, t.due, t.estimate, " \
	"t.spent, t.n_comments, t.summary, t.resolution, t.assignee, " \
	"t.reporter, t.component, " \
	"(SELECT (SELECT name FROM prefix WHERE id = p.prefix) || '-' || " \
	"p.number FROM ticket p WHERE p.ulid = t.parent), t.rank, " \
	"(SELECT count(*) FROM link l WHERE " OF_TICKET ") + " \
	"CASE WHEN EXISTS (SELECT 1 " MANUAL ") THEN " \
	"(SELECT count(*) " MANUAL " AND m.name = 'link' " \
	"AND NOT " DERIVED ") - " \
	"(SELECT count(*) " MANUAL " AND m.name = 'unlink' AND " DERIVED ") " \
	"ELSE 0 END, " \
	"(SELECT group_concat(value, char(31)) FROM label " \
	"WHERE ticket = t.id), " \
	"(SELECT group_concat(value, char(31)) FROM ticket_release " \
	"WHERE ticket = t.id), " \
	"(SELECT group_concat(value, char(31)) FROM found_in " \
	"WHERE ticket = t.id)"

static void
read_set(const char *text, struct strv *out)
{
	while (text != NULL) {
		const char *end = strchr(text, '\x1f');

		if (end == NULL) {
			strv_push(out, text);
			return;
		}
		strv_push_len(out, text, (size_t)(end - text));
		text = end + 1;
	}
}

static void
read_row(sqlite3_stmt *stmt, struct ticket *t)
{
	const char *prefix = db_text(stmt, 2);
	int64_t priority = db_int(stmt, 7);

	*t = (struct ticket){ .id = db_int(stmt, 0) };
	db_ulid(stmt, 1, &t->ulid);
	if (prefix != NULL && strlen(prefix) < TICKET_PREFIX_MAX)
		memcpy(t->key.prefix, prefix, strlen(prefix) + 1);
	t->key.number = (uint32_t)db_int(stmt, 3);
	t->type = db_text_dup(stmt, 4);
	t->status = db_text_dup(stmt, 5);
	t->category = (enum category)db_int(stmt, 6);
	if (priority >= 0 && priority < (int64_t)priorities_n)
		t->priority = mem_strdup(priorities[priority].name);
	t->deleted = db_int(stmt, 8) != 0;
	t->no_note = db_int(stmt, 9) != 0;
	t->created = db_time(stmt, 10);
	t->updated = db_time(stmt, 11);
	t->resolved = db_time(stmt, 12);
	t->due = db_time(stmt, 13);
	t->estimate = db_int(stmt, 14);
	t->spent = db_int(stmt, 15);
	t->n_comments = db_int(stmt, 16);
	t->summary = db_text_dup(stmt, 17);
	t->resolution = db_text_dup(stmt, 18);
	t->assignee = db_text_dup(stmt, 19);
	t->reporter = db_text_dup(stmt, 20);
	t->component = db_text_dup(stmt, 21);
	t->parent = db_text_dup(stmt, 22);
	t->rank = db_text_dup(stmt, 23);
	t->n_commits = db_int(stmt, 24);
	read_set(db_text(stmt, 25), &t->labels);
	read_set(db_text(stmt, 26), &t->releases);
	read_set(db_text(stmt, 27), &t->found_in);
}

enum rc
ticket_row(struct store *st, int64_t id, enum ticket_detail detail,
    struct ticket *out, bool *found, struct err *err)
{
	static const char row_sql[] = "SELECT " ROW_COLUMNS
				      " FROM ticket t WHERE t.id = ?1";
	static const char full_sql[] = "SELECT " ROW_COLUMNS
				       ", t.note, t.description "
				       "FROM ticket t WHERE t.id = ?1";
	sqlite3_stmt *stmt = NULL;
	enum rc rc;

	*out = (struct ticket){ 0 };
	*found = false;
	rc = db_prepare(st, &stmt, detail == TICKET_FULL ? full_sql : row_sql,
	    err);
	if (rc != RC_OK)
		return rc;
	db_bind_int(stmt, 1, id);
	rc = db_step(st, stmt, found, err);
	if (rc == RC_OK && *found) {
		read_row(stmt, out);
		if (detail == TICKET_FULL) {
			out->note = db_text_dup(stmt, 28);
			out->description = db_text_dup(stmt, 29);
		}
	}
	db_finish(st, stmt);
	return rc;
}

enum rc
store_ticket_get(struct store *st, int64_t id, enum ticket_detail detail,
    struct ticket *out, struct err *err)
{
	bool found;
	enum rc rc = ticket_row(st, id, detail, out, &found, err);

	if (rc == RC_OK && !found)
		return err_set(err, RC_NOT_FOUND,
		    "this ticket is gone (see: notes list)");
	return rc;
}

static enum rc
find_id(struct store *st, const struct ticket_key *key, int64_t *id,
    struct err *err)
{
	static const char sql[] =
	    "SELECT id FROM ticket WHERE number = ?2 "
	    "AND prefix = (SELECT id FROM prefix WHERE name = ?1)";
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	*id = 0;
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_text(stmt, 1, key->prefix);
	db_bind_int(stmt, 2, key->number);
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row)
		*id = db_int(stmt, 0);
	db_finish(st, stmt);
	return rc;
}

enum rc
store_ticket_find(struct store *st, const struct ticket_key *key,
    enum ticket_detail detail, struct ticket *out, struct err *err)
{
	char text[TICKET_KEY_MAX];
	int64_t id;
	enum rc rc = find_id(st, key, &id, err);

	*out = (struct ticket){ 0 };
	if (rc != RC_OK)
		return rc;
	if (id != 0)
		return store_ticket_get(st, id, detail, out, err);
	ticket_key_format(key, text);
	return err_set(err, RC_NOT_FOUND, "no ticket %s (see: notes list)",
	    text);
}

enum rc
store_ticket_by_ulid(struct store *st, const struct ulid *ulid,
    enum ticket_detail detail, struct ticket *out, struct err *err)
{
	static const char sql[] = "SELECT id FROM ticket WHERE ulid = ?1";
	sqlite3_stmt *stmt = NULL;
	int64_t id = 0;
	bool row = false;
	enum rc rc;

	*out = (struct ticket){ 0 };
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_text(stmt, 1, ulid->s);
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row)
		id = db_int(stmt, 0);
	db_finish(st, stmt);
	if (rc != RC_OK)
		return rc;
	if (id == 0)
		return err_set(err, RC_NOT_FOUND,
		    "no ticket with the id %s (see: notes list)", ulid->s);
	return store_ticket_get(st, id, detail, out, err);
}

bool
store_ticket_exists(struct store *st, const struct ticket_key *key)
{
	int64_t id;

	return find_id(st, key, &id, NULL) == RC_OK && id != 0;
}

static enum rc
number_by(struct store *st, const char *sql, const char *prefix, int64_t *n,
    struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	*n = 0;
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_text(stmt, 1, prefix);
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row)
		*n = db_int(stmt, 0);
	db_finish(st, stmt);
	return rc;
}

enum rc
store_ticket_highest(struct store *st, const char *prefix, uint32_t *out,
    struct err *err)
{
	static const char sql[] =
	    "SELECT max(number) FROM ticket WHERE prefix = "
	    "(SELECT id FROM prefix WHERE name = ?1)";
	int64_t n;
	enum rc rc = number_by(st, sql, prefix, &n, err);

	*out = (uint32_t)n;
	return rc;
}

enum rc
store_ticket_next(struct store *st, const char *prefix, uint32_t *out,
    struct err *err)
{
	/* A number that a message names speaks of something else already: one
	 * look in the key of the links for each of a run of them. */
	static const char sql[] =
	    "WITH RECURSIVE p(id) AS (SELECT id FROM prefix WHERE name = ?1), "
	    "next(n) AS (SELECT coalesce(max(number), 0) + 1 FROM ticket "
	    "WHERE prefix = (SELECT id FROM p) "
	    "UNION ALL SELECT n + 1 FROM next WHERE EXISTS (SELECT 1 FROM link "
	    "WHERE prefix = (SELECT id FROM p) AND number = n)) "
	    "SELECT max(n) FROM next";
	int64_t n;
	enum rc rc = number_by(st, sql, prefix, &n, err);

	*out = (uint32_t)n;
	if (rc == RC_OK && n > TICKET_NUMBER_MAX)
		return err_set(err, RC_INVALID,
		    "no number of %s is left (use another prefix)", prefix);
	return rc;
}
