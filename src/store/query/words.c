#include "words.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "store/file/db.h"
#include "words_leaf.h"

#define WORDS_MAX 256

/* So few pages are gathered in a millisecond. */
#define PAGES_FEW 6

/* Where the prefix goes on to the end of the index. */
#define PAGES_UNKNOWN "64"

/*
 * FTS5's tables (https://sqlite.org/src/file?name=ext/fts5/fts5_index.c, "The
 * %_data table" and "%_IDX"): the index is made of segments, and these of leaf
 * pages.  search_idx has, for each leaf on which a word begins, what tells it
 * from the word before, and its number above one bit; search_data has the
 * leaf, by segment and number.  Words begin with a '0'.
 */
#define FORMAT 4

#define SEGMENTS \
	"WITH RECURSIVE s (id) AS (SELECT min(segid) FROM search_idx " \
	"UNION ALL SELECT (SELECT min(segid) FROM search_idx " \
	"WHERE segid > s.id) FROM s WHERE s.id IS NOT NULL) "

/* ?1: the prefix, ?2: what is behind all words with it. */
#define FIRST \
	"(SELECT pgno >> 1 FROM search_idx WHERE segid = s.id " \
	"AND term <= ?1 ORDER BY term DESC LIMIT 1)"

/* The words that were found last; nobody has written since. */
struct words {
	char *prefix; /* NULL: none are known */
	struct strv all;
	unsigned version; /* of the file then */
	int64_t format;   /* of the index; 0: not yet looked at */
};

struct range {
	struct buf first, last;
};

static void
range_make(struct range *r, const char *prefix)
{
	*r = (struct range){ BUF_INIT, BUF_INIT };
	buf_printf(&r->first, "0%s", prefix);
	buf_printf(&r->last, "0%s\xFF", prefix);
}

static void
range_release(struct range *r)
{
	buf_release(&r->first);
	buf_release(&r->last);
}

static void
range_bind(const struct range *r, sqlite3_stmt *stmt)
{
	db_bind_blob(stmt, 1, r->first.ptr, r->first.len);
	db_bind_blob(stmt, 2, r->last.ptr, r->last.len);
}

/* How many pages hold the hits: they are what gathering costs. */
static enum rc
count_pages(struct store *st, const struct range *r, int64_t *n,
    struct err *err)
{
	static const char sql[] = SEGMENTS
	    "SELECT sum(coalesce((SELECT pgno >> 1 FROM search_idx "
	    "WHERE segid = s.id AND term > ?2 ORDER BY term LIMIT 1) - " FIRST
	    ", " PAGES_UNKNOWN ")) FROM s WHERE s.id IS NOT NULL";
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc = db_prepare(st, &stmt, sql, err);

	*n = 0;
	if (rc != RC_OK)
		return rc;
	range_bind(r, stmt);
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row)
		*n = db_int(stmt, 0);
	db_finish(st, stmt);
	return rc;
}

/* A segment whose first leaves were merged away begins further on. */
static enum rc
read_leaf(struct store *st, int64_t segment, int64_t page, const char *prefix,
    struct strv *out, bool *sound, struct err *err)
{
	static const char sql[] =
	    "SELECT block FROM search_data WHERE id BETWEEN ?1 AND ?2 "
	    "ORDER BY id LIMIT 1";
	sqlite3_stmt *stmt = NULL;
	bool row = false;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	db_bind_int(stmt, 1, (segment << 37) + page);
	db_bind_int(stmt, 2, (segment << 37) + INT32_MAX);
	rc = db_step(st, stmt, &row, err);
	if (rc == RC_OK && row)
		*sound = words_leaf(sqlite3_column_blob(stmt, 0),
		    (size_t)sqlite3_column_bytes(stmt, 0), prefix, out);
	db_finish(st, stmt);
	return rc;
}

static void
drop_doubles(struct strv *words)
{
	size_t n = 0;

	strv_sort(words);
	for (size_t i = 0; i < words->n; i++) {
		if (n > 0 && strcmp(words->v[n - 1], words->v[i]) == 0)
			free(words->v[i]);
		else
			words->v[n++] = words->v[i];
	}
	words->n = n;
}

/* All words, or none if they are more than max. */
static enum rc
find_words(struct store *st, const struct range *r, const char *prefix,
    size_t max, struct strv *out, struct err *err)
{
	static const char sql[] = SEGMENTS
	    "SELECT s.id, " FIRST " FROM s WHERE s.id IS NOT NULL UNION ALL "
	    "SELECT s.id, i.pgno >> 1 FROM s CROSS JOIN search_idx i "
	    "ON i.segid = s.id AND i.term > ?1 AND i.term <= ?2 LIMIT ?3";
	sqlite3_stmt *stmt = NULL;
	bool row = false, sound = true;
	size_t leaves = 0;
	enum rc rc;

	if ((rc = db_prepare(st, &stmt, sql, err)) != RC_OK)
		return rc;
	range_bind(r, stmt);
	db_bind_int(stmt, 3, WORDS_MAX);
	while (sound && (rc = db_step(st, stmt, &row, err)) == RC_OK && row) {
		leaves++;
		rc = read_leaf(st, db_int(stmt, 0), db_int(stmt, 1), prefix,
		    out, &sound, err);
		if (rc != RC_OK)
			break;
	}
	db_finish(st, stmt);
	drop_doubles(out);
	if (rc != RC_OK || !sound || leaves == WORDS_MAX || out->n > max)
		strv_release(out);
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

static bool
begins(const char *word, const char *prefix)
{
	return strncmp(word, prefix, strlen(prefix)) == 0;
}

/* Those that are kept still stand, and the prefix asks for some of them. */
static bool
knows(struct store *st, const char *prefix)
{
	struct words *w = st->words;
	unsigned version = 0;

	if (sqlite3_file_control(st->db, "main", SQLITE_FCNTL_DATA_VERSION,
		&version) != SQLITE_OK ||
	    version != w->version) {
		forget(w);
		w->version = version;
		return false;
	}
	return w->prefix != NULL && begins(prefix, w->prefix);
}

/* Is the index laid out as it is known here? */
static enum rc
check_format(struct store *st, struct err *err)
{
	static const char sql[] =
	    "SELECT v FROM search_config WHERE k = 'version'";

	if (st->words == NULL)
		st->words = mem_calloc(1, sizeof(*st->words));
	if (st->words->format != 0)
		return RC_OK;
	return db_get_int(st, sql, -1, &st->words->format, err);
}

enum rc
words_begin(struct store *st, const char *prefix, struct strv *out,
    struct err *err)
{
	struct range r;
	struct words *w;
	int64_t pages = 0;
	enum rc rc;

	/* What is being written may stand in memory yet. */
	if (st->depth > 0)
		return RC_OK;
	if ((rc = check_format(st, err)) != RC_OK ||
	    st->words->format != FORMAT)
		return rc;
	w = st->words;
	range_make(&r, prefix);
	/* It reads, and so the version is that of the file as it is. */
	rc = count_pages(st, &r, &pages, err);
	if (rc != RC_OK || pages <= PAGES_FEW)
		goto out;
	/* A word more costs about what gathering a page does. */
	if (pages > WORDS_MAX)
		pages = WORDS_MAX;
	if (!knows(st, prefix)) {
		forget(w);
		rc = find_words(st, &r, prefix, (size_t)pages, &w->all, err);
		if (rc == RC_OK && w->all.n > 0)
			w->prefix = mem_strdup(prefix);
	}
	for (size_t i = 0; rc == RC_OK && i < w->all.n; i++)
		if (begins(w->all.v[i], prefix))
			strv_push(out, w->all.v[i]);
	if (out->n > (size_t)pages)
		strv_release(out);
out:
	range_release(&r);
	return rc;
}
