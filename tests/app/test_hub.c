/* The hub's own lines: days, forecast, the burn-up's edges. */
#include "unit.h"

#include "app/hub.h"
#include "base/date.h"

#define DAY INT64_C(86400)
#define DUE (20000 * DAY) /* 2024-10-04 */

static const char *
said(struct buf *out, const struct hub *hub, int64_t now,
    void (*say)(const struct hub *, int64_t, struct buf *))
{
	buf_clear(out);
	say(hub, now, out);
	return buf_str(out);
}

/* A release is due on a day of the user's, wherever that is. */
static void
test_days(void **state)
{
	static const struct {
		const char *tz;
		int64_t now; /* from midnight UTC of the day that is due */
		const char *want;
	} cases[] = {
		{ "UTC", 0, "due 2024-10-04   today" },
		{ "UTC", DAY - 1, "due 2024-10-04   today" },
		{ "UTC", -1, "due 2024-10-04   1 day left" },
		/* Seoul is nine hours ahead: its day is over earlier. */
		{ "KST-9", -9 * 3600, "due 2024-10-04   today" },
		{ "KST-9", -9 * 3600 - 1, "due 2024-10-04   1 day left" },
		{ "KST-9", DAY - 9 * 3600, "due 2024-10-04   1 day late" },
		{ "PST8", 0, "due 2024-10-04   1 day left" },
		{ "PST8", DAY + 8 * 3600 - 1, "due 2024-10-04   today" },
		{ "PST8", DAY + 8 * 3600, "due 2024-10-04   1 day late" },
	};
	struct hub hub = { .release = { .state = RELEASE_PLANNED,
			       .start = DATE_NONE,
			       .target = DUE,
			       .released = DATE_NONE } };
	struct buf out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		setenv("TZ", cases[i].tz, 1);
		if (strcmp(said(&out, &hub, DUE + cases[i].now, hub_say_dates),
			cases[i].want) != 0)
			fail_msg("case %zu: %s", i, buf_str(&out));
	}
	unsetenv("TZ");
	buf_release(&out);
}

static void
test_forecast(void **state)
{
	struct hub hub = { .release = { .state = RELEASE_PLANNED,
			       .start = DATE_NONE,
			       .target = DUE,
			       .released = DATE_NONE },
		.todo = 4,
		.told = true,
		.forecast = { .left = 4,
		    .closed = 40,
		    .days = 59,
		    .active = 30,
		    .known = true,
		    .p50 = 6,
		    .p85 = 9 } };
	struct buf out = BUF_INIT;

	(void)state;
	setenv("TZ", "UTC", 1);
	assert_string_equal(said(&out, &hub, DUE - 9 * DAY, hub_say_forecast),
	    "even odds by 2024-10-01 (p50), 85% by 2024-10-04 (p85)");
	assert_string_equal(said(&out, &hub, DUE - 8 * DAY, hub_say_forecast),
	    "even odds by 2024-10-02 (p50), 85% by 2024-10-05 (p85), "
	    "p85 is late");
	assert_string_equal(said(&out, &hub, DUE - 5 * DAY, hub_say_forecast),
	    "even odds by 2024-10-05 (p50), 85% by 2024-10-08 (p85), "
	    "both late");
	/* All of it stands in one row of the hub. */
	assert_true(strlen("forecast: ") + out.len <= 78);
	buf_clear(&out);
	hub_say_sample(&hub, &out);
	assert_string_equal(buf_str(&out),
	    "4 left, at the pace of the last 8 weeks: 40 closed");
	hub.forecast =
	    (struct forecast){ .left = 4, .closed = 2, .days = 6, .active = 1 };
	buf_clear(&out);
	hub_say_sample(&hub, &out);
	assert_string_equal(buf_str(&out),
	    "2 closed on 1 day of the last 6; a forecast takes 10 on 5 of "
	    "14");
	/* Before anything was closed there are no days to speak of. */
	hub.forecast = (struct forecast){ .left = 4 };
	buf_clear(&out);
	hub_say_sample(&hub, &out);
	assert_string_equal(buf_str(&out),
	    "nothing closed in the last 84 days; a forecast takes 10 on 5 of "
	    "14");
	hub.closed_today = 2;
	buf_clear(&out);
	hub_say_sample(&hub, &out);
	assert_string_equal(buf_str(&out),
	    "2 closed today, not counted yet; a forecast takes 10 on 5 of 14");
	unsetenv("TZ");
	buf_release(&out);
}

/* However many tickets: no row is wider than it was asked to be, and the rule
 * at the left stands in one column. */
static void
test_chart(void **state)
{
	static const int64_t scopes[] = { 1, 9999, 10000, 1234567 };
	struct hub hub = { .told = true, .n_burnup = 2 };
	struct buf out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(scopes) / sizeof(scopes[0]); i++) {
		size_t rule = 0;

		hub.burnup[0] = (struct hub_point){ DUE - 9 * DAY, 1, 0 };
		hub.burnup[1] = (struct hub_point){ DUE, scopes[i], 1 };
		for (int line = 1; line < HUB_CHART_LINES(5); line++) {
			size_t at;

			buf_clear(&out);
			hub_chart_line(&hub, 5, 40, line, &out);
			assert_true(out.len <= 40);
			if (line > 6)
				continue;
			at = strcspn(buf_str(&out), "|+");
			rule = rule == 0 ? at : rule;
			assert_int_equal(at, rule);
		}
	}
	buf_release(&out);
}

static void
chart_is(const struct hub *hub, int rows, int line, const char *want)
{
	struct buf out = BUF_INIT;

	hub_chart_line(hub, rows, 12, line, &out);
	assert_string_equal(buf_str(&out), want);
	buf_release(&out);
}

/* However few rows: what is open is seen, and what is done once all is. */
static void
test_chart_low(void **state)
{
	struct hub hub = { .told = true, .n_burnup = 2 };

	(void)state;
	hub.burnup[0] = (struct hub_point){ DUE - DAY, 4, 1 };
	hub.burnup[1] = (struct hub_point){ DUE, 4, 4 };
	chart_is(&hub, 1, 1, "   4 |.....#");
	chart_is(&hub, 2, 1, "   4 |.....#");
	chart_is(&hub, 2, 2, "     |######");
	hub.burnup[0].done = 3;
	chart_is(&hub, 2, 1, "   4 |.....#");
}

/* Where there is none, it says why. */
static void
test_no_chart(void **state)
{
	struct hub hub = { .told = false };

	(void)state;
	chart_is(&hub, 5, 0, "");
	hub.told = hub.nothing_planned = true;
	chart_is(&hub, 5, 0, "no burn-up: nothing was planned for it");
	chart_is(&hub, 5, 1, "");
	hub.nothing_planned = false;
	chart_is(&hub, 5, 0, "no burn-up: it has too many tickets");
	hub.undated = 2;
	chart_is(&hub, 5, 0, "no burn-up: no ticket has a day");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_forecast),
		cmocka_unit_test(test_chart),
		cmocka_unit_test(test_chart_low),
		cmocka_unit_test(test_no_chart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
