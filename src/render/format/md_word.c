#include "md_word.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

static bool
is_alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9');
}

/* What a name, an address or an emoji's name is made of, and what joins it. */
static bool
is_word(char c)
{
	return is_alnum(c) || (c != '\0' && strchr("_:+-.@/%#~=&?;,!$'", c));
}

/* ":name:", ":+1:", ":100:"; not "10:30:15". */
static bool
has_emoji(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		size_t j = i + 1;
		bool letter = false;

		if (s[i] != ':')
			continue;
		for (; j < len && (is_alnum(s[j]) || strchr("_+-", s[j])); j++)
			letter = letter || s[j] < '0' || s[j] > '9';
		if (j >= len || s[j] != ':' || j == i + 1)
			continue;
		if (letter || strncmp(s + i, ":100:", 5) == 0 ||
		    strncmp(s + i, ":1234:", 6) == 0)
			return true;
	}
	return false;
}

/* "@name", "a@b": every forge's names begin with a letter, digit, '_', '.'. */
static bool
has_mention(const char *s, size_t len)
{
	for (size_t i = 0; i + 1 < len; i++) {
		if (s[i] == '@' &&
		    (is_alnum(s[i + 1]) || s[i + 1] == '_' || s[i + 1] == '.' ||
			s[i + 1] == '-' || s[i + 1] == '/'))
			return true;
	}
	return false;
}

/* "https://", "www.", "mailto:": GFM's extended autolinks. */
static bool
has_address(const char *s, size_t len)
{
	static const char *const starts[] = { "://", "mailto:", "xmpp:" };

	for (size_t i = 0; i < len; i++) {
		for (size_t k = 0; k < sizeof(starts) / sizeof(*starts); k++) {
			const size_t n = strlen(starts[k]);

			if (len - i > n &&
			    strncasecmp(s + i, starts[k], n) == 0)
				return true;
		}
		if (len - i > 4 && strncasecmp(s + i, "www.", 4) == 0 &&
		    (i == 0 || !is_alnum(s[i - 1])))
			return true;
	}
	return false;
}

size_t
md_word_risky(const char *s, size_t len, size_t at, enum md_word_place place,
    size_t *start, size_t *next)
{
	size_t end = at;

	while (end < len && is_word(s[end]))
		end++;
	*next = end > at ? end : at + 1;
	if (end == at)
		return 0;
	if (has_address(s + at, end - at)) {
		if (place == MD_WORD_LINKED)
			return 0;
	} else if (!has_mention(s + at, end - at) &&
	    !has_emoji(s + at, end - at)) {
		return 0;
	}

	*start = at;
	while (*start < end && strchr("-+.,;!?~=&$'%#/", s[*start]) != NULL)
		(*start)++;
	while (end > *start && strchr(".,;!?'", s[end - 1]) != NULL)
		end--;
	*next = end;
	return end - *start;
}

size_t
md_word_first(const char *s, size_t len, enum md_word_place place)
{
	size_t start, next;
	const size_t n = md_word_risky(s, len, 0, place, &start, &next);

	return n > 0 && start == 0 ? n : 0;
}

size_t
md_word_last(const char *s, size_t len, enum md_word_place place)
{
	size_t at = 0, start = 0, next = 0;

	while (at < len) {
		const size_t n = md_word_risky(s, len, at, place, &start,
		    &next);

		if (n > 0 && start + n == len)
			return start;
		at = next;
	}
	return len;
}
