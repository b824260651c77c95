#include "model/filter.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "filter_node.h"
#include "model/ticket.h"
#include "model/suggest.h"

#define TERMS_MAX      64
#define NAME_MAX_BYTES 24

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

/* The column a reader counts: characters, from 1. */
static size_t
column(const struct parser *p, size_t at)
{
	size_t n = 1;

	for (size_t i = 0; i < at; i++)
		if (((unsigned char)p->text[i] & 0xC0) != 0x80)
			n++;
	return n;
}

enum rc
parser_fail(const struct parser *p, size_t at, const char *fmt, ...)
{
	struct buf text = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&text, fmt, ap);
	va_end(ap);
	err_set(p->err, RC_INVALID, "filter, column %zu: %s", column(p, at),
	    buf_str(&text));
	buf_release(&text);
	return RC_INVALID;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void
skip_blanks(struct parser *p)
{
	while (is_blank(p->text[p->pos]))
		p->pos++;
}

static bool
at_end(const struct parser *p)
{
	return p->text[p->pos] == '\0';
}

/* True if the keyword stands here, as a word of its own. */
static bool
looking_at(const struct parser *p, const char *word)
{
	const char *s = p->text + p->pos;
	size_t n = strlen(word);

	if (!word_equal(s, strnlen(s, n), word, n))
		return false;
	return s[n] == '\0' || is_blank(s[n]) || s[n] == '(' || s[n] == ')';
}

/*
 * The end of an unquoted word: a blank, a byte of stop, or a ")" that the word
 * did not open itself ("strlen()" is one word).
 */
static size_t
word_end(const struct parser *p, const char *stop)
{
	size_t at = p->pos;
	int inner = 0;

	for (; p->text[at] != '\0' && !is_blank(p->text[at]); at++) {
		char c = p->text[at];

		if (strchr(stop, c) != NULL)
			break;
		if (c == '(')
			inner++;
		else if (c == ')' && inner-- == 0)
			break;
	}
	return at;
}

/* The text between quotes, \" and \\ in it; the opening one is at pos. */
static enum rc
parse_quoted(struct parser *p, struct buf *out, bool *open)
{
	size_t at = p->pos++;

	for (; p->text[p->pos] != '"'; p->pos++) {
		char c = p->text[p->pos];

		if (c == '\0' && p->ctx->live) {
			*open = true;
			return RC_OK;
		}
		if (c == '\0')
			return parser_fail(p, at,
			    "this quote is not closed (add \")");
		if (c == '\\' &&
		    (p->text[p->pos + 1] == '"' || p->text[p->pos + 1] == '\\'))
			c = p->text[++p->pos];
		buf_putc(out, c);
	}
	p->pos++;
	return RC_OK;
}

static bool
all_blank(const char *s)
{
	while (is_blank(*s))
		s++;
	return *s == '\0';
}

static enum rc
text_node(const char *s, size_t len, bool prefix, struct filter **out)
{
	struct buf nfc = BUF_INIT;

	*out = filter_node(FILTER_TEXT);
	utf8_nfc(&nfc, s, len);
	(*out)->text = buf_detach(&nfc);
	(*out)->prefix = prefix;
	return RC_OK;
}

static enum rc
parse_quoted_term(struct parser *p, struct filter **out)
{
	struct buf text = BUF_INIT;
	size_t at = p->pos;
	bool open = false;
	enum rc rc = parse_quoted(p, &text, &open);

	if (rc == RC_OK && !all_blank(buf_str(&text)))
		rc = text_node(buf_str(&text), text.len, open, out);
	else if (rc == RC_OK && !p->ctx->live)
		rc = parser_fail(p, at, "nothing between the quotes");
	if (*out != NULL)
		(*out)->whole = !open;
	buf_release(&text);
	return rc;
}

/* A key of this tracker, or "#12", alone: that ticket. */
static struct filter *
key_node(const struct parser *p, const char *word)
{
	char text[TICKET_KEY_MAX];
	struct ticket_key key;
	char *full;
	bool ok;

	if (p->ctx->prefix == NULL)
		return NULL;
	full = *word == '#' ? mem_printf("%s-%s", p->ctx->prefix, word + 1)
			    : mem_strdup(word);
	ok = ticket_key_parse(full, strlen(full), &key) &&
	    strcmp(key.prefix, p->ctx->prefix) == 0;
	free(full);
	if (!ok)
		return NULL;
	ticket_key_format(&key, text);
	return filter_leaf(FF_KEY, FILTER_EQ, text);
}

static enum rc
parse_word(struct parser *p, struct filter **out)
{
	size_t at = p->pos, end = word_end(p, "");
	bool open = p->ctx->live && p->text[end] == '\0';
	char *word = mem_strndup(p->text + at, end - at);
	enum rc rc = RC_OK;

	p->pos = end;
	if (*word == '@' && word[1] != '\0' && p->ctx->saved != NULL)
		rc = filter_saved_node(p, word + 1, at, open, out);
	else if ((*out = key_node(p, word)) == NULL)
		rc = text_node(word, end - at, open, out);
	free(word);
	return rc;
}

struct operator
{
	const char *text;
	enum filter_cmp cmp;
	bool negated;
};

/* Longer ones first.  MATCH stands for ":" until the field decides. */
static const struct operator operators[] = {
	{ ":!=", FILTER_EQ, true },
	{ ":<=", FILTER_LE, false },
	{ ":>=", FILTER_GE, false },
	{ ":<", FILTER_LT, false },
	{ ":>", FILTER_GT, false },
	{ ":=", FILTER_EQ, false },
	{ ":", FILTER_MATCH, false },
	{ "!=", FILTER_EQ, true },
	{ "!:", FILTER_MATCH, true },
	{ "<=", FILTER_LE, false },
	{ ">=", FILTER_GE, false },
	{ "==", FILTER_EQ, false },
	{ "<", FILTER_LT, false },
	{ ">", FILTER_GT, false },
	{ "=", FILTER_EQ, false },
};

/* The head of "name op value" at pos, or NULL; *name_len without the op. */
static const struct operator*
    find_operator(const struct parser *p, size_t *name_len)
{
	const char *s = p->text + p->pos;
	size_t n = 0;

	while ((s[n] >= 'a' && s[n] <= 'z') || (s[n] >= 'A' && s[n] <= 'Z') ||
	    s[n] == '-' || s[n] == '_')
		n++;
	*name_len = n;
	/* "http://" and "std::x" are text. */
	if (n == 0 || n > NAME_MAX_BYTES || strncmp(s + n, "://", 3) == 0 ||
	    strncmp(s + n, "::", 2) == 0)
		return NULL;
	for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++)
		if (strncmp(s + n, operators[i].text,
			strlen(operators[i].text)) == 0)
			return &operators[i];
	return NULL;
}

static void
value_list_free(struct filter_value *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(v[i].text);
	free(v);
}

static enum rc
parse_value(struct parser *p, struct filter_value *v)
{
	struct buf text = BUF_INIT, nfc = BUF_INIT;
	enum rc rc = RC_OK;

	*v = (struct filter_value){ .at = p->pos };
	if (p->text[p->pos] == '"') {
		v->quoted = true;
		rc = parse_quoted(p, &text, &v->open);
	} else {
		size_t end = word_end(p, ",");

		buf_add(&text, p->text + p->pos, end - p->pos);
		p->pos = end;
		v->open = p->ctx->live && at_end(p);
	}
	utf8_nfc(&nfc, buf_str(&text), text.len);
	v->text = buf_detach(&nfc);
	buf_release(&text);
	return rc;
}

static enum rc
too_many(const struct parser *p)
{
	return parser_fail(p, p->pos, "too many terms and values (at most %d)",
	    TERMS_MAX);
}

/* a,"b c",d */
static enum rc
parse_values(struct parser *p, struct filter_value **out, size_t *n)
{
	size_t cap = 0;
	enum rc rc;

	*out = NULL;
	*n = 0;
	for (;;) {
		*out = mem_grow(*out, &cap, *n + 1, sizeof(**out));
		if ((rc = parse_value(p, &(*out)[(*n)++])) != RC_OK)
			return rc;
		if (p->text[p->pos] != ',')
			return RC_OK;
		if (++p->terms > TERMS_MAX)
			return too_many(p);
		p->pos++;
	}
}

/* "status is a" or "status is b" as one node "status is a or b". */
static struct filter *
join_values(struct filter *a, struct filter *b)
{
	if (a == NULL || b == NULL || a->op != FILTER_FIELD ||
	    b->op != FILTER_FIELD || a->field != b->field ||
	    a->cmp != FILTER_EQ || b->cmp != FILTER_EQ || a->prefix ||
	    b->prefix || a->values.n == 0 || b->values.n == 0)
		return filter_join(FILTER_OR, a, b);
	for (size_t i = 0; i < b->values.n; i++)
		if (!strv_has(&a->values, b->values.v[i]))
			strv_push(&a->values, b->values.v[i]);
	filter_free(b);
	return a;
}

/* What "is:", "has:" and "no:" take: one of a table's words. */
static enum rc
word_node(const struct parser *p, const char *name, const char *const *table,
    int n, const struct filter_value *v, int *found)
{
	struct buf list = BUF_INIT;
	size_t len = strlen(v->text);
	struct suggest s;

	*found = -1;
	suggest_init(&s, v->text);
	for (int i = 0; i < n; i++) {
		if (word_equal(table[i], strlen(table[i]), v->text, len))
			*found = i;
		if (v->open && len < strlen(table[i]) &&
		    word_equal(table[i], len, v->text, len))
			*found = *found >= 0 ? *found : n;
		suggest_offer(&s, table[i]);
		buf_printf(&list, "%s%s", i > 0 ? ", " : "", table[i]);
	}
	if (*found >= 0) {
		buf_release(&list);
		return RC_OK;
	}
	if (s.best != NULL)
		parser_fail(p, v->at,
		    "no \"%s:%s\" (did you mean \"%s:%s\"? one of: %s)", name,
		    v->text, name, s.best, buf_str(&list));
	else
		parser_fail(p, v->at, "no \"%s:%s\" (one of: %s)", name,
		    v->text, buf_str(&list));
	buf_release(&list);
	return RC_INVALID;
}

static enum rc
is_value(const struct parser *p, const struct filter_value *v,
    struct filter **out)
{
	int found;
	enum rc rc = word_node(p, "is", filter_is_names, IS_N, v, &found);

	if (rc != RC_OK || found == IS_N)
		return rc;
	/* The store does not know who asks. */
	if (found == IS_MINE)
		return filter_me_node(p, FF_ASSIGNEE, v->at, out);
	*out = filter_node(FILTER_IS);
	(*out)->is = (enum filter_is)found;
	return RC_OK;
}

static enum rc
has_value(const struct parser *p, const struct filter_value *v,
    struct filter **out)
{
	int found;
	enum rc rc = word_node(p, "has", filter_has_names, HAS_N, v, &found);

	if (rc != RC_OK || found == HAS_N)
		return rc;
	*out = filter_node(FILTER_HAS);
	(*out)->has = (enum filter_has)found;
	return RC_OK;
}

/* Names of terms: the fields, then "is", "has", "no". */
enum { NAME_IS = FF_N, NAME_HAS, NAME_NO, NAME_N };

static const char *
term_name(int i)
{
	static const char *const others[] = { "is", "has", "no" };

	return i < FF_N ? filter_field_names[i] : others[i - FF_N];
}

static const struct {
	const char *alias;
	int name;
} name_aliases[] = {
	{ "labels tag tags", FF_LABEL },
	{ "releases version fix-version milestone", FF_RELEASE },
	{ "title", FF_SUMMARY },
	{ "assign owner", FF_ASSIGNEE },
	{ "author", FF_REPORTER },
	{ "components", FF_COMPONENT },
	{ "affects", FF_FOUND_IN },
};

static int
name_find(const char *name)
{
	for (int i = 0; i < NAME_N; i++)
		if (word_equal(term_name(i), strlen(term_name(i)), name,
			strlen(name)))
			return i;
	for (size_t i = 0; i < sizeof(name_aliases) / sizeof(name_aliases[0]);
	     i++)
		if (word_listed(name, name_aliases[i].alias))
			return name_aliases[i].name;
	return NAME_N;
}

static enum rc
unknown_name(const struct parser *p, const char *name)
{
	struct buf list = BUF_INIT;
	struct suggest s;

	suggest_init(&s, name);
	for (int i = 0; i < NAME_N; i++) {
		suggest_offer(&s, term_name(i));
		buf_printf(&list, "%s%s", i > 0 ? ", " : "", term_name(i));
	}
	if (s.best != NULL)
		parser_fail(p, p->pos,
		    "no field \"%s\" (did you mean \"%s\"? put it in quotes to "
		    "search for text)",
		    name, s.best);
	else
		parser_fail(p, p->pos,
		    "no field \"%s\" (one of: %s; put it in quotes to search "
		    "for text)",
		    name, buf_str(&list));
	buf_release(&list);
	return RC_INVALID;
}

static enum rc
one_value(const struct parser *p, int name, const struct operator* op,
    const struct filter_value *v, struct filter **out)
{
	if (*v->text == '\0' && !v->quoted) {
		if (v->open)
			return RC_OK;
		return parser_fail(p, v->at,
		    "a value is missing (write %s%sVALUE, without a blank)",
		    term_name(name), op->text);
	}
	if (name < FF_N)
		return filter_value_node(p, (enum filter_field)name, op->cmp, v,
		    out);
	if (op->cmp != FILTER_MATCH && op->cmp != FILTER_EQ)
		return parser_fail(p, v->at,
		    "\"%s\" cannot be compared with \"%s\" (write %s:VALUE)",
		    term_name(name), op->text, term_name(name));
	return name == NAME_IS ? is_value(p, v, out) : has_value(p, v, out);
}

static enum rc
parse_field(struct parser *p, int name, size_t name_len,
    const struct operator* op, struct filter **out)
{
	struct filter_value *v;
	bool negated = op->negated != (name == NAME_NO);
	size_t n;
	enum rc rc;

	p->pos += name_len + strlen(op->text);
	rc = parse_values(p, &v, &n);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		struct filter *one = NULL;

		rc = one_value(p, name, op, &v[i], &one);
		/* no:a,b is without either. */
		if (name == NAME_NO)
			*out = filter_join(FILTER_AND, *out, filter_not(one));
		else
			*out = join_values(*out, one);
	}
	value_list_free(v, n);
	if (rc == RC_OK && negated && name != NAME_NO)
		*out = filter_not(*out);
	else if (rc == RC_OK && !negated && name == NAME_NO)
		*out = filter_not(*out);
	return rc;
}

static enum rc
parse_term(struct parser *p, struct filter **out)
{
	const struct operator* op;
	size_t name_len;
	char *name;
	int found;
	enum rc rc;

	if (++p->terms > TERMS_MAX)
		return too_many(p);
	if (p->text[p->pos] == '"')
		return parse_quoted_term(p, out);
	if ((op = find_operator(p, &name_len)) == NULL)
		return parse_word(p, out);
	name = mem_strndup(p->text + p->pos, name_len);
	found = name_find(name);
	if (found < NAME_N) {
		rc = parse_field(p, found, name_len, op, out);
	} else {
		char next = p->text[p->pos + name_len + strlen(op->text)];

		/* "error: no such file" is text that was pasted. */
		if (next == '\0' || is_blank(next))
			rc = parse_word(p, out);
		else
			rc = unknown_name(p, name);
	}
	free(name);
	return rc;
}

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
		skip_blanks(p);
	if ((at_end(p) || is_blank(p->text[p->pos]) ||
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

	if (at_end(p) || is_blank(c) || c == ')')
		return RC_OK;
	if (c == '(')
		return parse_group(p, out);
	if (c == '-' || c == '!')
		return parse_not(p, 1, out);
	if (looking_at(p, "not"))
		return parse_not(p, 3, out);
	if (looking_at(p, "and") || looking_at(p, "or"))
		return parser_fail(p, p->pos,
		    "a term is missing before \"%.*s\" (put it in quotes to "
		    "search for text)",
		    (int)strcspn(p->text + p->pos, " \t\r\n()"),
		    p->text + p->pos);
	return parse_term(p, out);
}

/* Behind "and" or "or", which stood at byte at: something must follow. */
static enum rc
expect_term(const struct parser *p, size_t at, const char *word)
{
	if ((!at_end(p) && p->text[p->pos] != ')') || p->ctx->live)
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

		skip_blanks(p);
		at = p->pos;
		if (at_end(p) || p->text[p->pos] == ')' ||
		    (!first && looking_at(p, "or")))
			return RC_OK;
		if (!first && looking_at(p, "and")) {
			p->pos += 3;
			skip_blanks(p);
			if ((rc = expect_term(p, at, "and")) != RC_OK)
				return rc;
			if (at_end(p) || p->text[p->pos] == ')')
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
		if (rc != RC_OK || !looking_at(p, "or"))
			return rc;
		at = p->pos;
		p->pos += 2;
		skip_blanks(p);
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
	if (rc == RC_OK && !at_end(p))
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
