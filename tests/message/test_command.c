#include "message.h"

/* "A-1 time 3600 [text]; ..." */
static char *
describe(const char *message)
{
	static const char *const kinds[] = { "comment", "time", "assign",
		"label", "release", "status" };
	struct grammar g = test_grammar(false);
	struct command_list l;
	struct buf b = BUF_INIT;
	char *exact = test_exact(message, strlen(message));

	command_parse(exact, strlen(message), &g, &l);
	for (size_t i = 0; i < l.n; i++) {
		const struct command *c = &l.v[i];

		assert_int_equal(message[c->offset], '#');
		buf_printf(&b, "%s%s-%u %s", i > 0 ? "; " : "", c->key.prefix,
		    c->key.number, kinds[c->kind]);
		if (c->kind == COMMAND_TIME)
			buf_printf(&b, " %lld", (long long)c->seconds);
		buf_printf(&b, " [%s]", c->text);
	}
	if (l.n == 0)
		buf_putc(&b, '-');
	command_list_release(&l);
	strv_release(&g.prefixes);
	free(exact);
	return buf_detach(&b);
}

static const struct {
	const char *message;
	const char *want;
} rows[] = {
	{ "A-1 #comment it works", "A-1 comment [it works]" },
	{ "A-1 #time 1w 2d 4h 30m wrote it", "A-1 time 217800 [wrote it]" },
	{ "A-1 #time 1h30m", "A-1 time 5400 []" },
	{ "A-1 #time 1.5h", "A-1 time 5400 []" },
	{ "A-1 #time 2d #comment done",
	    "A-1 time 57600 []; A-1 comment [done]" },
	{ "A-1 #assign kim", "A-1 assign [kim]" },
	{ "A-1 #assign @kim now", "A-1 assign [kim]" },
	{ "A-1 #label ui", "A-1 label [ui]" },
	{ "A-1 #label ui, db", "A-1 label [ui]; A-1 label [db]" },
	{ "A-1 #release 1.4", "A-1 release [1.4]" },
	{ "A-1 #close", "A-1 status [close]" },
	{ "A-1 #Resolved", "A-1 status [close]" },
	{ "A-1 #reopen", "A-1 status [reopen]" },
	{ "A-1 #in-review", "A-1 status [in-review]" },
	{ "A-1 #IN-REVIEW", "A-1 status [in-review]" },
	{ "A-1 A-2 #close", "A-1 status [close]; A-2 status [close]" },
	{ "A-1, A-2 #assign kim #close",
	    "A-1 assign [kim]; A-2 assign [kim]; A-1 status [close]; "
	    "A-2 status [close]" },
	{ "[A-1] fix the leak #time 2h", "A-1 time 7200 []" },
	{ "feat(A-1): x #close", "A-1 status [close]" },
	{ "x\n\n* A-1 #close\n", "A-1 status [close]" },
	{ "x see A-1 #close", "A-1 status [close]" },
	{ "x\n\nsee [A-1] #close", "A-1 status [close]" },
	{ "A-1 #comment uses #include and #1",
	    "A-1 comment [uses #include and #1]" },
	{ "NOTE-1 #comment 한글 설명", "NOTE-1 comment [한글 설명]" },
	{ "a-1 #close\r\n", "A-1 status [close]" },
	/* None. */
	{ "#close", "-" },
	{ "A-1 is odd, and x #close", "-" },
	{ "see A-1 for it #close", "-" },
	{ "A-1 #nothing", "-" },
	{ "A-1#close", "-" },
	{ "A-1 #closer", "-" },
	{ "A-1 #time", "-" },
	{ "A-1 #time soon", "-" },
	{ "A-1 #time 0h", "-" },
	{ "A-1 #time 3", "-" },
	{ "A-1 #comment", "-" },
	{ "A-1 #comment  ", "-" },
	{ "A-1 #assign", "-" },
	{ "A-1 #label ,", "-" },
	{ "> A-1 #close", "-" },
	{ "x\n\n    A-1 #close", "-" },
	{ "x\n\n```\nA-1 #close\n```", "-" },
	{ "write `A-1 #close` there", "-" },
	{ "say \"A-1 #close\"", "-" },
	{ "Revert \"A-1 #close\"", "-" },
	{ "Revert A-1 #close", "-" },
	{ "[A-1] Revert A-2 #close", "-" },
	{ "MGN-1 #close", "-" },
	{ "#close A-1", "-" },
	{ "https://x/browse/A-1 #close", "-" },
	{ "", "-" },
};

static void
test_forms(void **state)
{
	size_t failures = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *got = describe(rows[i].message);

		if (strcmp(got, rows[i].want) != 0) {
			print_error("message: %s\n  want %s\n  got  %s\n",
			    rows[i].message, rows[i].want, got);
			failures++;
		}
		free(got);
	}
	assert_int_equal(failures, 0);
}

static void
test_huge(void **state)
{
	struct grammar g = test_grammar(true);
	struct command_list l;
	struct buf b = BUF_INIT;

	(void)state;
	g.statuses = NULL;
	for (int i = 1; i < 50000; i++)
		buf_printf(&b, "A-%d #close #time 99999999999999999999w ", i);
	command_parse(b.ptr, b.len, &g, &l);
	assert_int_equal(l.n, 256);
	assert_int_equal(l.v[0].key.number, 1);
	command_list_release(&l);
	buf_clear(&b);
	buf_puts(&b, "A-1 #time 99999999999999999999w 1w");
	command_parse(b.ptr, b.len, &g, &l);
	assert_int_equal(l.n, 0);
	command_list_release(&l);
	buf_clear(&b);
	buf_puts(&b, "A-1 #time 999999w");
	command_parse(b.ptr, b.len, &g, &l);
	assert_int_equal(l.n, 1);
	assert_true(l.v[0].seconds > 0);
	command_list_release(&l);
	buf_release(&b);
	strv_release(&g.prefixes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_huge),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
