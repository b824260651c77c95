#include "template.h"

#include <stdbool.h>
#include <string.h>

#include "render/doc.h"
#include "render/markup.h"
#include "render/format/md_escape.h"
#include "template_parse.h"

#define OUTPUT_MAX (16u << 20) /* bytes */

struct filler {
	const struct pieces *pieces;
	struct buf *out;
	struct err *err;
	const json_t *stack[2 * TEMPLATE_DEPTH_MAX + 2];
	size_t depth;
	size_t index, count; /* of the list that is being walked */
};

static enum rc fill(struct filler *f, size_t from, size_t to);

static bool
is_md(const struct piece *p)
{
	return p->len > 3 && memcmp(p->s + p->len - 3, "_md", 3) == 0;
}

static const json_t *
get(const json_t *object, const char *name, size_t len)
{
	char key[65];

	if (!json_is_object(object) || len >= sizeof(key))
		return NULL;
	memcpy(key, name, len);
	key[len] = '\0';
	return json_object_get(object, key);
}

/* "a.b": the first part is looked for from the inside out. */
static const json_t *
lookup(const struct filler *f, const struct piece *p)
{
	const char *s = p->s;
	const char *const end = p->s + p->len;
	const char *dot = memchr(s, '.', p->len);
	const json_t *v = NULL;

	if (p->len == 1 && *s == '.')
		return f->stack[f->depth - 1];
	if (dot == NULL)
		dot = end;
	for (size_t i = f->depth; i > 0 && v == NULL; i--)
		v = get(f->stack[i - 1], s, (size_t)(dot - s));
	while (v != NULL && dot < end) {
		s = dot + 1;
		dot = memchr(s, '.', (size_t)(end - s));
		if (dot == NULL)
			dot = end;
		if (json_is_null(v))
			return v;
		v = get(v, s, (size_t)(dot - s));
	}
	return v;
}

/* "first" and "last" tell where in the list the fill is. */
static bool
is_position(const struct filler *f, const struct piece *p, bool *yes)
{
	if (f->count == 0)
		return false;
	if (p->len == 5 && memcmp(p->s, "first", 5) == 0)
		*yes = f->index == 0;
	else if (p->len == 4 && memcmp(p->s, "last", 4) == 0)
		*yes = f->index + 1 == f->count;
	else
		return false;
	return true;
}

static bool
is_true(const json_t *v)
{
	switch (json_typeof(v)) {
	case JSON_NULL:
	case JSON_FALSE:
		return false;
	case JSON_STRING:
		return json_string_length(v) > 0;
	case JSON_ARRAY:
		return json_array_size(v) > 0;
	case JSON_INTEGER:
		return json_integer_value(v) != 0;
	default:
		return true;
	}
}

/* Where on its line the output has come to. */
enum spot {
	SPOT_TEXT,
	SPOT_ADDRESS,       /* inside "](" */
	SPOT_ADDRESS_START, /* right behind "](" */
	SPOT_TAG            /* inside "<" */
};

static enum spot
spot(const struct buf *out, unsigned *place)
{
	const char *const nl = out->len == 0
	    ? NULL
	    : memrchr(out->ptr, '\n', out->len);
	const char *s = nl == NULL ? buf_str(out) : nl + 1;
	enum spot at = SPOT_TEXT;
	int brackets = 0;

	s += strspn(s, " \t");
	*place = *s == '\0' ? MD_LINE_START : *s == '|' ? MD_IN_TABLE : 0;
	for (; *s != '\0'; s++) {
		if (*s == '\\' && s[1] != '\0') {
			s++;
			continue;
		}
		brackets += *s == '[';
		brackets -= *s == ']' && brackets > 0;
		if (at == SPOT_ADDRESS_START)
			at = SPOT_ADDRESS;
		if (*s == ']' && s[1] == '(' && at == SPOT_TEXT) {
			at = SPOT_ADDRESS_START;
			s++;
		} else if (*s == ')' && at == SPOT_ADDRESS) {
			at = SPOT_TEXT;
		} else if (*s == '<' && at == SPOT_TEXT) {
			at = SPOT_TAG;
		} else if (*s == '>' && at == SPOT_TAG) {
			at = SPOT_TEXT;
		}
	}
	if (brackets > 0)
		*place |= MD_IN_LINK;
	return at;
}

static void
put_component(struct buf *out, const char *s)
{
	for (; *s != '\0'; s++) {
		const unsigned char c = (unsigned char)*s;

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		    (c >= '0' && c <= '9') || strchr("-._~", c) != NULL)
			buf_putc(out, *s);
		else
			buf_printf(out, "%%%02X", c);
	}
}

static void
put_text(struct filler *f, const char *s)
{
	struct buf clean = BUF_INIT;
	unsigned place;
	const enum spot at = spot(f->out, &place);

	doc_clean(&clean, s, strlen(s));
	if (at == SPOT_TAG)
		markup_text(f->out, buf_str(&clean));
	else if (at == SPOT_ADDRESS_START && doc_url_safe(buf_str(&clean)))
		doc_url_encode(f->out, buf_str(&clean));
	else if (at != SPOT_TEXT)
		put_component(f->out, buf_str(&clean));
	else
		md_escape(f->out, buf_str(&clean), clean.len, place);
	buf_release(&clean);
}

static enum rc
put_value(struct filler *f, const struct piece *p)
{
	const json_t *const v = lookup(f, p);

	if (v == NULL)
		return err_set(f->err, RC_INVALID,
		    "template line %zu: there is no \"%.*s\" here "
		    "(see: docs/STYLES.md)",
		    p->line, (int)p->len, p->s);
	switch (json_typeof(v)) {
	case JSON_STRING:
		if (is_md(p))
			buf_puts(f->out, json_string_value(v));
		else
			put_text(f, json_string_value(v));
		return RC_OK;
	case JSON_INTEGER:
		buf_printf(f->out, "%" JSON_INTEGER_FORMAT,
		    json_integer_value(v));
		return RC_OK;
	case JSON_NULL:
		return RC_OK;
	case JSON_TRUE:
	case JSON_FALSE:
		buf_puts(f->out, json_is_true(v) ? "true" : "false");
		return RC_OK;
	default:
		return err_set(f->err, RC_INVALID,
		    "template line %zu: \"%.*s\" is a list: write "
		    "{{#%.*s}}...{{/%.*s}}",
		    p->line, (int)p->len, p->s, (int)p->len, p->s, (int)p->len,
		    p->s);
	}
}

static enum rc
fill_list(struct filler *f, const json_t *list, size_t from, size_t to)
{
	const size_t index = f->index, count = f->count;
	enum rc rc = RC_OK;

	f->count = json_array_size(list);
	f->depth++;
	for (f->index = 0; f->index < f->count && rc == RC_OK; f->index++) {
		f->stack[f->depth - 1] = json_array_get(list, f->index);
		rc = fill(f, from, to);
	}
	f->depth--;
	f->index = index;
	f->count = count;
	return rc;
}

static enum rc
fill_section(struct filler *f, size_t i)
{
	const struct piece *const p = &f->pieces->v[i];
	const json_t *v = NULL;
	bool yes = false;
	enum rc rc;

	if (!is_position(f, p, &yes)) {
		if ((v = lookup(f, p)) == NULL)
			return err_set(f->err, RC_INVALID,
			    "template line %zu: there is no \"%.*s\" here "
			    "(see: docs/STYLES.md)",
			    p->line, (int)p->len, p->s);
		yes = is_true(v);
	}
	if (p->type == PIECE_INVERTED)
		return yes ? RC_OK : fill(f, i + 1, p->end);
	if (!yes)
		return RC_OK;
	if (v == NULL)
		return fill(f, i + 1, p->end);
	if (json_is_array(v))
		return fill_list(f, v, i + 1, p->end);
	f->stack[f->depth++] = v;
	rc = fill(f, i + 1, p->end);
	f->depth--;
	return rc;
}

static enum rc
fill(struct filler *f, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		const struct piece *const p = &f->pieces->v[i];
		enum rc rc = RC_OK;

		if (f->out->len > OUTPUT_MAX)
			return err_set(f->err, RC_INVALID,
			    "the template makes more than 16 MiB");
		if (p->type == PIECE_TEXT)
			buf_add(f->out, p->s, p->len);
		else if (p->type == PIECE_VALUE)
			rc = put_value(f, p);
		else
			rc = fill_section(f, i);
		if (rc != RC_OK)
			return rc;
		if (p->type == PIECE_SECTION || p->type == PIECE_INVERTED)
			i = p->end;
	}
	return RC_OK;
}

enum rc
template_fill(const char *text, const json_t *data, struct buf *out,
    struct err *err)
{
	struct pieces pieces = { 0 };
	struct filler f = {
		.pieces = &pieces,
		.out = out,
		.err = err,
		.stack = { data },
		.depth = 1,
	};
	enum rc rc;

	if ((rc = template_parse(text, &pieces, err)) == RC_OK)
		rc = fill(&f, 0, pieces.n);
	pieces_release(&pieces);
	return rc;
}
