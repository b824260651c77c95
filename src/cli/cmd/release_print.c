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
	json_put(json, "description", json_text(r->description));
	return json;
}

void
release_to_porcelain(struct out *o, const struct release *r)
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

void
release_to_text(struct out *o, const struct release *r)
{
	char hex[OID_HEX_MAX + 1], day[11];

	out_text(o, STYLE_KEY, r->version);
	out_text(o, STYLE_NONE, " ");
	out_text(o, release_style(r->state), release_state_name(r->state));
	if (r->title != NULL)
		out_printf(o, STYLE_STRONG, " %s", r->title);
	out_newline(o);
	print_fact(o, "date", common_day(r->released, day));
	print_fact(o, "start", common_day(r->start, day));
	print_fact(o, "target", common_day(r->target, day));
	print_fact(o, "tag", r->tag);
	if (!oid_is_none(&r->commit)) {
		oid_to_hex(&r->commit, hex);
		print_fact(o, "commit", hex);
	}
	print_fact(o, "previous", r->previous);
	print_fact(o, "reason", r->reason);
	if (r->description != NULL && *r->description != '\0') {
		out_newline(o);
		out_lines(o, r->description, strlen(r->description));
	}
}
