/*
 * Text of others in every field of the notes, in every style and format: what
 * comes out reads back without raw HTML and without links but the allowed, and
 * its blocks are those that harmless text makes.
 */
#include <assert.h>
#include <cmark.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
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

/* The types of all blocks, in order. */
static void
check_markdown(const struct buf *md, struct buf *shape)
{
	cmark_node *const doc = cmark_parse_document(buf_str(md), md->len, 0);
	cmark_iter *const it = cmark_iter_new(doc);
	cmark_event_type ev;

	while ((ev = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
		cmark_node *const n = cmark_iter_get_node(it);
		const cmark_node_type type = cmark_node_get_type(n);

		if (type < CMARK_NODE_FIRST_INLINE)
			buf_printf(shape, "%c%s ",
			    ev == CMARK_EVENT_ENTER ? '+' : '-',
			    cmark_node_get_type_string(n));
		if (ev != CMARK_EVENT_ENTER)
			continue;
		assert(type != CMARK_NODE_HTML_BLOCK);
		assert(type != CMARK_NODE_HTML_INLINE);
		assert(type != CMARK_NODE_IMAGE);
		if (type == CMARK_NODE_LINK)
			assert(is_allowed(cmark_node_get_url(n)));
	}
	cmark_iter_free(it);
	cmark_node_free(doc);
}

static void
check(const struct notes *n, const char *project, enum render_format format,
    const char *style, struct buf *shape)
{
	const struct render_options o = {
		.style = style,
		.format = format,
		.url = "https://x.y/{key}",
		.compare = "https://x.y/{from}...{to}",
		.project = project,
	};
	struct buf out = BUF_INIT;
	struct err err = ERR_INIT;

	assert(render_notes(n, &o, &out, &err) == RC_OK);
	assert(utf8_valid(out.ptr, out.len));
	if (format == FORMAT_MARKDOWN)
		check_markdown(&out, shape);
	else if (format == FORMAT_HTML_FRAGMENT || format == FORMAT_APPSTREAM)
		assert(strcasestr(out.ptr, "<script") == NULL);
	buf_release(&out);
}

/* One text wherever one of others can stand. */
static void
fill(struct notes *n, const char *text, const char *note)
{
	static const enum notes_section_id ids[] = { SECTION_FIXES,
		SECTION_FEATURES, SECTION_KNOWN_ISSUES, SECTION_REVERTED };

	notes_init(n);
	n->version = mem_strdup("1.0");
	n->date = 0;
	n->state = RELEASE_YANKED;
	n->reason = mem_strdup(text);
	n->title = mem_strdup(text);
	n->build = mem_strdup(text);
	n->previous = mem_strdup(text);
	n->previous_tag = mem_strdup(text);
	strv_push(&n->contributors, text);
	strv_push(&n->new_contributors, text);
	for (size_t i = 0; i < sizeof(ids) / sizeof(*ids); i++) {
		struct notes_entry *const e =
		    notes_entry_add(&n->sections[ids[i]]);

		snprintf(e->key, sizeof(e->key), "A-%zu", i + 1);
		e->type = mem_strdup("bug");
		e->summary = mem_strdup(text);
		e->note = mem_strdup(i == 0 ? note : NULL);
		e->resolved_in = mem_strdup(text);
		strv_push(&e->also_in, text);
	}
}

static bool
is_visible(const char *s)
{
	return *s > ' ' && *s < 0x7f;
}

/* A byte for style and format, the text, a NUL, the note. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *const cut = memchr(data, 0, size);
	const size_t first = cut == NULL ? size : (size_t)(cut - data);
	const uint8_t pick = size > 0 ? data[0] : 0;
	const char *const style = render_styles[pick % 5]->name;
	char *const text = mem_strndup((const char *)data, first);
	char *const note = cut == NULL
	    ? NULL
	    : mem_strndup((const char *)cut + 1, size - first - 1);
	struct buf shape = BUF_INIT, plain = BUF_INIT;
	struct notes n, other;

	fill(&n, text, note);
	fill(&other, "x", note);
	check(&n, text, FORMAT_MARKDOWN, style, &shape);
	check(&other, "x", FORMAT_MARKDOWN, style, &plain);
	if (is_visible(text))
		assert(strcmp(buf_str(&shape), buf_str(&plain)) == 0);
	check(&n, text, (enum render_format)(pick % FORMAT_N),
	    render_styles[pick / FORMAT_N % 5]->name, &shape);
	notes_release(&other);
	notes_release(&n);
	buf_release(&plain);
	buf_release(&shape);
	free(note);
	free(text);
	return 0;
}
