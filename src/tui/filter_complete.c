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

	while (at > 0 && strchr(" (!", s[at - 1]) == NULL)
		at--;
	/* "-x" is not x; other dashes belong to the word. */
	return at + (s[at] == '-');
}

/* Completes names of fields, then their values, and saved filters. */
void
filter_complete(struct ui *ui, struct view *v, const struct prompt *p,
    size_t *start, struct strv *out)
{
	size_t quote = open_quote(p);
	bool quoted = quote != SIZE_MAX;
	size_t word = word_before(p, quoted ? quote : p->at), len, name;
	const char *text = prompt_text(p) + word;
	char *field, *value;

	(void)v;
	len = p->at > word ? p->at - word : 0;
	name = strcspn(text, ":=<>");
	*start = word;
	if (*text == '@') {
		complete_saved(ui, text, len, out);
		return;
	}
	if (name >= len) {
		complete_name(text, len, out);
		return;
	}
	*start = quoted ? quote : prompt_word(p, " (!:=<>,");
	field = mem_strndup(text, name);
	value = mem_strndup(prompt_text(p) + *start + quoted,
	    p->at - *start - quoted);
	complete_value(ui, field, value, quoted, out);
	free(field);
	free(value);
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
