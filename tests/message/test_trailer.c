#include "message.h"

#include "message/trailer.h"

/* "Token=value|Token=value", "-" for none. */
static char *
describe(const char *message, size_t *start)
{
	struct trailer_list l;
	struct buf b = BUF_INIT;
	const size_t len = strlen(message);
	char *exact = test_exact(message, len);

	trailer_parse(exact, len, &l);
	for (size_t i = 0; i < l.n; i++) {
		const struct trailer *t = &l.v[i];

		assert_true(t->offset <= t->end && t->end <= len);
		buf_printf(&b, "%s%.*s=%s", i > 0 ? "|" : "", (int)t->token_len,
		    t->token, t->value);
	}
	if (l.n == 0)
		buf_putc(&b, '-');
	*start = l.start;
	trailer_list_release(&l);
	free(exact);
	return buf_detach(&b);
}

static const struct {
	const char *message;
	const char *want;
} rows[] = {
	{ "x\n\nRefs: A-1\n", "Refs=A-1" },
	{ "x\n\ny\n\nRefs: A-1\nFixes: A-2\n", "Refs=A-1|Fixes=A-2" },
	{ "x\n\nRefs:A-1", "Refs=A-1" },
	{ "x\n\nRefs : A-1", "Refs=A-1" },
	{ "x\n\nRefs: A-1,\n A-2\n\tA-3\nB: c\n", "Refs=A-1, A-2 A-3|B=c" },
	{ "x\n\nRefs:\n A-1\n", "Refs=A-1" },
	{ "x\r\n\r\nRefs: A-1\r\nB: c\r\n", "Refs=A-1|B=c" },
	{ "x\n\nRefs: A-1\n# a comment\nB: c\n# more\n\n", "Refs=A-1|B=c" },
	{ "x\n\nRefs: A-1\n\n\n", "Refs=A-1" },
	{ "x\n\nprose\nSigned-off-by: y <y@z>\n", "Signed-off-by=y <y@z>" },
	{ "x\n\nRefs: A-1\n(cherry picked from commit 1234567)\n", "Refs=A-1" },
	{ "x\n\nRefs: A-1\n# ------------------------ >8 "
	  "------------------------\nB: c\n",
	    "Refs=A-1" },
	/* None. */
	{ "", "-" },
	{ "\n\n", "-" },
	{ "Refs: A-1\n", "-" },
	{ "x\nRefs: A-1\n", "-" },
	{ "x\n\nprose\nRefs: A-1\n", "-" },
	{ "x\n\nRefs: A-1\n\nprose\n", "-" },
	{ "x\n\nRefs A-1\n", "-" },
	{ "x\n\n: A-1\n", "-" },
	{ "x\n\n folded\nRefs: A-1\n", "-" },
	{ "x\n\nThe refs: A-1\n", "-" },
};

static void
test_forms(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t start;
		char *got = describe(rows[i].message, &start);

		if (strcmp(got, rows[i].want) != 0)
			fail_msg("%s\n  want %s\n  got  %s", rows[i].message,
			    rows[i].want, got);
		if (strcmp(got, "-") == 0)
			assert_int_equal(start, strlen(rows[i].message));
		free(got);
	}
}

static void
test_places(void **state)
{
	static const char s[] = "x\n\ny\n\nRefs: A-1,\n A-2\nB: c\n";
	struct trailer_list l;

	(void)state;
	trailer_parse(s, sizeof(s) - 1, &l);
	assert_int_equal(l.n, 2);
	assert_int_equal(l.start, 6);
	assert_memory_equal(s + l.v[0].offset, "A-1,", 4);
	assert_memory_equal(s + l.v[0].end, "B: c", 4);
	assert_int_equal(l.v[1].end, sizeof(s) - 1);
	assert_string_equal(trailer_get(&l, "REFS"), "A-1, A-2");
	assert_string_equal(trailer_get(&l, "b"), "c");
	assert_null(trailer_get(&l, "ref"));
	assert_null(trailer_get(&l, "refss"));
	trailer_list_release(&l);
	assert_null(trailer_get(&l, "refs"));
}

static void
test_huge(void **state)
{
	struct trailer_list l;
	struct buf b = BUF_INIT;

	(void)state;
	buf_puts(&b, "x\n\n");
	while (b.len < 2 * (size_t)GRAMMAR_MESSAGE_MAX)
		buf_puts(&b, "prose without end\n");
	buf_puts(&b, "\nRefs: A-1\n");
	trailer_parse(b.ptr, b.len, &l);
	assert_int_equal(l.n, 1);
	assert_memory_equal(b.ptr + l.v[0].offset, "A-1", 3);
	trailer_list_release(&l);
	buf_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_huge),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
