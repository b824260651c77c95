#include "unit.h"

#include "base/hash.h"

/* The values of the algorithm's own test suite. */
static void
known_values(void **state)
{
	(void)state;
	assert_true(hash_text(HASH_INIT, "") == HASH_INIT);
	assert_true(hash_text(HASH_INIT, "a") == UINT64_C(0xaf63dc4c8601ec8c));
	assert_true(hash_text(HASH_INIT, "foobar") ==
	    UINT64_C(0x85944171f73967e8));
}

static void
goes_on_where_it_stopped(void **state)
{
	(void)state;
	assert_true(hash_text(hash_text(HASH_INIT, "foo"), "bar") ==
	    hash_text(HASH_INIT, "foobar"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_values),
		cmocka_unit_test(goes_on_where_it_stopped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
