#include "order.h"

#include <string.h>

#include "store/file/db.h"

/* As ticket_place has it and rank_of() makes it (model/rank.h). */
#define PLACE \
	"COALESCE(t.rank, printf('%010x%08x', 1099511627775 - t.created, " \
	"4294967295 - t.number) || substr(t.ulid, 11))"

/* Priority is a rank, and status its place on the board (see group.h). */
static const struct {
	const char *expr[2];
	const char *index;
	const char *empty; /* the column, where it may be empty */
} sort_columns[SORT_N] = {
	[SORT_KEY] = { { "t.prefix", "t.number" }, "sqlite_autoindex_ticket_2",
	    NULL },
	[SORT_TYPE] = { { "t.type" }, "ticket_type", NULL },
	[SORT_STATUS] = { { "t.category", "t.status" }, NULL, NULL },
	[SORT_PRIORITY] = { { "t.priority" }, "ticket_priority", NULL },
	[SORT_SUMMARY] = { { "t.summary" }, NULL, NULL },
	[SORT_ASSIGNEE] = { { "t.assignee" }, "ticket_assignee", "t.assignee" },
	[SORT_CREATED] = { { "t.created" }, "ticket_created", NULL },
	[SORT_UPDATED] = { { "t.updated" }, "ticket_updated", NULL },
	[SORT_RESOLVED] = { { "t.resolved" }, "ticket_resolved", "t.resolved" },
	[SORT_DUE] = { { "t.due" }, "ticket_due", "t.due" },
	[SORT_RANK] = { { PLACE }, NULL, NULL },
};

static void
add_key(struct order *o, const char *expr, bool descending)
{
	o->key[o->n++] = (struct order_key){ expr, descending };
}

/* Empty ones come last, also where it is not the first key. */
static const char *
empty_expr(enum sort_field f)
{
	switch (f) {
	case SORT_ASSIGNEE:
		return "(t.assignee IS NULL)";
	case SORT_RESOLVED:
		return "(t.resolved IS NULL)";
	default:
		return "(t.due IS NULL)";
	}
}

void
order_make(const struct sort *sort, bool backwards, struct order *out)
{
	bool last = true;

	*out = (struct order){ .by_age = sort->n == 0 };
	for (size_t i = 0; i < sort->n; i++) {
		enum sort_field f = sort->key[i].field;
		bool descending = sort->key[i].descending;

		if (sort_columns[f].empty != NULL && sort->n == 1)
			out->empty = sort_columns[f].empty;
		else if (sort_columns[f].empty != NULL)
			add_key(out, empty_expr(f), backwards);
		for (int j = 0; j < 2 && sort_columns[f].expr[j] != NULL; j++)
			add_key(out, sort_columns[f].expr[j],
			    descending != backwards);
		last = descending;
	}
	if (sort->n > 0 &&
	    (sort->n == 1 || sort_columns[sort->key[0].field].empty == NULL))
		out->index = sort_columns[sort->key[0].field].index;
	add_key(out, out->by_age ? "t.id" : "t.seq", last != backwards);
}

void
order_columns(const struct order *o, struct sql *out)
{
	for (size_t i = 0; i < o->n; i++) {
		sql_puts(out, i > 0 ? ", " : "");
		sql_puts(out, o->key[i].expr);
	}
}

void
order_by_columns(const struct order *o, struct sql *out)
{
	sql_puts(out, " ORDER BY ");
	for (size_t i = 0; i < o->n; i++) {
		sql_puts(out, i > 0 ? ", " : "");
		buf_printf(&out->text, "%zu", i + 1);
		sql_puts(out, o->key[i].descending ? " DESC" : "");
	}
}

static void
put_value(sqlite3_stmt *stmt, size_t i, struct sql *out)
{
	switch (sqlite3_column_type(stmt, (int)i)) {
	case SQLITE_NULL:
		sql_puts(out, "NULL");
		return;
	case SQLITE_TEXT:
		sql_text(out, db_text(stmt, (int)i));
		return;
	default:
		sql_int(out, db_int(stmt, (int)i));
		return;
	}
}

/* True if a row of values compares as the order wants: no NULL in it. */
static bool
is_row(const struct order *o, sqlite3_stmt *stmt)
{
	for (size_t i = 0; i < o->n; i++)
		if (sqlite3_column_type(stmt, (int)i) == SQLITE_NULL)
			return false;
	/* SQLite looks up a row in an index of columns alone. */
	if (strchr(o->key[0].expr, '(') != NULL)
		return false;
	for (size_t i = 1; i < o->n; i++)
		if (o->key[i].descending != o->key[0].descending)
			return false;
	return true;
}

static const char *
beyond(const struct order_key *k, bool or_equal)
{
	if (k->descending)
		return or_equal ? " <= " : " < ";
	return or_equal ? " >= " : " > ";
}

/* (a, b, seq) > (?, ?, ?), which SQLite looks up in an index. */
static void
put_row(const struct order *o, sqlite3_stmt *stmt, bool from, struct sql *out)
{
	sql_puts(out, o->n > 1 ? "(" : "");
	for (size_t i = 0; i < o->n; i++) {
		sql_puts(out, i > 0 ? ", " : "");
		sql_puts(out, o->key[i].expr);
	}
	sql_puts(out, o->n > 1 ? ")" : "");
	sql_puts(out, beyond(&o->key[0], from));
	sql_puts(out, o->n > 1 ? "(" : "");
	for (size_t i = 0; i < o->n; i++) {
		sql_puts(out, i > 0 ? ", " : "");
		put_value(stmt, i, out);
	}
	sql_puts(out, o->n > 1 ? ")" : "");
}

/* a > ? OR (a IS ? AND (b < ? OR (b IS ? AND ...))), for keys that differ. */
static void
put_chain(const struct order *o, sqlite3_stmt *stmt, bool from, struct sql *out)
{
	for (size_t i = 0; i < o->n; i++) {
		bool last = i + 1 == o->n;

		sql_puts(out, "(");
		sql_puts(out, o->key[i].expr);
		sql_puts(out, beyond(&o->key[i], last && from));
		put_value(stmt, i, out);
		if (last)
			break;
		sql_puts(out, " OR (");
		sql_puts(out, o->key[i].expr);
		sql_puts(out, " IS ");
		put_value(stmt, i, out);
		sql_puts(out, " AND ");
	}
	for (size_t i = 0; i < o->n; i++)
		sql_puts(out, i > 0 ? "))" : ")");
}

/* Without the first key's part an index would be read from its beginning. */
static void
put_bound(const struct order *o, sqlite3_stmt *stmt, struct sql *out)
{
	if (sqlite3_column_type(stmt, 0) == SQLITE_NULL)
		return;
	sql_puts(out, o->key[0].expr);
	sql_puts(out, beyond(&o->key[0], true));
	put_value(stmt, 0, out);
	sql_puts(out, " AND ");
}

enum rc
order_after(struct store *st, const struct order *at, const struct order *o,
    int64_t id, bool from, struct sql *out, struct err *err)
{
	struct sql s = { 0 };
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	sql_puts(&s, "SELECT ");
	for (size_t i = 0; i < at->n; i++) {
		sql_puts(&s, i > 0 ? ", " : "");
		sql_puts(&s, at->key[i].expr);
	}
	sql_puts(&s, " FROM ticket t WHERE t.id = ");
	sql_int(&s, id);
	rc = sql_prepare(st, &s, &stmt, err);
	if (rc == RC_OK)
		rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && !row)
		rc = err_set(err, RC_NOT_FOUND,
		    "the ticket at which the page begins is gone");
	if (rc == RC_OK && is_row(o, stmt)) {
		put_row(o, stmt, from, out);
	} else if (rc == RC_OK) {
		put_bound(o, stmt, out);
		put_chain(o, stmt, from, out);
	}
	db_finish(st, stmt);
	sql_release(&s);
	return rc;
}
