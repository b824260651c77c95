#include "app/generate.h"
#include "common.h"

enum { CHECK_FILE };

static const struct opt check_opts[] = {
	[CHECK_FILE] = { 0, "file", "FILE",
	    "the published file (else: tracker.file, CHANGELOG.md)", "file" },
	{ 0 },
};

static enum rc
check_run(struct cli *c, const struct args *a, struct err *err)
{
	struct strv findings = STRV_INIT;
	json_t *json;
	enum rc rc;

	rc = app_check(c->app, a->words.n == 0 ? NULL : a->words.v[0],
	    args_get(a, CHECK_FILE), &findings, err);
	if (rc != RC_OK && rc != RC_FOUND)
		goto out;
	if (c->out.form == OUT_JSON) {
		json = json_object();
		json_put(json, "findings", json_texts(&findings));
		out_json(&c->out, json);
	}
	for (size_t i = 0; i < findings.n && c->out.form != OUT_JSON; i++) {
		out_field(&c->out, findings.v[i]);
		out_end(&c->out);
	}
	if (findings.n == 0 && rc == RC_OK)
		out_say(&c->out, "nothing found");
	err_clear(err);
	rc = findings.n > 0 ? RC_FOUND : rc;
out:
	strv_release(&findings);
	return rc;
}

const struct cmd cmd_check = {
	.name = "check",
	.args = "[VERSION]",
	.help = "is the published file what notes would write?",
	.details =
	    "For CI: the exit status is 3 when something is found. Without\n"
	    "VERSION: the newest release.",
	.examples = "  notes check 1.4.0 --file docs/CHANGES.md",
	.opts = check_opts,
	.values = "release none",
	.max = 1,
	.mode = CMD_WRITE,
	.group = GROUP_RELEASES,
	.stop = OPT_WORDS_TOO,
	.run = check_run,
};
