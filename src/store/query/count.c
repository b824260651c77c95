/* How many tickets a filter has. */
#include "base/mem.h"
#include "plan_priv.h"
#include "store/file/db.h"
#include "store/ticket.h"

/* More deleted tickets than this are looked up one by one. */
#define LISTED_MAX 5000

/* The lists are in one order, so that no more of them is read than counts. */
static enum rc
count_sql(struct store *st, const struct plans *p, int64_t cap, struct sql *s,
    struct err *err)
{
	enum rc rc = RC_OK;

	sql_puts(s, "SELECT count(*) FROM (");
	for (size_t i = 0; rc == RC_OK && i < p->n; i++) {
		sql_puts(s, i > 0 ? " UNION SELECT " : "SELECT ");
		sql_puts(s, plan_age(&p->v[i]));
		rc = plan_sql(st, &p->v[i], NULL, s, err);
	}
	sql_puts(s, p->n > 1 ? " ORDER BY 1 DESC LIMIT " : " LIMIT ");
	sql_int(s, cap > 0 ? cap : -1);
	sql_puts(s, ")");
	return rc;
}

static enum rc
read_count(struct store *st, const struct sql *s, int64_t *n, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc = sql_prepare(st, s, &stmt, err);

	*n = 0;
	if (rc == RC_OK)
		rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row)
		*n = db_int(stmt, 0);
	db_finish(st, stmt);
	return rc;
}

/*
 * An index lists the tickets of a term, but each must be looked up to see
 * whether it is deleted.  Where it lists more than are wanted and deleted at
 * all, or nothing is deleted, that can be spared.
 */
static enum rc
count_listed(struct store *st, const struct plans *p, int64_t cap, int64_t *n,
    bool *known, struct err *err)
{
	struct sql s = { 0 };
	int64_t deleted = 0, most;
	enum rc rc;

	*known = false;
	if (p->n != 1 || p->v[0].deleted)
		return RC_OK;
	if ((rc = plan_counter(st, "deleted", "", &deleted, err)) != RC_OK)
		return rc;
	most = cap > 0 ? cap + deleted : -1;
	if ((cap <= 0 || deleted > LISTED_MAX) && deleted > 0)
		return RC_OK;
	sql_puts(&s, "SELECT count(*) FROM (SELECT 1 FROM (");
	*known = plan_ids_sql(&p->v[0], &s);
	sql_puts(&s, ") LIMIT ");
	sql_int(&s, most);
	sql_puts(&s, ")");
	if (*known)
		rc = read_count(st, &s, n, err);
	if (*known && cap > 0 && *n == most)
		*n = cap;
	else if (deleted > 0)
		*known = false;
	sql_release(&s);
	return rc;
}

enum rc
store_ticket_count(struct store *st, const struct filter *f, int64_t cap,
    int64_t *n, struct err *err)
{
	const struct plan_goal goal = {
		.wanted = cap,
		.by_age = true,
		.time = PLAN_NEWEST_FIRST,
	};
	struct plans plans;
	struct sql s = { 0 };
	bool known;
	enum rc rc;

	*n = 0;
	if ((rc = plans_make(st, f, &goal, &plans, err)) != RC_OK)
		return rc;
	if (plans_are_kept(&plans, n)) {
		if (cap > 0 && *n > cap)
			*n = cap;
		plans_release(&plans);
		return RC_OK;
	}
	rc = count_listed(st, &plans, cap, n, &known, err);
	if (rc == RC_OK && !known)
		rc = count_sql(st, &plans, cap, &s, err);
	if (rc == RC_OK && !known)
		rc = read_count(st, &s, n, err);
	sql_release(&s);
	plans_release(&plans);
	return rc;
}

enum rc
store_ticket_counts(struct store *st, struct ticket_count_list *out,
    struct err *err)
{
	static const char sql[] = "SELECT name, n FROM counter "
				  "WHERE kind = 'status' AND n > 0 "
				  "ORDER BY name";
	sqlite3_stmt *stmt = NULL;
	bool row;
	enum rc rc;

	*out = (struct ticket_count_list){ 0 };
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	while ((rc = db_step(st, stmt, &row, err)) == RC_OK && row) {
		out->v = mem_grow(out->v, &out->cap, out->n + 1,
		    sizeof(*out->v));
		out->v[out->n++] = (struct ticket_count){
			.name = db_text_dup(stmt, 0),
			.n = db_int(stmt, 1),
		};
	}
	db_finish(st, stmt);
	if (rc != RC_OK)
		ticket_count_list_release(out);
	return rc;
}
