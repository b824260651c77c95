#include "rows.h"

static struct rows rows;

static const struct row tickets[] = {
	{ .id = 1, .summary = "한글 폭 계산 오류로 표가 어긋남" },
	{ .id = 2,
	    .summary = "릴리스노트를 미리보기",
	    .description = "Crash when the terminal is resized" },
	{ .id = 3, .summary = "Crashes in café: strlen(\"x\") of foo_bar" },
	{ .id = 4, .summary = "NOTE를 고침", .description = "폭발" },
	{ .id = 5, .summary = "日本語の文字化け" },
	{ .id = 6, .summary = "폭" },
	/* NFD, as some systems write it. */
	{ .id = 7,
	    .summary = "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB"
		       "\xE1\x84\x80\xE1\x85\xB3\xE1\x86\xAF" },
	{ .id = 8, .summary = "ab AND cd", .description = "near(x) *^ {a}:" },
	{ .id = 9, .summary = "\xFF\xFE bad bytes \xC3" },
	{ .id = 10, .summary = "a한글b", .description = "version 3.6.1" },
};

static void
korean(void **state)
{
	(void)state;
	/* Any two syllables, and more, also inside a word. */
	rows_expect(&rows, "한글", "", "10 7 1");
	rows_expect(&rows, "계산", "", "1");
	rows_expect(&rows, "어긋", "", "1");
	rows_expect(&rows, "긋남", "", "1");
	rows_expect(&rows, "어긋남", "", "1");
	rows_expect(&rows, "스노", "", "2");
	rows_expect(&rows, "노트를", "", "2");
	rows_expect(&rows, "리보", "", "2");
	rows_expect(&rows, "글폭", "", "");
	/* One syllable: words that begin with it. */
	rows_expect(&rows, "폭", "", "6 4 1");
	rows_expect(&rows, "한", "", "10 7 1");
	rows_expect(&rows, "글", "", "");
	/* Words side by side, the last one begun. */
	rows_expect(&rows, "\"한글 폭\"", "", "1");
	rows_expect(&rows, "\"폭 한글\"", "", "");
	rows_expect(&rows, "표 한글", "", "1");
	/* An ending behind letters. */
	rows_expect(&rows, "NOTE를", "", "4");
	rows_expect(&rows, "\"note\"", "", "4");
	/* NFD in the question. */
	rows_expect(&rows,
	    "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB"
	    "\xE1\x84\x80\xE1\x85\xB3\xE1\x86\xAF",
	    "", "10 7 1");
	rows_expect(&rows, "文字", "", "5");
	rows_expect(&rows, "本語の文", "", "5");
}

static void
letters(void **state)
{
	(void)state;
	rows_expect(&rows, "crash", "", "3 2");
	rows_expect(&rows, "CRASH", "", "3 2");
	rows_expect(&rows, "\"crash when\"", "", "2");
	rows_expect(&rows, "\"crash terminal\"", "", "");
	rows_expect(&rows, "crash terminal", "", "2");
	rows_expect(&rows, "term", "", "2");
	rows_expect(&rows, "\"term\"", "", "");
	rows_expect(&rows, "erminal", "", "");
	rows_expect(&rows, "te", "", "");
	rows_expect(&rows, "cafe", "", "3");
	rows_expect(&rows, "café", "", "3");
	rows_expect(&rows, "foo_bar", "", "3");
	rows_expect(&rows, "strlen()", "", "3");
	rows_expect(&rows, "3.6.1", "", "10");
	rows_expect(&rows, "summary:crash", "", "3");
	rows_expect(&rows, "summary:resized", "", "");
	rows_expect(&rows, "bytes", "", "9");
}

/* What a user types is never FTS5's own language. */
static void
syntax_is_text(void **state)
{
	static const char *const hostile[] = { "\"ab AND cd\"", "\"NEAR(\"",
		"\"near(x)\"", "\"*\"", "\"^\"", "\"{a}:\"", "\"summary : x\"",
		"\"a\\\"b\"", "\"'\"", "';--", "\"\\\"\"", "ab*", "\"-\"",
		"\"+\"", "\"ab\\\" OR \\\"x\"", "%", "_", "\"\xFF\"",
		"\xF0\x9F\x98\x80" };

	(void)state;
	rows_expect(&rows, "\"ab AND cd\"", "", "8");
	rows_expect(&rows, "\"NEAR(x)\"", "", "8");
	rows_expect(&rows, "\"ab\\\" OR \\\"crash\"", "", "");
	for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++)
		free(rows_page(&rows, hostile[i], "", 3, 0, NULL));
	/* Without a word in it a text says nothing. */
	rows_expect(&rows, "\"!!\" crash", "", "3 2");
	rows_expect(&rows, "\"!!\"", "", "10 9 8 7 6 5 4 3 2 1");
}

static void
in_a_tree(void **state)
{
	(void)state;
	rows_expect(&rows, "한글 or crash", "", "10 7 3 2 1");
	rows_expect(&rows, "한글 -계산", "", "10 7");
	rows_expect(&rows, "-한글 -crash", "", "9 8 6 5 4");
	rows_expect(&rows, "not (한글 or crash or 폭)", "", "9 8 5");
	rows_expect(&rows, "한글 key:1..7", "", "7 1");
	rows_expect(&rows, "한글", "key", "1 7 10");
	rows_expect(&rows, "한글", "-updated", "10 7 1");
}

static void
put_and_remove(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	assert_int_equal(store_begin(rows.st, &err), RC_OK);
	assert_int_equal(search_remove(rows.st, 6, "폭", NULL, NULL, &err),
	    RC_OK);
	assert_int_equal(search_put(rows.st, 6, "새것", NULL, "댓글 하나",
			     &err),
	    RC_OK);
	assert_int_equal(store_commit(rows.st, &err), RC_OK);
	rows_expect(&rows, "폭", "", "4 1");
	rows_expect(&rows, "새것", "", "6");
	rows_expect(&rows, "댓글", "", "6");
	rows_exec(&rows,
	    "INSERT INTO search (search) "
	    "VALUES ('integrity-check')");
}

/* Every two syllables of every word are found, whatever the word. */
static void
all_pairs(void **state)
{
	static const char word[] = "가나다라마바사아자차카타파하";
	char filter[8];

	(void)state;
	for (size_t i = 0; i + 6 < sizeof(word); i += 3) {
		memcpy(filter, word + i, 6);
		filter[6] = '\0';
		rows_expect(&rows, filter, "", "11");
	}
}

static int
setup(void **state)
{
	(void)state;
	rows_open(&rows);
	for (size_t i = 0; i < sizeof(tickets) / sizeof(tickets[0]); i++)
		rows_add(&rows, &tickets[i]);
	rows_done(&rows);
	return 0;
}

static int
setup_pairs(void **state)
{
	struct row word = { .id = 11,
		.summary = "가나다라마바사아자차카타파하" };

	(void)state;
	assert_int_equal(store_begin(rows.st, NULL), RC_OK);
	rows_add(&rows, &word);
	rows_done(&rows);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	rows_close(&rows);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(korean),
		cmocka_unit_test(letters),
		cmocka_unit_test(syntax_is_text),
		cmocka_unit_test(in_a_tree),
		cmocka_unit_test(put_and_remove),
		cmocka_unit_test_setup(all_pairs, setup_pairs),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
