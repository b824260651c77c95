/*
 * Likeness of a commit's subject and a ticket's title: for suggesting a ticket
 * to a commit that names none, and "did you mean".
 */
#ifndef NOTES_MESSAGE_TITLE_H
#define NOTES_MESSAGE_TITLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strv.h"

/*
 * The words of a title that carry meaning: folded, without keys, brackets,
 * punctuation and the commonest English words, stemmed lightly (plural, -ed,
 * -ing); Korean words by syllable pairs; "1.6.2" is one.  Sorted, each once.
 */
void	title_words(const char *text, size_t len, struct strv *out);

/*
 * 0 to 1000: the overlap of two word lists (Dice's coefficient), each word
 * counting by its length: a name such as ArrayIndexOutOfBoundsException says
 * more than "pom".
 */
int	title_likeness(const struct strv *a, const struct strv *b);

/*
 * False when both name numbers and none is in both: "upgrade to 1.6.2" is not
 * what "upgrade to 1.4.0" did, however alike they are.
 */
bool	title_numbers_agree(const struct strv *a, const struct strv *b);

/*
 * Damerau-Levenshtein distance of two short ASCII words, case-insensitive,
 * at most max + 1 (then it stops).
 */
int	title_distance(const char *a, const char *b, int max);

#endif
