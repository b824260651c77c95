#include "app/generate.h"

#include <string.h>
#include <sys/stat.h>

#include "app/publish.h"
#include "base/fs.h"
#include "cli/common.h"
#include "doubts.h"
#include "revisions.h"

enum {
	GENERATE_FROM,
	GENERATE_TO,
	GENERATE_BUILD,
	GENERATE_BY_BUILD,
	GENERATE_STYLE,
	GENERATE_FORMAT,
	GENERATE_LANG,
	GENERATE_COMMITS,
	GENERATE_OUTPUT,
	GENERATE_UPDATE,
	GENERATE_REVISIONS,
	GENERATE_REVISION,
	GENERATE_COMPARE,
	GENERATE_ALL
};

static const struct opt generate_opts[] = {
	[GENERATE_FROM] = { 0, "from", "REV",
	    "begin behind this commit or version (else: the release before)",
	    "rev" },
	[GENERATE_TO] = { 0, "to", "REV",
	    "end with this commit or version (else: the release)", "rev" },
	[GENERATE_BUILD] = { 0, "build", "N", "what is new in this build",
	    NULL },
	[GENERATE_BY_BUILD] = { 0, "by-build", NULL,
	    "grouped by the build that has it first", NULL },
	[GENERATE_STYLE] = { 0, "style", "STYLE", "{names}", "style" },
	[GENERATE_FORMAT] = { 0, "format", "FORMAT", "{names}", "format" },
	[GENERATE_LANG] = { 0, "lang", "LANG", "headings in en or ko", "lang" },
	[GENERATE_COMMITS] = { 0, "commits", "HOW",
	    "conventional: list commits without a ticket by type and scope",
	    "commits" },
	[GENERATE_OUTPUT] = { 'o', "output", "FILE", "write to this file",
	    "file" },
	[GENERATE_UPDATE] = { 0, "update", "FILE",
	    "merge into this version's section of the file, and nothing else",
	    "file" },
	[GENERATE_REVISIONS] = { 0, "revisions", NULL,
	    "list what was written to files before (VERSION, or of all)",
	    NULL },
	[GENERATE_REVISION] = { 0, "revision", "N",
	    "print that revision of the notes", NULL },
	[GENERATE_COMPARE] = { 0, "compare", "N",
	    "what changed from revision N to M, or to the newest", NULL },
	[GENERATE_ALL] = { 0, "all", NULL,
	    "every published version, newest first", NULL },
	{ 0 },
};

/* A new file is as readable as the user's others. */
static mode_t
file_mode(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

static enum rc
update(struct cli *c, const char *path, const struct notes *n,
    const struct app_render *r, struct err *err)
{
	struct app_update u;
	json_t *json;
	enum rc rc;

	rc = app_update(c->app, n, r, path, &u, err);
	if (rc != RC_OK)
		goto out;
	if (c->out.form == OUT_JSON) {
		json = json_object();
		json_put(json, "file", json_text(path));
		json_put(json, "changed", json_boolean(u.changed));
		json_put(json, "conflicts", json_texts(&u.conflicts));
		out_json(&c->out, json);
	} else {
		out_say(&c->out, u.changed ? "%s written" : "%s unchanged",
		    path);
	}
	common_warnings(c, &u.conflicts);
out:
	app_update_release(&u);
	return rc;
}

static enum rc
print(struct cli *c, const char *path, const struct notes *n,
    const struct app_render *r, struct err *err)
{
	struct buf text = BUF_INIT;
	enum rc rc;

	if ((rc = app_render(c->app, n, r, &text, err)) != RC_OK)
		goto out;
	if (path != NULL && strcmp(path, "-") != 0) {
		rc = fs_write(path, buf_str(&text), text.len, file_mode(), err);
		if (rc == RC_OK)
			rc = app_keep_revision(c->app, n, r, path, &text, err);
		if (rc == RC_OK && c->out.form == OUT_TEXT)
			out_say(&c->out, "%s written", path);
	} else if (c->out.tty) {
		out_lines(&c->out, buf_str(&text), text.len);
	} else {
		out_raw(&c->out, buf_str(&text), text.len);
	}
out:
	buf_release(&text);
	return rc;
}

/* Every version, one after the other. */
struct all {
	struct cli *c;
	const struct app_render *render;
	struct buf text;
	size_t n;
	enum rc rc;
	struct err *err;
};

static bool
all_visit(const struct notes *n, void *arg)
{
	struct all *all = arg;
	const bool json = all->render->format != NULL &&
	    strcmp(all->render->format, "json") == 0;

	if (json)
		buf_puts(&all->text, all->n == 0 ? "[\n" : ",\n");
	else if (all->n > 0)
		buf_putc(&all->text, '\n');
	all->n++;
	all->rc = app_render(all->c->app, n, all->render, &all->text, all->err);
	if (json)
		while (all->text.len > 0 &&
		    all->text.ptr[all->text.len - 1] == '\n')
			buf_truncate(&all->text, all->text.len - 1);
	return all->rc == RC_OK;
}

static enum rc
generate_all(struct cli *c, const struct generate_options *o,
    const struct app_render *render, const char *path, struct err *err)
{
	struct all all = { .c = c, .render = render, .err = err };
	enum rc rc = app_generate_all(c->app, o, all_visit, &all, err);

	if (rc == RC_OK)
		rc = all.rc;
	if (rc == RC_OK && render->format != NULL &&
	    strcmp(render->format, "json") == 0)
		buf_puts(&all.text, all.n == 0 ? "[]\n" : "\n]\n");
	if (rc == RC_OK && all.n == 0)
		out_say(&c->out, "no release is published yet");
	if (rc == RC_OK && path != NULL && strcmp(path, "-") != 0)
		rc = fs_write(path, buf_str(&all.text), all.text.len,
		    file_mode(), err);
	else if (rc == RC_OK)
		out_raw(&c->out, buf_str(&all.text), all.text.len);
	buf_release(&all.text);
	return rc;
}

static enum rc
generate_check(const struct args *a, struct err *err)
{
	if (args_has(a, GENERATE_UPDATE) && args_has(a, GENERATE_OUTPUT))
		return err_set(err, RC_USAGE,
		    "--output writes a whole file, --update a part of it: "
		    "choose one");
	if (args_has(a, GENERATE_REVISIONS) + args_has(a, GENERATE_REVISION) +
		args_has(a, GENERATE_COMPARE) >
	    1)
		return err_set(err, RC_USAGE,
		    "choose one of --revisions, --revision and --compare");
	if (args_has(a, GENERATE_ALL) &&
	    (a->words.n > 0 || args_has(a, GENERATE_UPDATE) ||
		args_has(a, GENERATE_FROM) || args_has(a, GENERATE_TO) ||
		args_has(a, GENERATE_BUILD)))
		return err_set(err, RC_USAGE,
		    "--all is every version: no VERSION, range, build or "
		    "--update goes with it");
	if (a->words.n > 1 && !args_has(a, GENERATE_COMPARE))
		return err_set(err, RC_USAGE, "one VERSION at a time");
	return RC_OK;
}

/* Of notes that were written before, and nothing new. */
static enum rc
show_kept(struct cli *c, const struct args *a, bool *done, struct err *err)
{
	const size_t n = a->words.n;
	const char *const version = n == 0 ? NULL : a->words.v[n - 1];

	*done = true;
	if (args_has(a, GENERATE_REVISIONS))
		return revisions_list(c, version, err);
	if (args_has(a, GENERATE_REVISION))
		return revisions_print(c, version,
		    args_get(a, GENERATE_REVISION), err);
	if (args_has(a, GENERATE_COMPARE))
		return revisions_compare(c, version,
		    args_get(a, GENERATE_COMPARE), n > 1 ? a->words.v[0] : NULL,
		    err);
	*done = false;
	return RC_OK;
}

static enum rc
generate_run(struct cli *c, const struct args *a, struct err *err)
{
	struct generate_options options = {
		.version = a->words.n == 0 ? NULL : a->words.v[0],
		.from = args_get(a, GENERATE_FROM),
		.to = args_get(a, GENERATE_TO),
		.build = args_get(a, GENERATE_BUILD),
		.by_build = args_has(a, GENERATE_BY_BUILD),
		.commits = args_get(a, GENERATE_COMMITS),
	};
	struct app_render render = {
		.style = args_get(a, GENERATE_STYLE),
		.format = args_get(a, GENERATE_FORMAT),
		.lang = args_get(a, GENERATE_LANG),
		.by_build = options.by_build,
	};
	const char *file = args_get(a, GENERATE_UPDATE);
	struct notes notes;
	bool done;
	enum rc rc = show_kept(c, a, &done, err);

	if (done)
		return rc;
	if (c->out.form == OUT_JSON && file == NULL && render.format == NULL)
		render.format = "json";
	if (args_has(a, GENERATE_ALL))
		return generate_all(c, &options, &render,
		    args_get(a, GENERATE_OUTPUT), err);
	notes_init(&notes);
	rc = app_generate(c->app, &options, &notes, err);
	if (rc == RC_OK)
		rc = file != NULL ? update(c, file, &notes, &render, err)
				  : print(c, args_get(a, GENERATE_OUTPUT),
					&notes, &render, err);
	if (rc == RC_OK)
		doubts_tell(c, &notes, &options);
	notes_release(&notes);
	return rc;
}

const struct cmd cmd_generate = {
	.name = "generate",
	.args = "[VERSION]",
	.help = "write the release notes of a version",
	.details =
	    "Without VERSION: what is not released yet. The range begins at\n"
	    "the release published before on the same line of history. The\n"
	    "same state gives the same bytes; doubts are warnings on standard\n"
	    "error. --json means --format json.\n"
	    "\n"
	    "With releases as --from and --to, and without VERSION: upgrade\n"
	    "notes between any two, less what the first one has already.",
	.examples = "  notes generate 1.4.0\n"
		    "  notes generate 1.4.0 --update CHANGELOG.md\n"
		    "  notes generate --compare 1 2 1.4.0\n"
		    "  notes generate --from 1.2.7 --to 1.4.0\n"
		    "  notes generate --commits conventional\n"
		    "  notes generate --format html --lang ko -o next.html",
	.opts = generate_opts,
	.values = "release none",
	.max = 2,
	.mode = CMD_WRITE,
	.group = GROUP_RELEASES,
	.stop = OPT_WORDS_TOO,
	.check = generate_check,
	.run = generate_run,
};
