/* Private to the planner's files (plan*.c). */
#ifndef NOTES_STORE_PLAN_PRIV_H
#define NOTES_STORE_PLAN_PRIV_H

#include "plan.h"

/*
 * Makes a plan of each way in which f can hold, with its terms alone: what
 * "or" and "not" mean is undone.
 */
enum rc	plan_split(struct store *st, const struct filter *f, struct plans *out,
	    struct err *err);

bool	plan_is_field(const struct plan_part *p, enum filter_field field);
/* "since" and "until" of a range. */
bool	plan_is_low(const struct filter *f);
bool	plan_is_high(const struct filter *f);

/* Says how the ids of a term's tickets are listed, where an index has them. */
void	plan_ids(struct plan_part *p);

/* Reads a counter and adds it to *n. */
enum rc	plan_counter(struct store *st, const char *kind, const char *name,
	    int64_t *n, struct err *err);

/* Sets count and kept, if counters that are kept beside tell the count. */
enum rc	plan_count_kept(struct store *st, const struct plan *p,
	    struct plan_part *part, struct err *err);

/* Counts all terms, up to p->cap. */
enum rc	plan_measure(struct store *st, struct plan *p,
	    const struct plan_goal *goal, struct err *err);

/*
 * The share of all tickets for which all terms hold, as a sample of those of
 * the rarest term tells; *share stays where there is nothing to sample, or no
 * need.  Terms along the index of the order count as if they always held.
 */
enum rc	plan_sample(struct store *st, const struct plan *p,
	    const struct plan_goal *goal, double *share, struct err *err);

/* A walk along the index reads no more of it than the term allows. */
bool	plan_along(const struct plan_part *p, const char *index);

/* The share of all tickets that a count is. */
double	plan_share(const struct plan *p, int64_t count, bool capped);

/* Sets way, by and probe. */
enum rc	plan_choose(struct store *st, struct plan *p,
	    const struct plan_goal *goal, struct err *err);

/* Appends the condition of a term. */
enum rc	plan_term_sql(struct store *st, const struct plan_part *p,
	    struct sql *out, struct err *err);

#endif
