/* Keys of a manual order. */
#include "unit.h"

#include <stdlib.h>

#include "base/mem.h"
#include "model/rank.h"

static char *
between(const char *a, const char *b)
{
	struct buf out = BUF_INIT;

	if (!rank_between(a, b, &out)) {
		buf_release(&out);
		return NULL;
	}
	return buf_detach(&out);
}

static void
check(const char *a, const char *b)
{
	char *key = between(a, b);

	if (key == NULL)
		fail_msg("nothing between %s and %s", a, b);
	if ((a != NULL && strcmp(a, key) >= 0) ||
	    (b != NULL && strcmp(key, b) >= 0))
		fail_msg("%s is not between %s and %s", key, a, b);
	free(key);
}

static void
pairs(void **state)
{
	(void)state;
	check(NULL, NULL);
	check("i", NULL);
	check(NULL, "i");
	check("a", "b");
	check("a", "a1");
	check("az", "b");
	check("zzz", NULL);
	check(NULL, "01");
	check(NULL, "1");
	check("0|hzzzzz:", "0|i00007:");
	check("0|hzzzzz:", "0|hzzzzz:i");
	check("a", "a0i");
	check("f9", "f9x");
	assert_null(between("b", "a"));
	assert_null(between("a", "a"));
	/* Ours never end so; somebody's may. */
	assert_null(between("a", "a0"));
	assert_null(between(NULL, "0"));
}

/* A column in which cards go to any place, again and again. */
static void
column(void **state)
{
	char *v[400] = { NULL };
	size_t n = 0, longest = 0;
	uint32_t r = 1;

	(void)state;
	while (n < 400) {
		size_t at;
		char *key;

		r = r * 1664525 + 1013904223;
		at = (r >> 8) % (n + 1);
		/* Often just behind the first one. */
		if ((r >> 28) % 2 == 0 && n > 0)
			at = 1;
		key = between(at == 0 ? NULL : v[at - 1],
		    at == n ? NULL : v[at]);
		assert_non_null(key);
		memmove(v + at + 1, v + at, (n - at) * sizeof(v[0]));
		v[at] = key;
		n++;
	}
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			assert_true(strcmp(v[i - 1], v[i]) < 0);
		longest = strlen(v[i]) > longest ? strlen(v[i]) : longest;
	}
	assert_true(longest < 100);
	for (size_t i = 0; i < n; i++)
		free(v[i]);
}

/* Without a rank the newest comes first; equal times go by the ULID. */
static void
implicit(void **state)
{
	struct ticket old = { .created = 1000,
		.ulid.s = "00000000000000000000000001" };
	struct ticket new = { .created = 2000,
		.key.number = 9,
		.ulid.s = "00000000000000000000000002" };
	struct ticket same = { .created = 2000,
		.key.number = 8,
		.ulid.s = "00000000000000000000000001" };
	struct buf a = BUF_INIT, b = BUF_INIT, c = BUF_INIT;

	(void)state;
	rank_of(&new, &a);
	rank_of(&same, &b);
	rank_of(&old, &c);
	assert_true(strcmp(buf_str(&a), buf_str(&b)) < 0);
	assert_true(strcmp(buf_str(&b), buf_str(&c)) < 0);
	check(buf_str(&a), buf_str(&b));
	assert_int_equal(a.len, 34);
	buf_clear(&a);
	new.rank = mem_strdup("i");
	rank_of(&new, &a);
	assert_string_equal(buf_str(&a), "i");
	free(new.rank);
	buf_release(&a);
	buf_release(&b);
	buf_release(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pairs),
		cmocka_unit_test(column),
		cmocka_unit_test(implicit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
