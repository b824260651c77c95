/*
 * What the words around a list of keys say of it: "fixes", "does not fix",
 * "Refs:", "해결".  docs/MESSAGES.md has the rules for users.
 */
#ifndef NOTES_MESSAGE_KEYWORD_H
#define NOTES_MESSAGE_KEYWORD_H

#include <stdbool.h>
#include <stddef.h>

#include "key.h"
#include "lines.h"

enum keyword {
	KEYWORD_NONE,
	KEYWORD_CLOSES,       /* fixes A-1 */
	KEYWORD_CLOSES_LABEL, /* Fixes: A-1, at the start of a body line */
	KEYWORD_CLAIMS,       /* partially fixes A-1 */
	KEYWORD_CLAIMS_LABEL, /* */
	KEYWORD_NEGATED       /* does not fix A-1 */
};

/*
 * Judges the keys hits[0..n), which stand as one list that begins in line ln
 * of s; words of the paragraph from offset lo on may say "not", and what
 * follows up to end (of the list's last line) may narrow it.
 */
enum keyword keyword_judge(const char *s, size_t lo, const struct line *ln,
    size_t end, const struct key_hit *hits, size_t n);

/*
 * True if the words behind the list take the last key of it away: "fixes A-1,
 * A-2 remains open".
 */
bool keyword_drops_last(const char *s, size_t end, const struct key_hit *last);

/*
 * True if nothing but the separators of a list stands in s[a, b): "A-1, A-2
 * and A-3", Redmine's ';' and '&', Korean 및.  *wraps tells of a newline.
 */
bool keyword_list_gap(const char *s, size_t a, size_t b, bool *wraps);

/* The length of a conjunction's UTF-8 at s (및, 와, 과, 그리고), or 0. */
size_t keyword_conjunction(const char *s, size_t len);

#endif
