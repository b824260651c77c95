/* Tickets for commits that name none, by their title. */
#ifndef NOTES_APP_SUGGEST_H
#define NOTES_APP_SUGGEST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "model/ticket.h"

struct app;
struct suggester;

struct suggestion {
	bool		 found;
	bool		 sure;		/* enough to list the ticket */
	bool		 typo;		/* the commit has a key close to it */
	bool		 along;		/* the commit is another ticket's */
	struct ticket_key key;
	int		 likeness;	/* 0 to 1000 */
};

/* Loads the titles of tickets that no commit claims. */
enum rc	suggester_open(struct app *a, struct suggester **out,
	    struct err *err);
void	suggester_close(struct suggester *s);

/* The ticket that a commit's subject speaks of, if any.  typo: the commit has
 * near misses of keys, which are looked at first. */
enum rc	suggester_find(struct suggester *s, uint32_t commit, bool typo,
	    const char *subject, struct suggestion *out, struct err *err);

/*
 * A second ticket that a commit with a key of its own did along with it: one
 * that no commit claims, and whose title is much like the subject.
 */
void	suggester_along(struct suggester *s, const char *subject,
	    struct suggestion *out);

#endif
