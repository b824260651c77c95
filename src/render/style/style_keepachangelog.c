/* Keep a Changelog 1.1.0, https://keepachangelog.com/en/1.1.0/ */
#include "style.h"

#include "base/date.h"
#include "render/doc.h"
#include "entry.h"

static const struct style_section sections[] = {
	{ WORD_KAC_ADDED, { SECTION_FEATURES }, 1 },
	{ WORD_KAC_CHANGED,
	    { SECTION_IMPROVEMENTS, SECTION_DEPENDENCIES, SECTION_TASKS }, 3 },
	{ WORD_KAC_REMOVED, { SECTION_REVERTED }, 1 },
	{ WORD_KAC_FIXED, { SECTION_FIXES }, 1 },
	{ WORD_KAC_SECURITY, { SECTION_SECURITY }, 1 },
	{ WORD_KNOWN_ISSUES, { SECTION_KNOWN_ISSUES }, 1 },
};

#define SECTIONS_N (sizeof(sections) / sizeof(*sections))

static void
item_fill(const struct sheet *s, cmark_node *item, const struct notes_entry *e,
    enum notes_section_id id)
{
	cmark_node *const p = doc_paragraph(item);

	(void)id;
	entry_breaking(s, p, e);
	entry_text(s, p, item, e);
	entry_key_behind(s, p, e, NULL);
	entry_tail(s, p, e);
}

static void
keepachangelog_heading(const struct sheet *s)
{
	cmark_node *const h = doc_heading(s->doc, 2);
	char day[11];

	doc_user(doc_custom(h, DOC_BRACKET), sheet_version(s));
	if (s->n->date != DATE_NONE) {
		date_format_day(s->n->date, day);
		doc_text(h, " - ");
		doc_text(h, day);
	}
	if (s->n->state == RELEASE_YANKED) {
		doc_text(h, " ");
		doc_text(doc_custom(h, DOC_BRACKET), "YANKED");
	}
}

static void
keepachangelog_body(const struct sheet *s)
{
	struct style_section order[SECTION_N];
	const size_t n = sheet_order(s, sections, SECTIONS_N, order);

	sheet_facts(s, FACTS_BUILD);
	sheet_yanked(s);
	sheet_description(s);
	sheet_sections(s, order, n, 3, item_fill);
}

const struct style style_keepachangelog = {
	.info = {
		.name = "keepachangelog",
		.help = "keepachangelog.com 1.1.0: Added, Changed, Removed, Fixed",
	},
	.heading = keepachangelog_heading,
	.body = keepachangelog_body,
};
