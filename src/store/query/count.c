/* How many tickets a filter has. */
#include "base/mem.h"
#include "plan.h"
#include "store/file/db.h"
#include "store/ticket.h"

/* The lists are in one order, so that no more of them is read than counts. */
static enum rc
count_sql(struct store *st, const struct plans *p, int64_t cap, struct sql *s,
    struct err *err)
{
	enum rc rc = RC_OK;

	sql_puts(s, "SELECT count(*) FROM (");
	if (p->n == 1 && plan_ids_sql(&p->v[0], s))
		goto limit;
	for (size_t i = 0; rc == RC_OK && i < p->n; i++) {
		sql_puts(s, i > 0 ? " UNION SELECT " : "SELECT ");
		sql_puts(s, plan_age(&p->v[i]));
		rc = plan_sql(st, &p->v[i], NULL, s, err);
	}
	sql_puts(s, p->n > 1 ? " ORDER BY 1 DESC" : "");
limit:
	sql_puts(s, " LIMIT ");
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

static enum rc
count_all(struct store *st, const struct filter *f, int64_t cap, int64_t *n,
    struct err *err)
{
	const struct plan_goal goal = {
		.wanted = cap,
		.by_age = true,
		.time = PLAN_NEWEST_FIRST,
	};
	struct plans plans;
	struct sql s = { 0 };
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
	rc = count_sql(st, &plans, cap, &s, err);
	if (rc == RC_OK)
		rc = read_count(st, &s, n, err);
	sql_release(&s);
	plans_release(&plans);
	return rc;
}

enum rc
store_ticket_count(struct store *st, const struct filter *f, int64_t cap,
    int64_t *n, struct err *err)
{
	enum rc rc;

	*n = 0;
	/* What is planned is read: of one state of the file, locked once. */
	if ((rc = store_read_begin(st, err)) != RC_OK)
		return rc;
	rc = count_all(st, f, cap, n, err);
	store_read_end(st);
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
