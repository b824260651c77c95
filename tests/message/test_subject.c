/* What a subject says beyond keys: asides, and steps between versions. */
#include "message.h"

#include "message/subject.h"

static void
test_aside(void **state)
{
	static const struct {
		const char *subject;
		bool aside;
	} rows[] = {
		{ "docs: explain it", true },
		{ "docs(ui)!: explain it", true },
		{ "[A-1] fix doc: import needs a scope", true },
		{ "A-1: Fix typo in the manual", true },
		{ "[A-1][docs] say more", true },
		{ "A-1 (doc) say more", true },
		{ "A-1: unittest with compact options", true },
		{ "[A-1] Add missing unit tests for x", true },
		{ "A-1 improve the javadoc", true },
		{ "Typos", true },
		{ "[A-1] Add test framework", false },
		{ "[A-1] Test the width before drawing", false },
		{ "A-1 document x", false },
		{ "fix: documents are lost", false },
		{ "[A-1] Docking of panes", false },
		{ "한글 문서를 고침", false },
		{ "", false },
		{ "A-1:", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const size_t len = strlen(rows[i].subject);
		char *exact = test_exact(rows[i].subject, len);

		if (subject_is_aside(exact, len) != rows[i].aside)
			fail_msg("%s", rows[i].subject);
		free(exact);
	}
}

/* "up maven,resolver 1.3>1.4", or "-". */
static char *
step(const char *subject)
{
	const size_t len = strlen(subject);
	char *exact = test_exact(subject, len);
	struct subject_step s;
	struct buf b = BUF_INIT;

	if (!subject_step_parse(exact, len, &s)) {
		buf_putc(&b, '-');
	} else {
		buf_puts(&b, s.down ? "down " : "up ");
		for (size_t i = 0; i < s.name.n; i++)
			buf_printf(&b, "%s%s", i > 0 ? "," : "", s.name.v[i]);
		buf_printf(&b, " %s>%s", s.from == NULL ? "" : s.from, s.to);
		subject_step_release(&s);
	}
	free(exact);
	return buf_detach(&b);
}

static void
test_step(void **state)
{
	static const char *const rows[][2] = {
		{ "[A-1] Upgrade Maven Resolver to 1.4.0",
		    "up maven,resolver >1.4.0" },
		{ "[A-2] Downgrade maven-resolver:1.4.0 to 1.3.3",
		    "down maven,resolver 1.4.0>1.3.3" },
		{ "build(deps): bump zlib from 1.2 to v1.3.",
		    "up zlib 1.2>1.3" },
		{ "Upgrade to Wagon 3.3.1 (from 3.2.0)",
		    "up wagon 3.2.0>3.3.1" },
		{ "Update parent POM to version 33", "up parent,pom >33" },
		{ "Upgrade the parser", "-" },
		{ "Upgrade to 3.1", "-" },
		{ "Parse 1.4.0", "-" },
		{ "", "-" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *got = step(rows[i][0]);

		if (strcmp(got, rows[i][1]) != 0)
			fail_msg("%s: %s", rows[i][0], got);
		free(got);
	}
}

static bool
undoes(const char *a, const char *b)
{
	struct subject_step down, up;
	bool yes;

	assert_true(subject_step_parse(a, strlen(a), &down));
	assert_true(subject_step_parse(b, strlen(b), &up));
	yes = subject_step_undoes(&down, &up);
	subject_step_release(&down);
	subject_step_release(&up);
	return yes;
}

static void
test_undoes(void **state)
{
	(void)state;
	assert_true(undoes("Downgrade maven-resolver:1.4.0 to 1.3.3",
	    "Upgrade Maven Resolver to 1.4.0"));
	assert_true(undoes("Downgrade zlib from 1.3 to 1.2",
	    "bump zlib from 1.2 to 1.3"));
	/* another version, another library, no version it comes from */
	assert_false(undoes("Downgrade maven-resolver:1.4.0 to 1.3.3",
	    "Upgrade Maven Resolver to 1.4.1"));
	assert_false(undoes("Downgrade wagon:1.4.0 to 1.3.3",
	    "Upgrade Maven Resolver to 1.4.0"));
	assert_false(undoes("Downgrade maven-resolver to 1.3.3",
	    "Upgrade Maven Resolver to 1.4.0"));
	assert_false(undoes("Upgrade lib from 1.4 to 1.5",
	    "Upgrade lib to 1.4"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_aside),
		cmocka_unit_test(test_step),
		cmocka_unit_test(test_undoes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
