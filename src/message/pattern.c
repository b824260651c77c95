/* The other half of message/version.h: patterns of tags. */
#include <stdint.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "message/version.h"
#include "text.h"

static const char slot[] = "{version}";

/* Tags beyond this are no versions of anybody. */
#define TAG_MAX 255

enum rc
version_pattern_check(const char *pattern, struct err *err)
{
	const char *at = strstr(pattern, slot);

	if (at == NULL || strstr(at + 1, slot) != NULL)
		return err_set(err, RC_INVALID,
		    "the tag pattern '%s' needs {version} once, as in "
		    "'v{version}'",
		    pattern);
	if (strlen(pattern) > TAG_MAX)
		return err_set(err, RC_INVALID,
		    "the tag pattern is longer than %d bytes", TAG_MAX);
	for (const char *p = pattern; *p != '\0'; p++)
		if ((unsigned char)*p <= ' ' ||
		    strchr("~^:?[\\\x7f", *p) != NULL)
			return err_set(err, RC_INVALID,
			    "the tag pattern '%s' has a character that no tag "
			    "can have",
			    pattern);
	return RC_OK;
}

/* Whole match of a pattern in which only '*' is special. */
static bool
matches(const char *pat, size_t pn, const char *s, size_t n)
{
	size_t p = 0, i = 0, star = SIZE_MAX, mark = 0;

	while (i < n) {
		if (p < pn && pat[p] == '*') {
			star = p++;
			mark = i;
		} else if (p < pn && pat[p] == s[i]) {
			p++;
			i++;
		} else if (star != SIZE_MAX) {
			p = star + 1;
			i = ++mark;
		} else {
			return false;
		}
	}
	while (p < pn && pat[p] == '*')
		p++;
	return p == pn;
}

static bool
has_digit(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (text_digit(s[i]))
			return true;
	return false;
}

/*
 * Behind a '*' a version begins where its first number does, not in the middle
 * of one; behind a letter, as in "v{version}", with a digit only, or "vendor-2"
 * would be one.
 */
static bool
may_begin(const char *pattern, size_t prefix, const char *tag, size_t at,
    bool strict)
{
	const bool after_number = at > 0 &&
	    (text_digit(tag[at - 1]) || tag[at - 1] == '.');

	if (prefix > 0 && text_alpha(pattern[prefix - 1]))
		return text_digit(tag[at]);
	if (strict && memchr(pattern, '*', prefix) != NULL)
		return text_digit(tag[at]) && !after_number;
	return true;
}

static bool
split(const char *pattern, const char *tag, bool strict, size_t *at,
    size_t *end)
{
	const char *mid = strstr(pattern, slot);
	const char *suffix;
	const size_t len = strlen(tag);
	size_t prefix;

	if (mid == NULL || len > TAG_MAX)
		return false;
	prefix = (size_t)(mid - pattern);
	suffix = mid + sizeof(slot) - 1;
	for (*at = 0; *at < len; (*at)++) {
		if (!may_begin(pattern, prefix, tag, *at, strict) ||
		    !matches(pattern, prefix, tag, *at))
			continue;
		for (*end = len; *end > *at; (*end)--)
			if (has_digit(tag + *at, *end - *at) &&
			    matches(suffix, strlen(suffix), tag + *end,
				len - *end))
				return true;
	}
	return false;
}

char *
version_from_tag(const char *pattern, const char *tag)
{
	size_t at, end;

	if (!split(pattern, tag, true, &at, &end) &&
	    !split(pattern, tag, false, &at, &end))
		return NULL;
	return mem_strndup(tag + at, end - at);
}

char *
version_to_tag(const char *pattern, const char *version)
{
	struct buf b = BUF_INIT;

	for (const char *p = pattern; *p != '\0';) {
		if (strncmp(p, slot, sizeof(slot) - 1) == 0) {
			buf_puts(&b, version);
			p += sizeof(slot) - 1;
		} else {
			if (*p != '*')
				buf_putc(&b, *p);
			p++;
		}
	}
	return buf_detach(&b);
}

/* Where the version begins in a tag: at "1.2" if there is such, else at 1. */
static size_t
version_start(const char *tag)
{
	size_t first = SIZE_MAX;

	for (size_t i = 0; tag[i] != '\0'; i++) {
		size_t k = i;

		if (!text_digit(tag[i]))
			continue;
		while (text_digit(tag[k]))
			k++;
		if (first == SIZE_MAX)
			first = i;
		if ((tag[k] == '.' || tag[k] == '_') && text_digit(tag[k + 1]))
			return i;
		i = k - 1;
	}
	return first;
}

struct count {
	const char *tag;
	size_t len; /* of the prefix */
};

static int
by_prefix(const void *a, const void *b)
{
	const struct count *x = a, *y = b;
	const size_t n = x->len < y->len ? x->len : y->len;
	const int c = n > 0 ? memcmp(x->tag, y->tag, n) : 0;

	return c != 0 ? c : (x->len > y->len) - (x->len < y->len);
}

char *
version_guess_pattern(const char *const tags[], size_t n)
{
	struct count *v = mem_calloc(n + 1, sizeof(*v));
	size_t k = 0, best = 0, best_n = 0;
	char *out = NULL;
	bool plain;

	for (size_t i = 0; i < n; i++) {
		const size_t len = version_start(tags[i]);

		if (len != SIZE_MAX && len <= TAG_MAX &&
		    memchr(tags[i], '{', len) == NULL &&
		    memchr(tags[i], '*', len) == NULL)
			v[k++] = (struct count){ tags[i], len };
	}
	if (k == 0)
		goto out;
	qsort(v, k, sizeof(*v), by_prefix);
	for (size_t i = 0, j; i < k; i = j) {
		for (j = i; j < k && by_prefix(&v[i], &v[j]) == 0; j++)
			continue;
		if (j - i > best_n) {
			best = i;
			best_n = j - i;
		}
	}
	plain = v[best].len == 0 || (v[best].len == 1 && v[best].tag[0] == 'v');
	if (best_n >= 2 || plain)
		out = mem_printf("%.*s%s", (int)v[best].len, v[best].tag, slot);
out:
	free(v);
	return out;
}
