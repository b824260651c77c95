/* Formats: what other programs say of them, links, the policy, the contract. */
#include <cmark.h>
#include <locale.h>
#include <string.h>

#include "render/format/format_html.h"
#include "base/fs.h"
#include "base/json.h"
#include "base/utf8.h"
#include "render/render.h"
#include "sample.h"
#include "unit.h"

static void
render(const struct notes *n, struct render_options o, struct buf *out)
{
	struct err err = ERR_INIT;

	buf_clear(out);
	if (render_notes(n, &o, out, &err) != RC_OK)
		fail_msg("%s", err.msg);
	assert_true(utf8_valid(out->ptr, out->len));
}

/* True when the program is there and was run; its status and words. */
static bool
run(const char *const argv[], const char *in, size_t len, int *status,
    struct buf *out)
{
	struct err err = ERR_INIT;

	buf_clear(out);
	return fs_run(argv, NULL, NULL, in, len, out, out, status, &err) ==
	    RC_OK &&
	    *status != 127;
}

static void
test_names(void **state)
{
	(void)state;
	for (int i = 0; i < FORMAT_N; i++)
		assert_int_equal(render_format_find(render_format_names[i]), i);
	assert_null(render_format_names[FORMAT_N]);
	assert_int_equal(render_format_find("pdf"), FORMAT_N);
	assert_int_equal(render_lang_find("ko"), LANG_KO);
	assert_int_equal(render_lang_find("fr"), LANG_N);
	assert_true(render_style_exists("maven"));
	assert_false(render_style_exists("none"));
	assert_string_equal(render_styles[0]->name, "default");
}

static void
test_bad_options_are_named(void **state)
{
	struct render_options o = { .style = "none" };
	struct buf out = BUF_INIT;
	struct err err = ERR_INIT;
	struct notes n;

	(void)state;
	sample_notes(&n);
	assert_int_equal(render_notes(&n, &o, &out, &err), RC_USAGE);
	assert_non_null(strstr(err.msg, "\"none\""));
	o = (struct render_options){ .format = FORMAT_N };
	assert_int_equal(render_notes(&n, &o, &out, &err), RC_USAGE);
	o = (struct render_options){ .lang = LANG_N };
	assert_int_equal(render_notes(&n, &o, &out, &err), RC_USAGE);
	assert_int_equal(out.len, 0);
	buf_release(&out);
	notes_release(&n);
}

static void
test_policy_names_the_style_sheet(void **state)
{
	static const char *const argv[] = {
		"openssl",
		"dgst",
		"-sha256",
		"-binary",
		NULL,
	};
	static const char *const base64[] = { "base64", NULL };
	struct buf digest = BUF_INIT, text = BUF_INIT;
	int status = 0;

	(void)state;
	if (!run(argv, format_html_style, strlen(format_html_style), &status,
		&digest) ||
	    !run(base64, digest.ptr, digest.len, &status, &text))
		skip();
	buf_truncate(&text, text.len - 1);
	assert_string_equal(buf_str(&text), format_html_hash + 7);
	buf_release(&text);
	buf_release(&digest);
}

static void
test_html_is_inert(void **state)
{
	struct buf out = BUF_INIT;
	struct notes n;

	(void)state;
	sample_notes(&n);
	for (size_t s = 0; s < 5; s++) {
		render(&n,
		    (struct render_options){
			.style = render_styles[s]->name,
			.format = FORMAT_HTML,
			.lang = LANG_KO,
			.project = "<b>&\"x\"",
			.url = "javascript:alert('{key}')",
		    },
		    &out);
		assert_null(strstr(buf_str(&out), "<script"));
		assert_null(strstr(buf_str(&out), "href=\"javascript"));
		assert_null(strstr(buf_str(&out), "<b>"));
		assert_non_null(strstr(buf_str(&out), "default-src 'none'"));
		assert_non_null(strstr(buf_str(&out), "<html lang=\"ko\">"));
		assert_non_null(strstr(buf_str(&out), "&lt;b&gt;&amp;"));
	}
	buf_release(&out);
	notes_release(&n);
}

static void
test_text_fits_72_columns(void **state)
{
	struct buf out = BUF_INIT;
	struct notes n;

	(void)state;
	sample_notes(&n);
	for (size_t s = 0; s < 5; s++) {
		render(&n,
		    (struct render_options){
			.style = render_styles[s]->name,
			.format = FORMAT_TEXT,
		    },
		    &out);
		for (const char *p = buf_str(&out); *p != '\0';) {
			const size_t len = strcspn(p, "\n");

			assert_true(utf8_width(p, len) <= 72);
			assert_true(len == 0 || p[len - 1] != ' ');
			p += len + 1;
		}
	}
	buf_release(&out);
	notes_release(&n);
}

/* A list behind code is not part of it. */
static void
test_text_tells_blocks_apart(void **state)
{
	struct buf out = BUF_INIT;
	struct notes n;

	(void)state;
	notes_init(&n);
	n.version = mem_strdup("1.0");
	n.date = DATE_NONE;
	sample_entry(&n.sections[SECTION_FIXES], "A-1", "bug", "s",
	    "One:\n- in\n\n```\ncode\n```\n\n- 둘\n\n> quote\n\n1. three\n");
	render(&n,
	    (struct render_options){ .style = "keepachangelog",
		.format = FORMAT_TEXT },
	    &out);
	assert_non_null(strstr(buf_str(&out),
	    "- One: (A-1)\n  - in\n\n      code\n\n  - 둘\n\n  > quote\n\n"
	    "  1. three\n"));
	buf_release(&out);
	notes_release(&n);
}

/* A line is an item: no text of others begins or ends one. */
static void
test_one_entry_is_one_line(void **state)
{
	struct buf out = BUF_INIT;
	struct notes n;

	(void)state;
	notes_init(&n);
	n.version = mem_strdup("1.0");
	n.date = DATE_NONE;
	sample_entry(&n.sections[SECTION_FIXES], "A-1", "bug",
	    "a\n\n# b\r\n- c\n```\n<!--\x0B\x0C", NULL);
	sample_entry(&n.sections[SECTION_FIXES], "A-2", "bug", "", NULL);
	sample_entry(&n.sections[SECTION_FIXES], "A-3", "bug", " \n ", " \n");
	render(&n, (struct render_options){ .lang = LANG_EN }, &out);
	assert_string_equal(buf_str(&out),
	    "# 1.0\n\n## Bug fixes\n\n"
	    "- **A-1** a # b - c \\`\\`\\` \\<!--\n- **A-2** \n- **A-3** \n");
	buf_release(&out);
	notes_release(&n);
}

/* An empty list below a line must not underline it. */
static void
test_a_note_makes_no_heading(void **state)
{
	static const char *const notes_of[] = {
		"a\n\n*\n",
		"a\n\n* &#32;\n",
		"a\n\n1.\n",
		"a\n\n- - b\n",
		"a\n\n***\n",
		"a\n\n# b\n",
		"a\\\n===\n",
		"a\n\n> \n",
		"&#45;\n",
		"a&#10;---",
	};
	struct buf out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(notes_of) / sizeof(*notes_of); i++) {
		struct notes n;
		char *html;

		notes_init(&n);
		n.version = mem_strdup("1.0");
		n.date = DATE_NONE;
		sample_entry(&n.sections[SECTION_FIXES], "A-1", "bug", "s",
		    notes_of[i]);
		render(&n, (struct render_options){ .url = "https://x/{key}" },
		    &out);
		html = cmark_markdown_to_html(buf_str(&out), out.len, 0);
		assert_non_null(strstr(html, "<h2>Bug fixes</h2>"));
		if (strstr(strstr(html, "Bug fixes</h2>") + 14, "<h") != NULL &&
		    strstr(html, "<hr") == NULL)
			fail_msg("%s", buf_str(&out));
		free(html);
		notes_release(&n);
	}
	buf_release(&out);
}

static void
test_other_programs_accept_them(void **state)
{
	static const char *const mandoc[] = {
		"mandoc",
		"-Tlint",
		"-Wwarning",
		NULL,
	};
	static const char *const man[] = {
		"groff",
		"-man",
		"-ww",
		"-Tutf8",
		"-Kutf8",
		"-z",
		NULL,
	};
	static const char *const xml[] = { "xmllint", "--noout", "-", NULL };
	static const char *const debian[] = {
		"dpkg-parsechangelog",
		"-l-",
		NULL,
	};
	static const struct {
		enum render_format format;
		const char *const *argv;
	} checks[] = {
		{ FORMAT_MAN, mandoc },
		{ FORMAT_MAN, man },
		{ FORMAT_APPSTREAM, xml },
		{ FORMAT_DEBIAN, debian },
	};
	struct buf out = BUF_INIT, words = BUF_INIT;
	struct notes n;

	(void)state;
	sample_notes(&n);
	for (size_t i = 0; i < sizeof(checks) / sizeof(*checks); i++) {
		for (size_t s = 0; s < 5; s++) {
			int status = 0;

			render(&n,
			    (struct render_options){
				.style = render_styles[s]->name,
				.format = checks[i].format,
				.project = "Apache 메이븐",
			    },
			    &out);
			if (!run(checks[i].argv, out.ptr, out.len, &status,
				&words))
				continue;
			if (status != 0 || strstr(buf_str(&words), "arning"))
				fail_msg("%s: %s", checks[i].argv[0],
				    buf_str(&words));
		}
	}
	buf_release(&words);
	buf_release(&out);
	notes_release(&n);
}

static void
test_json_keeps_its_contract(void **state)
{
	static const char *const keys[] = {
		"version",
		"date",
		"build",
		"previous",
		"from",
		"to",
		"commits",
		"sections",
		"warnings",
		"unlinked",
		"state",
		"title",
	};
	static const char *const entry_keys[] = {
		"key",
		"type",
		"summary",
		"note",
		"commits",
		"also_in",
	};
	struct buf out = BUF_INIT;
	struct err err = ERR_INIT;
	const char *key;
	struct notes n;
	json_t *root, *value, *entry;
	size_t i = 0;

	(void)state;
	sample_notes(&n);
	render(&n, (struct render_options){ .format = FORMAT_JSON }, &out);
	assert_int_equal(json_parse(out.ptr, out.len, &root, &err), RC_OK);
	json_object_foreach(root, key, value)
	{
		if (i < sizeof(keys) / sizeof(*keys))
			assert_string_equal(key, keys[i]);
		i++;
	}
	assert_string_equal(json_get_text(root, "date"), "2019-04-04");
	assert_int_equal(json_get_int(root, "commits", 0), 56);
	value = json_object_get(root, "sections");
	assert_int_equal(json_array_size(value), SECTION_N);
	entry =
	    json_array_get(json_object_get(json_array_get(value, 0), "entries"),
		1);
	i = 0;
	json_object_foreach(entry, key, value)
	{
		if (i < sizeof(entry_keys) / sizeof(*entry_keys))
			assert_string_equal(key, entry_keys[i]);
		i++;
	}
	assert_int_equal(json_array_size(json_object_get(entry, "also_in")), 2);
	json_decref(root);
	buf_release(&out);
	notes_release(&n);
}

static void
test_debian_versions(void **state)
{
	static const char *const cases[][2] = {
		{ "3.6.1", "project (3.6.1) " },
		{ "v1.0-rc1", "project (1.0~rc1) " },
		{ "release 7", "project (0~release.7) " },
		{ "1.0_2", "project (1.0.2) " },
		{ "Unreleased", "project (0~unreleased) " },
	};
	struct buf out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct notes n;

		notes_init(&n);
		n.version = mem_strdup(cases[i][0]);
		n.date = DATE_NONE;
		render(&n, (struct render_options){ .format = FORMAT_DEBIAN },
		    &out);
		assert_memory_equal(buf_str(&out), cases[i][1],
		    strlen(cases[i][1]));
		notes_release(&n);
	}
	buf_release(&out);
}

/* What is written into a file is found there again, in every style. */
static void
test_every_heading_is_found_again(void **state)
{
	const struct render_place place = { .version = "3.6.1" };
	struct buf out = BUF_INIT, file = BUF_INIT;
	struct err err = ERR_INIT;
	struct notes n;
	bool found;

	(void)state;
	sample_notes(&n);
	sample_builds(&n);
	for (size_t s = 0; s < 5; s++) {
		for (int lang = 0; lang < LANG_N; lang++) {
			const struct render_options o = {
				.style = render_styles[s]->name,
				.lang = (enum render_lang)lang,
				.project = "Apache Maven",
				.url = "https://x.y/{key}",
				.by_build = lang == 1,
			};

			render(&n, o, &out);
			buf_puts(&out, "\n# 3.6.0\n\n- old\n");
			buf_clear(&file);
			assert_int_equal(render_update(buf_str(&out), out.len,
					     &place, "# 3.6.1\n\n- new\n",
					     &file, &found, &err),
			    RC_OK);
			assert_true(found);
			if (strstr(buf_str(&file),
				"# 3.6.1\n\n- new\n\n# 3.6.0\n\n- old\n") ==
			    NULL)
				fail_msg("%s: %s", o.style, buf_str(&file));
		}
	}
	buf_release(&file);
	buf_release(&out);
	notes_release(&n);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_bad_options_are_named),
		cmocka_unit_test(test_policy_names_the_style_sheet),
		cmocka_unit_test(test_html_is_inert),
		cmocka_unit_test(test_text_fits_72_columns),
		cmocka_unit_test(test_text_tells_blocks_apart),
		cmocka_unit_test(test_one_entry_is_one_line),
		cmocka_unit_test(test_a_note_makes_no_heading),
		cmocka_unit_test(test_other_programs_accept_them),
		cmocka_unit_test(test_json_keeps_its_contract),
		cmocka_unit_test(test_debian_versions),
		cmocka_unit_test(test_every_heading_is_found_again),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
