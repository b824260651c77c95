/*
 * ULIDs (https://github.com/ulid/spec): 26 characters of Crockford's base 32,
 * 48 bits of milliseconds and 80 random bits.  They name objects for ever; the
 * human key is only for showing and typing.
 */
#ifndef NOTES_BASE_ULID_H
#define NOTES_BASE_ULID_H

#include <stdbool.h>
#include <stdint.h>

#define ULID_LEN 26

struct ulid {
	char	s[ULID_LEN + 1];
};

/* A new one; the time in it is ms (date_clock_ms()). */
void	ulid_new(struct ulid *out, int64_t ms);
bool	ulid_valid(const char *s);

/* Cryptographically good random bytes (getrandom). */
void	random_bytes(void *out, unsigned n);

#endif
