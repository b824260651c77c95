#include "gitconf.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"

struct reader {
	const char *p, *end;
	struct buf section; /* "core." or "remote.origin." */
	struct buf name;
	struct buf value;
	long *line;          /* of the entry that is told, or NULL */
	const char *counted; /* up to here line ends are in lines */
	long lines;
};

static bool
at_end(const struct reader *r)
{
	return r->p >= r->end;
}

static void
skip_line(struct reader *r)
{
	const char *nl = memchr(r->p, '\n', (size_t)(r->end - r->p));

	r->p = nl != NULL ? nl + 1 : r->end;
}

static void
skip_blanks(struct reader *r)
{
	while (!at_end(r) && *r->p != '\n' && isspace((unsigned char)*r->p))
		r->p++;
}

static bool
is_name(char c)
{
	return isalnum((unsigned char)c) || c == '-';
}

static bool
read_subsection(struct reader *r)
{
	skip_blanks(r);
	if (at_end(r) || *r->p++ != '"')
		return false;
	for (; !at_end(r) && *r->p != '"'; r->p++) {
		if (*r->p == '\n')
			return false;
		if (*r->p == '\\' && ++r->p == r->end)
			return false;
		buf_putc(&r->section, *r->p);
	}
	if (at_end(r))
		return false;
	r->p++;
	buf_putc(&r->section, '.');
	return !at_end(r) && *r->p++ == ']';
}

/* After "[". */
static bool
read_section(struct reader *r)
{
	buf_clear(&r->section);
	for (; !at_end(r); r->p++) {
		if (*r->p == ']') {
			r->p++;
			buf_putc(&r->section, '.');
			return true;
		}
		if (*r->p == ' ' || *r->p == '\t') {
			buf_putc(&r->section, '.');
			return read_subsection(r);
		}
		if (!is_name(*r->p) && *r->p != '.')
			return false;
		buf_putc(&r->section, (char)tolower((unsigned char)*r->p));
	}
	return false;
}

static bool
read_escape(struct reader *r)
{
	static const char from[] = "tbn\\\"", to[] = "\t\b\n\\\"";
	const char *at;

	if (*r->p == '\r' && r->p + 1 < r->end && r->p[1] == '\n')
		r->p++;
	if (*r->p == '\n')
		return true;
	at = strchr(from, *r->p);
	if (at == NULL || *at == '\0')
		return false;
	buf_putc(&r->value, to[at - from]);
	return true;
}

/* After "=": up to the end of the line, quotes and comments taken off. */
static bool
read_value(struct reader *r)
{
	bool quoted = false;
	size_t keep = 0; /* trailing blanks outside quotes go */

	buf_clear(&r->value);
	skip_blanks(r);
	for (; !at_end(r) && *r->p != '\n'; r->p++) {
		if (!quoted && (*r->p == '#' || *r->p == ';')) {
			skip_line(r);
			buf_truncate(&r->value, keep);
			return true;
		}
		if (*r->p == '"') {
			quoted = !quoted;
			keep = r->value.len;
			continue;
		}
		if (*r->p == '\\') {
			if (++r->p == r->end || !read_escape(r))
				return false;
			keep = r->value.len;
			continue;
		}
		buf_putc(&r->value, *r->p);
		if (quoted || !isspace((unsigned char)*r->p))
			keep = r->value.len;
	}
	if (!at_end(r))
		r->p++;
	buf_truncate(&r->value, keep);
	return !quoted;
}

static void
tell_line(struct reader *r, const char *at)
{
	if (r->line == NULL)
		return;
	for (; r->counted < at; r->counted++)
		r->lines += *r->counted == '\n';
	*r->line = r->lines + 1;
}

static bool
read_entry(struct reader *r, gitconf_fn fn, void *arg)
{
	const char *begin = r->p;

	buf_clear(&r->name);
	buf_puts(&r->name, buf_str(&r->section));
	while (!at_end(r) && is_name(*r->p))
		buf_putc(&r->name, (char)tolower((unsigned char)*r->p++));
	skip_blanks(r);
	if (at_end(r) || *r->p == '\n' || *r->p == '#' || *r->p == ';') {
		tell_line(r, begin);
		fn(buf_str(&r->name), "true", arg);
		return true;
	}
	if (*r->p++ != '=' || !read_value(r))
		return false;
	tell_line(r, begin);
	fn(buf_str(&r->name), buf_str(&r->value), arg);
	return true;
}

static bool
read_all(struct reader *r, gitconf_fn fn, void *arg)
{
	while (!at_end(r)) {
		if (isspace((unsigned char)*r->p)) {
			r->p++;
		} else if (*r->p == '#' || *r->p == ';') {
			skip_line(r);
		} else if (*r->p == '[') {
			r->p++;
			if (!read_section(r))
				return false;
		} else if (!isalpha((unsigned char)*r->p)) {
			return false;
		} else if (!read_entry(r, fn, arg)) {
			return false;
		}
	}
	return true;
}

bool
gitconf_parse_lines(const char *text, size_t len, gitconf_fn fn, void *arg,
    long *line)
{
	static const char bom[] = "\xef\xbb\xbf";
	struct reader r = { .p = text,
		.end = text + len,
		.line = line,
		.counted = text };
	bool ok;

	if (len >= 3 && memcmp(text, bom, 3) == 0)
		r.p += 3;
	ok = read_all(&r, fn, arg);
	buf_release(&r.section);
	buf_release(&r.name);
	buf_release(&r.value);
	return ok;
}

bool
gitconf_parse(const char *text, size_t len, gitconf_fn fn, void *arg)
{
	return gitconf_parse_lines(text, len, fn, arg, NULL);
}

bool
gitconf_bool(const char *value)
{
	static const char *const yes[] = { "true", "yes", "on" };
	char *end;
	long n;

	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		if (strcasecmp(value, yes[i]) == 0)
			return true;
	n = strtol(value, &end, 10);
	return end != value && n != 0;
}
