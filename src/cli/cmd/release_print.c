#include "release_print.h"

#include <string.h>

#include "cli/common.h"

json_t *
release_to_json(const struct release *r)
{
	json_t *json = json_object();

	json_put(json, "version", json_text(r->version));
	json_put(json, "state", json_text(release_state_name(r->state)));
	json_put(json, "date", common_day_json(r->released));
	json_put(json, "title", json_text(r->title));
	json_put(json, "tag", json_text(r->tag));
	json_put(json, "commit", common_oid_json(&r->commit));
	json_put(json, "previous", json_text(r->previous));
	json_put(json, "start", common_day_json(r->start));
	json_put(json, "target", common_day_json(r->target));
	json_put(json, "reason", json_text(r->reason));
	json_put(json, "owner", json_text(r->owner));
	json_put(json, "description", json_text(r->description));
	return json;
}

static void
put_record(struct out *o, const struct release *r)
{
	char hex[OID_HEX_MAX + 1] = "", day[11];

	if (!oid_is_none(&r->commit))
		oid_to_hex(&r->commit, hex);
	out_field(o, r->version);
	out_field(o, release_state_name(r->state));
	out_field(o, common_day(r->released, day));
	out_field(o, r->tag);
	out_field(o, hex);
	out_field(o, r->title);
}

void
release_to_porcelain(struct out *o, const struct release *r)
{
	put_record(o, r);
	out_end(o);
}

enum out_style
release_style(enum release_state state)
{
	static const enum out_style styles[] = {
		[RELEASE_PLANNED] = STYLE_TODO,
		[RELEASE_RELEASED] = STYLE_DONE,
		[RELEASE_YANKED] = STYLE_WARN,
		[RELEASE_DROPPED] = STYLE_DIM,
	};

	return styles[state];
}

/* ---- with what its screen shows ---- */

static json_t *
counts_json(const struct hub *hub)
{
	json_t *json = json_object();

	json_put(json, "todo", json_integer(hub->todo));
	json_put(json, "doing", json_integer(hub->doing));
	json_put(json, "done", json_integer(hub->done));
	json_put(json, "total",
	    json_integer(hub->todo + hub->doing + hub->done));
	json_put(json, "unplanned", json_integer(hub->unplanned));
	return json;
}

static json_t *
progress_json(const struct hub *hub)
{
	json_t *json = json_object();

	json_put(json, "done", json_integer(hub_percent(hub, hub->done)));
	json_put(json, "started",
	    json_integer(hub_percent(hub, hub->done + hub->doing)));
	return json;
}

static json_t *
fix_json(const struct hub *hub, const struct hub_warning *w)
{
	json_t *json = json_object();
	struct buf text = BUF_INIT;

	if (w->fixes[0] == HUB_FIX_NONE) {
		json_decref(json);
		return json_null();
	}
	hub_fix_words(hub, w, w->fixes[0], &text);
	json_put(json, "text", json_text(buf_str(&text)));
	buf_clear(&text);
	hub_fix_command(hub, w, w->fixes[0], &text);
	json_put(json, "command", json_text(buf_str(&text)));
	buf_release(&text);
	return json;
}

static json_t *
warnings_json(const struct hub *hub)
{
	json_t *all = json_array();

	for (size_t i = 0; i < hub->n_warnings; i++) {
		const struct hub_warning *w = &hub->warnings[i];
		json_t *json = json_object();

		json_put(json, "code", json_text(w->code));
		json_put(json, "rule", json_text(w->rule));
		json_put(json, "key",
		    json_text(*w->key == '\0' ? NULL : w->key));
		json_put(json, "commit", common_oid_json(&w->commit));
		json_put(json, "text", json_text(w->text));
		json_put(json, "fix", fix_json(hub, w));
		json_push(all, json);
	}
	return all;
}

static json_t *
burnup_json(const struct hub *hub)
{
	json_t *all = json_array();

	for (size_t i = 0; i < hub->n_burnup; i++) {
		json_t *json = json_object();

		json_put(json, "day", common_day_json(hub->burnup[i].day));
		json_put(json, "scope", json_integer(hub->burnup[i].scope));
		json_put(json, "done", json_integer(hub->burnup[i].done));
		json_push(all, json);
	}
	return all;
}

/* The day of a percentile; DATE_NONE where there is none. */
static int64_t
day_of(const struct hub *hub, int days, int64_t now)
{
	const struct forecast *f = &hub->forecast;

	return hub->told && f->known && f->left > 0 && days < FORECAST_FAR
	    ? (date_local_day(now) + days) * 86400
	    : DATE_NONE;
}

static json_t *
forecast_json(const struct hub *hub, int64_t now)
{
	const struct forecast *f = &hub->forecast;
	json_t *json;

	if (!hub->told || hub->release.state != RELEASE_PLANNED)
		return json_null();
	json = json_object();
	json_put(json, "known", json_boolean(f->known));
	json_put(json, "left", json_integer(f->left));
	json_put(json, "closed", json_integer(f->closed));
	json_put(json, "days", json_integer(f->days));
	json_put(json, "p50", common_day_json(day_of(hub, f->p50, now)));
	json_put(json, "p85", common_day_json(day_of(hub, f->p85, now)));
	return json;
}

static json_t *
ticket_json(struct app *a, const struct ticket *t)
{
	json_t *json = common_ticket_json(t), *part = json_object();
	struct hub_development d = { .merged = 0 };

	if (t->n_commits > 0)
		app_hub_development(a, &t->key, &d, NULL);
	json_put(part, "merged", json_integer(d.merged));
	json_put(part, "pending", json_integer(d.pending));
	json_put(part, "reverted", json_integer(d.reverted));
	json_put(json, "development", part);
	return json;
}

static json_t *
tickets_json(struct app *a, const struct hub *hub)
{
	json_t *all = json_array();

	for (size_t i = 0; i < hub->tickets.n; i++)
		json_push(all, ticket_json(a, &hub->tickets.v[i]));
	return all;
}

json_t *
hub_to_json(struct app *a, const struct hub *hub, int64_t now)
{
	json_t *json = release_to_json(&hub->release);
	int64_t days;

	json_put(json, "days_left",
	    hub_days_left(hub, now, &days) ? json_integer(days) : json_null());
	json_put(json, "next", json_text(hub->next));
	json_put(json, "before", json_text(hub->previous));
	json_put(json, "progress", progress_json(hub));
	json_put(json, "counts", counts_json(hub));
	json_put(json, "history", json_boolean(hub->told));
	json_put(json, "commits", json_integer((int64_t)hub->n_commits));
	json_put(json, "entries", json_integer((int64_t)hub->n_entries));
	json_put(json, "unlinked", json_integer((int64_t)hub->n_unlinked));
	json_put(json, "warnings", warnings_json(hub));
	json_put(json, "forecast", forecast_json(hub, now));
	json_put(json, "burnup", burnup_json(hub));
	json_put(json, "tickets", tickets_json(a, hub));
	return json;
}

void
hub_to_porcelain(struct out *o, const struct hub *hub, int64_t now)
{
	const struct forecast *f = &hub->forecast;
	char hex[OID_HEX_MAX + 1], day[11];
	struct buf command = BUF_INIT;
	int64_t days;

	put_record(o, &hub->release);
	out_field(o, common_day(hub->release.start, day));
	out_field(o, common_day(hub->release.target, day));
	if (hub_days_left(hub, now, &days))
		out_number(o, days);
	else
		out_field(o, "");
	out_number(o, hub_percent(hub, hub->done));
	out_number(o, hub_percent(hub, hub->done + hub->doing));
	out_number(o, hub->todo);
	out_number(o, hub->doing);
	out_number(o, hub->done);
	out_number(o, hub->todo + hub->doing + hub->done);
	out_field(o, common_day(day_of(hub, f->p50, now), day));
	out_field(o, common_day(day_of(hub, f->p85, now), day));
	out_end(o);
	for (size_t i = 0; i < hub->n_warnings; i++) {
		const struct hub_warning *w = &hub->warnings[i];

		hex[0] = '\0';
		if (!oid_is_none(&w->commit))
			oid_to_hex(&w->commit, hex);
		buf_clear(&command);
		hub_fix_command(hub, w, w->fixes[0], &command);
		out_field(o, hub->release.version);
		out_field(o, "warning");
		out_field(o, w->code);
		out_field(o, w->key);
		out_field(o, hex);
		out_field(o, w->text);
		out_field(o, buf_str(&command));
		out_end(o);
	}
	buf_release(&command);
}
