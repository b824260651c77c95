#include <stdlib.h>

#include "base/mem.h"
#include "cli/common.h"

enum { INIT_PREFIX, INIT_MAINLINE, INIT_TAGS };

static const struct opt init_opts[] = {
	[INIT_PREFIX] = { 0, "prefix", "KEY",
	    "what keys begin with: NOTE for NOTE-12", NULL },
	[INIT_MAINLINE] = { 0, "mainline", "BRANCH",
	    "the branch that releases come from", NULL },
	[INIT_TAGS] = { 0, "tags", "PATTERN",
	    "names of release tags, such as v{version}", NULL },
	{ 0 },
};

/* Whoever asked for another prefix most likely wants it beside the first. */
static enum rc
there_already(struct cli *c, const char *prefix, struct err *err)
{
	struct err e = ERR_INIT;
	const char *have;
	char *msg;

	c->options.mode = APP_READ;
	if (app_open(&c->options, &c->app, &e) != RC_OK ||
	    app_repo_path(c->app) == NULL)
		return err->code;
	have = app_config(c->app, "prefix");
	if (have == NULL)
		have = app_prefix(c->app);
	msg = mem_strdup(err->msg);
	err_set(err, err->code,
	    "%s (for another prefix: notes config prefix \"%s %.64s\")", msg,
	    have == NULL ? "OLD" : have, prefix == NULL ? "NEW" : prefix);
	free(msg);
	return err->code;
}

static void
tell_next(struct cli *c)
{
	if (app_repo_path(c->app) == NULL)
		return;
	out_say(&c->out, "next: notes scan (links the commits there are)");
	out_say(&c->out,
	    "      notes hook install (links those to come as they are made)");
}

static enum rc
init_run(struct cli *c, const struct args *a, struct err *err)
{
	struct app_init init = {
		.prefix = args_get(a, INIT_PREFIX),
		.mainline = args_get(a, INIT_MAINLINE),
		.tags = args_get(a, INIT_TAGS),
	};
	struct app_init_result r = { 0 };
	json_t *json;
	enum rc rc;

	c->options.mode = APP_WRITE;
	rc = app_init(&c->options, &init, &c->app, &r, err);
	if (rc == RC_EXISTS)
		return there_already(c, init.prefix, err);
	if (rc != RC_OK)
		return rc;
	if (c->out.form == OUT_JSON) {
		json = json_object();
		json_put(json, "db", json_text(r.db));
		json_put(json, "prefix", json_text(r.prefix));
		json_put(json, "mainline", json_text(r.mainline));
		json_put(json, "tags", json_text(r.tags));
		json_put(json, "releases", json_integer(r.releases));
		out_json(&c->out, json);
	} else if (c->out.form == OUT_PORCELAIN) {
		out_field(&c->out, r.prefix);
		out_field(&c->out, r.mainline);
		out_field(&c->out, r.tags);
		out_number(&c->out, r.releases);
		out_field(&c->out, r.db);
		out_end(&c->out);
	} else {
		out_say(&c->out, "tracker for %s in %s", r.prefix, r.db);
		if (r.mainline != NULL)
			out_say(&c->out, "mainline: %s", r.mainline);
		if (r.tags != NULL)
			out_say(&c->out, "releases from tags %s: %lld", r.tags,
			    (long long)r.releases);
		tell_next(c);
	}
	common_warnings(c, app_warnings(c->app));
	app_init_result_release(&r);
	return RC_OK;
}

const struct cmd cmd_init = {
	.name = "init",
	.help = "make a tracker for this repository",
	.details =
	    "The database goes into the repository's git directory, where\n"
	    "git does not see it and all worktrees share it. Releases come\n"
	    "from the tags that match. What is not named is guessed from\n"
	    "the repository. With --db it works without a repository.",
	.examples = "  notes init --prefix NOTE\n"
		    "  notes init --prefix MNG --tags 'maven-{version}'",
	.opts = init_opts,
	.mode = CMD_BARE,
	.group = GROUP_START,
	.run = init_run,
};
