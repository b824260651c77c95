/*
 * The words of the search index that begin with some letters.  FTS5 finds a
 * prefix by gathering all hits of all its words before it gives the first one,
 * deaf to keys meanwhile; words that are named it reads lazily, newest first.
 * So where many hits belong to few words, these are asked for by name.
 */
#ifndef NOTES_STORE_WORDS_H
#define NOTES_STORE_WORDS_H

#include "base/err.h"
#include "base/strv.h"

struct store;

/* The words that were found last, kept with the store. */
struct words;

void	words_free(struct words *w);

/*
 * Adds the words of the index that begin with prefix (as the tokenizer makes
 * it), in order, where naming them costs less than gathering their hits;
 * otherwise, and where there is none, adds nothing.  They are found once for a
 * page, its count, and for the letters typed next, while nobody writes.
 */
enum rc	words_begin(struct store *st, const char *prefix, struct strv *out,
	    struct err *err);

#endif
