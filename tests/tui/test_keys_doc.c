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
	const char *mode = getenv("GOLDEN"), *path = "docs/KEYS.md", *tables;
	struct buf file = BUF_INIT, got = BUF_INIT;

	(void)state;
	if (!fs_exists(path))
		skip();
	assert_int_equal(fs_read(path, 0, &file, NULL), RC_OK);
	tables = strstr(buf_str(&file), "\n## List\n");
	assert_non_null(tables);
	/* What stands above the tables is written by hand. */
	buf_add(&got, buf_str(&file), (size_t)(tables - buf_str(&file)));
	for (size_t i = 0; i < sizeof(screens) / sizeof(screens[0]); i++)
		section(&got, screens[i].title, screens[i].class->actions,
		    VIEW_TABLES);
	section(&got, "Everywhere", global, 1);
	if (mode != NULL && strcmp(mode, "write") == 0)
		assert_int_equal(fs_write(path, buf_str(&got), got.len, 0644,
				     NULL),
		    RC_OK);
	else
		assert_string_equal(buf_str(&file), buf_str(&got));
	buf_release(&file);
	buf_release(&got);
}

/* The sentence that names the screens which configuration may name, each in
 * quotes of that kind. */
static void
check_named(const char *path, const char *quote)
{
	struct buf file = BUF_INIT, want = BUF_INIT, got = BUF_INIT;
	const char *at;

	if (!fs_exists(path))
		skip();
	assert_int_equal(fs_read(path, 0, &file, NULL), RC_OK);
	at = strstr(buf_str(&file), "Screens are ");
	assert_non_null(at);
	for (; *at != ';' && *at != '\0'; at++)
		buf_putc(&got, *at == '\n' ? ' ' : *at);
	buf_puts(&want, "Screens are ");
	for (size_t i = 0; keymap_screens[i] != NULL; i++)
		buf_printf(&want, "%s%s%s%s", i == 0 ? "" : ", ", quote,
		    keymap_screens[i]->name, quote);
	buf_printf(&want, " and %s" KEYMAP_EVERYWHERE "%s", quote, quote);
	assert_string_equal(buf_str(&want), buf_str(&got));
	buf_release(&file);
	buf_release(&want);
	buf_release(&got);
}

static void
test_screens_named(void **state)
{
	(void)state;
	check_named("docs/KEYS.md", "`");
	check_named("docs/notes.1", "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_document),
		cmocka_unit_test(test_screens_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
