/*
 * HTML: a page that stands alone and a fragment to embed.  Only what is made
 * here becomes markup; links are http, https and mailto.  The page forbids
 * everything but its own style sheet, which the policy names by hash
 * (https://www.w3.org/TR/CSP3/#match-element-to-source-list).
 */
#include "format.h"

#include <string.h>

#include "base/buf.h"
#include "render/doc.h"
#include "format_html.h"
#include "render/markup.h"

static void html_blocks(struct buf *out, cmark_node *parent);
static void html_inlines(struct buf *out, cmark_node *parent);

const char format_html_style[] =
    ":root{color-scheme:light dark}"
    "body{max-width:44em;margin:2em auto;padding:0 1em;line-height:1.6;"
    "font-family:system-ui,sans-serif}"
    "code,pre{font-family:ui-monospace,monospace;font-size:.95em}"
    "pre{overflow:auto;padding:.6em 1em;border:1px solid}"
    "blockquote{margin-left:0;padding-left:1em;border-left:.2em solid}"
    "table{border-collapse:collapse}"
    "th,td{border:1px solid;padding:.3em .8em;text-align:left}"
    "h1{line-height:1.2}h2{margin-top:1.6em}li{margin:.3em 0}";

/* base64 of the SHA-256 of the bytes above; a test computes it. */
const char format_html_hash[] =
    "sha256-zEg1FmrSo3zsd6/SQ3iTKTeq2Lg3snIwcqFvZ2Jlq4k=";

static void
wrap_inlines(struct buf *out, const char *tag, cmark_node *node)
{
	buf_printf(out, "<%s>", tag);
	html_inlines(out, node);
	buf_printf(out, "</%s>", tag);
}

static void
html_link(struct buf *out, cmark_node *node, const char *url)
{
	if (!doc_url_safe(url)) {
		html_inlines(out, node);
		return;
	}
	buf_puts(out, "<a href=\"");
	markup_text(out, url);
	buf_puts(out, "\">");
	html_inlines(out, node);
	buf_puts(out, "</a>");
}

static void
html_inline(struct buf *out, cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
		markup_text(out, cmark_node_get_literal(node));
		break;
	case CMARK_NODE_CODE:
		buf_puts(out, "<code>");
		markup_text(out, cmark_node_get_literal(node));
		buf_puts(out, "</code>");
		break;
	case CMARK_NODE_SOFTBREAK:
		buf_putc(out, ' ');
		break;
	case CMARK_NODE_LINEBREAK:
		buf_puts(out, "<br>\n");
		break;
	case CMARK_NODE_EMPH:
		wrap_inlines(out, "em", node);
		break;
	case CMARK_NODE_STRONG:
		wrap_inlines(out, "strong", node);
		break;
	case CMARK_NODE_LINK:
		html_link(out, node, cmark_node_get_url(node));
		break;
	case CMARK_NODE_CUSTOM_INLINE:
		buf_putc(out, '[');
		html_link(out, node, cmark_node_get_on_exit(node));
		buf_putc(out, ']');
		break;
	default:
		html_inlines(out, node);
		break;
	}
}

static void
html_inlines(struct buf *out, cmark_node *parent)
{
	cmark_node *node = cmark_node_first_child(parent);

	for (; node != NULL; node = cmark_node_next(node))
		html_inline(out, node);
}

static void
html_code_block(struct buf *out, cmark_node *node)
{
	const char *const info = cmark_node_get_fence_info(node);

	buf_puts(out, "<pre><code");
	if (*info != '\0') {
		buf_puts(out, " class=\"language-");
		markup_text(out, info);
		buf_putc(out, '"');
	}
	buf_putc(out, '>');
	markup_text(out, cmark_node_get_literal(node));
	buf_puts(out, "</code></pre>\n");
}

/* An item of one paragraph, with a list below perhaps, needs no <p>. */
static void
html_item(struct buf *out, cmark_node *item)
{
	cmark_node *const first = cmark_node_first_child(item);
	cmark_node *const second = first == NULL ? NULL
						 : cmark_node_next(first);

	buf_puts(out, "<li>");
	if (first != NULL &&
	    cmark_node_get_type(first) == CMARK_NODE_PARAGRAPH &&
	    (second == NULL ||
		cmark_node_get_type(second) == CMARK_NODE_LIST)) {
		html_inlines(out, first);
		if (second != NULL) {
			buf_putc(out, '\n');
			cmark_node_unlink(first);
			html_blocks(out, item);
			cmark_node_prepend_child(item, first);
		}
	} else {
		buf_putc(out, '\n');
		html_blocks(out, item);
	}
	buf_puts(out, "</li>\n");
}

static void
html_list(struct buf *out, cmark_node *list)
{
	const bool ordered = cmark_node_get_list_type(list) ==
	    CMARK_ORDERED_LIST;
	const int start = cmark_node_get_list_start(list);
	cmark_node *item = cmark_node_first_child(list);

	if (ordered && start != 1)
		buf_printf(out, "<ol start=\"%d\">\n", start);
	else
		buf_puts(out, ordered ? "<ol>\n" : "<ul>\n");
	for (; item != NULL; item = cmark_node_next(item))
		html_item(out, item);
	buf_puts(out, ordered ? "</ol>\n" : "</ul>\n");
}

static void
html_table(struct buf *out, cmark_node *table)
{
	cmark_node *row = cmark_node_first_child(table);
	const char *tag = "th";

	buf_puts(out, "<table>\n");
	for (; row != NULL; row = cmark_node_next(row), tag = "td") {
		cmark_node *cell = cmark_node_first_child(row);

		buf_puts(out, "<tr>");
		for (; cell != NULL; cell = cmark_node_next(cell))
			wrap_inlines(out, tag, cell);
		buf_puts(out, "</tr>\n");
	}
	buf_puts(out, "</table>\n");
}

static void
html_block(struct buf *out, cmark_node *node)
{
	char tag[3] = "h1";

	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_HEADING:
		tag[1] = (char)('0' + cmark_node_get_heading_level(node));
		wrap_inlines(out, tag, node);
		buf_putc(out, '\n');
		break;
	case CMARK_NODE_PARAGRAPH:
		wrap_inlines(out, "p", node);
		buf_putc(out, '\n');
		break;
	case CMARK_NODE_CODE_BLOCK:
		html_code_block(out, node);
		break;
	case CMARK_NODE_LIST:
		html_list(out, node);
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		buf_puts(out, "<blockquote>\n");
		html_blocks(out, node);
		buf_puts(out, "</blockquote>\n");
		break;
	case CMARK_NODE_THEMATIC_BREAK:
		buf_puts(out, "<hr>\n");
		break;
	case CMARK_NODE_CUSTOM_BLOCK:
		if (doc_kind(node) == DOC_TABLE)
			html_table(out, node);
		break;
	default:
		break;
	}
}

static void
html_blocks(struct buf *out, cmark_node *parent)
{
	cmark_node *node = cmark_node_first_child(parent);

	for (; node != NULL; node = cmark_node_next(node))
		html_block(out, node);
}

/* The project and the first heading. */
static void
html_title(const struct render_job *job, struct buf *out)
{
	const char *const project = job->options->project;
	cmark_node *const h = cmark_node_first_child(job->doc);
	struct buf title = BUF_INIT;

	if (h != NULL)
		doc_plain(h, &title);
	if (project != NULL && strstr(buf_str(&title), project) == NULL) {
		struct buf clean = BUF_INIT;

		doc_clean(&clean, project, strlen(project));
		markup_text(out, buf_str(&clean));
		buf_putc(out, ' ');
		buf_release(&clean);
	}
	markup_text(out, buf_str(&title));
	buf_release(&title);
}

static enum rc
fragment_write(const struct render_job *job, struct buf *out, struct err *err)
{
	(void)err;
	buf_printf(out, "<section class=\"release-notes\" lang=\"%s\">\n",
	    render_lang_names[job->options->lang]);
	html_blocks(out, job->doc);
	buf_puts(out, "</section>\n");
	return RC_OK;
}

static enum rc
html_write(const struct render_job *job, struct buf *out, struct err *err)
{
	(void)err;
	buf_printf(out,
	    "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n"
	    "<meta http-equiv=\"Content-Security-Policy\" content=\""
	    "default-src 'none'; style-src '%s'; base-uri 'none'; "
	    "form-action 'none'\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width, "
	    "initial-scale=1\">\n<title>",
	    render_lang_names[job->options->lang], format_html_hash);
	html_title(job, out);
	buf_printf(out,
	    "</title>\n<style>%s</style>\n</head>\n<body>\n<main>\n",
	    format_html_style);
	html_blocks(out, job->doc);
	buf_puts(out, "</main>\n</body>\n</html>\n");
	return RC_OK;
}

const struct format format_html = {
	.name = "html",
	.from_doc = true,
	.write = html_write,
};

const struct format format_fragment = {
	.name = "html-fragment",
	.from_doc = true,
	.write = fragment_write,
};
