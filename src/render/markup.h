/* Text for HTML and XML. */
#ifndef NOTES_RENDER_MARKUP_H
#define NOTES_RENDER_MARKUP_H

#include "base/buf.h"

/*
 * Appends s with & < > " ' as entities, fit for content and for attributes.
 * U+FFFE and U+FFFF, which XML does not allow at all, become U+FFFD.
 */
void markup_text(struct buf *out, const char *s);

#endif
