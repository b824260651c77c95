#include "model/filter.h"

#include <string.h>

#include "filter_node.h"

/*
 * The grammar, words being separated by blanks:
 *
 *	or    = and { "or" and }
 *	and   = unary { ["and"] unary }
 *	unary = ("not" | "-" | "!") unary | "(" or ")" | term
 *
 * Each rule leaves *out NULL where nothing was said, which is an error unless
 * the input is live and ends there.
 */
static enum rc parse_or(struct parser *p, struct filter **out);

static enum rc
nest(struct parser *p)
{
	if (++p->depth > NESTING_MAX)
		return parser_fail(p, p->pos, "nested too deeply (at most %d)",
		    NESTING_MAX);
	return RC_OK;
}

static enum rc
parse_group(struct parser *p, struct filter **out)
{
	size_t at = p->pos++;
	enum rc rc;

	if ((rc = nest(p)) != RC_OK)
		return rc;
	p->groups++;
	if ((rc = parse_or(p, out)) != RC_OK)
		return rc;
	p->groups--;
	p->depth--;
	if (p->text[p->pos] == ')')
		p->pos++;
	else if (!p->ctx->live)
		return parser_fail(p, at, "this ( is not closed (add a \")\")");
	if (*out == NULL && !p->ctx->live)
		return parser_fail(p, at, "nothing between ( and )");
	return RC_OK;
}

static enum rc parse_unary(struct parser *p, struct filter **out);

static enum rc
parse_not(struct parser *p, size_t len, struct filter **out)
{
	size_t at = p->pos;
	enum rc rc;

	if ((rc = nest(p)) != RC_OK)
		return rc;
	p->pos += len;
	if (len > 1)
		parser_skip_blanks(p);
	if ((parser_at_end(p) || parser_is_blank(p->text[p->pos]) ||
		p->text[p->pos] == ')') &&
	    !p->ctx->live)
		return parser_fail(p, at,
		    "nothing to negate behind \"%.*s\" (put it in quotes to "
		    "search for text)",
		    (int)len, p->text + at);
	if ((rc = parse_unary(p, out)) != RC_OK)
		return rc;
	p->depth--;
	*out = filter_not(*out);
	return RC_OK;
}

static enum rc
parse_unary(struct parser *p, struct filter **out)
{
	char c = p->text[p->pos];

	if (parser_at_end(p) || parser_is_blank(c) || c == ')')
		return RC_OK;
	if (c == '(')
		return parse_group(p, out);
	if (c == '-' || c == '!')
		return parse_not(p, 1, out);
	if (parser_looking_at(p, "not"))
		return parse_not(p, 3, out);
	if (parser_looking_at(p, "and") || parser_looking_at(p, "or"))
		return parser_fail(p, p->pos,
		    "a term is missing before \"%.*s\" (put it in quotes to "
		    "search for text)",
		    (int)strcspn(p->text + p->pos, " \t\r\n()"),
		    p->text + p->pos);
	return parser_term(p, out);
}

/* Behind "and" or "or", which stood at byte at: something must follow. */
static enum rc
expect_term(const struct parser *p, size_t at, const char *word)
{
	if ((!parser_at_end(p) && p->text[p->pos] != ')') || p->ctx->live)
		return RC_OK;
	return parser_fail(p, at,
	    "a term is missing behind \"%s\" (put it in quotes to search for "
	    "text)",
	    word);
}

static enum rc
parse_and(struct parser *p, struct filter **out)
{
	enum rc rc;

	for (bool first = true;; first = false) {
		struct filter *one = NULL;
		size_t at;

		parser_skip_blanks(p);
		at = p->pos;
		if (parser_at_end(p) || p->text[p->pos] == ')' ||
		    (!first && parser_looking_at(p, "or")))
			return RC_OK;
		if (!first && parser_looking_at(p, "and")) {
			p->pos += 3;
			parser_skip_blanks(p);
			if ((rc = expect_term(p, at, "and")) != RC_OK)
				return rc;
			if (parser_at_end(p) || p->text[p->pos] == ')')
				return RC_OK;
		}
		rc = parse_unary(p, &one);
		*out = filter_join(FILTER_AND, *out, one);
		if (rc != RC_OK)
			return rc;
	}
}

static enum rc
parse_or(struct parser *p, struct filter **out)
{
	enum rc rc;

	for (;;) {
		struct filter *one = NULL;
		size_t at;

		rc = parse_and(p, &one);
		*out = filter_join(FILTER_OR, *out, one);
		if (rc != RC_OK || !parser_looking_at(p, "or"))
			return rc;
		at = p->pos;
		p->pos += 2;
		parser_skip_blanks(p);
		if ((rc = expect_term(p, at, "or")) != RC_OK)
			return rc;
	}
}

enum rc
parser_run(struct parser *p, struct filter **out)
{
	struct filter *f = NULL;
	enum rc rc;

	*out = NULL;
	rc = parse_or(p, &f);
	if (rc == RC_OK && !parser_at_end(p))
		rc = parser_fail(p, p->pos, "this ) closes nothing");
	if (rc == RC_OK)
		*out = f;
	else
		filter_free(f);
	return rc;
}

enum rc
filter_parse(const char *text, const struct filter_context *ctx,
    struct filter **out, struct err *err)
{
	struct parser p = { .text = text, .ctx = ctx, .err = err };
	enum rc rc = parser_run(&p, out);

	if (rc == RC_OK && *out == NULL)
		*out = filter_node(FILTER_ALL);
	return rc;
}
