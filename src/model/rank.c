#include "model/rank.h"

#include <inttypes.h>
#include <string.h>

static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";

#define NONE 0   /* a key has ended */
#define OPEN 256 /* nothing limits any more */

void
rank_of(const struct ticket *t, struct buf *out)
{
	if (t->rank != NULL) {
		buf_puts(out, t->rank);
		return;
	}
	/* Made in one second: by number, the newest first as well. */
	buf_printf(out, "%010" PRIx64 "%08" PRIx32,
	    (uint64_t)(INT64_C(1099511627775) - t->created),
	    UINT32_MAX - t->key.number);
	buf_puts(out, t->ulid.s + 10);
}

/* The digit in the middle of those between two bytes; NONE: there is none. */
static int
middle(int low, int high)
{
	int first = -1, last = -1;

	/* A key that ends in the lowest has nothing before it. */
	for (int i = low == NONE ? 1 : 0; digits[i] != '\0'; i++) {
		if (digits[i] <= low || digits[i] >= high)
			continue;
		first = first < 0 ? i : first;
		last = i;
	}
	return first < 0 ? NONE : digits[(first + last) / 2];
}

bool
rank_between(const char *after, const char *before, struct buf *out)
{
	const unsigned char *a = (const unsigned char *)(after == NULL ? ""
								       : after);
	const unsigned char *b = (const unsigned char *)before;
	int low, high, c;

	if (after != NULL && before != NULL && strcmp(after, before) >= 0)
		return false;
	for (size_t n = 0; n < RANK_MAX; n++) {
		low = *a;
		high = b == NULL ? OPEN : *b;
		if ((c = middle(low, high)) != NONE) {
			buf_putc(out, (char)c);
			return true;
		}
		/* Goes along the lower one, or as far below the upper one as
		 * it takes. */
		c = low;
		if (low == NONE)
			c = high > digits[0] ? digits[0] : high;
		if (c == NONE)
			return false;
		buf_putc(out, (char)c);
		if (c < high)
			b = NULL;
		else
			b++;
		if (low != NONE)
			a++;
	}
	return false;
}
