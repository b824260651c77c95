/*
 * A history in memory: commits as numbers from 1 so that every parent's number
 * is smaller than its child's, and the painting that ranges, releases and
 * reachability are made of.  Pure arrays; a number without a commit (it went
 * away) has present[] false.
 */
#ifndef NOTES_MODEL_GRAPH_H
#define NOTES_MODEL_GRAPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/commit.h"

struct graph {
	uint32_t	 n;		/* the largest number */
	size_t		 cap;
	uint32_t	*first_parent;	/* index into parents[], by number */
	uint8_t		*n_parents;	/* by number; 255 at most */
	bool		*present;
	uint32_t	*parents;	/* numbers */
	size_t		 n_edges, cap_edges;
};

/* Adds commit n + 1 and returns its number; parents must be there already. */
uint32_t graph_add(struct graph *g, const uint32_t *parents, size_t n_parents);
/* Adds commit number id (> n); the numbers between are absent. */
void	graph_add_at(struct graph *g, uint32_t id, const uint32_t *parents,
	    size_t n_parents);
void	graph_remove(struct graph *g, uint32_t id);
void	graph_release(struct graph *g);

/* A set of commits: one byte each, index by number, n + 1 long; the caller
 * frees it. */
uint8_t	*graph_set(const struct graph *g);

/*
 * Puts mark into set[] for every commit reachable from tip that is not marked
 * yet, going no further at commits whose set[] is not 0.  Returns how many.
 */
uint32_t graph_paint(const struct graph *g, uint32_t tip, uint8_t mark,
	    uint8_t *set);

/* True if a is reachable from b (or is b). */
bool	graph_is_ancestor(const struct graph *g, uint32_t a, uint32_t b);

/*
 * label[c] = i + 1 for the first of tips[0..n) from which c is reachable;
 * tips in the order in which they count.  label[] is n + 1 long and zeroed, or
 * holds labels of tips that come before.
 */
void	graph_label(const struct graph *g, const uint32_t *tips, size_t n,
	    uint32_t *label);

/* Numbers in to..from (reachable from to, not from from; 0 is none), newest
 * (largest) first; the caller frees *out. */
size_t	graph_range(const struct graph *g, uint32_t from, uint32_t to,
	    uint32_t **out);

#endif
