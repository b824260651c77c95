/*
 * CommonMark that every forge reads alike.  cmark's own writer escapes too
 * much for people who read the file, and too little for the forges' dialects.
 */
#include "format.h"

#include <string.h>

#include "base/buf.h"
#include "render/doc.h"
#include "md_escape.h"
#include "render/md_inline.h"

struct writer {
	struct buf *out;
	struct buf prefix; /* of every line: quotes, indentation */
	bool line_open;
};

static void write_blocks(struct writer *w, cmark_node *parent);

static void
line_begin(struct writer *w)
{
	if (!w->line_open)
		buf_add(w->out, w->prefix.ptr, w->prefix.len);
	w->line_open = true;
}

static void
line_end(struct writer *w)
{
	buf_putc(w->out, '\n');
	w->line_open = false;
}

static void
line_blank(struct writer *w)
{
	size_t n = w->prefix.len;

	while (n > 0 && w->prefix.ptr[n - 1] == ' ')
		n--;
	buf_add(w->out, w->prefix.ptr, n);
	line_end(w);
}

/* Puts text whose line ends are hard breaks behind the prefix. */
static void
write_lines(struct writer *w, const char *s, size_t len)
{
	while (len > 0) {
		const char *const nl = memchr(s, '\n', len);
		const size_t n = nl == NULL ? len : (size_t)(nl - s);

		if (n > 0)
			line_begin(w);
		buf_add(w->out, s, n);
		if (nl == NULL)
			return;
		if (n > 0)
			line_end(w);
		else
			line_blank(w);
		s += n + 1;
		len -= n + 1;
	}
}

static void
write_paragraph(struct writer *w, cmark_node *node)
{
	struct buf text = BUF_INIT;

	md_paragraph(&text, node);
	line_begin(w);
	write_lines(w, buf_str(&text), text.len);
	line_end(w);
	buf_release(&text);
}

static void
write_heading(struct writer *w, cmark_node *node)
{
	line_begin(w);
	buf_fill(w->out, '#', (size_t)cmark_node_get_heading_level(node));
	buf_putc(w->out, ' ');
	md_inlines(w->out, node, MD_IN_HEADING | MD_LAST);
	line_end(w);
}

static void
write_code_block(struct writer *w, cmark_node *node)
{
	const char *const s = cmark_node_get_literal(node);
	const size_t len = strlen(s);
	size_t ticks = md_backticks(s, len) + 1;

	if (ticks < 3)
		ticks = 3;
	line_begin(w);
	buf_fill(w->out, '`', ticks);
	buf_puts(w->out, cmark_node_get_fence_info(node));
	line_end(w);
	write_lines(w, s, len);
	if (w->line_open)
		line_end(w);
	line_begin(w);
	buf_fill(w->out, '`', ticks);
	line_end(w);
}

/* Two lists in a row would be one: the second takes the other mark. */
static bool
list_takes_other_mark(cmark_node *list)
{
	cmark_node *const prev = cmark_node_previous(list);

	if (prev == NULL || cmark_node_get_type(prev) != CMARK_NODE_LIST ||
	    cmark_node_get_list_type(prev) != cmark_node_get_list_type(list))
		return false;
	return !list_takes_other_mark(prev);
}

static void
write_item(struct writer *w, cmark_node *item, const char *marker)
{
	const size_t kept = w->prefix.len;

	line_begin(w);
	if (cmark_node_first_child(item) == NULL) {
		buf_add(w->out, marker, strlen(marker) - 1);
		line_end(w);
		return;
	}
	buf_puts(w->out, marker);
	buf_fill(&w->prefix, ' ', strlen(marker));
	write_blocks(w, item);
	buf_truncate(&w->prefix, kept);
}

/* More than a line and what hangs below it: a blank line sets it apart. */
static bool
has_blocks(cmark_node *item)
{
	cmark_node *const last = cmark_node_last_child(item);

	return last != cmark_node_first_child(item) &&
	    (cmark_node_get_type(last) != CMARK_NODE_LIST ||
		cmark_node_previous(last) != cmark_node_first_child(item));
}

static void
write_list(struct writer *w, cmark_node *list)
{
	const bool tight = cmark_node_get_list_tight(list) != 0;
	const bool other = list_takes_other_mark(list);
	const bool bullets = cmark_node_get_list_type(list) ==
	    CMARK_BULLET_LIST;
	int number = cmark_node_get_list_start(list);
	struct buf marker = BUF_INIT;
	cmark_node *item = cmark_node_first_child(list);

	for (; item != NULL; item = cmark_node_next(item), number++) {
		buf_clear(&marker);
		if (bullets)
			buf_puts(&marker, other ? "* " : "- ");
		else
			buf_printf(&marker, "%d%c ", number % 1000000000,
			    other ? ')' : '.');
		write_item(w, item, buf_str(&marker));
		if (cmark_node_next(item) != NULL &&
		    (!tight || has_blocks(item)))
			line_blank(w);
	}
	buf_release(&marker);
}

static void
write_row(struct writer *w, cmark_node *row, bool head)
{
	cmark_node *cell = cmark_node_first_child(row);
	size_t n = 0;

	line_begin(w);
	buf_putc(w->out, '|');
	for (; cell != NULL; cell = cmark_node_next(cell), n++) {
		buf_putc(w->out, ' ');
		md_inlines(w->out, cell, MD_IN_TABLE);
		buf_puts(w->out, " |");
	}
	line_end(w);
	if (!head)
		return;
	line_begin(w);
	buf_putc(w->out, '|');
	while (n-- > 0)
		buf_puts(w->out, " --- |");
	line_end(w);
}

static void
write_refs(struct writer *w, cmark_node *refs)
{
	cmark_node *root = refs;
	cmark_iter *it;
	cmark_event_type ev;
	struct buf seen = BUF_INIT;

	while (cmark_node_parent(root) != NULL)
		root = cmark_node_parent(root);
	it = cmark_iter_new(root);
	while ((ev = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
		cmark_node *const n = cmark_iter_get_node(it);
		struct buf line = BUF_INIT;

		if (ev != CMARK_EVENT_ENTER || doc_kind(n) != DOC_REF ||
		    *cmark_node_get_on_exit(n) == '\0')
			continue;
		buf_puts(&line, "\n[");
		doc_plain(n, &line);
		buf_printf(&line, "]: %s\n", cmark_node_get_on_exit(n));
		if (strstr(buf_str(&seen), buf_str(&line)) == NULL) {
			buf_add(&seen, line.ptr, line.len);
			line_begin(w);
			buf_add(w->out, line.ptr + 1, line.len - 2);
			line_end(w);
		}
		buf_release(&line);
	}
	buf_release(&seen);
	cmark_iter_free(it);
}

static void
write_quote(struct writer *w, cmark_node *node)
{
	const size_t kept = w->prefix.len;

	line_begin(w);
	buf_puts(w->out, "> ");
	buf_puts(&w->prefix, "> ");
	if (cmark_node_first_child(node) == NULL)
		line_end(w);
	write_blocks(w, node);
	buf_truncate(&w->prefix, kept);
}

static void
write_custom(struct writer *w, cmark_node *node)
{
	cmark_node *row;

	switch (doc_kind(node)) {
	case DOC_TABLE:
		row = cmark_node_first_child(node);
		for (; row != NULL; row = cmark_node_next(row))
			write_row(w, row, cmark_node_previous(row) == NULL);
		break;
	case DOC_REFS:
		write_refs(w, node);
		break;
	default:
		write_blocks(w, node);
		break;
	}
}

static void
write_block(struct writer *w, cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_HEADING:
		write_heading(w, node);
		break;
	case CMARK_NODE_PARAGRAPH:
		write_paragraph(w, node);
		break;
	case CMARK_NODE_LIST:
		write_list(w, node);
		break;
	case CMARK_NODE_CODE_BLOCK:
		write_code_block(w, node);
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		write_quote(w, node);
		break;
	case CMARK_NODE_THEMATIC_BREAK:
		line_begin(w);
		buf_puts(w->out, "***");
		line_end(w);
		break;
	case CMARK_NODE_CUSTOM_BLOCK:
		write_custom(w, node);
		break;
	default:
		break;
	}
}

/* An empty first item would be a line of "-" and make the line above it a
 * heading. */
static bool
begins_with_text(cmark_node *list)
{
	cmark_node *n = cmark_node_first_child(cmark_node_first_child(list));

	if (n == NULL || cmark_node_get_type(n) != CMARK_NODE_PARAGRAPH ||
	    (n = cmark_node_first_child(n)) == NULL)
		return false;
	return cmark_node_get_type(n) == CMARK_NODE_TEXT &&
	    cmark_node_get_literal(n)[0] != ' ' &&
	    cmark_node_get_literal(n)[0] != '\0';
}

/* A tight list stands right below the line it belongs to. */
static bool
needs_blank(cmark_node *parent, cmark_node *node)
{
	if (cmark_node_get_type(parent) != CMARK_NODE_ITEM ||
	    cmark_node_get_type(node) != CMARK_NODE_LIST)
		return true;
	return cmark_node_get_list_type(node) != CMARK_BULLET_LIST ||
	    cmark_node_get_list_tight(node) == 0 || !begins_with_text(node) ||
	    cmark_node_get_type(cmark_node_previous(node)) !=
	    CMARK_NODE_PARAGRAPH;
}

static void
write_blocks(struct writer *w, cmark_node *parent)
{
	cmark_node *node = cmark_node_first_child(parent);

	for (; node != NULL; node = cmark_node_next(node)) {
		if (cmark_node_previous(node) != NULL &&
		    needs_blank(parent, node))
			line_blank(w);
		write_block(w, node);
	}
}

void
format_md_write(cmark_node *doc, struct buf *out)
{
	struct writer w = { .out = out };

	write_blocks(&w, doc);
	buf_release(&w.prefix);
}

static enum rc
md_write(const struct render_job *job, struct buf *out, struct err *err)
{
	(void)err;
	format_md_write(job->doc, out);
	return RC_OK;
}

const struct format format_md = {
	.name = "md",
	.from_doc = true,
	.write = md_write,
};
