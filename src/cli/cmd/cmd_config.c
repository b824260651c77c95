#include <stdlib.h>
#include <string.h>

#include "app/generate.h"
#include "app/ticket.h"
#include "base/mem.h"
#include "cli/common.h"
#include "cli/table.h"
#include "config_own.h"

enum { CONFIG_UNSET, CONFIG_CHECK };

static const struct opt config_opts[] = {
	[CONFIG_UNSET] = { 0, "unset", NULL, "take the repository's value away",
	    NULL },
	[CONFIG_CHECK] = { 0, "check", NULL,
	    "say what is wrong with it, by file and line", NULL },
	{ 0 },
};

static const char *
value_of(const struct cli *c, const struct app_setting *s)
{
	const char *value = app_config(c->app, s->name);

	return value != NULL ? value : s->fallback;
}

/* Defaults that say in words where the value is taken from. */
static bool
is_described(const struct app_setting *s)
{
	static const char *const names[] = { "me", "project", "theme" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], s->name) == 0)
			return true;
	return false;
}

/* As people are shown it: a default in words is no value, and looks it. */
static void
put_shown(struct buf *out, const struct cli *c, const struct app_setting *s)
{
	const char *value = value_of(c, s);

	if (app_config(c->app, s->name) == NULL && is_described(s))
		buf_printf(out, "(%s)", value);
	else if (value != NULL)
		buf_puts(out, value);
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
	struct buf shown = BUF_INIT;

	table_column(&table, "NAME");
	table_column(&table, "VALUE");
	table_column(&table, "WHAT IT IS");
	table_column(&table, "FROM");
	if (c->out.form == OUT_JSON)
		out_json_open(&c->out);
	for (const struct app_setting *s = app_settings; s->name != NULL; s++) {
		const char *origin = app_config_origin(c->app, s->name);

		if (app_setting_is_family(s))
			continue;
		if (c->out.form == OUT_JSON) {
			out_json_item(&c->out, setting_json(c, s));
		} else if (c->out.form == OUT_PORCELAIN) {
			out_field(&c->out, s->name);
			out_field(&c->out, value_of(c, s));
			out_field(&c->out, origin);
			out_end(&c->out);
		} else {
			table_cell(&table, STYLE_KEY, s->name);
			buf_clear(&shown);
			put_shown(&shown, c, s);
			table_cell(&table, STYLE_NONE, buf_str(&shown));
			table_cell(&table, STYLE_DIM, s->help);
			table_cell(&table, STYLE_DIM, origin);
		}
	}
	config_own_print(c, &table);
	if (c->out.form == OUT_JSON)
		out_json_close(&c->out);
	table_print(&table, &c->out);
	table_release(&table);
	buf_release(&shown);
	return RC_OK;
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
	struct buf shown = BUF_INIT;

	if (c->out.form == OUT_JSON) {
		out_json(&c->out, setting_json(c, s));
		return RC_OK;
	}
	put_shown(&shown, c, s);
	out_field(&c->out,
	    c->out.form == OUT_TEXT ? buf_str(&shown) : value_of(c, s));
	out_end(&c->out);
	buf_release(&shown);
	return RC_OK;
}

/* A name or a path: a name that no style has would fail all notes to come. */
static enum rc
check_style(const char *value, struct err *err)
{
	struct strv names = STRV_INIT, help = STRV_INIT;
	struct buf all = BUF_INIT;
	enum rc rc = RC_OK;

	app_styles(&names, &help);
	common_names("style", &all);
	if (!strv_has(&names, value) && strpbrk(value, "/.") == NULL)
		rc = err_set(err, RC_INVALID, "no style %.64s (there are: %s)",
		    value, buf_str(&all));
	strv_release(&names);
	strv_release(&help);
	buf_release(&all);
	return rc;
}

/* Is one of the words of the list? */
static bool
has_word(const char *list, const char *word, size_t len)
{
	for (size_t n; *list != '\0'; list += n) {
		list += strspn(list, " ,");
		n = strcspn(list, " ,");
		if (n == len && strncasecmp(list, word, len) == 0)
			return true;
	}
	return false;
}

static int64_t
tickets_of(const struct cli *c, const char *prefix, size_t len)
{
	struct filter *f = NULL;
	struct err e = ERR_INIT;
	int64_t n = 0;
	char *text = mem_printf("key:%.*s-1..%.*s-%u", (int)len, prefix,
	    (int)len, prefix, TICKET_NUMBER_MAX);

	if (app_filter(c->app, text, false, &f, &e) != RC_OK ||
	    app_ticket_count(c->app, f, 0, &n, &e) != RC_OK)
		n = 0;
	filter_free(f);
	free(text);
	return n;
}

/* Commits of a prefix that goes away are no longer linked, silently. */
static void
tell_dropped(const struct cli *c, const char *before, const char *after)
{
	for (size_t n; *before != '\0'; before += n) {
		int64_t tickets;
		char *line;

		before += strspn(before, " ,");
		n = strcspn(before, " ,");
		if (n == 0 || has_word(after, before, n) ||
		    (tickets = tickets_of(c, before, n)) == 0)
			continue;
		line = mem_printf(
		    "%.*s is no prefix any more, and %lld ticket%s %s it "
		    "(to keep both, the first one for new tickets: notes "
		    "config prefix \"%.*s %s\")",
		    (int)n, before, (long long)tickets, common_s(tickets),
		    tickets == 1 ? "has" : "have", (int)n, before, after);
		say_warning(line);
		free(line);
	}
}

static enum rc
set_one(struct cli *c, const struct app_setting *s, const char *value,
    struct err *err)
{
	bool prefix = strcmp(s->name, "prefix") == 0;
	char *before = NULL;
	enum rc rc = RC_OK;

	if (prefix)
		before = mem_strdup(app_config(c->app, "prefix"));
	if (strcmp(s->name, "style") == 0 && value != NULL)
		rc = check_style(value, err);
	if (rc == RC_OK)
		rc = app_config_set(c->app, s->name, value, err);
	if (rc == RC_OK && value != NULL)
		out_say(&c->out, "%s = %s", s->name, value);
	else if (rc == RC_OK)
		out_say(&c->out, "%s unset", s->name);
	if (rc == RC_OK && before != NULL && value != NULL && !c->out.quiet)
		tell_dropped(c, before, value);
	free(before);
	return rc;
}

static enum rc
config_run(struct cli *c, const struct args *a, struct err *err)
{
	const struct app_setting *s;
	const char *name;

	if (a->words.n == 0)
		return args_has(a, CONFIG_UNSET)
		    ? err_set(err, RC_USAGE, "--unset needs a NAME")
		    : args_has(a, CONFIG_CHECK) ? config_own_check(c)
						: print_all(c);
	if (args_has(a, CONFIG_CHECK))
		return err_set(err, RC_USAGE,
		    "--check looks at everything, without a NAME");
	name = a->words.v[0];
	if (strncmp(name, "tracker.", 8) == 0)
		name += 8;
	if ((s = app_setting_find(name)) == NULL)
		return unknown_setting(name, err);
	if (a->words.n == 2 && args_has(a, CONFIG_UNSET))
		return err_set(err, RC_USAGE, "--unset takes no VALUE");
	if (app_setting_is_family(s))
		return config_own_run(c, name,
		    a->words.n == 2 ? a->words.v[1] : NULL,
		    args_has(a, CONFIG_UNSET), err);
	if (a->words.n == 1 && !args_has(a, CONFIG_UNSET))
		return print_one(c, s);
	return set_one(c, s, a->words.n == 2 ? a->words.v[1] : NULL, err);
}

const struct cmd cmd_config = {
	.name = "config",
	.args = "[NAME [VALUE]]",
	.help = "show or set what is configured for this repository",
	.details =
	    "Values are git's own (tracker.NAME in git config), and those of\n"
	    ".notesconfig in the work tree, which a team shares.\n"
	    "\n"
	    "filter.NAME is a saved filter: @NAME in any filter.\n"
	    "key.SCREEN.ACTION has the keys of an action in the terminal UI,\n"
	    "key.ACTION those on every screen; \"none\" takes them away,\n"
	    "\"default S\" adds to those that are built in.",
	.examples = "  notes config\n"
		    "  notes config mainline release\n"
		    "  notes config filter.mine 'assignee:me is:open'\n"
		    "  notes config key.list.status 'S gs'\n"
		    "  notes config --check",
	.opts = config_opts,
	.values = "setting none",
	.max = 2,
	.mode = CMD_READ,
	.group = GROUP_DATA,
	.stop = OPT_WORDS_TOO,
	.run = config_run,
};
