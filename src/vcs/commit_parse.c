#include "commit_parse.h"

#include <ctype.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/date.h"
#include "base/mem.h"

struct line {
	const char *s;
	size_t len;
};

void
commit_scratch_release(struct commit_scratch *s)
{
	free(s->parents);
	buf_release(&s->text);
	*s = (struct commit_scratch){ 0 };
}

/* Takes one header line; false at the empty one or the end. */
static bool
next_line(const char **p, const char *end, struct line *out)
{
	const char *nl;

	if (*p >= end)
		return false;
	nl = memchr(*p, '\n', (size_t)(end - *p));
	if (nl == NULL)
		nl = end;
	out->s = *p;
	out->len = (size_t)(nl - *p);
	*p = nl < end ? nl + 1 : end;
	return out->len > 0;
}

/* What stands behind "word ". */
static bool
has_word(const struct line *l, const char *word, struct line *rest)
{
	const size_t n = strlen(word);

	if (l->len <= n || memcmp(l->s, word, n) != 0 || l->s[n] != ' ')
		return false;
	rest->s = l->s + n + 1;
	rest->len = l->len - n - 1;
	return true;
}

int64_t
ident_time(const char *s, size_t len)
{
	const char *end = s + len;
	const char *p = memrchr(s, '>', len);
	int64_t t = 0;

	p = p != NULL ? p + 1 : s;
	while (p < end && *p == ' ')
		p++;
	if (p < end && *p == '-')
		return DATE_MIN;
	for (; p < end && isdigit((unsigned char)*p); p++) {
		if (t > DATE_MAX)
			break;
		t = t * 10 + (*p - '0');
	}
	return date_clamp(t);
}

/* "Name <email>", the name without blanks around it. */
static void
take_ident(const struct line *l, struct commit *out)
{
	const char *gt = memrchr(l->s, '>', l->len);
	struct line t = { l->s, gt != NULL ? (size_t)(gt - l->s) + 1 : l->len };

	while (t.len > 0 && isspace((unsigned char)t.s[0])) {
		t.s++;
		t.len--;
	}
	while (t.len > 0 && isspace((unsigned char)t.s[t.len - 1]))
		t.len--;
	out->author = t.s;
	out->author_len = t.len;
}

/* Appends s to out in UTF-8; false when iconv cannot. */
static bool
convert(iconv_t cd, const char *s, size_t len, struct buf *out)
{
	char chunk[4096];
	char *in = (char *)(uintptr_t)s; /* iconv's type is historical */

	iconv(cd, NULL, NULL, NULL, NULL);
	while (len > 0) {
		char *to = chunk;
		size_t room = sizeof(chunk);
		const size_t n = iconv(cd, &in, &len, &to, &room);

		if (n == (size_t)-1 && to == chunk)
			return false;
		buf_add(out, chunk, (size_t)(to - chunk));
	}
	return true;
}

static bool
is_utf8(const struct line *name)
{
	static const char *const same[] = { "utf-8", "utf8", "us-ascii" };

	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++)
		if (strlen(same[i]) == name->len &&
		    strncasecmp(same[i], name->s, name->len) == 0)
			return true;
	return false;
}

/* An encoding that nobody knows leaves the bytes as they are. */
static void
recode(const struct line *encoding, struct commit_scratch *s,
    struct commit *out)
{
	char *name = mem_strndup(encoding->s, encoding->len);
	const iconv_t cd = iconv_open("UTF-8", name);
	size_t author_len;

	free(name);
	if (cd == (iconv_t)-1)
		return;
	buf_clear(&s->text);
	buf_putc(&s->text, ' ');
	if (!convert(cd, out->author, out->author_len, &s->text))
		goto out;
	author_len = s->text.len - 1;
	if (!convert(cd, out->message, out->message_len, &s->text))
		goto out;
	out->author = s->text.ptr + 1;
	out->author_len = author_len;
	out->message = s->text.ptr + 1 + author_len;
	out->message_len = s->text.len - 1 - author_len;
out:
	iconv_close(cd);
}

static bool
take_parent(const struct line *hex, struct commit_scratch *s, size_t *n)
{
	if (*n == s->cap)
		s->parents = mem_grow(s->parents, &s->cap, *n + 1,
		    sizeof(*s->parents));
	return oid_from_hex(&s->parents[(*n)++], hex->s, hex->len);
}

bool
commit_parse(const struct oid *id, const char *raw, size_t len,
    struct commit_scratch *s, struct commit *out)
{
	const char *p = raw, *end = raw + len, *nul;
	struct line l, rest, encoding = { NULL, 0 };
	bool authored = false, tree = false;

	*out = (struct commit){ .id = *id, .author = "", .message = "" };
	while (next_line(&p, end, &l)) {
		if (has_word(&l, "parent", &rest)) {
			if (!take_parent(&rest, s, &out->n_parents))
				return false;
		} else if (has_word(&l, "author", &rest) && !authored) {
			authored = true;
			take_ident(&rest, out);
			out->author_time = ident_time(rest.s, rest.len);
		} else if (has_word(&l, "committer", &rest)) {
			out->commit_time = ident_time(rest.s, rest.len);
		} else if (has_word(&l, "encoding", &rest)) {
			encoding = rest;
		} else if (has_word(&l, "tree", &rest)) {
			tree = true;
		}
	}
	out->parents = s->parents;
	if (!authored)
		out->author_time = out->commit_time;
	/* git's own programs see no further than a NUL, either. */
	nul = memchr(p, '\0', (size_t)(end - p));
	out->message = p;
	out->message_len = (size_t)((nul != NULL ? nul : end) - p);
	if (encoding.s != NULL && !is_utf8(&encoding))
		recode(&encoding, s, out);
	return tree;
}

bool
tag_parse(const char *raw, size_t len, struct oid *target, int64_t *time)
{
	const char *p = raw, *end = raw + len;
	struct line l, rest;
	bool found = false;

	*time = DATE_NONE;
	while (next_line(&p, end, &l)) {
		if (has_word(&l, "object", &rest))
			found = oid_from_hex(target, rest.s, rest.len);
		else if (has_word(&l, "tagger", &rest))
			*time = ident_time(rest.s, rest.len);
	}
	return found;
}

bool
tag_is_of_commit(const char *raw, size_t len)
{
	const char *p = raw;
	struct line l, rest;

	while (next_line(&p, raw + len, &l))
		if (has_word(&l, "type", &rest))
			return rest.len == 6 &&
			    memcmp(rest.s, "commit", 6) == 0;
	return false;
}
