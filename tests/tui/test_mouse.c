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
		screen_text(&s, &(struct buf)BUF_INIT);
		click(&s, y, x);
		assert_string_equal(top(&s), cases[i].opens);
		if (cases[i].shows != NULL)
			assert_true(screen_has(&s, cases[i].shows));
		else
			assert_ptr_not_equal(ui_top(&s.ui), v);
		screen_close(&s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
