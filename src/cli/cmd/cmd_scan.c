#include "app/scan.h"

#include "cli/common.h"

enum { SCAN_FULL, SCAN_EXPLAIN, SCAN_UNKNOWN };

#define NAMED_MAX 5 /* unknown keys in a sentence */

static const struct opt scan_opts[] = {
	[SCAN_FULL] = { 0, "full", NULL, "read all of history again", NULL },
	[SCAN_EXPLAIN] = { 0, "explain", "REV",
	    "say what the message of one commit means, and why", "rev" },
	[SCAN_UNKNOWN] = { 0, "unknown", NULL,
	    "list the keys that no ticket has, and how many commits name each",
	    NULL },
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

static bool
unknown_visit(const char *key, int64_t commits, void *arg)
{
	struct out *o = arg;
	json_t *json;

	if (o->form == OUT_JSON) {
		json = json_object();
		json_put(json, "key", json_text(key));
		json_put(json, "commits", json_integer(commits));
		out_json_item(o, json);
	} else if (o->form == OUT_PORCELAIN) {
		out_field(o, key);
		out_number(o, commits);
		out_end(o);
	} else {
		out_text(o, STYLE_KEY, key);
		out_printf(o, STYLE_DIM, "  %lld commit%s", (long long)commits,
		    common_s(commits));
		out_newline(o);
	}
	return !out_gone(o);
}

static enum rc
list_unknown(struct cli *c, struct err *err)
{
	enum rc rc = app_refresh(c->app, err);

	if (rc == RC_OK && c->out.form == OUT_JSON)
		out_json_open(&c->out);
	if (rc == RC_OK)
		rc = app_unknown_keys(c->app, unknown_visit, &c->out, err);
	if (rc == RC_OK && c->out.form == OUT_JSON)
		out_json_close(&c->out);
	return rc;
}

struct first_keys {
	struct buf text;
	size_t n;
};

static bool
first_visit(const char *key, int64_t commits, void *arg)
{
	struct first_keys *f = arg;

	(void)commits;
	buf_printf(&f->text, "%s%s", f->n == 0 ? "" : ", ", key);
	return ++f->n < NAMED_MAX;
}

static void
print_unknown(struct cli *c, int64_t n)
{
	struct first_keys f = { .text = BUF_INIT };
	struct err quiet = ERR_INIT;

	if (app_unknown_keys(c->app, first_visit, &f, &quiet) == RC_OK)
		out_say(&c->out,
		    "%lld key%s that no ticket has: %s%s (see: notes scan "
		    "--unknown)",
		    (long long)n, common_s(n), buf_str(&f.text),
		    n > NAMED_MAX ? ", ..." : "");
	buf_release(&f.text);
}

static void
print_text(struct cli *c, const struct scan_result *r)
{
	struct out *o = &c->out;

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
		print_unknown(c, r->unknown_keys);
}

static enum rc
scan_run(struct cli *c, const struct args *a, struct err *err)
{
	struct scan_result r = { 0 };
	json_t *json;
	enum rc rc;

	if (args_has(a, SCAN_EXPLAIN))
		return explain(c, args_get(a, SCAN_EXPLAIN), err);
	if (args_has(a, SCAN_UNKNOWN))
		return list_unknown(c, err);
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
		print_text(c, &r);
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
