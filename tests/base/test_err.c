#include "unit.h"

#include <errno.h>

#include "base/err.h"
#include "base/utf8.h"

static void
test_set_and_clear(void **state)
{
	struct err e = ERR_INIT;

	(void)state;
	assert_int_equal(err_set(&e, RC_BUSY, "held by %d", 12), RC_BUSY);
	assert_int_equal(e.code, RC_BUSY);
	assert_string_equal(e.msg, "held by 12");
	assert_int_equal(err_errno(&e, ENOENT, "cannot open %s", "가"), RC_IO);
	assert_string_equal(e.msg, "cannot open 가: No such file or directory");
	assert_int_equal(err_prefix(&e, "line %d", 3), RC_IO);
	assert_string_equal(e.msg,
	    "line 3: cannot open 가: No such file or directory");
	err_clear(&e);
	assert_int_equal(e.code, RC_OK);
	assert_string_equal(e.msg, "");
}

static void
test_null_is_fine(void **state)
{
	(void)state;
	assert_int_equal(err_set(NULL, RC_GIT, "x"), RC_GIT);
	assert_int_equal(err_errno(NULL, EIO, "x"), RC_IO);
	assert_int_equal(err_prefix(NULL, "x"), RC_FAIL);
	err_clear(NULL);
}

static void
test_message_may_quote_itself(void **state)
{
	struct err e = ERR_INIT;

	(void)state;
	err_set(&e, RC_FAIL, "inner");
	err_set(&e, RC_FAIL, "outer (%s)", e.msg);
	assert_string_equal(e.msg, "outer (inner)");
	err_errno(&e, EIO, "%s", e.msg);
	assert_string_equal(e.msg, "outer (inner): Input/output error");
	err_prefix(&e, "%s", e.msg);
	assert_non_null(strstr(e.msg, "error: outer"));
}

/* Whatever offset the end falls on, no sequence is cut in half. */
static void
test_long_messages_are_cut_between_characters(void **state)
{
	static const char *const units[] = { "x", "é", "가", "😀" };
	char text[3 * ERR_MSG_MAX];
	struct err e = ERR_INIT;

	(void)state;
	for (size_t u = 0; u < 4; u++)
		for (size_t shift = 0; shift < 5; shift++) {
			size_t len = 0, n = strlen(units[u]);

			while (len < shift)
				text[len++] = '-';
			while (len + n < sizeof(text)) {
				memcpy(text + len, units[u], n);
				len += n;
			}
			text[len] = '\0';
			err_set(&e, RC_FAIL, "%s", text);
			assert_true(utf8_valid(e.msg, strlen(e.msg)));
			assert_true(strlen(e.msg) > ERR_MSG_MAX - 5);
			err_prefix(&e, "가");
			assert_true(utf8_valid(e.msg, strlen(e.msg)));
			assert_true(strlen(e.msg) > ERR_MSG_MAX - 5);
		}
}

static void
test_bad_bytes_do_not_eat_the_message(void **state)
{
	char text[2 * ERR_MSG_MAX];
	struct err e = ERR_INIT;

	(void)state;
	memset(text, 0x80, sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	err_set(&e, RC_FAIL, "%s", text);
	assert_true(strlen(e.msg) > ERR_MSG_MAX - 5);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_set_and_clear),
		cmocka_unit_test(test_null_is_fine),
		cmocka_unit_test(test_message_may_quote_itself),
		cmocka_unit_test(test_long_messages_are_cut_between_characters),
		cmocka_unit_test(test_bad_bytes_do_not_eat_the_message),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
