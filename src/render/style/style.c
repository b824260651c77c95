#include "style.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "render/doc.h"
#include "render/embed.h"

static const struct style style_end = { .info = { .name = NULL } };

#define STYLES(X) \
	X(default) X(keepachangelog) X(maven) X(firefox) X(android) X(template)

static const struct style *const styles[] = {
#define X(name) &style_##name,
	STYLES(X)
#undef X
};

const struct render_style *const render_styles[] = {
#define X(name) &style_##name.info,
	STYLES(X)
#undef X
	    & style_end.info,
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
sheet_facts(const struct sheet *s, unsigned facts)
{
	const struct notes *const n = s->n;
	struct buf text = BUF_INIT;
	char day[11];

	if ((facts & FACTS_DATE) && n->date != DATE_NONE) {
		date_format_day(n->date, day);
		word_fill(&text, s->o->lang, WORD_RELEASED, day, NULL);
		buf_putc(&text, ' ');
	}
	if ((facts & FACTS_BUILD) && n->build != NULL) {
		word_fill(&text, s->o->lang, WORD_BUILD_SENTENCE, n->build,
		    NULL);
		buf_putc(&text, ' ');
	}
	/* Not how many commits: committing the notes would make it wrong. */
	if ((facts & FACTS_RANGE) && n->previous != NULL)
		word_fill(&text, s->o->lang, WORD_SINCE, n->previous, NULL);
	while (text.len > 0 && text.ptr[text.len - 1] == ' ')
		buf_truncate(&text, text.len - 1);
	if (text.len > 0)
		doc_user(doc_paragraph(s->doc), buf_str(&text));
	buf_release(&text);
}

void
sheet_project_version(const struct sheet *s, cmark_node *heading)
{
	if (s->o->project != NULL && *s->o->project != '\0') {
		doc_user(heading, s->o->project);
		doc_text(heading, " ");
	}
	doc_user(heading, sheet_version(s));
}

void
sheet_contributors(const struct sheet *s, cmark_node *paragraph)
{
	const struct strv *const who = &s->n->contributors;

	for (size_t i = 0; i < who->n; i++) {
		if (i > 0)
			doc_text(paragraph, ", ");
		sheet_person(paragraph, who->v[i]);
		if (!strv_has(&s->n->new_contributors, who->v[i]))
			continue;
		doc_text(paragraph, " (");
		doc_text(paragraph, word(s->o->lang, WORD_FIRST_TIME));
		doc_text(paragraph, ")");
	}
}

static void
put_sections(const struct sheet *s, const struct notes_section *sections,
    const struct style_section *order, size_t n, int level, style_item_fn item)
{
	for (size_t i = 0; i < n; i++) {
		cmark_node *list = NULL;

		for (size_t k = 0; k < order[i].n_from; k++) {
			const struct notes_section *const sec =
			    &sections[order[i].from[k]];

			for (size_t e = 0; e < sec->n; e++) {
				if (list == NULL) {
					doc_user(doc_heading(s->doc, level),
					    sheet_title(s, &order[i]));
					list = doc_list(s->doc);
				}
				item(s, doc_item(list), &sec->entries[e],
				    order[i].from[k]);
			}
		}
	}
}

static void
build_heading(const struct sheet *s, const struct notes_build *b, int level)
{
	cmark_node *const h = doc_heading(s->doc, level);
	char day[11];

	if (b->number != NULL)
		sheet_word(s, h, WORD_BUILD, b->number, NULL);
	else
		doc_text(h, word(s->o->lang, WORD_NO_BUILD));
	if (b->time == DATE_NONE)
		return;
	date_format_day(b->time, day);
	doc_text(h, " (");
	doc_text(h, day);
	doc_text(h, ")");
}

void
sheet_sections(const struct sheet *s, const struct style_section *order,
    size_t n, int level, style_item_fn item)
{
	if (notes_count(s->n) == 0) {
		sheet_empty(s);
		return;
	}
	if (!s->o->by_build || s->n->n_builds == 0) {
		put_sections(s, s->n->sections, order, n, level, item);
		return;
	}
	for (size_t i = 0; i < s->n->n_builds; i++) {
		const struct notes_build *const b = &s->n->builds[i];

		build_heading(s, b, level);
		put_sections(s, b->sections, order, n, level + 1, item);
	}
}
