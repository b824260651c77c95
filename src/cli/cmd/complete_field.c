#include <stdlib.h>
#include <string.h>

#include "app/config.h"
#include "app/generate.h"
#include "app/ticket.h"
#include "base/mem.h"
#include "complete.h"

#define VALUES_MAX 200

static void
offer(struct cli *c, const char *lead, const char *start, const char *value,
    const char *after, const char *help)
{
	struct buf text = BUF_INIT;

	if (strncmp(value, start, strlen(start)) != 0)
		return;
	buf_printf(&text, "%s%s%s", lead, value, after);
	out_field(&c->out, buf_str(&text));
	if (help != NULL)
		out_field(&c->out, help);
	out_end(&c->out);
	buf_release(&text);
}

static void
offer_list(struct cli *c, const char *lead, const char *start,
    const char *const names[], size_t n, const char *after)
{
	for (size_t i = 0; i < n; i++)
		offer(c, lead, start, names[i], after, NULL);
}

static void
offer_ended(struct cli *c, const char *lead, const char *start,
    const char *const *names)
{
	for (; *names != NULL; names++)
		offer(c, lead, start, *names, "", NULL);
}

static void
offer_commands(struct cli *c, const char *lead, const char *start)
{
	for (size_t i = 0; commands[i] != NULL; i++)
		if (commands[i]->group != GROUP_HIDDEN)
			offer(c, lead, start, commands[i]->name, "",
			    commands[i]->help);
}

static void
offer_styles(struct cli *c, const char *lead, const char *start)
{
	struct strv names = STRV_INIT, help = STRV_INIT;

	app_styles(&names, &help);
	for (size_t i = 0; i < names.n; i++)
		offer(c, lead, start, names.v[i], "",
		    i < help.n ? help.v[i] : NULL);
	strv_release(&names);
	strv_release(&help);
}

static void
offer_commits_words(struct cli *c, const char *lead, const char *start)
{
	static const char *const words[] = { "conventional", "tickets", NULL };

	offer_ended(c, lead, start, words);
}

static void
offer_settings(struct cli *c, const char *lead, const char *start)
{
	struct strv names = STRV_INIT;

	for (const struct app_setting *s = app_settings; s->name != NULL; s++)
		if (!app_setting_is_family(s))
			offer(c, lead, start, s->name, "", s->help);
	offer(c, lead, start, "filter.", "", "a saved filter");
	/* There are hundreds: only for those who want one. */
	if (strncmp(start, "key.", 4) == 0)
		c->screens->key_names(&names);
	else
		offer(c, lead, start, "key.", "", "keys of an action");
	for (size_t i = 0; i < names.n; i++)
		offer(c, lead, start, names.v[i], "", NULL);
	strv_release(&names);
}

static void
offer_named(struct cli *c, const char *lead, const char *start,
    const struct named *table, size_t n)
{
	for (size_t i = 0; i < n; i++)
		offer(c, lead, start, table[i].name, "", NULL);
}

/* False when there is no tracker: then there is nothing to offer. */
static bool
open_tracker(struct cli *c)
{
	struct err err = ERR_INIT;

	c->options.mode = APP_READ;
	return c->app != NULL || app_open(&c->options, &c->app, &err) == RC_OK;
}

static void
offer_values(struct cli *c, const char *field, const char *lead,
    const char *start)
{
	struct strv values = STRV_INIT;
	struct err err = ERR_INIT;

	if (open_tracker(c) &&
	    app_values(c->app, field, start, VALUES_MAX, &values, &err) ==
		RC_OK)
		for (size_t i = 0; i < values.n; i++)
			offer(c, lead, "", values.v[i], "", NULL);
	strv_release(&values);
}

static void
offer_statuses(struct cli *c, const char *lead, const char *start)
{
	const struct workflow *wf;

	if (!open_tracker(c))
		return;
	wf = app_workflow(c->app);
	for (size_t i = 0; i < wf->n; i++)
		offer(c, lead, start, wf->status[i].name, "",
		    category_name(wf->status[i].category));
}

static void
offer_saved(struct cli *c, const char *lead, const char *start)
{
	struct saved_filter_list l;
	char *name;

	if (!open_tracker(c))
		return;
	app_filters(c->app, &l);
	for (size_t i = 0; i < l.n; i++) {
		name = mem_printf("@%s", l.v[i].name);
		offer(c, lead, start, name, "", l.v[i].text);
		free(name);
	}
	saved_filter_list_release(&l);
}

/* "field:value" of the filter language. */
static void
offer_filter(struct cli *c, const char *lead, const char *start)
{
	const char *colon = strchr(start, ':'), *field = start;
	char *name, *before;

	if (*field == '-') {
		before = mem_printf("%s-", lead);
		offer_filter(c, before, start + 1);
		free(before);
		return;
	}
	if (*field == '@') {
		offer_saved(c, lead, start);
		return;
	}
	if (colon == NULL) {
		offer_list(c, lead, start, filter_field_names, FF_N, ":");
		offer(c, lead, start, "is", ":", NULL);
		offer(c, lead, start, "has", ":", NULL);
		offer(c, lead, start, "no", ":", NULL);
		return;
	}
	name = mem_strndup(field, (size_t)(colon - field));
	before = mem_printf("%s%s:", lead, name);
	if (strcmp(name, "is") == 0)
		offer_list(c, before, colon + 1, filter_is_names, IS_N, "");
	else if (strcmp(name, "has") == 0 || strcmp(name, "no") == 0)
		offer_list(c, before, colon + 1, filter_has_names, HAS_N, "");
	else
		complete_field(c, name, before, colon + 1);
	free(before);
	free(name);
}

/* "field=value", "+label". */
static void
offer_change(struct cli *c, const char *lead, const char *start)
{
	size_t n = strcspn(start, "=");
	char *name, *before;

	if (*start == '+' || *start == '-') {
		before = mem_printf("%s%c", lead, *start);
		complete_field(c, "label", before, start + 1);
		free(before);
		return;
	}
	if (start[n] == '\0') {
		for (int f = 0; f < TF_N; f++)
			offer(c, lead, start, ticket_fields[f].name, "=", NULL);
		return;
	}
	name = mem_strndup(start, n);
	before = mem_printf("%s%s=", lead, name);
	complete_field(c, name, before, start + n + 1);
	free(before);
	free(name);
}

/* Names in a list "a,b": the last one is being typed. */
static void
offer_last(struct cli *c, const char *lead, const char *start,
    const char *const names[], size_t n)
{
	const char *comma = strrchr(start, ',');
	size_t done = comma == NULL ? 0 : (size_t)(comma + 1 - start);
	char *before;

	if (start[done] == '-')
		done++;
	before = mem_printf("%s%.*s", lead, (int)done, start);
	offer_list(c, before, start + done, names, n, "");
	free(before);
}

static void
offer_columns(struct cli *c, const char *lead, const char *start)
{
	static const char *const names[] = { "key", "type", "status",
		"category", "priority", "summary", "assignee", "reporter",
		"component", "labels", "releases", "found-in", "parent",
		"resolution", "due", "estimate", "spent", "rank", "created",
		"updated", "resolved", "commits", "comments" };

	offer_last(c, lead, start, names, sizeof(names) / sizeof(names[0]));
}

static void
offer_sort(struct cli *c, const char *lead, const char *start)
{
	offer_last(c, lead, start, sort_field_names, SORT_N);
}

static void
offer_types(struct cli *c, const char *lead, const char *start)
{
	for (size_t i = 0; i < ticket_types_n; i++)
		offer(c, lead, start, ticket_types[i].name, "", NULL);
}

static void
offer_priorities(struct cli *c, const char *lead, const char *start)
{
	offer_named(c, lead, start, priorities, priorities_n);
}

static void
offer_resolutions(struct cli *c, const char *lead, const char *start)
{
	offer_named(c, lead, start, resolutions, resolutions_n);
}

static void
offer_relations(struct cli *c, const char *lead, const char *start)
{
	offer_named(c, lead, start, relations, relations_n);
}

static void
offer_sides(struct cli *c, const char *lead, const char *start)
{
	static const char *const sides[] = { "before", "after", NULL };

	offer_ended(c, lead, start, sides);
}

static void
offer_formats(struct cli *c, const char *lead, const char *start)
{
	offer_ended(c, lead, start, app_formats());
}

static void
offer_langs(struct cli *c, const char *lead, const char *start)
{
	offer_ended(c, lead, start, app_langs());
}

static void
offer_files(struct cli *c, const char *lead, const char *start)
{
	(void)lead;
	(void)start;
	out_field(&c->out, ":file");
	out_end(&c->out);
}

static void
offer_nothing(struct cli *c, const char *lead, const char *start)
{
	(void)c;
	(void)lead;
	(void)start;
}

static const struct {
	const char *field;
	void (*offer)(struct cli *c, const char *lead, const char *start);
} known_fields[] = {
	{ "file", offer_files },
	{ "none", offer_nothing },
	{ "rev", offer_nothing },
	{ "command", offer_commands },
	{ "filter", offer_filter },
	{ "change", offer_change },
	{ "columns", offer_columns },
	{ "sort", offer_sort },
	{ "setting", offer_settings },
	{ "style", offer_styles },
	{ "format", offer_formats },
	{ "lang", offer_langs },
	{ "commits", offer_commits_words },
	{ "type", offer_types },
	{ "status", offer_statuses },
	{ "priority", offer_priorities },
	{ "resolution", offer_resolutions },
	{ "relation", offer_relations },
	{ "side", offer_sides },
};

/* Fields with a few fixed words. */
static const struct {
	const char *field;
	const char *words[8];
} fixed_fields[] = {
	{ "color", { "auto", "always", "never" } },
	{ "transfer", { "csv", "json" } },
	{ "result", { "passed", "failed" } },
	{ "shell", { "bash", "zsh", "fish" } },
	{ "step", { "week", "month" } },
	{ "category", { "todo", "doing", "done" } },
	{ "hook",
	    { "prepare-commit-msg", "commit-msg", "post-commit", "post-merge",
		"post-rewrite", "post-applypatch" } },
};

void
complete_field(struct cli *c, const char *field, const char *lead,
    const char *start)
{
	for (size_t i = 0; i < sizeof(known_fields) / sizeof(known_fields[0]);
	     i++) {
		if (strcmp(known_fields[i].field, field) == 0) {
			known_fields[i].offer(c, lead, start);
			return;
		}
	}
	for (size_t i = 0; i < sizeof(fixed_fields) / sizeof(fixed_fields[0]);
	     i++) {
		if (strcmp(fixed_fields[i].field, field) == 0) {
			offer_ended(c, lead, start, fixed_fields[i].words);
			return;
		}
	}
	offer_values(c, field, lead, start);
}
