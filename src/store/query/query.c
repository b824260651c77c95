#include "store/ticket.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/file/db.h"
#include "group.h"
#include "order.h"
#include "plan.h"
#include "store/ticket_read.h"

/*
 * One reading of a list.  A sort by a column that may be empty has two parts:
 * tickets with a value, along its index, and those without.
 */
struct reader {
	struct store *st;
	const struct ticket_query *q;
	struct plans plans;
	struct order order;
	bool began;  /* the place to begin was passed */
	bool column; /* of one status, by rank: ticket_place has the order */
	bool (*fn)(int64_t id, struct reader *r, struct err *err);
	enum rc rc;               /* of fn */
	int64_t left;             /* rows still wanted, -1 for all */
	size_t skip;              /* rows still to be passed */
	struct ticket_list *list; /* of a page */
	bool (*each)(const struct ticket *t, void *arg);
	void *arg;
};

enum part { PART_ALL, PART_FILLED, PART_EMPTY };

static void
put_part(const struct reader *r, enum part part, struct sql *s)
{
	if (part == PART_ALL)
		return;
	sql_puts(s, " AND ");
	sql_puts(s, r->order.empty);
	sql_puts(s, part == PART_FILLED ? " IS NOT NULL" : " IS NULL");
}

/* The order of those without a value is that of their seq. */
static struct order
part_order(const struct reader *r, enum part part, const struct plan *p)
{
	struct order o = r->order;

	if (part == PART_EMPTY) {
		o.key[0] = o.key[o.n - 1];
		o.n = 1;
		o.index = NULL;
	}
	if (o.by_age)
		o.key[0].expr = plan_age(p);
	return o;
}

static enum rc
list_sql(struct reader *r, enum part part, const struct plan *p, struct sql *s,
    struct err *err)
{
	struct order o = part_order(r, part, p);
	enum rc rc;

	sql_puts(s, "SELECT ");
	order_columns(&o, s);
	rc = plan_sql(r->st, p, o.index, s, err);
	put_part(r, part, s);
	if (rc == RC_OK && !r->began && r->q->after != 0) {
		struct order at = o;

		/* The place is read from the ticket alone. */
		if (at.by_age)
			at.key[0].expr = "t.id";
		sql_puts(s, " AND ");
		rc = order_after(r->st, &at, &o, r->q->after, r->q->from, s,
		    err);
	}
	return rc;
}

/* *id: the column that holds the ticket. */
static enum rc
part_sql(struct reader *r, enum part part, struct sql *s, int *id,
    struct err *err)
{
	struct order o = part_order(r, part, &r->plans.v[0]);
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < r->plans.n; i++) {
		sql_puts(s, i > 0 ? " UNION " : "");
		rc = list_sql(r, part, &r->plans.v[i], s, err);
	}
	order_by_columns(&o, s);
	if (r->left >= 0) {
		sql_puts(s, " LIMIT ");
		sql_int(s, r->left);
	}
	*id = (int)o.n - 1;
	return rc;
}

static enum rc
read_part(struct reader *r, enum part part, struct err *err)
{
	struct sql s = { 0 };
	sqlite3_stmt *stmt = NULL;
	bool row, go_on = true;
	int id = 0;
	enum rc rc = part_sql(r, part, &s, &id, err);

	if (rc == RC_OK)
		rc = sql_prepare(r->st, &s, &stmt, err);
	while (rc == RC_OK && go_on && r->left != 0 &&
	    (rc = db_step(r->st, stmt, &row, err)) == RC_OK && row) {
		if (r->left > 0)
			r->left--;
		go_on = r->fn(db_int(stmt, id), r, err);
		rc = r->rc;
	}
	if (!go_on)
		r->left = 0;
	db_finish(r->st, stmt);
	sql_release(&s);
	r->began = true;
	return rc;
}

/* In which part the ticket is at which reading begins. */
static enum rc
find_part(struct reader *r, enum part *part, struct err *err)
{
	struct sql s = { 0 };
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	sql_puts(&s, "SELECT ");
	sql_puts(&s, r->order.empty);
	sql_puts(&s, " IS NULL FROM ticket t WHERE t.id = ");
	sql_int(&s, r->q->after);
	rc = sql_prepare(r->st, &s, &stmt, err);
	if (rc == RC_OK)
		rc = db_step(r->st, stmt, &row, err);
	*part = rc == RC_OK && row && db_int(stmt, 0) ? PART_EMPTY
						      : PART_FILLED;
	db_finish(r->st, stmt);
	sql_release(&s);
	return rc;
}

static enum rc
read_parts(struct reader *r, struct err *err)
{
	enum part first = r->q->backwards ? PART_EMPTY : PART_FILLED;
	enum part second = r->q->backwards ? PART_FILLED : PART_EMPTY;
	enum part begin = first;
	enum rc rc = RC_OK;

	if (r->order.empty == NULL)
		return read_part(r, PART_ALL, err);
	if (r->q->after != 0 && (rc = find_part(r, &begin, err)) != RC_OK)
		return rc;
	if (begin == first)
		rc = read_part(r, first, err);
	if (rc == RC_OK && r->left != 0)
		rc = read_part(r, second, err);
	return rc;
}

static enum plan_time
order_time(const struct ticket_query *q)
{
	bool down = q->sort.n == 0 || q->sort.key[0].descending;
	enum sort_field f;

	if (q->sort.n > 0) {
		f = q->sort.key[0].field;
		if (f != SORT_CREATED && f != SORT_UPDATED &&
		    f != SORT_RESOLVED && f != SORT_KEY)
			return PLAN_TIMELESS;
	}
	/* Further on in a list there is less to pass, or nothing. */
	if (q->after != 0)
		return PLAN_TIMELESS;
	return down != q->backwards ? PLAN_NEWEST_FIRST : PLAN_OLDEST_FIRST;
}

static enum rc
read_flat(struct reader *r, struct err *err)
{
	struct plan_goal goal;
	enum rc rc;

	order_make(&r->q->sort, r->q->backwards, &r->order);
	if (r->column)
		r->order.index = "ticket_place";
	goal = (struct plan_goal){
		.wanted = r->left > 0 ? r->left : 0,
		.by_age = r->order.by_age,
		.index = r->order.index,
		.time = order_time(r->q),
		.column = r->column,
	};
	rc = plans_make(r->st, r->q->filter, &goal, &r->plans, err);
	if (rc == RC_OK)
		rc = read_parts(r, err);
	plans_release(&r->plans);
	return rc;
}

static bool
by_rank(const struct sort *s)
{
	return s->n > 0 && s->key[0].field == SORT_RANK;
}

/* Is one status asked for, whatever else? */
static bool
is_column(const struct filter *f)
{
	if (f == NULL)
		return false;
	if (f->op == FILTER_AND)
		return is_column(f->left) || is_column(f->right);
	return f->op == FILTER_FIELD && f->field == FF_STATUS &&
	    f->cmp == FILTER_EQ && f->values.n == 1 && !f->prefix;
}

/*
 * A sort by few values and then by something else ("status,-updated") would
 * sort half of all tickets for each page.  So it is read value by value, each
 * a list of its own with one term more and one sort key less; where there is
 * nothing else, newest first.
 */
static enum rc
read_group(struct reader *r, const struct group *g, struct err *err)
{
	struct filter leaf = {
		.op = FILTER_FIELD,
		.field = g->field,
		.cmp = FILTER_EQ,
	};
	struct filter both = {
		.op = FILTER_AND,
		.left = &leaf,
	};
	struct ticket_query q = *r->q;
	struct reader inner = *r;
	enum rc rc;

	strv_push(&leaf.values, g->name);
	/* A tree is not const inside, but this one is only read. */
	memcpy(&both.right, &r->q->filter, sizeof(both.right));
	q.filter = r->q->filter != NULL ? &both : &leaf;
	if (r->began)
		q.after = 0;
	q.sort.n--;
	memmove(q.sort.key, q.sort.key + 1, q.sort.n * sizeof(q.sort.key[0]));
	inner.q = &q;
	inner.column = g->field == FF_STATUS && by_rank(&q.sort);
	rc = read_flat(&inner, err);
	r->left = inner.left;
	r->skip = inner.skip;
	r->began = true;
	strv_release(&leaf.values);
	return rc;
}

static enum rc
read_groups(struct reader *r, struct err *err)
{
	const struct sort_key *key = &r->q->sort.key[0];
	struct group_list groups = { 0 };
	size_t at = 0;
	enum rc rc;

	rc = groups_read(r->st, key->field, key->descending != r->q->backwards,
	    &groups, err);
	if (rc == RC_OK && r->q->after != 0)
		rc = groups_find(r->st, &groups, r->q->after, &at, err);
	for (; rc == RC_OK && at < groups.n && r->left != 0; at++)
		rc = read_group(r, &groups.v[at], err);
	groups_release(&groups);
	return rc;
}

/* A rank says nothing of tickets in different columns: it goes column by
 * column, as the board does. */
static enum rc
read_by_rank(struct reader *r, struct err *err)
{
	const struct ticket_query *asked = r->q;
	struct ticket_query q = *r->q;
	enum rc rc;

	if (is_column(q.filter)) {
		r->column = true;
		return read_flat(r, err);
	}
	q.sort.n = q.sort.n < SORT_KEYS_MAX ? q.sort.n + 1 : SORT_KEYS_MAX;
	memcpy(q.sort.key + 1, asked->sort.key,
	    (q.sort.n - 1) * sizeof(q.sort.key[0]));
	q.sort.key[0].field = SORT_STATUS;
	r->q = &q;
	/* Deleted ones are in no group. */
	rc = filter_wants_deleted(q.filter) ? read_flat(r, err)
					    : read_groups(r, err);
	r->q = asked;
	return rc;
}

static enum rc
read_all(struct reader *r, struct err *err)
{
	if (by_rank(&r->q->sort))
		return read_by_rank(r, err);
	if (r->q->sort.n > 0 && groups_fit(r->q->sort.key[0].field) &&
	    !filter_wants_deleted(r->q->filter))
		return read_groups(r, err);
	return read_flat(r, err);
}

static bool
page_row(int64_t id, struct reader *r, struct err *err)
{
	struct ticket_list *l = r->list;
	bool found;

	if (r->skip > 0) {
		r->skip--;
		return true;
	}
	if (r->q->limit > 0 && l->n == r->q->limit) {
		l->more = true;
		return false;
	}
	l->v = mem_grow(l->v, &l->cap, l->n + 1, sizeof(*l->v));
	r->rc = ticket_row(r->st, id, r->q->detail, &l->v[l->n], &found, err);
	if (r->rc == RC_OK && found)
		l->n++;
	return r->rc == RC_OK;
}

static void
turn_round(struct ticket_list *l)
{
	for (size_t i = 0, j = l->n; i + 1 < j; i++) {
		struct ticket t = l->v[i];

		l->v[i] = l->v[--j];
		l->v[j] = t;
	}
}

enum rc
store_ticket_page(struct store *st, const struct ticket_query *q,
    struct ticket_list *out, struct err *err)
{
	struct reader r = { .st = st,
		.q = q,
		.fn = page_row,
		.skip = q->skip,
		.list = out };
	enum rc rc;

	*out = (struct ticket_list){ 0 };
	/* One row more tells whether there is more. */
	r.left = q->limit > 0 ? (int64_t)q->limit + 1 + (int64_t)q->skip : -1;
	/* What is planned is read: of one state of the file, locked once. */
	if ((rc = store_read_begin(st, err)) != RC_OK)
		return rc;
	rc = read_all(&r, err);
	store_read_end(st);
	if (rc != RC_OK)
		ticket_list_release(out);
	else if (q->backwards)
		turn_round(out);
	return rc;
}

static bool
each_row(int64_t id, struct reader *r, struct err *err)
{
	struct ticket t;
	bool found, go_on = true;

	r->rc = ticket_row(r->st, id, r->q->detail, &t, &found, err);
	if (r->rc != RC_OK)
		return false;
	if (found)
		go_on = r->each(&t, r->arg);
	ticket_release(&t);
	return go_on;
}

enum rc
store_ticket_each(struct store *st, const struct ticket_query *q,
    bool (*fn)(const struct ticket *t, void *arg), void *arg, struct err *err)
{
	struct reader r = {
		.st = st,
		.q = q,
		.fn = each_row,
		.left = q->limit > 0 ? (int64_t)q->limit : -1,
		.each = fn,
		.arg = arg,
	};

	return read_all(&r, err);
}
