/*
 * Rows of a list as they were drawn: most stay as they are from key to key, and
 * copying their cells costs a tenth of writing them anew.
 */
#ifndef NOTES_TUI_LIST_CACHE_H
#define NOTES_TUI_LIST_CACHE_H

#include "list_view.h"

struct list_cache;

struct list_cache *list_cache_new(void);
void list_cache_free(struct list_cache *k);

/* To be told before rows are drawn: how wide, how many, in which columns. */
void list_cache_begin(struct list_cache *k, const struct list *l, int cols,
    const struct list_columns *c);

/* Draws row i of the list, which is not selected, into row y. */
void list_cache_draw(struct list_cache *k, const struct area *a, int y,
    const struct list *l, size_t i, bool marked);

#endif
