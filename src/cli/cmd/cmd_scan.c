#include "app/scan.h"

#include "cli/common.h"

enum { SCAN_FULL, SCAN_EXPLAIN };

static const struct opt scan_opts[] = {
	[SCAN_FULL] = { 0, "full", NULL, "read all of history again", NULL },
	[SCAN_EXPLAIN] = { 0, "explain", "REV",
	    "say what the message of one commit means, and why", "rev" },
	{ 0 },
};

static enum rc
explain(struct cli *c, const char *rev, struct err *err)
{
	struct buf text = BUF_INIT;
	json_t *json;
	enum rc rc;

	if ((rc = app_scan_explain(c->app, rev, &text, err)) == RC_OK) {
		json = json_object();
		json_put(json, "rev", json_text(rev));
		common_lines(c, &text, json);
	}
	buf_release(&text);
	return rc;
}

static void
print_text(struct out *o, const struct scan_result *r)
{
	if (r->new_commits == 0 && r->removed == 0)
		out_say(o, "nothing new: %lld commit%s, %lld link%s",
		    (long long)r->commits, common_s(r->commits),
		    (long long)r->links, common_s(r->links));
	else
		out_say(o,
		    "%lld new commit%s; in all %lld commit%s, %lld link%s, "
		    "%lld effect%s",
		    (long long)r->new_commits, common_s(r->new_commits),
		    (long long)r->commits, common_s(r->commits),
		    (long long)r->links, common_s(r->links),
		    (long long)r->effects, common_s(r->effects));
	if (r->removed > 0)
		out_say(o, "%lld commit%s gone from history",
		    (long long)r->removed, r->removed == 1 ? " is" : "s are");
	if (r->unknown_keys > 0)
		out_say(o, "%lld key%s that no ticket has",
		    (long long)r->unknown_keys, common_s(r->unknown_keys));
}

static enum rc
scan_run(struct cli *c, const struct args *a, struct err *err)
{
	struct scan_result r = { 0 };
	json_t *json;
	enum rc rc;

	if (args_has(a, SCAN_EXPLAIN))
		return explain(c, args_get(a, SCAN_EXPLAIN), err);
	rc = app_scan(c->app, args_has(a, SCAN_FULL), &r, err);
	if (rc != RC_OK)
		goto out;
	if (c->out.form == OUT_JSON) {
		json = json_object();
		json_put(json, "commits", json_integer(r.commits));
		json_put(json, "links", json_integer(r.links));
		json_put(json, "new_commits", json_integer(r.new_commits));
		json_put(json, "effects", json_integer(r.effects));
		json_put(json, "unknown_keys", json_integer(r.unknown_keys));
		json_put(json, "removed", json_integer(r.removed));
		json_put(json, "warnings", json_texts(&r.warnings));
		out_json(&c->out, json);
	} else if (c->out.form == OUT_PORCELAIN) {
		out_number(&c->out, r.commits);
		out_number(&c->out, r.links);
		out_number(&c->out, r.new_commits);
		out_number(&c->out, r.effects);
		out_number(&c->out, r.unknown_keys);
		out_number(&c->out, r.removed);
		out_end(&c->out);
	} else {
		print_text(&c->out, &r);
	}
	common_warnings(c, &r.warnings);
out:
	scan_result_release(&r);
	return rc;
}

const struct cmd cmd_scan = {
	.name = "scan",
	.help = "read what is new in history: links, effects",
	.details =
	    "Hooks do this commit by commit; a scan finds what they missed.\n"
	    "Scanning twice changes nothing.",
	.examples = "  notes scan\n"
		    "  notes scan --explain HEAD",
	.opts = scan_opts,
	.mode = CMD_WRITE,
	.group = GROUP_COMMITS,
	.stop = OPT_WORDS_TOO,
	.run = scan_run,
};
