#include "slug.h"

#include <stdbool.h>

void
slug_add(struct buf *out, const char *s)
{
	const size_t start = out->len;
	bool gap = false;

	for (; *s != '\0'; s++) {
		char c = *s;

		if (c >= 'A' && c <= 'Z')
			c = (char)(c + 32);
		if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '.') {
			gap = true;
			continue;
		}
		if (out->len == start && c == '.')
			continue;
		if (gap && out->len > start)
			buf_putc(out, '-');
		gap = false;
		buf_putc(out, c);
	}
	if (out->len - start < 2) { /* Debian's names have two bytes */
		buf_truncate(out, start);
		buf_puts(out, "project");
	}
}
