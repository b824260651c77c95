#include "embed.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "doc.h"
#include "linkify.h"

/* cmark 0.30 takes quadratic time on "![[]()" repeated; nobody writes that. */
#define BRACKETS_MAX 256

static bool
is_pathological(const char *text, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i + 2 < len; i++) {
		if (memcmp(text + i, "![[", 3) == 0 && ++n > BRACKETS_MAX)
			return true;
	}
	return false;
}

/* Cuts between two characters. */
static size_t
cut_length(const char *text, size_t len)
{
	if (len <= EMBED_MAX)
		return len;
	len = EMBED_MAX;
	while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
		len--;
	return len;
}

static void
plain_paragraph(cmark_node *doc, const char *text, size_t len)
{
	cmark_node *const p = doc_paragraph(doc);
	size_t i = 0;

	while (i < len) {
		const char *const nl = memchr(text + i, '\n', len - i);
		const size_t end = nl == NULL ? len : (size_t)(nl - text);
		char *const line = mem_strndup(text + i, end - i);

		if (i > 0)
			cmark_node_append_child(p,
			    cmark_node_new_with_mem(CMARK_NODE_LINEBREAK,
				&doc_mem));
		doc_user(p, line);
		free(line);
		i = end + 1;
	}
}

static cmark_node *
parse_plain(const char *text, size_t len)
{
	cmark_node *const doc = doc_new();
	size_t start = 0;

	for (size_t i = 0; i + 1 < len; i++) {
		if (text[i] != '\n' || text[i + 1] != '\n')
			continue;
		if (i > start)
			plain_paragraph(doc, text + start, i - start);
		start = i + 2;
	}
	if (start < len)
		plain_paragraph(doc, text + start, len - start);
	return doc;
}

/* All nodes below root, parents first; false when they nest too deep. */
static bool
collect(cmark_node *root, cmark_node ***nodes, size_t *n)
{
	cmark_iter *const it = cmark_iter_new(root);
	size_t cap = 0, depth = 0;
	cmark_event_type ev;
	bool fits = true;

	while ((ev = cmark_iter_next(it)) != CMARK_EVENT_DONE && fits) {
		cmark_node *const node = cmark_iter_get_node(it);

		if (ev == CMARK_EVENT_ENTER) {
			*nodes = mem_grow(*nodes, &cap, *n + 1, sizeof(node));
			(*nodes)[(*n)++] = node;
			if (cmark_node_first_child(node) != NULL)
				fits = ++depth <= EMBED_DEPTH_MAX;
		} else if (cmark_node_first_child(node) != NULL) {
			depth--;
		}
	}
	cmark_iter_free(it);
	return fits;
}

static void
clean_literal(cmark_node *node, enum utf8_lines lines)
{
	const char *const s = cmark_node_get_literal(node);
	struct buf flat = BUF_INIT;
	struct buf clean = BUF_INIT;

	buf_puts(&flat, s);
	for (size_t i = 0; lines == UTF8_ONE_LINE && i < flat.len; i++) {
		if (flat.ptr[i] >= '\t' && flat.ptr[i] <= '\r')
			flat.ptr[i] = ' ';
	}
	utf8_clean(&clean, buf_str(&flat), flat.len, lines);
	if (clean.len != flat.len || strcmp(buf_str(&clean), s) != 0)
		cmark_node_set_literal(node, buf_str(&clean));
	buf_release(&clean);
	buf_release(&flat);
}

static void
unwrap(cmark_node *node)
{
	cmark_node *child;

	while ((child = cmark_node_first_child(node)) != NULL)
		cmark_node_insert_before(node, child);
	cmark_node_unlink(node);
	cmark_node_free(node);
}

static void
html_to_text(cmark_node *node)
{
	const bool block = cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK;
	cmark_node *const new = cmark_node_new_with_mem(block
		? CMARK_NODE_PARAGRAPH
		: CMARK_NODE_TEXT,
	    &doc_mem);

	if (block) {
		doc_user(new, cmark_node_get_literal(node));
	} else {
		cmark_node_set_literal(new, cmark_node_get_literal(node));
		clean_literal(new, UTF8_ONE_LINE);
	}
	cmark_node_replace(node, new);
	cmark_node_free(node);
}

static void
heading_to_strong(cmark_node *node)
{
	cmark_node *const p = cmark_node_new_with_mem(CMARK_NODE_PARAGRAPH,
	    &doc_mem);

	doc_move(node, doc_strong(p));
	cmark_node_replace(node, p);
	cmark_node_free(node);
}

static bool
in_link(cmark_node *node)
{
	while ((node = cmark_node_parent(node)) != NULL) {
		if (cmark_node_get_type(node) == CMARK_NODE_LINK)
			return true;
	}
	return false;
}

static void
fix_link(cmark_node *node, enum embed_use use)
{
	const char *const url = cmark_node_get_url(node);
	struct buf safe = BUF_INIT;

	if (in_link(node) || *url == '\0' ||
	    (use != EMBED_SCREEN && !doc_url_safe(url))) {
		unwrap(node);
		return;
	}
	doc_url_encode(&safe, url);
	if (cmark_node_get_type(node) == CMARK_NODE_IMAGE) {
		cmark_node *const link =
		    cmark_node_new_with_mem(CMARK_NODE_LINK, &doc_mem);

		doc_move(node, link);
		if (cmark_node_first_child(link) == NULL)
			doc_text(link, buf_str(&safe));
		cmark_node_replace(node, link);
		cmark_node_free(node);
		node = link;
	}
	cmark_node_set_url(node, buf_str(&safe));
	cmark_node_set_title(node, "");
	buf_release(&safe);
}

/* True when every line of the paragraph has a '|': a table of some forge. */
static bool
is_table(cmark_node *paragraph)
{
	bool bar = false, lines = false;

	for (cmark_node *n = cmark_node_first_child(paragraph); n != NULL;
	     n = cmark_node_next(n)) {
		if (cmark_node_get_type(n) == CMARK_NODE_SOFTBREAK) {
			if (!bar)
				return false;
			lines = true;
			bar = false;
		} else if (cmark_node_get_type(n) == CMARK_NODE_TEXT) {
			bar = bar ||
			    strchr(cmark_node_get_literal(n), '|') != NULL;
		}
	}
	return bar && lines;
}

static void
fix_softbreak(cmark_node *node)
{
	cmark_node *const parent = cmark_node_parent(node);
	const bool keep = cmark_node_get_type(parent) == CMARK_NODE_PARAGRAPH &&
	    cmark_node_get_user_data(parent) != NULL;
	cmark_node *const new = cmark_node_new_with_mem(keep
		? CMARK_NODE_LINEBREAK
		: CMARK_NODE_TEXT,
	    &doc_mem);

	if (!keep)
		cmark_node_set_literal(new, " ");
	cmark_node_replace(node, new);
	cmark_node_free(node);
}

static void
fix_fence(cmark_node *node)
{
	static const char allowed[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "0123456789+-_.#";
	const char *const info = cmark_node_get_fence_info(node);
	char *const word = mem_strndup(info, strspn(info, allowed));

	cmark_node_set_fence_info(node, word);
	free(word);
}

static void
fix_node(cmark_node *node, enum embed_use use)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
	case CMARK_NODE_CODE:
		clean_literal(node, UTF8_ONE_LINE);
		break;
	case CMARK_NODE_CODE_BLOCK:
		clean_literal(node, UTF8_MULTI_LINE);
		fix_fence(node);
		break;
	case CMARK_NODE_HTML_BLOCK:
	case CMARK_NODE_HTML_INLINE:
		html_to_text(node);
		break;
	case CMARK_NODE_HEADING:
		if (use == EMBED_NOTES)
			heading_to_strong(node);
		break;
	case CMARK_NODE_LINK:
	case CMARK_NODE_IMAGE:
		fix_link(node, use);
		break;
	case CMARK_NODE_SOFTBREAK:
		fix_softbreak(node);
		break;
	default:
		break;
	}
}

cmark_node *
embed_parse(const char *text, size_t len, enum embed_use use)
{
	cmark_parser *parser = NULL;
	cmark_node *doc = NULL;
	cmark_node **nodes = NULL;
	size_t n = 0;

	if (use != EMBED_PAGE)
		len = cut_length(text, len);
	if (is_pathological(text, len))
		return parse_plain(text, len);

	parser = cmark_parser_new_with_mem(CMARK_OPT_VALIDATE_UTF8, &doc_mem);
	cmark_parser_feed(parser, text, len);
	doc = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	if (!collect(doc, &nodes, &n)) {
		cmark_node_free(doc);
		doc = parse_plain(text, len);
		goto out;
	}
	for (size_t i = 0; i < n; i++) {
		if (cmark_node_get_type(nodes[i]) == CMARK_NODE_PARAGRAPH &&
		    is_table(nodes[i])) /* fix_softbreak() looks */
			cmark_node_set_user_data(nodes[i], nodes[i]);
	}
	/* Children first: a parent that is replaced takes them along. */
	for (size_t i = n; i-- > 0;)
		fix_node(nodes[i], use);
	cmark_consolidate_text_nodes(doc);
	if (use == EMBED_NOTES)
		linkify(doc);
out:
	free(nodes);
	return doc;
}
