/*
 * A store with tickets that were put in by SQL, for tests of reading: fast, and
 * independent of the journal.
 */
#ifndef NOTES_TESTS_STORE_ROWS_H
#define NOTES_TESTS_STORE_ROWS_H

#include "unit.h"

#include "store/file/db.h"
#include "store/query/search.h"
#include "base/date.h"
#include "model/filter.h"
#include "store/store.h"
#include "store/ticket.h"

#define ROWS_NOW INT64_C(1716000000)	/* 2024-05-18T02:40:00Z */

struct rows {
	char		*dir;
	struct store	*st;
};

struct row {
	int64_t		 id;		/* also the number */
	const char	*type, *status;	/* "bug", "open" */
	int		 category, priority;
	const char	*summary, *description, *note;
	const char	*assignee, *component, *rank, *resolution;
	int64_t		 created, updated, resolved, due;	/* 0: none */
	int64_t		 estimate, parent;
	int		 deleted;
};

static inline void
rows_exec(struct rows *r, const char *sql)
{
	struct err err = ERR_INIT;

	if (db_exec(r->st, sql, &err) != RC_OK)
		fail_msg("%s: %s", sql, err.msg);
}

static inline void
rows_open(struct rows *r)
{
	struct err err = ERR_INIT;
	char *path = NULL;

	r->dir = unit_mkdir();
	assert_true(asprintf(&path, "%s/notes.db", r->dir) > 0);
	if (store_create(path, &r->st, &err) != RC_OK)
		fail_msg("%s", err.msg);
	free(path);
	if (store_begin(r->st, &err) != RC_OK)
		fail_msg("%s", err.msg);
	rows_exec(r, "INSERT INTO prefix (id, name) VALUES (1, 'NOTE')");
}

/* The rows are in: counters as apply would keep them, then the end. */
static inline void
rows_done(struct rows *r)
{
	struct err err = ERR_INIT;

	rows_exec(r,
	    "DELETE FROM counter;"
	    "INSERT INTO counter SELECT 'status', status, count(*) "
	    "FROM ticket WHERE deleted = 0 GROUP BY 2;"
	    "INSERT INTO counter SELECT 'type', type, count(*) "
	    "FROM ticket WHERE deleted = 0 GROUP BY 2;"
	    "INSERT INTO counter SELECT 'category', category || '', count(*) "
	    "FROM ticket WHERE deleted = 0 GROUP BY category;"
	    "INSERT INTO counter SELECT 'total', '', count(*) "
	    "FROM ticket WHERE deleted = 0;"
	    "INSERT INTO counter SELECT 'deleted', '', count(*) "
	    "FROM ticket WHERE deleted = 1");
	if (store_commit(r->st, &err) != RC_OK)
		fail_msg("%s", err.msg);
}

static inline void
rows_close(struct rows *r)
{
	store_close(r->st);
	unit_rmdir(r->dir);
}

/* A ULID that tells the row: not random, but well-formed. */
static inline void
rows_ulid(int64_t id, char out[ULID_LEN + 1])
{
	snprintf(out, ULID_LEN + 1, "01ARZ3NDEK%016lld", (long long)id);
}

static inline void
rows_add(struct rows *r, const struct row *row)
{
	static const char sql[] =
	    "INSERT INTO ticket (id, seq, ulid, prefix, number, type, status, "
	    "category, priority, deleted, no_note, created, updated, resolved, "
	    "due, estimate, spent, n_comments, made, summary, assignee, "
	    "component, rank, note, description, resolution, parent) "
	    "VALUES (?1, ?1, ?2, 1, ?1, ?3, ?4, ?5, ?6, ?7, 0, ?8, ?9, ?10, "
	    "?11, ?12, 0, 0, 1, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)";
	char ulid[ULID_LEN + 1], parent[ULID_LEN + 1];
	struct err err = ERR_INIT;
	sqlite3_stmt *stmt = NULL;

	rows_ulid(row->id, ulid);
	rows_ulid(row->parent, parent);
	if (db_prepare(r->st, &stmt, sql, &err) != RC_OK)
		fail_msg("%s", err.msg);
	db_bind_int(stmt, 1, row->id);
	db_bind_text(stmt, 2, ulid);
	db_bind_text(stmt, 3, row->type != NULL ? row->type : "bug");
	db_bind_text(stmt, 4, row->status != NULL ? row->status : "open");
	db_bind_int(stmt, 5, row->category);
	db_bind_int(stmt, 6, row->priority);
	db_bind_int(stmt, 7, row->deleted);
	db_bind_int(stmt, 8, row->created);
	db_bind_int(stmt, 9, row->updated);
	db_bind_time(stmt, 10, row->resolved != 0 ? row->resolved : DATE_NONE);
	db_bind_time(stmt, 11, row->due != 0 ? row->due : DATE_NONE);
	db_bind_int(stmt, 12, row->estimate);
	db_bind_text(stmt, 13, row->summary != NULL ? row->summary : "x");
	db_bind_text(stmt, 14, row->assignee);
	db_bind_text(stmt, 15, row->component);
	db_bind_text(stmt, 16, row->rank);
	db_bind_text(stmt, 17, row->note);
	db_bind_text(stmt, 18, row->description);
	db_bind_text(stmt, 19, row->resolution);
	db_bind_text(stmt, 20, row->parent != 0 ? parent : NULL);
	if (db_run(r->st, stmt, &err) != RC_OK)
		fail_msg("%s", err.msg);
	db_finish(r->st, stmt);
	assert_int_equal(search_put(r->st, row->id, row->summary,
	    row->description, NULL, &err), RC_OK);
}

static inline void
rows_set(struct rows *r, const char *table, int64_t id, const char *value)
{
	char *sql = sqlite3_mprintf("INSERT INTO %s (ticket, value, event) "
	    "VALUES (%lld, %Q, 1)", table, (long long)id, value);

	rows_exec(r, sql);
	sqlite3_free(sql);
}

/* Parses, or fails the test. */
static inline struct filter *
rows_filter(const char *text)
{
	static struct workflow workflow;
	struct filter_context ctx = { .workflow = &workflow, .me = "dev-1",
		.prefix = "NOTE", .now = ROWS_NOW };
	struct err err = ERR_INIT;
	struct filter *f;

	workflow_default(&workflow);
	if (filter_parse(text, &ctx, &f, &err) != RC_OK)
		fail_msg("%s: %s", text, err.msg);
	return f;
}

/* The ids of a page, as "3 2 1". */
static inline char *
rows_page(struct rows *r, const char *filter, const char *sort, size_t limit,
    int64_t after, struct ticket_query *how)
{
	struct ticket_query q = { .limit = limit, .after = after };
	struct filter *f = rows_filter(filter);
	struct err err = ERR_INIT;
	struct ticket_list l;
	struct buf out = BUF_INIT;

	if (how != NULL) {
		q.backwards = how->backwards;
		q.from = how->from;
		q.skip = how->skip;
	}
	q.filter = f;
	if (sort_parse(sort, &q.sort, &err) != RC_OK ||
	    store_ticket_page(r->st, &q, &l, &err) != RC_OK)
		fail_msg("[%s] by [%s]: %s", filter, sort, err.msg);
	for (size_t i = 0; i < l.n; i++)
		buf_printf(&out, "%s%lld", i > 0 ? " " : "",
		    (long long)l.v[i].id);
	if (how != NULL)
		how->limit = l.more;
	ticket_list_release(&l);
	filter_free(f);
	return buf_detach(&out);
}

static inline void
rows_expect(struct rows *r, const char *filter, const char *sort,
    const char *want)
{
	char *got = rows_page(r, filter, sort, 0, 0, NULL);
	struct err err = ERR_INIT;
	struct filter *f;
	int64_t n, ids = 0;

	if (strcmp(got, want) != 0)
		fail_msg("[%s] by [%s]: got %s, not %s", filter, sort, got,
		    want);
	for (const char *s = got; *s != '\0'; s++)
		ids += s == got || s[-1] == ' ';
	f = rows_filter(filter);
	assert_int_equal(store_ticket_count(r->st, f, 0, &n, &err), RC_OK);
	assert_int_equal(n, ids);
	filter_free(f);
	free(got);
}

#endif
