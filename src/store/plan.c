#include "plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "db.h"

#define COUNT_CAP INT64_C(20000)
/* The share of all tickets that a term has of which nothing is known. */
#define UNKNOWN_SHARE 0.3

static const char *const field_index[FF_N] = {
	[FF_TYPE] = "ticket_type",
	[FF_STATUS] = "ticket_status",
	[FF_PRIORITY] = "ticket_priority",
	[FF_ASSIGNEE] = "ticket_assignee",
	[FF_REPORTER] = "ticket_reporter",
	[FF_COMPONENT] = "ticket_component",
	[FF_PARENT] = "ticket_parent",
	[FF_CREATED] = "ticket_created",
	[FF_UPDATED] = "ticket_updated",
	[FF_RESOLVED] = "ticket_resolved",
	[FF_DUE] = "ticket_due",
};

static bool
is_low(const struct filter *f)
{
	return f->cmp == FILTER_GE || f->cmp == FILTER_GT;
}

static bool
is_high(const struct filter *f)
{
	return f->cmp == FILTER_LE || f->cmp == FILTER_LT;
}

static bool
is_field(const struct filter *f, enum filter_field field)
{
	return f->op == FILTER_FIELD && f->field == field;
}

/* "created since a" with "created before b": one stretch. */
static bool
joins(const struct plan_part *p, const struct filter *f)
{
	return p->also == NULL && f->op == FILTER_FIELD &&
	    is_field(p->f, f->field) && f->values.n == 1 &&
	    p->f->values.n == 1 && is_low(p->f) && is_high(f);
}

static bool
is_text(const struct filter *f)
{
	return f->op == FILTER_TEXT ||
	    (is_field(f, FF_SUMMARY) && f->cmp == FILTER_MATCH);
}

static enum rc
add_text(struct store *st, struct plan *p, const struct filter *f,
    struct buf *match, struct err *err)
{
	struct buf one = BUF_INIT;
	enum rc rc = filter_sql_match(st, f, &one, err);

	(void)p;
	if (rc == RC_OK && one.len > 0)
		buf_printf(match, "%s(%s)", match->len > 0 ? " AND " : "",
		    buf_str(&one));
	buf_release(&one);
	return rc;
}

static enum rc
flatten(struct store *st, struct plan *p, const struct filter *f,
    struct buf *match, struct err *err)
{
	enum rc rc;

	if (f == NULL || f->op == FILTER_ALL)
		return RC_OK;
	if (f->op == FILTER_AND) {
		rc = flatten(st, p, f->left, match, err);
		return rc != RC_OK ? rc : flatten(st, p, f->right, match, err);
	}
	if (is_text(f))
		return add_text(st, p, f, match, err);
	if (p->n > 0 && joins(&p->part[p->n - 1], f)) {
		p->part[p->n - 1].also = f;
		return RC_OK;
	}
	if (p->n == PLAN_PARTS_MAX)
		return err_set(err, RC_INVALID,
		    "the filter has too many terms");
	p->part[p->n++] = (struct plan_part){ .f = f, .count = -1 };
	return RC_OK;
}

static void
ids_of_column(struct plan_part *p)
{
	const char *column = filter_sql_column(p->f->field);

	sql_puts(&p->ids, "SELECT id FROM ticket INDEXED BY ");
	sql_puts(&p->ids, field_index[p->f->field]);
	sql_puts(&p->ids, " WHERE ");
	if (p->f->field == FF_PARENT) {
		filter_sql_parent(p->f, "parent", &p->ids);
		return;
	}
	filter_sql_compare(p->f, column, &p->ids);
	if (p->also != NULL) {
		sql_puts(&p->ids, " AND ");
		filter_sql_compare(p->also, column, &p->ids);
	}
}

/* How to list the ids of a term's tickets, where an index knows them. */
static void
ids_of_field(struct plan_part *p)
{
	const struct filter *f = p->f;
	const char *set = filter_sql_set_table(f->field);

	if (f->values.n == 0)
		return;
	p->single = f->cmp == FILTER_EQ && f->values.n == 1 && !f->prefix &&
	    f->field != FF_PARENT && f->field != FF_KEY;
	if (set != NULL) {
		sql_puts(&p->ids, "SELECT ticket FROM ");
		sql_puts(&p->ids, set);
		sql_puts(&p->ids, " WHERE ");
		filter_sql_compare(f, "value", &p->ids);
	} else if (f->field == FF_KEY) {
		sql_puts(&p->ids, "SELECT id FROM ticket WHERE ");
		filter_sql_key(f, "", &p->ids);
		if (p->also != NULL) {
			sql_puts(&p->ids, " AND ");
			filter_sql_key(p->also, "", &p->ids);
		}
	} else if (field_index[f->field] != NULL) {
		p->index = field_index[f->field];
		ids_of_column(p);
	}
}

static void
ids_of_is(struct plan_part *p)
{
	if (p->f->is == IS_OVERDUE) {
		sql_puts(&p->ids,
		    "SELECT id FROM ticket "
		    "INDEXED BY ticket_due WHERE due < ");
		sql_int(&p->ids, filter_overdue_before());
	} else if (p->f->is == IS_BLOCKED) {
		sql_puts(&p->ids,
		    "SELECT b.id FROM relation r "
		    "CROSS JOIN ticket b ON b.ulid = r.value "
		    "WHERE r.name = 'blocks'");
	}
}

static enum rc
counter(struct store *st, const char *kind, const char *name, int64_t *n,
    struct err *err)
{
	static const char sql[] =
	    "SELECT n FROM counter WHERE kind = ?1 AND name = ?2";
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_text(stmt, 1, kind);
	db_bind_text(stmt, 2, name);
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row)
		*n += db_int(stmt, 0);
	db_finish(st, stmt);
	return rc;
}

/* True if counters that are kept beside tell the term's count. */
static enum rc
count_kept(struct store *st, struct plan_part *p, bool *known, struct err *err)
{
	static const char *const categories[] = { "0", "1", "2" };
	static const unsigned char is_mask[IS_N] = {
		[IS_OPEN] = 3,
		[IS_DONE] = 4,
		[IS_DOING] = 2,
		[IS_TODO] = 1,
	};
	const struct filter *f = p->f;
	int64_t n = 0;
	enum rc rc = RC_OK;

	*known = false;
	if (f->op == FILTER_IS && is_mask[f->is] != 0) {
		for (unsigned i = 0; rc == RC_OK && i < 3; i++)
			if ((is_mask[f->is] >> i & 1) != 0)
				rc = counter(st, "category", categories[i], &n,
				    err);
		*known = true;
	} else if (is_field(f, FF_CATEGORY)) {
		for (unsigned c = 0; rc == RC_OK && c < 3; c++)
			if (strv_has(&f->values,
				category_name((enum category)c)))
				rc = counter(st, "category", categories[c], &n,
				    err);
		*known = true;
	} else if (is_field(f, FF_STATUS) || is_field(f, FF_TYPE)) {
		for (size_t i = 0; rc == RC_OK && i < f->values.n; i++)
			rc = counter(st, filter_field_names[f->field],
			    f->values.v[i], &n, err);
		*known = true;
	}
	p->kept = *known;
	if (*known)
		p->count = n;
	return rc;
}

static enum rc
count_capped(struct store *st, const struct sql *ids, int64_t *count,
    bool *capped, struct err *err)
{
	struct sql s = { 0 };
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	sql_puts(&s, "SELECT count(*) FROM (SELECT 1 FROM (");
	sql_append(&s, ids);
	sql_puts(&s, ") LIMIT ");
	sql_int(&s, COUNT_CAP);
	sql_puts(&s, ")");
	rc = sql_prepare(st, &s, &stmt, err);
	if (rc == RC_OK)
		rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row)
		*count = db_int(stmt, 0);
	*capped = *count == COUNT_CAP;
	db_finish(st, stmt);
	sql_release(&s);
	return rc;
}

static enum rc
measure(struct store *st, struct plan_part *p, struct err *err)
{
	bool known;
	enum rc rc;

	if (p->f->op == FILTER_FIELD)
		ids_of_field(p);
	else if (p->f->op == FILTER_IS)
		ids_of_is(p);
	if ((rc = count_kept(st, p, &known, err)) != RC_OK || known)
		return rc;
	if (p->ids.text.len == 0)
		return RC_OK;
	return count_capped(st, &p->ids, &p->count, &p->capped, err);
}

static enum rc
measure_text(struct store *st, struct plan *p, struct err *err)
{
	struct sql ids = { 0 };
	enum rc rc;

	if (p->match == NULL)
		return RC_OK;
	sql_puts(&ids, "SELECT rowid FROM search WHERE search MATCH ");
	sql_text(&ids, p->match);
	rc = count_capped(st, &ids, &p->match_count, &p->match_capped, err);
	sql_release(&ids);
	return rc;
}

/* The share of all tickets that a count is. */
static double
share(const struct plan *p, int64_t count, bool capped)
{
	double s = UNKNOWN_SHARE;

	if (count >= 0 && (!capped || p->total <= count * 3))
		s = (double)count / (double)(p->total > 0 ? p->total : 1);
	/* Nothing at all would make every other way look endless. */
	if (s > 1)
		s = 1;
	return s < 1e-7 ? 1e-7 : s;
}

/* A walk reads no more of the index than the term allows. */
static bool
along(const struct plan_part *p, const char *index)
{
	return index != NULL && p->index != NULL &&
	    strcmp(p->index, index) == 0;
}

static void
choose(struct plan *p, const struct plan_goal *goal)
{
	int64_t wanted = goal->wanted > 0 ? goal->wanted : p->total;
	double all = 1, best, rows, s;
	size_t i;

	for (i = 0; i < p->n; i++)
		if (!along(&p->part[i], goal->index))
			all *= share(p, p->part[i].count, p->part[i].capped);
	if (p->match != NULL)
		all *= share(p, p->match_count, p->match_capped);
	rows = (double)wanted / all;
	if (rows > (double)p->total)
		rows = (double)p->total;
	/* A probe of the text index costs as much as a dozen rows. */
	best = p->match != NULL ? rows * 13 : rows;
	p->way = PLAN_WALK;
	for (i = 0; i <= p->n; i++) {
		const struct plan_part *part = i < p->n ? &p->part[i] : NULL;
		int64_t count = part != NULL ? part->count : p->match_count;
		bool capped = part != NULL ? part->capped : p->match_capped;
		bool single = part == NULL || part->single;
		double cost;

		if (part == NULL ? p->match == NULL : part->ids.text.len == 0)
			continue;
		s = share(p, count, capped);
		if (goal->by_age && single) {
			cost = rows * s;
			if (p->match != NULL && part != NULL)
				cost *= 13;
			if (cost >= best)
				continue;
			p->way = PLAN_ORDERED;
		} else {
			cost = capped ? (double)p->total : (double)count * 1.5;
			if (cost >= best)
				continue;
			p->way = PLAN_COLLECT;
		}
		best = cost;
		p->by = i;
	}
}

/* One term whose index has the order: there is nothing to choose. */
static bool
is_plain(struct plan *p, const struct plan_goal *goal)
{
	if (!goal->by_age || p->n + (p->match != NULL) != 1)
		return false;
	if (p->match != NULL)
		return true;
	if (p->part[0].f->op != FILTER_FIELD)
		return false;
	ids_of_field(&p->part[0]);
	if (p->part[0].single && p->part[0].ids.text.len > 0)
		return true;
	sql_release(&p->part[0].ids);
	return false;
}

enum rc
plan_make(struct store *st, const struct filter *f,
    const struct plan_goal *goal, struct plan *out, struct err *err)
{
	struct buf match = BUF_INIT;
	enum rc rc;

	*out = (struct plan){ .deleted = filter_wants_deleted(f) };
	out->part = mem_calloc(PLAN_PARTS_MAX, sizeof(*out->part));
	rc = flatten(st, out, f, &match, err);
	if (match.len > 0)
		out->match = buf_detach(&match);
	buf_release(&match);
	if (rc == RC_OK)
		rc = counter(st, "total", "", &out->total, err);
	if (rc == RC_OK && is_plain(out, goal)) {
		bool known = true;

		out->way = PLAN_ORDERED;
		if (out->n == 1)
			rc = count_kept(st, &out->part[0], &known, err);
		if (rc != RC_OK)
			plan_release(out);
		return rc;
	}
	for (size_t i = 0; rc == RC_OK && i < out->n; i++)
		rc = measure(st, &out->part[i], err);
	if (rc == RC_OK)
		rc = measure_text(st, out, err);
	if (rc == RC_OK)
		choose(out, goal);
	else
		plan_release(out);
	return rc;
}

void
plan_release(struct plan *p)
{
	for (size_t i = 0; i < p->n; i++)
		sql_release(&p->part[i].ids);
	free(p->part);
	free(p->match);
	*p = (struct plan){ 0 };
}

bool
plan_is_kept(const struct plan *p, int64_t *n)
{
	if (p->n != 1 || p->match != NULL || p->deleted || !p->part[0].kept)
		return false;
	*n = p->part[0].count;
	return true;
}

const char *
plan_age(const struct plan *p)
{
	if (p->way != PLAN_ORDERED)
		return "t.id";
	if (p->by == p->n)
		return "s.rowid";
	return p->part[p->by].index != NULL ? "t.seq" : "x.ticket";
}

static void
put_source(const struct plan *p, const char *index, struct sql *out)
{
	const struct plan_part *by = p->by < p->n ? &p->part[p->by] : NULL;

	if (p->way == PLAN_ORDERED && by == NULL) {
		sql_puts(out,
		    " FROM search s CROSS JOIN ticket t NOT INDEXED "
		    "ON t.id = s.rowid WHERE s.search MATCH ");
		sql_text(out, p->match);
		sql_puts(out, " AND ");
		return;
	}
	if (p->way == PLAN_ORDERED && by->index == NULL) {
		sql_puts(out, " FROM ");
		sql_puts(out, filter_sql_set_table(by->f->field));
		sql_puts(out,
		    " x CROSS JOIN ticket t NOT INDEXED "
		    "ON t.id = x.ticket WHERE ");
		filter_sql_compare(by->f, "x.value", out);
		sql_puts(out, " AND ");
		return;
	}
	if (p->way == PLAN_ORDERED)
		index = by->index;
	sql_puts(out, " FROM ticket t ");
	sql_puts(out,
	    p->way == PLAN_COLLECT || index == NULL ? "NOT INDEXED"
						    : "INDEXED BY ");
	if (p->way != PLAN_COLLECT && index != NULL)
		sql_puts(out, index);
	sql_puts(out, " WHERE ");
	if (p->way != PLAN_COLLECT)
		return;
	sql_puts(out, "t.id IN (");
	if (by != NULL) {
		sql_append(out, &by->ids);
	} else {
		sql_puts(out, "SELECT rowid FROM search WHERE search MATCH ");
		sql_text(out, p->match);
	}
	sql_puts(out, ") AND ");
}

/* Text that does not lead: looked up row by row where it is common. */
static void
put_match(const struct plan *p, struct sql *out)
{
	if (p->match == NULL || (p->way != PLAN_WALK && p->by == p->n))
		return;
	if (p->match_capped)
		sql_puts(out,
		    " AND EXISTS (SELECT 1 FROM search "
		    "WHERE rowid = t.id AND search MATCH ");
	else
		sql_puts(out,
		    " AND t.id IN (SELECT rowid FROM search "
		    "WHERE search MATCH ");
	sql_text(out, p->match);
	sql_puts(out, ")");
}

enum rc
plan_sql(struct store *st, const struct plan *p, const char *column,
    const char *index, struct sql *out, struct err *err)
{
	enum rc rc = RC_OK;

	sql_puts(out, "SELECT t.");
	sql_puts(out, column);
	put_source(p, index, out);
	sql_puts(out, p->deleted ? "1" : "t.deleted = 0");
	for (size_t i = 0; rc == RC_OK && i < p->n; i++) {
		bool leads = p->way == PLAN_ORDERED && i == p->by;

		/* As the index of a set it is in the source already. */
		if (leads && p->part[i].index == NULL)
			continue;
		sql_puts(out, " AND ");
		rc = filter_sql(st, p->part[i].f, FILTER_AS_IS, out, err);
		if (rc == RC_OK && p->part[i].also != NULL) {
			sql_puts(out, " AND ");
			rc = filter_sql(st, p->part[i].also, FILTER_AS_IS, out,
			    err);
		}
	}
	if (rc == RC_OK)
		put_match(p, out);
	return rc;
}
