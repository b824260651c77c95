/* docs/KEYS.md is made from the tables: it never tells of a key that is not. */
#include "drive.h"

#include "tui/keys.h"

static void
row(struct buf *out, const struct action *a)
{
	const char *keys = a->keys;

	buf_puts(out, "| ");
	while (*keys != '\0') {
		size_t len = strcspn(keys, " ");

		buf_printf(out, "`%.*s`", (int)len, keys);
		keys += len;
		keys += strspn(keys, " ");
		if (*keys != '\0')
			buf_putc(out, ' ');
	}
	buf_printf(out, " | %s | %s |\n", a->name, a->help);
}

static void
section(struct buf *out, const char *title, const struct action *const *tables,
    size_t n)
{
	buf_printf(out,
	    "\n## %s\n\n| keys | name | what it does |\n"
	    "|---|---|---|\n",
	    title);
	for (size_t i = 0; i < n; i++)
		for (const struct action *a = tables[i];
		     a != NULL && a->name != NULL; a++)
			row(out, a);
}

static const char head[] =
    "# Keys\n\n"
    "Every screen names the keys that work now in its last line; `?` lists all"
    " of\nthem, finds one by a word and runs it. `:` runs an action by its name"
    "\n(`:status done`, `:sort -updated`) and opens a ticket by its key"
    " (`:NOTE-12`).\nThe keys of a screen come before those that hold"
    " everywhere; a key that can't\nact says why. `Esc` never leaves a screen."
    "\n\nWith a Korean two-set layout on, the key in the same place counts: "
    "`ㅓ` is `j`,\n`ㄴ` is `s`, `ㅎㅎ` is `gg`.\n\n"
    "A click selects, a click on the selected row opens, the wheel moves;\n"
    "`tracker.mouse=false` or `--no-mouse` leaves the mouse to the terminal. "
    "Pasted\ntext goes into a question and nowhere else. `y` copies through "
    "the terminal\n(OSC 52; within tmux, `set-clipboard on`).\n\n"
    "Where there is no tracker yet, `Enter` makes one, `p` changes the prefix "
    "of its\nkeys, and `d` shows made-up data in a temporary place. Text that "
    "was in an editor\nwhen the program was ended is told of at the next "
    "start, with the key that goes\non with it; what was in a question comes "
    "back with `Up`.\n\n"
    "A question in the message line takes the keys that readline has: `Ctrl-A`"
    " `Ctrl-E`\n`Ctrl-B` `Ctrl-F` `Alt-b` `Alt-f` move, `Ctrl-W` `Ctrl-U` "
    "`Ctrl-K` `Alt-d` cut,\n`Ctrl-Y` puts back, `Up` and `Down` go through "
    "earlier answers, `Tab` completes,\n`Enter` answers, `Esc` leaves things as"
    " they were.\n";

static void
test_document(void **state)
{
	static const struct {
		const char *title;
		const struct view_class *class;
	} screens[] = { { "List", &view_list }, { "Ticket", &view_ticket },
		{ "Board", &view_board }, { "Releases", &view_releases },
		{ "Release", &view_hub }, { "Diff", &view_diff },
		{ "Notes", &view_notes }, { "A menu", &view_menu } };
	static const struct action *const global[] = { actions_global };
	const char *mode = getenv("GOLDEN"), *path = "docs/KEYS.md";
	struct buf want = BUF_INIT, got = BUF_INIT;

	(void)state;
	buf_puts(&got, head);
	for (size_t i = 0; i < sizeof(screens) / sizeof(screens[0]); i++)
		section(&got, screens[i].title, screens[i].class->actions,
		    VIEW_TABLES);
	section(&got, "Everywhere", global, 1);
	if (mode != NULL && strcmp(mode, "write") == 0) {
		assert_int_equal(fs_write(path, buf_str(&got), got.len, 0644,
				     NULL),
		    RC_OK);
	} else if (fs_exists(path)) {
		assert_int_equal(fs_read(path, 0, &want, NULL), RC_OK);
		assert_string_equal(buf_str(&want), buf_str(&got));
	}
	buf_release(&want);
	buf_release(&got);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_document) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
