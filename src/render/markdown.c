#include "render/markdown.h"

#include <stdlib.h>

#include "embed.h"
#include "render/format/lines.h"

void
markdown_lines(const char *text, size_t len, size_t width, struct md_lines *out)
{
	cmark_node *const doc = embed_parse(text, len, EMBED_SCREEN);

	lines_render(doc, width, LINES_SCREEN, out);
	cmark_node_free(doc);
}

void
md_lines_release(struct md_lines *l)
{
	for (size_t i = 0; i < l->n; i++) {
		for (size_t k = 0; k < l->v[i].n; k++)
			free(l->v[i].runs[k].text);
		free(l->v[i].runs);
	}
	free(l->v);
	*l = (struct md_lines){ 0 };
}

void
markdown_plain(const char *text, size_t len, size_t width, struct buf *out)
{
	struct md_lines lines = { 0 };

	markdown_lines(text, len, width, &lines);
	lines_plain(&lines, out);
	md_lines_release(&lines);
}
