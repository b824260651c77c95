/* Configuration of the made-up tracker: settings, saved filters, columns. */
#ifndef NOTES_TESTS_FAKE_CONFIG_H
#define NOTES_TESTS_FAKE_CONFIG_H

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/config.h"
#include "app/ticket.h"
#include "base/mem.h"
#include "fake_world.h"

/* What configuration says, in turn: name, value, name, ... NULL. */
static const char *const *fake_config;
/* What was saved last: "name=value". */
static char fake_saved[256];

const char *
app_config(const struct app *a, const char *name)
{
	for (const char *const *c = fake_config; c != NULL && *c != NULL;
	     c += 2)
		if (strcmp(c[0], name) == 0)
			return c[1];
	/* Two limits: one that is reached, one that is not. */
	if (a->world != FAKE_EMPTY && strcmp(name, "wip.in-progress") == 0)
		return "1";
	if (a->world != FAKE_EMPTY && strcmp(name, "wip.in-review") == 0)
		return "2";
	return NULL;
}

static void
fake_value(struct config_value_list *out, const char *name, const char *value,
    size_t line)
{
	out->v = mem_grow(out->v, &out->cap, out->n + 1, sizeof(*out->v));
	out->v[out->n++] =
	    (struct config_value){ .name = mem_strdup(name),
		    .value = mem_strdup(value),
		    .where = mem_printf(".notesconfig:%zu", line),
		    .level = 3 };
}

void
app_config_list(struct app *a, const char *prefix,
    struct config_value_list *out)
{
	const char *const *c = fake_config;

	(void)a;
	*out = (struct config_value_list){ 0 };
	for (size_t line = 1; c != NULL && *c != NULL; c += 2, line++)
		if (strncmp(c[0], prefix, strlen(prefix)) == 0)
			fake_value(out, c[0], c[1], line);
	if (strncmp(fake_saved, prefix, strlen(prefix)) == 0) {
		char *name = mem_strdup(fake_saved);
		char *value = strchr(name, '=');

		*value++ = '\0';
		fake_value(out, name, value, 99);
		free(name);
	}
}

void
config_value_list_release(struct config_value_list *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->v[i].name);
		free(l->v[i].value);
		free(l->v[i].where);
	}
	free(l->v);
	*l = (struct config_value_list){ 0 };
}

enum rc
app_config_reload(struct app *a, struct err *err)
{
	(void)a;
	(void)err;
	return RC_OK;
}

enum rc
app_config_set_mine(struct app *a, const char *name, const char *value,
    struct buf *where, struct err *err)
{
	(void)a;
	(void)err;
	buf_puts(where, "your git configuration");
	snprintf(fake_saved, sizeof(fake_saved), "%s=%s", name,
	    value == NULL ? "" : value);
	return RC_OK;
}

void
app_filters(struct app *a, struct saved_filter_list *out)
{
	struct config_value_list l;

	app_config_list(a, "filter.", &l);
	*out = (struct saved_filter_list){ 0 };
	for (size_t i = 0; i < l.n; i++) {
		out->v =
		    mem_grow(out->v, &out->cap, out->n + 1, sizeof(*out->v));
		out->v[out->n++] = (struct saved_filter){
			.name = mem_strdup(l.v[i].name + 7),
			.text = mem_strdup(l.v[i].value),
			.where = mem_strdup(l.v[i].where),
			.own = strcmp(l.v[i].where, ".notesconfig:99") == 0
		};
	}
	config_value_list_release(&l);
}

void
saved_filter_list_release(struct saved_filter_list *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->v[i].name);
		free(l->v[i].text);
		free(l->v[i].where);
	}
	free(l->v);
	*l = (struct saved_filter_list){ 0 };
}

enum rc
app_filter_save(struct app *a, const char *name, const char *text,
    struct err *err)
{
	(void)a;
	(void)err;
	snprintf(fake_saved, sizeof(fake_saved), "filter.%s=%s", name, text);
	return RC_OK;
}

enum rc
app_filter_forget(struct app *a, const char *name, struct err *err)
{
	(void)a;
	(void)name;
	(void)err;
	fake_saved[0] = '\0';
	return RC_OK;
}

static const char *
fake_filter_text(const void *arg, const char *name, struct buf *names)
{
	(void)arg;
	(void)names;
	for (const char *const *c = fake_config; c != NULL && *c != NULL;
	     c += 2)
		if (strncmp(c[0], "filter.", 7) == 0 &&
		    strcmp(c[0] + 7, name) == 0)
			return c[1];
	return NULL;
}

const char *const app_column_names[COLUMN_N] = {
#define X(id, name) name,
	APP_COLUMNS(X)
#undef X
};

enum rc
app_columns_parse(const char *text, enum app_column out[COLUMN_N], size_t *n,
    struct err *err)
{
	char *copy = mem_strdup(text), *s = copy, *word;
	size_t i;

	*n = 0;
	while ((word = strsep(&s, ",")) != NULL) {
		for (i = 0; i < COLUMN_N; i++)
			if (strcmp(app_column_names[i], word) == 0)
				break;
		if (i == COLUMN_N)
			break;
		out[(*n)++] = (enum app_column)i;
	}
	free(copy);
	return word == NULL ? RC_OK
			    : err_set(err, RC_INVALID, "no such column");
}

#endif
