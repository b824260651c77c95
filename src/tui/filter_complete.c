#include "filter_complete.h"

#include <stdlib.h>
#include <string.h>

#include "app/ticket.h"
#include "base/mem.h"
#include "model/filter.h"
#include "model/workflow.h"

static void
complete_saved(const struct ui *ui, const char *text, size_t len,
    struct strv *out)
{
	struct saved_filter_list l;
	char *name;

	app_filters(ui->app, &l);
	for (size_t i = 0; i < l.n; i++) {
		name = mem_printf("@%s", l.v[i].name);
		if (strncmp(name, text, len) == 0)
			strv_push(out, name);
		free(name);
	}
	saved_filter_list_release(&l);
}

/* The quote that is open at the cursor, or SIZE_MAX. */
static size_t
open_quote(const struct prompt *p)
{
	const char *s = prompt_text(p);
	size_t at = SIZE_MAX;

	for (size_t i = 0; i < p->at; i++) {
		if (at != SIZE_MAX && s[i] == '\\')
			i++;
		else if (s[i] == '"')
			at = at == SIZE_MAX ? i : SIZE_MAX;
	}
	return at;
}

/* As the language takes it: in quotes where it holds more than a word. */
static void
push_value(struct strv *out, const char *value, bool quoted)
{
	struct buf text = BUF_INIT;

	if (!quoted && strpbrk(value, " ,()\"") == NULL) {
		strv_push(out, value);
		return;
	}
	buf_putc(&text, '"');
	for (; *value != '\0'; value++) {
		if (*value == '"' || *value == '\\')
			buf_putc(&text, '\\');
		buf_putc(&text, *value);
	}
	buf_putc(&text, '"');
	strv_take(out, buf_detach(&text));
}

static void
push_words(struct strv *out, const char *const *words, size_t n,
    const char *start)
{
	for (size_t i = 0; i < n; i++)
		if (strncmp(words[i], start, strlen(start)) == 0)
			strv_push(out, words[i]);
}

static void
push_if(struct strv *out, const char *word, const char *start)
{
	if (strncmp(word, start, strlen(start)) == 0)
		strv_push(out, word);
}

static void
push_named(struct strv *out, const struct named *names, size_t n,
    const char *start)
{
	for (size_t i = 0; i < n; i++)
		push_if(out, names[i].name, start);
}

/* Words that stand for values, whatever there is in the tracker. */
static const struct {
	const char *field;
	const char *words[6];
} words_for[] = {
	{ "assignee", { "me", "none" } },
	{ "reporter", { "me" } },
	{ "category", { "todo", "doing", "done" } },
	{ "release", { "none" } },
	{ "label", { "none" } },
	{ "due", { "today", "tomorrow", "friday", "none" } },
	{ "created", { "today", "yesterday", "monday" } },
	{ "updated", { "today", "yesterday", "monday" } },
	{ "resolved", { "today", "yesterday", "monday" } },
};

/* What the fields of a fixed choice can be. */
static void
push_choice(const struct ui *ui, const char *field, const char *start,
    struct strv *out)
{
	const struct workflow *wf = app_workflow(ui->app);

	for (size_t i = 0; strcmp(field, "status") == 0 && i < wf->n; i++)
		push_if(out, wf->status[i].name, start);
	for (size_t i = 0; strcmp(field, "type") == 0 && i < ticket_types_n;
	     i++)
		push_if(out, ticket_types[i].name, start);
	if (strcmp(field, "priority") == 0)
		push_named(out, priorities, priorities_n, start);
	if (strcmp(field, "resolution") == 0)
		push_named(out, resolutions, resolutions_n, start);
	for (size_t i = 0; i < sizeof(words_for) / sizeof(words_for[0]); i++) {
		const char *const *w = words_for[i].words;

		if (strcmp(words_for[i].field, field) == 0)
			for (; *w != NULL; w++)
				push_if(out, *w, start);
	}
}

static void
complete_value(const struct ui *ui, const char *field, const char *start,
    bool quoted, struct strv *out)
{
	struct strv values = STRV_INIT;

	if (strcmp(field, "is") == 0)
		push_words(out, filter_is_names, IS_N, start);
	else if (strcmp(field, "has") == 0 || strcmp(field, "no") == 0)
		push_words(out, filter_has_names, HAS_N, start);
	else
		app_values(ui->app, field, start, 50, &values, NULL);
	push_choice(ui, field, start, out);
	for (size_t i = 0; i < values.n; i++)
		push_value(out, values.v[i], quoted);
	strv_release(&values);
}

static void
complete_name(const char *text, size_t len, struct strv *out)
{
	static const char *const others[] = { "is:", "has:", "no:" };

	for (size_t i = 0; i < FF_N; i++)
		if (strncmp(filter_field_names[i], text, len) == 0)
			strv_take(out,
			    mem_printf("%s:", filter_field_names[i]));
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (strncmp(others[i], text, len) == 0)
			strv_push(out, others[i]);
}

/* Where the word begins that a value is in: "name:a,b". */
static size_t
word_before(const struct prompt *p, size_t at)
{
	const char *s = prompt_text(p);

	/* "!x" is not x, but "!=" belongs to the word. */
	while (at > 0 && strchr(" (", s[at - 1]) == NULL &&
	    (s[at - 1] != '!' || s[at] == '=' || s[at] == ':'))
		at--;
	/* "-x" is not x; other dashes belong to the word. */
	return at + (s[at] == '-');
}

/* What stands at the cursor. */
struct at_cursor {
	size_t word, start;  /* of the term; of what a candidate replaces */
	char *field, *value; /* owned; NULL: no value of a field */
	bool quoted;
};

static void
at_cursor(const struct prompt *p, struct at_cursor *out)
{
	size_t quote = open_quote(p), len, name;
	const char *text;

	*out = (struct at_cursor){ .quoted = quote != SIZE_MAX };
	out->word = word_before(p, out->quoted ? quote : p->at);
	text = prompt_text(p) + out->word;
	len = p->at > out->word ? p->at - out->word : 0;
	name = strcspn(text, ":=<>");
	out->start = out->word;
	if (*text == '@' || name >= len)
		return;
	out->start = out->quoted ? quote : prompt_word(p, " (!:=<>,");
	/* "name!=value" */
	out->field = mem_strndup(text,
	    name - (name > 0 && text[name - 1] == '!'));
	out->value = mem_strndup(prompt_text(p) + out->start + out->quoted,
	    p->at - out->start - out->quoted);
}

/* Completes names of fields, then their values, and saved filters. */
void
filter_complete(struct ui *ui, struct view *v, const struct prompt *p,
    size_t *start, struct strv *out)
{
	struct at_cursor at;
	const char *text;
	size_t len;

	(void)v;
	at_cursor(p, &at);
	text = prompt_text(p) + at.word;
	len = p->at > at.word ? p->at - at.word : 0;
	*start = at.start;
	if (at.field != NULL)
		complete_value(ui, at.field, at.value, at.quoted, out);
	else if (*text == '@')
		complete_saved(ui, text, len, out);
	else
		complete_name(text, len, out);
	free(at.field);
	free(at.value);
}

/* Fields whose values are any words: a part of one is found as it is typed,
 * and nothing is once the filter is there. */
static bool
is_open_field(const char *field)
{
	static const char *const fields[] = { "assignee", "reporter",
		"component", "label", "release", "found-in" };

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (strcmp(fields[i], field) == 0)
			return true;
	return false;
}

/* The values that the last one of the text is the beginning of, if it is none
 * itself. */
static void
find_ends(const struct ui *ui, const struct at_cursor *at, struct strv *out)
{
	struct strv whole = STRV_INIT;

	if (at->field == NULL || *at->value == '\0' ||
	    !is_open_field(at->field))
		return;
	complete_value(ui, at->field, at->value, at->quoted, out);
	push_value(&whole, at->value, at->quoted);
	if (strv_has(out, whole.v[0]) || strv_has(out, at->value))
		strv_release(out);
	strv_release(&whole);
}

#define ENDS_TOLD 5

static void
put_ends(const struct strv *ends, struct buf *out)
{
	for (size_t i = 0; i < ends->n && i < ENDS_TOLD; i++)
		buf_printf(out, "%s%s", i == 0 ? "" : ", ", ends->v[i]);
	if (ends->n > ENDS_TOLD)
		buf_puts(out, ", ...");
}

bool
filter_unfinished(const struct ui *ui, const char *text, struct buf *out)
{
	struct strv ends = STRV_INIT;
	struct at_cursor at;
	struct prompt p;
	bool unfinished;

	prompt_init(&p, "", text, NULL);
	at_cursor(&p, &at);
	find_ends(ui, &at, &ends);
	unfinished = ends.n > 0;
	if (unfinished) {
		buf_printf(out, "%s:%s... (", at.field, at.value);
		put_ends(&ends, out);
		buf_putc(out, ')');
	}
	free(at.field);
	free(at.value);
	strv_release(&ends);
	prompt_release(&p);
	return unfinished;
}

char *
filter_finish(struct ui *ui, const char *text)
{
	struct strv ends = STRV_INIT;
	struct buf told = BUF_INIT;
	struct at_cursor at;
	struct prompt p;
	char *whole = NULL;

	prompt_init(&p, "", text, NULL);
	at_cursor(&p, &at);
	find_ends(ui, &at, &ends);
	if (ends.n == 0) {
		whole = mem_strdup(text);
	} else if (ends.n == 1) {
		whole = mem_printf("%.*s%s", (int)at.start, text, ends.v[0]);
	} else {
		put_ends(&ends, &told);
		ui_refuse(ui, "no %s is \"%s\", but there are %s", at.field,
		    at.value, buf_str(&told));
	}
	free(at.field);
	free(at.value);
	strv_release(&ends);
	buf_release(&told);
	prompt_release(&p);
	return whole;
}

static void
complete_field(const char *text, size_t len, struct strv *out)
{
	for (int f = 0; f < TF_N; f++) {
		const char *name = ticket_fields[f].name;

		/* A rank is not for typing. */
		if (f != TF_RANK && strncmp(name, text, len) == 0)
			strv_take(out, mem_printf("%s=", name));
	}
}

void
change_complete(struct ui *ui, struct view *v, const struct prompt *p,
    size_t *start, struct strv *out)
{
	const char *text = prompt_text(p);
	size_t name = strcspn(text, "=");
	enum ticket_field f;
	char *field, *value;

	(void)v;
	*start = 0;
	if (name >= p->at) {
		complete_field(text, p->at, out);
		return;
	}
	/* Lists are changed with += and -=. */
	field = mem_strndup(text,
	    name - (name > 0 && strchr("+-", text[name - 1]) != NULL));
	f = ticket_field_find(field);
	*start = name + 1;
	if (f != TF_N && ticket_fields[f].kind == FIELD_SET)
		*start = prompt_word(p, "=,");
	value = mem_strndup(text + *start, p->at - *start);
	if (f != TF_N) {
		app_values(ui->app, ticket_fields[f].name, value, 50, out,
		    NULL);
		push_choice(ui, ticket_fields[f].name, value, out);
	}
	/* What a filter calls "none" is nothing here. */
	for (size_t i = out->n; i-- > 0;)
		if (strcmp(out->v[i], "none") == 0)
			strv_remove(out, i);
	free(field);
	free(value);
}
