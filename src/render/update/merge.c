#include "merge.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "items.h"
#include "linediff.h"

/* A place in the result. */
struct node {
	struct node *prev, *next;
	const struct item *it;
	char *text;      /* instead of the item's own, or NULL */
	const char *gap; /* blank lines as they stand in a text, or NULL */
	size_t gap_len;
	size_t blanks; /* without gap: that many */
};

struct merge {
	struct items base, theirs, ours;
	size_t *bt, *bo; /* by item of base: its place in theirs, in ours */
	size_t *tb, *ob; /* and the other way round */
	struct node **tn, **on; /* by item; NULL: not in the result */
	char **moved; /* by item of ours: text of one that moves, or NULL */
	bool *skip;   /* by item of ours: people took it out */
	struct node head;
	const char *eol;
	struct strv *conflicts;
};

/* ---- which items are the same ---- */

static size_t *
no_items(size_t n)
{
	size_t *const v = mem_alloc((n + 1) * sizeof(*v));

	for (size_t i = 0; i < n; i++)
		v[i] = ITEM_NONE;
	return v;
}

/* Half of it is as before: edited, not another one. */
static bool
is_similar(const char *a, const char *b)
{
	const size_t na = strlen(a), nb = strlen(b);
	const size_t least = na < nb ? na : nb;
	size_t head = 0, tail = 0;

	while (head < least && a[head] == b[head])
		head++;
	while (tail < least - head && a[na - 1 - tail] == b[nb - 1 - tail])
		tail++;
	return (head + tail) * 2 >= least && least > 0;
}

static bool
can_be(const struct item *a, const struct item *b)
{
	if (a->kind != b->kind || a->level != b->level)
		return false;
	if (a->kind == ITEM_HEADING)
		return true;
	return (a->key[0] == '\0' || b->key[0] == '\0') &&
	    is_similar(a->norm, b->norm);
}

/* Items without a name of their own are known by their neighbours. */
static void
match_neighbours(const struct items *a, const struct items *b, size_t *ab,
    size_t *ba, int step)
{
	for (size_t n = 0; n < a->n; n++) {
		const size_t i = step > 0 ? n : a->n - 1 - n;
		const size_t near = i - (size_t)step;
		size_t k;

		if (ab[i] != ITEM_NONE || near >= a->n || ab[near] == ITEM_NONE)
			continue;
		k = ab[near] + (size_t)step;
		if (k >= b->n || ba[k] != ITEM_NONE ||
		    !can_be(&a->v[i], &b->v[k]))
			continue;
		/* A heading is known by what stands below it. */
		if (a->v[i].kind == ITEM_HEADING && step > 0)
			continue;
		ab[i] = k;
		ba[k] = i;
	}
}

static void
match_items(const struct items *a, const struct items *b, size_t **ab,
    size_t **ba)
{
	*ab = no_items(a->n);
	*ba = no_items(b->n);
	for (size_t i = 0; i < a->n; i++) {
		const size_t k = items_find(b, a->v[i].id);

		if (k == ITEM_NONE || a->v[i].kind != b->v[k].kind)
			continue;
		(*ab)[i] = k;
		(*ba)[k] = i;
	}
	match_neighbours(a, b, *ab, *ba, 1);
	match_neighbours(a, b, *ab, *ba, -1);
}

/* ---- the result as a list ---- */

static struct node *
node_new(const struct item *it)
{
	struct node *const n = mem_calloc(1, sizeof(*n));

	n->it = it;
	n->gap = it->gap;
	n->gap_len = it->gap_len;
	return n;
}

static void
node_link(struct node *n, struct node *after)
{
	n->prev = after;
	n->next = after->next;
	if (n->next != NULL)
		n->next->prev = n;
	after->next = n;
}

static size_t
node_blanks(const struct node *n)
{
	size_t lines = 0;

	if (n->gap == NULL)
		return n->blanks;
	for (size_t i = 0; i < n->gap_len; i++)
		lines += n->gap[i] == '\n';
	return lines > 0 ? lines - 1 : 0;
}

static void
node_set_blanks(struct node *n, size_t blanks)
{
	if (node_blanks(n) == blanks && n->gap_len > 0)
		return;
	n->gap = NULL;
	n->blanks = blanks;
}

static void
node_set_text(struct node *n, char *text)
{
	free(n->text);
	n->text = text;
}

static void
node_drop(struct node *n)
{
	if (n->prev->it != NULL && node_blanks(n->prev) < node_blanks(n))
		node_set_blanks(n->prev, node_blanks(n));
	n->prev->next = n->next;
	if (n->next != NULL)
		n->next->prev = n->prev;
	free(n->text);
	free(n);
}

static bool
is_heading(const struct node *n)
{
	return n->it != NULL && n->it->kind == ITEM_HEADING;
}

static struct node *
heading_of(struct node *n)
{
	while (n->it != NULL && !is_heading(n))
		n = n->prev;
	return n->it == NULL ? NULL : n;
}

/* ---- one item, three texts ---- */

/* Text with the file's line ends, less an older conflict. */
static void
put_text(const char *norm, const char *eol, struct buf *out)
{
	size_t len = items_mark(norm);

	if (len == ITEM_NONE)
		len = strlen(norm);
	while (len > 0 && norm[len - 1] == '\n')
		len--;
	for (size_t i = 0; i < len; i++) {
		if (norm[i] == '\n')
			buf_puts(out, eol);
		else
			buf_putc(out, norm[i]);
	}
}

/* In a comment nothing may look like its end. */
static void
put_comment(const char *s, struct buf *out)
{
	for (; *s != '\0' && *s != '\n'; s++)
		if (*s != '>' && !(*s == '-' && s[1] == '-'))
			buf_putc(out, *s);
}

static void
put_mark(const struct item *it, struct buf *out)
{
	buf_puts(out, it->kind == ITEM_ENTRY ? "  " : "");
	buf_puts(out, ITEMS_MARK);
	if (it->key[0] != '\0')
		buf_printf(out, " %s", it->key);
}

static void
tell(struct merge *m, const struct item *it, const char *what)
{
	char *const line = it->key[0] != '\0'
	    ? mem_printf("%s: %s", it->key, what)
	    : mem_printf("\"%.*s\": %s", (int)strcspn(it->norm, "\n"), it->norm,
		  what);

	strv_take(m->conflicts, line);
}

/* An older conflict about the same ticket is replaced, not added to. */
static void
drop_older(struct merge *m, struct node *n)
{
	struct node *const next = n->next;
	size_t t;

	if (items_mark(n->it->norm) == ITEM_NONE || next == NULL ||
	    n->it->key[0] == '\0' || strcmp(next->it->key, n->it->key) != 0)
		return;
	for (t = 0; t < m->theirs.n && m->tn[t] != next; t++)
		continue;
	if (t == m->theirs.n || m->tb[t] != ITEM_NONE)
		return;
	m->tn[t] = NULL;
	node_drop(next);
}

static void
conflict(struct merge *m, struct node *n, const struct item *ours)
{
	const struct item *const it = n->it;
	struct buf b = BUF_INIT;

	drop_older(m, n);
	put_text(it->norm, m->eol, &b);
	buf_puts(&b, m->eol);
	put_mark(it->key[0] != '\0' || ours == NULL ? it : ours, &b);
	if (ours == NULL) {
		buf_puts(&b,
		    ": edited here, but the tracker lists it no longer; "
		    "delete it, or this line -->");
	} else if (it->kind == ITEM_HEADING) {
		buf_puts(&b, ": the heading was edited here; the tracker has ");
		put_comment(ours->norm, &b);
		buf_puts(&b, " -->");
	} else {
		buf_puts(&b,
		    ": above as edited here, below as in the tracker; "
		    "keep one and delete this line -->");
		buf_puts(&b, m->eol);
		put_text(ours->norm, m->eol, &b);
	}
	node_set_text(n, buf_detach(&b));
	tell(m, it,
	    ours == NULL ? "edited in the file, but no longer in the notes"
			 : "edited in the file and changed in the tracker");
}

static bool
same(const struct item *a, const struct item *b)
{
	return strcmp(a->norm, b->norm) == 0;
}

/* True when lines that differ are not the same ones. */
static bool
merge_lines(struct merge *m, struct node *n, const struct item *b,
    const struct item *t, const struct item *o)
{
	struct linediff_text lb = { 0 }, lt = { 0 }, lo = { 0 };
	struct buf out = BUF_INIT;
	bool clean;

	linediff_split(b->norm, strlen(b->norm), &lb);
	linediff_split(t->norm, strlen(t->norm), &lt);
	linediff_split(o->norm, strlen(o->norm), &lo);
	clean = linediff_merge(&lb, &lt, &lo, m->eol, &out);
	if (clean) {
		buf_truncate(&out,
		    out.len < strlen(m->eol) ? 0 : out.len - strlen(m->eol));
		node_set_text(n, buf_detach(&out));
	}
	buf_release(&out);
	linediff_release(&lo);
	linediff_release(&lt);
	linediff_release(&lb);
	return clean;
}

static void
merge_item(struct merge *m, struct node *n, const struct item *b,
    const struct item *o)
{
	const struct item *const t = n->it;

	if (same(o, b) || same(o, t))
		return;
	if (same(t, b)) {
		node_set_text(n, mem_strndup(o->raw, o->len));
		return;
	}
	if (merge_lines(m, n, b, t, o))
		return;
	if (t->kind == ITEM_LINK)
		tell(m, t, "edited in the file and changed in the tracker");
	else
		conflict(m, n, o);
}

/* ---- what came in ---- */

static bool
needs_blank(const struct node *a, const struct node *b)
{
	return a->it->kind == ITEM_HEADING || b->it->kind == ITEM_HEADING ||
	    b->it->kind == ITEM_TEXT ||
	    (b->it->kind == ITEM_LINK && a->it->kind != ITEM_LINK);
}

static size_t
item_blanks(const struct item *it)
{
	const struct node n = { .gap = it->gap, .gap_len = it->gap_len };

	return node_blanks(&n);
}

static void
put_in(struct merge *m, size_t o, struct node *after)
{
	struct node *const n = node_new(&m->ours.v[o]);
	const bool behind = o > 0 && m->on[o - 1] == after;
	size_t blanks;

	node_link(n, after);
	m->on[o] = n;
	n->text = m->moved[o];
	m->moved[o] = NULL;
	if (after->it != NULL) {
		blanks = behind ? item_blanks(&m->ours.v[o - 1]) : 0;
		n->gap = after->gap;
		n->gap_len = after->gap_len;
		n->blanks = after->blanks;
		if (blanks == 0 && needs_blank(after, n))
			blanks = 1;
		after->gap = NULL;
		after->blanks = blanks;
	}
	if (n->next != NULL && node_blanks(n) == 0 && needs_blank(n, n->next))
		node_set_blanks(n, 1);
}

static struct node *
back_over_links(struct node *end, const struct node *start)
{
	while (end != start && end->it != NULL && end->it->kind == ITEM_LINK)
		end = end->prev;
	return end;
}

/* The last node below a heading: before the next one of that level. */
static struct node *
subtree_end(struct node *h, int level)
{
	struct node *n = h;

	while (n->next != NULL &&
	    !(is_heading(n->next) && n->next->it->level <= level))
		n = n->next;
	return back_over_links(n, h);
}

static void
put_heading(struct merge *m, size_t h)
{
	const struct item *const it = &m->ours.v[h];
	struct node *parent = &m->head;

	if (it->under != ITEM_NONE) {
		if (m->on[it->under] == NULL)
			put_heading(m, it->under);
		parent = m->on[it->under];
	}
	for (size_t i = h; i-- > 0 && i != it->under;) {
		if (m->ours.v[i].kind == ITEM_HEADING &&
		    m->ours.v[i].under == it->under && m->on[i] != NULL) {
			put_in(m, h, subtree_end(m->on[i], it->level));
			return;
		}
	}
	for (size_t i = h + 1; i < m->ours.n; i++) {
		if (m->ours.v[i].kind == ITEM_HEADING &&
		    m->ours.v[i].under == it->under && m->on[i] != NULL) {
			put_in(m, h, m->on[i]->prev);
			return;
		}
	}
	put_in(m, h,
	    subtree_end(parent, parent->it == NULL ? 0 : parent->it->level));
}

static struct node *
place_of(struct merge *m, size_t o, struct node *heading)
{
	const size_t h = m->ours.v[o].under;
	struct node *end;

	for (size_t i = o; i-- > 0 && m->ours.v[i].kind != ITEM_HEADING;)
		if (m->on[i] != NULL && heading_of(m->on[i]) == heading)
			return m->on[i];
	for (size_t i = o + 1; i < m->ours.n && m->ours.v[i].under == h &&
	     m->ours.v[i].kind != ITEM_HEADING;
	     i++)
		if (m->on[i] != NULL && heading_of(m->on[i]) == heading)
			return m->on[i]->prev;
	end = heading == NULL ? &m->head : heading;
	while (end->next != NULL && !is_heading(end->next))
		end = end->next;
	return m->ours.v[o].kind == ITEM_LINK ? end
					      : back_over_links(end, heading);
}

static void
put_new(struct merge *m)
{
	for (size_t o = 0; o < m->ours.n; o++) {
		const struct item *const it = &m->ours.v[o];
		struct node *heading = NULL;

		if (it->kind == ITEM_HEADING || m->on[o] != NULL || m->skip[o])
			continue;
		if (it->under != ITEM_NONE) {
			if (m->on[it->under] == NULL)
				put_heading(m, it->under);
			heading = m->on[it->under];
		}
		put_in(m, o, place_of(m, o, heading));
	}
}

/* ---- what changed ---- */

static void
drop_theirs(struct merge *m, size_t t)
{
	node_drop(m->tn[t]);
	m->tn[t] = NULL;
}

/* True when it went below another heading in ours, but not in theirs. */
static bool
has_moved(const struct merge *m, size_t b, size_t t, size_t o)
{
	const size_t hb = m->base.v[b].under, ho = m->ours.v[o].under;
	const size_t ht = m->theirs.v[t].under;

	if (m->ours.v[o].kind != ITEM_ENTRY || hb == ITEM_NONE ||
	    ho == ITEM_NONE)
		return false;
	return m->bo[hb] != ho && m->bt[hb] == ht;
}

static void
change_item(struct merge *m, size_t b)
{
	const struct item *const is = &m->base.v[b];
	const size_t t = m->bt[b], o = m->bo[b];

	if (t == ITEM_NONE && o == ITEM_NONE)
		return;
	if (t == ITEM_NONE) {
		m->skip[o] = true;
		if (is->kind == ITEM_ENTRY && !same(&m->ours.v[o], is))
			tell(m, is,
			    "taken out of the file, changed in the tracker; "
			    "it stays out");
		return;
	}
	if (o == ITEM_NONE) {
		if (is->kind == ITEM_HEADING)
			return;
		if (same(&m->theirs.v[t], is))
			drop_theirs(m, t);
		else if (is->kind == ITEM_ENTRY || is->kind == ITEM_TEXT)
			conflict(m, m->tn[t], NULL);
		return;
	}
	merge_item(m, m->tn[t], is, &m->ours.v[o]);
	if (has_moved(m, b, t, o)) {
		m->moved[o] = m->tn[t]->text != NULL
		    ? mem_strdup(m->tn[t]->text)
		    : mem_strndup(m->tn[t]->it->raw, m->tn[t]->it->len);
		drop_theirs(m, t);
		return;
	}
	m->on[o] = m->tn[t];
}

/* Both have it, base does not. */
static void
meet_added(struct merge *m)
{
	for (size_t o = 0; o < m->ours.n; o++) {
		size_t t;

		if (m->ob[o] != ITEM_NONE)
			continue;
		t = items_find(&m->theirs, m->ours.v[o].id);
		if (t == ITEM_NONE || m->tb[t] != ITEM_NONE ||
		    m->theirs.v[t].kind != m->ours.v[o].kind)
			continue;
		m->on[o] = m->tn[t];
		if (!same(&m->theirs.v[t], &m->ours.v[o]) &&
		    m->conflicts != NULL)
			conflict(m, m->tn[t], &m->ours.v[o]);
	}
}

/* Headings that ours has no longer, with nothing left below them. */
static void
drop_headings(struct merge *m)
{
	for (size_t b = m->base.n; b-- > 0;) {
		const size_t t = m->bt[b];
		const struct node *n;

		if (m->base.v[b].kind != ITEM_HEADING ||
		    m->bo[b] != ITEM_NONE || t == ITEM_NONE)
			continue;
		n = m->tn[t];
		if (n->next == NULL ||
		    (is_heading(n->next) && n->next->it->level <= n->it->level))
			drop_theirs(m, t);
	}
}

/* ---- all of it ---- */

static void
put_result(const struct merge *m, struct buf *out)
{
	for (const struct node *n = m->head.next; n != NULL; n = n->next) {
		if (n->text != NULL)
			buf_puts(out, n->text);
		else
			buf_add(out, n->it->raw, n->it->len);
		if (n->next == NULL)
			return;
		if (n->gap != NULL && n->gap_len > 0) {
			buf_add(out, n->gap, n->gap_len);
			continue;
		}
		buf_puts(out, m->eol);
		for (size_t i = 0; i < n->blanks && n->gap == NULL; i++)
			buf_puts(out, m->eol);
	}
}

static void
merge_open(struct merge *m)
{
	struct node *last = &m->head;

	match_items(&m->base, &m->theirs, &m->bt, &m->tb);
	match_items(&m->base, &m->ours, &m->bo, &m->ob);
	m->tn = mem_calloc(m->theirs.n + 1, sizeof(struct node *));
	m->on = mem_calloc(m->ours.n + 1, sizeof(struct node *));
	m->moved = mem_calloc(m->ours.n + 1, sizeof(char *));
	m->skip = mem_calloc(m->ours.n + 1, sizeof(bool));
	for (size_t t = 0; t < m->theirs.n; t++) {
		m->tn[t] = node_new(&m->theirs.v[t]);
		node_link(m->tn[t], last);
		last = m->tn[t];
	}
}

static void
merge_close(struct merge *m)
{
	struct node *n = m->head.next;

	while (n != NULL) {
		struct node *const next = n->next;

		free(n->text);
		free(n);
		n = next;
	}
	for (size_t o = 0; o < m->ours.n; o++)
		free(m->moved[o]);
	free(m->moved);
	free(m->skip);
	free(m->tn);
	free(m->on);
	free(m->bt);
	free(m->bo);
	free(m->tb);
	free(m->ob);
	items_release(&m->base);
	items_release(&m->theirs);
	items_release(&m->ours);
}

/* The same lines, whatever ends them. */
static bool
is_same_text(const char *a, size_t na, const char *b, size_t nb)
{
	struct linediff_text la = { 0 }, lb = { 0 };
	bool equal;

	linediff_split(a, na, &la);
	linediff_split(b, nb, &lb);
	equal = la.n == lb.n;
	for (size_t i = 0; equal && i < la.n; i++)
		equal = linediff_same(&la.v[i], &lb.v[i]);
	linediff_release(&lb);
	linediff_release(&la);
	return equal;
}

static bool
is_easy(const char *base, const char *theirs, size_t len, const char *ours,
    struct buf *out)
{
	if (is_same_text(ours, strlen(ours), theirs, len) ||
	    (base != NULL &&
		is_same_text(base, strlen(base), ours, strlen(ours)))) {
		buf_add(out, theirs, len);
		return true;
	}
	if (base == NULL || !is_same_text(base, strlen(base), theirs, len))
		return false;
	buf_puts(out, ours);
	return true;
}

void
merge_sections(const char *base, const char *theirs, size_t len,
    const char *ours, const char *eol, struct buf *out, struct strv *conflicts)
{
	struct merge m = { .eol = eol, .conflicts = conflicts };

	if (is_easy(base, theirs, len, ours, out))
		return;
	if (base != NULL) {
		items_read(base, strlen(base), NULL, NULL, &m.base);
		items_read(ours, strlen(ours), NULL, NULL, &m.ours);
		items_read(theirs, len, &m.base, &m.ours, &m.theirs);
	} else {
		/* The same the other way round: what people wrote is put into
		 * what the tracker has. */
		m.conflicts = NULL;
		items_read("", 0, NULL, NULL, &m.base);
		items_read(ours, strlen(ours), NULL, NULL, &m.theirs);
		items_read(theirs, len, &m.theirs, NULL, &m.ours);
	}
	merge_open(&m);
	for (size_t b = 0; b < m.base.n; b++)
		change_item(&m, b);
	meet_added(&m);
	put_new(&m);
	drop_headings(&m);
	put_result(&m, out);
	merge_close(&m);
}
