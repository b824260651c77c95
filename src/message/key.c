#include "key.h"

#include <stdlib.h>

#include "base/mem.h"
#include "message/title.h"
#include "text.h"

/* How far back a URL may begin; keeps the scan linear. */
#define URL_MAX 512

/* What looks like a key but names a standard, an encoding, a product. */
static const char not_typos[] =
    "aes api arm asn bug cc cpu crc css csv cve cwe des dos ecma eia epl gb "
    "gbk gcc gh gif gnu gpl gpu hp html http ibm icu ics idp iec ieee ios "
    "ipv ios iso java jdk jep jis jpg jpeg jre jsr kms koi ks lc lgpl mac md "
    "mime mit mode mp mpeg mpl ms mvn nist node non not ntlm os "
    "pcre pdf pep pgp pkcs png posix posix ppc prs ps psr py python rc rev "
    "rfc rsa rst sha sql ssl sun svg svn tcp tei test tls top ubuntu ucs udp "
    "unicode url utf uts version vol vote win windows wpa xml ";

static size_t
parse_number(const char *s, size_t at, size_t hi, uint32_t *number)
{
	uint32_t v = 0;
	size_t i = at;

	if (at >= hi || s[at] < '1' || s[at] > '9')
		return at;
	for (; i < hi && text_digit(s[i]); i++) {
		if (i - at >= 9)
			return at;
		v = v * 10 + (uint32_t)(s[i] - '0');
	}
	if (v > TICKET_NUMBER_MAX || (i < hi && text_word(s[i])))
		return at;
	*number = v;
	return i;
}

/* Looks at what touches the hit; false when it is no key at all. */
static bool
check_edges(const char *s, size_t lo, size_t hi, struct key_hit *h)
{
	const char before = h->off > lo ? s[h->off - 1] : ' ';
	const char before2 = h->off > lo + 1 ? s[h->off - 2] : ' ';
	const char after = h->end < hi ? s[h->end] : ' ';
	const char after2 = h->end + 1 < hi ? s[h->end + 1] : ' ';

	if (before == '-' && text_word(before2))
		return false;
	if ((after == '-' || after == '.') && text_digit(after2))
		return false;
	if ((after == '-' || after == '.' || after == '\'' || after == '/') &&
	    text_alpha(after2))
		h->weak = after != '/' || text_lower(after2) == after2;
	return true;
}

/* Before the key: "src/it/a-1", "org.example.a-1". */
static bool
inside_path(const char *s, size_t lo, size_t off)
{
	const char before = off > lo ? s[off - 1] : ' ';
	const char before2 = off > lo + 1 ? s[off - 2] : ' ';

	if (before == '/')
		return !text_digit(before2) && before2 != ' ';
	return before == '.' && before2 >= 'a' && before2 <= 'z';
}

static void
check_url(const char *s, size_t lo, struct key_hit *h)
{
	size_t at = h->off, stop = at > lo + URL_MAX ? at - URL_MAX : lo;

	while (at > stop && (unsigned char)s[at - 1] > ' ' &&
	    strchr("<>\"", s[at - 1]) == NULL) {
		at--;
		if (s[at] != ':' || h->off - at < 3 || s[at + 1] != '/' ||
		    s[at + 2] != '/')
			continue;
		while (at > stop && text_alpha(s[at - 1]))
			at--;
		h->url = true;
		h->outer = at;
		return;
	}
}

/* A near miss of a known prefix; the prefix' index or -1. */
static int
typo_of(const char *word, size_t n, const struct grammar *g)
{
	char w[TICKET_PREFIX_MAX];

	if (n < 3 || n >= sizeof(w))
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (word[i] < 'A' || word[i] > 'Z')
			return -1;
		w[i] = word[i];
	}
	w[n] = '\0';
	for (size_t i = 0; i < g->prefixes.n && i < UINT16_MAX; i++)
		if (strlen(g->prefixes.v[i]) >= 3 &&
		    title_distance(w, g->prefixes.v[i], 1) == 1)
			return text_in(word, n, not_typos) ? -1 : (int)i;
	return -1;
}

static bool
match_prefix(const char *s, size_t off, size_t n, const struct grammar *g,
    struct key_hit *h)
{
	int near;

	for (size_t i = 0; i < g->prefixes.n && i < UINT16_MAX; i++) {
		const char *p = g->prefixes.v[i];
		size_t k = 0;

		while (k < n && p[k] != '\0' && text_upper(s[off + k]) == p[k])
			k++;
		if (k == n && p[k] == '\0') {
			h->prefix = (uint16_t)i;
			return true;
		}
	}
	if (g->hash && g->prefixes.n > 0 && text_is(s + off, n, "gh")) {
		h->hash = true;
		return true;
	}
	if ((near = typo_of(s + off, n, g)) < 0)
		return false;
	h->typo = true;
	h->prefix = (uint16_t)near;
	return true;
}

static void
push(struct key_hits *out, const struct key_hit *h)
{
	if (out->n >= KEY_OCCURRENCES_MAX)
		return;
	out->v = mem_grow(out->v, &out->cap, out->n + 1, sizeof(*out->v));
	out->v[out->n++] = *h;
}

/* "[A-1, 2, 3]": numbers that share the prefix of the first. */
static void
push_short_list(const char *s, size_t lo, size_t hi, const struct key_hit *h,
    struct key_hits *out)
{
	struct key_hit v[8];
	size_t n = 0, at = h->end;

	if (h->off == lo || s[h->off - 1] != '[')
		return;
	while (at < hi && s[at] == ',' && n < sizeof(v) / sizeof(v[0])) {
		v[n] = *h;
		v[n].off = v[n].outer = text_skip_blanks(s, at + 1, hi);
		v[n].end = parse_number(s, v[n].off, hi, &v[n].number);
		if (v[n].end == v[n].off)
			return;
		at = v[n++].end;
	}
	if (at >= hi || s[at] != ']')
		return;
	for (size_t i = 0; i < n; i++)
		push(out, &v[i]);
}

static void
try_dash(const char *s, size_t lo, size_t hi, size_t dash,
    const struct grammar *g, struct key_hits *out)
{
	struct key_hit h = { .off = dash };

	while (h.off > lo && text_word(s[h.off - 1])) {
		if (dash - h.off >= TICKET_PREFIX_MAX - 1)
			return;
		h.off--;
	}
	if (!text_alpha(s[h.off]) ||
	    !match_prefix(s, h.off, dash - h.off, g, &h))
		return;
	h.end = parse_number(s, dash + 1, hi, &h.number);
	if (h.end == dash + 1 || !check_edges(s, lo, hi, &h))
		return;
	h.outer = h.off;
	check_url(s, lo, &h);
	if (!h.url && inside_path(s, lo, h.off))
		h.weak = true;
	/* "it/mng-123/pom.xml" and the like name files. */
	if (h.weak && s[h.off] >= 'a')
		return;
	if (h.typo && (h.url || h.weak))
		return;
	push(out, &h);
	if (!h.typo && !h.hash)
		push_short_list(s, lo, hi, &h, out);
}

static void
scan_dashes(const char *s, size_t lo, size_t hi, const struct grammar *g,
    struct key_hits *out)
{
	const char *p = s + lo, *const end = s + hi;

	while (p < end && out->n < KEY_OCCURRENCES_MAX &&
	    (p = memchr(p, '-', (size_t)(end - p))) != NULL) {
		if (p > s + lo && p + 1 < end && p[1] >= '1' && p[1] <= '9' &&
		    text_word(p[-1]))
			try_dash(s, lo, hi, (size_t)(p - s), g, out);
		p++;
	}
}

static void
scan_hashes(const char *s, size_t lo, size_t hi, struct key_hits *out)
{
	const char *p = s + lo, *const end = s + hi;

	while (p < end && (p = memchr(p, '#', (size_t)(end - p))) != NULL) {
		const size_t at = (size_t)(p - s);
		const char before = at > lo ? s[at - 1] : ' ';
		struct key_hit h = { .off = at, .outer = at, .hash = true };

		p++;
		if (text_word(before) ||
		    (before != '\0' && strchr("&#/.!", before) != NULL))
			continue;
		h.end = parse_number(s, at + 1, hi, &h.number);
		if (h.end != at + 1 && check_edges(s, lo, hi, &h))
			push(out, &h);
	}
}

/* Over blanks and one newline: a paragraph's end parts word and number. */
static size_t
skip_line_blanks(const char *s, size_t at, size_t hi)
{
	for (int newlines = 0; at < hi && text_blank(s[at]); at++)
		if (s[at] == '\n' && ++newlines > 1)
			break;
	return at;
}

/* "issue 12", "issues 12 and 13", "GitHub issue 12". */
static void
scan_issues(const char *s, size_t lo, size_t hi, struct key_hits *out)
{
	const char *p = s + lo, *const end = s + hi;

	while (p < end &&
	    (p = memmem(p, (size_t)(end - p), "ssue", 4)) != NULL) {
		const size_t at = (size_t)(p - s) - (p > s + lo);
		size_t i = (size_t)(p - s) + 4, outer = at;

		p++;
		if (text_lower(s[at]) != 'i' ||
		    (at > lo && text_word(s[at - 1])))
			continue;
		if (i < hi && s[i] == 's')
			i++;
		while (i < hi && text_blank(s[i]) && i - at < 64) {
			struct key_hit h = { .outer = outer, .hash = true };
			size_t j = i;

			h.off = skip_line_blanks(s, i, hi);
			h.end = parse_number(s, h.off, hi, &h.number);
			if (h.end == h.off || !check_edges(s, lo, hi, &h))
				break;
			push(out, &h);
			/* "issues 12 and 13": the rest of such a list. */
			j = h.end;
			if (j < hi && s[j] == ',')
				j++;
			if (text_starts(s + j, hi - j, " and "))
				j += 4;
			if (j == h.end)
				break;
			i = j;
			outer = text_skip_blanks(s, j, hi);
			p = s + h.end;
		}
	}
}

static int
by_offset(const void *a, const void *b)
{
	const struct key_hit *x = a, *y = b;

	return (x->off > y->off) - (x->off < y->off);
}

void
key_scan(const char *s, size_t lo, size_t hi, const struct grammar *g,
    struct key_hits *out)
{
	const size_t first = out->n;

	scan_dashes(s, lo, hi, g, out);
	if (!g->hash || g->prefixes.n == 0)
		return;
	scan_hashes(s, lo, hi, out);
	scan_issues(s, lo, hi, out);
	if (out->n > first)
		qsort(out->v + first, out->n - first, sizeof(*out->v),
		    by_offset);
}

void
key_hits_release(struct key_hits *h)
{
	free(h->v);
	*h = (struct key_hits){ 0 };
}

void
key_meant(const struct key_hit *h, const struct grammar *g,
    struct ticket_key *out)
{
	const char *p = g->prefixes.v[h->prefix];
	size_t i = 0;

	*out = (struct ticket_key){ .number = h->number };
	for (; p[i] != '\0' && i + 1 < sizeof(out->prefix); i++)
		out->prefix[i] = p[i];
}

void
key_written(const char *s, const struct key_hit *h, const struct grammar *g,
    struct ticket_key *out)
{
	if (!h->typo) {
		key_meant(h, g, out);
		return;
	}
	*out = (struct ticket_key){ .number = h->number };
	for (size_t i = 0; i + 1 < sizeof(out->prefix) && s[h->off + i] != '-';
	     i++)
		out->prefix[i] = text_upper(s[h->off + i]);
}
