#include "fixture.h"

#include "base/date.h"

static const enum vcs_way ways[] = { VCS_WAY_ANY, VCS_WAY_GIT2, VCS_WAY_GIT };

static const char *
hex(const struct oid *o)
{
	static char text[OID_HEX_MAX + 1];

	oid_to_hex(o, text);
	return text;
}

/* "name kind oid commit symref" for each, a line each. */
static void
print_refs(struct fixture *f, struct buf *out)
{
	struct vcs_ref_list l;

	assert_int_equal(vcs_refs(f->v, &l, &f->err), RC_OK);
	assert_int_equal(vcs_refs_peel(f->v, &l, &f->err), RC_OK);
	for (size_t i = 0; i < l.n; i++) {
		if (i > 0)
			assert_true(strcmp(l.v[i - 1].name, l.v[i].name) < 0);
		buf_printf(out, "%s %s", l.v[i].name, hex(&l.v[i].oid));
		buf_printf(out, " %s\n",
		    oid_is_none(&l.v[i].commit) ? "-" : hex(&l.v[i].commit));
	}
	vcs_ref_list_release(&l);
}

/* git's own list in the same form, HEADs aside. */
static const char git_refs[] =
    "for r in $(git for-each-ref --format='%(refname)' refs/heads "
    "refs/remotes refs/tags | LC_ALL=C sort); do\n"
    "echo $r $(git rev-parse $r) "
    "$(git rev-parse -q --verify \"$r^{commit}\" 2>/dev/null || echo -)\n"
    "done";

static void
check_refs(struct fixture *f)
{
	struct buf want = BUF_INIT;

	fx_sh(f, git_refs);
	buf_puts(&want, buf_str(&f->out));
	for (size_t i = 0; i < 3; i++) {
		struct buf got = BUF_INIT;
		const char *rest;

		fx_open(f, "repo", ways[i]);
		print_refs(f, &got);
		assert_int_equal(strncmp(buf_str(&got), "HEAD ", 5), 0);
		rest = strchr(buf_str(&got), '\n') + 1;
		assert_string_equal(rest, buf_str(&want));
		buf_release(&got);
	}
	buf_release(&want);
}

static void
test_lists(void **state)
{
	struct fixture *f = *state;

	fx_sh(f, fx_history);
	check_refs(f);
	/* Packed ones of trees and blobs are believed to be of commits. */
	fx_sh(f,
	    "git tag -d blob; git tag -d tree\n"
	    "git pack-refs --all; git repack -adq");
	check_refs(f);
	/* A loose ref hides its packed one; a deleted one is gone. */
	fx_sh(f,
	    "git commit -q --allow-empty -m more; git branch -D side\n"
	    "git tag -f light HEAD; git tag new");
	check_refs(f);
	fx_sh(f,
	    "sed -i -e 's/ sorted//' -e 's/fully-peeled//' "
	    "-e 's/peeled//' .git/packed-refs");
	check_refs(f);
	/* Not sorted, and with line ends that somebody's editor made. */
	fx_sh(f,
	    "{ grep '^#' .git/packed-refs; grep -v '^[#^]' "
	    ".git/packed-refs | sort -r; } >p; echo junk >>p\n"
	    "mv p .git/packed-refs");
	fx_open(f, "repo", VCS_WAY_ANY);
}

/* From here on every git that is run leaves what it was asked. */
static void
record_path(struct fixture *f)
{
	char *path = mem_printf("%s:%s", fx_path(f, "bin"), getenv("PATH"));

	setenv("PATH", path, 1);
	free(path);
}

static void
record_git(struct fixture *f)
{
	fx_sh(f,
	    "mkdir ../bin; g=$(command -v git)\n"
	    "printf '#!/bin/sh\\necho \"$*\" >>%s\\nexec %s \"$@\"\\n' "
	    "$(cd .. && pwd)/asked $g >../bin/git; chmod +x ../bin/git");
}

static void
expect_peeled(struct fixture *f, size_t n)
{
	struct vcs_ref_list l;

	fx_open(f, "repo", VCS_WAY_ANY);
	assert_int_equal(vcs_refs(f->v, &l, &f->err), RC_OK);
	assert_int_equal(vcs_refs_peel(f->v, &l, &f->err), RC_OK);
	assert_int_equal(l.n, n);
	for (size_t i = 0; i < l.n; i++)
		if (strcmp(hex(&l.v[i].commit), buf_str(&f->out)) != 0)
			fail_msg("%s is %s", l.v[i].name, hex(&l.v[i].commit));
	if (fs_exists(fx_path(f, "asked"))) {
		fx_sh(f, "cat ../asked");
		fail_msg("git was asked: %s", buf_str(&f->out));
	}
	assert_null(f->v->git2);
	vcs_ref_list_release(&l);
}

/* Tags of either kind, in files or in packed-refs, start no program. */
static void
test_peels_alone(void **state)
{
	struct fixture *f = *state;
	char *path = mem_strdup(getenv("PATH"));

	fx_sh(f,
	    "git init -q; git commit -q --allow-empty -m one\n"
	    "for i in $(seq 100); do echo create refs/tags/l$i HEAD; done |"
	    "git update-ref --stdin\n"
	    "for i in 1 2 3 4 5; do git tag -a -m t a$i; done\n"
	    "git tag -a -m t again a1");
	record_git(f);
	fx_sh(f, "git rev-parse HEAD | tr -d '\\n'");
	record_path(f);
	expect_peeled(f, 108);
	setenv("PATH", path, 1);
	/* The commit of a loose tag is in a pack. */
	fx_sh(f,
	    "git rev-parse HEAD | git pack-objects -q .git/objects/pack/p >p\n"
	    "git prune-packed; for i in $(seq 100); do git update-ref -d "
	    "refs/tags/l$i; done; git rev-parse HEAD | tr -d '\\n'");
	record_path(f);
	expect_peeled(f, 8);
	setenv("PATH", path, 1);
	fx_sh(f,
	    "git tag light; git pack-refs --all; git repack -adq\n"
	    "git rev-parse HEAD | tr -d '\\n'");
	record_path(f);
	expect_peeled(f, 9);
	setenv("PATH", path, 1);
	free(path);
}

static uint64_t
digest(struct fixture *f)
{
	struct vcs_ref_list l;
	uint64_t d;

	fx_open(f, "repo", VCS_WAY_ANY);
	assert_int_equal(vcs_refs(f->v, &l, &f->err), RC_OK);
	d = vcs_refs_digest(&l);
	vcs_ref_list_release(&l);
	return d;
}

static void
test_digest(void **state)
{
	struct fixture *f = *state;
	uint64_t a, b;

	fx_sh(f, fx_history);
	a = digest(f);
	assert_true(a == digest(f));
	fx_sh(f, "git pack-refs --all; git repack -adq");
	assert_true(a == digest(f));
	fx_sh(f, "git tag another");
	b = digest(f);
	assert_true(a != b);
	fx_sh(f, "git tag -d another");
	assert_true(a == digest(f));
	fx_sh(f, "git update-ref refs/heads/side main~2");
	assert_true(a != digest(f));
	/* What git keeps for itself moves nothing. */
	fx_sh(f,
	    "git update-ref refs/heads/side v1-again^0 && "
	    "git branch -f side main^2");
	assert_true(a == digest(f));
	fx_sh(f, "git update-ref refs/notes/commits main");
	assert_true(a == digest(f));
}

static void
check_head(struct fixture *f, const char *place, const char *branch)
{
	struct vcs_head head;

	for (size_t i = 0; i < 3; i++) {
		fx_open(f, place, ways[i]);
		assert_int_equal(vcs_head(f->v, &head, &f->err), RC_OK);
		if (branch == NULL)
			assert_null(head.branch);
		else
			assert_string_equal(head.branch, branch);
		assert_int_equal(strncmp(hex(&head.commit), buf_str(&f->out),
				     40),
		    0);
		vcs_head_release(&head);
	}
}

static void
test_head(void **state)
{
	struct fixture *f = *state;

	fx_sh(f, fx_history);
	fx_sh(f, "git rev-parse HEAD");
	check_head(f, "repo", "main");
	fx_sh(f, "git pack-refs --all; git rev-parse HEAD");
	check_head(f, "repo", "main");
	fx_sh(f, "git switch -q --detach v1; git rev-parse HEAD");
	check_head(f, "repo", NULL);
	fx_sh(f, "git worktree add -q ../tree side; git rev-parse side");
	check_head(f, "tree", "side");
	fx_sh(f,
	    "rm .git/HEAD; ln -s refs/heads/main .git/HEAD\n"
	    "git rev-parse main");
	check_head(f, "repo", "main");
	fx_sh(f,
	    "rm .git/HEAD; printf 'ref: refs/heads/feature/\xed\x95\x9c'"
	    ">.git/HEAD; git commit -q --allow-empty -m x\n"
	    "git rev-parse HEAD");
	check_head(f, "repo", "feature/한");
}

static void
test_worktree_heads(void **state)
{
	struct fixture *f = *state;

	fx_sh(f, fx_history);
	fx_sh(f,
	    "git worktree add -q --detach ../tree side\n"
	    "git -C ../tree commit -q --allow-empty -m mine\n"
	    "git -C ../tree rev-parse HEAD");
	for (size_t i = 0; i < 3; i++) {
		struct vcs_ref_list l;

		/* The same from either worktree. */
		fx_open(f, i == 0 ? "tree" : "repo", ways[i]);
		assert_int_equal(vcs_refs(f->v, &l, &f->err), RC_OK);
		assert_string_equal(l.v[0].name, "HEAD");
		assert_string_equal(l.v[l.n - 1].name, "worktrees/tree/HEAD");
		assert_int_equal(l.v[l.n - 1].kind, VCS_HEAD);
		assert_int_equal(strncmp(hex(&l.v[l.n - 1].commit),
				     buf_str(&f->out), 40),
		    0);
		vcs_ref_list_release(&l);
	}
}

/* ---- names to commits ---- */

static void
test_resolve(void **state)
{
	static const char *const revs[] = { "HEAD", "main", "side", "v1",
		"v1-again", "light", "main^", "main~2", "HEAD^2", "v1^{}",
		"refs/heads/main", "heads/side", "tags/v1", "origin",
		"origin/main", "@", ":/three", "main^{/two}", "-rf", "$(id)",
		"HEAD@{0}", "config" };
	struct fixture *f = *state;
	struct oid oid;

	fx_sh(f, fx_history);
	fx_sh(f,
	    "git update-ref refs/heads/-rf side\n"
	    "git update-ref 'refs/heads/$(id)' main~1\n"
	    "git branch config main~2");
	for (int packed = 0; packed < 2; packed++) {
		for (size_t k = 0; k < sizeof(revs) / sizeof(*revs); k++) {
			char script[256];

			snprintf(script, sizeof(script),
			    "git rev-parse --verify --end-of-options '%s'",
			    revs[k]);
			fx_sh(f, script);
			snprintf(script, sizeof(script),
			    "git rev-parse --verify %.40s^{commit}",
			    buf_str(&f->out));
			fx_sh(f, script);
			for (size_t i = 0; i < 3; i++) {
				fx_open(f, "repo", ways[i]);
				if (vcs_resolve(f->v, revs[k], &oid, &f->err) !=
				    RC_OK)
					fail_msg("%s: %s", revs[k], f->err.msg);
				assert_int_equal(strncmp(hex(&oid),
						     buf_str(&f->out), 40),
				    0);
				if (vcs_resolve(f->v, hex(&oid), &oid,
					&f->err) != RC_OK)
					fail_msg("%s", f->err.msg);
			}
		}
		fx_sh(f, "git repack -adq; git pack-refs --all");
	}
}

static void
test_resolve_nothing(void **state)
{
	static const char *const revs[] = { "", "nope", "-x", "--all", "blob",
		"tree", "main..side", "^main", "main^3", "v1:file", "../HEAD",
		"refs/heads/", "a b", "main\n", "\xff", "@{-99}",
		"1234567890123456789012345678901234567890", "index", "hooks" };
	struct fixture *f = *state;
	struct oid oid;

	fx_sh(f, fx_history);
	for (size_t i = 0; i < 3; i++) {
		fx_open(f, "repo", ways[i]);
		for (size_t k = 0; k < sizeof(revs) / sizeof(*revs); k++) {
			err_clear(&f->err);
			if (vcs_resolve(f->v, revs[k], &oid, &f->err) !=
			    RC_NOT_FOUND)
				fail_msg("'%s' resolved (%s)", revs[k],
				    f->err.msg);
			assert_non_null(strstr(f->err.msg, revs[k]));
			assert_true(oid_is_none(&oid));
		}
	}
}

static void
test_commit_read(void **state)
{
	struct fixture *f = *state;
	struct vcs_commit_mem mem = { 0 };
	struct commit c;
	struct oid oid;

	fx_sh(f, fx_history);
	for (int packed = 0; packed < 2; packed++) {
		for (size_t i = 0; i < 3; i++) {
			fx_open(f, "repo", ways[i]);
			vcs_resolve(f->v, "side", &oid, &f->err);
			assert_int_equal(vcs_commit_read(f->v, &oid, &mem, &c,
					     &f->err),
			    RC_OK);
			assert_string_equal(c.message, "side: 한국어 제목\n");
			assert_string_equal(c.author,
			    "A U Thor <author@example.com>");
			assert_int_equal(c.author_time, 1700000000);
			assert_int_equal(c.commit_time, 1700000100);
			assert_int_equal(c.n_parents, 1);
			vcs_resolve(f->v, "main", &oid, &f->err);
			assert_int_equal(vcs_commit_read(f->v, &oid, &mem, &c,
					     &f->err),
			    RC_OK);
			assert_int_equal(c.n_parents, 2);
			memset(oid.id, 7, sizeof(oid.id));
			assert_int_equal(vcs_commit_read(f->v, &oid, &mem, &c,
					     &f->err),
			    RC_GIT);
			assert_non_null(strstr(f->err.msg, hex(&oid)));
		}
		fx_sh(f, "git repack -adq");
	}
	vcs_commit_mem_release(&mem);
}

static void
test_tags(void **state)
{
	struct fixture *f = *state;
	struct vcs_tag tag;

	fx_sh(f, fx_history);
	fx_sh(f,
	    "GIT_COMMITTER_DATE='1700009999 +0100' git tag -a -m l late\n"
	    "git update-ref refs/tags/-rf main");
	for (int packed = 0; packed < 2; packed++) {
		for (size_t i = 0; i < 3; i++) {
			fx_open(f, "repo", ways[i]);
			assert_int_equal(vcs_tag_read(f->v, "late", &tag,
					     &f->err),
			    RC_OK);
			assert_true(tag.annotated);
			assert_int_equal(tag.time, 1700009999);
			assert_int_equal(vcs_tag_read(f->v, "light", &tag,
					     &f->err),
			    RC_OK);
			assert_false(tag.annotated);
			assert_int_equal(tag.time, 1700000100);
			assert_int_equal(vcs_tag_read(f->v, "-rf", &tag,
					     &f->err),
			    RC_OK);
			assert_int_equal(vcs_tag_read(f->v, "tree", &tag,
					     &f->err),
			    RC_OK);
			assert_true(oid_is_none(&tag.commit));
			assert_int_equal(vcs_tag_read(f->v, "main", &tag,
					     &f->err),
			    RC_NOT_FOUND);
		}
		fx_sh(f, "git repack -adq; git pack-refs --all");
	}
}

static void
test_diff(void **state)
{
	struct fixture *f = *state;
	struct buf out = BUF_INIT;
	struct oid oid;

	fx_sh(f,
	    "git init -q; printf 'a\\nb\\n' >f; git add f\n"
	    "git commit -q -m one; echo c >>f; git commit -qam two\n"
	    "git config diff.external 'touch ../pwned'\n"
	    "git config diff.x.textconv 'touch ../pwned; cat'\n"
	    "git config color.ui always; git config core.pager false\n"
	    "echo 'f diff=x' >.gitattributes");
	for (size_t i = 0; i < 3; i++) {
		fx_open(f, "repo", ways[i]);
		vcs_resolve(f->v, "HEAD", &oid, &f->err);
		buf_clear(&out);
		assert_int_equal(vcs_diff(f->v, &oid, 1 << 20, &out, &f->err),
		    RC_OK);
		assert_non_null(strstr(buf_str(&out), "\n+c\n"));
		assert_null(strchr(buf_str(&out), 033));
		buf_clear(&out);
		assert_int_equal(vcs_diff(f->v, &oid, 20, &out, &f->err),
		    RC_OK);
		assert_non_null(strstr(buf_str(&out), "cut"));
		assert_true(out.len < 80);
		vcs_resolve(f->v, "HEAD^", &oid, &f->err);
		buf_clear(&out);
		assert_int_equal(vcs_diff(f->v, &oid, 1 << 20, &out, &f->err),
		    RC_OK);
		assert_non_null(strstr(buf_str(&out), "+a\n+b\n"));
	}
	assert_false(fs_exists(fx_path(f, "pwned")));
	memset(oid.id, 7, sizeof(oid.id));
	assert_int_equal(vcs_diff(f->v, &oid, 100, &out, &f->err), RC_GIT);
	buf_release(&out);
}

/* A partial clone lacks the file; nothing is fetched for it. */
static void
test_diff_partial(void **state)
{
	struct fixture *f = *state;
	struct buf out = BUF_INIT;
	struct oid oid;

	fx_sh(f,
	    "git init -q; echo a >f; git add f; git commit -q -m one\n"
	    "git config uploadpack.allowFilter true\n"
	    "git config uploadpack.allowAnySHA1InWant true\n"
	    "git clone -q --no-checkout --filter=blob:none file://$PWD "
	    "../partial");
	fx_open(f, "partial", VCS_WAY_ANY);
	vcs_resolve(f->v, "HEAD", &oid, &f->err);
	assert_int_equal(vcs_diff(f->v, &oid, 1000, &out, &f->err), RC_GIT);
	fx_sh(f,
	    "cd ../partial; git rev-list --objects --all --missing=print |"
	    "grep -c '^?'");
	assert_string_equal(buf_str(&f->out), "1\n");
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FX_TEST(test_lists),
		FX_TEST(test_peels_alone),
		FX_TEST(test_digest),
		FX_TEST(test_head),
		FX_TEST(test_worktree_heads),
		FX_TEST(test_resolve),
		FX_TEST(test_resolve_nothing),
		FX_TEST(test_commit_read),
		FX_TEST(test_tags),
		FX_TEST(test_diff),
		FX_TEST(test_diff_partial),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
