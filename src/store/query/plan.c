#include "plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "store/file/db.h"

#define CAP_MIN    INT64_C(1000)
#define CAP_MAX    INT64_C(20000)
#define CAP_COLUMN INT64_C(60000)
#define PROBE_COST 13 /* rows: asking the text index about one ticket */
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

static void
ids_of_has(struct plan_part *p)
{
	static const char *const ids[HAS_N] = {
		[HAS_COMMITS] =
		    "SELECT k.id FROM link l CROSS JOIN ticket k "
		    "ON k.prefix = l.prefix AND k.number = l.number "
		    "WHERE l.role > 0 UNION ALL "
		    "SELECT ticket FROM link_manual WHERE name = 'link'",
		[HAS_RELEASE] = "SELECT ticket FROM ticket_release",
		[HAS_LABEL] = "SELECT ticket FROM label",
		[HAS_ASSIGNEE] = "SELECT id FROM ticket "
				 "INDEXED BY ticket_assignee "
				 "WHERE assignee IS NOT NULL",
		[HAS_DUE] = "SELECT id FROM ticket INDEXED BY ticket_due "
			    "WHERE due IS NOT NULL",
		[HAS_PARENT] = "SELECT id FROM ticket "
			       "INDEXED BY ticket_parent "
			       "WHERE parent IS NOT NULL",
		[HAS_COMPONENT] = "SELECT id FROM ticket "
				  "INDEXED BY ticket_component "
				  "WHERE component IS NOT NULL",
	};

	if (ids[p->f->has] != NULL)
		sql_puts(&p->ids, ids[p->f->has]);
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
count_capped(struct store *st, const struct sql *ids, int64_t cap,
    int64_t *count, bool *capped, struct err *err)
{
	struct sql s = { 0 };
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	sql_puts(&s, "SELECT count(*) FROM (SELECT 1 FROM (");
	sql_append(&s, ids);
	sql_puts(&s, ") LIMIT ");
	sql_int(&s, cap);
	sql_puts(&s, ")");
	rc = sql_prepare(st, &s, &stmt, err);
	if (rc == RC_OK)
		rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row)
		*count = db_int(stmt, 0);
	*capped = *count == cap;
	db_finish(st, stmt);
	sql_release(&s);
	return rc;
}

static enum rc
measure(struct store *st, struct plan_part *p, int64_t cap, struct err *err)
{
	bool known;
	enum rc rc;

	if (p->f->op == FILTER_FIELD)
		ids_of_field(p);
	else if (p->f->op == FILTER_IS)
		ids_of_is(p);
	else if (p->f->op == FILTER_HAS)
		ids_of_has(p);
	if ((rc = count_kept(st, p, &known, err)) != RC_OK || known)
		return rc;
	if (p->ids.text.len == 0)
		return RC_OK;
	return count_capped(st, &p->ids, cap, &p->count, &p->capped, err);
}

/* The first and the last value of a time's index. */
static enum rc
time_bounds(struct store *st, enum filter_field field, int64_t *first,
    int64_t *last, struct err *err)
{
	static const char created[] =
	    "SELECT (SELECT min(created) FROM ticket), "
	    "(SELECT max(created) FROM ticket)";
	static const char updated[] =
	    "SELECT (SELECT min(updated) FROM ticket), "
	    "(SELECT max(updated) FROM ticket)";
	static const char resolved[] =
	    "SELECT (SELECT min(resolved) FROM ticket "
	    "WHERE resolved IS NOT NULL), (SELECT max(resolved) FROM ticket "
	    "WHERE resolved IS NOT NULL)";
	const char *sql = field == FF_CREATED ? created
	    : field == FF_UPDATED             ? updated
					      : resolved;
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	*first = *last = 0;
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row) {
		*first = db_int(stmt, 0);
		*last = db_int(stmt, 1);
	}
	db_finish(st, stmt);
	return rc;
}

/*
 * A stretch of time with more tickets than are counted: its share is taken from
 * its length.  A walk by time must pass what lies before it.
 */
static enum rc
measure_time(struct store *st, const struct plan *p, struct plan_part *part,
    enum plan_time time, struct err *err)
{
	const struct filter *f = part->f;
	int64_t first, last, low, high;
	double length;
	enum rc rc = time_bounds(st, f->field, &first, &last, err);

	if (rc != RC_OK || last <= first)
		return rc;
	low = is_low(f) ? strtoll(f->values.v[0], NULL, 10) : first;
	high = is_high(f) ? strtoll(f->values.v[0], NULL, 10) : last;
	if (part->also != NULL)
		high = strtoll(part->also->values.v[0], NULL, 10);
	low = low < first ? first : low > last ? last : low;
	high = high < low ? low : high > last ? last : high;
	length = (double)(last - first) / (double)p->total;
	if (part->capped && (double)(high - low) / length > (double)p->cap) {
		part->count = (int64_t)((double)(high - low) / length);
		part->capped = false;
	}
	if (time == PLAN_NEWEST_FIRST)
		part->skip = (double)(last - high) / length;
	else if (time == PLAN_OLDEST_FIRST)
		part->skip = (double)(low - first) / length;
	return RC_OK;
}

static bool
is_time_range(const struct filter *f)
{
	return f->op == FILTER_FIELD && f->values.n == 1 &&
	    (f->field == FF_CREATED || f->field == FF_UPDATED ||
		f->field == FF_RESOLVED) &&
	    (is_low(f) || is_high(f));
}

static enum rc
measure_text(struct store *st, struct plan *p, struct err *err)
{
	struct sql ids = { 0 };
	enum rc rc;

	if (p->match == NULL)
		return RC_OK;
	p->match_prefix = strstr(p->match, "\" *") != NULL;
	sql_puts(&ids, "SELECT rowid FROM search WHERE search MATCH ");
	sql_text(&ids, p->match);
	rc = count_capped(st, &ids, p->cap, &p->match_count, &p->match_capped,
	    err);
	sql_release(&ids);
	return rc;
}

/*
 * The share of all tickets that a count is.  Of more than was counted it is
 * halfway, as powers go, to everything.
 */
static double
share(const struct plan *p, int64_t count, bool capped)
{
	double total = (double)(p->total > 0 ? p->total : 1), s;

	if (count < 0)
		return UNKNOWN_SHARE;
	s = (double)count / total;
	if (capped)
		s = sqrt(s);
	/* Nothing at all would make every other way look endless. */
	return s > 1 ? 1 : s < 1e-7 ? 1e-7 : s;
}

/* A walk reads no more of the index than the term allows. */
static bool
along(const struct plan_part *p, const char *index)
{
	return index != NULL && p->index != NULL &&
	    strcmp(p->index, index) == 0;
}

/*
 * What testing n rows against the text costs, in rows: looking each up in the
 * index, or listing all hits first.  A search by prefix gathers all of them for
 * each row that it is asked for.
 */
static double
text_cost(const struct plan *p, double n, bool *probe)
{
	double all;

	*probe = false;
	if (p->match == NULL)
		return 0;
	all = share(p, p->match_count, p->match_capped) * (double)p->total / 2;
	*probe = !p->match_prefix && n * PROBE_COST < all;
	return *probe ? n * PROBE_COST : all;
}

/*
 * A walk through a status, of which other terms leave a part: where terms have
 * to do with each other (who works on what) that part may stand at its end, or
 * be nothing.  One time in four it does.  And by rank tickets lie scattered: one
 * costs twice what it costs in the order of ids.
 */
static double
column_cost(const struct plan *p, double rows)
{
	double most = (double)p->total;

	for (size_t i = 0; i < p->n; i++)
		if (is_field(p->part[i].f, FF_STATUS) && p->part[i].kept &&
		    (double)p->part[i].count < most)
			most = (double)p->part[i].count;
	if (p->n > 1 || p->match != NULL)
		rows += most / 4;
	return 2 * (rows < most ? rows : most);
}

static double
walk_cost(const struct plan *p, const struct plan_goal *goal, double all,
    bool *probe)
{
	double rows = (double)goal->wanted / all, skip = 0;

	for (size_t i = 0; i < p->n; i++)
		if (p->part[i].skip > skip && !along(&p->part[i], goal->index))
			skip = p->part[i].skip;
	rows += skip;
	if (goal->column)
		rows = column_cost(p, rows);
	if (!goal->column && rows > (double)p->total)
		rows = (double)p->total;
	return rows + text_cost(p, rows, probe);
}

/* The cost of going by a part, or by the text (i == n). */
static double
part_cost(const struct plan *p, const struct plan_goal *goal, double all,
    size_t i, enum plan_way *way, bool *probe)
{
	const struct plan_part *part = i < p->n ? &p->part[i] : NULL;
	double s = part != NULL ? share(p, part->count, part->capped)
				: share(p, p->match_count, p->match_capped);
	double rows = s * (double)p->total;
	bool single = part == NULL || part->single;

	*way = goal->by_age && single ? PLAN_ORDERED : PLAN_COLLECT;
	if (*way == PLAN_ORDERED && (double)goal->wanted / all * s < rows)
		rows = (double)goal->wanted / all * s;
	*probe = false;
	if (*way == PLAN_COLLECT)
		rows *= 1.5;
	return rows + (part != NULL ? text_cost(p, rows, probe) : 0);
}

static void
choose(struct plan *p, const struct plan_goal *asked)
{
	struct plan_goal goal = *asked;
	double all = 1, best, cost;

	if (goal.wanted <= 0)
		goal.wanted = p->total;
	for (size_t i = 0; i < p->n; i++)
		if (!along(&p->part[i], goal.index))
			all *= share(p, p->part[i].count, p->part[i].capped);
	if (p->match != NULL)
		all *= share(p, p->match_count, p->match_capped);
	p->way = PLAN_WALK;
	best = walk_cost(p, &goal, all, &p->probe);
	for (size_t i = 0; i <= p->n; i++) {
		enum plan_way way;
		bool probe;

		if (i < p->n ? p->part[i].ids.text.len == 0 : p->match == NULL)
			continue;
		cost = part_cost(p, &goal, all, i, &way, &probe);
		if (cost >= best)
			continue;
		best = cost;
		p->way = way;
		p->by = i;
		p->probe = probe;
	}
}

/*
 * Collecting a term's n rows is better than walking for a page of w while n is
 * less than w * total / n; beyond that a count tells nothing new.  Where terms
 * meet, their product does.
 */
static int64_t
count_cap(const struct plan *p, int64_t wanted)
{
	double cap =
	    sqrt((double)(wanted > 0 ? wanted : 1000) * (double)p->total);

	if (p->n + (p->match != NULL) > 1)
		cap *= 3;
	return cap < (double)CAP_MIN ? CAP_MIN
	    : cap > (double)CAP_MAX  ? CAP_MAX
				     : (int64_t)cap;
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
	out->cap = goal->column ? CAP_COLUMN : count_cap(out, goal->wanted);
	for (size_t i = 0; rc == RC_OK && i < out->n; i++) {
		rc = measure(st, &out->part[i], out->cap, err);
		if (rc == RC_OK && is_time_range(out->part[i].f))
			rc = measure_time(st, out, &out->part[i], goal->time,
			    err);
	}
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
	if (p->probe)
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
