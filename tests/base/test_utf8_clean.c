#include "unit.h"

#include <locale.h>

#include "base/mem.h"
#include "base/utf8.h"

static void
check(const char *in, size_t len, enum utf8_lines lines, const char *want)
{
	struct buf b = BUF_INIT, again = BUF_INIT;

	utf8_clean(&b, in, len, lines);
	assert_string_equal(buf_str(&b), want);
	utf8_clean(&again, b.ptr, b.len, lines);
	assert_string_equal(buf_str(&again), want);
	buf_release(&b);
	buf_release(&again);
}

static void
one(const char *in, const char *want)
{
	check(in, strlen(in), UTF8_ONE_LINE, want);
}

static void
test_harmless_text_is_left_alone(void **state)
{
	static const char *const texts[] = { "", "plain ^X <U+200B>",
		"한글 노트 가나다라", "naïve café e\u0301",
		"\u1112\u1161\u11ab\u1100\u1173\u11af", "日本語 ｱｲｳ", "🎉🇰🇷",
		"❤\ufe0f", "−→≤", "\uFFFC\uFFFD" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		one(texts[i], texts[i]);
}

static void
test_controls_are_shown(void **state)
{
	(void)state;
	check("a\0b", 3, UTF8_ONE_LINE, "a^@b");
	one("\x1b[31mred\x1b]0;title\x07", "^[[31mred^[]0;title^G");
	one("a\nb\tc\rd\x7f", "a^Jb^Ic^Md^?");
	check("a\nb\tc\rd\x7f", 8, UTF8_MULTI_LINE, "a\nb\tc^Md^?");
	one("\xC2\x85\xC2\x9B"
	    "31m",
	    "<U+0085><U+009B>31m");
	one("\x9b", "\uFFFD");
}

static void
test_what_hides_or_turns_is_shown(void **state)
{
	static const uint32_t hidden[] = { 0xAD, 0x61C, 0x115F, 0x1160, 0x180E,
		0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A,
		0x202E, 0x2060, 0x2066, 0x2069, 0x206F, 0x3164, 0xFEFF, 0xFFA0,
		0xFFF0, 0xFFF9, 0xFFFB, 0xFFFE, 0xFFFF, 0xFDD0, 0x1D173,
		0x1FFFE, 0x10FFFF, 0xE0000, 0xE0001, 0xE0041, 0xE0FFF };
	static const uint32_t shown[] = { 0x20, 0x7E, 0xA0, 0xAE, 0x115E,
		0x2010, 0x2027, 0x202F, 0x205F, 0x3163, 0x3165, 0xFFFC, 0xFFFD,
		0xAC00, 0x1F600, 0xDFFFD };

	(void)state;
	for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++) {
		char in[8] = "a", want[32];

		in[1 + utf8_put(hidden[i], in + 1)] = 'b';
		snprintf(want, sizeof(want), "a<U+%04X>b", hidden[i]);
		one(in, want);
		assert_true(utf8_hidden(hidden[i]));
	}
	for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++) {
		char in[8] = "a";

		in[1 + utf8_put(shown[i], in + 1)] = 'b';
		one(in, in);
		assert_false(utf8_hidden(shown[i]));
	}
}

static void
test_marks_end_at_four(void **state)
{
#define MARK "\u0301"
	(void)state;
	one("e" MARK MARK MARK MARK, "e" MARK MARK MARK MARK);
	one("e" MARK MARK MARK MARK MARK, "e" MARK MARK MARK MARK "\uFFFD");
	one("e" MARK MARK MARK MARK MARK MARK MARK "f",
	    "e" MARK MARK MARK MARK "\uFFFD"
	    "f");
	one(MARK MARK MARK MARK MARK MARK, MARK MARK MARK MARK "\uFFFD");
	/* Medial jamo take no columns either. */
	one("\u1112\u1161\u1161\u1161\u1161\u1161",
	    "\u1112\u1161\u1161\u1161\u1161\uFFFD");
	/* A joiner does not begin a new row. */
	one("\u0915\u094D\u094D\u094D\u094D\u200D\u0915",
	    "\u0915\u094D\u094D\u094D\u094D\u200D\u0915");
}

static void
test_joiners_only_where_they_mean_something(void **state)
{
	static const char *const fine[] = { "👨\u200d👩\u200d👧",
		"👩🏽\u200d💻", "🏳\ufe0f\u200d🌈", "❤\ufe0f\u200d🔥",
		"\u0915\u094D\u200D\u0937", "\u0645\u06CC\u200C\u062E" };

	(void)state;
	for (size_t i = 0; i < sizeof(fine) / sizeof(fine[0]); i++)
		one(fine[i], fine[i]);
	one("a\u200db", "a<U+200D>b");
	one("👨\u200d", "👨<U+200D>");
	one("\u200d👨", "<U+200D>👨");
	one("👨\u200d\u200d👩", "👨<U+200D><U+200D>👩");
	one("가\u200c나", "가<U+200C>나");
	one("👨\u200c👩", "👨<U+200C>👩");
	one("🏽\u200d\xff", "🏽<U+200D>\uFFFD");
}

/* Every byte pair and triple of a nasty alphabet: valid, clean, idempotent. */
static void
test_nothing_slips_through(void **state)
{
	static const unsigned char bytes[] = { 0, 7, '\n', 0x1B, 'a', 0x7F,
		0x80, 0x8D, 0x9B, 0xC2, 0xCC, 0x81, 0xE2, 0xEA, 0xB0, 0xF0,
		0x9F, 0x91, 0xA8, 0xFF };
	enum { N = sizeof(bytes) };
	struct buf b = BUF_INIT, again = BUF_INIT;
	uint32_t cp;
	size_t n;

	(void)state;
	for (size_t i = 0; i < N * N * N * N; i++) {
		const char in[4] = { (char)bytes[i % N], (char)bytes[i / N % N],
			(char)bytes[i / N / N % N],
			(char)bytes[i / N / N / N] };

		buf_clear(&b);
		buf_clear(&again);
		utf8_clean(&b, in, 4, UTF8_ONE_LINE);
		utf8_clean(&again, b.ptr, b.len, UTF8_ONE_LINE);
		assert_int_equal(b.len, again.len);
		assert_memory_equal(b.ptr, again.ptr, b.len);
		for (size_t k = 0; k < b.len; k += n) {
			n = utf8_decode(b.ptr + k, b.len - k, &cp);
			assert_int_not_equal(cp, UTF8_BAD);
			assert_false(utf8_hidden(cp));
		}
	}
	buf_release(&b);
	buf_release(&again);
}

/* Random rows of the code points that have rules: cleaning twice is once. */
static void
test_idempotent_on_rows_of_rules(void **state)
{
	static const uint32_t points[] = { 'a', 0x301, 0x20D0, 0x200C, 0x200D,
		0x1F468, 0x1F3FD, 0xFE0F, 0x915, 0x94D, 0x645, 0x1161, 0x1100,
		0x202E, 0xFFFD, 0xAC00 };
	struct buf in = BUF_INIT, b = BUF_INIT, again = BUF_INIT;
	uint32_t seed = 1;
	char s[4];

	(void)state;
	for (int round = 0; round < 100000; round++) {
		buf_clear(&in);
		buf_clear(&b);
		buf_clear(&again);
		for (int i = 0; i < 12; i++) {
			seed = seed * 1664525 + 1013904223;
			buf_add(&in, s, utf8_put(points[seed >> 28], s));
		}
		utf8_clean(&b, in.ptr, in.len, UTF8_ONE_LINE);
		utf8_clean(&again, b.ptr, b.len, UTF8_ONE_LINE);
		assert_string_equal(buf_str(&b), buf_str(&again));
	}
	buf_release(&in);
	buf_release(&b);
	buf_release(&again);
}

static void
test_huge_text(void **state)
{
	struct buf in = BUF_INIT, b = BUF_INIT;

	(void)state;
	for (int i = 0; i < 1000000; i++)
		buf_puts(&in, "\u0301");
	utf8_clean(&b, in.ptr, in.len, UTF8_ONE_LINE);
	assert_int_equal(b.len, 4 * 2 + 3);
	buf_clear(&in);
	buf_clear(&b);
	for (int i = 0; i < 1000000; i++)
		buf_puts(&in, "👨\u200d");
	utf8_clean(&b, in.ptr, in.len, UTF8_ONE_LINE);
	assert_int_equal(b.len, in.len - 3 + strlen("<U+200D>"));
	buf_release(&in);
	buf_release(&b);
}

static void
test_dup(void **state)
{
	char *s = utf8_clean_dup("가\x1b\n", UTF8_MULTI_LINE);

	(void)state;
	assert_string_equal(s, "가^[\n");
	free(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_harmless_text_is_left_alone),
		cmocka_unit_test(test_controls_are_shown),
		cmocka_unit_test(test_what_hides_or_turns_is_shown),
		cmocka_unit_test(test_marks_end_at_four),
		cmocka_unit_test(test_joiners_only_where_they_mean_something),
		cmocka_unit_test(test_nothing_slips_through),
		cmocka_unit_test(test_idempotent_on_rows_of_rules),
		cmocka_unit_test(test_huge_text),
		cmocka_unit_test(test_dup),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
