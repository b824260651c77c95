#include "search.h"

#include <string.h>

#include "base/utf8.h"
#include "store/file/db.h"
#include "tokenizer.h"

#define WORD_PREFIX_MIN 3 /* letters */

enum rc
search_register(sqlite3 *db, struct err *err)
{
	return tokenizer_register(db, err);
}

static enum rc
search_write(struct store *st, const char *sql, int64_t ticket,
    const char *summary, const char *description, const char *comments,
    struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, ticket);
	db_bind_text(stmt, 2, summary != NULL ? summary : "");
	db_bind_text(stmt, 3, description != NULL ? description : "");
	db_bind_text(stmt, 4, comments != NULL ? comments : "");
	rc = db_run(st, stmt, err);
	db_finish(st, stmt);
	return rc;
}

enum rc
search_put(struct store *st, int64_t ticket, const char *summary,
    const char *description, const char *comments, struct err *err)
{
	static const char sql[] =
	    "INSERT INTO search (rowid, summary, description, comments) "
	    "VALUES (?1, ?2, ?3, ?4)";

	return search_write(st, sql, ticket, summary, description, comments,
	    err);
}

enum rc
search_remove(struct store *st, int64_t ticket, const char *summary,
    const char *description, const char *comments, struct err *err)
{
	static const char sql[] = "INSERT INTO search (search, rowid, summary, "
				  "description, comments) "
				  "VALUES ('delete', ?1, ?2, ?3, ?4)";

	return search_write(st, sql, ticket, summary, description, comments,
	    err);
}

struct words {
	int n;
	int letters; /* of the last one */
	bool pair;   /* it is of syllables */
};

static int
count_word(void *arg, int flags, const char *s, int len, int start, int end)
{
	struct words *w = arg;
	uint32_t cp;

	(void)flags;
	(void)start;
	(void)end;
	w->n++;
	w->letters = 0;
	for (size_t at = 0; at < (size_t)len; w->letters++)
		at += utf8_decode(s + at, (size_t)len - at, &cp);
	w->pair = cp >= 0x1100 && tokenizer_is_paired(cp);
	return SQLITE_OK;
}

/*
 * Syllables never need it, quoted text means what it says, and what begins with
 * one or two letters is half of everything: found by prefix that takes FTS5 a
 * time in which no key is heard.
 */
static bool
goes_on(const struct words *w, enum search_end end)
{
	return !w->pair && w->letters >= WORD_PREFIX_MIN && end != SEARCH_WHOLE;
}

enum rc
search_query(sqlite3 *db, const char *text, enum search_end end,
    struct buf *out, struct err *err)
{
	struct words words = { 0 };
	enum rc rc = tokenizer_each(db, text, count_word, &words, err);

	if (rc != RC_OK || words.n == 0)
		return rc;
	buf_putc(out, '"');
	for (const char *s = text; *s != '\0'; s++) {
		if (*s == '"')
			buf_putc(out, '"');
		buf_putc(out, *s);
	}
	buf_puts(out, goes_on(&words, end) ? "\" *" : "\"");
	return RC_OK;
}
