#include "app/transfer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/fs.h"
#include "cli/common.h"
#include "cli/text.h"

enum { EXPORT_FORMAT, EXPORT_RAW, EXPORT_OUTPUT };

static const struct opt export_opts[] = {
	[EXPORT_FORMAT] = { 0, "format", "FORMAT", "csv (the default) or json",
	    "transfer" },
	[EXPORT_RAW] = { 0, "raw", NULL,
	    "CSV: leave cells alone that a spreadsheet would run", NULL },
	[EXPORT_OUTPUT] = { 'o', "output", "FILE", "write to this file",
	    "file" },
	{ 0 },
};

static enum rc
format_of(const struct cli *c, const struct args *a, enum export_format *format,
    struct err *err)
{
	const char *name = args_get(a, EXPORT_FORMAT);

	*format = c->out.form == OUT_JSON ? EXPORT_JSON : EXPORT_CSV;
	if (name == NULL)
		return RC_OK;
	if (strcmp(name, "csv") == 0)
		*format = EXPORT_CSV;
	else if (strcmp(name, "json") == 0)
		*format = EXPORT_JSON;
	else
		return err_set(err, RC_USAGE,
		    "--format takes csv or json, not \"%s\"", name);
	return RC_OK;
}

/* To the output, by way of a file: a reader that is slow, or stops at a page,
 * must not keep writers out of the database. */
static enum rc
copy_out(struct cli *c, FILE *file, struct err *err)
{
	char chunk[65536];
	size_t n;

	if (fflush(file) != 0 || fseek(file, 0, SEEK_SET) != 0)
		return err_errno(err, errno, "cannot write the export");
	while ((n = fread(chunk, 1, sizeof(chunk), file)) > 0) {
		if (c->out.tty)
			out_lines(&c->out, chunk, n);
		else
			out_raw(&c->out, chunk, n);
		if (out_gone(&c->out))
			return RC_OK;
	}
	if (ferror(file))
		return err_errno(err, errno, "cannot read the export");
	return RC_OK;
}

static enum rc
to_output(struct cli *c, enum export_format format, const struct filter *f,
    bool raw, struct err *err)
{
	FILE *file = tmpfile();
	enum rc rc;

	if (file == NULL)
		return err_errno(err, errno, "cannot make a temporary file");
	rc = app_export(c->app, format, f, raw, file, err);
	if (rc == RC_OK)
		rc = copy_out(c, file, err);
	fclose(file);
	return rc;
}

static enum rc
to_file(struct cli *c, const char *path, enum export_format format,
    const struct filter *f, bool raw, struct err *err)
{
	mode_t mask = umask(0);
	char *text = NULL;
	size_t len = 0;
	FILE *file;
	enum rc rc;

	umask(mask);
	file = open_memstream(&text, &len);
	if (file == NULL)
		return err_errno(err, errno, "cannot write %s", path);
	rc = app_export(c->app, format, f, raw, file, err);
	if (fclose(file) != 0 && rc == RC_OK)
		rc = err_errno(err, errno, "cannot write %s", path);
	if (rc == RC_OK)
		rc = fs_write(path, text, len, 0666 & ~mask, err);
	if (rc == RC_OK)
		out_say(&c->out, "%s written", path);
	free(text);
	return rc;
}

static enum rc
export_run(struct cli *c, const struct args *a, struct err *err)
{
	const char *path = args_get(a, EXPORT_OUTPUT);
	bool raw = args_has(a, EXPORT_RAW);
	struct filter *filter = NULL;
	struct buf text = BUF_INIT;
	enum export_format format;
	enum rc rc;

	if ((rc = format_of(c, a, &format, err)) != RC_OK)
		return rc;
	text_join(&text, &a->words, 0);
	if (text.len > 0)
		rc = app_filter(c->app, buf_str(&text), false, &filter, err);
	if (rc != RC_OK)
		goto out;
	if (path != NULL && strcmp(path, "-") != 0)
		rc = to_file(c, path, format, filter, raw, err);
	else
		rc = to_output(c, format, filter, raw, err);
out:
	filter_free(filter);
	buf_release(&text);
	return rc;
}

const struct cmd cmd_export = {
	.name = "export",
	.args = "[FILTER...]",
	.help = "write tickets as CSV or JSON",
	.details =
	    "JSON holds comments, relations, releases and builds as well, in\n"
	    "a stable order that is fit for version control. In CSV, cells\n"
	    "that begin with = + - @ get a ' in front unless --raw is given.",
	.opts = export_opts,
	.values = "filter",
	.max = CMD_ANY,
	.mode = CMD_READ,
	.group = GROUP_DATA,
	.stop = OPT_DASH_WORDS,
	.run = export_run,
};
