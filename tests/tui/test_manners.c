/* What the UI does when something is in its way. */
#include "drive.h"

#include "tui/draft.h"

struct host {
	struct app *app;
	size_t shown;
	bool stops;
	const char *text;   /* what the editor writes */
	const char *theirs; /* the summary that somebody gives it meanwhile */
};

static void
host_show(void *arg, const struct canvas *c)
{
	(void)c;
	((struct host *)arg)->shown++;
}

static bool
host_stop(void *arg)
{
	return ((struct host *)arg)->stops;
}

static enum rc
host_edit(void *arg, const char *path, struct err *err)
{
	struct host *h = arg;

	if (h->theirs != NULL)
		mem_replace(&h->app->v[0].summary, h->theirs);
	return fs_write(path, h->text, strlen(h->text), 0600, err);
}

static void
host_open(struct screen *s, struct host *h)
{
	screen_open(s, FAKE_ENGLISH, 24, 80);
	*h = (struct host){ .app = s->app };
	s->ui.host = (struct ui_host){ .arg = h,
		.show = host_show,
		.stop = host_stop,
		.edit = host_edit };
}

/* One that is short is not told of, a longer one is, and a key ends it. */
static void
test_lock(void **state)
{
	struct screen s;
	struct host h;

	(void)state;
	host_open(&s, &h);
	s.app->locked_ms = 60;
	screen_keys(&s, "= 'assignee=ann' Enter");
	assert_int_equal(h.shown, 0);
	assert_true(screen_has(&s, "assignee=ann"));
	s.app->locked_ms = 200;
	screen_keys(&s, "= 'assignee=bob' Enter");
	assert_int_equal(h.shown, 1);
	assert_true(screen_has(&s, "NOTE-41: assignee=bob"));
	h.stops = true;
	s.app->locked_ms = 6000;
	screen_keys(&s, "= 'assignee=eve' Enter");
	assert_true(screen_has(&s, "nothing was written"));
	assert_string_equal(s.app->v[0].assignee, "bob");
	/* What was typed stands there still; Enter tries again. */
	assert_true(s.ui.asking);
	h.stops = false;
	s.app->locked_ms = 0;
	screen_keys(&s, "Enter");
	assert_string_equal(s.app->v[0].assignee, "eve");
	screen_close(&s);
}

/* Keys that come together with it do not take an error away. */
static void
test_error_is_seen(void **state)
{
	const struct key keys[] = { { .code = 's' }, { .code = TK_ENTER },
		{ .code = 'j' }, { .code = 'y' } };
	struct screen s;
	struct host h;

	(void)state;
	host_open(&s, &h);
	s.app->locked_ms = 6000;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		ui_key(&s.ui, &keys[i]);
	ui_draw(&s.ui);
	assert_true(screen_has(&s, "locked by another"));
	ui_dropped(&s.ui, 3);
	ui_draw(&s.ui);
	assert_true(screen_has(&s, "(typed keys were dropped)"));
	/* A key that was pressed in its sight does. */
	screen_keys(&s, "j");
	assert_null(s.ui.message);
	screen_close(&s);
}

/* A comment that could not be written is kept for the next try. */
static void
test_comment_is_kept(void **state)
{
	char *dir = unit_mkdir(), *draft;
	struct screen s;
	struct host h;

	(void)state;
	host_open(&s, &h);
	s.app->dir = mem_strdup(dir);
	draft = mem_printf("%s/drafts/NOTE-41.comment.md", dir);
	h.text = "a long thought\n";
	s.app->locked_ms = 6000;
	screen_keys(&s, "C");
	assert_true(screen_has(&s, "locked by another"));
	assert_true(fs_exists(draft));
	s.app->locked_ms = 0;
	screen_keys(&s, "C");
	assert_true(screen_has(&s, "comment added"));
	assert_false(fs_exists(draft));
	unit_rmdir(dir);
	free(draft);
	screen_close(&s);
}

/* The words of somebody else that an editor goes over are told of. */
static void
test_over_other_words(void **state)
{
	char *dir = unit_mkdir();
	struct screen s;
	struct host h;

	(void)state;
	host_open(&s, &h);
	s.app->dir = mem_strdup(dir);
	h.text = "summary: mine\n";
	h.theirs = "theirs";
	screen_keys(&s, "e");
	assert_true(screen_has(&s,
	    "NOTE-41: changed, over sam's summary \"theirs\" (u brings it "
	    "back)"));
	assert_string_equal(s.app->v[0].summary, "mine");
	h.theirs = NULL;
	h.text = "summary: mine again\n";
	screen_keys(&s, "e");
	assert_true(screen_has(&s, "NOTE-41: changed   (u takes it back)"));
	unit_rmdir(dir);
	screen_close(&s);
}

/* It is told once when the tracker is gone, when asked, and when it is back. */
static void
test_gone(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	s.app->gone = true;
	ui_idle(&s.ui);
	ui_draw(&s.ui);
	assert_true(screen_has(&s, "gone: .git"));
	screen_keys(&s, "j");
	ui_idle(&s.ui);
	ui_draw(&s.ui);
	assert_null(s.ui.message);
	screen_keys(&s, "R");
	assert_true(screen_has(&s, "gone: .git"));
	s.app->gone = false;
	ui_idle(&s.ui);
	ui_draw(&s.ui);
	assert_true(screen_has(&s, "the tracker is back"));
	screen_keys(&s, "R");
	assert_true(screen_has(&s, "read again"));
	screen_close(&s);
}

/* A menu is about what was selected when it was opened. */
static void
test_menus_are_bound(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "3 s");
	assert_true(screen_has(&s, "state of 1.2"));
	s.app->no_spring = true;
	ui_stale(&s.ui);
	ui_draw(&s.ui);
	screen_keys(&s, "j Enter");
	assert_string_equal(s.app->state_of, "1.2");
	s.app->no_spring = false;
	/* A warning that is mended meanwhile: another one is not taken for it. */
	screen_keys(&s, "3 R g g Enter G k k k k k");
	assert_true(screen_has(&s, "the rule (empty-note): a feature"));
	screen_keys(&s, "Enter");
	assert_true(screen_has(&s, "keep NOTE-44 out of the notes"));
	mem_replace(&s.app->v[3].note, "no more crashes");
	s.app->version++;
	ui_idle(&s.ui);
	screen_draw(&s);
	screen_keys(&s, "G Enter");
	assert_true(screen_has(&s, "that warning is gone: nothing was done"));
	screen_close(&s);
}

/* "u takes it back" was said, and then somebody else did something. */
static void
test_undo_of_others(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 100);
	screen_keys(&s, "p j Enter");
	assert_true(screen_has(&s, "takes it back"));
	s.app->stranger = true;
	screen_keys(&s, "u");
	assert_true(screen_has(&s, "the last change is dana's:"));
	assert_int_equal(s.app->n_undo, 1);
	/* Asked once more, with a look at something else between. */
	screen_keys(&s, "j u");
	assert_int_equal(s.app->n_undo, 0);
	screen_close(&s);
}

/* Too small to show a question, it is still the first thing to be left. */
static void
test_small_question(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "a 'bug lost text'");
	ui_resize(&s.ui, 3, 20);
	screen_keys(&s, "q");
	ui_resize(&s.ui, 24, 80);
	assert_false(s.ui.quit);
	assert_false(s.ui.asking);
	screen_keys(&s, "a Up");
	assert_true(screen_has(&s, "bug lost text"));
	screen_keys(&s, "Ctrl-U 'featrue one more' Enter");
	assert_true(screen_has(&s, "task, open; a feature?"));
	screen_close(&s);
}

/* Names that are nearly right. */
static void
test_did_you_mean(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, ": 'staus' Enter");
	assert_true(screen_has(&s, "did you mean \"status\"?"));
	screen_keys(&s, "Esc : 'nonsense' Enter");
	assert_true(screen_has(&s, "? lists the actions"));
	screen_keys(&s, "Esc : 'sort udpated' Enter");
	assert_true(screen_has(&s, "did you mean \"updated\"?"));
	screen_keys(&s, "Esc = 'asignee=me' Enter");
	assert_true(screen_has(&s, "did you mean \"assignee\"?"));
	/* Tab offers fields, then values. */
	screen_keys(&s, "Ctrl-U 'pri' Tab");
	assert_true(screen_has(&s, "NOTE-41: priority="));
	screen_keys(&s, "'hi' Tab");
	assert_true(screen_has(&s, "priority=high"));
	screen_keys(&s, "Ctrl-U 'st' Tab 'd' Tab Enter");
	assert_string_equal(s.app->v[0].status, "done");
	screen_close(&s);
}

/* What was not there was not taken away. */
static void
test_no_such_label(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "# '-zzz' Enter");
	assert_true(screen_has(&s, "there is no label zzz on NOTE-41"));
	assert_int_equal(s.app->n_undo, 0);
	screen_keys(&s, "# '+new -zzz' Enter");
	assert_true(screen_has(&s, "NOTE-41: label +new -zzz"));
	assert_true(screen_has(&s, "; there was no zzz"));
	screen_keys(&s, "# '-tui' Enter");
	assert_true(screen_has(&s, "NOTE-41: label -tui"));
	assert_false(screen_has(&s, "there was no"));
	screen_keys(&s, "r '-9.9' Enter");
	assert_true(screen_has(&s, "there is no release 9.9 on NOTE-41"));
	/* Names that there are not are told with those that there are. */
	screen_keys(&s, ": 'priority hihg' Enter");
	assert_true(screen_has(&s, "did you mean \"high\"?"));
	screen_keys(&s, "Esc : 'priority xyzzy' Enter");
	assert_true(screen_has(&s, "one of: highest, high, medium, low"));
	screen_close(&s);
}

/* Keys that failed are no change, and say why; one warning hides no other. */
static void
test_failed_keys(void **state)
{
	static const char *const config[] = { "key.list.mark", "Nokey",
		"key.list.status", "S", "key.nonsense", "Z", NULL };
	char *dir = unit_mkdir(), *drafts = mem_printf("%s/drafts", dir);
	char *draft = mem_printf("%s/NOTE-41.form.md", drafts);
	struct screen s;

	(void)state;
	assert_int_equal(fs_mkdir(drafts, 0700, NULL), RC_OK);
	assert_int_equal(fs_write(draft, "x", 1, 0600, NULL), RC_OK);
	fake_config = config;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	s.app->dir = mem_strdup(dir);
	draft_offer(&s.ui);
	ui_draw(&s.ui);
	assert_true(screen_has(&s, "no key \"Nokey\""));
	screen_keys(&s, "j");
	assert_true(screen_has(&s, "unfinished text is kept: NOTE-41"));
	screen_keys(&s, "j");
	assert_null(s.ui.message);
	screen_keys(&s, "?");
	assert_true(screen_has(&s, "s -> S (.notesconfig:2)"));
	assert_false(screen_has(&s, "Space -> "));
	assert_true(screen_has(&s, "Not as you wanted"));
	assert_true(screen_has(&s, ".notesconfig:1: no key \"Nokey\""));
	assert_true(screen_has(&s, ".notesconfig:3: no action \"nonsense\""));
	screen_close(&s);
	fake_config = NULL;
	unit_rmdir(dir);
	free(draft);
	free(drafts);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lock),
		cmocka_unit_test(test_error_is_seen),
		cmocka_unit_test(test_comment_is_kept),
		cmocka_unit_test(test_over_other_words),
		cmocka_unit_test(test_gone),
		cmocka_unit_test(test_menus_are_bound),
		cmocka_unit_test(test_undo_of_others),
		cmocka_unit_test(test_small_question),
		cmocka_unit_test(test_did_you_mean),
		cmocka_unit_test(test_failed_keys),
		cmocka_unit_test(test_no_such_label),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
