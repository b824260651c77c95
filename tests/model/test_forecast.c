/* The forecast from the project's own closing rate. */
#include "unit.h"

#include "model/forecast.h"

/* One ticket every day leaves nothing to chance. */
static void
steady(void **state)
{
	int closed[40];
	struct forecast f;

	(void)state;
	for (size_t i = 0; i < 40; i++)
		closed[i] = 1;
	forecast_make(closed, 40, 17, &f);
	assert_true(f.known);
	assert_int_equal(f.closed, 40);
	assert_int_equal(f.days, 40);
	assert_int_equal(f.active, 40);
	assert_int_equal(f.p50, 17);
	assert_int_equal(f.p85, 17);
	forecast_make(closed, 40, 0, &f);
	assert_true(f.known);
	assert_int_equal(f.p85, 0);
	forecast_make(closed, 40, 100000, &f);
	assert_int_equal(f.p50, FORECAST_FAR);
}

/*
 * One day in four closes a ticket: the days that ten of them take have a
 * negative binomial distribution, of which 39 is the median and 51 the 85th
 * percentile.
 */
static void
uneven(void **state)
{
	int closed[80] = { 0 };
	struct forecast f, again;

	(void)state;
	for (size_t i = 0; i < 80; i += 4)
		closed[i] = 1;
	forecast_make(closed, 80, 10, &f);
	assert_true(f.known);
	assert_in_range(f.p50, 38, 40);
	assert_in_range(f.p85, 49, 53);
	forecast_make(closed, 80, 10, &again);
	assert_memory_equal(&f, &again, sizeof f);
}

/* Too few days, too few tickets, or all of them on a few days. */
static void
not_enough(void **state)
{
	int closed[100] = { 0 };
	struct forecast f;

	(void)state;
	forecast_make(closed, 0, 5, &f);
	assert_false(f.known);
	for (size_t i = 0; i < FORECAST_DAYS_MIN - 1; i++)
		closed[i] = 3;
	forecast_make(closed, FORECAST_DAYS_MIN - 1, 5, &f);
	assert_false(f.known);
	forecast_make(closed, FORECAST_DAYS_MIN, 5, &f);
	assert_true(f.known);
	for (size_t i = 0; i < 100; i++)
		closed[i] = i % 12 == 0;
	forecast_make(closed, 84, 5, &f);
	assert_int_equal(f.closed, 7);
	assert_false(f.known);
	for (size_t i = 0; i < 100; i++)
		closed[i] = i == 3 ? 3000 : 0;
	forecast_make(closed, 84, 5, &f);
	assert_false(f.known);
	/* Days beyond the window don't count. */
	forecast_make(closed, 100, 5, &f);
	assert_int_equal(f.days, FORECAST_WINDOW);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(steady),
		cmocka_unit_test(uneven),
		cmocka_unit_test(not_enough),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
