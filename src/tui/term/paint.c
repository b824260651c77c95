#include "paint.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "paint_priv.h"

#define ERASE_MIN 4 /* blanks; fewer are as cheaply sent */

void
paint_init(struct paint *p, const struct paint_caps *caps)
{
	*p = (struct paint){ .caps = caps,
		.all = true,
		.y = -1,
		.x = -1,
		.cursor = -1 };
}

void
paint_release(struct paint *p)
{
	canvas_release(&p->shown);
	for (size_t r = 0; r < ROLE_N; r++)
		for (size_t s = 0; s < 2; s++)
			free(p->look[r][s]);
	*p = (struct paint){ 0 };
}

static bool
same(const struct cell *a, const struct cell *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

/*
 * The characters that every terminal gives the same columns: ASCII, letters of
 * Europe, Hangul, Han and Kana.  Those of ambiguous width were asked about.
 */
static bool
is_sure(const struct cell *cell)
{
	uint32_t cp;

	if (cell->len == 1 || cell->glyph != GLYPH_NONE)
		return true;
	if (utf8_decode(cell->text, cell->len, &cp) != cell->len)
		return false;
	return (cp >= 0xA0 && cp < 0x300) || (cp >= 0x370 && cp < 0x530) ||
	    (cp >= 0x2010 && cp < 0x2028) || (cp >= 0x2500 && cp < 0x25A0) ||
	    (cp >= 0x3000 && cp < 0x3130) || (cp >= 0x4E00 && cp < 0xA000) ||
	    (cp >= 0xAC00 && cp < 0xD7A4) || (cp >= 0xFF01 && cp < 0xFFA0);
}

static bool
is_selected(const struct cell *cell)
{
	return (cell->flags & CELL_SELECTED) != 0;
}

static const char *
look_of(const struct paint *p, const struct cell *cell)
{
	return p->look[cell->role][is_selected(cell)];
}

static bool
is_blank(const struct cell *cell)
{
	return cell->len == 1 && cell->text[0] == ' ';
}

/*
 * Blanks look alike where their background does.  What the next cells look
 * like is no matter to them: no look is set for a blank on the own background.
 */
static bool
same_blank(const struct paint *p, const struct cell *a, const struct cell *b)
{
	if (!is_blank(a) || !is_blank(b))
		return false;
	return (p->plain[a->role][is_selected(a)] &&
		   p->plain[b->role][is_selected(b)]) ||
	    strcmp(look_of(p, a), look_of(p, b)) == 0;
}

static bool
looks_same(const struct paint *p, const struct cell *a, const struct cell *b)
{
	return same(a, b) || same_blank(p, a, b);
}

void
paint_plain(struct paint *p, struct buf *out)
{
	if (p->now == NULL || !p->now_plain)
		paint_set(p, out, ROLE_TEXT, 0);
}

static void
set_look(struct paint *p, struct buf *out, const struct cell *cell)
{
	if (is_blank(cell) && p->plain[cell->role][is_selected(cell)])
		paint_plain(p, out);
	else
		paint_set(p, out, cell->role, is_selected(cell));
}

/* Can the cell be sent again with the look that is set? */
static bool
is_set(const struct paint *p, const struct cell *cell)
{
	if (cell->len != 1 || cell->glyph != GLYPH_NONE ||
	    (cell->flags & CELL_LINK) != 0)
		return false;
	if (is_blank(cell) && p->now_plain &&
	    p->plain[cell->role][is_selected(cell)])
		return true;
	return strcmp(look_of(p, cell), p->now) == 0;
}

/* Cells up to x that are sent again in fewer bytes than a move takes. */
static bool
step_over(struct paint *p, struct buf *out, int x)
{
	if (x - p->x > 3 || p->linked)
		return false;
	for (int i = p->x; i < x; i++)
		if (!is_set(p, canvas_at(&p->shown, p->y, i)))
			return false;
	for (int i = p->x; i < x; i++)
		buf_putc(out, canvas_at(&p->shown, p->y, i)->text[0]);
	return true;
}

void
paint_move(struct paint *p, struct buf *out, int y, int x)
{
	if (p->y == y && p->x == x)
		return;
	if (p->y == y && p->x >= 0 && p->x < x && p->now != NULL &&
	    step_over(p, out, x)) {
		p->x = x;
		return;
	}
	if (!p->caps->ansi)
		buf_puts(out, paint_parm(p->caps->cup, y, x));
	else if (p->y == y && p->x >= 0 && x == 0)
		buf_putc(out, '\r');
	else if (p->y == y && p->x >= 0 && p->x < x)
		buf_printf(out, "\033[%dC", x - p->x);
	else if (x == 0)
		buf_printf(out, "\033[%dH", y + 1);
	else
		buf_printf(out, "\033[%d;%dH", y + 1, x + 1);
	p->y = y;
	p->x = x;
}

/* Behind the last column terminals disagree where the cursor is. */
static void
advance(struct paint *p, int by)
{
	p->x += by;
	if (p->x >= p->shown.cols)
		p->y = p->x = -1;
}

static void
put_text(const struct paint *p, struct buf *out, const struct cell *cell)
{
	if (cell->glyph != GLYPH_NONE) {
		if (p->text == PAINT_UTF8)
			buf_puts(out, glyph_text(cell->glyph));
		else
			buf_putc(out, glyph_ascii(cell->glyph));
	} else if (p->text == PAINT_ASCII && cell->len > 1) {
		buf_puts(out, cell->width == 2 ? "??" : "?");
	} else {
		buf_add(out, cell->text, cell->len);
	}
}

/* How many cells from x on, up to end, look like that at x? */
static int
run_length(const struct paint *p, const struct cell *row, int x, int end)
{
	int n = 1;

	if (row[x].width != 1 || (row[x].flags & CELL_LINK) != 0)
		return 1;
	while (x + n < end &&
	    (same(&row[x], &row[x + n]) || same_blank(p, &row[x], &row[x + n])))
		n++;
	return n;
}

static bool
can_erase(const struct paint *p, const struct cell *cell)
{
	return is_blank(cell) && p->erases[cell->role][is_selected(cell)];
}

/*
 * The columns from *first to *last of the address that row[x] belongs to.
 * False when there is none, or something stands over a part of it.
 */
static bool
find_link(const struct cell *row, int cols, int x, int *first, int *last)
{
	if ((row[x].flags & CELL_LINK) == 0)
		return false;
	*first = *last = x;
	while (*first > 0 && (row[*first].flags & CELL_LINK_START) == 0 &&
	    (row[*first - 1].flags & CELL_LINK) != 0)
		--*first;
	while (*last + 1 < cols && (row[*last].flags & CELL_LINK_END) == 0 &&
	    (row[*last + 1].flags & (CELL_LINK | CELL_LINK_START)) == CELL_LINK)
		++*last;
	return (row[*first].flags & CELL_LINK_START) != 0 &&
	    (row[*last].flags & CELL_LINK_END) != 0;
}

/* OSC 8 (https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda);
 * the address is what stands there, checked when it was flagged. */
static void
set_link(struct paint *p, struct buf *out, const struct canvas *c, int y, int x)
{
	const struct cell *row = canvas_at(c, y, 0);
	int first, last;
	bool linked = p->links && find_link(row, c->cols, x, &first, &last);

	if (p->linked && (!linked || x == first)) {
		buf_puts(out, "\033]8;;\033\\");
		p->linked = false;
	}
	if (!linked || p->linked)
		return;
	buf_puts(out, "\033]8;;");
	for (x = first; x <= last; x++)
		buf_putc(out, row[x].text[0]);
	buf_puts(out, "\033\\");
	p->linked = true;
}

/* Sends n cells that are all like row[x]; true when that is done. */
static bool
put_run(struct paint *p, struct buf *out, const struct canvas *c, int y, int x,
    int n)
{
	const struct cell *cell = canvas_at(c, y, x);
	const struct paint_caps *caps = p->caps;

	if (n < ERASE_MIN || cell->len != 1)
		return false;
	set_link(p, out, c, y, x);
	if (can_erase(p, cell) && x + n == c->cols && caps->el != NULL) {
		set_look(p, out, cell);
		buf_puts(out, caps->el);
		return true;
	}
	if (n < 2 * ERASE_MIN || (caps->wrap && y == c->rows - 1))
		return false;
	/* A glyph is repeated as the one before it; not all do that. */
	if (caps->rep != NULL && cell->glyph == GLYPH_NONE) {
		set_look(p, out, cell);
		buf_puts(out, paint_parm(caps->rep, cell->text[0], n));
		advance(p, n);
		return true;
	}
	if (can_erase(p, cell) && caps->ech != NULL) {
		set_look(p, out, cell);
		buf_puts(out, paint_parm(caps->ech, n, 0));
		return true;
	}
	return false;
}

static void
put_cell(struct paint *p, struct buf *out, const struct canvas *c, int y, int x)
{
	const struct cell *cell = canvas_at(c, y, x);
	int width = cell->width == 2 ? 2 : 1;

	set_look(p, out, cell);
	set_link(p, out, c, y, x);
	if (p->caps->wrap && y == c->rows - 1 && x + width >= c->cols)
		return;
	put_text(p, out, cell);
	if (is_sure(cell) || p->text == PAINT_ASCII)
		advance(p, width);
	else
		p->y = p->x = -1;
}

/*
 * Must the cell be sent?  So must one beside a character whose columns are not
 * certain, when that comes or goes.
 */
static bool
is_due(const struct paint *p, const struct cell *now, const struct cell *before,
    int x, int cols)
{
	if (!looks_same(p, &now[x], &before[x]) ||
	    (now[x].width == 2 && x + 1 < cols &&
		!same(&now[x + 1], &before[x + 1])))
		return true;
	if (x == 0 || same(&now[x - 1], &before[x - 1]))
		return false;
	return !is_sure(&now[x - 1]) || !is_sure(&before[x - 1]);
}

static void
paint_row(struct paint *p, const struct canvas *c, int y, struct buf *out)
{
	const struct cell *now = canvas_at(c, y, 0);
	struct cell *before = &p->shown.cells[(size_t)y * (size_t)c->cols];
	size_t size = (size_t)c->cols * sizeof(*now);
	int last = c->cols - 1, tried = 0, n;

	if (memcmp(now, before, size) == 0)
		return;
	while (last > 0 && looks_same(p, &now[last], &before[last]))
		last--;
	for (int x = 0; x <= last; x += n) {
		n = 1;
		if (now[x].width == 0 || !is_due(p, now, before, x, c->cols))
			continue;
		paint_move(p, out, y, x);
		n = x < tried ? 1 : run_length(p, now, x, c->cols);
		if (put_run(p, out, c, y, x, n))
			continue;
		tried = x + n;
		n = 1;
		put_cell(p, out, c, y, x);
	}
	memcpy(before, now, size);
}

static void
show_cursor(struct paint *p, const struct canvas *c, struct buf *out)
{
	const char *s = c->cursor ? p->caps->cnorm : p->caps->civis;

	if (c->cursor)
		paint_move(p, out, c->cursor_y, c->cursor_x);
	else if (p->caps->civis == NULL)
		paint_move(p, out, c->rows - 1, c->cols - 1);
	if (p->cursor != c->cursor && s != NULL)
		buf_puts(out, s);
	p->cursor = c->cursor;
}

static void
start_anew(struct paint *p, const struct canvas *c, struct buf *out)
{
	canvas_resize(&p->shown, c->rows, c->cols);
	p->now = NULL;
	p->y = p->x = -1;
	p->cursor = -1;
	if (p->linked)
		buf_puts(out, "\033]8;;\033\\");
	p->linked = false;
	paint_plain(p, out);
	buf_puts(out, p->caps->clear);
	p->all = false;
}

void
paint_frame(struct paint *p, const struct canvas *c, struct buf *out)
{
	if (p->all || p->shown.rows != c->rows || p->shown.cols != c->cols)
		start_anew(p, c, out);
	else
		paint_scroll(p, c, out);
	for (int y = 0; y < c->rows; y++)
		paint_row(p, c, y, out);
	if (p->linked) {
		buf_puts(out, "\033]8;;\033\\");
		p->linked = false;
	}
	show_cursor(p, c, out);
}
