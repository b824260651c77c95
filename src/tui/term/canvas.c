#include "canvas.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

static const struct cell blank = { .text = " ", .len = 1, .width = 1 };

void
canvas_resize(struct canvas *c, int rows, int cols)
{
	c->rows = rows < 1 ? 1 : rows;
	c->cols = cols < 1 ? 1 : cols;
	c->cells = mem_realloc(c->cells, (size_t)c->rows * (size_t)c->cols,
	    sizeof(*c->cells));
	canvas_clear(c);
}

void
canvas_clear(struct canvas *c)
{
	size_t n = (size_t)c->rows * (size_t)c->cols;

	for (size_t i = 0; i < n; i++)
		c->cells[i] = blank;
	c->cursor = false;
	c->cursor_y = c->cursor_x = 0;
}

void
canvas_release(struct canvas *c)
{
	free(c->cells);
	*c = (struct canvas){ 0 };
}

static struct cell *
cell_at(struct canvas *c, int y, int x)
{
	return &c->cells[(size_t)y * (size_t)c->cols + (size_t)x];
}

const struct cell *
canvas_at(const struct canvas *c, int y, int x)
{
	return &c->cells[(size_t)y * (size_t)c->cols + (size_t)x];
}

static void
make_blank(struct cell *cell)
{
	memset(cell->text, 0, sizeof(cell->text));
	cell->text[0] = ' ';
	cell->len = cell->width = 1;
}

/* Frees the cell from a double-width neighbour. */
static void
part(struct canvas *c, int y, int x)
{
	struct cell *cell = cell_at(c, y, x);

	if (cell->width == 0 && x > 0)
		make_blank(cell_at(c, y, x - 1));
	if (cell->width == 2 && x + 1 < c->cols)
		make_blank(cell_at(c, y, x + 1));
	make_blank(cell);
}

/*
 * Copies a grapheme without what makes some terminals draw it wider, or as one
 * with its neighbour, while others don't: joiners and presentation selectors.
 */
static size_t
copy_plain(char out[CELL_TEXT], const char *s, size_t len)
{
	size_t n = 0, used;
	uint32_t cp;

	for (size_t i = 0; i < len; i += used) {
		used = utf8_decode(s + i, len - i, &cp);
		if (cp == 0x200D || cp == 0x200C || cp == 0xFE0E ||
		    cp == 0xFE0F)
			continue;
		if (n + used > CELL_TEXT)
			break;
		memcpy(out + n, s + i, used);
		n += used;
	}
	return n;
}

static void
put(struct canvas *c, int y, int x, const char *s, size_t len, int width,
    enum role role)
{
	char text[CELL_TEXT];
	struct cell *cell;

	if (len == 1)
		text[0] = *s;
	else
		len = copy_plain(text, s, len);
	if (len == 0)
		return;
	cell = cell_at(c, y, x);
	if (width > 1 || cell->width != 1)
		for (int i = 0; i < width; i++)
			part(c, y, x + i);
	memset(cell->text, 0, sizeof(cell->text));
	memcpy(cell->text, text, len);
	cell->len = (uint8_t)len;
	cell->width = (uint8_t)width;
	cell->role = (uint8_t)role;
	cell->flags = 0;
	if (width == 2) {
		cell[1] = (struct cell){ .role = (uint8_t)role };
	}
}

struct area
canvas_area(struct canvas *c)
{
	return (struct area){ c, 0, 0, c->rows, c->cols };
}

static int
clamp(int n, int low, int high)
{
	if (n < low)
		return low;
	return n > high ? high : n;
}

struct area
area_sub(const struct area *a, int y, int x, int rows, int cols)
{
	struct area sub = { .canvas = a->canvas };

	y = clamp(y, 0, a->rows);
	x = clamp(x, 0, a->cols);
	sub.y = a->y + y;
	sub.x = a->x + x;
	sub.rows = clamp(rows, 0, a->rows - y);
	sub.cols = clamp(cols, 0, a->cols - x);
	return sub;
}

static bool
is_plain(const char *s)
{
	for (; *s != '\0'; s++)
		if (*s < 0x20 || *s > 0x7E)
			return false;
	return true;
}

/* Skin tones: a colour of the emoji before, or a patch of two columns. */
static bool
is_tone(const char *s, size_t len)
{
	uint32_t cp;

	utf8_decode(s, len, &cp);
	return cp >= 0x1F3FB && cp <= 0x1F3FF;
}

static int
draw_clean(const struct area *a, int y, int x, int cols, const char *s,
    size_t len, enum role role)
{
	size_t used, fit = utf8_fit(s, len, (size_t)cols, &used), n;
	bool cut = fit < len;
	int at = x, w;

	if (cut)
		fit = utf8_fit(s, len, (size_t)cols - 1, &used);
	for (size_t i = 0; i < fit; i += n) {
		n = utf8_grapheme(s + i, fit - i, &w);
		if (w == 0 || is_tone(s + i, n))
			continue;
		put(a->canvas, a->y + y, a->x + at, s + i, n, w, role);
		at += w;
	}
	if (!cut)
		return at - x;
	for (; at < x + cols - 1; at++)
		put(a->canvas, a->y + y, a->x + at, " ", 1, 1, role);
	put(a->canvas, a->y + y, a->x + at, "~", 1, 1, role);
	return cols;
}

int
area_text(const struct area *a, int y, int x, int cols, const char *text,
    enum role role)
{
	struct buf clean = BUF_INIT;
	int used;

	if (y < 0 || y >= a->rows || x < 0 || x >= a->cols)
		return 0;
	cols = clamp(cols, 0, a->cols - x);
	if (cols == 0 || text == NULL)
		return 0;
	if (is_plain(text))
		return draw_clean(a, y, x, cols, text, strlen(text), role);
	utf8_clean(&clean, text, strlen(text), UTF8_ONE_LINE);
	used = draw_clean(a, y, x, cols, buf_str(&clean), clean.len, role);
	buf_release(&clean);
	return used;
}

void
area_pad(const struct area *a, int y, int x, int cols, const char *text,
    enum role role)
{
	int used = area_text(a, y, x, cols, text, role);

	area_fill(a, y, x + used, cols - used, ' ', role);
}

void
area_right(const struct area *a, int y, int x, int cols, const char *text,
    enum role role)
{
	char *clean = utf8_clean_dup(text, UTF8_ONE_LINE);
	int width = (int)utf8_width(clean, strlen(clean));
	int shift = width < cols ? cols - width : 0;

	area_text(a, y, x + shift, cols - shift, clean, role);
	free(clean);
}

int
area_printf(const struct area *a, int y, int x, int cols, enum role role,
    const char *fmt, ...)
{
	struct buf text = BUF_INIT;
	va_list ap;
	int used;

	va_start(ap, fmt);
	buf_vprintf(&text, fmt, ap);
	va_end(ap);
	used = area_text(a, y, x, cols, buf_str(&text), role);
	buf_release(&text);
	return used;
}

void
area_fill(const struct area *a, int y, int x, int cols, char ch, enum role role)
{
	int end;

	if (y < 0 || y >= a->rows || x < 0)
		return;
	end = clamp(x + cols, 0, a->cols);
	for (; x < end; x++)
		put(a->canvas, a->y + y, a->x + x, &ch, 1, 1, role);
}

void
area_flag(const struct area *a, int y, int x, int cols, enum cell_flag flag)
{
	int end = clamp(x + cols, 0, a->cols);

	if (y < 0 || y >= a->rows)
		return;
	for (x = clamp(x, 0, a->cols); x < end; x++)
		cell_at(a->canvas, a->y + y, a->x + x)->flags |= (uint8_t)flag;
}

void
area_cursor(const struct area *a, int y, int x)
{
	if (a->rows == 0 || a->cols == 0)
		return;
	a->canvas->cursor = true;
	a->canvas->cursor_y = a->y + clamp(y, 0, a->rows - 1);
	a->canvas->cursor_x = a->x + clamp(x, 0, a->cols - 1);
}

void
canvas_lines(const struct canvas *c, struct buf *out)
{
	size_t end;

	for (int y = 0; y < c->rows; y++) {
		end = out->len;
		for (int x = 0; x < c->cols; x++) {
			const struct cell *cell = canvas_at(c, y, x);

			buf_add(out, cell->text, cell->len);
			if (cell->len != 1 || cell->text[0] != ' ')
				end = cell->width == 0 ? end : out->len;
		}
		buf_truncate(out, end);
		buf_putc(out, '\n');
	}
}

void
canvas_roles(const struct canvas *c, struct buf *out)
{
	for (int y = 0; y < c->rows; y++) {
		for (int x = 0; x < c->cols; x++) {
			const struct cell *cell = canvas_at(c, y, x);

			buf_putc(out,
			    (cell->flags & CELL_SELECTED) != 0
				? '>'
				: theme_letters[cell->role]);
		}
		buf_putc(out, '\n');
	}
}
