#include <stdlib.h>

#include "base/mem.h"
#include "merge_priv.h"

struct merge_node *
merge_node_new(const struct item *it)
{
	struct merge_node *const n = mem_calloc(1, sizeof(*n));

	n->it = it;
	n->gap = it->gap;
	n->gap_len = it->gap_len;
	return n;
}

void
merge_node_link(struct merge_node *n, struct merge_node *after)
{
	n->prev = after;
	n->next = after->next;
	if (n->next != NULL)
		n->next->prev = n;
	after->next = n;
}

size_t
merge_node_blanks(const struct merge_node *n)
{
	size_t lines = 0;

	if (n->gap == NULL)
		return n->blanks;
	for (size_t i = 0; i < n->gap_len; i++)
		lines += n->gap[i] == '\n';
	return lines > 0 ? lines - 1 : 0;
}

void
merge_node_set_blanks(struct merge_node *n, size_t blanks)
{
	if (merge_node_blanks(n) == blanks && n->gap_len > 0)
		return;
	n->gap = NULL;
	n->blanks = blanks;
}

void
merge_node_set_text(struct merge_node *n, char *text)
{
	free(n->text);
	n->text = text;
}

void
merge_node_drop(struct merge_node *n)
{
	if (n->prev->it != NULL &&
	    merge_node_blanks(n->prev) < merge_node_blanks(n))
		merge_node_set_blanks(n->prev, merge_node_blanks(n));
	n->prev->next = n->next;
	if (n->next != NULL)
		n->next->prev = n->prev;
	free(n->text);
	free(n);
}

bool
merge_is_heading(const struct merge_node *n)
{
	return n->it != NULL && n->it->kind == ITEM_HEADING;
}

struct merge_node *
merge_heading_of(struct merge_node *n)
{
	while (n->it != NULL && !merge_is_heading(n))
		n = n->prev;
	return n->it == NULL ? NULL : n;
}
