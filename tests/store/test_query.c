#include "rows.h"

#include "model/rank.h"
#include "store/query/order.h"
#include "store/query/plan.h"

static struct rows few, many;

#define N(a) (sizeof(a) / sizeof((a)[0]))

static const char *const sorts[] = { "", "key", "-key", "status", "-status",
	"type", "priority", "-priority", "summary", "-summary", "assignee",
	"-assignee", "created", "-created", "updated", "-updated", "resolved",
	"-resolved", "due", "-due", "rank", "-rank", "status,-updated",
	"-priority,due", "type,assignee,-key", "due,priority",
	"assignee,-resolved,summary", "-updated,type", "rank,-due" };

static const char *const filters[] = { "", "status:open", "status:done,open",
	"-status:done", "type:bug is:open", "label:a", "label:a,b", "-label:a",
	"assignee:dev-1", "assignee:none", "due:*", "common", "rare", "-rare",
	"common label:b", "status:open or rare", "is:deleted", "key:20..90",
	"created:>=2024-01-01", "priority:>=high label:a", "nothing-at-all" };

/* The list in one go must be what pages of any size give in either direction. */
static void
check_pages(const char *filter, const char *sort, size_t limit)
{
	char *all = rows_page(&few, filter, sort, 0, 0, NULL);
	struct buf joined = BUF_INIT, turned = BUF_INIT;
	struct ticket_query back = { .backwards = true };
	int64_t after = 0;
	char *page;

	for (;;) {
		page = rows_page(&few, filter, sort, limit, after, NULL);
		if (*page == '\0')
			break;
		buf_printf(&joined, "%s%s", joined.len > 0 ? " " : "", page);
		after = atoll(strrchr(page, ' ') != NULL
			? strrchr(page, ' ') + 1
			: page);
		free(page);
	}
	free(page);
	if (strcmp(buf_str(&joined), all) != 0)
		fail_msg("[%s] by [%s] in pages of %zu:\n%s\nnot\n%s", filter,
		    sort, limit, buf_str(&joined), all);
	after = 0;
	for (;;) {
		struct ticket_query how = back;
		char *both = NULL;

		page = rows_page(&few, filter, sort, limit, after, &how);
		if (*page == '\0')
			break;
		assert_true(asprintf(&both, "%s%s%s", page,
				turned.len > 0 ? " " : "",
				buf_str(&turned)) > 0);
		buf_clear(&turned);
		buf_puts(&turned, both);
		after = atoll(page);
		free(both);
		free(page);
	}
	free(page);
	if (strcmp(buf_str(&turned), all) != 0)
		fail_msg("[%s] by [%s] backwards:\n%s\nnot\n%s", filter, sort,
		    buf_str(&turned), all);
	buf_release(&joined);
	buf_release(&turned);
	free(all);
}

/* Passing rows over gives what reading them and dropping them gives. */
static void
check_skip(const char *filter, const char *sort, bool backwards)
{
	struct ticket_query all = { .backwards = backwards };
	char *whole = rows_page(&few, filter, sort, 0, 0, &all);
	struct strv ids = STRV_INIT;

	for (char *s = whole, *id; (id = strsep(&s, " ")) != NULL;)
		if (*id != '\0')
			strv_push(&ids, id);
	for (size_t skip = 0; skip <= ids.n; skip++) {
		/* The first few, the last ones, and some between. */
		if (skip > 8 && skip + 8 < ids.n)
			skip += 6;
		struct ticket_query how = { .backwards = backwards,
			.skip = skip };
		char *page = rows_page(&few, filter, sort, 1, 0, &how);
		const char *want = skip == ids.n
		    ? ""
		    : ids.v[backwards ? ids.n - 1 - skip : skip];

		if (strcmp(page, want) != 0)
			fail_msg("[%s] by [%s], %zu passed: %s, not %s", filter,
			    sort, skip, page, want);
		free(page);
		if (skip == 0 || skip >= ids.n || backwards)
			continue;
		/* From a ticket on, which is the first to be passed. */
		how.from = true;
		page = rows_page(&few, filter, sort, 1, atoll(ids.v[0]), &how);
		assert_string_equal(page, want);
		free(page);
	}
	strv_release(&ids);
	free(whole);
}

/* Many reads in one view take no locks of their own. */
static void
hold(struct rows *r)
{
	assert_int_equal(store_read_begin(r->st, NULL), RC_OK);
}

static void
rows_are_passed(void **state)
{
	(void)state;
	hold(&few);
	for (size_t i = 0; i < N(filters); i++) {
		for (size_t j = 0; j < N(sorts); j++) {
			check_skip(filters[i], sorts[j], false);
			check_skip(filters[i], sorts[j], true);
		}
	}
	store_read_end(few.st);
}

static void
pages_join_up(void **state)
{
	(void)state;
	hold(&few);
	for (size_t i = 0; i < N(filters); i++)
		for (size_t j = 0; j < N(sorts); j++)
			check_pages(filters[i], sorts[j], j % 2 != 0 ? 7 : 50);
	store_read_end(few.st);
}

static int
compare_text(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return (a == NULL) - (b == NULL);
	return strcmp(a, b);
}

static int
compare_number(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* Column by column, and in each by rank or what stands for it. */
static int
compare_rank(const struct sort_key *k, const struct ticket *a,
    const struct ticket *b)
{
	struct buf ra = BUF_INIT, rb = BUF_INIT;
	int c = compare_number(a->category, b->category);

	rank_of(a, &ra);
	rank_of(b, &rb);
	if (c == 0)
		c = strcmp(a->status, b->status);
	if (c == 0)
		c = strcmp(buf_str(&ra), buf_str(&rb));
	buf_release(&ra);
	buf_release(&rb);
	return k->descending ? -c : c;
}

/* What a sort says of two tickets, empty ones last whatever the direction. */
static int
compare(const struct sort_key *k, const struct ticket *a,
    const struct ticket *b)
{
	int64_t ta = 0, tb = 0;
	const char *sa = NULL, *sb = NULL;
	bool empty = false;
	int c;

	switch (k->field) {
	case SORT_KEY:
		ta = a->key.number, tb = b->key.number;
		break;
	case SORT_TYPE:
		sa = a->type, sb = b->type;
		break;
	case SORT_STATUS:
		ta = a->category, tb = b->category;
		if (ta == tb)
			sa = a->status, sb = b->status;
		break;
	case SORT_PRIORITY:
		ta = named_find(priorities, priorities_n, a->priority);
		tb = named_find(priorities, priorities_n, b->priority);
		break;
	case SORT_SUMMARY:
		sa = a->summary, sb = b->summary;
		break;
	case SORT_ASSIGNEE:
		sa = a->assignee, sb = b->assignee;
		empty = sa == NULL || sb == NULL;
		break;
	case SORT_RANK:
		return compare_rank(k, a, b);
	case SORT_CREATED:
		ta = a->created, tb = b->created;
		break;
	case SORT_UPDATED:
		ta = a->updated, tb = b->updated;
		break;
	case SORT_RESOLVED:
		ta = a->resolved, tb = b->resolved;
		break;
	default:
		ta = a->due, tb = b->due;
		break;
	}
	if (ta == DATE_NONE || tb == DATE_NONE)
		return (ta == DATE_NONE) - (tb == DATE_NONE);
	c = sa != NULL || sb != NULL ? compare_text(sa, sb)
				     : compare_number(ta, tb);
	return k->descending && !empty ? -c : c;
}

struct walk {
	struct sort sort;
	struct ticket last;
	size_t n;
};

static bool
in_order(const struct ticket *t, void *arg)
{
	struct walk *w = arg;
	int c = 0;

	for (size_t i = 0; w->n > 0 && c == 0 && i < w->sort.n; i++)
		c = compare(&w->sort.key[i], &w->last, t);
	if (c > 0)
		fail_msg("NOTE-%u before NOTE-%u", w->last.key.number,
		    t->key.number);
	if (w->sort.n == 0 && w->n > 0)
		assert_true(w->last.id > t->id);
	ticket_release(&w->last);
	ticket_copy(&w->last, t);
	w->n++;
	return true;
}

static void
sorts_sort(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	for (size_t j = 0; j < N(sorts); j++) {
		struct filter *f = rows_filter("");
		struct ticket_query q = { .filter = f };
		struct walk w = { .n = 0 };

		assert_int_equal(sort_parse(sorts[j], &q.sort, &err), RC_OK);
		w.sort = q.sort;
		assert_int_equal(store_ticket_each(few.st, &q, in_order, &w,
				     &err),
		    RC_OK);
		assert_int_equal(w.n, 180);
		ticket_release(&w.last);
		filter_free(f);
	}
}

/* Without a query at all: all that is not deleted, newest first. */
static void
no_filter(void **state)
{
	struct ticket_query q = { .limit = 2 };
	struct err err = ERR_INIT;
	struct ticket_list l;

	(void)state;
	assert_int_equal(store_ticket_page(few.st, &q, &l, &err), RC_OK);
	assert_int_equal(l.n, 2);
	assert_true(l.more);
	assert_int_equal(l.v[0].id, 199);
	assert_null(l.v[0].description);
	ticket_list_release(&l);
	q.limit = 180;
	assert_int_equal(store_ticket_page(few.st, &q, &l, &err), RC_OK);
	assert_int_equal(l.n, 180);
	assert_false(l.more);
	ticket_list_release(&l);
}

static void
begins_at_a_ticket(void **state)
{
	struct ticket_query from = { .from = true };
	struct ticket_query back = { .from = true, .backwards = true };
	struct err err = ERR_INIT;
	struct ticket_query q = { .after = 999999, .limit = 3 };
	struct ticket_list l;
	char *page;

	(void)state;
	page = rows_page(&few, "", "key", 3, 50, &from);
	assert_string_equal(page, "51 52 53");
	free(page);
	page = rows_page(&few, "", "key", 3, 51, &from);
	assert_string_equal(page, "51 52 53");
	free(page);
	back.from = true;
	page = rows_page(&few, "", "key", 3, 51, &back);
	assert_string_equal(page, "48 49 51");
	free(page);
	/* The place need not match: NOTE-51 is not labelled. */
	page = rows_page(&few, "label:b", "key", 3, 51, NULL);
	assert_string_equal(page, "55 65 75");
	free(page);
	assert_int_equal(store_ticket_page(few.st, &q, &l, &err), RC_NOT_FOUND);
	assert_int_equal(l.n, 0);
}

static bool
stop_at_three(const struct ticket *t, void *arg)
{
	size_t *n = arg;

	(void)t;
	return ++*n < 3;
}

static void
stops_when_told(void **state)
{
	struct ticket_query q = { .limit = 0 };
	struct err err = ERR_INIT;
	size_t n = 0;

	(void)state;
	assert_int_equal(store_ticket_each(few.st, &q, stop_at_three, &n, &err),
	    RC_OK);
	assert_int_equal(n, 3);
	n = 0;
	assert_int_equal(sort_parse("status,due", &q.sort, &err), RC_OK);
	assert_int_equal(store_ticket_each(few.st, &q, stop_at_three, &n, &err),
	    RC_OK);
	assert_int_equal(n, 3);
}

static void
counts(void **state)
{
	struct ticket_count_list l;
	struct err err = ERR_INIT;
	struct filter *f = rows_filter("label:a");
	int64_t n;

	(void)state;
	assert_int_equal(store_ticket_count(few.st, f, 5, &n, &err), RC_OK);
	assert_int_equal(n, 5);
	filter_free(f);
	assert_int_equal(store_ticket_count(few.st, NULL, 0, &n, &err), RC_OK);
	assert_int_equal(n, 180);
	assert_int_equal(store_ticket_counts(few.st, &l, &err), RC_OK);
	assert_int_equal(l.n, 3);
	assert_string_equal(l.v[0].name, "done");
	n = 0;
	for (size_t i = 0; i < l.n; i++)
		n += l.v[i].n;
	assert_int_equal(n, 180);
	ticket_count_list_release(&l);
}

static void
one_ticket(void **state)
{
	struct ticket_key key = { "NOTE", 7 };
	struct err err = ERR_INIT;
	struct ulid ulid;
	struct ticket t;
	uint32_t next;

	(void)state;
	assert_int_equal(store_ticket_find(few.st, &key, TICKET_FULL, &t, &err),
	    RC_OK);
	assert_string_equal(t.description, "described");
	assert_int_equal(t.labels.n, 1);
	assert_string_equal(t.labels.v[0], "a");
	assert_string_equal(t.priority, "medium");
	ulid = t.ulid;
	ticket_release(&t);
	assert_int_equal(store_ticket_by_ulid(few.st, &ulid, TICKET_ROW, &t,
			     &err),
	    RC_OK);
	assert_int_equal(t.id, 7);
	ticket_release(&t);
	/* Deleted ones are found. */
	key.number = 10;
	assert_int_equal(store_ticket_find(few.st, &key, TICKET_ROW, &t, &err),
	    RC_OK);
	assert_true(t.deleted);
	ticket_release(&t);
	assert_true(store_ticket_exists(few.st, &key));
	key.number = 12345;
	assert_false(store_ticket_exists(few.st, &key));
	assert_int_equal(store_ticket_find(few.st, &key, TICKET_ROW, &t, &err),
	    RC_NOT_FOUND);
	assert_string_equal(err.msg, "no ticket NOTE-12345 (see: notes list)");
	assert_int_equal(store_ticket_next(few.st, "NOTE", &next, &err), RC_OK);
	assert_int_equal(next, 200);
	assert_int_equal(store_ticket_next(few.st, "MNG", &next, &err), RC_OK);
	assert_int_equal(next, 1);
}

static void
expect_values(const char *field, const char *start, size_t max,
    const char *want)
{
	struct err err = ERR_INIT;
	struct buf out = BUF_INIT;
	struct strv got;

	assert_int_equal(store_values(few.st, field, start, max, &got, &err),
	    RC_OK);
	for (size_t i = 0; i < got.n; i++)
		buf_printf(&out, "%s%s", i > 0 ? " " : "", got.v[i]);
	assert_string_equal(buf_str(&out), want);
	strv_release(&got);
	buf_release(&out);
}

static void
values(void **state)
{
	(void)state;
	expect_values("assignee", "", 10, "dev-0 dev-1 dev-2");
	expect_values("assignee", "dev-1", 10, "dev-1");
	expect_values("assignee", "", 2, "dev-0 dev-1");
	expect_values("assignee", "x", 10, "");
	expect_values("label", "", 10, "a b 한글");
	expect_values("label", "한", 10, "한글");
	expect_values("label", "한글", 10, "한글");
	expect_values("release", "1", 10, "1.0");
	expect_values("key", "note-19", 4,
	    "NOTE-19 NOTE-199 NOTE-198 NOTE-197");
	expect_values("key", "NOTE-0", 4, "");
	expect_values("key", "no", 2, "NOTE-199 NOTE-198");
	expect_values("key", "#7", 2, "NOTE-7 NOTE-79");
	expect_values("key", "NOTE-1x", 2, "");
	expect_values("nonsense", "", 2, "");
}

/* A hundred thousand tickets, all kinds of values, by SQL alone. */
static void
fill_many(void)
{
	rows_open(&many);
	rows_exec(&many,
	    "INSERT INTO ticket (id, seq, ulid, prefix, number, type, status, "
	    "category, priority, deleted, no_note, created, updated, resolved, "
	    "due, estimate, spent, n_comments, made, summary, assignee, rank) "
	    "WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i "
	    "WHERE n < 100000) SELECT n, n, printf('01ARZ3NDEK%016d', n), 1, "
	    "n, "
	    "CASE WHEN n % 4 = 0 THEN 'task' ELSE 'bug' END, "
	    "CASE WHEN n % 2 = 0 THEN 'done' WHEN n % 50 = 1 "
	    "THEN 'in-progress' ELSE 'open' END, "
	    "CASE WHEN n % 2 = 0 THEN 2 WHEN n % 50 = 1 THEN 1 ELSE 0 END, "
	    "n % 5, n % 100 = 0, 0, n * 100, n * 100 + n * 7919 % 100000, "
	    "CASE WHEN n % 2 = 0 THEN n * 100 END, "
	    "CASE WHEN n % 20 = 0 THEN n * 100 END, 0, 0, 0, 1, "
	    "printf('common w%d', n), "
	    "CASE WHEN n % 3 > 0 THEN printf('dev-%d', n % 1000) END, NULL "
	    "FROM i;"
	    "INSERT INTO label (ticket, value, event) "
	    "SELECT id, 'a', 1 FROM ticket WHERE id % 10 = 0;"
	    "INSERT INTO label (ticket, value, event) "
	    "SELECT id, 'z', 1 FROM ticket WHERE id % 5000 = 1;"
	    "INSERT INTO search (rowid, summary, description, comments) "
	    "SELECT id, summary, '', '' FROM ticket");
	rows_done(&many);
}

static int
count_steps(void *arg)
{
	++*(long *)arg;
	return 0;
}

/*
 * Steps of SQLite's machine, in hundreds, for a page of 50: a scan of the table
 * would be some 10,000 of them, and a sort as many again.  Counting what a term
 * has up to 20,000 is some 1,500.
 */
static void
pages_cost_little(void **state)
{
	static const struct {
		const char *filter, *sort;
		long hundreds;
	} cases[] = {
		{ "", "", 100 },
		{ "", "key", 100 },
		{ "", "-key", 100 },
		{ "", "status", 150 },
		{ "", "type", 150 },
		{ "", "priority", 150 },
		{ "", "-priority", 150 },
		{ "", "assignee", 150 },
		{ "", "created", 100 },
		{ "", "-updated", 100 },
		{ "", "updated", 100 },
		{ "", "-resolved", 150 },
		{ "", "due", 150 },
		{ "", "status,-updated", 150 },
		{ "", "priority,-updated", 2000 },
		{ "status:open", "", 100 },
		{ "status:open", "-updated", 200 },
		{ "is:open", "-updated", 200 },
		{ "is:open", "status", 200 },
		{ "assignee:dev-7", "", 100 },
		{ "assignee:dev-7", "-updated", 200 },
		{ "label:a", "", 200 },
		{ "label:a", "-updated", 600 },
		{ "label:z", "", 100 },
		{ "label:z", "-updated", 100 },
		{ "label:z is:doing", "-updated", 200 },
		{ "type:bug is:open", "-updated", 200 },
		{ "-label:z", "-updated", 200 },
		{ "key:500..520", "", 100 },
		{ "NOTE-77", "", 100 },
		{ "created:1970-01-20", "", 600 },
		{ "common", "", 100 },
		{ "w777", "", 100 },
		{ "w777", "-updated", 200 },
		{ "common is:open", "", 900 },
		{ "\"common\" label:z", "", 900 },
		{ "status:in-progress", "-updated", 800 },
	};
	struct err err = ERR_INIT;
	/* The handler outlives a failed test. */
	static long steps;

	(void)state;
	for (size_t i = 0; i < N(cases); i++) {
		struct filter *f = rows_filter(cases[i].filter);
		struct ticket_query q = { .filter = f, .limit = 50 };
		struct ticket_list l;
		int64_t last;

		steps = 0;
		assert_int_equal(sort_parse(cases[i].sort, &q.sort, &err),
		    RC_OK);
		sqlite3_progress_handler(many.st->db, 100, count_steps, &steps);
		assert_int_equal(store_ticket_page(many.st, &q, &l, &err),
		    RC_OK);
		assert_true(l.n > 0);
		last = l.v[l.n - 1].id;
		if (steps > cases[i].hundreds)
			fail_msg("[%s] by [%s]: %ld00 steps", cases[i].filter,
			    cases[i].sort, steps);
		ticket_list_release(&l);
		/* The next page costs no more. */
		steps = 0;
		q.after = last;
		assert_int_equal(store_ticket_page(many.st, &q, &l, &err),
		    RC_OK);
		if (steps > cases[i].hundreds)
			fail_msg("[%s] by [%s], next: %ld00 steps",
			    cases[i].filter, cases[i].sort, steps);
		ticket_list_release(&l);
		sqlite3_progress_handler(many.st->db, 0, NULL, NULL);
		filter_free(f);
	}
}

/* What SQLite says it will do: no sort, and no way through the whole table. */
static void
plans_use_indexes(void **state)
{
	static const struct {
		const char *filter, *sort, *says;
	} cases[] = {
		{ "", "-updated", "USING INDEX ticket_updated" },
		{ "", "created", "USING INDEX ticket_created" },
		{ "", "key", "USING INDEX sqlite_autoindex_ticket_2" },
		{ "is:open", "-updated", "USING INDEX ticket_updated" },
		{ "status:open", "", "USING INDEX ticket_status (status=?)" },
		{ "label:a", "", "SEARCH t USING INTEGER PRIMARY KEY" },
		{ "common", "", "SEARCH t USING INTEGER PRIMARY KEY" },
		{ "", "", "SCAN t" },
	};
	struct err err = ERR_INIT;

	(void)state;
	for (size_t i = 0; i < N(cases); i++) {
		struct filter *f = rows_filter(cases[i].filter);
		struct plan_goal goal = { .wanted = 50 };
		struct sql s = { 0 };
		struct sort sort;
		struct order o;
		struct plans p;
		struct buf says = BUF_INIT;
		sqlite3_stmt *stmt;
		bool row;

		assert_int_equal(sort_parse(cases[i].sort, &sort, &err), RC_OK);
		order_make(&sort, false, &o);
		goal.by_age = o.by_age;
		goal.index = o.index;
		assert_int_equal(plans_make(many.st, f, &goal, &p, &err),
		    RC_OK);
		if (o.by_age)
			o.key[0].expr = plan_age(&p.v[0]);
		sql_puts(&s, "EXPLAIN QUERY PLAN SELECT ");
		order_columns(&o, &s);
		assert_int_equal(plan_sql(many.st, &p.v[0], o.index, &s, &err),
		    RC_OK);
		order_by_columns(&o, &s);
		assert_int_equal(sql_prepare(many.st, &s, &stmt, &err), RC_OK);
		while (db_step(many.st, stmt, &row, &err) == RC_OK && row)
			buf_printf(&says, "%s\n", db_text(stmt, 3));
		db_finish(many.st, stmt);
		if (strstr(buf_str(&says), "TEMP B-TREE") != NULL ||
		    strstr(buf_str(&says), cases[i].says) == NULL)
			fail_msg("[%s] by [%s]: %s", cases[i].filter,
			    cases[i].sort, buf_str(&says));
		buf_release(&says);
		sql_release(&s);
		plans_release(&p);
		filter_free(f);
	}
}

/* A column of the board, from its beginning and from further on. */
static void
columns_go_along_the_index(void **state)
{
	static const struct sort by_rank = { .key = { { SORT_RANK, false } },
		.n = 1 };
	struct filter *f = rows_filter("status:open");
	const struct plan_goal goal = { .wanted = 50, .index = "ticket_place" };
	struct err err = ERR_INIT;

	(void)state;
	for (int64_t after = 0; after < 2; after++) {
		struct sql s = { 0 };
		struct buf says = BUF_INIT;
		sqlite3_stmt *stmt;
		struct order o;
		struct plans p;
		bool row;

		order_make(&by_rank, false, &o);
		assert_int_equal(plans_make(many.st, f, &goal, &p, &err),
		    RC_OK);
		sql_puts(&s, "EXPLAIN QUERY PLAN SELECT ");
		order_columns(&o, &s);
		assert_int_equal(plan_sql(many.st, &p.v[0], goal.index, &s,
				     &err),
		    RC_OK);
		if (after != 0) {
			sql_puts(&s, " AND ");
			assert_int_equal(order_after(many.st, &o, &o, 1, false,
					     &s, &err),
			    RC_OK);
		}
		order_by_columns(&o, &s);
		assert_int_equal(sql_prepare(many.st, &s, &stmt, &err), RC_OK);
		while (db_step(many.st, stmt, &row, &err) == RC_OK && row)
			buf_printf(&says, "%s\n", db_text(stmt, 3));
		db_finish(many.st, stmt);
		if (strstr(buf_str(&says), "TEMP B-TREE") != NULL ||
		    strstr(buf_str(&says),
			after != 0 ? "ticket_place (status=? AND <expr>>?)"
				   : "ticket_place (status=?)") == NULL)
			fail_msg("%s: %s", buf_str(&s.text), buf_str(&says));
		buf_release(&says);
		sql_release(&s);
		plans_release(&p);
	}
	filter_free(f);
}

static bool
stop_now(void *arg)
{
	(void)arg;
	return true;
}

static void
a_key_stops_it(void **state)
{
	struct filter *f = rows_filter("summary=nothing");
	struct err err = ERR_INIT;
	int64_t n;

	(void)state;
	store_on_progress(many.st, stop_now, NULL);
	assert_int_equal(store_ticket_count(many.st, f, 0, &n, &err),
	    RC_STOPPED);
	store_on_progress(many.st, NULL, NULL);
	assert_int_equal(store_ticket_count(many.st, f, 0, &n, &err), RC_OK);
	filter_free(f);
}

static void
fill_few(void)
{
	static const char *const types[] = { "bug", "task", "feature" };
	static const char *const names[] = { "dev-0", "dev-1", "dev-2", NULL };
	static const char *const ranks[] = { NULL, "a", "b", NULL, "c" };
	static const char *const statuses[] = { "open", "in-progress", "done" };

	rows_open(&few);
	for (int64_t i = 1; i < 200; i++) {
		uint64_t h = (uint64_t)i * 0x9E3779B97F4A7C15u >> 33;
		char summary[64];
		struct row r = {
			.id = i,
			.type = types[h % 3],
			.status = statuses[h / 3 % 3],
			.category = (int)(h / 3 % 3),
			.priority = (int)(i % 5),
			.assignee = names[h / 9 % 4],
			.rank = ranks[h / 36 % 5],
			/* Many are equal, so that ties are met. */
			.created = 1700000000 + (int64_t)(h % 7) * 1000000,
			.updated = 1700000000 + (int64_t)(h / 7 % 5),
			.resolved = h % 4 == 0 ? 1700000000 + i % 3 : 0,
			.due = h % 5 < 2 ? 1700000000 + i % 4 : 0,
			.deleted = i % 10 == 0,
			.description = "described",
			.summary = summary,
		};

		snprintf(summary, sizeof(summary), "common %s %d",
		    i % 37 == 0 ? "rare" : "word", (int)(i % 11));
		rows_add(&few, &r);
		if (i % 7 == 0)
			rows_set(&few, "label", i, "a");
		if (i % 10 == 5)
			rows_set(&few, "label", i, "b");
	}
	rows_set(&few, "label", 199, "한글");
	rows_set(&few, "ticket_release", 5, "1.0");
	rows_done(&few);
}

static int
setup(void **state)
{
	(void)state;
	fill_few();
	fill_many();
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	rows_close(&few);
	rows_close(&many);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_join_up),
		cmocka_unit_test(rows_are_passed),
		cmocka_unit_test(sorts_sort),
		cmocka_unit_test(no_filter),
		cmocka_unit_test(begins_at_a_ticket),
		cmocka_unit_test(stops_when_told),
		cmocka_unit_test(counts),
		cmocka_unit_test(one_ticket),
		cmocka_unit_test(values),
		cmocka_unit_test(pages_cost_little),
		cmocka_unit_test(plans_use_indexes),
		cmocka_unit_test(columns_go_along_the_index),
		cmocka_unit_test(a_key_stops_it),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
