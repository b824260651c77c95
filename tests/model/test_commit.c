#include "unit.h"

#include "model/commit.h"

static void
hex(void **state)
{
	static const char text[] = "0123456789abcdefABCDEF0123456789abcdef01";
	char longer[65], out[OID_HEX_MAX + 1];
	struct oid o, p;

	(void)state;
	assert_true(oid_from_hex(&o, text, 40));
	oid_to_hex(&o, out);
	assert_string_equal(out, "0123456789abcdefabcdef0123456789abcdef01");
	oid_to_short(&o, 7, out);
	assert_string_equal(out, "0123456");
	memset(longer, 'f', 64);
	longer[64] = '\0';
	assert_true(oid_from_hex(&p, longer, 64));
	oid_to_hex(&p, out);
	assert_string_equal(out, longer);
	assert_false(oid_equal(&o, &p));
	assert_true(oid_compare(&o, &p) < 0);
	assert_false(oid_from_hex(&p, text, 39));
	assert_false(oid_from_hex(&p, text, 0));
	assert_false(oid_from_hex(&p,
	    "g123456789abcdefABCDEF0123456789abcdef01", 40));
	o = (struct oid){ 0 };
	assert_true(oid_is_none(&o));
	oid_to_hex(&o, out);
	assert_string_equal(out, "");
}

static void
expect_subject(const char *message, const char *want)
{
	const char *s;
	size_t n;

	commit_subject(message, strlen(message), &s, &n);
	assert_int_equal(n, strlen(want));
	assert_memory_equal(s, want, n);
}

static void
subjects(void **state)
{
	(void)state;
	expect_subject("", "");
	expect_subject("\n\n", "");
	expect_subject("a", "a");
	expect_subject("a\n", "a");
	expect_subject("\n \n  a b \n\nbody", "a b");
	expect_subject("a\nb\n\nc", "a\nb");
	expect_subject("a\r\n\r\nb", "a");
	expect_subject("한글\n\xFF", "한글\n\xFF");
}

static void
map(void **state)
{
	struct oid_map m = { 0 };
	struct oid o = { .len = 20 };
	uint32_t v;

	(void)state;
	assert_false(oid_map_get(&m, &o, &v));
	for (uint32_t i = 0; i < 5000; i++) {
		memcpy(o.id, &i, sizeof(i));
		assert_true(oid_map_add(&m, &o, i * 3));
	}
	assert_int_equal(m.n, 5000);
	for (uint32_t i = 0; i < 5000; i++) {
		memcpy(o.id, &i, sizeof(i));
		assert_false(oid_map_add(&m, &o, 1));
		assert_true(oid_map_get(&m, &o, &v));
		assert_int_equal(v, i * 3);
	}
	memset(o.id, 0xFF, sizeof(o.id));
	assert_false(oid_map_get(&m, &o, NULL));
	/* The same bytes at another length are another id. */
	memset(o.id, 0, sizeof(o.id));
	o.len = 32;
	assert_false(oid_map_get(&m, &o, NULL));
	oid_map_release(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hex),
		cmocka_unit_test(subjects),
		cmocka_unit_test(map),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
