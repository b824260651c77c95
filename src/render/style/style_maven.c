/* Release notes as Jira makes them and Apache Maven publishes them. */
#include "style.h"

#include "base/buf.h"
#include "base/date.h"
#include "render/doc.h"
#include "entry.h"

static const struct style_section sections[] = {
	{ WORD_MVN_BUG, { SECTION_FIXES }, 1 },
	{ WORD_MVN_FEATURE, { SECTION_FEATURES }, 1 },
	{ WORD_MVN_IMPROVEMENT, { SECTION_IMPROVEMENTS }, 1 },
	{ WORD_MVN_TASK, { SECTION_TASKS }, 1 },
	{ WORD_MVN_DEPENDENCY, { SECTION_DEPENDENCIES }, 1 },
	{ WORD_MVN_SECURITY, { SECTION_SECURITY }, 1 },
	{ WORD_MVN_KNOWN, { SECTION_KNOWN_ISSUES }, 1 },
	{ WORD_MVN_REVERTED, { SECTION_REVERTED }, 1 },
};

#define SECTIONS_N (sizeof(sections) / sizeof(*sections))

static void
item_fill(const struct sheet *s, cmark_node *item, const struct notes_entry *e,
    enum notes_section_id id)
{
	cmark_node *const p = doc_paragraph(item);

	(void)id;
	if (e->key[0] != '\0') {
		struct buf url = BUF_INIT;
		cmark_node *const ref = doc_custom(p, DOC_REF);

		entry_url(s, e, &url);
		cmark_node_set_on_exit(ref, buf_str(&url));
		doc_user(ref, e->key);
		doc_text(p, " - ");
		buf_release(&url);
	}
	entry_breaking(s, p, e);
	entry_summary(p, e);
	entry_tail(s, p, e);
}

static void
maven_heading(const struct sheet *s)
{
	struct buf project = BUF_INIT;

	if (s->o->project != NULL && *s->o->project != '\0')
		buf_printf(&project, "%s - ", s->o->project);
	sheet_word(s, doc_heading(s->doc, 1), WORD_MVN_TITLE, buf_str(&project),
	    sheet_version(s));
	buf_release(&project);
}

static void
maven_body(const struct sheet *s)
{
	cmark_node *p;

	sheet_facts(s, FACTS_DATE | FACTS_BUILD | FACTS_RANGE);
	sheet_yanked(s);
	sheet_description(s);
	sheet_sections(s, sections, SECTIONS_N, 2, item_fill);
	if (s->n->contributors.n > 0) {
		doc_text(doc_heading(s->doc, 2),
		    word(s->o->lang, WORD_CONTRIBUTORS));
		p = doc_paragraph(s->doc);
		doc_text(p, word(s->o->lang, WORD_MVN_THANKS));
		doc_text(p, " ");
		sheet_contributors(s, p);
	}
	if (s->o->url != NULL && notes_count(s->n) > 0)
		doc_custom(s->doc, DOC_REFS);
}

const struct style style_maven = {
	.info = {
		.name = "maven",
		.help = "sections by Jira type, lines of [KEY] - summary",
	},
	.heading = maven_heading,
	.body = maven_body,
};
