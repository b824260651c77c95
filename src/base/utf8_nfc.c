#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/mem.h"

/*
 * Ranges in which every code point has combining class 0 and NFC_Quick_Check
 * yes (https://www.unicode.org/reports/tr15/): a row of them is NFC as it is,
 * and none combines with what stands before it.  Sorted; not complete, since
 * the rest takes the long way.
 */
static const struct range {
	uint32_t first, last;
} stable[] = {
	{ 0x0000, 0x02FF },
	{ 0x0400, 0x0482 },
	{ 0x048A, 0x0530 },
	{ 0x1E00, 0x1EFF },
	{ 0x2002, 0x20CF },
	{ 0x2190, 0x2328 },
	{ 0x232B, 0x2ADB },
	{ 0x3000, 0x3029 },
	{ 0x3030, 0x3098 },
	{ 0x309B, 0xA66E },
	{ 0xAC00, 0xD7A3 },
	{ 0xFF00, 0xFFEF },
	{ 0x1F300, 0x1FAFF },
	{ 0x20000, 0x2A6DF },
};

static bool
is_stable(uint32_t cp)
{
	if (cp <= 0x2FF || (cp >= 0xAC00 && cp <= 0xD7A3))
		return true;
	for (size_t i = 1; i < sizeof(stable) / sizeof(stable[0]); i++)
		if (cp <= stable[i].last)
			return cp >= stable[i].first;
	return false;
}

struct points {
	utf8proc_int32_t *v;
	size_t n, cap;
};

/* Appends the full decomposition of cp. */
static void
decompose(struct points *p, uint32_t cp)
{
	utf8proc_ssize_t n;
	int last = 0;

	/* Nothing decomposes into more than 18 code points. */
	p->v = mem_grow(p->v, &p->cap, p->n + 32, sizeof(*p->v));
	n = utf8proc_decompose_char((utf8proc_int32_t)cp, p->v + p->n, 32,
	    UTF8PROC_DECOMPOSE, &last);
	if (n < 0 || n > 32) {
		p->v[p->n] = 0xFFFD;
		n = 1;
	}
	p->n += (size_t)n;
}

static unsigned
class_of(utf8proc_int32_t cp)
{
	return (unsigned)utf8proc_get_property(cp)->combining_class & 0xFF;
}

/*
 * Sorts v by combining class, stably, by counting: utf8proc's own sort takes
 * quadratic time over a long row of marks.
 */
static void
sort_marks(utf8proc_int32_t *v, size_t n)
{
	size_t at[257];
	utf8proc_int32_t *sorted;

	if (n < 2)
		return;
	memset(at, 0, sizeof(at));
	if (n == 2) {
		if (class_of(v[0]) > class_of(v[1])) {
			utf8proc_int32_t t = v[0];

			v[0] = v[1];
			v[1] = t;
		}
		return;
	}
	for (size_t i = 0; i < n; i++)
		at[class_of(v[i]) + 1]++;
	for (size_t i = 1; i < 257; i++)
		at[i] += at[i - 1];
	sorted = mem_alloc(n * sizeof(*sorted));
	for (size_t i = 0; i < n; i++)
		sorted[at[class_of(v[i])]++] = v[i];
	memcpy(v, sorted, n * sizeof(*sorted));
	free(sorted);
}

/* Canonical order, then composition; appends the result and empties p. */
static void
compose(struct points *p, struct buf *out)
{
	utf8proc_ssize_t n;
	size_t start = 0;
	char bytes[4];

	if (p->n == 0)
		return;
	for (size_t i = 0; i <= p->n; i++) {
		if (i < p->n && class_of(p->v[i]) != 0)
			continue;
		sort_marks(p->v + start, i - start);
		start = i + 1;
	}
	n = utf8proc_normalize_utf32(p->v, (utf8proc_ssize_t)p->n,
	    UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	for (utf8proc_ssize_t i = 0; i < n; i++)
		buf_add(out, bytes, utf8_put((uint32_t)p->v[i], bytes));
	p->n = 0;
}

static size_t
decode_fixed(const char *s, size_t len, uint32_t *cp)
{
	size_t n = utf8_decode(s, len, cp);

	if (*cp == UTF8_BAD)
		*cp = 0xFFFD;
	return n;
}

/*
 * The length of the stable text that s begins with, and how much of it is the
 * last code point.  A bad byte ends it, since it is not kept as it is.
 */
static size_t
stable_run(const char *s, size_t len, size_t *last)
{
	size_t i = 0, n;
	uint32_t cp;

	*last = 0;
	while (i < len) {
		if (((unsigned char)s[i] & 0x80) == 0) {
			n = 1;
		} else {
			n = utf8_decode(s + i, len - i, &cp);
			if (cp == UTF8_BAD || !is_stable(cp))
				break;
		}
		*last = n;
		i += n;
	}
	return i;
}

/* Decomposes what is not stable; returns its length. */
static size_t
unstable_run(struct points *p, const char *s, size_t len)
{
	size_t i = 0, n;
	uint32_t cp;

	while (i < len) {
		n = decode_fixed(s + i, len - i, &cp);
		if (is_stable(cp))
			break;
		decompose(p, cp);
		i += n;
	}
	return i;
}

void
utf8_nfc(struct buf *out, const char *s, size_t len)
{
	struct points p = { 0 };
	size_t i = 0, run, last;
	uint32_t cp;

	buf_add(out, "", 0);
	while (i < len) {
		run = stable_run(s + i, len - i, &last);
		if (run == len - i)
			last = 0;
		/* Its end may combine with what follows. */
		buf_add(out, s + i, run - last);
		i += run;
		if (last > 0) {
			utf8_decode(s + i - last, last, &cp);
			decompose(&p, cp);
		}
		i += unstable_run(&p, s + i, len - i);
		compose(&p, out);
	}
	free(p.v);
}

/* Simple folding: the small letter of the capital, which joins final sigma. */
static uint32_t
fold_cp(uint32_t cp)
{
	if (cp < 0x80)
		return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
	return (uint32_t)
	    utf8proc_tolower(utf8proc_toupper((utf8proc_int32_t)cp));
}

/* Hangul, kana and ideographs have no case. */
static bool
has_no_case(uint32_t cp)
{
	return (cp >= 0x2E80 && cp <= 0xA63F) || (cp >= 0xAC00 && cp <= 0xD7FF);
}

void
utf8_fold(struct buf *out, const char *s, size_t len)
{
	struct buf nfc = BUF_INIT, folded = BUF_INIT;
	bool changed = false;
	uint32_t cp, to;
	char bytes[4];
	size_t n;

	utf8_nfc(&nfc, s, len);
	for (size_t i = 0; i < nfc.len; i += n) {
		n = utf8_decode(nfc.ptr + i, nfc.len - i, &cp);
		if (cp < 0x80) {
			buf_putc(&folded, (char)fold_cp(cp));
		} else if (has_no_case(cp) || (to = fold_cp(cp)) == cp) {
			buf_add(&folded, nfc.ptr + i, n);
		} else {
			buf_add(&folded, bytes, utf8_put(to, bytes));
			changed = true;
		}
	}
	/* The small letter of a composed one may compose differently. */
	if (changed)
		utf8_nfc(out, buf_str(&folded), folded.len);
	else
		buf_add(out, buf_str(&folded), folded.len);
	buf_release(&nfc);
	buf_release(&folded);
}
