#include "fixture.h"

#include <sys/stat.h>

/* A stand-in for notes that writes down how it was called. */
static void
make_program(struct fixture *f, const char *body)
{
	char text[1024];

	snprintf(text, sizeof(text),
	    "#!/bin/sh\necho \"$*\" >>'%s/calls'\n%s\n", f->root, body);
	fx_write(f, "bin it's", text);
	assert_int_equal(chmod(fx_path(f, "bin it's"), 0755), 0);
}

static enum rc
install(struct fixture *f, struct buf *advice)
{
	char *program = mem_strdup(fx_path(f, "bin it's"));
	enum rc rc;

	fx_open(f, "repo", VCS_WAY_ANY);
	err_clear(&f->err);
	rc = vcs_hooks_install(f->v, program, advice, &f->err);
	free(program);
	return rc;
}

static void
expect_state(struct fixture *f, const char *name, enum vcs_hook_state state)
{
	struct vcs_hooks h;
	bool found = false;

	fx_open(f, "repo", VCS_WAY_ANY);
	assert_int_equal(vcs_hooks_status(f->v, &h, &f->err), RC_OK);
	for (size_t i = 0; i < h.n; i++) {
		if (strcmp(h.v[i].name, name) != 0)
			continue;
		found = true;
		assert_int_equal(h.v[i].state, state);
	}
	assert_true(found);
	vcs_hooks_release(&h);
}

/* Names, modes and bytes of the hooks folder. */
static char *
snapshot(struct fixture *f)
{
	fx_sh(f,
	    "cd .git/hooks 2>/dev/null || exit 0\n"
	    "for h in $(ls -A); do stat -c '%n %f' $h\n"
	    "test -L $h || cat $h; done");
	return buf_detach(&f->out);
}

static void
expect_calls(struct fixture *f, const char *want)
{
	fx_sh(f, "cat ../calls 2>/dev/null || :; rm -f ../calls");
	assert_string_equal(buf_str(&f->out), want);
}

static void
test_cycle(void **state)
{
	struct fixture *f = *state;
	struct buf advice = BUF_INIT;
	char *before, *after, *again;
	size_t removed;

	fx_sh(f, "git init -q; echo '#!/bin/sh' >.git/hooks/commit-msg.sample");
	make_program(f, "exit 0");
	before = snapshot(f);
	expect_state(f, "post-commit", VCS_HOOK_ABSENT);
	assert_int_equal(install(f, &advice), RC_OK);
	assert_int_equal(advice.len, 0);
	expect_state(f, "post-commit", VCS_HOOK_OURS);
	after = snapshot(f);
	/* Twice changes nothing. */
	assert_int_equal(install(f, &advice), RC_OK);
	again = snapshot(f);
	assert_string_equal(again, after);
	free(again);
	assert_int_equal(vcs_hooks_uninstall(f->v, &removed, &f->err), RC_OK);
	assert_int_equal(removed, vcs_hook_names_n);
	free(after);
	after = snapshot(f);
	assert_string_equal(after, before);
	assert_int_equal(vcs_hooks_uninstall(f->v, &removed, &f->err), RC_OK);
	assert_int_equal(removed, 0);
	free(after);
	free(before);
	buf_release(&advice);
}

/* What fires, with which arguments: git's own table. */
static void
test_fires(void **state)
{
	struct fixture *f = *state;
	struct buf advice = BUF_INIT;

	fx_sh(f, "git init -q; git commit -q --allow-empty -m one");
	make_program(f, "case $3 in post-rewrite) cat >>../calls;; esac");
	assert_int_equal(install(f, &advice), RC_OK);
	fx_sh(f, "git commit -q --allow-empty -m two");
	expect_calls(f,
	    "hook run prepare-commit-msg .git/COMMIT_EDITMSG message\n"
	    "hook run commit-msg .git/COMMIT_EDITMSG\n"
	    "hook run post-commit\n");
	fx_sh(f, "git commit -q --allow-empty --no-verify -m three");
	expect_calls(f,
	    "hook run prepare-commit-msg .git/COMMIT_EDITMSG message\n"
	    "hook run post-commit\n");
	fx_sh(f,
	    "git switch -q -c side HEAD^; git commit -q --allow-empty "
	    "-m s; rm -f ../calls; git switch -q main\n"
	    "git merge -q --no-ff -m m side");
	expect_calls(f,
	    "hook run prepare-commit-msg .git/MERGE_MSG merge\n"
	    "hook run commit-msg .git/MERGE_MSG\n"
	    "hook run post-merge 0\n");
	fx_sh(f,
	    "git commit -q --amend --allow-empty --no-edit; "
	    "grep -c 'hook run' ../calls\n"
	    "grep -c '^[0-9a-f]* [0-9a-f]*$' ../calls; rm ../calls");
	assert_string_equal(buf_str(&f->out), "4\n1\n");
	buf_release(&advice);
}

static void
test_chained(void **state)
{
	struct fixture *f = *state;
	struct buf advice = BUF_INIT;
	char *before, *after;
	size_t removed;

	fx_sh(f,
	    "git init -q; mkdir -p .git/hooks; cd .git/hooks\n"
	    "printf '#!/bin/sh\\necho kept \"$@\" >>../calls\\n' >post-commit\n"
	    "printf '#!/bin/sh\\necho in >>../calls; cat >>../calls\\n' "
	    ">post-rewrite\n"
	    "printf '#!/bin/sh\\nexit 7\\n' >post-merge\n"
	    "printf '#!/bin/sh\\ngrep -q bad \"$1\" && exit 5\\nexit 0\\n' "
	    ">commit-msg\n"
	    "printf '#!/bin/sh\\necho never >>../calls\\n' "
	    ">prepare-commit-msg\n"
	    "chmod 750 post-commit; chmod 755 post-rewrite post-merge "
	    "commit-msg\n"
	    "mv post-merge real; ln -s real post-merge");
	make_program(f, "case $3 in post-rewrite) cat >>../calls;; esac");
	before = snapshot(f);
	assert_int_equal(install(f, &advice), RC_OK);
	assert_int_equal(install(f, &advice), RC_OK);
	expect_state(f, "post-commit", VCS_HOOK_CHAINED);
	expect_state(f, "post-applypatch", VCS_HOOK_OURS);
	/* The kept one first; the one that is not executable not at all. */
	fx_sh(f, "git commit -q --allow-empty -m one");
	expect_calls(f,
	    "hook run prepare-commit-msg .git/COMMIT_EDITMSG message\n"
	    "hook run commit-msg .git/COMMIT_EDITMSG\n"
	    "kept\nhook run post-commit\n");
	/* Its no is a no. */
	fx_sh(f, "! git commit -q --allow-empty -m bad");
	expect_calls(f,
	    "hook run prepare-commit-msg .git/COMMIT_EDITMSG message\n");
	/* Both get the input. */
	fx_sh(f,
	    "git commit -q --amend --allow-empty --no-edit\n"
	    "grep -c '^[0-9a-f]* [0-9a-f]*$' ../calls; rm ../calls");
	assert_string_equal(buf_str(&f->out), "2\n");
	assert_int_equal(vcs_hooks_uninstall(f->v, &removed, &f->err), RC_OK);
	assert_int_equal(removed, vcs_hook_names_n);
	after = snapshot(f);
	assert_string_equal(after, before);
	free(before);
	free(after);
	buf_release(&advice);
}

/* Nothing that is wrong with notes stops a commit; only 3 refuses. */
static void
test_faults(void **state)
{
	static const char *const bodies[] = { "exit 0", "exit 1", "exit 2",
		"exit 127", "kill -SEGV $$", "exit 255" };
	struct fixture *f = *state;
	struct buf advice = BUF_INIT;

	fx_sh(f, "git init -q");
	make_program(f, "exit 0");
	assert_int_equal(install(f, &advice), RC_OK);
	for (size_t i = 0; i < sizeof(bodies) / sizeof(*bodies); i++) {
		make_program(f, bodies[i]);
		fx_sh(f, "git commit -q --allow-empty -m x 2>/dev/null");
	}
	make_program(f, "test $3 != commit-msg || exit 3");
	fx_sh(f, "! git commit -q --allow-empty -m x");
	make_program(f, "test $3 != prepare-commit-msg || exit 3");
	fx_sh(f, "git commit -q --allow-empty -m x");
	/* Not a program at all, not executable, gone. */
	fx_write(f, "bin it's",
	    "\x7f"
	    "ELF junk");
	fx_sh(f, "git commit -q --allow-empty -m x 2>/dev/null");
	assert_int_equal(chmod(fx_path(f, "bin it's"), 0644), 0);
	fx_sh(f, "git commit -q --allow-empty -m x 2>/dev/null");
	expect_state(f, "commit-msg", VCS_HOOK_OUTDATED);
	remove(fx_path(f, "bin it's"));
	/* Nor is one in PATH, though the machine may have it. */
	fx_sh(f,
	    "mkdir ../clean; ln -s \"$(command -v git)\" ../clean/git\n"
	    "PATH=$PWD/../clean git commit -q --allow-empty -m x 2>&1");
	assert_string_equal(buf_str(&f->out), "");
	/* Then one from PATH, if there is one. */
	fx_sh(f,
	    "mkdir -p ../path; cat >../path/notes <<'EOF'\n"
	    "#!/bin/sh\necho path $3 >>../calls\nEOF\n"
	    "chmod +x ../path/notes; rm -f ../calls\n"
	    "PATH=$PWD/../path:$PATH git commit -q --allow-empty -m y");
	expect_calls(f,
	    "path prepare-commit-msg\npath commit-msg\npath post-commit\n");
	buf_release(&advice);
}

static void
test_changed_by_others(void **state)
{
	struct fixture *f = *state;
	struct buf advice = BUF_INIT;
	char *before, *after;
	size_t removed;

	fx_sh(f,
	    "git init -q; mkdir -p .git/hooks\n"
	    "printf '#!/bin/sh\\n' >.git/hooks/post-commit\n"
	    "chmod +x .git/hooks/post-commit");
	make_program(f, "exit 0");
	assert_int_equal(install(f, &advice), RC_OK);
	fx_sh(f, "echo 'echo mine' >>.git/hooks/post-commit");
	expect_state(f, "post-commit", VCS_HOOK_FOREIGN);
	before = snapshot(f);
	assert_int_equal(install(f, &advice), RC_CONFLICT);
	assert_non_null(strstr(f->err.msg, "post-commit"));
	after = snapshot(f);
	assert_string_equal(after, before);
	free(after);
	free(before);
	assert_int_equal(vcs_hooks_uninstall(f->v, &removed, &f->err), RC_OK);
	assert_int_equal(removed, vcs_hook_names_n - 1);
	fx_sh(f,
	    "grep -c mine .git/hooks/post-commit\n"
	    "ls .git/hooks/post-commit.notes-kept");
	/* Replaced as a whole, with the old one still kept. */
	fx_sh(f, "printf 'new' >.git/hooks/post-commit");
	assert_int_equal(install(f, &advice), RC_CONFLICT);
	assert_non_null(strstr(f->err.msg, "notes-kept"));
	/* Our stub removed by hand: installing finds the kept one again. */
	fx_sh(f, "rm .git/hooks/post-commit");
	assert_int_equal(install(f, &advice), RC_OK);
	expect_state(f, "post-commit", VCS_HOOK_CHAINED);
	/* Another program path: written anew, still chained. */
	fx_sh(f, "mv \"../bin it's\" ../bin2");
	expect_state(f, "post-commit", VCS_HOOK_OUTDATED);
	fx_open(f, "repo", VCS_WAY_ANY);
	assert_int_equal(vcs_hooks_install(f->v, fx_path(f, "bin2"), &advice,
			     &f->err),
	    RC_OK);
	expect_state(f, "post-commit", VCS_HOOK_CHAINED);
	buf_release(&advice);
}

static void
test_folder_in_the_way(void **state)
{
	struct fixture *f = *state;
	struct buf advice = BUF_INIT;

	fx_sh(f, "git init -q; mkdir -p .git/hooks/post-merge");
	make_program(f, "exit 0");
	assert_int_equal(install(f, &advice), RC_CONFLICT);
	expect_state(f, "post-commit", VCS_HOOK_ABSENT);
	fx_sh(f, "rm -r .git/hooks");
	assert_int_equal(install(f, &advice), RC_OK);
	expect_state(f, "post-merge", VCS_HOOK_OURS);
	assert_int_equal(vcs_hooks_install(f->v, "notes", &advice, &f->err),
	    RC_INVALID);
	buf_release(&advice);
}

static void
expect_manager(struct fixture *f, const char *manager, const char *words)
{
	struct buf advice = BUF_INIT;
	struct vcs_hooks h;
	char *before = snapshot(f), *after;

	assert_int_equal(install(f, &advice), RC_FAIL);
	assert_non_null(strstr(buf_str(&advice), words));
	assert_non_null(strstr(buf_str(&advice), "notes hook run post-commit"));
	assert_int_equal(vcs_hooks_status(f->v, &h, &f->err), RC_OK);
	assert_true(h.managed);
	assert_string_equal(h.manager, manager);
	vcs_hooks_release(&h);
	after = snapshot(f);
	assert_string_equal(after, before);
	free(before);
	free(after);
	buf_release(&advice);
}

static void
test_managers(void **state)
{
	struct fixture *f = *state;
	struct buf advice = BUF_INIT;

	make_program(f, "exit 0");
	fx_sh(f, "git init -q; git config core.hooksPath ../common");
	expect_manager(f, "core.hooksPath", "common/post-commit:");
	assert_false(fs_exists(fx_path(f, "common")));
	fx_sh(f, "git config core.hooksPath .husky/_");
	expect_manager(f, "husky", "repo/.husky/post-commit:");
	fx_sh(f, "git config core.hooksPath .lefthook; touch lefthook.yml");
	expect_manager(f, "lefthook", "lefthook.yml:");
	fx_sh(f, "rm lefthook.yml; touch .pre-commit-config.yaml");
	expect_manager(f, "pre-commit", "stages: [post-commit]");
	/* The usual place by another name is the usual place. */
	fx_sh(f, "git config core.hooksPath .git/../.git/hooks");
	assert_int_equal(install(f, &advice), RC_OK);
	expect_state(f, "post-commit", VCS_HOOK_OURS);
	buf_release(&advice);
}

static void
test_worktree(void **state)
{
	struct fixture *f = *state;
	struct buf advice = BUF_INIT;

	fx_sh(f,
	    "git init -q; git commit -q --allow-empty -m x\n"
	    "git worktree add -q ../tree");
	make_program(f, "exit 0");
	fx_open(f, "tree", VCS_WAY_ANY);
	assert_int_equal(vcs_hooks_install(f->v, fx_path(f, "bin it's"),
			     &advice, &f->err),
	    RC_OK);
	fx_sh(f,
	    "cd ../tree; git commit -q --allow-empty -m y; cd ../repo\n"
	    "test -f .git/hooks/post-commit; wc -l <../calls");
	assert_string_equal(buf_str(&f->out), "3\n");
	buf_release(&advice);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FX_TEST(test_cycle),
		FX_TEST(test_fires),
		FX_TEST(test_chained),
		FX_TEST(test_faults),
		FX_TEST(test_changed_by_others),
		FX_TEST(test_folder_in_the_way),
		FX_TEST(test_managers),
		FX_TEST(test_worktree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
