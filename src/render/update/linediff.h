/* Which lines of two texts are the same. */
#ifndef NOTES_RENDER_LINEDIFF_H
#define NOTES_RENDER_LINEDIFF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct linediff_line {
	const char *s;
	size_t len; /* without the line end */
};

struct linediff_text {
	struct linediff_line *v;
	size_t n, cap;
};

#define LINEDIFF_NONE ((size_t)-1)

/* Lines end with LF or CRLF; they point into text. */
void linediff_split(const char *text, size_t len, struct linediff_text *out);
void linediff_release(struct linediff_text *t);
bool linediff_same(const struct linediff_line *a,
    const struct linediff_line *b);

/*
 * A longest common subsequence (Myers, "An O(ND) Difference Algorithm"): for
 * each line of a the line of b that it is, or LINEDIFF_NONE.  Texts with more
 * than 1000 differences are the same at their ends only.  The caller frees it.
 */
size_t *linediff_match(const struct linediff_text *a,
    const struct linediff_text *b);

/*
 * Merges what theirs and ours made of base and appends the result, each line
 * ended by eol; false, with out unchanged, where both changed the same lines.
 */
bool linediff_merge(const struct linediff_text *base,
    const struct linediff_text *theirs, const struct linediff_text *ours,
    const char *eol, struct buf *out);

#endif
