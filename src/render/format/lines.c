#include "lines.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "render/doc.h"
#include "render/flow.h"

struct liner {
	struct flow flow;
	enum lines_use use;
};

static void put_blocks(struct liner *l, cmark_node *parent);
static void put_inlines(struct liner *l, cmark_node *parent,
    enum md_style style);

static void
put_string(struct liner *l, enum md_style style, const char *s)
{
	flow_text(&l->flow, style, s, strlen(s));
}

/* "text <address>", or the address alone when the text says the same. */
static void
put_link(struct liner *l, cmark_node *node)
{
	const char *const url = cmark_node_get_url(node);
	const char *shown = url;
	struct buf text = BUF_INIT;
	struct buf clean = BUF_INIT;

	if (strncmp(url, "mailto:", 7) == 0)
		shown = url + 7;
	doc_plain(node, &text);
	put_inlines(l, node, MD_LINK);
	if (strcmp(buf_str(&text), url) != 0 &&
	    strcmp(buf_str(&text), shown) != 0) {
		utf8_clean(&clean, shown, strlen(shown), UTF8_ONE_LINE);
		put_string(l, MD_DIM, text.len > 0 ? " <" : "<");
		put_string(l, MD_DIM, buf_str(&clean));
		put_string(l, MD_DIM, ">");
	}
	buf_release(&clean);
	buf_release(&text);
}

/* Code keeps its words together but its blanks are places to break. */
static void
put_inline(struct liner *l, cmark_node *node, enum md_style style)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
		put_string(l, style, cmark_node_get_literal(node));
		break;
	case CMARK_NODE_CODE:
		put_string(l, MD_CODE, cmark_node_get_literal(node));
		break;
	case CMARK_NODE_SOFTBREAK:
		put_string(l, style, " ");
		break;
	case CMARK_NODE_LINEBREAK:
		flow_break(&l->flow);
		break;
	case CMARK_NODE_EMPH:
		put_inlines(l, node, style == MD_TEXT ? MD_EMPH : style);
		break;
	case CMARK_NODE_STRONG:
		put_inlines(l, node, style == MD_HEADING ? style : MD_STRONG);
		break;
	case CMARK_NODE_LINK:
		put_link(l, node);
		break;
	case CMARK_NODE_CUSTOM_INLINE:
		put_string(l, style, "[");
		put_inlines(l, node, style);
		put_string(l, style, "]");
		break;
	default:
		put_inlines(l, node, style);
		break;
	}
}

static void
put_inlines(struct liner *l, cmark_node *parent, enum md_style style)
{
	cmark_node *node = cmark_node_first_child(parent);

	for (; node != NULL; node = cmark_node_next(node))
		put_inline(l, node, style);
}

static size_t
line_width(const struct md_line *line)
{
	size_t n = 0;

	for (size_t i = 0; i < line->n; i++)
		n += utf8_width(line->runs[i].text, strlen(line->runs[i].text));
	return n;
}

static void
put_heading(struct liner *l, cmark_node *node)
{
	const int level = cmark_node_get_heading_level(node);
	const size_t first = l->flow.out->n;
	size_t width = 0;
	struct buf rule = BUF_INIT;

	put_inlines(l, node, MD_HEADING);
	flow_break(&l->flow);
	if (l->use != LINES_TEXT || level > 2)
		return;
	for (size_t i = first; i < l->flow.out->n; i++) {
		const size_t w = line_width(&l->flow.out->v[i]);

		width = w > width ? w : width;
	}
	buf_fill(&rule, level == 1 ? '=' : '-', width);
	flow_verbatim(&l->flow, MD_HEADING, buf_str(&rule), rule.len);
	buf_release(&rule);
}

static void
put_code_block(struct liner *l, cmark_node *node)
{
	const char *s = cmark_node_get_literal(node);
	const bool pushed = flow_push(&l->flow, MD_CODE_BLOCK, "    ");

	while (*s != '\0') {
		const size_t n = strcspn(s, "\n");

		flow_verbatim(&l->flow, MD_CODE_BLOCK, s, n);
		s += n + (s[n] == '\n');
	}
	if (pushed)
		flow_pop(&l->flow);
}

static void
put_list(struct liner *l, cmark_node *list)
{
	const bool ordered = cmark_node_get_list_type(list) ==
	    CMARK_ORDERED_LIST;
	const bool tight = cmark_node_get_list_tight(list) != 0;
	cmark_node *item = cmark_node_first_child(list);
	int number = cmark_node_get_list_start(list);
	char marker[16];
	size_t width = 2;

	if (ordered) {
		int n = number;

		for (cmark_node *i = item; i != NULL; i = cmark_node_next(i))
			n++;
		width = (size_t)snprintf(marker, sizeof(marker), "%d. ",
		    (n - 1) % 1000000000);
	}
	for (; item != NULL; item = cmark_node_next(item), number++) {
		char indent[16] = "               ";
		bool pushed;

		indent[width] = '\0';
		snprintf(marker, sizeof(marker), "- ");
		if (ordered)
			snprintf(marker, sizeof(marker), "%*d. ",
			    (int)width - 2, number % 1000000000);
		pushed = flow_push(&l->flow, MD_BULLET, indent);
		if (pushed)
			flow_marker(&l->flow, marker);
		put_blocks(l, item);
		flow_break(&l->flow);
		if (pushed)
			flow_pop(&l->flow);
		if (!tight && cmark_node_next(item) != NULL)
			flow_blank(&l->flow);
	}
}

static void
put_quote(struct liner *l, cmark_node *node)
{
	const bool pushed = flow_push(&l->flow, MD_QUOTE, "> ");

	put_blocks(l, node);
	if (pushed)
		flow_pop(&l->flow);
}

/* "head: cell" a line reads well at any width; wide tables do not. */
static void
put_table(struct liner *l, cmark_node *table)
{
	cmark_node *const head = cmark_node_first_child(table);
	cmark_node *row = head == NULL ? NULL : cmark_node_next(head);

	for (; row != NULL; row = cmark_node_next(row)) {
		cmark_node *name = cmark_node_first_child(head);
		cmark_node *cell = cmark_node_first_child(row);

		for (; cell != NULL; cell = cmark_node_next(cell)) {
			if (name != NULL) {
				put_inlines(l, name, MD_STRONG);
				put_string(l, MD_TEXT, ": ");
				name = cmark_node_next(name);
			}
			put_inlines(l, cell, MD_TEXT);
			flow_break(&l->flow);
		}
	}
}

static void
put_rule(struct liner *l)
{
	struct buf rule = BUF_INIT;

	buf_fill(&rule, '-', flow_room(&l->flow));
	flow_verbatim(&l->flow, MD_RULE, buf_str(&rule), rule.len);
	buf_release(&rule);
}

static void
put_block(struct liner *l, cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_HEADING:
		put_heading(l, node);
		break;
	case CMARK_NODE_PARAGRAPH:
		put_inlines(l, node, MD_TEXT);
		flow_break(&l->flow);
		break;
	case CMARK_NODE_CODE_BLOCK:
		put_code_block(l, node);
		break;
	case CMARK_NODE_LIST:
		put_list(l, node);
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		put_quote(l, node);
		break;
	case CMARK_NODE_THEMATIC_BREAK:
		put_rule(l);
		break;
	case CMARK_NODE_CUSTOM_BLOCK:
		if (doc_kind(node) == DOC_TABLE)
			put_table(l, node);
		break;
	default:
		break;
	}
}

/* Lists stand right below the line of the item that they belong to; behind code
 * or a quote they would look like part of it. */
static bool
needs_blank(cmark_node *parent, cmark_node *node)
{
	cmark_node *const before = cmark_node_previous(node);

	if (before == NULL || doc_kind(node) == DOC_REFS)
		return false;
	return cmark_node_get_type(parent) != CMARK_NODE_ITEM ||
	    cmark_node_get_type(before) != CMARK_NODE_PARAGRAPH ||
	    cmark_node_get_type(node) != CMARK_NODE_LIST ||
	    cmark_node_get_list_tight(node) == 0;
}

static void
put_blocks(struct liner *l, cmark_node *parent)
{
	cmark_node *node = cmark_node_first_child(parent);

	for (; node != NULL; node = cmark_node_next(node)) {
		if (needs_blank(parent, node))
			flow_blank(&l->flow);
		put_block(l, node);
	}
}

void
lines_render(cmark_node *doc, size_t width, enum lines_use use,
    struct md_lines *out)
{
	struct liner l = {
		.flow = { .out = out, .width = width < 10 ? 10 : width },
		.use = use,
	};

	put_blocks(&l, doc);
	flow_break(&l.flow);
	flow_release(&l.flow);
}

void
lines_plain(const struct md_lines *l, struct buf *out)
{
	for (size_t i = 0; i < l->n; i++) {
		for (size_t k = 0; k < l->v[i].n; k++)
			buf_puts(out, l->v[i].runs[k].text);
		buf_putc(out, '\n');
	}
}
