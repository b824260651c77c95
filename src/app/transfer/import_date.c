/* Dates as the exports of other trackers write them. */
#include <string.h>
#include <strings.h>

#include "import.h"

#define CENTURY 2000 /* of "24": trackers' exports are not older */

static int
number(const char **s, int max_digits)
{
	int n = 0, value = 0;

	for (; n < max_digits && **s >= '0' && **s <= '9'; n++, (*s)++)
		value = value * 10 + (**s - '0');
	return n == 0 ? -1 : value;
}

static int
month(const char **s)
{
	static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";

	for (int i = 0; i < 12; i++)
		if (strncasecmp(*s, names + (size_t)i * 3, 3) == 0) {
			*s += 3;
			return i + 1;
		}
	return -1;
}

/* "10/Mar/24", "10-Mar-2024", "10 Mar 2024" */
static bool
parse_day(const char **s, int64_t *days)
{
	struct date_civil c;
	const char *year;
	char between;

	if ((c.day = number(s, 2)) < 1 || strchr("/- .", **s) == NULL)
		return false;
	between = **s;
	(*s)++;
	if ((c.month = month(s)) < 0 || *(*s)++ != between)
		return false;
	year = *s;
	if ((c.year = number(s, 4)) < 0 || (*s - year != 2 && *s - year != 4))
		return false;
	if (*s - year == 2)
		c.year += CENTURY;
	if (c.day > date_month_days(c.year, c.month))
		return false;
	*days = date_days(c);
	return true;
}

/* "3:04 PM", "15:04", "15:04:05" */
static bool
parse_time(const char **s, int64_t *seconds)
{
	int h, m, sec = 0;
	bool pm;

	if ((h = number(s, 2)) < 0 || h > 23 || *(*s)++ != ':' ||
	    (m = number(s, 2)) < 0 || m > 59)
		return false;
	if (**s == ':') {
		(*s)++;
		if ((sec = number(s, 2)) < 0 || sec > 59)
			return false;
	}
	*s += strspn(*s, " ");
	pm = strncasecmp(*s, "pm", 2) == 0;
	if (pm || strncasecmp(*s, "am", 2) == 0) {
		if (h < 1 || h > 12)
			return false;
		h = h % 12 + (pm ? 12 : 0);
		*s += 2;
	}
	*seconds = h * INT64_C(3600) + m * 60 + sec;
	return true;
}

enum rc
import_date(const char *text, int64_t *out, struct err *err)
{
	const char *s = text + strspn(text, " ");
	int64_t days, seconds = 0;

	if (!parse_day(&s, &days))
		return date_parse(text, true, date_now(), out, err);
	s += strspn(s, " ,");
	if ((*s != '\0' && !parse_time(&s, &seconds)) ||
	    s[strspn(s, " ")] != '\0')
		return date_parse(text, true, date_now(), out, err);
	*out = date_clamp(days * 86400 + seconds);
	return RC_OK;
}
