#include "unit.h"

#include "base/buf.h"
#include "message/conventional.h"

struct row {
	const char *subject;
	const char *want; /* "type|scope|description", "!" behind; or NULL */
	const char *ticket;
};

static void
test_subjects(void **state)
{
	static const struct row rows[] = {
		{ "feat: a", "feat||a", "feature" },
		{ "feat(api): a b", "feat|api|a b", "feature" },
		{ "Fix(core)!: x", "Fix|core|x!", "bug" },
		{ "FIX!: x", "FIX||x!", "bug" },
		{ "perf: x  \r\nbody", "perf||x", "improvement" },
		{ "refactor( a b ):  x", "refactor|a b|x", "improvement" },
		{ "build(deps): bump y", "build|deps|bump y", "dependency" },
		{ "fix(deps): bump y", "fix|deps|bump y", "dependency" },
		{ "feat(deps): list y", "feat|deps|list y", "feature" },
		{ "deps: z", "deps||z", "dependency" },
		{ "security: z", "security||z", "security" },
		{ "fix(security): z", "fix|security|z", "security" },
		{ "docs: 문서 추가", "docs||문서 추가", "task" },
		{ "chore(release): 1.2", "chore|release|1.2", NULL },
		{ "fix(release): x", "fix|release|x", "bug" },
		{ "revert: feat: x", "revert||feat: x", NULL },
		{ "wip: x", "wip||x", NULL },
		{ "NOTE-12: x", "NOTE-12||x", NULL },
		{ "feat:x", NULL, NULL },
		{ "feat : x", NULL, NULL },
		{ "feat():x", NULL, NULL },
		{ "feat(): x", NULL, NULL },
		{ "feat(a: x", NULL, NULL },
		{ "feat(a)b: x", NULL, NULL },
		{ "feat: ", NULL, NULL },
		{ "feat:", NULL, NULL },
		{ "!: x", NULL, NULL },
		{ ": x", NULL, NULL },
		{ "", NULL, NULL },
		{ "\nfeat: x", NULL, NULL },
		{ "http://x", NULL, NULL },
		{ "two words: x", NULL, NULL },
		{ "a23456789012345678901234567890123: x", NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *const s = rows[i].subject;
		struct conventional c;
		struct buf got = BUF_INIT;
		const char *type;

		if (!conventional_parse(s, strlen(s), &c)) {
			if (rows[i].want != NULL)
				fail_msg("%s: not taken", s);
			continue;
		}
		buf_printf(&got, "%.*s|%.*s|%.*s%s", (int)c.type_len, c.type,
		    (int)c.scope_len, c.scope == NULL ? "" : c.scope,
		    (int)c.description_len, c.description,
		    c.breaking ? "!" : "");
		if (rows[i].want == NULL ||
		    strcmp(buf_str(&got), rows[i].want) != 0)
			fail_msg("%s: %s", s, buf_str(&got));
		type = conventional_ticket_type(&c);
		if ((type == NULL) != (rows[i].ticket == NULL) ||
		    (type != NULL && strcmp(type, rows[i].ticket) != 0))
			fail_msg("%s: %s", s, type == NULL ? "none" : type);
		assert_int_equal(conventional_is_revert(&c),
		    strncmp(s, "revert", 6) == 0);
		buf_release(&got);
	}
}

static void
test_breaking(void **state)
{
	static const char *const rows[][2] = {
		{ "feat: x", NULL },
		{ "feat: x\n\nBREAKING CHANGE: call y", "call y" },
		{ "feat: x\n\nBREAKING-CHANGE: call y\r\n", "call y" },
		{ "feat: x\n\nbody\n\nBREAKING CHANGE: call y\n  and z\n"
		  "Refs: #1\n",
		    "call y and z" },
		{ "feat: x\n\nReviewed-by: Z\nBREAKING CHANGE #y\n", "y" },
		{ "feat: x\n\nBREAKING CHANGE:\ncall y\n\nmore", "call y" },
		{ "feat: x\n\nBREAKING CHANGE: a\nBREAKING CHANGE: b", "a" },
		{ "feat: x\n\nnot a BREAKING CHANGE: y", NULL },
		{ "feat: x\n\nbreaking change: y", NULL },
		{ "BREAKING CHANGE: in the subject", NULL },
		{ "", NULL },
		{ "x\n\nBREAKING CHANGE", NULL },
		{ "x\n\nBREAKING CHANGE: ", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *got = conventional_breaking(rows[i][0],
		    strlen(rows[i][0]));

		if ((got == NULL) != (rows[i][1] == NULL) ||
		    (got != NULL && strcmp(got, rows[i][1]) != 0))
			fail_msg("%s: %s", rows[i][0],
			    got == NULL ? "none" : got);
		free(got);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_subjects),
		cmocka_unit_test(test_breaking),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
