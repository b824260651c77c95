/* Counts, keys of one's own, saved filters, ranges and columns. */
#include "drive.h"

#include "tui/keys/keys.h"
#include "tui/tui.h"

static void
configured_open(struct screen *s, enum fake_world world,
    const char *const *config)
{
	fake_config = config;
	fake_saved[0] = '\0';
	screen_open(s, world, 24, 80);
}

static void
configured_close(struct screen *s)
{
	screen_close(s);
	fake_config = NULL;
	fake_saved[0] = '\0';
}

static void
key_event(struct screen *s, uint32_t code, unsigned mods)
{
	const struct key k = { .code = code, .mods = mods };

	ui_key(&s->ui, &k);
	ui_draw(&s->ui);
}

static void
test_counts(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_MANY, 24, 80);
	screen_keys(&s, "8 0");
	assert_true(screen_has(&s, "80 ...  times: j u  line: G  Esc ends"));
	screen_keys(&s, "j");
	assert_true(screen_has(&s, "81 of 1000+"));
	/* Digits of the tabs count behind "0", and with Alt. */
	screen_keys(&s, "0 3 G");
	assert_true(screen_has(&s, " 3 of 1000+"));
	key_event(&s, '1', MOD_ALT);
	screen_keys(&s, "2 g g");
	assert_true(screen_has(&s, " 12 of 1000+"));
	screen_keys(&s, "0 2 Ctrl-D");
	assert_true(screen_has(&s, " 30 of 1000+"));
	screen_keys(&s, "9 k");
	assert_true(screen_has(&s, " 21 of 1000+"));
	/* Far away only the rows around it are read. */
	s.app->largest = 0;
	screen_keys(&s, "0 4 0 0 0 G");
	assert_true(screen_has(&s, " 4000 of 1000+"));
	screen_keys(&s, "0 3 5 0 0 k");
	assert_true(screen_has(&s, " 500 of 1000+"));
	screen_keys(&s, "9 9 9 9 9 j");
	assert_true(screen_has(&s, "NOTE-5040"));
	screen_keys(&s, "9 9 9 9 9 k");
	assert_true(screen_has(&s, " 1 of 1000+"));
	assert_true(s.app->largest < 200);
	screen_keys(&s, "9 9 9 9 G");
	assert_true(screen_has(&s, "NOTE-5040"));
	screen_close(&s);
}

static void
test_count_ends(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "2");
	assert_string_equal(ui_top(&s.ui)->class->name, "board");
	screen_keys(&s, "1 6 Esc j");
	assert_true(screen_has(&s, "2 of 6"));
	screen_keys(&s, "6 6 Backspace Backspace k");
	assert_true(screen_has(&s, "1 of 6"));
	screen_keys(&s, "0 2 s");
	assert_true(screen_has(&s, "status takes no count"));
	assert_int_equal(s.ui.depth, 1);
	screen_keys(&s, "j");
	assert_true(screen_has(&s, "2 of 6"));
	screen_keys(&s, "0 3 Space");
	assert_true(screen_has(&s, "3 marked"));
	screen_keys(&s, "Esc g g x x x 0 3 u");
	assert_true(screen_has(&s, "and 2 more   (Ctrl-R does it again)"));
	for (size_t i = 0; i < 3; i++)
		assert_false(s.app->v[i].deleted);
	/* Korean letters count, too. */
	screen_keys(&s, "Esc g g 0 2");
	key_event(&s, 0x3153, 0);
	assert_true(screen_has(&s, "3 of 6"));
	screen_keys(&s, "9 9 9 9 9 9 9 9");
	assert_true(screen_has(&s, "no count has more than 7 digits"));
	screen_close(&s);
}

static void
test_configured(void **state)
{
	static const char *const config[] = { "key.list.status", "S gs",
		"key.archive", "none", "key.everywhere.board", "F2",
		"key.list.mark", "default ^t", NULL };
	struct screen s;

	(void)state;
	configured_open(&s, FAKE_ENGLISH, config);
	assert_null(s.ui.message);
	assert_true(screen_has(&s, "S status"));
	screen_keys(&s, "S");
	assert_string_equal(ui_top(&s.ui)->class->name, "menu");
	screen_keys(&s, "Esc s");
	assert_true(screen_has(&s, "s does nothing here"));
	screen_keys(&s, "g");
	assert_true(screen_has(&s, "g ...  gs status  gg top  Esc ends"));
	screen_keys(&s, "s Esc x");
	assert_true(screen_has(&s, "x does nothing here"));
	assert_false(s.app->v[0].deleted);
	screen_keys(&s, "Ctrl-T Space");
	assert_true(screen_has(&s, "2 marked"));
	screen_keys(&s, "Esc g g 2 j");
	assert_true(screen_has(&s, "3 of 6"));
	/* On another screen s is what it was. */
	screen_keys(&s, "Enter s");
	assert_string_equal(ui_top(&s.ui)->class->name, "menu");
	screen_keys(&s, "Esc q F2");
	assert_string_equal(ui_top(&s.ui)->class->name, "board");
	screen_keys(&s, "1 ?");
	assert_true(screen_has(&s, "s -> S gs (.notesconfig:1)"));
	assert_true(screen_has(&s, "x -> no key (.notesconfig:2)"));
	configured_close(&s);
}

/* The letter in the same place works for keys of one's own. */
static void
test_configured_korean(void **state)
{
	static const char *const config[] = { "key.list.status", "z",
		"key.list.assign", "ㅋ ㅁ", NULL };
	struct screen s;

	(void)state;
	configured_open(&s, FAKE_KOREAN, config);
	key_event(&s, 0x314B, 0);
	assert_true(s.ui.asking);
	screen_keys(&s, "Esc z");
	assert_string_equal(ui_top(&s.ui)->class->name, "menu");
	screen_keys(&s, "Esc");
	key_event(&s, 0x3141, 0);
	assert_true(s.ui.asking);
	configured_close(&s);
}

static void
test_problems(void **state)
{
	static const struct {
		const char *name, *value, *says;
	} bad[] = {
		{ "key.lst.open", "x", "no screen \"lst\" (there are: list, " },
		{ "key.list.opn", "x", "no action \"opn\" in list" },
		{ "key.opn", "x", "no action \"opn\"" },
		{ "key.list.open", "PgDwn", "no key \"PgDwn\"" },
		{ "key.list.open", "F13", "no key \"F13\"" },
		{ "key.list.open", "Esc", "Esc always clears" },
		{ "key.list.open", "s",
		    "s was \"status\" in list, which has no key any more" },
		{ "key.list.open", "sx", "sx can't be typed: s is \"status\"" },
		{ "key.everywhere.board", "g",
		    "gg, \"top\", can't be typed any more" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		const char *config[] = { "me", "x", bad[i].name, bad[i].value,
			NULL };
		struct strv problems = STRV_INIT;

		fake_config = config;
		tui_check_keys(NULL, &problems);
		if (problems.n != 1)
			fail_msg("%s = %s: %zu problems", bad[i].name,
			    bad[i].value, problems.n);
		assert_ptr_equal(strstr(problems.v[0], ".notesconfig:2: "),
		    problems.v[0]);
		if (strstr(problems.v[0], bad[i].says) == NULL)
			fail_msg("%s", problems.v[0]);
		strv_release(&problems);
		fake_config = NULL;
	}
}

static void
test_two_want_one(void **state)
{
	static const char *const config[] = { "key.list.assign", "S",
		"key.list.opn", "x", "key.list.status", "S", NULL };
	struct screen s;

	(void)state;
	configured_open(&s, FAKE_ENGLISH, config);
	assert_true(screen_has(&s,
	    ".notesconfig:2: no action \"opn\" in list "
	    "(1 more: notes config --check)"));
	screen_keys(&s, "S");
	assert_string_equal(ui_top(&s.ui)->class->name, "menu");
	screen_keys(&s, "Esc R");
	assert_true(screen_has(&s, ".notesconfig:2"));
	/* Who misspells a key still has one; who swaps two has both. */
	configured_close(&s);
	static const char *const swap[] = { "key.list.mark", "Spcae",
		"key.list.status", "@", "key.list.assign", "s", NULL };
	configured_open(&s, FAKE_ENGLISH, swap);
	assert_true(screen_has(&s, "no key \"Spcae\""));
	screen_keys(&s, "s");
	assert_true(s.ui.asking);
	screen_keys(&s, "Esc Space");
	assert_true(screen_has(&s, "1 marked"));
	configured_close(&s);
}

static void
test_rebind(void **state)
{
	static const char *const none[] = { NULL };
	struct screen s;

	(void)state;
	configured_open(&s, FAKE_ENGLISH, none);
	screen_keys(&s, "? 'mark,' Ctrl-E");
	assert_true(screen_has(&s, "press the new key of \"mark\""));
	screen_keys(&s, "Esc Ctrl-E ;");
	assert_string_equal(fake_saved, "key.list.mark=;");
	assert_true(screen_has(&s, "mark: ;, kept in your git configuration"));
	screen_keys(&s, "Esc ;");
	assert_true(screen_has(&s, "1 marked"));
	/* What the screens share gets its key on all; Korean is Latin. */
	screen_keys(&s, "? 'set the status' Ctrl-E");
	key_event(&s, 0x314B, 0);
	/* The board has it for another, which is asked about. */
	assert_true(screen_has(&s, "z is the key of swimlane"));
	key_event(&s, 0x314B, 0);
	assert_string_equal(fake_saved, "key.status=z");
	/* Who would lose a key is told, and does with the same key again. */
	fake_saved[0] = '\0';
	screen_keys(&s, "Esc ? 'mark,' Ctrl-E j");
	assert_true(screen_has(&s,
	    "j is the key of down (one down): once more"));
	assert_string_equal(fake_saved, "");
	screen_keys(&s, "Esc Ctrl-E j k");
	assert_true(screen_has(&s, "k is the key of up"));
	screen_keys(&s, "Esc");
	assert_string_equal(fake_saved, "");
	screen_keys(&s, "Ctrl-E j j");
	assert_string_equal(fake_saved, "key.list.mark=j");
	assert_true(screen_has(&s,
	    "mark: j is no longer down; Down Ctrl-N still are (kept in"));
	configured_close(&s);
}

/* Signs of rows are explained where there are rows. */
static void
test_signs(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 90, 40);
	screen_keys(&s, "?");
	assert_true(screen_has(&s, "  ! highest  ^ high  - medium  v low\n"));
	assert_true(screen_has(&s, "  feat feature  impr improvement\n"));
	screen_keys(&s, "'mark'");
	assert_false(screen_has(&s, "! highest"));
	screen_keys(&s, "Esc Esc 4 ?");
	assert_false(screen_has(&s, "! highest"));
	screen_close(&s);
}

/* The menu's mark is at what holds, and it offers nothing that can only fail. */
static void
test_styles(void **state)
{
	static const char *const config[] = { "style", "keepachangelog", "lang",
		"ko", NULL };
	static const char *const file[] = { "style", "docs/notes.tmpl", NULL };
	struct screen s;

	(void)state;
	configured_open(&s, FAKE_ENGLISH, config);
	screen_keys(&s, "4 s");
	assert_true(screen_has(&s, "* keepachangelog"));
	assert_false(screen_has(&s, "template"));
	screen_keys(&s, "Esc L");
	assert_true(screen_has(&s, "* ko"));
	screen_keys(&s, "Esc");
	configured_close(&s);
	/* A template is offered by its file. */
	configured_open(&s, FAKE_ENGLISH, file);
	screen_keys(&s, "4 s");
	assert_true(screen_has(&s, "* docs/notes.tmpl"));
	assert_true(screen_has(&s, "  default"));
	configured_close(&s);
}

static void
test_saved(void **state)
{
	static const char *const config[] = { "filter.bugs", "type:bug",
		"filter.내-일", "assignee:me", NULL };
	struct screen s;

	(void)state;
	configured_open(&s, FAKE_ENGLISH, config);
	screen_keys(&s, "F");
	assert_true(screen_has(&s, "@bugs             type:bug"));
	assert_true(screen_has(&s, "@내-일            assignee:me"));
	assert_false(screen_has(&s, "forget"));
	screen_keys(&s, "Enter");
	assert_true(screen_has(&s, "f @bugs"));
	assert_true(screen_has(&s, "2 of 6"));
	screen_keys(&s, "2 1 f '@내' Tab Enter");
	assert_string_equal(s.ui.filter, "@bugs @내-일");
	assert_true(screen_has(&s, "1 of 6"));
	screen_keys(&s, "Esc f 'status:open' Enter : 'save-filter now' Enter");
	assert_string_equal(fake_saved, "filter.now=status:open");
	screen_keys(&s, "F G");
	assert_true(screen_has(&s, "forget one ..."));
	screen_keys(&s, "Enter Enter");
	assert_string_equal(fake_saved, "");
	configured_close(&s);
}

/* Values complete, Korean ones too, in quotes where they must be. */
static void
test_completion(void **state)
{
	static const char *const cases[][2] = {
		{ "'assignee:김개' Tab", "assignee:김개발" },
		{ "'-assignee:sam,d' Tab Tab", "-assignee:sam,dev-1" },
		{ "'(assignee:\"김 ' Tab", "(assignee:\"김 \\\"둘\\\"\"" },
		{ "'assignee:\"김개' Tab", "assignee:\"김개발\"" },
		{ "'assignee:김 ' Backspace Tab Tab Tab",
		    "assignee:\"김 \\\"둘\\\"\"" },
		{ "'is:ov' Tab", "is:overdue" },
		{ "'no:no' Tab", "no:note" },
		{ "'assi' Tab 'me'", "assignee:me" },
		{ "'status:in-p' Tab", "status:in-progress" },
		{ "'type:sec' Tab", "type:security" },
		{ "'priority:>=highe' Tab", "priority:>=highest" },
		{ "'resolution:wont' Tab", "resolution:wontfix" },
		{ "'due:<=fri' Tab", "due:<=friday" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct screen s;

		screen_open(&s, FAKE_KOREAN, 24, 80);
		screen_keys(&s, "f");
		screen_keys(&s, cases[i][0]);
		assert_string_equal(prompt_text(&s.ui.prompt), cases[i][1]);
		screen_close(&s);
	}
}

/* What is pasted runs nothing, but for where text belongs. */
static void
test_paste(void **state)
{
	static const char text[] = "xQ:quit\nㅌ3G\033";
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "g");
	ui_paste(&s.ui, text, sizeof(text) - 1);
	assert_false(s.app->v[0].deleted);
	assert_false(s.ui.quit);
	screen_keys(&s, "Esc f");
	ui_paste(&s.ui, text, sizeof(text) - 1);
	assert_string_equal(prompt_text(&s.ui.prompt), "xQ:quit ㅌ3G ");
	screen_close(&s);
}

static void
test_range(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "v j j");
	assert_true(screen_has(&s, "range of 3   act on it, or v marks it"));
	assert_true(screen_has(&s, " !*bug  NOTE-41"));
	screen_keys(&s, ": 'status done' Enter");
	for (size_t i = 0; i < 3; i++)
		assert_string_equal(s.app->v[i].status, "done");
	/* One of them was done. */
	assert_true(screen_has(&s, "2 of 3 tickets: done   (u takes it back)"));
	screen_keys(&s, "Esc j Space Space .");
	assert_string_equal(s.app->v[3].status, "done");
	assert_string_equal(s.app->v[4].status, "done");
	screen_close(&s);
	screen_open(&s, FAKE_MANY, 24, 80);
	screen_keys(&s, "v 9 9 9 j");
	assert_true(screen_has(&s, "long range   v marks it"));
	screen_keys(&s, "v");
	assert_true(screen_has(&s, "1000 marked"));
	screen_keys(&s, "Esc v 0 1 0 0 0 j v");
	assert_true(screen_has(&s, "a range has at most 1000 tickets"));
	screen_close(&s);
}

static void
test_columns(void **state)
{
	static const char *const config[] = { "columns",
		"key,priority,labels,summary", NULL };
	struct screen s;

	(void)state;
	configured_open(&s, FAKE_ENGLISH, config);
	assert_true(screen_has(&s,
	    "   KEY     PRIORITY LABELS         SUMMARY"));
	assert_true(screen_has(&s, ">  NOTE-41 highest  unicode,tui    Wide"));
	screen_keys(&s, "| 'labels' Enter");
	assert_string_equal(s.ui.columns, "key,priority,summary");
	screen_keys(&s, "Esc Esc");
	assert_true(screen_has(&s, "   KEY     PRIORITY SUMMARY"));
	screen_keys(&s, ": 'columns colour' Enter");
	assert_true(screen_has(&s, "no such column"));
	screen_keys(&s, "Ctrl-U 'columns default' Enter");
	assert_true(screen_has(&s, "SUMMARY                        ASSIGNEE"));
	assert_false(s.ui.asking);
	screen_keys(&s, "|");
	assert_true(screen_has(&s, "Enter toggle"));
	screen_keys(&s, "Esc O");
	assert_true(screen_has(&s, "sort:created"));
	screen_keys(&s, "O");
	assert_true(screen_has(&s, "sort:newest"));
	screen_keys(&s, ": 'sort -status' Enter O");
	assert_true(screen_has(&s, "sort:status"));
	configured_close(&s);
}

static void
test_tokens(void **state)
{
	static const char *const names[][2] = { { "ctrl-t", "Ctrl-T" },
		{ "C-t", "Ctrl-T" }, { "^T", "Ctrl-T" }, { "^", "^" },
		{ "M-x", "Alt-x" }, { "pagedown", "PgDn" },
		{ "RETURN", "Enter" }, { "space", "Space" }, { "gg", "gg" },
		{ "^X^S", "Ctrl-XCtrl-S" }, { "S-Tab", "S-Tab" },
		{ "Ctrl-I", "Tab" }, { "f6", "F6" }, { "한", "한" },
		{ "Ctrl-Down", "Ctrl-Down" }, { "abc", NULL },
		{ "Shift-x", NULL }, { "Ctrl-", NULL } };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct buf out = BUF_INIT;
		bool ok = keymap_token(names[i][0], strlen(names[i][0]), &out);

		if (ok != (names[i][1] != NULL))
			fail_msg("%s: %s", names[i][0], buf_str(&out));
		if (ok)
			assert_string_equal(buf_str(&out), names[i][1]);
		buf_release(&out);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_count_ends),
		cmocka_unit_test(test_configured),
		cmocka_unit_test(test_configured_korean),
		cmocka_unit_test(test_problems),
		cmocka_unit_test(test_two_want_one),
		cmocka_unit_test(test_rebind),
		cmocka_unit_test(test_signs),
		cmocka_unit_test(test_styles),
		cmocka_unit_test(test_saved),
		cmocka_unit_test(test_completion),
		cmocka_unit_test(test_paste),
		cmocka_unit_test(test_range),
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_tokens),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
