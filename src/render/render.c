#include <string.h>

#include "base/buf.h"
#include "doc.h"
#include "embed.h"
#include "render/format/format.h"
#include "render/style/style.h"

const struct format *const formats[FORMAT_N] = {
	[FORMAT_MARKDOWN] = &format_md,
	[FORMAT_HTML] = &format_html,
	[FORMAT_TEXT] = &format_text,
	[FORMAT_MAN] = &format_man,
	[FORMAT_JSON] = &format_json,
	[FORMAT_HTML_FRAGMENT] = &format_fragment,
	[FORMAT_DEBIAN] = &format_debian,
	[FORMAT_APPSTREAM] = &format_appstream,
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

/* Checks the options and fills in the style where none is named. */
static enum rc
prepare(const struct render_options *o, struct render_options *opt,
    const struct style **style, struct err *err)
{
	*opt = *o;
	if (opt->style == NULL)
		opt->style = o->template_text == NULL ? "default" : "template";
	if ((*style = style_find(opt->style)) == NULL)
		return err_set(err, RC_USAGE,
		    "no style \"%s\" (see: notes help generate)", opt->style);
	if ((int)opt->format < 0 || opt->format >= FORMAT_N)
		return err_set(err, RC_USAGE,
		    "no such format (see: notes help generate)");
	if ((int)opt->lang < 0 || opt->lang >= LANG_N)
		return err_set(err, RC_USAGE, "no such language: en or ko");
	return RC_OK;
}

static enum rc
write_doc(const struct style *style, const struct sheet *sheet,
    struct render_job *job, struct buf *out, struct err *err)
{
	job->doc = sheet->doc;
	style->heading(sheet);
	style->body(sheet);
	cmark_consolidate_text_nodes(sheet->doc);
	return formats[sheet->o->format]->write(job, out, err);
}

/* A style that writes Markdown: the other formats read it back. */
static enum rc
write_markdown(const struct style *style, const struct sheet *sheet,
    struct render_job *job, struct buf *out, struct err *err)
{
	struct buf md = BUF_INIT;
	enum rc rc;

	if (sheet->o->format == FORMAT_MARKDOWN)
		return style->markdown(sheet, out, err);
	if ((rc = style->markdown(sheet, &md, err)) == RC_OK) {
		job->doc = embed_parse(buf_str(&md), md.len, EMBED_PAGE);
		rc = formats[sheet->o->format]->write(job, out, err);
		cmark_node_free(job->doc);
	}
	buf_release(&md);
	return rc;
}

enum rc
render_notes(const struct notes *n, const struct render_options *o,
    struct buf *out, struct err *err)
{
	struct render_options opt;
	struct render_job job = { .notes = n, .options = &opt };
	struct sheet sheet = { .n = n, .o = &opt };
	const struct style *style;
	enum rc rc;

	if ((rc = prepare(o, &opt, &style, err)) != RC_OK)
		return rc;
	if (!formats[opt.format]->from_doc)
		return formats[opt.format]->write(&job, out, err);
	sheet.doc = doc_new();
	rc = style->markdown != NULL
	    ? write_markdown(style, &sheet, &job, out, err)
	    : write_doc(style, &sheet, &job, out, err);
	cmark_node_free(sheet.doc);
	return rc;
}

enum rc
render_heading(const struct notes *n, const struct render_options *o,
    struct buf *out, struct err *err)
{
	struct render_options opt;
	struct sheet sheet = { .n = n, .o = &opt };
	struct buf md = BUF_INIT;
	const struct style *style;
	enum rc rc;

	if ((rc = prepare(o, &opt, &style, err)) != RC_OK)
		return rc;
	if (style->markdown != NULL) {
		if ((rc = style->markdown(&sheet, &md, err)) == RC_OK) {
			buf_add(out, md.ptr, strcspn(buf_str(&md), "\n"));
			buf_putc(out, '\n');
		}
		buf_release(&md);
		return rc;
	}
	sheet.doc = doc_new();
	style->heading(&sheet);
	cmark_consolidate_text_nodes(sheet.doc);
	format_md_write(sheet.doc, out);
	cmark_node_free(sheet.doc);
	return RC_OK;
}
