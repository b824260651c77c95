#include "search.h"

#include <string.h>

#include "base/utf8.h"
#include "store/file/db.h"
#include "tokenizer.h"
#include "words.h"

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

/* What a piece of text is made of. */
struct pieces {
	int n;
	int letters;     /* of the last one */
	bool pair;       /* it is of syllables */
	struct buf word; /* the last one */
};

static int
take_piece(void *arg, int flags, const char *s, int len, int start, int end)
{
	struct pieces *p = arg;
	uint32_t cp = 0;

	(void)flags;
	(void)start;
	(void)end;
	p->n++;
	p->letters = 0;
	for (size_t at = 0; at < (size_t)len; p->letters++)
		at += utf8_decode(s + at, (size_t)len - at, &cp);
	p->pair = cp >= 0x1100 && tokenizer_is_paired(cp);
	buf_truncate(&p->word, 0);
	buf_add(&p->word, s, (size_t)len);
	return SQLITE_OK;
}

/*
 * Syllables never need it, quoted text means what it says, and what begins with
 * one or two letters is half of everything: found by prefix that takes FTS5 a
 * time in which no key is heard.
 */
static bool
goes_on(const struct pieces *p, enum search_end end)
{
	return !p->pair && p->letters >= WORD_PREFIX_MIN && end != SEARCH_WHOLE;
}

static void
put_quoted(const char *text, struct buf *out)
{
	buf_putc(out, '"');
	for (const char *s = text; *s != '\0'; s++) {
		if (*s == '"')
			buf_putc(out, '"');
		buf_putc(out, *s);
	}
	buf_putc(out, '"');
}

static void
put_either(const struct strv *words, struct buf *out)
{
	buf_putc(out, '(');
	for (size_t i = 0; i < words->n; i++) {
		buf_puts(out, i > 0 ? " OR " : "");
		put_quoted(words->v[i], out);
	}
	buf_putc(out, ')');
}

enum rc
search_query(struct store *st, const char *text, enum search_end end,
    struct buf *out, struct err *err)
{
	struct pieces p = { .word = BUF_INIT };
	struct strv words = STRV_INIT;
	enum rc rc = tokenizer_each(st->db, text, take_piece, &p, err);
	bool prefix = goes_on(&p, end);

	if (rc == RC_OK && prefix && p.n == 1)
		rc = words_begin(st, buf_str(&p.word), &words, err);
	if (rc == RC_OK && words.n > 0) {
		put_either(&words, out);
	} else if (rc == RC_OK && p.n > 0) {
		put_quoted(text, out);
		buf_puts(out, prefix ? " *" : "");
	}
	strv_release(&words);
	buf_release(&p.word);
	return rc;
}
