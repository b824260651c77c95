/* Reading and writing CSV: what is well-formed, what is not and where. */
#include "unit.h"

#include "app/transfer/csv.h"
#include "base/mem.h"

struct reading {
	struct csv csv;
	struct err err;
	bool more;
	enum rc rc;
};

static void
start(struct reading *r, const char *text, size_t len)
{
	*r = (struct reading){ .more = true };
	csv_init(&r->csv, text, len);
}

static void
next(struct reading *r)
{
	r->rc = csv_read(&r->csv, &r->more, &r->err);
}

/* Reads a record and compares its fields, joined by "|". */
static void
expect(struct reading *r, const char *fields)
{
	struct buf got = BUF_INIT;
	size_t i;

	next(r);
	if (r->rc != RC_OK)
		fail_msg("%s", r->err.msg);
	assert_true(r->more);
	for (i = 0; i < r->csv.n; i++)
		buf_printf(&got, "%s%s", i > 0 ? "|" : "",
		    csv_field(&r->csv, i));
	assert_string_equal(buf_str(&got), fields);
	buf_release(&got);
}

static void
expect_end(struct reading *r)
{
	next(r);
	assert_int_equal(r->rc, RC_OK);
	assert_false(r->more);
	assert_int_equal(r->csv.n, 0);
	csv_release(&r->csv);
}

static void
test_plain(void **state)
{
	struct reading r;

	(void)state;
	start(&r, "a,b,c\n1,,3\n,,\n", 14);
	expect(&r, "a|b|c");
	assert_int_equal(r.csv.record_line, 1);
	expect(&r, "1||3");
	expect(&r, "||");
	assert_int_equal(r.csv.record_line, 3);
	assert_string_equal(csv_field(&r.csv, 2), "");
	assert_string_equal(csv_field(&r.csv, 3), "");
	assert_string_equal(csv_field(&r.csv, SIZE_MAX), "");
	expect_end(&r);
}

static void
test_line_ends(void **state)
{
	static const char *const texts[] = { "a,b\nc,d\n", "a,b\r\nc,d\r\n",
		"a,b\rc,d\r", "a,b\nc,d", "a,b\r\nc,d",
		"\n\na,b\n\n\r\nc,d\n\n",
		("\xEF\xBB\xBF"
		 "a,b\nc,d"),
		"\"a\",\"b\"\r\n\"c\",\"d\"" };
	struct reading r;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		start(&r, texts[i], strlen(texts[i]));
		expect(&r, "a|b");
		expect(&r, "c|d");
		expect_end(&r);
	}
}

static void
test_quotes(void **state)
{
	static const char text[] = "\"a \"\"b\"\" c\",\"\"\"\"\n"
				   "\"one\ntwo\r\nthree\",\"x,y\"\n"
				   "\"\",last\n"
				   "\"한국어, \"\"제목\"\"\",끝\n";
	struct reading r;

	(void)state;
	start(&r, text, sizeof text - 1);
	expect(&r, "a \"b\" c|\"");
	expect(&r, "one\ntwo\r\nthree|x,y");
	assert_int_equal(r.csv.record_line, 2);
	expect(&r, "|last");
	assert_int_equal(r.csv.record_line, 5);
	expect(&r, "한국어, \"제목\"|끝");
	expect_end(&r);
}

static void
test_comma_at_end(void **state)
{
	struct reading r;

	(void)state;
	start(&r, "a,", 2);
	expect(&r, "a|");
	expect_end(&r);
	start(&r, ",", 1);
	expect(&r, "|");
	expect_end(&r);
	start(&r, "\"a\",\r\n", 6);
	expect(&r, "a|");
	expect_end(&r);
}

static void
test_empty(void **state)
{
	static const char *const texts[] = { "", "\n\r\n\n", "\xEF\xBB\xBF",
		"\r" };
	struct reading r;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		start(&r, texts[i], strlen(texts[i]));
		expect_end(&r);
	}
}

/* Each is refused, and the place is that of the fault itself. */
static void
test_bad(void **state)
{
	static const struct {
		const char *text;
		size_t len;
		const char *where;
	} t[] = {
#define T(text, where) { text, sizeof text - 1, where }
		T("ab\"c\n", "line 1, column 3: a quote"),
		T("a,b\nc, \"d\"\n", "line 2, column 4: a quote"),
		T("\"a\"b,c\n", "line 1, column 4: text behind"),
		T("\"a\nb\" ,c\n", "line 2, column 3: text behind"),
		T("a\n\"b\nc\n", "line 2: a quoted field is not closed"),
		T("\"", "line 1: a quoted field is not closed"),
		T("a,\0b\n", "line 1, column 3: a NUL byte"),
		T("\"a\n\0b\nc\nd\"\n", "line 2, column 1: a NUL byte"),
		T("a,b\xFFz\n", "line 1, column 4: not UTF-8"),
		T("x\n\"a\n한\xC0\xAF\nb\n\nc\",d\n",
		    "line 3, column 4: not UTF-8"),
		T("\"a\"\"\nx\xED\xA0\x80\n\"\n",
		    "line 2, column 2: not UTF-8"),
		T("\xFF\xFE"
		  "a\0",
		    "line 1, column 4: a NUL byte"),
#undef T
	};
	struct reading r;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof t / sizeof t[0]; i++) {
		start(&r, t[i].text, t[i].len);
		do
			next(&r);
		while (r.rc == RC_OK && r.more);
		if (r.rc != RC_INVALID)
			fail_msg("%zu passed: %s", i, t[i].where);
		if (strncmp(r.err.msg, t[i].where, strlen(t[i].where)) != 0)
			fail_msg("%s, not %s", r.err.msg, t[i].where);
		csv_release(&r.csv);
	}
}

static void
test_many(void **state)
{
	struct buf text = BUF_INIT;
	struct reading r;
	size_t i;

	(void)state;
	buf_fill(&text, ',', 9999);
	buf_putc(&text, '\n');
	buf_putc(&text, '"');
	buf_fill(&text, 'x', 1u << 20);
	buf_putc(&text, '"');
	start(&r, text.ptr, text.len);
	next(&r);
	assert_int_equal(r.rc, RC_OK);
	assert_int_equal(r.csv.n, 10000);
	for (i = 0; i < r.csv.n; i++)
		assert_string_equal(csv_field(&r.csv, i), "");
	next(&r);
	assert_int_equal(r.csv.n, 1);
	assert_int_equal(strlen(csv_field(&r.csv, 0)), 1u << 20);
	expect_end(&r);
	buf_release(&text);
}

static void
expect_put(const char *value, enum csv_guard guard, const char *want)
{
	struct buf out = BUF_INIT;

	csv_put(&out, value, guard);
	assert_string_equal(buf_str(&out), want);
	buf_release(&out);
}

static void
test_put(void **state)
{
	(void)state;
	expect_put("plain", CSV_GUARDED, "plain");
	expect_put("", CSV_GUARDED, "");
	expect_put("a,b", CSV_GUARDED, "\"a,b\"");
	expect_put("a\"b", CSV_RAW, "\"a\"\"b\"");
	expect_put("a\nb", CSV_RAW, "\"a\nb\"");
	expect_put("a\rb", CSV_RAW, "\"a\rb\"");
	expect_put("=1+1", CSV_GUARDED, "\"'=1+1\"");
	expect_put("=1+1", CSV_RAW, "=1+1");
	expect_put("+x", CSV_GUARDED, "\"'+x\"");
	expect_put("-x", CSV_GUARDED, "\"'-x\"");
	expect_put("@x", CSV_GUARDED, "\"'@x\"");
	expect_put("\tx", CSV_GUARDED, "\"'\tx\"");
	expect_put("\rx", CSV_GUARDED, "\"'\rx\"");
	expect_put("a=1", CSV_GUARDED, "a=1");
	expect_put("'tis", CSV_GUARDED, "'tis");
	expect_put("'=1", CSV_GUARDED, "\"''=1\"");
	expect_put("''=1", CSV_GUARDED, "\"'''=1\"");
	expect_put("한국어", CSV_GUARDED, "한국어");
}

/* What is written is read back, guarded or not. */
static void
test_there_and_back(void **state)
{
	static const char *const values[] = { "x", "=x", "'=x", "''=x", "'''@",
		"'tis", "'", "''", "-", "--x", "a\r\nb", "\r", "\n", "\"",
		"\"\"", ",", " a ", "한국어 =1", "\t", "'\t",
		"=cmd|' /C calc'!A0", "'한" };
	struct buf text = BUF_INIT;
	struct reading r;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof values / sizeof values[0]; i++) {
		buf_clear(&text);
		csv_put(&text, values[i], CSV_GUARDED);
		buf_putc(&text, ',');
		csv_put(&text, values[i], CSV_RAW);
		buf_puts(&text, "\r\n");
		assert_null(strchr("=+-@\t\r", text.ptr[0]));
		start(&r, text.ptr, text.len);
		next(&r);
		assert_int_equal(r.rc, RC_OK);
		assert_int_equal(r.csv.n, 2);
		assert_string_equal(csv_unguard(csv_field(&r.csv, 0)),
		    values[i]);
		assert_string_equal(csv_field(&r.csv, 1), values[i]);
		expect_end(&r);
	}
	buf_release(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_line_ends),
		cmocka_unit_test(test_quotes),
		cmocka_unit_test(test_comma_at_end),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_put),
		cmocka_unit_test(test_there_and_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
