#include "common.h"

#include <stdlib.h>
#include <string.h>

#include "app/generate.h"
#include "base/mem.h"

enum rc
common_keys(struct cli *c, const struct words *w, size_t from, size_t to,
    struct ticket_key **keys, struct err *err)
{
	enum rc rc = RC_OK;

	*keys = mem_calloc(to - from, sizeof(**keys));
	for (size_t i = from; i < to && rc == RC_OK; i++)
		rc = app_key(c->app, w->v[i], &(*keys)[i - from], err);
	return rc;
}

void
common_changed(struct cli *c, const struct ticket_key *keys, size_t n,
    size_t changed, const char *what)
{
	char key[TICKET_KEY_MAX];
	json_t *json, *names;

	if (c->out.form == OUT_JSON) {
		json = json_object();
		names = json_array();
		for (size_t i = 0; i < n; i++) {
			ticket_key_format(&keys[i], key);
			json_push(names, json_text(key));
		}
		json_put(json, "keys", names);
		json_put(json, "changed", json_integer((json_int_t)changed));
		out_json(&c->out, json);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		ticket_key_format(&keys[i], key);
		if (c->out.form == OUT_PORCELAIN) {
			out_field(&c->out, key);
			out_end(&c->out);
		} else if (n == 1 && changed == 0) {
			out_say(&c->out, "%s unchanged", key);
		} else {
			out_say(&c->out, "%s %s", key, what);
		}
	}
	if (n > 1 && changed < n)
		out_say(&c->out, "%zu of %zu changed", changed, n);
}

json_t *
common_ticket_json(const struct ticket *t)
{
	char key[TICKET_KEY_MAX];
	json_t *json = json_object();

	ticket_key_format(&t->key, key);
	json_put(json, "key", json_text(key));
	json_put(json, "type", json_text(t->type));
	json_put(json, "status", json_text(t->status));
	json_put(json, "category", json_text(category_name(t->category)));
	json_put(json, "resolution", json_text(t->resolution));
	json_put(json, "priority", json_text(t->priority));
	json_put(json, "summary", json_text(t->summary));
	json_put(json, "assignee", json_text(t->assignee));
	json_put(json, "reporter", json_text(t->reporter));
	json_put(json, "component", json_text(t->component));
	json_put(json, "labels", json_texts(&t->labels));
	json_put(json, "releases", json_texts(&t->releases));
	json_put(json, "parent", json_text(t->parent));
	json_put(json, "due", common_day_json(t->due));
	json_put(json, "commits", json_integer(t->n_commits));
	json_put(json, "created", json_time(t->created));
	json_put(json, "updated", json_time(t->updated));
	json_put(json, "resolved", json_time(t->resolved));
	return json;
}

enum out_style
common_category_style(enum category category)
{
	switch (category) {
	case CATEGORY_TODO:
		return STYLE_TODO;
	case CATEGORY_DOING:
		return STYLE_DOING;
	default:
		return STYLE_DONE;
	}
}

const char *
common_s(int64_t n)
{
	return n == 1 ? "" : "s";
}

static void
put_in_list(struct buf *out, const char *name, bool last)
{
	buf_printf(out, "%s%s",
	    out->len == 0 ? ""
		: last    ? " or "
			  : ", ",
	    name);
}

void
common_names(const char *field, struct buf *out)
{
	const char *const *formats = app_formats();
	struct strv names = STRV_INIT, help = STRV_INIT;

	if (strcmp(field, "format") == 0) {
		for (; *formats != NULL; formats++)
			put_in_list(out, *formats, formats[1] == NULL);
		return;
	}
	/* A template is named by its file. */
	app_styles(&names, &help);
	for (size_t i = 0; i < names.n; i++)
		if (strcmp(names.v[i], "template") != 0)
			put_in_list(out, names.v[i], false);
	put_in_list(out, "FILE: a template", true);
	strv_release(&names);
	strv_release(&help);
}

void
common_warnings(const struct cli *c, const struct strv *lines)
{
	for (size_t i = 0; i < lines->n && !c->out.quiet; i++)
		say_warning(lines->v[i]);
}

const char *
common_day(int64_t t, char out[11])
{
	out[0] = '\0';
	if (t != DATE_NONE)
		date_format_day(t, out);
	return out;
}

json_t *
common_day_json(int64_t t)
{
	char day[11];

	return t == DATE_NONE ? json_null() : json_text(common_day(t, day));
}

json_t *
common_oid_json(const struct oid *oid)
{
	char hex[OID_HEX_MAX + 1];

	if (oid_is_none(oid))
		return json_null();
	oid_to_hex(oid, hex);
	return json_text(hex);
}

static void
split_lines(const struct buf *text, struct strv *lines)
{
	const char *s = buf_str(text);

	while (*s != '\0') {
		size_t n = strcspn(s, "\n");

		strv_push_len(lines, s, n);
		s += s[n] == '\n' ? n + 1 : n;
	}
}

void
common_lines(struct cli *c, const struct buf *text, json_t *json)
{
	struct strv lines = STRV_INIT;

	if (c->out.form == OUT_TEXT) {
		out_lines(&c->out, buf_str(text), text->len);
		json_decref(json);
		return;
	}
	split_lines(text, &lines);
	if (c->out.form == OUT_JSON) {
		json_put(json, "lines", json_texts(&lines));
		out_json(&c->out, json);
	} else {
		for (size_t i = 0; i < lines.n; i++) {
			out_field(&c->out, lines.v[i]);
			out_end(&c->out);
		}
		json_decref(json);
	}
	strv_release(&lines);
}
