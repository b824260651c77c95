/* What is painted is what a terminal shows, and nothing else is sent. */
#include "unit.h"

#include <locale.h>

#include "base/mem.h"
#include "tui/term/paint.h"
#include "vt.h"

#define S(text) \
	(char[]) \
	{ \
		text \
	}

/* As in the entries of xterm-256color, screen-256color, xterm and vt100. */
static struct paint_caps xterm = { .cup = S("\033[%i%p1%d;%p2%dH"),
	.clear = S("\033[H\033[2J"),
	.el = S("\033[K"),
	.ech = S("\033[%p1%dX"),
	.rep = S("%p1%c\033[%p2%{1}%-%db"),
	.csr = S("\033[%i%p1%d;%p2%dr"),
	.indn = S("\033[%p1%dS"),
	.rin = S("\033[%p1%dT"),
	.civis = S("\033[?25l"),
	.cnorm = S("\033[?25h"),
	.sgr0 = S("\033(B\033[m"),
	.bold = S("\033[1m"),
	.dim = S("\033[2m"),
	.smul = S("\033[4m"),
	.rev = S("\033[7m"),
	.sitm = S("\033[3m"),
	.setaf = S("\033[%?%p1%{8}%<%t3%p1%d%e%p1%{16}%<%t9%p1%{8}%-%d%e38;5;"
		   "%p1%d%;m"),
	.setab = S("\033[%?%p1%{8}%<%t4%p1%d%e%p1%{16}%<%t10%p1%{8}%-%d%e48;5;"
		   "%p1%d%;m"),
	.op = S("\033[39;49m"),
	.bce = true,
	.ansi = true,
	.sgr = true };

static struct paint_caps screen = { .cup = S("\033[%i%p1%d;%p2%dH"),
	.clear = S("\033[H\033[2J"),
	.el = S("\033[K"),
	.csr = S("\033[%i%p1%d;%p2%dr"),
	.ind = S("\033D"),
	.ri = S("\033M"),
	.civis = S("\033[?25l"),
	.cnorm = S("\033[?25h"),
	.sgr0 = S("\033[m\017"),
	.bold = S("\033[1m"),
	.smul = S("\033[4m"),
	.rev = S("\033[7m"),
	.setaf = S("\033[3%p1%dm"),
	.setab = S("\033[4%p1%dm"),
	.ansi = true };

/* A cursor that is placed by other means, and a last cell that scrolls. */
static struct paint_caps plain = { .cup = S("\033[%i%p1%d;%p2%dH"),
	.clear = S("\033[H\033[2J"),
	.el = S("\033[K"),
	.sgr0 = S("\033[m"),
	.bold = S("\033[1m"),
	.smul = S("\033[4m"),
	.rev = S("\033[7m"),
	.wrap = true };

static const struct terminal {
	struct paint_caps *caps;
	enum theme_depth depth;
} terminals[] = { { &xterm, DEPTH_256 }, { &xterm, DEPTH_16 },
	{ &screen, DEPTH_8 }, { &screen, DEPTH_NONE }, { &plain, DEPTH_NONE } };

static uint32_t seed = 1;

static int
roll(int n)
{
	seed = seed * 1103515245 + 12345;
	return (int)(seed >> 16) % n;
}

static bool
same_look(const struct vt_look *got, const struct look *want, bool italic)
{
	return got->fg == want->fg && got->bg == want->bg &&
	    got->bold == ((want->attr & LOOK_BOLD) != 0) &&
	    got->reverse == ((want->attr & LOOK_REVERSE) != 0) &&
	    (got->underline || (italic && got->italic)) ==
	    ((want->attr & (LOOK_UNDERLINE | LOOK_ITALIC)) != 0);
}

/* A link leads to a whole address, also where something now hides a part. */
static void
check_link(const struct cell *cell, const struct vt_cell *got)
{
	if (got->link[0] == '\0')
		return;
	assert_true(cell->flags & CELL_LINK);
	assert_string_equal(got->link, "https://example.org/a?b=c");
}

static void
check(const struct vt *t, const struct canvas *c, const struct terminal *of)
{
	for (int y = 0; y < c->rows; y++) {
		for (int x = 0; x < c->cols; x++) {
			const struct cell *cell = canvas_at(c, y, x);
			const struct vt_cell *got = &t->cells[y][x];
			struct look l = theme_look(of->depth, TONE_DARK,
			    cell->role, cell->flags & CELL_SELECTED);
			char text[CELL_TEXT + 1] = "";

			if (of->caps->wrap && y == c->rows - 1 &&
			    x >= c->cols - 2)
				continue;
			memcpy(text, cell->text, cell->len);
			if (cell->glyph != GLYPH_NONE)
				snprintf(text, sizeof(text), "%s",
				    glyph_text(cell->glyph));
			if (strcmp(text, got->text) != 0 ||
			    cell->width != got->width)
				fail_msg("%d,%d: \"%s\" instead of \"%s\"", y,
				    x, got->text, text);
			if (cell->width == 0)
				continue;
			/* A blank shows no more than its background. */
			if (strcmp(text, " ") == 0 &&
			    (l.attr & (LOOK_REVERSE | LOOK_UNDERLINE)) == 0) {
				assert_int_equal(got->look.bg, l.bg);
				assert_false(got->look.reverse);
				assert_false(got->look.underline);
				continue;
			}
			if (!same_look(&got->look, &l, true))
				fail_msg("%d,%d: \"%s\" in role %d looks like "
					 "fg %d bg %d, not %d %d, attr %u",
				    y, x, text, cell->role, got->look.fg,
				    got->look.bg, l.fg, l.bg, l.attr);
			check_link(cell, got);
		}
	}
	assert_int_equal(c->cursor && of->caps->cnorm != NULL,
	    t->cursor && of->caps->cnorm != NULL);
	if (c->cursor) {
		assert_int_equal(t->y, c->cursor_y);
		assert_int_equal(t->x, c->cursor_x);
	}
}

static const char *const texts[] = { "plain words", "한글 폭 계산", "     ",
	"                         ", "e\xcc\x81\xcc\xa3x", "a\033[31mb\007c",
	"\xe2\x80\xaeright to left", "https://example.org/a?b=c and more",
	"emoji 👩\u200d💻 👍🏽", "\xe2\x80\xa6\xc2\xb1",
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	"\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", "漢字カナ",
	"bad \xff\xc3 bytes", "=============================" };

#define TEXTS (int)(sizeof(texts) / sizeof(texts[0]))

static void
scribble(struct canvas *c)
{
	struct area a = canvas_area(c);
	int y = roll(c->rows), x = roll(c->cols);

	switch (roll(8)) {
	case 0:
		area_flag(&a, y, 0, c->cols, CELL_SELECTED);
		break;
	case 1:
		area_fill(&a, y, x, roll(c->cols), "-| #"[roll(4)],
		    (enum role)roll(ROLE_N));
		break;
	case 2:
		area_glyph(&a, y, x, roll(20),
		    (enum glyph)(1 + roll(GLYPH_N - 1)),
		    (enum role)roll(ROLE_N));
		break;
	case 3:
		area_cursor(&a, y, x);
		break;
	default:
		area_text(&a, y, x, roll(c->cols), texts[roll(TEXTS)],
		    (enum role)roll(ROLE_N));
	}
}

/* A list that moves by some rows, with other things around it. */
static void
move_rows(struct canvas *c)
{
	int by = 1 + roll(3), top = roll(3), n = c->rows - top - roll(3) - by;
	size_t row = (size_t)c->cols * sizeof(*c->cells);

	if (n < 1)
		return;
	if (roll(2) == 0)
		memmove(&c->cells[top * c->cols],
		    &c->cells[(top + by) * c->cols], (size_t)n * row);
	else
		memmove(&c->cells[(top + by) * c->cols],
		    &c->cells[top * c->cols], (size_t)n * row);
}

static void
test_paint(void **state)
{
	static struct vt t;

	(void)state;
	for (size_t i = 0; i < sizeof(terminals) / sizeof(terminals[0]); i++) {
		const struct terminal *of = &terminals[i];
		struct canvas c = { 0 };
		struct buf out = BUF_INIT;
		struct paint p;

		paint_init(&p, of->caps);
		p.links = true;
		paint_looks(&p, of->depth, TONE_DARK);
		for (int frame = 0; frame < 3000; frame++) {
			if (frame % 200 == 0) {
				canvas_resize(&c, 1 + roll(24), 1 + roll(90));
				vt_init(&t, c.rows, c.cols, of->caps->bce);
				p.all = true;
			}
			if (roll(30) == 0)
				canvas_clear(&c);
			c.cursor = false;
			if (roll(3) == 0)
				move_rows(&c);
			for (int n = roll(12); n > 0; n--)
				scribble(&c);
			buf_clear(&out);
			paint_frame(&p, &c, &out);
			vt_feed(&t, buf_str(&out), out.len);
			check(&t, &c, of);
			/* The same again costs nothing. */
			buf_clear(&out);
			paint_frame(&p, &c, &out);
			if (of->caps->civis != NULL || c.cursor)
				assert_int_equal(out.len, 0);
		}
		paint_release(&p);
		canvas_release(&c);
		buf_release(&out);
	}
}

static size_t
bytes_of(struct paint *p, const struct canvas *c)
{
	struct buf out = BUF_INIT;
	size_t n;

	paint_frame(p, c, &out);
	n = out.len;
	buf_release(&out);
	return n;
}

/* Erasing, repeating and scrolling save what they are there for. */
static void
test_bytes(void **state)
{
	struct canvas c = { 0 };
	struct area a;
	struct paint p;

	(void)state;
	paint_init(&p, &xterm);
	paint_looks(&p, DEPTH_256, TONE_DARK);
	canvas_resize(&c, 50, 200);
	a = canvas_area(&c);
	for (int y = 0; y < 50; y++)
		area_printf(&a, y, 0, 200, ROLE_TEXT, "row %d of the list", y);
	bytes_of(&p, &c);
	area_flag(&a, 7, 0, 200, CELL_SELECTED);
	assert_in_range(bytes_of(&p, &c), 1, 80);
	area_fill(&a, 7, 0, 200, ' ', ROLE_TEXT);
	assert_in_range(bytes_of(&p, &c), 1, 20);
	for (int y = 3; y < 48; y++)
		area_printf(&a, y, 0, 200, ROLE_TEXT, "row %d of the list",
		    y + 1);
	area_text(&a, 6, 0, 200, "", ROLE_TEXT);
	assert_in_range(bytes_of(&p, &c), 1, 200);
	/* A character in the middle. */
	area_text(&a, 20, 5, 1, "x", ROLE_TEXT);
	assert_in_range(bytes_of(&p, &c), 1, 10);
	paint_release(&p);
	canvas_release(&c);
}

/* ASCII lines; and without UTF-8 nothing beyond ASCII. */
static void
test_ascii(void **state)
{
	struct canvas c = { 0 };
	struct area a;
	struct buf out = BUF_INIT;
	struct paint p;

	(void)state;
	canvas_resize(&c, 3, 20);
	a = canvas_area(&c);
	area_fill(&a, 1, 0, 20, '-', ROLE_RULE);
	area_text(&a, 0, 4, 1, "|", ROLE_RULE);
	area_text(&a, 2, 0, 6, "한글 폭 계산", ROLE_TEXT);
	assert_int_equal(canvas_at(&c, 1, 4)->glyph, GLYPH_TEE_UP);
	paint_init(&p, &xterm);
	paint_looks(&p, DEPTH_NONE, TONE_DARK);
	p.text = PAINT_ASCII_LINES;
	paint_frame(&p, &c, &out);
	assert_non_null(strstr(buf_str(&out), "한글"));
	assert_non_null(strstr(buf_str(&out), "~"));
	assert_null(strstr(buf_str(&out), glyph_text(GLYPH_ACROSS)));
	assert_null(strstr(buf_str(&out), glyph_text(GLYPH_CUT)));
	buf_clear(&out);
	p.all = true;
	p.text = PAINT_ASCII;
	paint_frame(&p, &c, &out);
	for (size_t i = 0; i < out.len; i++)
		assert_true(out.ptr[i] > 0);
	assert_non_null(strstr(buf_str(&out), "????"));
	paint_release(&p);
	canvas_release(&c);
	buf_release(&out);
}

/* Only what stands there whole, and is an address, is one. */
static void
test_links(void **state)
{
	static const struct {
		const char *text;
		int cols;
		const char *want;
	} cases[] = { { "see https://example.org/x.", 40,
			  "https://example.org/x" },
		{ "(http://a.b/c) x", 40, "http://a.b/c" },
		{ "<mailto:ann@example.org>", 40, "mailto:ann@example.org" },
		{ "javascript:alert(1)", 40, NULL },
		{ "file:///etc/passwd", 40, NULL }, { "https://", 40, NULL },
		{ "xhttps://a.b", 40, NULL },
		{ "https://example.org/long", 12, NULL },
		{ "https://example.org/to/the/very/edge.html.", 42, NULL },
		{ "https://e.org/\033]8;;https://evil\033\\", 40,
		    "https://e.org/https://evil" },
		{ "https://e.org/\xe2\x80\xae", 40, "https://e.org/" } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct canvas c = { 0 };
		struct area a;
		struct buf got = BUF_INIT;

		canvas_resize(&c, 1, 42);
		a = canvas_area(&c);
		area_text(&a, 0, 0, cases[i].cols, cases[i].text, ROLE_TEXT);
		for (int x = 0; x < 42; x++)
			if ((canvas_at(&c, 0, x)->flags & CELL_LINK) != 0)
				buf_putc(&got, canvas_at(&c, 0, x)->text[0]);
		assert_string_equal(buf_str(&got),
		    cases[i].want == NULL ? "" : cases[i].want);
		buf_release(&got);
		canvas_release(&c);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paint),
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_ascii),
		cmocka_unit_test(test_links),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
