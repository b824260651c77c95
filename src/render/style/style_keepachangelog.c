/* Keep a Changelog 1.1.0, https://keepachangelog.com/en/1.1.0/ */
#include "style.h"

#include <string.h>

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

/* A tag as it is, a commit by its whole id; what is unreleased goes to HEAD. */
static void
put_end(const struct notes *n, const char *name, struct buf *out)
{
	const bool is_to = strcmp(name, "to}") == 0;
	const char *const tag = is_to ? n->tag : n->previous_tag;
	const struct oid *const id = is_to ? &n->to : &n->from;
	char hex[OID_HEX_MAX + 1];

	if (tag != NULL) {
		buf_puts(out, tag);
	} else if (is_to && n->state == RELEASE_PLANNED) {
		buf_puts(out, "HEAD");
	} else {
		oid_to_hex(id, hex);
		buf_puts(out, hex);
	}
}

/* tracker.compare of this version and the one before it; "" without one. */
static void
compare_url(const struct sheet *s, struct buf *url)
{
	static const char *const names[] = { "from}", "to}" };
	const char *p = s->o->compare;
	struct buf raw = BUF_INIT;

	if (p == NULL || s->n->previous == NULL || !doc_url_safe(p))
		return;
	while (*p != '\0') {
		size_t i = 0;

		while (*p == '{' && i < 2 &&
		    strncmp(p + 1, names[i], strlen(names[i])) != 0)
			i++;
		if (*p == '{' && i < 2) {
			put_end(s->n, names[i], &raw);
			p += 1 + strlen(names[i]);
		} else {
			buf_putc(&raw, *p++);
		}
	}
	doc_url_encode(url, buf_str(&raw));
	buf_release(&raw);
}

/* The link stands in the heading and not, as the format's own example has it,
 * at the end of the file: a section then is whole wherever it is put. */
static void
put_version(const struct sheet *s, cmark_node *h)
{
	struct buf url = BUF_INIT;

	compare_url(s, &url);
	if (url.len > 0)
		doc_user(doc_link(h, buf_str(&url)), sheet_version(s));
	else
		doc_user(doc_custom(h, DOC_BRACKET), sheet_version(s));
	buf_release(&url);
}

static void
keepachangelog_heading(const struct sheet *s)
{
	cmark_node *const h = doc_heading(s->doc, 2);
	char day[11];

	put_version(s, h);
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
