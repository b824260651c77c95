#include "model/ticket.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/suggest.h"

const struct field_def ticket_fields[TF_N] = {
#define X(id, name, kind) [TF_##id] = { name, kind },
	TICKET_FIELDS(X)
#undef X
};

static const struct {
	const char *alias;
	enum ticket_field field;
} field_aliases[] = {
	{ "labels tag tags", TF_LABEL },
	{ "releases fix-version fix-versions version", TF_RELEASE },
	{ "affects affects-version affects-versions", TF_FOUND_IN },
	{ "note-text release-note", TF_NOTE },
	{ "title", TF_SUMMARY },
	{ "body", TF_DESCRIPTION },
	{ "assign owner", TF_ASSIGNEE },
	{ "author", TF_REPORTER },
	{ "components", TF_COMPONENT },
};

enum ticket_field
ticket_field_find(const char *name)
{
	size_t len = strlen(name);

	for (int i = 0; i < TF_N; i++)
		if (word_equal(ticket_fields[i].name,
			strlen(ticket_fields[i].name), name, len))
			return (enum ticket_field)i;
	for (size_t i = 0; i < sizeof(field_aliases) / sizeof(field_aliases[0]);
	     i++)
		if (word_listed(name, field_aliases[i].alias))
			return field_aliases[i].field;
	return TF_N;
}

static bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static char
to_upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool
is_prefix_byte(char c, size_t i)
{
	return is_upper(c) || (i > 0 && ((c >= '0' && c <= '9') || c == '_'));
}

bool
ticket_prefix_valid(const char *prefix)
{
	size_t i = 0;

	for (; prefix[i] != '\0'; i++)
		if (i + 1 >= TICKET_PREFIX_MAX || !is_prefix_byte(prefix[i], i))
			return false;
	return i > 0;
}

bool
ticket_key_parse(const char *s, size_t len, struct ticket_key *out)
{
	struct ticket_key key = { .number = 0 };
	uint64_t number = 0;
	size_t i = 0;

	for (; i < len && s[i] != '-'; i++) {
		if (i + 1 >= TICKET_PREFIX_MAX ||
		    !is_prefix_byte(to_upper(s[i]), i))
			return false;
		key.prefix[i] = to_upper(s[i]);
	}
	/* "A-01" is no key: a key has one form. */
	if (i == 0 || i + 1 >= len || s[i + 1] == '0')
		return false;
	for (i++; i < len; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
		number = number * 10 + (uint64_t)(s[i] - '0');
		if (number > TICKET_NUMBER_MAX)
			return false;
	}
	key.number = (uint32_t)number;
	*out = key;
	return true;
}

void
ticket_key_format(const struct ticket_key *key, char out[TICKET_KEY_MAX])
{
	/* A screen of tickets asks for hundreds: printf would be most of it. */
	char digits[16];
	size_t n = strnlen(key->prefix, sizeof(key->prefix) - 1), k = 0;
	uint32_t number = key->number;

	memcpy(out, key->prefix, n);
	out[n++] = '-';
	do
		digits[k++] = (char)('0' + number % 10);
	while ((number /= 10) > 0);
	while (k > 0)
		out[n++] = digits[--k];
	out[n] = '\0';
}

bool
ticket_key_equal(const struct ticket_key *a, const struct ticket_key *b)
{
	return a->number == b->number && strcmp(a->prefix, b->prefix) == 0;
}

int
ticket_key_compare(const struct ticket_key *a, const struct ticket_key *b)
{
	int c = strcmp(a->prefix, b->prefix);

	return c != 0 ? c : (a->number > b->number) - (a->number < b->number);
}

int
ticket_key_compare_text(const char *a, const char *b)
{
	struct ticket_key ka, kb;
	bool is_a = ticket_key_parse(a, strlen(a), &ka);
	bool is_b = ticket_key_parse(b, strlen(b), &kb);
	int c;

	if (is_a != is_b)
		return is_b - is_a;
	c = is_a ? ticket_key_compare(&ka, &kb) : 0;
	return c != 0 ? c : strcmp(a, b);
}

void
ticket_release(struct ticket *t)
{
	free(t->type);
	free(t->status);
	free(t->resolution);
	free(t->priority);
	free(t->summary);
	free(t->description);
	free(t->note);
	free(t->assignee);
	free(t->reporter);
	free(t->component);
	free(t->parent);
	free(t->rank);
	strv_release(&t->labels);
	strv_release(&t->releases);
	strv_release(&t->found_in);
	*t = (struct ticket){ 0 };
}

void
ticket_copy(struct ticket *dst, const struct ticket *src)
{
	*dst = *src;
	dst->type = mem_strdup(src->type);
	dst->status = mem_strdup(src->status);
	dst->resolution = mem_strdup(src->resolution);
	dst->priority = mem_strdup(src->priority);
	dst->summary = mem_strdup(src->summary);
	dst->description = mem_strdup(src->description);
	dst->note = mem_strdup(src->note);
	dst->assignee = mem_strdup(src->assignee);
	dst->reporter = mem_strdup(src->reporter);
	dst->component = mem_strdup(src->component);
	dst->parent = mem_strdup(src->parent);
	dst->rank = mem_strdup(src->rank);
	dst->labels = (struct strv)STRV_INIT;
	dst->releases = (struct strv)STRV_INIT;
	dst->found_in = (struct strv)STRV_INIT;
	strv_copy(&dst->labels, &src->labels);
	strv_copy(&dst->releases, &src->releases);
	strv_copy(&dst->found_in, &src->found_in);
}

/* The field's own member, for the kinds that are one string. */
static const char *
field_string(const struct ticket *t, enum ticket_field f)
{
	const char *const strings[TF_N] = {
		[TF_TYPE] = t->type,
		[TF_STATUS] = t->status,
		[TF_RESOLUTION] = t->resolution,
		[TF_PRIORITY] = t->priority,
		[TF_SUMMARY] = t->summary,
		[TF_DESCRIPTION] = t->description,
		[TF_NOTE] = t->note,
		[TF_ASSIGNEE] = t->assignee,
		[TF_REPORTER] = t->reporter,
		[TF_COMPONENT] = t->component,
		[TF_PARENT] = t->parent,
		[TF_RANK] = t->rank,
	};

	return strings[f] != NULL ? strings[f] : "";
}

static void
put_set(struct buf *out, const struct strv *set)
{
	for (size_t i = 0; i < set->n; i++) {
		if (i > 0)
			buf_putc(out, ',');
		buf_puts(out, set->v[i]);
	}
}

static void
put_span(struct buf *out, int64_t seconds)
{
	char text[32];

	if (seconds == 0)
		return;
	date_format_span(seconds, text);
	buf_puts(out, text);
}

void
ticket_field_text(const struct ticket *t, enum ticket_field f, struct buf *out)
{
	char day[11];

	switch (f) {
	case TF_NO_NOTE:
		buf_puts(out, t->no_note ? "yes" : "");
		return;
	case TF_DELETED:
		buf_puts(out, t->deleted ? "yes" : "");
		return;
	case TF_DUE:
		if (t->due == DATE_NONE)
			return;
		date_format_day(t->due, day);
		buf_puts(out, day);
		return;
	case TF_ESTIMATE:
		put_span(out, t->estimate);
		return;
	case TF_SPENT:
		put_span(out, t->spent);
		return;
	case TF_LABEL:
		put_set(out, &t->labels);
		return;
	case TF_RELEASE:
		put_set(out, &t->releases);
		return;
	case TF_FOUND_IN:
		put_set(out, &t->found_in);
		return;
	default:
		buf_puts(out, field_string(t, f));
		return;
	}
}

void
comment_list_release(struct comment_list *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->v[i].author);
		free(l->v[i].text);
		free(l->v[i].origin);
	}
	free(l->v);
	*l = (struct comment_list){ 0 };
}

void
relation_list_release(struct relation_list *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->v[i].name);
		free(l->v[i].summary);
		free(l->v[i].status);
	}
	free(l->v);
	*l = (struct relation_list){ 0 };
}
