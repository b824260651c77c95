#include "base/ulid.h"

#include <string.h>
#include <sys/random.h>

static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

void
random_bytes(void *out, unsigned n)
{
	unsigned char *p = out;
	unsigned done = 0;

	while (done < n) {
		ssize_t got = getrandom(p + done, n - done, 0);

		/* Only a signal can fail it, once the pool is ready. */
		if (got > 0)
			done += (unsigned)got;
	}
}

void
ulid_new(struct ulid *out, int64_t ms)
{
	uint64_t t = (uint64_t)ms;
	unsigned char bytes[10];
	uint64_t half[2] = { 0, 0 };

	for (int i = 9; i >= 0; i--, t >>= 5)
		out->s[i] = crockford[t & 31];
	random_bytes(bytes, sizeof(bytes));
	for (int i = 0; i < 10; i++)
		half[i / 5] = half[i / 5] << 8 | bytes[i];
	for (int h = 0; h < 2; h++)
		for (int i = 7; i >= 0; i--, half[h] >>= 5)
			out->s[10 + h * 8 + i] = crockford[half[h] & 31];
	out->s[ULID_LEN] = '\0';
}

bool
ulid_valid(const char *s)
{
	if (s == NULL || strnlen(s, ULID_LEN + 1) != ULID_LEN)
		return false;
	/* 26 characters hold 130 bits: the first may only use three. */
	if (s[0] < '0' || s[0] > '7')
		return false;
	return strspn(s, crockford) == ULID_LEN;
}
