/* What people edited in a section survives the next generation. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/strv.h"
#include "render/render.h"
#include "unit.h"

#define BASE \
	"# 1.2 (2026-01-02)\n\nSince 1.1.\n\n## Bug fixes\n\n" \
	"- **A-1** one\n- **A-2** two\n- **A-3** three\n"

static const struct render_place place = { .version = "1.2" };

/* Merges and compares; returns how many conflicts there were. */
static size_t
merged(const char *base, const char *file, const char *ours, const char *want)
{
	struct buf out = BUF_INIT, again = BUF_INIT;
	struct strv conflicts = STRV_INIT;
	struct err err = ERR_INIT;
	const size_t len = strlen(file);
	/* Exactly as long as it is: a sanitizer sees every byte beyond. */
	char *const text = mem_dup(file, len);
	bool found;
	size_t n;

	assert_int_equal(render_merge(text, len, &place, ours, base, &out,
			     &found, &conflicts, &err),
	    RC_OK);
	n = conflicts.n;
	if (strcmp(buf_str(&out), want) != 0)
		fail_msg("got:\n%s\nwant:\n%s", buf_str(&out), want);
	/* Once written, the new notes are the base: nothing happens again. */
	assert_int_equal(render_merge(out.ptr, out.len, &place, ours, ours,
			     &again, &found, &conflicts, &err),
	    RC_OK);
	assert_string_equal(buf_str(&again), want);
	assert_int_equal(conflicts.n, n);
	strv_release(&conflicts);
	buf_release(&again);
	buf_release(&out);
	free(text);
	return n;
}

/* A list stays tight where something new comes first. */
static void
test_first_of_a_list(void **state)
{
	static const char base[] =
	    "# 1.2\n\n## Bug fixes\n\n- **A-2** two\n- **A-3** three\n";
	static const char file[] =
	    "# 1.2\n\n## Bug fixes\n\n- **A-2** edited\n- **A-3** three\n";
	static const char ours[] = "# 1.2\n\n## Bug fixes\n\n- **A-1** one\n"
				   "- **A-2** two\n- **A-3** three\n";
	static const char want[] = "# 1.2\n\n## Bug fixes\n\n- **A-1** one\n"
				   "- **A-2** edited\n- **A-3** three\n";

	(void)state;
	assert_int_equal(merged(base, file, ours, want), 0);
}

static void
test_nothing_by_hand(void **state)
{
	static const char ours[] =
	    "# 1.2 (2026-02-02)\n\n## New\n\n- **A-4** n\n";

	(void)state;
	assert_int_equal(merged(BASE, BASE, BASE, BASE), 0);
	assert_int_equal(merged(BASE, BASE, ours, ours), 0);
	assert_int_equal(merged(BASE, "# Log\n\n" BASE "\n# 1.1\n- x\n", ours,
			     "# Log\n\n# 1.2 (2026-02-02)\n\n## New\n\n"
			     "- **A-4** n\n\n# 1.1\n- x\n"),
	    0);
}

static void
test_edits_survive(void **state)
{
	(void)state;
	/* An edited line, an added one, one taken out; a new ticket. */
	assert_int_equal(
	    merged(BASE,
		"# 1.2 (2026-01-02)\n\nSince 1.1.\n\nWith love.\n\n"
		"## Bug fixes\n\n- **A-1** uno\n- by hand\n- **A-3** three\n",
		BASE "- **A-4** four\n",
		"# 1.2 (2026-01-02)\n\nSince 1.1.\n\nWith love.\n\n"
		"## Bug fixes\n\n- **A-1** uno\n- by hand\n- **A-3** three\n"
		"- **A-4** four\n"),
	    0);
	/* Edited here, others changed and gone there. */
	assert_int_equal(
	    merged(BASE,
		"# 1.2 (2026-01-02)\n\nSince 1.1.\n\n## Bug fixes\n\n"
		"- **A-1** uno\n- **A-2** two\n- **A-3** three\n",
		"# 1.2 (2026-01-02)\n\nSince 1.1.\n\n## Bug fixes\n\n"
		"- **A-1** one\n- **A-3** THREE\n",
		"# 1.2 (2026-01-02)\n\nSince 1.1.\n\n## Bug fixes\n\n"
		"- **A-1** uno\n- **A-3** THREE\n"),
	    0);
	/* A heading in other words keeps what comes in below it. */
	assert_int_equal(
	    merged(BASE,
		"# 1.2 (2026-01-02)\n\nSince 1.1.\n\n## 고친 것\n\n"
		"- **A-1** one\n- **A-2** two\n- **A-3** three\n",
		BASE "- **A-4** four\n",
		"# 1.2 (2026-01-02)\n\nSince 1.1.\n\n## 고친 것\n\n"
		"- **A-1** one\n- **A-2** two\n- **A-3** three\n"
		"- **A-4** four\n"),
	    0);
	/* Moved by hand below another heading, then changed there. */
	assert_int_equal(merged(BASE,
			     "# 1.2 (2026-01-02)\n\nSince 1.1.\n\n## First\n\n"
			     "- **A-3** three\n\n## Bug fixes\n\n"
			     "- **A-1** one\n- **A-2** two\n",
			     "# 1.2 (2026-01-02)\n\nSince 1.1.\n\n## Bug "
			     "fixes\n\n"
			     "- **A-1** one\n- **A-2** two\n- **A-3** drei\n",
			     "# 1.2 (2026-01-02)\n\nSince 1.1.\n\n## First\n\n"
			     "- **A-3** drei\n\n## Bug fixes\n\n"
			     "- **A-1** one\n- **A-2** two\n"),
	    0);
}

static void
test_sections_come_and_go(void **state)
{
	(void)state;
	assert_int_equal(
	    merged(BASE,
		"# 1.2 (2026-01-02)\n\nSince 1.1.\n\n## Bug fixes\n\n"
		"- **A-1** uno\n- **A-2** two\n- **A-3** three\n",
		"# 1.2 (2026-01-02)\n\nSince 1.1.\n\n## New features\n\n"
		"- **A-3** three\n\n## Bug fixes\n\n- **A-1** one\n"
		"- **A-2** two\n\n## Tasks\n\n- **A-5** five\n",
		"# 1.2 (2026-01-02)\n\nSince 1.1.\n\n## New features\n\n"
		"- **A-3** three\n\n## Bug fixes\n\n- **A-1** uno\n"
		"- **A-2** two\n\n## Tasks\n\n- **A-5** five\n"),
	    0);
	assert_int_equal(
	    merged("# 1.2\n\n## New\n\n- **A-1** a\n\n## Old\n\n- **A-2** b\n",
		"# 1.2\n\nHi.\n\n## New\n\n- **A-1** a\n\n## Old\n\n"
		"- **A-2** b\n",
		"# 1.2\n\n## New\n\n- **A-1** a\n",
		"# 1.2\n\nHi.\n\n## New\n\n- **A-1** a\n"),
	    0);
	/* What people put below a heading keeps it. */
	assert_int_equal(
	    merged("# 1.2\n\n## New\n\n- **A-1** a\n\n## Old\n\n- **A-2** b\n",
		"# 1.2\n\n## New\n\n- **A-1** a\n\n## Old\n\n"
		"- **A-2** b\n- mine\n",
		"# 1.2\n\n## New\n\n- **A-1** a\n",
		"# 1.2\n\n## New\n\n- **A-1** a\n\n## Old\n\n- mine\n"),
	    0);
}

static void
test_conflicts(void **state)
{
	static const char head[] = "# 1.2\n\n## Fixes\n\n";
	char *const base = mem_printf("%s- **A-1** a\n- **A-2** b\n", head);
	char *const ours = mem_printf("%s- **A-1** x\n", head);
	char *const file = mem_printf("%s- **A-1** y\n- **A-2** z\n", head);
	char *const want = mem_printf(
	    "%s- **A-1** y\n"
	    "  <!-- conflict A-1: above as edited here, below as in the "
	    "tracker; keep one and delete this line -->\n"
	    "- **A-1** x\n"
	    "- **A-2** z\n"
	    "  <!-- conflict A-2: edited here, but the tracker lists it no "
	    "longer; delete it, or this line -->\n",
	    head);
	char *const later = mem_printf("%s- **A-1** w\n", head);
	char *const want2 = mem_printf(
	    "%s- **A-1** y\n"
	    "  <!-- conflict A-1: above as edited here, below as in the "
	    "tracker; keep one and delete this line -->\n"
	    "- **A-1** w\n"
	    "- **A-2** z\n"
	    "  <!-- conflict A-2: edited here, but the tracker lists it no "
	    "longer; delete it, or this line -->\n",
	    head);
	struct strv keys = STRV_INIT, marks = STRV_INIT;

	(void)state;
	assert_int_equal(merged(base, file, ours, want), 2);
	/* One that nobody has resolved is not doubled by the next. */
	assert_int_equal(merged(ours, want, later, want2), 1);
	render_section_keys(want2, strlen(want2), &keys, &marks);
	assert_int_equal(keys.n, 2);
	assert_int_equal(marks.n, 2);
	assert_string_equal(marks.v[0], "A-1");
	strv_release(&keys);
	strv_release(&marks);
	/* Taken out by hand and changed there: it stays out, and is told. */
	free(ours);
	assert_int_equal(merged(base, "# 1.2\n\n## Fixes\n\n- **A-2** b\n",
			     "# 1.2\n\n## Fixes\n\n- **A-1** x\n- **A-2** b\n",
			     "# 1.2\n\n## Fixes\n\n- **A-2** b\n"),
	    1);
	free(want2);
	free(later);
	free(want);
	free(file);
	free(base);
}

#define MARK(key) \
	"  <!-- conflict " key ": above as edited here, below as in the " \
	"tracker; keep one and delete this line -->\n"

/* What people wrote into a conflict that they have not resolved. */
static void
test_edits_of_a_conflict(void **state)
{
	(void)state;
	assert_int_equal(
	    merged("# 1.2\n\n- **A-1** a\n",
		"# 1.2\n\n- **A-1** mine\n" MARK("A-1") "- **A-1** a\n  - "
							"below\n",
		"# 1.2\n\n- **A-1** b\n",
		"# 1.2\n\n- **A-1** mine\n" MARK(
		    "A-1") "- **A-1** b\n- **A-1** a\n  - below\n"),
	    1);
	assert_int_equal(merged("# 1.2\n\n- **A-1** a\n",
			     "# 1.2\n\n- **A-1** mine\n" MARK(
				 "A-1") "  - behind\n- **A-1** a\n",
			     "# 1.2\n\n- **A-1** b\n",
			     "# 1.2\n\n- **A-1** mine\n  - behind\n" MARK(
				 "A-1") "- **A-1** b\n"),
	    1);
	/* A heading has one comment, the last. */
	assert_int_equal(
	    merged("# 1.2\n\n## F\n\n- **A-1** a\n",
		"# 1.2: mine\n"
		"<!-- conflict: the heading was edited here; the tracker has "
		"# 1.2 (1) -->\n\n## F\n\n- **A-1** a\n",
		"# 1.2 (2)\n\n## F\n\n- **A-1** a\n",
		"# 1.2: mine\n"
		"<!-- conflict: the heading was edited here; the tracker has "
		"# 1.2 (2) -->\n\n## F\n\n- **A-1** a\n"),
	    1);
}

static void
test_what_is_not_the_same(void **state)
{
	(void)state;
	/* Entry 2 was taken out; what stands in its place is another line. */
	assert_int_equal(merged("# 1.2\n\n- **A-1** a\n- **A-2** number 2.\n",
			     "# 1.2\n\n- **A-1** a\n- mine 2.\n",
			     "# 1.2\n\n- **A-1** a\n- **A-2** number 2!\n",
			     "# 1.2\n\n- **A-1** a\n- mine 2.\n"),
	    1);
	/* A heading in people's words stays, with nothing below it. */
	assert_int_equal(merged("# 1.2\n\n## F\n\n- **A-1** a\n\n## G\n\n- "
				"**A-2** b\n",
			     "# 1.2\n\n## F\n\n- **A-1** a\n\n## 내 것\n\n"
			     "- **A-2** b\n",
			     "# 1.2\n\n## F\n\n- **A-1** a\n",
			     "# 1.2\n\n## F\n\n- **A-1** a\n\n## 내 것\n"),
	    0);
}

/* People gave the section another name; "1.2 mine" is none of a version. */
static void
test_renamed(void **state)
{
	(void)state;
	assert_int_equal(
	    merged("# 1.2 (1)\n\n## Fixes\n\n- **A-1** a\n- **A-2** b\n",
		"# Log\n\n## 겨울 판\n\n### Fixes\n\n- **A-1** mine\n"
		"- **A-2** b\n\n## 1.1\n\n- **A-3** c\n",
		"# 1.2 (1)\n\n## Fixes\n\n- **A-1** a\n- **A-2** B\n",
		"# Log\n\n## 겨울 판\n\n### Fixes\n\n- **A-1** mine\n"
		"- **A-2** B\n\n## 1.1\n\n- **A-3** c\n"),
	    0);
	/* "Unreleased" became the version: the heading is the tracker's. */
	assert_int_equal(
	    merged("# Unreleased\n\n## Fixes\n\n- **A-1** a\n- **A-2** b\n",
		"# Log\n\n## [1.2]\n\n### Fixes\n\n- **A-1** mine\n"
		"- **A-2** b\n",
		"# 1.2 (1)\n\n## Fixes\n\n- **A-1** a\n- **A-2** B\n",
		"# Log\n\n## 1.2 (1)\n\n### Fixes\n\n- **A-1** mine\n"
		"- **A-2** B\n"),
	    0);
}

static void
nearest(const char *file, const char *const bases[], size_t n, size_t own,
    size_t want, const char *news)
{
	char *got = NULL;

	assert_int_equal(render_nearest(file, strlen(file), "1.2", bases, n,
			     own, &got),
	    want);
	if (news == NULL)
		assert_null(got);
	else
		assert_string_equal(got, news);
	free(got);
}

static void
test_nearest(void **state)
{
	static const char *const bases[] = {
		"# 1.2\n\n- **A-1** a\n- **A-2** b\n- **A-3** c\n",
		"# 1.2\n\n- **A-1** a\n- **A-2** b\n",
		"# 1.2\n\n- **A-1** a\n",
	};

	(void)state;
	nearest("# 1.2\n\n- **A-1** a\n- **A-2** b\n- **A-3** c\n", bases, 3, 3,
	    0, NULL);
	nearest("## 1.2\r\n- **A-2** b\r\n- **A-1** a\r\n", bases, 3, 3, 1,
	    "- **A-3** c");
	nearest("# 1.2\n\n- **A-1** a\n- mine\n", bases, 3, 3, 2,
	    "- **A-2** b");
	/* What only the newest has tells more than what is not there. */
	nearest("# 1.2\n\n- **A-3** c\n", bases, 3, 3, 0, NULL);
	/* No section, no bases, and those of another version. */
	nearest("# 1.1\n", bases, 3, 3, 0, NULL);
	nearest("# 1.2\n", bases, 0, 0, 0, NULL);
	nearest("# 1.2\n\n- **A-1** a\n- **A-2** b\n", bases, 3, 0, 1, NULL);
	nearest("# 1.2\n\n- something\n", bases, 3, 0, 3, NULL);
}

static void
test_parts_of_an_entry(void **state)
{
	(void)state;
	assert_int_equal(
	    merged("# 1.2\n\n- **A-1** a\n\n  Text.\n\n  More.\n",
		"# 1.2\n\n- **A-1** a!\n\n  Text.\n\n  More.\n",
		"# 1.2\n\n- **A-1** a\n\n  Text.\n\n  Much more.\n",
		"# 1.2\n\n- **A-1** a!\n\n  Text.\n\n  Much more.\n"),
	    0);
	assert_int_equal(
	    merged("# 1.2\n\n- x ([A-1])\n\n[A-1]: https://x/A-1\n",
		"# 1.2\n\n- y ([A-1])\n\n[A-1]: https://x/A-1\n",
		"# 1.2\n\n- x ([A-1])\n- z ([A-2])\n\n[A-1]: https://x/A-1\n"
		"[A-2]: https://x/A-2\n",
		"# 1.2\n\n- y ([A-1])\n- z ([A-2])\n\n[A-1]: https://x/A-1\n"
		"[A-2]: https://x/A-2\n"),
	    0);
}

static void
test_without_a_base(void **state)
{
	(void)state;
	assert_int_equal(
	    merged(NULL,
		"# 1.2\n\nDear all.\n\n## Fixes\n\n- **A-1** by hand\n"
		"- UTF-8 everywhere\n\n## Thanks\n\nTo you.\n",
		BASE,
		"# 1.2 (2026-01-02)\n\nSince 1.1.\n\nDear all.\n\n"
		"## Bug fixes\n\n"
		"- **A-1** one\n- **A-2** two\n- **A-3** three\n\n"
		"## Fixes\n\n- UTF-8 everywhere\n\n## Thanks\n\nTo you.\n"),
	    0);
	assert_int_equal(merged(NULL, BASE, BASE, BASE), 0);
	assert_int_equal(merged(NULL, "# 1.1\n", BASE, BASE "\n# 1.1\n"), 0);
}

#define CR "\r\n"

static void
test_line_ends(void **state)
{
	(void)state;
	assert_int_equal(merged("# 1.2\n\n## F\n\n- **A-1** a\n",
			     "# L" CR CR "## 1.2" CR CR "### F" CR CR
			     "- **A-1** 한글" CR CR "## 1.1" CR "- x\n",
			     "# 1.2\n\n## F\n\n- **A-1** a\n- **A-2** b\n",
			     "# L" CR CR "## 1.2" CR CR "### F" CR CR
			     "- **A-1** 한글" CR "- **A-2** b" CR CR "## 1.1" CR
			     "- x\n"),
	    0);
	assert_int_equal(merged("# 1.2\n\n- **A-1** a\n",
			     "# 1.2\n\n- **A-1** b",
			     "# 1.2\n\n- **A-1** a\n- **A-2** c\n",
			     "# 1.2\n\n- **A-1** b\n- **A-2** c"),
	    0);
}

static void
test_code_is_no_heading(void **state)
{
	(void)state;
	assert_int_equal(
	    merged("# 1.2\n\n## F\n\n- **A-1** a\n",
		"# 1.2\n\n```\n# 1.2\n- **A-1** x\n\n```\n\n## F\n\n"
		"- **A-1** a\n",
		"# 1.2\n\n## F\n\n- **A-1** b\n",
		"# 1.2\n\n```\n# 1.2\n- **A-1** x\n\n```\n\n## F\n\n"
		"- **A-1** b\n"),
	    0);
}

static void
diff(const char *a, const char *b, const char *want)
{
	struct buf out = BUF_INIT;

	render_diff(a, b, "a", "b", &out);
	assert_string_equal(buf_str(&out), want);
	buf_release(&out);
}

static void
test_diff(void **state)
{
	(void)state;
	diff("", "", "");
	diff("a\nb\n", "a\nb\n", "");
	diff("", "a\n", "--- a\n+++ b\n@@ -0,0 +1 @@\n+a\n");
	diff("a\nb\nc\n", "a\nx\nc\n",
	    "--- a\n+++ b\n@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n");
	diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n",
	    "x\n2\n3\n4\n5\n6\n7\n8\n9\ny\n",
	    "--- a\n+++ b\n@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n 4\n"
	    "@@ -7,4 +7,4 @@\n 7\n 8\n 9\n-10\n+y\n");
}

/* Texts with more differences than are looked for, and long ones. */
static void
test_large(void **state)
{
	struct buf a = BUF_INIT, b = BUF_INIT, out = BUF_INIT;
	struct strv conflicts = STRV_INIT;
	struct err err = ERR_INIT;
	bool found;

	(void)state;
	buf_puts(&a, "# 1.2\n\n");
	buf_puts(&b, "# 1.2\n\n");
	for (int i = 1; i <= 5000; i++) {
		buf_printf(&a, "- **A-%d** x\n", i);
		buf_printf(&b, "- **A-%d** %s\n", i, i == 2500 ? "y" : "z");
	}
	render_diff(buf_str(&a), buf_str(&b), "a", "b", &out);
	assert_true(out.len > a.len + b.len);
	buf_clear(&out);
	assert_int_equal(render_merge(a.ptr, a.len, &place, buf_str(&b), NULL,
			     &out, &found, &conflicts, &err),
	    RC_OK);
	assert_string_equal(buf_str(&out), buf_str(&b));
	strv_release(&conflicts);
	buf_release(&out);
	buf_release(&b);
	buf_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing_by_hand),
		cmocka_unit_test(test_first_of_a_list),
		cmocka_unit_test(test_edits_survive),
		cmocka_unit_test(test_sections_come_and_go),
		cmocka_unit_test(test_conflicts),
		cmocka_unit_test(test_edits_of_a_conflict),
		cmocka_unit_test(test_what_is_not_the_same),
		cmocka_unit_test(test_renamed),
		cmocka_unit_test(test_nearest),
		cmocka_unit_test(test_parts_of_an_entry),
		cmocka_unit_test(test_without_a_base),
		cmocka_unit_test(test_line_ends),
		cmocka_unit_test(test_code_is_no_heading),
		cmocka_unit_test(test_diff),
		cmocka_unit_test(test_large),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
