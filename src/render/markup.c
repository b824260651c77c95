#include "markup.h"

#include <string.h>

void
markup_text(struct buf *out, const char *s)
{
	for (; *s != '\0'; s++) {
		switch (*s) {
		case '&':
			buf_puts(out, "&amp;");
			break;
		case '<':
			buf_puts(out, "&lt;");
			break;
		case '>':
			buf_puts(out, "&gt;");
			break;
		case '"':
			buf_puts(out, "&quot;");
			break;
		case '\'':
			buf_puts(out, "&#39;");
			break;
		case '\xEF':
			if (s[1] == '\xBF' &&
			    (s[2] == '\xBE' || s[2] == '\xBF')) {
				buf_puts(out, "\xEF\xBF\xBD");
				s += 2;
				break;
			}
			buf_putc(out, *s);
			break;
		default:
			buf_putc(out, *s);
			break;
		}
	}
}
