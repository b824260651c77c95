#include "message.h"

#include "message/revert.h"

/* "whole ids=a,b picked=c merge [subject]" */
static char *
describe(const char *message)
{
	static const char *const kinds[] = { "none", "whole", "partial",
		"reapply" };
	struct buf b = BUF_INIT;
	struct revert r;
	char *exact = test_exact(message, strlen(message));

	revert_parse(exact, strlen(message), &r);
	buf_puts(&b, kinds[r.kind]);
	for (size_t i = 0; i < r.ids.n; i++)
		buf_printf(&b, "%s%s", i == 0 ? " ids=" : ",", r.ids.v[i]);
	for (size_t i = 0; i < r.picked.n; i++)
		buf_printf(&b, "%s%s", i == 0 ? " picked=" : ",",
		    r.picked.v[i]);
	if (r.of_merge)
		buf_puts(&b, " merge");
	if (r.subject != NULL)
		buf_printf(&b, " [%s]", r.subject);
	revert_release(&r);
	free(exact);
	return buf_detach(&b);
}

#define ID "c1f63de69cba9f711532ee5cf459db43ba021f97"

static const struct {
	const char *message;
	const char *want;
} rows[] = {
	/* git's own. */
	{ "Revert \"[A-1] x\"\n\nThis reverts commit " ID ".",
	    "whole ids=" ID " [[A-1] x]" },
	{ "Revert \"x\"\n\nThis reverts commit " ID ", reversing\nchanges "
	  "made to 1234567890123456789012345678901234567890.\n",
	    "whole ids=" ID " merge [x]" },
	{ "Revert \"x\"\n\nThis reverts commit 1234abc (x, 2020-01-01).",
	    "whole ids=1234abc [x]" },
	{ "Reapply \"x\"\n\nThis reverts commit 1234abc.",
	    "reapply ids=1234abc [x]" },
	{ "Revert \"Revert \"x\"\"\n\nThis reverts commit 1234abc.",
	    "reapply ids=1234abc [Revert \"x\"]" },
	{ "Revert \"Reapply \"x\"\"", "whole [Reapply \"x\"]" },
	{ "Revert \"Revert \"Revert \"x\"\"\"",
	    "whole [Revert \"Revert \"x\"\"]" },
	{ "Revert \"a\nb c\"\n\nThis reverts commit 1234abc.",
	    "whole ids=1234abc [a b c]" },
	/* A forge's. */
	{ "Revert \"x (#653)\" (#715)", "whole [x (#653)]" },
	{ "Revert \"Merge branch 'x'\"\n\nThis reverts merge request !12",
	    "whole [Merge branch 'x']" },
	{ "x\n\nThis reverts merge request !12", "whole" },
	{ "x\n\nThis reverts pull request #12.", "whole" },
	/* People's. */
	{ "Revert \"a \"b\" c\"", "whole [a \"b\" c]" },
	{ "Revert 'x'", "whole [x]" },
	{ "Revert `x`", "whole [x]" },
	{ "Revert \xe2\x80\x9cx\xe2\x80\x9d", "whole [x]" },
	{ "Revert \xe2\x80\x98x\xe2\x80\x99", "whole [x]" },
	{ "Revert \"x", "whole [x]" },
	{ "revert: \"chore: x\"", "whole [chore: x]" },
	{ "revert: feat(ui): x", "whole [feat(ui): x]" },
	{ "revert(ui)!: x", "whole [x]" },
	{ "fix(ui): revert the x\n\nThis reverts commit 1234abc",
	    "whole ids=1234abc [the x]" },
	{ "[A-1] Revert \"[A-2] x\"", "whole [[A-2] x]" },
	{ "[A-1] Revert A-2 and A-3", "whole [A-2 and A-3]" },
	{ "[A-1] [x] Revert A-2", "whole [A-2]" },
	{ "A-1: reverting x", "whole [x]" },
	{ "A-1 reverting x", "whole [x]" },
	{ "o Reverted x.", "whole [x]" },
	{ "- revert x", "whole [x]" },
	{ "Revert [A-1] x", "whole [[A-1] x]" },
	{ "Rollback A-1", "whole [A-1]" },
	{ "Rolling back x", "whole [x]" },
	{ "Rolled back x", "whole [x]" },
	{ "Back out x", "whole [x]" },
	{ "o backing out my change", "whole [my change]" },
	{ "Backout x", "whole [x]" },
	{ "revert the revert of x", "reapply [the revert of x]" },
	/* Ids without git's sentence. */
	{ "Reverts 6373a4cb145", "whole ids=6373a4cb145 [6373a4cb145]" },
	{ "x\n\nReverts 6373a4cb145.\n\ny", "whole ids=6373a4cb145" },
	{ "x\n\nThis reverts commits 1234abc 2345bcd f9dfea0 all of them",
	    "whole ids=1234abc,2345bcd,f9dfea0" },
	{ "x\n\nThis reverts commits 1234abc, 2345bcd and f9dfea0.",
	    "whole ids=1234abc,2345bcd,f9dfea0" },
	{ "x\n\nThis reverts commit 1234abc\nand commit 2345bcd.",
	    "whole ids=1234abc,2345bcd" },
	{ "x\n\nThis reverts commit 1234abc (\"a (b)\") and 2345bcd (c).",
	    "whole ids=1234abc,2345bcd" },
	{ "x\n\nThis reverts commit 1234ABC.", "whole ids=1234abc" },
	{ "x\n\nThis reverts commit 1234abc.\nThis reverts commit 1234abc.",
	    "whole ids=1234abc" },
	{ "x\n\nThis reverts commit 1234abc..2345bcd",
	    "whole ids=1234abc,2345bcd" },
	{ "x\n\nThis reverts https://y.org/z/commit/1234abc0",
	    "whole ids=1234abc0" },
	{ "x\n\nThis reverts commit abcdefa.", "whole ids=abcdefa" },
	{ "x\n\nThis reverts commit 1234567.", "whole ids=1234567" },
	{ "x\n\nSo we did y. This reverts commit 1234abc.",
	    "whole ids=1234abc" },
	{ "x\n\n(reverts 1234abc)", "whole ids=1234abc" },
	{ "x\n\nFixed by reverting 1234abc", "whole ids=1234abc" },
	/* Parts. */
	{ "Partially revert A-1", "partial [A-1]" },
	{ "Partly reverted x", "partial [x]" },
	{ "Revert part of A-1", "partial [part of A-1]" },
	{ "Revert a portion of A-1", "partial [a portion of A-1]" },
	{ "x\n\nThis partially reverts commit 1234abc.",
	    "partial ids=1234abc" },
	{ "x\n\nThis is a partial revert of 1234abc.", "partial ids=1234abc" },
	{ "x\n\nThis reverts commit 1234abc except for y.",
	    "partial ids=1234abc" },
	{ "x\n\nReverts parts of 1234abc", "partial ids=1234abc" },
	{ "Revert \"x\"\n\nThis partially reverts commit 1234abc.",
	    "partial ids=1234abc [x]" },
	/* Picks. */
	{ "x\n\n(cherry picked from commit 1234abc)", "none picked=1234abc" },
	{ "x\n\n(cherry picked from commit 1234abc)\n"
	  "(cherry picked from commit 2345bcd)",
	    "none picked=1234abc,2345bcd" },
	{ "x\n\nCherry-picked from 1234abc", "none picked=1234abc" },
	{ "Revert \"x\"\n\nThis reverts commit 1234abc.\n\n"
	  "(cherry picked from commit 2345bcd)",
	    "whole ids=1234abc picked=2345bcd [x]" },
	{ "Reapply commit 1234abc", "reapply picked=1234abc [commit 1234abc]" },
	/* Subversion's numbers are no ids. */
	{ "Reverted r12345", "whole [r12345]" },
	{ "Revert 578553", "whole [578553]" },
	{ "x\n\nThis reverts r1062210.", "none" },
	/* No revert. */
	{ "", "none" },
	{ "x", "none" },
	{ "Revert", "none" },
	{ "revert to the old parser", "none" },
	{ "Revert back to x", "none" },
	{ "Back out from failing the build", "none" },
	{ "Undo the order reversal hack", "none" },
	{ "Reapply the layout on resize", "none" },
	{ "Reverter: x", "none" },
	{ "replay: add --revert mode", "none" },
	{ "x\n\nI verified it by reverting 1234abc", "none" },
	{ "x\n\nI verified it by\nreverting 1234abc", "none" },
	{ "x\n\npreviously (343b518a) and reverted (7685323d) because",
	    "none" },
	{ "x\n\nThis reverts to the old way 1234abc", "none" },
	{ "x\n\nThis reverts commit defaced", "whole ids=defaced" },
	{ "x\n\nThis reverts defaced", "none" },
	{ "x\n\n\"reverts commit 1234abc\" it said", "none" },
	{ "x\n\n> This reverts commit 1234abc.", "none" },
	{ "x\n\n    This reverts commit 1234abc.", "none" },
	{ "x (#1)\n\n* y\n\n* Revert \"y\"\n\nThis reverts commit 1234abc.\n",
	    "none" },
	{ "Revert \"x\" (#1)\n\n* Revert \"x\"\n\nThis reverts commit "
	  "1234abc.\n",
	    "whole ids=1234abc [x]" },
};

static void
test_forms(void **state)
{
	size_t failures = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *got = describe(rows[i].message);

		if (strcmp(got, rows[i].want) != 0) {
			print_error("message: %s\n  want %s\n  got  %s\n",
			    rows[i].message, rows[i].want, got);
			failures++;
		}
		free(got);
	}
	assert_int_equal(failures, 0);
}

static void
test_depth(void **state)
{
	static const struct {
		const char *subject;
		unsigned depth;
		const char *inner;
	} depths[] = {
		{ "x", 0, "x" },
		{ "", 0, "" },
		{ "Revert \"x\"", 1, "x" },
		{ "Revert \"x\" (#2)", 1, "x" },
		{ "Revert \"Revert \"x\"\"", 2, "x" },
		{ "Reapply \"x\"", 2, "x" },
		{ "Revert \"Reapply \"x\"\"", 3, "x" },
		{ "Revert \"a \"b\" c\"", 1, "a \"b\" c" },
		{ "Revert \"x", 0, "Revert \"x" },
		{ "Revert x", 0, "Revert x" },
		{ "Revert \"", 0, "Revert \"" },
		{ "Revert \"\"", 1, "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(depths) / sizeof(depths[0]); i++) {
		const char *inner;
		size_t len;

		assert_int_equal(revert_depth(depths[i].subject,
				     strlen(depths[i].subject), &inner, &len),
		    depths[i].depth);
		assert_int_equal(len, strlen(depths[i].inner));
		assert_memory_equal(inner, depths[i].inner, len);
	}
}

static void
test_huge(void **state)
{
	struct buf b = BUF_INIT;
	struct revert r;

	(void)state;
	buf_puts(&b, "Revert \"x\"\n\nThis reverts commits");
	for (int i = 0; i < 100000; i++)
		buf_printf(&b, " %07xa", i);
	revert_parse(b.ptr, b.len, &r);
	assert_int_equal(r.kind, REVERT_WHOLE);
	assert_true(r.ids.n > 100 && r.ids.n <= 256);
	revert_release(&r);
	buf_clear(&b);
	for (int i = 0; i < 100000; i++)
		buf_puts(&b, "Revert \"");
	revert_parse(b.ptr, b.len, &r);
	revert_release(&r);
	buf_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_huge),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
