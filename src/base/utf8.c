#include "base/utf8.h"

#include <langinfo.h>
#include <string.h>
#include <utf8proc.h>
#include <wchar.h>

#include "utf8_priv.h"

static const char replacement[] = "\xEF\xBF\xBD";

size_t
utf8_decode(const char *s, size_t len, uint32_t *cp)
{
	const unsigned char *u = (const unsigned char *)s;
	uint32_t c, least;
	size_t n;

	*cp = UTF8_BAD;
	if (len == 0)
		return 0;
	c = u[0];
	if (c < 0x80) {
		*cp = c;
		return 1;
	}
	if (c >= 0xC2 && c <= 0xDF) {
		n = 2, least = 0x80, c &= 0x1F;
	} else if (c >= 0xE0 && c <= 0xEF) {
		n = 3, least = 0x800, c &= 0x0F;
	} else if (c >= 0xF0 && c <= 0xF4) {
		n = 4, least = 0x10000, c &= 0x07;
	} else {
		return 1;
	}
	if (len < n)
		return 1;
	for (size_t i = 1; i < n; i++) {
		if ((u[i] & 0xC0) != 0x80)
			return 1;
		c = c << 6 | (u[i] & 0x3F);
	}
	if (c < least || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		return 1;
	*cp = c;
	return n;
}

size_t
utf8_put(uint32_t cp, char out[4])
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xC0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3F));
		return 2;
	}
	if ((cp >= 0xD800 && cp <= 0xDFFF) || cp > 0x10FFFF)
		cp = 0xFFFD;
	if (cp < 0x10000) {
		out[0] = (char)(0xE0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
		out[2] = (char)(0x80 | (cp & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
	out[3] = (char)(0x80 | (cp & 0x3F));
	return 4;
}

/* Offset of the first bad byte, or len. */
static size_t
first_bad(const char *s, size_t len)
{
	uint32_t cp;
	size_t i = 0, n;

	while (i < len) {
		if (((unsigned char)s[i] & 0x80) == 0) {
			i++;
			continue;
		}
		n = utf8_decode(s + i, len - i, &cp);
		if (cp == UTF8_BAD)
			break;
		i += n;
	}
	return i;
}

bool
utf8_valid(const char *s, size_t len)
{
	return first_bad(s, len) == len;
}

void
utf8_repair(struct buf *out, const char *s, size_t len)
{
	size_t good;

	for (;;) {
		good = first_bad(s, len);
		buf_add(out, s, good);
		if (good == len)
			return;
		buf_add(out, replacement, 3);
		s += good + 1;
		len -= good + 1;
	}
}

static int ambiguous_columns = 1;

void
utf8_set_ambiguous(int columns)
{
	ambiguous_columns = columns;
}

int
utf8_cp_width(uint32_t cp)
{
	int w;

	if (cp < 0x7F)
		return 1;
	if (cp >= 0xAC00 && cp <= 0xD7A3)
		return 2;
	if (cp > 0x10FFFF)
		return 1;
	if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0) {
		w = wcwidth((wchar_t)cp);
		if (w == 1 && ambiguous_columns == 2 && utf8_is_ambiguous(cp))
			return 2;
		return w < 0 ? 1 : w;
	}
	/* Medial and final jamo stand on the initial one, as in glibc. */
	if ((cp >= 0x1160 && cp <= 0x11FF) || (cp >= 0xD7B0 && cp <= 0xD7FB))
		return 0;
	if (cp < 0xA0 || cp == 0xAD)
		return 1;
	return utf8proc_charwidth((utf8proc_int32_t)cp);
}

/* What stands for a bad byte on the screen is U+FFFD. */
static size_t
decode_shown(const char *s, size_t len, utf8proc_int32_t *cp)
{
	uint32_t c;
	size_t n = utf8_decode(s, len, &c);

	*cp = c == UTF8_BAD ? 0xFFFD : (utf8proc_int32_t)c;
	return n;
}

size_t
utf8_grapheme(const char *s, size_t len, int *width)
{
	utf8proc_int32_t cp, next, state = 0;
	size_t i, n;
	int w;

	if (len == 0) {
		if (width != NULL)
			*width = 0;
		return 0;
	}
	i = decode_shown(s, len, &cp);
	w = utf8_cp_width((uint32_t)cp);
	/* Nothing in ASCII joins what stands before it. */
	while (i < len && ((unsigned char)s[i] & 0x80) != 0) {
		n = decode_shown(s + i, len - i, &next);
		if (utf8proc_grapheme_break_stateful(cp, next, &state))
			break;
		if (utf8_cp_width((uint32_t)next) > 0) {
			if (w > 0)
				break;
			w = utf8_cp_width((uint32_t)next);
		}
		cp = next;
		i += n;
	}
	if (width != NULL)
		*width = w;
	return i;
}

size_t
utf8_width(const char *s, size_t len)
{
	size_t total = 0, n;
	int w;

	for (size_t i = 0; i < len; i += n) {
		n = utf8_grapheme(s + i, len - i, &w);
		total += (size_t)w;
	}
	return total;
}

size_t
utf8_fit(const char *s, size_t len, size_t cols, size_t *used)
{
	size_t i = 0, total = 0, n;
	int w;

	while (i < len) {
		n = utf8_grapheme(s + i, len - i, &w);
		if (total + (size_t)w > cols)
			break;
		total += (size_t)w;
		i += n;
	}
	if (used != NULL)
		*used = total;
	return i;
}

void
utf8_cell(struct buf *out, const char *s, size_t cols)
{
	size_t len = strlen(s), used;
	size_t n = utf8_fit(s, len, cols, &used);

	if (n == len) {
		buf_add(out, s, n);
		buf_fill(out, ' ', cols - used);
		return;
	}
	if (cols == 0)
		return;
	n = utf8_fit(s, len, cols - 1, &used);
	buf_add(out, s, n);
	buf_fill(out, ' ', cols - 1 - used);
	buf_putc(out, '~');
}
