#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/common.h"
#include "cli/table.h"
#include "cli/text.h"

/* Rows read at a time: the database is free for writers in between. */
#define LIST_PAGE 500
#define LIMIT_MAX 1000000000L

enum { LIST_SORT, LIST_COLUMNS, LIST_LIMIT, LIST_COUNT, LIST_EXPLAIN };

static const struct opt list_opts[] = {
	[LIST_SORT] = { 's', "sort", "FIELDS",
	    "status,-updated: by status, then the newest change first",
	    "sort" },
	[LIST_COLUMNS] = { 'c', "columns", "NAMES", "what to show, in order",
	    "columns" },
	[LIST_LIMIT] = { 'n', "limit", "N", "at most N tickets", NULL },
	[LIST_COUNT] = { 0, "count", NULL, "only how many", NULL },
	[LIST_EXPLAIN] = { 0, "explain", NULL,
	    "say how the filter was understood", NULL },
	{ 0 },
};

static void
key_text(const struct ticket *t, struct buf *out)
{
	char key[TICKET_KEY_MAX];

	ticket_key_format(&t->key, key);
	buf_puts(out, key);
}

static void
category_text(const struct ticket *t, struct buf *out)
{
	buf_puts(out, category_name(t->category));
}

static void
day_text(int64_t time, struct buf *out)
{
	char day[11];

	buf_puts(out, common_day(time, day));
}

static void
created_text(const struct ticket *t, struct buf *out)
{
	day_text(t->created, out);
}

static void
updated_text(const struct ticket *t, struct buf *out)
{
	day_text(t->updated, out);
}

static void
resolved_text(const struct ticket *t, struct buf *out)
{
	day_text(t->resolved, out);
}

static void
commits_text(const struct ticket *t, struct buf *out)
{
	buf_printf(out, "%lld", (long long)t->n_commits);
}

static void
comments_text(const struct ticket *t, struct buf *out)
{
	buf_printf(out, "%lld", (long long)t->n_comments);
}

/* A column is a field of the ticket, or has a text of its own. */
struct column {
	const char *name, *title;
	enum ticket_field field;
	void (*text)(const struct ticket *t, struct buf *out);
};

static const struct column columns[] = {
	{ "key", "KEY", TF_N, key_text },
	{ "type", "TYPE", TF_TYPE, NULL },
	{ "status", "STATUS", TF_STATUS, NULL },
	{ "category", "CATEGORY", TF_N, category_text },
	{ "priority", "PRIORITY", TF_PRIORITY, NULL },
	{ "summary", "SUMMARY", TF_SUMMARY, NULL },
	{ "assignee", "ASSIGNEE", TF_ASSIGNEE, NULL },
	{ "reporter", "REPORTER", TF_REPORTER, NULL },
	{ "component", "COMPONENT", TF_COMPONENT, NULL },
	{ "labels", "LABELS", TF_LABEL, NULL },
	{ "releases", "RELEASES", TF_RELEASE, NULL },
	{ "found-in", "FOUND IN", TF_FOUND_IN, NULL },
	{ "parent", "PARENT", TF_PARENT, NULL },
	{ "resolution", "RESOLUTION", TF_RESOLUTION, NULL },
	{ "due", "DUE", TF_DUE, NULL },
	{ "estimate", "ESTIMATE", TF_ESTIMATE, NULL },
	{ "spent", "SPENT", TF_SPENT, NULL },
	{ "rank", "RANK", TF_RANK, NULL },
	{ "created", "CREATED", TF_N, created_text },
	{ "updated", "UPDATED", TF_N, updated_text },
	{ "resolved", "RESOLVED", TF_N, resolved_text },
	{ "commits", "COMMITS", TF_N, commits_text },
	{ "comments", "COMMENTS", TF_N, comments_text },
};
#define COLUMNS_N (sizeof(columns) / sizeof(columns[0]))

static const char text_columns[] =
    "key,type,status,priority,assignee,releases,summary";
static const char porcelain_columns[] =
    "key,type,status,priority,assignee,labels,releases,updated,summary";

struct list {
	const struct column *shown[COLUMNS_N];
	size_t n_shown;
	bool chosen; /* by --columns */
	struct table table;
	struct buf text; /* one cell */
};

static const struct column *
column_find(const char *name, size_t len)
{
	/* The singular is what filters call it. */
	static const char *const also[][2] = {
		{ "label", "labels" },
		{ "release", "releases" },
	};

	for (size_t i = 0; i < sizeof(also) / sizeof(also[0]); i++) {
		if (strlen(also[i][0]) == len &&
		    strncmp(also[i][0], name, len) == 0) {
			name = also[i][1];
			len = strlen(name);
		}
	}
	for (size_t i = 0; i < COLUMNS_N; i++)
		if (strlen(columns[i].name) == len &&
		    strncmp(columns[i].name, name, len) == 0)
			return &columns[i];
	return NULL;
}

static enum rc
unknown_column(const char *name, size_t len, struct err *err)
{
	struct buf names = BUF_INIT;

	for (size_t i = 0; i < COLUMNS_N; i++)
		buf_printf(&names, "%s%s", i == 0 ? "" : ", ", columns[i].name);
	err_set(err, RC_USAGE, "no column \"%.*s\" (there are: %s)",
	    len > 64 ? 64 : (int)len, name, buf_str(&names));
	buf_release(&names);
	return RC_USAGE;
}

static enum rc
columns_parse(struct list *l, const char *names, struct err *err)
{
	for (;;) {
		size_t len = strcspn(names, ",");
		const struct column *col = column_find(names, len);

		if (col == NULL)
			return unknown_column(names, len, err);
		if (l->n_shown == COLUMNS_N)
			return err_set(err, RC_USAGE, "too many columns");
		l->shown[l->n_shown++] = col;
		if (names[len] == '\0')
			return RC_OK;
		names += len + 1;
	}
}

static const char *
cell_text(struct list *l, const struct ticket *t, const struct column *col)
{
	buf_clear(&l->text);
	if (col->text != NULL)
		col->text(t, &l->text);
	else
		ticket_field_text(t, col->field, &l->text);
	return buf_str(&l->text);
}

static enum out_style
cell_style(const struct ticket *t, const struct column *col)
{
	if (col->text == key_text)
		return STYLE_KEY;
	if (col->field == TF_STATUS)
		return common_category_style(t->category);
	if (col->field == TF_SUMMARY)
		return STYLE_NONE;
	return STYLE_DIM;
}

static void
print_page(struct cli *c, struct list *l, const struct ticket_list *page)
{
	for (size_t i = 0; i < page->n; i++) {
		const struct ticket *t = &page->v[i];

		if (c->out.form == OUT_JSON) {
			out_json_item(&c->out, common_ticket_json(t));
			continue;
		}
		for (size_t j = 0; j < l->n_shown; j++) {
			const char *text = cell_text(l, t, l->shown[j]);

			if (c->out.form == OUT_PORCELAIN)
				out_field(&c->out, text);
			else
				table_cell(&l->table,
				    cell_style(t, l->shown[j]), text);
		}
		if (c->out.form == OUT_PORCELAIN)
			out_end(&c->out);
	}
	table_print(&l->table, &c->out);
}

static enum rc
print_all(struct cli *c, struct list *l, struct ticket_query *q, long limit,
    bool filtered, struct err *err)
{
	struct ticket_list page = { 0 };
	size_t left = (size_t)limit, n = 0;
	enum rc rc;

	if (c->out.form == OUT_JSON)
		out_json_open(&c->out);
	do {
		q->limit = limit == 0 || left > LIST_PAGE ? LIST_PAGE : left;
		ticket_list_release(&page);
		page = (struct ticket_list){ 0 };
		rc = app_ticket_page(c->app, q, &page, err);
		if (rc != RC_OK || page.n == 0)
			break;
		print_page(c, l, &page);
		q->after = page.v[page.n - 1].id;
		left -= page.n;
		n += page.n;
	} while (page.more && (limit == 0 || left > 0) && !out_gone(&c->out));
	ticket_list_release(&page);
	if (rc != RC_OK)
		return rc;
	if (c->out.form == OUT_JSON)
		out_json_close(&c->out);
	else if (n == 0 && c->out.tty)
		out_say(&c->out, "%s",
		    filtered ? "no ticket matches (see: notes list --explain "
			       "FILTER)"
			     : "no tickets here (see: notes help new)");
	return RC_OK;
}

static void
table_init(struct list *l)
{
	for (size_t i = 0; i < l->n_shown; i++) {
		table_column(&l->table, l->shown[i]->title);
		if (l->shown[i]->field == TF_SUMMARY)
			l->table.shrinks = i;
	}
	l->table.drop_empty = !l->chosen;
}

static enum rc
print_count(struct cli *c, const struct filter *f, struct err *err)
{
	json_t *json;
	int64_t n = 0;
	enum rc rc;

	if ((rc = app_ticket_count(c->app, f, 0, &n, err)) != RC_OK)
		return rc;
	if (c->out.form == OUT_JSON) {
		json = json_object();
		json_put(json, "count", json_integer(n));
		out_json(&c->out, json);
		return RC_OK;
	}
	out_number(&c->out, n);
	out_end(&c->out);
	return RC_OK;
}

static enum rc
print_explained(struct cli *c, const struct filter *f)
{
	struct buf text = BUF_INIT;
	json_t *json;

	filter_explain(f, &text);
	if (c->out.form == OUT_JSON) {
		json = json_object();
		json_put(json, "filter", json_text(buf_str(&text)));
		out_json(&c->out, json);
	} else {
		out_lines(&c->out, buf_str(&text), text.len);
	}
	buf_release(&text);
	return RC_OK;
}

static enum rc
list_run(struct cli *c, const struct args *a, struct err *err)
{
	struct ticket_query q = { .detail = TICKET_ROW };
	struct filter *filter = NULL;
	struct list list = { .chosen = args_has(a, LIST_COLUMNS) };
	struct buf text = BUF_INIT;
	const char *names = args_get(a, LIST_COLUMNS);
	long limit = 0;
	enum rc rc = RC_OK;

	if (names == NULL)
		names = c->out.form == OUT_PORCELAIN ? porcelain_columns
						     : text_columns;
	if ((rc = columns_parse(&list, names, err)) != RC_OK)
		goto out;
	if (args_has(a, LIST_LIMIT))
		rc = opt_number("--limit", args_get(a, LIST_LIMIT), LIMIT_MAX,
		    &limit, err);
	if (rc == RC_OK && args_has(a, LIST_SORT))
		rc = sort_parse(args_get(a, LIST_SORT), &q.sort, err);
	if (rc != RC_OK)
		goto out;
	text_join(&text, &a->words, 0);
	rc = app_filter(c->app, buf_str(&text), false, &filter, err);
	if (rc != RC_OK)
		goto out;
	q.filter = filter;
	table_init(&list);
	if (args_has(a, LIST_EXPLAIN))
		rc = print_explained(c, filter);
	else if (args_has(a, LIST_COUNT))
		rc = print_count(c, filter, err);
	else
		rc = print_all(c, &list, &q, limit, a->words.n > 0, err);
out:
	table_release(&list.table);
	buf_release(&list.text);
	buf_release(&text);
	filter_free(filter);
	return rc;
}

const struct cmd cmd_list = {
	.name = "list",
	.args = "[FILTER...]",
	.help = "list tickets",
	.details =
	    "FILTER: status:open type:bug assignee:me release:1.2 label:x\n"
	    "-label:y updated:<7d due:<=friday \"two words\" text, with and,\n"
	    "or, not and ( ); is:open, is:done, is:doing, is:todo,\n"
	    "is:overdue, is:blocked; has:commits, no:note. Words are looked\n"
	    "for in summary, description and comments.",
	.examples =
	    "  notes list is:open assignee:me --sort priority\n"
	    "  notes list type:bug 'updated:<7d' --columns key,summary\n"
	    "  notes list '\"두 글자\" or label:tui' --json",
	.opts = list_opts,
	.values = "filter",
	.max = CMD_ANY,
	.mode = CMD_READ,
	.group = GROUP_TICKETS,
	.stop = OPT_DASH_WORDS,
	.run = list_run,
};
