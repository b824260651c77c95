/* How text is taken apart for the search index. */
#ifndef NOTES_STORE_TOKENIZER_H
#define NOTES_STORE_TOKENIZER_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* As FTS5 has it: the token, its bytes in the text; returns SQLITE_OK. */
typedef int token_fn(void *arg, int flags, const char *token, int len,
	    int start, int end);

/* True for letters that are indexed in pairs. */
bool	tokenizer_is_paired(uint32_t cp);

enum rc	tokenizer_register(sqlite3 *db, struct err *err);

/* The tokens of a text, as a query would have them. */
enum rc	tokenizer_each(sqlite3 *db, const char *text, token_fn *fn, void *arg,
	    struct err *err);

#endif
