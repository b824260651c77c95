/*
 * A ticket as text for an editor:
 *
 *	# comment lines, only up here
 *	type: bug
 *	summary: ...
 *
 *	description, as Markdown, '#' and all
 *
 *	--- release note ---
 *	note, as Markdown
 *
 * Texts that hold such a divider themselves get a longer one: the one with the
 * most dashes divides.
 */
#include <stdlib.h>
#include <string.h>

#include "app/ticket.h"
#include "app_priv.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "changes.h"
#include "store/ticket.h"

static const enum ticket_field form_fields[] = { TF_TYPE, TF_STATUS,
	TF_PRIORITY, TF_SUMMARY, TF_ASSIGNEE, TF_LABEL, TF_COMPONENT,
	TF_RELEASE, TF_FOUND_IN, TF_PARENT, TF_DUE, TF_ESTIMATE, TF_RESOLUTION,
	TF_NO_NOTE };

#define FORM_FIELDS (sizeof form_fields / sizeof form_fields[0])

static const char divider_word[] = " release note ";

/* The dashes on either side of a divider line; 0 when it is none. */
static size_t
divider_dashes(const char *line, size_t len)
{
	size_t left = 0, right = 0, word = sizeof divider_word - 1;

	while (len > 0 && (line[len - 1] == '\r' || line[len - 1] == ' '))
		len--;
	while (left < len && line[left] == '-')
		left++;
	if (left < 3 || len - left < word ||
	    memcmp(line + left, divider_word, word) != 0)
		return 0;
	while (left + word + right < len && line[left + word + right] == '-')
		right++;
	return left + word + right == len && right == left ? left : 0;
}

static size_t
line_length(const char *p, const char *end)
{
	const char *eol = memchr(p, '\n', (size_t)(end - p));

	return eol == NULL ? (size_t)(end - p) : (size_t)(eol - p);
}

static size_t
most_dashes(const char *text, size_t len)
{
	const char *p = text, *end = text + len;
	size_t most = 0, n, dashes;

	while (p < end) {
		n = line_length(p, end);
		dashes = divider_dashes(p, n);
		if (dashes > most)
			most = dashes;
		p += n + 1;
	}
	return most;
}

static void
put_list(struct buf *out, const struct app *a)
{
	size_t i;

	buf_puts(out, "# types:");
	for (i = 0; i < ticket_types_n; i++)
		buf_printf(out, " %s", ticket_types[i].name);
	buf_printf(out, "\n# statuses: %s\n# priorities:", a->statuses);
	for (i = 0; i < priorities_n; i++)
		buf_printf(out, " %s", priorities[i].name);
	buf_putc(out, '\n');
}

static void
put_field(struct buf *out, const struct ticket *t, enum ticket_field f)
{
	struct buf value = BUF_INIT;

	ticket_field_text(t, f, &value);
	buf_printf(out, "%s:%s%s\n", ticket_fields[f].name,
	    value.len > 0 ? " " : "", buf_str(&value));
	buf_release(&value);
}

static void
put_form(const struct app *a, const char *title, const struct ticket *t,
    struct buf *out)
{
	const char *description = t->description == NULL ? "" : t->description;
	const char *note = t->note == NULL ? "" : t->note;
	size_t dashes = most_dashes(description, strlen(description));
	size_t other = most_dashes(note, strlen(note)), i;

	dashes = (dashes > other ? dashes : other) + 1;
	if (dashes < 3)
		dashes = 3;
	buf_printf(out,
	    "# %s: fields, an empty line, the description, the "
	    "release note.\n",
	    title);
	put_list(out, a);
	for (i = 0; i < FORM_FIELDS; i++)
		put_field(out, t, form_fields[i]);
	buf_printf(out, "\n%s\n\n", description);
	buf_fill(out, '-', dashes);
	buf_puts(out, divider_word);
	buf_fill(out, '-', dashes);
	buf_printf(out, "\n%s%s", note, note[0] == '\0' ? "" : "\n");
}

static void
new_ticket(const struct app *a, struct ticket *t)
{
	const struct status *first = workflow_first(&a->workflow,
	    CATEGORY_TODO);

	*t = (struct ticket){ .due = DATE_NONE };
	t->type = mem_strdup("task");
	t->status = mem_strdup(first == NULL ? "open" : first->name);
	t->priority = mem_strdup("medium");
}

static enum rc
load(struct app *a, const struct ticket_key *key, struct ticket *t,
    struct err *err)
{
	if (key != NULL)
		return store_ticket_find(a->store, key, TICKET_FULL, t, err);
	new_ticket(a, t);
	return RC_OK;
}

enum rc
app_ticket_form(struct app *a, const struct ticket_key *key, struct buf *out,
    struct err *err)
{
	char title[TICKET_KEY_MAX] = "a new ticket";
	struct ticket t = { 0 };
	enum rc rc = load(a, key, &t, err);

	if (rc == RC_OK) {
		if (key != NULL)
			ticket_key_format(key, title);
		put_form(a, title, &t, out);
	}
	ticket_release(&t);
	return rc;
}

/* ---- reading it back ---- */

struct parser {
	const struct ticket *was;
	bool fresh; /* a new ticket: everything counts */
	struct change_list *out;
	size_t line;
	bool seen[TF_N]; /* fields that stand in the form */
	bool bodies;     /* the texts below them do, too */
};

/* Blanks around, and line ends of other systems, are no change. */
static char *
tidy(const char *s, size_t len)
{
	struct buf b = BUF_INIT;
	size_t i;

	while (len > 0 && strchr(" \t\r\n", s[len - 1]) != NULL)
		len--;
	while (len > 0 && (*s == '\n' || *s == '\r')) {
		s++;
		len--;
	}
	for (i = 0; i < len; i++)
		if (s[i] != '\r' || i + 1 == len || s[i + 1] != '\n')
			buf_putc(&b, s[i]);
	return buf_detach(&b);
}

static void
take(struct parser *p, enum ticket_field f, const char *s, size_t len)
{
	char *value = tidy(s, len), *old;
	struct buf was = BUF_INIT;

	ticket_field_text(p->was, f, &was);
	old = tidy(buf_str(&was), was.len);
	if (strcmp(value, old) != 0 || (p->fresh && value[0] != '\0'))
		change_push(p->out, CHANGE_SET, f, value);
	free(value);
	free(old);
	buf_release(&was);
}

/* line 3: WHAT "part" MORE, with the part made fit to be shown. */
static enum rc
bad_line(const struct parser *p, const char *what, const char *part, size_t len,
    const char *more, struct err *err)
{
	struct buf shown = BUF_INIT;

	utf8_clean(&shown, part, utf8_fit(part, len, 60, NULL), UTF8_ONE_LINE);
	err_set(err, RC_INVALID, "line %zu: %s\"%s\"%s", p->line, what,
	    buf_str(&shown), more);
	buf_release(&shown);
	return RC_INVALID;
}

static enum rc
take_line(struct parser *p, const char *line, size_t len, struct err *err)
{
	static const char no_field[] =
	    " is no field (write \"name: value\", and "
	    "an empty line before the description)";
	static const char body[] = " has no line up here (it stands below an "
				   "empty line)";
	const char *colon = memchr(line, ':', len);
	enum ticket_field f;
	size_t name_len;
	char *name;

	if (colon == NULL)
		return bad_line(p, "", line, len, no_field, err);
	name_len = (size_t)(colon - line);
	name = mem_strndup(line, name_len);
	f = ticket_field_find(name);
	free(name);
	if (f == TF_N)
		return bad_line(p, "no field ", line, name_len, "", err);
	if (p->seen[f])
		return bad_line(p, "", line, name_len, " stands twice", err);
	if (ticket_fields[f].kind == FIELD_BODY)
		return bad_line(p, "", line, name_len, body, err);
	p->seen[f] = true;
	colon++;
	while (colon < line + len && (*colon == ' ' || *colon == '\t'))
		colon++;
	take(p, f, colon, (size_t)(line + len - colon));
	return RC_OK;
}

static bool
is_blank(const char *line, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (strchr(" \t\r", line[i]) == NULL)
			return false;
	return true;
}

static void
take_bodies(struct parser *p, const char *text, const char *end)
{
	size_t most = most_dashes(text, (size_t)(end - text)), n;
	const char *q = text;

	while (most > 0 && q < end) {
		n = line_length(q, end);
		if (divider_dashes(q, n) == most) {
			take(p, TF_DESCRIPTION, text, (size_t)(q - text));
			q += n;
			take(p, TF_NOTE, q, (size_t)(end - q));
			return;
		}
		q += n + 1;
	}
	/* Without a divider there is a description, and the note stays. */
	take(p, TF_DESCRIPTION, text, (size_t)(end - text));
}

/* The lines up to the empty one; *text is then behind it.  Blank lines before
 * the first field do not count: a form that was emptied asks for nothing. */
static enum rc
take_fields(struct parser *p, const char **text, const char *end,
    struct err *err)
{
	const char *q = *text;
	bool any = false, done = false;
	enum rc rc = RC_OK;
	size_t n;

	while (q < end && rc == RC_OK && !done) {
		p->line++;
		n = line_length(q, end);
		if (is_blank(q, n)) {
			done = any;
		} else if (*q != '#') {
			any = true;
			rc = take_line(p, q, n, err);
		}
		q += n < (size_t)(end - q) ? n + 1 : n;
	}
	*text = q;
	return rc;
}

static enum rc
parse(struct parser *p, const char *text, size_t len, struct err *err)
{
	static const char bom[] = "\xEF\xBB\xBF";
	const char *q = text, *end = text + len;
	enum rc rc;

	if (memchr(text, '\0', len) != NULL || !utf8_valid(text, len))
		return err_set(err, RC_INVALID, "the text is not UTF-8");
	if (len >= 3 && memcmp(text, bom, 3) == 0)
		q += 3;
	rc = take_fields(p, &q, end, err);
	p->bodies = rc == RC_OK && q < end;
	if (p->bodies)
		take_bodies(p, q, end);
	return rc;
}

enum rc
app_ticket_form_parse(struct app *a, const struct ticket_key *key,
    const char *text, size_t len, struct change_list *out, struct err *err)
{
	struct ticket was = { 0 };
	struct parser p = { .was = &was, .fresh = key == NULL, .out = out };
	enum rc rc;

	if ((rc = load(a, key, &was, err)) != RC_OK)
		return rc;
	if (p.fresh) {
		/* Only the form's own values are there, none of a ticket. */
		ticket_release(&was);
		was = (struct ticket){ .due = DATE_NONE };
	}
	rc = parse(&p, text, len, err);
	ticket_release(&was);
	return rc;
}

/* The words of a that b has not. */
static void
push_missing(struct change_list *out, enum change_op op, enum ticket_field f,
    const char *a, const char *b)
{
	struct strv have = STRV_INIT, other = STRV_INIT;
	size_t i;

	changes_split(a, &have);
	changes_split(b, &other);
	for (i = 0; i < have.n; i++)
		if (!strv_has(&other, have.v[i]))
			change_push(out, op, f, have.v[i]);
	strv_release(&have);
	strv_release(&other);
}

enum rc
app_ticket_form_values(struct app *a, const char *form, size_t len,
    struct change_list *out, struct err *err)
{
	const struct ticket nothing = { .due = DATE_NONE };
	struct parser p = { .was = &nothing, .fresh = true, .out = out };

	(void)a;
	return parse(&p, form, len, err);
}

enum rc
app_ticket_form_diff(struct app *a, const struct ticket_key *key,
    const char *before, size_t before_len, const char *after, size_t after_len,
    struct change_list *out, struct err *err)
{
	const struct ticket nothing = { .due = DATE_NONE };
	struct change_list old = { 0 }, new = { 0 };
	struct parser po = { .was = &nothing, .fresh = true, .out = &old };
	struct parser pn = { .was = &nothing, .fresh = true, .out = &new };
	const char *value, *was;
	enum rc rc;
	int i;

	/* A new ticket has no other author: its form is taken as it is. */
	if (key == NULL)
		return app_ticket_form_parse(a, key, after, after_len, out,
		    err);
	if ((rc = parse(&po, before, before_len, err)) == RC_OK)
		rc = parse(&pn, after, after_len, err);
	for (i = 0; rc == RC_OK && i < TF_N; i++) {
		enum ticket_field f = (enum ticket_field)i;
		bool body = f == TF_DESCRIPTION || f == TF_NOTE;

		/* A line that was taken out says nothing. */
		if (body ? !pn.bodies : !pn.seen[f])
			continue;
		value = change_value(&new, f);
		was = change_value(&old, f);
		if (strcmp(value, was) == 0)
			continue;
		if (ticket_fields[f].kind != FIELD_SET) {
			change_push(out, CHANGE_SET, f, value);
			continue;
		}
		/* What others put into the list since stays in it. */
		push_missing(out, CHANGE_REMOVE, f, was, value);
		push_missing(out, CHANGE_ADD, f, value, was);
	}
	change_list_release(&old);
	change_list_release(&new);
	return rc;
}
