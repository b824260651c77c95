#include "app/unlinked.h"
#include "cli/common.h"

enum {
	UNLINKED_ACCEPT,
	UNLINKED_DISMISS,
	UNLINKED_RESTORE,
	UNLINKED_LIST_DISMISSED,
};

static const struct opt unlinked_opts[] = {
	[UNLINKED_ACCEPT] = { 0, "accept", NULL,
	    "link the commits named to the tickets suggested for them", NULL },
	[UNLINKED_DISMISS] = { 0, "dismiss", NULL,
	    "the commits named need no ticket", NULL },
	[UNLINKED_RESTORE] = { 0, "restore", NULL,
	    "the commits named need one after all", NULL },
	[UNLINKED_LIST_DISMISSED] = { 0, "dismissed", NULL,
	    "list those that need no ticket", NULL },
	{ 0 },
};

static void
print_one(struct cli *c, const struct unlinked *u)
{
	char hex[OID_HEX_MAX + 1];

	if (c->out.form == OUT_PORCELAIN) {
		oid_to_hex(&u->commit, hex);
		out_field(&c->out, hex);
		out_field(&c->out, u->suggest);
		out_field(&c->out, u->subject);
		out_end(&c->out);
		return;
	}
	oid_to_short(&u->commit, COMMON_OID_SHORT, hex);
	out_printf(&c->out, STYLE_CODE, "%s", hex);
	out_raw(&c->out, " ", 1);
	out_text(&c->out, STYLE_NONE, u->subject);
	if (u->suggest[0] != '\0') {
		out_raw(&c->out, "  ", 2);
		out_printf(&c->out, STYLE_KEY, "%s%s", u->suggest,
		    u->sure ? "" : "?");
	}
	out_newline(&c->out);
}

static void
print_list(struct cli *c, const struct unlinked_list *l)
{
	json_t *json;

	if (c->out.form == OUT_JSON)
		out_json_open(&c->out);
	for (size_t i = 0; i < l->n && !out_gone(&c->out); i++) {
		const struct unlinked *u = &l->v[i];

		if (c->out.form != OUT_JSON) {
			print_one(c, u);
			continue;
		}
		json = json_object();
		json_put(json, "commit", common_oid_json(&u->commit));
		json_put(json, "subject", json_text(u->subject));
		json_put(json, "suggest",
		    json_text(u->suggest[0] == '\0' ? NULL : u->suggest));
		json_put(json, "summary", json_text(u->summary));
		json_put(json, "likeness", json_integer(u->likeness));
		json_put(json, "sure", json_boolean(u->sure));
		out_json_item(&c->out, json);
	}
	if (c->out.form == OUT_JSON)
		out_json_close(&c->out);
}

static enum rc
accept_all(struct cli *c, const struct args *a, struct err *err)
{
	struct unlinked_list list = { 0 };
	char hex[OID_HEX_MAX + 1];
	enum rc rc;

	rc = app_unlinked_accept(c->app, a->words.v, a->words.n, &list, err);
	if (rc == RC_OK && c->out.form != OUT_TEXT)
		print_list(c, &list);
	for (size_t i = 0; i < list.n && c->out.form == OUT_TEXT; i++) {
		oid_to_short(&list.v[i].commit, COMMON_OID_SHORT, hex);
		out_say(&c->out, "%s linked to %s", list.v[i].suggest, hex);
	}
	unlinked_list_release(&list);
	return rc;
}

static enum rc
dismiss(struct cli *c, const struct args *a, enum dismissal way,
    struct err *err)
{
	size_t changed;
	enum rc rc = app_unlinked_dismiss(c->app, a->words.v, a->words.n, way,
	    &changed, err);

	if (rc == RC_OK)
		out_say(&c->out,
		    way == DISMISS ? "%zu commit%s need%s no ticket"
				   : "%zu commit%s need%s a ticket again",
		    changed, changed == 1 ? "" : "s", changed == 1 ? "s" : "");
	return rc;
}

static enum rc
unlinked_run(struct cli *c, const struct args *a, struct err *err)
{
	const enum unlinked_which which = args_has(a, UNLINKED_LIST_DISMISSED)
	    ? UNLINKED_DISMISSED
	    : UNLINKED_OPEN;
	struct unlinked_list list = { 0 };
	enum rc rc;

	if (args_has(a, UNLINKED_ACCEPT))
		return accept_all(c, a, err);
	if (args_has(a, UNLINKED_DISMISS))
		return dismiss(c, a, DISMISS, err);
	if (args_has(a, UNLINKED_RESTORE))
		return dismiss(c, a, DISMISS_BACK, err);
	rc = app_unlinked(c->app, a->words.n == 0 ? NULL : a->words.v[0], which,
	    &list, err);
	if (rc == RC_OK)
		print_list(c, &list);
	if (rc == RC_OK && list.n == 0 && c->out.form == OUT_TEXT)
		out_say(&c->out,
		    which == UNLINKED_OPEN ? "every commit has a ticket"
					   : "no commit was dismissed");
	unlinked_list_release(&list);
	return rc;
}

static enum rc
unlinked_check(const struct args *a, struct err *err)
{
	size_t verbs = 0;
	size_t which = UNLINKED_ACCEPT;

	for (size_t i = 0; unlinked_opts[i].name != NULL; i++) {
		if (!args_has(a, (int)i))
			continue;
		verbs++;
		which = i;
	}
	if (verbs > 1)
		return err_set(err, RC_USAGE,
		    "only one of --accept, --dismiss, --restore and "
		    "--dismissed at a time");
	if (verbs > 0 && which != UNLINKED_LIST_DISMISSED) {
		if (a->words.n == 0)
			return err_set(err, RC_USAGE,
			    "--%s takes the commits that are meant",
			    unlinked_opts[which].name);
		return RC_OK;
	}
	if (a->words.n > 1)
		return err_set(err, RC_USAGE,
		    "notes unlinked takes one version, not \"%s\" as well "
		    "(commits go behind --accept and --dismiss)",
		    a->words.v[1]);
	return RC_OK;
}

const struct cmd cmd_unlinked = {
	.name = "unlinked",
	.args = "[VERSION | --accept|--dismiss|--restore COMMIT...]",
	.help = "commits without a ticket, and the ticket that may be meant",
	.details =
	    "Without VERSION: of what is not released yet. A ticket is\n"
	    "suggested by its title; with a question mark when that is not\n"
	    "enough for the notes to list it. --accept makes the links by\n"
	    "hand, all of them or none; one undo takes them back. A commit\n"
	    "that needs no ticket is dismissed and not asked about again.",
	.examples = "  notes unlinked 1.4.0\n"
		    "  notes unlinked --accept 1f2e3d4 5c6b7a8\n"
		    "  notes unlinked --dismiss 9a8b7c6",
	.opts = unlinked_opts,
	.values = "release rev",
	.max = CMD_ANY,
	.mode = CMD_WRITE,
	.group = GROUP_COMMITS,
	.stop = OPT_WORDS_TOO,
	.check = unlinked_check,
	.run = unlinked_run,
};
