/* How terms go together, asked of some tickets of the rarest one. */
#include "plan_priv.h"
#include "store/file/db.h"

#define SAMPLE 200

/* So few tickets are collected for what a sample costs. */
#define FEW 2000

/* More hits than this can't be gathered for each ticket that is asked about. */
#define GATHERED_MAX 5000

/*
 * The rarest term that an index lists, n for the text; more than n if there is
 * none.
 */
static size_t
rarest(const struct plan *p, double *share)
{
	size_t by = p->n + 1;
	double s;

	*share = 1;
	for (size_t i = 0; i < p->n; i++) {
		if (p->part[i].ids.text.len == 0)
			continue;
		s = plan_share(p, p->part[i].count, p->part[i].capped);
		if (by > p->n || s < *share) {
			by = i;
			*share = s;
		}
	}
	if (p->text.match == NULL)
		return by;
	s = plan_share(p, p->text.count, false);
	/* Hits are quick to list, and slow to ask for one by one. */
	if (by > p->n || s / 8 < *share) {
		by = p->n;
		*share = s;
	}
	return by;
}

/* By age what comes first in the list of a term is a sample by itself. */
static bool
is_needed(const struct plan *p, const struct plan_goal *goal, size_t by,
    double share)
{
	if (by > p->n || share * (double)p->total < FEW)
		return false;
	if (p->text.prefix && by < p->n && p->text.count > GATHERED_MAX)
		return false;
	return !goal->by_age || (by < p->n && !p->part[by].single);
}

static void
put_lead(const struct plan *p, size_t by, struct sql *s)
{
	if (by < p->n) {
		sql_append(s, &p->part[by].ids);
		if (p->part[by].single)
			sql_puts(s,
			    p->part[by].index != NULL ? " ORDER BY seq DESC"
						      : " ORDER BY 1 DESC");
		return;
	}
	sql_puts(s, "SELECT rowid FROM search WHERE search MATCH ");
	sql_text(s, p->text.match);
	sql_puts(s, " ORDER BY rowid DESC");
}

static enum rc
sample_sql(struct store *st, const struct plan *p, const char *index, size_t by,
    struct sql *s, struct err *err)
{
	enum rc rc = RC_OK;

	sql_puts(s, "SELECT count(*), total(ok) FROM (SELECT t.deleted <= ");
	sql_int(s, p->deleted);
	for (size_t i = 0; rc == RC_OK && i < p->n; i++) {
		if (i == by || plan_along(&p->part[i], index))
			continue;
		sql_puts(s, " AND ");
		rc = plan_term_sql(st, &p->part[i], s, err);
	}
	if (p->text.match != NULL && by < p->n) {
		sql_puts(s,
		    " AND EXISTS (SELECT 1 FROM search "
		    "WHERE rowid = t.id AND search MATCH ");
		sql_text(s, p->text.match);
		sql_puts(s, ")");
	}
	sql_puts(s,
	    " AS ok FROM ticket t NOT INDEXED WHERE t.id IN "
	    "(SELECT * FROM (");
	put_lead(p, by, s);
	sql_puts(s, ") LIMIT ");
	sql_int(s, SAMPLE);
	sql_puts(s, "))");
	return rc;
}

enum rc
plan_sample(struct store *st, const struct plan *p,
    const struct plan_goal *goal, double *share, struct err *err)
{
	struct sql s = { 0 };
	sqlite3_stmt *stmt = NULL;
	double lead;
	size_t by = rarest(p, &lead);
	bool row = false;
	enum rc rc;

	if (!is_needed(p, goal, by, lead))
		return RC_OK;
	rc = sample_sql(st, p, goal->index, by, &s, err);
	if (rc == RC_OK)
		rc = sql_prepare(st, &s, &stmt, err);
	if (rc == RC_OK)
		rc = db_step(st, stmt, &row, err);
	/* None of so many: it is rather none at all than one in as many. */
	if (rc == RC_OK && row && db_int(stmt, 0) > 0)
		*share = lead * ((double)db_int(stmt, 1) + 0.01) /
		    (double)db_int(stmt, 0);
	db_finish(st, stmt);
	sql_release(&s);
	return rc;
}
