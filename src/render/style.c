#include "style.h"

#include <string.h>

#include "base/buf.h"
#include "doc.h"
#include "embed.h"

static const struct style style_end = { .info = { .name = NULL } };

static const struct style *const styles[] = {
	&style_default,
};

const struct render_style *const render_styles[] = {
	&style_default.info,
	&style_end.info,
};

const struct style *
style_find(const char *name)
{
	for (size_t i = 0; i < sizeof(styles) / sizeof(*styles); i++) {
		if (strcmp(styles[i]->info.name, name) == 0)
			return styles[i];
	}
	return NULL;
}

bool
render_style_exists(const char *name)
{
	return style_find(name) != NULL;
}

const char *
sheet_version(const struct sheet *s)
{
	const char *const version = s->n->version;

	if (version == NULL || strcmp(version, "Unreleased") == 0)
		return word(s->o->lang, WORD_UNRELEASED);
	return version;
}

bool
sheet_is_empty(const struct sheet *s)
{
	return notes_count(s->n) == 0;
}

void
sheet_person(cmark_node *node, const char *who)
{
	const char *const mail = strstr(who, " <");
	struct buf name = BUF_INIT;

	buf_add(&name, who, mail == NULL ? strlen(who) : (size_t)(mail - who));
	doc_user(node, buf_str(&name));
	buf_release(&name);
}

void
sheet_word(const struct sheet *s, cmark_node *node, enum word w, const char *a,
    const char *b)
{
	struct buf text = BUF_INIT;

	word_fill(&text, s->o->lang, w, a, b);
	doc_user(node, buf_str(&text));
	buf_release(&text);
}

void
sheet_yanked(const struct sheet *s)
{
	const char *const reason = s->n->reason;
	cmark_node *p;

	if (s->n->state != RELEASE_YANKED)
		return;
	p = doc_paragraph(s->doc);
	if (reason == NULL || *reason == '\0')
		sheet_word(s, doc_strong(p), WORD_YANKED, NULL, NULL);
	else
		sheet_word(s, doc_strong(p), WORD_YANKED_BECAUSE, reason, NULL);
}

void
sheet_description(const struct sheet *s)
{
	const char *const text = s->n->description;
	cmark_node *tree;

	if (text == NULL)
		return;
	tree = embed_parse(text, strlen(text), EMBED_NOTES);
	doc_move(tree, s->doc);
	cmark_node_free(tree);
}

void
sheet_empty(const struct sheet *s)
{
	doc_text(doc_paragraph(s->doc), word(s->o->lang, WORD_EMPTY));
}

void
sheet_sections(const struct sheet *s, const struct notes_section *sections,
    const struct style_section *order, size_t n, int level,
    void (*item)(const struct sheet *s, cmark_node *item,
	const struct notes_entry *e, enum notes_section_id id))
{
	for (size_t i = 0; i < n; i++) {
		cmark_node *list = NULL;

		for (size_t k = 0; k < order[i].n_from; k++) {
			const struct notes_section *const sec =
			    &sections[order[i].from[k]];

			for (size_t e = 0; e < sec->n; e++) {
				if (list == NULL) {
					doc_text(doc_heading(s->doc, level),
					    word(s->o->lang, order[i].title));
					list = doc_list(s->doc);
				}
				item(s, doc_item(list), &sec->entries[e],
				    order[i].from[k]);
			}
		}
	}
}
