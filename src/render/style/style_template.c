/* A team's own style: its template over the values of the JSON format. */
#include "style.h"

#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "render/digest.h"
#include "render/doc.h"
#include "render/embed.h"
#include "entry.h"
#include "render/format/format.h"
#include "render/format/format_json.h"
#include "template.h"

/* Markdown of others as safe blocks; null when there are none. */
static json_t *
blocks_md(const char *text)
{
	struct buf md = BUF_INIT;
	cmark_node *tree;
	json_t *value;

	if (text == NULL)
		return json_null();
	tree = embed_parse(text, strlen(text), EMBED_NOTES);
	format_md_write(tree, &md);
	value = md.len > 0 ? json_text(buf_str(&md)) : json_null();
	cmark_node_free(tree);
	buf_release(&md);
	return value;
}

static json_t *
inlines_md(cmark_node *paragraph)
{
	struct buf md = BUF_INIT;
	json_t *value;

	cmark_consolidate_text_nodes(paragraph);
	format_md_inlines(paragraph, &md);
	value = json_text(buf_str(&md));
	buf_release(&md);
	return value;
}

/* Adds to an entry's values what only a template wants. */
static void
entry_extend(const struct sheet *s, const struct notes_entry *e, json_t *o)
{
	cmark_node *const doc = doc_new();
	cmark_node *const key = doc_paragraph(doc);
	cmark_node *const text = doc_paragraph(doc);
	struct buf url = BUF_INIT;

	entry_url(s, e, &url);
	json_put(o, "url", json_text(url.len > 0 ? buf_str(&url) : NULL));
	entry_key(s, key, e, NULL);
	json_put(o, "key_md", inlines_md(key));
	entry_breaking(s, text, e);
	entry_text(s, text, doc, e);
	entry_tail(s, text, e);
	json_put(o, "text_md", inlines_md(text));
	json_put(o, "note_md", blocks_md(e->note));
	json_put(o, "description_md", blocks_md(e->description));
	buf_release(&url);
	cmark_node_free(doc);
}

static void
sections_extend(const struct sheet *s, const struct notes_section *sections,
    json_t *list)
{
	size_t at = 0;

	for (int i = 0; i < SECTION_N; i++) {
		json_t *entries;

		if (sections[i].n == 0)
			continue;
		entries = json_object_get(json_array_get(list, at++),
		    "entries");
		for (size_t k = 0; k < sections[i].n; k++)
			entry_extend(s, &sections[i].entries[k],
			    json_array_get(entries, k));
	}
}

/* People without their mail addresses. */
static json_t *
names(const struct strv *people)
{
	json_t *const list = json_array();

	for (size_t i = 0; i < people->n; i++) {
		const char *const who = people->v[i];
		const char *const mail = strstr(who, " <");

		json_push(list,
		    json_text_len(who,
			mail == NULL ? strlen(who) : (size_t)(mail - who)));
	}
	return list;
}

static json_t *
template_data(const struct sheet *s)
{
	const struct notes *const n = s->n;
	json_t *const root = format_json_notes(n, s->o);
	json_t *const builds = json_object_get(root, "builds");

	json_put(root, "project", json_text(s->o->project));
	json_put(root, "version", json_text(sheet_version(s)));
	json_put(root, "yanked", json_boolean(n->state == RELEASE_YANKED));
	json_put(root, "empty", json_boolean(notes_count(n) == 0));
	json_put(root, "description_md", blocks_md(n->description));
	json_put(root, "contributors", names(&n->contributors));
	json_put(root, "new_contributors", names(&n->new_contributors));
	sections_extend(s, n->sections, json_object_get(root, "sections"));
	for (size_t i = 0; i < json_array_size(builds); i++)
		sections_extend(s, n->builds[i].sections,
		    json_object_get(json_array_get(builds, i), "sections"));
	return root;
}

static enum rc
template_markdown(const struct sheet *s, struct buf *out, struct err *err)
{
	json_t *data;
	enum rc rc;

	if (s->o->template_text == NULL)
		return err_set(err, RC_USAGE,
		    "the template style needs a template file "
		    "(see: docs/STYLES.md)");
	data = template_data(s);
	rc = template_fill(s->o->template_text, data, out, err);
	json_decref(data);
	return rc;
}

const struct style style_template = {
	.info = {
		.name = "template",
		.help = "a team's own file, see docs/STYLES.md",
	},
	.markdown = template_markdown,
};
