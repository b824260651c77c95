/* Metrics: each figure is the number of rows that its filter finds. */
#include "tracker.h"

#include <unistd.h>

#include "app/metrics.h"
#include "app/metrics/metrics_priv.h"

#define DAY INT64_C(86400)
#define NOW INT64_C(1791201600) /* Monday, 2026-10-05, noon */

static void
read_all(struct tracker *t, struct metrics *m, enum metrics_step step)
{
	metrics_init(m, step);
	for (int p = 0; p < METRICS_PARTS; p++)
		OK(t, app_metrics(t->a, (enum metrics_part)p, m, &t->err));
}

static int64_t
listed(struct tracker *t, const char *text)
{
	struct filter *f = NULL;
	int64_t n = -1;

	OK(t, app_filter(t->a, text, false, &f, &t->err));
	OK(t, app_ticket_count(t->a, f, 0, &n, &t->err));
	filter_free(f);
	return n;
}

static void
same(struct tracker *t, const struct metrics *m, enum metrics_part part,
    size_t row, size_t i, int64_t want)
{
	struct buf filter = BUF_INIT;
	const char *name;

	assert_true(metrics_filter(m, part, row, i, &name, &filter));
	if (listed(t, buf_str(&filter)) != want)
		fail_msg("%s: %lld, not %lld", buf_str(&filter),
		    (long long)listed(t, buf_str(&filter)), (long long)want);
	buf_release(&filter);
}

static void
same_all(struct tracker *t, const struct metrics *m)
{
	for (size_t i = 0; i < m->flow.n; i++) {
		same(t, m, METRICS_FLOW, i, 0, m->flow.period[i].created);
		same(t, m, METRICS_FLOW, i, 1, m->flow.period[i].closed);
	}
	for (size_t i = 0; i < m->n_cycles; i++)
		same(t, m, METRICS_CYCLE, i, 0, (int64_t)m->cycle[i].made.n);
	for (size_t i = 0; i < METRICS_AGES; i++)
		same(t, m, METRICS_AGE, i, 0, m->age[i].n);
	for (size_t i = 0; i < m->n_people; i++)
		same(t, m, METRICS_WIP, i, 0, m->person[i].n);
}

/* Tickets i = 0 .. 59: made i days ago at noon, every third closed after i % 8
 * days, every fifth in work. */
static void
fill(struct tracker *t, int64_t now)
{
	struct buf csv = BUF_INIT;
	char made[21], done[21];

	buf_puts(&csv, "key,type,summary,status,assignee,created,resolved\n");
	for (int64_t i = 0; i < 60; i++) {
		int64_t end = now - i * DAY + (i % 8) * DAY;

		date_format_iso(now - i * DAY, made);
		date_format_iso(end, done);
		buf_printf(&csv, "NOTE-%lld,%s,s,%s,%s,%s,%s\n",
		    (long long)i + 1, i % 2 == 0 ? "bug" : "task",
		    i % 3 == 0 && end <= now ? "done"
			: i % 5 == 0         ? "in-progress"
					     : "open",
		    i % 7 == 0       ? ""
			: i % 2 == 0 ? "김개발"
				     : "\"a \"\"b\"\" c\"",
		    made, i % 3 == 0 && end <= now ? done : "");
	}
	OK(t, tr_import(t, "csv", csv.ptr, csv.len));
	buf_release(&csv);
}

static void
test_figures_are_lists(void **state)
{
	struct tracker *t = *state;
	struct metrics m;

	setenv("SOURCE_DATE_EPOCH", "1791201600", 1);
	tr_init(t, "figures");
	fill(t, NOW);
	read_all(t, &m, METRICS_AUTO);
	assert_int_equal(m.flow.step, METRICS_WEEK);
	/* 59 days before a Monday lies in the ninth week before it. */
	assert_int_equal(m.flow.n, 10);
	assert_int_equal(m.flow.period[9].from, NOW - NOW % DAY);
	assert_int_equal(m.flow.period[9].created, 1);
	assert_int_equal(m.flow.period[8].created, 7);
	assert_int_equal(m.flow.came_done, 0);
	same_all(t, &m);
	/* Open at the end of a week: made before it, not closed before it. */
	for (size_t i = 0; i < m.flow.n; i++) {
		char end[11], text[200];

		date_format_day(m.flow.period[i].to, end);
		snprintf(text, sizeof(text),
		    "created:<%s (is:open or resolved:>=%s)", end, end);
		assert_int_equal(m.flow.period[i].open, listed(t, text));
	}
	metrics_release(&m);
	read_all(t, &m, METRICS_MONTH);
	assert_int_equal(m.flow.n, 3);
	assert_int_equal(m.flow.period[1].created, 30);
	same_all(t, &m);
	assert_int_equal(m.oldest.n, METRICS_OLDEST);
	assert_int_equal(m.oldest.v[0].key.number, 60);
	metrics_release(&m);
}

/* What is put away is in no figure, and neither is its absence. */
static void
test_archived(void **state)
{
	struct tracker *t = *state;
	/* one open, one in work, one done */
	static const char *const keys[] = { "NOTE-5", "NOTE-6", "NOTE-13" };
	struct metrics m;

	setenv("SOURCE_DATE_EPOCH", "1791201600", 1);
	tr_init(t, "archived");
	fill(t, NOW);
	for (size_t i = 0; i < 3; i++)
		OK(t, tr_set(t, keys[i], NULL, "deleted=yes", NULL));
	read_all(t, &m, METRICS_WEEK);
	same_all(t, &m);
	metrics_release(&m);
}

/* An import of what was done long ago is no work of today. */
static void
test_came_done(void **state)
{
	struct tracker *t = *state;
	struct buf csv = BUF_INIT;
	struct metrics m;
	char day[11];

	/* The journal goes by the real clock. */
	unsetenv("SOURCE_DATE_EPOCH");
	tr_init(t, "came");
	date_format_day(date_now() - 60 * DAY, day);
	buf_printf(&csv,
	    "key,type,summary,status,created\nNOTE-1,bug,a,done,%s\n"
	    "NOTE-2,bug,b,done,%s\nNOTE-3,bug,c,done,%s\n",
	    day, day, day);
	date_format_day(date_now(), day);
	buf_printf(&csv, "NOTE-4,bug,d,open,%s\n", day);
	OK(t, tr_import(t, "csv", csv.ptr, csv.len));
	buf_release(&csv);
	read_all(t, &m, METRICS_WEEK);
	assert_int_equal(m.flow.came_done, 3);
	assert_true(m.flow.n >= 9);
	for (size_t i = 0; i < m.flow.n; i++) {
		struct buf mark = BUF_INIT;

		metrics_mark(&m, i, &mark);
		assert_string_equal(buf_str(&mark),
		    i + 1 == m.flow.n ? "3 came in done" : "");
		buf_release(&mark);
		assert_int_equal(m.flow.period[i].closed, 0);
		assert_int_equal(m.flow.period[i].open,
		    i + 1 == m.flow.n ? 1 : METRICS_UNKNOWN);
	}
	assert_int_equal(m.n_cycles, 0);
	metrics_release(&m);
}

/* What was closed by hand stays so when an import is archived, in part or
 * whole; once nothing that came in done is left, open is known again. */
static void
test_archived_import(void **state)
{
	struct tracker *t = *state;
	struct buf csv = BUF_INIT;
	struct metrics m;
	char day[11], key[32];

	unsetenv("SOURCE_DATE_EPOCH");
	tr_init(t, "archived-import");
	date_format_day(date_now() - 60 * DAY, day);
	buf_puts(&csv, "key,type,summary,status,created\n");
	for (int i = 1; i <= 12; i++)
		buf_printf(&csv, "NOTE-%d,bug,by hand,open,%s\n", i, day);
	OK(t, tr_import(t, "csv", csv.ptr, csv.len));
	sleep(1);
	for (int i = 1; i <= 12; i++) {
		snprintf(key, sizeof(key), "NOTE-%d", i);
		OK(t, tr_set(t, key, NULL, "status=done", NULL));
	}
	buf_clear(&csv);
	buf_puts(&csv, "key,type,summary,status,created\n");
	for (int i = 21; i <= 30; i++)
		buf_printf(&csv, "NOTE-%d,bug,came in,done,%s\n", i, day);
	OK(t, tr_import(t, "csv", csv.ptr, csv.len));
	buf_release(&csv);
	for (int i = 21; i <= 30; i++) {
		int64_t closed = 0;

		snprintf(key, sizeof(key), "NOTE-%d", i);
		OK(t, tr_set(t, key, NULL, "deleted=yes", NULL));
		read_all(t, &m, METRICS_WEEK);
		for (size_t k = 0; k < m.flow.n; k++)
			closed += m.flow.period[k].closed;
		assert_int_equal(closed, 12);
		assert_int_equal(m.flow.came_done, 30 - i);
		assert_int_equal(m.flow.period[0].open,
		    i < 30 ? METRICS_UNKNOWN : 12);
		metrics_release(&m);
	}
	OK(t, tr_set(t, "NOTE-1", NULL, "deleted=yes", NULL));
	read_all(t, &m, METRICS_WEEK);
	assert_int_equal(m.flow.period[m.flow.n - 1].closed, 11);
	assert_int_equal(m.flow.period[0].open, 11);
	metrics_release(&m);
}

/* Half took no longer than p50; of too few, nothing is said. */
static void
test_cycles(void **state)
{
	struct tracker *t = *state;
	struct metrics m;
	char key[32];

	/* The journal goes by the real clock. */
	unsetenv("SOURCE_DATE_EPOCH");
	tr_init(t, "cycles");
	fill(t, date_now());
	/* What is done in the second in which it came is no work. */
	sleep(1);
	for (int i = 2; i < 9; i++) {
		/* Begun and done within this second, by hand. */
		snprintf(key, sizeof(key), "NOTE-%d", i * 7);
		OK(t, tr_set(t, key, NULL, "status=open", NULL));
		OK(t, tr_set(t, key, NULL, "status=in-progress", NULL));
		OK(t, tr_set(t, key, NULL, "status=done", NULL));
	}
	read_all(t, &m, METRICS_WEEK);
	assert_true(m.n_cycles == 3);
	assert_null(m.cycle[0].type);
	assert_int_equal(m.cycle[0].made.n,
	    m.cycle[1].made.n + m.cycle[2].made.n);
	assert_true(m.cycle[0].made.p50 > 0);
	assert_true(m.cycle[0].made.p85 >= m.cycle[0].made.p50);
	assert_true(m.cycle[0].begun.n >= 6);
	assert_in_range(m.cycle[0].begun.p85, 0, 2);
	metrics_release(&m);
}

/* A change in the middle of counting: all periods are of one state. */
static void
test_changed_between_slices(void **state)
{
	struct tracker *t = *state;
	struct metrics m, again;
	bool done;

	setenv("SOURCE_DATE_EPOCH", "1791201600", 1);
	tr_init(t, "slices");
	fill(t, NOW);
	for (size_t stop = 1; stop < 10; stop++) {
		char key[32];

		metrics_init(&m, METRICS_WEEK);
		for (size_t i = 0; i < stop; i++)
			OK(t,
			    app_metrics_slice(t->a, METRICS_FLOW, &m, &done,
				&t->err));
		assert_false(done);
		snprintf(key, sizeof(key), "NOTE-%zu", stop * 6);
		OK(t, tr_set(t, key, NULL, "deleted=yes", NULL));
		while (!done)
			OK(t,
			    app_metrics_slice(t->a, METRICS_FLOW, &m, &done,
				&t->err));
		read_all(t, &again, METRICS_WEEK);
		assert_memory_equal(&m.flow, &again.flow, sizeof(m.flow));
		metrics_release(&again);
		metrics_release(&m);
	}
}

/* However many come in done behind it, what was closed here is measured. */
static void
test_cycles_behind_import(void **state)
{
	struct tracker *t = *state;
	struct buf csv = BUF_INIT, rule = BUF_INIT;
	struct metrics m;
	char day[11], key[32];

	unsetenv("SOURCE_DATE_EPOCH");
	tr_init(t, "behind");
	date_format_day(date_now() - 20 * DAY, day);
	buf_puts(&csv, "key,type,summary,status,created\n");
	for (int i = 1; i <= 6; i++)
		buf_printf(&csv, "NOTE-%d,bug,by hand,open,%s\n", i, day);
	OK(t, tr_import(t, "csv", csv.ptr, csv.len));
	sleep(1);
	for (int i = 1; i <= 6; i++) {
		snprintf(key, sizeof(key), "NOTE-%d", i);
		OK(t, tr_set(t, key, NULL, "status=done", NULL));
	}
	/* Rows of an import begin in a second of their own, or with it. */
	buf_clear(&csv);
	buf_puts(&csv, "key,type,summary,status,created\n");
	for (int i = 1; i <= METRICS_SAMPLE + 500; i++)
		buf_printf(&csv, "NOTE-%d,bug,came in,done,%s\n", 100 + i, day);
	OK(t, tr_import(t, "csv", csv.ptr, csv.len));
	buf_release(&csv);
	read_all(t, &m, METRICS_WEEK);
	assert_true(m.n_cycles == 2);
	assert_int_equal(m.cycle[0].made.n, 6);
	assert_true(m.cycle[0].made.p50 >= 20 * DAY);
	assert_false(m.sampled);
	assert_int_equal(m.flow.came_done, METRICS_SAMPLE + 500);
	m.flow.unseen = 7;
	metrics_rule(&m, METRICS_FLOW, &rule);
	assert_non_null(strstr(buf_str(&rule), "Of 7 "));
	buf_release(&rule);
	metrics_release(&m);
}

static void
test_spread(void **state)
{
	int64_t few[] = { 4, 3, 2, 1 };
	int64_t some[] = { 90, 10, 50, 30, 70, 20, 100, 40, 60, 80 };
	struct metrics_spread s;

	(void)state;
	metrics_spread(few, 4, &s);
	assert_int_equal(s.n, 4);
	assert_int_equal(s.p50, METRICS_UNKNOWN);
	metrics_spread(some, 10, &s);
	assert_int_equal(s.p50, 50);
	assert_int_equal(s.p85, 90);
}

/* An empty tracker has no figures, and says so. */
static void
test_empty(void **state)
{
	struct tracker *t = *state;
	struct metrics m;

	setenv("SOURCE_DATE_EPOCH", "1791201600", 1);
	tr_init(t, "empty");
	read_all(t, &m, METRICS_AUTO);
	for (int p = 0; p < METRICS_PARTS; p++) {
		assert_true(m.known[p]);
		assert_int_equal(metrics_rows(&m, (enum metrics_part)p), 0);
	}
	metrics_release(&m);
	/* A long history is told in months. */
	m.flow.step = METRICS_AUTO;
	metrics_periods(&m.flow, NOW, NOW - 400 * DAY);
	assert_int_equal(m.flow.step, METRICS_MONTH);
	assert_int_equal(m.flow.n, METRICS_PERIODS);
	assert_int_equal(m.flow.period[0].from,
	    INT64_C(1761955200)); /* 2025-11 */
	assert_int_equal(m.flow.period[11].to,
	    INT64_C(1793491200)); /* 2026-11 */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TR_TEST(test_figures_are_lists),
		TR_TEST(test_archived),
		TR_TEST(test_came_done),
		TR_TEST(test_archived_import),
		TR_TEST(test_cycles),
		TR_TEST(test_cycles_behind_import),
		TR_TEST(test_changed_between_slices),
		TR_TEST(test_spread),
		TR_TEST(test_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
