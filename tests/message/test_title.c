#include "unit.h"

#include "base/buf.h"
#include "message/title.h"

static char *
words(const char *s)
{
	struct buf b = BUF_INIT;
	struct strv sv;

	title_words(s, strlen(s), &sv);
	for (size_t i = 0; i < sv.n; i++)
		buf_printf(&b, "%s%s", i > 0 ? " " : "", sv.v[i]);
	strv_release(&sv);
	return buf_detach(&b);
}

static void
test_words(void **state)
{
	static const char *const rows[][2] = {
		{ "", "" },
		{ "the of and", "" },
		{ "A about don't Adds now yet WITHOUT your you zebra",
		    "yet zebra" },
		{ "[MNG-1] Fix the parser (#12)", "fix parser" },
		{ "Fixed fixing FIXES fix", "fix" },
		{ "resolving resolved resolve", "resolv" },
		{ "stopped stopping stops", "stop" },
		{ "class status", "class status" },
		{ "NPE in foo.bar()", "bar foo npe" },
		{ "로그인 오류", "그인 로그 오류" },
		{ "한 글자", "글자 한" },
		{ "로그인a오류", "그인 로그 오류" },
		{ "version 3", "3 version" },
		{ "Upgrade to 1.6.2.", "1.6.2 upgrad" },
		{ "3. see v1.2", "1.2 3 see" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *got = words(rows[i][0]);

		if (strcmp(got, rows[i][1]) != 0)
			fail_msg("%s: %s", rows[i][0], got);
		free(got);
	}
}

static int
likeness(const char *a, const char *b)
{
	struct strv x, y;
	int n;

	title_words(a, strlen(a), &x);
	title_words(b, strlen(b), &y);
	n = title_likeness(&x, &y);
	assert_int_equal(title_likeness(&y, &x), n);
	strv_release(&x);
	strv_release(&y);
	return n;
}

static void
test_likeness(void **state)
{
	(void)state;
	assert_int_equal(likeness("", ""), 0);
	assert_int_equal(likeness("parser", ""), 0);
	assert_int_equal(likeness("parser crash", "crashes in parser"), 1000);
	assert_int_equal(likeness("parser crash", "lexer hang"), 0);
	assert_int_equal(likeness("parser crash", "parser hang"), 571);
	assert_int_equal(likeness("로그인 오류를 고침", "로그인 오류"), 750);
}

static void
test_numbers(void **state)
{
	static const struct {
		const char *a, *b;
		bool agree;
	} rows[] = {
		{ "upgrade to 1.6.2", "upgrade to 1.4.0", false },
		{ "upgrade to 1.6.2", "upgrade to 1.6", true },
		{ "upgrade to 1.6.2", "upgrade to 1.60", false },
		{ "upgrade to 1.6.2", "upgrade", true },
		{ "parent 32", "parent 33", false },
		{ "Java 11", "Java 7, 8 and 11", true },
		{ "", "", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct strv a, b;

		title_words(rows[i].a, strlen(rows[i].a), &a);
		title_words(rows[i].b, strlen(rows[i].b), &b);
		if (title_numbers_agree(&a, &b) != rows[i].agree ||
		    title_numbers_agree(&b, &a) != rows[i].agree)
			fail_msg("%s: %s", rows[i].a, rows[i].b);
		strv_release(&a);
		strv_release(&b);
	}
}

static void
test_distance(void **state)
{
	static const struct {
		const char *a, *b;
		int max, want;
	} rows[] = {
		{ "MNG", "MNG", 1, 0 },
		{ "MGN", "MNG", 1, 1 },
		{ "mgn", "MNG", 1, 1 },
		{ "MN", "MNG", 1, 1 },
		{ "MNGG", "MNG", 1, 1 },
		{ "MXG", "MNG", 1, 1 },
		{ "GNM", "MNG", 1, 2 },
		{ "NGM", "MNG", 5, 2 },
		{ "NOTE", "NTOE", 2, 1 },
		{ "abcd", "badc", 2, 2 },
		{ "", "abc", 3, 3 },
		{ "", "abc", 2, 3 },
		{ "", "", 0, 0 },
		{ "kitten", "sitting", 9, 3 },
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "a", 1, 2 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (title_distance(rows[i].a, rows[i].b, rows[i].max) !=
		    rows[i].want)
			fail_msg("%s %s", rows[i].a, rows[i].b);
		assert_int_equal(title_distance(rows[i].b, rows[i].a,
				     rows[i].max),
		    rows[i].want);
	}
}

static void
test_hostile(void **state)
{
	struct buf b = BUF_INIT;
	struct strv sv;

	(void)state;
	for (int i = 0; i < 100000; i++)
		buf_printf(&b, "w%d \xff\xc0\x80 ", i);
	title_words(b.ptr, b.len, &sv);
	assert_true(sv.n > 0 && sv.n <= 256);
	for (size_t i = 1; i < sv.n; i++)
		assert_true(strcmp(sv.v[i - 1], sv.v[i]) < 0);
	strv_release(&sv);
	buf_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_likeness),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_distance),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
