/* What keys do, screen by screen, against the made-up app. */
#include "drive.h"

#include "tui/keys/keys.h"
#include "tui/list/list.h"

static const char *
status_of(const struct screen *s, size_t i)
{
	return s->app->v[i].status;
}

static void
test_move(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "j j");
	assert_true(screen_has(&s, ">- task NOTE-43"));
	screen_keys(&s, "k G");
	assert_true(screen_has(&s, ">! sec  NOTE-46"));
	screen_keys(&s, "g");
	assert_true(screen_has(&s, "g ..."));
	screen_keys(&s, "g");
	assert_true(screen_has(&s, ">! bug  NOTE-41"));
	screen_keys(&s, "k k PgUp");
	assert_true(screen_has(&s, ">! bug  NOTE-41"));
	screen_close(&s);
}

static void
test_status(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "s j j Enter");
	assert_string_equal(status_of(&s, 0), "done");
	assert_true(screen_has(&s, "NOTE-41: done   (u takes it back)"));
	screen_keys(&s, "u");
	assert_string_equal(status_of(&s, 0), "in-progress");
	assert_true(screen_has(&s, "undone: NOTE-41 status is in-progress"));
	screen_keys(&s, "Ctrl-R");
	assert_string_equal(status_of(&s, 0), "done");
	screen_keys(&s, "s Esc");
	assert_string_equal(status_of(&s, 0), "done");
	screen_keys(&s, "u u");
	assert_true(screen_has(&s, "nothing to undo"));
	screen_close(&s);
}

static void
test_marks(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "Space Space");
	assert_true(screen_has(&s, "2 marked"));
	screen_keys(&s, ": 'status done' Enter");
	assert_string_equal(status_of(&s, 0), "done");
	assert_string_equal(status_of(&s, 1), "done");
	assert_string_equal(status_of(&s, 3), "in-review");
	assert_true(screen_has(&s, "2 tickets: done"));
	screen_keys(&s, "Esc");
	assert_false(s.ui.quit);
	screen_keys(&s, "g g v j j v @ 'sam' Enter");
	for (size_t i = 0; i < 3; i++)
		assert_string_equal(s.app->v[i].assignee, "sam");
	screen_keys(&s, "Esc *");
	assert_true(screen_has(&s, "6 marked"));
	screen_close(&s);
}

static void
test_filter(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "f 'type:b'");
	assert_true(screen_has(&s, "6 so far; "));
	assert_true(screen_has(&s, "no type \"b\""));
	screen_keys(&s, "'x'");
	assert_true(screen_has(&s, "f still shown: type:b "));
	screen_keys(&s, "Backspace 'ug'");
	assert_true(screen_has(&s, "2 match"));
	assert_true(screen_has(&s, "2 of 6"));
	screen_keys(&s, "Esc");
	assert_true(screen_has(&s, "all tickets"));
	assert_true(screen_has(&s, "NOTE-45"));
	screen_keys(&s, "f 'type:bug' Enter");
	assert_string_equal(s.ui.filter, "type:bug");
	/* A wrong one says why, and can be mended; the old one stays. */
	screen_keys(&s, "f Ctrl-U 'colour:red' Enter");
	assert_int_equal(s.ui.tone, UI_ERROR);
	assert_true(s.ui.asking);
	assert_true(screen_has(&s, "filter: colour:red"));
	assert_true(screen_has(&s, "2 of 6"));
	screen_keys(&s, "Ctrl-U 'sta' Tab 'in-p' Tab");
	assert_string_equal(prompt_text(&s.ui.prompt), "status:in-progress");
	screen_keys(&s, "Esc Esc");
	assert_true(screen_has(&s, "all tickets"));
	screen_close(&s);
}

static void
test_find(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "/ 'notes' Enter");
	assert_true(screen_has(&s, ">^ feat NOTE-42"));
	screen_keys(&s, "/ 'titles' Enter");
	assert_true(screen_has(&s, ">! sec  NOTE-46"));
	screen_keys(&s, "n");
	assert_true(screen_has(&s, "round the end"));
	screen_keys(&s, "Esc n");
	assert_true(s.ui.asking);
	screen_close(&s);
}

static void
test_new(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_KOREAN, 24, 80);
	screen_keys(&s, "n 'bug 새 문제' Enter");
	assert_int_equal(s.app->n, 7);
	assert_string_equal(s.app->v[6].type, "bug");
	assert_string_equal(s.app->v[6].summary, "새 문제");
	assert_true(screen_has(&s, "NOTE-47 is new"));
	screen_keys(&s, "n Enter");
	assert_int_equal(s.app->n, 7);
	assert_false(s.ui.asking);
	screen_keys(&s, "n 'bug' Enter");
	assert_true(s.ui.asking);
	assert_true(screen_has(&s, "no ticket without a summary"));
	screen_keys(&s, "Space 'here' Enter");
	assert_string_equal(s.app->v[7].summary, "here");
	screen_keys(&s, ": 'bogus' Enter");
	assert_true(s.ui.asking);
	assert_true(screen_has(&s, "no action or ticket \"bogus\""));
	screen_keys(&s, "Esc");
	s.app->readonly = true;
	screen_keys(&s, "n");
	assert_true(screen_has(&s, "the tracker is read-only"));
	screen_close(&s);
}

/* What comes next is for the new ticket, however fast it comes. */
static void
test_new_is_selected(void **state)
{
	struct screen s;
	struct key enter = { .code = TK_ENTER };

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "j n 'bug first' Enter");
	assert_true(screen_has(&s, ">- bug  NOTE-47"));
	screen_keys(&s, "g g n 'second'");
	/* No screen is drawn in between. */
	ui_key(&s.ui, &enter);
	ui_key(&s.ui, &(struct key){ .code = 's' });
	ui_key(&s.ui, &(struct key){ .code = 'd' });
	ui_key(&s.ui, &enter);
	ui_draw(&s.ui);
	assert_string_equal(status_of(&s, 0), "in-progress");
	assert_string_equal(status_of(&s, 7), "done");
	/* Where it can't be seen nothing moves, and it says so. */
	screen_keys(&s, "g g j f 'type:bug' Enter n 'task third' Enter");
	assert_true(screen_has(&s, "NOTE-49 is new, but the filter hides it"));
	assert_true(screen_has(&s, ">! bug  NOTE-41"));
	screen_keys(&s, "2 n 'bug fourth' Enter");
	assert_true(screen_has(&s, ">- NOTE-50"));
	screen_close(&s);
}

/* A commit says more than its diff, also where it changes nothing. */
static void
test_a_commit_is_told_of(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 40, 80);
	screen_keys(&s, "U d");
	assert_true(screen_has(&s, "commit    1111111111111111111111"));
	assert_true(screen_has(&s, "author    dev-1 <dev-1@x>"));
	assert_true(screen_has(&s, "date      2026-10-02 12:00:00 UTC (3d"));
	assert_true(screen_has(&s, "committed 2026-10-02 13:00:00 UTC"));
	assert_true(screen_has(&s, "first in  1.2.0"));
	assert_true(screen_has(&s, "Count wide letters"));
	assert_true(screen_has(&s, "2 files changed, +1 -2"));
	/* Files are gone to, not the message. */
	ui_resize(&s.ui, 12, 80);
	ui_draw(&s.ui);
	screen_keys(&s, "]");
	assert_true(screen_has(&s, "diff --git a/src/x.c"));
	/* It is laid out anew for another width. */
	ui_resize(&s.ui, 40, 50);
	ui_draw(&s.ui);
	assert_true(screen_has(&s,
	    "     A letter that takes two columns is counted\n"));
	screen_keys(&s, "q");
	s.app->empty_commit = true;
	screen_keys(&s, "d");
	assert_true(screen_has(&s, "Count wide letters"));
	assert_true(screen_has(&s, "this commit changes nothing"));
	assert_false(screen_has(&s, "committed"));
	screen_close(&s);
}

static void
test_new_far_away(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_MANY, 24, 80);
	screen_keys(&s, "n 'bug far' Enter");
	assert_true(screen_has(&s, ">- bug  NOTE-5041"));
	screen_close(&s);
}

static void
test_undo_selects(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "j x");
	assert_true(screen_has(&s, ">- task NOTE-43"));
	screen_keys(&s, "u");
	assert_true(screen_has(&s, ">^ feat NOTE-42"));
	screen_keys(&s, "G Ctrl-R u");
	assert_true(screen_has(&s, ">^ feat NOTE-42"));
	screen_close(&s);
}

/* A key as typed has no place in the list. */
static void
test_place(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "G : 'NOTE-42' Enter");
	assert_false(screen_has(&s, "6/6"));
	screen_keys(&s, "J");
	assert_true(screen_has(&s, "not opened from a list"));
	screen_keys(&s, "q Enter");
	assert_true(screen_has(&s, "6/6"));
	screen_close(&s);
}

static void
chosen(struct ui *ui, struct view *v, const char *item)
{
	(void)v;
	ui_say(ui, "chosen: %s", item);
}

static void
test_long_menu(void **state)
{
	struct screen s;
	struct strv items = STRV_INIT;
	const struct ui_menu menu = { .title = "versions",
		.items = &items,
		.current = "3.20",
		.chosen = chosen };

	(void)state;
	for (int i = 0; i < 44; i++)
		strv_take(&items,
		    mem_printf("3.%d%s", i, i == 30 ? " jq 봄" : ""));
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	ui_menu(&s.ui, &menu);
	ui_draw(&s.ui);
	assert_true(screen_has(&s, "44 lines: type to narrow them"));
	screen_keys(&s, "'3.4'");
	assert_true(screen_has(&s, "3.4 (5 of 44)"));
	screen_keys(&s, "Down Enter");
	assert_true(screen_has(&s, "chosen: 3.40"));
	/* Once something is typed, j and q are letters. */
	ui_menu(&s.ui, &menu);
	screen_keys(&s, "j '30' Backspace Backspace '0 jq 봄' Enter");
	assert_true(screen_has(&s, "chosen: 3.30 jq 봄"));
	ui_menu(&s.ui, &menu);
	screen_keys(&s, "'zzz' Enter");
	assert_true(screen_has(&s, "nothing matches \"zzz\""));
	screen_keys(&s, "Esc Enter");
	assert_true(screen_has(&s, "chosen: 3.20"));
	ui_menu(&s.ui, &menu);
	screen_keys(&s, "9 Esc Esc");
	assert_int_equal(s.ui.depth, 1);
	strv_release(&items);
	screen_close(&s);
}

/* What is under a menu stays as it is, and the menu is for what it says. */
static void
test_menu_is_modal(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "s j j Enter s u");
	assert_string_equal(status_of(&s, 0), "done");
	assert_true(screen_has(&s, "u: not in a menu (Esc closes it)"));
	screen_keys(&s, "Ctrl-R 2 U :");
	assert_ptr_equal(ui_top(&s.ui)->class, &view_menu);
	assert_true(screen_has(&s, "not in a menu"));
	assert_false(s.ui.asking);
	screen_keys(&s, "W");
	assert_true(screen_has(&s, "W does nothing here"));
	screen_keys(&s, "Ctrl-L Esc f 'type:bug' Enter s");
	assert_true(screen_has(&s, "status NOTE-41"));
	/* Somebody takes it out of what is listed. */
	mem_replace(&s.app->v[0].type, "task");
	s.app->version++;
	ui_idle(&s.ui);
	screen_keys(&s, "g g Enter");
	assert_string_equal(status_of(&s, 0), "open");
	assert_true(screen_has(&s, "NOTE-41: open"));
	screen_close(&s);
}

static void
test_homeless(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_EMPTY, 24, 80);
	ui_set_app(&s.ui, NULL);
	ui_push(&s.ui, &view_first, "no git repository here, so no tracker");
	ui_drop_below(&s.ui);
	ui_draw(&s.ui);
	assert_true(screen_has(&s, "No git repository here"));
	assert_true(screen_has(&s, "git init"));
	assert_true(screen_has(&s, "--db FILE"));
	assert_true(screen_has(&s, "Enter look again"));
	assert_false(screen_has(&s, "makes one:"));
	/* The made-up app has got a place meanwhile. */
	screen_keys(&s, "Enter");
	assert_true(screen_has(&s, "Enter makes one:"));
	screen_close(&s);
}

/* The state of a release has one key on both screens of releases; s is the
 * status of tickets where there are some. */
static void
test_state_key(void **state)
{
	static const char *const keys[] = { "3 s", "3 X", "3 Enter X" };
	struct screen s;

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		screen_open(&s, FAKE_ENGLISH, 24, 80);
		screen_keys(&s, keys[i]);
		assert_true(screen_has(&s, "yanked"));
		assert_true(screen_has(&s, "Enter choose"));
		screen_close(&s);
	}
}

/* Where work can be moved to is a choice; where it can't, that is said. */
static void
test_hub_moves(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 30, 100);
	screen_keys(&s, "3 Enter g g j");
	assert_true(screen_has(&s, "F: take out"));
	assert_false(screen_has(&s, "F: move"));
	screen_close(&s);
	screen_open(&s, FAKE_ENGLISH, 30, 100);
	s.app->later = true;
	screen_keys(&s, "3 j j Enter g g j");
	assert_true(screen_has(&s, "F: move"));
	screen_keys(&s, "Enter");
	assert_true(screen_has(&s, "move NOTE-42 to 1.3"));
	assert_true(screen_has(&s, "move NOTE-42 to 2.0"));
	assert_true(screen_has(&s, "take NOTE-42 out of 1.2"));
	screen_keys(&s, "j Enter");
	assert_true(screen_has(&s, "move NOTE-42 to 2.0: done"));
	assert_true(strv_has(&s.app->v[1].releases, "2.0"));
	screen_close(&s);
}

/* What was planned together with what shipped, and back again. */
static void
test_hub(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "3 Enter");
	assert_true(screen_has(&s, "Release 1.2 \"Spring\"   planned"));
	assert_true(screen_has(&s, "12 days left"));
	/* NOTE-43 is in the notes, but was not planned for it. */
	assert_true(screen_has(&s, "1 done"));
	assert_true(screen_has(&s, "5 total    1 unplanned"));
	assert_true(screen_has(&s, "2 in progress"));
	assert_true(screen_has(&s, "2 to do"));
	assert_true(screen_has(&s, "- task NOTE-43"));
	assert_true(screen_has(&s, ">! bug  NOTE-41"));
	assert_true(screen_has(&s, "forecast: even odds by 2026-10-"));
	/* Warnings take what the tickets leave, and tell of the rest. */
	assert_true(screen_has(&s, "W NOTE-44: note is empty"));
	ui_resize(&s.ui, 18, 80);
	screen_draw(&s);
	assert_true(screen_has(&s, "- 4 more (w) -"));
	ui_resize(&s.ui, 24, 80);
	screen_draw(&s);
	/* Each warning says its rule, and its key mends it. */
	screen_keys(&s, "g g");
	assert_true(screen_has(&s, "the rule (unlinked): "));
	screen_keys(&s, "j");
	assert_true(screen_has(&s, "the rule (blocked): "));
	screen_keys(&s, "/ 'empty' Enter");
	screen_keys(&s, "G k k k k k");
	assert_true(screen_has(&s, "the rule (empty-note): a feature"));
	assert_true(screen_has(&s, "e: write it"));
	screen_keys(&s, "e");
	assert_true(screen_has(&s, "no editor here"));
	screen_keys(&s, "F");
	assert_true(screen_has(&s, "no editor here"));
	screen_keys(&s, "Enter");
	assert_true(screen_has(&s, "a feature says what is new"));
	assert_true(screen_has(&s, "keep NOTE-44 out of the notes"));
	screen_keys(&s, "G Enter");
	assert_true(screen_has(&s, " NOTE-44  bug"));
	screen_keys(&s, "q g g Enter Enter");
	assert_true(screen_has(&s, "Without a ticket: 1.2"));
	screen_keys(&s, "q w w w");
	assert_true(screen_has(&s, "[2 in progress]"));
	assert_false(screen_has(&s, "NOTE-46"));
	/* A status set here shows here. */
	screen_keys(&s, "s j j Enter");
	assert_string_equal(status_of(&s, 0), "done");
	assert_true(screen_has(&s, "[1 in progress]"));
	screen_keys(&s, "u");
	assert_true(screen_has(&s, "[2 in progress]"));
	screen_keys(&s, "Esc [");
	assert_true(screen_has(&s, "Release 1.1"));
	screen_keys(&s, "] ]");
	assert_true(screen_has(&s, "this is the newest release"));
	screen_keys(&s, "q");
	assert_true(screen_has(&s, "3 Releases"));
	assert_int_equal(s.ui.depth, 2);
	screen_close(&s);
}

/* Commits without a ticket: each way out of the queue. */
static void
test_queue(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 100);
	screen_keys(&s, "U Tab");
	assert_true(screen_has(&s, "5 commits, 2 with a suggestion"));
	assert_true(screen_has(&s, "> 33333333"));
	screen_keys(&s, "Tab");
	screen_keys(&s, "a");
	assert_true(screen_has(&s, "11111111 linked to NOTE-41"));
	assert_true(screen_has(&s, "> 22222222 Tidy up"));
	screen_keys(&s, "a");
	assert_true(screen_has(&s, "no ticket is suggested (p picks one"));
	/* A key, and words that find several. */
	screen_keys(&s, "p 'crash' Enter");
	assert_int_equal(s.app->linked_to, 44);
	assert_true(screen_has(&s, "22222222 linked to NOTE-44"));
	screen_keys(&s, "p 'NOTE-99' Enter");
	assert_true(screen_has(&s, "no ticket is found"));
	screen_keys(&s, "Ctrl-U 'a' Enter");
	assert_ptr_equal(ui_top(&s.ui)->class, &view_menu);
	screen_keys(&s, "Esc p 'NOTE-43' Enter");
	assert_int_equal(s.app->linked_to, 43);
	/* What the subject says is what the question begins with. */
	screen_keys(&s, "n Ctrl-U 'bug Tidy it' Enter");
	assert_string_equal(s.app->v[6].summary, "Tidy it");
	assert_string_equal(s.app->v[6].type, "bug");
	assert_true(screen_has(&s, "NOTE-47 is new: bug, done"));
	screen_keys(&s, "x");
	assert_true(screen_has(&s, "no ticket needed"));
	assert_true(screen_has(&s, "every commit has a ticket"));
	screen_keys(&s, "a");
	assert_true(screen_has(&s, "there is no commit here"));
	screen_keys(&s, "D a");
	assert_true(screen_has(&s, "it needs no ticket (x takes"));
	screen_keys(&s, "x D");
	assert_true(screen_has(&s, "1 commit "));
	s.app->readonly = true;
	screen_keys(&s, "x");
	assert_true(screen_has(&s, "read-only"));
	screen_keys(&s, "q");
	assert_true(screen_has(&s, "1 List"));
	screen_close(&s);
}

static void
test_queue_marks(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_KOREAN, 24, 100);
	screen_keys(&s, "U j v j j v");
	assert_true(screen_has(&s, "3 marked"));
	screen_keys(&s, "x");
	assert_true(screen_has(&s, "3 commits: no ticket needed"));
	assert_int_equal(s.app->commit[1], FAKE_DISMISSED);
	assert_int_equal(s.app->commit[3], FAKE_DISMISSED);
	assert_int_equal(s.app->commit[4], FAKE_FREE);
	screen_keys(&s, "*");
	assert_true(screen_has(&s, "2 marked"));
	/* Somebody else took one meanwhile: its mark is gone with it. */
	s.app->commit[0] = FAKE_LINKED;
	s.app->version++;
	ui_idle(&s.ui);
	ui_draw(&s.ui);
	assert_true(screen_has(&s, "1 marked"));
	screen_keys(&s, "Esc");
	assert_false(screen_has(&s, "1 marked"));
	/* A question stays with its commit, though it goes meanwhile. */
	screen_keys(&s, "p 'NOTE-43'");
	s.app->commit[4] = FAKE_LINKED;
	s.app->commit[1] = FAKE_FREE;
	s.app->version++;
	ui_idle(&s.ui);
	ui_draw(&s.ui);
	screen_keys(&s, "Enter");
	assert_int_equal(s.app->commit[1], FAKE_FREE);
	assert_true(screen_has(&s, "55555555 linked to NOTE-43"));
	s.app->commit[4] = FAKE_FREE;
	screen_keys(&s, "R / '없음' Enter");
	assert_true(screen_has(&s, "no match"));
	screen_keys(&s, "V j Enter");
	assert_true(screen_has(&s, "Without a ticket: 1.2"));
	screen_close(&s);
}

/* The journal: nothing is taken back before it was said what. */
static void
test_journal(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 100);
	screen_keys(&s, "H u");
	assert_true(screen_has(&s, "nothing to undo"));
	screen_keys(&s, "q s j j Enter H u");
	assert_true(screen_has(&s, "undo: NOTE-41 back from"));
	assert_true(screen_has(&s, "Enter do it"));
	assert_string_equal(status_of(&s, 0), "done");
	/* Any other key lets go of it. */
	screen_keys(&s, "Esc");
	assert_true(screen_has(&s, "left as it is"));
	screen_keys(&s, "Enter");
	assert_ptr_equal(ui_top(&s.ui)->class, &view_ticket);
	screen_keys(&s, "q u j Enter");
	assert_ptr_equal(ui_top(&s.ui)->class, &view_ticket);
	assert_string_equal(status_of(&s, 0), "done");
	screen_keys(&s, "q k u u");
	assert_string_equal(status_of(&s, 0), "in-progress");
	assert_true(screen_has(&s, "Ctrl-R does it again"));
	screen_keys(&s, "Ctrl-R Enter");
	assert_string_equal(status_of(&s, 0), "done");
	/* With a Korean layout on. */
	screen_keys(&s, "ㅕ ㅕ");
	assert_string_equal(status_of(&s, 0), "in-progress");
	/* An older one alone, or why it can't be. */
	screen_keys(&s, "g g j x");
	assert_true(screen_has(&s, "it took something back itself"));
	screen_keys(&s, "j j x");
	assert_true(screen_has(&s, "stays: NOTE-41 status"));
	screen_keys(&s, "x");
	assert_int_equal(s.app->undone_op, 2);
	screen_keys(&s, "t");
	assert_true(screen_has(&s, "Journal: NOTE-41"));
	screen_keys(&s, "t d");
	assert_true(screen_has(&s, "Commit abababababab"));
	screen_keys(&s, "q");
	s.app->readonly = true;
	screen_keys(&s, "u");
	assert_true(screen_has(&s, "read-only"));
	screen_close(&s);
}

/* Three thousand operations: pages by number, never all. */
static void
test_journal_pages(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_MANY, 24, 80);
	s.app->largest = 0;
	screen_keys(&s, "H");
	for (int i = 0; i < 100; i++)
		screen_keys(&s, "PgDn");
	assert_true(screen_has(&s, "operation 1100:"));
	for (int i = 0; i < 100; i++)
		screen_keys(&s, "PgUp");
	assert_true(screen_has(&s, "operation 3000:"));
	screen_keys(&s, "G");
	assert_true(screen_has(&s, "operation 1:"));
	for (int i = 0; i < 50; i++)
		screen_keys(&s, "PgUp");
	assert_true(screen_has(&s, "operation 951:"));
	/* Something new comes: the selection stays where it is. */
	s.app->version++;
	s.app->n_redo++;
	ui_idle(&s.ui);
	ui_draw(&s.ui);
	assert_true(screen_has(&s, "operation 951:"));
	s.app->n_redo = 0;
	screen_keys(&s, "/ 'nowhere' Enter");
	assert_true(screen_has(&s, "no match"));
	screen_keys(&s, "j");
	assert_true(screen_has(&s, "operation 950:"));
	assert_in_range(s.app->largest, 20, 201);
	screen_close(&s);
}

/* From a ticket of the hub to the next one. */
static void
test_hub_neighbours(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "3 Enter Enter J");
	assert_true(screen_has(&s, " NOTE-44  bug"));
	screen_keys(&s, "q");
	assert_true(screen_has(&s, ">! bug  NOTE-44"));
	screen_keys(&s, "/ 'titles' Enter");
	assert_true(screen_has(&s, ">! sec  NOTE-46"));
	screen_close(&s);
}

/* Nothing to tell from history is no reason to show nothing. */
static void
test_hub_without_history(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "3 Enter");
	s.app->generate_rc = RC_STOPPED;
	screen_keys(&s, "[");
	assert_true(screen_has(&s, "what history says is not known"));
	assert_true(screen_has(&s, "(no history)"));
	assert_true(screen_has(&s, "NOTE-43"));
	s.app->generate_rc = RC_OK;
	screen_keys(&s, "R");
	assert_false(screen_has(&s, "(no history)"));
	screen_close(&s);
}

/* Its owner is named as assignees are, and asked for in one line. */
static void
test_owner(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_KOREAN, 24, 80);
	screen_keys(&s, "3 Enter");
	assert_true(screen_has(&s, "days left   owner 김개발"));
	screen_keys(&s, "O Ctrl-U '이배포' Enter");
	assert_true(screen_has(&s, "1.2: owner 이배포"));
	assert_true(screen_has(&s, "days left   owner 이배포"));
	screen_close(&s);
}

/* A figure says its rule, and opens the list that it counts. */
static void
test_metrics(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 50, 100);
	screen_keys(&s, "5");
	assert_true(screen_has(&s, "WEEK OF"));
	screen_keys(&s, "Enter");
	assert_true(screen_has(&s, "the rule: Tickets made and tickets"));
	screen_keys(&s, "Esc j Enter");
	assert_true(screen_has(&s, "created: created:2026-07-20..2026-07-26"));
	assert_true(screen_has(&s, "closed: is:done resolved:2026-07-20.."));
	screen_keys(&s, "j Enter");
	assert_true(screen_has(&s,
	    "f is:done resolved:2026-07-20..2026-07-26"));
	screen_keys(&s, "q");
	assert_true(screen_has(&s, "WEEK OF"));
	screen_keys(&s, "w");
	assert_true(screen_has(&s, "MONTH"));
	/* The oldest are tickets. */
	screen_keys(&s, "/ 'NOTE-42' Enter Enter");
	assert_true(screen_has(&s, "NOTE-42  feat"));
	screen_keys(&s, "q");
	/* What could not be counted says so, and is tried again. */
	s.app->generate_rc = RC_STOPPED;
	screen_keys(&s, "R");
	assert_true(screen_has(&s, "stopped: not everything is counted"));
	assert_true(screen_has(&s, "not counted"));
	s.app->generate_rc = RC_OK;
	screen_keys(&s, "R");
	assert_false(screen_has(&s, "not counted"));
	screen_close(&s);
}

/* q goes back to where the list was opened, and the filter with it. */
static void
test_release_list(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "f 'type:bug' Enter 3 L");
	assert_true(screen_has(&s, "release:1.2"));
	assert_true(screen_has(&s, "NOTE-42"));
	screen_keys(&s, "q");
	assert_true(screen_has(&s, "3 Releases"));
	assert_false(s.ui.quit);
	screen_keys(&s, "q");
	assert_string_equal(s.ui.filter, "type:bug");
	assert_true(screen_has(&s, "2 of 6"));
	screen_close(&s);
}

static void
test_diff(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_KOREAN, 24, 80);
	screen_keys(&s, "j Enter d");
	assert_true(screen_has(&s, "d: no commits name this ticket"));
	screen_keys(&s, "K S-Tab j d");
	assert_true(screen_has(&s, "Commit 1c1c1c1c1c1c"));
	screen_keys(&s, "]");
	assert_true(screen_has(&s, "+n = columns(s); /* 한글 ^[[31m */"));
	screen_keys(&s, "] q k Enter");
	assert_true(screen_has(&s, "Commit abababababab"));
	screen_close(&s);
}

/* An editor, and somebody else while it is open. */
struct editing {
	struct app *app;
	const char *text; /* written into the file */
	bool fails;
	struct buf seen;
};

static enum rc
edit(void *arg, const char *path, struct err *err)
{
	struct editing *e = arg;

	buf_clear(&e->seen);
	assert_int_equal(fs_read(path, 0, &e->seen, err), RC_OK);
	mem_replace(&e->app->v[0].status, "done");
	assert_int_equal(fs_write(path, e->text, strlen(e->text), 0600, err),
	    RC_OK);
	return e->fails ? err_set(err, RC_FAIL, "it ended with status 1")
			: RC_OK;
}

static void
test_edit(void **state)
{
	char *dir = unit_mkdir(), *draft;
	struct editing e = { .text = "summary: new\nstatus: in-progress\n" };
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	s.app->dir = mem_strdup(dir);
	e.app = s.app;
	s.ui.host.edit = edit;
	s.ui.host.arg = &e;
	screen_keys(&s, "e");
	assert_string_equal(s.app->v[0].summary, "new");
	/* The form that was handed out says in-progress, too. */
	assert_string_equal(status_of(&s, 0), "done");
	draft = mem_printf("%s/drafts/NOTE-41.form.md", dir);
	assert_false(fs_exists(draft));
	/* A draft goes on with the form that it was made from. */
	e.fails = true;
	e.text = "summary: newer\nstatus: done\n";
	screen_keys(&s, "e");
	assert_true(screen_has(&s, "text kept in"));
	assert_true(fs_exists(draft));
	mem_replace(&s.app->v[0].status, "open");
	e.fails = false;
	screen_keys(&s, "e");
	assert_string_equal(buf_str(&e.seen), e.text);
	assert_string_equal(s.app->v[0].summary, "newer");
	assert_string_equal(status_of(&s, 0), "done");
	assert_int_equal(s.app->n_undo, 2);
	unit_rmdir(dir);
	buf_release(&e.seen);
	free(draft);
	screen_close(&s);
}

/* What is typed is on disk while the user thinks, and gone once it is said. */
static void
test_kept(void **state)
{
	char *dir = unit_mkdir(), *path = mem_printf("%s/prompt-history", dir);
	struct buf text = BUF_INIT;
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_KOREAN, 24, 80);
	s.app->dir = mem_strdup(dir);
	screen_keys(&s, "c 'half a 문장'");
	assert_false(fs_exists(path));
	ui_idle(&s.ui);
	assert_int_equal(fs_read(path, 0, &text, NULL), RC_OK);
	assert_non_null(strstr(buf_str(&text), "half a 문장\n"));
	screen_keys(&s, "Esc");
	buf_clear(&text);
	assert_int_equal(fs_read(path, 0, &text, NULL), RC_OK);
	assert_null(strstr(buf_str(&text), "half"));
	screen_keys(&s, "c 'whole'");
	ui_idle(&s.ui);
	screen_keys(&s, "Enter");
	buf_clear(&text);
	assert_int_equal(fs_read(path, 0, &text, NULL), RC_OK);
	assert_string_equal(strchr(buf_str(&text), '\0') - 6, "whole\n");
	assert_ptr_equal(strstr(buf_str(&text), "whole"),
	    strchr(buf_str(&text), '\0') - 6);
	unit_rmdir(dir);
	buf_release(&text);
	free(path);
	screen_close(&s);
}

static void
test_repeat(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, ".");
	assert_true(screen_has(&s, "no change yet"));
	screen_keys(&s, "@ 'sam' Enter j .");
	assert_string_equal(s.app->v[1].assignee, "sam");
	screen_keys(&s, "s d Enter j . j .");
	assert_string_equal(status_of(&s, 1), "done");
	assert_string_equal(status_of(&s, 3), "done");
	/* On marks, too, and on another screen. */
	screen_keys(&s, "# '+x' Enter g g Space Space . Esc G Enter .");
	assert_true(strv_has(&s.app->v[0].labels, "x"));
	assert_true(strv_has(&s.app->v[1].labels, "x"));
	assert_true(strv_has(&s.app->v[5].labels, "x"));
	assert_false(strv_has(&s.app->v[2].labels, "x"));
	screen_close(&s);
}

static void
test_ticket(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "Enter J");
	assert_true(screen_has(&s, " NOTE-42  feature"));
	assert_true(screen_has(&s, "2/6"));
	screen_keys(&s, "K K");
	assert_true(screen_has(&s, "the first one"));
	screen_keys(&s, "c 'me too' Enter Tab");
	assert_true(screen_has(&s, "me too"));
	screen_keys(&s, "/ 'fixed' Enter");
	screen_keys(&s, "Esc Esc Esc");
	assert_int_equal(s.ui.depth, 2);
	screen_keys(&s, "q");
	assert_int_equal(s.ui.depth, 1);
	assert_false(s.ui.quit);
	screen_keys(&s, ": 'NOTE-44' Enter");
	assert_true(screen_has(&s, " NOTE-44  bug"));
	screen_keys(&s, "q : 'nonsense' Enter");
	assert_true(screen_has(&s, "no action or ticket \"nonsense\""));
	screen_keys(&s, "Ctrl-U 'NOTE-99' Enter");
	assert_true(screen_has(&s, "no ticket NOTE-99"));
	screen_keys(&s, "Esc q");
	assert_true(s.ui.quit);
	screen_close(&s);
}

/* One's own comment is changed and put away, in its section only. */
static void
test_comments(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_KOREAN, 24, 80);
	screen_keys(&s, "Enter Tab");
	assert_true(screen_has(&s, ">김개발"));
	screen_keys(&s, "j");
	assert_true(screen_has(&s, ">sam"));
	screen_keys(&s, "x");
	assert_true(screen_has(&s, "only sam can change that comment"));
	assert_false(s.app->v[0].deleted);
	screen_keys(&s, "e");
	assert_true(screen_has(&s, "only sam can change"));
	screen_keys(&s, "k e");
	assert_true(screen_has(&s, "no editor here"));
	screen_keys(&s, "x");
	assert_true(s.app->comment_hidden);
	assert_true(screen_has(&s, "comment put away"));
	assert_true(screen_has(&s, ">sam"));
	/* Elsewhere they are the ticket's. */
	screen_keys(&s, "Tab x");
	assert_true(s.app->v[0].deleted);
	screen_close(&s);
}

static void
test_related(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "Enter o");
	assert_true(screen_has(&s, " NOTE-43  task"));
	/* its parent, which is related to none */
	screen_keys(&s, "o");
	assert_true(screen_has(&s, " NOTE-42  feature"));
	screen_keys(&s, "o");
	assert_true(screen_has(&s, "it is related to no ticket"));
	screen_keys(&s, "q q");
	mem_replace(&s.app->v[0].parent, "NOTE-45");
	screen_keys(&s, "R o");
	assert_true(screen_has(&s, "blocks  NOTE-43"));
	screen_keys(&s, "Enter");
	assert_true(screen_has(&s, " NOTE-45  improvement"));
	screen_close(&s);
}

/* An action of another screen runs there. */
static void
test_palette(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "? 'card right' Enter");
	assert_true(screen_has(&s, "2 Board"));
	assert_string_equal(status_of(&s, 1), "in-progress");
	assert_true(screen_has(&s, "screen: Board)"));
	screen_keys(&s, "q");
	/* The ticket that is selected here. */
	screen_keys(&s, "j ? 'related ticket' Enter");
	assert_true(screen_has(&s, " NOTE-42  feature"));
	assert_true(screen_has(&s, "it is related to no ticket"));
	screen_keys(&s, "q ? 'diff next-file' Enter");
	assert_true(screen_has(&s, "that is for a diff"));
	assert_int_equal(s.ui.depth, 1);
	screen_keys(&s, "? 'release warn to do' Enter");
	assert_true(screen_has(&s, "Release 1.2"));
	screen_keys(&s, "q ? 'dismissed' Enter");
	assert_true(screen_has(&s, "Dismissed: Unreleased"));
	/* What is off says why, before it is tried and then. */
	screen_keys(&s, "q 3 ? 'find-next'");
	assert_true(screen_has(&s, "not now: no search yet"));
	screen_keys(&s, "Esc");
	/* What several screens share stands there once. */
	screen_keys(&s, "q ? 'take it off all lists'");
	assert_true(screen_has(&s, " 1 action"));
	screen_close(&s);
}

/* One place up or down, kept, undone; at the ends it says so. */
static void
test_board_rank(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "2 J");
	assert_true(screen_has(&s, "NOTE-42: after NOTE-45"));
	assert_non_null(s.app->v[1].rank);
	assert_null(s.app->v[4].rank);
	screen_keys(&s, "J");
	assert_true(screen_has(&s, "NOTE-42: after NOTE-46"));
	screen_keys(&s, "J");
	assert_true(screen_has(&s, "it is the last one"));
	screen_keys(&s, "K");
	assert_true(screen_has(&s, "NOTE-42: before NOTE-46"));
	screen_keys(&s, "u u u");
	screen_keys(&s, "g g K");
	assert_true(screen_has(&s, "it is the first one"));
	screen_keys(&s, "Enter");
	assert_true(screen_has(&s, " NOTE-42"));
	screen_close(&s);
}

/* A limit warns and does not hinder. */
static void
test_board_limits(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "2 l");
	assert_true(screen_has(&s, "in-progress 1/1 (WIP limit)"));
	screen_keys(&s, "h L");
	assert_string_equal(status_of(&s, 1), "in-progress");
	assert_true(screen_has(&s, "in-progress 2/1, over the WIP limit"));
	assert_true(screen_has(&s, "!in-progress 2/1"));
	screen_keys(&s, "L");
	assert_true(screen_has(&s, "=in-review 2/2"));
	assert_false(screen_has(&s, "over the WIP"));
	/* A filter hides cards; they still count. */
	screen_keys(&s, "f 'assignee:nobody' Enter");
	assert_true(screen_has(&s, "=in-progress 1/1"));
	screen_close(&s);
}

static void
test_board_lanes(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "2 Tab");
	assert_true(screen_has(&s, "no swimlanes (z makes some)"));
	screen_keys(&s, ": 'swimlane assignee' Enter");
	assert_true(screen_has(&s, "swimlane: assignee"));
	assert_true(screen_has(&s, "> dev-1 (2)"));
	assert_true(screen_has(&s, "open (3)"));
	/* j goes on in the lane below. */
	screen_keys(&s, "j");
	assert_true(screen_has(&s, "> dev-3 (1)"));
	screen_keys(&s, "Enter");
	assert_true(screen_has(&s, " NOTE-42"));
	screen_keys(&s, "q S-Tab l");
	assert_true(screen_has(&s, ">! NOTE-41"));
	screen_keys(&s, "S-Tab");
	assert_true(screen_has(&s, "no swimlane further that way"));
	screen_keys(&s, "H");
	assert_string_equal(status_of(&s, 0), "open");
	assert_true(screen_has(&s, ">! NOTE-41"));
	/* A lane that loses its last card goes. */
	screen_keys(&s, "j Tab");
	screen_keys(&s, ": 'swimlane nonsense' Enter");
	assert_true(screen_has(&s, "no swimlanes by nonsense"));
	screen_keys(&s, ": 'swimlane none' Enter");
	assert_false(screen_has(&s, "dev-3 (1)"));
	screen_close(&s);
}

/* Pages, however many cards there are. */
static void
test_board_of_many(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_MANY, 24, 80);
	screen_keys(&s, "2 j j j G g g l G");
	assert_true(s.app->largest <= 130);
	assert_true(screen_has(&s, "(834)") || screen_has(&s, "(1000+)"));
	s.app->largest = 0;
	screen_keys(&s, "z j Enter Tab Tab j j j j j j");
	assert_true(s.app->largest <= 130);
	assert_true(screen_has(&s, " more"));
	/* One lane has the whole screen. */
	screen_keys(&s, "f 'assignee:sam' Enter");
	ui_resize(&s.ui, 50, 80);
	screen_draw(&s);
	screen_keys(&s, "g g");
	assert_true(screen_has(&s, "   819 more"));
	screen_close(&s);
}

static void
test_board(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "2 L");
	assert_string_equal(status_of(&s, 1), "in-progress");
	/* The card is followed. */
	assert_true(screen_has(&s, "|>^ NOTE-42"));
	screen_keys(&s, "H");
	assert_string_equal(status_of(&s, 1), "open");
	screen_keys(&s, "H");
	assert_true(screen_has(&s, "no column further"));
	screen_keys(&s, "Enter");
	assert_true(screen_has(&s, " NOTE-42  feature"));
	screen_close(&s);
}

static void
test_notes(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_KOREAN, 24, 80);
	screen_keys(&s, "4 L j Enter");
	assert_true(screen_has(&s, "새 기능"));
	screen_keys(&s, "W");
	assert_true(screen_has(&s, "write into: CHANGELOG.md"));
	screen_keys(&s, "Enter");
	assert_true(screen_has(&s, "CHANGELOG.md: 1.2 written, +2 -1 lines"));
	screen_keys(&s, "W Enter");
	assert_true(screen_has(&s, "CHANGELOG.md: 1.2 was the same already"));
	screen_keys(&s, "W Ctrl-U 'nowhere/x' Enter");
	assert_int_equal(s.ui.tone, UI_ERROR);
	screen_keys(&s, "Esc y");
	assert_true(screen_has(&s, "copied: notes of 1.2 as md"));
	screen_keys(&s, "V j Enter");
	assert_true(screen_has(&s, "Notes 1.1"));
	assert_true(screen_has(&s, "from 1.1..1.1"));
	screen_keys(&s, "Enter Enter");
	assert_true(screen_has(&s, "NOTE-42"));
	screen_close(&s);
}

/* Entries beside the text, one by one. */
static void
test_notes_entries(void **state)
{
	struct screen s;
	size_t made;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 130);
	screen_keys(&s, "4 x");
	assert_true(s.app->v[1].no_note);
	assert_true(screen_has(&s, "NOTE-42: not in any notes"));
	assert_true(screen_has(&s, "NOTE-42    skip Release"));
	assert_true(screen_has(&s, "> NOTE-41"));
	screen_keys(&s, "G x");
	assert_true(screen_has(&s, "NOTE-42: in the notes again"));
	assert_false(s.app->v[1].no_note);
	screen_keys(&s, "u");
	assert_true(s.app->v[1].no_note);
	/* A warning says once whom it is about; none can be selected. */
	screen_keys(&s, "Tab x");
	assert_true(screen_has(&s, "! NOTE-44: note is empty"));
	assert_true(screen_has(&s, "! NOTE-4 is claimed by a commit"));
	assert_true(screen_has(&s, "x: no entry is selected here"));
	screen_keys(&s, "Tab");
	/* Another shape needs no look at history. */
	made = s.app->generated;
	screen_keys(&s, "t j Enter s j Enter L j Enter");
	assert_int_equal(s.app->generated, made);
	assert_true(screen_has(&s, "html ko keepachangelog"));
	/* One that can't be leaves the notes as they are. */
	screen_keys(&s, ": 'style template' Enter");
	assert_true(screen_has(&s, "no template is configured"));
	assert_true(screen_has(&s, "html ko keepachangelog"));
	screen_keys(&s, "Esc");
	assert_false(screen_has(&s, "no template"));
	screen_keys(&s, "/ 'wide' Enter Enter");
	assert_true(screen_has(&s, " NOTE-41  bug"));
	screen_keys(&s, "q U");
	assert_true(screen_has(&s, "Without a ticket: 1.2"));
	/* What a hook did is made anew, behind what is shown. */
	screen_keys(&s, "q");
	made = s.app->generated;
	s.app->version++;
	ui_idle(&s.ui);
	ui_draw(&s.ui);
	assert_true(ui_working(&s.ui));
	assert_int_equal(s.app->generated, made);
	screen_draw(&s);
	assert_int_equal(s.app->generated, made + 1);
	screen_close(&s);
}

/* Notes of thousands of entries are shown to their end. */
static void
test_notes_many(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_MANY, 24, 80);
	screen_keys(&s, "4 G");
	assert_true(screen_has(&s, "(NOTE-5040)"));
	screen_close(&s);
}

static void
test_revisions(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "4 r");
	assert_true(screen_has(&s, "- revision 3"));
	screen_keys(&s, "d");
	assert_true(screen_has(&s, "-- 2 to 3"));
	screen_keys(&s, "j j");
	assert_true(screen_has(&s, "the first one: there is none before"));
	screen_keys(&s, "Space k k");
	assert_true(screen_has(&s, "-- 1 to 3"));
	screen_keys(&s, "Esc");
	assert_true(screen_has(&s, "-- 2 to 3"));
	screen_keys(&s, "q V j Enter r");
	assert_true(screen_has(&s, "nothing was written yet"));
	screen_keys(&s, "d");
	assert_true(screen_has(&s, "d: nothing was"));
	screen_close(&s);
}

static void
test_help(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "? 'set the priority' Enter");
	assert_true(screen_has(&s, " priority NOTE-41 "));
	assert_true(screen_has(&s, "key: p"));
	screen_keys(&s, "Esc ? 'zzzz' Enter");
	assert_true(screen_has(&s, "nothing found"));
	screen_keys(&s, "Esc");
	assert_int_equal(s.ui.depth, 1);
	/* A name comes before a part of a word ("clipboard"). */
	screen_close(&s);
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "? 'board'");
	assert_true(screen_has(&s, "> 2               board "));
	screen_keys(&s, "Enter");
	assert_ptr_equal(ui_top(&s.ui)->class, &view_board);
	screen_close(&s);
}

/* With the Korean layout on, shortcuts are in the same places. */
static void
test_korean_keys(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_KOREAN, 24, 80);
	screen_keys(&s, "ㅓ ㅓ");
	assert_true(screen_has(&s, ">- task NOTE-43"));
	screen_keys(&s, "ㅏ ㅎ ㅎ");
	assert_true(screen_has(&s, ">! bug  NOTE-41"));
	screen_keys(&s, "ㄴ");
	assert_true(screen_has(&s, "status NOTE-41"));
	screen_keys(&s, "Esc ㄹ '한글'");
	assert_true(screen_has(&s, "filter: 한글"));
	assert_true(screen_has(&s, "2 of 6"));
	screen_close(&s);
}

static void
test_outside_change(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	mem_replace(&s.app->v[0].summary, "changed elsewhere");
	ui_idle(&s.ui);
	ui_draw(&s.ui);
	assert_false(screen_has(&s, "changed elsewhere"));
	s.app->version++;
	ui_idle(&s.ui);
	ui_draw(&s.ui);
	assert_true(screen_has(&s, "changed elsewhere"));
	screen_close(&s);
}

static void
test_paste(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	ui_paste(&s.ui, "sjjq\r", 5);
	ui_draw(&s.ui);
	assert_false(s.ui.quit);
	assert_int_equal(s.ui.depth, 1);
	assert_true(screen_has(&s, "no place here"));
	screen_keys(&s, "n");
	ui_paste(&s.ui, "bug one\ntwo", 11);
	assert_string_equal(prompt_text(&s.ui.prompt), "bug one two");
	screen_close(&s);
}

static void
test_mouse(void **state)
{
	struct screen s;
	struct input_event ev = { .type = IN_CLICK, .y = 5, .x = 10 };

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	ui_event(&s.ui, &ev);
	ui_draw(&s.ui);
	assert_true(screen_has(&s, ">- task NOTE-43"));
	ev.y = 20;
	ui_event(&s.ui, &ev);
	ev = (struct input_event){ .type = IN_WHEEL, .step = 1 };
	ui_event(&s.ui, &ev);
	ui_draw(&s.ui);
	assert_true(screen_has(&s, ">! sec  NOTE-46"));
	screen_close(&s);
}

/* Rows cut why an action can't act; the line below says all of it. */
static void
test_help_why(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 24, 80);
	screen_keys(&s, "j Enter ? 'diff'");
	assert_true(screen_has(&s,
	    "diff, not now: no commits name this ticket (S reads history)"));
	screen_close(&s);
	screen_open(&s, FAKE_ENGLISH, 24, 40);
	screen_keys(&s, "j Enter ? 'diff'");
	assert_true(screen_has(&s, "diff, not now: no commits name this"));
	assert_true(screen_has(&s, "ticket (S reads history)\n"));
	screen_close(&s);
}

/* Columns of figures stay near each other, however wide the screen is. */
static void
test_metrics_width(void **state)
{
	struct screen s;
	struct buf text = BUF_INIT;
	const char *from, *to;

	(void)state;
	screen_open(&s, FAKE_ENGLISH, 50, 400);
	screen_keys(&s, "5");
	screen_text(&s, &text);
	from = strstr(buf_str(&text), "P85");
	assert_non_null(from);
	to = strstr(from, "BEGUN");
	assert_non_null(to);
	assert_in_range(to - from, 10, 40);
	from = strstr(buf_str(&text), "CREATED");
	assert_non_null(from);
	to = strstr(from, "CLOSED");
	assert_non_null(to);
	assert_in_range(to - from, 10, 60);
	buf_release(&text);
	screen_close(&s);
}

/* Where one is in a list is told from its end, too. */
static void
test_place_from_end(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, FAKE_MANY, 24, 80);
	assert_true(screen_has(&s, "\n 1 of 1000+\n"));
	screen_keys(&s, "G");
	assert_true(screen_has(&s, "\n the last of 1000+\n"));
	screen_keys(&s, "k k");
	assert_true(screen_has(&s, "\n 2 before the last of 1000+\n"));
	screen_keys(&s, "g g");
	assert_true(screen_has(&s, "\n 1 of 1000+\n"));
	screen_close(&s);
}

/* Long lists come in pages, whatever way one goes through them. */
static void
test_pages(void **state)
{
	struct list l = { 0 };
	struct err err = ERR_INIT;
	struct app *a = fake_open(FAKE_MANY);
	unsigned seed = 5;
	int64_t at = 1;

	(void)state;
	list_set_rows(&l, 20);
	assert_int_equal(list_first(&l, a, &err), RC_OK);
	for (int i = 0; i < 3000; i++) {
		long by = (long)(rand_r(&seed) % 120) - 58;

		assert_int_equal(list_move(&l, a, by, &err), RC_OK);
		at += by;
		at = at < 1 ? 1 : at > 5000 ? 5000 : at;
		assert_int_equal(list_selected(&l)->id, at);
		assert_true(l.sel >= l.top && l.sel < l.top + l.rows);
		if (l.base >= 0)
			assert_int_equal(l.base + (int64_t)l.sel + 1, at);
		assert_in_range(l.n, 1, 64 * 9);
		for (size_t k = 1; k < l.n; k++)
			assert_int_equal(l.v[k].id, l.v[k - 1].id + 1);
	}
	assert_int_equal(list_last(&l, a, &err), RC_OK);
	assert_int_equal(list_selected(&l)->id, 5000);
	assert_int_equal(list_move(&l, a, -4999, &err), RC_OK);
	assert_int_equal(list_selected(&l)->id, 1);
	assert_int_equal(l.base, 0);
	assert_int_equal(list_goto(&l, a, 2500, &err), RC_OK);
	assert_int_equal(list_selected(&l)->id, 2500);
	assert_int_equal(list_refresh(&l, a, &err), RC_OK);
	assert_int_equal(list_selected(&l)->id, 2500);
	/* The selected one goes: the next takes its row. */
	a->v[2499].deleted = true;
	assert_int_equal(list_refresh(&l, a, &err), RC_OK);
	assert_int_equal(list_selected(&l)->id, 2501);
	assert_in_range(a->largest, 1, 64);
	list_release(&l);
	fake_close(a);
}

/* Every action has a name of its own, a help line and a key that no other one
 * of its screen has, except where why() tells them apart. */
static void
test_tables(void **state)
{
	static const struct view_class *const classes[] = { &view_list,
		&view_ticket, &view_board, &view_releases, &view_hub,
		&view_diff, &view_notes };

	(void)state;
	for (size_t c = 0; c < sizeof(classes) / sizeof(classes[0]); c++) {
		for (size_t i = 0; i < VIEW_TABLES; i++) {
			const struct action *a = classes[c]->actions[i];

			for (; a != NULL && a->name != NULL; a++) {
				const struct view v = { .class = classes[c] };

				assert_non_null(a->help);
				assert_non_null(a->run);
				assert_ptr_equal(keys_by_name(&v, a->name,
						     strlen(a->name)),
				    a);
			}
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_move),
		cmocka_unit_test(test_status),
		cmocka_unit_test(test_marks),
		cmocka_unit_test(test_filter),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_new),
		cmocka_unit_test(test_new_is_selected),
		cmocka_unit_test(test_a_commit_is_told_of),
		cmocka_unit_test(test_new_far_away),
		cmocka_unit_test(test_undo_selects),
		cmocka_unit_test(test_place),
		cmocka_unit_test(test_long_menu),
		cmocka_unit_test(test_menu_is_modal),
		cmocka_unit_test(test_homeless),
		cmocka_unit_test(test_state_key),
		cmocka_unit_test(test_hub_moves),
		cmocka_unit_test(test_hub),
		cmocka_unit_test(test_journal),
		cmocka_unit_test(test_journal_pages),
		cmocka_unit_test(test_queue),
		cmocka_unit_test(test_queue_marks),
		cmocka_unit_test(test_hub_neighbours),
		cmocka_unit_test(test_hub_without_history),
		cmocka_unit_test(test_owner),
		cmocka_unit_test(test_metrics),
		cmocka_unit_test(test_release_list),
		cmocka_unit_test(test_diff),
		cmocka_unit_test(test_edit),
		cmocka_unit_test(test_kept),
		cmocka_unit_test(test_repeat),
		cmocka_unit_test(test_ticket),
		cmocka_unit_test(test_comments),
		cmocka_unit_test(test_related),
		cmocka_unit_test(test_palette),
		cmocka_unit_test(test_board),
		cmocka_unit_test(test_board_rank),
		cmocka_unit_test(test_board_limits),
		cmocka_unit_test(test_board_lanes),
		cmocka_unit_test(test_board_of_many),
		cmocka_unit_test(test_notes),
		cmocka_unit_test(test_notes_entries),
		cmocka_unit_test(test_notes_many),
		cmocka_unit_test(test_revisions),
		cmocka_unit_test(test_help),
		cmocka_unit_test(test_korean_keys),
		cmocka_unit_test(test_outside_change),
		cmocka_unit_test(test_paste),
		cmocka_unit_test(test_mouse),
		cmocka_unit_test(test_metrics_width),
		cmocka_unit_test(test_place_from_end),
		cmocka_unit_test(test_help_why),
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_tables),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
