/* Revisions of notes: numbered by version, kept once. */
#include "fixture.h"

#include "store/revision.h"

static int64_t
add(struct fixture *f, const char *version, const char *file,
    const char *format, const char *text)
{
	struct revision r = {
		.version = mem_strdup(version),
		.made = 1000,
		.file = mem_strdup(file),
		.style = mem_strdup("default"),
		.format = mem_strdup(format),
		.lang = mem_strdup("ko"),
		.text = mem_strdup(text),
	};
	int64_t n;

	r.branch = mem_strdup("main");
	r.head.len = 20;
	r.head.id[1] = 9;
	r.to.len = 20;
	r.to.id[0] = 7;
	if (store_revision_add(f->st, &r, &f->err) != RC_OK)
		fail_msg("%s", f->err.msg);
	n = r.n;
	revision_release(&r);
	return n;
}

static void
test_numbers(void **state)
{
	struct fixture f;
	struct revision r;
	struct revision_list l = { 0 };

	(void)state;
	fixture_open(&f);
	assert_int_equal(add(&f, "1.0", "A.md", "md", "# 1.0\n한글\n"), 1);
	assert_int_equal(add(&f, "1.0", "A.md", "md", "# 1.0\n한글\n"), 1);
	assert_int_equal(add(&f, "1.0", "A.md", "md", "two"), 2);
	assert_int_equal(add(&f, "1.0", "A.md", "md", "# 1.0\n한글\n"), 3);
	assert_int_equal(add(&f, "1.0", "B.md", "md", "b"), 4);
	assert_int_equal(add(&f, "1.0", "A.md", "html", "h"), 5);
	assert_int_equal(add(&f, "1.1", "A.md", "md", ""), 1);
	assert_int_equal(store_revision_bases(f.st, "1.0", NULL, "A.md", 9, &l,
			     &f.err),
	    RC_OK);
	assert_int_equal(l.n, 3);
	assert_int_equal(l.v[0].n, 3);
	assert_int_equal(l.v[2].n, 1);
	assert_string_equal(l.v[0].text, "# 1.0\n한글\n");
	assert_int_equal(l.v[0].len, strlen(l.v[0].text));
	assert_string_equal(l.v[0].lang, "ko");
	assert_int_equal(l.v[0].to.id[0], 7);
	assert_true(oid_is_none(&l.v[0].from));
	assert_string_equal(l.v[0].branch, "main");
	assert_int_equal(l.v[0].head.id[1], 9);
	revision_list_release(&l);
	assert_int_equal(store_revision_bases(f.st, "1.1", "1.0", "A.md", 2, &l,
			     &f.err),
	    RC_OK);
	assert_int_equal(l.n, 2);
	assert_string_equal(l.v[0].version, "1.1");
	assert_int_equal(l.v[1].n, 3);
	revision_list_release(&l);
	assert_int_equal(store_revision_bases(f.st, "1.0", NULL, "C.md", 9, &l,
			     &f.err),
	    RC_OK);
	assert_int_equal(l.n, 0);
	revision_list_release(&l);
	assert_int_equal(store_revision_get(f.st, "1.0", 0, &r, &f.err), RC_OK);
	assert_int_equal(r.n, 5);
	revision_release(&r);
	assert_int_equal(store_revision_get(f.st, "1.0", 6, &r, &f.err),
	    RC_NOT_FOUND);
	assert_int_equal(store_revision_get(f.st, "9", 0, &r, &f.err),
	    RC_NOT_FOUND);
	assert_int_equal(store_revisions(f.st, NULL, &l, &f.err), RC_OK);
	assert_int_equal(l.n, 6);
	assert_null(l.v[0].text);
	revision_list_release(&l);
	assert_int_equal(store_revisions(f.st, "1.1", &l, &f.err), RC_OK);
	assert_int_equal(l.n, 1);
	revision_list_release(&l);
	fixture_close(&f);
}

/* They are local: the journal made anew leaves them. */
static void
test_stay(void **state)
{
	struct fixture f;
	struct revision_list l = { 0 };
	bool changed;

	(void)state;
	fixture_open(&f);
	add(&f, "1.0", "A.md", "md", "text");
	assert_int_equal(store_rebuild(f.st, NULL, NULL, &changed, &f.err),
	    RC_OK);
	assert_false(changed);
	fixture_reopen(&f);
	assert_int_equal(store_revisions(f.st, "1.0", &l, &f.err), RC_OK);
	assert_int_equal(l.n, 1);
	revision_list_release(&l);
	fixture_close(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_stay),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
