#include "app/publish.h"
#include "cli/common.h"

enum { CHECK_FILE, CHECK_ALL };

static const struct opt check_opts[] = {
	[CHECK_FILE] = { 0, "file", "FILE",
	    "the published file (else: tracker.file, CHANGELOG.md)", "file" },
	[CHECK_ALL] = { 0, "all", NULL,
	    "each published version that has a section in the file", NULL },
	{ 0 },
};

static json_t *
finding_json(const struct finding *f)
{
	json_t *json = json_object();

	json_put(json, "code", json_text(check_code_names[f->code]));
	json_put(json, "key",
	    f->key[0] == '\0' ? json_null() : json_text(f->key));
	json_put(json, "text", json_text(f->text));
	return json;
}

static void
print(struct cli *c, const struct finding_list *l)
{
	for (size_t i = 0; i < l->n; i++) {
		if (c->out.form == OUT_JSON) {
			out_json_item(&c->out, finding_json(&l->v[i]));
			continue;
		}
		out_field(&c->out, l->v[i].text);
		out_end(&c->out);
	}
}

static enum rc
check_run(struct cli *c, const struct args *a, struct err *err)
{
	const struct check_options options = {
		.version = a->words.n == 0 ? NULL : a->words.v[0],
		.file = args_get(a, CHECK_FILE),
		.all = args_has(a, CHECK_ALL),
	};
	struct finding_list findings = { 0 };
	size_t faults;
	enum rc rc;

	if ((rc = app_check(c->app, &options, &findings, err)) != RC_OK)
		goto out;
	if (c->out.form == OUT_JSON)
		out_json_open(&c->out);
	print(c, &findings);
	if (c->out.form == OUT_JSON)
		out_json_close(&c->out);
	faults = finding_list_faults(&findings);
	if (faults == 0)
		out_say(&c->out, "nothing found");
	else
		rc = RC_FOUND;
out:
	finding_list_release(&findings);
	return rc;
}

static enum rc
check_check(const struct args *a, struct err *err)
{
	if (args_has(a, CHECK_ALL) && a->words.n > 0)
		return err_set(err, RC_USAGE,
		    "--all checks every version: name none");
	return RC_OK;
}

const struct cmd cmd_check = {
	.name = "check",
	.args = "[VERSION]",
	.help = "is the published file what notes would write?",
	.details =
	    "For CI: the exit status is 3 when something is found. Without\n"
	    "VERSION: the newest release. What people edited in the file "
	    "since\n"
	    "it was written here is no finding. Also found: conflicts that\n"
	    "stand in it, reverted tickets that it lists, released ones under\n"
	    "Unreleased, open tickets of a published release, keys that there\n"
	    "are not, features without a note, a missing date. A ticket done\n"
	    "without a commit is only told. --json: an array of {code, key, "
	    "text}.",
	.examples = "  notes check 1.4.0 --file docs/CHANGES.md\n"
		    "  notes check --all --json",
	.opts = check_opts,
	.values = "release none",
	.max = 1,
	.mode = CMD_WRITE,
	.group = GROUP_RELEASES,
	.stop = OPT_WORDS_TOO,
	.check = check_check,
	.run = check_run,
};
