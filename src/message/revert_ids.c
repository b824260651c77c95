/* Ids of commits behind a verb. */
#include "revert_read.h"

#include <string.h>

#include "text.h"

#define ID_MIN  7
#define ID_MAX  64
#define IDS_MAX 256

/* May stand between the verb and the ids. */
static const char between[] =
    "the commit commits changeset changesets "
    "changes change in from of made by introduced revision rev sha sha1 "
    "merge patch patches partially partly part parts portion portions some "
    "most this that previous fix a an back my following two three both "
    "accidental hunk hunks and ";

bool
revert_is_partial(const char *word, size_t len)
{
	static const char words[] =
	    "partial partially partly part parts "
	    "portion portions hunk hunks except sans half ";

	return text_in(word, len, words);
}

/* The id at at (its end through *end), or false. */
static bool
id_at(const char *s, size_t at, size_t hi, bool commit, size_t *end)
{
	bool digit = false, letter = false;
	size_t i = at;

	for (; i < hi && text_hex(s[i]); i++) {
		digit = digit || text_digit(s[i]);
		letter = letter || !text_digit(s[i]);
	}
	if (i - at < ID_MIN || i - at > ID_MAX || (i < hi && text_word(s[i])))
		return false;
	/* "defaced" is a word and 20090315 a day, but for "commit" before. */
	if ((!digit || !letter) && !commit && i - at < 40)
		return false;
	*end = i;
	return true;
}

static void
push_id(struct strv *ids, const char *s, size_t at, size_t end)
{
	char hex[ID_MAX + 1];

	for (size_t i = at; i < end; i++)
		hex[i - at] = text_lower(s[i]);
	hex[end - at] = '\0';
	if (ids->n < IDS_MAX && !strv_has(ids, hex))
		strv_push(ids, hex);
}

/* Behind "(subject, date)" or "("subject")", as git log --format=reference. */
static size_t
skip_group(const char *s, size_t at, size_t hi)
{
	const size_t open = text_skip_blanks(s, at, hi);
	size_t depth = 0;

	if (open == hi || s[open] != '(')
		return at;
	for (size_t i = open; i < hi; i++) {
		depth += s[i] == '(';
		if (s[i] == ')' && --depth == 0)
			return i + 1;
	}
	return at;
}

/* A URL that ends in a commit's id: where the id is, or at. */
static size_t
url_id(const char *s, size_t at, size_t hi)
{
	size_t end = at, slash = at;

	if (!text_starts(s + at, hi - at, "http"))
		return at;
	for (; end < hi && !text_blank(s[end]); end++)
		if (s[end] == '/')
			slash = end + 1;
	return slash > at + 7 &&
		text_find(s + at, end - at, "/commit") < end - at
	    ? slash
	    : at;
}

size_t
revert_ids(struct revert_reader *rd, size_t at, size_t hi, struct strv *ids)
{
	const char *s = rd->s;
	bool commit = false;

	while (at < hi) {
		size_t end, word;

		if (text_blank(s[at]) ||
		    (s[at] != '\0' &&
			strchr(",;&:\"'`#([^./\\", s[at]) != NULL &&
			!(s[at] == '.' && at + 1 < hi &&
			    text_blank(s[at + 1])))) {
			at++;
			continue;
		}
		at = url_id(s, at, hi);
		if (id_at(s, at, hi, commit, &end)) {
			push_id(ids, s, at, end);
			rd->named = true;
			at = skip_group(s, end, hi);
			commit = true;
			continue;
		}
		word = at;
		while (word < hi &&
		    (text_word(s[word]) || s[word] == '\'' || s[word] == '-'))
			word++;
		if (word == at ||
		    (!text_in(s + at, word - at, between) &&
			!revert_is_partial(s + at, word - at)))
			return at;
		commit = commit || text_starts(s + at, word - at, "commit") ||
		    text_starts(s + at, word - at, "rev");
		if (revert_is_partial(s + at, word - at))
			rd->partial = true;
		at = word;
	}
	return at;
}
