#include "fixture.h"

#include "vcs/packs.h"

/* A packed history; the index into out, the pack's size returned. */
static uint64_t
make_pack(struct fixture *f, const char *options, struct buf *out)
{
	char script[512];

	fx_sh(f, fx_history);
	snprintf(script, sizeof(script),
	    "git %s repack -adfq; git pack-refs --all\n"
	    "cp .git/objects/pack/*.idx ../idx; chmod u+w ../idx\n"
	    "cat .git/objects/pack/*.pack | wc -c",
	    options);
	fx_sh(f, script);
	assert_int_equal(fs_read(fx_path(f, "idx"), 0, out, &f->err), RC_OK);
	return strtoull(buf_str(&f->out), NULL, 10);
}

static bool
check(const struct buf *b, size_t len, uint64_t pack_size)
{
	return packs_check_index((const uint8_t *)b->ptr, len, pack_size, 20);
}

static void
test_index(void **state)
{
	static const char *const versions[] = { "-c pack.indexVersion=1",
		"-c pack.indexVersion=2" };

	for (int k = 0; k < 2; k++) {
		struct buf b = BUF_INIT;
		uint64_t size;

		fx_teardown(state);
		fx_setup(state);
		size = make_pack(*state, versions[k], &b);
		assert_true(check(&b, b.len, size));
		/* A pack that was cut. */
		assert_false(check(&b, b.len, size / 2));
		assert_false(check(&b, b.len, 0));
		for (size_t n = 0; n < b.len; n += 1 + n / 40)
			assert_false(check(&b, n, size));
		/* A fanout that shrinks; an offset beyond the end. */
		b.ptr[k == 0 ? 4 : 12] = 0x40;
		assert_false(check(&b, b.len, size));
		buf_release(&b);
	}
}

/* Large offsets stand in a table of their own. */
static void
test_large_offsets(void **state)
{
	struct fixture *f = *state;
	struct buf b = BUF_INIT;
	const uint64_t size = make_pack(f, "", &b);
	uint8_t *p = (uint8_t *)b.ptr;
	const size_t n = p[8 + 255 * 4 + 3];
	uint8_t *offset = p + 8 + 1024 + n * 24;
	const uint8_t old[4] = { offset[0], offset[1], offset[2], offset[3] };
	char trailer[40];

	memcpy(trailer, b.ptr + b.len - 40, 40);
	memcpy(offset, "\x80\x00\x00\x00", 4);
	assert_false(check(&b, b.len, size));
	b.len -= 40;
	buf_add(&b, "\0\0\0\0", 4);
	p = (uint8_t *)b.ptr;
	buf_add(&b, old, 4);
	buf_add(&b, trailer, 40);
	assert_true(check(&b, b.len, size));
	b.ptr[b.len - 48] = 1;
	assert_false(check(&b, b.len, size));
	buf_release(&b);
}

static bool
count(const struct commit *c, void *arg)
{
	size_t *n = arg;

	(void)c;
	(*n)++;
	return true;
}

static enum rc
walk(struct fixture *f)
{
	struct oid tips[8];
	struct vcs_ref_list refs;
	struct vcs_walk w = { .tips = tips, .fn = count };
	size_t n = 0;
	enum rc rc;

	err_clear(&f->err);
	fx_open(f, "repo", VCS_WAY_ANY);
	assert_int_equal(vcs_refs(f->v, &refs, &f->err), RC_OK);
	for (size_t i = 0; i < refs.n && w.n_tips < 8; i++)
		if (!oid_is_none(&refs.v[i].commit))
			tips[w.n_tips++] = refs.v[i].commit;
	w.arg = &n;
	rc = vcs_walk(f->v, &w, &f->err);
	vcs_ref_list_release(&refs);
	return rc;
}

static void
put_index(struct fixture *f, const struct buf *b)
{
	assert_int_equal(fs_write(fx_path(f, "idx"), b->ptr, b->len, 0644,
			     &f->err),
	    RC_OK);
	fx_sh(f,
	    "chmod u+w .git/objects/pack/*\n"
	    "cp ../idx .git/objects/pack/*.idx");
}

/* Wherever a bit falls over: an answer or an error, no crash, no hang. */
static void
test_damaged_index(void **state)
{
	struct fixture *f = *state;
	struct buf b = BUF_INIT;

	make_pack(f, "", &b);
	assert_int_equal(walk(f), RC_OK);
	for (size_t i = 8 + 1020; i < b.len - 40; i += 11) {
		enum rc rc;

		b.ptr[i] ^= 0x48;
		put_index(f, &b);
		rc = walk(f);
		if (rc != RC_OK) {
			assert_int_equal(rc, RC_GIT);
			assert_non_null(strstr(f->err.msg, "git fsck"));
		}
		b.ptr[i] ^= 0x48;
	}
	buf_release(&b);
}

static void
test_lost_pack(void **state)
{
	struct fixture *f = *state;
	struct buf b = BUF_INIT;

	make_pack(f, "", &b);
	fx_sh(f,
	    "chmod u+w .git/objects/pack/*\n"
	    "p=$(echo .git/objects/pack/*.pack); cp $p ../p\n"
	    "head -c 100 ../p >$p");
	assert_int_equal(walk(f), RC_GIT);
	assert_non_null(strstr(f->err.msg, "git fsck"));
	fx_sh(f, "rm .git/objects/pack/*");
	assert_int_equal(walk(f), RC_GIT);
	assert_non_null(strstr(f->err.msg, "git fsck"));
	buf_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FX_TEST(test_index),
		FX_TEST(test_large_offsets),
		FX_TEST(test_damaged_index),
		FX_TEST(test_lost_pack),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
