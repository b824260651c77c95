#include "filter_complete.h"

#include <stdlib.h>
#include <string.h>

#include "app/ticket.h"
#include "base/mem.h"
#include "model/filter.h"

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

/* Completes names of fields, then their values. */
void
filter_complete(struct ui *ui, struct view *base, const struct prompt *p,
    size_t *start, struct strv *out)
{
	size_t word = prompt_word(p, " (!");
	const char *text = prompt_text(p) + word;
	size_t len, name;
	char *field, *value;

	(void)base;
	/* "-x" is not x; other dashes belong to the word. */
	word += *text == '-';
	text += *text == '-';
	len = p->at > word ? p->at - word : 0;
	if (*text == '@') {
		*start = word;
		complete_saved(ui, text, len, out);
		return;
	}
	name = strcspn(text, ":=<>");
	*start = word;
	if (name >= len) {
		for (size_t i = 0; i < FF_N; i++)
			if (strncmp(filter_field_names[i], text, len) == 0)
				strv_take(out,
				    mem_printf("%s:", filter_field_names[i]));
		if (strncmp("is:", text, len) == 0)
			strv_push(out, "is:");
		if (strncmp("has:", text, len) == 0)
			strv_push(out, "has:");
		return;
	}
	*start = prompt_word(p, " (!:=<>,");
	field = mem_strndup(text, name);
	value = mem_strndup(prompt_text(p) + *start, p->at - *start);
	if (strcmp(field, "is") == 0) {
		for (size_t i = 0; i < IS_N; i++)
			if (strncmp(filter_is_names[i], value, strlen(value)) ==
			    0)
				strv_push(out, filter_is_names[i]);
	} else if (strcmp(field, "has") == 0 || strcmp(field, "no") == 0) {
		for (size_t i = 0; i < HAS_N; i++)
			if (strncmp(filter_has_names[i], value,
				strlen(value)) == 0)
				strv_push(out, filter_has_names[i]);
	} else {
		app_values(ui->app, field, value, 50, out, NULL);
	}
	free(field);
	free(value);
}
