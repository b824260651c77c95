#include "branch.h"

#include "message/reference.h"
#include "text.h"

static bool
make_key(const char *prefix, const char *digits, size_t n,
    struct ticket_key *out)
{
	uint32_t v = 0;
	size_t i;

	if (n == 0 || n > 9 || digits[0] == '0')
		return false;
	for (i = 0; i < n; i++)
		v = v * 10 + (uint32_t)(digits[i] - '0');
	if (v > TICKET_NUMBER_MAX)
		return false;
	*out = (struct ticket_key){ .number = v };
	for (i = 0; prefix[i] != '\0' && i + 1 < sizeof(out->prefix); i++)
		out->prefix[i] = prefix[i];
	return true;
}

static size_t
digits_at(const char *s, size_t at, size_t len)
{
	size_t n = 0;

	while (at + n < len && text_digit(s[at + n]))
		n++;
	return n;
}

/* "NOTE-12-title", "note_12", at a word's start. */
static bool
named_key(const char *s, size_t at, size_t len, const struct grammar *g,
    struct ticket_key *out, size_t *key_len)
{
	for (size_t i = 0; i < g->prefixes.n; i++) {
		const char *p = g->prefixes.v[i];
		size_t k = 0, n;

		while (at + k < len && p[k] != '\0' &&
		    text_upper(s[at + k]) == p[k])
			k++;
		if (k == 0 || p[k] != '\0' || at + k >= len ||
		    (s[at + k] != '-' && s[at + k] != '_'))
			continue;
		n = digits_at(s, at + k + 1, len);
		if (at + k + 1 + n < len &&
		    (text_alnum(s[at + k + 1 + n]) ||
			(s[at + k + 1 + n] == '.' && at + k + 2 + n < len &&
			    text_digit(s[at + k + 2 + n]))))
			continue;
		if (make_key(p, s + at + k + 1, n, out)) {
			*key_len = k + 1 + n;
			return true;
		}
	}
	return false;
}

/* "12-title", "issue-12", "gh-12", "#12" as a part of the path. */
static bool
numbered_key(const char *s, size_t at, size_t len, const struct grammar *g,
    struct ticket_key *out, size_t *key_len)
{
	static const char *const words[] = { "issues-", "issue-", "issues/",
		"issue/", "gh-", "#", "issue" };
	size_t skip = 0, n;

	if (!g->hash || g->prefixes.n == 0 ||
	    (at > 0 && s[at - 1] != '/' && s[at] != '#'))
		return false;
	for (size_t i = 0; skip == 0 && i < sizeof(words) / sizeof(words[0]);
	     i++)
		if (text_starts(s + at, len - at, words[i]))
			skip = strlen(words[i]);
	n = digits_at(s, at + skip, len);
	if (!make_key(g->prefixes.v[0], s + at + skip, n, out))
		return false;
	*key_len = skip + n;
	/* A number alone may be a year or a version: GitLab has "12-title". */
	if (skip == 0)
		return n <= 6 && at + n + 1 < len && s[at + n] == '-' &&
		    text_alpha(s[at + n + 1]);
	return at + skip + n == len ||
	    !(text_alnum(s[at + skip + n]) || s[at + skip + n] == '.');
}

bool
branch_key(const char *name, size_t len, const struct grammar *g,
    struct ticket_key *out, size_t *off, size_t *key_len)
{
	for (size_t i = 0; i < len; i++) {
		if (i > 0 && text_alnum(name[i - 1]))
			continue;
		*off = i;
		if (named_key(name, i, len, g, out, key_len) ||
		    numbered_key(name, i, len, g, out, key_len))
			return true;
	}
	return false;
}

bool
reference_from_branch(const char *branch, const struct grammar *g,
    struct ticket_key *out)
{
	size_t off, len;

	if (branch == NULL)
		return false;
	return branch_key(branch, strlen(branch), g, out, &off, &len);
}

bool
branch_is_merge(const char *s, size_t len)
{
	static const char *const starts[] = { "merge branch",
		"merge remote-tracking branch", "merge pull request",
		"merge tag", "merge commit", "merge topic", "merged in ",
		"merge remote branch", "merge branches",
		"merge changes from topic", "merge origin/", "merge " };

	for (size_t i = 0; i + 1 < sizeof(starts) / sizeof(starts[0]); i++)
		if (text_starts(s, len, starts[i]))
			return true;
	return false;
}

/* Where the source ends: git says "into X", Bitbucket "to X". */
static size_t
source_end(const char *s, size_t at, size_t end)
{
	const size_t into = at + text_find(s + at, end - at, " into ");
	const size_t to = at + text_find(s + at, end - at, " to ");

	return into < to ? into : to;
}

static bool
name_char(char c)
{
	return (unsigned char)c > ' ' && strchr("'\"(),;:", c) == NULL;
}

bool
branch_merged(const char *s, size_t *at, size_t end, size_t *name,
    size_t *name_len)
{
	static const char *const marks[] = { " from ", "merged in ",
		"merge origin/" };
	size_t i = *at;

	end = source_end(s, i, end);
	for (; i < end; i++) {
		const char *close;

		if (s[i] == '\'' || s[i] == '"') {
			close = memchr(s + i + 1, s[i], end - i - 1);
			if (close == NULL)
				break;
			*name = i + 1;
			*name_len = (size_t)(close - s) - *name;
			*at = (size_t)(close - s) + 1;
			return true;
		}
		for (size_t m = 0; m < sizeof(marks) / sizeof(marks[0]); m++) {
			size_t p = i + strlen(marks[m]);

			if (!text_starts(s + i, end - i, marks[m]) ||
			    p >= end || !name_char(s[p]))
				continue;
			for (*name = p; p < end && name_char(s[p]); p++)
				continue;
			*name_len = p - *name;
			*at = p;
			return true;
		}
	}
	*at = end;
	return false;
}
