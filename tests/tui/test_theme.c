/* Every role can be read, and none says by its colour alone what it is. */
#include "unit.h"

#include <math.h>

#include "tui/canvas/canvas.h"
#include "tui/canvas/theme.h"

struct rgb {
	int r, g, b;
};

/* Backgrounds that people have: of terminals, Solarized, Gruvbox, VS Code. */
static const struct rgb dark[] = { { 0, 0, 0 }, { 30, 30, 30 }, { 0, 43, 54 },
	{ 40, 40, 40 }, { 36, 36, 36 } };
static const struct rgb light[] = { { 255, 255, 255 }, { 253, 246, 227 },
	{ 251, 241, 199 }, { 250, 250, 250 } };
/* What text without a colour is there, at the least. */
static const struct rgb light_text = { 170, 170, 170 };
static const struct rgb dark_text = { 40, 40, 40 };

/* The sixteen colours: xterm's, and the Linux console's (VGA). */
static const struct rgb palettes[][16] = {
	{ { 0, 0, 0 }, { 205, 0, 0 }, { 0, 205, 0 }, { 205, 205, 0 },
	    { 0, 0, 238 }, { 205, 0, 205 }, { 0, 205, 205 }, { 229, 229, 229 },
	    { 127, 127, 127 }, { 255, 0, 0 }, { 0, 255, 0 }, { 255, 255, 0 },
	    { 92, 92, 255 }, { 255, 0, 255 }, { 0, 255, 255 },
	    { 255, 255, 255 } },
	{ { 0, 0, 0 }, { 170, 0, 0 }, { 0, 170, 0 }, { 170, 85, 0 },
	    { 0, 0, 170 }, { 170, 0, 170 }, { 0, 170, 170 }, { 170, 170, 170 },
	    { 85, 85, 85 }, { 255, 85, 85 }, { 85, 255, 85 }, { 255, 255, 85 },
	    { 85, 85, 255 }, { 255, 85, 255 }, { 85, 255, 255 },
	    { 255, 255, 255 } },
};

/* The palette of 256: a cube of 6 levels, then greys. */
static struct rgb
colour(int n, const struct rgb *sixteen)
{
	static const int levels[] = { 0, 95, 135, 175, 215, 255 };

	if (n < 16)
		return sixteen[n];
	if (n >= 232)
		return (struct rgb){ 8 + (n - 232) * 10, 8 + (n - 232) * 10,
			8 + (n - 232) * 10 };
	n -= 16;
	return (struct rgb){ levels[n / 36], levels[n / 6 % 6], levels[n % 6] };
}

/* https://www.w3.org/TR/WCAG21/#dfn-relative-luminance */
static double
linear(int v)
{
	double c = v / 255.0;

	return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double
luminance(struct rgb c)
{
	return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) +
	    0.0722 * linear(c.b);
}

static double
contrast(struct rgb a, struct rgb b)
{
	double x = luminance(a), y = luminance(b);

	return ((x > y ? x : y) + 0.05) / ((x > y ? y : x) + 0.05);
}

static void
check(enum theme_depth depth, enum theme_tone tone, const struct rgb *palette,
    struct rgb ground, bool bright)
{
	static const char letters[] = {
#define X(id, letter) letter,
		ROLES(X)
#undef X
	};

	for (int r = 0; r < ROLE_N; r++) {
		for (unsigned s = 0; s < 2; s++) {
			struct look l = theme_look(depth, tone, (enum role)r,
			    s);
			/* Bold makes the eight colours bright on some. */
			int fg = l.fg >= 0 && l.fg < 8 && bright &&
				(l.attr & LOOK_BOLD) != 0
			    ? l.fg + 8
			    : l.fg;
			struct rgb front = l.fg >= 0 ? colour(fg, palette)
			    : tone == TONE_DARK      ? light_text
						     : dark_text;
			struct rgb back = l.bg >= 0 ? colour(l.bg, palette)
						    : ground;
			double c = contrast(front, back);

			/* Dimmed by the terminal, it is anybody's guess. */
			assert_int_equal(l.attr & LOOK_DIM, 0);
			if (c < 4.5)
				fail_msg("depth %d tone %d role %c%s: %.2f on "
					 "%d,%d,%d",
				    (int)depth, (int)tone, letters[r],
				    s ? " selected" : "", c, back.r, back.g,
				    back.b);
		}
	}
}

static void
test_contrast(void **state)
{
	(void)state;
	for (size_t i = 0; i < 5; i++)
		check(DEPTH_256, TONE_DARK, palettes[0], dark[i], false);
	for (size_t i = 0; i < 4; i++)
		check(DEPTH_256, TONE_LIGHT, palettes[0], light[i], false);
	for (size_t p = 0; p < 2; p++) {
		for (size_t i = 0; i < 2; i++)
			check(DEPTH_16, TONE_DARK, palettes[p], dark[i], false);
		check(DEPTH_16, TONE_LIGHT, palettes[p], light[0], false);
	}
	/* The console's bold is bright; xterm's own eight need no help. */
	check(DEPTH_8, TONE_DARK, palettes[0], dark[0], false);
	check(DEPTH_8, TONE_DARK, palettes[1], dark[0], true);
	check(DEPTH_8, TONE_LIGHT, palettes[0], light[0], false);
	check(DEPTH_8, TONE_LIGHT, palettes[1], light[0], false);
}

static void
test_no_colours(void **state)
{
	/* What the text beside it does not say. */
	static const enum role marks[] = { ROLE_BAR, ROLE_BAR_ON, ROLE_ERROR,
		ROLE_MATCH, ROLE_POPUP, ROLE_KEY, ROLE_WARN, ROLE_URGENT };
	struct look text = theme_look(DEPTH_NONE, TONE_DARK, ROLE_TEXT, 0);

	(void)state;
	for (int r = 0; r < ROLE_N; r++) {
		for (unsigned s = 0; s < 2; s++) {
			struct look l = theme_look(DEPTH_NONE, TONE_LIGHT,
			    (enum role)r, s);

			assert_int_equal(l.fg, -1);
			assert_int_equal(l.bg, -1);
			if (s == 1)
				assert_true(l.attr & LOOK_REVERSE);
		}
	}
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		assert_int_not_equal(text.attr,
		    theme_look(DEPTH_NONE, TONE_DARK, marks[i], 0).attr);
}

/* No more colours than there are. */
static void
test_palettes(void **state)
{
	static const int most[] = { [DEPTH_NONE] = 0,
		[DEPTH_8] = 8,
		[DEPTH_16] = 16,
		[DEPTH_256] = 256 };

	(void)state;
	for (int d = 0; d < DEPTH_N; d++)
		for (int tone = 0; tone < TONE_N; tone++)
			for (int r = 0; r < 2 * ROLE_N; r++) {
				struct look l = theme_look((enum theme_depth)d,
				    (enum theme_tone)tone, (enum role)(r / 2),
				    (unsigned)r % 2);

				assert_true(l.fg < most[d] && l.bg < most[d]);
			}
	assert_int_equal(theme_depth(256, NULL), DEPTH_256);
	assert_int_equal(theme_depth(256, ""), DEPTH_256);
	assert_int_equal(theme_depth(256, "1"), DEPTH_NONE);
	assert_int_equal(theme_depth(88, NULL), DEPTH_16);
	assert_int_equal(theme_depth(8, NULL), DEPTH_8);
	assert_int_equal(theme_depth(0, NULL), DEPTH_NONE);
	assert_int_equal(theme_depth(-1, NULL), DEPTH_NONE);
}

static void
test_tone(void **state)
{
	static const struct {
		const char *value;
		enum theme_tone tone;
	} cases[] = { { NULL, TONE_DARK }, { "", TONE_DARK },
		{ "15;0", TONE_DARK }, { "0;15", TONE_LIGHT },
		{ "0;default;15", TONE_LIGHT }, { "12;8", TONE_DARK },
		{ "0;7", TONE_LIGHT }, { "default;default", TONE_DARK },
		{ ";", TONE_DARK } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(theme_tone(cases[i].value), cases[i].tone);
	assert_int_equal(theme_tone_rgb(0, 0, 0), TONE_DARK);
	assert_int_equal(theme_tone_rgb(65535, 65535, 65535), TONE_LIGHT);
	assert_int_equal(theme_tone_rgb(0, 11051, 13878), TONE_DARK);
	assert_int_equal(theme_tone_rgb(65021, 63222, 58339), TONE_LIGHT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_contrast),
		cmocka_unit_test(test_no_colours),
		cmocka_unit_test(test_palettes),
		cmocka_unit_test(test_tone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
