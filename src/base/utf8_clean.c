#include "base/utf8.h"

#include <string.h>
#include <utf8proc.h>

#include "base/mem.h"

#define MARKS_MAX 4

/*
 * Code points that show nothing, or change what stands beside them: the list
 * of docs/SAFETY.md, with the halfwidth Hangul filler, the shorthand and
 * musical format controls, and what Unicode calls noncharacters.  Sorted.
 */
static const struct range {
	uint32_t first, last;
} hidden[] = {
	{ 0x0000, 0x001F },
	{ 0x007F, 0x009F },
	{ 0x00AD, 0x00AD },
	{ 0x061C, 0x061C },
	{ 0x115F, 0x1160 },
	{ 0x180E, 0x180E },
	{ 0x200B, 0x200F },
	{ 0x2028, 0x202E },
	{ 0x2060, 0x206F },
	{ 0x3164, 0x3164 },
	{ 0xFDD0, 0xFDEF },
	{ 0xFEFF, 0xFEFF },
	{ 0xFFA0, 0xFFA0 },
	{ 0xFFF0, 0xFFFB },
	{ 0xFFFE, 0xFFFF },
	{ 0x1BCA0, 0x1BCA3 },
	{ 0x1D173, 0x1D17A },
	{ 0xE0000, 0xE0FFF },
};

bool
utf8_hidden(uint32_t cp)
{
	size_t lo = 0, hi = sizeof(hidden) / sizeof(hidden[0]);

	if (cp >= 0x20 && cp < 0x7F)
		return false;
	if (cp > 0xFFFF && (cp & 0xFFFE) == 0xFFFE)
		return true;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (cp > hidden[mid].last)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < sizeof(hidden) / sizeof(hidden[0]) &&
	    cp >= hidden[lo].first;
}

/* What stands on the character before it: marks, medial and final jamo. */
static bool
is_mark(uint32_t cp)
{
	utf8proc_category_t c;

	if (cp < 0x300)
		return false;
	if ((cp >= 0x1161 && cp <= 0x11FF) || (cp >= 0xD7B0 && cp <= 0xD7FB))
		return true;
	c = utf8proc_category((utf8proc_int32_t)cp);
	return c == UTF8PROC_CATEGORY_MN || c == UTF8PROC_CATEGORY_ME;
}

static bool
is_pictograph(uint32_t cp)
{
	return utf8proc_get_property((utf8proc_int32_t)cp)->boundclass ==
	    UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

static bool
is_virama(uint32_t cp)
{
	return utf8proc_get_property((utf8proc_int32_t)cp)->combining_class ==
	    9;
}

static bool
is_letter(uint32_t cp)
{
	return utf8proc_category((utf8proc_int32_t)cp) == UTF8PROC_CATEGORY_LO;
}

/* Arabic letters, which is where Persian needs the non-joiner. */
static bool
is_arabic(uint32_t cp)
{
	return ((cp >= 0x0620 && cp <= 0x06FF) ||
		   (cp >= 0x0750 && cp <= 0x077F) ||
		   (cp >= 0x08A0 && cp <= 0x08C9)) &&
	    is_letter(cp);
}

struct cleaner {
	struct buf *out;
	enum utf8_lines lines;
	uint32_t base; /* the last character that is no mark */
	uint32_t last; /* the last code point */
	size_t marks;  /* in a row, up to last */
};

/*
 * Zero width joiner and non-joiner have a meaning between two pictographs,
 * after a virama, and between Arabic letters; elsewhere they hide.
 */
static bool
may_join(const struct cleaner *c, uint32_t joiner, uint32_t next)
{
	if (next == UTF8_BAD || utf8_hidden(next) || is_mark(next))
		return false;
	if (is_virama(c->last) && is_letter(next))
		return true;
	if (joiner == 0x200D)
		return is_pictograph(c->base) && is_pictograph(next);
	return is_arabic(c->base) && is_arabic(next);
}

static void
add_cp(struct buf *out, uint32_t cp)
{
	char bytes[4];

	buf_add(out, bytes, utf8_put(cp, bytes));
}

static void
put(struct cleaner *c, uint32_t cp)
{
	add_cp(c->out, cp);
	c->base = c->last = cp;
	c->marks = 0;
}

/* The rest of a run that is too long becomes one U+FFFD. */
static void
put_mark(struct cleaner *c, uint32_t cp)
{
	if (c->marks > MARKS_MAX)
		return;
	if (c->marks == MARKS_MAX) {
		put(c, 0xFFFD);
		c->marks = MARKS_MAX + 1;
		return;
	}
	add_cp(c->out, cp);
	c->last = cp;
	c->marks++;
}

static void
put_hidden(struct cleaner *c, uint32_t cp)
{
	if (c->lines == UTF8_MULTI_LINE && (cp == '\n' || cp == '\t')) {
		put(c, cp);
		return;
	}
	if (cp < 0x20 || cp == 0x7F)
		buf_printf(c->out, "^%c", (int)(cp ^ 0x40));
	else
		buf_printf(c->out, "<U+%04X>", cp);
	c->base = c->last = '>';
	c->marks = 0;
}

/* Skin tones belong to the pictograph before them. */
static bool
is_skin_tone(uint32_t cp)
{
	return cp >= 0x1F3FB && cp <= 0x1F3FF;
}

static void
put_cp(struct cleaner *c, uint32_t cp, uint32_t next)
{
	uint32_t base = c->base;

	if (cp == UTF8_BAD) {
		put(c, 0xFFFD);
	} else if ((cp == 0x200C || cp == 0x200D) && may_join(c, cp, next)) {
		add_cp(c->out, cp);
		c->last = cp;
	} else if (utf8_hidden(cp)) {
		put_hidden(c, cp);
	} else if (is_mark(cp)) {
		put_mark(c, cp);
	} else {
		put(c, cp);
		if (is_skin_tone(cp) && is_pictograph(base))
			c->base = base;
	}
}

void
utf8_clean(struct buf *out, const char *s, size_t len, enum utf8_lines lines)
{
	struct cleaner c = { .out = out, .lines = lines };
	uint32_t cp, next;
	size_t i = 0, n;

	buf_add(out, "", 0);
	while (i < len) {
		size_t start = i;

		while (i < len && s[i] >= 0x20 && s[i] < 0x7F)
			i++;
		if (i > start) {
			buf_add(out, s + start, i - start);
			c.base = c.last = (unsigned char)s[i - 1];
			c.marks = 0;
			continue;
		}
		n = utf8_decode(s + i, len - i, &cp);
		utf8_decode(s + i + n, len - i - n, &next);
		put_cp(&c, cp, next);
		i += n;
	}
}

char *
utf8_clean_dup(const char *s, enum utf8_lines lines)
{
	struct buf b = BUF_INIT;

	utf8_clean(&b, s, strlen(s), lines);
	return buf_detach(&b);
}
