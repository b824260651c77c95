#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apply.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "model/workflow.h"

/* Fields that only explain a status and have no column of their own to set. */
static bool
is_rider(const char *field)
{
	return strcmp(field, "category") == 0 || strcmp(field, "resolved") == 0;
}

enum rc
status_category(const struct event *ev, const char *status, int64_t *category,
    struct err *err)
{
	const char *name = event_get(ev, "category");
	const struct status *known;
	struct workflow wf;

	for (int i = 0; name != NULL && i <= CATEGORY_DONE; i++)
		if (strcmp(name, category_name(i)) == 0) {
			*category = i;
			return RC_OK;
		}
	if (name != NULL)
		return err_set(err, RC_INVALID,
		    "category \"%.60s\" is not todo, doing or done", name);
	workflow_default(&wf);
	known = workflow_find(&wf, status);
	*category = known == NULL ? CATEGORY_TODO : known->category;
	return RC_OK;
}

static enum rc
fill_before(struct apply *a, struct event_value *v, struct err *err)
{
	char name[WRITER_MAX];
	int64_t seq;
	enum rc rc;

	if ((rc = writer_of(a->st, a->kind, a->id, v->field, &seq, err)) !=
		RC_OK ||
	    (rc = writer_name(a->st, seq, name, err)) != RC_OK)
		return rc;
	mem_replace(&v->before, name);
	return RC_OK;
}

/* A ticket named as parent becomes its ULID. */
static enum rc
resolve_ticket(struct apply *a, struct event_value *v, struct err *err)
{
	struct ulid ulid;
	enum rc rc;

	if (v->value == NULL || v->value[0] == '\0')
		return RC_OK;
	if ((rc = object_ticket(a->st, v->value, &ulid, err)) != RC_OK)
		return rc;
	if (strcmp(ulid.s, a->ev->object.s) == 0)
		return err_set(err, RC_INVALID,
		    "a ticket can't be its own parent");
	mem_replace(&v->value, ulid.s);
	return RC_OK;
}

static enum rc
prepare_value(struct apply *a, size_t i, bool *keep, struct err *err)
{
	struct event_value *v = &a->ev->values[i];
	const struct column *c = value_column(a->kind, v->field);
	struct value value;
	bool same;
	enum rc rc;

	*keep = false;
	if (c == NULL && a->kind == OBJECT_TICKET && is_rider(v->field)) {
		*keep = event_get(a->ev, "status") != NULL;
		return RC_OK;
	}
	if (c == NULL)
		return err_set(err, RC_INVALID, "no field \"%.60s\" to set",
		    v->field);
	if (v->value != NULL && !utf8_valid(v->value, strlen(v->value)))
		return err_set(err, RC_INVALID, "%s is not valid UTF-8",
		    v->field);
	if (c->kind == VALUE_TICKET &&
	    (rc = resolve_ticket(a, v, err)) != RC_OK)
		return rc;
	if ((rc = value_parse(c, v->value, a->time, &value, err)) != RC_OK ||
	    (rc = value_is(a->st, c, a->id, &value, &same, err)) != RC_OK)
		return rc;
	if (same)
		return RC_OK;
	*keep = true;
	return fill_before(a, v, err);
}

static bool
has_field(const struct event *ev, const char *field)
{
	for (size_t i = 0; i < ev->n_values; i++)
		if (strcmp(ev->values[i].field, field) == 0)
			return true;
	return false;
}

/* A status that stays takes its riders along; one that changes has a
 * category, so that no configuration is needed to read the journal. */
static enum rc
prepare_status(struct event *ev, struct err *err)
{
	const char *status = event_get(ev, "status");
	int64_t category;
	enum rc rc;

	if (!has_field(ev, "status")) {
		for (size_t i = ev->n_values; i-- > 0;)
			if (is_rider(ev->values[i].field))
				event_drop(ev, i);
		return RC_OK;
	}
	if (event_get(ev, "category") != NULL)
		return RC_OK;
	rc = status_category(ev, status == NULL ? "open" : status, &category,
	    err);
	if (rc == RC_OK)
		event_put(ev, "category", category_name((int)category));
	return rc;
}

/* Versions and build numbers stand once among what is not deleted. */
static enum rc
check_unique(struct apply *a, struct err *err)
{
	static const char *const sql[OBJECT_N] = {
		[OBJECT_RELEASE] =
		    "SELECT coalesce(?2, r.version) FROM release r, release o "
		    "WHERE r.id = ?1 AND o.id <> ?1 AND o.deleted = 0 AND "
		    "coalesce(?4, r.deleted) = 0 AND "
		    "o.version = coalesce(?2, r.version)",
		[OBJECT_BUILD] =
		    "SELECT coalesce(?3, b.number) || ' of ' || "
		    "coalesce(?2, b.version) FROM build b, build o "
		    "WHERE b.id = ?1 AND o.id <> ?1 AND o.deleted = 0 AND "
		    "coalesce(?4, b.deleted) = 0 AND "
		    "o.version = coalesce(?2, b.version) AND "
		    "o.number = coalesce(?3, b.number)",
	};
	const char *deleted = event_get(a->ev, "deleted");
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	if (sql[a->kind] == NULL)
		return RC_OK;
	if ((rc = db_prepare(a->st, &stmt, sql[a->kind], err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, a->id);
	db_bind_text(stmt, 2,
	    event_get(a->ev,
		a->kind == OBJECT_RELEASE ? "version" : "release"));
	if (a->kind == OBJECT_BUILD)
		db_bind_text(stmt, 3, event_get(a->ev, "number"));
	if (has_field(a->ev, "deleted"))
		db_bind_int(stmt, 4, deleted != NULL && deleted[0] == '1');
	if ((rc = db_step(a->st, stmt, &row, err)) == RC_OK && row)
		rc = err_set(err, RC_EXISTS, "%s %.128s is there already",
		    a->kind == OBJECT_RELEASE ? "release" : "build",
		    db_text(stmt, 0));
	db_finish(a->st, stmt);
	return rc;
}

enum rc
prepare_set(struct apply *a, struct err *err)
{
	struct event *ev = a->ev;
	enum rc rc;
	bool keep;

	/* The mark of an operation that found nothing to change. */
	if (ev->n_values == 0)
		return RC_OK;
	rc = object_find(a->st, &ev->object, &a->kind, &a->id, err);
	if (rc == RC_NOT_FOUND)
		return err_set(err, RC_INVALID, "no object %s", ev->object.s);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < ev->n_values;) {
		if ((rc = prepare_value(a, i, &keep, err)) != RC_OK)
			return rc;
		if (keep)
			i++;
		else
			event_drop(ev, i);
	}
	if (a->kind == OBJECT_TICKET && (rc = prepare_status(ev, err)) != RC_OK)
		return rc;
	return check_unique(a, err);
}

static enum rc
put_version(struct apply *a, const char *field, struct err *err)
{
	static const char sql[] =
	    "INSERT INTO field_version (kind, id, field, event) "
	    "VALUES (?1, ?2, ?3, ?4) "
	    "ON CONFLICT DO UPDATE SET event = excluded.event";
	sqlite3_stmt *stmt = NULL;
	enum rc rc;

	if ((rc = db_prepare(a->st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, a->kind);
	db_bind_int(stmt, 2, a->id);
	db_bind_text(stmt, 3, field);
	db_bind_int(stmt, 4, a->seq);
	rc = db_run(a->st, stmt, err);
	db_finish(a->st, stmt);
	return rc;
}

static enum rc
put_category(struct apply *a, const char *status, struct err *err)
{
	static const char sql[] =
	    "UPDATE ticket SET category = ?2, resolved = CASE "
	    "WHEN ?2 <> 2 THEN NULL WHEN ?3 IS NOT NULL THEN ?3 "
	    "WHEN category = 2 AND resolved IS NOT NULL THEN resolved "
	    "ELSE ?4 END WHERE id = ?1";
	static const struct column moment = { .field = "resolved",
		.kind = VALUE_TIME,
		.max = 64 };
	struct value resolved = { .is = VALUE_IS_NULL };
	const char *text = event_get(a->ev, "resolved");
	sqlite3_stmt *stmt = NULL;
	int64_t category = 0;
	enum rc rc;

	if (status_category(a->ev, status, &category, NULL) != RC_OK)
		category = CATEGORY_TODO;
	if (value_parse(&moment, text, a->time, &resolved, NULL) != RC_OK)
		resolved.is = VALUE_IS_NULL;
	if ((rc = db_prepare(a->st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, a->id);
	db_bind_int(stmt, 2, category);
	value_bind(stmt, 3, &resolved);
	db_bind_int(stmt, 4, a->time);
	rc = db_run(a->st, stmt, err);
	db_finish(a->st, stmt);
	return rc;
}

/* What hangs on a field of a comment. */
static enum rc
put_comment(struct apply *a, const char *field, struct err *err)
{
	static const char edited[] =
	    "UPDATE comment SET edited = ?2 WHERE id = ?1";
	static const char counted[] =
	    "UPDATE ticket SET n_comments = (SELECT count(*) FROM comment c "
	    "WHERE c.ticket = ticket.id AND c.hidden = 0) "
	    "WHERE id = (SELECT ticket FROM comment WHERE id = ?1)";
	const bool text = strcmp(field, "text") == 0;
	sqlite3_stmt *stmt = NULL;
	enum rc rc;

	rc = db_prepare(a->st, &stmt, text ? edited : counted, err);
	if (rc != RC_OK)
		return rc;
	db_bind_int(stmt, 1, a->id);
	if (text)
		db_bind_int(stmt, 2, a->time);
	rc = db_run(a->st, stmt, err);
	db_finish(a->st, stmt);
	return rc;
}

static enum rc
apply_value(struct apply *a, const struct event_value *v, struct err *err)
{
	const struct column *c = value_column(a->kind, v->field);
	sqlite3_stmt *stmt = NULL;
	struct value value;
	int64_t seq = 0;
	bool wins = true;
	enum rc rc;

	/* Of another database: what this program does not know, or would
	 * refuse, stays in the journal. */
	if (c == NULL ||
	    value_parse(c, v->value, a->time, &value, NULL) != RC_OK)
		return RC_OK;
	if (a->foreign) {
		rc = writer_of(a->st, a->kind, a->id, v->field, &seq, err);
		if (rc != RC_OK ||
		    (rc = writer_wins(a, seq, &wins, err)) != RC_OK || !wins)
			return rc;
	}
	if ((rc = db_prepare(a->st, &stmt, c->update, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, a->id);
	value_bind(stmt, 2, &value);
	rc = db_run(a->st, stmt, err);
	db_finish(a->st, stmt);
	if (rc != RC_OK || (rc = put_version(a, v->field, err)) != RC_OK)
		return rc;
	if (a->kind == OBJECT_COMMENT)
		return put_comment(a, v->field, err);
	if (a->kind == OBJECT_TICKET && strcmp(v->field, "status") == 0)
		return put_category(a, value.text, err);
	return RC_OK;
}

/* The ticket that a change shows at: itself, or the comment's. */
static enum rc
ticket_of(struct apply *a, int64_t *ticket, struct err *err)
{
	static const char sql[] = "SELECT ticket FROM comment WHERE id = ?1";
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	*ticket = a->kind == OBJECT_TICKET ? a->id : 0;
	if (a->kind != OBJECT_COMMENT)
		return RC_OK;
	if ((rc = db_prepare(a->st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, a->id);
	rc = db_step(a->st, stmt, &row, err);
	if (rc == RC_OK && row)
		*ticket = db_int(stmt, 0);
	db_finish(a->st, stmt);
	return rc;
}

static enum rc
set_ticket(struct apply *a, int64_t ticket, struct err *err)
{
	const bool counted = a->kind == OBJECT_TICKET &&
	    (has_field(a->ev, "status") || has_field(a->ev, "type") ||
		has_field(a->ev, "deleted"));
	const bool texts = a->kind == OBJECT_COMMENT ||
	    has_field(a->ev, "summary") || has_field(a->ev, "description");
	enum rc rc;

	if (texts && (rc = write_search_stale(a, ticket, err)) != RC_OK)
		return rc;
	if (counted && (rc = ticket_count(a, ticket, -1, err)) != RC_OK)
		return rc;
	for (size_t i = 0; i < a->ev->n_values; i++)
		if ((rc = apply_value(a, &a->ev->values[i], err)) != RC_OK)
			return rc;
	if (counted && (rc = ticket_count(a, ticket, 1, err)) != RC_OK)
		return rc;
	return ticket_touch(a, ticket, err);
}

/* A version is free for others once its release is deleted, and not before: so
 * deleting goes first, and bringing back comes last. */
static enum rc
set_plain(struct apply *a, struct err *err)
{
	const char *deleted = event_get(a->ev, "deleted");
	const int first = deleted != NULL && deleted[0] == '1' ? 0 : 1;
	enum rc rc;

	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < a->ev->n_values; i++) {
			const struct event_value *v = &a->ev->values[i];

			if ((strcmp(v->field, "deleted") == 0) !=
			    (pass == first))
				continue;
			if ((rc = apply_value(a, v, err)) != RC_OK)
				return rc;
		}
	return RC_OK;
}

enum rc
apply_set(struct apply *a, struct err *err)
{
	int64_t ticket;
	enum rc rc;

	if (a->ev->n_values == 0)
		return RC_OK;
	rc = object_find(a->st, &a->ev->object, &a->kind, &a->id, err);
	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_OK : rc;
	if ((rc = ticket_of(a, &ticket, err)) != RC_OK)
		return rc;
	if (ticket != 0)
		return set_ticket(a, ticket, err);
	return set_plain(a, err);
}
