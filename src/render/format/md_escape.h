/*
 * Text as Markdown that reads back as the same text, in CommonMark and in the
 * dialects of the forges, with as few backslashes as that takes.
 */
#ifndef NOTES_RENDER_MD_ESCAPE_H
#define NOTES_RENDER_MD_ESCAPE_H

#include <stddef.h>

#include "base/buf.h"

enum md_place {
	MD_LINE_START = 1, /* the first bytes of a paragraph's line */
	MD_IN_LINK = 2,
	MD_IN_TABLE = 4,
	MD_IN_HEADING = 8,
	MD_LAST = 16 /* nothing follows on the line */
};

/*
 * Appends s (clean, one line).  place is a set of enum md_place.
 *
 * A backslash stands only where the next byte would mean something: snake_case,
 * #12, C++ and "a * b" stay as they are.  What a forge finds after Markdown is
 * done cannot be escaped at all (@name, a@b.c, :emoji:, bare addresses: they
 * are looked up in the text of the finished HTML), so such a word becomes a
 * code span, which they all leave alone.
 */
void md_escape(struct buf *out, const char *s, size_t len, unsigned place);

/* Appends s as a code span. */
void md_code_span(struct buf *out, const char *s, size_t len, unsigned place);

/* Length of the longest run of backticks in s. */
size_t md_backticks(const char *s, size_t len);

#endif
