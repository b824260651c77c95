/* Filters that people have given a name. */
#include <stdlib.h>
#include <string.h>

#include "app/config.h"
#include "app_priv.h"
#include "base/mem.h"
#include "base/utf8.h"

#define FAMILY "filter."
#define QUERY  ".query"

static const char plain[] = "abcdefghijklmnopqrstuvwxyz0123456789-";

/* Can git keep it as the name of a variable? */
static bool
is_plain(const char *name)
{
	return *name >= 'a' && *name <= 'z' &&
	    name[strspn(name, plain)] == '\0';
}

/* Is it one word of the filter language? */
static bool
is_word(const char *name)
{
	uint32_t cp;
	size_t len = strlen(name);

	if (len == 0 || len > 64 || strpbrk(name, " \t\r\n\"\\,()@") != NULL)
		return false;
	for (size_t n; *name != '\0'; name += n) {
		n = utf8_decode(name, strlen(name), &cp);
		if (cp == UTF8_BAD || utf8_hidden(cp))
			return false;
	}
	return true;
}

char *
app_filter_name(const char *setting)
{
	const char *dot;

	if (strncmp(setting, FAMILY, strlen(FAMILY)) != 0)
		return NULL;
	setting += strlen(FAMILY);
	dot = strrchr(setting, '.');
	if (dot == NULL && is_word(setting))
		return mem_strdup(setting);
	if (dot == NULL || dot == setting || strcasecmp(dot, QUERY) != 0)
		return NULL;
	return mem_strndup(setting, (size_t)(dot - setting));
}

static char *
setting_of(const char *name)
{
	return mem_printf(FAMILY "%s%s", name, is_plain(name) ? "" : QUERY);
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

static int
by_name(const void *a, const void *b)
{
	return strcmp(((const struct saved_filter *)a)->name,
	    ((const struct saved_filter *)b)->name);
}

static struct saved_filter *
entry(struct saved_filter_list *l, const char *name)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->v[i].name, name) == 0)
			return &l->v[i];
	l->v = mem_grow(l->v, &l->cap, l->n + 1, sizeof(*l->v));
	l->v[l->n] = (struct saved_filter){ .name = mem_strdup(name) };
	return &l->v[l->n++];
}

void
app_filters(struct app *a, struct saved_filter_list *out)
{
	struct config_value_list l;

	*out = (struct saved_filter_list){ 0 };
	app_config_list(a, FAMILY, &l);
	for (size_t i = 0; i < l.n; i++) {
		char *name = app_filter_name(l.v[i].name);
		struct saved_filter *f;

		if (name == NULL)
			continue;
		f = entry(out, name);
		mem_replace(&f->text, l.v[i].value);
		mem_replace(&f->where, l.v[i].where);
		f->own = l.v[i].level >= CONFIG_LEVEL_REPOSITORY;
		free(name);
	}
	config_value_list_release(&l);
	if (out->n > 0)
		qsort(out->v, out->n, sizeof(*out->v), by_name);
}

const char *
app_filter_text(const void *arg, const char *name, struct buf *names)
{
	static const char family[] = "tracker." FAMILY;
	const struct app *a = arg;
	const char *text = NULL;
	struct strv all = STRV_INIT;

	for (size_t i = 0; i < a->config.n; i++) {
		const struct config_entry *e = &a->config.v[i];
		char *has;

		if (strncmp(e->name, family, strlen(family)) != 0 ||
		    (has = app_filter_name(e->name + 8)) == NULL)
			continue;
		if (strcmp(has, name) == 0)
			text = e->value;
		if (!strv_has(&all, has))
			strv_push(&all, has);
		free(has);
	}
	strv_sort(&all);
	for (size_t i = 0; text == NULL && i < all.n; i++)
		buf_printf(names, "%s%s", i == 0 ? "" : ", ", all.v[i]);
	strv_release(&all);
	return text;
}

enum rc
app_filter_save(struct app *a, const char *name, const char *text,
    struct err *err)
{
	struct filter *f = NULL;
	char *setting;
	enum rc rc;

	if (!is_word(name))
		return err_set(err, RC_INVALID,
		    "\"%s\" is no name for a filter: one word, without "
		    "quotes, commas and parentheses",
		    name);
	if ((rc = app_filter(a, text, false, &f, err)) != RC_OK)
		return rc;
	filter_free(f);
	setting = setting_of(name);
	rc = app_config_set(a, setting, text, err);
	free(setting);
	return rc;
}

static const struct saved_filter *
find(const struct saved_filter_list *l, const char *name)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->v[i].name, name) == 0)
			return &l->v[i];
	return NULL;
}

enum rc
app_filter_forget(struct app *a, const char *name, struct err *err)
{
	struct saved_filter_list l;
	const struct saved_filter *f;
	char *setting;
	enum rc rc;

	app_filters(a, &l);
	f = find(&l, name);
	if (f == NULL) {
		rc = err_set(err, RC_NOT_FOUND, "no saved filter %s", name);
	} else if (!f->own) {
		rc = err_set(err, RC_INVALID,
		    "%s stands in %s: take it away there", name, f->where);
	} else {
		setting = setting_of(name);
		rc = app_config_set(a, setting, NULL, err);
		free(setting);
	}
	saved_filter_list_release(&l);
	return rc;
}
