/*
 * Private to src/store: the fields of objects as columns.  One table for each
 * kind of object says which field of an event goes to which column and what
 * its text may be.
 */
#ifndef NOTES_STORE_VALUE_H
#define NOTES_STORE_VALUE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/err.h"
#include "model/commit.h"

struct store;

/* Field names are compared by the million: the first letter tells most of
 * them apart. */
static inline bool
field_is(const char *a, const char *b)
{
	return a[0] == b[0] && strcmp(a, b) == 0;
}

/* Stored in field_version.kind: never renumber. */
enum object_kind {
	OBJECT_NONE = 0,
	OBJECT_TICKET = 1,
	OBJECT_RELEASE = 2,
	OBJECT_BUILD = 3,
	OBJECT_COMMENT = 4,
	OBJECT_N
};

enum value_kind {
	VALUE_TEXT, /* at most max bytes, NULL for none */
	VALUE_NAME, /* the same, but never empty */
	VALUE_WORD, /* a type or status: empty means the default */
	VALUE_PRIORITY,
	VALUE_FLAG,
	VALUE_TIME,
	VALUE_MOMENT,
	VALUE_SPAN,
	VALUE_STATE,
	VALUE_RESULT,
	VALUE_OID,
	VALUE_HEX,
	VALUE_TICKET
};

/* A column of an object's table: "update" sets ?2 where id is ?1. */
struct column {
	const char *field; /* as journaled */
	enum value_kind kind;
	size_t max;               /* bytes of text */
	const char *fallback;     /* of VALUE_WORD */
	const char *get, *update; /* NULL: only when the object is made */
};

struct column_table {
	const struct column *v;
	size_t n;
};

extern const struct column_table value_columns[OBJECT_N];

/* NULL when the kind has no such field. */
const struct column *value_column(enum object_kind kind, const char *field);

/* A parsed value, as it is bound. */
struct value {
	enum { VALUE_IS_NULL, VALUE_IS_INT, VALUE_IS_TEXT, VALUE_IS_OID } is;
	int64_t number;
	const char *text; /* borrowed from the event */
	struct oid oid;
};

/* RC_INVALID names the field.  now is for days such as "friday", and the time
 * of a VALUE_MOMENT that is not given. */
enum rc value_parse(const struct column *c, const char *text, int64_t now,
    struct value *out, struct err *err);
void value_bind(sqlite3_stmt *stmt, int i, const struct value *v);
/* Whether column i of the row is the value. */
bool value_same(sqlite3_stmt *stmt, int i, const struct value *v);

/* Whether the object holds the value in that column now. */
enum rc value_is(struct store *st, const struct column *c, int64_t id,
    const struct value *v, bool *same, struct err *err);

#endif
