#include "fixture.h"

#include "base/date.h"

/* "<id> <parents> <times> <author> <message>" of every commit, sorted. */
struct seen {
	struct strv lines;
	size_t stop_at;
	size_t n_boundary;
	struct oid_map known;
};

static bool
collect(const struct commit *c, void *arg)
{
	struct seen *s = arg;
	struct buf line = BUF_INIT;
	char hex[OID_HEX_MAX + 1];
	size_t len = c->message_len;

	oid_to_hex(&c->id, hex);
	s->n_boundary += c->boundary;
	assert_true(!c->boundary || c->n_parents == 0);
	buf_printf(&line, "%s|", hex);
	for (size_t i = 0; i < c->n_parents; i++) {
		oid_to_hex(&c->parents[i], hex);
		buf_printf(&line, "%s%s", i > 0 ? " " : "", hex);
	}
	buf_printf(&line, "|%lld|%lld|", (long long)c->author_time,
	    (long long)c->commit_time);
	buf_add(&line, c->author, c->author_len);
	buf_putc(&line, '|');
	while (len > 0 && c->message[len - 1] == '\n')
		len--;
	for (size_t i = 0; i < len; i++)
		buf_putc(&line, c->message[i] == '\n' ? '~' : c->message[i]);
	strv_take(&s->lines, buf_detach(&line));
	return s->stop_at == 0 || s->lines.n < s->stop_at;
}

/* What git log says of the same, in the same form. */
static void
expect_log(struct fixture *f, const char *revs, struct strv *out)
{
	char script[4096];

	snprintf(script, sizeof(script),
	    "export GIT_NO_REPLACE_OBJECTS=1\n"
	    "git log -z --encoding=UTF-8 "
	    "--format='tformat:%%H|%%P|%%at|%%ct|%%an <%%ae>|%%B' %s |"
	    "sed -z 's/\\n*$//' | tr '\\n\\0' '~\\n' | sed 's/~*$//'",
	    revs);
	fx_sh(f, script);
	for (char *p = f->out.ptr; p != NULL && *p != '\0';) {
		const size_t n = strcspn(p, "\n");

		strv_push_len(out, p, n);
		p += n + (p[n] == '\n');
	}
	strv_sort(out);
}

static struct oid *
tips_of(struct fixture *f, size_t *n)
{
	struct vcs_ref_list refs;
	struct oid *tips;

	assert_int_equal(vcs_refs(f->v, &refs, &f->err), RC_OK);
	assert_int_equal(vcs_refs_peel(f->v, &refs, &f->err), RC_OK);
	tips = calloc(refs.n + 1, sizeof(*tips));
	*n = 0;
	for (size_t i = 0; i < refs.n; i++)
		if (!oid_is_none(&refs.v[i].commit))
			tips[(*n)++] = refs.v[i].commit;
	vcs_ref_list_release(&refs);
	return tips;
}

static enum rc
walk_all(struct fixture *f, struct seen *s)
{
	struct vcs_walk w = { .fn = collect, .arg = s };
	struct oid *tips = tips_of(f, &w.n_tips);
	enum rc rc;

	w.tips = tips;
	rc = vcs_walk(f->v, &w, &f->err);
	strv_sort(&s->lines);
	free(tips);
	return rc;
}

static void
assert_same(const struct strv *a, const struct strv *b)
{
	for (size_t i = 0; i < a->n && i < b->n; i++)
		assert_string_equal(a->v[i], b->v[i]);
	assert_int_equal(a->n, b->n);
}

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const enum vcs_way ways[] = { VCS_WAY_ANY, VCS_WAY_GIT2, VCS_WAY_GIT };

/* All ways in agree with git log on all refs of root/name. */
static void
check_all(struct fixture *f, const char *name, const char *revs, size_t n)
{
	struct strv want = STRV_INIT;

	expect_log(f, revs, &want);
	if (n > 0)
		assert_int_equal(want.n, n);
	for (size_t i = 0; i < 3; i++) {
		struct seen s = { 0 };

		fx_open(f, name, ways[i]);
		if (walk_all(f, &s) != RC_OK)
			fail_msg("way %zu: %s", i, f->err.msg);
		assert_same(&s.lines, &want);
		strv_release(&s.lines);
	}
	strv_release(&want);
}

static void
test_loose(void **state)
{
	struct fixture *f = *state;

	fx_sh(f, fx_history);
	check_all(f, "repo", "--all", 5);
}

static void
test_packed(void **state)
{
	struct fixture *f = *state;

	fx_sh(f, fx_history);
	fx_sh(f,
	    "git pack-refs --all; git repack -adq; git prune-packed -q\n"
	    "test -z \"$(find .git/objects -path '*[0-9a-f][0-9a-f]/*')\"");
	check_all(f, "repo", "--all", 5);
	/* Some packed, some not. */
	fx_sh(f, "git commit -q --allow-empty -m four; git branch b2");
	check_all(f, "repo", "--all", 6);
	fx_sh(f, "git commit-graph write --reachable");
	check_all(f, "repo", "--all", 6);
}

static void
test_alternates_packed(void **state)
{
	struct fixture *f = *state;
	struct seen s = { 0 };

	fx_sh(f, fx_history);
	fx_sh(f,
	    "git clone -q --shared . ../other; git repack -adq\n"
	    "cd ../other; git commit -q --allow-empty -m mine");
	for (size_t i = 0; i < 3; i++) {
		fx_open(f, "other", ways[i]);
		assert_int_equal(walk_all(f, &s), RC_OK);
		assert_int_equal(s.lines.n, 6);
		strv_release(&s.lines);
	}
}

static void
test_odd_commits(void **state)
{
	static const char *const want[] = {
		"|1700000000|1700000000||none",
		"|1|2|A <a@b>|",
		"|1|2|A <a@b>|signed",
		"|1|2|A <a@b>|\377\376",
		"|1|2|한 <a@b>|글",
		"|253402300799|0|A <a@b>|late",
	};
	struct fixture *f = *state;
	struct seen s = { 0 };

	fx_sh(f,
	    "git init -q; t=$(git mktree </dev/null)\n"
	    "put() { o=$(git hash-object -t commit -w --literally --stdin)\n"
	    "git update-ref refs/heads/b$o $o; }\n"
	    /* No author at all. */
	    "printf 'tree %s\\ncommitter C <c@d> 1700000000 +0000\\n\\n"
	    "none\\n' $t | put\n"
	    /* A date beyond every calendar, and one before it. */
	    "printf 'tree %s\\nauthor A <a@b> 99999999999999999999 +0000\\n"
	    "committer C <c@d> -5 +0000\\n\\nlate\\n' $t | put\n"
	    /* A signature whose lines look like parents. */
	    "printf 'tree %s\\nauthor A <a@b> 1 +0000\\n"
	    "committer C <c@d> 2 +0000\\ngpgsig -----BEGIN\\n parent x\\n"
	    " \\n -----END\\n\\nsigned\\n' $t | put\n"
	    /* Empty message, no trailing newline. */
	    "printf 'tree %s\\nauthor A <a@b> 1 +0000\\n"
	    "committer C <c@d> 2 +0000\\n\\n' $t | put\n"
	    /* EUC-KR. */
	    "printf 'tree %s\\nauthor \\307\\321 <a@b> 1 +0000\\n"
	    "committer C <c@d> 2 +0000\\nencoding EUC-KR\\n\\n"
	    "\\261\\333\\n' $t | put\n"
	    /* Bytes that are no text, in an encoding that nobody knows. */
	    "printf 'tree %s\\nauthor A <a@b> 1 +0000\\n"
	    "committer C <c@d> 2 +0000\\nencoding klingon\\n\\n"
	    "\\377\\376\\n' $t | put\n");
	for (size_t i = 0; i < 3; i++) {
		struct strv got = STRV_INIT;

		fx_open(f, "repo", ways[i]);
		assert_int_equal(walk_all(f, &s), RC_OK);
		for (size_t k = 0; k < s.lines.n; k++)
			strv_push(&got, strchr(s.lines.v[k], '|') + 1);
		strv_sort(&got);
		assert_int_equal(got.n, COUNT(want));
		for (size_t k = 0; k < COUNT(want); k++)
			assert_string_equal(got.v[k], want[k]);
		strv_release(&got);
		strv_release(&s.lines);
	}
}

/* ---- what is known ---- */

static bool
is_known(void *arg, const struct oid *oid)
{
	const struct seen *s = arg;

	return oid_map_get(&s->known, oid, NULL);
}

static struct oid
resolve(struct fixture *f, const char *rev)
{
	struct oid oid;

	if (vcs_resolve(f->v, rev, &oid, &f->err) != RC_OK)
		fail_msg("%s: %s", rev, f->err.msg);
	return oid;
}

static void
check_range(struct fixture *f, enum vcs_way way, const char *tip,
    const char *hidden, bool vanished)
{
	struct strv want = STRV_INIT;
	struct seen old = { 0 }, s = { 0 };
	struct oid tips[1], hide[2];
	struct vcs_walk w = { .tips = tips, .n_tips = 1, .fn = collect };
	char range[256];

	fx_open(f, "repo", way);
	tips[0] = resolve(f, hidden);
	w.arg = &old;
	assert_int_equal(vcs_walk(f->v, &w, &f->err), RC_OK);
	for (size_t i = 0; i < old.lines.n; i++) {
		struct oid oid;

		assert_true(oid_from_hex(&oid, old.lines.v[i], 40));
		oid_map_add(&s.known, &oid, 0);
	}
	hide[0] = tips[0];
	memset(&hide[1], 0x5a, sizeof(hide[1]));
	hide[1].len = 20;
	tips[0] = resolve(f, tip);
	w.arg = &s;
	w.hidden = hide;
	w.n_hidden = vanished ? 2 : 1;
	snprintf(range, sizeof(range), "%s..%s", hidden, tip);
	expect_log(f, range, &want);
	/* First as a plain range, then with what is known. */
	for (int i = 0; i < 2; i++) {
		if (vcs_walk(f->v, &w, &f->err) != RC_OK)
			fail_msg("%s: %s", range, f->err.msg);
		strv_sort(&s.lines);
		assert_same(&s.lines, &want);
		strv_release(&s.lines);
		w.known = is_known;
	}
	strv_release(&want);
	strv_release(&old.lines);
	oid_map_release(&s.known);
}

static void
test_range(void **state)
{
	struct fixture *f = *state;

	fx_sh(f, fx_history);
	for (int packed = 0; packed < 2; packed++) {
		for (size_t i = 0; i < 3; i++) {
			check_range(f, ways[i], "main", "side", false);
			check_range(f, ways[i], "main", "v1", true);
			check_range(f, ways[i], "side", "main", false);
		}
		fx_sh(f, "git repack -adq; git pack-refs --all");
	}
	/* A file on top of what is packed and new, on top of what is known. */
	fx_sh(f, "git commit -q --allow-empty -m four");
	for (size_t i = 0; i < 3; i++)
		check_range(f, ways[i], "main", "side", true);
}

static void
test_stop(void **state)
{
	struct fixture *f = *state;

	fx_sh(f, fx_history);
	for (size_t i = 0; i < 3; i++) {
		struct seen s = { .stop_at = 2 };

		fx_open(f, "repo", ways[i]);
		assert_int_equal(walk_all(f, &s), RC_STOPPED);
		assert_int_equal(s.lines.n, 2);
		strv_release(&s.lines);
	}
}

static void
test_replace_and_grafts(void **state)
{
	struct fixture *f = *state;

	fx_sh(f, fx_history);
	fx_sh(f,
	    "git replace main~1 main~2; mkdir -p .git/info\n"
	    "git rev-parse main >.git/info/grafts");
	fx_open(f, "repo", VCS_WAY_ANY);
	for (size_t i = 0; i < 3; i++) {
		struct seen s = { 0 };

		fx_open(f, "repo", ways[i]);
		assert_int_equal(walk_all(f, &s), RC_OK);
		assert_int_equal(s.lines.n, 5);
		strv_release(&s.lines);
	}
}

/* ---- odd repositories ---- */

static void
test_shallow(void **state)
{
	struct fixture *f = *state;
	size_t edges;

	fx_sh(f, fx_history);
	fx_sh(f,
	    "git clone -q --depth 2 --no-single-branch file://$PWD "
	    "../shallow; wc -l <../shallow/.git/shallow");
	edges = strtoul(buf_str(&f->out), NULL, 10);
	assert_true(edges > 0);
	for (size_t i = 0; i < 3; i++) {
		struct strv want = STRV_INIT;
		struct seen s = { 0 };
		char *dir = f->dir;

		f->dir = fs_join(f->root, "shallow");
		expect_log(f, "--all", &want);
		free(f->dir);
		f->dir = dir;
		fx_open(f, "shallow", ways[i]);
		assert_true(vcs_is_shallow(f->v));
		assert_int_equal(walk_all(f, &s), RC_OK);
		assert_same(&s.lines, &want);
		assert_true(want.n > 1);
		assert_int_equal(s.n_boundary, edges);
		strv_release(&s.lines);
		strv_release(&want);
	}
}

static void
test_sha256(void **state)
{
	struct fixture *f = *state;

	fx_sh(f,
	    "git init -q --object-format=sha256\n"
	    "git commit -q --allow-empty -m one\n"
	    "git commit -q --allow-empty -m two; git tag -a -m t v1");
	check_all(f, "repo", "--all", 2);
	assert_int_equal(vcs_oid_len(f->v), 32);
	fx_sh(f, "git repack -adq; git pack-refs --all");
	check_all(f, "repo", "--all", 2);
}

static void
test_partial(void **state)
{
	struct fixture *f = *state;

	fx_sh(f, fx_history);
	fx_sh(f,
	    "echo x >file; git add file; git commit -q -m file\n"
	    "git config uploadpack.allowFilter true\n"
	    "git clone -q --no-checkout --filter=blob:none file://$PWD "
	    "../partial");
	for (size_t i = 0; i < 3; i++) {
		struct seen s = { 0 };

		fx_open(f, "partial", ways[i]);
		assert_int_equal(walk_all(f, &s), RC_OK);
		assert_int_equal(s.lines.n, 6);
		strv_release(&s.lines);
	}
	fx_sh(f,
	    "cd ../partial; git rev-list --objects --all --missing=print |"
	    "grep -c '^?'");
	assert_string_equal(buf_str(&f->out), "1\n");
}

static void
test_unknown_extension(void **state)
{
	struct fixture *f = *state;
	struct seen s = { 0 };

	fx_sh(f, fx_history);
	fx_sh(f,
	    "git repack -adq; git config core.repositoryformatversion 1\n"
	    "git config extensions.worktreeConfig true");
	check_all(f, "repo", "--all", 5);
	fx_sh(f, "git config extensions.fromTheFuture true");
	fx_open(f, "repo", VCS_WAY_ANY);
	assert_int_equal(walk_all(f, &s), RC_GIT);
	assert_non_null(strstr(f->err.msg, "fromthefuture"));
	strv_release(&s.lines);
}

/* ---- damage ---- */

static void
test_missing_ancestor(void **state)
{
	struct fixture *f = *state;
	char hex[64];

	fx_sh(f, fx_history);
	fx_sh(f,
	    "o=$(git rev-parse main~2); echo $o\n"
	    "rm -f .git/objects/$(echo $o | cut -c1-2)/$(echo $o | "
	    "cut -c3-)");
	snprintf(hex, sizeof(hex), "%.40s", buf_str(&f->out));
	for (size_t i = 0; i < 3; i++) {
		struct seen s = { 0 };

		fx_open(f, "repo", ways[i]);
		assert_int_equal(walk_all(f, &s), RC_GIT);
		assert_non_null(strstr(f->err.msg, "git fsck"));
		assert_non_null(strstr(f->err.msg, hex));
		strv_release(&s.lines);
	}
}

static void
test_damaged(void **state)
{
	struct fixture *f = *state;
	static const char *const damage[] = { "printf ''",
		"printf 'not zlib at all'",
		/* A whole object, cut. */
		"head -c 60 keep", "printf '\\170\\234'" };

	fx_sh(f, fx_history);
	fx_sh(f,
	    "o=$(git rev-parse main~2)\n"
	    "p=.git/objects/$(echo $o | cut -c1-2)/$(echo $o | cut -c3-)\n"
	    "cp $p keep; echo $p >path; chmod u+w $p");
	for (size_t d = 0; d < 4; d++) {
		char script[256];

		snprintf(script, sizeof(script), "%s >$(cat path)", damage[d]);
		fx_sh(f, script);
		for (size_t i = 0; i < 3; i++) {
			struct seen s = { 0 };

			fx_open(f, "repo", ways[i]);
			assert_int_equal(walk_all(f, &s), RC_GIT);
			assert_non_null(strstr(f->err.msg, "git fsck"));
			strv_release(&s.lines);
		}
	}
}

static void
test_broken_refs(void **state)
{
	struct fixture *f = *state;

	fx_sh(f, fx_history);
	fx_sh(f,
	    "echo garbage >.git/refs/heads/broken\n"
	    ": >.git/refs/heads/empty\n"
	    "echo 1234567890123456789012345678901234567890 "
	    ">.git/refs/heads/gone\n"
	    "echo 'ref: refs/heads/nowhere' >.git/refs/heads/dangling\n"
	    "echo 'ref: refs/heads/ring' >.git/refs/heads/ring\n"
	    "git update-ref 'refs/heads/$(id)' side\n"
	    "git update-ref refs/heads/-rf main~2\n"
	    "mkdir .git/refs/heads/.hidden; touch .git/refs/heads/x.lock");
	check_all(f, "repo", "main side light v1 refs/remotes/origin/main", 5);
}

static void
test_empty(void **state)
{
	struct fixture *f = *state;
	struct seen s = { 0 };
	struct vcs_head head;

	fx_sh(f, "git init -q");
	for (size_t i = 0; i < 3; i++) {
		fx_open(f, "repo", ways[i]);
		assert_int_equal(walk_all(f, &s), RC_OK);
		assert_int_equal(s.lines.n, 0);
		assert_int_equal(vcs_head(f->v, &head, &f->err), RC_OK);
		assert_string_equal(head.branch, "main");
		assert_true(oid_is_none(&head.commit));
		vcs_head_release(&head);
	}
}

/* Real histories, where somebody has them. */
static void
test_corpora(void **state)
{
	static const char *const names[] = { "maven", "git-cliff", "tmux" };
	struct fixture *f = *state;
	const char *base = getenv("NOTES_CORPUS_DIR");

	if (base == NULL)
		skip();
	for (size_t i = 0; i < 3; i++) {
		struct strv want = STRV_INIT;
		char path[4096];
		char *dir = f->dir;

		snprintf(path, sizeof(path), "%s/%s.git", base, names[i]);
		if (!fs_is_dir(path))
			continue;
		f->dir = path;
		expect_log(f, "--all", &want);
		f->dir = dir;
		for (size_t k = 0; k < 3; k++) {
			struct seen s = { 0 };

			vcs_close(f->v);
			f->v = NULL;
			assert_int_equal(vcs_open(path, &f->v, &f->err), RC_OK);
			f->v->way = ways[k];
			assert_int_equal(walk_all(f, &s), RC_OK);
			assert_same(&s.lines, &want);
			strv_release(&s.lines);
		}
		strv_release(&want);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FX_TEST(test_loose),
		FX_TEST(test_packed),
		FX_TEST(test_alternates_packed),
		FX_TEST(test_odd_commits),
		FX_TEST(test_range),
		FX_TEST(test_stop),
		FX_TEST(test_replace_and_grafts),
		FX_TEST(test_shallow),
		FX_TEST(test_sha256),
		FX_TEST(test_partial),
		FX_TEST(test_unknown_extension),
		FX_TEST(test_missing_ancestor),
		FX_TEST(test_damaged),
		FX_TEST(test_broken_refs),
		FX_TEST(test_empty),
		FX_TEST(test_corpora),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
