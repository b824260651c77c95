/* Words that a forge would turn into something else. */
#ifndef NOTES_RENDER_MD_WORD_H
#define NOTES_RENDER_MD_WORD_H

#include <stddef.h>

enum md_word_place {
	MD_WORD_BARE,
	MD_WORD_LINKED /* in a link's text: addresses do no harm */
};

/*
 * Looks at the word that begins at s[at]; when a forge would make a mention, a
 * mail or web address or a picture of part of it, returns the length of the
 * part of s that is to become a code span and its start through *start.
 * Returns 0 otherwise.  *next is where to look again.
 */
size_t md_word_risky(const char *s, size_t len, size_t at,
    enum md_word_place place, size_t *start, size_t *next);

/* Length of such a part at the very beginning of s, 0 when there is none. */
size_t md_word_first(const char *s, size_t len, enum md_word_place place);
/* Where such a part begins that reaches to the end of s; len when none. */
size_t md_word_last(const char *s, size_t len, enum md_word_place place);

#endif
