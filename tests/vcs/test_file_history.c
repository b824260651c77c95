/* Whether a line was ever in a file. */
#include "fixture.h"

static bool
had(struct fixture *f, const char *text, enum vcs_where where)
{
	char *const path = fs_join(f->dir, "d/a [b].md");
	bool answer = false;

	if (vcs_file_had(f->v, path, text, where, &answer, &f->err) != RC_OK)
		fail_msg("%s", f->err.msg);
	free(path);
	return answer;
}

static void
test_lines(void **state)
{
	struct fixture *f = *state;
	bool any = true;

	fx_sh(f,
	    "git init -q -b main; mkdir d; f='d/a [b].md'\n"
	    "printf -- '- **A-1** one (x) + $y\\n' >\"$f\"\n"
	    "git add .; git commit -q -m first\n"
	    "printf -- '- 둘 and more\\r\\n' >>\"$f\"; git commit -qam second\n"
	    "git branch side; sed -i /둘/d \"$f\"; git commit -qam third\n"
	    "git checkout -q side; echo three >>\"$f\"; echo four >d/ab.md\n"
	    "git add .; git commit -qm fourth; git checkout -q main");
	fx_open(f, "repo", VCS_WAY_ANY);
	assert_true(had(f, "- **A-1** one (x) + $y", VCS_IN_HEAD));
	/* All of a line, whatever its end, also one that went out again. */
	assert_false(had(f, "- **A-1** one", VCS_IN_HEAD));
	assert_false(had(f, "- 둘", VCS_IN_HEAD));
	assert_true(had(f, "- 둘 and more", VCS_IN_HEAD));
	assert_false(had(f, "three", VCS_IN_HEAD));
	assert_true(had(f, "three", VCS_ANYWHERE));
	/* The name is no pattern. */
	assert_false(had(f, "four", VCS_ANYWHERE));
	assert_int_equal(vcs_file_had(f->v, "nowhere", "x", VCS_IN_HEAD, &any,
			     &f->err),
	    RC_OK);
	assert_false(any);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FX_TEST(test_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
