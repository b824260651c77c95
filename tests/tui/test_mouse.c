/* Clicks and the wheel, on each screen. */
#include "drive.h"

static void
click(struct screen *s, int y, int x)
{
	const struct input_event ev = { .type = IN_CLICK, .y = y, .x = x };

	ui_event(&s->ui, &ev);
	screen_draw(s);
}

/* The row that text stands in, and its column. */
static int
row_of(const struct screen *s, const char *text, int *x)
{
	struct buf b = BUF_INIT;
	const char *at, *line;
	int y = 0;

	screen_text(s, &b);
	at = strstr(buf_str(&b), text);
	if (at == NULL)
		fail_msg("no \"%s\" in\n%s", text, buf_str(&b));
	line = buf_str(&b);
	for (const char *c = line; c < at; c++) {
		if (*c != '\n')
			continue;
		y++;
		line = c + 1;
	}
	*x = (int)(at - line);
	buf_release(&b);
	return y;
}

static void
click_text(struct screen *s, const char *text)
{
	int x, y = row_of(s, text, &x);

	click(s, y, x);
}

static const char *
top(const struct screen *s)
{
	return ui_top(&s->ui)->class->name;
}

/* The first click on a row selects it, the second does what Enter does. */
static void
test_again(void **state)
{
	static const struct {
		const char *keys, *row, *opens;
		const char *shows; /* where it opens no other screen */
	} cases[] = {
		{ "", "NOTE-43", "ticket", NULL },
		{ "2", "NOTE-43", "ticket", NULL },
		{ "3", "1.1", "release", NULL },
		{ "3 Enter", "NOTE-43", "ticket", NULL },
		{ "4 Tab", "NOTE-43", "ticket", NULL },
		{ "4 r", "2d ago", "revisions", " 1 to 2 " },
		{ "5", "CYCLE TIME", "menu", NULL },
		{ "U", "Tidy up", "diff", NULL },
		{ "H", "created: Wide", "ticket", NULL },
		{ "Enter Tab Tab Tab", "a try that", "diff", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct screen s;
		const struct view *v;
		int x, y;

		screen_open(&s, FAKE_ENGLISH, 24, 80);
		screen_keys(&s, cases[i].keys);
		v = ui_top(&s.ui);
		y = row_of(&s, cases[i].row, &x);
		click(&s, y, x);
		assert_ptr_equal(ui_top(&s.ui), v);
		click(&s, y, x);
		assert_string_equal(top(&s), cases[i].opens);
		if (cases[i].shows != NULL)
			assert_true(screen_has(&s, cases[i].shows));
		else
			assert_ptr_not_equal(ui_top(&s.ui), v);
		screen_close(&s);
	}
}

/* A click ends a message and a count, as a key does. */
static void
test_message(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "Z 8");
	click_text(&s, "NOTE-43");
	assert_true(screen_has(&s, " 3 of 6"));
	screen_keys(&s, "Z");
	assert_true(screen_has(&s, "does nothing here"));
	click_text(&s, "NOTE-42");
	assert_true(screen_has(&s, " 2 of 6"));
	screen_close(&s);
}

/* Tabs of both kinds of title go to their screens. */
static void
test_tabs(void **state)
{
	static const struct {
		const char *keys, *tab, *screen;
	} cases[] = {
		{ "", "2 Board", "board" },
		{ "", "5 Metrics", "metrics" },
		{ "2", "3 Releases", "releases" },
		{ "3 Enter", "1  2", "list" },
		{ "4", "5\n", "metrics" },
		{ "5", "4 Notes", "notes" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct screen s;

		screen_open(&s, FAKE_ENGLISH, 24, 80);
		screen_keys(&s, cases[i].keys);
		click_text(&s, cases[i].tab);
		assert_string_equal(top(&s), cases[i].screen);
		screen_close(&s);
	}
}

/* Not behind a menu or a question: a click beside a menu closes it. */
static void
test_tabs_behind(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "o");
	click_text(&s, "2 Board");
	assert_string_equal(top(&s), "list");
	screen_keys(&s, "f");
	click_text(&s, "2 Board");
	assert_string_equal(top(&s), "list");
	assert_true(s.ui.asking);
	screen_close(&s);
}

static void
test_heads(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	click_text(&s, "STATUS");
	assert_true(screen_has(&s, "STATUS v"));
	click_text(&s, "STATUS");
	assert_true(screen_has(&s, "STATUS ^"));
	click_text(&s, "KEY");
	assert_true(screen_has(&s, "KEY v"));
	/* No order is by commits. */
	click_text(&s, "COMMITS");
	assert_true(screen_has(&s, "KEY v"));
	click_text(&s, "all tickets");
	assert_true(s.ui.asking);
	screen_keys(&s, "'is:open' Enter");
	screen_keys(&s, "2");
	click_text(&s, "is:open");
	assert_true(s.ui.asking);
	screen_close(&s);
}

static void
test_sections(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "Enter");
	click_text(&s, "Commits 2");
	assert_true(screen_has(&s, "[Commits 2]"));
	click_text(&s, "Comments 2");
	assert_true(screen_has(&s, "[Comments 2]"));
	click_text(&s, "[Comments 2]");
	assert_true(screen_has(&s, "[Comments 2]"));
	screen_close(&s);
}

static void
wheel(struct screen *s, int y, int x, int step)
{
	const struct input_event ev = { .type = IN_WHEEL,
		.y = y,
		.x = x,
		.step = step };

	ui_event(&s->ui, &ev);
	screen_draw(s);
}

/* The row that ">" stands before, or -1. */
static int
selected(const struct buf *b)
{
	const char *at = strstr(buf_str(b), "\n>");
	int y = -1;

	for (const char *c = buf_str(b); at != NULL && c <= at; c++)
		y += *c == '\n';
	return y;
}

/* Over a pane it is the pane that scrolls, and nothing else moves. */
static void
test_wheel(void **state)
{
	static const struct {
		const char *keys;
		int rows, cols, y, x;
	} cases[] = {
		{ "", 12, 200, 8, 150 },
		{ "4", 12, 200, 8, 150 },
		{ "4 r", 9, 80, 5, 10 },
		{ "Enter", 12, 80, 8, 10 },
		{ "Enter Tab Tab Tab d", 12, 80, 8, 10 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct buf before = BUF_INIT, down = BUF_INIT, up = BUF_INIT;
		struct screen s;

		screen_open(&s, FAKE_ENGLISH, cases[i].rows, cases[i].cols);
		screen_keys(&s, cases[i].keys);
		screen_text(&s, &before);
		wheel(&s, cases[i].y, cases[i].x, 1);
		screen_text(&s, &down);
		wheel(&s, cases[i].y, cases[i].x, -1);
		screen_text(&s, &up);
		assert_string_not_equal(buf_str(&before), buf_str(&down));
		assert_string_equal(buf_str(&before), buf_str(&up));
		/* What is selected stays so. */
		assert_int_equal(selected(&before), selected(&down));
		buf_release(&before);
		buf_release(&down);
		buf_release(&up);
		screen_close(&s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_again),
		cmocka_unit_test(test_message),
		cmocka_unit_test(test_tabs),
		cmocka_unit_test(test_tabs_behind),
		cmocka_unit_test(test_heads),
		cmocka_unit_test(test_sections),
		cmocka_unit_test(test_wheel),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
