/* Reading a filter's text: blanks, words, quotes, and where a fault is. */
#include "filter_node.h"

#include <stdarg.h>
#include <string.h>

#include "model/suggest.h"

/* The column a reader counts: characters, from 1. */
static size_t
column(const struct parser *p, size_t at)
{
	size_t n = 1;

	for (size_t i = 0; i < at; i++)
		if (((unsigned char)p->text[i] & 0xC0) != 0x80)
			n++;
	return n;
}

enum rc
parser_fail(const struct parser *p, size_t at, const char *fmt, ...)
{
	struct buf text = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&text, fmt, ap);
	va_end(ap);
	err_set(p->err, RC_INVALID, "filter, column %zu: %s", column(p, at),
	    buf_str(&text));
	buf_release(&text);
	return RC_INVALID;
}

bool
parser_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void
parser_skip_blanks(struct parser *p)
{
	while (parser_is_blank(p->text[p->pos]))
		p->pos++;
}

bool
parser_at_end(const struct parser *p)
{
	return p->text[p->pos] == '\0';
}

bool
parser_looking_at(const struct parser *p, const char *word)
{
	const char *s = p->text + p->pos;
	size_t n = strlen(word);

	if (!word_equal(s, strnlen(s, n), word, n))
		return false;
	return s[n] == '\0' || parser_is_blank(s[n]) || s[n] == '(' ||
	    s[n] == ')';
}

size_t
parser_word_end(const struct parser *p, const char *stop)
{
	size_t at = p->pos;
	int inner = 0;

	for (; p->text[at] != '\0' && !parser_is_blank(p->text[at]); at++) {
		char c = p->text[at];

		if (strchr(stop, c) != NULL)
			break;
		if (c == '(')
			inner++;
		else if (c == ')' && inner-- == 0)
			break;
	}
	return at;
}

enum rc
parser_quoted(struct parser *p, struct buf *out, bool *open)
{
	size_t at = p->pos++;

	for (; p->text[p->pos] != '"'; p->pos++) {
		char c = p->text[p->pos];

		if (c == '\0' && p->ctx->live) {
			*open = true;
			return RC_OK;
		}
		if (c == '\0')
			return parser_fail(p, at,
			    "this quote is not closed (add \")");
		if (c == '\\' &&
		    (p->text[p->pos + 1] == '"' || p->text[p->pos + 1] == '\\'))
			c = p->text[++p->pos];
		buf_putc(out, c);
	}
	p->pos++;
	return RC_OK;
}
