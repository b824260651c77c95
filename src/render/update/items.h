/*
 * The section of a version in a changelog as a row of items: headings, list
 * entries with all that is indented below them, definitions of links, other
 * blocks.  What merging compares, moves and keeps.
 */
#ifndef NOTES_RENDER_ITEMS_H
#define NOTES_RENDER_ITEMS_H

#include <stdbool.h>
#include <stddef.h>

#include "model/ticket.h"

enum item_kind { ITEM_TEXT, ITEM_HEADING, ITEM_ENTRY, ITEM_LINK };

#define ITEM_NONE ((size_t)-1)

struct item {
	enum item_kind kind;
	int level;           /* of a heading */
	size_t under;        /* the heading that it belongs to, or ITEM_NONE */
	const char *raw;     /* in the text, without its last line end */
	size_t len;
	const char *gap;     /* that line end and the blank lines behind it */
	size_t gap_len;
	char *norm;          /* raw with LF for line ends */
	char *id;            /* tells it apart from all others */
	char key[TICKET_KEY_MAX]; /* of the ticket, or "" */
};

struct items {
	struct item *v;
	size_t n, cap;
	size_t *by_id;       /* indexes, sorted */
};

/*
 * Items borrow from text.  Our own styles have an entry's key at the very
 * beginning or at the end of its first line.  In a text that people wrote a
 * key may stand anywhere, and words such as UTF-8 look like one: there, only
 * keys count that a or b have (both may be NULL: all do).
 */
void items_read(const char *text, size_t len, const struct items *a,
    const struct items *b, struct items *out);
void items_release(struct items *l);

/* The item with that id, or ITEM_NONE. */
size_t items_find(const struct items *l, const char *id);

/* Is one of them about that ticket? */
bool items_have_key(const struct items *l, const char *key);

/* The line that marks a conflict begins so, behind blanks. */
#define ITEMS_MARK "<!-- conflict"
/* Where that line begins in norm, or ITEM_NONE. */
size_t items_mark(const char *norm);

#endif
