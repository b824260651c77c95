#include "linkify.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/mem.h"
#include "doc.h"

/* The next address in s at or behind from; false when there is none. */
static bool
find_url(const char *s, size_t from, size_t *start, size_t *end)
{
	for (const char *p = s + from; (p = strstr(p, "://")) != NULL; p++) {
		size_t at = (size_t)(p - s);

		if (at >= from + 5 && strncasecmp(p - 5, "https", 5) == 0)
			at -= 5;
		else if (at >= from + 4 && strncasecmp(p - 4, "http", 4) == 0)
			at -= 4;
		else
			continue;
		*start = at;
		*end = at;
		while (s[*end] > ' ' && strchr("<>\"'`|\\", s[*end]) == NULL)
			(*end)++;
		while (*end > at && strchr(".,;:!?)]}*_~", s[*end - 1]) != NULL)
			(*end)--;
		if (s + *end > p + 3)
			return true;
	}
	return false;
}

static void
add_text(cmark_node *before, const char *s, size_t len)
{
	cmark_node *const t = cmark_node_new_with_mem(CMARK_NODE_TEXT,
	    &doc_mem);
	char *const copy = mem_strndup(s, len);

	cmark_node_set_literal(t, copy);
	cmark_node_insert_before(before, t);
	free(copy);
}

static void
linkify_text(cmark_node *text)
{
	char *const s = mem_strdup(cmark_node_get_literal(text));
	size_t pos = 0, start, end;

	while (find_url(s, pos, &start, &end)) {
		cmark_node *const link =
		    cmark_node_new_with_mem(CMARK_NODE_LINK, &doc_mem);
		char *const raw = mem_strndup(s + start, end - start);
		struct buf url = BUF_INIT;

		if (start > pos)
			add_text(text, s + pos, start - pos);
		doc_url_encode(&url, raw);
		cmark_node_set_url(link, buf_str(&url));
		doc_text(link, raw);
		cmark_node_insert_before(text, link);
		buf_release(&url);
		free(raw);
		pos = end;
	}
	if (pos > 0) {
		if (s[pos] != '\0')
			add_text(text, s + pos, strlen(s + pos));
		cmark_node_unlink(text);
		cmark_node_free(text);
	}
	free(s);
}

void
linkify(cmark_node *doc)
{
	cmark_iter *const it = cmark_iter_new(doc);
	cmark_node **texts = NULL;
	size_t n = 0, cap = 0, links = 0;
	cmark_event_type ev;

	while ((ev = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
		cmark_node *const node = cmark_iter_get_node(it);

		if (cmark_node_get_type(node) == CMARK_NODE_LINK) {
			if (ev == CMARK_EVENT_ENTER)
				links++;
			else
				links--;
		} else if (cmark_node_get_type(node) == CMARK_NODE_TEXT &&
		    links == 0) {
			texts = mem_grow(texts, &cap, n + 1, sizeof(*texts));
			texts[n++] = node;
		}
	}
	cmark_iter_free(it);
	for (size_t i = 0; i < n; i++)
		linkify_text(texts[i]);
	free(texts);
}
