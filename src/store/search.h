/*
 * Text search: the index over summary, description and comments, and the query
 * that is made of what a user types.  The index is an FTS5 table "search" whose
 * rowid is the ticket's, with the tokenizer "tracker" (see tokenizer.c).
 */
#ifndef NOTES_STORE_SEARCH_H
#define NOTES_STORE_SEARCH_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct store;

/* Makes the tokenizer known to a connection; before any statement that reads
 * or writes the index. */
enum rc	search_register(sqlite3 *db, struct err *err);

/* Enters a ticket's texts (NULL counts as empty). */
enum rc	search_put(struct store *st, int64_t ticket, const char *summary,
	    const char *description, const char *comments, struct err *err);

/* Takes a ticket's texts out; they must be the ones that were entered. */
enum rc	search_remove(struct store *st, int64_t ticket, const char *summary,
	    const char *description, const char *comments, struct err *err);

/*
 * Appends the FTS5 query for a user's words: every word must be found, as a
 * prefix for words of letters with case, anywhere inside for Korean, Chinese
 * and Japanese.  The words are data, never FTS5 syntax.  Returns false, adding
 * nothing, when no word is left to look for ("!!").  prefix: the last word may
 * go on.
 */
bool	search_query(const char *text, bool prefix, struct buf *out);

#endif
