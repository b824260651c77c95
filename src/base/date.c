#include "base/date.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DAY INT64_C(86400)

int64_t
date_clamp(int64_t t)
{
	return t < DATE_MIN ? DATE_MIN : t > DATE_MAX ? DATE_MAX : t;
}

/* The value of SOURCE_DATE_EPOCH, or DATE_NONE. */
static int64_t
pinned_now(void)
{
	const char *s = getenv("SOURCE_DATE_EPOCH");
	int64_t t = 0;

	if (s == NULL || *s == '\0' || strlen(s) > 12)
		return DATE_NONE;
	for (; *s != '\0'; s++) {
		if (*s < '0' || *s > '9')
			return DATE_NONE;
		t = t * 10 + (*s - '0');
	}
	return t > DATE_MAX ? DATE_NONE : t;
}

int64_t
date_now(void)
{
	int64_t t = pinned_now();

	return t == DATE_NONE ? date_clamp(date_clock_ms() / 1000) : t;
}

int64_t
date_local_day(int64_t t)
{
	time_t when = (time_t)date_clamp(t);
	struct tm tm;

	tzset();
	if (localtime_r(&when, &tm) == NULL)
		return date_clamp(t) / DAY;
	return date_days((struct date_civil){ tm.tm_year + 1900, tm.tm_mon + 1,
	    tm.tm_mday });
}

int64_t
date_clock_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/*
 * Days since 1970-01-01 and back, in the proleptic Gregorian calendar: years
 * that begin in March, in eras of 400 (146,097 days).
 */
int64_t
date_days(struct date_civil c)
{
	int64_t y = c.month <= 2 ? c.year - 1 : c.year;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t year = y - era * 400;
	int64_t month = c.month > 2 ? c.month - 3 : c.month + 9;
	int64_t day = (153 * month + 2) / 5 + c.day - 1;

	return era * 146097 + year * 365 + year / 4 - year / 100 + day - 719468;
}

struct date_civil
date_civil(int64_t days)
{
	int64_t z = days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;
	struct date_civil c;

	c.day = (int)(doy - (153 * mp + 2) / 5 + 1);
	c.month = (int)(mp < 10 ? mp + 3 : mp - 9);
	c.year = (int)(yoe + era * 400 + (c.month <= 2));
	return c;
}

int
date_month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return month == 2 && leap ? 29 : days[month - 1];
}

void
date_format_day(int64_t t, char out[11])
{
	struct date_civil c = date_civil(date_clamp(t) / DAY);

	snprintf(out, 11, "%04u-%02u-%02u", (unsigned)c.year % 10000,
	    (unsigned)c.month % 100, (unsigned)c.day % 100);
}

void
date_format_iso(int64_t t, char out[21])
{
	unsigned rest = (unsigned)(date_clamp(t) % DAY);

	date_format_day(t, out);
	snprintf(out + 10, 11, "T%02u:%02u:%02uZ", rest / 3600 % 100,
	    rest / 60 % 60, rest % 60);
}

void
date_format_ago(int64_t t, int64_t now, char out[16])
{
	static const struct unit {
		int64_t seconds;
		const char *name;
	} units[] = {
		{ 365 * DAY, "y" },
		{ 30 * DAY, "mo" },
		{ 14 * DAY, "w" },
		{ DAY, "d" },
		{ 3600, "h" },
		{ 60, "min" },
	};
	int64_t gap = date_clamp(now) - date_clamp(t);
	int64_t size = gap < 0 ? -gap : gap;
	const struct unit *u = units;
	int64_t n;

	if (size < 60) {
		snprintf(out, 16, "just now");
		return;
	}
	while (size < u->seconds)
		u++;
	/* Weeks begin at the second: "9d" says more than "1w". */
	n = size / (u->seconds == 14 * DAY ? 7 * DAY : u->seconds);
	snprintf(out, 16, gap < 0 ? "in %d%s" : "%d%s ago", (int)n, u->name);
}

void
date_format_span(int64_t seconds, char out[32])
{
	static const struct {
		int64_t seconds;
		char name;
	} units[] = {
		{ 5 * 8 * 3600, 'w' },
		{ 8 * 3600, 'd' },
		{ 3600, 'h' },
		{ 60, 'm' },
	};
	uint64_t rest = (uint64_t)seconds;
	size_t len = 0;

	if (seconds < 0) {
		rest = -rest;
		out[len++] = '-';
	}
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		uint64_t n = rest / (uint64_t)units[i].seconds;

		rest %= (uint64_t)units[i].seconds;
		if (n == 0)
			continue;
		len += (size_t)snprintf(out + len, 32 - len, "%s%llu%c",
		    len > 1 ? " " : "", (unsigned long long)n, units[i].name);
	}
	if (len < 2)
		memcpy(out, "0m", 3);
}
