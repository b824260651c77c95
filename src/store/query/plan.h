/*
 * How a page of tickets is found.  SQLite has no statistics here and cannot
 * know that "open" is half of everything while a label is rare, so the choice
 * is made from capped counts:
 *
 *	walk	go along the index of the sort order and test each row
 *	ordered	go along the index of one term, which is in order already
 *		(newest first), and test each row
 *	collect	gather all rows of the rarest term, then sort
 *
 * "a or b" is two lists in the same order, which SQLite merges as it reads:
 * each has a plan of its own.  plan_split.c takes a filter apart,
 * plan_measure.c counts, plan_sample.c and plan_choose.c weigh, plan_sql.c
 * writes the query.
 */
#ifndef NOTES_STORE_PLAN_H
#define NOTES_STORE_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "filter_sql.h"

/* Terms that must all hold; one may be made of two (a range of times). */
struct plan_part {
	const struct filter *f, *also;	/* also: the other end, or NULL */
	enum filter_sense sense;	/* of f; also has none */
	struct sql	 ids;		/* SELECT that gives its tickets' ids */
	int64_t		 count;		/* of those, -1 when not known */
	bool		 capped;	/* there may be more */
	bool		 kept;		/* from a counter: exact */
	bool		 single;	/* one value of an index: in id order */
	const char	*index;		/* of ticket, or NULL */
	double		 skip;		/* rows a walk by time passes first */
};

/* What the text index is asked for. */
struct plan_text {
	char		*match;		/* FTS5 query, or NULL */
	int64_t		 count;
	bool		 capped;
	bool		 prefix;	/* begins anew for each probe */
	size_t		 words;		/* that it names */
};

enum plan_way { PLAN_WALK, PLAN_ORDERED, PLAN_COLLECT, PLAN_NONE };

/* One list: of tickets for which all terms hold. */
struct plan {
	struct plan_part *part;
	size_t		 n, parts_cap;
	struct plan_text text;		/* all that must be found */
	struct plan_text without;	/* that must not; where text is none */
	bool		 probe;		/* look text up row by row */
	bool		 probe_without;
	int64_t		 total;		/* tickets */
	int64_t		 cap;		/* terms are counted up to this */
	bool		 deleted;	/* deleted ones are asked for */
	enum plan_way	 way;		/* none: a term has no ticket */
	size_t		 by;		/* the part that leads; n: the text */
};

/* Lists whose union is meant: at least one. */
struct plans {
	struct plan	*v;
	size_t		 n;
};

#define PLANS_MAX 8 /* "or" that makes more is tested row by row */

/* Times of a ticket go together: what was made late was changed late. */
enum plan_time { PLAN_TIMELESS, PLAN_OLDEST_FIRST, PLAN_NEWEST_FIRST };

struct plan_goal {
	int64_t		 wanted;	/* rows of the page, 0 for all */
	bool		 by_age;	/* the order is that of ids */
	const char	*index;		/* of the order, or NULL */
	enum plan_time	 time;		/* the order is one by time */
	bool		 column;	/* index is that of one status */
};

/* *out is empty after a failure. */
enum rc	plans_make(struct store *st, const struct filter *f,
	    const struct plan_goal *goal, struct plans *out, struct err *err);
void	plans_release(struct plans *p);

/* True, with their number, if a counter that is kept beside tells all. */
bool	plans_are_kept(const struct plans *p, int64_t *n);

/*
 * Appends a SELECT of the tickets of a list that has one term only, which an
 * index knows: without looking each up, which would be a page of the file
 * apiece.  Nothing, and false, for other lists.
 */
bool	plan_ids_sql(const struct plan *p, struct sql *out);

/* What to order by where the order is that of ids. */
const char *plan_age(const struct plan *p);

/*
 * Appends " FROM ... WHERE ..." without an order.  index: what a walk goes
 * along, NULL for the table itself.  The alias of ticket is t.
 */
enum rc	plan_sql(struct store *st, const struct plan *p, const char *index,
	    struct sql *out, struct err *err);

#endif
