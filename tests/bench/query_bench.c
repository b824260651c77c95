/*
 * What tests/bench/query.sh measures: first pages of lists of many tickets.
 * Usage: query_bench FILE fill TICKETS
 *	  query_bench FILE page [FILTER [SORT]]
 * page prints the CPU milliseconds of the best of five, in an open store.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "store/file/db.h"
#include "base/date.h"
#include "model/filter.h"
#include "store/ticket.h"

static int
die(const struct err *err)
{
	fprintf(stderr, "query_bench: %s\n", err->msg);
	return 1;
}

static double
cpu_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Korean and English words, common and rare; dates that grow with ids. */
static const char fill_sql[] =
    "INSERT INTO prefix (id, name) VALUES (1, 'NOTE');"
    "CREATE TEMP TABLE word (i INTEGER PRIMARY KEY, w TEXT);"
    "INSERT INTO word VALUES (0, '한글'), (1, '릴리스를'), (2, '노트'), "
    "(3, '오류로'), (4, '화면이'), (5, 'crash'), (6, 'terminal'), "
    "(7, 'release'), (8, 'resized'), (9, 'search'), (10, 'index');"
    "INSERT INTO ticket (id, seq, ulid, prefix, number, type, status, "
    "category, priority, deleted, no_note, created, updated, resolved, due, "
    "estimate, spent, n_comments, made, summary, assignee, description) "
    "WITH RECURSIVE i(n, h) AS (SELECT 1, 7919 UNION ALL "
    "SELECT n + 1, h * 16807 % 2147483647 FROM i WHERE n < %s) "
    "SELECT n, n, printf('01ARZ3NDEK%%016d', n), 1, n, "
    "CASE h %% 4 WHEN 0 THEN 'task' WHEN 1 THEN 'feature' ELSE 'bug' END, "
    "CASE WHEN h %% 40 = 0 THEN 'in-progress' WHEN h %% 5 < 3 THEN 'done' "
    "ELSE 'open' END, CASE WHEN h %% 40 = 0 THEN 1 WHEN h %% 5 < 3 THEN 2 "
    "ELSE 0 END, h / 7 %% 5, h %% 200 = 3, 0, 1500000000 + n * 100, "
    "1500000000 + n * 100 + h %% 2000000, "
    "CASE WHEN h %% 5 < 3 THEN 1500000000 + n * 100 END, "
    "CASE WHEN h %% 20 = 1 THEN 1500000000 + n * 100 END, 0, 0, 0, 1, "
    "(SELECT w FROM word WHERE i = h %% 11) || ' ' || "
    "(SELECT w FROM word WHERE i = h / 11 %% 11) || "
    "printf(' w%%d 제%%d호', h %% 5000, h / 13 %% 20000), "
    "CASE WHEN h %% 3 > 0 THEN printf('dev-%%d', h / 3 %% 300) END, "
    "printf('%%s of x%%d', (SELECT w FROM word WHERE i = h / 121 %% 11), "
    "h / 17 %% 900) FROM i;"
    "INSERT INTO label (ticket, value, event) "
    "SELECT id, printf('label-%%d', id * 7919 %% 1009 %% 300), 1 FROM ticket;"
    "INSERT INTO counter SELECT 'status', status, count(*) FROM ticket "
    "WHERE deleted = 0 GROUP BY 2;"
    "INSERT INTO counter SELECT 'type', type, count(*) FROM ticket "
    "WHERE deleted = 0 GROUP BY 2;"
    "INSERT INTO counter SELECT 'category', category || '', count(*) "
    "FROM ticket WHERE deleted = 0 GROUP BY category;"
    "INSERT INTO counter SELECT 'total', '', count(*) FROM ticket "
    "WHERE deleted = 0;"
    "INSERT INTO counter SELECT 'deleted', '', count(*) FROM ticket "
    "WHERE deleted = 1;"
    "INSERT INTO search (rowid, summary, description, comments) "
    "SELECT id, summary, description, '' FROM ticket";

static int
fill(const char *path, const char *tickets)
{
	struct err err = ERR_INIT;
	struct store *st;
	char *sql = NULL, *where;
	enum rc rc;

	if (store_create(path, &st, &err) != RC_OK)
		return die(&err);
	where = strstr(fill_sql, "%s");
	/* Only the first one is ours; the rest are for SQLite's printf(). */
	if (asprintf(&sql, "%.*s%lld%s", (int)(where - fill_sql), fill_sql,
		atoll(tickets), where + 2) < 0)
		return 1;
	for (char *s = sql; (s = strstr(s, "%%")) != NULL; s++)
		memmove(s, s + 1, strlen(s));
	if ((rc = store_begin(st, &err)) == RC_OK &&
	    (rc = db_exec(st, sql, &err)) == RC_OK)
		rc = store_commit(st, &err);
	store_close(st);
	free(sql);
	return rc == RC_OK ? 0 : die(&err);
}

static int
page(const char *path, const char *filter, const char *sort)
{
	struct workflow wf;
	struct filter_context ctx = { .workflow = &wf,
		.prefix = "NOTE",
		.now = date_now() };
	struct ticket_query q = { .limit = 60 };
	struct err err = ERR_INIT;
	struct filter *f = NULL;
	struct ticket_list l;
	struct store *st;
	double best = 1e9;

	workflow_default(&wf);
	if (store_open(path, STORE_READ, &st, &err) != RC_OK ||
	    filter_parse(filter, &ctx, &f, &err) != RC_OK ||
	    sort_parse(sort, &q.sort, &err) != RC_OK)
		return die(&err);
	q.filter = f;
	for (int i = 0; i < 5; i++) {
		double begin = cpu_ms(), took;

		if (store_ticket_page(st, &q, &l, &err) != RC_OK)
			return die(&err);
		took = cpu_ms() - begin;
		best = took < best ? took : best;
		ticket_list_release(&l);
	}
	printf("%.3f\n", best);
	filter_free(f);
	store_close(st);
	return 0;
}

int
main(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[2], "fill") == 0)
		return fill(argv[1], argv[3]);
	if (argc >= 3 && strcmp(argv[2], "page") == 0)
		return page(argv[1], argc > 3 ? argv[3] : "",
		    argc > 4 ? argv[4] : "");
	fprintf(stderr,
	    "usage: query_bench FILE fill N | page [FILTER [SORT]]\n");
	return 2;
}
