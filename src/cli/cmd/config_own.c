#include "config_own.h"

#include <stdlib.h>
#include <string.h>

#include "app/config.h"
#include "base/mem.h"
#include "cli/common.h"

static json_t *
value_json(const struct config_value *v, const struct app_setting *s)
{
	json_t *json = json_object();

	json_put(json, "name", json_text(v->name));
	json_put(json, "value", json_text(v->value));
	json_put(json, "default", json_text(NULL));
	json_put(json, "origin", json_text(v->where));
	json_put(json, "help", json_text(s->help));
	return json;
}

/* Settings that people name themselves: as many as they have made. */
static void
print_family(struct cli *c, struct table *table, const char *prefix,
    const struct app_setting *s)
{
	struct config_value_list l;

	app_config_list(c->app, prefix, &l);
	for (size_t i = 0; i < l.n; i++) {
		const struct config_value *v = &l.v[i];

		if (c->out.form == OUT_JSON) {
			out_json_item(&c->out, value_json(v, s));
		} else if (c->out.form == OUT_PORCELAIN) {
			out_field(&c->out, v->name);
			out_field(&c->out, v->value);
			out_field(&c->out, v->where);
			out_end(&c->out);
		} else {
			table_cell(table, STYLE_KEY, v->name);
			table_cell(table, STYLE_NONE, v->value);
			table_cell(table, STYLE_DIM, s->help);
			table_cell(table, STYLE_DIM, v->where);
		}
	}
	config_value_list_release(&l);
}

void
config_own_print(struct cli *c, struct table *table)
{
	for (const struct app_setting *s = app_settings; s->name != NULL; s++) {
		char *prefix;

		if (!app_setting_is_family(s))
			continue;
		prefix = mem_strndup(s->name, strcspn(s->name, ".") + 1);
		print_family(c, table, prefix, s);
		free(prefix);
	}
}

/* The place stands in the line, in front. */
enum rc
config_own_check(struct cli *c)
{
	struct strv problems = STRV_INIT;
	enum rc rc;

	app_config_problems(c->app, &problems);
	c->screens->check_keys(c->app, &problems);
	if (c->out.form == OUT_JSON)
		out_json_open(&c->out);
	for (size_t i = 0; i < problems.n; i++) {
		if (c->out.form == OUT_JSON) {
			out_json_item(&c->out, json_text(problems.v[i]));
			continue;
		}
		out_field(&c->out, problems.v[i]);
		out_end(&c->out);
	}
	if (c->out.form == OUT_JSON)
		out_json_close(&c->out);
	else if (problems.n == 0)
		out_say(&c->out, "nothing is wrong");
	rc = problems.n > 0 ? RC_FOUND : RC_OK;
	strv_release(&problems);
	return rc;
}

/* The strongest value of the name, or of name.query. */
static enum rc
print_own(struct cli *c, const char *name, const struct app_setting *s,
    struct err *err)
{
	struct config_value_list l;
	const struct config_value *found = NULL;
	size_t n = strlen(name);

	app_config_list(c->app, name, &l);
	for (size_t i = 0; i < l.n; i++)
		if (l.v[i].name[n] == '\0' ||
		    strcmp(l.v[i].name + n, ".query") == 0)
			found = &l.v[i];
	if (found != NULL && c->out.form == OUT_JSON) {
		out_json(&c->out, value_json(found, s));
	} else if (found != NULL) {
		out_field(&c->out, found->value);
		out_end(&c->out);
	}
	config_value_list_release(&l);
	return found != NULL
	    ? RC_OK
	    : err_set(err, RC_NOT_FOUND, "tracker.%s is not set", name);
}

/* A saved filter or a key: the name is people's own. */
enum rc
config_own_run(struct cli *c, const char *name, const char *value, bool unset,
    struct err *err)
{
	bool filter = strncmp(name, "filter.", 7) == 0;
	enum rc rc = RC_OK;

	if (value == NULL && !unset)
		return print_own(c, name, app_setting_find(name), err);
	if (filter && value != NULL)
		rc = app_filter_save(c->app, name + 7, value, err);
	else if (filter)
		rc = app_filter_forget(c->app, name + 7, err);
	else if (strncmp(name, "key.", 4) != 0 ||
	    (rc = c->screens->check_key(name, value, err)) == RC_OK)
		rc = app_config_set(c->app, name, value, err);
	if (rc == RC_OK && value != NULL)
		out_say(&c->out, "%s = %s", name, value);
	else if (rc == RC_OK)
		out_say(&c->out, "%s unset", name);
	return rc;
}
