/* A release for people, in the order of its screen. */
#include <string.h>

#include "cli/common.h"
#include "cli/table.h"
#include "release_print.h"

#define CHART_ROWS 8
#define CHART_COLS (HUB_POINTS + 8)

static void
print_fact(struct out *o, const char *name, const char *value)
{
	if (value == NULL || *value == '\0')
		return;
	out_printf(o, STYLE_DIM, "%-10s", name);
	out_text(o, STYLE_NONE, " ");
	out_text(o, STYLE_NONE, value);
	out_newline(o);
}

static void
print_head(struct out *o, const struct release *r)
{
	out_text(o, STYLE_KEY, r->version);
	out_text(o, STYLE_NONE, " ");
	out_text(o, release_style(r->state), release_state_name(r->state));
	if (r->title != NULL)
		out_printf(o, STYLE_STRONG, " %s", r->title);
	out_newline(o);
}

static void
print_facts(struct out *o, const struct release *r)
{
	char hex[OID_HEX_MAX + 1];

	print_fact(o, "tag", r->tag);
	if (!oid_is_none(&r->commit)) {
		oid_to_hex(&r->commit, hex);
		print_fact(o, "commit", hex);
	}
	print_fact(o, "owner", r->owner);
	print_fact(o, "previous", r->previous);
	print_fact(o, "reason", r->reason);
}

static void
print_counts(struct out *o, const struct hub *hub)
{
	long long total = hub->todo + hub->doing + hub->done;
	struct buf unplanned = BUF_INIT;

	out_printf(o, hub->n_warnings > 0 ? STYLE_WARN : STYLE_NONE,
	    "%s%zu warning%s", hub->n_warnings > 0 ? "! " : "", hub->n_warnings,
	    common_s((int64_t)hub->n_warnings));
	out_printf(o, STYLE_NONE,
	    "   %lld done   %lld in progress   %lld to do   %lld total",
	    (long long)hub->done, (long long)hub->doing, (long long)hub->todo,
	    total);
	hub_say_unplanned(hub, &unplanned);
	if (unplanned.len > 0)
		out_printf(o, STYLE_DIM, "   (%s)", buf_str(&unplanned));
	buf_release(&unplanned);
	if (!hub->told)
		out_text(o, STYLE_WARN, "   (no history)");
	out_newline(o);
}

static void
print_warnings(struct out *o, const struct hub *hub)
{
	struct buf fix = BUF_INIT;

	if (hub->n_warnings > 0)
		out_newline(o);
	for (size_t i = 0; i < hub->n_warnings; i++) {
		const struct hub_warning *w = &hub->warnings[i];

		out_text(o, STYLE_WARN, "W ");
		out_text(o, STYLE_NONE, w->text);
		out_newline(o);
		out_printf(o, STYLE_DIM, "  the rule (%s): %s", w->code,
		    w->rule);
		buf_clear(&fix);
		hub_fix_command(hub, w, w->fixes[0], &fix);
		if (fix.len > 0)
			out_printf(o, STYLE_DIM, "   (%s)", buf_str(&fix));
		out_newline(o);
	}
	buf_release(&fix);
}

static void
print_burnup(struct out *o, const struct hub *hub)
{
	struct buf line = BUF_INIT;

	if (hub->n_burnup > 0)
		out_newline(o);
	for (int y = 0; y < HUB_CHART_LINES(CHART_ROWS); y++) {
		buf_clear(&line);
		hub_chart_line(hub, CHART_ROWS, CHART_COLS, y, &line);
		if (line.len == 0)
			continue;
		out_text(o, STYLE_NONE, buf_str(&line));
		out_newline(o);
	}
	buf_release(&line);
}

static void
put_development(struct table *t, struct app *a, const struct ticket *k)
{
	struct hub_development d = { .merged = 0 };
	struct buf text = BUF_INIT;

	if (k->n_commits > 0 &&
	    app_hub_development(a, &k->key, &d, NULL) == RC_OK)
		hub_say_development(&d, false, &text);
	table_cell(t, STYLE_NONE, buf_str(&text));
	buf_release(&text);
}

static void
print_tickets(struct out *o, struct app *a, const struct hub *hub)
{
	struct table t = { .shrinks = 2, .drop_empty = true };

	if (hub->tickets.n == 0)
		return;
	out_newline(o);
	table_column(&t, "KEY");
	table_column(&t, "TYPE");
	table_column(&t, "SUMMARY");
	table_column(&t, "ASSIGNEE");
	table_column(&t, "STATUS");
	table_column(&t, "DEVELOPMENT");
	for (size_t i = 0; i < hub->tickets.n; i++) {
		const struct ticket *k = &hub->tickets.v[i];
		char key[TICKET_KEY_MAX];

		ticket_key_format(&k->key, key);
		table_cell(&t, STYLE_KEY, key);
		table_cell(&t, STYLE_NONE, k->type);
		table_cell(&t, STYLE_NONE, k->summary);
		table_cell(&t, STYLE_NONE, k->assignee);
		table_cell(&t, common_category_style(k->category), k->status);
		put_development(&t, a, k);
	}
	table_print(&t, o);
	table_release(&t);
	if (hub->tickets.more)
		out_say(o, "(and more: notes list release:%s)",
		    hub->release.version);
}

void
hub_to_text(struct out *o, struct app *a, const struct hub *hub, int64_t now)
{
	const struct release *r = &hub->release;
	struct buf text = BUF_INIT;

	print_head(o, r);
	hub_say_dates(hub, now, &text);
	out_text(o, STYLE_NONE, buf_str(&text));
	out_newline(o);
	print_facts(o, r);
	buf_clear(&text);
	hub_say_progress(hub, &text);
	out_text(o, STYLE_NONE, buf_str(&text));
	out_newline(o);
	print_counts(o, hub);
	buf_clear(&text);
	hub_say_forecast(hub, now, &text);
	if (text.len > 0) {
		out_printf(o, STYLE_NONE, "forecast: %s", buf_str(&text));
		buf_clear(&text);
		hub_say_sample(hub, &text);
		if (text.len > 0)
			out_printf(o, STYLE_DIM, "   (%s)", buf_str(&text));
		out_newline(o);
	}
	if (r->description != NULL && *r->description != '\0') {
		out_newline(o);
		out_lines(o, r->description, strlen(r->description));
	}
	print_warnings(o, hub);
	print_burnup(o, hub);
	print_tickets(o, a, hub);
	buf_release(&text);
}
