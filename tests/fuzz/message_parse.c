/*
 * libFuzzer harness: the first byte chooses the parser, the rest is its text.
 * Whatever the bytes, places lie inside the message and results keep the
 * promises of their headers.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "message/command.h"
#include "message/conventional.h"
#include "message/reference.h"
#include "message/revert.h"
#include "message/subject.h"
#include "message/title.h"
#include "message/trailer.h"
#include "message/version.h"

static void
fuzz_reference(const char *s, size_t len, const struct grammar *g)
{
	struct reference_list l;

	reference_parse(s, len, g, &l);
	assert(l.n <= GRAMMAR_KEYS_MAX);
	for (size_t i = 0; i < l.n; i++) {
		const struct reference *r = &l.v[i];

		assert(r->len > 0 && r->offset < len);
		assert(r->offset + r->len <= len);
		assert(r->key.number > 0 && r->key.prefix[0] != '\0');
		assert(r->key.number <= TICKET_NUMBER_MAX);
		assert(r->role <= LINK_CLOSES && r->why < WHY_N);
		assert(r->typo == (r->meant.number != 0));
		for (size_t j = 0; j < i; j++)
			assert(l.v[j].typo != r->typo ||
			    !ticket_key_equal(&l.v[j].key, &r->key));
	}
	reference_list_release(&l);
}

static void
fuzz_command(const char *s, size_t len, const struct grammar *g)
{
	struct command_list l;

	command_parse(s, len, g, &l);
	for (size_t i = 0; i < l.n; i++) {
		assert(l.v[i].offset < len && s[l.v[i].offset] == '#');
		assert(l.v[i].text != NULL && l.v[i].key.number > 0);
		assert((l.v[i].seconds > 0) == (l.v[i].kind == COMMAND_TIME));
	}
	command_list_release(&l);
}

static void
fuzz_trailer(const char *s, size_t len)
{
	struct trailer_list l;

	trailer_parse(s, len, &l);
	assert(l.start <= len && (l.n > 0) >= (l.start == len && l.n > 0));
	for (size_t i = 0; i < l.n; i++) {
		const struct trailer *t = &l.v[i];

		assert(t->token >= s + l.start && t->token_len > 0);
		assert(t->token + t->token_len <= s + t->offset);
		assert(t->offset <= t->end && t->end <= len);
		assert(strlen(t->value) <= t->end - t->offset);
	}
	trailer_list_release(&l);
}

static void
fuzz_revert(const char *s, size_t len)
{
	const char *inner;
	struct revert r;
	size_t n;

	revert_parse(s, len, &r);
	for (size_t i = 0; i < r.ids.n; i++)
		assert(strlen(r.ids.v[i]) >= 7 &&
		    strspn(r.ids.v[i], "0123456789abcdef") ==
			strlen(r.ids.v[i]));
	assert(r.subject == NULL || r.kind != REVERT_NONE);
	revert_release(&r);
	(void)revert_depth(s, len, &inner, &n);
	assert(inner >= s && inner + n <= s + len);
}

/* Three versions, one a line: the order is total. */
static void
fuzz_version(char *text)
{
	char *b = strchr(text, '\n'), *c;
	char *tag, *found;
	int ab, bc, ac;

	if (b == NULL || (c = strchr(b + 1, '\n')) == NULL)
		return;
	*b++ = '\0';
	*c++ = '\0';
	ab = version_compare(text, b);
	bc = version_compare(b, c);
	ac = version_compare(text, c);
	assert(ab == -version_compare(b, text));
	assert((ab == 0) == (strcmp(text, b) == 0));
	assert(!(ab < 0 && bc < 0) || ac < 0);
	assert(!(ab > 0 && bc > 0) || ac > 0);
	(void)version_is_prerelease(text);
	assert(version_same_final(text, b) == version_same_final(b, text));
	assert(version_same_final(text, text));
	found = version_from_tag(text, b);
	assert(found == NULL || strstr(b, found) != NULL);
	free(found);
	tag = version_to_tag(text, b);
	free(tag);
	found = version_guess_pattern((const char *const[]){ text, b, c }, 3);
	assert(found == NULL || strstr(found, "{version}") != NULL);
	free(found);
}

static void
fuzz_title(const char *s, size_t len)
{
	struct strv sv;
	const size_t half = len / 2 < 40 ? len / 2 : 40;
	char *a = mem_strndup(s, half), *b = mem_strndup(s + half, half);
	struct subject_step step;
	int d;

	(void)subject_is_aside(s, len);
	if (subject_step_parse(s, len, &step)) {
		assert(step.name.n > 0 && step.to[0] != '\0');
		assert(!subject_step_undoes(&step, &step));
		subject_step_release(&step);
	}
	title_words(s, len, &sv);
	assert(title_numbers_agree(&sv, &sv));
	assert(title_likeness(&sv, &sv) == (sv.n > 0 ? 1000 : 0));
	strv_release(&sv);
	d = title_distance(a, b, 3);
	assert(d >= 0 && d <= 4 && d == title_distance(b, a, 3));
	assert(title_distance(a, a, 3) == (strlen(a) > 32 ? 4 : 0));
	free(a);
	free(b);
}

static void
fuzz_conventional(const char *s, size_t len)
{
	struct conventional c;
	char *text;

	if (conventional_parse(s, len, &c)) {
		assert(c.type == s && c.type_len > 0);
		assert(c.scope_len == 0 ||
		    (c.scope > s && c.scope + c.scope_len < c.description));
		assert(c.description_len > 0);
		assert(c.description + c.description_len <= s + len);
		assert(!conventional_is_revert(&c) ||
		    conventional_ticket_type(&c) == NULL);
	}
	text = conventional_breaking(s, len);
	assert(text == NULL || (text[0] != '\0' || len > 0));
	free(text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct grammar g = { .statuses = "open in-progress done" };
	struct ticket_key key;
	char *text;

	if (size == 0)
		return 0;
	g.hash = (*data & 8) != 0;
	strv_push(&g.prefixes, "NOTE");
	strv_push(&g.prefixes, "A");
	strv_push(&g.prefixes, "MNG");
	/* Without a NUL behind it, so that a step too far is seen. */
	text = mem_dup(data + 1, size - 1);
	if (*data & 16)
		fuzz_conventional(text, size - 1);
	switch (*data & 7) {
	case 0:
	case 1:
		fuzz_reference(text, size - 1, &g);
		break;
	case 2:
		fuzz_command(text, size - 1, &g);
		break;
	case 3:
		fuzz_trailer(text, size - 1);
		break;
	case 4:
		fuzz_revert(text, size - 1);
		break;
	case 5:
		free(text);
		text = mem_strndup((const char *)data + 1, size - 1);
		fuzz_version(text);
		break;
	case 6:
		fuzz_title(text, size - 1);
		break;
	default:
		free(text);
		text = mem_strndup((const char *)data + 1, size - 1);
		(void)reference_from_branch(text, &g, &key);
		break;
	}
	free(text);
	strv_release(&g.prefixes);
	return 0;
}
