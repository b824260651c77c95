/* Cells in memory, colours, widths. */
#include <locale.h>
#include <math.h>

#include "unit.h"

#include "tui/canvas/canvas.h"
#include "base/utf8.h"

static char *
lines(const struct canvas *c)
{
	struct buf b = BUF_INIT;

	canvas_lines(c, &b);
	return buf_detach(&b);
}

static void
expect(struct canvas *c, const char *want)
{
	char *got = lines(c);

	assert_string_equal(got, want);
	free(got);
}

static void
test_cut(void **state)
{
	struct canvas c = { 0 };
	struct area a;

	(void)state;
	canvas_resize(&c, 1, 10);
	a = canvas_area(&c);
	assert_int_equal(area_text(&a, 0, 0, 5, "abcdef", ROLE_TEXT), 5);
	expect(&c, "abcd~\n");
	canvas_clear(&c);
	/* Cut where the wide one would be halved: a blank keeps the column. */
	assert_int_equal(area_text(&a, 0, 0, 6, "한글폭계산", ROLE_TEXT), 6);
	expect(&c, "한글 ~\n");
	canvas_clear(&c);
	assert_int_equal(area_text(&a, 0, 8, 9, "한글", ROLE_TEXT), 2);
	expect(&c, "         ~\n");
	canvas_clear(&c);
	assert_int_equal(area_text(&a, 0, 0, 1, "한", ROLE_TEXT), 1);
	expect(&c, "~\n");
	canvas_release(&c);
}

static void
test_overwrite(void **state)
{
	struct canvas c = { 0 };
	struct area a;

	(void)state;
	canvas_resize(&c, 1, 8);
	a = canvas_area(&c);
	area_text(&a, 0, 0, 8, "한글한글", ROLE_TEXT);
	area_text(&a, 0, 1, 1, "x", ROLE_TEXT);
	expect(&c, " x글한글\n");
	area_text(&a, 0, 3, 2, "폭", ROLE_TEXT);
	expect(&c, " x 폭 글\n");
	for (int x = 0; x < 8; x++)
		if (canvas_at(&c, 0, x)->width == 0)
			assert_int_equal(canvas_at(&c, 0, x - 1)->width, 2);
	canvas_release(&c);
}

static void
test_clip(void **state)
{
	struct canvas c = { 0 };
	struct area a, sub;

	(void)state;
	canvas_resize(&c, 3, 6);
	a = canvas_area(&c);
	sub = area_sub(&a, 1, 2, 9, 9);
	assert_int_equal(sub.rows, 2);
	assert_int_equal(sub.cols, 4);
	area_text(&sub, 0, 0, 99, "abcdefgh", ROLE_TEXT);
	area_text(&sub, -1, 0, 9, "no", ROLE_TEXT);
	area_text(&sub, 2, 0, 9, "no", ROLE_TEXT);
	area_fill(&sub, 1, 2, 99, '#', ROLE_TEXT);
	area_flag(&sub, 1, -5, 99, CELL_SELECTED);
	area_cursor(&sub, 50, 50);
	expect(&c, "\n  abc~\n    ##\n");
	assert_int_equal(c.cursor_y, 2);
	assert_int_equal(c.cursor_x, 5);
	sub = area_sub(&a, 9, 9, 1, 1);
	area_text(&sub, 0, 0, 1, "x", ROLE_TEXT);
	area_cursor(&sub, 0, 0);
	canvas_release(&c);
}

/* Nothing that steers a terminal gets into a cell. */
static void
test_hostile(void **state)
{
	static const char *const texts[] = { "\033[2J",
		"\x9b"
		"31m",
		"a\rb\n\t",
		"\xE2\x80\xAE"
		"abc",
		"\xEF\xBB\xBF", "\xC2\x9B", "\xFF\xFE",
		"e\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81",
		"\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D"
		"\xF0\x9F\x91\xA7",
		"\xCC\x81", "\xE1\x84\x92\xE1\x85\xA1" };
	struct canvas c = { 0 };
	struct area a;

	(void)state;
	canvas_resize(&c, 1, 40);
	a = canvas_area(&c);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		char *got;

		canvas_clear(&c);
		area_text(&a, 0, 0, 40, texts[i], ROLE_TEXT);
		got = lines(&c);
		for (const char *s = got; *s != '\0' && s[1] != '\0'; s++)
			assert_true((unsigned char)*s >= 0x20);
		assert_null(strstr(got, "\xE2\x80\xAE"));
		assert_null(strstr(got, "\xE2\x80\x8D"));
		assert_true(utf8_valid(got, strlen(got)));
		free(got);
	}
	canvas_release(&c);
}

static double
channel(int v)
{
	double s = v / 255.0, x = (s + 0.055) / 1.055;

	if (s <= 0.03928)
		return s / 12.92;
	return pow(x, 2.4);
}

/* xterm's palette of 256 colours. */
static double
luminance(int n)
{
	static const int base[16][3] = { { 0, 0, 0 }, { 205, 0, 0 },
		{ 0, 205, 0 }, { 205, 205, 0 }, { 0, 0, 238 }, { 205, 0, 205 },
		{ 0, 205, 205 }, { 229, 229, 229 }, { 127, 127, 127 },
		{ 255, 0, 0 }, { 0, 255, 0 }, { 255, 255, 0 }, { 92, 92, 255 },
		{ 255, 0, 255 }, { 0, 255, 255 }, { 255, 255, 255 } };
	static const int level[6] = { 0, 95, 135, 175, 215, 255 };
	int r, g, b;

	if (n < 16) {
		r = base[n][0], g = base[n][1], b = base[n][2];
	} else if (n < 232) {
		n -= 16;
		r = level[n / 36], g = level[n / 6 % 6], b = level[n % 6];
	} else {
		r = g = b = 8 + 10 * (n - 232);
	}
	return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
}

static double
contrast(double x, double y)
{
	return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

static void
test_contrast(void **state)
{
	(void)state;
	for (unsigned tone = 0; tone < TONE_N; tone++) {
		for (unsigned role = 0; role < ROLE_N; role++) {
			for (unsigned flags = 0; flags < 2; flags++) {
				struct look l = theme_look(DEPTH_256,
				    (enum theme_tone)tone, (enum role)role,
				    flags);
				/* Black, or the dark grey of many themes. */
				double own[2] = { tone == TONE_DARK ? 0 : 1.0,
					tone == TONE_DARK ? luminance(234)
							  : 1.0 };

				if (l.fg < 0 && l.bg < 0)
					continue;
				for (size_t i = 0; i < 2; i++) {
					double bg = l.bg < 0 ? own[i]
							     : luminance(l.bg);
					double fg = l.fg >= 0 ? luminance(l.fg)
					    : tone == TONE_DARK ? luminance(252)
								: 0;

					if (contrast(fg, bg) < 4.5)
						fail_msg("%c tone %u: %d on %d"
							 " is %.2f",
						    theme_letters[role], tone,
						    l.fg, l.bg,
						    contrast(fg, bg));
				}
			}
		}
	}
}

static void
test_theme(void **state)
{
	(void)state;
	assert_int_equal(theme_depth(256, NULL), DEPTH_256);
	assert_int_equal(theme_depth(256, ""), DEPTH_256);
	assert_int_equal(theme_depth(256, "1"), DEPTH_NONE);
	assert_int_equal(theme_depth(16, NULL), DEPTH_16);
	assert_int_equal(theme_depth(8, NULL), DEPTH_8);
	assert_int_equal(theme_depth(-1, NULL), DEPTH_NONE);
	assert_int_equal(theme_tone("15;0"), TONE_DARK);
	assert_int_equal(theme_tone("0;15"), TONE_LIGHT);
	assert_int_equal(theme_tone("0;default;15"), TONE_LIGHT);
	assert_int_equal(theme_tone("x"), TONE_DARK);
	assert_int_equal(theme_tone(NULL), TONE_DARK);
	assert_int_equal(theme_tone_rgb(65535, 65535, 65535), TONE_LIGHT);
	assert_int_equal(theme_tone_rgb(7000, 7000, 9000), TONE_DARK);
	/* Without colours the selection still shows. */
	assert_true(theme_look(DEPTH_NONE, TONE_DARK, ROLE_TEXT, CELL_SELECTED)
			.attr &
	    LOOK_REVERSE);
	assert_int_equal(theme_look(DEPTH_NONE, TONE_DARK, ROLE_DONE, 0).fg,
	    -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_overwrite),
		cmocka_unit_test(test_clip),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_contrast),
		cmocka_unit_test(test_theme),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
