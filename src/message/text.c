#include "text.h"

bool
text_starts(const char *s, size_t len, const char *word)
{
	size_t i;

	for (i = 0; word[i] != '\0'; i++)
		if (i >= len || text_lower(s[i]) != word[i])
			return false;
	return true;
}

bool
text_is(const char *s, size_t len, const char *word)
{
	return strlen(word) == len && text_starts(s, len, word);
}

bool
text_in(const char *s, size_t len, const char *list)
{
	if (len == 0)
		return false;
	while (*list != '\0') {
		size_t i = 0;

		while (i < len && list[i] != '\0' &&
		    list[i] == text_lower(s[i]))
			i++;
		if (i == len && list[i] == ' ')
			return true;
		for (list += i; *list != ' '; list++)
			if (*list == '\0')
				return false;
		list++;
	}
	return false;
}

size_t
text_find(const char *s, size_t len, const char *needle)
{
	const size_t n = strlen(needle);
	const char lo = needle[0], up = text_upper(needle[0]);

	for (size_t i = 0; i + n <= len; i++)
		if ((s[i] == lo || s[i] == up) &&
		    text_starts(s + i, len - i, needle))
			return i;
	return len;
}

size_t
text_skip_blanks(const char *s, size_t at, size_t end)
{
	while (at < end && text_blank(s[at]))
		at++;
	return at;
}

size_t
text_word_end(const char *s, size_t at, size_t end)
{
	while (at < end && (text_word(s[at]) || s[at] == '\''))
		at++;
	return at;
}
