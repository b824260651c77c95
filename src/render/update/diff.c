/* Two texts as a unified diff. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "linediff.h"
#include "render/render.h"

#define CONTEXT 3

struct edit {
	char sign; /* ' ', '-' or '+' */
	const struct linediff_line *line;
	size_t from, to; /* lines of either text in front of it */
};

struct edits {
	struct edit *v;
	size_t n, cap;
};

static void
push(struct edits *e, char sign, const struct linediff_line *line, size_t from,
    size_t to)
{
	e->v = mem_grow(e->v, &e->cap, e->n + 1, sizeof(*e->v));
	e->v[e->n++] = (struct edit){ sign, line, from, to };
}

static void
list_edits(const struct linediff_text *a, const struct linediff_text *b,
    struct edits *out)
{
	size_t *const match = linediff_match(a, b);
	size_t i = 0, k = 0;

	while (i < a->n || k < b->n) {
		if (i < a->n && match[i] == LINEDIFF_NONE) {
			push(out, '-', &a->v[i], i, k);
			i++;
		} else if (i == a->n || k < match[i]) {
			push(out, '+', &b->v[k], i, k);
			k++;
		} else {
			push(out, ' ', &a->v[i], i, k);
			i++;
			k++;
		}
	}
	free(match);
}

/* Where the hunk that begins at i ends: behind its last change and context. */
static size_t
hunk_end(const struct edits *e, size_t i)
{
	size_t last = i;

	for (; i < e->n && i <= last + 2 * CONTEXT; i++)
		if (e->v[i].sign != ' ')
			last = i;
	return last + CONTEXT + 1 < e->n ? last + CONTEXT + 1 : e->n;
}

/* Line numbers count from 1; an empty range names the line before it. */
static void
put_range(struct buf *out, char sign, size_t start, size_t n)
{
	buf_printf(out, "%c%zu", sign, n == 0 ? start : start + 1);
	if (n != 1)
		buf_printf(out, ",%zu", n);
}

static void
put_hunk(const struct edits *e, size_t from, size_t to, struct buf *out)
{
	size_t n_from = 0, n_to = 0;

	for (size_t i = from; i < to; i++) {
		n_from += e->v[i].sign != '+';
		n_to += e->v[i].sign != '-';
	}
	buf_puts(out, "@@ ");
	put_range(out, '-', e->v[from].from, n_from);
	buf_putc(out, ' ');
	put_range(out, '+', e->v[from].to, n_to);
	buf_puts(out, " @@\n");
	for (size_t i = from; i < to; i++) {
		buf_putc(out, e->v[i].sign);
		buf_add(out, e->v[i].line->s, e->v[i].line->len);
		buf_putc(out, '\n');
	}
}

void
render_diff(const char *from, const char *to, const char *from_name,
    const char *to_name, struct buf *out)
{
	struct linediff_text a = { 0 }, b = { 0 };
	struct edits e = { 0 };
	bool head = false;

	linediff_split(from, strlen(from), &a);
	linediff_split(to, strlen(to), &b);
	list_edits(&a, &b, &e);
	for (size_t i = 0; i < e.n; i++) {
		const size_t start = i < CONTEXT ? 0 : i - CONTEXT;
		size_t end;

		if (e.v[i].sign == ' ')
			continue;
		if (!head)
			buf_printf(out, "--- %s\n+++ %s\n", from_name, to_name);
		head = true;
		end = hunk_end(&e, i);
		put_hunk(&e, start, end, out);
		i = end - 1;
	}
	free(e.v);
	linediff_release(&b);
	linediff_release(&a);
}
