#include "app/config.h"

#include <stdlib.h>
#include <string.h>

#include "app_priv.h"
#include "base/mem.h"

#define TRACKER     "tracker."
#define TRACKER_LEN (sizeof(TRACKER) - 1)

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

/* As people would name the file; the caller frees it. */
static char *
short_path(const struct app *a, const char *path)
{
	const char *tree = a->vcs == NULL ? NULL : vcs_work_tree(a->vcs);
	const char *home = getenv("HOME");
	size_t n;

	n = tree == NULL ? 0 : strlen(tree);
	if (n > 0 && strncmp(path, tree, n) == 0 && path[n] == '/')
		return mem_strdup(path + n + 1);
	n = home == NULL ? 0 : strlen(home);
	if (n > 1 && strncmp(path, home, n) == 0 && path[n] == '/')
		return mem_printf("~%s", path + n);
	return mem_strdup(path);
}

static char *
place(const struct app *a, const struct config_entry *e)
{
	char *path = short_path(a, e->origin), *text;

	if (e->line == 0)
		return path;
	text = mem_printf("%s:%ld", path, e->line);
	free(path);
	return text;
}

void
app_config_list(struct app *a, const char *prefix,
    struct config_value_list *out)
{
	char *full = mem_printf(TRACKER "%s", prefix);
	const struct config_entry *e;

	*out = (struct config_value_list){ 0 };
	config_find_lines(&a->config, full);
	for (size_t i = 0; i < a->config.n; i++) {
		e = &a->config.v[i];
		if (strncmp(e->name, full, strlen(full)) != 0)
			continue;
		out->v = mem_grow(out->v, &out->cap, out->n + 1,
		    sizeof(*out->v));
		out->v[out->n++] = (struct config_value){
			.name = mem_strdup(e->name + TRACKER_LEN),
			.value = mem_strdup(e->value),
			.where = place(a, e),
			.level = e->level
		};
	}
	free(full);
}

enum rc
app_config_reload(struct app *a, struct err *err)
{
	return app_settings_load(a, err);
}

/* The level of the value that holds, 0 for none. */
static int
level_of(const struct app *a, const char *full)
{
	int level = 0;

	for (size_t i = 0; i < a->config.n; i++)
		if (config_same_name(a->config.v[i].name, full))
			level = a->config.v[i].level;
	return level;
}

enum rc
app_config_set_mine(struct app *a, const char *name, const char *value,
    struct buf *where, struct err *err)
{
	char *full = mem_printf(TRACKER "%s", name);
	enum config_scope scope = CONFIG_USER;
	enum rc rc = app_config_check(name, value, err);

	if (rc == RC_OK)
		rc = app_require_repo(a, err);
	if (rc == RC_OK && level_of(a, full) >= CONFIG_LEVEL_TREE)
		scope = CONFIG_REPOSITORY;
	if (rc == RC_OK)
		rc = vcs_config_set(a->vcs, scope, full, value, err);
	if (rc == RC_OK)
		rc = app_settings_load(a, err);
	if (rc == RC_OK)
		buf_puts(where,
		    scope == CONFIG_USER
			? "your git configuration, for all repositories"
			: ".git/config");
	free(full);
	return rc;
}

static void
problem(struct strv *out, const struct config_value *v, const char *what)
{
	strv_take(out,
	    mem_printf("%s: " TRACKER "%s: %s", v->where, v->name, what));
}

/* Is another value of the name stronger? */
static bool
is_hidden(const struct config_value_list *l, size_t i)
{
	for (size_t k = i + 1; k < l->n; k++)
		if (l->v[k].level > l->v[i].level &&
		    config_same_name(l->v[k].name, l->v[i].name))
			return true;
	return false;
}

static void
check_value(struct app *a, const struct config_value *v, struct strv *out)
{
	char *name = app_filter_name(v->name);
	struct filter *f = NULL;
	struct err err = ERR_INIT;

	if (app_config_check(v->name, v->value, &err) != RC_OK ||
	    (name != NULL && app_filter(a, v->value, false, &f, &err) != RC_OK))
		problem(out, v, err.msg);
	else if (strncmp(v->name, "wip.", 4) == 0 &&
	    workflow_find(app_workflow(a), v->name + 4) == NULL)
		problem(out, v, "there is no such status");
	else if (name == NULL && strncmp(v->name, "filter.", 7) == 0)
		problem(out, v,
		    "filters are called filter.NAME, or filter.NAME.query");
	filter_free(f);
	free(name);
}

void
app_config_problems(struct app *a, struct strv *out)
{
	struct config_value_list l;

	app_config_list(a, "", &l);
	for (size_t i = 0; i < l.n; i++)
		if (!is_hidden(&l, i))
			check_value(a, &l.v[i], out);
	config_value_list_release(&l);
}
