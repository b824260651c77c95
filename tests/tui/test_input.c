/* From bytes to keys, and Korean letters to the Latin keys under them. */
#include <locale.h>

#include "unit.h"

#include "tui/term/input.h"
#include "base/utf8.h"

/* All events of the bytes as words: key names, "paste:...", "click 3,4". */
static char *
decode(const char *bytes, size_t len, size_t chunk)
{
	struct input in = { 0 };
	struct input_event ev;
	struct buf out = BUF_INIT;
	char name[KEY_NAME_MAX];

	for (size_t i = 0; i < len || i == len; i += chunk) {
		size_t n = len - i < chunk ? len - i : chunk;
		bool last = i + chunk >= len;

		input_feed(&in, bytes + i, n);
		while (input_next(&in, false, &ev) ||
		    (last && input_next(&in, true, &ev))) {
			if (out.len > 0)
				buf_putc(&out, ' ');
			switch (ev.type) {
			case IN_KEY:
				key_label(&ev.key, name);
				buf_puts(&out, name);
				break;
			case IN_PASTE:
				buf_puts(&out, "paste:");
				buf_add(&out, ev.text, ev.len);
				break;
			case IN_CLICK:
				buf_printf(&out, "click:%d,%d", ev.y, ev.x);
				break;
			case IN_WHEEL:
				buf_printf(&out, "wheel:%d", ev.step);
				break;
			case IN_TONE:
				buf_puts(&out,
				    ev.tone == TONE_LIGHT ? "light" : "dark");
				break;
			case IN_WIDTH:
				buf_printf(&out, "width:%d", ev.step);
				break;
			case IN_ANSWERED:
				buf_puts(&out, "answered");
				break;
			}
		}
		if (last)
			break;
	}
	input_release(&in);
	return buf_detach(&out);
}

static const struct {
	const char *bytes, *want;
} cases[] = {
	{ "j", "j" },
	{ "한", "한" },
	{ "\r", "Enter" },
	{ "\t", "Tab" },
	{ "\177", "Backspace" },
	{ "\b", "Backspace" },
	{ " ", "Space" },
	{ "\003", "Ctrl-C" },
	{ "\022", "Ctrl-R" },
	{ "\032", "Ctrl-Z" },
	{ "\033", "Esc" },
	{ "\033\033", "Esc Esc" },
	{ "\033b", "Alt-b" },
	{ "\033[A", "Up" },
	{ "\033OA", "Up" },
	{ "\033[1;5C", "Ctrl-Right" },
	{ "\033[1;2A", "Shift-Up" },
	{ "\033[5~", "PgUp" },
	{ "\033[3~", "Delete" },
	{ "\033[Z", "S-Tab" },
	{ "\033[15~", "F5" },
	{ "\033OP", "F1" },
	{ "\033[11~", "F1" },
	{ "\033[[A", "F1" },
	{ "\033[7~", "Home" },
	{ "\033OF", "End" },
	{ "\033[3;5~", "Ctrl-Delete" },
	{ "\033[3^", "Ctrl-Delete" },
	{ "\033[99~x", "x" },
	{ "\033[1;2;3;4;5mx", "x" },
	{ "\033[?1;2cx", "answered x" },
	{ "\033[2;4R", "width:1" },
	{ "\033[2;5R", "width:2" },
	{ "\033[2;3R", "width:1" },
	{ "\033[2;6R", "width:0" },
	{ "\033[1;2R", "Shift-F3" },
	{ "\033P1$r0m\033\\x", "x" },
	{ "\033[200~a\033[A\rb\033[201~x", "paste:a\033[A\rb x" },
	{ "\033[200~\033[201~", "paste:" },
	/* Ctrl-C within is text, however it comes in pieces */
	{ "\033[200~ab\003Q\033[201~x", "paste:ab\003Q x" },
	{ "\033[<0;5;3M", "click:2,4" },
	{ "\033[<0;5;3m", "" },
	{ "\033[<0;300;200M", "click:199,299" },
	{ "\033[<64;1;1M", "wheel:-1" },
	{ "\033[<65;1;1M", "wheel:1" },
	{ "\033[<2;1;1M", "" },
	{ "\033[<0;0;0Mx", "x" },
	{ "\033[<0M", "" },
	{ "\033]11;rgb:ffff/ffff/ffff\033\\", "light" },
	{ "\033]11;rgb:1e/1e/2e\ax", "dark x" },
	{ "\033]11;rgb:\ax", "x" },
	{ "\033]52;c;aGk=\ax", "x" },
	{ "\377\376x", "x" },
	{ "\xED\x95", "" },
	{ "\033[", "Alt-[" },
	{ "\033O", "Alt-O" },
};

/* However the bytes come in pieces, the keys are the same. */
static void
test_decode(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t len = strlen(cases[i].bytes);

		for (size_t chunk = 1; chunk <= len; chunk++) {
			char *got = decode(cases[i].bytes, len, chunk);

			if (strcmp(got, cases[i].want) != 0)
				fail_msg("case %zu by %zu: \"%s\", not \"%s\"",
				    i, chunk, got, cases[i].want);
			free(got);
		}
	}
}

/* A paste without an end is ended by a Ctrl-C with nothing around it. */
static void
test_paste_astray(void **state)
{
	struct input in = { 0 };
	struct input_event ev;

	(void)state;
	input_feed(&in, "\033[200~ab\003Q", 10);
	assert_false(input_next(&in, false, &ev));
	assert_true(in.pasting);
	assert_false(input_pending(&in));
	input_feed(&in, "\003", 1);
	assert_false(input_next(&in, false, &ev));
	assert_true(input_pending(&in));
	/* More of it: it was pasted. */
	input_feed(&in, "\003x", 2);
	assert_false(input_next(&in, false, &ev));
	assert_false(input_pending(&in));
	/* Nothing came after it. */
	input_feed(&in, "\003", 1);
	assert_false(input_next(&in, false, &ev));
	assert_true(input_pending(&in));
	assert_false(input_next(&in, true, &ev));
	assert_false(in.pasting);
	input_feed(&in, "q", 1);
	assert_true(input_next(&in, false, &ev));
	assert_int_equal(ev.key.code, 'q');
	input_release(&in);
}

/* Random bytes end in no crash and no event that is none. */
static void
test_noise(void **state)
{
	unsigned seed = 7;
	char bytes[64];

	(void)state;
	for (int round = 0; round < 20000; round++) {
		size_t n = 1 + (size_t)rand_r(&seed) % sizeof(bytes);

		for (size_t i = 0; i < n; i++)
			bytes[i] = rand_r(&seed) % 3 == 0
			    ? "\033[]O<;0M~20\a\\"[rand_r(&seed) % 14]
			    : (char)rand_r(&seed);
		free(decode(bytes, n, 1 + (size_t)rand_r(&seed) % 7));
	}
}

static void
test_hangul(void **state)
{
	static const struct {
		const char *letter, *keys;
	} table[] = { { "ㅂ", "q" }, { "ㅈ", "w" }, { "ㄷ", "e" },
		{ "ㄱ", "r" }, { "ㅅ", "t" }, { "ㅛ", "y" }, { "ㅕ", "u" },
		{ "ㅑ", "i" }, { "ㅐ", "o" }, { "ㅔ", "p" }, { "ㅁ", "a" },
		{ "ㄴ", "s" }, { "ㅇ", "d" }, { "ㄹ", "f" }, { "ㅎ", "g" },
		{ "ㅗ", "h" }, { "ㅓ", "j" }, { "ㅏ", "k" }, { "ㅣ", "l" },
		{ "ㅋ", "z" }, { "ㅌ", "x" }, { "ㅊ", "c" }, { "ㅍ", "v" },
		{ "ㅠ", "b" }, { "ㅜ", "n" }, { "ㅡ", "m" }, { "ㅃ", "Q" },
		{ "ㅉ", "W" }, { "ㄸ", "E" }, { "ㄲ", "R" }, { "ㅆ", "T" },
		{ "ㅒ", "O" }, { "ㅖ", "P" }, { "ㅘ", "hk" }, { "ㅙ", "ho" },
		{ "ㅚ", "hl" }, { "ㅝ", "nj" }, { "ㅞ", "np" }, { "ㅟ", "nl" },
		{ "ㅢ", "ml" }, { "ㄳ", "rt" }, { "ㄵ", "sw" }, { "ㄶ", "sg" },
		{ "ㄺ", "fr" }, { "ㄻ", "fa" }, { "ㄼ", "fq" }, { "ㄽ", "ft" },
		{ "ㄾ", "fx" }, { "ㄿ", "fv" }, { "ㅀ", "fg" }, { "ㅄ", "qt" },
		{ "가", "rk" }, { "하", "gk" }, { "갉", "rkfr" },
		{ "힣", "glg" }, { "쀍", "Qnpfr" }, { "닭", "ekfr" },
		{ "값", "rkqt" }, { "의", "dml" }, { "a", "" }, { "漢", "" } };

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		uint32_t cp;
		char keys[8];

		utf8_decode(table[i].letter, strlen(table[i].letter), &cp);
		assert_int_equal(key_from_hangul(cp, keys),
		    strlen(table[i].keys));
		assert_string_equal(keys, table[i].keys);
	}
	for (uint32_t cp = 0xAC00; cp <= 0xD7A3; cp++) {
		char keys[8];
		size_t n = key_from_hangul(cp, keys);

		assert_in_range(n, 2, 7);
		assert_int_equal(n, strlen(keys));
	}
}

/* Names are read as they are written. */
static void
test_names(void **state)
{
	static const char *const names[] = { "j", "Space", "Ctrl-R", "Alt-b",
		"Down", "F12", "S-Tab", "Ctrl-Right", "한", "-", "Shift-Up" };
	struct key k;

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char name[KEY_NAME_MAX];

		assert_true(key_parse(names[i], strlen(names[i]), &k));
		key_label(&k, name);
		assert_string_equal(name, names[i]);
	}
	assert_false(key_parse("gg", 2, &k));
	assert_false(key_parse("", 0, &k));
	for (uint32_t cp = 1; cp < 0x110000; cp += 97) {
		char text[5];
		uint32_t back;
		size_t n;

		if (cp >= 0xD800 && cp < 0xE000)
			continue;
		n = key_encode(cp, text);
		assert_int_equal(n, strlen(text));
		assert_int_equal(utf8_decode(text, n, &back), n);
		assert_int_equal(back, cp);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_decode),
		cmocka_unit_test(test_paste_astray),
		cmocka_unit_test(test_noise),
		cmocka_unit_test(test_hangul),
		cmocka_unit_test(test_names),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
