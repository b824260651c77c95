/* The words on one page of the search index. */
#ifndef NOTES_STORE_WORDS_LEAF_H
#define NOTES_STORE_WORDS_LEAF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strv.h"

/*
 * Adds those that begin with prefix, of a leaf page of FTS5 (format 4):
 *
 *	2 bytes		where the first rowid stands
 *	2 bytes		where the footer begins
 *	...		words and their hits
 *	footer		varints: where the first word begins, and how far it is
 *			from each to the next
 *
 * A word is a varint, how many bytes it shares with the one before (not so the
 * first of the page), one of how many follow, and these.  False if the page is
 * none.  Source: ext/fts5/fts5_index.c, "Segment Leaf Format".
 */
bool words_leaf(const void *page, size_t len, const char *prefix,
    struct strv *out);

#endif
