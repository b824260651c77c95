#include "value.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/ulid.h"
#include "store/file/db.h"
#include "model/release.h"
#include "model/workflow.h"

/* The columns that a "set" may change: their two statements. */
#define SQL(table, column) \
	"SELECT " column " FROM " table " WHERE id = ?1", \
	    "UPDATE " table " SET " column " = ?2 WHERE id = ?1"

#define T(field, kind, max, column) \
	{ \
		field, kind, max, NULL, SQL("ticket", column) \
	}
#define R(field, kind, max) \
	{ \
		field, kind, max, NULL, SQL("release", field) \
	}
#define B(field, kind, max) \
	{ \
		field, kind, max, NULL, SQL("build", field) \
	}

/* The order is that of the parameters from ?7 on in apply_make.c. */
static const struct column ticket_columns[] = {
	{ "type", VALUE_WORD, 64, "task", SQL("ticket", "type") },
	{ "status", VALUE_WORD, 64, "open", SQL("ticket", "status") },
	T("priority", VALUE_PRIORITY, 64, "priority"),
	T("deleted", VALUE_FLAG, 1, "deleted"),
	T("no-note", VALUE_FLAG, 1, "no_note"),
	T("due", VALUE_TIME, 64, "due"),
	T("estimate", VALUE_SPAN, 64, "estimate"),
	T("spent", VALUE_SPAN, 64, "spent"),
	T("summary", VALUE_NAME, 1024, "summary"),
	T("resolution", VALUE_TEXT, 64, "resolution"),
	T("assignee", VALUE_TEXT, 1024, "assignee"),
	T("reporter", VALUE_TEXT, 1024, "reporter"),
	T("component", VALUE_TEXT, 1024, "component"),
	T("parent", VALUE_TICKET, 26, "parent"),
	T("rank", VALUE_TEXT, 1024, "rank"),
	T("note", VALUE_TEXT, 65536, "note"),
	T("description", VALUE_TEXT, 65536, "description"),
};

static const struct column release_columns[] = {
	R("version", VALUE_NAME, 127),
	R("state", VALUE_STATE, 64),
	R("deleted", VALUE_FLAG, 1),
	R("start", VALUE_TIME, 64),
	R("target", VALUE_TIME, 64),
	R("released", VALUE_TIME, 64),
	{ "commit", VALUE_OID, 64, NULL, SQL("release", "oid") },
	R("tag", VALUE_TEXT, 1024),
	R("previous", VALUE_TEXT, 127),
	R("title", VALUE_TEXT, 1024),
	R("reason", VALUE_TEXT, 1024),
	R("owner", VALUE_TEXT, 1024),
	R("description", VALUE_TEXT, 65536),
};

static const struct column build_columns[] = {
	{ "release", VALUE_NAME, 127, NULL, SQL("build", "version") },
	B("number", VALUE_NAME, 128),
	B("deleted", VALUE_FLAG, 1),
	B("result", VALUE_RESULT, 64),
	B("time", VALUE_MOMENT, 64),
	{ "commit", VALUE_OID, 64, NULL, SQL("build", "oid") },
	B("ci", VALUE_TEXT, 128),
	B("url", VALUE_TEXT, 4096),
};

static const struct column comment_columns[] = {
	{ "hidden", VALUE_FLAG, 1, NULL, SQL("comment", "hidden") },
	{ "text", VALUE_NAME, 65536, NULL, SQL("comment", "text") },
};

#define TABLE(t) \
	{ \
		t, sizeof(t) / sizeof(*t) \
	}

const struct column_table value_columns[OBJECT_N] = {
	[OBJECT_TICKET] = TABLE(ticket_columns),
	[OBJECT_RELEASE] = TABLE(release_columns),
	[OBJECT_BUILD] = TABLE(build_columns),
	[OBJECT_COMMENT] = TABLE(comment_columns),
};

const struct column *
value_column(enum object_kind kind, const char *field)
{
	const struct column_table *t = &value_columns[kind];

	for (size_t i = 0; i < t->n; i++)
		if (field_is(t->v[i].field, field))
			return &t->v[i];
	return NULL;
}

static enum rc
bad(const struct column *c, const char *text, const char *want, struct err *err)
{
	return err_set(err, RC_INVALID, "%s \"%.60s\" is not %s", c->field,
	    text, want);
}

/* Seconds in digits, which is what is journaled, or what people write. */
static bool
parse_digits(const char *text, int64_t *out)
{
	char *end;

	if (text[strspn(text, "-0123456789")] != '\0')
		return false;
	errno = 0;
	*out = strtoll(text, &end, 10);
	return errno == 0 && *end == '\0' && end != text;
}

static enum rc
parse_time(const struct column *c, const char *text, int64_t now, int64_t *out,
    struct err *err)
{
	if (parse_digits(text, out) && *out != DATE_NONE)
		return RC_OK;
	if (date_parse(text, false, now, out, NULL) == RC_OK)
		return RC_OK;
	return bad(c, text, "a date (YYYY-MM-DD)", err);
}

static enum rc
parse_span(const struct column *c, const char *text, int64_t *out,
    struct err *err)
{
	if ((parse_digits(text, out) ||
		date_parse_span(text, out, NULL) == RC_OK) &&
	    *out >= 0)
		return RC_OK;
	return bad(c, text, "a span of work (1w 2d 4h 30m)", err);
}

static enum rc
parse_flag(const struct column *c, const char *text, int64_t *out,
    struct err *err)
{
	if (strcmp(text, "1") == 0 || strcmp(text, "0") == 0) {
		*out = text[0] - '0';
		return RC_OK;
	}
	return bad(c, text, "0 or 1", err);
}

static enum rc
parse_enum(const struct column *c, const char *text, int64_t *out,
    struct err *err)
{
	if (c->kind == VALUE_PRIORITY) {
		*out = named_find(priorities, priorities_n, text);
		return *out >= 0 ? RC_OK : bad(c, text, "a priority", err);
	}
	for (int i = 0; c->kind == VALUE_STATE && i <= RELEASE_DROPPED; i++)
		if (strcmp(text, release_state_name(i)) == 0) {
			*out = i;
			return RC_OK;
		}
	for (int i = 0; c->kind == VALUE_RESULT && i <= BUILD_FAILED; i++)
		if (strcmp(text, build_result_name(i)) == 0) {
			*out = i;
			return RC_OK;
		}
	return bad(c, text, "one of its words", err);
}

/* What stands in the column when nothing was said. */
static enum rc
parse_none(const struct column *c, int64_t now, struct value *out,
    struct err *err)
{
	*out = (struct value){ .is = VALUE_IS_NULL };
	switch (c->kind) {
	case VALUE_NAME:
		return err_set(err, RC_INVALID, "%s can't be empty", c->field);
	case VALUE_WORD:
		out->is = VALUE_IS_TEXT;
		out->text = c->fallback;
		break;
	case VALUE_PRIORITY:
		out->is = VALUE_IS_INT;
		out->number = named_find(priorities, priorities_n, "medium");
		break;
	case VALUE_MOMENT:
		out->is = VALUE_IS_INT;
		out->number = now;
		break;
	case VALUE_FLAG:
	case VALUE_SPAN:
	case VALUE_STATE:
	case VALUE_RESULT:
		out->is = VALUE_IS_INT;
		break;
	case VALUE_TEXT:
	case VALUE_TIME:
	case VALUE_OID:
	case VALUE_HEX:
	case VALUE_TICKET:
		break;
	}
	return RC_OK;
}

enum rc
value_parse(const struct column *c, const char *text, int64_t now,
    struct value *out, struct err *err)
{
	const size_t len = text == NULL ? 0 : strlen(text);

	if (len == 0)
		return parse_none(c, now, out, err);
	if (len > c->max)
		return err_set(err, RC_INVALID,
		    "%s is too long: %zu bytes, %zu are allowed", c->field, len,
		    c->max);
	*out = (struct value){ .is = VALUE_IS_INT };
	switch (c->kind) {
	case VALUE_PRIORITY:
	case VALUE_STATE:
	case VALUE_RESULT:
		return parse_enum(c, text, &out->number, err);
	case VALUE_FLAG:
		return parse_flag(c, text, &out->number, err);
	case VALUE_TIME:
	case VALUE_MOMENT:
		return parse_time(c, text, now, &out->number, err);
	case VALUE_SPAN:
		return parse_span(c, text, &out->number, err);
	case VALUE_OID:
		out->is = VALUE_IS_OID;
		return oid_from_hex(&out->oid, text, len)
		    ? RC_OK
		    : bad(c, text, "the full id of a commit", err);
	case VALUE_HEX:
		out->is = VALUE_IS_TEXT;
		out->text = text;
		return oid_from_hex(&out->oid, text, len)
		    ? RC_OK
		    : bad(c, text, "the full id of a commit", err);
	case VALUE_TICKET:
		out->is = VALUE_IS_TEXT;
		out->text = text;
		return ulid_valid(text) ? RC_OK : bad(c, text, "a ticket", err);
	case VALUE_TEXT:
	case VALUE_NAME:
	case VALUE_WORD:
		break;
	}
	out->is = VALUE_IS_TEXT;
	out->text = text;
	return RC_OK;
}

void
value_bind(sqlite3_stmt *stmt, int i, const struct value *v)
{
	switch (v->is) {
	case VALUE_IS_NULL:
		sqlite3_bind_null(stmt, i);
		break;
	case VALUE_IS_INT:
		db_bind_int(stmt, i, v->number);
		break;
	case VALUE_IS_TEXT:
		db_bind_text(stmt, i, v->text);
		break;
	case VALUE_IS_OID:
		db_bind_oid(stmt, i, &v->oid);
		break;
	}
}

bool
value_same(sqlite3_stmt *stmt, int i, const struct value *v)
{
	struct oid oid;

	if (sqlite3_column_type(stmt, i) == SQLITE_NULL)
		return v->is == VALUE_IS_NULL;
	switch (v->is) {
	case VALUE_IS_NULL:
		return false;
	case VALUE_IS_INT:
		return db_int(stmt, i) == v->number;
	case VALUE_IS_TEXT:
		return strcmp(db_text(stmt, i), v->text) == 0;
	case VALUE_IS_OID:
		db_oid(stmt, i, &oid);
		return oid_equal(&oid, &v->oid);
	}
	return false;
}

enum rc
value_is(struct store *st, const struct column *c, int64_t id,
    const struct value *v, bool *same, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	*same = false;
	if ((rc = db_prepare(st, &stmt, c->get, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, id);
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row)
		*same = value_same(stmt, 0, v);
	db_finish(st, stmt);
	return rc;
}
