/*
 * The tree between styles and formats: a cmark tree, made by the functions
 * below, with a few nodes of our own kind.  Text of others enters only through
 * doc_text(), doc_user() and embed.h, so it is clean and one line long before
 * any format sees it.
 */
#ifndef NOTES_RENDER_DOC_H
#define NOTES_RENDER_DOC_H

#include <cmark.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/*
 * Nodes that CommonMark has no word for are cmark's custom nodes; the first
 * letter of their "on enter" string tells the kind.
 *
 * TABLE > ROW > CELL > inlines; the first row is the head.
 * BRACKET: inlines in literal square brackets, "[3.6.1]".
 * REF: a ticket key in literal square brackets that links to the "on exit"
 * string where that is not empty; Markdown writes it as a reference link.
 * REFS: the place for the definitions of all such links (Markdown only).
 */
enum doc_kind {
	DOC_NONE = 0,
	DOC_TABLE = 'T',
	DOC_ROW = 'W',
	DOC_CELL = 'C',
	DOC_BRACKET = 'B',
	DOC_REF = 'R',
	DOC_REFS = 'S'
};

enum doc_kind doc_kind(cmark_node *node);

/* Nodes fail as mem.h does; every node of a tree uses this allocator. */
extern cmark_mem doc_mem;

cmark_node *doc_new(void); /* an empty document; cmark_node_free() it */

/* Each appends a new node to parent and returns it, borrowed. */
cmark_node *doc_heading(cmark_node *parent, int level);
cmark_node *doc_paragraph(cmark_node *parent);
cmark_node *doc_list(cmark_node *parent); /* bullets, tight */
cmark_node *doc_item(cmark_node *list);
cmark_node *doc_strong(cmark_node *parent);
cmark_node *doc_emph(cmark_node *parent);
cmark_node *doc_link(cmark_node *parent, const char *url);
cmark_node *doc_custom(cmark_node *parent, enum doc_kind kind);

/* Our own words, or a name that stands in a sentence: spaces are kept. */
void doc_text(cmark_node *parent, const char *s);
/* Text of others: runs of blanks and line ends become one space. */
void doc_user(cmark_node *parent, const char *s);
/* Both steps of doc_user() for a string: appends to out. */
void doc_clean(struct buf *out, const char *s, size_t len);
void doc_code(cmark_node *parent, const char *s);

/* Moves all children of from behind those of to. */
void doc_move(cmark_node *from, cmark_node *to);

/* The text of all inlines below node, without markup; appends to out. */
void doc_plain(cmark_node *node, struct buf *out);

/* True for http, https and mailto addresses. */
bool doc_url_safe(const char *url);
/* Appends url with what would end or break a link percent-encoded. */
void doc_url_encode(struct buf *out, const char *url);

#endif
