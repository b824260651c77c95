/* Releases by hand and from tags; builds by hand and from the CI. */
#include "tracker.h"

static const char *
versions(struct tracker *t)
{
	struct release_list l = { 0 };
	size_t i;

	OK(t, app_releases(t->a, &l, &t->err));
	buf_clear(&t->out);
	for (i = 0; i < l.n; i++)
		buf_printf(&t->out, "%s%s:%s", i > 0 ? " " : "", l.v[i].version,
		    release_state_name(l.v[i].state));
	release_list_release(&l);
	return buf_str(&t->out);
}

static void
test_by_hand(void **state)
{
	static const char *const bad[] = { "", "-1", "1 0", "1,0", "1;0",
		"1\n0", "1\x1B[m", "\"1\"", "1\xE2\x80\xAE" };
	struct tracker *t = *state;
	struct release_change c = { .title = "봄", .target = "2024-02-29" };
	const char *const both[] = { "1.0", "2.0" };
	const char *const missing[] = { "1.0", "3.0" };
	struct release r;
	struct buf big = BUF_INIT;
	struct strv said = STRV_INIT;
	int64_t events;
	size_t i;

	tr_init(t, "one");
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++)
		FAILS(t, app_release_add(t->a, bad[i], NULL, &t->err),
		    RC_INVALID, "is no version");
	buf_fill(&big, '1', VERSION_MAX);
	FAILS(t, app_release_add(t->a, big.ptr, NULL, &t->err), RC_INVALID,
	    "is no version");
	OK(t, app_release_add(t->a, "1.0", &c, &t->err));
	OK(t, app_release_add(t->a, "2.0", NULL, &t->err));
	OK(t, app_release_add(t->a, "봄-1", NULL, &t->err));
	FAILS(t, app_release_add(t->a, "1.0", NULL, &t->err), RC_EXISTS,
	    "there is a release 1.0 already");
	OK(t, app_release_get(t->a, "1.0", &r, &t->err));
	assert_string_equal(r.title, "봄");
	assert_int_equal(r.target, 1709164800);
	release_release(&r);
	c = (struct release_change){ .title = "", .target = "" };
	OK(t, app_release_edit(t->a, "1.0", &c, &t->err));
	OK(t, app_release_get(t->a, "1.0", &r, &t->err));
	assert_null(r.title);
	assert_int_equal(r.target, DATE_NONE);
	release_release(&r);
	/* "me" is a name; it comes and goes as other fields do. */
	c = (struct release_change){ .owner = "me" };
	OK(t, app_release_edit(t->a, "1.0", &c, &t->err));
	OK(t, app_release_get(t->a, "1.0", &r, &t->err));
	assert_string_equal(r.owner, app_me(t->a));
	release_release(&r);
	c = (struct release_change){ .owner = "" };
	OK(t, app_release_edit(t->a, "1.0", &c, &t->err));
	OK(t, app_release_get(t->a, "1.0", &r, &t->err));
	assert_null(r.owner);
	release_release(&r);
	OK(t, app_undo(t->a, 1, &said, &t->err));
	strv_release(&said);
	OK(t, app_release_get(t->a, "1.0", &r, &t->err));
	assert_string_equal(r.owner, app_me(t->a));
	release_release(&r);
	c = (struct release_change){ .start = "someday" };
	FAILS(t, app_release_edit(t->a, "1.0", &c, &t->err), RC_INVALID, "");
	buf_fill(&big, 'x', 1024);
	c = (struct release_change){ .title = big.ptr };
	FAILS(t, app_release_edit(t->a, "1.0", &c, &t->err), RC_INVALID,
	    "title is too long");
	FAILS(t, app_release_edit(t->a, "1.1", &c, &t->err), RC_NOT_FOUND,
	    "notes release add 1.1");
	c = (struct release_change){ .tag = "v1" };
	FAILS(t, app_release_edit(t->a, "1.0", &c, &t->err), RC_NOT_FOUND,
	    "no git repository");
	buf_release(&big);

	events = tr_events(t);
	FAILS(t,
	    app_release_state(t->a, missing, 2, RELEASE_RELEASED, NULL,
		&t->err),
	    RC_NOT_FOUND, "3.0");
	assert_int_equal(tr_events(t), events);
	OK(t,
	    app_release_state(t->a, both, 2, RELEASE_RELEASED, NULL, &t->err));
	assert_string_equal(versions(t),
	    "봄-1:planned 2.0:released "
	    "1.0:released");
	OK(t, app_release_get(t->a, "2.0", &r, &t->err));
	assert_true(r.released > 1700000000);
	release_release(&r);
	c = (struct release_change){ .reason = "깨짐" };
	OK(t, app_release_state(t->a, both, 1, RELEASE_YANKED, &c, &t->err));
	OK(t, app_release_get(t->a, "1.0", &r, &t->err));
	assert_int_equal(r.state, RELEASE_YANKED);
	assert_string_equal(r.reason, "깨짐");
	release_release(&r);
	OK(t, app_release_state(t->a, both, 1, RELEASE_PLANNED, NULL, &t->err));
	tr_fsck(t);
}

static void
test_from_tags(void **state)
{
	struct tracker *t = *state;
	struct release r;
	int64_t added;

	tr_init_repo(t,
	    "cd repo; c() { git commit -q --allow-empty -m \"$1\"; }\n"
	    "c 1; git tag v1.0; c 2; git tag -a -m '둘' v2.0-rc1\n"
	    "c 3; git tag v1.10; git tag other; git tag 'v$(id)'\n"
	    "git tag v-rf; git tag vblob $(echo x | git hash-object -w "
	    "--stdin)");
	assert_non_null(strstr(versions(t),
	    "2.0-rc1:released 1.10:released "
	    "1.0:released"));
	assert_null(strstr(versions(t), "blob"));
	assert_null(strstr(versions(t), "other"));
	OK(t, app_release_get(t->a, "1.0", &r, &t->err));
	assert_string_equal(r.tag, "v1.0");
	assert_int_equal(r.released, 1700000000);
	assert_false(oid_is_none(&r.commit));
	release_release(&r);
	OK(t, app_release_import_tags(t->a, &added, &t->err));
	assert_int_equal(added, 0);

	/* A planned release is published by its tag, a dropped one is not. */
	OK(t, app_release_add(t->a, "3.0", NULL, &t->err));
	OK(t, app_release_add(t->a, "4.0", NULL, &t->err));
	OK(t,
	    app_release_state(t->a, (const char *const[]){ "4.0" }, 1,
		RELEASE_DROPPED, NULL, &t->err));
	tr_sh(t,
	    "cd repo; git commit -q --allow-empty -m 4; git tag v3.0; "
	    "git tag v4.0");
	OK(t, app_release_import_tags(t->a, &added, &t->err));
	assert_int_equal(added, 0);
	assert_non_null(strstr(versions(t), "4.0:dropped 3.0:released"));
	tr_fsck(t);
}

static void
test_builds(void **state)
{
	struct tracker *t = *state;
	struct build_spec spec = { .number = "57", .result = "passed" };
	struct build_list list = { 0 };
	struct build b;

	tr_init_repo(t, "cd repo; git commit -q --allow-empty -m 1");
	OK(t, app_release_add(t->a, "1.0", NULL, &t->err));
	OK(t, app_build_add(t->a, "1.0", &spec, &b, &t->err));
	assert_string_equal(b.number, "57");
	assert_int_equal(b.result, BUILD_PASSED);
	assert_false(oid_is_none(&b.commit));
	assert_null(b.ci);
	build_release(&b);
	spec = (struct build_spec){ .number = "57",
		.result = "failed",
		.url = "https://ci/57" };
	OK(t, app_build_add(t->a, "1.0", &spec, &b, &t->err));
	assert_int_equal(b.result, BUILD_FAILED);
	assert_string_equal(b.url, "https://ci/57");
	assert_false(oid_is_none(&b.commit));
	build_release(&b);
	OK(t, app_builds(t->a, "1.0", &list, &t->err));
	assert_int_equal(list.n, 1);
	build_list_release(&list);

	spec = (struct build_spec){ .number = "58", .result = "red" };
	FAILS(t, app_build_add(t->a, "1.0", &spec, &b, &t->err), RC_INVALID,
	    "no result \"red\"");
	spec = (struct build_spec){ .number = NULL };
	FAILS(t, app_build_add(t->a, "1.0", &spec, &b, &t->err), RC_USAGE,
	    "no build number");
	spec = (struct build_spec){ .number = "1" };
	FAILS(t, app_build_add(t->a, "1.1", &spec, &b, &t->err), RC_NOT_FOUND,
	    "notes release add 1.1");
	spec = (struct build_spec){ .number = "1", .commit = "nowhere" };
	FAILS(t, app_build_add(t->a, "1.0", &spec, &b, &t->err), RC_NOT_FOUND,
	    "nowhere");
	FAILS(t, app_builds(t->a, "9", &list, &t->err), RC_NOT_FOUND, "9");
	tr_fsck(t);
}

static void
test_ci(void **state)
{
	struct tracker *t = *state;
	struct build_spec spec = { .number = NULL };
	struct build b;

	tr_init_repo(t, "cd repo; git commit -q --allow-empty -m 1");
	OK(t, app_release_add(t->a, "1.0", NULL, &t->err));
	setenv("JENKINS_URL", "https://j/", 1);
	setenv("BUILD_NUMBER", "12", 1);
	setenv("BUILD_URL", "https://j/12", 1);
	setenv("GIT_COMMIT", "1111111111111111111111111111111111111111", 1);
	OK(t, app_build_add(t->a, "1.0", &spec, &b, &t->err));
	assert_string_equal(b.number, "12");
	assert_string_equal(b.ci, "jenkins");
	assert_string_equal(b.url, "https://j/12");
	assert_int_equal(b.commit.len, 20);
	build_release(&b);
	/* What is said wins over what the environment says. */
	spec = (struct build_spec){ .number = "13",
		.url = "u",
		.ci = "mine",
		.commit = "HEAD" };
	OK(t, app_build_add(t->a, "1.0", &spec, &b, &t->err));
	assert_string_equal(b.ci, "mine");
	assert_string_equal(b.url, "u");
	build_release(&b);
	unsetenv("JENKINS_URL");
	unsetenv("BUILD_NUMBER");
	unsetenv("BUILD_URL");
	unsetenv("GIT_COMMIT");
}

/* Without a repository a build has no commit. */
static void
test_builds_alone(void **state)
{
	struct tracker *t = *state;
	struct build_spec spec = { .number = "빌드 1" };
	struct build b;

	tr_init(t, "one");
	OK(t, app_release_add(t->a, "1.0", NULL, &t->err));
	OK(t, app_build_add(t->a, "1.0", &spec, &b, &t->err));
	assert_true(oid_is_none(&b.commit));
	assert_int_equal(b.result, BUILD_UNKNOWN);
	build_release(&b);
	spec.commit = "HEAD";
	FAILS(t, app_build_add(t->a, "1.0", &spec, &b, &t->err), RC_NOT_FOUND,
	    "no git repository");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TR_TEST(test_by_hand),
		TR_TEST(test_from_tags),
		TR_TEST(test_builds),
		TR_TEST(test_ci),
		TR_TEST(test_builds_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
