#include "filter_sql.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "store/file/db.h"
#include "model/workflow.h"
#include "search.h"

static const struct {
	const char *column; /* of ticket */
	const char *set;    /* table of values */
	bool number;        /* values are numbers */
} columns[FF_N] = {
	[FF_TYPE] = { "type", NULL, false },
	[FF_STATUS] = { "status", NULL, false },
	[FF_CATEGORY] = { "category", NULL, true },
	[FF_RESOLUTION] = { "resolution", NULL, false },
	[FF_PRIORITY] = { "priority", NULL, true },
	[FF_SUMMARY] = { "summary", NULL, false },
	[FF_ASSIGNEE] = { "assignee", NULL, false },
	[FF_REPORTER] = { "reporter", NULL, false },
	[FF_COMPONENT] = { "component", NULL, false },
	[FF_LABEL] = { NULL, "label", false },
	[FF_RELEASE] = { NULL, "ticket_release", false },
	[FF_FOUND_IN] = { NULL, "found_in", false },
	[FF_CREATED] = { "created", NULL, true },
	[FF_UPDATED] = { "updated", NULL, true },
	[FF_RESOLVED] = { "resolved", NULL, true },
	[FF_DUE] = { "due", NULL, true },
	[FF_ESTIMATE] = { "estimate", NULL, true },
};

static const char *const is_conditions[IS_N] = {
	[IS_OPEN] = "t.category < 2",
	[IS_DONE] = "t.category = 2",
	[IS_DOING] = "t.category = 1",
	[IS_TODO] = "t.category = 0",
	[IS_OVERDUE] = NULL,
	/* By a ticket that is not done. */
	[IS_BLOCKED] =
	    "EXISTS (SELECT 1 FROM relation r JOIN ticket b ON b.id = r.ticket "
	    "WHERE r.value = t.ulid AND r.name = 'blocks' AND b.category < 2 "
	    "AND b.deleted = 0)",
	/* The parser makes it an assignee. */
	[IS_MINE] = "0",
	[IS_DELETED] = "t.deleted = 1",
	/* Done, but neither said nor seen to be in a published release. */
	[IS_UNRELEASED] =
	    "(t.category = 2 "
	    "AND NOT EXISTS (SELECT 1 FROM ticket_release v JOIN release r "
	    "ON r.version = v.value AND r.deleted = 0 AND r.state IN (1, 2) "
	    "WHERE v.ticket = t.id) "
	    "AND NOT EXISTS (SELECT 1 FROM link l JOIN history h "
	    "ON h.id = l.rev AND h.release > 0 WHERE l.prefix = t.prefix "
	    "AND l.number = t.number AND l.role > 0))",
};

static const char *const has_conditions[HAS_N] = {
	[HAS_COMMITS] =
	    "(EXISTS (SELECT 1 FROM link l WHERE l.prefix = t.prefix "
	    "AND l.number = t.number AND l.role > 0) "
	    "OR EXISTS (SELECT 1 FROM link_manual m WHERE m.ticket = t.id "
	    "AND m.name = 'link'))",
	[HAS_NOTE] = "t.note <> ''",
	[HAS_RELEASE] =
	    "EXISTS (SELECT 1 FROM ticket_release v WHERE v.ticket = t.id)",
	[HAS_ASSIGNEE] = "t.assignee IS NOT NULL",
	[HAS_LABEL] = "EXISTS (SELECT 1 FROM label v WHERE v.ticket = t.id)",
	[HAS_DUE] = "t.due IS NOT NULL",
	[HAS_COMMENTS] = "t.n_comments > 0",
	[HAS_DESCRIPTION] = "t.description <> ''",
	[HAS_PARENT] = "t.parent IS NOT NULL",
	[HAS_ESTIMATE] = "t.estimate > 0",
	[HAS_COMPONENT] = "t.component IS NOT NULL",
	[HAS_RESOLUTION] = "t.resolution IS NOT NULL",
};

const char *
filter_sql_set_table(enum filter_field field)
{
	return columns[field].set;
}

const char *
filter_sql_column(enum filter_field field)
{
	return columns[field].column;
}

bool
filter_wants_deleted(const struct filter *f)
{
	for (; f != NULL; f = f->left) {
		if (f->op == FILTER_IS && f->is == IS_DELETED)
			return true;
		if (filter_wants_deleted(f->right))
			return true;
	}
	return false;
}

int64_t
filter_overdue_before(void)
{
	int64_t now = date_now();

	return now - now % 86400;
}

static void
put_value(const struct filter *f, const char *value, struct sql *out)
{
	if (f->field == FF_PRIORITY) {
		sql_int(out, named_find(priorities, priorities_n, value));
	} else if (f->field == FF_CATEGORY) {
		int c = CATEGORY_TODO;

		while (c < CATEGORY_DONE &&
		    strcmp(category_name((enum category)c), value) != 0)
			c++;
		sql_int(out, c);
	} else if (columns[f->field].number) {
		sql_int(out, strtoll(value, NULL, 10));
	} else {
		sql_text(out, value);
	}
}

/* From the prefix up to the prefix and the last of all characters. */
static void
put_prefix(const char *prefix, const char *column, struct sql *out)
{
	struct buf end = BUF_INIT;

	buf_puts(&end, prefix);
	buf_puts(&end, "\xF4\x8F\xBF\xBF");
	sql_puts(out, column);
	sql_puts(out, " >= ");
	sql_text(out, prefix);
	sql_puts(out, " AND ");
	sql_puts(out, column);
	sql_puts(out, " < ");
	sql_text(out, buf_str(&end));
	buf_release(&end);
}

void
filter_sql_compare(const struct filter *f, const char *column, struct sql *out)
{
	static const char *const operators[] = {
		[FILTER_EQ] = " = ",
		[FILTER_LT] = " < ",
		[FILTER_LE] = " <= ",
		[FILTER_GT] = " > ",
		[FILTER_GE] = " >= ",
		[FILTER_MATCH] = " = ",
	};

	if (f->prefix) {
		put_prefix(f->values.v[0], column, out);
		return;
	}
	sql_puts(out, column);
	if (f->values.n == 1) {
		sql_puts(out, operators[f->cmp]);
		put_value(f, f->values.v[0], out);
		return;
	}
	sql_puts(out, " IN (");
	for (size_t i = 0; i < f->values.n; i++) {
		sql_puts(out, i > 0 ? "," : "");
		put_value(f, f->values.v[i], out);
	}
	sql_puts(out, ")");
}

static bool
split_key(const char *text, struct ticket_key *key)
{
	return ticket_key_parse(text, strlen(text), key);
}

static void
put_key(const char *text, enum filter_cmp cmp, const char *alias,
    struct sql *out)
{
	static const char *const operators[] = {
		[FILTER_EQ] = "number = ",
		[FILTER_LT] = "number < ",
		[FILTER_LE] = "number <= ",
		[FILTER_GT] = "number > ",
		[FILTER_GE] = "number >= ",
		[FILTER_MATCH] = "number = ",
	};
	struct ticket_key key;

	if (!split_key(text, &key)) {
		sql_puts(out, "0");
		return;
	}
	sql_puts(out, alias);
	sql_puts(out, "prefix = (SELECT id FROM prefix WHERE name = ");
	sql_text(out, key.prefix);
	sql_puts(out, ") AND ");
	sql_puts(out, alias);
	sql_puts(out, operators[cmp]);
	sql_int(out, key.number);
}

void
filter_sql_key(const struct filter *f, const char *alias, struct sql *out)
{
	sql_puts(out, "(");
	for (size_t i = 0; i < f->values.n; i++) {
		sql_puts(out, i > 0 ? " OR (" : "(");
		put_key(f->values.v[i], f->cmp, alias, out);
		sql_puts(out, ")");
	}
	sql_puts(out, ")");
}

void
filter_sql_parent(const struct filter *f, const char *column, struct sql *out)
{
	sql_puts(out, column);
	sql_puts(out, " IN (SELECT ulid FROM ticket WHERE ");
	filter_sql_key(f, "", out);
	sql_puts(out, ")");
}

enum rc
filter_sql_match(struct store *st, const struct filter *f, struct buf *out,
    struct err *err)
{
	bool summary = f->op == FILTER_FIELD;
	const char *text = summary ? f->values.v[0] : f->text;
	bool whole = summary ? !f->prefix && strpbrk(text, " \t") != NULL
			     : f->whole;
	enum search_end end = whole ? SEARCH_WHOLE : SEARCH_WORD;
	struct buf query = BUF_INIT;
	enum rc rc = search_query(st, text, end, &query, err);

	if (rc == RC_OK && query.len > 0)
		buf_printf(out, "%s%s", summary ? "{summary} : " : "",
		    buf_str(&query));
	buf_release(&query);
	return rc;
}

static enum rc
put_match(struct store *st, const struct filter *f, struct sql *out,
    struct err *err)
{
	struct buf query = BUF_INIT;
	enum rc rc = filter_sql_match(st, f, &query, err);

	if (rc == RC_OK && query.len > 0) {
		sql_puts(out,
		    "t.id IN (SELECT rowid FROM search "
		    "WHERE search MATCH ");
		sql_text(out, buf_str(&query));
		sql_puts(out, ")");
	} else {
		sql_puts(out, "1");
	}
	buf_release(&query);
	return rc;
}

static void
put_set(const struct filter *f, struct sql *out)
{
	if (f->values.n == 0)
		sql_puts(out, "NOT ");
	sql_puts(out, "EXISTS (SELECT 1 FROM ");
	sql_puts(out, columns[f->field].set);
	sql_puts(out, " v WHERE v.ticket = t.id");
	if (f->values.n > 0) {
		sql_puts(out, " AND ");
		filter_sql_compare(f, "v.value", out);
	}
	sql_puts(out, ")");
}

static void
put_column(const struct filter *f, struct sql *out)
{
	struct buf column = BUF_INIT;

	buf_printf(&column, "t.%s", columns[f->field].column);
	if (f->field == FF_ESTIMATE && f->values.n == 0)
		sql_puts(out, "t.estimate = 0");
	else if (f->values.n == 0)
		buf_printf(&out->text, "%s IS NULL", buf_str(&column));
	else
		filter_sql_compare(f, buf_str(&column), out);
	/* 0 stands for none, which is not a short time. */
	if (f->field == FF_ESTIMATE && f->values.n > 0)
		sql_puts(out, " AND t.estimate > 0");
	buf_release(&column);
}

static enum rc
put_field(struct store *st, const struct filter *f, struct sql *out,
    struct err *err)
{
	if (f->field == FF_SUMMARY && f->cmp == FILTER_MATCH)
		return put_match(st, f, out, err);
	if (f->field == FF_KEY)
		filter_sql_key(f, "t.", out);
	else if (f->field == FF_PARENT && f->values.n == 0)
		sql_puts(out, "t.parent IS NULL");
	else if (f->field == FF_PARENT)
		filter_sql_parent(f, "t.parent", out);
	else if (columns[f->field].set != NULL)
		put_set(f, out);
	else
		put_column(f, out);
	return RC_OK;
}

static void
put_is(const struct filter *f, struct sql *out)
{
	if (f->is != IS_OVERDUE) {
		sql_puts(out, is_conditions[f->is]);
		return;
	}
	sql_puts(out, "t.category < 2 AND t.due < ");
	sql_int(out, filter_overdue_before());
}

static enum rc
put_leaf(struct store *st, const struct filter *f, struct sql *out,
    struct err *err)
{
	switch (f->op) {
	case FILTER_FIELD:
		return put_field(st, f, out, err);
	case FILTER_IS:
		put_is(f, out);
		return RC_OK;
	case FILTER_HAS:
		sql_puts(out, has_conditions[f->has]);
		return RC_OK;
	case FILTER_TEXT:
		return put_match(st, f, out, err);
	default:
		sql_puts(out, "1");
		return RC_OK;
	}
}

/* "not" is pushed down to the leaves, where NULL can be told from false. */
enum rc
filter_sql(struct store *st, const struct filter *f, enum filter_sense sense,
    struct sql *out, struct err *err)
{
	bool negated = sense == FILTER_NEGATED;
	enum rc rc;

	if (f->op == FILTER_NOT)
		return filter_sql(st, f->left,
		    negated ? FILTER_AS_IS : FILTER_NEGATED, out, err);
	sql_puts(out, "(");
	if (f->op == FILTER_AND || f->op == FILTER_OR) {
		rc = filter_sql(st, f->left, sense, out, err);
		sql_puts(out,
		    (f->op == FILTER_AND) != negated ? " AND " : " OR ");
		if (rc == RC_OK)
			rc = filter_sql(st, f->right, sense, out, err);
	} else {
		rc = put_leaf(st, f, out, err);
	}
	sql_puts(out, ")");
	if (negated && f->op != FILTER_AND && f->op != FILTER_OR)
		sql_puts(out, " IS NOT TRUE");
	return rc;
}
