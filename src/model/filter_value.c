#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "filter_node.h"
#include "model/ticket.h"
#include "model/suggest.h"

enum value_kind {
	VALUE_KEY,
	VALUE_TYPE,
	VALUE_STATUS,
	VALUE_CATEGORY,
	VALUE_RESOLUTION,
	VALUE_PRIORITY,
	VALUE_TEXT,
	VALUE_PERSON,
	VALUE_WORD,
	VALUE_TIME
};

static const struct value_rule {
	enum value_kind kind;
	bool optional; /* a ticket can be without it */
	bool ordered;  /* < and > have a meaning */
} rules[FF_N] = {
	[FF_KEY] = { VALUE_KEY, false, true },
	[FF_TYPE] = { VALUE_TYPE, false, false },
	[FF_STATUS] = { VALUE_STATUS, false, false },
	[FF_CATEGORY] = { VALUE_CATEGORY, false, false },
	[FF_RESOLUTION] = { VALUE_RESOLUTION, true, false },
	[FF_PRIORITY] = { VALUE_PRIORITY, false, true },
	[FF_SUMMARY] = { VALUE_TEXT, false, false },
	[FF_ASSIGNEE] = { VALUE_PERSON, true, false },
	[FF_REPORTER] = { VALUE_PERSON, true, false },
	[FF_COMPONENT] = { VALUE_WORD, true, false },
	[FF_LABEL] = { VALUE_WORD, true, false },
	[FF_RELEASE] = { VALUE_WORD, true, false },
	[FF_FOUND_IN] = { VALUE_WORD, true, false },
	[FF_PARENT] = { VALUE_KEY, true, false },
	[FF_CREATED] = { VALUE_TIME, false, true },
	[FF_UPDATED] = { VALUE_TIME, false, true },
	[FF_RESOLVED] = { VALUE_TIME, true, true },
	[FF_DUE] = { VALUE_TIME, true, true },
	[FF_ESTIMATE] = { VALUE_TIME, true, true },
};

/* One of a table's words; the table is built by whoever calls. */
struct choice {
	struct strv list;
	const char *found; /* normalised, borrowed */
};

static enum rc
choose(const struct parser *p, enum filter_field field,
    const struct filter_value *v, struct choice *c, struct filter **out)
{
	struct buf list = BUF_INIT;
	size_t len = strlen(v->text);
	bool begun = false;
	struct suggest s;

	suggest_init(&s, v->text);
	for (size_t i = 0; i < c->list.n; i++) {
		const char *word = c->list.v[i];

		begun = begun ||
		    (len < strlen(word) && word_equal(word, len, v->text, len));
		suggest_offer(&s, word);
		buf_printf(&list, "%s%s", i > 0 ? ", " : "", word);
	}
	if (c->found != NULL)
		*out = filter_leaf(field, FILTER_EQ, c->found);
	else if (v->open && begun)
		*out = NULL;
	else if (s.best != NULL)
		parser_fail(p, v->at,
		    "no %s \"%s\" (did you mean \"%s\"? one of: %s)",
		    filter_field_names[field], v->text, s.best, buf_str(&list));
	else
		parser_fail(p, v->at, "no %s \"%s\" (one of: %s)",
		    filter_field_names[field], v->text, buf_str(&list));
	buf_release(&list);
	strv_release(&c->list);
	return c->found != NULL || (v->open && begun) ? RC_OK : RC_INVALID;
}

static enum rc
type_node(const struct parser *p, const struct filter_value *v,
    struct filter **out)
{
	const struct ticket_type *t = ticket_type_find(v->text);
	struct choice c = { .found = t != NULL ? t->name : NULL };

	for (size_t i = 0; i < ticket_types_n; i++)
		strv_push(&c.list, ticket_types[i].name);
	return choose(p, FF_TYPE, v, &c, out);
}

static enum rc
status_node(const struct parser *p, const struct filter_value *v,
    struct filter **out)
{
	const struct workflow *wf = p->ctx->workflow;
	const struct status *s = workflow_find(wf, v->text);
	struct choice c = { .found = s != NULL ? s->name : NULL };

	for (size_t i = 0; i < wf->n; i++)
		strv_push(&c.list, wf->status[i].name);
	return choose(p, FF_STATUS, v, &c, out);
}

static enum rc
category_node(const struct parser *p, const struct filter_value *v,
    struct filter **out)
{
	struct choice c = { .found = NULL };

	for (int i = CATEGORY_TODO; i <= CATEGORY_DONE; i++) {
		const char *name = category_name((enum category)i);

		strv_push(&c.list, name);
		if (word_equal(name, strlen(name), v->text, strlen(v->text)) ||
		    (i == CATEGORY_TODO && word_listed(v->text, "to-do")))
			c.found = name;
	}
	return choose(p, FF_CATEGORY, v, &c, out);
}

static enum rc
named_node(const struct parser *p, enum filter_field field,
    const struct named *table, size_t n, const struct filter_value *v,
    struct filter **out)
{
	int i = named_find(table, n, v->text);
	struct choice c = { .found = i >= 0 ? table[i].name : NULL };

	for (size_t j = 0; j < n; j++)
		strv_push(&c.list, table[j].name);
	return choose(p, field, v, &c, out);
}

/* ">=high" is highest or high: "more" means more urgent. */
static enum rc
priority_node(const struct parser *p, enum filter_cmp cmp,
    const struct filter_value *v, struct filter **out)
{
	struct filter *f;
	int at;
	enum rc rc = named_node(p, FF_PRIORITY, priorities, priorities_n, v,
	    &f);

	if (rc != RC_OK || f == NULL || cmp == FILTER_EQ) {
		*out = rc == RC_OK ? f : NULL;
		return rc;
	}
	at = named_find(priorities, priorities_n, f->values.v[0]);
	strv_release(&f->values);
	for (int i = 0; i < (int)priorities_n; i++) {
		bool in = (cmp == FILTER_GT && i < at) ||
		    (cmp == FILTER_GE && i <= at) ||
		    (cmp == FILTER_LT && i > at) ||
		    (cmp == FILTER_LE && i >= at);

		if (in)
			strv_push(&f->values, priorities[i].name);
	}
	if (f->values.n > 0) {
		*out = f;
		return RC_OK;
	}
	filter_free(f);
	return parser_fail(p, v->at, "no priority is %s \"%s\"",
	    cmp == FILTER_GT ? "above" : "below", priorities[at].name);
}

/* "NOTE-12", "12", "#12" to "NOTE-12"; false when it is none of them. */
static bool
key_text(const struct parser *p, const char *s, size_t len,
    char out[TICKET_KEY_MAX])
{
	struct ticket_key key;
	char *word, *full;
	bool ok;

	if (len > 0 && *s == '#') {
		s++;
		len--;
	}
	word = mem_strndup(s, len);
	if (*word >= '0' && *word <= '9' && p->ctx->prefix != NULL)
		full = mem_printf("%s-%s", p->ctx->prefix, word);
	else
		full = mem_strdup(word);
	ok = ticket_key_parse(full, strlen(full), &key);
	if (ok)
		ticket_key_format(&key, out);
	free(word);
	free(full);
	return ok;
}

static enum rc
bad_key(const struct parser *p, const struct filter_value *v,
    struct filter **out)
{
	*out = NULL;
	if (v->open)
		return RC_OK;
	return parser_fail(p, v->at,
	    "not a key: \"%s\" (write NOTE-12, 12, or 12..20)", v->text);
}

/* "NOTE-3..NOTE-9", "3..9": both ends belong to it. */
static enum rc
key_range(const struct parser *p, const struct filter_value *v,
    const char *dots, struct filter **out)
{
	char low[TICKET_KEY_MAX], high[TICKET_KEY_MAX];
	size_t n = (size_t)(dots - v->text);
	const char *end = dots + 2;

	if (!key_text(p, v->text, n, low) ||
	    !key_text(p, end, strlen(end), high))
		return bad_key(p, v, out);
	if (strncmp(low, high, strcspn(low, "-") + 1) != 0)
		return parser_fail(p, v->at,
		    "a range of keys must be of one prefix: \"%s\"", v->text);
	*out = filter_join(FILTER_AND, filter_leaf(FF_KEY, FILTER_GE, low),
	    filter_leaf(FF_KEY, FILTER_LE, high));
	return RC_OK;
}

static enum rc
key_node(const struct parser *p, enum filter_field field, enum filter_cmp cmp,
    const struct filter_value *v, struct filter **out)
{
	const char *dots = strstr(v->text, "..");
	char text[TICKET_KEY_MAX];

	if (dots != NULL && field == FF_KEY && cmp == FILTER_EQ)
		return key_range(p, v, dots, out);
	if (!key_text(p, v->text, strlen(v->text), text))
		return bad_key(p, v, out);
	*out = filter_leaf(field, cmp, text);
	return RC_OK;
}

/* "3.6.*" begins with "3.6."; live input may go on. */
static enum rc
word_value(enum filter_field field, const struct filter_value *v,
    struct filter **out)
{
	size_t len = strlen(v->text);
	bool star = !v->quoted && len > 1 && v->text[len - 1] == '*';

	if (star)
		v->text[len - 1] = '\0';
	*out = filter_leaf(field, FILTER_EQ, v->text);
	(*out)->prefix = star || v->open;
	return RC_OK;
}

enum rc
filter_me_node(const struct parser *p, enum filter_field field, size_t at,
    struct filter **out)
{
	if (p->ctx->me == NULL)
		return parser_fail(p, at,
		    "who is \"me\"? (set user.email with: git config "
		    "user.email YOU)");
	*out = filter_leaf(field, FILTER_EQ, p->ctx->me);
	return RC_OK;
}

static enum rc
person_node(const struct parser *p, enum filter_field field,
    const struct filter_value *v, struct filter **out)
{
	if (!v->quoted && strcmp(v->text, "me") == 0)
		return filter_me_node(p, field, v->at, out);
	return word_value(field, v, out);
}

static enum rc
summary_node(enum filter_cmp cmp, const struct filter_value *v,
    struct filter **out)
{
	*out = filter_leaf(FF_SUMMARY, cmp, v->text);
	(*out)->prefix = cmp == FILTER_MATCH && v->open;
	return RC_OK;
}

/* "none", "" and "*": without a value, with any. */
static bool
is_empty_word(const struct filter_value *v)
{
	return *v->text == '\0' || (!v->quoted && strcmp(v->text, "none") == 0);
}

static enum rc
check_order(const struct parser *p, enum filter_field field,
    enum filter_cmp cmp, const struct filter_value *v)
{
	const char *name = filter_field_names[field];

	if (cmp == FILTER_EQ || cmp == FILTER_MATCH || rules[field].ordered)
		return RC_OK;
	return parser_fail(p, v->at,
	    "\"%s\" has no order, so < and > do not work with it (write "
	    "%s:VALUE)",
	    name, name);
}

enum rc
filter_value_node(const struct parser *p, enum filter_field field,
    enum filter_cmp cmp, const struct filter_value *v, struct filter **out)
{
	const struct value_rule *rule = &rules[field];
	bool equal = cmp == FILTER_EQ || cmp == FILTER_MATCH;
	enum rc rc;

	*out = NULL;
	if ((rc = check_order(p, field, cmp, v)) != RC_OK)
		return rc;
	if (equal && rule->optional && is_empty_word(v)) {
		*out = filter_leaf(field, FILTER_EQ, NULL);
		return RC_OK;
	}
	if (*v->text == '\0')
		return parser_fail(p, v->at, "\"%s\" is never empty",
		    filter_field_names[field]);
	if (equal && !v->quoted && strcmp(v->text, "*") == 0) {
		*out = rule->optional
		    ? filter_not(filter_leaf(field, FILTER_EQ, NULL))
		    : filter_node(FILTER_ALL);
		return RC_OK;
	}
	/* Only texts tell ":" from "=". */
	if (cmp == FILTER_MATCH && rule->kind != VALUE_TEXT)
		cmp = FILTER_EQ;
	switch (rule->kind) {
	case VALUE_KEY:
		return key_node(p, field, cmp, v, out);
	case VALUE_TYPE:
		return type_node(p, v, out);
	case VALUE_STATUS:
		return status_node(p, v, out);
	case VALUE_CATEGORY:
		return category_node(p, v, out);
	case VALUE_RESOLUTION:
		return named_node(p, field, resolutions, resolutions_n, v, out);
	case VALUE_PRIORITY:
		return priority_node(p, cmp, v, out);
	case VALUE_TEXT:
		return summary_node(cmp, v, out);
	case VALUE_PERSON:
		return person_node(p, field, v, out);
	case VALUE_WORD:
		return word_value(field, v, out);
	case VALUE_TIME:
		return filter_time_node(p, field, cmp, v, out);
	}
	return RC_OK;
}
