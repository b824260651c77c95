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

	for (size_t i = 0; i < n && i < (size_t)c->cols; i++)
		c->cells[i] = blank;
	for (size_t y = 1; y < (size_t)c->rows; y++)
		memcpy(&c->cells[y * (size_t)c->cols], c->cells,
		    (size_t)c->cols * sizeof(*c->cells));
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
	cell->glyph = GLYPH_NONE;
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

static struct cell
ascii_cell(char ch, enum role role)
{
	return (struct cell){ .text = { ch },
		.len = 1,
		.width = 1,
		.role = (uint8_t)role };
}

static void
put_ascii(struct canvas *c, int y, int x, char ch, enum role role)
{
	struct cell *cell = cell_at(c, y, x);

	if (cell->width != 1)
		part(c, y, x);
	*cell = ascii_cell(ch, role);
}

/* Characters of ASCII, n of them: most of every screen. */
static void
put_plain(struct canvas *c, int y, int x, const char *s, size_t n,
    enum role role)
{
	struct cell *cell = cell_at(c, y, x), one = ascii_cell(' ', role);

	for (size_t i = 0; i < n; i++) {
		if (cell[i].width != 1)
			part(c, y, x + (int)i);
		one.text[0] = s[i];
		cell[i] = one;
	}
}

static void
put(struct canvas *c, int y, int x, const char *s, size_t len, int width,
    enum role role)
{
	char text[CELL_TEXT];
	struct cell *cell;

	if (len == 1 && width == 1) {
		put_ascii(c, y, x, *s, role);
		return;
	}
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
	cell->glyph = GLYPH_NONE;
	cell->flags = cell->hit = 0;
	if (width == 2)
		cell[1] = (struct cell){ .role = (uint8_t)role };
}

static void
put_glyph(struct canvas *c, int y, int x, enum glyph g, enum role role)
{
	put_ascii(c, y, x, glyph_ascii(g), role);
	cell_at(c, y, x)->glyph = (uint8_t)g;
}

/* What a line across looks like, given what stands above and below it. */
static void
join(struct canvas *c, int y, int x)
{
	static const enum glyph joined[] = { GLYPH_ACROSS, GLYPH_TEE_UP,
		GLYPH_TEE_DOWN, GLYPH_CROSS };
	struct cell *cell = cell_at(c, y, x);
	size_t i = 0;

	if (cell->role != ROLE_RULE || cell->text[0] != '-')
		return;
	if (y > 0 && cell_at(c, y - 1, x)->glyph == GLYPH_DOWN)
		i += 1;
	if (y + 1 < c->rows && cell_at(c, y + 1, x)->glyph == GLYPH_DOWN)
		i += 2;
	cell->glyph = (uint8_t)joined[i];
}

static void
put_rule(struct canvas *c, int y, int x, char ch)
{
	if (ch == '|') {
		put_glyph(c, y, x, GLYPH_DOWN, ROLE_RULE);
		if (y > 0)
			join(c, y - 1, x);
		if (y + 1 < c->rows)
			join(c, y + 1, x);
	} else if (ch == '-') {
		put_glyph(c, y, x, GLYPH_ACROSS, ROLE_RULE);
		join(c, y, x);
	} else {
		put_ascii(c, y, x, ch, ROLE_RULE);
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

/* Bytes of the web address that s begins with; punctuation at its end is the
 * sentence's. */
static size_t
address(const char *s, size_t len)
{
	static const char *const schemes[] = { "https://", "http://",
		"mailto:" };
	size_t n = 0, head = 0;

	for (size_t i = 0; i < 3 && head == 0; i++)
		if (len > strlen(schemes[i]) &&
		    strncmp(s, schemes[i], strlen(schemes[i])) == 0)
			head = strlen(schemes[i]);
	if (head == 0)
		return 0;
	for (n = head; n < len && s[n] > ' ' && s[n] < 0x7F &&
	     strchr("<>\"`{}|\\^", s[n]) == NULL;
	     n++)
		;
	while (n > head && strchr(".,;:!?)]'*_~", s[n - 1]) != NULL)
		n--;
	return n > head ? n : 0;
}

/*
 * Flags addresses, so that terminals which can open them are told.  One that
 * is cut, or that touches the edge and may go on below, is none.
 */
static void
mark_links(const struct area *a, int y, int x, const char *s, size_t len,
    bool cut)
{
	const char *end = s + len, *from = s, *colon;
	size_t n, whole;
	int at;

	while ((colon = memchr(from, ':', (size_t)(end - from))) != NULL) {
		const char *word = colon;

		while (word > from && word[-1] >= 'a' && word[-1] <= 'z')
			word--;
		from = colon + 1;
		n = address(word, (size_t)(end - word));
		if (n == 0)
			continue;
		from = word + n;
		at = x + (int)utf8_width(s, (size_t)(word - s));
		for (whole = n; word + whole < end && word[whole] != ' ';)
			whole++;
		if ((word + whole == end && cut) || at + (int)whole >= a->cols)
			continue;
		area_flag(a, y, at, (int)n, CELL_LINK);
		area_flag(a, y, at, 1, CELL_LINK_START);
		area_flag(a, y, at + (int)n - 1, 1, CELL_LINK_END);
	}
}

/* What follows a character of ASCII decides whether it stands alone. */
static size_t
next_grapheme(const char *s, size_t len, int *width)
{
	if (s[0] < 0 || (len > 1 && s[1] < 0))
		return utf8_grapheme(s, len, width);
	*width = 1;
	return 1;
}

static size_t
fitting(const char *s, size_t len, size_t cols, bool plain)
{
	if (plain)
		return len < cols ? len : cols;
	return utf8_fit(s, len, cols, NULL);
}

static int
draw_clean(const struct area *a, int y, int x, int cols, const char *s,
    size_t len, bool plain, enum role role)
{
	size_t fit = fitting(s, len, (size_t)cols, plain), n;
	bool cut = fit < len;
	int at = x, w;

	if (cut)
		fit = fitting(s, len, (size_t)cols - 1, plain);
	if (plain && role != ROLE_RULE) {
		put_plain(a->canvas, a->y + y, a->x + x, s, fit, role);
		at += (int)fit;
	}
	for (size_t i = (size_t)(at - x); i < fit; i += n) {
		n = next_grapheme(s + i, fit - i, &w);
		if (w == 0 || is_tone(s + i, n))
			continue;
		if (role == ROLE_RULE && n == 1)
			put_rule(a->canvas, a->y + y, a->x + at, s[i]);
		else
			put(a->canvas, a->y + y, a->x + at, s + i, n, w, role);
		at += w;
	}
	mark_links(a, y, x, s, fit, cut);
	if (!cut)
		return at - x;
	for (; at < x + cols - 1; at++)
		put_ascii(a->canvas, a->y + y, a->x + at, ' ', role);
	put_glyph(a->canvas, a->y + y, a->x + at, GLYPH_CUT, role);
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
		return draw_clean(a, y, x, cols, text, strlen(text), true,
		    role);
	utf8_clean(&clean, text, strlen(text), UTF8_ONE_LINE);
	used = draw_clean(a, y, x, cols, buf_str(&clean), clean.len, false,
	    role);
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

static void
fill(struct canvas *c, int y, int x, int n, char ch, enum role role)
{
	struct cell *cell = cell_at(c, y, x), one = ascii_cell(ch, role);

	for (int i = 0; i < n; i++) {
		if (cell[i].width != 1)
			part(c, y, x + i);
		cell[i] = one;
	}
}

void
area_fill(const struct area *a, int y, int x, int cols, char ch, enum role role)
{
	int end;

	if (y < 0 || y >= a->rows || x < 0)
		return;
	end = clamp(x + cols, 0, a->cols);
	if (role != ROLE_RULE) {
		fill(a->canvas, a->y + y, a->x + x, end - x, ch, role);
		return;
	}
	for (; x < end; x++)
		put_rule(a->canvas, a->y + y, a->x + x, ch);
}

void
area_glyph(const struct area *a, int y, int x, int cols, enum glyph glyph,
    enum role role)
{
	int end;

	if (y < 0 || y >= a->rows || x < 0)
		return;
	end = clamp(x + cols, 0, a->cols);
	for (; x < end; x++)
		put_glyph(a->canvas, a->y + y, a->x + x, glyph, role);
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
area_hit(const struct area *a, int y, int x, int cols, unsigned hit)
{
	int end = clamp(x + cols, 0, a->cols);

	if (y < 0 || y >= a->rows)
		return;
	for (x = clamp(x, 0, a->cols); x < end; x++)
		cell_at(a->canvas, a->y + y, a->x + x)->hit = (uint8_t)hit;
}

void
area_take_row(const struct area *a, int y, struct cell *out)
{
	if (y >= 0 && y < a->rows && a->cols > 0)
		memcpy(out, cell_at(a->canvas, a->y + y, a->x),
		    (size_t)a->cols * sizeof(*out));
}

void
area_put_row(const struct area *a, int y, const struct cell *cells)
{
	if (y >= 0 && y < a->rows && a->cols > 0)
		memcpy(cell_at(a->canvas, a->y + y, a->x), cells,
		    (size_t)a->cols * sizeof(*cells));
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
