#include "model/filter.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "filter_node.h"
#include "model/suggest.h"

const char *const filter_field_names[FF_N] = {
#define X(id, name) [FF_##id] = name,
	FILTER_FIELDS(X)
#undef X
};

const char *const filter_is_names[IS_N] = {
#define X(id, name) [IS_##id] = name,
	FILTER_IS_WORDS(X)
#undef X
};

const char *const filter_has_names[HAS_N] = {
#define X(id, name) [HAS_##id] = name,
	FILTER_HAS_WORDS(X)
#undef X
};

const char *const sort_field_names[SORT_N] = {
	[SORT_KEY] = "key",
	[SORT_TYPE] = "type",
	[SORT_STATUS] = "status",
	[SORT_PRIORITY] = "priority",
	[SORT_SUMMARY] = "summary",
	[SORT_ASSIGNEE] = "assignee",
	[SORT_CREATED] = "created",
	[SORT_UPDATED] = "updated",
	[SORT_RESOLVED] = "resolved",
	[SORT_DUE] = "due",
	[SORT_RANK] = "rank",
};

struct filter *
filter_node(enum filter_op op)
{
	struct filter *f = mem_calloc(1, sizeof(*f));

	f->op = op;
	return f;
}

struct filter *
filter_leaf(enum filter_field field, enum filter_cmp cmp, const char *value)
{
	struct filter *f = filter_node(FILTER_FIELD);

	f->field = field;
	f->cmp = cmp;
	if (value != NULL)
		strv_push(&f->values, value);
	return f;
}

struct filter *
filter_not(struct filter *a)
{
	struct filter *f;

	if (a == NULL)
		return NULL;
	f = filter_node(FILTER_NOT);
	f->left = a;
	return f;
}

struct filter *
filter_join(enum filter_op op, struct filter *a, struct filter *b)
{
	struct filter *f;

	if (a == NULL || b == NULL)
		return a != NULL ? a : b;
	f = filter_node(op);
	f->left = a;
	f->right = b;
	return f;
}

/* Chains are as long as 64 terms and lean to the left: no deep recursion. */
void
filter_free(struct filter *f)
{
	while (f != NULL) {
		struct filter *next = f->left;

		filter_free(f->right);
		strv_release(&f->values);
		free(f->text);
		free(f);
		f = next;
	}
}

static bool
is_time(enum filter_field f)
{
	return f == FF_CREATED || f == FF_UPDATED || f == FF_RESOLVED ||
	    f == FF_DUE;
}

static void
explain_value(const struct filter *f, const char *value, struct buf *out)
{
	char text[32];

	if (is_time(f->field)) {
		date_format_iso(strtoll(value, NULL, 10), text);
		buf_puts(out, text);
	} else if (f->field == FF_ESTIMATE) {
		date_format_span(strtoll(value, NULL, 10), text);
		buf_puts(out, text);
	} else {
		buf_puts(out, value);
	}
}

static void
explain_field(const struct filter *f, struct buf *out)
{
	static const char *const plain[] = {
		[FILTER_EQ] = " is ",
		[FILTER_LT] = " below ",
		[FILTER_LE] = " at most ",
		[FILTER_GT] = " above ",
		[FILTER_GE] = " at least ",
		[FILTER_MATCH] = " has ",
	};
	static const char *const times[] = {
		[FILTER_EQ] = " at ",
		[FILTER_LT] = " before ",
		[FILTER_LE] = " until ",
		[FILTER_GT] = " after ",
		[FILTER_GE] = " since ",
		[FILTER_MATCH] = " has ",
	};

	buf_puts(out, filter_field_names[f->field]);
	if (f->values.n == 0) {
		buf_puts(out, " is empty");
		return;
	}
	if (f->prefix && f->cmp == FILTER_EQ)
		buf_puts(out, " begins with ");
	else
		buf_puts(out, (is_time(f->field) ? times : plain)[f->cmp]);
	for (size_t i = 0; i < f->values.n; i++) {
		if (i > 0)
			buf_puts(out, " or ");
		explain_value(f, f->values.v[i], out);
	}
}

static void
explain_part(const struct filter *f, const struct filter *parent,
    struct buf *out)
{
	bool group = f->op == FILTER_OR || f->op == FILTER_AND;

	if (group && f->op != parent->op) {
		buf_putc(out, '(');
		filter_explain(f, out);
		buf_putc(out, ')');
	} else {
		filter_explain(f, out);
	}
}

void
filter_explain(const struct filter *f, struct buf *out)
{
	switch (f->op) {
	case FILTER_ALL:
		buf_puts(out, "everything");
		return;
	case FILTER_AND:
	case FILTER_OR:
		explain_part(f->left, f, out);
		buf_puts(out, f->op == FILTER_AND ? " and " : " or ");
		explain_part(f->right, f, out);
		return;
	case FILTER_NOT:
		buf_puts(out, "not ");
		explain_part(f->left, f, out);
		return;
	case FILTER_FIELD:
		explain_field(f, out);
		return;
	case FILTER_IS:
		buf_printf(out, "is %s", filter_is_names[f->is]);
		return;
	case FILTER_HAS:
		buf_printf(out, "has %s", filter_has_names[f->has]);
		return;
	case FILTER_TEXT:
		buf_printf(out, "text has \"%s%s\"", f->text,
		    f->prefix ? "..." : "");
		return;
	}
}

static enum sort_field
sort_find(const char *name, size_t len)
{
	int i = 0;

	while (i < SORT_N &&
	    !word_equal(sort_field_names[i], strlen(sort_field_names[i]), name,
		len))
		i++;
	return (enum sort_field)i;
}

static enum rc
sort_unknown(const char *name, struct err *err)
{
	struct buf list = BUF_INIT;
	struct suggest s;
	enum rc rc;

	suggest_init(&s, name);
	for (int i = 0; i < SORT_N; i++) {
		suggest_offer(&s, sort_field_names[i]);
		buf_printf(&list, "%s%s", i > 0 ? ", " : "",
		    sort_field_names[i]);
	}
	if (s.best != NULL)
		rc = err_set(err, RC_INVALID,
		    "cannot sort by \"%s\" (did you mean \"%s\"?)", name,
		    s.best);
	else
		rc = err_set(err, RC_INVALID,
		    "cannot sort by \"%s\" (one of: %s; \"-\" in front turns "
		    "it round)",
		    name, buf_str(&list));
	buf_release(&list);
	return rc;
}

static enum rc
sort_add(struct sort *out, const char *s, size_t len, struct err *err)
{
	bool descending = len > 0 && s[0] == '-';
	enum sort_field field;
	char *name;
	enum rc rc = RC_OK;

	if (descending || (len > 0 && s[0] == '+')) {
		s++;
		len--;
	}
	name = mem_strndup(s, len);
	field = sort_find(name, strlen(name));
	if (field == SORT_N)
		rc = sort_unknown(name, err);
	else if (out->n == SORT_KEYS_MAX)
		rc = err_set(err, RC_INVALID,
		    "too many fields to sort by at "
		    "\"%s\" (at most %d)",
		    name, SORT_KEYS_MAX);
	for (size_t i = 0; rc == RC_OK && i < out->n; i++)
		if (out->key[i].field == field)
			rc = err_set(err, RC_INVALID,
			    "\"%s\" stands twice in what to sort by", name);
	free(name);
	if (rc == RC_OK)
		out->key[out->n++] = (struct sort_key){ field, descending };
	return rc;
}

enum rc
sort_parse(const char *text, struct sort *out, struct err *err)
{
	enum rc rc = RC_OK;

	*out = (struct sort){ 0 };
	text += strspn(text, " \t");
	while (*text != '\0' && rc == RC_OK) {
		size_t len = strcspn(text, ", \t");

		rc = sort_add(out, text, len, err);
		text += len;
		text += strspn(text, " \t");
		if (*text == ',' && text[1] == '\0')
			rc = sort_add(out, "", 0, err);
		else if (*text == ',')
			text++;
		text += strspn(text, " \t");
	}
	if (rc != RC_OK)
		*out = (struct sort){ 0 };
	return rc;
}

void
sort_format(const struct sort *s, struct buf *out)
{
	for (size_t i = 0; i < s->n; i++)
		buf_printf(out, "%s%s%s", i > 0 ? "," : "",
		    s->key[i].descending ? "-" : "",
		    sort_field_names[s->key[i].field]);
}
