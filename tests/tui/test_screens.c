/* Every screen in three sizes, English and Korean, full and empty. */
#include "drive.h"

static const struct {
	int rows, cols;
} sizes[] = { { 24, 80 }, { 12, 40 }, { 50, 200 } };

static const struct {
	enum fake_world world;
	const char *name;
} worlds[] = { { FAKE_ENGLISH, "en" }, { FAKE_KOREAN, "ko" },
	{ FAKE_EMPTY, "empty" } };

static const struct {
	const char *name, *keys;
	bool empty; /* also without tickets */
} scripts[] = {
	{ "list", "", true },
	{ "list-marks", "j Space j Space k", false },
	{ "list-range", "v j j", false },
	{ "list-count", "8 0", true },
	{ "list-columns", "| j Enter", false },
	{ "list-filter", "f 'status:open", false },
	{ "list-sort", "o j j j Enter", false },
	{ "list-status", "s", false },
	{ "ticket", "Enter", false },
	{ "ticket-comments", "Enter Tab", false },
	{ "ticket-comments-second", "Enter Tab j", false },
	{ "ticket-history", "Enter Tab Tab", false },
	{ "ticket-commits", "Enter Tab Tab Tab", false },
	{ "ticket-hostile", "G Enter", false },
	{ "board", "2", true },
	{ "board-over", "2 L", false },
	{ "board-rank", "2 J", false },
	{ "board-lanes", "2 z j Enter", true },
	{ "board-parents", "2 z G Enter Tab", false },
	{ "releases", "3", true },
	{ "hub", "3 Enter", false },
	{ "hub-warnings", "3 Enter w j", false },
	{ "hub-done", "3 Enter w w", false },
	{ "hub-burnup", "3 Enter b", false },
	{ "hub-fix", "3 Enter g g j Enter", false },
	{ "hub-released", "3 j Enter", false },
	{ "hub-nothing", "3 j j Enter", false },
	{ "diff", "Enter Tab Tab Tab d", false },
	{ "notes", "4", true },
	{ "notes-entries", "4 Tab j", false },
	{ "notes-warnings", "4 Tab Tab", false },
	{ "notes-skipped", "4 Tab x", false },
	{ "notes-written", "4 W Ctrl-U 'conflict.md' Enter", false },
	{ "revisions", "4 r", false },
	{ "revisions-compare", "4 r d Space j j", false },
	{ "metrics", "5", true },
	{ "metrics-explained", "5 j j Enter", false },
	{ "metrics-bottom", "5 G", false },
	{ "unlinked", "U", true },
	{ "unlinked-marks", "U Space j Space", false },
	{ "unlinked-new", "U n", false },
	{ "unlinked-pick", "U j p 'NOTE", false },
	{ "unlinked-dismissed", "U j x x D", false },
	{ "journal", "H", true },
	{ "journal-undo", "s j j Enter H u", false },
	{ "journal-one", "H j j x", false },
	{ "journal-ticket", "Enter H", false },
	{ "help", "?", true },
	{ "help-search", "? 'status", false },
	{ "help-elsewhere", "? 'move", false },
	{ "new", "n 'bug ", true },
};

/* A quote that is left open is closed: the question stays. */
static bool
is_open(const char *keys)
{
	bool open = false;

	while ((keys = strchr(keys, '\'')) != NULL) {
		open = !open;
		keys++;
	}
	return open;
}

static void
test_screens(void **state)
{
	(void)state;
	for (size_t w = 0; w < 3; w++) {
		for (size_t z = 0; z < 3; z++) {
			for (size_t i = 0;
			     i < sizeof(scripts) / sizeof(scripts[0]); i++) {
				struct screen s;
				char *name, *keys;

				if (worlds[w].world == FAKE_EMPTY &&
				    !scripts[i].empty)
					continue;
				screen_open(&s, worlds[w].world, sizes[z].rows,
				    sizes[z].cols);
				keys = mem_printf("%s%s", scripts[i].keys,
				    is_open(scripts[i].keys) ? "'" : "");
				screen_keys(&s, keys);
				name = mem_printf("%s-%s-%dx%d.txt",
				    scripts[i].name, worlds[w].name,
				    sizes[z].cols, sizes[z].rows);
				screen_golden(&s, name);
				screen_close(&s);
				free(name);
				free(keys);
			}
		}
	}
}

static void
test_first_run(void **state)
{
	const struct app_options o = { .mode = APP_WRITE };
	struct screen s;

	(void)state;
	for (size_t z = 0; z < 3; z++) {
		char *name;

		screen_open(&s, FAKE_EMPTY, sizes[z].rows, sizes[z].cols);
		ui_set_app(&s.ui, NULL);
		s.ui.options = &o;
		ui_push(&s.ui, &view_first, "no tracker here");
		ui_drop_below(&s.ui);
		ui_draw(&s.ui);
		name = mem_printf("first-%dx%d.txt", sizes[z].cols,
		    sizes[z].rows);
		screen_golden(&s, name);
		free(name);
		/* A wrong prefix leaves the plan, and can be mended. */
		screen_keys(&s, "p Ctrl-U '1a' Enter");
		assert_true(s.ui.asking);
		assert_true(screen_has(&s, "no prefix \"1a\""));
		assert_true(screen_has(&s, "tickets called NOTE-1"));
		screen_keys(&s, "Ctrl-U 'AB' Enter");
		assert_true(screen_has(&s, "tickets called AB-1"));
		screen_close(&s);
	}
}

/* Any size draws, and no key crashes in any of them. */
static void
test_sizes(void **state)
{
	static const char *const walks[] = { "", "Enter Tab", "2 l L", "3 s",
		"4", "? Down", "f 'x'", ": 'help' Enter", "s", "Space v j v",
		"3 Enter k k G w j w", "Enter S-Tab j d",
		"U j Space v G v p 'n' Enter", "H j x x G t u",
		"4 Tab j x Tab r d j", "9 j 8 g v G s Esc",
		"| G k k Enter Esc F O", "3 Enter b", "3 Enter g g j Enter",
		"2 z j Enter j j J L Tab k", "5 G k Enter j Enter",
		"5 PgDn j j w L", "2 z G Enter G g g l l H" };

	(void)state;
	for (int rows = 1; rows < 14; rows++) {
		for (int cols = 1; cols < 140; cols += cols < 34 ? 1 : 13) {
			for (size_t i = 0; i < sizeof(walks) / sizeof(walks[0]);
			     i++) {
				struct screen s;

				screen_open(&s, FAKE_KOREAN, rows, cols);
				screen_keys(&s, walks[i]);
				screen_whole(&s);
				screen_close(&s);
			}
		}
	}
}

static void
test_too_small(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 4, 60);
	assert_true(screen_has(&s,
	    "needs 30x5, this is 60x4, q goes back\n\n"));
	ui_resize(&s.ui, 4, 29);
	ui_draw(&s.ui);
	assert_true(screen_has(&s, "needs 30x5, q goes back\n\n"));
	ui_resize(&s.ui, 3, 20);
	ui_draw(&s.ui);
	assert_true(screen_has(&s, "needs 30x5\n\n"));
	ui_resize(&s.ui, 1, 5);
	ui_draw(&s.ui);
	assert_true(screen_has(&s, "30x5\n"));
	screen_close(&s);
}

/* The smallest size that is no line of text: something stands in each. */
static void
test_smallest(void **state)
{
	static const struct {
		const char *name, *keys, *has;
	} cases[] = {
		{ "list", "", ">! bug  NOTE-41" },
		{ "ticket", "Enter", "What" },
		{ "ticket-commits", "Enter S-Tab", ">abababab" },
		{ "board", "2", ">^ NOTE-42" },
		{ "board-lanes", "2 z j Enter", ">! NOTE-46" },
		{ "releases", "3", "> 1.2" },
		{ "hub", "3 Enter", ">! bug  NOTE-41" },
		{ "hub-warnings", "3 Enter w", ">W" },
		{ "hub-burnup", "3 Enter b", "p50" },
		{ "notes", "4", "# 1.2" },
		{ "notes-entries", "4 Tab", "> NOTE-42" },
		{ "revisions", "4 r", ">    3" },
		{ "metrics", "5", "> WEEK OF" },
		{ "metrics-row", "5 j", "> 2026-07-20" },
		{ "unlinked", "U", "> 11111111" },
		{ "journal", "H", "> 1h ago" },
		{ "diff", "Enter S-Tab d", "commit    abab" },
		{ "help", "?", "open the ticket" },
		{ "menu", "s", "in-progress" },
		{ "question", "c 'text'", "text" },
	};

	const struct app_options o = { .mode = APP_WRITE };
	struct screen s;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *name = mem_printf("%s-en-30x5.txt", cases[i].name);

		screen_open(&s, FAKE_ENGLISH, 5, 30);
		screen_keys(&s, cases[i].keys);
		assert_true(screen_has(&s, cases[i].has));
		screen_golden(&s, name);
		screen_close(&s);
		free(name);
	}
	screen_open(&s, FAKE_EMPTY, 5, 30);
	ui_set_app(&s.ui, NULL);
	s.ui.options = &o;
	ui_push(&s.ui, &view_first, "no tracker here");
	ui_drop_below(&s.ui);
	ui_draw(&s.ui);
	screen_golden(&s, "first-30x5.txt");
	screen_close(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_screens),
		cmocka_unit_test(test_first_run),
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_too_small),
		cmocka_unit_test(test_smallest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
