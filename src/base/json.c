#include "base/json.h"

#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"

static json_t *
must(json_t *value)
{
	if (value == NULL)
		mem_fail();
	return value;
}

json_t *
json_text(const char *s)
{
	return s == NULL ? json_null() : json_text_len(s, strlen(s));
}

json_t *
json_text_len(const char *s, size_t len)
{
	struct buf fixed = BUF_INIT;
	json_t *value;

	if (utf8_valid(s, len))
		return must(json_stringn_nocheck(s, len));
	utf8_repair(&fixed, s, len);
	value = must(json_stringn_nocheck(fixed.ptr, fixed.len));
	buf_release(&fixed);
	return value;
}

json_t *
json_texts(const struct strv *sv)
{
	json_t *array = must(json_array());

	for (size_t i = 0; i < sv->n; i++)
		json_push(array, json_text(sv->v[i]));
	return array;
}

json_t *
json_time(int64_t t)
{
	char text[21];

	if (t == DATE_NONE)
		return json_null();
	date_format_iso(t, text);
	return json_text(text);
}

void
json_put(json_t *object, const char *key, json_t *value)
{
	struct buf fixed = BUF_INIT;
	int failed;

	if (utf8_valid(key, strlen(key))) {
		failed = json_object_set_new_nocheck(object, key, must(value));
	} else {
		utf8_repair(&fixed, key, strlen(key));
		failed = json_object_set_new_nocheck(object, fixed.ptr,
		    must(value));
		buf_release(&fixed);
	}
	if (failed)
		mem_fail();
}

void
json_push(json_t *array, json_t *value)
{
	if (json_array_append_new(array, must(value)) != 0)
		mem_fail();
}

const char *
json_get_text(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

int64_t
json_get_int(const json_t *object, const char *key, int64_t fallback)
{
	const json_t *value = json_object_get(object, key);

	return json_is_integer(value) ? json_integer_value(value) : fallback;
}

enum rc
json_parse(const char *text, size_t len, json_t **out, struct err *err)
{
	json_error_t e;

	*out = json_loadb(text, len, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES,
	    &e);
	if (*out != NULL)
		return RC_OK;
	if (json_error_code(&e) == json_error_out_of_memory)
		mem_fail();
	return err_set(err, RC_INVALID, "not JSON: line %d, column %d: %s",
	    e.line, e.column, e.text);
}

static int
collect(const char *data, size_t len, void *out)
{
	buf_add(out, data, len);
	return 0;
}

/*
 * Whatever a terminal would obey can only stand inside a string, where its
 * escape means the same; so a dump is fit for a terminal and loses nothing.
 */
static void
add_escaped(struct buf *out, const char *s, size_t len)
{
	size_t run = 0, n;
	uint32_t cp;

	for (size_t i = 0; i < len; i += n) {
		n = utf8_decode(s + i, len - i, &cp);
		if (cp < 0x7F || !utf8_hidden(cp))
			continue;
		buf_add(out, s + run, i - run);
		run = i + n;
		if (cp >= 0x10000) {
			buf_printf(out, "\\u%04X", 0xD7C0 + (cp >> 10));
			cp = 0xDC00 | (cp & 0x3FF);
		}
		buf_printf(out, "\\u%04X", cp);
	}
	buf_add(out, s + run, len - run);
}

void
json_dump(const json_t *value, enum json_shape shape, struct buf *out)
{
	size_t flags = JSON_ENCODE_ANY;
	struct buf raw = BUF_INIT;

	flags |= shape == JSON_PRETTY ? JSON_INDENT(2) : JSON_COMPACT;
	if (json_dump_callback(value, collect, &raw, flags) != 0)
		mem_fail();
	add_escaped(out, raw.ptr, raw.len);
	buf_release(&raw);
}
