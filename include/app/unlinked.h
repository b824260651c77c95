/* The queue of commits without a ticket, and what empties it. */
#ifndef NOTES_APP_UNLINKED_H
#define NOTES_APP_UNLINKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "model/commit.h"
#include "model/ticket.h"

struct app;

/* A commit of a range that carries work for no ticket. */
struct unlinked {
	struct oid	 commit;
	char		*subject, *author;	/* "Name <mail>" */
	int64_t		 time;
	char		 suggest[TICKET_KEY_MAX];	/* by title, or "" */
	char		*summary;	/* of what is suggested, or NULL */
	int		 likeness;	/* of title and subject, 0 to 1000 */
	/* enough for notes to list the ticket with a doubt */
	bool		 sure;
};

struct unlinked_list {
	struct unlinked	*v;
	size_t		 n, cap;
};

enum unlinked_which {
	UNLINKED_OPEN,
	UNLINKED_DISMISSED	/* those that need no ticket */
};

/* Those of a version's range (NULL: what is unreleased), newest first. */
enum rc	app_unlinked(struct app *a, const char *version,
	    enum unlinked_which which, struct unlinked_list *out,
	    struct err *err);
void	unlinked_list_release(struct unlinked_list *l);

/*
 * Each of these changes all commits (revs, n of them) or none, as one
 * operation that one undo takes back.  RC_NOT_FOUND names a commit that was not
 * scanned, RC_EXISTS one that has a ticket.
 */

/* Links to what is suggested; out gets what was linked.  RC_NOT_FOUND names a
 * commit for which nothing is suggested. */
enum rc	app_unlinked_accept(struct app *a, const char *const revs[], size_t n,
	    struct unlinked_list *out, struct err *err);
/* Links to a ticket by hand. */
enum rc	app_unlinked_link(struct app *a, const char *const revs[], size_t n,
	    const struct ticket_key *key, struct err *err);
/* Makes a ticket that is done, of the type and with the summary, and links to
 * it. */
enum rc	app_unlinked_new(struct app *a, const char *const revs[], size_t n,
	    const char *type, const char *summary, struct ticket_key *key,
	    struct err *err);

enum dismissal {
	DISMISS,	/* it needs no ticket: not asked about again */
	DISMISS_BACK	/* it does */
};

/* *changed counts commits for which it was otherwise. */
enum rc	app_unlinked_dismiss(struct app *a, const char *const revs[], size_t n,
	    enum dismissal way, size_t *changed, struct err *err);

/*
 * What a ticket for a commit would be: its type (static; "task" where the
 * subject does not tell by Conventional Commits) and summary, which the caller
 * frees.
 */
const char *app_unlinked_title(const char *subject, char **summary);

#endif
