#include "unit.h"

#include "message/version.h"

/* Lists in ascending order. */
static const char *const semver[] = { "1.0.0-alpha", "1.0.0-alpha.1",
	"1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11",
	"1.0.0-rc.1", "1.0.0", "1.0.1", "1.1.0", "1.9.0", "1.10.0", "1.11.0",
	"2.0.0", "2.1.0", "2.1.1", NULL };
static const char *const people[] = { "1.0-alpha", "1.0-alpha-2", "1.0-beta1",
	"1.0-beta2", "1.0-rc1", "1.0-rc2", "1.0-rc10", "1.0", "1.0.1", "1.0.2",
	"1.0.2a", "1.0.2b", "1.0.3", "1.1", "1.2-SNAPSHOT", "1.2", "2.9-rc",
	"2.9", "2.9a-rc", "2.9a", "2.9.1", "2.10", NULL };
static const char *const maven[] = { "2.0-beta-3", "2.0", "2.2.1-RC1",
	"2.2.1-RC2", "2.2.1", "3.0-alpha-1", "3.0-alpha-7", "3.0-beta-1",
	"3.0-beta-3", "3.0-RC1", "3.0", "3.0.1", "3.9.9", "3.9.10",
	"3.10.0-rc-1", "3.10.0", "4.0.0-alpha-2", "4.0.0-alpha-13",
	"4.0.0-beta-2", "4.0.0-rc-6", "4.0.0", NULL };
static const char *const git[] = { "v0.99", "v0.99.1", "v0.99.9a", "v0.99.9n",
	"v1.0rc1", "v1.0.0", "v1.0.0a", "v1.0.1", "v1.9-rc0", "v1.9.0-rc3",
	"v1.9.0", "v2.40.0-rc1", "v2.40.0", "v2.40.0.windows.1", "v2.40.1",
	NULL };
static const char *const odd[] = { "1.0~rc1", "1.0", "1.0p1", "1.0.1",
	"20230101", "20231231", "100000000000000000000000",
	"100000000000000000000001", "r5", "r10", NULL };
static const char *const unknown_words[] = { "1.0.0-foo", "1.0.0", "1.0.0.foo",
	"1.0.1-foo", NULL };
static const char *const pieces[] = { "2x-rc1", "2x", "2x-1", "2x-y", NULL };
static const char *const snapshots[] = { "1-rc1-SNAPSHOT", "1-rc1", "1-rc1-2",
	"1-rc1-alpha", "1-SNAPSHOT", "1", NULL };
static const char *const word_first[] = { "3.5", "release-1.0-rc1",
	"release-1.0", "release-1.1", NULL };

static void
check_order(const char *const *v)
{
	for (size_t i = 0; v[i] != NULL; i++)
		for (size_t j = 0; v[j] != NULL; j++) {
			const int c = version_compare(v[i], v[j]);
			const int want = (i > j) - (i < j);

			if (c != want)
				fail_msg("%s and %s: %d", v[i], v[j], c);
		}
}

static void
test_order(void **state)
{
	(void)state;
	check_order(semver);
	check_order(people);
	check_order(maven);
	check_order(git);
	check_order(odd);
	check_order(unknown_words);
	check_order(pieces);
	check_order(snapshots);
	check_order(word_first);
}

/* Equal but for how they are written: 0 only for the same bytes. */
static void
test_ties(void **state)
{
	static const char *const ties[][2] = { { "1.0", "1.0.0" },
		{ "1.0", "v1.0" }, { "1.0+a", "1.0+b" }, { "1.0", "1.0+a" },
		{ "1.0-rc1", "1.0-RC1" }, { "1.0", "1.0.Final" },
		{ "1.0", "1.0-ga" }, { "01.0", "1.0" }, { "", "+" } };

	(void)state;
	for (size_t i = 0; i < sizeof(ties) / sizeof(ties[0]); i++) {
		const int c = version_compare(ties[i][0], ties[i][1]);

		assert_int_not_equal(c, 0);
		assert_int_equal(version_compare(ties[i][1], ties[i][0]), -c);
		assert_int_equal(version_compare(ties[i][0], ties[i][0]), 0);
		assert_true(version_compare(ties[i][0], "0") > 0 ||
		    ties[i][0][0] == '\0');
	}
	/* Neither tie comes between others. */
	assert_true(version_compare("1.0.0", "1.0-rc1") > 0);
	assert_true(version_compare("1.0+a", "1.0.1") < 0);
	assert_true(version_compare("1.0.Final", "1.0.1") < 0);
}

static void
test_prerelease(void **state)
{
	static const char *const yes[] = { "1.0-alpha", "1.0a1", "1.0b2",
		"1.0-beta-3", "1.0rc1", "1.0-RC2", "1.0.CR1", "3.0.0-M1",
		"1.2-SNAPSHOT", "1.0.dev3", "2.9a-rc2", "1.0-pre",
		"1.0.0-rc-6" };
	static const char *const no[] = { "1.0", "2.9a", "1.1.1b", "1.0.Final",
		"33.4.0-jre", "9.0p1", "1.0.0+rc1", "2.40.0.windows.1", "", "v",
		"arch-1.0" };

	(void)state;
	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		if (!version_is_prerelease(yes[i]))
			fail_msg("%s", yes[i]);
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		if (version_is_prerelease(no[i]))
			fail_msg("%s", no[i]);
}

static void
test_same_final(void **state)
{
	(void)state;
	assert_true(version_same_final("3.9.0-rc1", "3.9.0"));
	assert_true(version_same_final("3.9-rc1", "3.9.0"));
	assert_true(version_same_final("v1.0-alpha-1", "1.0-rc2"));
	assert_true(version_same_final("2.9a-rc", "2.9a"));
	assert_true(version_same_final("1.0+1", "1.0+2"));
	assert_false(version_same_final("2.9a", "2.9"));
	assert_false(version_same_final("3.9.0-rc1", "3.9.1"));
	assert_false(version_same_final("a-1.0", "b-1.0"));
}

static void
test_patterns(void **state)
{
	static const struct {
		const char *pattern, *tag, *version;
	} rows[] = {
		{ "v{version}", "v1.2", "1.2" },
		{ "v{version}", "v1.2-rc1", "1.2-rc1" },
		{ "{version}", "1.2", "1.2" },
		{ "{version}", "v1.2", "v1.2" },
		{ "maven-{version}", "maven-3.0-alpha-1", "3.0-alpha-1" },
		{ "{version}-release", "1.2-release", "1.2" },
		{ "*-{version}", "core-lib-1.2", "1.2" },
		{ "*{version}", "lib1.2", "1.2" },
		{ "rel/{version}", "rel/1.2", "1.2" },
		{ "{version}+*", "1.2+b7", "1.2" },
		{ "v{version}", "1.2", NULL },
		{ "v{version}", "v", NULL },
		{ "v{version}", "vendor-2", NULL },
		{ "v{version}", "", NULL },
		{ "maven-{version}", "maven-x", NULL },
		{ "{version}-release", "1.2", NULL },
		{ "no slot", "no slot", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *got = version_from_tag(rows[i].pattern, rows[i].tag);

		if ((got == NULL) != (rows[i].version == NULL) ||
		    (got != NULL && strcmp(got, rows[i].version) != 0))
			fail_msg("%s of %s: %s", rows[i].pattern, rows[i].tag,
			    got == NULL ? "NULL" : got);
		free(got);
	}
}

static void
test_to_tag(void **state)
{
	static const char *const rows[][3] = {
		{ "v{version}", "1.2", "v1.2" },
		{ "{version}", "1.2", "1.2" },
		{ "a-{version}-b", "{version}", "a-{version}-b" },
		{ "*-{version}", "1.2", "-1.2" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *got = version_to_tag(rows[i][0], rows[i][1]);

		assert_string_equal(got, rows[i][2]);
		free(got);
	}
}

static void
test_pattern_check(void **state)
{
	static const char *const bad[] = { "", "v", "v{version}{version}",
		"v {version}", "v{version}\n", "v~{version}", "[{version}" };
	struct err err = ERR_INIT;

	(void)state;
	assert_int_equal(version_pattern_check("v{version}", &err), RC_OK);
	assert_int_equal(version_pattern_check("*-{version}*", NULL), RC_OK);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		err_clear(&err);
		assert_int_equal(version_pattern_check(bad[i], &err),
		    RC_INVALID);
		assert_true(strlen(err.msg) > 10);
	}
}

static void
check_guess(const char *const *tags, size_t n, const char *want)
{
	char *got = version_guess_pattern(tags, n);

	if (want == NULL)
		assert_null(got);
	else
		assert_string_equal(got, want);
	free(got);
}

static void
test_guess(void **state)
{
	static const char *const a[] = { "maven-3.0", "maven-3.0-alpha-1",
		"other", "x-1.0" };
	static const char *const b[] = { "v1.0" };
	static const char *const c[] = { "1.0" };
	static const char *const d[] = { "lib-1.0", "tool-2.0" };
	static const char *const e[] = { "junit4-4.12", "junit4-4.13" };
	static const char *const f[] = { "v1.0", "v1.1", "gui-1.0", "gui-2.0",
		"v2.0" };
	static const char *const g[] = { "none", "at-all" };
	static const char *const h[] = { "rel-1-a2", "rel-2-a3" };

	(void)state;
	check_guess(a, 4, "maven-{version}");
	check_guess(b, 1, "v{version}");
	check_guess(c, 1, "{version}");
	check_guess(d, 2, NULL);
	check_guess(e, 2, "junit4-{version}");
	check_guess(f, 5, "v{version}");
	check_guess(g, 2, NULL);
	check_guess(h, 2, "rel-{version}");
	check_guess(NULL, 0, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_ties),
		cmocka_unit_test(test_prerelease),
		cmocka_unit_test(test_same_final),
		cmocka_unit_test(test_patterns),
		cmocka_unit_test(test_to_tag),
		cmocka_unit_test(test_pattern_check),
		cmocka_unit_test(test_guess),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
