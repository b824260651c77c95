/* Release notes as Android publishes them. */
#include "style.h"

#include "base/date.h"
#include "render/doc.h"
#include "entry.h"

static const struct style_section sections[] = {
	{ WORD_ADR_NEW, { SECTION_FEATURES }, 1 },
	{ WORD_ADR_CHANGES,
	    { SECTION_IMPROVEMENTS, SECTION_DEPENDENCIES, SECTION_TASKS,
		SECTION_REVERTED },
	    4 },
	{ WORD_ADR_RESOLVED, { SECTION_FIXES }, 1 },
	{ WORD_ADR_SECURITY, { SECTION_SECURITY }, 1 },
	{ WORD_ADR_KNOWN, { SECTION_KNOWN_ISSUES }, 1 },
};

#define SECTIONS_N (sizeof(sections) / sizeof(*sections))

static void
item_fill(const struct sheet *s, cmark_node *item, const struct notes_entry *e,
    enum notes_section_id id)
{
	static const enum word label = WORD_ADR_ISSUE;
	cmark_node *const p = doc_paragraph(item);

	if (id == SECTION_REVERTED) {
		doc_text(p, word(s->o->lang, WORD_REVERTED_ENTRY));
		doc_text(p, " ");
	}
	entry_breaking(s, p, e);
	entry_text(s, p, item, e);
	entry_tail(s, p, e);
	entry_key_behind(s, p, e, &label);
}

static void
cell_fill(cmark_node *row, const char *text)
{
	doc_user(doc_custom(row, DOC_CELL), text);
}

/* What is not known is left out, and so is the table when nothing is. */
static void
table_fill(const struct sheet *s)
{
	const struct notes *const n = s->n;
	char day[11] = "";
	const struct {
		enum word title;
		const char *value;
	} cells[] = {
		{ WORD_ADR_DATE, n->date == DATE_NONE ? NULL : day },
		{ WORD_ADR_BUILD, n->build },
		{ WORD_ADR_PREVIOUS, n->previous },
	};
	cmark_node *table, *head, *row;

	if (n->date == DATE_NONE && n->build == NULL && n->previous == NULL)
		return;
	if (n->date != DATE_NONE)
		date_format_day(n->date, day);
	table = doc_custom(s->doc, DOC_TABLE);
	head = doc_custom(table, DOC_ROW);
	row = doc_custom(table, DOC_ROW);
	for (size_t i = 0; i < sizeof(cells) / sizeof(*cells); i++) {
		if (cells[i].value == NULL)
			continue;
		cell_fill(head, word(s->o->lang, cells[i].title));
		cell_fill(row, cells[i].value);
	}
}

static void
android_heading(const struct sheet *s)
{
	sheet_project_version(s, doc_heading(s->doc, 1));
}

static void
android_body(const struct sheet *s)
{
	table_fill(s);
	sheet_yanked(s);
	sheet_description(s);
	sheet_sections(s, sections, SECTIONS_N, 2, item_fill);
}

const struct style style_android = {
	.info = {
		.name = "android",
		.help = "a table of date and build, then sections; lines end with issues",
	},
	.heading = android_heading,
	.body = android_body,
};
