#include "nearest.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "linediff.h"
#include "render/render.h"
#include "section.h"

static int
by_text(const void *x, const void *y)
{
	const struct linediff_line *const a = x, *const b = y;
	const size_t least = a->len < b->len ? a->len : b->len;
	const int c = memcmp(a->s, b->s, least);

	return c != 0 ? c : (a->len > b->len) - (a->len < b->len);
}

/* Not blank, no heading, and nothing that only underlines one. */
static bool
counts(const struct linediff_line *l)
{
	size_t i = 0;

	while (i < l->len && strchr(" \t-=*_", l->s[i]) != NULL)
		i++;
	return i < l->len && l->s[0] != '#';
}

static void
read_sorted(const char *text, size_t len, struct linediff_text *out)
{
	size_t n = 0;

	linediff_split(text, len, out);
	for (size_t i = 0; i < out->n; i++)
		if (counts(&out->v[i]))
			out->v[n++] = out->v[i];
	out->n = n;
	if (n > 0)
		qsort(out->v, n, sizeof(*out->v), by_text);
}

/* The lines of b that a has not are put into rest, which may be NULL. */
static struct nearest
compare(const struct linediff_text *a, const struct linediff_text *b,
    struct linediff_text *rest)
{
	struct nearest r = { 0 };
	size_t i = 0, k = 0;

	while (i < a->n || k < b->n) {
		const int c = i == a->n ? 1
		    : k == b->n         ? -1
					: by_text(&a->v[i], &b->v[k]);

		r.both += c == 0;
		r.only_base += c < 0;
		r.only_file += c > 0;
		if (c > 0 && rest != NULL) {
			rest->v = mem_grow(rest->v, &rest->cap, rest->n + 1,
			    sizeof(*rest->v));
			rest->v[rest->n++] = b->v[k];
		}
		i += c <= 0;
		k += c >= 0;
	}
	return r;
}

struct nearest
nearest_compare(const char *base, const char *file, size_t len)
{
	struct linediff_text a = { 0 }, b = { 0 };
	struct nearest r;

	read_sorted(base, strlen(base), &a);
	read_sorted(file, len, &b);
	r = compare(&a, &b, NULL);
	linediff_release(&b);
	linediff_release(&a);
	return r;
}

/*
 * What the newest has and the nearest has not: true when the file has one of
 * those lines, so that it comes from the newest after all; else *news gets the
 * longest.
 */
static bool
has_news(const char *newest, const char *nearest, const char *file, size_t len,
    char **news)
{
	struct linediff_text a = { 0 }, b = { 0 }, c = { 0 }, rest = { 0 };
	const struct linediff_line *best = NULL;
	bool has;

	read_sorted(nearest, strlen(nearest), &a);
	read_sorted(newest, strlen(newest), &b);
	read_sorted(file, len, &c);
	compare(&a, &b, &rest);
	has = rest.n > 0 && compare(&rest, &c, NULL).both > 0;
	for (size_t i = 0; i < rest.n; i++)
		if (best == NULL || rest.v[i].len > best->len)
			best = &rest.v[i];
	*news = has || best == NULL ? NULL : mem_strndup(best->s, best->len);
	linediff_release(&rest);
	linediff_release(&c);
	linediff_release(&b);
	linediff_release(&a);
	return has;
}

size_t
render_nearest(const char *file, size_t len, const char *version,
    const char *const bases[], size_t n, size_t own, char **news)
{
	size_t start, end, best = n, least = SIZE_MAX;

	*news = NULL;
	if (n == 0 || !render_section(file, len, version, &start, &end))
		return own > 0 ? 0 : n;
	for (size_t i = 0; i < n && least > 0; i++) {
		const struct nearest r = nearest_compare(bases[i], file + start,
		    end - start);

		if ((i >= own && r.both < r.only_base + (r.both == 0)) ||
		    r.only_base + r.only_file >= least)
			continue;
		best = i;
		least = r.only_base + r.only_file;
	}
	if (best > 0 && best < n && own > 0 &&
	    has_news(bases[0], bases[best], file + start, end - start, news))
		return 0;
	return best;
}

/* "Bug fixes" is a heading within a section, not one's name. */
static bool
is_inner(const char *base, const char *heading, size_t len)
{
	const char *const nl = memchr(heading, '\n', len);
	size_t n = nl == NULL ? len : (size_t)(nl - heading);

	while (n > 0 && (*heading == '#' || *heading == ' ')) {
		heading++;
		n--;
	}
	while (n > 0 && section_is_eol(heading[n - 1]))
		n--;
	return n == 0 || memmem(base, strlen(base), heading, n) != NULL;
}

size_t
section_find_renamed(const struct outline *o, const char *file, size_t len,
    const char *base)
{
	size_t best = o->n, most = 0;

	for (size_t i = 0; i < o->n; i++) {
		const size_t start = o->v[i].start;
		struct nearest r;

		if (o->v[i].type != OUTLINE_HEADING ||
		    o->v[i].kind != HEADING_OTHER ||
		    is_inner(base, file + start, len - start))
			continue;
		r = nearest_compare(base, file + start,
		    section_end(o, i, file, len) - start);
		if (r.both == 0 || r.both < r.only_base || r.both < most)
			continue;
		/* Of two that hold the same, the inner one. */
		best = i;
		most = r.both;
	}
	return best;
}
