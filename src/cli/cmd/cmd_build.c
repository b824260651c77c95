#include "app/release.h"

#include "cli/common.h"
#include "cli/table.h"

enum { BUILD_NUMBER, BUILD_COMMIT, BUILD_RESULT, BUILD_URL, BUILD_CI };

static const struct opt add_opts[] = {
	[BUILD_NUMBER] = { 0, "number", "N",
	    "its number (else: from the CI's environment)", NULL },
	[BUILD_COMMIT] = { 0, "commit", "REV", "what was built (else: HEAD)",
	    "rev" },
	[BUILD_RESULT] = { 0, "result", "RESULT", "passed or failed",
	    "result" },
	[BUILD_URL] = { 0, "url", "URL", "where it is to be seen", NULL },
	[BUILD_CI] = { 0, "ci", "NAME", "the CI system's name", NULL },
	{ 0 },
};

static json_t *
build_json(const struct build *b)
{
	json_t *json = json_object();

	json_put(json, "version", json_text(b->version));
	json_put(json, "number", json_text(b->number));
	json_put(json, "commit", common_oid_json(&b->commit));
	json_put(json, "result", json_text(build_result_name(b->result)));
	json_put(json, "time", json_time(b->time));
	json_put(json, "ci", json_text(b->ci));
	json_put(json, "url", json_text(b->url));
	return json;
}

static void
build_porcelain(struct out *o, const struct build *b)
{
	char hex[OID_HEX_MAX + 1] = "", time[21] = "";

	if (!oid_is_none(&b->commit))
		oid_to_hex(&b->commit, hex);
	if (b->time != DATE_NONE)
		date_format_iso(b->time, time);
	out_field(o, b->version);
	out_field(o, b->number);
	out_field(o, hex);
	out_field(o, build_result_name(b->result));
	out_field(o, time);
	out_field(o, b->ci);
	out_field(o, b->url);
	out_end(o);
}

static enum rc
list_run(struct cli *c, const struct args *a, struct err *err)
{
	struct table table = { .shrinks = 6, .drop_empty = true };
	struct build_list l = { 0 };
	char hex[OID_HEX_MAX + 1], day[11];
	static const char *const titles[] = { "VERSION", "BUILD", "RESULT",
		"COMMIT", "DATE", "CI", "URL" };
	enum rc rc;

	rc = app_builds(c->app, a->words.n == 0 ? NULL : a->words.v[0], &l,
	    err);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++)
		table_column(&table, titles[i]);
	if (c->out.form == OUT_JSON)
		out_json_open(&c->out);
	for (size_t i = 0; i < l.n; i++) {
		const struct build *b = &l.v[i];

		if (c->out.form == OUT_JSON) {
			out_json_item(&c->out, build_json(b));
		} else if (c->out.form == OUT_PORCELAIN) {
			build_porcelain(&c->out, b);
		} else {
			oid_to_short(&b->commit, COMMON_OID_SHORT, hex);
			table_cell(&table, STYLE_KEY, b->version);
			table_cell(&table, STYLE_STRONG, b->number);
			table_cell(&table,
			    b->result == BUILD_FAILED ? STYLE_WARN : STYLE_DONE,
			    build_result_name(b->result));
			table_cell(&table, STYLE_DIM, hex);
			table_cell(&table, STYLE_NONE,
			    common_day(b->time, day));
			table_cell(&table, STYLE_DIM, b->ci);
			table_cell(&table, STYLE_DIM, b->url);
		}
	}
	if (c->out.form == OUT_JSON)
		out_json_close(&c->out);
	table_print(&table, &c->out);
	table_release(&table);
	build_list_release(&l);
	return RC_OK;
}

static enum rc
add_run(struct cli *c, const struct args *a, struct err *err)
{
	struct build_spec spec = {
		.number = args_get(a, BUILD_NUMBER),
		.commit = args_get(a, BUILD_COMMIT),
		.result = args_get(a, BUILD_RESULT),
		.url = args_get(a, BUILD_URL),
		.ci = args_get(a, BUILD_CI),
	};
	struct build b = { 0 };
	enum rc rc;

	rc = app_build_add(c->app, a->words.v[0], &spec, &b, err);
	if (rc != RC_OK)
		return rc;
	if (c->out.form == OUT_JSON)
		out_json(&c->out, build_json(&b));
	else if (c->out.form == OUT_PORCELAIN)
		build_porcelain(&c->out, &b);
	else
		out_say(&c->out, "build %s of %s", b.number, b.version);
	build_release(&b);
	return RC_OK;
}

static const struct cmd build_list = {
	.name = "list",
	.args = "[VERSION]",
	.help = "builds of a release, or of all",
	.values = "release none",
	.max = 1,
	.mode = CMD_READ,
	.stop = OPT_WORDS_TOO,
	.group = GROUP_RELEASES,
	.run = list_run,
};

static const struct cmd build_add = {
	.name = "add",
	.args = "VERSION",
	.help = "record a build of a release",
	.details =
	    "What is not named comes from the environment of Jenkins, GitHub\n"
	    "Actions, GitLab, Travis, Buildkite, CircleCI, Azure, TeamCity or\n"
	    "Drone. A number that is there already is changed.",
	.examples = "  notes build add 1.4 --number 57 --result passed",
	.opts = add_opts,
	.values = "release none",
	.min = 1,
	.max = 1,
	.mode = CMD_WRITE,
	.stop = OPT_WORDS_TOO,
	.group = GROUP_RELEASES,
	.run = add_run,
};

static const struct cmd *const build_subs[] = { &build_list, &build_add, NULL };

const struct cmd cmd_build = {
	.name = "build",
	.help = "builds of releases",
	.subs = build_subs,
	.group = GROUP_RELEASES,
};
