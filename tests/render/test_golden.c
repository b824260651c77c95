/*
 * Each style in each format and language as a file to compare with.  After a
 * change that is meant: NOTES_GOLDEN=write, then look at the diff.
 */
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "render/render.h"
#include "sample.h"
#include "unit.h"

#define GOLDEN "tests/render/golden/"

static void
compare(const char *name, const struct buf *got)
{
	struct buf want = BUF_INIT;
	struct err err = ERR_INIT;
	const char *const mode = getenv("NOTES_GOLDEN");
	char *const path = mem_printf(GOLDEN "%s", name);

	if (mode != NULL && strcmp(mode, "write") == 0)
		assert_int_equal(fs_write(path, got->ptr, got->len, 0644, &err),
		    RC_OK);
	if (fs_read(path, 0, &want, &err) != RC_OK)
		fail_msg("%s", err.msg);
	if (got->len != want.len ||
	    memcmp(buf_str(got), buf_str(&want), want.len) != 0)
		fail_msg("%s differs; got:\n%s", path, buf_str(got));
	free(path);
	buf_release(&want);
}

static void
render(const struct notes *n, struct render_options o, const char *name)
{
	struct buf out = BUF_INIT, again = BUF_INIT, team = BUF_INIT;
	struct err err = ERR_INIT;

	o.project = "Apache Maven";
	o.url = "https://issues.example/browse/{key}";
	o.with_description = true;
	if (o.style != NULL && strcmp(o.style, "template") == 0) {
		assert_int_equal(fs_read(GOLDEN "team.mustache", 0, &team,
				     &err),
		    RC_OK);
		o.template_text = buf_str(&team);
	}
	if (render_notes(n, &o, &out, &err) != RC_OK)
		fail_msg("%s: %s", name, err.msg);
	assert_int_equal(render_notes(n, &o, &again, &err), RC_OK);
	assert_string_equal(buf_str(&again), buf_str(&out));
	compare(name, &out);
	buf_release(&team);
	buf_release(&again);
	buf_release(&out);
}

static void
test_styles(void **state)
{
	static const enum render_format formats[] = {
		FORMAT_MARKDOWN,
		FORMAT_HTML,
		FORMAT_TEXT,
		FORMAT_MAN,
	};
	struct notes n;

	(void)state;
	sample_notes(&n);
	for (size_t s = 0; render_styles[s]->name != NULL; s++) {
		for (size_t f = 0; f < sizeof(formats) / sizeof(*formats);
		     f++) {
			for (int lang = 0; lang < LANG_N; lang++) {
				const struct render_options o = {
					.style = render_styles[s]->name,
					.format = formats[f],
					.lang = (enum render_lang)lang,
				};
				char *const name = mem_printf("%s.%s.%s",
				    o.style, render_lang_names[lang],
				    render_format_names[o.format]);

				render(&n, o, name);
				free(name);
			}
		}
	}
	notes_release(&n);
}

static void
test_formats_of_their_own(void **state)
{
	static const enum render_format formats[] = {
		FORMAT_JSON,
		FORMAT_HTML_FRAGMENT,
		FORMAT_DEBIAN,
		FORMAT_APPSTREAM,
	};
	struct notes n;

	(void)state;
	sample_notes(&n);
	for (size_t f = 0; f < sizeof(formats) / sizeof(*formats); f++) {
		for (int lang = 0; lang < LANG_N; lang++) {
			const struct render_options o = {
				.format = formats[f],
				.lang = (enum render_lang)lang,
			};
			char *const name = mem_printf("notes.%s.%s",
			    render_lang_names[lang],
			    render_format_names[o.format]);

			render(&n, o, name);
			free(name);
		}
	}
	notes_release(&n);
}

static void
test_by_build(void **state)
{
	struct render_options o = { .by_build = true };
	struct notes n;

	(void)state;
	sample_notes(&n);
	sample_builds(&n);
	render(&n, o, "by-build.en.md");
	o.style = "maven";
	o.lang = LANG_KO;
	render(&n, o, "by-build.ko.md");
	o.format = FORMAT_JSON;
	render(&n, o, "by-build.ko.json");
	notes_release(&n);
}

/* Named, joined, moved to the front; hostile; the rest as the style has it. */
static void
test_own_sections(void **state)
{
	static const struct render_section_name own[] = {
		{ SECTION_FIXES, "고친 것" },
		{ SECTION_SECURITY, NULL },
		{ SECTION_TASKS, "<b>Chores</b> *x*\n# y" },
		{ SECTION_FEATURES, "What's new" },
		{ SECTION_IMPROVEMENTS, "What's new" },
		{ SECTION_FIXES, "again" },
	};
	struct render_options o = {
		.sections = own,
		.n_sections = sizeof(own) / sizeof(*own),
	};
	struct notes n;

	(void)state;
	sample_notes(&n);
	render(&n, o, "sections.default.md");
	o.style = "keepachangelog";
	render(&n, o, "sections.keepachangelog.md");
	notes_release(&n);
}

/* tracker.compare, with a tag that needs care, with none, and unreleased. */
static void
test_compare(void **state)
{
	struct render_options o = {
		.style = "keepachangelog",
		.compare = "https://x.example/a(b)/{from}...{to}?{x}",
	};
	struct buf out = BUF_INIT;
	struct err err = ERR_INIT;
	struct notes n;

	(void)state;
	sample_notes(&n);
	n.tag = mem_strdup("v3.6.1) [x](y");
	n.previous_tag = mem_strdup("v3.6.0");
	render(&n, o, "compare.keepachangelog.md");
	o.format = FORMAT_HTML_FRAGMENT;
	render(&n, o, "compare.keepachangelog.html-fragment");
	notes_release(&n);

	notes_init(&n);
	n.version = mem_strdup("Unreleased");
	n.date = DATE_NONE;
	n.previous = mem_strdup("1.0");
	n.from = sample_oid(1);
	o.format = FORMAT_MARKDOWN;
	assert_int_equal(render_heading(&n, &o, &out, &err), RC_OK);
	assert_string_equal(buf_str(&out),
	    "## [Unreleased](https://x.example/a%28b%29/"
	    "25303b46515c67727d88939ea9b4bfcad5e0ebf6...HEAD?%7Bx%7D)\n");
	/* The first of all has nothing to be compared with. */
	free(n.previous);
	n.previous = NULL;
	buf_clear(&out);
	assert_int_equal(render_heading(&n, &o, &out, &err), RC_OK);
	assert_string_equal(buf_str(&out), "## [Unreleased]\n");
	buf_release(&out);
	notes_release(&n);
}

static void
test_yanked_and_empty(void **state)
{
	struct notes yanked, empty;

	(void)state;
	sample_notes(&yanked);
	yanked.state = RELEASE_YANKED;
	yanked.reason = mem_strdup("loses data\n# on *upgrade*");
	notes_init(&empty);
	empty.version = mem_strdup("Unreleased");
	empty.date = DATE_NONE;
	for (size_t s = 0; render_styles[s]->name != NULL; s++) {
		struct render_options o = { .style = render_styles[s]->name };
		char *name = mem_printf("yanked.%s.md", o.style);

		render(&yanked, o, name);
		free(name);
		name = mem_printf("empty.%s.md", o.style);
		o.lang = LANG_KO;
		render(&empty, o, name);
		free(name);
	}
	render(&empty, (struct render_options){ .format = FORMAT_JSON },
	    "empty.json");
	render(&empty, (struct render_options){ .format = FORMAT_DEBIAN },
	    "empty.debian");
	notes_release(&empty);
	notes_release(&yanked);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_styles),
		cmocka_unit_test(test_formats_of_their_own),
		cmocka_unit_test(test_by_build),
		cmocka_unit_test(test_own_sections),
		cmocka_unit_test(test_compare),
		cmocka_unit_test(test_yanked_and_empty),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	unsetenv("DEBFULLNAME");
	unsetenv("DEBEMAIL");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
