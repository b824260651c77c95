/* What a list asks for and what it gets: pages by key, never by offset. */
#ifndef NOTES_MODEL_QUERY_H
#define NOTES_MODEL_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/filter.h"
#include "model/ticket.h"

enum ticket_detail {
	TICKET_ROW,		/* what a list shows: no description, no note */
	TICKET_FULL		/* everything */
};

struct ticket_query {
	const struct filter *filter;	/* NULL: all that is not deleted */
	/* n == 0: newest first; the row number always comes last */
	struct sort	sort;
	size_t		limit;		/* rows, 0 for no limit */
	size_t		skip;		/* rows to pass before them */
	/* start behind this ticket (its id), 0: at the beginning; it need not
	 * match */
	int64_t		after;
	/* the rows before it (0: the last page), still in the sort's order */
	bool		backwards;
	bool		from;		/* the row after is part of the page */
	enum ticket_detail detail;
};

struct ticket_list {
	struct ticket	*v;
	size_t		 n, cap;
	bool		 more;		/* there are rows beyond */
};

void	ticket_list_release(struct ticket_list *l);

/* A name and how many there are of it. */
struct ticket_count {
	char	*name;
	int64_t	 n;
};

struct ticket_count_list {
	struct ticket_count *v;
	size_t	 n, cap;
};

void	ticket_count_list_release(struct ticket_count_list *l);

#endif
