/* What every format is: a name and a function from a job to bytes. */
#ifndef NOTES_RENDER_FORMAT_H
#define NOTES_RENDER_FORMAT_H

#include <cmark.h>
#include <stdbool.h>

#include "render/render.h"

struct render_job {
	const struct notes *notes;
	const struct render_options *options; /* style is never NULL */
	cmark_node *doc;                      /* NULL unless from_doc */
};

struct format {
	const char *name;
	bool from_doc; /* writes the style's tree; else the
					   notes themselves */
	enum rc (*write)(const struct render_job *job, struct buf *out,
	    struct err *err);
};

/* Indexed by enum render_format. */
extern const struct format *const formats[FORMAT_N];

extern const struct format format_md;
extern const struct format format_html;
extern const struct format format_fragment;
extern const struct format format_text;
extern const struct format format_man;
extern const struct format format_json;
extern const struct format format_debian;
extern const struct format format_appstream;

/* The tree as Markdown, for templates and entries of other formats. */
void format_md_write(cmark_node *doc, struct buf *out);
/* The children of node, which are inlines, as one line of Markdown. */
void format_md_inlines(cmark_node *node, struct buf *out);

#endif
