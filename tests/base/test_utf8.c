#include "unit.h"

#include <locale.h>
#include <wchar.h>

#include "base/utf8.h"

static void
test_every_code_point_there_and_back(void **state)
{
	(void)state;
	for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
		char s[4];
		uint32_t back;
		size_t n = utf8_put(cp, s);

		if (cp >= 0xD800 && cp <= 0xDFFF)
			continue;
		assert_int_equal(utf8_decode(s, n, &back), n);
		assert_int_equal(back, cp);
		/* Cut short, it is a bad byte and nothing is read past it. */
		if (n > 1) {
			assert_int_equal(utf8_decode(s, n - 1, &back), 1);
			assert_int_equal(back, UTF8_BAD);
		}
	}
}

static void
test_bad_bytes(void **state)
{
	static const char *const bad[] = { "\x80", "\xBF", "\xC0\x80",
		"\xC1\xBF", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xED\xA0\x80",
		"\xED\xBF\xBF", "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF",
		"\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE", "\xFF", "\xC3",
		"\xEA\xB0", "\xEA\x41", "\xF0\x9F\x98" };
	uint32_t cp;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(utf8_decode(bad[i], strlen(bad[i]), &cp), 1);
		assert_int_equal(cp, UTF8_BAD);
		assert_false(utf8_valid(bad[i], strlen(bad[i])));
	}
	assert_int_equal(utf8_decode("", 0, &cp), 0);
	assert_true(utf8_valid("", 0));
	assert_true(utf8_valid("한글\0é", 9));
}

static void
test_encode_of_what_is_none(void **state)
{
	char s[4];

	(void)state;
	assert_int_equal(utf8_put(0xD800, s), 3);
	assert_memory_equal(s, "\xEF\xBF\xBD", 3);
	assert_int_equal(utf8_put(UTF8_BAD, s), 3);
	assert_memory_equal(s, "\xEF\xBF\xBD", 3);
}

static void
test_repair(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	utf8_repair(&b, "a\xFF가\xEA\xB0", 7);
	assert_string_equal(buf_str(&b), "a\uFFFD가\uFFFD\uFFFD");
	assert_true(utf8_valid(b.ptr, b.len));
	buf_release(&b);
}

static void
test_width_of_code_points(void **state)
{
	(void)state;
	for (int pass = 0; pass < 2; pass++) {
		setlocale(LC_ALL, pass == 0 ? "C.UTF-8" : "C");
		assert_int_equal(utf8_cp_width('a'), 1);
		assert_int_equal(utf8_cp_width(0), 1);
		assert_int_equal(utf8_cp_width('\n'), 1);
		assert_int_equal(utf8_cp_width(0x7F), 1);
		assert_int_equal(utf8_cp_width(0x9B), 1);
		assert_int_equal(utf8_cp_width(0xAD), 1);
		assert_int_equal(utf8_cp_width(0xE9), 1);
		assert_int_equal(utf8_cp_width(0x0301), 0);
		assert_int_equal(utf8_cp_width(0x1100), 2);
		assert_int_equal(utf8_cp_width(0x1161), 0);
		assert_int_equal(utf8_cp_width(0x200B), 0);
		assert_int_equal(utf8_cp_width(0x2500), 1);
		assert_int_equal(utf8_cp_width(0x3042), 2);
		assert_int_equal(utf8_cp_width(0xAC00), 2);
		assert_int_equal(utf8_cp_width(0xD7A3), 2);
		assert_int_equal(utf8_cp_width(0xFFFD), 1);
		assert_int_equal(utf8_cp_width(0x1F600), 2);
		assert_int_equal(utf8_cp_width(0x20000), 2);
		assert_int_equal(utf8_cp_width(0x10FFFF), 1);
		assert_int_equal(utf8_cp_width(UTF8_BAD), 1);
	}
	setlocale(LC_ALL, "C.UTF-8");
}

/* What ncurses lays out is what we measure. */
static void
test_width_agrees_with_wcwidth(void **state)
{
	(void)state;
	assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
	for (uint32_t cp = 0x20; cp <= 0x10FFFF; cp++) {
		int w = wcwidth((wchar_t)cp);

		assert_int_equal(utf8_cp_width(cp), w < 0 ? 1 : w);
		assert_in_range(utf8_cp_width(cp), 0, 2);
	}
}

static void
test_graphemes(void **state)
{
	static const struct {
		const char *text;
		size_t len;
		int width;
	} cases[] = {
		{ "", 0, 0 },
		{ "ab", 1, 1 },
		{ "e\u0301x", 3, 1 },
		{ "가나", 3, 2 },
		{ "\u1112\u1161\u11ab\u1100", 9, 2 }, /* jamo of one syllable */
		{ "\xFF\xCC\x81", 3, 1 },
		{ "\u0301", 2, 0 },
		{ "👍🏽x", 4, 2 }, /* a skin tone takes its own columns */
		{ "👨\u200d👩", 7, 2 },
		{ "❤\ufe0fx", 6, 1 },
		{ "\r\n", 1, 1 },
	};
	int width;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t len = strlen(cases[i].text);

		assert_int_equal(utf8_grapheme(cases[i].text, len, &width),
		    cases[i].len);
		assert_int_equal(width, cases[i].width);
		assert_int_equal(utf8_grapheme(cases[i].text, len, NULL),
		    cases[i].len);
	}
}

static void
test_width_and_fit(void **state)
{
	const char *s = "ab한글e\u0301";
	size_t used;

	(void)state;
	assert_int_equal(utf8_width("", 0), 0);
	assert_int_equal(utf8_width(s, strlen(s)), 7);
	assert_int_equal(utf8_fit(s, strlen(s), 0, &used), 0);
	assert_int_equal(used, 0);
	assert_int_equal(utf8_fit(s, strlen(s), 3, &used), 2);
	assert_int_equal(used, 2);
	assert_int_equal(utf8_fit(s, strlen(s), 4, &used), 5);
	assert_int_equal(used, 4);
	assert_int_equal(utf8_fit(s, strlen(s), 7, &used), strlen(s));
	assert_int_equal(used, 7);
	assert_int_equal(utf8_fit(s, strlen(s), 99, NULL), strlen(s));
}

static void
check_cell(const char *s, size_t cols, const char *want)
{
	struct buf b = BUF_INIT;

	utf8_cell(&b, s, cols);
	assert_string_equal(buf_str(&b), want);
	assert_int_equal(utf8_width(buf_str(&b), b.len), cols);
	buf_release(&b);
}

static void
test_cells_have_exactly_their_columns(void **state)
{
	(void)state;
	check_cell("", 0, "");
	check_cell("", 3, "   ");
	check_cell("abc", 0, "");
	check_cell("abc", 3, "abc");
	check_cell("abcd", 3, "ab~");
	check_cell("abc", 1, "~");
	check_cell("한글", 4, "한글");
	check_cell("한글", 5, "한글 ");
	check_cell("한글", 3, "한~");
	check_cell("한글", 2, " ~");
	check_cell("한글", 1, "~");
	check_cell("a한글", 3, "a ~");
	check_cell("e\u0301", 1, "e\u0301");
	check_cell("e\u0301e\u0301", 1, "~");
}

/* A million marks on one base, and a million bases, must both be quick. */
static void
test_huge_text(void **state)
{
	struct buf b = BUF_INIT;
	size_t used;
	int width;

	(void)state;
	buf_putc(&b, 'e');
	for (int i = 0; i < 1000000; i++)
		buf_puts(&b, "\u0301");
	assert_int_equal(utf8_grapheme(b.ptr, b.len, &width), b.len);
	assert_int_equal(width, 1);
	assert_int_equal(utf8_fit(b.ptr, b.len, 1, &used), b.len);
	buf_clear(&b);
	for (int i = 0; i < 1000000; i++)
		buf_puts(&b, "각");
	assert_int_equal(utf8_width(b.ptr, b.len), 2000000);
	buf_clear(&b);
	for (int i = 0; i < 1000000; i++)
		buf_puts(&b, "👩\u200d");
	assert_int_equal(utf8_width(b.ptr, b.len), 2000000);
	buf_release(&b);
}

/* As East Asian terminals draw them; what is certain stays. */
static void
test_ambiguous(void **state)
{
	static const struct {
		uint32_t cp;
		int narrow, wide;
	} cases[] = { { 'a', 1, 1 }, { 0xB1, 1, 2 }, { 0x2026, 1, 2 },
		{ 0x2500, 1, 2 }, { 0x2588, 1, 2 }, { 0xE9, 1, 2 },
		{ 0xE5, 1, 1 }, { 0x410, 1, 2 }, { 0x301, 0, 0 },
		{ 0xAC00, 2, 2 }, { 0x5D0, 1, 1 }, { 0x20AC, 1, 2 } };

	(void)state;
	for (int columns = 1; columns <= 2; columns++) {
		utf8_set_ambiguous(columns);
		for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
			assert_int_equal(utf8_cp_width(cases[i].cp),
			    columns == 1 ? cases[i].narrow : cases[i].wide);
		assert_int_equal(utf8_width("±1…", 6), 1 + 2 * columns);
	}
	utf8_set_ambiguous(1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_code_point_there_and_back),
		cmocka_unit_test(test_bad_bytes),
		cmocka_unit_test(test_encode_of_what_is_none),
		cmocka_unit_test(test_repair),
		cmocka_unit_test(test_width_of_code_points),
		cmocka_unit_test(test_width_agrees_with_wcwidth),
		cmocka_unit_test(test_graphemes),
		cmocka_unit_test(test_width_and_fit),
		cmocka_unit_test(test_cells_have_exactly_their_columns),
		cmocka_unit_test(test_huge_text),
		cmocka_unit_test(test_ambiguous),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
