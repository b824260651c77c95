#include "fixture.h"

struct seen {
	struct buf text;
	size_t n, stop_at;
};

static bool
visit(const struct vcs_blame_line *l, void *arg)
{
	struct seen *s = arg;
	char hex[OID_HEX_MAX + 1] = "none";

	if (!oid_is_none(&l->commit))
		oid_to_short(&l->commit, 7, hex);
	buf_printf(&s->text, "%zu %s %.*s\n", l->line, hex, (int)l->len,
	    l->text);
	return ++s->n != s->stop_at;
}

static void
test_lines(void **state)
{
	struct fixture *f = *state;
	struct seen s = { .n = 0 };
	char *path;

	fx_sh(f,
	    "git init -q; mkdir d; printf 'one\\ntwo\\n' >'d/-x y'\n"
	    "git add .; git commit -q -m first\n"
	    "printf '\\tthree\\n\\nno end' >>'d/-x y'; git commit -qam second\n"
	    "printf ' now\\nnot yet\\n' >>'d/-x y'\n"
	    "git log --format=%h --abbrev=7 --reverse | tr '\\n' ' '");
	fx_open(f, "repo", VCS_WAY_ANY);
	path = fs_join(f->dir, "d/-x y");
	assert_int_equal(vcs_blame(f->v, path, 0, visit, &s, &f->err), RC_OK);
	assert_int_equal(s.n, 6);
	assert_non_null(strstr(buf_str(&s.text), " one\n2 "));
	assert_non_null(strstr(buf_str(&s.text), " \tthree\n4 "));
	assert_non_null(strstr(buf_str(&s.text), "5 none no end now\n6 none "));
	assert_memory_equal(buf_str(&s.text) + 2, buf_str(&f->out), 7);

	buf_clear(&s.text);
	s.n = 0;
	assert_int_equal(vcs_blame(f->v, path, 3, visit, &s, &f->err), RC_OK);
	assert_int_equal(s.n, 1);
	assert_memory_equal(buf_str(&s.text) + 2, buf_str(&f->out) + 8, 7);

	s.n = 0;
	s.stop_at = 2;
	assert_int_equal(vcs_blame(f->v, path, 0, visit, &s, &f->err),
	    RC_STOPPED);
	assert_int_equal(vcs_blame(f->v, path, 99, visit, &s, &f->err), RC_GIT);
	assert_non_null(strstr(f->err.msg, "6 lines"));
	assert_int_equal(vcs_blame(f->v, f->dir, 0, visit, &s, &f->err),
	    RC_USAGE);
	assert_int_equal(vcs_blame(f->v, "nowhere", 0, visit, &s, &f->err),
	    RC_NOT_FOUND);
	free(path);
	buf_release(&s.text);
}

/* Without a work tree it is HEAD's file; SHA-256 ids are longer. */
static void
test_bare(void **state)
{
	struct fixture *f = *state;
	struct seen s = { .n = 0 };

	fx_sh(f,
	    "git init -q --object-format=sha256; echo one >f; git add f\n"
	    "git commit -q -m first; git clone -q --bare . ../bare");
	fx_open(f, "bare", VCS_WAY_ANY);
	assert_int_equal(vcs_blame(f->v, "f", 0, visit, &s, &f->err), RC_OK);
	assert_int_equal(s.n, 1);
	assert_int_equal(vcs_blame(f->v, "-f", 0, visit, &s, &f->err), RC_GIT);
	assert_int_equal(vcs_blame(f->v, "", 0, visit, &s, &f->err), RC_GIT);
	buf_release(&s.text);
}

/* What configuration and attributes name is not run. */
static void
test_runs_nothing(void **state)
{
	struct fixture *f = *state;
	struct seen s = { .n = 0 };
	char *path;

	fx_sh(f,
	    "git init -q; echo one >f; echo 'f diff=x' >.gitattributes\n"
	    "git add .; git commit -q -m first\n"
	    "git config diff.x.textconv 'touch ../pwned; cat'\n"
	    "git config core.fsmonitor 'touch ../pwned; false'");
	fx_open(f, "repo", VCS_WAY_ANY);
	path = fs_join(f->dir, "f");
	assert_int_equal(vcs_blame(f->v, path, 0, visit, &s, &f->err), RC_OK);
	assert_false(fs_exists(fx_path(f, "pwned")));
	free(path);
	buf_release(&s.text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FX_TEST(test_lines),
		FX_TEST(test_bare),
		FX_TEST(test_runs_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
