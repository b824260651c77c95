/*
 * The order of a page, and where a page begins: by the values of the sort keys
 * and the ticket's number in the database (seq), never by counting rows.
 */
#ifndef NOTES_STORE_ORDER_H
#define NOTES_STORE_ORDER_H

#include <stdbool.h>
#include <stdint.h>

#include "model/filter.h"
#include "store/file/sql.h"

/* Columns that a sort goes by: status is two, category and name. */
#define ORDER_MAX 12

struct order {
	struct order_key {
		const char *expr;	/* on alias t */
		bool	descending;
	}	key[ORDER_MAX];		/* seq is the last */
	size_t	n;
	const char *index;		/* that begins with the first key */
	/* column that may be empty: those without come last, as a part of
	 * their own */
	const char *empty;
	bool	by_age;			/* by seq alone */
};

/* backwards turns every key round. */
void	order_make(const struct sort *sort, bool backwards, struct order *out);

/* Appends what a list selects: its sort keys, the ticket's id as the last. */
void	order_columns(const struct order *o, struct sql *out);

/* Appends the order by these columns, of one list or of a union of lists. */
void	order_by_columns(const struct order *o, struct sql *out);

/*
 * Appends a condition: the rows behind ticket id (or from it on).  at is the
 * same order, on ticket alone.  RC_NOT_FOUND when the ticket is gone.
 */
enum rc	order_after(struct store *st, const struct order *at,
	    const struct order *o, int64_t id, bool from, struct sql *out,
	    struct err *err);

#endif
