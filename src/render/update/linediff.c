#include "linediff.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define DIFFERENCES_MAX 1000

void
linediff_split(const char *text, size_t len, struct linediff_text *out)
{
	size_t i = 0;

	while (i < len) {
		const char *const nl = memchr(text + i, '\n', len - i);
		size_t n = nl == NULL ? len - i : (size_t)(nl - text) - i;

		out->v = mem_grow(out->v, &out->cap, out->n + 1,
		    sizeof(*out->v));
		out->v[out->n].s = text + i;
		i += n + (nl != NULL);
		if (nl != NULL && n > 0 && nl[-1] == '\r')
			n--;
		out->v[out->n++].len = n;
	}
}

void
linediff_release(struct linediff_text *t)
{
	free(t->v);
	*t = (struct linediff_text){ 0 };
}

bool
linediff_same(const struct linediff_line *a, const struct linediff_line *b)
{
	return a->len == b->len && memcmp(a->s, b->s, a->len) == 0;
}

struct middle {
	const struct linediff_line *a, *b;
	long n, m;
	size_t off; /* of both, in their texts */
	long **trace;
	size_t *match;
};

/* v as it stood before step d, from diagonal -d-1 on. */
static long *
keep(const long *v, long d)
{
	return mem_dup(v - d - 1, (size_t)(2 * d + 3) * sizeof(*v));
}

/* The number of differences, or -1 when there are too many. */
static long
search(struct middle *s, long *v, long max)
{
	v[1] = 0;
	for (long d = 0; d <= max; d++) {
		s->trace[d] = keep(v, d);
		for (long k = -d; k <= d; k += 2) {
			long x = k == -d || (k != d && v[k - 1] < v[k + 1])
			    ? v[k + 1]
			    : v[k - 1] + 1;

			while (x < s->n && x - k < s->m && x - k >= 0 &&
			    linediff_same(&s->a[x], &s->b[x - k]))
				x++;
			v[k] = x;
			if (x >= s->n && x - k >= s->m)
				return d;
		}
	}
	return -1;
}

static void
walk_back(struct middle *s, long d)
{
	long x = s->n, y = s->m;

	for (; d >= 0; d--) {
		const long *const v = s->trace[d] + d + 1;
		const long k = x - y;
		const long from = k == -d || (k != d && v[k - 1] < v[k + 1])
		    ? k + 1
		    : k - 1;
		const long x0 = d == 0 ? 0 : v[from];
		const long y0 = d == 0 ? 0 : x0 - from;

		while (x > x0 && y > y0) {
			x--;
			y--;
			s->match[s->off + (size_t)x] = s->off + (size_t)y;
		}
		x = x0;
		y = y0;
	}
}

static void
match_middle(struct middle *s)
{
	const long max = s->n + s->m < DIFFERENCES_MAX ? s->n + s->m
						       : DIFFERENCES_MAX;
	long *const v = mem_calloc((size_t)(2 * max + 5), sizeof(*v));
	long d;

	s->trace = mem_calloc((size_t)max + 1, sizeof(*s->trace));
	d = search(s, v + max + 2, max);
	if (d >= 0)
		walk_back(s, d);
	for (long i = 0; i <= max; i++)
		free(s->trace[i]);
	free(s->trace);
	free(v);
}

size_t *
linediff_match(const struct linediff_text *a, const struct linediff_text *b)
{
	size_t *const match = mem_alloc((a->n + 1) * sizeof(*match));
	const size_t least = a->n < b->n ? a->n : b->n;
	size_t head = 0, tail = 0;
	struct middle s;

	for (size_t i = 0; i < a->n; i++)
		match[i] = LINEDIFF_NONE;
	while (head < least && linediff_same(&a->v[head], &b->v[head])) {
		match[head] = head;
		head++;
	}
	while (tail < least - head &&
	    linediff_same(&a->v[a->n - 1 - tail], &b->v[b->n - 1 - tail])) {
		match[a->n - 1 - tail] = b->n - 1 - tail;
		tail++;
	}
	if (head + tail == a->n || head + tail == b->n)
		return match;
	s = (struct middle){
		.a = a->v + head,
		.b = b->v + head,
		.n = (long)(a->n - head - tail),
		.m = (long)(b->n - head - tail),
		.off = head,
		.match = match,
	};
	match_middle(&s);
	return match;
}

static void
put(const struct linediff_text *t, size_t from, size_t to, const char *eol,
    struct buf *out)
{
	for (; from < to; from++) {
		buf_add(out, t->v[from].s, t->v[from].len);
		buf_puts(out, eol);
	}
}

static bool
same_range(const struct linediff_text *a, size_t a0, size_t a1,
    const struct linediff_text *b, size_t b0, size_t b1)
{
	if (a1 - a0 != b1 - b0)
		return false;
	for (; a0 < a1; a0++, b0++)
		if (!linediff_same(&a->v[a0], &b->v[b0]))
			return false;
	return true;
}

bool
linediff_merge(const struct linediff_text *base,
    const struct linediff_text *theirs, const struct linediff_text *ours,
    const char *eol, struct buf *out)
{
	size_t *const t = linediff_match(base, theirs);
	size_t *const o = linediff_match(base, ours);
	size_t b0 = 0, t0 = 0, o0 = 0;
	const size_t len = out->len;
	bool clean = true;

	for (size_t b = 0; b <= base->n && clean; b++) {
		const bool end = b == base->n;
		const size_t t1 = end ? theirs->n : t[b];
		const size_t o1 = end ? ours->n : o[b];

		if (t1 == LINEDIFF_NONE || o1 == LINEDIFF_NONE)
			continue;
		if (same_range(base, b0, b, ours, o0, o1) ||
		    same_range(theirs, t0, t1, ours, o0, o1))
			put(theirs, t0, t1, eol, out);
		else if (same_range(base, b0, b, theirs, t0, t1))
			put(ours, o0, o1, eol, out);
		else
			clean = false;
		if (!end)
			put(base, b, b + 1, eol, out);
		b0 = b + 1;
		t0 = t1 + 1;
		o0 = o1 + 1;
	}
	if (!clean)
		buf_truncate(out, len);
	free(o);
	free(t);
	return clean;
}
