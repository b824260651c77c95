/*
 * The tokenizer "tracker": unicode61 for whatever is written with letters, and
 * for Korean, Chinese and Japanese overlapping pairs, since these are written
 * without blanks or with endings stuck to the word.  "한글을" is 한글, 글을, so a
 * phrase of pairs finds any two syllables or more inside a word; beside the
 * first pair stands the first syllable alone, so that one syllable finds the
 * words that begin with it without a costly search by prefix.  Where letters and syllables meet ("NOTE를") a word ends.
 * Text is brought to NFC first.  Interface: https://sqlite.org/fts5.html,
 * section 7.1.
 */
#include "tokenizer.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

struct tokenizer {
	fts5_tokenizer inner; /* unicode61 */
	Fts5Tokenizer *state; /* its instance */
};

/* Where inner's offsets begin, and to whom its tokens go. */
struct relay {
	token_fn *fn;
	void *arg;
	int base;
};

bool
tokenizer_is_paired(uint32_t cp)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{ 0x1100, 0x11FF }, /* Hangul jamo */
		{ 0x3005, 0x3007 },
		{ 0x3041, 0x3096 }, /* Hiragana */
		{ 0x309D, 0x309F },
		{ 0x30A1, 0x30FA }, /* Katakana */
		{ 0x30FC, 0x30FF },
		{ 0x3131, 0x318E }, /* Hangul compatibility jamo */
		{ 0x31F0, 0x31FF },
		{ 0x3400, 0x4DBF }, /* Ideographs */
		{ 0x4E00, 0x9FFF },
		{ 0xA960, 0xA97C },
		{ 0xAC00, 0xD7A3 }, /* Hangul syllables */
		{ 0xD7B0, 0xD7FB },
		{ 0xF900, 0xFAFF },
		{ 0xFF66, 0xFFDC }, /* halfwidth */
		{ 0x20000, 0x3FFFD },
	};
	size_t low = 0, high = sizeof(ranges) / sizeof(ranges[0]);

	if (cp < ranges[0].first)
		return false;
	while (low < high) {
		size_t mid = (low + high) / 2;

		if (cp > ranges[mid].last)
			low = mid + 1;
		else
			high = mid;
	}
	return low < sizeof(ranges) / sizeof(ranges[0]) &&
	    cp >= ranges[low].first;
}

/* The bytes from at that are paired letters, or that are none. */
static size_t
run_length(const char *s, size_t len, bool *paired)
{
	size_t at = 0, n;
	uint32_t cp;

	for (; at < len; at += n) {
		n = utf8_decode(s + at, len - at, &cp);
		if (at == 0)
			*paired = tokenizer_is_paired(cp);
		else if (tokenizer_is_paired(cp) != *paired)
			break;
	}
	return at;
}

static int
put_pairs(const char *s, size_t len, int flags, int base, token_fn *fn,
    void *arg)
{
	size_t at = 0, one, two;
	uint32_t cp;
	int rc = SQLITE_OK, more = 0;

	one = utf8_decode(s, len, &cp);
	/* A query means what it says: the pair, not either. */
	if (one == len || (flags & FTS5_TOKENIZE_QUERY) == 0) {
		rc = fn(arg, 0, s, (int)one, base, base + (int)one);
		more = FTS5_TOKEN_COLOCATED;
	}
	while (rc == SQLITE_OK && at + one < len) {
		two = utf8_decode(s + at + one, len - at - one, &cp);
		rc = fn(arg, more, s + at, (int)(one + two), base + (int)at,
		    base + (int)(at + one + two));
		at += one;
		one = two;
		more = 0;
	}
	return rc;
}

static int
relay_token(void *arg, int flags, const char *s, int len, int start, int end)
{
	struct relay *r = arg;

	return r->fn(r->arg, flags, s, len, r->base + start, r->base + end);
}

static int
put_runs(struct tokenizer *t, int flags, const char *s, size_t len,
    token_fn *fn, void *arg)
{
	size_t n;

	for (size_t at = 0; at < len; at += n) {
		struct relay relay = { fn, arg, (int)at };
		bool paired = false;
		int rc;

		n = run_length(s + at, len - at, &paired);
		if (paired)
			rc = put_pairs(s + at, n, flags, (int)at, fn, arg);
		else
			rc = t->inner.xTokenize(t->state, &relay, flags, s + at,
			    (int)n, relay_token);
		if (rc != SQLITE_OK)
			return rc;
	}
	return SQLITE_OK;
}

static bool
is_ascii(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)s[i] >= 0x80)
			return false;
	return true;
}

static int
tracker_tokenize(Fts5Tokenizer *self, void *arg, int flags, const char *text,
    int len, token_fn *fn)
{
	struct tokenizer *t = (struct tokenizer *)self;
	struct buf nfc = BUF_INIT;
	int rc;

	if (text == NULL || len <= 0)
		return SQLITE_OK;
	if (is_ascii(text, (size_t)len))
		return t->inner.xTokenize(t->state, arg, flags, text, len, fn);
	utf8_nfc(&nfc, text, (size_t)len);
	rc = put_runs(t, flags, buf_str(&nfc), nfc.len, fn, arg);
	buf_release(&nfc);
	return rc;
}

static void
tracker_delete(Fts5Tokenizer *self)
{
	struct tokenizer *t = (struct tokenizer *)self;

	if (t->state != NULL)
		t->inner.xDelete(t->state);
	free(t);
}

static int
tracker_create(void *api_arg, const char **args, int n_args,
    Fts5Tokenizer **out)
{
	/* Diacritics are folded ("café" is found by "cafe"); Hangul never
	 * gets that far. */
	static const char *inner_args[] = { "remove_diacritics", "2" };
	fts5_api *api = api_arg;
	struct tokenizer *t = mem_calloc(1, sizeof(*t));
	void *user = NULL;
	int rc;

	(void)args;
	(void)n_args;
	rc = api->xFindTokenizer(api, "unicode61", &user, &t->inner);
	if (rc == SQLITE_OK)
		rc = t->inner.xCreate(user, inner_args, 2, &t->state);
	if (rc != SQLITE_OK) {
		free(t);
		return rc;
	}
	*out = (Fts5Tokenizer *)t;
	return SQLITE_OK;
}

/* https://sqlite.org/fts5.html, "Extending FTS5": the pointer to the API. */
static fts5_api *
find_api(sqlite3 *db)
{
	sqlite3_stmt *stmt = NULL;
	fts5_api *api = NULL;

	if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &stmt, NULL) ==
	    SQLITE_OK) {
		sqlite3_bind_pointer(stmt, 1, &api, "fts5_api_ptr", NULL);
		sqlite3_step(stmt);
	}
	sqlite3_finalize(stmt);
	return api;
}

enum rc
tokenizer_register(sqlite3 *db, struct err *err)
{
	fts5_tokenizer tracker = {
		.xCreate = tracker_create,
		.xDelete = tracker_delete,
		.xTokenize = tracker_tokenize,
	};
	fts5_api *api = find_api(db);

	if (api == NULL)
		return err_set(err, RC_FAIL,
		    "this SQLite has no full-text search (FTS5)");
	if (api->xCreateTokenizer(api, "tracker", api, &tracker, NULL) !=
	    SQLITE_OK)
		return err_set(err, RC_FAIL, "cannot set up text search: %s",
		    sqlite3_errmsg(db));
	return RC_OK;
}

enum rc
tokenizer_each(sqlite3 *db, const char *text, token_fn *fn, void *arg,
    struct err *err)
{
	fts5_api *api = find_api(db);
	Fts5Tokenizer *t = NULL;
	int rc = SQLITE_ERROR;

	if (api != NULL && tracker_create(api, NULL, 0, &t) == SQLITE_OK) {
		rc = tracker_tokenize(t, arg, FTS5_TOKENIZE_QUERY, text,
		    (int)strlen(text), fn);
		tracker_delete(t);
	}
	if (rc == SQLITE_OK)
		return RC_OK;
	return err_set(err, RC_FAIL, "cannot take \"%s\" apart for a search",
	    text);
}
