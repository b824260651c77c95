#include "line.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"

/*
 * Only the form that event_encode() writes is read here: keys in their order,
 * no spaces.  Whatever else turns up makes the reader give up, so that what a
 * line means is said in one place, event_decode().
 */
struct reader {
	const char *p, *end;
	struct buf field, text;
};

static bool
skip(struct reader *r, const char *s)
{
	const size_t n = strlen(s);

	if ((size_t)(r->end - r->p) < n || memcmp(r->p, s, n) != 0)
		return false;
	r->p += n;
	return true;
}

static bool
read_number(struct reader *r, int64_t *out)
{
	const bool negative = skip(r, "-");
	const char *start = r->p;
	int64_t v = 0;

	/* 18 digits can't overflow; more are left to the other reader. */
	while (r->p < r->end && r->p - start < 18 && *r->p >= '0' &&
	    *r->p <= '9')
		v = v * 10 + (*r->p++ - '0');
	*out = negative ? -v : v;
	/* A leading zero is no JSON. */
	return r->p > start && (*start != '0' || r->p - start == 1);
}

static bool
read_escape(struct reader *r, struct buf *out)
{
	static const char pairs[] = "\"\"\\\\b\bf\fn\nr\rt\t";

	if (r->p == r->end)
		return false;
	for (size_t i = 0; i + 1 < sizeof(pairs); i += 2)
		if (pairs[i] == *r->p) {
			buf_putc(out, pairs[i + 1]);
			r->p++;
			return true;
		}
	return false;
}

static bool
read_string(struct reader *r, struct buf *out)
{
	const char *run;

	buf_clear(out);
	if (!skip(r, "\""))
		return false;
	for (run = r->p; r->p < r->end && *r->p != '"';) {
		if ((unsigned char)*r->p < 0x20)
			return false;
		if (*r->p++ != '\\')
			continue;
		buf_add(out, run, (size_t)(r->p - 1 - run));
		if (!read_escape(r, out))
			return false;
		run = r->p;
	}
	buf_add(out, run, (size_t)(r->p - run));
	return skip(r, "\"") && utf8_valid(buf_str(out), out->len);
}

static bool
read_head(struct reader *r, struct event *ev)
{
	static const char *const kinds[EVENT_N] = {
#define X(id, name) [EVENT_##id] = name,
		EVENT_KINDS(X)
#undef X
	};
	int64_t h;

	if (!skip(r, "{\"n\":") || !read_number(r, &ev->n) || ev->n < 1 ||
	    !skip(r, ",\"h\":") || !read_number(r, &h) || h < 0 ||
	    !skip(r, ",\"o\":") || !read_string(r, &r->text) ||
	    !ulid_valid(buf_str(&r->text)))
		return false;
	ev->h = (uint64_t)h;
	ev->group = ev->n;
	ev->time = DATE_NONE;
	memcpy(ev->object.s, r->text.ptr, sizeof(ev->object.s));
	if (!skip(r, ",\"a\":") || !read_string(r, &r->text))
		return false;
	ev->actor = mem_strdup(buf_str(&r->text));
	if (!skip(r, ",\"k\":") || !read_string(r, &r->text))
		return false;
	for (int i = 1; i < EVENT_N; i++)
		if (strcmp(kinds[i], buf_str(&r->text)) == 0)
			ev->kind = (enum event_kind)i;
	ev->kind_name = mem_strdup(buf_str(&r->text));
	return ev->kind != EVENT_UNKNOWN;
}

static bool
read_options(struct reader *r, struct event *ev)
{
	if (skip(r, ",\"g\":") &&
	    (!read_number(r, &ev->group) || ev->group < 1))
		return false;
	/* Effects of commits are few: their ids are checked elsewhere. */
	if (skip(r, ",\"c\":"))
		return false;
	if (skip(r, ",\"u\":") &&
	    (!read_number(r, &ev->undoes) || ev->undoes < 1))
		return false;
	if (skip(r, ",\"r\":") &&
	    (!read_number(r, &ev->redoes) || ev->redoes < 1))
		return false;
	return !skip(r, ",\"t\":") || read_number(r, &ev->time);
}

static bool
read_list(struct reader *r, struct event *ev, const char *field)
{
	if (skip(r, "]"))
		return true;
	do {
		if (!read_string(r, &r->text))
			return false;
		event_put(ev, field, buf_str(&r->text));
	} while (skip(r, ","));
	return skip(r, "]");
}

static bool
has_field(const struct event *ev, const char *field)
{
	for (size_t i = 0; i < ev->n_values; i++)
		if (ev->values[i].field[0] == field[0] &&
		    strcmp(ev->values[i].field, field) == 0)
			return true;
	return false;
}

static bool
read_values(struct reader *r, struct event *ev)
{
	if (!skip(r, ",\"s\":{"))
		return false;
	if (skip(r, "}"))
		return true;
	do {
		bool ok;

		if (!read_string(r, &r->field) || !skip(r, ":") ||
		    has_field(ev, buf_str(&r->field)))
			return false;
		if (skip(r, "null")) {
			event_put(ev, buf_str(&r->field), NULL);
			ok = true;
		} else if (skip(r, "[")) {
			ok = read_list(r, ev, buf_str(&r->field));
		} else if ((ok = read_string(r, &r->text))) {
			event_put(ev, buf_str(&r->field), buf_str(&r->text));
		}
		if (!ok)
			return false;
	} while (skip(r, ","));
	return skip(r, "}");
}

/* Of plain values only: b of a "set", in the order of its fields. */
static bool
read_befores(struct reader *r, struct event *ev)
{
	size_t i = 0;

	if (!skip(r, ",\"b\":{"))
		return true;
	do {
		if (!read_string(r, &r->field) || !skip(r, ":") ||
		    !read_string(r, &r->text))
			return false;
		while (i < ev->n_values &&
		    strcmp(ev->values[i].field, buf_str(&r->field)) != 0)
			i++;
		if (i == ev->n_values)
			return false;
		ev->values[i++].before = mem_strdup(buf_str(&r->text));
	} while (skip(r, ","));
	return skip(r, "}");
}

enum rc
line_decode(const char *line, size_t len, struct event *ev, struct err *err)
{
	struct reader r = { line, line + len, BUF_INIT, BUF_INIT };
	bool ok;

	*ev = (struct event)EVENT_INIT;
	ok = read_head(&r, ev) && read_options(&r, ev) && read_values(&r, ev) &&
	    read_befores(&r, ev) && skip(&r, "}") && r.p == r.end;
	buf_release(&r.field);
	buf_release(&r.text);
	if (ok)
		return RC_OK;
	event_release(ev);
	return event_decode(line, len, ev, err);
}
