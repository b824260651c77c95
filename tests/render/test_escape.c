/* Text through the Markdown writer and back through cmark is the same text. */
#include <cmark.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "render/doc.h"
#include "render/embed.h"
#include "render/format/format.h"
#include "render/format/md_escape.h"
#include "unit.h"

static uint64_t
next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* The text below node; fails on anything but text and code in a paragraph. */
static void
check_tree(cmark_node *doc, struct buf *text)
{
	cmark_node *const p = cmark_node_first_child(doc);

	if (p == NULL)
		return;
	assert_int_equal(cmark_node_get_type(p), CMARK_NODE_PARAGRAPH);
	assert_null(cmark_node_next(p));
	for (cmark_node *n = cmark_node_first_child(p); n != NULL;
	     n = cmark_node_next(n)) {
		const cmark_node_type t = cmark_node_get_type(n);

		if (t != CMARK_NODE_TEXT && t != CMARK_NODE_CODE)
			fail_msg("a %s", cmark_node_get_type_string(n));
		buf_puts(text, cmark_node_get_literal(n));
	}
}

static void
round_trip(const char *s)
{
	struct buf clean = BUF_INIT, md = BUF_INIT, back = BUF_INIT;
	cmark_node *const doc = doc_new();
	cmark_node *again;

	doc_clean(&clean, s, strlen(s));
	doc_user(doc_paragraph(doc), s);
	format_md_write(doc, &md);
	assert_ptr_equal(strchr(buf_str(&md), '\n'), md.ptr + md.len - 1);
	again = cmark_parse_document(buf_str(&md), md.len, 0);
	check_tree(again, &back);
	if (strcmp(buf_str(&clean), buf_str(&back)) != 0)
		fail_msg("\n in: %s\n md: %sout: %s", buf_str(&clean),
		    buf_str(&md), buf_str(&back));
	cmark_node_free(again);
	cmark_node_free(doc);
	buf_release(&back);
	buf_release(&md);
	buf_release(&clean);
}

static void
test_hostile_texts_come_back(void **state)
{
	static const char *const texts[] = {
		"snake_case_name",
		"#12",
		"C++",
		"List<String>",
		"*p = &x",
		"[link](x)",
		"<script>",
		"@user",
		"a | b",
		"1. x",
		"- x",
		"+ x",
		"====",
		"\\",
		"\\\\",
		"`",
		"``a`",
		"&amp;",
		"&#35;",
		"a\\",
		"a`",
		"![x](y)",
		"![",
		"!",
		"# x",
		"#",
		"####### x",
		"> x",
		">x",
		"---",
		"***",
		"___",
		"* * *",
		"- - -",
		"~~~",
		"```",
		"    code",
		"\tcode",
		"a\nb",
		"a  \nb",
		"1)",
		"12)",
		"1234567890. x",
		"<!-- x -->",
		"<?php ?>",
		"<a@b.c>",
		"<https://x.y>",
		"https://x.y",
		"www.x.y",
		":tada:",
		"std::vector::iterator",
		"10:30:15",
		"a@b.example",
		"@",
		"@ x",
		"x @",
		"a:key:b",
		"_a_",
		"__a__",
		"a_b_c",
		"_a b_",
		"한글_밑줄_",
		"_한글_",
		"\"_x_\"",
		"a*b*c",
		"2 * 3 * 4",
		"*",
		"**",
		"&",
		"&;",
		"&#;",
		"&#x;",
		"a & b",
		"[a]: b",
		"[^1]: x",
		"[ ] task",
		"[x] task",
		"|---|",
		"| a | b |",
		":-|-:",
		"$x$",
		"\xE2\x80\xAEx",
		"\xFF\xFE",
		"\x01\x1B[31m",
		"<b",
		"< b",
		"x:@a:y",
		"`@user`",
		"@a`b",
		"a`@b`c",
		"~@user",
		"://",
		"@@a",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		round_trip(texts[i]);
}

static void
test_random_texts_come_back(void **state)
{
	static const char *const parts[] = {
		"`",
		"``",
		"*",
		"**",
		"_",
		"__",
		"[",
		"]",
		"(",
		")",
		"<",
		">",
		"!",
		"&",
		";",
		"#",
		"\\",
		"-",
		"+",
		"=",
		"|",
		"~",
		":",
		"@",
		".",
		"1",
		"a",
		"B",
		" ",
		"  ",
		"\n",
		"\t",
		"한",
		"글",
		"é",
		"“",
		"\xC2\xA0",
		"$",
		"/",
		"\"",
		"'",
		"{",
		"}",
		"^",
		"www.",
		"http://",
		"&amp;",
		"amp;",
		"](x)",
		"<b>",
		"-->",
		"<!--",
		"mailto:",
		":a:",
		"@u",
		"1.",
		"\r",
		"\x7F",
		"\xE2\x80\x8B",
	};
	uint64_t rnd = UINT64_C(0x9E3779B97F4A7C15);

	(void)state;
	for (int i = 0; i < 60000; i++) {
		struct buf s = BUF_INIT;
		const size_t n = 1 + next_random(&rnd) % 9;

		for (size_t k = 0; k < n; k++)
			buf_puts(&s,
			    parts[next_random(&rnd) %
				(sizeof(parts) / sizeof(*parts))]);
		round_trip(buf_str(&s));
		buf_release(&s);
	}
}

static void
bare_text(cmark_node *node, struct buf *out)
{
	cmark_iter *const it = cmark_iter_new(node);
	cmark_event_type ev;

	while ((ev = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
		cmark_node *const n = cmark_iter_get_node(it);
		const cmark_node_type t = cmark_node_get_type(n);

		if (ev != CMARK_EVENT_ENTER ||
		    (t != CMARK_NODE_TEXT && t != CMARK_NODE_CODE &&
			t != CMARK_NODE_CODE_BLOCK))
			continue;
		for (const char *c = cmark_node_get_literal(n); *c != '\0'; c++)
			if (*c != ' ')
				buf_putc(out, *c);
	}
	cmark_iter_free(it);
}

/* A note's own Markdown keeps its text through the writer, too. */
static void
test_random_notes_come_back(void **state)
{
	static const char *const parts[] = {
		"*",
		"**",
		"***",
		"_",
		"__",
		"a",
		"b",
		" ",
		"\n",
		"\n\n",
		"(",
		")",
		".",
		"`",
		"```\n",
		"[x](http://y)",
		"![i](http://z)",
		"한",
		"\"",
		"- ",
		"> ",
		"1. ",
		"# ",
		"    ",
		"\\",
		"&amp;",
		"<b>",
		"~",
		"|",
		"@u",
		"*@u*",
		"&#45;",
		"&#10;",
	};
	uint64_t rnd = 7;

	(void)state;
	for (int i = 0; i < 40000; i++) {
		struct buf in = BUF_INIT, md = BUF_INIT;
		struct buf want = BUF_INIT, got = BUF_INIT;
		const size_t n = 1 + next_random(&rnd) % 10;
		cmark_node *doc, *again;

		for (size_t k = 0; k < n; k++)
			buf_puts(&in,
			    parts[next_random(&rnd) %
				(sizeof(parts) / sizeof(*parts))]);
		doc = embed_parse(buf_str(&in), in.len, EMBED_NOTES);
		bare_text(doc, &want);
		format_md_write(doc, &md);
		again = cmark_parse_document(buf_str(&md), md.len, 0);
		bare_text(again, &got);
		if (strcmp(buf_str(&want), buf_str(&got)) != 0)
			fail_msg("\n in: %s\n md: %s", buf_str(&in),
			    buf_str(&md));
		cmark_node_free(again);
		cmark_node_free(doc);
		buf_release(&in);
		buf_release(&md);
		buf_release(&want);
		buf_release(&got);
	}
}

static void
expect(const char *in, const char *out)
{
	struct buf md = BUF_INIT;

	md_escape(&md, in, strlen(in), MD_LINE_START | MD_LAST);
	assert_string_equal(buf_str(&md), out);
	buf_release(&md);
}

static void
test_nothing_is_escaped_without_need(void **state)
{
	(void)state;
	expect("snake_case_name", "snake_case_name");
	expect("fixes #12, C++ and a * b", "fixes #12, C++ and a * b");
	expect("AT&T, a < b > c", "AT&T, a < b > c");
	expect("C:\\path", "C:\\path");
	expect("3.6.1 (x) - y = z + w", "3.6.1 (x) - y = z + w");
	expect("1.2 is out", "1.2 is out");
	expect("-Werror", "-Werror");
	expect("$HOME costs", "$HOME costs");
	expect("List<String>", "List\\<String>");
	expect("*p = &x", "\\*p = &x");
	expect("[link](x)", "\\[link](x)");
	expect("- x", "\\- x");
	expect("1. x", "1\\. x");
}

static void
test_forges_find_no_names(void **state)
{
	(void)state;
	expect("thanks @user.", "thanks `@user`.");
	expect("(@user's)", "(`@user's`)");
	expect("안녕@user님", "안녕`@user`님");
	expect("mail a@b.example now", "mail `a@b.example` now");
	expect("see https://x.y/z, ok", "see `https://x.y/z`, ok");
	expect("so :tada: it", "so `:tada:` it");
	expect("at 10:30:15", "at 10:30:15");
	expect("a @ b", "a @ b");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hostile_texts_come_back),
		cmocka_unit_test(test_random_texts_come_back),
		cmocka_unit_test(test_random_notes_come_back),
		cmocka_unit_test(test_nothing_is_escaped_without_need),
		cmocka_unit_test(test_forges_find_no_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
