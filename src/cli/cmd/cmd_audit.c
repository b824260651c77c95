#include "app/generate.h"
#include "cli/common.h"

/* Part of a whole; -1 for a whole of nothing. */
static double
share(size_t part, size_t whole)
{
	return whole == 0 ? -1 : (double)part / (double)whole;
}

static json_t *
share_json(size_t part, size_t whole)
{
	return whole == 0 ? json_null() : json_real(share(part, whole));
}

static void
print_json(struct cli *c, const struct args *a, const struct audit *r)
{
	json_t *json = json_object();

	json_put(json, "version", json_text(a->words.v[0]));
	json_put(json, "file", json_text(a->words.v[1]));
	json_put(json, "section", json_boolean(r->section));
	json_put(json, "listed", json_integer((json_int_t)r->listed));
	json_put(json, "published", json_integer((json_int_t)r->published));
	json_put(json, "both", json_integer((json_int_t)r->both));
	json_put(json, "precision", share_json(r->both, r->listed));
	json_put(json, "recall", share_json(r->both, r->published));
	json_put(json, "only_listed", json_texts(&r->only_listed));
	json_put(json, "only_published", json_texts(&r->only_published));
	out_json(&c->out, json);
}

static void
put_keys(struct out *o, const char *side, const struct strv *keys)
{
	for (size_t i = 0; i < keys->n; i++) {
		out_field(o, side);
		out_field(o, keys->v[i]);
		out_end(o);
	}
}

static void
print_porcelain(struct out *o, const struct audit *r)
{
	out_field(o, "score");
	out_number(o, (int64_t)r->listed);
	out_number(o, (int64_t)r->published);
	out_number(o, (int64_t)r->both);
	out_end(o);
	put_keys(o, "listed", &r->only_listed);
	put_keys(o, "published", &r->only_published);
}

static void
print_share(struct out *o, const char *name, size_t part, size_t whole)
{
	if (whole == 0)
		out_printf(o, STYLE_NONE, "%s -", name);
	else
		out_printf(o, STYLE_NONE, "%s %.3f", name, share(part, whole));
}

static void
print_keys(struct out *o, const char *title, const struct strv *keys)
{
	if (keys->n == 0)
		return;
	out_printf(o, STYLE_HEAD, "%s", title);
	out_newline(o);
	for (size_t i = 0; i < keys->n; i++) {
		out_raw(o, "  ", 2);
		out_text(o, STYLE_KEY, keys->v[i]);
		out_newline(o);
	}
}

static void
print_text(struct cli *c, const struct args *a, const struct audit *r)
{
	struct out *o = &c->out;

	out_printf(o, STYLE_NONE,
	    "%s: the tracker lists %zu, %s%s %zu, both %zu", a->words.v[0],
	    r->listed, r->section ? "its section of " : "", a->words.v[1],
	    r->published, r->both);
	out_newline(o);
	print_share(o, "precision", r->both, r->listed);
	print_share(o, ", recall", r->both, r->published);
	out_newline(o);
	print_keys(o, "only in the tracker's notes:", &r->only_listed);
	print_keys(o, "only in the file:", &r->only_published);
}

static enum rc
audit_run(struct cli *c, const struct args *a, struct err *err)
{
	struct audit r = { 0 };
	enum rc rc;

	rc = app_audit(c->app, a->words.v[0], a->words.v[1], &r, err);
	if (rc != RC_OK)
		goto out;
	if (c->out.form == OUT_JSON)
		print_json(c, a, &r);
	else if (c->out.form == OUT_PORCELAIN)
		print_porcelain(&c->out, &r);
	else
		print_text(c, a, &r);
	if (r.only_listed.n > 0 || r.only_published.n > 0)
		rc = RC_FOUND;
out:
	audit_release(&r);
	return rc;
}

const struct cmd cmd_audit = {
	.name = "audit",
	.args = "VERSION FILE",
	.help = "score the notes of a version against a published file",
	.details =
	    "Compares the tickets that the tracker's notes list with the keys\n"
	    "in that version's section of the Markdown file, or in all of it\n"
	    "when it has no such section: precision, recall, and the keys on\n"
	    "either side. The exit status is 3 when they differ.",
	.examples = "  notes audit 1.4.0 CHANGELOG.md",
	.values = "release file none",
	.min = 2,
	.max = 2,
	.mode = CMD_WRITE,
	.group = GROUP_RELEASES,
	.stop = OPT_WORDS_TOO,
	.run = audit_run,
};
