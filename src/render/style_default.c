/* Our own shape: version and date, facts, one section a kind of work. */
#include "style.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "doc.h"
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

/* "Build 57. 56 commits since 3.6.0." */
static void
facts(const struct sheet *s)
{
	const struct notes *const n = s->n;
	struct buf text = BUF_INIT;
	char count[24];

	snprintf(count, sizeof(count), "%zu", n->n_commits);
	if (n->build != NULL) {
		word_fill(&text, s->o->lang, WORD_BUILD_SENTENCE, n->build,
		    NULL);
		buf_putc(&text, ' ');
	}
	if (n->previous != NULL)
		word_fill(&text, s->o->lang,
		    n->n_commits == 1 ? WORD_COMMIT_SINCE : WORD_COMMITS_SINCE,
		    count, n->previous);
	else if (n->n_commits > 0)
		word_fill(&text, s->o->lang,
		    n->n_commits == 1 ? WORD_COMMIT : WORD_COMMITS, count,
		    NULL);
	if (text.len > 0)
		doc_user(doc_paragraph(s->doc), buf_str(&text));
	buf_release(&text);
}

static void
builds(const struct sheet *s)
{
	for (size_t i = 0; i < s->n->n_builds; i++) {
		const struct notes_build *const b = &s->n->builds[i];
		cmark_node *const h = doc_heading(s->doc, 2);
		char day[11];

		sheet_word(s, h, WORD_BUILD, b->number, NULL);
		if (b->time != DATE_NONE) {
			date_format_day(b->time, day);
			doc_text(h, " (");
			doc_text(h, day);
			doc_text(h, ")");
		}
		sheet_sections(s, b->sections, sections, SECTIONS_N, 3,
		    item_fill);
	}
}

static void
contributors(const struct sheet *s)
{
	const struct strv *const who = &s->n->contributors;
	cmark_node *p;

	if (who->n == 0)
		return;
	doc_text(doc_heading(s->doc, 2), word(s->o->lang, WORD_CONTRIBUTORS));
	p = doc_paragraph(s->doc);
	for (size_t i = 0; i < who->n; i++) {
		if (i > 0)
			doc_text(p, ", ");
		sheet_person(p, who->v[i]);
		if (!strv_has(&s->n->new_contributors, who->v[i]))
			continue;
		doc_text(p, " (");
		doc_text(p, word(s->o->lang, WORD_FIRST_TIME));
		doc_text(p, ")");
	}
}

static void
default_body(const struct sheet *s)
{
	facts(s);
	sheet_yanked(s);
	sheet_description(s);
	if (sheet_is_empty(s))
		sheet_empty(s);
	else if (s->o->by_build && s->n->n_builds > 0)
		builds(s);
	else
		sheet_sections(s, s->n->sections, sections, SECTIONS_N, 2,
		    item_fill);
	contributors(s);
}

const struct style style_default = {
	.info = {
		.name = "default",
		.help = "version, date, build, then sections by kind of work",
	},
	.heading = default_heading,
	.body = default_body,
};
