/* A project's own names and order of sections. */
#include <string.h>

#include "style.h"

/* The style's section that has the entries of id; n when none has. */
static size_t
find_from(const struct style_section *order, size_t n, enum notes_section_id id)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < order[i].n_from; k++)
			if (order[i].from[k] == id)
				return i;
	return n;
}

const char *
sheet_title(const struct sheet *s, const struct style_section *section)
{
	const size_t own = (size_t)section->title;

	if (own < WORD_N)
		return word(s->o->lang, section->title);
	return s->o->sections[own - WORD_N].title;
}

/* Sections of one title are one section. */
static size_t
add(const struct sheet *s, struct style_section *out, size_t n, size_t title,
    enum notes_section_id id)
{
	const struct style_section new = { .title = (enum word)title };
	size_t i = 0;

	while (i < n &&
	    strcmp(sheet_title(s, &out[i]), sheet_title(s, &new)) != 0)
		i++;
	if (i == n)
		out[n++] = new;
	out[i].from[out[i].n_from++] = id;
	return n;
}

size_t
sheet_order(const struct sheet *s, const struct style_section *order, size_t n,
    struct style_section out[SECTION_N])
{
	bool done[SECTION_N] = { false };
	size_t n_out = 0;

	for (size_t i = 0; i < s->o->n_sections; i++) {
		const struct render_section_name *const own =
		    &s->o->sections[i];
		const size_t at = find_from(order, n, own->id);

		if (done[own->id] || at == n)
			continue;
		n_out = add(s, out, n_out,
		    own->title == NULL ? (size_t)order[at].title : WORD_N + i,
		    own->id);
		done[own->id] = true;
	}
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < order[i].n_from; k++) {
			if (!done[order[i].from[k]])
				n_out = add(s, out, n_out,
				    (size_t)order[i].title, order[i].from[k]);
			done[order[i].from[k]] = true;
		}
	}
	return n_out;
}
