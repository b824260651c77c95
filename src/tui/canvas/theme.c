#include "theme.h"

#include <stdlib.h>
#include <string.h>

#include "canvas.h"

const char theme_letters[ROLE_N] = {
#define X(id, letter) [ROLE_##id] = letter,
	ROLES(X)
#undef X
};

/* Without colours, and what 8 and 16 colours add to. */
static const unsigned plain[ROLE_N] = {
	[ROLE_BAR] = LOOK_REVERSE,
	[ROLE_BAR_ON] = LOOK_REVERSE | LOOK_BOLD | LOOK_UNDERLINE,
	[ROLE_HEADER] = LOOK_UNDERLINE,
	[ROLE_KEY] = LOOK_BOLD,
	[ROLE_WARN] = LOOK_BOLD,
	[ROLE_ERROR] = LOOK_BOLD | LOOK_REVERSE,
	[ROLE_PROMPT] = LOOK_BOLD,
	[ROLE_TICKET] = LOOK_BOLD,
	[ROLE_URGENT] = LOOK_BOLD,
	[ROLE_MARK] = LOOK_BOLD,
	[ROLE_MATCH] = LOOK_BOLD | LOOK_UNDERLINE,
	[ROLE_POPUP] = LOOK_REVERSE,
	[ROLE_HEADING] = LOOK_BOLD | LOOK_UNDERLINE,
	[ROLE_STRONG] = LOOK_BOLD,
	[ROLE_EMPH] = LOOK_UNDERLINE,
	[ROLE_LINK] = LOOK_UNDERLINE,
};

struct tint {
	int fg, bg;
	unsigned attr;
};

#define FG(n) \
	{ \
		n, -1, 0 \
	}
#define FG_BOLD(n) \
	{ \
		n, -1, LOOK_BOLD \
	}
#define OWN \
	{ \
		-1, -1, 0 \
	}

static const struct tint tint_256[TONE_N][ROLE_N] = {
	[TONE_DARK] = {
		[ROLE_TEXT] = OWN, [ROLE_DIM] = FG(248),
		[ROLE_BAR] = { 252, 236, 0 },
		[ROLE_BAR_ON] = { 231, 25, LOOK_BOLD },
		[ROLE_HEADER] = { 250, -1, LOOK_BOLD },
		[ROLE_RULE] = FG(247), [ROLE_KEY] = FG_BOLD(117),
		[ROLE_LABEL] = FG(250), [ROLE_INFO] = FG(114),
		[ROLE_WARN] = FG_BOLD(221),
		[ROLE_ERROR] = { 231, 124, LOOK_BOLD },
		[ROLE_PROMPT] = FG_BOLD(117), [ROLE_TICKET] = FG(117),
		[ROLE_URGENT] = FG_BOLD(210), [ROLE_TODO] = FG(252),
		[ROLE_DOING] = FG(221), [ROLE_DONE] = FG(114),
		[ROLE_TAG] = FG(183), [ROLE_MARK] = FG_BOLD(221),
		[ROLE_MATCH] = { 16, 221, 0 },
		[ROLE_POPUP] = { 252, 236, 0 },
		[ROLE_HEADING] = FG_BOLD(117), [ROLE_STRONG] = FG_BOLD(-1),
		[ROLE_EMPH] = { -1, -1, LOOK_ITALIC },
		[ROLE_CODE] = { 223, 235, 0 }, [ROLE_QUOTE] = FG(248),
		[ROLE_LINK] = { 111, -1, LOOK_UNDERLINE },
		[ROLE_ADDED] = FG(114), [ROLE_REMOVED] = FG(210),
	},
	[TONE_LIGHT] = {
		[ROLE_TEXT] = OWN, [ROLE_DIM] = FG(241),
		[ROLE_BAR] = { 235, 253, 0 },
		[ROLE_BAR_ON] = { 231, 25, LOOK_BOLD },
		[ROLE_HEADER] = { 238, -1, LOOK_BOLD },
		[ROLE_RULE] = FG(242), [ROLE_KEY] = FG_BOLD(25),
		[ROLE_LABEL] = FG(238), [ROLE_INFO] = FG(22),
		[ROLE_WARN] = FG_BOLD(94),
		[ROLE_ERROR] = { 231, 124, LOOK_BOLD },
		[ROLE_PROMPT] = FG_BOLD(25), [ROLE_TICKET] = FG(25),
		[ROLE_URGENT] = FG_BOLD(124), [ROLE_TODO] = FG(236),
		[ROLE_DOING] = FG(94), [ROLE_DONE] = FG(22),
		[ROLE_TAG] = FG(90), [ROLE_MARK] = FG_BOLD(94),
		[ROLE_MATCH] = { 16, 221, 0 },
		[ROLE_POPUP] = { 235, 253, 0 },
		[ROLE_HEADING] = FG_BOLD(25), [ROLE_STRONG] = FG_BOLD(-1),
		[ROLE_EMPH] = { -1, -1, LOOK_ITALIC },
		[ROLE_CODE] = { 52, 255, 0 }, [ROLE_QUOTE] = FG(241),
		[ROLE_LINK] = { 25, -1, LOOK_UNDERLINE },
		[ROLE_ADDED] = FG(22), [ROLE_REMOVED] = FG(124),
	},
};

/*
 * The eight colours are anybody's guess on a given terminal: only those are
 * used that are readable on the usual palettes, and bars are reversed.
 */
static const int tint_8[TONE_N][ROLE_N] = {
	[TONE_DARK] = {
		[ROLE_KEY] = 6, [ROLE_INFO] = 2, [ROLE_WARN] = 3,
		[ROLE_PROMPT] = 6, [ROLE_TICKET] = 6, [ROLE_URGENT] = 3,
		[ROLE_DOING] = 3, [ROLE_DONE] = 2, [ROLE_MARK] = 3,
		[ROLE_HEADING] = 6, [ROLE_CODE] = 3, [ROLE_LINK] = 6,
		[ROLE_ADDED] = 2, [ROLE_REMOVED] = 3,
	},
	[TONE_LIGHT] = {
		[ROLE_KEY] = 4, [ROLE_WARN] = 1, [ROLE_PROMPT] = 4,
		[ROLE_TICKET] = 4, [ROLE_URGENT] = 1, [ROLE_DOING] = 5,
		[ROLE_MARK] = 5, [ROLE_HEADING] = 4, [ROLE_CODE] = 5,
		[ROLE_LINK] = 4, [ROLE_REMOVED] = 1,
	},
};

static struct look
selected_look(enum theme_depth depth, enum theme_tone tone, enum role role)
{
	unsigned bold = plain[role] & LOOK_BOLD;

	if (depth != DEPTH_256)
		return (struct look){ -1, -1, LOOK_REVERSE | bold };
	return tone == TONE_DARK ? (struct look){ 231, 24, bold }
				 : (struct look){ 16, 153, bold };
}

struct look
theme_look(enum theme_depth depth, enum theme_tone tone, enum role role,
    unsigned flags)
{
	struct look look = { -1, -1, plain[role] };
	int fg;

	if ((flags & CELL_SELECTED) != 0)
		return selected_look(depth, tone, role);
	switch (depth) {
	case DEPTH_256:
		look.fg = tint_256[tone][role].fg;
		look.bg = tint_256[tone][role].bg;
		look.attr = tint_256[tone][role].attr;
		break;
	case DEPTH_16:
	case DEPTH_8:
		fg = tint_8[tone][role];
		if (fg != 0)
			look.fg = fg +
			    (depth == DEPTH_16 && tone == TONE_DARK) * 8;
		/* The console's plain yellow is a brown. */
		if (look.fg == 3)
			look.attr |= LOOK_BOLD;
		break;
	default:
		break;
	}
	return look;
}

enum theme_depth
theme_depth(int colours, const char *no_color)
{
	if (no_color != NULL && *no_color != '\0')
		return DEPTH_NONE;
	if (colours >= 256)
		return DEPTH_256;
	if (colours >= 16)
		return DEPTH_16;
	return colours >= 8 ? DEPTH_8 : DEPTH_NONE;
}

enum theme_tone
theme_tone(const char *colorfgbg)
{
	const char *bg = colorfgbg == NULL ? NULL : strrchr(colorfgbg, ';');
	int n;

	if (bg == NULL || bg[1] < '0' || bg[1] > '9')
		return TONE_DARK;
	n = atoi(bg + 1);
	return n == 7 || n > 8 ? TONE_LIGHT : TONE_DARK;
}

enum theme_tone
theme_tone_rgb(unsigned r, unsigned g, unsigned b)
{
	unsigned long luma = 299UL * r + 587UL * g + 114UL * b;

	return luma > 1000UL * 65535 / 2 ? TONE_LIGHT : TONE_DARK;
}
