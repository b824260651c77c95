/* Release notes as Mozilla publishes them for Firefox. */
#include "style.h"

#include "base/buf.h"
#include "base/date.h"
#include "render/doc.h"
#include "entry.h"

static const struct style_section sections[] = {
	{ WORD_FX_NEW, { SECTION_FEATURES }, 1 },
	{ WORD_FX_FIXED, { SECTION_FIXES, SECTION_SECURITY }, 2 },
	{ WORD_FX_CHANGED, { SECTION_IMPROVEMENTS, SECTION_REVERTED }, 2 },
	{ WORD_FX_DEVELOPER, { SECTION_DEPENDENCIES, SECTION_TASKS }, 2 },
	{ WORD_FX_UNRESOLVED, { SECTION_KNOWN_ISSUES }, 1 },
};

#define SECTIONS_N (sizeof(sections) / sizeof(*sections))

static void
item_fill(const struct sheet *s, cmark_node *item, const struct notes_entry *e,
    enum notes_section_id id)
{
	static const enum word label = WORD_FX_BUG;
	cmark_node *const p = doc_paragraph(item);

	if (id == SECTION_REVERTED) {
		doc_text(p, word(s->o->lang, WORD_REVERTED_ENTRY));
		doc_text(p, " ");
	}
	entry_breaking(s, p, e);
	entry_text(s, p, item, e);
	entry_key_behind(s, p, e, &label);
	entry_tail(s, p, e);
}

static void
firefox_heading(const struct sheet *s)
{
	sheet_project_version(s, doc_heading(s->doc, 1));
}

static void
firefox_body(const struct sheet *s)
{
	struct buf day = BUF_INIT;

	if (s->n->date != DATE_NONE) {
		word_date(&day, s->o->lang, s->n->date);
		sheet_word(s, doc_paragraph(s->doc), WORD_FX_OFFERED,
		    sheet_version(s), buf_str(&day));
	}
	buf_release(&day);
	sheet_facts(s, FACTS_BUILD);
	sheet_yanked(s);
	sheet_description(s);
	sheet_sections(s, sections, SECTIONS_N, 2, item_fill);
}

const struct style style_firefox = {
	.info = {
		.name = "firefox",
		.help = "New, Fixed, Changed; symptoms with their bug numbers",
	},
	.heading = firefox_heading,
	.body = firefox_body,
};
