#include "common.h"

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
