/* Metrics of the made-up tracker: three months of them, and its tickets. */
#ifndef NOTES_TESTS_FAKE_METRICS_H
#define NOTES_TESTS_FAKE_METRICS_H

#include "app/metrics.h"
#include "app/metrics/metrics_priv.h"

#include "fake_ticket.h"
#include "fake_world.h"

static void
fake_flow(struct app *a, struct metrics *m)
{
	m->flow.step = m->step;
	metrics_periods(&m->flow, FAKE_NOW,
	    a->n == 0 ? DATE_NONE : FAKE_NOW - INT64_C(86400) * 80);
	for (size_t i = 0; i < m->flow.n; i++) {
		m->flow.period[i].created = (int64_t)(i * 7 % 11);
		m->flow.period[i].closed = (int64_t)(i * 5 % 9);
		m->flow.period[i].open = i < 2 ? METRICS_UNKNOWN
					  : 40 + (int64_t)(i * i);
	}
	if (m->flow.n > 2)
		m->flow.period[2].came_done = 12;
	m->flow.came_done = 12;
}

static void
fake_cycles(struct metrics *m)
{
	static const char *const types[] = { NULL, "bug", "improvement" };
	int64_t v[] = { 3600, 90000, 200000, 400000, 500000, 2000000 };

	metrics_drop_cycles(m);
	m->since = m->flow.period[0].from;
	for (size_t i = 0; i < 3; i++) {
		struct metrics_cycle c = { .type = mem_strdup(types[i]) };

		metrics_spread(v, 6 - i, &c.made);
		metrics_spread(v, 5 - 2 * i, &c.begun);
		m->cycle = mem_grow(m->cycle, &m->cap_cycles, m->n_cycles + 1,
		    sizeof(*m->cycle));
		m->cycle[m->n_cycles++] = c;
	}
}

static void
fake_ages(struct app *a, struct metrics *m)
{
	metrics_ages(m);
	ticket_list_release(&m->oldest);
	for (size_t i = 0; i < METRICS_AGES; i++)
		m->age[i].n = a->n == 0 ? 0 : (int64_t)(i * 9 % 7);
	for (size_t i = 0; i < a->n && i < 3; i++) {
		struct ticket_list *l = &m->oldest;

		l->v = mem_grow(l->v, &l->cap, l->n + 1, sizeof(*l->v));
		ticket_copy(&l->v[l->n++], &a->v[i]);
	}
}

static void
fake_wip(struct app *a, struct metrics *m)
{
	metrics_drop_people(m);
	if (a->n == 0)
		return;
	m->person[m->n_people++] = (struct metrics_person){
		mem_strdup(a->v[0].assignee), 4
	};
	m->person[m->n_people++] = (struct metrics_person){ NULL, 1 };
	m->doing = 8;
	m->doing_more = 3;
}

static void
fake_shipped(struct app *a, struct metrics *m)
{
	metrics_drop_releases(m);
	if (a->n == 0)
		return;
	m->release[m->n_releases++] = (struct metrics_release){
		.version = mem_strdup("1.1"),
		.released = FAKE_NOW - INT64_C(86400) * 20,
		.tickets = 14,
		.with_commits = 12,
		.reverts = 1,
		.lead = { 12, 86400 * 9, 86400 * 31 },
	};
	m->release[m->n_releases++] = (struct metrics_release){
		.version = mem_strdup("1.0"),
		.released = FAKE_NOW - INT64_C(86400) * 100,
		.lead = { 0, METRICS_UNKNOWN, METRICS_UNKNOWN },
	};
}

/* In two slices, as the real one takes several. */
enum rc
app_metrics_slice(struct app *a, enum metrics_part part, struct metrics *m,
    bool *done, struct err *err)
{
	*done = part != METRICS_FLOW || m->left++ > 0;
	if (!*done)
		return RC_OK;
	m->known[part] = false;
	if (a->generate_rc != RC_OK)
		return err_set(err, a->generate_rc, "history is broken");
	if (part == METRICS_FLOW)
		fake_flow(a, m);
	else if (part == METRICS_CYCLE && a->n > 0)
		fake_cycles(m);
	else if (part == METRICS_AGE)
		fake_ages(a, m);
	else if (part == METRICS_WIP)
		fake_wip(a, m);
	else if (part == METRICS_RELEASES)
		fake_shipped(a, m);
	m->known[part] = true;
	return RC_OK;
}

#endif
