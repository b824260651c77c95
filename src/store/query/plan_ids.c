/* The tickets of one term, as an index lists them. */
#include "plan_priv.h"

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

static void
ids_of_column(struct plan_part *p)
{
	const char *column = filter_sql_column(p->f->field);

	sql_puts(&p->ids, "SELECT id AS i FROM ticket INDEXED BY ");
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
		sql_puts(&p->ids, "SELECT ticket AS i FROM ");
		sql_puts(&p->ids, set);
		sql_puts(&p->ids, " WHERE ");
		filter_sql_compare(f, "value", &p->ids);
	} else if (f->field == FF_KEY) {
		sql_puts(&p->ids, "SELECT id AS i FROM ticket WHERE ");
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
		    "SELECT id AS i FROM ticket "
		    "INDEXED BY ticket_due WHERE due < ");
		sql_int(&p->ids, filter_overdue_before());
	} else if (p->f->is == IS_DELETED) {
		sql_puts(&p->ids,
		    "SELECT seq AS i FROM ticket "
		    "INDEXED BY ticket_deleted WHERE deleted = 1");
	} else if (p->f->is == IS_BLOCKED) {
		sql_puts(&p->ids,
		    "SELECT b.id AS i FROM relation r "
		    "CROSS JOIN ticket b ON b.ulid = r.value "
		    "WHERE r.name = 'blocks'");
	}
}

static void
ids_of_has(struct plan_part *p)
{
	static const char *const ids[HAS_N] = {
		[HAS_COMMITS] =
		    "SELECT k.id AS i FROM link l CROSS JOIN ticket k "
		    "ON k.prefix = l.prefix AND k.number = l.number "
		    "WHERE l.role > 0 UNION ALL "
		    "SELECT ticket AS i FROM link_manual WHERE name = 'link'",
		[HAS_RELEASE] = "SELECT ticket AS i FROM ticket_release",
		[HAS_LABEL] = "SELECT ticket AS i FROM label",
		[HAS_ASSIGNEE] = "SELECT id AS i FROM ticket "
				 "INDEXED BY ticket_assignee "
				 "WHERE assignee IS NOT NULL",
		[HAS_DUE] = "SELECT id AS i FROM ticket INDEXED BY ticket_due "
			    "WHERE due IS NOT NULL",
		[HAS_PARENT] = "SELECT id AS i FROM ticket "
			       "INDEXED BY ticket_parent "
			       "WHERE parent IS NOT NULL",
		[HAS_COMPONENT] = "SELECT id AS i FROM ticket "
				  "INDEXED BY ticket_component "
				  "WHERE component IS NOT NULL",
	};

	if (ids[p->f->has] != NULL)
		sql_puts(&p->ids, ids[p->f->has]);
}

void
plan_ids(struct plan_part *p)
{
	if (p->sense == FILTER_NEGATED || p->ids.text.len > 0)
		return;
	if (p->f->op == FILTER_FIELD)
		ids_of_field(p);
	else if (p->f->op == FILTER_IS)
		ids_of_is(p);
	else if (p->f->op == FILTER_HAS)
		ids_of_has(p);
}
