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
#include "section.h"

static bool
is_version(const struct outline_block *b)
{
	return b->type == OUTLINE_HEADING && b->kind == HEADING_VERSION;
}

/* Most files have the newest version first; true for one that does not. */
static bool
is_ascending(const struct outline *o, size_t first, render_order *order)
{
	size_t last = o->n;

	while (--last > first)
		if (is_version(&o->v[last]))
			break;
	return order(o->v[first].version, o->v[last].version) < 0;
}

/*
 * The heading before which a version goes, by its order among those that are
 * there (the first of them without an order); n: behind the last, which is then
 * in *last.
 */
static size_t
next_version(const struct outline *o, const char *version, render_order *order,
    size_t *last)
{
	bool up = false;

	*last = o->n;
	for (size_t i = 0; i < o->n; i++) {
		int c;

		if (!is_version(&o->v[i]))
			continue;
		if (order == NULL)
			return i;
		if (*last == o->n)
			up = is_ascending(o, i, order);
		c = order(version, o->v[i].version);
		if (up ? c < 0 : c > 0)
			return i;
		*last = i;
	}
	return o->n;
}

/* Where a new section goes, and through *level the level it should have (0:
 * its own). */
static size_t
insert_at(const struct outline *o, const char *file, size_t len,
    const char *version, render_order *order, int *level)
{
	size_t pos = len, last;
	size_t i = next_version(o, version, order, &last);

	*level = 0;
	if (i < o->n || last < o->n) {
		*level = o->v[i < o->n ? i : last].level;
		if (i == o->n)
			return section_end(o, last, file, len);
		if (i > 0 && o->v[i - 1].type == OUTLINE_ANCHOR)
			i--;
		return o->v[i].start;
	}
	for (i = 0; i < o->n; i++) {
		if (o->v[i].type != OUTLINE_HEADING ||
		    o->v[i].kind != HEADING_UNRELEASED)
			continue;
		*level = o->v[i].level;
		return section_end(o, i, file, len);
	}
	if (o->n > 0 && o->v[0].type == OUTLINE_HEADING && o->v[0].level == 1)
		*level = 2;
	for (i = o->n; i > 0 && o->v[i - 1].type == OUTLINE_LINKS; i--)
		pos = o->v[i - 1].start;
	return pos;
}

/* True when the line before pos is blank, or there is none. */
static bool
blank_before(const char *file, size_t pos)
{
	return pos == 0 || section_trim(file, 0, pos) < pos;
}

static void
insert(const char *file, size_t len, size_t pos, const char *section,
    const char *eol, struct buf *out)
{
	buf_add(out, file, pos);
	if (pos > 0 && !section_is_eol(file[pos - 1]))
		buf_puts(out, eol);
	if (!blank_before(file, pos))
		buf_puts(out, eol);
	buf_puts(out, section);
	buf_puts(out, eol);
	if (pos < len && !section_is_eol(file[pos]))
		buf_puts(out, eol);
	buf_add(out, file + pos, len - pos);
}

static void
replace(const char *file, size_t len, size_t start, size_t end,
    const char *section, const char *eol, struct buf *out)
{
	buf_add(out, file, start);
	buf_puts(out, section);
	if (end > start && section_is_eol(file[end - 1]))
		buf_puts(out, eol);
	buf_add(out, file + end, len - end);
}

static void
insert_new(const char *file, size_t len, const struct outline *o,
    const struct render_place *place, const char *section, struct buf *out)
{
	const char *const eol = section_eol(file, len);
	struct buf text = BUF_INIT;
	int level;
	const size_t pos = insert_at(o, file, len, place->version, place->order,
	    &level);

	section_adapt(section, level, eol, &text);
	insert(file, len, pos, buf_str(&text), eol, out);
	buf_release(&text);
}

enum rc
render_update(const char *file, size_t len, const struct render_place *place,
    const char *section, struct buf *out, bool *found, struct err *err)
{
	struct outline o = { 0 };
	struct buf text = BUF_INIT;
	const char *const eol = section_eol(file, len);
	size_t i;

	*found = false;
	if (place->version == NULL || place->version[0] == '\0')
		return err_set(err, RC_INVALID,
		    "a section of a file needs a version");
	outline_read(file, len, place->version, &o);
	i = section_find(&o);
	*found = i < o.n;
	if (*found) {
		section_adapt(section, o.v[i].level, eol, &text);
		replace(file, len, o.v[i].start, section_end(&o, i, file, len),
		    buf_str(&text), eol, out);
	} else {
		insert_new(file, len, &o, place, section, out);
	}
	buf_release(&text);
	outline_release(&o);
	return RC_OK;
}

static bool
is_named(const struct render_place *place, const char *section)
{
	const char *const s = section + strspn(section, "# ");

	return heading_kind(s, strcspn(s, "\r\n"), place->version, NULL) ==
	    HEADING_WANTED;
}

/* The base under the heading that the file has, when it is of another version
 * than ours: people who name "Unreleased" anew have not edited our heading. */
static char *
fit_base(const struct render_place *place, const char *base, const char *ours,
    int level, const char *theirs, size_t len, const char *eol)
{
	char *const was = section_fit(base, level, eol);
	const char *const nl = memchr(theirs, '\n', len);
	size_t n = nl == NULL ? len : (size_t)(nl - theirs);
	char *named;

	if (is_named(place, was) || !is_named(place, ours))
		return was;
	if (n > 0 && theirs[n - 1] == '\r')
		n--;
	named = mem_printf("%.*s%s", (int)n, theirs,
	    was + strcspn(was, "\r\n"));
	free(was);
	return named;
}

enum rc
render_merge(const char *file, size_t len, const struct render_place *place,
    const char *section, const char *base, struct buf *out, bool *found,
    struct strv *conflicts, struct err *err)
{
	struct outline o = { 0 };
	const char *const eol = section_eol(file, len);
	char *ours = NULL, *was = NULL;
	size_t i, start, end;

	if (place->version == NULL)
		return render_update(file, len, place, section, out, found,
		    err);
	outline_read(file, len, place->version, &o);
	i = section_find(&o);
	if (i == o.n && base != NULL)
		i = section_find_renamed(&o, file, len, base);
	if (i == o.n) {
		outline_release(&o);
		return render_update(file, len, place, section, out, found,
		    err);
	}
	*found = true;
	start = o.v[i].start;
	end = section_end(&o, i, file, len);
	ours = section_fit(section, o.v[i].level, eol);
	was = base == NULL ? NULL
			   : fit_base(place, base, ours, o.v[i].level,
				 file + start, end - start, eol);
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
