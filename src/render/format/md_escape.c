#include "md_escape.h"

#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"
#include "md_word.h"

struct text {
	const char *s;
	size_t len;
	unsigned place;
	size_t dollars; /* in the text: two make a formula */
};

static bool
is_punct(char c)
{
	return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') ||
	    (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

static bool
is_alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9');
}

static char
byte_at(const struct text *t, size_t i)
{
	return i < t->len ? t->s[i] : '\0';
}

/* A letter next to '_' keeps it from opening or closing emphasis.  Of what is
 * not ASCII only Hangul syllables and Han are sure not to be punctuation. */
static bool
is_letter_at(const struct text *t, size_t i)
{
	uint32_t cp;

	if (i >= t->len)
		return false;
	if ((unsigned char)t->s[i] < 0x80)
		return is_alnum(t->s[i]);
	utf8_decode(t->s + i, t->len - i, &cp);
	return (cp >= 0xAC00 && cp <= 0xD7A3) || (cp >= 0x4E00 && cp <= 0x9FFF);
}

static bool
is_letter_before(const struct text *t, size_t i)
{
	if (i == 0)
		return false;
	do
		i--;
	while (i > 0 && ((unsigned char)t->s[i] & 0xC0) == 0x80);
	return is_letter_at(t, i);
}

static bool
underscore_is_plain(const struct text *t, size_t i)
{
	size_t start = i, end = i;

	while (start > 0 && t->s[start - 1] == '_')
		start--;
	while (byte_at(t, end) == '_')
		end++;
	return is_letter_before(t, start) && is_letter_at(t, end);
}

/* "&name;", "&#1;" */
static bool
is_entity(const struct text *t, size_t i)
{
	size_t end = i + 1;

	if (byte_at(t, end) == '#')
		end++;
	while (is_alnum(byte_at(t, end)))
		end++;
	if (end >= t->len)
		return !(t->place & MD_LAST);
	return t->s[end] == ';';
}

static bool
closes_heading(const struct text *t, size_t i)
{
	if (!(t->place & MD_IN_HEADING) || !(t->place & MD_LAST))
		return false;
	while (byte_at(t, i) == '#' || byte_at(t, i) == ' ')
		i++;
	return i >= t->len;
}

/* A word there becomes a code span, and its backtick must not be escaped. */
static bool
code_span_at(const struct text *t, size_t i)
{
	size_t start, next;

	return md_word_risky(t->s, t->len, i, MD_WORD_BARE, &start, &next) >
	    0 &&
	    start == i;
}

static bool
must_escape(const struct text *t, size_t i)
{
	const char next = byte_at(t, i + 1);
	const bool last = i + 1 >= t->len;

	switch (t->s[i]) {
	case '`':
	case '[':
	case '~':
		return true;
	case '\\':
		return last || is_punct(next) || code_span_at(t, i + 1);
	case '*':
		return i == 0 || last || t->s[i - 1] != ' ' || next != ' ';
	case '_':
		return !underscore_is_plain(t, i);
	case '<':
		return last || is_alnum(next) || strchr("/!?", next) != NULL;
	case '&':
		return is_entity(t, i);
	case ']':
		return (t->place & MD_IN_LINK) != 0;
	case '!':
		return last && !(t->place & MD_LAST);
	case '|':
		return (t->place & MD_IN_TABLE) != 0;
	case '$':
		return t->dollars > 1;
	case '#':
		return closes_heading(t, i);
	default:
		return false;
	}
}

/*
 * Appends what begins the line in a way that Markdown would take for a list, a
 * heading, a quote or a rule; returns how many bytes of the text that was.
 */
static size_t
line_start(struct buf *out, const struct text *t)
{
	size_t n = 0;
	const char c = byte_at(t, 0);

	if (t->place & (MD_IN_HEADING | MD_IN_TABLE))
		return 0;
	while (byte_at(t, n) >= '0' && byte_at(t, n) <= '9')
		n++;
	if (n > 0) {
		const char next = byte_at(t, n + 1);

		if (n > 9 || (byte_at(t, n) != '.' && byte_at(t, n) != ')') ||
		    (next != ' ' && next != '\0'))
			return 0;
		buf_add(out, t->s, n);
		buf_putc(out, '\\');
		buf_putc(out, t->s[n]);
		return n + 1;
	}
	while (byte_at(t, n) == c && c != '\0')
		n++;
	const char next = byte_at(t, n);
	const bool ends = next == ' ' || next == '\0';

	if ((c == '#' && n <= 6 && ends) || c == '>' ||
	    ((c == '-' || c == '+') &&
		(ends || n > 1 || next == '|' || next == ':')) ||
	    (c == '=' && ends) || c == '|' ||
	    (c == ':' && (next == '-' || next == '|'))) {
		buf_putc(out, '\\');
		buf_putc(out, c);
		return 1;
	}
	return 0;
}

void
md_escape(struct buf *out, const char *s, size_t len, unsigned place)
{
	struct text t = { .s = s, .len = len, .place = place };
	size_t i = 0, look = 0, start = 0;

	if (place & MD_LINE_START) {
		while (t.len > 0 && *t.s == ' ') {
			t.s++;
			t.len--;
		}
	}
	for (size_t k = 0; k < t.len; k++)
		t.dollars += t.s[k] == '$';
	while (i < t.len) {
		if (i >= look) {
			const size_t n = md_word_risky(t.s, t.len, i,
			    (place & MD_IN_LINK) ? MD_WORD_LINKED
						 : MD_WORD_BARE,
			    &start, &look);

			if (n > 0) {
				if (start > i) {
					look = start;
				} else {
					md_code_span(out, t.s + i, n, place);
					i += n;
					continue;
				}
			}
		}
		if (i == 0 && (place & MD_LINE_START)) {
			i = line_start(out, &t);
			if (i > 0)
				continue;
		}
		if (must_escape(&t, i))
			buf_putc(out, '\\');
		buf_putc(out, t.s[i++]);
	}
}

size_t
md_backticks(const char *s, size_t len)
{
	size_t run = 0, max = 0;

	for (size_t i = 0; i < len; i++) {
		run = s[i] == '`' ? run + 1 : 0;
		if (run > max)
			max = run;
	}
	return max;
}

void
md_code_span(struct buf *out, const char *s, size_t len, unsigned place)
{
	const size_t ticks = md_backticks(s, len) + 1;
	bool blank = true;
	bool pad;

	if (len == 0)
		return;
	for (size_t i = 0; i < len; i++)
		blank = blank && s[i] == ' ';
	pad = s[0] == '`' || s[len - 1] == '`' ||
	    (!blank && s[0] == ' ' && s[len - 1] == ' ');
	buf_fill(out, '`', ticks);
	if (pad)
		buf_putc(out, ' ');
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '|' && (place & MD_IN_TABLE))
			buf_putc(out, '\\');
		buf_putc(out, s[i]);
	}
	if (pad)
		buf_putc(out, ' ');
	buf_fill(out, '`', ticks);
}
