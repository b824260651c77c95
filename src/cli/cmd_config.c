#include <string.h>

#include "common.h"
#include "table.h"

enum { CONFIG_UNSET };

static const struct opt config_opts[] = {
	[CONFIG_UNSET] = { 0, "unset", NULL, "take the repository's value away",
	    NULL },
	{ 0 },
};

static const char *
value_of(const struct cli *c, const struct app_setting *s)
{
	const char *value = app_config(c->app, s->name);

	return value != NULL ? value : s->fallback;
}

static json_t *
setting_json(const struct cli *c, const struct app_setting *s)
{
	json_t *json = json_object();

	json_put(json, "name", json_text(s->name));
	json_put(json, "value", json_text(value_of(c, s)));
	json_put(json, "default", json_text(s->fallback));
	json_put(json, "origin", json_text(app_config_origin(c->app, s->name)));
	json_put(json, "help", json_text(s->help));
	return json;
}

static enum rc
print_all(struct cli *c)
{
	struct table table = { .shrinks = 2 };

	table_column(&table, "NAME");
	table_column(&table, "VALUE");
	table_column(&table, "WHAT IT IS");
	table_column(&table, "FROM");
	if (c->out.form == OUT_JSON)
		out_json_open(&c->out);
	for (const struct app_setting *s = app_settings; s->name != NULL; s++) {
		const char *origin = app_config_origin(c->app, s->name);

		if (c->out.form == OUT_JSON) {
			out_json_item(&c->out, setting_json(c, s));
		} else if (c->out.form == OUT_PORCELAIN) {
			out_field(&c->out, s->name);
			out_field(&c->out, value_of(c, s));
			out_field(&c->out, origin);
			out_end(&c->out);
		} else {
			table_cell(&table, STYLE_KEY, s->name);
			table_cell(&table, STYLE_NONE, value_of(c, s));
			table_cell(&table, STYLE_DIM, s->help);
			table_cell(&table, STYLE_DIM, origin);
		}
	}
	if (c->out.form == OUT_JSON)
		out_json_close(&c->out);
	table_print(&table, &c->out);
	table_release(&table);
	return RC_OK;
}

static const struct app_setting *
setting_find(const char *name)
{
	for (const struct app_setting *s = app_settings; s->name != NULL; s++)
		if (strcmp(s->name, name) == 0)
			return s;
	return NULL;
}

static enum rc
unknown_setting(const char *name, struct err *err)
{
	const char *names[64], *nearest;
	size_t n = 0;

	for (const struct app_setting *s = app_settings;
	     s->name != NULL && n < sizeof(names) / sizeof(names[0]); s++)
		names[n++] = s->name;
	nearest = opt_nearest(name, names, n);
	if (nearest != NULL)
		return err_set(err, RC_INVALID,
		    "no setting tracker.%s (did you mean %s?)", name, nearest);
	return err_set(err, RC_INVALID,
	    "no setting tracker.%s (see: notes config)", name);
}

static enum rc
print_one(struct cli *c, const struct app_setting *s)
{
	const char *value = value_of(c, s);

	if (c->out.form == OUT_JSON) {
		out_json(&c->out, setting_json(c, s));
	} else {
		out_field(&c->out, value);
		out_end(&c->out);
	}
	return RC_OK;
}

static enum rc
config_run(struct cli *c, const struct args *a, struct err *err)
{
	const struct app_setting *s;
	const char *name;
	enum rc rc;

	if (a->words.n == 0)
		return args_has(a, CONFIG_UNSET)
		    ? err_set(err, RC_USAGE, "--unset needs a NAME")
		    : print_all(c);
	name = a->words.v[0];
	if (strncmp(name, "tracker.", 8) == 0)
		name += 8;
	if ((s = setting_find(name)) == NULL)
		return unknown_setting(name, err);
	if (a->words.n == 2 && args_has(a, CONFIG_UNSET))
		return err_set(err, RC_USAGE, "--unset takes no VALUE");
	if (a->words.n == 1 && !args_has(a, CONFIG_UNSET))
		return print_one(c, s);
	rc = app_config_set(c->app, s->name,
	    a->words.n == 2 ? a->words.v[1] : NULL, err);
	if (rc == RC_OK && a->words.n == 2)
		out_say(&c->out, "%s = %s", s->name, a->words.v[1]);
	else if (rc == RC_OK)
		out_say(&c->out, "%s unset", s->name);
	return rc;
}

const struct cmd cmd_config = {
	.name = "config",
	.args = "[NAME [VALUE]]",
	.help = "show or set what is configured for this repository",
	.details =
	    "Values are git's own (tracker.NAME in git config), and those of\n"
	    ".notesconfig in the work tree, which a team shares.",
	.examples = "  notes config\n"
		    "  notes config mainline release",
	.opts = config_opts,
	.values = "setting none",
	.max = 2,
	.mode = CMD_READ,
	.group = GROUP_DATA,
	.stop = OPT_WORDS_TOO,
	.run = config_run,
};
