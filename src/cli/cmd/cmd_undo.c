#include "cli/common.h"

#define UNDO_MAX 1000L

static enum rc
undo_or_redo(struct cli *c, const struct args *a,
    enum rc (*verb)(struct app *app, size_t n, struct strv *said,
	struct err *err),
    struct err *err)
{
	struct strv said = STRV_INIT;
	json_t *json;
	long n = 1;
	enum rc rc = RC_OK;

	if (a->words.n > 0)
		rc = opt_number("N", a->words.v[0], UNDO_MAX, &n, err);
	if (rc == RC_OK)
		rc = verb(c->app, (size_t)n, &said, err);
	if (rc == RC_OK && c->out.form == OUT_JSON) {
		json = json_object();
		json_put(json, "lines", json_texts(&said));
		out_json(&c->out, json);
	}
	for (size_t i = 0; i < said.n && rc == RC_OK; i++) {
		if (c->out.form == OUT_PORCELAIN) {
			out_field(&c->out, said.v[i]);
			out_end(&c->out);
		} else {
			out_say(&c->out, "%s", said.v[i]);
		}
	}
	strv_release(&said);
	return rc;
}

static enum rc
undo_run(struct cli *c, const struct args *a, struct err *err)
{
	return undo_or_redo(c, a, app_undo, err);
}

static enum rc
redo_run(struct cli *c, const struct args *a, struct err *err)
{
	return undo_or_redo(c, a, app_redo, err);
}

const struct cmd cmd_undo = {
	.name = "undo",
	.args = "[N]",
	.help = "take back the last N things done (1)",
	.details =
	    "Works across processes and sessions. A value that somebody has\n"
	    "changed since is left alone, and said so.",
	.values = "none",
	.max = 1,
	.mode = CMD_WRITE,
	.group = GROUP_DATA,
	.stop = OPT_WORDS_TOO,
	.run = undo_run,
};

const struct cmd cmd_redo = {
	.name = "redo",
	.args = "[N]",
	.help = "do again what undo took back",
	.values = "none",
	.max = 1,
	.mode = CMD_WRITE,
	.group = GROUP_DATA,
	.stop = OPT_WORDS_TOO,
	.run = redo_run,
};
