/*
 * When will what is left be done?  Told from how many tickets were closed on
 * each day of the past: days are drawn at random from those days, with
 * replacement, until the tickets drawn are as many as are left.  Done often,
 * the counts of days needed have a median (p50) and a value that 85 of 100
 * stay within (p85).  No estimates, no assumed shape of a distribution.
 *
 * The method is the bootstrap (B. Efron, "Bootstrap methods: another look at
 * the jackknife", Annals of Statistics 7, 1979) on daily throughput, as
 * T. Magennis, "Forecasting and Simulating Software Development Projects"
 * (2011), and D. Vacanti, "When Will It Be Done?" (2018), describe it.  The
 * seed is fixed: the same state gives the same days.
 */
#ifndef NOTES_MODEL_FORECAST_H
#define NOTES_MODEL_FORECAST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FORECAST_WINDOW	  84	/* days looked back at most, today not among */
#define FORECAST_DAYS_MIN 14	/* days looked back at least */
#define FORECAST_CLOSED_MIN 10	/* tickets closed in them, */
#define FORECAST_ACTIVE_MIN 5	/* on so many different days */
#define FORECAST_FAR	  3650	/* days; further is no forecast */

struct forecast {
	int64_t		left;		/* tickets to close */
	/* what it is told from */
	int64_t		closed;		/* tickets */
	int		days;		/* looked back on */
	int		active;		/* of them, with a ticket closed */
	bool		known;		/* else there is not enough data */
	/* days from today, 0 when nothing is left; FORECAST_FAR: or more */
	int		p50, p85;
};

/* A ticket of a release as a burn-up counts it; times in seconds. */
struct scope_row {
	int64_t		added;		/* to the release, or made with it */
	int64_t		resolved;	/* DATE_NONE: not, or not known */
	bool		done;
};

/*
 * closed[i] tickets were closed i + 1 days ago; n days, at most
 * FORECAST_WINDOW of them count.  Days before the first one with a ticket are
 * the caller's to leave out.
 */
void	forecast_make(const int *closed, size_t n, int64_t left,
	    struct forecast *out);

#endif
