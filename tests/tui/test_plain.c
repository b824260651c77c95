/* Screens as text, for who has no terminal, or cannot see it. */
#define FAKE_WORLD fake_plain_world

static int fake_plain_world;

#include "drive.h"

#include "tui/tui.h"

static const char *lines; /* LINES, or NULL: all of them */

/* What a screen prints; the caller frees it. */
static char *
plain(const char *screen, int want)
{
	const struct app_options o = { .mode = APP_READ };
	FILE *f = tmpfile();
	char *copy = mem_strdup(screen == NULL ? "" : screen), *save;
	const char *words[4];
	struct buf out = BUF_INIT;
	size_t n = 0;
	int c;

	setlocale(LC_ALL, "C.UTF-8");
	setenv("SOURCE_DATE_EPOCH", "1791201600", 1);
	setenv("COLUMNS", "60", 1);
	if (lines == NULL)
		unsetenv("LINES");
	else
		setenv("LINES", lines, 1);
	for (char *w = strtok_r(copy, " ", &save); w != NULL;
	     w = strtok_r(NULL, " ", &save))
		words[n++] = w;
	assert_int_equal(tui_plain(&o, words, n, f), want);
	rewind(f);
	while ((c = getc(f)) != EOF)
		buf_putc(&out, (char)c);
	fclose(f);
	free(copy);
	return buf_detach(&out);
}

static void
check(const char *screen, const char *want)
{
	char *text = plain(screen, 0);

	if (strstr(text, want) == NULL)
		fail_msg("no \"%s\" in\n%s", want, text);
	/* Nothing that is not text: neither escapes nor what titles hold. */
	assert_null(strchr(text, '\033'));
	free(text);
}

static void
test_screens(void **state)
{
	(void)state;
	fake_plain_world = FAKE_KOREAN;
	check(NULL, "NOTE-41 한글 폭");
	check("tickets", "NOTE-46");
	check("board", "in-progress 1/1");
	check("releases", "1.1");
	/* What is slow is waited for. */
	check("releases", "2 in notes");
	check("notes", "Notes 1.2");
	check("notes 1.1", "Notes 1.1");
	check("ticket NOTE-41", "[Description]");
	check("hub 1.2", "Release 1.2");
	check("release 1.1", "Release 1.1");
	/* Without one: what is planned next. */
	check("release", "Release 1.2");
	check("diff HEAD", "/* 한글");
	check("revisions", "1.2");
	check("revisions 1.1", "1.1");
	check("keys", "This screen");
	/* All parts are counted first. */
	check("metrics", "CREATED");
	check("metrics", "1.1");
}

static size_t
count_lines(const char *text)
{
	size_t n = 0;

	for (; *text != '\0'; text++)
		n += *text == '\n';
	return n;
}

/* All rows, whatever a terminal would show; LINES cuts. */
static void
test_whole(void **state)
{
	char *text;

	(void)state;
	fake_plain_world = FAKE_MANY;
	text = plain("tickets", 0);
	assert_true(count_lines(text) > 5000);
	assert_non_null(strstr(text, "NOTE-41 "));
	assert_non_null(strstr(text, "NOTE-5040 "));
	free(text);
	text = plain("board", 0);
	assert_true(count_lines(text) > 200);
	free(text);
	lines = "14";
	text = plain("tickets", 0);
	assert_int_equal(count_lines(text), 14);
	free(text);
	lines = NULL;
	/* Few are not followed by the emptiness of a high screen. */
	fake_plain_world = FAKE_ENGLISH;
	text = plain("board", 0);
	assert_true(count_lines(text) < 24);
	assert_true(strchr(text, '\n') <= text + 60);
	free(text);
}

static void
test_empty(void **state)
{
	(void)state;
	fake_plain_world = FAKE_EMPTY;
	check("tickets", "no tickets yet");
	check("releases", "no releases yet");
}

static void
test_unknown(void **state)
{
	static const struct {
		const char *words;
		int status;
	} cases[] = { { "metric", 2 }, { "ticket", 2 }, { "board 1", 2 },
		{ "hub 1 2", 2 }, { "diff", 2 }, { "diff nowhere", 1 },
		{ "first", 1 }, { "notes 9.9", 1 }, { "revisions 9.9", 1 },
		{ "ticket NOTE-99999", 1 }, { "hub 9.9", 1 } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *text = plain(cases[i].words, cases[i].status);

		assert_string_equal(text, "");
		free(text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_screens),
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_unknown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
