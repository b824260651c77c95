/* One term of a filter: text, a key, or a field with its values. */
#include "filter_node.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "model/ticket.h"
#include "model/suggest.h"

#define TERMS_MAX      64
#define NAME_MAX_BYTES 24

static bool
all_blank(const char *s)
{
	while (parser_is_blank(*s))
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
	enum rc rc = parser_quoted(p, &text, &open);

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
	size_t at = p->pos, end = parser_word_end(p, "");
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
		rc = parser_quoted(p, &text, &v->open);
	} else {
		size_t end = parser_word_end(p, ",");

		buf_add(&text, p->text + p->pos, end - p->pos);
		p->pos = end;
		v->open = p->ctx->live && parser_at_end(p);
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

/* What other trackers, and our own verbs, call it. */
static const char *
is_alias(const char *text)
{
	static const struct {
		const char *alias, *name;
	} aliases[] = { { "closed resolved", "done" },
		{ "archived", "deleted" } };

	for (size_t i = 0; i < sizeof(aliases) / sizeof(aliases[0]); i++)
		if (word_listed(text, aliases[i].alias))
			return aliases[i].name;
	return NULL;
}

static enum rc
is_value(const struct parser *p, const struct filter_value *v,
    struct filter **out)
{
	char *alias = mem_strdup(is_alias(v->text));
	struct filter_value meant = *v;
	int found;
	enum rc rc;

	if (alias != NULL)
		meant.text = alias;
	rc = word_node(p, "is", filter_is_names, IS_N, &meant, &found);
	free(alias);

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

	if (word_listed(name, "deleted archived"))
		return parser_fail(p, p->pos,
		    "no field \"%s\" (write is:deleted)", name);
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

enum rc
parser_term(struct parser *p, struct filter **out)
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
		if (next == '\0' || parser_is_blank(next))
			rc = parse_word(p, out);
		else
			rc = unknown_name(p, name);
	}
	free(name);
	return rc;
}
