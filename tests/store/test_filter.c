#include "rows.h"

/* Each term of the filter language against tickets that it tells apart. */
static struct rows rows;

#define DAY   INT64_C(86400)
#define TODAY (ROWS_NOW - ROWS_NOW % DAY)

static const struct row tickets[] = {
	{ .id = 1,
	    .type = "bug",
	    .status = "open",
	    .priority = 0,
	    .assignee = "dev-1",
	    .component = "core",
	    .created = ROWS_NOW - DAY,
	    .updated = ROWS_NOW - DAY,
	    .due = TODAY - DAY,
	    .estimate = 3600,
	    .rank = "b" },
	{ .id = 2,
	    .type = "feature",
	    .status = "in-progress",
	    .category = 1,
	    .priority = 1,
	    .assignee = "dev-2",
	    .created = ROWS_NOW - 8 * DAY,
	    .updated = ROWS_NOW - 2 * DAY,
	    .due = TODAY,
	    .estimate = 7200,
	    .parent = 1 },
	{ .id = 3,
	    .type = "task",
	    .status = "done",
	    .category = 2,
	    .priority = 2,
	    .resolution = "fixed",
	    .created = ROWS_NOW - 30 * DAY,
	    .updated = ROWS_NOW - 7 * DAY,
	    .resolved = ROWS_NOW - 7 * DAY,
	    .due = TODAY - 5 * DAY,
	    .note = "A note",
	    .summary = "exact words" },
	{ .id = 4,
	    .type = "bug",
	    .status = "done",
	    .category = 2,
	    .priority = 4,
	    .resolution = "wontfix",
	    .assignee = "dev-1",
	    .created = ROWS_NOW - 40 * DAY,
	    .updated = ROWS_NOW - 8 * DAY,
	    .resolved = ROWS_NOW - 9 * DAY,
	    .description = "long" },
	{ .id = 5,
	    .type = "bug",
	    .status = "open",
	    .deleted = 1,
	    .assignee = "dev-1",
	    .created = ROWS_NOW,
	    .updated = ROWS_NOW },
	{ .id = 6,
	    .type = "security",
	    .status = "in-review",
	    .category = 1,
	    .priority = 3,
	    .assignee = "dev-10",
	    .due = TODAY + 6 * DAY,
	    .created = ROWS_NOW - 3600,
	    .updated = ROWS_NOW },
};

static void
expect(const char *filter, const char *want)
{
	rows_expect(&rows, filter, "key", want);
}

static void
plain_fields(void **state)
{
	(void)state;
	expect("", "1 2 3 4 6");
	expect("status:open", "1");
	expect("status:open,done", "1 3 4");
	expect("-status:done", "1 2 6");
	expect("type:bug", "1 4");
	expect("category:doing", "2 6");
	expect("resolution:fixed", "3");
	expect("resolution:none", "1 2 6");
	expect("-resolution:fixed", "1 2 4 6");
	expect("priority:>=high", "1 2");
	expect("priority:lowest", "4");
	expect("assignee:me", "1 4");
	expect("is:mine", "1 4");
	expect("assignee:none", "3");
	expect("-assignee:me", "2 3 6");
	expect("assignee:none,me", "1 3 4");
	expect("assignee:*", "1 2 4 6");
	expect("assignee:dev-1*", "1 4 6");
	expect("component:core", "1");
	expect("-component:core", "2 3 4 6");
	expect("summary=\"exact words\"", "3");
	expect("key:2,6", "2 6");
	expect("key:2..4", "2 3 4");
	expect("key:>=4", "4 6");
	expect("-key:2..4", "1 6");
	expect("key:MNG-2", "");
	expect("#3", "3");
	expect("parent:1", "2");
	expect("parent:none", "1 3 4 6");
	expect("-parent:1", "1 3 4 6");
	expect("parent:99", "");
	expect("estimate:<=1h", "1");
	expect("estimate:>1h", "2");
	expect("estimate:none", "3 4 6");
	expect("-estimate:none", "1 2");
}

static void
sets(void **state)
{
	(void)state;
	expect("label:ui", "1 2");
	expect("label:ui,core", "1 2 3");
	expect("label:ui label:core", "2");
	expect("-label:ui", "3 4 6");
	expect("label:none", "4 6");
	expect("label:u*", "1 2");
	expect("label:ui -label:core", "1");
	expect("release:3.6.1", "3");
	expect("release:3.6.*", "3 6");
	expect("release:3.6.1,3.6.2", "3 6");
	expect("no:release", "1 2 4");
	expect("found-in:3.5", "4");
}

static void
times(void **state)
{
	(void)state;
	expect("updated:<7d", "1 2 6");
	expect("updated:<=7d", "1 2 3 6");
	expect("updated:>7d", "4");
	expect("created:<2d updated:<1d", "6");
	expect("created:today", "6");
	expect("created:2024-04", "3 4");
	expect("resolved:none", "1 2 6");
	expect("resolved:<8d", "3");
	expect("-resolved:<8d", "1 2 4 6");
	expect("due:today", "2");
	expect("due:<today", "1 3");
	expect("due:<=friday", "1 2 3 6");
	expect("due:7d", "2 6");
	expect("due:none", "4");
}

static void
states(void **state)
{
	(void)state;
	/* What is deleted shows only when it is asked for. */
	expect("is:open", "1 2 6");
	expect("is:done", "3 4");
	expect("is:doing", "2 6");
	expect("is:todo", "1");
	expect("not is:open", "3 4");
	expect("is:deleted", "5");
	expect("is:deleted or status:open", "1 5");
	expect("-is:deleted", "1 2 3 4 6");
	expect("is:blocked", "2");
	expect("-is:blocked", "1 3 4 6");
	expect("is:unreleased", "3");
	expect("has:note", "3");
	expect("no:note", "1 2 4 6");
	expect("has:description", "4");
	expect("has:assignee", "1 2 4 6");
	expect("has:label", "1 2 3");
	expect("has:due", "1 2 3 6");
	expect("has:parent", "2");
	expect("has:estimate", "1 2");
	expect("has:component", "1");
	expect("has:resolution", "3 4");
	expect("has:release", "3 6");
	expect("has:commits", "1 4");
	expect("no:commits", "2 3 6");
	expect("has:comments", "");
}

/* The clock is the real one here: both lie far behind it. */
static void
overdue(void **state)
{
	(void)state;
	expect("is:overdue", "1 2 6");
	expect("not is:overdue", "3 4");
}

static void
trees(void **state)
{
	(void)state;
	expect("status:open or type:security", "1 6");
	expect("(status:open or status:done) type:bug", "1 4");
	expect("not (status:open or type:task)", "2 4 6");
	expect("not (assignee:me status:open)", "2 3 4 6");
	expect("not not status:open", "1");
	expect("-(assignee:none or label:none)", "1 2");
}

static int
setup(void **state)
{
	(void)state;
	rows_open(&rows);
	for (size_t i = 0; i < sizeof(tickets) / sizeof(tickets[0]); i++)
		rows_add(&rows, &tickets[i]);
	rows_set(&rows, "label", 1, "ui");
	rows_set(&rows, "label", 2, "ui");
	rows_set(&rows, "label", 2, "core");
	rows_set(&rows, "label", 3, "core");
	rows_set(&rows, "label", 5, "ui");
	rows_set(&rows, "ticket_release", 3, "3.6.1");
	rows_set(&rows, "ticket_release", 6, "3.6.2");
	rows_set(&rows, "found_in", 4, "3.5");
	rows_exec(&rows,
	    /* 1 blocks 2; 3 blocks 6, but is done. */
	    "INSERT INTO relation (ticket, name, value, event) "
	    "SELECT 1, 'blocks', ulid, 1 FROM ticket WHERE id = 2;"
	    "INSERT INTO relation (ticket, name, value, event) "
	    "SELECT 3, 'blocks', ulid, 1 FROM ticket WHERE id = 6;"
	    "INSERT INTO person (id, name) VALUES (1, 'A <a@x>');"
	    "INSERT INTO release (id, ulid, version, state, deleted, made) "
	    "VALUES (7, '01ARZ3NDEKTSV4RRFFQ69G5FAV', '1.0', 1, 0, 1);"
	    "INSERT INTO history (id, p1, p2, flags, time, release, author, "
	    "oid, "
	    "subject) VALUES "
	    "(1, 0, 0, 2, 1, 7, 1, zeroblob(20), 'a'),"
	    "(2, 1, 0, 2, 2, 0, 1, x'"
	    "0101010101010101010101010101010101010101', 'b');"
	    /* 4 was shipped; 1 is claimed; 2 is only mentioned. */
	    "INSERT INTO link (prefix, number, rev, role, why) VALUES "
	    "(1, 4, 1, 2, 0), (1, 1, 2, 1, 0), (1, 2, 2, 0, 0)");
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
		cmocka_unit_test(plain_fields),
		cmocka_unit_test(sets),
		cmocka_unit_test(times),
		cmocka_unit_test(states),
		cmocka_unit_test(overdue),
		cmocka_unit_test(trees),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
