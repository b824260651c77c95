#include "rows.h"

static struct rows rows;

static void
comments(void **state)
{
	struct comment_list l;
	struct err err = ERR_INIT;

	(void)state;
	assert_int_equal(store_comments(rows.st, 1, &l, &err), RC_OK);
	assert_int_equal(l.n, 2);
	assert_string_equal(l.v[0].text, "첫 댓글");
	assert_true(l.v[0].edited == DATE_NONE);
	assert_string_equal(l.v[1].author, "b@x");
	assert_int_equal(l.v[1].edited, 9);
	comment_list_release(&l);
	assert_int_equal(store_comments(rows.st, 99, &l, &err), RC_OK);
	assert_int_equal(l.n, 0);
}

static char *
relations_of(int64_t ticket)
{
	struct relation_list l;
	struct buf out = BUF_INIT;
	struct err err = ERR_INIT;

	assert_int_equal(store_relations(rows.st, ticket, &l, &err), RC_OK);
	for (size_t i = 0; i < l.n; i++)
		buf_printf(&out, "%s%s %s", i > 0 ? ", " : "", l.v[i].name,
		    l.v[i].key);
	relation_list_release(&l);
	return buf_detach(&out);
}

static void
expect_relations(int64_t ticket, const char *want)
{
	char *got = relations_of(ticket);

	assert_string_equal(got, want);
	free(got);
}

/* Each side reads it its own way; deleted tickets are left out. */
static void
relations_from_both_sides(void **state)
{
	(void)state;
	expect_relations(1, "blocks NOTE-2, relates NOTE-3");
	expect_relations(2, "blocked by NOTE-1, duplicates NOTE-3");
	expect_relations(3,
	    "causes NOTE-4, duplicated by NOTE-2, "
	    "fixes NOTE-4, relates NOTE-1");
	expect_relations(4, "caused-by NOTE-3, fixed-by NOTE-3");
	expect_relations(5, "blocks NOTE-1");
}

/*
 * The links of a ticket, newest first, as "rev role flags": m merged, a alive,
 * and the commit by which it is reverted.
 */
static char *
links_of(int64_t ticket)
{
	struct link_list l;
	struct buf out = BUF_INIT;
	struct err err = ERR_INIT;

	assert_int_equal(store_links(rows.st, ticket, &l, &err), RC_OK);
	for (size_t i = 0; i < l.n; i++) {
		const struct link *k = &l.v[i];

		buf_printf(&out, "%s%u %s %s%s", i > 0 ? ", " : "",
		    k->commit.id[0], link_role_name(k->role),
		    k->merged ? "m" : "-", k->alive ? "a" : "-");
		if (k->reverted_by != NULL)
			buf_printf(&out, " by %.2s", k->reverted_by);
		if (k->first_release != NULL)
			buf_printf(&out, " in %s", k->first_release);
	}
	link_list_release(&l);
	return buf_detach(&out);
}

static void
expect_links(int64_t ticket, const char *want)
{
	char *got = links_of(ticket);

	assert_string_equal(got, want);
	free(got);
}

static void
links(void **state)
{
	(void)state;
	/* 1 was reverted by 2, which was reverted by 3, but 4 did it again. */
	expect_links(1, "1 closes m- by 04 in 1.0");
	/* 5 was reverted by 6, and 6 by 7: alive. */
	expect_links(2, "5 claims ma");
	/* Reverted on a branch that was never merged. */
	expect_links(3, "8 mentions ma");
	/* 10 is on a branch; 8 was linked by hand to one that mentions. */
	expect_links(4, "10 claims --, 8 manual ma, 171 manual --");
	/* Taken away by hand. */
	expect_links(5, "");
	/* Reverted in part only, and reapplied after a revert. */
	expect_links(6, "13 closes ma, 11 claims ma");
	expect_links(99, "");
}

/* By hand to a commit that was rewritten twice: the heir is shown. */
static void
links_follow_rewrites(void **state)
{
	(void)state;
	rows_exec(&rows,
	    "INSERT INTO rewrite (old, new) VALUES "
	    "(CAST(char(100) || zeroblob(19) AS BLOB), "
	    "CAST(char(101) || zeroblob(19) AS BLOB)), "
	    "(CAST(char(101) || zeroblob(19) AS BLOB), "
	    "CAST(char(8) || zeroblob(19) AS BLOB));"
	    "INSERT INTO link_manual (ticket, name, value, event) VALUES "
	    "(6, 'link', '64' || printf('%038d', 0), 2)");
	expect_links(6, "13 closes ma, 11 claims ma, 8 manual ma");
	/* The last word counts, whichever id it was said of. */
	rows_exec(&rows,
	    "INSERT INTO link_manual (ticket, name, value, event) VALUES "
	    "(6, 'unlink', '08' || printf('%038d', 0), 3)");
	expect_links(6, "13 closes ma, 11 claims ma");
	rows_exec(&rows,
	    "INSERT INTO link_manual (ticket, name, value, event) VALUES "
	    "(6, 'link', '65' || printf('%038d', 0), 4)");
	expect_links(6, "13 closes ma, 11 claims ma, 8 manual ma");
	rows_exec(&rows,
	    "DELETE FROM link_manual WHERE ticket = 6; DELETE FROM rewrite");
}

static void
commits_are_counted(void **state)
{
	static const int64_t want[] = { 0, 1, 1, 0, 3, 0, 2 };
	struct err err = ERR_INIT;
	struct ticket t;

	(void)state;
	for (int64_t id = 1; id <= 6; id++) {
		assert_int_equal(store_ticket_get(rows.st, id, TICKET_ROW, &t,
				     &err),
		    RC_OK);
		assert_int_equal(t.n_commits, want[id]);
		ticket_release(&t);
	}
}

static void
add_commit(int id, int flags, int release)
{
	char *sql = sqlite3_mprintf("INSERT INTO history (id, p1, p2, flags, "
				    "time, release, author, oid, "
				    "subject) VALUES (%d, 0, 0, %d, %d, %d, 1, "
				    "CAST(char(%d) || zeroblob(19) AS BLOB), "
				    "'subject')",
	    id, flags, id * 10, release, id);

	rows_exec(&rows, sql);
	sqlite3_free(sql);
}

static void
add_history(void)
{
	rows_exec(&rows,
	    "INSERT INTO person (id, name) VALUES (1, 'A <a@x>');"
	    "INSERT INTO release (id, ulid, version, state, deleted, made) "
	    "VALUES (7, '01ARZ3NDEKTSV4RRFFQ69G5FAV', '1.0', 1, 0, 1)");
	for (int id = 1; id <= 15; id++)
		add_commit(id, id == 9 || id == 10 ? 0 : 2, id == 1 ? 7 : 0);
	rows_exec(&rows,
	    "INSERT INTO tie (rev, target, kind) VALUES "
	    "(2, 1, 1), (3, 2, 1), (4, 1, 1), (6, 5, 1), (7, 6, 1), "
	    "(9, 8, 1), (12, 11, 2), (14, 13, 1), (15, 13, 3), (3, 0, 1);"
	    "INSERT INTO link (prefix, number, rev, role, why) VALUES "
	    "(1, 1, 1, 2, 0), (1, 2, 5, 1, 0), (1, 3, 8, 0, 0), "
	    "(1, 4, 8, 0, 0), (1, 4, 10, 1, 0), (1, 5, 5, 1, 0), "
	    "(1, 6, 11, 1, 0), (1, 6, 13, 2, 0);"
	    "INSERT INTO link_manual (ticket, name, value, event) VALUES "
	    "(4, 'link', '08' || printf('%038d', 0), 1), "
	    "(4, 'link', 'ab' || printf('%038d', 0), 1), "
	    "(5, 'unlink', '05' || printf('%038d', 0), 1)");
}

static void
relate(int from, const char *name, int to)
{
	char *sql =
	    sqlite3_mprintf("INSERT INTO relation (ticket, name, value, event) "
			    "SELECT %d, %Q, ulid, 1 FROM ticket WHERE id = %d",
		from, name, to);

	rows_exec(&rows, sql);
	sqlite3_free(sql);
}

static int
setup(void **state)
{
	(void)state;
	rows_open(&rows);
	for (int64_t id = 1; id <= 6; id++) {
		struct row r = { .id = id, .deleted = id == 5 };

		rows_add(&rows, &r);
	}
	rows_exec(&rows,
	    "INSERT INTO comment (id, ulid, ticket, created, edited, hidden, "
	    "made, author, text) VALUES "
	    "(1, '01ARZ3NDEKTSV4RRFFQ69G5FA1', 1, 5, NULL, 0, 1, 'a@x', "
	    "'첫 댓글'), (2, '01ARZ3NDEKTSV4RRFFQ69G5FA2', 1, 6, NULL, 1, 1, "
	    "'a@x', 'hidden'), (3, '01ARZ3NDEKTSV4RRFFQ69G5FA3', 1, 7, 9, 0, "
	    "1, 'b@x', 'second')");
	relate(1, "blocks", 2);
	relate(2, "duplicates", 3);
	relate(1, "relates", 3);
	relate(3, "relates", 1);
	relate(4, "caused-by", 3);
	relate(4, "fixed-by", 3);
	relate(5, "blocks", 1);
	add_history();
	rows_done(&rows);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	rows_close(&rows);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(comments),
		cmocka_unit_test(relations_from_both_sides),
		cmocka_unit_test(links),
		cmocka_unit_test(links_follow_rewrites),
		cmocka_unit_test(commits_are_counted),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
