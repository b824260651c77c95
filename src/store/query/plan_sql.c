/* The query of a plan. */
#include "plan_priv.h"

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
		sql_text(out, p->text.match);
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
		sql_text(out, p->text.match);
	}
	sql_puts(out, ") AND ");
}

/* Is what the index lists what the term means, and not more? */
static bool
is_listed(const struct plan_part *p)
{
	return p->f->op == FILTER_FIELD && p->sense == FILTER_AS_IS &&
	    p->ids.text.len > 0;
}

bool
plan_ids_sql(const struct plan *p, struct sql *out)
{
	if (p->way == PLAN_NONE || p->deleted || p->without.match != NULL ||
	    p->n + (p->text.match != NULL) != 1 ||
	    (p->n == 1 && !is_listed(&p->part[0])))
		return false;
	/* A ticket may have several values that begin alike. */
	sql_puts(out,
	    p->n == 1 && !p->part[0].single ? "SELECT DISTINCT i FROM ("
					    : "SELECT i FROM (");
	if (p->n == 1) {
		sql_append(out, &p->part[0].ids);
	} else {
		sql_puts(out,
		    "SELECT rowid AS i FROM search WHERE search MATCH ");
		sql_text(out, p->text.match);
	}
	sql_puts(out,
	    ") WHERE NOT EXISTS (SELECT 1 FROM ticket "
	    "INDEXED BY ticket_deleted WHERE deleted = 1 AND seq = i)");
	return true;
}

static void
put_text(const char *match, bool probe, struct sql *out)
{
	if (probe)
		sql_puts(out,
		    "EXISTS (SELECT 1 FROM search "
		    "WHERE rowid = t.id AND search MATCH ");
	else
		sql_puts(out,
		    "t.id IN (SELECT rowid FROM search WHERE search MATCH ");
	sql_text(out, match);
	sql_puts(out, ")");
}

/* Text that does not lead: looked up row by row where it is common. */
static void
put_texts(const struct plan *p, struct sql *out)
{
	if (p->text.match != NULL && (p->way == PLAN_WALK || p->by < p->n)) {
		sql_puts(out, " AND ");
		put_text(p->text.match, p->probe, out);
	}
	if (p->without.match != NULL) {
		sql_puts(out, " AND NOT ");
		put_text(p->without.match, p->probe_without, out);
	}
}

enum rc
plan_term_sql(struct store *st, const struct plan_part *p, struct sql *out,
    struct err *err)
{
	enum rc rc = filter_sql(st, p->f, p->sense, out, err);

	if (rc != RC_OK || p->also == NULL)
		return rc;
	sql_puts(out, " AND ");
	return filter_sql(st, p->also, FILTER_AS_IS, out, err);
}

enum rc
plan_sql(struct store *st, const struct plan *p, const char *index,
    struct sql *out, struct err *err)
{
	enum rc rc = RC_OK;

	if (p->way == PLAN_NONE) {
		sql_puts(out, " FROM ticket t WHERE 0");
		return RC_OK;
	}
	put_source(p, index, out);
	sql_puts(out, p->deleted ? "1" : "t.deleted = 0");
	for (size_t i = 0; rc == RC_OK && i < p->n; i++) {
		bool leads = p->way == PLAN_ORDERED && i == p->by;

		/* As the index of a set it is in the source already. */
		if (leads && p->part[i].index == NULL)
			continue;
		sql_puts(out, " AND ");
		rc = plan_term_sql(st, &p->part[i], out, err);
	}
	put_texts(p, out);
	return rc;
}
