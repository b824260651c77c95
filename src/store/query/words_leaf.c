#include "words_leaf.h"

#include <stdint.h>
#include <string.h>

#include "base/buf.h"

struct reader {
	const unsigned char *p;
	size_t len, at;
	bool bad;
};

/* SQLite's varint; here none is longer than a page. */
static size_t
number(struct reader *r)
{
	size_t n = 0;

	for (int i = 0; i < 4; i++) {
		if (r->at >= r->len)
			break;
		n = n << 7 | (r->p[r->at] & 0x7F);
		if (r->p[r->at++] < 0x80)
			return n;
	}
	r->bad = true;
	return 0;
}

/* Makes *word the one that stands at r->at. */
static void
next_word(struct reader *r, bool first, struct buf *word)
{
	size_t same = first ? 0 : number(r), n = number(r);

	if (r->bad || same > word->len || n > r->len - r->at) {
		r->bad = true;
		return;
	}
	buf_truncate(word, same);
	buf_add(word, (const char *)r->p + r->at, n);
}

bool
words_leaf(const void *page, size_t len, const char *prefix, struct strv *out)
{
	const unsigned char *p = page;
	struct reader footer = { p, len, 0, false }, body = footer;
	struct buf word = BUF_INIT;
	size_t n = strlen(prefix), at = 0;
	bool first = true;

	if (len < 4)
		return false;
	footer.at = body.len = (size_t)p[2] << 8 | p[3];
	if (body.len < 4 || body.len > len)
		return false;
	for (; footer.at < len && !footer.bad && !body.bad; first = false) {
		at += number(&footer);
		body.at = at;
		body.bad = at < 4 || at > body.len;
		if (footer.bad || body.bad)
			break;
		next_word(&body, first, &word);
		if (body.bad || word.len < 1 + n || word.ptr[0] != '0' ||
		    memcmp(word.ptr + 1, prefix, n) != 0)
			continue;
		strv_push(out, buf_str(&word) + 1);
	}
	buf_release(&word);
	return !footer.bad && !body.bad;
}
