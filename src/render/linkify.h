/* Bare addresses in notes as links. */
#ifndef NOTES_RENDER_LINKIFY_H
#define NOTES_RENDER_LINKIFY_H

#include <cmark.h>

/*
 * Turns http:// and https:// addresses that stand in text nodes, outside of
 * links, into links.  The address ends at a blank, quote or angle bracket,
 * less closing punctuation
 * (https://github.github.com/gfm/#autolinks-extension-).
 */
void linkify(cmark_node *doc);

#endif
