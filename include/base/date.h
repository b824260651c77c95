/*
 * Times are seconds since the epoch, UTC, in int64_t; days are printed as
 * YYYY-MM-DD in UTC unless said otherwise, so that notes come out the same on
 * every machine.
 */
#ifndef NOTES_BASE_DATE_H
#define NOTES_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

#define DATE_NONE INT64_MIN

/* Bounds to which absurd commit dates are clamped: 1970 to 9999. */
#define DATE_MIN INT64_C(0)
#define DATE_MAX INT64_C(253402300799)

int64_t	date_clamp(int64_t t);

/*
 * The current time; SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/
 * source-date-epoch/) wins when it is set and well-formed.
 */
int64_t	date_now(void);
/* The day where the user is (TZ) at t, as days since 1970-01-01. */
int64_t	date_local_day(int64_t t);
/* Milliseconds of the real clock, whatever the environment says. */
int64_t	date_clock_ms(void);

struct date_civil {
	int	year, month, day;	/* 2024, 1 to 12, 1 to 31 */
};

/* Days since 1970-01-01 to a civil date and back (proleptic Gregorian). */
struct date_civil date_civil(int64_t days);
int64_t	date_days(struct date_civil c);
int	date_month_days(int year, int month);

/* "YYYY-MM-DD" and "YYYY-MM-DDTHH:MM:SSZ" of t into out; t is clamped. */
void	date_format_day(int64_t t, char out[11]);
void	date_format_iso(int64_t t, char out[21]);
/*
 * "just now", "5min ago", "2h ago", "in 3d", "2w ago", "4mo ago", "1y ago",
 * relative to now; the unit is the largest that fits once (weeks: twice).
 */
void	date_format_ago(int64_t t, int64_t now, char out[16]);

/*
 * Understands YYYY-MM-DD, ISO 8601 with time and zone (UTC without one),
 * "today", "yesterday", "tomorrow", "now", weekday names (the next one, today
 * included; three letters do), and spans from now: "7d", "2w", "3m" (calendar
 * months), "1y", "4h" count backwards when past is true and forwards else.
 * Days begin at 00:00 UTC.  RC_INVALID names the text.
 */
enum rc	date_parse(const char *text, bool past, int64_t now, int64_t *out,
	    struct err *err);

/*
 * Work spans such as "1w 2d 4h 30m": seconds, with a day of 8 hours and a week
 * of 5 days as trackers count them; "1.5h" is understood, too.
 */
enum rc	date_parse_span(const char *text, int64_t *seconds, struct err *err);
void	date_format_span(int64_t seconds, char out[32]);

#endif
