/* What ties a commit to a ticket. */
#ifndef NOTES_MODEL_LINK_H
#define NOTES_MODEL_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/commit.h"
#include "model/ticket.h"

/* Ordered: the stronger role of a commit and a ticket is kept. */
enum link_role {
	LINK_MENTIONS = 0,
	LINK_CLAIMS = 1,
	LINK_CLOSES = 2,
	LINK_MANUAL = 3
};

const char *link_role_name(enum link_role r);	/* "claims" ... */

/* One link as a ticket shows it. */
struct link {
	struct oid	 commit;
	enum link_role	 role;
	/* on the mainline's history, not reverted */
	bool		 alive;
	bool		 merged;	/* reachable from the mainline */
	char		*subject;	/* of the commit */
	char		*author;
	int64_t		 time;		/* of the commit */
	char		*first_release;	/* version, or NULL */
	char		*reverted_by;	/* hex id, or NULL */
};

struct link_list {
	struct link	*v;
	size_t		 n, cap;
};

void	link_list_release(struct link_list *l);

#endif
