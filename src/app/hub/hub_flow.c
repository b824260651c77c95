/* How scope and work of a release grew, and when it will be done. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "hub_priv.h"

#define DAY 86400

/* More tell no more, and take their time. */
#define CLOSINGS_MAX 20000
#define SCOPE_MAX    20000

struct closings {
	int64_t today;
	int day[FORECAST_WINDOW];
	int64_t oldest; /* day of the oldest one, DATE_NONE: none */
	int64_t n, now; /* all; today */
};

static bool
closing(int64_t when, void *arg)
{
	struct closings *c = arg;
	int64_t ago = c->today - when / DAY;

	c->n++;
	c->now += ago <= 0;
	/* Today is not over, and says too little. */
	if (ago >= 1 && ago <= FORECAST_WINDOW) {
		c->day[ago - 1]++;
		c->oldest = when / DAY;
	}
	return true;
}

static enum rc
read_forecast(struct app *a, struct hub *hub, struct err *err)
{
	struct closings c = { .today = date_now() / DAY, .oldest = DATE_NONE };
	size_t days;
	enum rc rc;

	rc = app_closings(a, (c.today - FORECAST_WINDOW) * DAY, CLOSINGS_MAX,
	    closing, &c, err);
	if (rc != RC_OK)
		return rc;
	days = c.oldest == DATE_NONE ? 0 : (size_t)(c.today - c.oldest);
	/* The day at which reading ended is not whole. */
	if (c.n >= CLOSINGS_MAX && days > 0)
		days--;
	hub->closed_today = c.now;
	forecast_make(c.day, days, hub->todo + hub->doing, &hub->forecast);
	return RC_OK;
}

/* Days of the tickets, each list sorted for counting up to a day. */
struct scope {
	int64_t *added, *done;
	size_t n_added, cap_added, n_done, cap_done;
	size_t undated;
};

static void
push(int64_t **v, size_t *n, size_t *cap, int64_t day)
{
	*v = mem_grow(*v, cap, *n + 1, sizeof(**v));
	(*v)[(*n)++] = day;
}

static bool
scope_row(const struct scope_row *row, void *arg)
{
	struct scope *s = arg;
	int64_t added = row->added;

	if (added == DATE_NONE || (row->done && row->resolved == DATE_NONE)) {
		s->undated++;
		return true;
	}
	/* What was done before somebody wrote the version down. */
	if (row->done && row->resolved < added)
		added = row->resolved;
	push(&s->added, &s->n_added, &s->cap_added, added / DAY);
	if (row->done)
		push(&s->done, &s->n_done, &s->cap_done, row->resolved / DAY);
	return true;
}

static int
compare(const void *x, const void *y)
{
	const int64_t *a = x, *b = y;

	return (*a > *b) - (*a < *b);
}

static void
sort(int64_t *v, size_t n)
{
	if (n > 1)
		qsort(v, n, sizeof(*v), compare);
}

/* Where the chart begins and ends, in days. */
static void
bounds(const struct hub *hub, const struct scope *s, int64_t *first,
    int64_t *last)
{
	const struct release *r = &hub->release;

	*first = s->added[0];
	if (r->start != DATE_NONE && r->start / DAY > *first)
		*first = r->start / DAY;
	*last = (r->released != DATE_NONE ? r->released : date_now()) / DAY;
	if (*last < *first)
		*last = *first;
}

static void
draw_points(struct hub *hub, const struct scope *s)
{
	int64_t first, last, span;
	size_t i = 0, k = 0, points;

	bounds(hub, s, &first, &last);
	span = last - first;
	points = span + 1 < HUB_POINTS ? (size_t)span + 1 : HUB_POINTS;
	for (size_t p = 0; p < points; p++) {
		int64_t day = points == 1
		    ? last
		    : first + span * (int64_t)p / (int64_t)(points - 1);

		while (i < s->n_added && s->added[i] <= day)
			i++;
		while (k < s->n_done && s->done[k] <= day)
			k++;
		hub->burnup[p] = (struct hub_point){ .day = day * DAY,
			.scope = (int64_t)i,
			.done = (int64_t)k };
	}
	hub->n_burnup = points;
}

static enum rc
read_burnup(struct app *a, struct hub *hub, struct err *err)
{
	struct scope s = { .n_added = 0 };
	enum rc rc;

	hub->n_burnup = hub->undated = 0;
	rc = app_scope(a, hub->release.version, SCOPE_MAX + 1, scope_row, &s,
	    err);
	if (rc == RC_OK && s.n_added > 0 &&
	    s.n_added + s.undated <= SCOPE_MAX) {
		sort(s.added, s.n_added);
		sort(s.done, s.n_done);
		draw_points(hub, &s);
	}
	hub->undated = s.n_added + s.undated <= SCOPE_MAX ? s.undated : 0;
	hub->nothing_planned = s.n_added + s.undated == 0;
	free(s.added);
	free(s.done);
	return rc;
}

enum rc
hub_flow(struct app *a, struct hub *hub, struct err *err)
{
	enum rc rc = read_burnup(a, hub, err);

	if (rc == RC_OK && hub->release.state == RELEASE_PLANNED)
		rc = read_forecast(a, hub, err);
	return rc;
}
