#include "model/ticket.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "model/release.h"
#include "model/suggest.h"

#define WORD_BYTES_MAX 200 /* person, component, label: bytes */

void
change_push(struct change_list *l, enum change_op op, enum ticket_field field,
    const char *value)
{
	struct change *c;

	l->v = mem_grow(l->v, &l->cap, l->n + 1, sizeof(*c));
	c = &l->v[l->n++];
	c->op = op;
	c->field = field;
	c->value = mem_strdup(value);
}

const char *
change_value(const struct change_list *l, enum ticket_field field)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].field == field && l->v[i].value != NULL)
			return l->v[i].value;
	return "";
}

void
change_list_release(struct change_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->v[i].value);
	free(l->v);
	*l = (struct change_list){ 0 };
}

static enum rc
unknown_field(const char *name, struct err *err)
{
	struct suggest s;

	suggest_init(&s, name);
	for (int i = 0; i < TF_N; i++)
		suggest_offer(&s, ticket_fields[i].name);
	if (s.best != NULL)
		return err_set(err, RC_INVALID,
		    "no field \"%s\" (did you mean \"%s\"?)", name, s.best);
	return err_set(err, RC_INVALID,
	    "no field \"%s\" (fields: type, status, priority, summary, "
	    "assignee, label, release, due, ...; see: notes help edit)",
	    name);
}

static enum rc
parse_label(const char *text, struct change_list *l, struct err *err)
{
	if (text[1] == '\0')
		return err_set(err, RC_INVALID,
		    "no label behind \"%s\" (write +LABEL or -LABEL)", text);
	change_push(l, text[0] == '+' ? CHANGE_ADD : CHANGE_REMOVE, TF_LABEL,
	    text + 1);
	return RC_OK;
}

enum rc
change_parse(const char *text, struct change_list *l, struct err *err)
{
	const char *eq = strchr(text, '=');
	enum change_op op = CHANGE_SET;
	enum ticket_field field;
	char *name;
	size_t len;

	if (text[0] == '+' || text[0] == '-')
		return parse_label(text, l, err);
	if (eq == NULL || eq == text)
		return err_set(err, RC_INVALID,
		    "not a change: \"%s\" (write FIELD=VALUE, +LABEL or "
		    "-LABEL)",
		    text);
	len = (size_t)(eq - text);
	if (text[len - 1] == '+' || text[len - 1] == '-')
		op = text[--len] == '+' ? CHANGE_ADD : CHANGE_REMOVE;
	name = mem_strndup(text, len);
	field = ticket_field_find(name);
	if (field == TF_N) {
		enum rc rc = unknown_field(name, err);

		free(name);
		return rc;
	}
	free(name);
	change_push(l, op, field, eq + 1);
	return RC_OK;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* NFC without surrounding blanks; line ends as \n, or as spaces. */
static char *
tidy(const char *s, bool one_line)
{
	struct buf in = BUF_INIT, out = BUF_INIT;
	size_t len = strlen(s);

	while (len > 0 && is_blank(s[len - 1]))
		len--;
	while (len > 0 &&
	    (one_line ? is_blank(*s) : *s == '\n' || *s == '\r')) {
		s++;
		len--;
	}
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '\r' && i + 1 < len && s[i + 1] == '\n')
			continue;
		buf_putc(&in,
		    one_line && is_blank(s[i]) ? ' '
			: s[i] == '\r'         ? '\n'
					       : s[i]);
	}
	utf8_nfc(&out, buf_str(&in), in.len);
	buf_release(&in);
	return buf_detach(&out);
}

static enum rc
limit(const struct change *c, size_t max, struct err *err)
{
	size_t len = strlen(c->value);

	if (len <= max)
		return RC_OK;
	return err_set(err, RC_INVALID,
	    "%s is too long: %zu bytes (at most %zu)",
	    ticket_fields[c->field].name, len, max);
}

static enum rc
not_one_of(const struct change *c, const char *list, struct suggest *s,
    struct err *err)
{
	const char *name = ticket_fields[c->field].name;

	if (s->best != NULL)
		return err_set(err, RC_INVALID,
		    "no %s \"%s\" (did you mean \"%s\"? one of: %s)", name,
		    c->value, s->best, list);
	return err_set(err, RC_INVALID, "no %s \"%s\" (one of: %s)", name,
	    c->value, list);
}

static enum rc
check_named(struct change *c, const struct named *table, size_t n,
    struct err *err)
{
	int i = named_find(table, n, c->value);
	struct suggest s;
	char *list;
	enum rc rc;

	if (i >= 0) {
		mem_replace(&c->value, table[i].name);
		return RC_OK;
	}
	suggest_init(&s, c->value);
	for (size_t j = 0; j < n; j++)
		suggest_offer(&s, table[j].name);
	list = named_list(table, n);
	rc = not_one_of(c, list, &s, err);
	free(list);
	return rc;
}

static enum rc
check_type(struct change *c, struct err *err)
{
	const struct ticket_type *t = ticket_type_find(c->value);
	struct buf list = BUF_INIT;
	struct suggest s;
	enum rc rc;

	if (t != NULL) {
		mem_replace(&c->value, t->name);
		return RC_OK;
	}
	suggest_init(&s, c->value);
	for (size_t i = 0; i < ticket_types_n; i++) {
		suggest_offer(&s, ticket_types[i].name);
		buf_printf(&list, "%s%s", i > 0 ? ", " : "",
		    ticket_types[i].name);
	}
	rc = not_one_of(c, buf_str(&list), &s, err);
	buf_release(&list);
	return rc;
}

static enum rc
check_status(struct change *c, const struct workflow *wf, struct err *err)
{
	const struct status *st = workflow_find(wf, c->value);
	struct buf list = BUF_INIT;
	struct suggest s;
	enum rc rc;

	if (st != NULL) {
		mem_replace(&c->value, st->name);
		return RC_OK;
	}
	suggest_init(&s, c->value);
	for (size_t i = 0; i < wf->n; i++) {
		suggest_offer(&s, wf->status[i].name);
		buf_printf(&list, "%s%s", i > 0 ? ", " : "",
		    wf->status[i].name);
	}
	rc = not_one_of(c, buf_str(&list), &s, err);
	buf_release(&list);
	return rc;
}

static enum rc
check_date(struct change *c, int64_t now, struct err *err)
{
	char day[11];
	int64_t t;
	enum rc rc = date_parse(c->value, false, now, &t, err);

	if (rc != RC_OK)
		return rc;
	date_format_day(t, day);
	mem_replace(&c->value, day);
	return RC_OK;
}

static enum rc
check_span(struct change *c, struct err *err)
{
	int64_t seconds;
	enum rc rc = date_parse_span(c->value, &seconds, err);

	if (rc != RC_OK)
		return rc;
	free(c->value);
	c->value = mem_printf("%" PRId64, seconds);
	return RC_OK;
}

static enum rc
check_flag(struct change *c, struct err *err)
{
	static const char on[] = "1 yes true on y";
	static const char off[] = "0 no false off n";

	if (word_listed(c->value, on)) {
		mem_replace(&c->value, "1");
		return RC_OK;
	}
	if (word_listed(c->value, off)) {
		mem_replace(&c->value, NULL);
		return RC_OK;
	}
	return err_set(err, RC_INVALID, "not yes or no: \"%s\" for %s",
	    c->value, ticket_fields[c->field].name);
}

/* Words of a set, separated by commas: each tidied, each once. */
static enum rc
check_set(struct change *c, struct err *err)
{
	size_t max = c->field == TF_LABEL ? WORD_BYTES_MAX : VERSION_MAX - 1;
	struct strv words = STRV_INIT;
	struct buf out = BUF_INIT;
	enum rc rc = RC_OK;

	for (const char *s = c->value, *end;; s = end + 1) {
		size_t len = strcspn(s, ",");
		char *raw = mem_strndup(s, len);
		char *word = tidy(raw, true);

		end = s + len;
		free(raw);
		if (strlen(word) > max)
			rc = err_set(err, RC_INVALID,
			    "%s is too long: %zu bytes (at most %zu)",
			    ticket_fields[c->field].name, strlen(word), max);
		if (*word != '\0' && !strv_has(&words, word))
			strv_push(&words, word);
		free(word);
		if (*end == '\0' || rc != RC_OK)
			break;
	}
	for (size_t i = 0; i < words.n; i++)
		buf_printf(&out, "%s%s", i > 0 ? "," : "", words.v[i]);
	if (rc == RC_OK)
		mem_replace(&c->value, buf_str(&out));
	strv_release(&words);
	buf_release(&out);
	return rc;
}

static enum rc
check_key(struct change *c, struct err *err)
{
	struct ticket_key key;
	char text[TICKET_KEY_MAX];

	if (!ticket_key_parse(c->value, strlen(c->value), &key))
		return err_set(err, RC_INVALID,
		    "not a key: \"%s\" (write it as NOTE-12)", c->value);
	ticket_key_format(&key, text);
	mem_replace(&c->value, text);
	return RC_OK;
}

/* What a ticket cannot be without. */
static bool
is_required(enum ticket_field f)
{
	return f == TF_TYPE || f == TF_STATUS || f == TF_PRIORITY ||
	    f == TF_SUMMARY;
}

static enum rc
check_op(const struct change *c, struct err *err)
{
	enum field_kind kind = ticket_fields[c->field].kind;

	if (c->op == CHANGE_SET || kind == FIELD_SET || kind == FIELD_SPAN)
		return RC_OK;
	return err_set(err, RC_INVALID,
	    "%s holds one value: += and -= are for label, release, found-in, "
	    "estimate and spent (write %s=VALUE)",
	    ticket_fields[c->field].name, ticket_fields[c->field].name);
}

static enum rc
check_empty(struct change *c, struct err *err)
{
	mem_replace(&c->value, NULL);
	if (c->op == CHANGE_SET && !is_required(c->field))
		return RC_OK;
	return err_set(err, RC_INVALID, "%s must not be empty",
	    ticket_fields[c->field].name);
}

enum rc
change_check(struct change *c, const struct workflow *wf, int64_t now,
    struct err *err)
{
	const struct field_def *def = &ticket_fields[c->field];
	enum rc rc;

	if ((rc = check_op(c, err)) != RC_OK)
		return rc;
	if (c->value != NULL) {
		char *clean = tidy(c->value, def->kind != FIELD_BODY);

		free(c->value);
		c->value = clean;
	}
	if (c->value == NULL || *c->value == '\0')
		return check_empty(c, err);
	switch (def->kind) {
	case FIELD_TEXT:
		return limit(c, TICKET_SUMMARY_MAX, err);
	case FIELD_BODY:
		return limit(c, TICKET_TEXT_MAX, err);
	case FIELD_TYPE:
		return check_type(c, err);
	case FIELD_STATUS:
		return check_status(c, wf, err);
	case FIELD_PRIORITY:
		return check_named(c, priorities, priorities_n, err);
	case FIELD_RESOLUTION:
		return check_named(c, resolutions, resolutions_n, err);
	case FIELD_PERSON:
	case FIELD_WORD:
		return limit(c, WORD_BYTES_MAX, err);
	case FIELD_DATE:
		return check_date(c, now, err);
	case FIELD_SPAN:
		return check_span(c, err);
	case FIELD_TICKET:
		/* "12" and "#12" want a prefix, which the app knows. */
		return check_key(c, err);
	case FIELD_SET:
		if ((rc = check_set(c, err)) == RC_OK && *c->value == '\0')
			return check_empty(c, err);
		return rc;
	case FIELD_FLAG:
		return check_flag(c, err);
	}
	return RC_OK;
}
