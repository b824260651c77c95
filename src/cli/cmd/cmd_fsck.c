#include "cli/common.h"

enum { FSCK_REBUILD, FSCK_RECOVER };

static const struct opt fsck_opts[] = {
	[FSCK_REBUILD] = { 0, "rebuild", NULL,
	    "make the tables anew from the journal", NULL },
	[FSCK_RECOVER] = { 0, "recover", "FILE",
	    "save what is readable of a damaged database into a new one",
	    "file" },
	{ 0 },
};

static enum rc
recover(struct cli *c, const char *into, struct err *err)
{
	int64_t events = 0;
	json_t *json;
	enum rc rc;

	if ((rc = app_recover(&c->options, into, &events, err)) != RC_OK)
		return rc;
	if (c->out.form == OUT_JSON) {
		json = json_object();
		json_put(json, "file", json_text(into));
		json_put(json, "events", json_integer(events));
		out_json(&c->out, json);
	} else {
		out_say(&c->out, "%lld event%s saved into %s",
		    (long long)events, common_s(events), into);
	}
	return RC_OK;
}

static void
print(struct cli *c, const struct strv *findings, bool rebuild, bool changed)
{
	json_t *json;

	if (c->out.form == OUT_JSON) {
		json = json_object();
		json_put(json, "findings", json_texts(findings));
		json_put(json, "changed", json_boolean(changed));
		out_json(&c->out, json);
		return;
	}
	for (size_t i = 0; i < findings->n; i++) {
		out_field(&c->out, findings->v[i]);
		out_end(&c->out);
	}
	if (rebuild)
		out_say(&c->out,
		    changed ? "rebuilt from the journal: the tables differed"
			    : "rebuilt from the journal: nothing differed");
	else if (findings->n == 0)
		out_say(&c->out, "nothing found");
}

static enum rc
fsck_run(struct cli *c, const struct args *a, struct err *err)
{
	bool rebuild = args_has(a, FSCK_REBUILD), changed = false;
	struct strv findings = STRV_INIT;
	enum rc rc;

	if (args_has(a, FSCK_RECOVER))
		return recover(c, args_get(a, FSCK_RECOVER), err);
	c->options.mode = rebuild ? APP_WRITE : APP_READ;
	if ((rc = app_open(&c->options, &c->app, err)) != RC_OK)
		return rc;
	common_warnings(c, app_warnings(c->app));
	rc = app_fsck(c->app, rebuild, &findings, &changed, err);
	if (rc == RC_OK || rc == RC_FOUND) {
		print(c, &findings, rebuild, changed);
		err_clear(err);
		rc = findings.n > 0 ? RC_FOUND : rc;
	}
	strv_release(&findings);
	return rc;
}

const struct cmd cmd_fsck = {
	.name = "fsck",
	.help = "check the database; rebuild or recover it",
	.details = "The exit status is 3 when something is found.",
	.opts = fsck_opts,
	.mode = CMD_BARE,
	.group = GROUP_DATA,
	.stop = OPT_WORDS_TOO,
	.run = fsck_run,
};
