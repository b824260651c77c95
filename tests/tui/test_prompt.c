/* The line editor and the pager. */
#include <locale.h>

#include "unit.h"

#include "tui/view/pager.h"
#include "tui/prompt.h"
#include "base/mem.h"
#include "base/utf8.h"

/* Keys by name; 'text' is typed. */
static enum prompt_result
keys(struct prompt *p, const char *s)
{
	enum prompt_result r = PROMPT_SAME;

	while (*(s += strspn(s, " ")) != '\0') {
		size_t len = strcspn(s, " ");
		struct key k = { 0 };

		if (*s == '\'') {
			const char *end = strchr(s + 1, '\'');

			for (s++; s < end;) {
				s += utf8_decode(s, 4, &k.code);
				r = prompt_key(p, &k);
			}
			s = end + 1;
			continue;
		}
		assert_true(key_parse(s, len, &k));
		r = prompt_key(p, &k);
		s += len;
	}
	return r;
}

static void
test_editing(void **state)
{
	static const struct {
		const char *keys, *text;
		size_t at;
	} cases[] = {
		{ "'hello'", "hello", 5 },
		{ "'hello' Ctrl-A 'x'", "xhello", 1 },
		{ "'hello' Left Left Backspace", "helo", 2 },
		{ "'hello' Home Delete", "ello", 0 },
		{ "'한글' Left 'x'", "한x글", 4 },
		{ "'한글' Backspace", "한", 3 },
		{ "'한글' Left Left Left Right 'x'", "한x글", 4 },
		{ "'one two' Ctrl-W", "one ", 4 },
		{ "'one two' Ctrl-W Ctrl-Y Ctrl-Y", "one twotwo", 10 },
		{ "'one two' Ctrl-A Ctrl-K", "", 0 },
		{ "'one two' Alt-b Ctrl-U", "two", 0 },
		{ "'one two' Ctrl-A Alt-d", " two", 0 },
		{ "'one two' Ctrl-Left Ctrl-Left Alt-f 'x'", "onex two", 4 },
		{ "'a:b' Alt-Backspace", "a:", 2 },
		/* Shown as three faces, and so they go one by one. */
		{ "'\U0001F468\u200D\U0001F469\u200D\U0001F467x'"
		  " Backspace Backspace",
		    "\U0001F468\u200D\U0001F469", 11 },
		{ "'\U0001F468\u200D\U0001F469' Left Ctrl-D", "\U0001F468", 4 },
		{ "'\U0001F468\u200D\U0001F469' Left Backspace", "\U0001F469",
		    0 },
		{ "'\U0001F44D\U0001F3FD' Backspace", "\U0001F44D", 4 },
		{ "'e\u0301x' Backspace Backspace", "", 0 },
		{ "Backspace Delete Left Right Ctrl-W Ctrl-K Ctrl-U", "", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct prompt p;

		prompt_init(&p, "> ", NULL, NULL);
		keys(&p, cases[i].keys);
		assert_string_equal(prompt_text(&p), cases[i].text);
		assert_int_equal(p.at, cases[i].at);
		prompt_release(&p);
	}
}

static void
test_results(void **state)
{
	struct prompt p;

	(void)state;
	prompt_init(&p, "> ", "text", NULL);
	assert_int_equal(p.at, 4);
	assert_int_equal(keys(&p, "Enter"), PROMPT_DONE);
	assert_int_equal(keys(&p, "Esc"), PROMPT_CANCELLED);
	assert_int_equal(keys(&p, "Ctrl-C"), PROMPT_CANCELLED);
	assert_int_equal(keys(&p, "Tab"), PROMPT_COMPLETE);
	assert_int_equal(keys(&p, "Left"), PROMPT_SAME);
	assert_int_equal(keys(&p, "'x'"), PROMPT_CHANGED);
	prompt_release(&p);
}

static void
test_history(void **state)
{
	struct strv h = STRV_INIT;
	struct prompt p;

	(void)state;
	strv_push(&h, "old");
	strv_push(&h, "new");
	prompt_init(&p, "> ", NULL, &h);
	keys(&p, "'mine' Up");
	assert_string_equal(prompt_text(&p), "new");
	keys(&p, "Up Up");
	assert_string_equal(prompt_text(&p), "old");
	keys(&p, "Down Down Down");
	assert_string_equal(prompt_text(&p), "mine");
	prompt_release(&p);
	strv_release(&h);
}

static void
test_completion(void **state)
{
	struct strv words = STRV_INIT;
	struct prompt p;

	(void)state;
	prompt_init(&p, "> ", "status:in", NULL);
	strv_push(&words, "in-progress");
	strv_push(&words, "in-review");
	prompt_complete(&p, prompt_word(&p, " :"), &words);
	assert_string_equal(prompt_text(&p), "status:in-");
	assert_int_equal(p.candidates.n, 2);
	keys(&p, "Tab");
	assert_string_equal(prompt_text(&p), "status:in-progress");
	keys(&p, "Tab");
	assert_string_equal(prompt_text(&p), "status:in-review");
	keys(&p, "S-Tab");
	assert_string_equal(prompt_text(&p), "status:in-progress");
	keys(&p, "'x'");
	assert_int_equal(p.candidates.n, 0);
	prompt_release(&p);

	/* What is common to Korean words ends between letters. */
	prompt_init(&p, "> ", "", NULL);
	strv_push(&words, "각");
	strv_push(&words, "갂");
	prompt_complete(&p, 0, &words);
	assert_string_equal(prompt_text(&p), "");
	prompt_release(&p);
}

/* Pasted text is text: no line ends, no control bytes, no end. */
static void
test_paste(void **state)
{
	struct prompt p;
	char *big = mem_alloc(100000);

	(void)state;
	prompt_init(&p, "> ", NULL, NULL);
	prompt_insert(&p, "a\r\nb\033[Ac\xFF", 9);
	assert_string_equal(prompt_text(&p), "a  b [Ac\xEF\xBF\xBD");
	memset(big, 'x', 100000);
	prompt_insert(&p, big, 100000);
	assert_int_equal(p.text.len, PROMPT_TEXT_MAX);
	prompt_release(&p);
	/* in whole characters */
	prompt_init(&p, "> ", NULL, NULL);
	for (size_t i = 0; i + 3 <= 99999; i += 3)
		memcpy(big + i, "\xED\x95\x9C", 3);
	prompt_insert(&p, big, 99999);
	assert_int_equal(p.text.len, PROMPT_TEXT_MAX / 3 * 3);
	free(big);
	prompt_release(&p);
}

/* The cursor stands on the cell where the next letter comes, always on the
 * screen. */
static void
test_cursor(void **state)
{
	struct canvas c = { 0 };
	struct area a;
	struct prompt p;

	(void)state;
	canvas_resize(&c, 1, 20);
	a = canvas_area(&c);
	prompt_init(&p, "f: ", "한글 x", NULL);
	prompt_draw(&p, &a, 0);
	assert_int_equal(c.cursor_x, 3 + 4 + 2);
	keys(&p, "Left Left Left");
	prompt_draw(&p, &a, 0);
	assert_int_equal(c.cursor_x, 3 + 2);
	keys(&p, "End '한글한글한글한글한글한글'");
	prompt_draw(&p, &a, 0);
	assert_in_range(c.cursor_x, 16, 19);
	prompt_release(&p);
	for (int cols = 1; cols < 12; cols++) {
		canvas_resize(&c, 1, cols);
		a = canvas_area(&c);
		prompt_init(&p, "긴 이름표: ", "한글\033x", NULL);
		prompt_draw(&p, &a, 0);
		assert_in_range(c.cursor_x, 0, cols - 1);
		prompt_release(&p);
	}
	canvas_release(&c);
}

static void
test_pager(void **state)
{
	struct pager p = { 0 };

	(void)state;
	for (int i = 0; i < 100; i++) {
		pager_line(&p, i);
		pager_printf(&p, ROLE_TEXT, "line %d%s", i,
		    i % 30 == 7 ? " Needle" : "");
	}
	pager_set_rows(&p, 10);
	pager_scroll(&p, -5);
	assert_int_equal(p.top, 0);
	pager_scroll(&p, 1000);
	assert_int_equal(p.top, 90);
	pager_to(&p, 0);
	assert_true(pager_find(&p, "nEEdle", 1));
	assert_int_equal(p.top, 7);
	assert_true(pager_find(&p, NULL, 1));
	assert_int_equal(p.top, 37);
	assert_true(pager_find(&p, NULL, 1));
	assert_true(pager_find(&p, NULL, 1));
	assert_int_equal(p.hit, 97);
	assert_true(pager_find(&p, NULL, 1));
	assert_int_equal(p.hit, 7);
	assert_true(pager_find(&p, NULL, -1));
	assert_int_equal(p.hit, 97);
	assert_false(pager_find(&p, "nothing", 1));
	pager_clear(&p);
	assert_false(pager_find(&p, "x", 1));
	pager_set_rows(&p, 0);
	pager_release(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_editing),
		cmocka_unit_test(test_results),
		cmocka_unit_test(test_history),
		cmocka_unit_test(test_completion),
		cmocka_unit_test(test_paste),
		cmocka_unit_test(test_cursor),
		cmocka_unit_test(test_pager),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
