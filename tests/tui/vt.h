/*
 * A terminal in memory that knows what paint.h may send and nothing else: any
 * other byte or sequence fails the test.
 */
#ifndef NOTES_TESTS_VT_H
#define NOTES_TESTS_VT_H

#include "unit.h"

#include "base/utf8.h"

#define VT_ROWS 60
#define VT_COLS 200

struct vt_look {
	int fg, bg; /* -1: own */
	bool bold, dim, italic, underline, reverse;
};

struct vt_cell {
	char text[32];
	int width; /* 0: right half */
	struct vt_look look;
	char link[128];
};

struct vt {
	int rows, cols, y, x, top, bottom;
	bool bce, cursor;
	bool wrapped; /* behind the last column */
	struct vt_look look;
	char link[128];
	struct vt_cell cells[VT_ROWS][VT_COLS];
};

static inline void
vt_blank(struct vt *t, int y, int x)
{
	struct vt_cell *c = &t->cells[y][x];

	*c = (struct vt_cell){ .text = " ",
		.width = 1,
		.look = { .fg = -1, .bg = -1 } };
	if (t->bce)
		c->look.bg = t->look.bg;
}

static inline void
vt_init(struct vt *t, int rows, int cols, bool bce)
{
	memset(t, 0, sizeof(*t));
	t->rows = rows;
	t->cols = cols;
	t->bce = bce;
	t->bottom = rows - 1;
	t->look = (struct vt_look){ .fg = -1, .bg = -1 };
	/* What is not cleared shows. */
	for (int y = 0; y < rows; y++)
		for (int x = 0; x < cols; x++)
			t->cells[y][x] = (struct vt_cell){ .text = "?",
				.width = 1,
				.look = { .fg = 1, .bg = 1 } };
}

/* Half a character that is written over goes as a whole. */
static inline void
vt_part(struct vt *t, int y, int x)
{
	if (t->cells[y][x].width == 0 && x > 0) {
		snprintf(t->cells[y][x - 1].text, 2, " ");
		t->cells[y][x - 1].width = 1;
	}
	if (t->cells[y][x].width == 2 && x + 1 < t->cols) {
		snprintf(t->cells[y][x + 1].text, 2, " ");
		t->cells[y][x + 1].width = 1;
	}
}

static inline void
vt_put(struct vt *t, const char *s, size_t len, uint32_t cp)
{
	int w = utf8_cp_width(cp);

	if (w == 0 || (cp >= 0x1F3FB && cp <= 0x1F3FF)) { /* joins */
		int x = t->x > 0 ? t->x - 1 : 0;
		struct vt_cell *c;

		if (t->wrapped)
			x = t->cols - 1;
		if (t->cells[t->y][x].width == 0 && x > 0)
			x--;
		c = &t->cells[t->y][x];
		assert_true(strlen(c->text) + len < sizeof(c->text));
		memcpy(c->text + strlen(c->text), s, len);
		return;
	}
	assert_false(t->wrapped);
	assert_true(t->x + w <= t->cols);
	for (int i = 0; i < w; i++)
		vt_part(t, t->y, t->x + i);
	for (int i = 0; i < w; i++) {
		struct vt_cell *c = &t->cells[t->y][t->x + i];

		*c = (struct vt_cell){ .width = i == 0 ? w : 0,
			.look = t->look };
		memcpy(c->link, t->link, sizeof(c->link));
		if (i == 0)
			memcpy(c->text, s, len);
	}
	t->x += w;
	if (t->x == t->cols) {
		t->x--;
		t->wrapped = true;
	}
}

static inline void
vt_scroll(struct vt *t, int by)
{
	int n = by < 0 ? -by : by;

	for (; n > 0; n--) {
		if (by > 0)
			memmove(t->cells[t->top], t->cells[t->top + 1],
			    (size_t)(t->bottom - t->top) *
				sizeof(t->cells[0]));
		else
			memmove(t->cells[t->top + 1], t->cells[t->top],
			    (size_t)(t->bottom - t->top) *
				sizeof(t->cells[0]));
		for (int x = 0; x < t->cols; x++)
			vt_blank(t, by > 0 ? t->bottom : t->top, x);
	}
}

static inline void
vt_sgr(struct vt *t, const int *p, int n)
{
	for (int i = 0; i < n; i++) {
		struct vt_look *l = &t->look;

		switch (p[i]) {
		case 0:
			*l = (struct vt_look){ .fg = -1, .bg = -1 };
			break;
		case 1: l->bold = true; break;
		case 2: l->dim = true; break;
		case 3: l->italic = true; break;
		case 4: l->underline = true; break;
		case 7: l->reverse = true; break;
		case 22: l->bold = l->dim = false; break;
		case 23: l->italic = false; break;
		case 24: l->underline = false; break;
		case 27: l->reverse = false; break;
		case 39: l->fg = -1; break;
		case 49: l->bg = -1; break;
		case 38:
		case 48:
			assert_true(i + 2 < n);
			assert_int_equal(p[i + 1], 5);
			*(p[i] == 38 ? &l->fg : &l->bg) = p[i + 2];
			i += 2;
			break;
		default:
			if (p[i] >= 30 && p[i] <= 37)
				l->fg = p[i] - 30;
			else if (p[i] >= 40 && p[i] <= 47)
				l->bg = p[i] - 40;
			else if (p[i] >= 90 && p[i] <= 97)
				l->fg = p[i] - 90 + 8;
			else if (p[i] >= 100 && p[i] <= 107)
				l->bg = p[i] - 100 + 8;
			else
				fail_msg("SGR %d", p[i]);
		}
	}
}

static inline void
vt_csi(struct vt *t, char final, const int *p, int n, bool private)
{
	int a = n > 0 && p[0] > 0 ? p[0] : 1, b = n > 1 && p[1] > 0 ? p[1] : 1;

	if (private) {
		assert_int_equal(p[0], 25);
		assert_true(final == 'h' || final == 'l');
		t->cursor = final == 'h';
		return;
	}
	if (final != 'm' && final != 'r')
		assert_true(final == 'H' || !t->wrapped);
	switch (final) {
	case 'H':
		assert_in_range(a, 1, t->rows);
		assert_in_range(b, 1, t->cols);
		t->y = a - 1;
		t->x = b - 1;
		t->wrapped = false;
		break;
	case 'C':
		t->x += a;
		assert_true(t->x < t->cols);
		break;
	case 'J':
		assert_int_equal(p[0], 2);
		for (int y = 0; y < t->rows; y++)
			for (int x = 0; x < t->cols; x++)
				vt_blank(t, y, x);
		break;
	case 'K':
		vt_part(t, t->y, t->x);
		for (int x = t->x; x < t->cols; x++)
			vt_blank(t, t->y, x);
		break;
	case 'X':
		vt_part(t, t->y, t->x);
		assert_true(t->x + a <= t->cols);
		vt_part(t, t->y, t->x + a - 1);
		for (int x = t->x; x < t->x + a; x++)
			vt_blank(t, t->y, x);
		break;
	case 'b':
		assert_true(t->x > 0);
		for (char c = t->cells[t->y][t->x - 1].text[0]; a > 0; a--)
			vt_put(t, &c, 1, (unsigned char)c);
		break;
	case 'r':
		t->top = a - 1;
		t->bottom = b - 1;
		assert_true(t->top < t->bottom && t->bottom < t->rows);
		t->y = t->x = 0;
		t->wrapped = false;
		break;
	case 'S':
	case 'T':
		vt_scroll(t, final == 'S' ? a : -a);
		break;
	case 'm':
		vt_sgr(t, p, n == 0 ? 1 : n);
		break;
	default:
		fail_msg("CSI %c", final);
	}
}

/* "8;;address" up to ST. */
static inline size_t
vt_osc(struct vt *t, const char *s, size_t len)
{
	const char *end = memmem(s, len, "\033\\", 2);

	assert_non_null(end);
	assert_memory_equal(s, "8;;", 3);
	assert_true((size_t)(end - s) - 3 < sizeof(t->link));
	memset(t->link, 0, sizeof(t->link));
	memcpy(t->link, s + 3, (size_t)(end - s) - 3);
	for (const char *c = t->link; *c != '\0'; c++)
		assert_true(*c > 0x20 && *c < 0x7F);
	return (size_t)(end - s) + 2;
}

static inline size_t
vt_escape(struct vt *t, const char *s, size_t len)
{
	int p[8] = { 0 }, n = 0;
	bool private = false;
	size_t i = 2;

	assert_true(len >= 2);
	switch (s[1]) {
	case ']':
		return 2 + vt_osc(t, s + 2, len - 2);
	case 'D':
		assert_int_equal(t->y, t->bottom);
		vt_scroll(t, 1);
		return 2;
	case 'M':
		assert_int_equal(t->y, t->top);
		vt_scroll(t, -1);
		return 2;
	default:
		assert_int_equal(s[1], '[');
	}
	if (i < len && s[i] == '?') {
		private = true;
		i++;
	}
	for (; i < len; i++) {
		if (s[i] >= '0' && s[i] <= '9') {
			n = n == 0 ? 1 : n;
			p[n - 1] = p[n - 1] * 10 + s[i] - '0';
		} else if (s[i] == ';') {
			n = n == 0 ? 2 : n + 1;
			assert_true(n <= 8);
		} else {
			break;
		}
	}
	assert_true(i < len);
	vt_csi(t, s[i], p, n, private);
	return i + 1;
}

static inline void
vt_feed(struct vt *t, const char *s, size_t len)
{
	uint32_t cp;

	for (size_t i = 0, n; i < len; i += n) {
		n = utf8_decode(s + i, len - i, &cp);
		if (cp == '\033') {
			n = vt_escape(t, s + i, len - i);
		} else if (cp == '\r') {
			n = 1;
			t->x = 0;
			t->wrapped = false;
		} else {
			if (cp == UTF8_BAD || (cp != 0x200D && utf8_hidden(cp)))
				fail_msg("byte %02x reached the terminal",
				    (unsigned char)s[i]);
			vt_put(t, s + i, n, cp);
		}
	}
}

#endif
