/* Weeks, months, ages and percentiles. */
#include <stdlib.h>

#include "base/date.h"
#include "metrics_priv.h"

#define DAY 86400

/* A history longer than this is told in months. */
#define WEEKS_MAX 26

/* 1970-01-01 was a Thursday. */
static int64_t
monday(int64_t day)
{
	return day - (day + 3) % 7;
}

static int64_t
month_start(int64_t day, int back)
{
	struct date_civil c = date_civil(day);
	int months = c.year * 12 + c.month - 1 - back;

	return date_days((struct date_civil){ months / 12, months % 12 + 1,
	    1 });
}

static int64_t
period_start(enum metrics_step step, int64_t today, int back)
{
	return step == METRICS_WEEK ? monday(today) - 7 * (int64_t)back
				    : month_start(today, back);
}

void
metrics_periods(struct metrics_flow *f, int64_t now, int64_t first)
{
	int64_t today = now / DAY;
	int n = 1;

	if (f->step == METRICS_AUTO)
		f->step = first != DATE_NONE &&
			(today - first / DAY) > (int64_t)WEEKS_MAX * 7
		    ? METRICS_MONTH
		    : METRICS_WEEK;
	f->n = 0;
	if (first == DATE_NONE)
		return;
	/* Nothing from before there was anything. */
	while (n < METRICS_PERIODS &&
	    period_start(f->step, today, n - 1) > first / DAY)
		n++;
	for (int i = n - 1; i >= 0; i--)
		f->period[f->n++] = (struct metrics_period){
			.from = period_start(f->step, today, i) * DAY,
			.to = period_start(f->step, today, i - 1) * DAY,
		};
}

void
metrics_ages(struct metrics *m)
{
	static const struct {
		const char *name;
		int days; /* up to */
	} ages[METRICS_AGES] = { { "up to 7 days", 7 }, { "8 to 30 days", 30 },
		{ "31 to 90 days", 90 }, { "91 to 365 days", 365 },
		{ "over a year", 0 } };
	int64_t today = m->now / DAY, to = INT64_MAX;

	for (size_t i = 0; i < METRICS_AGES; i++) {
		int64_t from = ages[i].days == 0 ? DATE_MIN
						 : (today - ages[i].days) * DAY;

		m->age[i] = (struct metrics_age){ ages[i].name, from, to, 0 };
		to = from;
	}
}

static int
compare(const void *x, const void *y)
{
	const int64_t *a = x, *b = y;

	return (*a > *b) - (*a < *b);
}

/* The smallest value that so many of a hundred do not exceed. */
static int64_t
percentile(const int64_t *sorted, size_t n, size_t percent)
{
	return sorted[(n * percent + 99) / 100 - 1];
}

void
metrics_spread(int64_t *v, size_t n, struct metrics_spread *out)
{
	*out = (struct metrics_spread){ n, METRICS_UNKNOWN, METRICS_UNKNOWN };
	if (n < METRICS_ENOUGH)
		return;
	qsort(v, n, sizeof(*v), compare);
	out->p50 = percentile(v, n, 50);
	out->p85 = percentile(v, n, 85);
}
