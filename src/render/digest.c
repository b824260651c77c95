#include "digest.h"

#include "doc.h"
#include "render/style/entry.h"
#include "render/style/words.h"

const char *
digest_title(enum render_lang lang, enum notes_section_id id)
{
	static const enum word titles[SECTION_N] = {
		[SECTION_FEATURES] = WORD_FEATURES,
		[SECTION_IMPROVEMENTS] = WORD_IMPROVEMENTS,
		[SECTION_FIXES] = WORD_FIXES,
		[SECTION_SECURITY] = WORD_SECURITY,
		[SECTION_DEPENDENCIES] = WORD_DEPENDENCIES,
		[SECTION_TASKS] = WORD_TASKS,
		[SECTION_KNOWN_ISSUES] = WORD_KNOWN_ISSUES,
		[SECTION_REVERTED] = WORD_REVERTED,
	};

	return word(lang, titles[id]);
}

void
digest_entry(const struct notes *n, const struct render_options *o,
    const struct notes_entry *e, struct buf *out)
{
	const struct sheet sheet = { .n = n, .o = o, .doc = doc_new() };
	cmark_node *const p = doc_paragraph(sheet.doc);

	if (e->key[0] != '\0') {
		doc_user(p, e->key);
		doc_text(p, ": ");
	}
	entry_breaking(&sheet, p, e);
	entry_text(&sheet, p, sheet.doc, e);
	entry_tail(&sheet, p, e);
	doc_plain(p, out);
	cmark_node_free(sheet.doc);
}
