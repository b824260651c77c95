/* The inlines of a tree as Markdown. */
#ifndef NOTES_RENDER_MD_INLINE_H
#define NOTES_RENDER_MD_INLINE_H

#include <cmark.h>

#include "base/buf.h"

/* Appends the children of parent; place is a set of enum md_place.  A hard
 * break is a backslash and a line end, everything else is on one line. */
void md_inlines(struct buf *out, cmark_node *parent, unsigned place);

/* The same for a whole paragraph, which is changed: emphasis that would not
 * read back is taken out. */
void md_paragraph(struct buf *out, cmark_node *paragraph);

#endif
