#include "message/title.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "text.h"

/* Words of one title; the rest says nothing new. */
#define TITLE_MAX    4096
#define WORDS_MAX    256
#define WORD_MAX     64
#define DISTANCE_MAX 32

/* Sorted by bytes. */
static const char *const stop_words[] = {
	/* clang-format off */
	"a", "about", "add", "added", "adding", "adds", "after", "all",
	"allow", "allows", "also", "an", "and", "any", "are", "as", "at",
	"be", "been", "before", "but", "by", "can", "cannot", "change",
	"changed", "changes", "could", "did", "do", "does", "don't", "down",
	"for", "from", "get", "had", "has", "have", "how", "if", "in",
	"into", "is", "it", "its", "itself", "make", "makes", "may", "more",
	"most", "new", "no", "not", "now", "of", "off", "on", "one", "only",
	"or", "other", "our", "out", "over", "should", "so", "some", "such",
	"than", "that", "the", "their", "them", "then", "there", "these",
	"they", "this", "those", "to", "too", "under", "up", "use", "used",
	"uses", "using", "was", "we", "were", "what", "when", "where",
	"which", "while", "who", "why", "will", "with", "without", "would",
	"you", "your",
	/* clang-format on */
};

static bool
is_hangul(uint32_t cp)
{
	return (cp >= 0xAC00 && cp <= 0xD7A3) ||
	    (cp >= 0x4E00 && cp <= 0x9FFF) || (cp >= 0x3040 && cp <= 0x30FF);
}

/* Light stemming: enough that "fixes", "fixed", "fixing" meet "fix". */
static size_t
stem(const char *w, size_t n)
{
	if (n > 5 && memcmp(w + n - 3, "ing", 3) == 0)
		n -= 3;
	else if (n > 4 && memcmp(w + n - 3, "ies", 3) == 0)
		return n - 2;
	else if (n > 4 && memcmp(w + n - 2, "es", 2) == 0 &&
	    strchr("sxzh", w[n - 3]) != NULL)
		n -= 2;
	else if (n > 4 && memcmp(w + n - 2, "ed", 2) == 0)
		n -= 2;
	else if (n > 3 && w[n - 1] == 's' && w[n - 2] != 's' &&
	    w[n - 2] != 'u' && w[n - 2] != 'i')
		n--;
	/* "resolving" and "resolve", "running" and "run". */
	if (n > 3 && w[n - 1] == 'e')
		n--;
	else if (n > 4 && w[n - 1] == w[n - 2] &&
	    strchr("aeiouls", w[n - 1]) == NULL)
		n--;
	if (n > 3 && w[n - 1] == 'y')
		return n;
	return n;
}

static int
by_text(const char *w, size_t n, const char *stop)
{
	const int c = strncmp(w, stop, n);

	return c == 0 && stop[n] != '\0' ? -1 : c;
}

static bool
is_stop_word(const char *w, size_t n)
{
	size_t low = 0, high = sizeof(stop_words) / sizeof(*stop_words);

	while (low < high) {
		const size_t mid = low + (high - low) / 2;
		const int c = by_text(w, n, stop_words[mid]);

		if (c == 0)
			return true;
		if (c < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return false;
}

static void
push_word(struct strv *out, const char *w, size_t n)
{
	if (n == 0 || out->n >= WORDS_MAX || is_stop_word(w, n))
		return;
	if (n == 1 && !text_digit(*w))
		return;
	if (*w == 'v' && text_digit(w[1])) {
		w++;
		n--;
	}
	n = stem(w, n);
	strv_push_len(out, w, n < WORD_MAX ? n : WORD_MAX);
}

/* "mng-12" and "#12" are no words of a title. */
static size_t
skip_key(const char *s, size_t at, size_t len)
{
	size_t i = at;

	if (s[i] == '#') {
		for (i++; i < len && text_digit(s[i]); i++)
			continue;
		return i > at + 1 ? i : at;
	}
	if (!text_alpha(s[i]) || (at > 0 && text_word(s[at - 1])))
		return at;
	while (i < len && text_word(s[i]) && i - at < 32)
		i++;
	if (i + 1 >= len || s[i] != '-' || !text_digit(s[i + 1]))
		return at;
	for (i++; i < len && text_digit(s[i]); i++)
		continue;
	return i < len && text_word(s[i]) ? at : i;
}

static bool
next_hangul(const char *s, size_t at, size_t len, size_t *n)
{
	uint32_t cp;

	*n = utf8_decode(s + at, len - at, &cp);
	return *n > 0 && is_hangul(cp);
}

/* Korean and its neighbours by pairs; a lone one stands for itself. */
static size_t
push_pairs(struct strv *out, const char *s, size_t at, size_t len)
{
	size_t n, m;
	bool alone = true;

	(void)next_hangul(s, at, len, &n);
	while (next_hangul(s, at + n, len, &m)) {
		if (out->n < WORDS_MAX)
			strv_push_len(out, s + at, n + m);
		alone = false;
		at += n;
		n = m;
	}
	if (alone && out->n < WORDS_MAX)
		strv_push_len(out, s + at, n);
	return at + n;
}

static void
unique(struct strv *sv)
{
	size_t k = 0;

	for (size_t i = 0; i < sv->n; i++) {
		if (k > 0 && strcmp(sv->v[k - 1], sv->v[i]) == 0)
			free(sv->v[i]);
		else
			sv->v[k++] = sv->v[i];
	}
	sv->n = k;
}

/* The one in "1.6.2", which is one word. */
static bool
is_point(const char *s, size_t start, size_t at, size_t len)
{
	return s[at] == '.' && at > start && at + 1 < len &&
	    text_digit(s[at - 1]) && text_digit(s[at + 1]);
}

void
title_words(const char *text, size_t len, struct strv *out)
{
	struct buf b = BUF_INIT;
	const char *s;

	*out = (struct strv)STRV_INIT;
	utf8_fold(&b, text, len < TITLE_MAX ? len : TITLE_MAX);
	s = buf_str(&b);
	for (size_t at = 0; at < b.len && out->n < WORDS_MAX;) {
		size_t end = skip_key(s, at, b.len), n;
		uint32_t cp;

		if (end > at) {
			at = end;
			continue;
		}
		if (next_hangul(s, at, b.len, &n)) {
			at = push_pairs(out, s, at, b.len);
			continue;
		}
		for (end = at; end < b.len; end += n) {
			n = utf8_decode(s + end, b.len - end, &cp);
			if (is_point(s, at, end, b.len))
				continue;
			if (n == 0 || is_hangul(cp) ||
			    (cp < 0x80 && !text_word(s[end]) &&
				!(s[end] == '\'' && end > at)) ||
			    (cp >= 0x2000 && cp < 0x3040) ||
			    (cp >= 0xFF00 && cp < 0xFF10) || cp == 0xA0)
				break;
		}
		if (end == at) {
			at += n > 0 ? n : 1;
			continue;
		}
		push_word(out, s + at, end - at);
		at = end;
	}
	strv_sort(out);
	unique(out);
	buf_release(&b);
}

static size_t
weight(const struct strv *words)
{
	size_t sum = 0;

	for (size_t i = 0; i < words->n; i++)
		sum += strlen(words->v[i]);
	return sum;
}

int
title_likeness(const struct strv *a, const struct strv *b)
{
	size_t i = 0, j = 0, both = 0;
	const size_t all = weight(a) + weight(b);

	if (all == 0)
		return 0;
	while (i < a->n && j < b->n) {
		const int c = strcmp(a->v[i], b->v[j]);

		if (c == 0) {
			both += strlen(a->v[i]);
			i++;
			j++;
		} else if (c < 0) {
			i++;
		} else {
			j++;
		}
	}
	return (int)(2000 * both / all);
}

/* "3.1" and "3.1.0" are one version. */
static bool
same_number(const char *a, const char *b)
{
	const size_t n = strlen(a), m = strlen(b), less = n < m ? n : m;

	return memcmp(a, b, less) == 0 &&
	    (n == m || (n > m ? a : b)[less] == '.');
}

bool
title_numbers_agree(const struct strv *a, const struct strv *b)
{
	bool both = false;

	/* Sorted: what begins with a digit stands first. */
	for (size_t i = 0; i < a->n && text_digit(a->v[i][0]); i++) {
		for (size_t k = 0; k < b->n && text_digit(b->v[k][0]); k++) {
			if (same_number(a->v[i], b->v[k]))
				return true;
			both = true;
		}
	}
	return !both;
}

int
title_distance(const char *a, const char *b, int max)
{
	const size_t an = strlen(a), bn = strlen(b);
	int rows[3][DISTANCE_MAX + 1];
	int *prev2 = rows[0], *prev = rows[1], *cur = rows[2];

	if (an > DISTANCE_MAX || bn > DISTANCE_MAX || max < 0)
		return max + 1;
	for (size_t j = 0; j <= bn; j++)
		prev[j] = (int)j;
	for (size_t i = 1; i <= an; i++) {
		int least = cur[0] = (int)i;
		int *spare;

		for (size_t j = 1; j <= bn; j++) {
			const char x = text_lower(a[i - 1]);
			const char y = text_lower(b[j - 1]);
			int d = prev[j - 1] + (x != y);

			if (prev[j] + 1 < d)
				d = prev[j] + 1;
			if (cur[j - 1] + 1 < d)
				d = cur[j - 1] + 1;
			if (i > 1 && j > 1 && x == text_lower(b[j - 2]) &&
			    y == text_lower(a[i - 2]) && prev2[j - 2] + 1 < d)
				d = prev2[j - 2] + 1;
			cur[j] = d;
			if (d < least)
				least = d;
		}
		/* A transposition may still undo one step of the row. */
		if (least > max + 1)
			return max + 1;
		spare = prev2;
		prev2 = prev;
		prev = cur;
		cur = spare;
	}
	return prev[bn] <= max ? prev[bn] : max + 1;
}
