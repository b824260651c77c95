/* The hub's lines, the same on the screen and on the command line. */
#include <string.h>

#include "base/date.h"
#include "hub_priv.h"

#define DAY 86400

static const char *
plural(int64_t n)
{
	return n == 1 ? "" : "s";
}

bool
hub_days_left(const struct hub *hub, int64_t now, int64_t *days)
{
	const struct release *r = &hub->release;

	*days = 0;
	if (r->state != RELEASE_PLANNED || r->target == DATE_NONE)
		return false;
	*days = r->target / DAY - date_local_day(now);
	return true;
}

int
hub_percent(const struct hub *hub, int64_t n)
{
	int64_t total = hub->todo + hub->doing + hub->done;

	return total == 0 ? 0 : (int)(n * 100 / total);
}

static void
say_day(struct buf *out, const char *what, int64_t t)
{
	char day[11];

	if (t == DATE_NONE)
		return;
	date_format_day(t, day);
	buf_printf(out, "%s %s   ", what, day);
}

void
hub_say_dates(const struct hub *hub, int64_t now, struct buf *out)
{
	const struct release *r = &hub->release;
	char ago[16];
	int64_t days;

	say_day(out, "start", r->start);
	if (r->released != DATE_NONE) {
		say_day(out, "released", r->released);
		date_format_ago(r->released, now, ago);
		buf_puts(out, ago);
		return;
	}
	say_day(out, "due", r->target);
	if (!hub_days_left(hub, now, &days))
		buf_puts(out, "no date yet");
	else if (days == 0)
		buf_puts(out, "today");
	else
		buf_printf(out, "%lld day%s %s",
		    (long long)(days < 0 ? -days : days),
		    plural(days < 0 ? -days : days),
		    days < 0 ? "late" : "left");
}

void
hub_say_progress(const struct hub *hub, struct buf *out)
{
	buf_printf(out, "%d%% done  %d%% started", hub_percent(hub, hub->done),
	    hub_percent(hub, hub->done + hub->doing));
}

void
hub_say_unplanned(const struct hub *hub, struct buf *out)
{
	if (hub->unplanned > 0 &&
	    hub->unplanned < hub->todo + hub->doing + hub->done)
		buf_printf(out, "%lld unplanned", (long long)hub->unplanned);
}

static void
say_percentile(const char *odds, const char *name, int days, int64_t now,
    struct buf *out)
{
	char day[11];

	if (days >= FORECAST_FAR) {
		buf_printf(out, "%s (%s): beyond 10 years", odds, name);
		return;
	}
	date_format_day((date_local_day(now) + days) * DAY, day);
	buf_printf(out, "%s by %s (%s)", odds, day, name);
}

/* Which of the two days lie behind the one that was promised. */
static void
say_late(const struct hub *hub, int64_t now, struct buf *out)
{
	const struct forecast *f = &hub->forecast;
	int64_t left;

	if (!hub_days_left(hub, now, &left) || f->p85 <= left)
		return;
	buf_puts(out, f->p50 > left ? ", both late" : ", p85 is late");
}

void
hub_say_forecast(const struct hub *hub, int64_t now, struct buf *out)
{
	const struct forecast *f = &hub->forecast;

	if (!hub->told || hub->release.state != RELEASE_PLANNED)
		return;
	if (hub->todo + hub->doing + hub->done == 0) {
		buf_puts(out, "no tickets yet");
	} else if (f->left == 0) {
		buf_puts(out, "everything is done");
	} else if (!f->known) {
		buf_puts(out, "not enough data");
	} else {
		say_percentile("even odds", "p50", f->p50, now, out);
		buf_puts(out, ", ");
		say_percentile("85%", "p85", f->p85, now, out);
		say_late(hub, now, out);
	}
}

void
hub_say_sample(const struct hub *hub, struct buf *out)
{
	const struct forecast *f = &hub->forecast;
	int weeks = (f->days + 3) / 7;

	if (!hub->told || hub->release.state != RELEASE_PLANNED || f->left == 0)
		return;
	if (f->known) {
		buf_printf(out,
		    "%lld left, at the pace of the last %d weeks: "
		    "%lld closed",
		    (long long)f->left, weeks, (long long)f->closed);
		return;
	}
	/* Days are those up to the first closing before today. */
	if (f->days > 0)
		buf_printf(out, "%lld closed on %d day%s of the last %d; ",
		    (long long)f->closed, f->active, plural(f->active),
		    f->days);
	else if (hub->closed_today > 0)
		buf_printf(out, "%lld closed today, not counted yet; ",
		    (long long)hub->closed_today);
	else
		buf_printf(out, "nothing closed in the last %d days; ",
		    FORECAST_WINDOW);
	buf_printf(out, "a forecast takes %d on %d of %d", FORECAST_CLOSED_MIN,
	    FORECAST_ACTIVE_MIN, FORECAST_DAYS_MIN);
}

void
hub_say_development(const struct hub_development *d, bool brief,
    struct buf *out)
{
	const struct {
		int n;
		const char *what;
	} parts[] = { { d->merged, "merged" }, { d->pending, "pending" },
		{ d->reverted, "reverted" } };
	int kinds = (d->merged > 0) + (d->pending > 0) + (d->reverted > 0);
	const char *gap = "";

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (parts[i].n == 0)
			continue;
		if (brief && kinds > 1)
			buf_printf(out, "%s%d%c", gap, parts[i].n,
			    parts[i].what[0]);
		else
			buf_printf(out, "%s%d %s", gap, parts[i].n,
			    parts[i].what);
		gap = brief ? " " : ", ";
	}
}
