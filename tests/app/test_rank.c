/* The manual order of a column. */
#include "tracker.h"

#include "model/filter.h"

/* Keys' numbers in the order of the column: "3 1 2". */
static const char *
column(struct tracker *t, const char *status)
{
	struct filter f = { .op = FILTER_FIELD,
		.field = FF_STATUS,
		.cmp = FILTER_EQ };
	const struct ticket_query q = { .filter = &f,
		.sort = { .key = { { SORT_RANK, false } }, .n = 1 } };
	struct ticket_list got = { 0 };

	strv_push(&f.values, status);
	OK(t, app_ticket_page(t->a, &q, &got, &t->err));
	buf_clear(&t->out);
	for (size_t i = 0; i < got.n; i++)
		buf_printf(&t->out, "%s%u", i == 0 ? "" : " ",
		    got.v[i].key.number);
	ticket_list_release(&got);
	strv_release(&f.values);
	return buf_str(&t->out);
}

static enum rc
rank(struct tracker *t, const char *key, enum rank_side side, const char *other)
{
	struct ticket_key k = tr_key(key), o = tr_key(other);

	return app_ticket_rank(t->a, &k, side, &o, &t->err);
}

static void
fill(struct tracker *t, int n)
{
	tr_init(t, "one");
	for (int i = 0; i < n; i++)
		tr_new(t, "type=bug", "summary=x", NULL);
}

/* One event a move, wherever it goes; undo takes it back. */
static void
test_moves(void **state)
{
	struct tracker *t = *state;
	struct strv said = STRV_INIT;
	int64_t events;

	fill(t, 5);
	/* Made within a second or not, these are in some order. */
	OK(t, rank(t, "NOTE-2", RANK_AFTER, "NOTE-1"));
	OK(t, rank(t, "NOTE-3", RANK_AFTER, "NOTE-2"));
	OK(t, rank(t, "NOTE-4", RANK_AFTER, "NOTE-3"));
	OK(t, rank(t, "NOTE-5", RANK_AFTER, "NOTE-4"));
	assert_string_equal(column(t, "open"), "1 2 3 4 5");
	events = tr_events(t);
	OK(t, rank(t, "NOTE-5", RANK_BEFORE, "NOTE-2"));
	assert_int_equal(tr_events(t), events + 1);
	assert_string_equal(column(t, "open"), "1 5 2 3 4");
	OK(t, rank(t, "NOTE-1", RANK_AFTER, "NOTE-4"));
	assert_string_equal(column(t, "open"), "5 2 3 4 1");
	OK(t, rank(t, "NOTE-4", RANK_BEFORE, "NOTE-5"));
	assert_string_equal(column(t, "open"), "4 5 2 3 1");
	/* Where it stands already. */
	OK(t, rank(t, "NOTE-4", RANK_BEFORE, "NOTE-5"));
	assert_string_equal(column(t, "open"), "4 5 2 3 1");
	OK(t, app_undo(t->a, 1, &said, &t->err));
	assert_string_equal(column(t, "open"), "5 2 3 4 1");
	strv_release(&said);
	tr_fsck(t);
	assert_string_equal(column(t, "open"), "5 2 3 4 1");
}

static void
test_refusals(void **state)
{
	struct tracker *t = *state;

	fill(t, 3);
	OK(t, tr_set(t, "NOTE-3", NULL, "status=done", NULL));
	FAILS(t, rank(t, "NOTE-1", RANK_AFTER, "NOTE-3"), RC_INVALID,
	    "NOTE-1 is open and NOTE-3 is done");
	FAILS(t, rank(t, "NOTE-1", RANK_AFTER, "NOTE-1"), RC_INVALID,
	    "beside itself");
	FAILS(t, rank(t, "NOTE-1", RANK_AFTER, "NOTE-9"), RC_NOT_FOUND,
	    "NOTE-9");
	/* Two of one rank leave nothing between them. */
	OK(t, tr_set(t, "NOTE-1", NULL, "rank=a", NULL));
	OK(t, tr_set(t, "NOTE-2", NULL, "rank=a", NULL));
	OK(t, tr_set(t, "NOTE-3", NULL, "status=open", NULL));
	FAILS(t, rank(t, "NOTE-3", RANK_AFTER, "NOTE-1"), RC_FAIL,
	    "no place beside NOTE-1");
	OK(t, rank(t, "NOTE-3", RANK_AFTER, "NOTE-2"));
	assert_string_equal(column(t, "open"), "1 2 3");
}

/* Always to the same place: keys grow, but slowly. */
static void
test_again_and_again(void **state)
{
	struct tracker *t = *state;
	const char *swap[] = { "NOTE-3", "NOTE-2" };

	fill(t, 4);
	OK(t, rank(t, "NOTE-4", RANK_AFTER, "NOTE-1"));
	for (int i = 0; i < 60; i++)
		OK(t, rank(t, swap[i % 2], RANK_AFTER, "NOTE-1"));
	assert_true(strlen(tr_field(t, "NOTE-2", TF_RANK)) < 60);
	tr_fsck(t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TR_TEST(test_moves),
		TR_TEST(test_refusals),
		TR_TEST(test_again_and_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
