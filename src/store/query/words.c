#include "words.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "store/file/db.h"

#define WORDS_MAX 256

/* So few pages are gathered in a millisecond. */
#define PAGES_FEW 6

/* Where the prefix goes on to the end of the index. */
#define PAGES_UNKNOWN "64"

struct words {
	bool open;        /* temp.search_word is there */
	char *prefix;     /* of those that are known, or NULL */
	struct strv all;
	unsigned version; /* of the file then */
};

/*
 * How many pages of the index hold the hits of words that begin with ?1.  In
 * search_idx, for each segment, stands the first word that begins on a page of
 * it, behind a '0', and the page's number above one bit (fts5_index.c, "%_IDX
 * table").  It tells a cost alone: no result hangs on it.
 */
static const char pages_sql[] =
    "WITH RECURSIVE s (id) AS (SELECT min(segid) FROM search_idx "
    "UNION ALL SELECT (SELECT min(segid) FROM search_idx "
    "WHERE segid > s.id) FROM s WHERE s.id IS NOT NULL), "
    "p (first, last) AS (SELECT "
    "(SELECT pgno >> 1 FROM search_idx WHERE segid = s.id "
    "AND term <= ?1 ORDER BY term DESC LIMIT 1), "
    "(SELECT pgno >> 1 FROM search_idx WHERE segid = s.id "
    "AND term > ?2 ORDER BY term LIMIT 1) FROM s WHERE s.id IS NOT NULL) "
    "SELECT sum(coalesce(last - first, " PAGES_UNKNOWN ")) FROM p";

static enum rc
count_pages(struct store *st, const char *prefix, int64_t *n, struct err *err)
{
	struct buf first = BUF_INIT, last = BUF_INIT;
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc = db_prepare(st, &stmt, pages_sql, err);

	*n = 0;
	if (rc != RC_OK)
		return rc;
	buf_printf(&first, "0%s", prefix);
	buf_printf(&last, "0%s\xFF", prefix);
	db_bind_blob(stmt, 1, first.ptr, first.len);
	db_bind_blob(stmt, 2, last.ptr, last.len);
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row)
		*n = db_int(stmt, 0);
	db_finish(st, stmt);
	buf_release(&first);
	buf_release(&last);
	return rc;
}

/* https://sqlite.org/fts5.html, section 9, "The fts5vocab Virtual Table". */
static enum rc
open_words(struct store *st, struct err *err)
{
	static const char create[] =
	    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_word "
	    "USING fts5vocab('main', 'search', 'instance')";
	enum rc rc = RC_OK;

	if (st->words->open)
		return RC_OK;
	/* It stands in no file, but nothing can be made while this is on. */
	if (st->mode == STORE_READ)
		rc = db_exec(st, "PRAGMA query_only = OFF", err);
	if (rc == RC_OK)
		rc = db_exec(st, create, err);
	st->words->open = rc == RC_OK;
	if (st->mode == STORE_READ && rc == RC_OK)
		rc = db_exec(st, "PRAGMA query_only = ON", err);
	return rc;
}

static bool
begins(const char *word, const char *prefix)
{
	return word != NULL && strncmp(word, prefix, strlen(prefix)) == 0;
}

/* The first word that is not before from; *out is kept if there is none. */
static enum rc
next_word(struct store *st, const char *from, const char *prefix,
    struct strv *out, bool *found, struct err *err)
{
	/* The table lists each place of a word: the first is enough. */
	static const char sql[] =
	    "SELECT term FROM temp.search_word WHERE term >= ?1 LIMIT 1";
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	*found = false;
	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_text(stmt, 1, from);
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row && begins(db_text(stmt, 0), prefix)) {
		strv_push(out, db_text(stmt, 0));
		*found = true;
	}
	db_finish(st, stmt);
	return rc;
}

/* All words, or none if they are more than max. */
static enum rc
find_words(struct store *st, const char *prefix, size_t max, struct strv *out,
    struct err *err)
{
	struct buf from = BUF_INIT;
	bool found = true;
	enum rc rc = open_words(st, err);

	buf_puts(&from, prefix);
	while (rc == RC_OK && out->n <= max) {
		rc = next_word(st, buf_str(&from), prefix, out, &found, err);
		if (!found)
			break;
		buf_clear(&from);
		/* No word holds a control character. */
		buf_printf(&from, "%s\x01", out->v[out->n - 1]);
	}
	if (rc != RC_OK || out->n > max)
		strv_release(out);
	buf_release(&from);
	return rc;
}

static void
forget(struct words *w)
{
	free(w->prefix);
	w->prefix = NULL;
	strv_release(&w->all);
}

void
words_free(struct words *w)
{
	if (w == NULL)
		return;
	forget(w);
	free(w);
}

/* Those that are kept still stand, and the prefix asks for some of them. */
static bool
knows(struct store *st, const char *prefix)
{
	struct words *w = st->words;
	unsigned version = 0;

	/* What is written now is in no version yet. */
	if (st->depth > 0 ||
	    sqlite3_file_control(st->db, "main", SQLITE_FCNTL_DATA_VERSION,
		&version) != SQLITE_OK ||
	    version != w->version) {
		forget(w);
		w->version = version;
		return false;
	}
	return w->prefix != NULL && begins(prefix, w->prefix);
}

enum rc
words_begin(struct store *st, const char *prefix, struct strv *out,
    struct err *err)
{
	int64_t pages;
	struct words *w;
	enum rc rc;

	if (st->words == NULL)
		st->words = mem_calloc(1, sizeof(*st->words));
	w = st->words;
	/* It reads, and so the version is that of the file as it is. */
	rc = count_pages(st, prefix, &pages, err);
	if (rc != RC_OK || pages <= PAGES_FEW)
		return rc;
	/* A word more costs about what gathering a page does. */
	if (pages > WORDS_MAX)
		pages = WORDS_MAX;
	if (!knows(st, prefix)) {
		forget(w);
		rc = find_words(st, prefix, (size_t)pages, &w->all, err);
		if (rc == RC_OK && w->all.n > 0)
			w->prefix = mem_strdup(prefix);
	}
	for (size_t i = 0; rc == RC_OK && i < w->all.n; i++)
		if (begins(w->all.v[i], prefix))
			strv_push(out, w->all.v[i]);
	if (out->n > (size_t)pages)
		strv_release(out);
	return rc;
}
