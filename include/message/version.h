/*
 * Versions in tags: the project's pattern ("maven-{version}", "v{version}",
 * "{version}"), and their order.
 */
#ifndef NOTES_MESSAGE_VERSION_H
#define NOTES_MESSAGE_VERSION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* The pattern has exactly one {version}; '*' matches anything else. */
enum rc	version_pattern_check(const char *pattern, struct err *err);

/*
 * The version that a tag names under the pattern; the caller frees it; NULL
 * when it does not match or what is left has no digit.  Behind a letter, as in
 * "v{version}", the version begins with a digit; behind a '*' at the first
 * number that fits.
 */
char	*version_from_tag(const char *pattern, const char *tag);
/* The tag that a version gets; the caller frees it. */
char	*version_to_tag(const char *pattern, const char *version);

/*
 * A pattern that fits most of these tags (n of them): what init proposes.
 * The caller frees it; NULL when none fits two tags or more ("v{version}"
 * and "{version}" fit one).
 */
char	*version_guess_pattern(const char *const tags[], size_t n);

/*
 * Orders as SemVer 2.0.0 for what is SemVer, and for the rest as people read
 * it: numbers by value, 1.0-alpha < 1.0-beta2 < 1.0-rc1 < 1.0 < 1.0.1,
 * 2.40.0-rc1 < 2.40.0, 1.0a < 1.0b where letters follow a number (OpenSSL,
 * tmux) after the bare version.  1.0 and 1.0.0 are the same numbers, and "v",
 * case, "Final", "GA" and build metadata do not count; such ties are broken
 * bytewise, so that the order is total and 0 means equal strings.  Unlike
 * SemVer, "rc10" comes after "rc9".
 */
int	version_compare(const char *a, const char *b);

/* alpha, beta, rc, milestone, snapshot, pre, dev parts; not "-jre", "a". */
bool	version_is_prerelease(const char *version);

/* True if a and b share their final release: 3.9.0-rc1 and 3.9.0. */
bool	version_same_final(const char *a, const char *b);

#endif
