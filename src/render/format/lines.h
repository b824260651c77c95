/* A tree as lines of styled runs: for the screen and for the text format. */
#ifndef NOTES_RENDER_LINES_H
#define NOTES_RENDER_LINES_H

#include <cmark.h>

#include "render/markdown.h"

enum lines_use {
	LINES_SCREEN, /* the styles tell headings apart */
	LINES_TEXT    /* headings are underlined */
};

void lines_render(cmark_node *doc, size_t width, enum lines_use use,
    struct md_lines *out);
/* Appends the lines without styles, a newline after each. */
void lines_plain(const struct md_lines *l, struct buf *out);

#endif
