#include "csv.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

void
csv_init(struct csv *c, const char *text, size_t len)
{
	static const char bom[] = "\xEF\xBB\xBF";

	*c = (struct csv){ .p = text, .end = text + len, .line = 1 };
	if (len >= 3 && memcmp(text, bom, 3) == 0)
		c->p += 3;
	c->line_start = c->text_start = c->p;
}

void
csv_release(struct csv *c)
{
	buf_release(&c->text);
	free(c->at);
	*c = (struct csv){ .n = 0 };
}

/* A field in quotes is checked once its end is found, maybe lines below. */
static enum rc
bad(const struct csv *c, const char *at, const char *what, struct err *err)
{
	const char *start = c->line_start;
	size_t line = c->line;

	while (start > at) {
		start--;
		line--;
		while (start > c->text_start && start[-1] != '\n')
			start--;
	}
	return err_set(err, RC_INVALID, "line %zu, column %zu: %s", line,
	    (size_t)(at - start) + 1, what);
}

static const char *
first_bad_byte(const char *s, size_t len)
{
	uint32_t cp;
	size_t n;

	for (; len > 0; s += n, len -= n) {
		n = utf8_decode(s, len, &cp);
		if (cp == UTF8_BAD)
			break;
	}
	return s;
}

static void
next_line(struct csv *c)
{
	c->line++;
	c->line_start = c->p;
}

/* Checked as it is taken over: text of a field is UTF-8 without NUL. */
static enum rc
take(struct csv *c, const char *s, size_t len, struct err *err)
{
	const char *nul = memchr(s, '\0', len);

	if (nul != NULL)
		return bad(c, nul, "a NUL byte", err);
	if (!utf8_valid(s, len))
		return bad(c, first_bad_byte(s, len),
		    "not UTF-8 (convert the file first, with "
		    "iconv for one)",
		    err);
	buf_add(&c->text, s, len);
	return RC_OK;
}

static enum rc
quoted(struct csv *c, struct err *err)
{
	const char *from = ++c->p;
	size_t open_line = c->line;
	enum rc rc;

	for (;;) {
		if (c->p == c->end)
			return err_set(err, RC_INVALID,
			    "line %zu: a quoted field is not closed",
			    open_line);
		if (*c->p == '\n') {
			c->p++;
			next_line(c);
			continue;
		}
		if (*c->p++ != '"')
			continue;
		if (c->p < c->end && *c->p == '"') {
			/* A doubled quote is one of the text. */
			rc = take(c, from, (size_t)(c->p - from), err);
			if (rc != RC_OK)
				return rc;
			from = ++c->p;
			continue;
		}
		rc = take(c, from, (size_t)(c->p - 1 - from), err);
		if (rc != RC_OK)
			return rc;
		break;
	}
	if (c->p < c->end && *c->p != ',' && *c->p != '\n' && *c->p != '\r')
		return bad(c, c->p, "text behind a closing quote", err);
	return RC_OK;
}

static enum rc
bare(struct csv *c, struct err *err)
{
	const char *from = c->p;

	while (c->p < c->end && *c->p != ',' && *c->p != '\n' &&
	    *c->p != '\r') {
		if (*c->p == '"')
			return bad(c, c->p,
			    "a quote in a field that is not quoted (write it "
			    "twice, in a quoted field)",
			    err);
		c->p++;
	}
	return take(c, from, (size_t)(c->p - from), err);
}

static void
skip_empty(struct csv *c)
{
	while (c->p < c->end && (*c->p == '\n' || *c->p == '\r')) {
		if (*c->p++ == '\n')
			next_line(c);
	}
}

enum rc
csv_read(struct csv *c, bool *more, struct err *err)
{
	enum rc rc;

	skip_empty(c);
	*more = c->p < c->end;
	buf_clear(&c->text);
	c->n = 0;
	c->record_line = c->line;
	while (c->p < c->end) {
		c->at = mem_grow(c->at, &c->cap, c->n + 1, sizeof *c->at);
		c->at[c->n++] = c->text.len;
		rc = *c->p == '"' ? quoted(c, err) : bare(c, err);
		if (rc != RC_OK)
			return rc;
		buf_add(&c->text, "", 1);
		if (c->p == c->end)
			break;
		if (*c->p == ',') {
			c->p++;
			if (c->p < c->end)
				continue;
			/* A comma at the very end opens an empty field. */
			c->at = mem_grow(c->at, &c->cap, c->n + 1,
			    sizeof *c->at);
			c->at[c->n++] = c->text.len;
			buf_add(&c->text, "", 1);
			break;
		}
		if (*c->p == '\r')
			c->p++;
		if (c->p < c->end && *c->p == '\n')
			c->p++;
		next_line(c);
		break;
	}
	return RC_OK;
}

const char *
csv_field(const struct csv *c, size_t i)
{
	return i < c->n ? c->text.ptr + c->at[i] : "";
}

/*
 * What a spreadsheet would run, whatever number of ' stands before it: those
 * get one more, so that taking one away gives back what was there.
 */
static bool
would_run(const char *value)
{
	value += strspn(value, "'");
	return *value != '\0' && strchr("=+-@\t\r", *value) != NULL;
}

void
csv_put(struct buf *out, const char *value, enum csv_guard guard)
{
	bool shield = guard == CSV_GUARDED && would_run(value);
	const char *p;

	if (!shield && strpbrk(value, ",\"\r\n") == NULL) {
		buf_puts(out, value);
		return;
	}
	buf_putc(out, '"');
	if (shield)
		buf_putc(out, '\'');
	for (p = value; *p != '\0'; p++) {
		if (*p == '"')
			buf_putc(out, '"');
		buf_putc(out, *p);
	}
	buf_putc(out, '"');
}

/* "'=1" came from "=1", and "''=1" from "'=1"; "'tis" is as it was. */
const char *
csv_unguard(const char *value)
{
	return value[0] == '\'' && would_run(value) ? value + 1 : value;
}
