#include "message/conventional.h"

#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "text.h"

#define TYPE_MAX 32 /* bytes of a type; a longer word is prose */

static size_t
line_length(const char *s, size_t len)
{
	const char *const end = memchr(s, '\n', len);

	return end == NULL ? len : (size_t)(end - s);
}

static bool
is_word(const char *s, size_t len, const char *word)
{
	return strlen(word) == len && strncasecmp(s, word, len) == 0;
}

static bool
in_words(const char *s, size_t len, const char *const words[])
{
	for (; *words != NULL; words++)
		if (is_word(s, len, *words))
			return true;
	return false;
}

static void
trim(const char **s, size_t *len)
{
	while (*len > 0 && (**s == ' ' || **s == '\t')) {
		(*s)++;
		(*len)--;
	}
	while (*len > 0 && strchr(" \t\r", (*s)[*len - 1]) != NULL &&
	    (*s)[*len - 1] != '\0')
		(*len)--;
}

/* "(scope)" at s; its length with the brackets, 0 when there is none. */
static size_t
scope_at(const char *s, size_t len, struct conventional *out)
{
	const char *end;

	if (len == 0 || *s != '(' || (end = memchr(s, ')', len)) == NULL ||
	    end == s + 1 || memchr(s + 1, '(', (size_t)(end - s - 1)) != NULL)
		return 0;
	out->scope = s + 1;
	out->scope_len = (size_t)(end - s - 1);
	trim(&out->scope, &out->scope_len);
	return (size_t)(end - s) + 1;
}

bool
conventional_parse(const char *message, size_t len, struct conventional *out)
{
	const size_t n = line_length(message, len);
	size_t i = 0;

	*out = (struct conventional){ .type = message };
	while (i < n && (text_word(message[i]) || message[i] == '-'))
		i++;
	if (i == 0 || i > TYPE_MAX || !text_alpha(message[0]))
		return false;
	out->type_len = i;
	i += scope_at(message + i, n - i, out);
	if (i < n && message[i] == '!') {
		out->breaking = true;
		i++;
	}
	if (i + 1 >= n || message[i] != ':' || message[i + 1] != ' ')
		return false;
	out->description = message + i + 1;
	out->description_len = n - i - 1;
	trim(&out->description, &out->description_len);
	return out->description_len > 0;
}

bool
conventional_is_revert(const struct conventional *c)
{
	return is_word(c->type, c->type_len, "revert");
}

bool
conventional_is_release(const struct conventional *c)
{
	static const char *const types[] = { "chore", "build", "ci", "release",
		NULL };

	return is_word(c->type, c->type_len, "release") ||
	    (is_word(c->scope == NULL ? "" : c->scope, c->scope_len,
		 "release") &&
		in_words(c->type, c->type_len, types));
}

const char *
conventional_ticket_type(const struct conventional *c)
{
	static const char *const deps[] = { "deps", "deps-dev", "dependencies",
		"dependency", NULL };
	static const char *const security[] = { "security", "sec", NULL };
	static const struct {
		const char *word, *type;
	} types[] = {
		{ "feat", "feature" },
		{ "feature", "feature" },
		{ "fix", "bug" },
		{ "bugfix", "bug" },
		{ "hotfix", "bug" },
		{ "perf", "improvement" },
		{ "refactor", "improvement" },
		{ "improve", "improvement" },
		{ "improvement", "improvement" },
		{ "docs", "task" },
		{ "doc", "task" },
		{ "test", "task" },
		{ "tests", "task" },
		{ "build", "task" },
		{ "ci", "task" },
		{ "chore", "task" },
		{ "style", "task" },
	};
	const char *type = NULL;

	if (conventional_is_release(c))
		return NULL;
	if (in_words(c->type, c->type_len, deps))
		return "dependency";
	if (in_words(c->type, c->type_len, security))
		return "security";
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (is_word(c->type, c->type_len, types[i].word))
			type = types[i].type;
	if (type == NULL || c->scope_len == 0 || strcmp(type, "feature") == 0)
		return type;
	if (in_words(c->scope, c->scope_len, deps))
		return "dependency";
	return in_words(c->scope, c->scope_len, security) ? "security" : type;
}

/* The length of "token: " or "token #" at s, 0 when no footer begins here. */
static size_t
footer_at(const char *s, size_t len, bool *breaking)
{
	static const char *const words[] = { "BREAKING CHANGE",
		"BREAKING-CHANGE" };
	size_t i = 0;

	*breaking = false;
	for (size_t k = 0; k < 2 && i == 0; k++) {
		const size_t n = strlen(words[k]);

		if (len > n && memcmp(s, words[k], n) == 0)
			i = n;
	}
	*breaking = i > 0;
	if (i == 0)
		while (i < len && (text_word(s[i]) || s[i] == '-'))
			i++;
	/* What breaks may be told from the next line on. */
	if (*breaking && i + 1 == len && s[i] == ':')
		return len;
	if (i == 0 || i + 1 >= len)
		return 0;
	if ((s[i] == ':' && (s[i + 1] == ' ' || *breaking)) ||
	    (s[i] == ' ' && s[i + 1] == '#'))
		return i + 1 + (s[i] == ' ' || s[i + 1] == ' ');
	return 0;
}

char *
conventional_breaking(const char *message, size_t len)
{
	struct buf text = BUF_INIT;
	size_t at = line_length(message, len), n, skip;
	bool breaking, found = false;

	for (at += at < len; at < len; at += n + 1) {
		const char *s = message + at;
		size_t rest;

		n = rest = line_length(s, len - at);
		skip = footer_at(s, n, &breaking);
		if (skip > 0 && (found || breaking)) {
			if (found)
				break;
			found = true;
			s += skip;
			rest -= skip;
		}
		if (!found)
			continue;
		trim(&s, &rest);
		if (rest == 0 && text.len > 0)
			break;
		if (text.len > 0)
			buf_putc(&text, ' ');
		buf_add(&text, s, rest);
	}
	if (text.len == 0) {
		buf_release(&text);
		return NULL;
	}
	return buf_detach(&text);
}
