/*
 * A release takes over what stood under "Unreleased": that section becomes its
 * own, with what people changed there; what is not in the release stays behind.
 */
#include <stdlib.h>
#include <string.h>

#include "items.h"
#include "merge.h"
#include "outline.h"
#include "render/render.h"
#include "section.h"

struct take_over {
	const char *eol;
	char *base, *ours, *rest; /* as they would stand in the file */
	struct items was, theirs, next, left;
	struct buf text; /* theirs, under the heading of base */
};

static size_t
find_unreleased(const struct outline *o)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->v[i].type == OUTLINE_HEADING &&
		    o->v[i].kind == HEADING_UNRELEASED)
			return i;
	return o->n;
}

/* Another line's release may be made from other work: at least half of what
 * stands there must be in this one. */
static bool
is_mostly_in(const struct items *l, const struct items *release)
{
	size_t all = 0, in = 0;

	for (size_t i = 0; i < l->n; i++) {
		if (l->v[i].kind != ITEM_ENTRY || l->v[i].key[0] == '\0')
			continue;
		all++;
		in += items_have_key(release, l->v[i].key);
	}
	return in > 0 && 2 * in >= all;
}

/* Goes into the release what is in it, and what is of no ticket. */
static bool
goes_along(const struct take_over *t, const struct item *it)
{
	return it->kind != ITEM_ENTRY || it->key[0] == '\0' ||
	    items_have_key(&t->next, it->key) ||
	    !items_have_key(&t->left, it->key);
}

/* Stays what the tracker still has there; words of people went along. */
static bool
stays(const struct take_over *t, const struct item *it)
{
	if (it->kind == ITEM_ENTRY && it->key[0] != '\0')
		return items_have_key(&t->left, it->key);
	return items_find(&t->was, it->id) != ITEM_NONE;
}

static char *
keep(const struct take_over *t, const struct items *l,
    bool (*fits)(const struct take_over *, const struct item *))
{
	struct buf out = BUF_INIT;

	for (size_t i = 0; i < l->n; i++)
		if (fits(t, &l->v[i])) {
			buf_add(&out, l->v[i].raw, l->v[i].len);
			buf_add(&out, l->v[i].gap, l->v[i].gap_len);
		}
	/* The last one may have been followed by others. */
	buf_truncate(&out, section_trim(buf_str(&out), 0, out.len));
	while (out.len > 0 && section_is_eol(out.ptr[out.len - 1]))
		buf_truncate(&out, out.len - 1);
	return buf_detach(&out);
}

static void
merge_kept(const struct take_over *t, const char *ours,
    bool (*fits)(const struct take_over *, const struct item *),
    struct buf *out, struct strv *conflicts)
{
	char *const base = keep(t, &t->was, fits);
	char *const theirs = keep(t, &t->theirs, fits);

	merge_sections(base, theirs, strlen(theirs), ours, t->eol, out,
	    conflicts);
	free(theirs);
	free(base);
}

static void
begin(struct take_over *t, const char *theirs, size_t len)
{
	const char *const nl = memchr(theirs, '\n', len);
	const size_t head = nl == NULL ? len : (size_t)(nl - theirs);

	/* A heading in people's words is no edit of ours. */
	buf_add(&t->text, t->base, strcspn(t->base, "\r\n"));
	if (head > 0 && theirs[head - 1] == '\r')
		buf_putc(&t->text, '\r');
	buf_add(&t->text, theirs + head, len - head);
	items_read(t->base, strlen(t->base), NULL, NULL, &t->was);
	items_read(t->ours, strlen(t->ours), NULL, NULL, &t->next);
	items_read(t->rest, strlen(t->rest), NULL, NULL, &t->left);
	items_read(buf_str(&t->text), t->text.len, &t->was, &t->next,
	    &t->theirs);
}

static void
end(struct take_over *t)
{
	items_release(&t->was);
	items_release(&t->theirs);
	items_release(&t->next);
	items_release(&t->left);
	buf_release(&t->text);
	free(t->base);
	free(t->ours);
	free(t->rest);
}

static bool
has_entries(const struct items *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].kind == ITEM_ENTRY)
			return true;
	return false;
}

bool
render_take_over(const char *file, size_t len, const char *version,
    const char *section, const char *base, const char *rest, struct buf *out,
    struct strv *conflicts)
{
	struct take_over t = { .eol = section_eol(file, len) };
	struct outline o = { 0 };
	size_t i, start = 0, stop = 0;
	bool takes = false;

	outline_read(file, len, version, &o);
	i = section_find(&o) < o.n ? o.n : find_unreleased(&o);
	if (i < o.n) {
		start = o.v[i].start;
		stop = section_end(&o, i, file, len);
		if (stop > start && file[stop - 1] == '\n')
			stop--;
		if (stop > start && file[stop - 1] == '\r')
			stop--;
		t.base = section_fit(base, o.v[i].level, t.eol);
		t.ours = section_fit(section, o.v[i].level, t.eol);
		t.rest = section_fit(rest, o.v[i].level, t.eol);
		begin(&t, file + start, stop - start);
		takes = is_mostly_in(&t.theirs, &t.next);
	}
	if (takes) {
		buf_add(out, file, start);
		if (has_entries(&t.left)) {
			merge_kept(&t, t.rest, stays, out, conflicts);
			buf_printf(out, "%s%s", t.eol, t.eol);
		}
		merge_kept(&t, t.ours, goes_along, out, conflicts);
		buf_add(out, file + stop, len - stop);
	}
	end(&t);
	outline_release(&o);
	return takes;
}
