/* Commits that need no ticket: a set of the tracker itself. */
#include "fixture.h"

#include "model/commit.h"
#include "store/history.h"

#define ONE "1111111111111111111111111111111111111111"
#define TWO "2222222222222222222222222222222222222222"

/* Two commits of a history, numbers 1 and 2. */
static void
history(struct fixture *f)
{
	const char *const hexes[] = { ONE, TWO };

	assert_int_equal(store_begin(f->st, &f->err), RC_OK);
	for (uint32_t i = 0; i < 2; i++) {
		struct history_commit c = { .id = i + 1,
			.author = "a <a@x>",
			.subject = "s" };

		assert_true(oid_from_hex(&c.oid, hexes[i], 40));
		assert_int_equal(store_history_add(f->st, &c, &f->err), RC_OK);
	}
	assert_int_equal(store_commit(f->st, &f->err), RC_OK);
}

/* Which of them need none, as bits. */
static unsigned
marked(struct fixture *f)
{
	uint16_t flags[3] = { 0 };

	assert_int_equal(store_history_no_ticket(f->st, flags, 2, &f->err),
	    RC_OK);
	return (flags[1] & HISTORY_NO_TICKET ? 1u : 0) |
	    (flags[2] & HISTORY_NO_TICKET ? 2u : 0);
}

static void
test_marks(void **state)
{
	struct strv skipped = STRV_INIT;
	struct fixture f;
	int64_t op;

	(void)state;
	fixture_open(&f);
	history(&f);
	assert_int_equal(marked(&f), 0);
	put(&f, EVENT_ADD, store_tracker(f.st), "no-ticket", ONE, "no-ticket",
	    TWO, NULL);
	assert_int_equal(marked(&f), 3);
	put(&f, EVENT_REMOVE, store_tracker(f.st), "no-ticket", ONE, NULL);
	assert_int_equal(marked(&f), 2);
	fixture_sound(&f);
	assert_int_equal(store_undo(f.st, "me", &op, &skipped, &f.err), RC_OK);
	assert_int_equal(marked(&f), 3);
	assert_int_equal(store_undo(f.st, "me", &op, &skipped, &f.err), RC_OK);
	assert_int_equal(marked(&f), 0);
	assert_int_equal(store_redo(f.st, "me", &op, &skipped, &f.err), RC_OK);
	assert_int_equal(marked(&f), 3);
	assert_int_equal(skipped.n, 0);
	put_fails(&f, RC_INVALID, EVENT_ADD, store_tracker(f.st), "no-ticket",
	    "1111", NULL);
	/* What is so already appends nothing. */
	put(&f, EVENT_ADD, store_tracker(f.st), "no-ticket", ONE, NULL);
	assert_int_equal(store_undo(f.st, "me", &op, &skipped, &f.err), RC_OK);
	assert_int_equal(marked(&f), 0);
	fixture_sound(&f);
	fixture_close(&f);
}

static void
elsewhere(struct fixture *f, int64_t n, enum event_kind kind,
    const char *before)
{
	struct event ev = { .replica = 0xabcdef,
		.n = n,
		.h = (uint64_t)(2000 + n) << 16,
		.group = n,
		.time = DATE_NONE };

	ev.object = *store_tracker(f->st);
	ev.object.s[25] = ev.object.s[25] == '0' ? '1' : '0';
	ev.kind = kind;
	ev.actor = mem_strdup("you@x");
	event_put(&ev, "no-ticket", ONE);
	ev.values[0].before = mem_strdup(before);
	assert_int_equal(store_begin(f->st, &f->err), RC_OK);
	assert_int_equal(store_append(f->st, &ev, &f->err), RC_OK);
	assert_int_equal(store_commit(f->st, &f->err), RC_OK);
	event_release(&ev);
}

/* Two said so at the same time, and one takes it back: the other's stays. */
static void
test_merged(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f);
	history(&f);
	put(&f, EVENT_ADD, store_tracker(f.st), "no-ticket", ONE, NULL);
	elsewhere(&f, 1, EVENT_ADD, NULL);
	elsewhere(&f, 2, EVENT_REMOVE, "0000000000abcdef.1");
	assert_int_equal(marked(&f), 1);
	/* A removal that comes before its add. */
	elsewhere(&f, 3, EVENT_REMOVE, "0000000000abcdef.4");
	elsewhere(&f, 4, EVENT_ADD, NULL);
	assert_int_equal(marked(&f), 1);
	put(&f, EVENT_REMOVE, store_tracker(f.st), "no-ticket", ONE, NULL);
	assert_int_equal(marked(&f), 0);
	fixture_sound(&f);
	fixture_close(&f);
}

/* A commit that was amended is still the one that was meant. */
static void
test_rewritten(void **state)
{
	struct fixture f;
	struct oid old, now;

	(void)state;
	fixture_open(&f);
	history(&f);
	assert_true(oid_from_hex(&old,
	    "3333333333333333333333333333333333333333", 40));
	assert_true(oid_from_hex(&now, TWO, 40));
	put(&f, EVENT_ADD, store_tracker(f.st), "no-ticket",
	    "3333333333333333333333333333333333333333", NULL);
	assert_int_equal(marked(&f), 0);
	assert_int_equal(store_begin(f.st, &f.err), RC_OK);
	assert_int_equal(store_rewrite_add(f.st, &old, &now, &f.err), RC_OK);
	assert_int_equal(store_commit(f.st, &f.err), RC_OK);
	assert_int_equal(marked(&f), 2);
	fixture_close(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_marks),
		cmocka_unit_test(test_merged),
		cmocka_unit_test(test_rewritten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
