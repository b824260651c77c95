#include "group.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/file/db.h"
#include "model/workflow.h"

/* Statuses stand as on the board. */
static const char status_sql[] =
    "SELECT c.name, (SELECT category FROM ticket INDEXED BY ticket_status "
    "WHERE status = c.name LIMIT 1) AS category FROM counter c "
    "WHERE c.kind = 'status' AND c.n > 0 ORDER BY category, c.name";
static const char type_sql[] =
    "SELECT name FROM counter WHERE kind = 'type' AND n > 0 ORDER BY name";

static const struct {
	enum filter_field field;
	const char *sql;
	const char *of_ticket;
} kinds[SORT_N] = {
	[SORT_STATUS] = { FF_STATUS, status_sql,
	    "SELECT status FROM ticket WHERE id = ?1" },
	[SORT_TYPE] = { FF_TYPE, type_sql,
	    "SELECT type FROM ticket WHERE id = ?1" },
	[SORT_PRIORITY] = { FF_PRIORITY, NULL,
	    "SELECT priority FROM ticket WHERE id = ?1" },
};

bool
groups_fit(enum sort_field field)
{
	return kinds[field].of_ticket != NULL;
}

static void
add_group(struct group_list *l, enum filter_field field, const char *name)
{
	l->v = mem_grow(l->v, &l->cap, l->n + 1, sizeof(*l->v));
	l->v[l->n++] = (struct group){ field, mem_strdup(name) };
}

static void
turn_round(struct group_list *l)
{
	for (size_t i = 0, j = l->n; i + 1 < j; i++) {
		struct group g = l->v[i];

		l->v[i] = l->v[--j];
		l->v[j] = g;
	}
}

enum rc
groups_read(struct store *st, enum sort_field field, bool descending,
    struct group_list *out, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	bool row;
	enum rc rc = RC_OK;

	*out = (struct group_list){ 0 };
	if (kinds[field].sql != NULL) {
		rc = db_prepare(st, &stmt, kinds[field].sql, err);
		while (rc == RC_OK &&
		    (rc = db_step(st, stmt, &row, err)) == RC_OK && row)
			add_group(out, kinds[field].field, db_text(stmt, 0));
		db_finish(st, stmt);
	} else {
		for (size_t i = 0; i < priorities_n; i++)
			add_group(out, kinds[field].field, priorities[i].name);
	}
	if (rc != RC_OK)
		groups_release(out);
	else if (descending)
		turn_round(out);
	return rc;
}

static enum rc
find_name(struct store *st, enum filter_field field, int64_t ticket,
    char **name, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	const char *sql = NULL;
	bool row = false;
	int64_t rank;
	enum rc rc;

	for (int i = 0; i < SORT_N; i++)
		if (kinds[i].of_ticket != NULL && kinds[i].field == field)
			sql = kinds[i].of_ticket;
	*name = NULL;
	if (sql == NULL || (rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return sql == NULL ? RC_OK : rc;
	db_bind_int(stmt, 1, ticket);
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row && field == FF_PRIORITY) {
		rank = db_int(stmt, 0);
		if (rank >= 0 && rank < (int64_t)priorities_n)
			*name = mem_strdup(priorities[rank].name);
	} else if (rc == RC_OK && row) {
		*name = db_text_dup(stmt, 0);
	}
	db_finish(st, stmt);
	return rc;
}

enum rc
groups_find(struct store *st, const struct group_list *l, int64_t ticket,
    size_t *at, struct err *err)
{
	char *name = NULL;
	enum rc rc = RC_OK;

	*at = l->n;
	if (l->n > 0)
		rc = find_name(st, l->v[0].field, ticket, &name, err);
	for (size_t i = 0; rc == RC_OK && name != NULL && i < l->n; i++)
		if (strcmp(l->v[i].name, name) == 0)
			*at = i;
	free(name);
	return rc;
}

void
groups_release(struct group_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->v[i].name);
	free(l->v);
	*l = (struct group_list){ 0 };
}
