#include "app/generate.h"

#include <string.h>
#include <sys/stat.h>

#include "base/fs.h"
#include "common.h"
#include "doubts.h"

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
	GENERATE_UPDATE
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
	[GENERATE_STYLE] = { 0, "style", "STYLE",
	    "default, keepachangelog, maven, firefox, android", "style" },
	[GENERATE_FORMAT] = { 0, "format", "FORMAT",
	    "md, html, text, man or json", "format" },
	[GENERATE_LANG] = { 0, "lang", "LANG", "headings in en or ko", "lang" },
	[GENERATE_COMMITS] = { 0, "commits", "HOW",
	    "conventional: list commits without a ticket by type and scope",
	    "commits" },
	[GENERATE_OUTPUT] = { 'o', "output", "FILE", "write to this file",
	    "file" },
	[GENERATE_UPDATE] = { 0, "update", "FILE",
	    "replace this version's section of the file, and nothing else",
	    "file" },
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
	bool changed = false;
	json_t *json;
	enum rc rc;

	rc = app_update_file(c->app, n, r, path, &changed, err);
	if (rc != RC_OK)
		return rc;
	if (c->out.form == OUT_JSON) {
		json = json_object();
		json_put(json, "file", json_text(path));
		json_put(json, "changed", json_boolean(changed));
		out_json(&c->out, json);
	} else {
		out_say(&c->out, changed ? "%s written" : "%s unchanged", path);
	}
	return RC_OK;
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

static enum rc
generate_check(const struct args *a, struct err *err)
{
	if (args_has(a, GENERATE_UPDATE) && args_has(a, GENERATE_OUTPUT))
		return err_set(err, RC_USAGE,
		    "--output writes a whole file, --update a part of it: "
		    "choose one");
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
	enum rc rc;

	if (c->out.form == OUT_JSON && file == NULL && render.format == NULL)
		render.format = "json";
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
		    "  notes generate --from 1.2.7 --to 1.4.0\n"
		    "  notes generate --commits conventional\n"
		    "  notes generate --format html --lang ko -o next.html",
	.opts = generate_opts,
	.values = "release none",
	.max = 1,
	.mode = CMD_WRITE,
	.group = GROUP_RELEASES,
	.stop = OPT_WORDS_TOO,
	.check = generate_check,
	.run = generate_run,
};
