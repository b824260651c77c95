#include "unit.h"

#include "base/date.h"
#include "base/json.h"
#include "base/ulid.h"
#include "base/utf8.h"

static void
dumps(json_t *value, const char *want)
{
	struct buf b = BUF_INIT;

	json_dump(value, JSON_LINE, &b);
	assert_string_equal(buf_str(&b), want);
	buf_release(&b);
	json_decref(value);
}

static void
test_scalars(void **state)
{
	(void)state;
	dumps(json_text(NULL), "null");
	dumps(json_text(""), "\"\"");
	dumps(json_text("한글 \"q\" \\ /"), "\"한글 \\\"q\\\" \\\\ /\"");
	dumps(json_text("a\xFF"), "\"a\uFFFD\"");
	dumps(json_text_len("a\0b", 3), "\"a\\u0000b\"");
	dumps(json_text_len("abc", 0), "\"\"");
	dumps(json_time(DATE_NONE), "null");
	dumps(json_time(0), "\"1970-01-01T00:00:00Z\"");
	dumps(json_integer(INT64_MIN), "-9223372036854775808");
}

static void
test_objects_keep_their_order(void **state)
{
	json_t *o = json_object();
	struct strv sv = STRV_INIT;
	struct buf b = BUF_INIT;

	(void)state;
	strv_push(&sv, "z");
	strv_push(&sv, "a");
	json_put(o, "z", json_integer(1));
	json_put(o, "a", json_texts(&sv));
	json_put(o, "z", json_integer(2));
	json_put(o, "k\xFF", json_true());
	json_dump(o, JSON_PRETTY, &b);
	assert_string_equal(buf_str(&b),
	    "{\n  \"z\": 2,\n  \"a\": [\n    \"z\",\n    \"a\"\n  ],\n"
	    "  \"k\uFFFD\": true\n}");
	dumps(o, "{\"z\":2,\"a\":[\"z\",\"a\"],\"k\uFFFD\":true}");
	strv_release(&sv);
	buf_release(&b);
}

static void
test_getters_take_anything(void **state)
{
	static const char text[] = "{\"s\":\"x\",\"n\":7,\"r\":1.5}";
	json_t *o = NULL;

	(void)state;
	assert_int_equal(json_parse(text, strlen(text), &o, NULL), RC_OK);
	assert_string_equal(json_get_text(o, "s"), "x");
	assert_null(json_get_text(o, "n"));
	assert_null(json_get_text(o, "none"));
	assert_int_equal(json_get_int(o, "n", -1), 7);
	assert_int_equal(json_get_int(o, "r", -1), -1);
	assert_int_equal(json_get_int(o, "s", -1), -1);
	assert_null(json_get_text(json_object_get(o, "s"), "s"));
	assert_int_equal(json_get_int(NULL, "s", 3), 3);
	json_decref(o);
}

static void
test_parse_refuses(void **state)
{
	static const char *const bad[] = { "", " ", "{", "{}x", "{\"a\":1,}",
		"{\"a\":1,\"a\":2}", "\"\xFF\"", "\"\\ud800\"", "\"a\nb\"",
		"'a'", "nul", "01", "9223372036854775808", "1e999",
		"\"\\u0000\"" };
	struct err e = ERR_INIT;
	json_t *o;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		o = (json_t *)&e;
		assert_int_equal(json_parse(bad[i], strlen(bad[i]), &o, &e),
		    RC_INVALID);
		assert_null(o);
		assert_non_null(strstr(e.msg, "not JSON: line "));
	}
}

static void
test_deep_nesting_is_refused(void **state)
{
	struct buf b = BUF_INIT;
	struct err e = ERR_INIT;
	json_t *o;

	(void)state;
	buf_fill(&b, '[', 1000000);
	assert_int_equal(json_parse(b.ptr, b.len, &o, &e), RC_INVALID);
	assert_null(o);
	buf_release(&b);
}

/* Escaped for the terminal, and the same when it is read again. */
static void
test_dumps_are_fit_for_a_terminal(void **state)
{
	static const char hostile[] = "\x1b[31m\x7f\xC2\x9B"
				      "31m\u202E\u200B\U000E0041\uFEFF한글";
	struct buf b = BUF_INIT, clean = BUF_INIT;
	json_t *o = json_array(), *back;

	(void)state;
	json_push(o, json_text(hostile));
	json_dump(o, JSON_LINE, &b);
	assert_string_equal(buf_str(&b),
	    "[\"\\u001B[31m\\u007F\\u009B31m\\u202E\\u200B\\uDB40\\uDC41"
	    "\\uFEFF한글\"]");
	utf8_clean(&clean, b.ptr, b.len, UTF8_ONE_LINE);
	assert_string_equal(buf_str(&clean), buf_str(&b));
	assert_int_equal(json_parse(b.ptr, b.len, &back, NULL), RC_OK);
	assert_string_equal(json_string_value(json_array_get(back, 0)),
	    hostile);
	json_decref(back);
	json_decref(o);
	buf_release(&b);
	buf_release(&clean);
}

static void
test_ulids(void **state)
{
	struct ulid a, b;

	(void)state;
	ulid_new(&a, 0);
	assert_memory_equal(a.s, "0000000000", 10);
	assert_true(ulid_valid(a.s));
	/* The example of the specification. */
	ulid_new(&a, INT64_C(1469918176385));
	assert_memory_equal(a.s, "01ARYZ6S41", 10);
	ulid_new(&b, INT64_C(1469918176385));
	assert_string_not_equal(a.s, b.s);
	ulid_new(&b, INT64_C(1469918176386));
	assert_true(strcmp(a.s, b.s) < 0);
	ulid_new(&a, (INT64_C(1) << 48) - 1);
	assert_memory_equal(a.s, "7ZZZZZZZZZ", 10);
	assert_true(ulid_valid(a.s));
	assert_false(ulid_valid(NULL));
	assert_false(ulid_valid(""));
	assert_false(ulid_valid("8ZZZZZZZZZZZZZZZZZZZZZZZZZ"));
	assert_false(ulid_valid("01ARYZ6S41TSV4RRFFQ69G5FAI"));
	assert_false(ulid_valid("01ARYZ6S41TSV4RRFFQ69G5FAV0"));
	assert_true(ulid_valid("01ARYZ6S41TSV4RRFFQ69G5FAV"));
}

/* All 80 bits vary, and every letter comes. */
static void
test_ulids_are_random(void **state)
{
	bool seen[16][128] = { { false } };
	struct ulid u;

	(void)state;
	for (int i = 0; i < 2000; i++) {
		ulid_new(&u, 1);
		for (int k = 0; k < 16; k++)
			seen[k][(unsigned char)u.s[10 + k] & 127] = true;
	}
	for (int k = 0; k < 16; k++) {
		int letters = 0;

		for (int c = 0; c < 128; c++)
			letters += seen[k][c];
		assert_int_equal(letters, 32);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_scalars),
		cmocka_unit_test(test_objects_keep_their_order),
		cmocka_unit_test(test_getters_take_anything),
		cmocka_unit_test(test_parse_refuses),
		cmocka_unit_test(test_deep_nesting_is_refused),
		cmocka_unit_test(test_dumps_are_fit_for_a_terminal),
		cmocka_unit_test(test_ulids),
		cmocka_unit_test(test_ulids_are_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
