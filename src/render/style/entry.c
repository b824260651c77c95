#include "entry.h"

#include <string.h>

#include "base/buf.h"
#include "render/doc.h"
#include "render/embed.h"

static bool
is_blank_text(const char *s)
{
	return s == NULL || s[strspn(s, " \t\r\n")] == '\0';
}

bool
entry_has_note(const struct notes_entry *e)
{
	return !is_blank_text(e->note);
}

void
entry_url(const struct sheet *s, const struct notes_entry *e, struct buf *url)
{
	const char *const pattern = s->o->url;
	const char *const at = pattern == NULL ? NULL
					       : strstr(pattern, "{key}");
	struct buf raw = BUF_INIT;

	if (at == NULL || e->key[0] == '\0' || !doc_url_safe(pattern))
		return;
	buf_add(&raw, pattern, (size_t)(at - pattern));
	buf_puts(&raw, e->key);
	buf_puts(&raw, at + strlen("{key}"));
	doc_url_encode(url, buf_str(&raw));
	buf_release(&raw);
}

void
entry_key(const struct sheet *s, cmark_node *parent,
    const struct notes_entry *e, const enum word *label)
{
	struct buf url = BUF_INIT;
	struct buf text = BUF_INIT;

	if (e->key[0] == '\0') {
		char hex[OID_HEX_MAX + 1];

		if (e->n_commits > 0) {
			oid_to_short(&e->commits[0], 7, hex);
			doc_code(parent, hex);
		}
		return;
	}
	entry_url(s, e, &url);
	if (label != NULL)
		word_fill(&text, s->o->lang, *label, e->key, NULL);
	else
		buf_puts(&text, e->key);
	if (url.len > 0)
		doc_user(doc_link(parent, buf_str(&url)), buf_str(&text));
	else if (label != NULL)
		doc_user(parent, buf_str(&text));
	else
		doc_user(doc_strong(parent), buf_str(&text));
	buf_release(&text);
	buf_release(&url);
}

void
entry_key_behind(const struct sheet *s, cmark_node *parent,
    const struct notes_entry *e, const enum word *label)
{
	if (e->key[0] == '\0' && e->n_commits == 0)
		return;
	doc_text(parent, " (");
	entry_key(s, parent, e, label);
	doc_text(parent, ")");
}

void
entry_summary(cmark_node *parent, const struct notes_entry *e)
{
	doc_user(parent, e->summary == NULL ? "" : e->summary);
}

void
entry_text(const struct sheet *s, cmark_node *parent, cmark_node *item,
    const struct notes_entry *e)
{
	cmark_node *note, *first;

	(void)s;
	if (!entry_has_note(e)) {
		entry_summary(parent, e);
		return;
	}
	note = embed_parse(e->note, strlen(e->note), EMBED_NOTES);
	first = cmark_node_first_child(note);
	if (first != NULL &&
	    cmark_node_get_type(first) == CMARK_NODE_PARAGRAPH) {
		doc_move(first, parent);
		cmark_node_unlink(first);
		cmark_node_free(first);
	} else {
		entry_summary(parent, e);
	}
	doc_move(note, item);
	cmark_node_free(note);
}

void
entry_details(const struct sheet *s, cmark_node *item,
    const struct notes_entry *e, bool first_paragraph)
{
	cmark_node *tree;

	(void)s;
	if (entry_has_note(e)) {
		tree = embed_parse(e->note, strlen(e->note), EMBED_NOTES);
		doc_move(tree, item);
		cmark_node_free(tree);
		return;
	}
	if (!first_paragraph || is_blank_text(e->description))
		return;
	tree = embed_parse(e->description, strlen(e->description), EMBED_NOTES);
	for (cmark_node *n = cmark_node_first_child(tree); n != NULL;
	     n = cmark_node_next(n)) {
		if (cmark_node_get_type(n) != CMARK_NODE_PARAGRAPH)
			continue;
		cmark_node_append_child(item, n);
		break;
	}
	cmark_node_free(tree);
}

void
entry_tail(const struct sheet *s, cmark_node *parent,
    const struct notes_entry *e)
{
	struct buf text = BUF_INIT;
	struct buf list = BUF_INIT;

	for (size_t i = 0; i < e->also_in.n; i++) {
		buf_puts(&list, i > 0 ? ", " : "");
		doc_clean(&list, e->also_in.v[i], strlen(e->also_in.v[i]));
	}
	if (e->also_in.n > 0) {
		buf_puts(&text, " (");
		word_fill(&text, s->o->lang, WORD_ALSO_IN, buf_str(&list),
		    NULL);
		buf_putc(&text, ')');
	}
	if (e->resolved_in != NULL) {
		buf_puts(&text, " (");
		word_fill(&text, s->o->lang, WORD_RESOLVED_IN, e->resolved_in,
		    NULL);
		buf_putc(&text, ')');
	}
	doc_text(parent, buf_str(&text));
	buf_release(&list);
	buf_release(&text);
}

void
entry_breaking(const struct sheet *s, cmark_node *parent,
    const struct notes_entry *e)
{
	if (!e->breaking)
		return;
	doc_text(doc_strong(parent), word(s->o->lang, WORD_BREAKING));
	doc_text(parent, " ");
}
