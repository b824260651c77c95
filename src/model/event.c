#include "model/event.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "event_kind.h"

const char *const event_kind_names[EVENT_N] = {
#define X(id, name) [EVENT_##id] = name,
	EVENT_KINDS(X)
#undef X
};

void
event_put(struct event *ev, const char *field, const char *value)
{
	struct event_value *v;

	ev->values = mem_grow(ev->values, &ev->cap_values, ev->n_values + 1,
	    sizeof(*v));
	v = &ev->values[ev->n_values++];
	v->field = mem_strdup(field);
	v->value = mem_strdup(value);
	v->before = NULL;
}

const char *
event_get(const struct event *ev, const char *field)
{
	for (size_t i = 0; i < ev->n_values; i++)
		if (strcmp(ev->values[i].field, field) == 0)
			return ev->values[i].value;
	return NULL;
}

void
event_release(struct event *ev)
{
	for (size_t i = 0; i < ev->n_values; i++) {
		free(ev->values[i].field);
		free(ev->values[i].value);
		free(ev->values[i].before);
	}
	free(ev->values);
	free(ev->actor);
	free(ev->kind_name);
	free(ev->commit);
	*ev = (struct event)EVENT_INIT;
}

int64_t
event_clock_ms(uint64_t h)
{
	return (int64_t)(h >> 16);
}

uint64_t
event_clock_next(uint64_t last, int64_t now_ms)
{
	uint64_t now = now_ms > 0 ? (uint64_t)now_ms << 16 : 0;

	/* A full counter carries into the milliseconds, which is as meant. */
	return now > last ? now : last + 1;
}

/*
 * Sets are lists: of every field in "add" and "rm", and of the fields of a new
 * ticket that are sets.
 */
bool
event_is_list(enum event_kind kind, const char *field)
{
	static const char *const sets[] = { "label", "release", "found-in",
		"link", "unlink" };

	if (kind == EVENT_ADD || kind == EVENT_REMOVE)
		return true;
	for (size_t i = 0; kind == EVENT_TICKET && i < 5; i++)
		if (strcmp(field, sets[i]) == 0)
			return true;
	return false;
}

/* What jansson escapes when it dumps: quotes, backslashes and controls. */
static void
put_escape(struct buf *out, unsigned char c)
{
	static const char shorts[] = "\"\"\\\\\bb\ff\nn\rr\tt";

	for (size_t i = 0; i + 1 < sizeof(shorts); i += 2)
		if ((unsigned char)shorts[i] == c) {
			char pair[2] = { '\\', shorts[i + 1] };

			buf_add(out, pair, 2);
			return;
		}
	buf_printf(out, "\\u%04X", c);
}

static bool
is_plain(unsigned char c)
{
	return c >= 0x20 && c != '"' && c != '\\';
}

static void
put_valid(struct buf *out, const char *s, size_t len)
{
	size_t run = 0;

	for (size_t i = 0; i < len; i++) {
		if (is_plain((unsigned char)s[i]))
			continue;
		buf_add(out, s + run, i - run);
		put_escape(out, (unsigned char)s[i]);
		run = i + 1;
	}
	buf_add(out, s + run, len - run);
}

/* Bad bytes become U+FFFD, one each, so that the line is always JSON. */
static void
put_invalid(struct buf *out, const char *s, size_t len)
{
	for (size_t i = 0, n; i < len; i += n) {
		uint32_t cp;

		n = utf8_decode(s + i, len - i, &cp);
		if (cp == UTF8_BAD)
			buf_add(out, "\xEF\xBF\xBD", 3);
		else
			put_valid(out, s + i, n);
	}
}

static void
put_string(struct buf *out, const char *s)
{
	size_t len = strlen(s);

	buf_putc(out, '"');
	if (utf8_valid(s, len))
		put_valid(out, s, len);
	else
		put_invalid(out, s, len);
	buf_putc(out, '"');
}

static void
put_string_or_null(struct buf *out, const char *s)
{
	if (s == NULL)
		buf_add(out, "null", 4);
	else
		put_string(out, s);
}

static void
put_number(struct buf *out, int64_t value)
{
	char digits[24];
	size_t at = sizeof(digits);
	uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

	do
		digits[--at] = (char)('0' + rest % 10);
	while ((rest /= 10) != 0);
	if (value < 0)
		digits[--at] = '-';
	buf_add(out, digits + at, sizeof(digits) - at);
}

/* ,"x":  where x is one letter. */
static void
put_key(struct buf *out, char key)
{
	char text[5] = { ',', '"', key, '"', ':' };

	buf_add(out, text, sizeof(text));
}

static bool
seen_before(const struct event *ev, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (strcmp(ev->values[j].field, ev->values[i].field) == 0)
			return true;
	return false;
}

static void
put_field(struct buf *out, bool *first, const char *field)
{
	if (!*first)
		buf_putc(out, ',');
	*first = false;
	put_string(out, field);
	buf_putc(out, ':');
}

/* The last value of a field counts where only one can stand; i is the first. */
static const struct event_value *
last_of(const struct event *ev, size_t i)
{
	const struct event_value *v = &ev->values[i];

	for (size_t j = i + 1; j < ev->n_values; j++)
		if (strcmp(ev->values[j].field, v->field) == 0)
			v = &ev->values[j];
	return v;
}

static void
put_list(struct buf *out, const struct event *ev, const char *field)
{
	bool first = true;

	buf_putc(out, '[');
	for (size_t i = 0; i < ev->n_values; i++) {
		const struct event_value *v = &ev->values[i];

		if (v->value == NULL || strcmp(v->field, field) != 0)
			continue;
		if (!first)
			buf_putc(out, ',');
		first = false;
		put_string(out, v->value);
	}
	buf_putc(out, ']');
}

static void
put_values(struct buf *out, const struct event *ev)
{
	bool first = true;

	put_key(out, 's');
	buf_putc(out, '{');
	for (size_t i = 0; i < ev->n_values; i++) {
		const char *field = ev->values[i].field;

		if (seen_before(ev, i))
			continue;
		put_field(out, &first, field);
		if (event_is_list(ev->kind, field))
			put_list(out, ev, field);
		else
			put_string_or_null(out, last_of(ev, i)->value);
	}
	buf_putc(out, '}');
}

/* One field's part of b: an event, or for lists the events of each value. */
static void
put_before(struct buf *out, const struct event *ev, size_t at)
{
	const char *field = ev->values[at].field;
	bool first = true;

	if (!event_is_list(ev->kind, field)) {
		put_string(out, last_of(ev, at)->before);
		return;
	}
	buf_putc(out, '{');
	for (size_t i = 0; i < ev->n_values; i++) {
		const struct event_value *v = &ev->values[i];

		if (v->before == NULL || v->value == NULL ||
		    strcmp(v->field, field) != 0)
			continue;
		put_field(out, &first, v->value);
		put_string(out, v->before);
	}
	buf_putc(out, '}');
}

static bool
has_before(const struct event *ev, size_t at)
{
	const char *field = ev->values[at].field;

	if (!event_is_list(ev->kind, field))
		return last_of(ev, at)->before != NULL;
	for (size_t i = 0; i < ev->n_values; i++)
		if (ev->values[i].before != NULL &&
		    ev->values[i].value != NULL &&
		    strcmp(ev->values[i].field, field) == 0)
			return true;
	return false;
}

static void
put_befores(struct buf *out, const struct event *ev)
{
	bool first = true;
	size_t any = 0;

	while (any < ev->n_values && ev->values[any].before == NULL)
		any++;
	if (any == ev->n_values)
		return;
	for (size_t i = 0; i < ev->n_values; i++) {
		const char *field = ev->values[i].field;

		if (seen_before(ev, i) || !has_before(ev, i))
			continue;
		if (first) {
			put_key(out, 'b');
			buf_putc(out, '{');
		}
		put_field(out, &first, field);
		put_before(out, ev, i);
	}
	if (!first)
		buf_putc(out, '}');
}

static void
put_optional(struct buf *out, char key, int64_t value, int64_t none)
{
	if (value == none)
		return;
	put_key(out, key);
	put_number(out, value);
}

void
event_encode(const struct event *ev, struct buf *out)
{
	const char *kind = ev->kind_name != NULL ? ev->kind_name
						 : event_kind_names[ev->kind];

	buf_add(out, "{\"n\":", 5);
	put_number(out, ev->n);
	put_key(out, 'h');
	put_number(out, (int64_t)ev->h);
	put_key(out, 'o');
	put_string(out, ev->object.s);
	put_key(out, 'a');
	put_string(out, ev->actor != NULL ? ev->actor : "");
	put_key(out, 'k');
	put_string(out, kind);
	if (ev->group != 0)
		put_optional(out, 'g', ev->group, ev->n);
	if (ev->commit != NULL) {
		put_key(out, 'c');
		put_string(out, ev->commit);
	}
	put_optional(out, 'u', ev->undoes, 0);
	put_optional(out, 'r', ev->redoes, 0);
	put_optional(out, 't', ev->time, DATE_NONE);
	put_values(out, ev);
	put_befores(out, ev);
	buf_putc(out, '}');
}
