/* Markdown as lines for the screen: styles, widths, hostile input. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "render/markdown.h"
#include "unit.h"

static void
shows(const char *in, size_t width, const char *want)
{
	struct buf out = BUF_INIT;

	markdown_plain(in, strlen(in), width, &out);
	assert_string_equal(buf_str(&out), want);
	buf_release(&out);
}

static void
test_blocks(void **state)
{
	(void)state;
	shows("", 20, "");
	shows("# Head *x*\n\ntext\nmore\n", 20, "Head x\n\ntext more\n");
	shows("a\\\nb", 20, "a\nb\n");
	shows("- a\n- b\n  - c\n\n1. x\n", 20, "- a\n- b\n  - c\n\n1. x\n");
	shows("9. a\n10. b\n", 20, " 9. a\n10. b\n");
	shows("- a\n\n- b\n", 20, "- a\n\n- b\n");
	shows("> a\n>\n> b\n", 20, "> a\n>\n> b\n");
	shows("> - a\n>   - b\n", 20, "> - a\n>   - b\n");
	shows("```\n  a\tb\n\n c\n```\n", 40, "      a     b\n\n     c\n");
	shows("---\n", 12, "------------\n");
	shows("-\n- a\n", 20, "-\n- a\n");
	shows("| a | b |\n|---|---|\n| 1 | 2 |\n", 40,
	    "| a | b |\n|---|---|\n| 1 | 2 |\n");
	shows("<b>x</b>\n\n<div>\ny\n</div>\n", 40,
	    "<b>x</b>\n\n<div> y </div>\n");
}

static void
test_links(void **state)
{
	(void)state;
	shows("[a](https://x.y)", 40, "a <https://x.y>\n");
	shows("<https://x.y>", 40, "https://x.y\n");
	shows("<a@b.c>", 40, "a@b.c\n");
	shows("![alt](https://x.y/z.png)", 40, "alt <https://x.y/z.png>\n");
	shows("[a](javascript:x)", 40, "a <javascript:x>\n");
}

static void
test_wrapping(void **state)
{
	(void)state;
	shows("one two three four", 10, "one two\nthree four\n");
	shows("abcdefghijklmno", 10, "abcdefghij\nklmno\n");
	shows("가나다 라마바 사", 10, "가나다\n라마바 사\n");
	shows("가나다라마바사아", 10, "가나다라마\n바사아\n");
	shows("x가나다라마바사아", 10, "x가나다라\n마바사아\n");
	shows("漢字かなが続く文", 10, "漢字かなが\n続く文\n");
	shows("- 가나다라마바사아", 10, "- 가나다라\n  마바사아\n");
	shows("a **b** c", 2, "a b c\n");
	shows("`code`는 붙는다", 10, "code는\n붙는다\n");
}

static void
test_hostile_text_is_shown(void **state)
{
	(void)state;
	shows("a\033[31mb", 40, "a^[[31mb\n");
	shows("a\xE2\x80\xAE"
	      "b",
	    40, "a<U+202E>b\n");
	shows("\xFF\xFE", 40, "\xEF\xBF\xBD\xEF\xBF\xBD\n");
	shows("&#27;[31m", 40, "^[[31m\n");
	shows("&#10;x", 40, "x\n");
	shows("```\na\rb\033\n```\n", 40, "    a\n    b^[\n");
	shows("[x](https://x.y/\033)", 60, "x <https://x.y/%1B>\n");
}

static void
test_styles(void **state)
{
	static const char text[] = "# h\n\n*e* **s** `c` [l](u)\n\n> - q\n";
	struct md_lines l = { 0 };
	const struct md_line *v;

	(void)state;
	markdown_lines(text, strlen(text), 40, &l);
	assert_int_equal(l.n, 5);
	v = l.v;
	assert_int_equal(v[0].runs[0].style, MD_HEADING);
	assert_int_equal(v[1].n, 0);
	assert_int_equal(v[2].runs[0].style, MD_EMPH);
	assert_string_equal(v[2].runs[0].text, "e");
	assert_int_equal(v[2].runs[2].style, MD_STRONG);
	assert_int_equal(v[2].runs[4].style, MD_CODE);
	assert_int_equal(v[2].runs[6].style, MD_LINK);
	assert_string_equal(v[2].runs[6].text, "l");
	assert_int_equal(v[2].runs[7].style, MD_DIM);
	assert_int_equal(v[4].runs[0].style, MD_QUOTE);
	assert_int_equal(v[4].runs[1].style, MD_BULLET);
	assert_int_equal(v[4].runs[2].style, MD_TEXT);
	md_lines_release(&l);
	assert_int_equal(l.n, 0);
}

/* No line is wider than asked for and no byte escapes utf8_clean(). */
static void
check_lines(const char *s, size_t len, size_t width)
{
	struct md_lines l = { 0 };
	const size_t max = width < 10 ? 10 : width;

	markdown_lines(s, len, width, &l);
	for (size_t i = 0; i < l.n; i++) {
		size_t cols = 0;

		for (size_t k = 0; k < l.v[i].n; k++) {
			const char *const t = l.v[i].runs[k].text;
			struct buf clean = BUF_INIT;

			cols += utf8_width(t, strlen(t));
			utf8_clean(&clean, t, strlen(t), UTF8_ONE_LINE);
			assert_string_equal(buf_str(&clean), t);
			buf_release(&clean);
		}
		if (cols > max)
			fail_msg("%zu columns of %zu in %.*s", cols, max,
			    (int)len, s);
	}
	md_lines_release(&l);
}

static void
repeat(const char *unit, const char *tail)
{
	struct buf b = BUF_INIT;

	while (b.len < 200000)
		buf_puts(&b, unit);
	buf_puts(&b, tail);
	check_lines(b.ptr, b.len, 40);
	buf_release(&b);
}

static void
test_pathological_input_ends(void **state)
{
	static const char *const units[] = {
		"![[]()",
		"[",
		"![",
		"[](",
		"> ",
		">",
		"- ",
		"1. ",
		"*a ",
		"**a ",
		"*a_ ",
		"a_",
		"<",
		"<!--",
		"`a``",
		"&",
		"\t",
		"\n",
		"- a\n",
		"[a]: b\n",
		"\\",
		"가",
		"\xE2\x80\xAE",
		"\xFF",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		repeat(units[i], "x");
}

static void
test_deep_nesting(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	for (size_t depth = 0; depth < 60; depth++) {
		buf_fill(&b, ' ', 2 * depth);
		buf_puts(&b, "- 한글 글\n");
		for (size_t w = 1; w < 90; w += 8)
			check_lines(b.ptr, b.len, w);
	}
	buf_clear(&b);
	for (size_t depth = 0; depth < 60; depth++) {
		buf_puts(&b, "> ");
		check_lines(b.ptr, b.len, 30);
	}
	buf_release(&b);
}

static void
test_random_text(void **state)
{
	static const char *const parts[] = {
		"# ",
		"\n",
		"\n\n",
		"- ",
		"1. ",
		"> ",
		"    ",
		"```\n",
		"*",
		"**",
		"_",
		"`",
		"[",
		"](",
		")",
		"<",
		">",
		"|",
		"한글",
		"漢字",
		"word ",
		"long_word_without_blank",
		"&#27;",
		"\x1B",
		"\xFF",
		"👨‍👩‍👧",
		"e\u0301",
		"\t",
		"https://x.y ",
		"---\n",
		"![",
	};
	uint64_t rnd = 42;

	(void)state;
	for (int i = 0; i < 4000; i++) {
		struct buf b = BUF_INIT;

		for (int k = 0; k < 24; k++) {
			rnd = rnd * UINT64_C(6364136223846793005) + 1;
			buf_puts(&b,
			    parts[(rnd >> 33) %
				(sizeof(parts) / sizeof(*parts))]);
		}
		check_lines(b.ptr, b.len, (rnd >> 40) % 60);
		buf_release(&b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_blocks),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_wrapping),
		cmocka_unit_test(test_hostile_text_is_shown),
		cmocka_unit_test(test_styles),
		cmocka_unit_test(test_pathological_input_ends),
		cmocka_unit_test(test_deep_nesting),
		cmocka_unit_test(test_random_text),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
