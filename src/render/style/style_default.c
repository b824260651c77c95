/* Our own shape: version and date, facts, one section a kind of work. */
#include "style.h"

#include "base/date.h"
#include "render/doc.h"
#include "entry.h"

#define ONE(w) \
	{ \
		WORD_##w, { SECTION_##w }, 1 \
	}

static const struct style_section sections[] = {
	ONE(FEATURES),
	ONE(IMPROVEMENTS),
	ONE(FIXES),
	ONE(SECURITY),
	ONE(DEPENDENCIES),
	ONE(TASKS),
	ONE(KNOWN_ISSUES),
	ONE(REVERTED),
};

#define SECTIONS_N (sizeof(sections) / sizeof(*sections))

static void
item_fill(const struct sheet *s, cmark_node *item, const struct notes_entry *e,
    enum notes_section_id id)
{
	const bool told = id == SECTION_FEATURES && s->o->with_description;
	cmark_node *const p = doc_paragraph(item);

	entry_key(s, p, e, NULL);
	if (cmark_node_first_child(p) != NULL)
		doc_text(p, " ");
	entry_breaking(s, p, e);
	if (told) {
		entry_summary(p, e);
		entry_details(s, item, e, true);
	} else {
		entry_text(s, p, item, e);
	}
	entry_tail(s, p, e);
}

static void
default_heading(const struct sheet *s)
{
	cmark_node *const h = doc_heading(s->doc, 1);
	char day[11 + 3];

	doc_user(h, sheet_version(s));
	if (s->n->title != NULL && *s->n->title != '\0') {
		doc_text(h, " – ");
		doc_user(h, s->n->title);
	}
	if (s->n->date == DATE_NONE)
		return;
	day[0] = ' ';
	day[1] = '(';
	date_format_day(s->n->date, day + 2);
	doc_text(h, day);
	doc_text(h, ")");
}

static void
default_body(const struct sheet *s)
{
	struct style_section order[SECTION_N];
	const size_t n = sheet_order(s, sections, SECTIONS_N, order);

	sheet_facts(s, FACTS_BUILD | FACTS_RANGE);
	sheet_yanked(s);
	sheet_description(s);
	sheet_sections(s, order, n, 2, item_fill);
	if (s->n->contributors.n == 0)
		return;
	doc_text(doc_heading(s->doc, 2), word(s->o->lang, WORD_CONTRIBUTORS));
	sheet_contributors(s, doc_paragraph(s->doc));
}

const struct style style_default = {
	.info = {
		.name = "default",
		.help = "version, date, build, then sections by kind of work",
	},
	.heading = default_heading,
	.body = default_body,
};
