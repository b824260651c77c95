/* What the figures are called, what they count, and the filter of each. */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "app/metrics.h"

#define DAY 86400

static const char *
step_name(const struct metrics *m)
{
	return m->flow.step == METRICS_MONTH ? "month" : "week";
}

static const char *
plural(int64_t n)
{
	return n == 1 ? "" : "s";
}

const char *
metrics_nothing(enum metrics_part part)
{
	static const char *const words[METRICS_PARTS] = {
		[METRICS_AGE] = "no ticket is open",
		[METRICS_WIP] = "no ticket is in progress",
		[METRICS_RELEASES] = "no release is out",
	};

	return words[part] == NULL ? "not enough data" : words[part];
}

void
metrics_title(const struct metrics *m, enum metrics_part part, struct buf *out)
{
	switch (part) {
	case METRICS_FLOW:
		buf_printf(out, "created and closed, by %s", step_name(m));
		break;
	case METRICS_CYCLE:
		buf_puts(out, "cycle time of closed tickets, by type");
		break;
	case METRICS_AGE:
		buf_puts(out, "age of open tickets");
		break;
	case METRICS_WIP:
		buf_puts(out, "work in progress, by assignee");
		break;
	default:
		buf_puts(out, "releases");
		break;
	}
}

static void
rule_flow(const struct metrics *m, struct buf *out)
{
	buf_printf(out,
	    "Tickets made and tickets resolved in the %s that begins on this "
	    "day (UTC%s), and those open at its end. Archived tickets do not "
	    "count.",
	    step_name(m), m->flow.step == METRICS_WEEK ? ", from Monday" : "");
	if (m->flow.came_done > 0)
		buf_printf(out,
		    " %lld ticket%s came in done without a day of %s own: not "
		    "counted as closed, and what was open before they came is "
		    "not known.",
		    (long long)m->flow.came_done, plural(m->flow.came_done),
		    m->flow.came_done == 1 ? "its" : "their");
	if (m->flow.unseen > 0)
		buf_printf(out,
		    " Of %lld of so many that were closed one a second it was "
		    "not looked whether they came in done: they count as "
		    "closed.",
		    (long long)m->flow.unseen);
}

static void
rule_cycle(const struct metrics *m, struct buf *out)
{
	struct buf of = BUF_INIT;
	char day[11];

	if (m->sampled)
		buf_printf(&of, ", the newest %zu of them",
		    m->n_cycles == 0 ? 0 : m->cycle[0].made.n);
	date_format_day(m->since, day);
	buf_printf(out,
	    "Tickets closed since %s%s: half took no longer than p50, 85 of "
	    "100 no longer than p85, from made to resolved; begun: from the "
	    "first status in progress that the journal knows. What came in "
	    "done without a day of its own is left out. It takes %d tickets.",
	    day, buf_str(&of), METRICS_ENOUGH);
	buf_release(&of);
}

void
metrics_rule(const struct metrics *m, enum metrics_part part, struct buf *out)
{
	switch (part) {
	case METRICS_FLOW:
		rule_flow(m, out);
		break;
	case METRICS_CYCLE:
		rule_cycle(m, out);
		break;
	case METRICS_AGE:
		buf_puts(out,
		    "Tickets that are not done, by whole days since they were "
		    "made; below, the oldest of them.");
		break;
	case METRICS_WIP:
		buf_puts(out,
		    "Tickets in a status that is in progress, by who is "
		    "assigned now.");
		break;
	default:
		buf_puts(out,
		    "Tickets put into the release or claimed by commits that "
		    "it was the first to have; how many of them have commits; "
		    "commits in it that revert; days from the first commit "
		    "that claims a ticket to the release (p50, p85).");
		if (m->no_history)
			buf_puts(out,
			    " There is no repository, so no commits.");
		break;
	}
}

size_t
metrics_rows(const struct metrics *m, enum metrics_part part)
{
	if (!m->known[part])
		return 0;
	switch (part) {
	case METRICS_FLOW:
		return m->flow.n;
	case METRICS_CYCLE:
		return m->n_cycles;
	case METRICS_AGE:
		return m->oldest.n == 0 ? 0 : METRICS_AGES + m->oldest.n;
	case METRICS_WIP:
		return m->n_people + (m->doing_more > 0);
	default:
		return m->n_releases;
	}
}

static void
label_age(const struct metrics *m, size_t row, struct buf *out)
{
	char key[TICKET_KEY_MAX];

	if (row < METRICS_AGES) {
		buf_puts(out, m->age[row].name);
		return;
	}
	ticket_key_format(&m->oldest.v[row - METRICS_AGES].key, key);
	buf_puts(out, key);
}

void
metrics_label(const struct metrics *m, enum metrics_part part, size_t row,
    struct buf *out)
{
	char day[11];

	switch (part) {
	case METRICS_FLOW:
		date_format_day(m->flow.period[row].from, day);
		if (m->flow.step == METRICS_MONTH)
			day[7] = '\0';
		buf_puts(out, day);
		break;
	case METRICS_CYCLE:
		buf_puts(out,
		    m->cycle[row].type == NULL ? "all" : m->cycle[row].type);
		break;
	case METRICS_AGE:
		label_age(m, row, out);
		break;
	case METRICS_WIP:
		if (row == m->n_people)
			buf_puts(out, "others");
		else
			buf_puts(out,
			    m->person[row].name == NULL ? "nobody"
							: m->person[row].name);
		break;
	default:
		buf_puts(out, m->release[row].version);
		break;
	}
}

/* "created:2026-10-05..2026-10-11": both days are in it. */
static void
put_range(const char *field, int64_t from, int64_t to, struct buf *out)
{
	char first[11], last[11];

	date_format_day(from, first);
	date_format_day(to - DAY, last);
	if (from <= DATE_MIN)
		buf_printf(out, "%s:<=%s", field, last);
	else if (to == INT64_MAX)
		buf_printf(out, "%s:>=%s", field, first);
	else
		buf_printf(out, "%s:%s..%s", field, first, last);
}

static void
put_value(const char *field, const char *value, struct buf *out)
{
	static const char safe[] = "abcdefghijklmnopqrstuvwxyz"
				   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-+@";

	buf_printf(out, "%s:", field);
	if (value[strspn(value, safe)] == '\0' && *value != '\0') {
		buf_puts(out, value);
		return;
	}
	buf_putc(out, '"');
	for (; *value != '\0'; value++) {
		if (*value == '"' || *value == '\\')
			buf_putc(out, '\\');
		buf_putc(out, *value);
	}
	buf_putc(out, '"');
}

static bool
filter_flow(const struct metrics *m, size_t row, size_t i, const char **name,
    struct buf *out)
{
	const struct metrics_period *p = &m->flow.period[row];

	*name = i == 0 ? "created" : "closed";
	if (i == 1)
		buf_puts(out, "is:done ");
	if (i < 2)
		put_range(i == 0 ? "created" : "resolved", p->from, p->to, out);
	return i < 2;
}

static bool
filter_cycle(const struct metrics *m, size_t row, const char **name,
    struct buf *out)
{
	*name = "closed";
	buf_puts(out, "is:done ");
	if (m->cycle[row].type != NULL) {
		put_value("type", m->cycle[row].type, out);
		buf_putc(out, ' ');
	}
	put_range("resolved", m->since, INT64_MAX, out);
	return true;
}

static bool
filter_wip(const struct metrics *m, size_t row, const char **name,
    struct buf *out)
{
	*name = "in progress";
	buf_puts(out, "is:doing");
	if (row == m->n_people)
		return true;
	buf_putc(out, ' ');
	if (m->person[row].name == NULL)
		buf_puts(out, "no:assignee");
	else
		put_value("assignee", m->person[row].name, out);
	return true;
}

static bool
filter_release(const struct metrics *m, size_t row, size_t i, const char **name,
    struct buf *out)
{
	*name = i == 0 ? "put into it" : "with commits";
	put_value("release", m->release[row].version, out);
	if (i == 1)
		buf_puts(out, " has:commits");
	return i < 2;
}

bool
metrics_filter(const struct metrics *m, enum metrics_part part, size_t row,
    size_t i, const char **name, struct buf *filter)
{
	if (part == METRICS_FLOW)
		return filter_flow(m, row, i, name, filter);
	if (part == METRICS_RELEASES)
		return filter_release(m, row, i, name, filter);
	if (i > 0)
		return false;
	if (part == METRICS_CYCLE)
		return filter_cycle(m, row, name, filter);
	if (part == METRICS_WIP)
		return filter_wip(m, row, name, filter);
	*name = "open";
	if (row >= METRICS_AGES)
		return false;
	buf_puts(filter, "is:open ");
	put_range("created", m->age[row].from, m->age[row].to, filter);
	return true;
}

void
metrics_mark(const struct metrics *m, size_t row, struct buf *out)
{
	int64_t n = m->flow.period[row].came_done;

	if (n > 0)
		buf_printf(out, "%lld came in done", (long long)n);
}

void
metrics_span(int64_t s, struct buf *out)
{
	if (s < 0)
		buf_puts(out, "-");
	else if (s < 3600)
		buf_printf(out, "%lld min", (long long)(s / 60));
	else if (s < 2 * DAY)
		buf_printf(out, "%lld h", (long long)(s / 3600));
	else if (s < 10 * DAY)
		buf_printf(out, "%lld.%lld days", (long long)(s / DAY),
		    (long long)(s % DAY * 10 / DAY));
	else
		buf_printf(out, "%lld days", (long long)(s / DAY));
}

int
metrics_percent(int64_t n, int64_t of)
{
	return of == 0 ? 0 : (int)(n * 100 / of);
}
