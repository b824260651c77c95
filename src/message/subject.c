#include "message/subject.h"

#include <stdlib.h>

#include "base/mem.h"
#include "lead.h"
#include "message/title.h"
#include "text.h"

/* Words that a step is made of and that are no part of the name. */
static const char step_words[] = "upgrad updat bump downgrad version from ";

/* The word at at, without what is not a letter or a digit; its end. */
static size_t
word_end(const char *s, size_t at, size_t len)
{
	while (at < len && text_word(s[at]))
		at++;
	return at;
}

static size_t
skip_to_word(const char *s, size_t at, size_t len)
{
	while (at < len && (text_blank(s[at]) || s[at] == '('))
		at++;
	return at;
}

/* Is one of the words before the real subject of that list? */
static bool
any_word(const char *s, size_t at, size_t end, const char *list)
{
	while (at < end) {
		const size_t stop = word_end(s, at, end);

		if (stop > at && text_in(s + at, stop - at, list))
			return true;
		at = stop > at ? stop : at + 1;
	}
	return false;
}

/* Takes the word at *at when it is of the list. */
static bool
take(const char *s, size_t *at, size_t len, const char *list)
{
	const size_t start = skip_to_word(s, *at, len);
	const size_t end = word_end(s, start, len);

	if (end == start || !text_in(s + start, end - start, list))
		return false;
	*at = end;
	return true;
}

bool
subject_is_aside(const char *subject, size_t len)
{
	static const char kinds[] = "doc docs test tests style ";
	static const char verbs[] = "fix fixes fixed update updated updates "
				    "improve improved improves add added adds "
				    "more correct corrected extend extended ";
	static const char between[] = "a an the some missing unit integration "
				      "small minor another ";
	static const char nouns[] = "doc docs documentation javadoc javadocs "
				    "typo typos comment comments test tests "
				    "unittest unittests ";
	static const char behind[] = "for of in on with about to and ";
	bool revert;
	size_t at = lead_skip(subject, 0, len, &revert), end;

	if (any_word(subject, 0, at, kinds))
		return true;
	take(subject, &at, len, verbs);
	while (take(subject, &at, len, between))
		continue;
	if (!take(subject, &at, len, nouns))
		return false;
	end = skip_to_word(subject, at, len);
	return end == len || !text_word(subject[end]) ||
	    take(subject, &at, len, behind);
}

/* ---- steps from version to version ---- */

/* The version at at ("1.4.0", "v2", "33"), or at. */
static size_t
version_end(const char *s, size_t at, size_t len)
{
	size_t i = at;

	if (i < len && text_lower(s[i]) == 'v')
		i++;
	if (i == len || !text_digit(s[i]) ||
	    (at > 0 && (text_word(s[at - 1]) || s[at - 1] == '.')))
		return at;
	while (i < len && (text_word(s[i]) || s[i] == '.' || s[i] == '-'))
		i++;
	while (s[i - 1] == '.' || s[i - 1] == '-')
		i--;
	return i;
}

/* Where from and where to: "x:1.4 to 1.3", "x to 1.3 (from 1.4)". */
static void
find_versions(const char *s, size_t at, size_t len, struct subject_step *out)
{
	bool from = false;

	while (at < len) {
		size_t end = version_end(s, at, len);

		if (end == at) {
			end = word_end(s, at, len);
			if (end > at)
				from = text_in(s + at, end - at, "from ");
			at = end > at ? end : at + 1;
			continue;
		}
		if (text_lower(s[at]) == 'v')
			at++;
		if (from) {
			free(out->from);
			out->from = mem_strndup(s + at, end - at);
		} else {
			if (out->to != NULL) {
				free(out->from);
				out->from = out->to;
			}
			out->to = mem_strndup(s + at, end - at);
		}
		from = false;
		at = end;
	}
}

/* What is upgraded: its words, without numbers. */
static void
find_name(const char *s, size_t at, size_t len, struct strv *name)
{
	size_t i = 0;

	title_words(s + at, len - at, name);
	while (i < name->n) {
		const char *w = name->v[i];

		if (text_digit(*w) || text_in(w, strlen(w), step_words))
			strv_remove(name, i);
		else
			i++;
	}
}

bool
subject_step_parse(const char *subject, size_t len, struct subject_step *out)
{
	static const char up[] = "upgrade upgraded upgrades upgrading update "
				 "updated updates bump bumped bumps ";
	static const char down[] = "downgrade downgraded downgrades ";
	bool revert;
	size_t at = lead_skip(subject, 0, len, &revert);

	*out = (struct subject_step){ .name = STRV_INIT };
	out->down = take(subject, &at, len, down);
	if (!out->down && !take(subject, &at, len, up))
		return false;
	find_versions(subject, at, len, out);
	find_name(subject, at, len, &out->name);
	if (out->to != NULL && out->name.n > 0)
		return true;
	subject_step_release(out);
	return false;
}

void
subject_step_release(struct subject_step *s)
{
	strv_release(&s->name);
	free(s->from);
	free(s->to);
	*s = (struct subject_step){ .name = STRV_INIT };
}

bool
subject_step_undoes(const struct subject_step *down,
    const struct subject_step *up)
{
	if (!down->down || up->down || down->from == NULL ||
	    strcmp(down->from, up->to) != 0)
		return false;
	for (size_t i = 0; i < down->name.n; i++)
		if (!strv_has(&up->name, down->name.v[i]))
			return false;
	return true;
}
