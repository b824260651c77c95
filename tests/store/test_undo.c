#include "fixture.h"

#include "store/release.h"
#include "store/ticket.h"

static void
undo(struct fixture *f, size_t skipped)
{
	struct strv s = STRV_INIT;
	int64_t op;

	if (store_undo(f->st, "me", &op, &s, &f->err) != RC_OK)
		fail_msg("%s", f->err.msg);
	assert_int_equal(s.n, skipped);
	strv_release(&s);
}

static void
redo(struct fixture *f, size_t skipped)
{
	struct strv s = STRV_INIT;
	int64_t op;

	if (store_redo(f->st, "me", &op, &s, &f->err) != RC_OK)
		fail_msg("%s", f->err.msg);
	assert_int_equal(s.n, skipped);
	strv_release(&s);
}

static void
assert_summary(struct fixture *f, const struct ulid *u, const char *summary)
{
	struct ticket t = { 0 };

	assert_int_equal(store_ticket_by_ulid(f->st, u, TICKET_FULL, &t,
			     &f->err),
	    RC_OK);
	assert_string_equal(t.summary, summary);
	ticket_release(&t);
}

static void
test_nothing(void **state)
{
	struct fixture f;
	int64_t op = 7;

	(void)state;
	fixture_open(&f);
	assert_int_equal(store_undo_peek(f.st, &op, &f.err), RC_NOT_FOUND);
	assert_int_equal(store_undo(f.st, "me", &op, NULL, &f.err),
	    RC_NOT_FOUND);
	assert_int_equal(store_redo(f.st, "me", &op, NULL, &f.err),
	    RC_NOT_FOUND);
	/* Settings are no operation. */
	make(&f, NULL, EVENT_META, "prefix", "NOTE", NULL);
	assert_int_equal(store_undo(f.st, "me", &op, NULL, &f.err),
	    RC_NOT_FOUND);
	fixture_close(&f);
}

static void
test_chain(void **state)
{
	struct fixture f;
	struct ulid a;
	int64_t op;

	(void)state;
	fixture_open(&f);
	make(&f, &a, EVENT_TICKET, "key", "N-1", "summary", "one", NULL);
	put(&f, EVENT_SET, &a, "summary", "two", NULL);
	put(&f, EVENT_SET, &a, "summary", "three", NULL);
	undo(&f, 0);
	assert_summary(&f, &a, "two");
	fixture_reopen(&f);
	undo(&f, 0);
	assert_summary(&f, &a, "one");
	redo(&f, 0);
	assert_summary(&f, &a, "two");
	fixture_reopen(&f);
	redo(&f, 0);
	assert_summary(&f, &a, "three");
	assert_int_equal(store_redo(f.st, "me", &op, NULL, &f.err),
	    RC_NOT_FOUND);
	/* What was done again can be undone again. */
	undo(&f, 0);
	undo(&f, 0);
	assert_summary(&f, &a, "one");
	redo(&f, 0);
	undo(&f, 0);
	redo(&f, 0);
	assert_summary(&f, &a, "two");
	/* A new operation ends the way forward. */
	put(&f, EVENT_SET, &a, "summary", "four", NULL);
	assert_int_equal(store_redo(f.st, "me", &op, NULL, &f.err),
	    RC_NOT_FOUND);
	undo(&f, 0);
	assert_summary(&f, &a, "two");
	undo(&f, 0);
	assert_summary(&f, &a, "one");
	fixture_sound(&f);
	redo(&f, 0);
	redo(&f, 0);
	assert_summary(&f, &a, "four");
	fixture_sound(&f);
	fixture_close(&f);
}

static void
test_status_comes_back_whole(void **state)
{
	struct fixture f;
	struct ulid a;
	struct ticket t = { 0 };

	(void)state;
	fixture_open(&f);
	make(&f, &a, EVENT_TICKET, "key", "N-1", "summary", "s", "status",
	    "shipped", "category", "done", "resolved", "1234", NULL);
	put(&f, EVENT_SET, &a, "status", "open", NULL);
	undo(&f, 0);
	store_ticket_by_ulid(f.st, &a, TICKET_FULL, &t, &f.err);
	assert_string_equal(t.status, "shipped");
	assert_int_equal(t.category, CATEGORY_DONE);
	assert_int_equal(t.resolved, 1234);
	ticket_release(&t);
	redo(&f, 0);
	store_ticket_by_ulid(f.st, &a, TICKET_FULL, &t, &f.err);
	assert_int_equal(t.category, CATEGORY_TODO);
	assert_true(t.resolved == DATE_NONE);
	ticket_release(&t);
	fixture_sound(&f);
	fixture_close(&f);
}

static void
test_made_things_are_put_away(void **state)
{
	struct fixture f;
	struct ulid a;
	struct ticket t = { 0 };
	struct release r;

	(void)state;
	fixture_open(&f);
	make(&f, &a, EVENT_TICKET, "key", "N-1", "summary", "s", NULL);
	make(&f, NULL, EVENT_COMMENT, "ticket", "N-1", "text", "c", NULL);
	make(&f, NULL, EVENT_RELEASE, "version", "1.0", NULL);
	undo(&f, 0);
	assert_int_equal(store_release_find(f.st, "1.0", &r, &f.err),
	    RC_NOT_FOUND);
	undo(&f, 0);
	undo(&f, 0);
	store_ticket_by_ulid(f.st, &a, TICKET_FULL, &t, &f.err);
	assert_true(t.deleted);
	assert_int_equal(t.n_comments, 0);
	ticket_release(&t);
	fixture_sound(&f);
	redo(&f, 0);
	redo(&f, 0);
	redo(&f, 0);
	store_ticket_by_ulid(f.st, &a, TICKET_FULL, &t, &f.err);
	assert_false(t.deleted);
	assert_int_equal(t.n_comments, 1);
	ticket_release(&t);
	assert_int_equal(store_release_find(f.st, "1.0", &r, &f.err), RC_OK);
	release_release(&r);
	fixture_sound(&f);
	fixture_close(&f);
}

static void
test_sets_go_and_come(void **state)
{
	struct fixture f;
	struct ulid a;
	struct ticket t = { 0 };

	(void)state;
	fixture_open(&f);
	make(&f, &a, EVENT_TICKET, "key", "N-1", "summary", "s", "label", "x",
	    NULL);
	put(&f, EVENT_ADD, &a, "label", "y", "release", "1.0", NULL);
	put(&f, EVENT_REMOVE, &a, "label", "x", NULL);
	undo(&f, 0);
	undo(&f, 0);
	store_ticket_by_ulid(f.st, &a, TICKET_FULL, &t, &f.err);
	assert_int_equal(t.labels.n, 1);
	assert_string_equal(t.labels.v[0], "x");
	assert_int_equal(t.releases.n, 0);
	ticket_release(&t);
	redo(&f, 0);
	redo(&f, 0);
	store_ticket_by_ulid(f.st, &a, TICKET_FULL, &t, &f.err);
	assert_int_equal(t.labels.n, 1);
	assert_string_equal(t.labels.v[0], "y");
	assert_int_equal(t.releases.n, 1);
	ticket_release(&t);
	fixture_sound(&f);
	fixture_close(&f);
}

/* An operation of several events is one step. */
static void
test_group(void **state)
{
	struct fixture f;
	struct ulid a, b;
	int64_t group = 0, op;

	(void)state;
	fixture_open(&f);
	make(&f, &a, EVENT_TICKET, "key", "N-1", "summary", "a", NULL);
	make(&f, &b, EVENT_TICKET, "key", "N-2", "summary", "b", NULL);
	fixture_put(f.st, &group, NULL, NULL, EVENT_SET, &a, &f.err, "summary",
	    "a2", NULL);
	fixture_put(f.st, &group, NULL, NULL, EVENT_SET, &a, &f.err, "summary",
	    "a3", NULL);
	fixture_put(f.st, &group, NULL, NULL, EVENT_SET, &b, &f.err, "summary",
	    "b2", NULL);
	assert_int_equal(group, 3);
	assert_int_equal(store_undo_peek(f.st, &op, &f.err), RC_OK);
	assert_int_equal(op, 3);
	undo(&f, 0);
	assert_summary(&f, &a, "a");
	assert_summary(&f, &b, "b");
	redo(&f, 0);
	assert_summary(&f, &a, "a3");
	assert_summary(&f, &b, "b2");
	fixture_sound(&f);
	fixture_close(&f);
}

/* What somebody changed since stays, is named, and does not stop the rest. */
static void
test_conflict(void **state)
{
	struct fixture f;
	struct ulid a;
	struct ticket t = { 0 };
	struct event ev = { .replica = 77,
		.n = 1,
		.group = 1,
		.kind = EVENT_SET,
		.time = DATE_NONE,
		.h = (uint64_t)4102444800000 << 16 };

	(void)state;
	fixture_open(&f);
	make(&f, &a, EVENT_TICKET, "key", "N-1", "summary", "one", NULL);
	put(&f, EVENT_SET, &a, "summary", "two", "type", "bug", NULL);
	ev.object = a;
	event_put(&ev, "summary", "theirs");
	assert_int_equal(store_begin(f.st, &f.err), RC_OK);
	assert_int_equal(store_append(f.st, &ev, &f.err), RC_OK);
	assert_int_equal(store_commit(f.st, &f.err), RC_OK);
	event_release(&ev);
	undo(&f, 1);
	store_ticket_by_ulid(f.st, &a, TICKET_FULL, &t, &f.err);
	assert_string_equal(t.summary, "theirs");
	assert_string_equal(t.type, "task");
	ticket_release(&t);
	fixture_sound(&f);
	fixture_close(&f);
}

/* Nothing is left to turn back: the step counts all the same. */
static void
test_all_skipped(void **state)
{
	struct fixture f;
	struct ulid a;
	struct strv s = STRV_INIT;
	struct event ev = { .replica = 77,
		.n = 1,
		.group = 1,
		.kind = EVENT_SET,
		.time = DATE_NONE,
		.h = (uint64_t)4102444800000 << 16 };
	int64_t op;

	(void)state;
	fixture_open(&f);
	make(&f, &a, EVENT_TICKET, "key", "N-1", "summary", "one", NULL);
	put(&f, EVENT_SET, &a, "summary", "two", NULL);
	ev.object = a;
	event_put(&ev, "summary", "theirs");
	assert_int_equal(store_begin(f.st, &f.err), RC_OK);
	assert_int_equal(store_append(f.st, &ev, &f.err), RC_OK);
	assert_int_equal(store_commit(f.st, &f.err), RC_OK);
	event_release(&ev);
	assert_int_equal(store_undo(f.st, "me", &op, &s, &f.err), RC_OK);
	assert_int_equal(op, 2);
	assert_int_equal(s.n, 1);
	assert_string_equal(s.v[0], "N-1 summary");
	strv_release(&s);
	assert_int_equal(store_undo(f.st, "me", &op, NULL, &f.err), RC_OK);
	assert_int_equal(op, 1);
	fixture_sound(&f);
	fixture_close(&f);
}

/* A version that was given away meanwhile is not taken back. */
static void
test_version_taken(void **state)
{
	struct fixture f;
	struct ulid r, q;
	struct strv s = STRV_INIT;
	int64_t op;

	(void)state;
	fixture_open(&f);
	make(&f, &r, EVENT_RELEASE, "version", "1.0", NULL);
	make(&f, &q, EVENT_RELEASE, "version", "2.0", NULL);
	put(&f, EVENT_SET, &r, "deleted", "1", NULL);
	assert_int_equal(fixture_put(f.st, NULL, NULL, NULL, EVENT_SET, &q,
			     &f.err, "version", "1.0", NULL),
	    RC_OK);
	undo(&f, 0);
	put(&f, EVENT_SET, &q, "title", "t", NULL);
	undo(&f, 0);
	undo(&f, 0);
	assert_int_equal(store_redo(f.st, "me", &op, &s, &f.err), RC_OK);
	strv_release(&s);
	fixture_sound(&f);
	fixture_close(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_chain),
		cmocka_unit_test(test_status_comes_back_whole),
		cmocka_unit_test(test_made_things_are_put_away),
		cmocka_unit_test(test_sets_go_and_come),
		cmocka_unit_test(test_group),
		cmocka_unit_test(test_conflict),
		cmocka_unit_test(test_all_skipped),
		cmocka_unit_test(test_version_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
