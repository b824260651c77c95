/* All of a release, as its screen shows it. */
#include "app/hub.h"
#include "app/release.h"
#include "cli/common.h"
#include "release_cmds.h"
#include "release_print.h"

/*
 * Without a repository, or commits, there is a release all the same; what it
 * ships is then not known.
 */
static enum rc
load(struct cli *c, const char *version, struct hub *hub, struct err *err)
{
	struct release r = { .id = 0 };
	struct err quiet = ERR_INIT;
	enum rc rc;

	if ((rc = app_release_get(c->app, version, &r, err)) != RC_OK)
		return rc;
	rc = app_hub(c->app, r.version, hub, err);
	release_release(&r);
	if (rc != RC_OK)
		return rc;
	rc = app_hub_history(c->app, hub, &quiet);
	if (rc == RC_OK || rc == RC_NOT_FOUND)
		return RC_OK;
	if (err != NULL)
		*err = quiet;
	return rc;
}

static enum rc
show_run(struct cli *c, const struct args *a, struct err *err)
{
	bool array = c->out.form == OUT_JSON && a->words.n > 1;
	int64_t now = date_now();
	enum rc rc = RC_OK;

	release_refresh(c);
	if (array)
		out_json_open(&c->out);
	for (size_t i = 0; i < a->words.n && rc == RC_OK; i++) {
		struct hub hub = { .told = false };

		rc = load(c, a->words.v[i], &hub, err);
		if (rc == RC_OK && array)
			out_json_item(&c->out, hub_to_json(c->app, &hub, now));
		else if (rc == RC_OK && c->out.form == OUT_JSON)
			out_json(&c->out, hub_to_json(c->app, &hub, now));
		else if (rc == RC_OK && c->out.form == OUT_PORCELAIN)
			hub_to_porcelain(&c->out, &hub, now);
		else if (rc == RC_OK && i > 0)
			out_newline(&c->out);
		if (rc == RC_OK && c->out.form == OUT_TEXT)
			hub_to_text(&c->out, c->app, &hub, now);
		hub_release(&hub);
	}
	if (rc == RC_OK && array)
		out_json_close(&c->out);
	return rc;
}

const struct cmd release_show = {
	.name = "show",
	.args = "VERSION...",
	.help = "all of a release: progress, warnings, forecast",
	.details = "Each warning stands with the rule that does not hold and\n"
		   "with the command that mends it.",
	.values = "release",
	.min = 1,
	.max = CMD_ANY,
	.mode = CMD_WRITE,
	.stop = OPT_WORDS_TOO,
	.group = GROUP_RELEASES,
	.run = show_run,
};
