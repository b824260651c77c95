/*
 * A page of section 7 in the man language, as man(7) of mandoc has it, which
 * groff reads alike.  UTF-8; the coding tag is for preconv(1).
 */
#include "format.h"

#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "render/doc.h"
#include "slug.h"

#define LINE_MAX_BYTES 72

static void man_blocks(struct buf *out, cmark_node *parent, int depth);
static void man_inlines(struct buf *out, cmark_node *parent, const char *font);

/* Bytes that mean something to roff, or that it would turn into another. */
static void
man_escape(struct buf *out, const char *s)
{
	for (; *s != '\0'; s++) {
		switch (*s) {
		case '\\':
			buf_puts(out, "\\e");
			break;
		case '-':
			buf_puts(out, "\\-");
			break;
		case '\'':
			buf_puts(out, "\\(aq");
			break;
		case '`':
			buf_puts(out, "\\(ga");
			break;
		case '^':
			buf_puts(out, "\\(ha");
			break;
		case '~':
			buf_puts(out, "\\(ti");
			break;
		case '"':
			buf_puts(out, "\\(dq");
			break;
		default:
			buf_putc(out, *s);
			break;
		}
	}
}

static void
man_font(struct buf *out, cmark_node *node, const char *font, const char *outer)
{
	buf_puts(out, font);
	man_inlines(out, node, font);
	buf_puts(out, outer);
}

static void
man_link(struct buf *out, cmark_node *node, const char *font)
{
	const char *const url = cmark_node_get_url(node);
	struct buf text = BUF_INIT;

	doc_plain(node, &text);
	man_inlines(out, node, font);
	if (strcmp(buf_str(&text), url) != 0) {
		buf_puts(out, " <");
		man_escape(out, url);
		buf_putc(out, '>');
	}
	buf_release(&text);
}

static void
man_inline(struct buf *out, cmark_node *node, const char *font)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
		man_escape(out, cmark_node_get_literal(node));
		break;
	case CMARK_NODE_CODE:
		buf_puts(out, "\\fB");
		man_escape(out, cmark_node_get_literal(node));
		buf_puts(out, font);
		break;
	case CMARK_NODE_SOFTBREAK:
		buf_putc(out, ' ');
		break;
	case CMARK_NODE_LINEBREAK:
		buf_putc(out, '\n');
		break;
	case CMARK_NODE_EMPH:
		man_font(out, node, "\\fI", font);
		break;
	case CMARK_NODE_STRONG:
		man_font(out, node, "\\fB", font);
		break;
	case CMARK_NODE_LINK:
		man_link(out, node, font);
		break;
	case CMARK_NODE_CUSTOM_INLINE:
		buf_putc(out, '[');
		man_inlines(out, node, font);
		buf_putc(out, ']');
		break;
	default:
		man_inlines(out, node, font);
		break;
	}
}

static void
man_inlines(struct buf *out, cmark_node *parent, const char *font)
{
	cmark_node *node = cmark_node_first_child(parent);

	for (; node != NULL; node = cmark_node_next(node))
		man_inline(out, node, font);
}

/* Bytes on a line of the source; what is not ASCII becomes \\[uXXXX] in
 * preconv(1), 8 bytes at most. */
static size_t
man_width(const char *s, size_t n)
{
	size_t width = 0;

	for (size_t i = 0; i < n; i++) {
		if ((unsigned char)s[i] < 0x80)
			width++;
		else if ((unsigned char)s[i] >= 0xC0)
			width += 8;
	}
	return width;
}

/* One word at a time: a line that begins with a dot is a request. */
static void
man_fill(struct buf *out, const char *s)
{
	size_t column = 0;

	while (*s != '\0') {
		const size_t n = strcspn(s, " \n");
		const size_t width = man_width(s, n);

		if (*s == '\n') {
			buf_puts(out, column > 0 ? "\n.br\n" : ".br\n");
			column = 0;
			s++;
			continue;
		}
		if (n == 0) {
			s++;
			continue;
		}
		if (column > 0 && column + width + 1 > LINE_MAX_BYTES) {
			buf_putc(out, '\n');
			column = 0;
		}
		if (column > 0)
			buf_putc(out, ' ');
		else if (*s == '.')
			buf_puts(out, "\\&");
		buf_add(out, s, n);
		column += width + 1;
		s += n;
	}
	if (column > 0)
		buf_putc(out, '\n');
}

static void
man_text(struct buf *out, cmark_node *node)
{
	struct buf text = BUF_INIT;

	man_inlines(&text, node, "\\fR");
	man_fill(out, buf_str(&text));
	buf_release(&text);
}

static void
man_heading(struct buf *out, cmark_node *node)
{
	const int level = cmark_node_get_heading_level(node);
	struct buf plain = BUF_INIT;

	doc_plain(node, &plain);
	if (level > 2) {
		buf_puts(out, ".PP\n.B \"");
	} else {
		buf_puts(out, level == 1 ? ".SH \"" : ".SS \"");
	}
	man_escape(out, buf_str(&plain));
	buf_puts(out, "\"\n");
	buf_release(&plain);
}

/* mandoc(1) warns of a paragraph that a heading has begun already. */
static void
man_break(struct buf *out, cmark_node *node)
{
	cmark_node *const prev = cmark_node_previous(node);

	if (prev == NULL || cmark_node_get_type(prev) != CMARK_NODE_HEADING ||
	    cmark_node_get_heading_level(prev) > 2)
		buf_puts(out, ".PP\n");
}

static void
man_code_block(struct buf *out, cmark_node *node)
{
	const char *s = cmark_node_get_literal(node);

	man_break(out, node);
	buf_puts(out, ".RS 4\n.nf\n");
	while (*s != '\0') {
		const size_t n = strcspn(s, "\n");
		struct buf line = BUF_INIT;

		buf_add(&line, s, n);
		if (*s == '.' || n == 0)
			buf_puts(out, "\\&");
		man_escape(out, buf_str(&line));
		buf_putc(out, '\n');
		buf_release(&line);
		s += n + (s[n] == '\n');
	}
	buf_puts(out, ".fi\n.RE\n");
}

static void
man_list(struct buf *out, cmark_node *list, int depth)
{
	const bool ordered = cmark_node_get_list_type(list) ==
	    CMARK_ORDERED_LIST;
	int number = cmark_node_get_list_start(list);
	cmark_node *item = cmark_node_first_child(list);

	for (; item != NULL; item = cmark_node_next(item), number++) {
		cmark_node *first = cmark_node_first_child(item);

		if (ordered)
			buf_printf(out, ".IP %d. 4\n", number);
		else
			buf_puts(out, ".IP \\(bu 2\n");
		if (first == NULL) {
			buf_puts(out, "\\&\n");
			continue;
		}
		if (cmark_node_get_type(first) == CMARK_NODE_PARAGRAPH) {
			man_text(out, first);
			cmark_node_unlink(first);
		} else {
			buf_puts(out, "\\&\n");
			first = NULL;
		}
		if (cmark_node_first_child(item) != NULL) {
			buf_printf(out, ".RS %d\n", ordered ? 4 : 2);
			man_blocks(out, item, depth + 1);
			buf_puts(out, ".RE\n");
		}
		if (first != NULL)
			cmark_node_prepend_child(item, first);
	}
}

static void
man_table(struct buf *out, cmark_node *table)
{
	cmark_node *const head = cmark_node_first_child(table);
	cmark_node *row = head == NULL ? NULL : cmark_node_next(head);

	for (; row != NULL; row = cmark_node_next(row)) {
		cmark_node *name = cmark_node_first_child(head);
		cmark_node *cell = cmark_node_first_child(row);

		for (; cell != NULL && name != NULL;
		     cell = cmark_node_next(cell),
		     name = cmark_node_next(name)) {
			if (cmark_node_previous(cell) == NULL &&
			    cmark_node_previous(row) == head)
				man_break(out, table);
			else
				buf_puts(out, ".br\n");
			buf_puts(out, "\\fB");
			man_inlines(out, name, "\\fB");
			buf_puts(out, "\\fR: ");
			man_inlines(out, cell, "\\fR");
			buf_putc(out, '\n');
		}
	}
}

static void
man_block(struct buf *out, cmark_node *node, int depth)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_HEADING:
		man_heading(out, node);
		break;
	case CMARK_NODE_PARAGRAPH:
		man_break(out, node);
		man_text(out, node);
		break;
	case CMARK_NODE_CODE_BLOCK:
		man_code_block(out, node);
		break;
	case CMARK_NODE_LIST:
		man_list(out, node, depth);
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		buf_puts(out, ".RS 4\n");
		man_blocks(out, node, depth + 1);
		buf_puts(out, ".RE\n");
		break;
	case CMARK_NODE_CUSTOM_BLOCK:
		if (doc_kind(node) == DOC_TABLE)
			man_table(out, node);
		break;
	default:
		break;
	}
}

static void
man_blocks(struct buf *out, cmark_node *parent, int depth)
{
	cmark_node *node = cmark_node_first_child(parent);

	for (; node != NULL; node = cmark_node_next(node))
		man_block(out, node, depth);
}

static enum rc
man_write(const struct render_job *job, struct buf *out, struct err *err)
{
	const struct notes *const n = job->notes;
	const char *const project = job->options->project == NULL
	    ? "project"
	    : job->options->project;
	struct buf name = BUF_INIT, title = BUF_INIT;
	char day[11] = "";

	(void)err;
	slug_add(&name, project);
	doc_clean(&title, project, strlen(project));
	buf_putc(&title, ' ');
	doc_clean(&title, n->version == NULL ? "" : n->version,
	    n->version == NULL ? 0 : strlen(n->version));
	if (n->date != DATE_NONE)
		date_format_day(n->date, day);

	buf_puts(out, ".\\\" -*- coding: utf-8 -*-\n.TH \"");
	for (const char *s = buf_str(&name); *s != '\0'; s++)
		buf_putc(out, *s >= 'a' && *s <= 'z' ? (char)(*s - 32) : *s);
	buf_printf(out, "-NOTES\" 7 \"%s\" \"", day);
	man_escape(out, buf_str(&title));
	buf_printf(out, "\"\n.SH NAME\n%s\\-notes \\- release notes of ",
	    buf_str(&name));
	man_escape(out, buf_str(&title));
	buf_putc(out, '\n');
	man_blocks(out, job->doc, 0);
	buf_release(&title);
	buf_release(&name);
	return RC_OK;
}

const struct format format_man = {
	.name = "man",
	.from_doc = true,
	.write = man_write,
};
