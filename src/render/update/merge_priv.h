/* A merge on its way: three rows of items and the result as a list. */
#ifndef NOTES_RENDER_MERGE_PRIV_H
#define NOTES_RENDER_MERGE_PRIV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strv.h"
#include "items.h"

/* A place in the result. */
struct merge_node {
	struct merge_node	*prev, *next;
	const struct item *it;	/* NULL: the head of the list */
	char		*text;	/* instead of the item's own, or NULL */
	const char	*gap;	/* blank lines as a text has them, or NULL */
	size_t		 gap_len;
	size_t		 blanks; /* without gap: that many */
};

struct merge {
	struct items	 base, theirs, ours;
	size_t		*bt, *bo; /* by item of base: in theirs, in ours */
	size_t		*tb, *ob; /* and the other way round */
	/* by item; NULL: not in the result */
	struct merge_node **tn, **on;
	char		**moved; /* by item of ours: text of one that moves */
	bool		*skip;	/* by item of ours: people took it out */
	struct merge_node	 head;
	const char	*eol;
	struct strv	*conflicts; /* NULL: none are told */
};

/*
 * Which item of b each item of a is (ITEM_NONE: none), and the other way
 * round: by name, else by the neighbours.  The caller frees both.
 */
void	merge_match(const struct items *a, const struct items *b, size_t **ab,
	    size_t **ba);

/* ---- the result as a list ---- */

struct merge_node *merge_node_new(const struct item *it);
void	merge_node_link(struct merge_node *n, struct merge_node *after);
/* Blank lines behind it. */
size_t	merge_node_blanks(const struct merge_node *n);
void	merge_node_set_blanks(struct merge_node *n, size_t blanks);
void	merge_node_set_text(struct merge_node *n, char *text);	/* takes text */
/* Takes it out; of the blank lines on either side the more are left. */
void	merge_node_drop(struct merge_node *n);
bool	merge_is_heading(const struct merge_node *n);
/* The heading that it stands below, or NULL. */
struct merge_node *merge_heading_of(struct merge_node *n);

/* ---- one item, three texts ---- */

bool	merge_same(const struct item *a, const struct item *b);
/* A line for people about an item. */
void	merge_tell(struct merge *m, const struct item *it, const char *what);
/*
 * Puts both texts and a mark into n.  was: what the tracker had before, or
 * NULL; ours NULL: it is there no longer.
 */
void	merge_conflict(struct merge *m, struct merge_node *n,
	    const struct item *was, const struct item *ours);
/* What ours made of base is done to n. */
void	merge_item(struct merge *m, struct merge_node *n,
	    const struct item *base, const struct item *ours);

/* ---- what came in ---- */

/* Puts each item of ours in that is not in the result, and not skipped. */
void	merge_put_new(struct merge *m);

#endif
