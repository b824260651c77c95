/* How many tickets each term of a plan has, counted up to a limit. */
#include <stdlib.h>
#include <string.h>

#include "plan_priv.h"
#include "store/file/db.h"

#define TEXT_CAP INT64_C(1000)

enum rc
plan_counter(struct store *st, const char *kind, const char *name, int64_t *n,
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

static bool
is_named(const struct plan_part *p, enum filter_field field)
{
	return plan_is_field(p, field) && p->f->cmp == FILTER_EQ &&
	    !p->f->prefix;
}

enum rc
plan_count_kept(struct store *st, const struct plan *p, struct plan_part *part,
    struct err *err)
{
	static const char *const categories[] = { "0", "1", "2" };
	static const unsigned char is_mask[IS_N] = {
		[IS_OPEN] = 3,
		[IS_DONE] = 4,
		[IS_DOING] = 2,
		[IS_TODO] = 1,
	};
	const struct filter *f = part->f;
	int64_t n = 0;
	bool known = false;
	enum rc rc = RC_OK;

	if (f->op == FILTER_IS && is_mask[f->is] != 0) {
		for (unsigned i = 0; rc == RC_OK && i < 3; i++)
			if ((is_mask[f->is] >> i & 1) != 0)
				rc = plan_counter(st, "category", categories[i],
				    &n, err);
		known = true;
	} else if (plan_is_field(part, FF_CATEGORY)) {
		for (unsigned c = 0; rc == RC_OK && c < 3; c++)
			if (strv_has(&f->values,
				category_name((enum category)c)))
				rc = plan_counter(st, "category", categories[c],
				    &n, err);
		known = true;
	} else if (is_named(part, FF_STATUS) || is_named(part, FF_TYPE)) {
		for (size_t i = 0; rc == RC_OK && i < f->values.n; i++)
			rc = plan_counter(st, filter_field_names[f->field],
			    f->values.v[i], &n, err);
		known = true;
	}
	if (rc != RC_OK || !known)
		return rc;
	part->kept = true;
	part->count = part->sense == FILTER_NEGATED ? p->total - n : n;
	return RC_OK;
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
	low = plan_is_low(f) ? strtoll(f->values.v[0], NULL, 10) : first;
	high = plan_is_high(f) ? strtoll(f->values.v[0], NULL, 10) : last;
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
is_time_range(const struct plan_part *p)
{
	const struct filter *f = p->f;

	return p->sense == FILTER_AS_IS && f->op == FILTER_FIELD &&
	    f->values.n == 1 &&
	    (f->field == FF_CREATED || f->field == FF_UPDATED ||
		f->field == FF_RESOLVED) &&
	    (plan_is_low(f) || plan_is_high(f));
}

static enum rc
measure_part(struct store *st, const struct plan *p, struct plan_part *part,
    struct err *err)
{
	enum rc rc;

	plan_ids(part);
	rc = plan_count_kept(st, p, part, err);
	if (rc != RC_OK || part->kept || part->ids.text.len == 0)
		return rc;
	return count_capped(st, &part->ids, p->cap, &part->count, &part->capped,
	    err);
}

/*
 * Hits cost more than rows of an index, so fewer are counted; the rest is told
 * from how far back the oldest of these is.
 */
static enum rc
measure_text(struct store *st, const struct plan *p, struct plan_text *text,
    struct err *err)
{
	static const char sql[] =
	    "SELECT count(*), (SELECT max(id) FROM ticket) - min(id) FROM "
	    "(SELECT rowid AS id "
	    "FROM search WHERE search MATCH ?1 ORDER BY rowid DESC LIMIT ?2)";
	int64_t cap = p->cap < TEXT_CAP ? p->cap : TEXT_CAP;
	sqlite3_stmt *stmt = NULL;
	double all;
	bool row = false;
	enum rc rc;

	if (text->match == NULL)
		return RC_OK;
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_text(stmt, 1, text->match);
	db_bind_int(stmt, 2, cap);
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row)
		text->count = db_int(stmt, 0);
	if (rc == RC_OK && row && text->count == cap) {
		all = (double)cap * (double)p->total /
		    (double)(db_int(stmt, 1) + 1);
		if (all > (double)cap)
			text->count = (int64_t)all;
	}
	db_finish(st, stmt);
	return rc;
}

enum rc
plan_measure(struct store *st, struct plan *p, const struct plan_goal *goal,
    struct err *err)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < p->n; i++) {
		rc = measure_part(st, p, &p->part[i], err);
		if (rc == RC_OK && is_time_range(&p->part[i]))
			rc = measure_time(st, p, &p->part[i], goal->time, err);
	}
	if (rc == RC_OK)
		rc = measure_text(st, p, &p->text, err);
	return rc != RC_OK ? rc : measure_text(st, p, &p->without, err);
}
