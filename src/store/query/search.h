/*
 * Text search: the index over summary, description and comments, and the query
 * that is made of what a user types.  The index is the FTS5 table "search",
 * whose rowid is the ticket's, with the tokenizer "tracker" (tokenizer.c).
 */
#ifndef NOTES_STORE_SEARCH_H
#define NOTES_STORE_SEARCH_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct store;

/* Makes the tokenizer known to a connection: before any statement that reads
 * or writes the index. */
enum rc	search_register(sqlite3 *db, struct err *err);

/* Enters a ticket's texts; NULL counts as empty. */
enum rc	search_put(struct store *st, int64_t ticket, const char *summary,
	    const char *description, const char *comments, struct err *err);

/* Takes a ticket's texts out; they must be the ones that were entered. */
enum rc	search_remove(struct store *st, int64_t ticket, const char *summary,
	    const char *description, const char *comments, struct err *err);

/* Whether the last word may go on. */
enum search_end {
	SEARCH_WHOLE,		/* no: a quoted text */
	SEARCH_WORD		/* yes, if it has 3 letters or more */
};

/*
 * Appends the FTS5 query for one piece of text: its words side by side, found
 * inside Korean, Chinese and Japanese words, and from the beginning of others.
 * The text is data, never FTS5 syntax.  Appends nothing when there is no word
 * in it ("!!").  A word that may go on becomes the words of the index that
 * begin with it, where that is cheaper (words.h): the query is for this moment.
 */
enum rc	search_query(struct store *st, const char *text, enum search_end end,
	    struct buf *out, struct err *err);

#endif
