/*
 * A version's section in a Markdown file: found, replaced, inserted.  All
 * other bytes stay as they are.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "items.h"
#include "merge.h"
#include "outline.h"
#include "render/render.h"

static bool
is_version(const struct outline_block *b)
{
	return b->type == OUTLINE_HEADING && b->kind != HEADING_OTHER;
}

/* The index of the highest heading of the wanted version; n when none. */
static size_t
find_wanted(const struct outline *o)
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

static bool
is_eol(char c)
{
	return c == '\n' || c == '\r';
}

/* Back over the blank lines in front of end, but not beyond start. */
static size_t
trim_blank_lines(const char *file, size_t start, size_t end)
{
	while (end > start) {
		size_t i = end;

		if (i > start && file[i - 1] == '\n')
			i--;
		if (i > start && file[i - 1] == '\r')
			i--;
		while (i > start && (file[i - 1] == ' ' || file[i - 1] == '\t'))
			i--;
		if (i > start && !is_eol(file[i - 1]))
			break;
		end = i;
	}
	return end;
}

/* Where the section under heading i ends, blank lines not counted. */
static size_t
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
	return trim_blank_lines(file, o->v[i].start, end);
}

bool
render_section(const char *file, size_t len, const char *version, size_t *start,
    size_t *end)
{
	struct outline o = { 0 };
	size_t i;
	bool found;

	outline_read(file, len, version, &o);
	i = find_wanted(&o);
	found = i < o.n;
	if (found) {
		*start = o.v[i].start;
		*end = section_end(&o, i, file, len);
	}
	outline_release(&o);
	return found;
}

/* Where a new section goes, and through *level the level it should have (0:
 * its own). */
static size_t
insert_at(const struct outline *o, const char *file, size_t len, int *level)
{
	size_t pos = len;

	*level = 0;
	for (size_t i = 0; i < o->n; i++) {
		if (o->v[i].type != OUTLINE_HEADING ||
		    o->v[i].kind != HEADING_VERSION)
			continue;
		*level = o->v[i].level;
		if (i > 0 && o->v[i - 1].type == OUTLINE_ANCHOR)
			i--;
		return o->v[i].start;
	}
	for (size_t i = 0; i < o->n; i++) {
		if (o->v[i].type != OUTLINE_HEADING ||
		    o->v[i].kind != HEADING_UNRELEASED)
			continue;
		*level = o->v[i].level;
		return section_end(o, i, file, len);
	}
	if (o->n > 0 && o->v[0].type == OUTLINE_HEADING && o->v[0].level == 1)
		*level = 2;
	for (size_t i = o->n; i > 0 && o->v[i - 1].type == OUTLINE_LINKS; i--)
		pos = o->v[i - 1].start;
	return pos;
}

static const char *
eol_of(const char *file, size_t len)
{
	const char *const nl = memchr(file, '\n', len);

	return nl != NULL && nl > file && nl[-1] == '\r' ? "\r\n" : "\n";
}

/*
 * The section with the file's line ends, its headings moved so that the first
 * is of the given level (0: as they are), without the last line end.
 */
static void
adapt(const char *section, int level, const char *eol, struct buf *out)
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

/* True when the line before pos is blank, or there is none. */
static bool
blank_before(const char *file, size_t pos)
{
	return pos == 0 || trim_blank_lines(file, 0, pos) < pos;
}

static void
insert(const char *file, size_t len, size_t pos, const char *section,
    const char *eol, struct buf *out)
{
	buf_add(out, file, pos);
	if (pos > 0 && !is_eol(file[pos - 1]))
		buf_puts(out, eol);
	if (!blank_before(file, pos))
		buf_puts(out, eol);
	buf_puts(out, section);
	buf_puts(out, eol);
	if (pos < len && !is_eol(file[pos]))
		buf_puts(out, eol);
	buf_add(out, file + pos, len - pos);
}

static void
replace(const char *file, size_t len, size_t start, size_t end,
    const char *section, const char *eol, struct buf *out)
{
	buf_add(out, file, start);
	buf_puts(out, section);
	if (end > start && is_eol(file[end - 1]))
		buf_puts(out, eol);
	buf_add(out, file + end, len - end);
}

enum rc
render_update(const char *file, size_t len, const char *version,
    const char *section, struct buf *out, bool *found, struct err *err)
{
	struct outline o = { 0 };
	struct buf text = BUF_INIT;
	const char *const eol = eol_of(file, len);
	int level = 0;
	size_t i, pos;

	*found = false;
	if (version == NULL || *version == '\0')
		return err_set(err, RC_INVALID,
		    "a section of a file needs a version");
	outline_read(file, len, version, &o);
	i = find_wanted(&o);
	*found = i < o.n;
	if (*found) {
		adapt(section, o.v[i].level, eol, &text);
		replace(file, len, o.v[i].start, section_end(&o, i, file, len),
		    buf_str(&text), eol, out);
	} else {
		pos = insert_at(&o, file, len, &level);
		adapt(section, level, eol, &text);
		insert(file, len, pos, buf_str(&text), eol, out);
	}
	buf_release(&text);
	outline_release(&o);
	return RC_OK;
}

/* The text as it would stand at place i of the file: its level, its line ends;
 * the caller frees it. */
static char *
fit(const char *text, int level, const char *eol)
{
	struct buf out = BUF_INIT;

	adapt(text, level, eol, &out);
	return buf_detach(&out);
}

enum rc
render_merge(const char *file, size_t len, const char *version,
    const char *section, const char *base, struct buf *out, bool *found,
    struct strv *conflicts, struct err *err)
{
	struct outline o = { 0 };
	const char *const eol = eol_of(file, len);
	char *ours = NULL, *was = NULL;
	size_t i, start, end;

	if (version == NULL ||
	    !render_section(file, len, version, &start, &end))
		return render_update(file, len, version, section, out, found,
		    err);
	*found = true;
	outline_read(file, len, version, &o);
	i = find_wanted(&o);
	ours = fit(section, o.v[i].level, eol);
	was = base == NULL ? NULL : fit(base, o.v[i].level, eol);
	/* The last line end stays what it is. */
	if (end > start && file[end - 1] == '\n')
		end--;
	if (end > start && file[end - 1] == '\r')
		end--;
	buf_add(out, file, start);
	merge_sections(was, file + start, end - start, ours, eol, out,
	    conflicts);
	buf_add(out, file + end, len - end);
	free(was);
	free(ours);
	outline_release(&o);
	return RC_OK;
}

void
render_section_keys(const char *section, size_t len, struct strv *keys,
    struct strv *marks)
{
	struct items l = { 0 };

	items_read(section, len, NULL, NULL, &l);
	for (size_t i = 0; i < l.n; i++) {
		if (l.v[i].key[0] != '\0' && !strv_has(keys, l.v[i].key))
			strv_push(keys, l.v[i].key);
		if (items_mark(l.v[i].norm) != ITEM_NONE)
			strv_push(marks, l.v[i].key);
	}
	items_release(&l);
}
