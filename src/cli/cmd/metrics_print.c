#include "metrics_print.h"

#include <string.h>

#include "base/date.h"
#include "cli/common.h"

static const char *const part_names[] = { [METRICS_FLOW] = "flow",
	[METRICS_CYCLE] = "cycle",
	[METRICS_AGE] = "age",
	[METRICS_WIP] = "wip",
	[METRICS_RELEASES] = "releases" };

static json_t *
count_or_null(int64_t n)
{
	return n == METRICS_UNKNOWN ? json_null() : json_integer(n);
}

/* Seconds, null with too few values. */
static json_t *
spread_json(const struct metrics_spread *s)
{
	json_t *json = json_object();

	json_put(json, "n", json_integer((json_int_t)s->n));
	json_put(json, "p50", count_or_null(s->p50));
	json_put(json, "p85", count_or_null(s->p85));
	return json;
}

static void
put_filters(json_t *json, const struct metrics *m, enum metrics_part part,
    size_t row)
{
	json_t *filters = json_object();
	struct buf text = BUF_INIT;
	const char *name;

	for (size_t i = 0;; i++) {
		buf_clear(&text);
		if (!metrics_filter(m, part, row, i, &name, &text))
			break;
		json_put(filters, name, json_text(buf_str(&text)));
	}
	json_put(json, "filters", filters);
	buf_release(&text);
}

static json_t *
flow_json(const struct metrics *m)
{
	json_t *list = json_array();

	for (size_t i = 0; i < m->flow.n; i++) {
		const struct metrics_period *p = &m->flow.period[i];
		json_t *json = json_object();

		json_put(json, "from", common_day_json(p->from));
		json_put(json, "to", common_day_json(p->to - 1));
		json_put(json, "created", json_integer(p->created));
		json_put(json, "closed", json_integer(p->closed));
		json_put(json, "open", count_or_null(p->open));
		json_put(json, "came_done", json_integer(p->came_done));
		put_filters(json, m, METRICS_FLOW, i);
		json_push(list, json);
	}
	return list;
}

static json_t *
cycle_json(const struct metrics *m)
{
	json_t *list = json_array();

	for (size_t i = 0; i < m->n_cycles; i++) {
		json_t *json = json_object();

		json_put(json, "type", json_text(m->cycle[i].type));
		json_put(json, "created_to_resolved",
		    spread_json(&m->cycle[i].made));
		json_put(json, "begun_to_resolved",
		    spread_json(&m->cycle[i].begun));
		put_filters(json, m, METRICS_CYCLE, i);
		json_push(list, json);
	}
	return list;
}

static json_t *
age_json(const struct metrics *m)
{
	json_t *list = json_array();

	for (size_t i = 0; i < METRICS_AGES; i++) {
		json_t *json = json_object();

		json_put(json, "age", json_text(m->age[i].name));
		json_put(json, "open", json_integer(m->age[i].n));
		put_filters(json, m, METRICS_AGE, i);
		json_push(list, json);
	}
	return list;
}

static json_t *
wip_json(const struct metrics *m)
{
	json_t *list = json_array();

	for (size_t i = 0; i < m->n_people; i++) {
		json_t *json = json_object();

		json_put(json, "assignee", json_text(m->person[i].name));
		json_put(json, "tickets", json_integer(m->person[i].n));
		put_filters(json, m, METRICS_WIP, i);
		json_push(list, json);
	}
	return list;
}

static json_t *
releases_json(const struct metrics *m)
{
	json_t *list = json_array();

	for (size_t i = 0; i < m->n_releases; i++) {
		const struct metrics_release *r = &m->release[i];
		json_t *json = json_object();

		json_put(json, "version", json_text(r->version));
		json_put(json, "date", common_day_json(r->released));
		json_put(json, "tickets", json_integer(r->tickets));
		json_put(json, "with_commits", json_integer(r->with_commits));
		json_put(json, "reverts", json_integer(r->reverts));
		json_put(json, "lead_time", spread_json(&r->lead));
		json_put(json, "capped", json_boolean(r->capped));
		put_filters(json, m, METRICS_RELEASES, i);
		json_push(list, json);
	}
	return list;
}

json_t *
metrics_to_json(const struct metrics *m)
{
	json_t *json = json_object(), *oldest = json_array();

	for (size_t i = 0; i < m->oldest.n; i++)
		json_push(oldest, common_ticket_json(&m->oldest.v[i]));
	json_put(json, "step",
	    json_text(m->flow.step == METRICS_MONTH ? "month" : "week"));
	json_put(json, "came_done", json_integer(m->flow.came_done));
	json_put(json, "flow", flow_json(m));
	json_put(json, "cycle", cycle_json(m));
	json_put(json, "sampled", json_boolean(m->sampled));
	json_put(json, "age", age_json(m));
	json_put(json, "oldest", oldest);
	json_put(json, "doing", json_integer(m->doing));
	json_put(json, "wip", wip_json(m));
	json_put(json, "releases", releases_json(m));
	return json;
}

static void
record(struct out *o, enum metrics_part part, const char *label,
    const char *figure, int64_t n)
{
	out_field(o, part_names[part]);
	out_field(o, label);
	out_field(o, figure);
	if (n == METRICS_UNKNOWN)
		out_field(o, "");
	else
		out_number(o, n);
	out_end(o);
}

static void
spread_records(struct out *o, enum metrics_part part, const char *label,
    const char *name, const struct metrics_spread *s)
{
	struct buf figure = BUF_INIT;

	for (int i = 0; i < 3; i++) {
		static const char *const what[] = { "n", "p50", "p85" };

		buf_clear(&figure);
		buf_printf(&figure, "%s-%s", name, what[i]);
		record(o, part, label, buf_str(&figure),
		    i == 0       ? (int64_t)s->n
			: i == 1 ? s->p50
				 : s->p85);
	}
	buf_release(&figure);
}

static void
row_records(struct out *o, const struct metrics *m, enum metrics_part part,
    size_t i, const char *label)
{
	switch (part) {
	case METRICS_FLOW:
		record(o, part, label, "created", m->flow.period[i].created);
		record(o, part, label, "closed", m->flow.period[i].closed);
		record(o, part, label, "open", m->flow.period[i].open);
		record(o, part, label, "came-done",
		    m->flow.period[i].came_done);
		break;
	case METRICS_CYCLE:
		spread_records(o, part, label, "made", &m->cycle[i].made);
		spread_records(o, part, label, "begun", &m->cycle[i].begun);
		break;
	case METRICS_AGE:
		if (i < METRICS_AGES)
			record(o, part, label, "open", m->age[i].n);
		else
			record(o, part, label, "oldest",
			    m->oldest.v[i - METRICS_AGES].created);
		break;
	case METRICS_WIP:
		record(o, part, label, "tickets",
		    i < m->n_people ? m->person[i].n : m->doing_more);
		break;
	default:
		record(o, part, label, "tickets", m->release[i].tickets);
		record(o, part, label, "with-commits",
		    m->release[i].with_commits);
		record(o, part, label, "reverts", m->release[i].reverts);
		spread_records(o, part, label, "lead", &m->release[i].lead);
		break;
	}
}

void
metrics_to_porcelain(struct out *o, const struct metrics *m)
{
	struct buf label = BUF_INIT;

	for (int p = 0; p < METRICS_PARTS; p++) {
		enum metrics_part part = (enum metrics_part)p;

		for (size_t i = 0; i < metrics_rows(m, part); i++) {
			buf_clear(&label);
			metrics_label(m, part, i, &label);
			row_records(o, m, part, i, buf_str(&label));
		}
	}
	buf_release(&label);
}
