/* The values of a sort key that has few: status, type, priority. */
#ifndef NOTES_STORE_GROUP_H
#define NOTES_STORE_GROUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "model/filter.h"

struct store;

struct group {
	enum filter_field field;
	char		*name;
};

struct group_list {
	struct group	*v;
	size_t		 n, cap;
};

/* True if a sort by the field can be read group by group. */
bool	groups_fit(enum sort_field field);

/* In the order of the sort, from counters: groups without tickets are left
 * out.  Deleted tickets are in none. */
enum rc	groups_read(struct store *st, enum sort_field field, bool descending,
	    struct group_list *out, struct err *err);

/* Which group the ticket is in; the number of groups when it is gone. */
enum rc	groups_find(struct store *st, const struct group_list *l,
	    int64_t ticket, size_t *at, struct err *err);
void	groups_release(struct group_list *l);

#endif
