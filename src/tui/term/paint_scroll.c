/* Rows that only moved: the terminal moves them itself. */
#include <string.h>

#include "paint_priv.h"

#define MOVED_MIN 4 /* rows; fewer are as cheaply sent again */

static size_t
row_size(const struct canvas *c)
{
	return (size_t)c->cols * sizeof(*c->cells);
}

/* The left half decides: what moves may have a pane beside it. */
static bool
same_half(const struct canvas *a, int ya, const struct canvas *b, int yb)
{
	return memcmp(canvas_at(a, ya, 0), canvas_at(b, yb, 0),
		   row_size(a) / 2) == 0;
}

static bool
same_row(const struct canvas *a, int ya, const struct canvas *b, int yb)
{
	return memcmp(canvas_at(a, ya, 0), canvas_at(b, yb, 0), row_size(a)) ==
	    0;
}

/* A run of rows of c that stood by rows lower (or higher) before. */
struct run {
	int y, n, by;
};

/* The rows first to last are where c differs from what is shown. */
static struct run
find_run(const struct paint *p, const struct canvas *c, int first, int last)
{
	struct run best = { 0, 0, 0 };

	for (int by = 1; by <= (last - first) / 2; by++) {
		for (int sign = -1; sign <= 1; sign += 2) {
			int n = 0;

			for (int y = first; y <= last; y++) {
				int from = y + sign * by;

				if (from < first || from > last ||
				    !same_half(c, y, &p->shown, from)) {
					n = 0;
					continue;
				}
				if (++n > best.n)
					best = (struct run){ y - n + 1, n,
						sign * by };
			}
		}
	}
	return best;
}

static int
cells_to_send(const struct canvas *c, int y, const struct canvas *shown,
    int from)
{
	int n = 0;

	for (int x = 0; x < c->cols; x++)
		n += memcmp(canvas_at(c, y, x), canvas_at(shown, from, x),
			 sizeof(*c->cells)) != 0;
	return n;
}

/* Are fewer cells to be sent when the run is moved? */
static bool
is_worth_it(const struct paint *p, const struct canvas *c, const struct run *r)
{
	int moved = 0, unmoved = 0;

	for (int y = r->y; y < r->y + r->n; y++) {
		moved += cells_to_send(c, y, &p->shown, y + r->by);
		unmoved += cells_to_send(c, y, &p->shown, y);
	}
	return moved + MOVED_MIN * MOVED_MIN < unmoved;
}

static void
shift_shown(struct paint *p, int top, int bottom, int by)
{
	struct canvas *s = &p->shown;
	int n = bottom - top + 1, gap = by < 0 ? -by : by;
	struct cell *cells = &s->cells[(size_t)top * (size_t)s->cols];
	size_t moved = (size_t)(n - gap) * (size_t)s->cols;
	size_t skip = (size_t)gap * (size_t)s->cols;

	if (by > 0)
		memmove(cells, cells + skip, moved * sizeof(*cells));
	else
		memmove(cells + skip, cells, moved * sizeof(*cells));
	for (size_t i = 0; i < skip; i++)
		cells[(by > 0 ? moved : 0) + i] =
		    (struct cell){ .text = " ", .len = 1, .width = 1 };
}

static void
repeat(struct buf *out, const char *many, const char *one, int n)
{
	if (many != NULL)
		buf_puts(out, paint_parm(many, n, 0));
	else
		for (int i = 0; i < n; i++)
			buf_puts(out, one);
}

void
paint_scroll(struct paint *p, const struct canvas *c, struct buf *out)
{
	const struct paint_caps *caps = p->caps;
	int first = 0, last = c->rows - 1, changed = 0, top, bottom;
	struct run r;

	if (caps->csr == NULL || (caps->indn == NULL && caps->ind == NULL) ||
	    (caps->rin == NULL && caps->ri == NULL))
		return;
	while (first < last && same_row(c, first, &p->shown, first))
		first++;
	while (last > first && same_row(c, last, &p->shown, last))
		last--;
	for (int y = first; y <= last; y++)
		changed += !same_half(c, y, &p->shown, y);
	if (changed < 2 * MOVED_MIN || changed < (last - first) / 2)
		return;
	r = find_run(p, c, first, last);
	if (r.n < MOVED_MIN || !is_worth_it(p, c, &r))
		return;
	top = r.by > 0 ? r.y : r.y + r.by;
	bottom = r.by > 0 ? r.y + r.n - 1 + r.by : r.y + r.n - 1;
	paint_plain(p, out);
	buf_puts(out, paint_parm(caps->csr, top, bottom));
	/* Setting margins moves the cursor, on most terminals home. */
	p->y = p->x = -1;
	if (r.by > 0) {
		paint_move(p, out, bottom, 0);
		repeat(out, caps->indn, caps->ind, r.by);
	} else {
		paint_move(p, out, top, 0);
		repeat(out, caps->rin, caps->ri, -r.by);
	}
	buf_puts(out, paint_parm(caps->csr, 0, c->rows - 1));
	p->y = p->x = -1;
	shift_shown(p, top, bottom, r.by);
}
