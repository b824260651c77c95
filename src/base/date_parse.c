#include "base/date.h"

#include <string.h>
#include <strings.h>

#define DAY INT64_C(86400)
/* 999,999 weeks of work: whatever is shown can be read again. */
#define SPAN_MAX (INT64_C(999999) * 5 * 8 * 3600)

static enum rc
invalid(struct err *err, const char *text)
{
	return err_set(err, RC_INVALID,
	    "not a date: \"%s\" (try 2024-05-31, today, friday, 7d, 2w, 3m)",
	    text);
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Exactly n digits at *s, which moves behind them; -1 when they are missing. */
static int
digits(const char **s, int n)
{
	int value = 0;

	for (int i = 0; i < n; i++, (*s)++) {
		if (!is_digit(**s))
			return -1;
		value = value * 10 + (**s - '0');
	}
	return value;
}

/* "YYYY-MM-DD" at *s to days since the epoch. */
static bool
parse_day(const char **s, int64_t *days)
{
	struct date_civil c;

	if ((c.year = digits(s, 4)) < 0 || *(*s)++ != '-')
		return false;
	if ((c.month = digits(s, 2)) < 1 || c.month > 12 || *(*s)++ != '-')
		return false;
	c.day = digits(s, 2);
	if (c.day < 1 || c.day > date_month_days(c.year, c.month))
		return false;
	*days = date_days(c);
	return true;
}

/* "HH:MM", ":SS", and a fraction, which is dropped. */
static bool
parse_time(const char **s, int64_t *seconds)
{
	int h, m, sec = 0;

	if ((h = digits(s, 2)) < 0 || h > 23 || *(*s)++ != ':')
		return false;
	if ((m = digits(s, 2)) < 0 || m > 59)
		return false;
	if (**s == ':') {
		(*s)++;
		/* 60 is a leap second; it counts as the next minute. */
		if ((sec = digits(s, 2)) < 0 || sec > 60)
			return false;
		if (**s == '.' || **s == ',') {
			if (!is_digit(*++*s))
				return false;
			while (is_digit(**s))
				(*s)++;
		}
	}
	*seconds = h * 3600 + m * 60 + sec;
	return true;
}

/* Nothing, "Z", "+09", "+0900", "+09:00": seconds east of UTC. */
static bool
parse_zone(const char **s, int64_t *east)
{
	int sign, h, m = 0;

	while (**s == ' ')
		(*s)++;
	*east = 0;
	if (**s == '\0')
		return true;
	if (**s == 'Z' || **s == 'z') {
		(*s)++;
		return true;
	}
	if (**s != '+' && **s != '-')
		return false;
	sign = *(*s)++ == '+' ? 1 : -1;
	if ((h = digits(s, 2)) < 0 || h > 18)
		return false;
	if (**s == ':')
		(*s)++;
	if (is_digit(**s) && ((m = digits(s, 2)) < 0 || m > 59))
		return false;
	*east = sign * (h * 3600 + m * 60);
	return true;
}

static bool
parse_iso(const char *s, int64_t *out)
{
	int64_t days, seconds = 0, east = 0;

	if (!parse_day(&s, &days))
		return false;
	if (*s == 'T' || *s == 't' || *s == ' ') {
		s++;
		if (!parse_time(&s, &seconds) || !parse_zone(&s, &east))
			return false;
	}
	*out = days * DAY + seconds - east;
	return *s == '\0';
}

static bool
parse_word(const char *s, int64_t now, int64_t *out)
{
	static const char *const weekdays[] = { "sunday", "monday", "tuesday",
		"wednesday", "thursday", "friday", "saturday" };
	static const struct {
		const char *name;
		int days;
	} near[] = {
		{ "today", 0 },
		{ "yesterday", -1 },
		{ "tomorrow", 1 },
	};
	int64_t today = now / DAY;

	if (strcasecmp(s, "now") == 0) {
		*out = now;
		return true;
	}
	for (size_t i = 0; i < sizeof(near) / sizeof(near[0]); i++)
		if (strcasecmp(s, near[i].name) == 0) {
			*out = (today + near[i].days) * DAY;
			return true;
		}
	for (int i = 0; i < 7; i++) {
		if (strcasecmp(s, weekdays[i]) != 0 &&
		    (strlen(s) != 3 || strncasecmp(s, weekdays[i], 3) != 0))
			continue;
		/* 1970-01-01 was a Thursday. */
		*out = (today + (i - (today + 4) % 7 + 7) % 7) * DAY;
		return true;
	}
	return false;
}

/* now moved by n months; a day that the month lacks becomes its last. */
static int64_t
add_months(int64_t now, int64_t n)
{
	struct date_civil c = date_civil(now / DAY);
	int64_t months = (int64_t)c.year * 12 + (c.month - 1) + n;
	int last;

	if (months < INT64_C(1970) * 12)
		return DATE_NONE;
	c.year = (int)(months / 12);
	c.month = (int)(months % 12) + 1;
	last = date_month_days(c.year, c.month);
	if (c.day > last)
		c.day = last;
	return date_days(c) * DAY + now % DAY;
}

static bool
parse_relative(const char *s, bool past, int64_t now, int64_t *out)
{
	int64_t n = 0;

	if (!is_digit(*s))
		return false;
	for (; is_digit(*s); s++)
		if ((n = n * 10 + (*s - '0')) > 9999999)
			return false;
	if (past)
		n = -n;
	if (*s == '\0' || s[1] != '\0')
		return false;
	switch (*s | 0x20) {
	case 'h':
		*out = now + n * 3600;
		return true;
	case 'd':
		*out = now + n * DAY;
		return true;
	case 'w':
		*out = now + n * 7 * DAY;
		return true;
	case 'm':
		*out = add_months(now, n);
		return true;
	case 'y':
		*out = add_months(now, n * 12);
		return true;
	default:
		return false;
	}
}

enum rc
date_parse(const char *text, bool past, int64_t now, int64_t *out,
    struct err *err)
{
	int64_t t;

	now = date_clamp(now);
	if (!parse_iso(text, &t) && !parse_word(text, now, &t) &&
	    !parse_relative(text, past, now, &t))
		return invalid(err, text);
	if (t < DATE_MIN || t > DATE_MAX)
		return err_set(err, RC_INVALID,
		    "date out of range: \"%s\" (1970 to 9999)", text);
	*out = t;
	return RC_OK;
}

/* One "4h" or "1.5h" at *s, in seconds; false when it is none. */
static bool
parse_part(const char **s, int64_t *seconds)
{
	int64_t whole = 0, milli = 0, unit;

	if (!is_digit(**s))
		return false;
	for (; is_digit(**s); (*s)++)
		if ((whole = whole * 10 + (**s - '0')) > 999999)
			return false;
	if (**s == '.') {
		if (!is_digit(*++*s))
			return false;
		for (int64_t scale = 100; is_digit(**s); scale /= 10, (*s)++)
			milli += scale * (**s - '0');
	}
	switch (**s | 0x20) {
	case 'w':
		unit = 5 * 8 * 3600;
		break;
	case 'd':
		unit = 8 * 3600;
		break;
	case 'h':
		unit = 3600;
		break;
	case 'm':
		unit = 60;
		break;
	default:
		return false;
	}
	(*s)++;
	*seconds = whole * unit + milli * unit / 1000;
	return true;
}

enum rc
date_parse_span(const char *text, int64_t *seconds, struct err *err)
{
	const char *s = text;
	int64_t total = 0, part;

	s += strspn(s, " \t");
	do {
		if (!parse_part(&s, &part) || (total += part) > SPAN_MAX)
			return err_set(err, RC_INVALID,
			    "not a span of work: \"%s\" (try 1w 2d 4h 30m)",
			    text);
		s += strspn(s, " \t");
	} while (*s != '\0');
	*seconds = total;
	return RC_OK;
}
