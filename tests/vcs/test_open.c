#include "fixture.h"

#include <sys/stat.h>

static void
expect(struct fixture *f, const char *place, const char *git_dir,
    const char *common_dir, const char *work_tree)
{
	fx_open(f, place, VCS_WAY_ANY);
	assert_string_equal(vcs_git_dir(f->v), fx_path(f, git_dir));
	assert_string_equal(vcs_common_dir(f->v), fx_path(f, common_dir));
	assert_int_equal(vcs_is_bare(f->v), work_tree == NULL);
	if (work_tree != NULL)
		assert_string_equal(vcs_work_tree(f->v), fx_path(f, work_tree));
	else
		assert_null(vcs_work_tree(f->v));
}

static enum rc
try_open(struct fixture *f, const char *place)
{
	vcs_close(f->v);
	f->v = NULL;
	err_clear(&f->err);
	return vcs_open(fx_path(f, place), &f->v, &f->err);
}

static void
test_places(void **state)
{
	struct fixture *f = *state;

	fx_sh(f, fx_history);
	fx_sh(f,
	    "mkdir -p a/b; git worktree add -q ../tree side\n"
	    "mkdir ../tree/sub\n"
	    "git clone -q --bare . ../bare.git\n"
	    "ln -s repo/a ../link\n"
	    "git submodule --quiet add ../bare.git sub 2>/dev/null\n");
	expect(f, "repo", "repo/.git", "repo/.git", "repo");
	expect(f, "repo/a/b", "repo/.git", "repo/.git", "repo");
	expect(f, "repo/.git", "repo/.git", "repo/.git", "repo");
	expect(f, "link", "repo/.git", "repo/.git", "repo");
	expect(f, "tree", "repo/.git/worktrees/tree", "repo/.git", "tree");
	expect(f, "tree/sub", "repo/.git/worktrees/tree", "repo/.git", "tree");
	expect(f, "bare.git", "bare.git", "bare.git", NULL);
	expect(f, "bare.git/refs/heads", "bare.git", "bare.git", NULL);
	expect(f, "repo/sub", "repo/.git/modules/sub", "repo/.git/modules/sub",
	    "repo/sub");
}

static void
test_bare_with_worktree(void **state)
{
	struct fixture *f = *state;

	fx_sh(f, fx_history);
	fx_sh(f,
	    "git clone -q --bare . ../bare.git\n"
	    "git -C ../bare.git worktree add -q ../tree side");
	expect(f, "tree", "bare.git/worktrees/tree", "bare.git", "tree");
	/* worktreeConfig keeps core.bare in the main worktree's own file. */
	fx_sh(f,
	    "cd ../bare.git\n"
	    "git config core.repositoryformatversion 1\n"
	    "git config extensions.worktreeConfig true\n"
	    "git config --unset core.bare\n"
	    "git config -f config.worktree core.bare true");
	expect(f, "bare.git", "bare.git", "bare.git", NULL);
	expect(f, "tree", "bare.git/worktrees/tree", "bare.git", "tree");
}

static void
test_environment(void **state)
{
	struct fixture *f = *state;

	fx_sh(f, fx_history);
	fx_sh(f, "git clone -q . ../other; mkdir a");
	/* As in a hook: a relative GIT_DIR, and the index. */
	setenv("GIT_DIR", ".git", 1);
	setenv("GIT_INDEX_FILE", ".git/index", 1);
	expect(f, "repo", "repo/.git", "repo/.git", "repo");
	setenv("GIT_DIR", fx_path(f, "repo/.git"), 1);
	expect(f, "other", "repo/.git", "repo/.git", "other");
	setenv("GIT_WORK_TREE", fx_path(f, "repo/a"), 1);
	expect(f, "other", "repo/.git", "repo/.git", "repo/a");
	unsetenv("GIT_WORK_TREE");
	/* As in a hook of a push. */
	setenv("GIT_DIR", ".", 1);
	expect(f, "repo/.git", "repo/.git", "repo/.git", "repo");
	vcs_env_clear();
	assert_null(getenv("GIT_DIR"));
	assert_null(getenv("GIT_INDEX_FILE"));
	expect(f, "other", "other/.git", "other/.git", "other");
	setenv("GIT_DIR", "nowhere", 1);
	assert_int_equal(try_open(f, "repo"), RC_NOT_FOUND);
	assert_non_null(strstr(f->err.msg, "nowhere"));
	vcs_env_clear();
}

static void
test_nothing(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(try_open(f, "repo"), RC_NOT_FOUND);
	assert_non_null(strstr(f->err.msg, "git init"));
	assert_int_equal(try_open(f, "no-such-folder"), RC_IO);
	fx_sh(f, "mkdir -p .git/objects .git/refs; echo junk >.git/HEAD");
	assert_int_equal(try_open(f, "repo"), RC_NOT_FOUND);
	fx_sh(f, "rm -r .git; echo junk >.git");
	assert_int_equal(try_open(f, "repo"), RC_GIT);
	fx_sh(f, "echo 'gitdir: ../gone' >.git");
	assert_int_equal(try_open(f, "repo"), RC_GIT);
	assert_non_null(strstr(f->err.msg, "gone"));
	fx_sh(f, "rm .git; mkfifo .git");
	assert_int_equal(try_open(f, "repo"), RC_NOT_FOUND);
	fx_sh(f, "rm .git; git init -q; rm .git/HEAD; mkfifo .git/HEAD");
	assert_int_equal(try_open(f, "repo"), RC_NOT_FOUND);
}

static void
test_ceiling(void **state)
{
	struct fixture *f = *state;

	fx_sh(f, "git init -q; mkdir -p a/b");
	setenv("GIT_CEILING_DIRECTORIES", fx_path(f, "repo"), 1);
	assert_int_equal(try_open(f, "repo/a/b"), RC_NOT_FOUND);
	setenv("GIT_CEILING_DIRECTORIES", fx_path(f, "repo/a/b"), 1);
	assert_int_equal(try_open(f, "repo/a/b"), RC_OK);
}

static void
test_config_forms(void **state)
{
	struct fixture *f = *state;

	fx_sh(f,
	    "git init -q; mkdir ../elsewhere; cat >.git/config <<'EOF'\n"
	    "\xef\xbb\xbf# a comment\n"
	    "[CORE]Bare=no ; inline\n"
	    "  [core \"sub.Section\\\"x\"] bare = true\n"
	    "[core]\n\trepositoryformatversion = 0\n"
	    "\tworktree = \"../../else\\\nwhere\"\n"
	    "\tignorecase\n"
	    "EOF\n");
	expect(f, "repo", "repo/.git", "repo/.git", "elsewhere");
	fx_sh(f, "echo '[broken' >.git/config");
	assert_int_equal(try_open(f, "repo"), RC_GIT);
	assert_non_null(strstr(f->err.msg, "config"));
}

static void
test_owner(void **state)
{
	struct fixture *f = *state;

	if (geteuid() != 0)
		skip();
	fx_sh(f, "git init -q; chown -R 12345 .");
	unsetenv("SUDO_UID");
	assert_int_equal(try_open(f, "repo"), RC_GIT);
	assert_non_null(strstr(f->err.msg, "safe.directory"));
	/* The repository's own word does not count. */
	fx_sh(f, "git config -f .git/config safe.directory '*'");
	assert_int_equal(try_open(f, "repo"), RC_GIT);
	fx_sh(f, "git config --global safe.directory \"$PWD\"");
	assert_int_equal(try_open(f, "repo"), RC_OK);
	fx_sh(f, "git config --global safe.directory /elsewhere");
	assert_int_equal(try_open(f, "repo"), RC_GIT);
	fx_sh(f, "git config --global safe.directory '*'");
	assert_int_equal(try_open(f, "repo"), RC_OK);
	/* An empty value forgets what was before. */
	fx_sh(f, "git config --global --add safe.directory ''");
	assert_int_equal(try_open(f, "repo"), RC_GIT);
	setenv("SUDO_UID", "12345", 1);
	assert_int_equal(try_open(f, "repo"), RC_OK);
	unsetenv("SUDO_UID");
	/* Who names it himself has decided. */
	setenv("GIT_DIR", fx_path(f, "repo/.git"), 1);
	assert_int_equal(try_open(f, "repo"), RC_OK);
	vcs_env_clear();
}

static void
test_writable_by_all(void **state)
{
	struct fixture *f = *state;

	fx_sh(f, "git init -q");
	fx_open(f, "repo", VCS_WAY_ANY);
	assert_false(vcs_others_write(f->v));
	fx_sh(f, "chmod o+w .git");
	fx_open(f, "repo", VCS_WAY_ANY);
	assert_true(vcs_others_write(f->v));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FX_TEST(test_places),
		FX_TEST(test_bare_with_worktree),
		FX_TEST(test_environment),
		FX_TEST(test_nothing),
		FX_TEST(test_ceiling),
		FX_TEST(test_config_forms),
		FX_TEST(test_owner),
		FX_TEST(test_writable_by_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
