/*
 * A ticket's summary and note in every style and format: what comes out reads
 * back without raw HTML, without links but the allowed, as one list item.
 */
#include <assert.h>
#include <cmark.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "render/render.h"

static bool
is_allowed(const char *url)
{
	return strncasecmp(url, "http://", 7) == 0 ||
	    strncasecmp(url, "https://", 8) == 0 ||
	    strncasecmp(url, "mailto:", 7) == 0;
}

static void
check_markdown(const struct buf *md)
{
	cmark_node *const doc = cmark_parse_document(buf_str(md), md->len, 0);
	cmark_iter *const it = cmark_iter_new(doc);
	cmark_event_type ev;
	int headings = 0;

	while ((ev = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
		cmark_node *const n = cmark_iter_get_node(it);
		const cmark_node_type type = cmark_node_get_type(n);

		if (ev != CMARK_EVENT_ENTER)
			continue;
		assert(type != CMARK_NODE_HTML_BLOCK);
		assert(type != CMARK_NODE_HTML_INLINE);
		assert(type != CMARK_NODE_IMAGE);
		if (type == CMARK_NODE_LINK)
			assert(is_allowed(cmark_node_get_url(n)));
		headings += type == CMARK_NODE_HEADING;
	}
	assert(headings <= 2);
	cmark_iter_free(it);
	cmark_node_free(doc);
}

static void
check(const struct notes *n, enum render_format format, const char *style)
{
	const struct render_options o = {
		.style = style,
		.format = format,
		.url = "https://x.y/{key}",
	};
	struct buf out = BUF_INIT;
	struct err err = ERR_INIT;

	assert(render_notes(n, &o, &out, &err) == RC_OK);
	assert(utf8_valid(out.ptr, out.len));
	if (format == FORMAT_MARKDOWN)
		check_markdown(&out);
	else if (format == FORMAT_HTML_FRAGMENT)
		assert(strcasestr(out.ptr, "<script") == NULL);
	buf_release(&out);
}

/* A byte for style and format, the summary, a NUL, the note. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *const cut = memchr(data, 0, size);
	const size_t first = cut == NULL ? size : (size_t)(cut - data);
	const uint8_t pick = size > 0 ? data[0] : 0;
	struct notes n;
	struct notes_entry *e;

	notes_init(&n);
	n.version = mem_strdup("1.0");
	n.date = 0;
	e = notes_entry_add(&n.sections[SECTION_FIXES]);
	snprintf(e->key, sizeof(e->key), "A-1");
	e->type = mem_strdup("bug");
	e->summary = mem_strndup((const char *)data, first);
	if (cut != NULL)
		e->note = mem_strndup((const char *)cut + 1, size - first - 1);
	check(&n, FORMAT_MARKDOWN, render_styles[pick % 5]->name);
	check(&n, (enum render_format)(pick % FORMAT_N),
	    render_styles[pick / FORMAT_N % 5]->name);
	notes_release(&n);
	return 0;
}
