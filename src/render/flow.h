/*
 * Styled text flowing into lines of a width: words move to the next line
 * whole; one that is wider than a line, and Han and Kana anywhere, break
 * between two characters.  Columns count double-width text as two.
 */
#ifndef NOTES_RENDER_FLOW_H
#define NOTES_RENDER_FLOW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "render/markdown.h"

/* What stands at the left of every line. */
struct flow_prefix {
	enum md_style style;
	char text[16]; /* ASCII: a byte is a column */
	char once[16]; /* instead, on the next line only; or "" */
};

#define FLOW_PREFIX_MAX 64

struct flow {
	struct md_lines *out;
	size_t width;
	struct flow_prefix prefix[FLOW_PREFIX_MAX];
	size_t n_prefix;
	/* The line and the word that are being filled. */
	struct md_line line, word;
	size_t line_cols, word_cols, left;
	bool open;  /* line has its prefix */
	bool space; /* a blank waits before the word */
	enum md_style space_style;
};

/* Narrower text than this is not indented any further. */
#define FLOW_TEXT_MIN 8

/* False when the prefix would leave too little room; then nothing happens. */
bool flow_push(struct flow *f, enum md_style style, const char *text);
void flow_pop(struct flow *f);
/* Shown once instead of the last prefix, which is as wide. */
void flow_marker(struct flow *f, const char *text);

/* Adds text: blanks are places to break. */
void flow_text(struct flow *f, enum md_style style, const char *s, size_t len);
/* Ends the line, if one was begun. */
void flow_break(struct flow *f);
/* Adds a line as it stands (tabs to 8), cut into several when too wide. */
void flow_verbatim(struct flow *f, enum md_style style, const char *s,
    size_t len);
/* Adds a line with nothing but the prefix. */
void flow_blank(struct flow *f);
/* Columns that text has on a line. */
size_t flow_room(const struct flow *f);
/* Frees what is left of line and word. */
void flow_release(struct flow *f);

#endif
