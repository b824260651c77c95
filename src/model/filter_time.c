#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/date.h"
#include "base/mem.h"
#include "filter_node.h"

#define DAY INT64_C(86400)

/*
 * A time as typed is a stretch from low to high (excluded): a day, a month, a
 * year, or one second.  A span ("7d") is a distance from now, which turns
 * comparisons round where time lies behind: less than 7 days ago is later.
 */
struct when {
	int64_t low, high;
	bool span;
};

static struct filter *
leaf(enum filter_field field, enum filter_cmp cmp, int64_t t)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRId64, t);
	return filter_leaf(field, cmp, text);
}

static struct filter *
between(enum filter_field field, int64_t low, int64_t high)
{
	return filter_join(FILTER_AND, leaf(field, FILTER_GE, low),
	    leaf(field, FILTER_LT, high));
}

/* True if s looks like form, in which 0 stands for any digit. */
static bool
has_form(const char *s, const char *form)
{
	for (; *form != '\0'; s++, form++)
		if (*form == '0' ? *s < '0' || *s > '9' : *s != *form)
			return false;
	return *s == '\0';
}

static bool
is_span(const char *s)
{
	size_t n = strspn(s, "0123456789");

	return n > 0 && s[n] != '\0' && strchr("hdwmyHDWMY", s[n]) != NULL &&
	    s[n + 1] == '\0';
}

/* "2024" and "2024-05" as the days that they are made of. */
static bool
parse_month(const char *s, struct when *out)
{
	int year = 0, month = 1, next_year, next_month;
	char text[32];

	if (has_form(s, "0000-00")) {
		if (sscanf(s, "%4d-%2d", &year, &month) != 2)
			return false;
		next_year = month == 12 ? year + 1 : year;
		next_month = month == 12 ? 1 : month + 1;
	} else if (has_form(s, "0000") && sscanf(s, "%4d", &year) == 1) {
		next_year = year + 1;
		next_month = 1;
	} else {
		return false;
	}
	if (year < 1970 || year > 9998 || month < 1 || month > 12)
		return false;
	snprintf(text, sizeof(text), "%04d-%02d-01", year, month);
	if (date_parse(text, true, 0, &out->low, NULL) != RC_OK)
		return false;
	snprintf(text, sizeof(text), "%04d-%02d-01", next_year, next_month);
	return date_parse(text, true, 0, &out->high, NULL) == RC_OK;
}

/* Weekdays lie behind for what has happened; the parser looks ahead. */
static bool
is_ahead(const char *s, int64_t t, int64_t now)
{
	return t > now && s[0] > '9' && strcasecmp(s, "tomorrow") != 0;
}

static enum rc
parse_when(const char *s, bool past, int64_t now, struct when *out,
    struct err *err)
{
	enum rc rc;

	*out = (struct when){ .span = is_span(s) };
	if (parse_month(s, out))
		return RC_OK;
	if ((rc = date_parse(s, past, now, &out->low, err)) != RC_OK)
		return rc;
	if (out->span && !past && strpbrk(s, "hH") == NULL)
		out->low -= out->low % DAY;
	if (past && is_ahead(s, out->low, now))
		out->low -= 7 * DAY;
	out->high = out->low + DAY;
	if ((out->span && (past || strpbrk(s, "hH") != NULL)) ||
	    strcasecmp(s, "now") == 0 || (s[0] <= '9' && strlen(s) > 10))
		out->high = out->low + 1;
	return RC_OK;
}

static struct filter *
when_node(enum filter_field field, enum filter_cmp cmp, bool past, int64_t now,
    const struct when *w)
{
	/* Farther away than a span that lies behind is earlier. */
	if (w->span && past) {
		switch (cmp) {
		case FILTER_LT:
			return leaf(field, FILTER_GT, w->low);
		case FILTER_GT:
			return leaf(field, FILTER_LT, w->low);
		case FILTER_GE:
			return leaf(field, FILTER_LE, w->low);
		default:
			return leaf(field, FILTER_GE, w->low);
		}
	}
	switch (cmp) {
	case FILTER_LT:
		return leaf(field, FILTER_LT, w->low);
	case FILTER_LE:
		return leaf(field, FILTER_LT, w->high);
	case FILTER_GT:
		return leaf(field, FILTER_GE, w->high);
	case FILTER_GE:
		return leaf(field, FILTER_GE, w->low);
	default:
		/* "due:7d" is within the next 7 days. */
		return between(field, w->span ? now - now % DAY : w->low,
		    w->high);
	}
}

static enum rc
bad_time(const struct parser *p, const struct filter_value *v)
{
	if (v->open)
		return RC_OK;
	return parser_fail(p, v->at,
	    "not a date: \"%s\" (try 2024-05-31, 2024-05, today, friday, 7d, "
	    "2w, 2024-01-01..2024-06-30)",
	    v->text);
}

/* "a..b", "a..", "..b": days at both ends belong to it. */
static enum rc
range_node(const struct parser *p, enum filter_field field, bool past,
    const struct filter_value *v, const char *dots, struct filter **out)
{
	char *first = mem_strndup(v->text, (size_t)(dots - v->text));
	const char *last = dots + 2;
	struct when a, b;
	bool ok = *first != '\0' || *last != '\0';
	struct filter *f = NULL;

	if (ok && *first != '\0') {
		ok = parse_when(first, past, p->ctx->now, &a, NULL) == RC_OK;
		if (ok)
			f = leaf(field, FILTER_GE, a.low);
	}
	if (ok && *last != '\0') {
		ok = parse_when(last, past, p->ctx->now, &b, NULL) == RC_OK;
		if (ok)
			f = filter_join(FILTER_AND, f,
			    leaf(field, FILTER_LT, b.high));
	}
	free(first);
	if (ok) {
		*out = f;
		return RC_OK;
	}
	filter_free(f);
	return bad_time(p, v);
}

static enum rc
span_node(const struct parser *p, enum filter_cmp cmp,
    const struct filter_value *v, struct filter **out)
{
	int64_t seconds;

	if (date_parse_span(v->text, &seconds, NULL) == RC_OK) {
		*out = leaf(FF_ESTIMATE, cmp, seconds);
		return RC_OK;
	}
	if (v->open)
		return RC_OK;
	return parser_fail(p, v->at,
	    "not a span of work: \"%s\" (try 4h, 30m, \"1w 2d\")", v->text);
}

enum rc
filter_time_node(const struct parser *p, enum filter_field field,
    enum filter_cmp cmp, const struct filter_value *v, struct filter **out)
{
	bool past = field != FF_DUE;
	const char *dots = strstr(v->text, "..");
	struct when w;

	if (field == FF_ESTIMATE)
		return span_node(p, cmp, v, out);
	if (dots != NULL && cmp == FILTER_EQ)
		return range_node(p, field, past, v, dots, out);
	if (parse_when(v->text, past, p->ctx->now, &w, NULL) != RC_OK)
		return bad_time(p, v);
	*out = when_node(field, cmp, past, p->ctx->now, &w);
	return RC_OK;
}
