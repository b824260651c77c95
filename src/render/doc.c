#include "doc.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/utf8.h"

static void *
doc_realloc(void *p, size_t n)
{
	return mem_realloc(p, n, 1);
}

cmark_mem doc_mem = { mem_calloc, doc_realloc, free };

enum doc_kind
doc_kind(cmark_node *node)
{
	const cmark_node_type type = cmark_node_get_type(node);

	if (type != CMARK_NODE_CUSTOM_BLOCK && type != CMARK_NODE_CUSTOM_INLINE)
		return DOC_NONE;
	return (enum doc_kind)cmark_node_get_on_enter(node)[0];
}

cmark_node *
doc_new(void)
{
	return cmark_node_new_with_mem(CMARK_NODE_DOCUMENT, &doc_mem);
}

static cmark_node *
doc_add(cmark_node *parent, cmark_node_type type)
{
	cmark_node *const node = cmark_node_new_with_mem(type, &doc_mem);

	cmark_node_append_child(parent, node);
	return node;
}

cmark_node *
doc_heading(cmark_node *parent, int level)
{
	cmark_node *const node = doc_add(parent, CMARK_NODE_HEADING);

	cmark_node_set_heading_level(node, level);
	return node;
}

cmark_node *
doc_paragraph(cmark_node *parent)
{
	return doc_add(parent, CMARK_NODE_PARAGRAPH);
}

cmark_node *
doc_list(cmark_node *parent)
{
	cmark_node *const node = doc_add(parent, CMARK_NODE_LIST);

	cmark_node_set_list_type(node, CMARK_BULLET_LIST);
	cmark_node_set_list_tight(node, 1);
	return node;
}

cmark_node *
doc_item(cmark_node *list)
{
	return doc_add(list, CMARK_NODE_ITEM);
}

cmark_node *
doc_strong(cmark_node *parent)
{
	return doc_add(parent, CMARK_NODE_STRONG);
}

cmark_node *
doc_emph(cmark_node *parent)
{
	return doc_add(parent, CMARK_NODE_EMPH);
}

cmark_node *
doc_link(cmark_node *parent, const char *url)
{
	cmark_node *const node = doc_add(parent, CMARK_NODE_LINK);

	cmark_node_set_url(node, url);
	return node;
}

cmark_node *
doc_custom(cmark_node *parent, enum doc_kind kind)
{
	const char name[2] = { (char)kind, '\0' };
	const bool is_inline = kind == DOC_BRACKET || kind == DOC_REF;
	cmark_node *const node = doc_add(parent,
	    is_inline ? CMARK_NODE_CUSTOM_INLINE : CMARK_NODE_CUSTOM_BLOCK);

	cmark_node_set_on_enter(node, name);
	return node;
}

static void
doc_literal(cmark_node *parent, cmark_node_type type, const char *s)
{
	if (*s == '\0')
		return;
	cmark_node_set_literal(doc_add(parent, type), s);
}

void
doc_text(cmark_node *parent, const char *s)
{
	char *const clean = utf8_clean_dup(s, UTF8_ONE_LINE);

	doc_literal(parent, CMARK_NODE_TEXT, clean);
	free(clean);
}

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

void
doc_clean(struct buf *out, const char *s, size_t len)
{
	struct buf flat = BUF_INIT;
	size_t i = 0;

	while (len > 0 && is_blank(s[len - 1]))
		len--;
	while (i < len && is_blank(s[i]))
		i++;
	for (; i < len; i++) {
		if (!is_blank(s[i]))
			buf_putc(&flat, s[i]);
		else if (!is_blank(s[i - 1]))
			buf_putc(&flat, ' ');
	}
	utf8_clean(out, buf_str(&flat), flat.len, UTF8_ONE_LINE);
	buf_release(&flat);
}

void
doc_user(cmark_node *parent, const char *s)
{
	struct buf clean = BUF_INIT;

	doc_clean(&clean, s, strlen(s));
	doc_literal(parent, CMARK_NODE_TEXT, buf_str(&clean));
	buf_release(&clean);
}

void
doc_code(cmark_node *parent, const char *s)
{
	struct buf clean = BUF_INIT;

	doc_clean(&clean, s, strlen(s));
	doc_literal(parent, CMARK_NODE_CODE, buf_str(&clean));
	buf_release(&clean);
}

void
doc_move(cmark_node *from, cmark_node *to)
{
	cmark_node *child;

	while ((child = cmark_node_first_child(from)) != NULL) {
		if (!cmark_node_append_child(to, child))
			cmark_node_free(child);
	}
}

void
doc_plain(cmark_node *node, struct buf *out)
{
	cmark_iter *const it = cmark_iter_new(node);
	cmark_event_type ev;

	while ((ev = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
		cmark_node *const n = cmark_iter_get_node(it);

		if (ev != CMARK_EVENT_ENTER)
			continue;
		switch (cmark_node_get_type(n)) {
		case CMARK_NODE_TEXT:
		case CMARK_NODE_CODE:
			buf_puts(out, cmark_node_get_literal(n));
			break;
		case CMARK_NODE_SOFTBREAK:
		case CMARK_NODE_LINEBREAK:
			buf_putc(out, ' ');
			break;
		default:
			break;
		}
	}
	cmark_iter_free(it);
}

bool
doc_url_safe(const char *url)
{
	static const char *const schemes[] = {
		"http://",
		"https://",
		"mailto:",
	};

	for (size_t i = 0; i < sizeof(schemes) / sizeof(*schemes); i++) {
		const size_t n = strlen(schemes[i]);

		if (strncasecmp(url, schemes[i], n) == 0 && url[n] != '\0')
			return true;
	}
	return false;
}

void
doc_url_encode(struct buf *out, const char *url)
{
	for (const char *s = url; *s != '\0'; s++) {
		const unsigned char c = (unsigned char)*s;

		if (c <= ' ' || c >= 0x7F || strchr("<>()[]\\\"'`{}|^", c))
			buf_printf(out, "%%%02X", c);
		else
			buf_putc(out, *s);
	}
}
