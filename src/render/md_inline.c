#include "md_inline.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "doc.h"
#include "render/format/format.h"
#include "render/format/md_escape.h"
#include "render/format/md_word.h"

static bool
is_emphasis(cmark_node *node)
{
	const cmark_node_type type = cmark_node_get_type(node);

	return type == CMARK_NODE_EMPH || type == CMARK_NODE_STRONG;
}

static void
write_emphasis(struct buf *out, cmark_node *node, const char *mark,
    unsigned place)
{
	/* "****" inside "**" would end it: once is enough. */
	if (cmark_node_get_type(cmark_node_parent(node)) ==
	    cmark_node_get_type(node)) {
		md_inlines(out, node, place);
		return;
	}
	buf_puts(out, mark);
	md_inlines(out, node, place & ~(unsigned)(MD_LINE_START | MD_LAST));
	buf_puts(out, mark);
}

static void
write_link(struct buf *out, cmark_node *node, unsigned place)
{
	const char *const url = cmark_node_get_url(node);
	struct buf text = BUF_INIT;

	doc_plain(node, &text);
	if (strcmp(buf_str(&text), url) == 0 && strpbrk(url, "|;") == NULL) {
		buf_printf(out, "<%s>", url);
	} else {
		buf_putc(out, '[');
		md_inlines(out, node,
		    (place | MD_IN_LINK) &
			~(unsigned)(MD_LINE_START | MD_LAST));
		buf_puts(out, "](");
		for (const char *s = url; *s != '\0'; s++) {
			if (*s == '&' && strchr(s, ';') != NULL)
				buf_puts(out, "&amp;");
			else
				buf_putc(out, *s);
		}
		buf_putc(out, ')');
	}
	buf_release(&text);
}

static void
write_custom_inline(struct buf *out, cmark_node *node, unsigned place)
{
	place = (place | MD_IN_LINK) & ~(unsigned)(MD_LINE_START | MD_LAST);
	buf_putc(out, '[');
	md_inlines(out, node, place);
	buf_putc(out, ']');
}

static void
write_inline(struct buf *out, cmark_node *node, unsigned place)
{
	const char *literal;

	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
		literal = cmark_node_get_literal(node);
		md_escape(out, literal, strlen(literal), place);
		break;
	case CMARK_NODE_CODE:
		literal = cmark_node_get_literal(node);
		md_code_span(out, literal, strlen(literal), place);
		break;
	case CMARK_NODE_SOFTBREAK:
		buf_putc(out, ' ');
		break;
	case CMARK_NODE_LINEBREAK:
		if (place & (MD_IN_TABLE | MD_IN_HEADING | MD_IN_LINK))
			buf_putc(out, ' ');
		else
			buf_puts(out, "\\\n");
		break;
	case CMARK_NODE_EMPH:
		write_emphasis(out, node, "*", place);
		break;
	case CMARK_NODE_STRONG:
		write_emphasis(out, node, "**", place);
		break;
	case CMARK_NODE_LINK:
		write_link(out, node, place);
		break;
	case CMARK_NODE_CUSTOM_INLINE:
		write_custom_inline(out, node, place);
		break;
	default:
		md_inlines(out, node, place);
		break;
	}
}

/* Moves text of s between code and the text beside it. */
static void
join(cmark_node *code, cmark_node *text, char *joined, char *rest)
{
	cmark_node_set_literal(code, joined);
	cmark_node_set_literal(text, rest);
	free(joined);
	free(rest);
}

/*
 * A word that is going to be a code span and touches one must become part of
 * it: two spans in a row would be read as one run of backticks.
 */
static void
join_code(cmark_node *parent, enum md_word_place words)
{
	for (cmark_node *n = cmark_node_first_child(parent); n != NULL;
	     n = cmark_node_next(n)) {
		cmark_node *const prev = cmark_node_previous(n);
		cmark_node *const next = cmark_node_next(n);
		const char *s, *code;
		size_t len;

		if (cmark_node_get_type(n) != CMARK_NODE_CODE)
			continue;
		if (prev != NULL &&
		    cmark_node_get_type(prev) == CMARK_NODE_TEXT) {
			s = cmark_node_get_literal(prev);
			code = cmark_node_get_literal(n);
			len = strlen(s);
			const size_t cut = md_word_last(s, len, words);

			if (cut < len)
				join(n, prev, mem_printf("%s%s", s + cut, code),
				    mem_strndup(s, cut));
		}
		if (next != NULL &&
		    cmark_node_get_type(next) == CMARK_NODE_TEXT) {
			s = cmark_node_get_literal(next);
			code = cmark_node_get_literal(n);
			len = md_word_first(s, strlen(s), words);
			if (len > 0)
				join(n, next,
				    mem_printf("%s%.*s", code, (int)len, s),
				    mem_strdup(s + len));
		}
	}
}

void
md_inlines(struct buf *out, cmark_node *parent, unsigned place)
{
	cmark_node *node = cmark_node_first_child(parent);

	join_code(parent, (place & MD_IN_LINK) ? MD_WORD_LINKED : MD_WORD_BARE);
	for (; node != NULL; node = cmark_node_next(node)) {
		cmark_node *const prev = cmark_node_previous(node);
		unsigned here = place;

		if (prev != NULL) {
			here &= ~(unsigned)MD_LINE_START;
			if (cmark_node_get_type(prev) == CMARK_NODE_LINEBREAK)
				here |= MD_LINE_START;
		}
		if (cmark_node_next(node) != NULL)
			here &= ~(unsigned)MD_LAST;
		write_inline(out, node, here);
	}
}

/* The text below node without blanks and brackets (those of a reference are
 * text when they are read back), to compare. */
static void
bare_text(cmark_node *node, struct buf *out)
{
	size_t n = 0;

	doc_plain(node, out);
	for (size_t i = 0; i < out->len; i++) {
		if (strchr(" []", out->ptr[i]) == NULL)
			out->ptr[n++] = out->ptr[i];
	}
	buf_truncate(out, n);
}

static bool
reads_back(cmark_node *paragraph, const struct buf *md)
{
	cmark_parser *const parser = cmark_parser_new_with_mem(0, &doc_mem);
	struct buf want = BUF_INIT, got = BUF_INIT;
	cmark_node *doc;
	bool same;

	cmark_parser_feed(parser, buf_str(md), md->len);
	doc = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	bare_text(paragraph, &want);
	bare_text(doc, &got);
	same = strcmp(buf_str(&want), buf_str(&got)) == 0;
	cmark_node_free(doc);
	buf_release(&want);
	buf_release(&got);
	return same;
}

static bool
has_emphasis(cmark_node *node)
{
	cmark_node *child = cmark_node_first_child(node);

	for (; child != NULL; child = cmark_node_next(child)) {
		if (is_emphasis(child) || has_emphasis(child))
			return true;
	}
	return false;
}

/* Puts what stands in emphasis in its place. */
static void
flatten(cmark_node *node)
{
	cmark_node *child = cmark_node_first_child(node);

	while (child != NULL) {
		cmark_node *const next = cmark_node_next(child);
		cmark_node *inner;

		flatten(child);
		if (is_emphasis(child)) {
			while ((inner = cmark_node_first_child(child)) != NULL)
				cmark_node_insert_before(child, inner);
			cmark_node_unlink(child);
			cmark_node_free(child);
		}
		child = next;
	}
	cmark_consolidate_text_nodes(node);
}

/* Takes out lines of nothing but blanks: a break must stand between texts. */
static void
drop_empty_lines(struct buf *md)
{
	struct buf kept = BUF_INIT;
	const char *s = buf_str(md);

	while (*s != '\0') {
		const char *const nl = strchr(s, '\n');
		const char *const next = nl == NULL ? s + strlen(s) : nl + 1;
		/* A hard break is the backslash in front of the line end. */
		size_t n = nl == NULL ? strlen(s) : (size_t)(nl - s) - 1;

		while (n > 0 && s[n - 1] == ' ')
			n--;
		if (n > 0 && kept.len > 0)
			buf_puts(&kept, "\\\n");
		buf_add(&kept, s, n);
		s = next;
	}
	buf_release(md);
	*md = kept;
}

static void
write_text(struct buf *md, cmark_node *paragraph)
{
	md_inlines(md, paragraph, MD_LINE_START | MD_LAST);
	if (md->len > 0 && memchr(md->ptr, '\n', md->len) != NULL)
		drop_empty_lines(md);
}

/*
 * The inlines of a paragraph.  Whether emphasis holds depends on what stands
 * beside it (https://spec.commonmark.org/0.30/#delimiter-run), and a word that
 * became a code span may have changed that: a text that would not read back as
 * it was goes without emphasis.
 */
void
md_paragraph(struct buf *out, cmark_node *paragraph)
{
	struct buf md = BUF_INIT;

	write_text(&md, paragraph);
	if (has_emphasis(paragraph) && !reads_back(paragraph, &md)) {
		flatten(paragraph);
		buf_clear(&md);
		write_text(&md, paragraph);
	}
	buf_add(out, md.ptr, md.len);
	buf_release(&md);
}

void
format_md_inlines(cmark_node *node, struct buf *out)
{
	md_paragraph(out, node);
	for (size_t i = 0; i < out->len; i++) {
		if (out->ptr[i] == '\n')
			out->ptr[i] = ' ';
	}
}
