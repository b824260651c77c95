/*
 * Repositories for tests: made by the git program in a folder of their own,
 * with a home, dates and an identity that do not depend on the machine.
 */
#ifndef NOTES_TESTS_VCS_FIXTURE_H
#define NOTES_TESTS_VCS_FIXTURE_H

#include "unit.h"

#include "base/fs.h"
#include "base/mem.h"
#include "base/strv.h"
#include "vcs/hooks.h"
#include "vcs/vcs.h"

#include "vcs/repo.h"

struct fixture {
	char		*root;	/* all of it */
	char		*dir;	/* root/repo: where scripts begin */
	struct vcs	*v;
	struct err	 err;
	struct buf	 out;	/* of the last script */
};

/* Runs sh -e in dir; the test fails when the script does. */
static inline void
fx_sh(struct fixture *f, const char *script)
{
	const char *const argv[] = { "sh", "-ec", script, NULL };
	struct buf said = BUF_INIT;
	int status = -1;

	buf_clear(&f->out);
	assert_int_equal(fs_run(argv, f->dir, NULL, NULL, 0, &f->out, &said,
			     &status, &f->err),
	    RC_OK);
	if (status != 0)
		fail_msg("status %d of: %s\n%s%s", status, script,
		    buf_str(&f->out), buf_str(&said));
	buf_release(&said);
}

static inline const char *
fx_path(struct fixture *f, const char *name)
{
	static char path[4096];

	snprintf(path, sizeof(path), "%s/%s", f->root, name);
	return path;
}

static inline void
fx_write(struct fixture *f, const char *name, const char *text)
{
	assert_int_equal(fs_write(fx_path(f, name), text, strlen(text), 0644,
			     &f->err),
	    RC_OK);
}

/* Opens root/name and forces one way in. */
static inline void
fx_open(struct fixture *f, const char *name, enum vcs_way way)
{
	vcs_close(f->v);
	if (vcs_open(fx_path(f, name), &f->v, &f->err) != RC_OK)
		fail_msg("cannot open: %s", f->err.msg);
	f->v->way = way;
}

static inline int
fx_setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	char *real;

	vcs_env_clear();
	f->root = unit_mkdir();
	real = fs_real(f->root);
	free(f->root);
	f->root = real;
	f->dir = fs_join(f->root, "repo");
	setenv("HOME", f->root, 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	setenv("GIT_AUTHOR_NAME", "A U Thor", 1);
	setenv("GIT_AUTHOR_EMAIL", "author@example.com", 1);
	setenv("GIT_COMMITTER_NAME", "C O Mitter", 1);
	setenv("GIT_COMMITTER_EMAIL", "committer@example.com", 1);
	setenv("GIT_AUTHOR_DATE", "1700000000 +0900", 1);
	setenv("GIT_COMMITTER_DATE", "1700000100 +0000", 1);
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("GIT_CEILING_DIRECTORIES");
	setenv("GIT_CEILING_DIRECTORIES", f->root, 1);
	fx_write(f, ".gitconfig",
	    "[init]\n\tdefaultBranch = main\n[gc]\n\tauto = 0\n"
	    "[protocol \"file\"]\n\tallow = always\n");
	assert_int_equal(fs_mkdir(f->dir, 0755, &f->err), RC_OK);
	*state = f;
	return 0;
}

static inline int
fx_teardown(void **state)
{
	struct fixture *f = *state;

	vcs_close(f->v);
	buf_release(&f->out);
	free(f->dir);
	unit_rmdir(f->root);
	free(f);
	return 0;
}

#define FX_TEST(fn) cmocka_unit_test_setup_teardown(fn, fx_setup, fx_teardown)

/* A plain history with a merge, an annotated tag and a remote branch. */
static const char fx_history[] =
    "git init -q\n"
    "c() { git commit -q --allow-empty -m \"$1\"; }\n"
    "c one; c two\n"
    "git switch -q -c side HEAD^; c 'side: 한국어 제목'\n"
    "git switch -q main; c three\n"
    "git merge -q --no-ff -m 'merge side' side\n"
    "git tag light; git tag -a -m 'a tag' v1 HEAD^\n"
    "git update-ref refs/remotes/origin/main HEAD\n"
    "git symbolic-ref refs/remotes/origin/HEAD refs/remotes/origin/main\n"
    "git tag -a -m 'of a tag' v1-again v1\n"
    "git tag blob $(echo hi | git hash-object -w --stdin)\n"
    "git tag tree HEAD^{tree}\n";

#endif
