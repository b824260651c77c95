/* docs/KEYS.md is made from the tables: it never tells of a key that is not. */
#include "drive.h"

#include "tui/keys/keys.h"

static void
row(struct buf *out, const struct action *a)
{
	const char *keys = a->keys;

	buf_puts(out, *keys == '\0' ? "|" : "| ");
	while (*keys != '\0') {
		size_t len = strcspn(keys, " ");

		/* A bar ends a cell of the table. */
		buf_printf(out, "`%s%.*s`", *keys == '|' ? "\\" : "", (int)len,
		    keys);
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
    "Every screen names the keys that work now in its last line; `?` lists"
    " those of\nall screens, finds one by words, goes to its screen, runs it "
    "and"
    " says its key.\n`:` runs an action by its name (`:status done`, `:sort"
    " -updated`) and opens a\nticket by its key (`:NOTE-12`).\nThe keys of a "
    "screen come before those that hold"
    " everywhere; a key that can't\nact says why. `Esc` never leaves a screen."
    "\n\n## Counts\n\n"
    "A digit that is no key of the screen begins a count: `6j` goes six down,"
    " `80G` to\nline 80, `9u` takes nine changes back. The digits of the tabs"
    " switch screens at\nonce, so where a count begins with one of them, put"
    " `0` before it or hold Alt:\n`03G` and `Alt-3 G` go to line 3, `02Ctrl-D`"
    " a page down. Whoever would rather\ncount takes the digits off the tabs"
    " (`tracker.key.everywhere.list = none`, and so\non). What is typed shows"
    " in the message line, with what may follow; `Esc` forgets\nit. Motions,"
    " `u`, `Ctrl-R`, `n`, `N`, `Space` and the keys that go to what is next\n"
    "take counts; others say that they take none, and do nothing.\n\n"
    "## Taking back\n\n"
    "No screen asks whether you are sure, and none makes you type a version,"
    " as nothing\nis lost: every change of tickets and releases is one"
    " operation of the journal, and\n`u` takes it back, also in the next"
    " session; putting a ticket away, dropping a\nrelease and publishing one"
    " are such changes, too. None of them writes a tag or a\nfile. What the"
    " journal does not hold is kept otherwise: `W` in the notes merges\none"
    " version's section into a file, leaves the rest of it as it was and shows"
    " the\ndifference, and `r` has the text of each time; a filter that is"
    " forgotten is told\nin full, and `Delete` in the help brings a key back."
    "\n\n";

static const char head_more[] =
    "## Other keys\n\n"
    "`Ctrl-E` in the help asks for a new key of the selected action and keeps"
    " it in\nyour git configuration; `Delete` there brings back the key that"
    " was built in. Any\nlevel of git's configuration has keys, and so has"
    " `.notesconfig`:\n\n"
    "    [tracker \"key.list\"]          # one screen\n"
    "        status = S gs             # several keys; gs is typed g, s\n"
    "        mark = default Insert     # one more than are built in\n"
    "        archive = none            # no key; :archive still runs it\n"
    "        label = \"#\"               # git takes # and ; for comments\n"
    "    [tracker \"key\"]               # every screen that has it\n"
    "        comment = Ctrl-T\n"
    "    [tracker \"key.everywhere\"]\n"
    "        board = F2\n\n"
    "Screens are `list`, `ticket`, `board`, `releases`, `release`, `notes`,"
    " `diff`,\n`metrics` and `everywhere`; actions are the names below. Keys "
    "are written"
    " as here; `C-t`, `^T`\nand `M-x` are understood. `Esc` always clears. A"
    " key goes to the strongest value,\nand the last one in a file; the action"
    " that had it before loses it.\n`notes config --check` names screens,"
    " actions and keys that there are not, and\nkeys that two actions want, by"
    " file and line; the first screen tells of them, too.\nThe help lists"
    " what was changed, and where.\n\n## Korean\n\n"
    "With a Korean two-set layout on, the key in the same place counts: "
    "`ㅓ` is `j`,\n`ㄴ` is `s`, `ㅎㅎ` is `gg`. That holds for keys of your"
    " own, too.\n\n## Saved filters\n\n"
    "`F` picks a filter by its name, saves the one that is shown, forgets one"
    " that was\nsaved in this repository. `@mine` in a filter is what is saved"
    " as `mine`, here and\nin `notes list @mine type:bug`. In"
    " `.notesconfig` they are the team's:\n\n"
    "    [tracker \"filter\"]\n"
    "        mine = assignee:me is:open\n"
    "    [tracker \"filter.내-일\"]      # other letters than a-z, 0-9, -\n"
    "        query = @mine label:tui\n\n"
    "## Columns\n\n"
    "`|` in the list puts columns in and takes them out, `:columns"
    " key,summary,due` sets\nthem, `:columns default` takes those that are"
    " built in; `tracker.columns`\nkeeps them. Where room is"
    " short, those that say least go.\n\n## Mouse and prompts\n\n"
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
		{ "Notes", &view_notes },
		{ "Revisions of notes", &view_revisions },
		{ "Commits without a ticket", &view_unlinked },
		{ "Journal", &view_journal }, { "Metrics", &view_metrics },
		{ "A menu", &view_menu } };
	static const struct action *const global[] = { actions_global };
	const char *mode = getenv("GOLDEN"), *path = "docs/KEYS.md";
	struct buf want = BUF_INIT, got = BUF_INIT;

	(void)state;
	buf_puts(&got, head);
	buf_puts(&got, head_more);
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
