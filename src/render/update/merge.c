#include "merge.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "items.h"
#include "linediff.h"
#include "merge_priv.h"

/* ---- what changed ---- */

static void
drop_theirs(struct merge *m, size_t t)
{
	merge_node_drop(m->tn[t]);
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
		if (is->kind == ITEM_ENTRY && !merge_same(&m->ours.v[o], is))
			merge_tell(m, is,
			    "taken out of the file, changed in the tracker; "
			    "it stays out");
		return;
	}
	if (o == ITEM_NONE) {
		if (is->kind == ITEM_HEADING)
			return;
		if (merge_same(&m->theirs.v[t], is))
			drop_theirs(m, t);
		else if (is->kind == ITEM_ENTRY || is->kind == ITEM_TEXT)
			merge_conflict(m, m->tn[t], is, NULL);
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
		if (!merge_same(&m->theirs.v[t], &m->ours.v[o]) &&
		    m->conflicts != NULL)
			merge_conflict(m, m->tn[t], NULL, &m->ours.v[o]);
	}
}

/* Headings that ours has no longer, with nothing left below them; not those in
 * people's own words. */
static void
drop_headings(struct merge *m)
{
	for (size_t b = m->base.n; b-- > 0;) {
		const size_t t = m->bt[b];
		const struct merge_node *n;

		if (m->base.v[b].kind != ITEM_HEADING ||
		    m->bo[b] != ITEM_NONE || t == ITEM_NONE ||
		    !merge_same(&m->theirs.v[t], &m->base.v[b]))
			continue;
		n = m->tn[t];
		if (n->next == NULL ||
		    (merge_is_heading(n->next) &&
			n->next->it->level <= n->it->level))
			drop_theirs(m, t);
	}
}

/* ---- all of it ---- */

static void
put_result(const struct merge *m, struct buf *out)
{
	for (const struct merge_node *n = m->head.next; n != NULL;
	     n = n->next) {
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
	struct merge_node *last = &m->head;

	merge_match(&m->base, &m->theirs, &m->bt, &m->tb);
	merge_match(&m->base, &m->ours, &m->bo, &m->ob);
	m->tn = mem_calloc(m->theirs.n + 1, sizeof(struct merge_node *));
	m->on = mem_calloc(m->ours.n + 1, sizeof(struct merge_node *));
	m->moved = mem_calloc(m->ours.n + 1, sizeof(char *));
	m->skip = mem_calloc(m->ours.n + 1, sizeof(bool));
	for (size_t t = 0; t < m->theirs.n; t++) {
		m->tn[t] = merge_node_new(&m->theirs.v[t]);
		merge_node_link(m->tn[t], last);
		last = m->tn[t];
	}
}

static void
merge_close(struct merge *m)
{
	struct merge_node *n = m->head.next;

	while (n != NULL) {
		struct merge_node *const next = n->next;

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
	merge_put_new(&m);
	drop_headings(&m);
	put_result(&m, out);
	merge_close(&m);
}
