/* Counting: one function for each part. */
#include <stdlib.h>
#include <string.h>

#include "app/app_priv.h"
#include "app/metrics.h"
#include "app/release.h"
#include "app/scan.h"
#include "base/date.h"
#include "base/mem.h"
#include "metrics_priv.h"
#include "store/flow.h"
#include "store/ticket.h"

/* Tickets of a release that are looked at. */
#define RELEASE_TICKETS 20000

/* ---- created, closed, open ---- */

static enum rc
begin_flow(struct app *a, struct metrics *m, struct err *err)
{
	int64_t first;
	enum rc rc;

	m->next = (struct metrics_flow){ .step = m->step };
	m->lost = false;
	m->version = app_data_version(a);
	if ((rc = store_flow_first(a->store, &first, err)) != RC_OK ||
	    (rc = store_flow_open(a->store, DATE_MIN, INT64_MAX, &m->open,
		 err)) != RC_OK)
		return rc;
	metrics_periods(&m->next, m->now, first);
	m->left = m->next.n;
	return RC_OK;
}

/* From today backwards: what is open now is known. */
static enum rc
read_period(struct app *a, struct metrics *m, struct err *err)
{
	struct metrics_period *p = &m->next.period[m->left - 1];
	struct flow_closed closed;
	enum rc rc;

	if ((rc = store_flow_created(a->store, p->from, p->to, &p->created,
		 err)) != RC_OK ||
	    (rc = store_flow_closed(a->store, p->from, p->to, &closed, err)) !=
		RC_OK)
		return rc;
	p->closed = closed.n;
	p->open = m->lost ? METRICS_UNKNOWN : m->open;
	p->came_done = closed.came + closed.older;
	m->next.came_done += p->came_done;
	m->next.unseen += closed.unseen;
	/* When those that came in done were open, nobody knows. */
	m->lost = m->lost || closed.older > 0;
	m->open += closed.n + closed.came - p->created;
	m->left--;
	return RC_OK;
}

/* What is open goes from one period to the next: all are of one state. */
static bool
changed(struct app *a, const struct metrics *m)
{
	int64_t version = app_data_version(a);

	/* -1: it can't be told now. */
	return version >= 0 && m->version >= 0 && version != m->version;
}

/* A tracker that changes all the time is counted all the same. */
#define BEGIN_AGAIN_MAX 20

static enum rc
read_flow(struct app *a, struct metrics *m, bool *done, struct err *err)
{
	enum rc rc;

	*done = false;
	if (m->left == 0)
		m->begun = 0;
	if (m->left == 0 || (m->begun < BEGIN_AGAIN_MAX && changed(a, m))) {
		m->begun++;
		if ((rc = begin_flow(a, m, err)) != RC_OK)
			return rc;
	}
	if (m->left > 0 && (rc = read_period(a, m, err)) != RC_OK)
		return rc;
	/* The last one, too, was read in several steps. */
	if (m->left == 0 && m->begun < BEGIN_AGAIN_MAX && changed(a, m)) {
		m->begun++;
		return begin_flow(a, m, err);
	}
	*done = m->left == 0;
	if (*done)
		m->flow = m->next;
	return RC_OK;
}

/* ---- cycle time ---- */

struct durations {
	char *type; /* owned */
	int64_t *made, *begun;
	size_t n_made, cap_made, n_begun, cap_begun;
};

struct cycles {
	struct durations *v; /* the first is all types */
	size_t n, cap;
};

static struct durations *
durations_of(struct cycles *c, const char *type)
{
	for (size_t i = 1; i < c->n; i++)
		if (strcmp(c->v[i].type, type) == 0)
			return &c->v[i];
	c->v = mem_grow(c->v, &c->cap, c->n + 1, sizeof(*c->v));
	c->v[c->n] = (struct durations){ .type = mem_strdup(type) };
	return &c->v[c->n++];
}

static void
push(int64_t **v, size_t *n, size_t *cap, int64_t x)
{
	*v = mem_grow(*v, cap, *n + 1, sizeof(**v));
	(*v)[(*n)++] = x;
}

static void
add_cycle(struct durations *d, const struct flow_cycle *c)
{
	if (c->resolved >= c->created)
		push(&d->made, &d->n_made, &d->cap_made,
		    c->resolved - c->created);
	if (c->started != DATE_NONE && c->resolved >= c->started)
		push(&d->begun, &d->n_begun, &d->cap_begun,
		    c->resolved - c->started);
}

static bool
cycle_row(const struct flow_cycle *row, void *arg)
{
	struct cycles *c = arg;

	add_cycle(durations_of(c, row->type), row);
	add_cycle(&c->v[0], row);
	return true;
}

static int
most_first(const void *x, const void *y)
{
	const struct metrics_cycle *a = x, *b = y;

	if (a->made.n != b->made.n)
		return a->made.n > b->made.n ? -1 : 1;
	return strcmp(a->type, b->type);
}

static void
take_cycles(struct metrics *m, struct cycles *c)
{
	metrics_drop_cycles(m);
	for (size_t i = 0; i < c->n; i++) {
		struct durations *d = &c->v[i];
		struct metrics_cycle *to;

		if (d->n_made == 0)
			continue;
		m->cycle = mem_grow(m->cycle, &m->cap_cycles, m->n_cycles + 1,
		    sizeof(*m->cycle));
		to = &m->cycle[m->n_cycles++];
		*to = (struct metrics_cycle){ .type = mem_strdup(d->type) };
		metrics_spread(d->made, d->n_made, &to->made);
		metrics_spread(d->begun, d->n_begun, &to->begun);
	}
	if (m->n_cycles > 2)
		qsort(m->cycle + 1, m->n_cycles - 1, sizeof(*m->cycle),
		    most_first);
}

static enum rc
read_cycle(struct app *a, struct metrics *m, struct err *err)
{
	struct cycles c = { .n = 0 };
	enum rc rc;

	if (!m->known[METRICS_FLOW] &&
	    (rc = app_metrics(a, METRICS_FLOW, m, err)) != RC_OK)
		return rc;
	m->since = m->flow.n == 0 ? m->now : m->flow.period[0].from;
	c.v = mem_grow(NULL, &c.cap, 1, sizeof(*c.v));
	c.v[c.n++] = (struct durations){ .type = NULL };
	rc = store_flow_cycles(a->store, m->since, METRICS_SAMPLE, cycle_row,
	    &c, &m->sampled, err);
	if (rc == RC_OK)
		take_cycles(m, &c);
	for (size_t i = 0; i < c.n; i++) {
		free(c.v[i].type);
		free(c.v[i].made);
		free(c.v[i].begun);
	}
	free(c.v);
	return rc;
}

/* ---- age ---- */

static enum rc
read_age(struct app *a, struct metrics *m, struct err *err)
{
	int64_t ids[METRICS_OLDEST];
	size_t n = 0;
	enum rc rc = RC_OK;

	metrics_ages(m);
	for (size_t i = 0; rc == RC_OK && i < METRICS_AGES; i++)
		rc = store_flow_open(a->store, m->age[i].from, m->age[i].to,
		    &m->age[i].n, err);
	ticket_list_release(&m->oldest);
	if (rc == RC_OK)
		rc = store_flow_oldest(a->store, METRICS_OLDEST, ids, &n, err);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		struct ticket_list *l = &m->oldest;

		l->v = mem_grow(l->v, &l->cap, l->n + 1, sizeof(*l->v));
		rc = store_ticket_get(a->store, ids[i], TICKET_ROW, &l->v[l->n],
		    err);
		l->n += rc == RC_OK;
	}
	return rc;
}

/* ---- work in progress ---- */

struct people {
	struct metrics_person *v;
	size_t n, cap;
};

static bool
person_row(const char *name, int64_t n, void *arg)
{
	struct people *p = arg;

	p->v = mem_grow(p->v, &p->cap, p->n + 1, sizeof(*p->v));
	p->v[p->n++] = (struct metrics_person){ mem_strdup(name), n };
	return true;
}

static int
busiest_first(const void *x, const void *y)
{
	const struct metrics_person *a = x, *b = y;

	if (a->n != b->n)
		return a->n > b->n ? -1 : 1;
	/* Nobody goes last. */
	if (a->name == NULL || b->name == NULL)
		return (a->name == NULL) - (b->name == NULL);
	return strcmp(a->name, b->name);
}

static enum rc
read_wip(struct app *a, struct metrics *m, struct err *err)
{
	struct people p = { .n = 0 };
	enum rc rc = store_flow_doing(a->store, person_row, &p, err);

	metrics_drop_people(m);
	if (p.n > 1)
		qsort(p.v, p.n, sizeof(*p.v), busiest_first);
	for (size_t i = 0; i < p.n; i++) {
		m->doing += p.v[i].n;
		if (rc == RC_OK && m->n_people < METRICS_PEOPLE) {
			m->person[m->n_people++] = p.v[i];
			continue;
		}
		m->doing_more += p.v[i].n;
		free(p.v[i].name);
	}
	free(p.v);
	return rc;
}

/* ---- releases ---- */

struct shipped {
	struct metrics_release *r;
	int64_t *lead;
	size_t n, cap;
};

static bool
shipped_row(const struct flow_shipped *row, void *arg)
{
	struct shipped *s = arg;

	s->r->tickets++;
	s->r->with_commits += row->has_commits;
	if (row->first != DATE_NONE && row->first <= s->r->released)
		push(&s->lead, &s->n, &s->cap, s->r->released - row->first);
	return true;
}

static enum rc
read_release(struct app *a, const struct release *from, struct metrics *m,
    struct err *err)
{
	struct metrics_release *r = &m->release[m->n_releases++];
	struct shipped s = { .r = r };
	enum rc rc;

	*r = (struct metrics_release){ .version = mem_strdup(from->version),
		.released = from->released };
	rc = store_flow_release(a->store, from->version, from->id,
	    RELEASE_TICKETS, shipped_row, &s, err);
	if (rc == RC_OK)
		rc = store_flow_reverts(a->store, from->id, &r->reverts, err);
	r->capped = r->tickets >= RELEASE_TICKETS;
	metrics_spread(s.lead, s.n, &r->lead);
	free(s.lead);
	return rc;
}

static int
latest_first(const void *x, const void *y)
{
	const struct release *a = x, *b = y;

	if (a->released != b->released)
		return a->released > b->released ? -1 : 1;
	return -strcmp(a->version, b->version);
}

static enum rc
read_releases(struct app *a, struct metrics *m, struct err *err)
{
	struct scan_result scanned = { 0 };
	struct release_list l = { 0 };
	enum rc rc = RC_OK;

	metrics_drop_releases(m);
	m->no_history = a->vcs == NULL;
	if (a->vcs != NULL && !a->readonly)
		rc = app_scan(a, false, &scanned, err);
	scan_result_release(&scanned);
	if (rc != RC_OK || (rc = app_releases(a, &l, err)) != RC_OK)
		goto out;
	if (l.n > 1)
		qsort(l.v, l.n, sizeof(*l.v), latest_first);
	for (size_t i = 0; rc == RC_OK && i < l.n; i++)
		if (l.v[i].state == RELEASE_RELEASED &&
		    l.v[i].released != DATE_NONE &&
		    m->n_releases < METRICS_RELEASES_MAX)
			rc = read_release(a, &l.v[i], m, err);
out:
	release_list_release(&l);
	return rc;
}

enum rc
app_metrics_slice(struct app *a, enum metrics_part part, struct metrics *m,
    bool *done, struct err *err)
{
	static enum rc (*const read[])(struct app *, struct metrics *,
	    struct err *) = { [METRICS_CYCLE] = read_cycle,
		[METRICS_AGE] = read_age,
		[METRICS_WIP] = read_wip,
		[METRICS_RELEASES] = read_releases };
	enum rc rc;

	*done = true;
	if (app_stopped(a))
		return err_set(err, RC_STOPPED, "stopped");
	rc = part == METRICS_FLOW ? read_flow(a, m, done, err)
				  : read[part](a, m, err);
	if (*done)
		m->known[part] = rc == RC_OK;
	return rc;
}

enum rc
app_metrics(struct app *a, enum metrics_part part, struct metrics *m,
    struct err *err)
{
	bool done = false;
	enum rc rc = RC_OK;

	m->left = 0;
	while (rc == RC_OK && !done)
		rc = app_metrics_slice(a, part, m, &done, err);
	return rc;
}
