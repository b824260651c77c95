#include <string.h>

#include "base/buf.h"
#include "doc.h"
#include "format.h"
#include "style.h"

const struct format *const formats[FORMAT_N] = {
	[FORMAT_MARKDOWN] = &format_md,
	[FORMAT_JSON] = &format_json,
};

const char *const render_format_names[] = {
	"md",
	"html",
	"text",
	"man",
	"json",
	"html-fragment",
	"debian",
	"appstream",
	NULL,
};

enum render_format
render_format_find(const char *name)
{
	for (int i = 0; i < FORMAT_N; i++) {
		if (strcmp(render_format_names[i], name) == 0)
			return (enum render_format)i;
	}
	return FORMAT_N;
}

enum rc
render_notes(const struct notes *n, const struct render_options *o,
    struct buf *out, struct err *err)
{
	struct render_options opt = *o;
	struct render_job job = { .notes = n, .options = &opt };
	const struct style *style;
	enum rc rc;

	if (opt.style == NULL)
		opt.style = "default";
	if ((style = style_find(opt.style)) == NULL)
		return err_set(err, RC_USAGE,
		    "no style \"%s\" (see: notes help generate)", opt.style);
	if ((int)opt.format < 0 || opt.format >= FORMAT_N ||
	    formats[opt.format] == NULL)
		return err_set(err, RC_USAGE, "no such format");
	if ((int)opt.lang < 0 || opt.lang >= LANG_N)
		return err_set(err, RC_USAGE, "no such language (en, ko)");

	if (formats[opt.format]->from_doc) {
		const struct sheet sheet = {
			.n = n,
			.o = &opt,
			.doc = doc_new(),
		};

		style->heading(&sheet);
		style->body(&sheet);
		cmark_consolidate_text_nodes(sheet.doc);
		job.doc = sheet.doc;
	}
	rc = formats[opt.format]->write(&job, out, err);
	if (job.doc != NULL)
		cmark_node_free(job.doc);
	return rc;
}

enum rc
render_heading(const struct notes *n, const struct render_options *o,
    struct buf *out, struct err *err)
{
	struct render_options opt = *o;
	struct sheet sheet = { .n = n, .o = &opt };
	const struct style *const style =
	    style_find(o->style == NULL ? "default" : o->style);

	if (style == NULL)
		return err_set(err, RC_USAGE,
		    "no style \"%s\" (see: notes help generate)", o->style);
	sheet.doc = doc_new();
	style->heading(&sheet);
	cmark_consolidate_text_nodes(sheet.doc);
	format_md_write(sheet.doc, out);
	cmark_node_free(sheet.doc);
	return RC_OK;
}
