#include "unit.h"

#include <utf8proc.h>

#include "base/utf8.h"

static void
nfc(const char *in, const char *want)
{
	struct buf b = BUF_INIT;

	utf8_nfc(&b, in, strlen(in));
	assert_string_equal(buf_str(&b), want);
	buf_release(&b);
}

static void
test_compositions(void **state)
{
	(void)state;
	nfc("", "");
	nfc("plain", "plain");
	nfc("한글", "한글");
	nfc("\u1112\u1161\u11ab\u1100\u1173\u11af", "한글");
	nfc("\uD558\u11ab", "한");
	nfc("e\u0301", "é");
	nfc("xe\u0301y", "xéy");
	nfc("\u212B\u2126", "ÅΩ");
	nfc("か\u3099", "が");
	/* Marks are put in order before they combine. */
	nfc("q\u0307\u0323", "q\u0323\u0307");
	nfc("a\u0302\u0323", "\u1EAD");
	nfc("\u0344", "\u0308\u0301");
	nfc("\u0301", "\u0301");
	nfc("a\xFF\u0301", "a\uFFFD\u0301");
	nfc("\xFF", "\uFFFD");
	nfc("a\xFF\xFEz\xC3", "a\uFFFD\uFFFDz\uFFFD");
	nfc("가\u11a8", "각");
	nfc("가\u11a8\u11a8\xEA", "각\u11a8\uFFFD");
}

static void
compare(const char *s, size_t len)
{
	struct buf b = BUF_INIT;
	utf8proc_uint8_t *want = NULL;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s,
	    (utf8proc_ssize_t)len, &want, UTF8PROC_STABLE | UTF8PROC_COMPOSE);

	assert_true(n >= 0);
	utf8_nfc(&b, s, len);
	assert_int_equal(b.len, n);
	assert_memory_equal(b.ptr, want, b.len);
	free(want);
	buf_release(&b);
}

/* Every code point, alone and between others, as utf8proc itself has it. */
static void
test_every_code_point(void **state)
{
	static const char *const before[] = { "", "e", "가", "\u1100" };
	static const char *const after[] = { "", "\u0301", "\u11a8\u0323" };

	(void)state;
	for (uint32_t cp = 1; cp <= 0x10FFFF; cp++) {
		struct buf b = BUF_INIT;
		char s[4];

		if (cp >= 0xD800 && cp <= 0xDFFF)
			continue;
		/* Planes without characters add nothing but time. */
		if (cp == 0x32000)
			cp = 0xE0000;
		if (cp == 0xE1000)
			cp = 0x10FF00;
		for (size_t i = 0; i < 4; i++) {
			buf_clear(&b);
			buf_puts(&b, before[i]);
			buf_add(&b, s, utf8_put(cp, s));
			buf_puts(&b, after[i % 3]);
			compare(b.ptr, b.len);
		}
		buf_release(&b);
	}
}

static void
test_random_rows(void **state)
{
	static const uint32_t points[] = { 'a', 'e', 0x301, 0x323, 0x307, 0x345,
		0x1100, 0x1161, 0x11A8, 0xAC00, 0x3099, 0x304B, 0x915, 0x93C,
		0x1D15E, 0xE9 };
	uint32_t seed = 7;

	(void)state;
	for (int round = 0; round < 50000; round++) {
		struct buf b = BUF_INIT;
		char s[4];

		for (int i = 0; i < 10; i++) {
			seed = seed * 1664525 + 1013904223;
			buf_add(&b, s, utf8_put(points[seed >> 28], s));
		}
		compare(b.ptr, b.len);
		buf_release(&b);
	}
}

static void
test_appends(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	/* What stood there before is not part of the text. */
	buf_puts(&b, "e");
	utf8_nfc(&b, "\u0301", 2);
	assert_string_equal(buf_str(&b), "e\u0301");
	buf_release(&b);
}

/* Marks in descending order are the worst case of a sort by exchange. */
static void
test_huge_rows_of_marks(void **state)
{
	struct buf in = BUF_INIT, b = BUF_INIT;

	(void)state;
	buf_putc(&in, 'x');
	for (int i = 0; i < 500000; i++)
		buf_puts(&in, "\u0301\u0323");
	utf8_nfc(&b, in.ptr, in.len);
	assert_int_equal(b.len, in.len);
	assert_memory_equal(b.ptr, "x\u0323\u0323", 5);
	buf_release(&in);
	buf_release(&b);
}

static void
fold(const char *in, const char *want)
{
	struct buf b = BUF_INIT;

	utf8_fold(&b, in, strlen(in));
	assert_string_equal(buf_str(&b), want);
	buf_release(&b);
}

static void
test_fold(void **state)
{
	(void)state;
	fold("", "");
	fold("NOTE-12 Ünïcode", "note-12 ünïcode");
	fold("E\u0301", "é");
	fold("ΣΑΣ", "σασ");
	fold("σας", "σασ");
	fold("ПРИВЕТ", "привет");
	fold("한글", "한글");
	fold("\u1112\u1161\u11ab", "한");
	fold("ＡＢ", "ａｂ");
	fold("\xFFX", "\uFFFDx");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_compositions),
		cmocka_unit_test(test_every_code_point),
		cmocka_unit_test(test_random_rows),
		cmocka_unit_test(test_appends),
		cmocka_unit_test(test_huge_rows_of_marks),
		cmocka_unit_test(test_fold),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
