#include <stdlib.h>
#include <string.h>

#include "apply.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "model/workflow.h"

static const struct {
	enum object_kind kind;
	const char *noun;
} makes[EVENT_N] = {
	[EVENT_TICKET] = { OBJECT_TICKET, "ticket" },
	[EVENT_RELEASE] = { OBJECT_RELEASE, "release" },
	[EVENT_BUILD] = { OBJECT_BUILD, "build" },
	[EVENT_COMMENT] = { OBJECT_COMMENT, "comment" },
};

/* Fields that only stand in the event that makes the object. */
static const struct column own_ticket[] = {
	{ .field = "created", .kind = VALUE_TIME, .max = 64 },
	{ .field = "updated", .kind = VALUE_TIME, .max = 64 },
	{ .field = "resolved", .kind = VALUE_TIME, .max = 64 },
};
static const struct column own_author = { .field = "author",
	.kind = VALUE_TEXT,
	.max = 1024 };

/* The last one counts, as it does in the line. */
static const char *
last_value(const struct event *ev, const char *field)
{
	for (size_t i = ev->n_values; i-- > 0;)
		if (field_is(ev->values[i].field, field))
			return ev->values[i].value;
	return NULL;
}

/* Number of a prefix, kept for the next ticket. */
static enum rc
prefix_of(struct apply *a, const char *prefix, int64_t *id, bool add,
    struct err *err)
{
	enum rc rc;

	if (strcmp(a->w->prefix.name, prefix) == 0) {
		*id = a->w->prefix.id;
		return RC_OK;
	}
	rc = add ? db_prefix_add(a->st, prefix, id, err)
		 : db_prefix_find(a->st, prefix, id, err);
	if (rc == RC_OK && *id != 0) {
		memcpy(a->w->prefix.name, prefix, strlen(prefix) + 1);
		a->w->prefix.id = *id;
	}
	return rc;
}

static enum rc
check_key(struct apply *a, struct err *err)
{
	static const char sql[] =
	    "SELECT 1 FROM ticket WHERE prefix = ?1 AND number = ?2";
	const char *text = last_value(a->ev, "key");
	struct ticket_key key;
	char shown[TICKET_KEY_MAX];
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	int64_t prefix;
	enum rc rc;

	if (text == NULL || !ticket_key_parse(text, strlen(text), &key))
		return err_set(err, RC_INVALID,
		    "\"%.64s\" is not a key (such as NOTE-12)",
		    text == NULL ? "" : text);
	rc = prefix_of(a, key.prefix, &prefix, false, err);
	if (rc != RC_OK || prefix == 0)
		return rc;
	if ((rc = db_prepare(a->st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, prefix);
	db_bind_int(stmt, 2, key.number);
	rc = db_step(a->st, stmt, &row, err);
	db_finish(a->st, stmt);
	if (rc != RC_OK || !row)
		return rc;
	ticket_key_format(&key, shown);
	return err_set(err, RC_EXISTS, "ticket %s is there already", shown);
}

static enum rc
check_taken(struct apply *a, struct err *err)
{
	static const char release[] =
	    "SELECT 1 FROM release WHERE version = ?1 AND deleted = 0";
	static const char build[] = "SELECT 1 FROM build WHERE version = ?1 "
				    "AND number = ?2 AND deleted = 0";
	const bool is_build = a->kind == OBJECT_BUILD;
	const char *version = last_value(a->ev,
	    is_build ? "release" : "version");
	const char *number = last_value(a->ev, "number");
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	rc = db_prepare(a->st, &stmt, is_build ? build : release, err);
	if (rc != RC_OK)
		return rc;
	db_bind_text(stmt, 1, version);
	if (is_build)
		db_bind_text(stmt, 2, number);
	rc = db_step(a->st, stmt, &row, err);
	db_finish(a->st, stmt);
	if (rc != RC_OK || !row)
		return rc;
	if (is_build)
		return err_set(err, RC_EXISTS,
		    "build %.128s of %.127s is there already", number, version);
	return err_set(err, RC_EXISTS, "release %.127s is there already",
	    version);
}

static enum rc
resolve(struct apply *a, struct event_value *v, struct err *err)
{
	struct ulid ulid;
	enum rc rc;

	if (v->value == NULL || v->value[0] == '\0')
		return RC_OK;
	if ((rc = object_ticket(a->st, v->value, &ulid, err)) == RC_OK)
		mem_replace(&v->value, ulid.s);
	return rc;
}

static const struct column *
column_of(enum object_kind kind, const char *field)
{
	const struct column *c = value_column(kind, field);

	for (size_t i = 0; c == NULL && kind == OBJECT_TICKET && i < 3; i++)
		if (field_is(own_ticket[i].field, field))
			c = &own_ticket[i];
	if (c == NULL && kind == OBJECT_COMMENT && field_is(field, "author"))
		c = &own_author;
	return c;
}

static bool
is_other_field(enum object_kind kind, const char *field)
{
	if (kind == OBJECT_TICKET)
		return field_is(field, "key") || field_is(field, "category");
	return kind == OBJECT_COMMENT && field_is(field, "ticket");
}

static enum rc
check_value(struct apply *a, struct event_value *v, struct err *err)
{
	const struct column *c = column_of(a->kind, v->field);
	struct value value;
	enum rc rc;

	if (v->value != NULL && !utf8_valid(v->value, strlen(v->value)))
		return err_set(err, RC_INVALID, "%s is not valid UTF-8",
		    v->field);
	if (c == NULL && is_other_field(a->kind, v->field))
		return RC_OK;
	if (c == NULL && a->kind == OBJECT_TICKET && set_is_field(v->field))
		return set_normalise(a, v, err);
	if (c == NULL)
		return err_set(err, RC_INVALID, "a %s has no field \"%.60s\"",
		    makes[a->ev->kind].noun, v->field);
	if (c->kind == VALUE_TICKET && (rc = resolve(a, v, err)) != RC_OK)
		return rc;
	return value_parse(c, v->value, a->time, &value, err);
}

/* What must be there, and is only checked where it is given. */
static enum rc
check_missing(struct apply *a, struct err *err)
{
	const struct column_table *t = &value_columns[a->kind];

	for (size_t i = 0; i < t->n; i++) {
		const char *text;

		if (t->v[i].kind != VALUE_NAME)
			continue;
		text = last_value(a->ev, t->v[i].field);
		if (text == NULL || text[0] == '\0')
			return err_set(err, RC_INVALID, "a %s needs a %s",
			    makes[a->ev->kind].noun, t->v[i].field);
	}
	return RC_OK;
}

static enum rc
prepare_ticket(struct apply *a, struct err *err)
{
	const char *status = last_value(a->ev, "status");
	int64_t category;
	enum rc rc;

	if ((rc = check_key(a, err)) != RC_OK)
		return rc;
	rc = status_category(a->ev, status == NULL ? "open" : status, &category,
	    err);
	if (rc == RC_OK && event_get(a->ev, "category") == NULL)
		event_put(a->ev, "category", category_name((int)category));
	return rc;
}

static enum rc
prepare_comment(struct apply *a, struct err *err)
{
	for (size_t i = 0; i < a->ev->n_values; i++) {
		struct event_value *v = &a->ev->values[i];

		if (field_is(v->field, "ticket") && v->value != NULL &&
		    v->value[0] != '\0')
			return resolve(a, v, err);
	}
	return err_set(err, RC_INVALID, "a comment needs a ticket");
}

enum rc
prepare_make(struct apply *a, struct err *err)
{
	struct event *ev = a->ev;
	enum object_kind kind;
	int64_t id;
	enum rc rc;

	if (ev->object.s[0] == '\0')
		ulid_new(&ev->object, date_clock_ms());
	else if ((rc = object_find(a->st, &ev->object, &kind, &id, err)) ==
	    RC_OK)
		return err_set(err, RC_EXISTS, "object %s is there already",
		    ev->object.s);
	else if (rc != RC_NOT_FOUND)
		return rc;
	a->kind = makes[ev->kind].kind;
	for (size_t i = 0; i < ev->n_values; i++)
		if ((rc = check_value(a, &ev->values[i], err)) != RC_OK)
			return rc;
	if ((rc = check_missing(a, err)) != RC_OK)
		return rc;
	if (a->kind == OBJECT_TICKET)
		return prepare_ticket(a, err);
	if (a->kind == OBJECT_COMMENT)
		return prepare_comment(a, err);
	return check_taken(a, err);
}

/* Binds the columns of the kind from parameter first on, in their order. */
static void
bind_columns(struct apply *a, sqlite3_stmt *stmt, int first,
    struct value *values)
{
	const struct column_table *t = &value_columns[a->kind];

	for (size_t i = 0; i < t->n; i++) {
		const char *text = last_value(a->ev, t->v[i].field);

		/* Foreign values that this program would refuse. */
		if (value_parse(&t->v[i], text, a->time, &values[i], NULL) !=
			RC_OK &&
		    value_parse(&t->v[i], NULL, a->time, &values[i], NULL) !=
			RC_OK)
			values[i] = (struct value){ .is = VALUE_IS_TEXT,
				.text = "?" };
		value_bind(stmt, first + (int)i, &values[i]);
	}
}

static int64_t
time_of(struct apply *a, size_t own, int64_t fallback)
{
	const char *text = last_value(a->ev, own_ticket[own].field);
	struct value v;

	if (value_parse(&own_ticket[own], text, a->time, &v, NULL) != RC_OK ||
	    v.is != VALUE_IS_INT)
		return fallback;
	return date_clamp(v.number);
}

static void
found(struct apply *a, int64_t id)
{
	a->id = id;
	a->w->object.ulid = a->ev->object;
	a->w->object.kind = a->kind;
	a->w->object.id = id;
}

/* Positions of ticket_columns that are needed by name. */
enum { TYPE, STATUS, PRIORITY, DELETED };

static enum rc
insert_ticket(struct apply *a, int64_t prefix, uint32_t number, struct err *err)
{
	static const char sql[] =
	    "INSERT INTO ticket (id, seq, ulid, prefix, number, made, "
	    "category, type, status, priority, deleted, no_note, due, "
	    "estimate, spent, summary, resolution, assignee, reporter, "
	    "component, parent, rank, note, description, created, updated, "
	    "resolved, n_comments) VALUES (?1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, "
	    "?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, "
	    "?21, ?22, ?23, ?24, ?25, ?26, 0)";
	struct value v[24];
	const int64_t created = time_of(a, 0, a->time);
	sqlite3_stmt *stmt = NULL;
	int64_t category, resolved = DATE_NONE;
	enum rc rc;

	if ((rc = db_prepare(a->st, &stmt, sql, err)) != RC_OK)
		return rc;
	bind_columns(a, stmt, 7, v);
	if (status_category(a->ev, v[STATUS].text, &category, NULL) != RC_OK)
		category = CATEGORY_TODO;
	if (category == CATEGORY_DONE)
		resolved = time_of(a, 2, a->time);
	db_bind_int(stmt, 1, a->w->ticket + 1);
	db_bind_text(stmt, 2, a->ev->object.s);
	db_bind_int(stmt, 3, prefix);
	db_bind_int(stmt, 4, number);
	db_bind_int(stmt, 5, a->seq);
	db_bind_int(stmt, 6, category);
	db_bind_int(stmt, 24, created);
	db_bind_int(stmt, 25, time_of(a, 1, created));
	db_bind_time(stmt, 26, resolved);
	rc = db_run(a->st, stmt, err);
	db_finish(a->st, stmt);
	if (rc != RC_OK)
		return rc;
	found(a, ++a->w->ticket);
	return ticket_count_row(a, v[STATUS].text, v[TYPE].text, category,
	    v[DELETED].number != 0, 1, err);
}

static enum rc
make_ticket(struct apply *a, struct err *err)
{
	const char *text = last_value(a->ev, "key");
	struct ticket_key key;
	int64_t prefix;
	enum rc rc;

	if (text == NULL || !ticket_key_parse(text, strlen(text), &key))
		return RC_OK;
	if ((rc = prefix_of(a, key.prefix, &prefix, true, err)) != RC_OK ||
	    (rc = insert_ticket(a, prefix, key.number, err)) != RC_OK)
		return rc;
	for (size_t i = 0; i < a->ev->n_values; i++)
		if (set_is_field(a->ev->values[i].field) &&
		    (rc = set_begin(a, &a->ev->values[i], err)) != RC_OK)
			return rc;
	return bulk_consider(a, err);
}

/* Releases and builds: their columns and nothing else. */
static enum rc
make_plain(struct apply *a, const char *sql, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	struct value v[24];
	enum rc rc;

	if ((rc = db_prepare(a->st, &stmt, sql, err)) != RC_OK)
		return rc;
	bind_columns(a, stmt, 3, v);
	db_bind_text(stmt, 1, a->ev->object.s);
	db_bind_int(stmt, 2, a->seq);
	rc = db_run(a->st, stmt, err);
	db_finish(a->st, stmt);
	if (rc == RC_OK)
		found(a, sqlite3_last_insert_rowid(a->st->db));
	return rc;
}

static enum rc
insert_comment(struct apply *a, int64_t ticket, struct err *err)
{
	static const char sql[] =
	    "INSERT INTO comment (ulid, made, hidden, text, ticket, author, "
	    "created, origin) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
	const char *author = last_value(a->ev, "author");
	sqlite3_stmt *stmt = NULL;
	struct value v[24];
	enum rc rc;

	if ((rc = db_prepare(a->st, &stmt, sql, err)) != RC_OK)
		return rc;
	bind_columns(a, stmt, 3, v);
	if (author == NULL || author[0] == '\0')
		author = a->ev->actor;
	db_bind_text(stmt, 1, a->ev->object.s);
	db_bind_int(stmt, 2, a->seq);
	db_bind_int(stmt, 5, ticket);
	db_bind_text(stmt, 6, author == NULL ? "" : author);
	db_bind_int(stmt, 7, a->time);
	db_bind_text(stmt, 8, a->ev->commit);
	rc = db_run(a->st, stmt, err);
	db_finish(a->st, stmt);
	if (rc == RC_OK)
		found(a, sqlite3_last_insert_rowid(a->st->db));
	return rc;
}

static enum rc
make_comment(struct apply *a, struct err *err)
{
	static const char sql[] = "UPDATE ticket SET n_comments = "
				  "n_comments + 1 WHERE id = ?1 AND "
				  "(SELECT hidden FROM comment "
				  "WHERE id = ?2) = 0";
	const char *text = last_value(a->ev, "ticket");
	enum object_kind kind;
	sqlite3_stmt *stmt = NULL;
	struct ulid ulid;
	int64_t ticket;
	enum rc rc;

	if (!ulid_valid(text))
		return RC_OK;
	memcpy(ulid.s, text, sizeof(ulid.s));
	rc = object_find(a->st, &ulid, &kind, &ticket, err);
	if (rc == RC_NOT_FOUND || (rc == RC_OK && kind != OBJECT_TICKET))
		return RC_OK;
	if (rc != RC_OK || (rc = write_search_stale(a, ticket, err)) != RC_OK)
		return rc;
	if ((rc = insert_comment(a, ticket, err)) != RC_OK ||
	    (rc = db_prepare(a->st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, ticket);
	db_bind_int(stmt, 2, a->id);
	rc = db_run(a->st, stmt, err);
	db_finish(a->st, stmt);
	return rc == RC_OK ? ticket_touch(a, ticket, err) : rc;
}

enum rc
apply_make(struct apply *a, struct err *err)
{
	static const char release[] =
	    "INSERT INTO release (ulid, made, version, state, deleted, start, "
	    "target, released, oid, tag, previous, title, reason, "
	    "owner, description) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, "
	    "?10, ?11, ?12, ?13, ?14, ?15)";
	static const char build[] =
	    "INSERT INTO build (ulid, made, version, number, deleted, result, "
	    "time, oid, ci, url) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, "
	    "?10)";

	a->kind = makes[a->ev->kind].kind;
	switch (a->kind) {
	case OBJECT_TICKET:
		return make_ticket(a, err);
	case OBJECT_RELEASE:
		return make_plain(a, release, err);
	case OBJECT_BUILD:
		return make_plain(a, build, err);
	case OBJECT_COMMENT:
		return make_comment(a, err);
	case OBJECT_NONE:
	case OBJECT_N:
		break;
	}
	return RC_OK;
}
