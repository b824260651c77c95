/* A version's section in a file: found, replaced, inserted; nothing else. */
#include <stdlib.h>
#include <string.h>

#include "render/update/heading.h"
#include "base/buf.h"
#include "base/mem.h"
#include "render/render.h"
#include "unit.h"

#define NEW "# 1.2.0 (2026-01-02)\n\n## Bug fixes\n\n- **A-1** x\n"

static void
update(const char *file, const char *version, const char *want, bool there)
{
	const struct render_place place = { version, strcmp };
	struct buf out = BUF_INIT, again = BUF_INIT;
	struct err err = ERR_INIT;
	bool found;

	assert_int_equal(render_update(file, strlen(file), &place, NEW, &out,
			     &found, &err),
	    RC_OK);
	assert_string_equal(buf_str(&out), want);
	assert_int_equal(found, there);
	assert_int_equal(render_update(buf_str(&out), out.len, &place, NEW,
			     &again, &found, &err),
	    RC_OK);
	assert_string_equal(buf_str(&again), want);
	assert_true(found);
	buf_release(&again);
	buf_release(&out);
}

static void
test_inserts(void **state)
{
	(void)state;
	update("", "1.2.0", NEW, false);
	update("# Changelog\n", "1.2.0",
	    "# Changelog\n\n## 1.2.0 (2026-01-02)\n\n### Bug fixes\n\n"
	    "- **A-1** x\n",
	    false);
	update("Intro", "1.2.0", "Intro\n\n" NEW, false);
	update("# 1.1.0\n\n- old\n", "1.2.0", NEW "\n# 1.1.0\n\n- old\n",
	    false);
	update("# Changelog\n\nIntro.\n\n## [Unreleased]\n\n- soon\n\n"
	       "## [1.1.0] - 2025-01-01\n- old\n\n[1.1.0]: https://x.y\n",
	    "1.2.0",
	    "# Changelog\n\nIntro.\n\n## [Unreleased]\n\n- soon\n\n"
	    "## 1.2.0 (2026-01-02)\n\n### Bug fixes\n\n- **A-1** x\n\n"
	    "## [1.1.0] - 2025-01-01\n- old\n\n[1.1.0]: https://x.y\n",
	    false);
	update("# Changelog\n\n## Unreleased\n- soon\n\n"
	       "[unreleased]: https://x.y\n",
	    "1.2.0",
	    "# Changelog\n\n## Unreleased\n- soon\n\n## 1.2.0 (2026-01-02)\n\n"
	    "### Bug fixes\n\n- **A-1** x\n\n[unreleased]: https://x.y\n",
	    false);
	update("# 1.1.0\n\n<a id=\"1.0\"></a>\n\n# 1.0.0\n", "1.2.0",
	    NEW "\n# 1.1.0\n\n<a id=\"1.0\"></a>\n\n# 1.0.0\n", false);
	update("<a id=\"1.1\"></a>\n\n# 1.1.0\n", "1.2.0",
	    NEW "\n<a id=\"1.1\"></a>\n\n# 1.1.0\n", false);
}

/* Among the versions that are there, whichever comes first. */
static void
test_inserts_by_order(void **state)
{
	static const char body[] = " (2026-01-02)\n\n### Bug fixes\n\n"
				   "- **A-1** x\n\n";
	char *want;

	(void)state;
	want = mem_printf("# Log\n\n## 1.3.0\n\n- c\n\n## 1.2.0%s"
			  "<a id=\"b\"></a>\n\n## 1.1.0\n\n- a\n",
	    body);
	update("# Log\n\n## 1.3.0\n\n- c\n\n<a id=\"b\"></a>\n\n"
	       "## 1.1.0\n\n- a\n",
	    "1.2.0", want, false);
	free(want);
	want = mem_printf("## 1.4.0\n- d\n\n## 1.3.0\n- c\n\n## 1.2.0%s", body);
	want[strlen(want) - 1] = '\0';
	update("## 1.4.0\n- d\n\n## 1.3.0\n- c\n", "1.2.0", want, false);
	free(want);
	/* Oldest first. */
	want = mem_printf("## 1.0.0\n- a\n\n## 1.1.0\n- b\n\n## 1.2.0%s"
			  "[1.0.0]: https://x.y\n",
	    body);
	update("## 1.0.0\n- a\n\n## 1.1.0\n- b\n\n"
	       "[1.0.0]: https://x.y\n",
	    "1.2.0", want, false);
	free(want);
	want = mem_printf("## 1.0.0\n- a\n\n## 1.2.0%s## 1.3.0\n- b\n", body);
	update("## 1.0.0\n- a\n\n## 1.3.0\n- b\n", "1.2.0", want, false);
	free(want);
}

static void
test_replaces(void **state)
{
	(void)state;
	update("# 1.2.0\n", "1.2.0", NEW, true);
	update("Title\n=====\n\n1.2.0\n-----\n* a\n\n\n1.1.0\n-----\n* b\n",
	    "1.2.0",
	    "Title\n=====\n\n## 1.2.0 (2026-01-02)\n\n### Bug fixes\n\n"
	    "- **A-1** x\n\n\n1.1.0\n-----\n* b\n",
	    true);
	update("# 1.2.0\n\n- old\n\n---\n\n# 1.1.0\n", "1.2.0",
	    NEW "\n---\n\n# 1.1.0\n", true);
	update("# 1.2.0\n\n- old\n\n<a name=\"x\"></a>\n\n# 1.1.0\n", "1.2.0",
	    NEW "\n<a name=\"x\"></a>\n\n# 1.1.0\n", true);
	update("# 1.2.0\n- old\n# 1.1.0\n", "1.2.0", NEW "# 1.1.0\n", true);
	update("## 1.2.0\n### 1.1.9 (2020)\n- keep\n", "1.2.0",
	    "## 1.2.0 (2026-01-02)\n\n### Bug fixes\n\n- **A-1** x\n"
	    "### 1.1.9 (2020)\n- keep\n",
	    true);
	update("# 1.2.0\n\n- a\n\n[1.2.0]: https://x.y\n"
	       "[Unreleased]: https://x.z\n",
	    "1.2.0", NEW "\n[1.2.0]: https://x.y\n[Unreleased]: https://x.z\n",
	    true);
	update("# 1.2.0\n\n## Build 57 (2026-01-01)\n- a\n\n# 1.1.0\n", "1.2.0",
	    NEW "\n# 1.1.0\n", true);
}

static void
test_a_heading_in_code_is_none(void **state)
{
	(void)state;
	update("# 1.1.0\n\n```\n# 1.2.0\n```\n\n    # 1.2.0\n\n"
	       "<!--\n# 1.2.0\n-->\n\n> # 1.2.0\n\n- # 1.2.0\n",
	    "1.2.0",
	    NEW "\n# 1.1.0\n\n```\n# 1.2.0\n```\n\n    # 1.2.0\n\n"
		"<!--\n# 1.2.0\n-->\n\n> # 1.2.0\n\n- # 1.2.0\n",
	    false);
}

#define CR "\r\n"

static void
test_line_ends_stay(void **state)
{
	const struct render_place place = { .version = "1.2.0" };
	struct buf out = BUF_INIT;
	struct err err = ERR_INIT;
	static const char file[] = "\xEF\xBB\xBF# 1.2.0";
	bool found;

	(void)state;
	update("# T" CR CR "## 1.1.0" CR "- a" CR, "1.2.0",
	    "# T" CR CR "## 1.2.0 (2026-01-02)" CR CR "### Bug fixes" CR CR
	    "- **A-1** x" CR CR "## 1.1.0" CR "- a" CR,
	    false);
	update("# 1.2.0" CR CR "- a" CR CR "# 1.1.0" CR "- a" CR, "1.2.0",
	    "# 1.2.0 (2026-01-02)" CR CR "## Bug fixes" CR CR
	    "- **A-1** x" CR CR "# 1.1.0" CR "- a" CR,
	    true);
	/* No newline at the end stays none; a byte order mark stays. */
	assert_int_equal(render_update(file, strlen(file), &place, "# 1.2.0\n",
			     &out, &found, &err),
	    RC_OK);
	assert_string_equal(buf_str(&out), file);
	buf_release(&out);
}

static void
test_kinds(void **state)
{
	static const struct {
		const char *text, *want;
		enum heading_kind kind;
	} cases[] = {
		{ "1.2", "1.2", HEADING_WANTED },
		{ "v1.2", "1.2", HEADING_WANTED },
		{ "1.2", "v1.2", HEADING_WANTED },
		{ "[1.2](https://x/1.1...1.2) (2020-01-01)", "1.2",
		    HEADING_WANTED },
		{ "[1.2] - 2020-01-01 [YANKED]", "1.2", HEADING_WANTED },
		{ "**1.2** / 2020-01-01", "1.2", HEADING_WANTED },
		{ "`1.2`", "1.2", HEADING_WANTED },
		{ "Version 1.2:", "1.2", HEADING_WANTED },
		{ "Apache Maven 1.2", "1.2", HEADING_WANTED },
		{ "Release Notes - Maven - Version 1.2", "1.2",
		    HEADING_WANTED },
		{ "릴리스 노트 - 메이븐 - 버전 1.2", "1.2", HEADING_WANTED },
		{ "1.2 – 봄 (2020-01-01)", "1.2", HEADING_WANTED },
		{ "<a name=\"1.1\"></a>1.2", "1.2", HEADING_WANTED },
		{ "1.2.1", "1.2", HEADING_VERSION },
		{ "11.2", "1.2", HEADING_VERSION },
		{ "1.2-rc1", "1.2", HEADING_VERSION },
		{ "1.2+5", "1.2", HEADING_VERSION },
		{ "1.1", "1.2", HEADING_VERSION },
		{ "1.2-rc\\_1", "1.2-rc_1", HEADING_WANTED },
		{ "Upgrading from 1.2", "1.2", HEADING_OTHER },
		{ "1.2 compatibility", "1.2", HEADING_OTHER },
		{ "3 ways to win", "1.2", HEADING_OTHER },
		{ "Bug fixes", "1.2", HEADING_OTHER },
		{ "Build 57 (2020-01-01)", "57", HEADING_OTHER },
		{ "", "1.2", HEADING_OTHER },
		{ "Unreleased", "1.2", HEADING_UNRELEASED },
		{ "[Unreleased]", "Unreleased", HEADING_WANTED },
		{ "미출시", "Unreleased", HEADING_WANTED },
		{ "Unreleased", NULL, HEADING_UNRELEASED },
		{ "봄맞이", "봄맞이", HEADING_WANTED },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const enum heading_kind k = heading_kind(cases[i].text,
		    strlen(cases[i].text), cases[i].want, NULL);

		if (k != cases[i].kind)
			fail_msg("\"%s\" and \"%s\": %d", cases[i].text,
			    cases[i].want == NULL ? "" : cases[i].want, (int)k);
	}
}

static void
section(const char *text, const char *version, const char *want)
{
	size_t start = 0, end = 0;
	const size_t len = strlen(text);
	/* Exactly as long as it is: a sanitizer sees every byte beyond. */
	char *const file = mem_dup(text, len);

	if (want == NULL) {
		assert_false(render_section(file, len, version, &start, &end));
		free(file);
		return;
	}
	assert_true(render_section(file, len, version, &start, &end));
	assert_int_equal(end - start, strlen(want));
	assert_memory_equal(file + start, want, end - start);
	free(file);
}

static void
test_sections(void **state)
{
	(void)state;
	section("", "1.2", NULL);
	section("# 1.1\n", "1.2", NULL);
	section("x\n\n# 1.2\n\n- a\n \n\n# 1.1\n", "1.2", "# 1.2\n\n- a\n");
	section("# 1.2", "1.2", "# 1.2");
	section("# 1.2\n\n\n", "1.2", "# 1.2\n");
	section("## 1.2\na\n# Old\n", "1.2", "## 1.2\na\n");
	/* The higher heading is the version's, whichever comes first. */
	section("# 1.3\n\n### 1.2\n\n# 1.2\nx\n", "1.2", "# 1.2\nx\n");
	section("1.2\n===\nx\n", "1.2", "1.2\n===\nx\n");
	/* Files that end in the middle of what is looked for. */
	section("# 1.2\n\n[1.1]", "1.2", "# 1.2\n\n[1.1]");
	section("# 1.2\n\n<a ", "1.2", "# 1.2\n\n<a ");
}

/* Bytes around the section survive whatever they are. */
static void
test_other_bytes_survive(void **state)
{
	static const char tail[] = "\n\n# 1.2.0\n\nold\n\n# 1.1\n\xFF\n";
	char file[256 + sizeof(tail)];
	const struct render_place place = { .version = "1.2.0" };
	struct buf out = BUF_INIT;
	struct err err = ERR_INIT;
	bool found;
	size_t n = 0;

	(void)state;
	for (int i = 0; i < 256; i++)
		file[n++] = (char)i;
	memcpy(file + n, tail, sizeof(tail) - 1);
	n += sizeof(tail) - 1;
	assert_int_equal(render_update(file, n, &place, "# 1.2.0\n\nnew\n",
			     &out, &found, &err),
	    RC_OK);
	assert_true(found);
	assert_int_equal(out.len, n);
	assert_memory_equal(out.ptr, file, 258 + 9);
	assert_memory_equal(out.ptr + 258, "# 1.2.0\n\nnew\n\n# 1.1\n\xFF\n",
	    out.len - 258);
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_inserts),
		cmocka_unit_test(test_inserts_by_order),
		cmocka_unit_test(test_replaces),
		cmocka_unit_test(test_a_heading_in_code_is_none),
		cmocka_unit_test(test_line_ends_stay),
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_sections),
		cmocka_unit_test(test_other_bytes_survive),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
