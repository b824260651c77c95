#include "section.h"

#include <string.h>

#include "render/render.h"

static bool
is_version(const struct outline_block *b)
{
	return b->type == OUTLINE_HEADING && b->kind != HEADING_OTHER;
}

/* The index of the highest heading of the wanted version; n when none. */
size_t
section_find(const struct outline *o)
{
	size_t best = o->n;

	for (size_t i = 0; i < o->n; i++) {
		if (o->v[i].type != OUTLINE_HEADING ||
		    o->v[i].kind != HEADING_WANTED)
			continue;
		if (best == o->n || o->v[i].level < o->v[best].level)
			best = i;
	}
	return best;
}

bool
section_is_eol(char c)
{
	return c == '\n' || c == '\r';
}

/* Back over the blank lines in front of end, but not beyond start. */
size_t
section_trim(const char *file, size_t start, size_t end)
{
	while (end > start) {
		size_t i = end;

		if (i > start && file[i - 1] == '\n')
			i--;
		if (i > start && file[i - 1] == '\r')
			i--;
		while (i > start && (file[i - 1] == ' ' || file[i - 1] == '\t'))
			i--;
		if (i > start && !section_is_eol(file[i - 1]))
			break;
		end = i;
	}
	return end;
}

/* Where the section under heading i ends, blank lines not counted. */
size_t
section_end(const struct outline *o, size_t i, const char *file, size_t len)
{
	size_t next = i + 1;
	size_t end;

	while (next < o->n) {
		const struct outline_block *const b = &o->v[next];

		if (b->type == OUTLINE_HEADING &&
		    (b->level <= o->v[i].level || is_version(b)))
			break;
		next++;
	}
	end = next < o->n ? o->v[next].start : len;
	/* What belongs to the next heading, or to the file as a whole. */
	for (; next > i + 1; next--) {
		const enum outline_type type = o->v[next - 1].type;

		if (type != OUTLINE_RULE && type != OUTLINE_ANCHOR &&
		    type != OUTLINE_LINKS)
			break;
		end = o->v[next - 1].start;
	}
	return section_trim(file, o->v[i].start, end);
}

bool
render_section(const char *file, size_t len, const char *version, size_t *start,
    size_t *end)
{
	struct outline o = { 0 };
	size_t i;
	bool found;

	outline_read(file, len, version, &o);
	i = section_find(&o);
	found = i < o.n;
	if (found) {
		*start = o.v[i].start;
		*end = section_end(&o, i, file, len);
	}
	outline_release(&o);
	return found;
}

const char *
section_eol(const char *file, size_t len)
{
	const char *const nl = memchr(file, '\n', len);

	return nl != NULL && nl > file && nl[-1] == '\r' ? "\r\n" : "\n";
}

/*
 * The section with the file's line ends, its headings moved so that the first
 * is of the given level (0: as they are), without the last line end.
 */
void
section_adapt(const char *section, int level, const char *eol, struct buf *out)
{
	size_t len = strlen(section);
	struct outline o = { 0 };
	size_t next = 0;
	int shift = 0;

	while (len > 0 && section[len - 1] == '\n')
		len--;
	outline_read(section, len, NULL, &o);
	while (next < o.n && o.v[next].type != OUTLINE_HEADING)
		next++;
	if (next < o.n && level > 0)
		shift = level - o.v[next].level;
	for (size_t i = 0; i < len; i++) {
		if (next < o.n && i == o.v[next].start) {
			int n = o.v[next].level + shift;

			if (o.v[next].type == OUTLINE_HEADING &&
			    section[i] == '#') {
				n = n < 1 ? 1 : n > 6 ? 6 : n;
				buf_fill(out, '#', (size_t)n);
				while (section[i] == '#')
					i++;
			}
			next++;
		}
		if (section[i] == '\n')
			buf_puts(out, eol);
		else
			buf_putc(out, section[i]);
	}
	outline_release(&o);
}

/* The text as it would stand at place i of the file: its level, its line ends;
 * the caller frees it. */
char *
section_fit(const char *text, int level, const char *eol)
{
	struct buf out = BUF_INIT;

	section_adapt(text, level, eol, &out);
	return buf_detach(&out);
}
