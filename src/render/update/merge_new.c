#include "merge_priv.h"

static bool
needs_blank(const struct merge_node *a, const struct merge_node *b)
{
	return a->it->kind == ITEM_HEADING || b->it->kind == ITEM_HEADING ||
	    b->it->kind == ITEM_TEXT ||
	    (b->it->kind == ITEM_LINK && a->it->kind != ITEM_LINK);
}

static size_t
item_blanks(const struct item *it)
{
	const struct merge_node n = { .gap = it->gap, .gap_len = it->gap_len };

	return merge_node_blanks(&n);
}

static void
put_in(struct merge *m, size_t o, struct merge_node *after)
{
	struct merge_node *const n = merge_node_new(&m->ours.v[o]);
	const bool behind = o > 0 && m->on[o - 1] == after;
	size_t blanks;

	merge_node_link(n, after);
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
	/* Not those behind the heading that it came below. */
	if (n->next != NULL && o + 1 < m->ours.n && m->on[o + 1] == n->next)
		merge_node_set_blanks(n, item_blanks(&m->ours.v[o]));
	if (n->next != NULL && merge_node_blanks(n) == 0 &&
	    needs_blank(n, n->next))
		merge_node_set_blanks(n, 1);
}

static struct merge_node *
back_over_links(struct merge_node *end, const struct merge_node *start)
{
	while (end != start && end->it != NULL && end->it->kind == ITEM_LINK)
		end = end->prev;
	return end;
}

/* The last node below a heading: before the next one of that level. */
static struct merge_node *
subtree_end(struct merge_node *h, int level)
{
	struct merge_node *n = h;

	while (n->next != NULL &&
	    !(merge_is_heading(n->next) && n->next->it->level <= level))
		n = n->next;
	return back_over_links(n, h);
}

static void
put_heading(struct merge *m, size_t h)
{
	const struct item *const it = &m->ours.v[h];
	struct merge_node *parent = &m->head;

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

static struct merge_node *
place_of(struct merge *m, size_t o, struct merge_node *heading)
{
	const size_t h = m->ours.v[o].under;
	struct merge_node *end;

	for (size_t i = o; i-- > 0 && m->ours.v[i].kind != ITEM_HEADING;)
		if (m->on[i] != NULL && merge_heading_of(m->on[i]) == heading)
			return m->on[i];
	for (size_t i = o + 1; i < m->ours.n && m->ours.v[i].under == h &&
	     m->ours.v[i].kind != ITEM_HEADING;
	     i++)
		if (m->on[i] != NULL && merge_heading_of(m->on[i]) == heading)
			return m->on[i]->prev;
	end = heading == NULL ? &m->head : heading;
	while (end->next != NULL && !merge_is_heading(end->next))
		end = end->next;
	return m->ours.v[o].kind == ITEM_LINK ? end
					      : back_over_links(end, heading);
}

void
merge_put_new(struct merge *m)
{
	for (size_t o = 0; o < m->ours.n; o++) {
		const struct item *const it = &m->ours.v[o];
		struct merge_node *heading = NULL;

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
