#include "app/generate.h"
#include "cli/common.h"

static enum rc
explain_run(struct cli *c, const struct args *a, struct err *err)
{
	const char *version = a->words.n > 1 ? a->words.v[1] : NULL;
	char name[TICKET_KEY_MAX];
	struct buf text = BUF_INIT;
	struct ticket_key key;
	json_t *json;
	enum rc rc;

	/* A key that no ticket has can stand in history all the same. */
	if (app_key(c->app, a->words.v[0], &key, err) == RC_OK) {
		ticket_key_format(&key, name);
		rc = app_explain(c->app, name, version, &text, err);
	} else {
		err_clear(err);
		rc = app_explain(c->app, a->words.v[0], version, &text, err);
	}
	if (rc == RC_OK) {
		json = json_object();
		json_put(json, "key", json_text(a->words.v[0]));
		json_put(json, "version", json_text(version));
		common_lines(c, &text, json);
	}
	buf_release(&text);
	return rc;
}

const struct cmd cmd_explain = {
	.name = "explain",
	.args = "KEY [VERSION]",
	.help = "why a ticket is, or is not, in those notes",
	.examples = "  notes explain NOTE-12 1.4.0",
	.values = "key release none",
	.min = 1,
	.max = 2,
	.mode = CMD_WRITE,
	.group = GROUP_RELEASES,
	.stop = OPT_WORDS_TOO,
	.run = explain_run,
};
