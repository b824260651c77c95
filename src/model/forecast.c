#include "model/forecast.h"

#include <stdlib.h>

#define TRIALS 2001
#define SEED   UINT64_C(0x6e6f746573) /* any will do, as long as it stays */

/* splitmix64 (S. Vigna, https://prng.di.unimi.it/splitmix64.c). */
static uint64_t
next_random(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* 0 to n - 1, n below 2^32: the high half of a product is even enough. */
static size_t
draw(uint64_t *state, size_t n)
{
	return (size_t)((next_random(state) >> 32) * n >> 32);
}

static int
days_needed(const int *closed, size_t n, int64_t left, uint64_t *state)
{
	int days = 0;

	while (left > 0 && days < FORECAST_FAR) {
		left -= closed[draw(state, n)];
		days++;
	}
	return days;
}

static int
compare(const void *x, const void *y)
{
	const int *a = x, *b = y;

	return (*a > *b) - (*a < *b);
}

/* The smallest count of days that so many of a hundred trials stay within. */
static int
percentile(const int *sorted, int percent)
{
	return sorted[(TRIALS * percent + 99) / 100 - 1];
}

void
forecast_make(const int *closed, size_t n, int64_t left, struct forecast *out)
{
	int trials[TRIALS];
	uint64_t state = SEED;

	*out = (struct forecast){ .left = left };
	if (n > FORECAST_WINDOW)
		n = FORECAST_WINDOW;
	out->days = (int)n;
	for (size_t i = 0; i < n; i++) {
		out->closed += closed[i];
		out->active += closed[i] > 0;
	}
	out->known = n >= FORECAST_DAYS_MIN &&
	    out->closed >= FORECAST_CLOSED_MIN &&
	    out->active >= FORECAST_ACTIVE_MIN;
	if (!out->known || left <= 0)
		return;
	for (int i = 0; i < TRIALS; i++)
		trials[i] = days_needed(closed, n, left, &state);
	qsort(trials, TRIALS, sizeof(trials[0]), compare);
	out->p50 = percentile(trials, 50);
	out->p85 = percentile(trials, 85);
}
