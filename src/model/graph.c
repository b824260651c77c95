#include "model/graph.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static void
graph_reserve(struct graph *g, uint32_t id)
{
	size_t need = (size_t)id + 1, cap = g->cap;

	if (need <= g->cap)
		return;
	g->first_parent = mem_grow(g->first_parent, &cap, need,
	    sizeof *g->first_parent);
	g->n_parents = mem_realloc(g->n_parents, cap, sizeof *g->n_parents);
	g->present = mem_realloc(g->present, cap, sizeof *g->present);
	memset(g->n_parents + g->cap, 0, cap - g->cap);
	memset(g->present + g->cap, 0, (cap - g->cap) * sizeof *g->present);
	g->cap = cap;
}

void
graph_add_at(struct graph *g, uint32_t id, const uint32_t *parents,
    size_t n_parents)
{
	size_t i;

	if (n_parents > UINT8_MAX)
		n_parents = UINT8_MAX;
	graph_reserve(g, id);
	g->parents = mem_grow(g->parents, &g->cap_edges,
	    g->n_edges + n_parents + 1, sizeof *g->parents);
	g->first_parent[id] = (uint32_t)g->n_edges;
	g->n_parents[id] = (uint8_t)n_parents;
	g->present[id] = true;
	for (i = 0; i < n_parents; i++)
		g->parents[g->n_edges++] = parents[i];
	if (id > g->n)
		g->n = id;
}

uint32_t
graph_add(struct graph *g, const uint32_t *parents, size_t n_parents)
{
	uint32_t id = g->n + 1;

	graph_add_at(g, id, parents, n_parents);
	return id;
}

void
graph_remove(struct graph *g, uint32_t id)
{
	if (id <= g->n && g->cap > 0)
		g->present[id] = false;
}

void
graph_release(struct graph *g)
{
	free(g->first_parent);
	free(g->n_parents);
	free(g->present);
	free(g->parents);
	*g = (struct graph){ 0 };
}

uint8_t *
graph_set(const struct graph *g)
{
	return mem_calloc((size_t)g->n + 1, 1);
}

static bool
graph_has(const struct graph *g, uint32_t id)
{
	return id > 0 && id <= g->n && g->present[id];
}

/*
 * Parents have smaller numbers, so one pass downwards from the tip visits
 * every commit after all its children: no stack is needed.  For a tip with
 * little to paint that would still touch every number below it; the stack
 * keeps the cost at what is painted.
 */
uint32_t
graph_paint(const struct graph *g, uint32_t tip, uint8_t mark, uint8_t *set)
{
	uint32_t *stack = NULL, count = 0, id, p;
	size_t n = 0, cap = 0, i;

	if (!graph_has(g, tip) || set[tip] != 0)
		return 0;
	stack = mem_grow(stack, &cap, 64, sizeof *stack);
	set[tip] = mark;
	stack[n++] = tip;
	while (n > 0) {
		id = stack[--n];
		count++;
		for (i = 0; i < g->n_parents[id]; i++) {
			p = g->parents[g->first_parent[id] + i];
			if (!graph_has(g, p) || set[p] != 0)
				continue;
			set[p] = mark;
			stack = mem_grow(stack, &cap, n + 1, sizeof *stack);
			stack[n++] = p;
		}
	}
	free(stack);
	return count;
}

bool
graph_is_ancestor(const struct graph *g, uint32_t a, uint32_t b)
{
	uint8_t *set;
	uint32_t id;
	bool found;
	size_t i;

	if (!graph_has(g, a) || !graph_has(g, b) || a > b)
		return false;
	if (a == b)
		return true;
	/* Nothing below a can lead to a: the pass downwards stops there. */
	set = graph_set(g);
	set[b] = 1;
	for (id = b; id > a; id--) {
		if (set[id] == 0)
			continue;
		for (i = 0; i < g->n_parents[id]; i++)
			set[g->parents[g->first_parent[id] + i]] = 1;
	}
	found = set[a] != 0;
	free(set);
	return found;
}

void
graph_label(const struct graph *g, const uint32_t *tips, size_t n,
    uint32_t *label)
{
	uint32_t *stack = NULL, id, p;
	size_t top = 0, cap = 0, t, i;

	stack = mem_grow(stack, &cap, 64, sizeof *stack);
	for (t = 0; t < n; t++) {
		if (!graph_has(g, tips[t]) || label[tips[t]] != 0)
			continue;
		label[tips[t]] = (uint32_t)t + 1;
		stack[top++] = tips[t];
		while (top > 0) {
			id = stack[--top];
			for (i = 0; i < g->n_parents[id]; i++) {
				p = g->parents[g->first_parent[id] + i];
				if (!graph_has(g, p) || label[p] != 0)
					continue;
				label[p] = (uint32_t)t + 1;
				stack = mem_grow(stack, &cap, top + 1,
				    sizeof *stack);
				stack[top++] = p;
			}
		}
	}
	free(stack);
}

enum { SIDE_TO = 1, SIDE_FROM = 2 };

/*
 * One pass downwards from the larger tip with two colours; it ends when no
 * commit of the "to" colour alone is left below, so that a small range at the
 * tip of a long history costs little.
 */
size_t
graph_range(const struct graph *g, uint32_t from, uint32_t to, uint32_t **out)
{
	uint8_t *set;
	uint32_t id, p, pending, start;
	size_t n = 0, cap = 0, i;

	*out = NULL;
	if (!graph_has(g, to))
		return 0;
	set = graph_set(g);
	set[to] |= SIDE_TO;
	if (graph_has(g, from))
		set[from] |= SIDE_FROM;
	start = from > to && graph_has(g, from) ? from : to;
	pending = set[to] == SIDE_TO ? 1 : 0;
	for (id = start; id > 0 && pending > 0; id--) {
		if (set[id] == 0)
			continue;
		if (set[id] == SIDE_TO) {
			pending--;
			*out = mem_grow(*out, &cap, n + 1, sizeof **out);
			(*out)[n++] = id;
		}
		for (i = 0; i < g->n_parents[id]; i++) {
			p = g->parents[g->first_parent[id] + i];
			if (!graph_has(g, p))
				continue;
			if (set[p] == SIDE_TO)
				pending--;
			set[p] |= set[id];
			if (set[p] == SIDE_TO)
				pending++;
		}
	}
	free(set);
	return n;
}
