#include "template_parse.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "template.h"

struct parser {
	const char *text;
	struct pieces *out;
	size_t open[TEMPLATE_DEPTH_MAX]; /* indexes of open sections */
	size_t n_open;
	size_t line;
};

static struct piece *
piece_add(struct parser *p, enum piece_type type, const char *s, size_t len)
{
	struct pieces *const out = p->out;
	struct piece *piece;

	out->v = mem_grow(out->v, &out->cap, out->n + 1, sizeof(*out->v));
	piece = &out->v[out->n++];
	*piece = (struct piece){
		.type = type,
		.s = s,
		.len = len,
		.line = p->line,
	};
	return piece;
}

static size_t
count_lines(const char *s, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += s[i] == '\n';
	return n;
}

/*
 * A tag that makes no output and stands alone takes its line with it: *start
 * goes back to the line's begin and *end behind its end.
 */
static void
take_line(const char *text, const char **start, const char **end)
{
	const char *a = *start;
	const char *b = *end;

	while (a > text && (a[-1] == ' ' || a[-1] == '\t'))
		a--;
	if (a > text && a[-1] != '\n')
		return;
	while (*b == ' ' || *b == '\t' || *b == '\r')
		b++;
	if (*b != '\n' && *b != '\0')
		return;
	*start = a;
	*end = b + (*b == '\n');
}

static enum rc
section_end(struct parser *p, const char *name, size_t len, struct err *err)
{
	struct piece *open;

	if (p->n_open == 0)
		return err_set(err, RC_INVALID,
		    "template line %zu: {{/%.*s}} ends nothing", p->line,
		    (int)len, name);
	open = &p->out->v[p->open[--p->n_open]];
	if (open->len != len || memcmp(open->s, name, len) != 0)
		return err_set(err, RC_INVALID,
		    "template line %zu: {{/%.*s}} where {{/%.*s}} was due",
		    p->line, (int)len, name, (int)open->len, open->s);
	open->end = p->out->n;
	piece_add(p, PIECE_END, name, len);
	return RC_OK;
}

static enum rc
section_begin(struct parser *p, enum piece_type type, const char *name,
    size_t len, struct err *err)
{
	if (p->n_open == TEMPLATE_DEPTH_MAX)
		return err_set(err, RC_INVALID,
		    "template line %zu: more than %d sections inside each "
		    "other",
		    p->line, TEMPLATE_DEPTH_MAX);
	p->open[p->n_open++] = p->out->n;
	piece_add(p, type, name, len);
	return RC_OK;
}

/* The tag between start ("{{") and close ("}}"). */
static enum rc
tag(struct parser *p, const char *start, const char *close, struct err *err)
{
	const char *name = start + 2;
	const char sign = *name;
	size_t len;

	if (strchr("#^/!", sign) != NULL)
		name++;
	while (name < close && (*name == ' ' || *name == '\t'))
		name++;
	len = (size_t)(close - name);
	while (len > 0 && (name[len - 1] == ' ' || name[len - 1] == '\t'))
		len--;
	if (sign == '!')
		return RC_OK;
	if (len == 0 || len > 64)
		return err_set(err, RC_INVALID,
		    "template line %zu: a tag without a name", p->line);
	for (size_t i = 0; i < len; i++) {
		if ((name[i] < 'a' || name[i] > 'z') && name[i] != '_' &&
		    name[i] != '.')
			return err_set(err, RC_INVALID,
			    "template line %zu: \"%.*s\" is not a name "
			    "(see: docs/STYLES.md)",
			    p->line, (int)len, name);
	}
	if (sign == '/')
		return section_end(p, name, len, err);
	if (sign == '#' || sign == '^')
		return section_begin(p,
		    sign == '#' ? PIECE_SECTION : PIECE_INVERTED, name, len,
		    err);
	piece_add(p, PIECE_VALUE, name, len);
	return RC_OK;
}

enum rc
template_parse(const char *text, struct pieces *out, struct err *err)
{
	struct parser p = { .text = text, .out = out, .line = 1 };
	const char *s = text;

	for (;;) {
		const char *start = strstr(s, "{{");
		const char *close, *end, *cut;
		enum rc rc;

		if (start == NULL)
			break;
		close = strstr(start + 2, "}}");
		p.line += count_lines(s, (size_t)(start - s));
		if (close == NULL)
			return err_set(err, RC_INVALID,
			    "template line %zu: {{ without }}", p.line);
		cut = start;
		end = close + 2;
		if (strchr("#^/!", start[2]) != NULL)
			take_line(text, &cut, &end);
		if (cut > s)
			piece_add(&p, PIECE_TEXT, s, (size_t)(cut - s));
		if ((rc = tag(&p, start, close, err)) != RC_OK)
			return rc;
		p.line += count_lines(start, (size_t)(end - start));
		s = end;
	}
	if (p.n_open > 0) {
		const struct piece *const open = &out->v[p.open[p.n_open - 1]];

		return err_set(err, RC_INVALID,
		    "template line %zu: {{#%.*s}} without {{/%.*s}}",
		    open->line, (int)open->len, open->s, (int)open->len,
		    open->s);
	}
	if (*s != '\0')
		piece_add(&p, PIECE_TEXT, s, strlen(s));
	return RC_OK;
}

void
pieces_release(struct pieces *p)
{
	free(p->v);
	*p = (struct pieces){ 0 };
}
