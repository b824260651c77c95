#include "app/release.h"

#include <stdlib.h>
#include <string.h>

#include "app/scan.h"
#include "cli/common.h"
#include "cli/table.h"
#include "cli/text.h"
#include "release_cmds.h"
#include "release_print.h"

enum {
	RELEASE_TITLE,
	RELEASE_TEXT,
	RELEASE_FILE,
	RELEASE_TAG,
	RELEASE_PREVIOUS,
	RELEASE_START,
	RELEASE_TARGET,
	RELEASE_DATE,
	RELEASE_REASON,
	RELEASE_OWNER
};

static const struct opt edit_opts[] = {
	[RELEASE_TITLE] = { 0, "title", "TEXT", "a name beside the number",
	    NULL },
	[RELEASE_TEXT] = { 'd', "description", "TEXT",
	    "what the notes begin with, in Markdown", NULL },
	[RELEASE_FILE] = { 'F', "file", "FILE",
	    "description from a file; - is standard input", "file" },
	[RELEASE_TAG] = { 0, "tag", "TAG", "the tag in git", "rev" },
	[RELEASE_PREVIOUS] = { 0, "previous", "VERSION",
	    "the release before it (else: by ancestry)", "release" },
	[RELEASE_START] = { 0, "start", "DATE", "when work began", NULL },
	[RELEASE_TARGET] = { 0, "target", "DATE", "when it is to be out",
	    NULL },
	[RELEASE_DATE] = { 0, "date", "DATE", "when it came out", NULL },
	[RELEASE_REASON] = { 0, "reason", "TEXT", "why it was withdrawn",
	    NULL },
	[RELEASE_OWNER] = { 0, "owner", "WHO", "who sees to it; me is you",
	    "assignee" },
	{ 0 },
};

void
release_refresh(struct cli *c)
{
	struct err quiet = ERR_INIT;

	(void)app_refresh(c->app, &quiet);
}

static enum rc
list_run(struct cli *c, const struct args *a, struct err *err)
{
	struct table table = { .shrinks = 4, .drop_empty = true };
	struct release_list l = { 0 };
	char day[11];
	enum rc rc;

	(void)a;
	release_refresh(c);
	if ((rc = app_releases(c->app, &l, err)) != RC_OK)
		return rc;
	table_column(&table, "VERSION");
	table_column(&table, "STATE");
	table_column(&table, "DATE");
	table_column(&table, "TAG");
	table_column(&table, "TITLE");
	if (c->out.form == OUT_JSON)
		out_json_open(&c->out);
	for (size_t i = 0; i < l.n; i++) {
		const struct release *r = &l.v[i];

		if (c->out.form == OUT_JSON) {
			out_json_item(&c->out, release_to_json(r));
		} else if (c->out.form == OUT_PORCELAIN) {
			release_to_porcelain(&c->out, r);
		} else {
			table_cell(&table, STYLE_KEY, r->version);
			table_cell(&table, release_style(r->state),
			    release_state_name(r->state));
			table_cell(&table, STYLE_NONE,
			    common_day(r->released, day));
			table_cell(&table, STYLE_DIM, r->tag);
			table_cell(&table, STYLE_NONE, r->title);
		}
	}
	if (c->out.form == OUT_JSON)
		out_json_close(&c->out);
	table_print(&table, &c->out);
	table_release(&table);
	release_list_release(&l);
	return RC_OK;
}

void
release_done(struct cli *c, const struct words *versions, const char *what)
{
	json_t *json, *names;

	if (c->out.form == OUT_JSON) {
		json = json_object();
		names = json_array();
		for (size_t i = 0; i < versions->n; i++)
			json_push(names, json_text(versions->v[i]));
		json_put(json, "versions", names);
		out_json(&c->out, json);
	} else if (c->out.form == OUT_PORCELAIN) {
		for (size_t i = 0; i < versions->n; i++) {
			out_field(&c->out, versions->v[i]);
			out_end(&c->out);
		}
	} else if (versions->n == 1) {
		out_say(&c->out, "%s %s", versions->v[0], what);
	} else {
		out_say(&c->out, "%zu release%s %s", versions->n,
		    common_s((int64_t)versions->n), what);
	}
}

static enum rc
change_of(const struct args *a, struct release_change *change, struct buf *text,
    struct err *err)
{
	enum rc rc = RC_OK;

	*change = (struct release_change){
		.title = args_get(a, RELEASE_TITLE),
		.description = args_get(a, RELEASE_TEXT),
		.tag = args_get(a, RELEASE_TAG),
		.previous = args_get(a, RELEASE_PREVIOUS),
		.start = args_get(a, RELEASE_START),
		.target = args_get(a, RELEASE_TARGET),
		.released = args_get(a, RELEASE_DATE),
		.reason = args_get(a, RELEASE_REASON),
		.owner = args_get(a, RELEASE_OWNER),
	};
	if (args_has(a, RELEASE_FILE)) {
		rc = text_file(args_get(a, RELEASE_FILE), text, err);
		change->description = buf_str(text);
	}
	return rc;
}

static enum rc
add_or_edit(struct cli *c, const struct args *a, const char *what,
    enum rc (*verb)(struct app *app, const char *version,
	const struct release_change *change, struct err *err),
    struct err *err)
{
	struct release_change change;
	struct buf text = BUF_INIT;
	enum rc rc;

	release_refresh(c);
	if ((rc = change_of(a, &change, &text, err)) == RC_OK)
		rc = verb(c->app, a->words.v[0], &change, err);
	if (rc == RC_OK)
		release_done(c, &a->words, what);
	buf_release(&text);
	return rc;
}

static enum rc
add_run(struct cli *c, const struct args *a, struct err *err)
{
	return add_or_edit(c, a, "added", app_release_add, err);
}

static enum rc
edit_run(struct cli *c, const struct args *a, struct err *err)
{
	release_refresh(c);
	return add_or_edit(c, a, "changed", app_release_edit, err);
}

static enum rc
import_tags_run(struct cli *c, const struct args *a, struct err *err)
{
	int64_t added = 0;
	json_t *json;
	enum rc rc;

	(void)a;
	if ((rc = app_release_import_tags(c->app, &added, err)) != RC_OK)
		return rc;
	if (c->out.form == OUT_JSON) {
		json = json_object();
		json_put(json, "added", json_integer(added));
		out_json(&c->out, json);
	} else if (c->out.form == OUT_PORCELAIN) {
		out_number(&c->out, added);
		out_end(&c->out);
	} else {
		out_say(&c->out, "%lld release%s from tags", (long long)added,
		    common_s(added));
	}
	return RC_OK;
}

static const struct cmd release_list = {
	.name = "list",
	.help = "releases, the newest version first",
	.mode = CMD_WRITE,
	.stop = OPT_WORDS_TOO,
	.group = GROUP_RELEASES,
	.run = list_run,
};

static const struct cmd release_add = {
	.name = "add",
	.args = "VERSION",
	.help = "plan a release",
	.opts = edit_opts,
	.values = "none",
	.min = 1,
	.max = 1,
	.mode = CMD_WRITE,
	.stop = OPT_WORDS_TOO,
	.group = GROUP_RELEASES,
	.run = add_run,
};

static const struct cmd release_edit = {
	.name = "edit",
	.args = "VERSION",
	.help = "change a release",
	.opts = edit_opts,
	.values = "release none",
	.min = 1,
	.max = 1,
	.mode = CMD_WRITE,
	.stop = OPT_WORDS_TOO,
	.group = GROUP_RELEASES,
	.run = edit_run,
};

static const struct cmd release_import_tags = {
	.name = "import-tags",
	.help = "make releases from the tags that match tracker.tags",
	.mode = CMD_WRITE,
	.stop = OPT_WORDS_TOO,
	.group = GROUP_RELEASES,
	.run = import_tags_run,
};

static const struct cmd *const release_subs[] = { &release_list, &release_show,
	&release_add, &release_edit, &release_publish, &release_yank,
	&release_drop, &release_import_tags, NULL };

const struct cmd cmd_release = {
	.name = "release",
	.help = "releases: versions planned, out, withdrawn or dropped",
	.examples = "  notes release add 1.4 --title 봄 --target 2024-04-01\n"
		    "  notes release publish 1.4",
	.subs = release_subs,
	.group = GROUP_RELEASES,
};
