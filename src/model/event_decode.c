#include "model/event.h"

#include <string.h>

#include "base/date.h"
#include "base/json.h"
#include "base/mem.h"
#include "event_kind.h"

static enum rc
bad(struct err *err, const char *what)
{
	return err_set(err, RC_INVALID, "not an event: %s", what);
}

/* A whole number at key; missing ones are fallback. */
static bool
get_number(const json_t *o, const char *key, int64_t least, int64_t fallback,
    int64_t *out)
{
	const json_t *v = json_object_get(o, key);

	*out = fallback;
	if (v == NULL)
		return true;
	if (!json_is_integer(v) || json_integer_value(v) < least)
		return false;
	*out = json_integer_value(v);
	return true;
}

static enum rc
decode_numbers(const json_t *o, struct event *ev, struct err *err)
{
	int64_t h;

	if (!get_number(o, "n", 1, 0, &ev->n) || ev->n == 0)
		return bad(err, "\"n\" must be a number from 1");
	if (!get_number(o, "h", 0, -1, &h) || h < 0)
		return bad(err, "\"h\" must be a clock");
	ev->h = (uint64_t)h;
	if (!get_number(o, "g", 1, ev->n, &ev->group))
		return bad(err, "\"g\" must be a number from 1");
	if (!get_number(o, "u", 1, 0, &ev->undoes))
		return bad(err, "\"u\" must be a number from 1");
	if (!get_number(o, "r", 1, 0, &ev->redoes))
		return bad(err, "\"r\" must be a number from 1");
	if (!get_number(o, "t", DATE_NONE + 1, DATE_NONE, &ev->time))
		return bad(err, "\"t\" must be seconds");
	return RC_OK;
}

static enum event_kind
kind_find(const char *name)
{
	for (int i = 1; i < EVENT_N; i++)
		if (strcmp(event_kind_names[i], name) == 0)
			return (enum event_kind)i;
	return EVENT_UNKNOWN;
}

static bool
is_hex(const char *s)
{
	size_t n = strspn(s, "0123456789abcdef");

	return s[n] == '\0' && n >= 1 && n <= 64;
}

static enum rc
decode_texts(const json_t *o, struct event *ev, struct err *err)
{
	const char *object = json_get_text(o, "o");
	const char *actor = json_get_text(o, "a");
	const char *kind = json_get_text(o, "k");
	const json_t *commit = json_object_get(o, "c");

	if (object == NULL || !ulid_valid(object))
		return bad(err, "\"o\" must be a ULID");
	memcpy(ev->object.s, object, sizeof(ev->object.s));
	if (actor == NULL)
		return bad(err, "\"a\" must be a text");
	ev->actor = mem_strdup(actor);
	if (kind == NULL || *kind == '\0')
		return bad(err, "\"k\" must be a word");
	ev->kind_name = mem_strdup(kind);
	ev->kind = kind_find(kind);
	if (commit == NULL)
		return RC_OK;
	if (!json_is_string(commit) || !is_hex(json_string_value(commit)))
		return bad(err, "\"c\" must be a commit's hex id");
	ev->commit = mem_strdup(json_string_value(commit));
	return RC_OK;
}

static bool
decode_list(struct event *ev, const char *field, const json_t *list)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *v = json_array_get(list, i);

		if (!json_is_string(v))
			return false;
		event_put(ev, field, json_string_value(v));
	}
	return true;
}

static enum rc
decode_values(const json_t *o, struct event *ev, struct err *err)
{
	json_t *s = json_object_get(o, "s");
	const char *field;
	json_t *v;

	if (s == NULL)
		return RC_OK;
	if (!json_is_object(s))
		return bad(err, "\"s\" must be an object");
	json_object_foreach(s, field, v)
	{
		bool ok;

		if (json_is_array(v))
			ok = decode_list(ev, field, v);
		else if ((ok = json_is_string(v) || json_is_null(v)))
			event_put(ev, field, json_string_value(v));
		if (!ok)
			return bad(err,
			    "a value in \"s\" must be a text, null or a list "
			    "of texts");
	}
	return RC_OK;
}

/* value NULL: whatever the value is. */
static bool
put_before(struct event *ev, const char *field, const char *value,
    const json_t *before)
{
	if (!json_is_string(before))
		return false;
	for (size_t i = 0; i < ev->n_values; i++) {
		struct event_value *v = &ev->values[i];

		if (v->before != NULL || strcmp(v->field, field) != 0)
			continue;
		if (value != NULL &&
		    (v->value == NULL || strcmp(v->value, value) != 0))
			continue;
		v->before = mem_strdup(json_string_value(before));
		return true;
	}
	/* Of a field that is not set here: nothing rests on it. */
	return true;
}

static enum rc
decode_befores(const json_t *o, struct event *ev, struct err *err)
{
	json_t *b = json_object_get(o, "b");
	const char *field;
	json_t *v;

	if (b == NULL)
		return RC_OK;
	if (!json_is_object(b))
		return bad(err, "\"b\" must be an object");
	json_object_foreach(b, field, v)
	{
		const char *value;
		json_t *ids;
		bool ok = json_is_object(v) || put_before(ev, field, NULL, v);

		if (json_is_object(v))
			json_object_foreach(v, value, ids)
			    ok = ok && put_before(ev, field, value, ids);
		if (!ok)
			return bad(err, "\"b\" must name events");
	}
	return RC_OK;
}

enum rc
event_decode(const char *line, size_t len, struct event *ev, struct err *err)
{
	json_t *o = NULL;
	enum rc rc;

	*ev = (struct event)EVENT_INIT;
	if ((rc = json_parse(line, len, &o, err)) != RC_OK)
		return rc;
	if (!json_is_object(o))
		rc = bad(err, "it must be an object");
	if (rc == RC_OK)
		rc = decode_numbers(o, ev, err);
	if (rc == RC_OK)
		rc = decode_texts(o, ev, err);
	if (rc == RC_OK)
		rc = decode_values(o, ev, err);
	if (rc == RC_OK)
		rc = decode_befores(o, ev, err);
	if (rc != RC_OK)
		event_release(ev);
	json_decref(o);
	return rc;
}
