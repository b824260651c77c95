/*
 * What the tests of this room share: a grammar, and results as one line of
 * text, so that a table of messages reads like the documentation.
 */
#ifndef NOTES_TESTS_MESSAGE_H
#define NOTES_TESTS_MESSAGE_H

#include "unit.h"

#include "base/buf.h"
#include "message/command.h"
#include "message/grammar.h"
#include "message/reference.h"

static inline struct grammar
test_grammar(bool hash)
{
	struct grammar g = { .hash = hash,
		.statuses = "open in-progress in-review done" };

	strv_push(&g.prefixes, "NOTE");
	strv_push(&g.prefixes, "A");
	strv_push(&g.prefixes, "MNG");
	return g;
}

/* A copy without a NUL behind it, so that a sanitizer sees a step too far. */
static inline char *
test_exact(const char *s, size_t len)
{
	char *copy = malloc(len > 0 ? len : 1);

	assert_non_null(copy);
	memcpy(copy, s, len);
	return copy;
}

/*
 * "NOTE-1:closes A-2:mentions", with '?' behind a near miss of a prefix; "-"
 * for none.
 */
static inline char *
test_references(const char *message, size_t len, bool hash)
{
	struct grammar g = test_grammar(hash);
	struct reference_list l;
	struct buf b = BUF_INIT;
	char *exact = test_exact(message, len);

	reference_parse(exact, len, &g, &l);
	for (size_t i = 0; i < l.n; i++) {
		const struct reference *r = &l.v[i];

		assert_true(r->offset + r->len <= len && r->len > 0);
		buf_printf(&b, "%s%s-%u%s:%s", i > 0 ? " " : "", r->key.prefix,
		    r->key.number, r->typo ? "?" : "", link_role_name(r->role));
	}
	if (l.n == 0)
		buf_putc(&b, '-');
	reference_list_release(&l);
	strv_release(&g.prefixes);
	free(exact);
	return buf_detach(&b);
}

#endif
