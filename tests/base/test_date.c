#include "unit.h"

#include "base/date.h"

#define DAY INT64_C(86400)
/* Wednesday 2024-05-29 12:34:56 UTC. */
#define NOW INT64_C(1716986096)

static void
test_days_and_back(void **state)
{
	struct date_civil last = { 1969, 12, 31 };

	(void)state;
	/* Every day of the years that a date may have, by counting. */
	for (int64_t day = 0; day <= DATE_MAX / DAY; day++) {
		struct date_civil c = date_civil(day);

		if (c.day == 1)
			assert_int_equal(last.day,
			    date_month_days(last.year, last.month));
		else
			assert_int_equal(c.day, last.day + 1);
		assert_int_equal(date_days(c), day);
		last = c;
	}
	assert_int_equal(last.year, 9999);
	assert_int_equal(last.month, 12);
	assert_int_equal(last.day, 31);
	assert_int_equal(date_month_days(2000, 2), 29);
	assert_int_equal(date_month_days(2100, 2), 28);
}

static void
test_formats(void **state)
{
	char day[11], iso[21];

	(void)state;
	date_format_day(NOW, day);
	assert_string_equal(day, "2024-05-29");
	date_format_iso(NOW, iso);
	assert_string_equal(iso, "2024-05-29T12:34:56Z");
	date_format_iso(0, iso);
	assert_string_equal(iso, "1970-01-01T00:00:00Z");
	date_format_iso(INT64_MAX, iso);
	assert_string_equal(iso, "9999-12-31T23:59:59Z");
	date_format_iso(DATE_NONE, iso);
	assert_string_equal(iso, "1970-01-01T00:00:00Z");
	date_format_iso(-1, iso);
	assert_string_equal(iso, "1970-01-01T00:00:00Z");
}

static void
test_now_can_be_pinned(void **state)
{
	static const char *const ignored[] = { "", "x", "-1", "12x", " 12",
		"9999999999999", "999999999999" };

	(void)state;
	setenv("SOURCE_DATE_EPOCH", "1716986096", 1);
	assert_int_equal(date_now(), NOW);
	assert_true(date_clock_ms() / 1000 != NOW);
	for (size_t i = 0; i < sizeof(ignored) / sizeof(ignored[0]); i++) {
		setenv("SOURCE_DATE_EPOCH", ignored[i], 1);
		assert_true(date_now() > NOW);
		assert_true(date_now() <= date_clock_ms() / 1000);
	}
	unsetenv("SOURCE_DATE_EPOCH");
	assert_true(date_now() > NOW);
}

static void
test_ago(void **state)
{
	static const struct {
		int64_t gap;
		const char *text;
	} cases[] = {
		{ 0, "just now" },
		{ 59, "just now" },
		{ -59, "just now" },
		{ 60, "1min ago" },
		{ 3599, "59min ago" },
		{ 3600, "1h ago" },
		{ 2 * 3600 + 5, "2h ago" },
		{ -3 * DAY, "in 3d" },
		{ 13 * DAY, "13d ago" },
		{ 14 * DAY, "2w ago" },
		{ 29 * DAY, "4w ago" },
		{ 30 * DAY, "1mo ago" },
		{ 364 * DAY, "12mo ago" },
		{ 365 * DAY, "1y ago" },
		{ -NOW, "in 54y" },
	};
	char out[16];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		date_format_ago(NOW - cases[i].gap, NOW, out);
		assert_string_equal(out, cases[i].text);
	}
	date_format_ago(DATE_MAX, DATE_MIN, out);
	assert_string_equal(out, "in 8035y");
	date_format_ago(DATE_NONE, INT64_MAX, out);
	assert_string_equal(out, "8035y ago");
}

static void
test_parse(void **state)
{
	static const struct {
		const char *text;
		bool past;
		const char *want;
	} cases[] = {
		{ "2024-02-29", false, "2024-02-29T00:00:00Z" },
		{ "1970-01-01", false, "1970-01-01T00:00:00Z" },
		{ "9999-12-31", false, "9999-12-31T00:00:00Z" },
		{ "2024-05-29T12:34:56Z", false, "2024-05-29T12:34:56Z" },
		{ "2024-05-29 12:34", false, "2024-05-29T12:34:00Z" },
		{ "2024-05-29T12:34:56.789Z", false, "2024-05-29T12:34:56Z" },
		{ "2024-05-29T12:34:56+09:00", false, "2024-05-29T03:34:56Z" },
		{ "2024-05-29 12:34:56 -0530", false, "2024-05-29T18:04:56Z" },
		{ "2024-05-29T00:00+09", false, "2024-05-28T15:00:00Z" },
		{ "2016-12-31T23:59:60Z", false, "2017-01-01T00:00:00Z" },
		{ "today", false, "2024-05-29T00:00:00Z" },
		{ "Tomorrow", false, "2024-05-30T00:00:00Z" },
		{ "YESTERDAY", false, "2024-05-28T00:00:00Z" },
		{ "now", false, "2024-05-29T12:34:56Z" },
		{ "wednesday", false, "2024-05-29T00:00:00Z" },
		{ "friday", false, "2024-05-31T00:00:00Z" },
		{ "tue", false, "2024-06-04T00:00:00Z" },
		{ "7d", true, "2024-05-22T12:34:56Z" },
		{ "7d", false, "2024-06-05T12:34:56Z" },
		{ "2w", false, "2024-06-12T12:34:56Z" },
		{ "4h", true, "2024-05-29T08:34:56Z" },
		{ "3m", true, "2024-02-29T12:34:56Z" },
		{ "15m", true, "2023-02-28T12:34:56Z" },
		{ "1y", false, "2025-05-29T12:34:56Z" },
		{ "0d", false, "2024-05-29T12:34:56Z" },
	};
	char iso[21];
	int64_t t;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(date_parse(cases[i].text, cases[i].past, NOW,
				     &t, NULL),
		    RC_OK);
		date_format_iso(t, iso);
		assert_string_equal(iso, cases[i].want);
	}
}

static void
test_parse_refuses(void **state)
{
	static const char *const bad[] = { "", " ", "2024", "2024-5-1",
		"2024-13-01", "2024-00-01", "2024-01-00", "2023-02-29",
		"2024-04-31", "2024-01-01x", "2024-01-01T", "2024-01-01T25:00",
		"2024-01-01T10:60", "2024-01-01T10:00:61",
		"2024-01-01T10:00:00.Z", "2024-01-01T10:00+9",
		"2024-01-01T10:00+09:0", "2024-01-01T10:00ZZ", "1969-12-31",
		"0000-01-01", "7", "d", "7x", "7dd", "-7d", "1.5d", "99999999d",
		"9999999d", "9999y", "fri day", "someday", "금요일",
		"99999999999999999999999d", "1970-01-01T00:00+01" };
	struct err e = ERR_INIT;
	int64_t t = 42;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(date_parse(bad[i], false, NOW, &t, &e),
		    RC_INVALID);
		assert_non_null(strstr(e.msg, bad[i]));
		assert_int_equal(t, 42);
	}
	assert_int_equal(date_parse("99y", true, NOW, &t, &e), RC_INVALID);
}

static void
test_spans(void **state)
{
	static const struct {
		const char *text;
		int64_t seconds;
		const char *shown;
	} cases[] = {
		{ "1w 2d 4h 30m", (40 + 16 + 4) * 3600 + 1800, "1w 2d 4h 30m" },
		{ "1W2D4H30M", (40 + 16 + 4) * 3600 + 1800, "1w 2d 4h 30m" },
		{ " 90m ", 5400, "1h 30m" },
		{ "1.5h", 5400, "1h 30m" },
		{ "0.25d", 7200, "2h" },
		{ "0m", 0, "0m" },
		{ "5d", 144000, "1w" },
		{ "999999w", INT64_C(999999) * 144000, "999999w" },
	};
	static const char *const bad[] = { "", " ", "1", "h", "1x", "1h x",
		"-1h", "1.h", ".5h", "1 h", "1e3h", "9999999h", "한시간",
		"999999w 1m" };
	char out[32];
	int64_t s = 42;
	struct err e = ERR_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(date_parse_span(cases[i].text, &s, NULL),
		    RC_OK);
		assert_int_equal(s, cases[i].seconds);
		date_format_span(s, out);
		assert_string_equal(out, cases[i].shown);
	}
	s = 42;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(date_parse_span(bad[i], &s, &e), RC_INVALID);
		assert_int_equal(s, 42);
	}
	date_format_span(-5400, out);
	assert_string_equal(out, "-1h 30m");
	date_format_span(-59, out);
	assert_string_equal(out, "0m");
	date_format_span(INT64_MIN, out);
	assert_int_equal(out[0], '-');
	date_format_span(INT64_MAX, out);
	assert_true(strlen(out) < 32);
}

/* A long row of parts must not overflow the sum. */
static void
test_spans_have_an_end(void **state)
{
	char text[70001] = "";
	int64_t s;

	(void)state;
	for (size_t i = 0; i < 10000; i++)
		memcpy(text + i * 7, "999999w", 8);
	assert_int_equal(date_parse_span(text, &s, NULL), RC_INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_days_and_back),
		cmocka_unit_test(test_formats),
		cmocka_unit_test(test_now_can_be_pinned),
		cmocka_unit_test(test_ago),
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_parse_refuses),
		cmocka_unit_test(test_spans),
		cmocka_unit_test(test_spans_have_an_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
