#include "outline.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "render/doc.h"

static const char bom[] = "\xEF\xBB\xBF";

struct line_starts {
	size_t *v; /* by line, from 1; one more for the end */
	size_t n, cap;
};

/* Lines end as cmark ends them: LF, CRLF, or CR. */
static void
find_lines(const char *s, size_t len, struct line_starts *out)
{
	size_t i = len >= 3 && memcmp(s, bom, 3) == 0 ? 3 : 0;

	out->v = mem_grow(out->v, &out->cap, 2, sizeof(*out->v));
	out->v[0] = 0;
	out->v[1] = i;
	out->n = 2;
	for (; i < len; i++) {
		if (s[i] != '\n' &&
		    (s[i] != '\r' || (i + 1 < len && s[i + 1] == '\n')))
			continue;
		out->v = mem_grow(out->v, &out->cap, out->n + 1,
		    sizeof(*out->v));
		out->v[out->n++] = i + 1;
	}
}

static size_t
line_start(const struct line_starts *l, int line, size_t len)
{
	return line > 0 && (size_t)line < l->n ? l->v[line] : len;
}

static size_t
line_length(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && s[n] != '\n' && s[n] != '\r')
		n++;
	return n;
}

/*
 * Only blocks matter here, and brackets are what makes cmark's inline parser
 * slow; without them every position stays the same and definitions of links
 * are paragraphs that have a position, too.
 */
static char *
mask(const char *file, size_t len)
{
	char *const masked = mem_alloc(len + 1);

	for (size_t i = 0; i < len; i++) {
		const bool cdata = (i >= 2 &&
				       memcmp(file + i - 2, "<!", 2) == 0) ||
		    (i >= 8 && memcmp(file + i - 8, "<![CDATA", 8) == 0);

		masked[i] = file[i] == '[' && !cdata ? 'x' : file[i];
	}
	masked[len] = '\0';
	return masked;
}

static enum heading_kind
read_heading(const char *s, size_t len, const char *want,
    char version[HEADING_VERSION_MAX])
{
	size_t n = line_length(s, len);

	while (n > 0 && (*s == ' ' || *s == '#')) {
		s++;
		n--;
	}
	while (n > 0 && (s[n - 1] == '#' || s[n - 1] == ' '))
		n--;
	return heading_kind(s, n, want, version);
}

/* True when each line defines the link of a version. */
static bool
is_links(const char *s, size_t len)
{
	size_t i = 0;

	while (i < len) {
		const size_t n = line_length(s + i, len - i);
		const char *const close = memchr(s + i, ']', n);
		size_t label;

		if (n == 0)
			return i > 0;
		if (s[i] != '[' || close == NULL || close + 1 >= s + len ||
		    close[1] != ':')
			return false;
		label = (size_t)(close - s) - i - 1;
		if (!heading_is_version(s + i + 1, label) &&
		    (label != 10 ||
			strncasecmp(s + i + 1, "unreleased", 10) != 0))
			return false;
		i += n + 1;
		if (i < len && s[i - 1] == '\r' && s[i] == '\n')
			i++;
	}
	return true;
}

/* "<a id="1.2"></a>" alone; for CommonMark that is a paragraph. */
static bool
is_anchor(const char *s, size_t len)
{
	const size_t n = line_length(s, len);

	return n > 9 && strncasecmp(s, "<a ", 3) == 0 &&
	    memmem(s, n, "></a>", 5) != NULL;
}

static void
read_block(cmark_node *node, const char *file, size_t len, const char *want,
    struct outline_block *b)
{
	const char *const s = file + b->start;
	const size_t rest = len - b->start;

	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_HEADING:
		b->type = OUTLINE_HEADING;
		b->level = cmark_node_get_heading_level(node);
		b->kind = read_heading(s, rest, want, b->version);
		break;
	case CMARK_NODE_THEMATIC_BREAK:
		b->type = OUTLINE_RULE;
		break;
	case CMARK_NODE_HTML_BLOCK:
	case CMARK_NODE_PARAGRAPH:
		if (is_anchor(s, rest))
			b->type = OUTLINE_ANCHOR;
		else if (is_links(s, rest))
			b->type = OUTLINE_LINKS;
		break;
	default:
		break;
	}
}

void
outline_read(const char *file, size_t len, const char *want,
    struct outline *out)
{
	struct line_starts lines = { 0 };
	char *const masked = mask(file, len);
	cmark_parser *const parser = cmark_parser_new_with_mem(0, &doc_mem);
	cmark_node *doc;

	find_lines(file, len, &lines);
	cmark_parser_feed(parser, masked, len);
	doc = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	for (cmark_node *n = cmark_node_first_child(doc); n != NULL;
	     n = cmark_node_next(n)) {
		struct outline_block *b;

		out->v = mem_grow(out->v, &out->cap, out->n + 1,
		    sizeof(*out->v));
		b = &out->v[out->n++];
		*b = (struct outline_block){
			.start = line_start(&lines,
			    cmark_node_get_start_line(n), len),
		};
		read_block(n, file, len, want, b);
	}
	cmark_node_free(doc);
	free(lines.v);
	free(masked);
}

void
outline_release(struct outline *o)
{
	free(o->v);
	*o = (struct outline){ 0 };
}
