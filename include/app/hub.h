/*
 * One release as its own screen shows it: what was planned for it and what
 * its commits shipped, counted, with every doubt, its rule, and what mends it.
 */
#ifndef NOTES_APP_HUB_H
#define NOTES_APP_HUB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "model/query.h"
#include "model/release.h"

struct app;

/* What mends a doubt; the front ends name their own key or command. */
enum hub_fix {
	HUB_FIX_NONE,
	HUB_FIX_OPEN,		/* look at the ticket */
	HUB_FIX_NOTE,		/* write its note */
	HUB_FIX_STATUS,		/* set its status */
	HUB_FIX_RELEASE,	/* put it into another release */
	HUB_FIX_DIFF,		/* look at the commit */
	HUB_FIX_UNLINKED	/* look at the commits without a ticket */
};

struct hub_warning {
	const char	*code;		/* "no-commit"; static */
	const char	*rule;		/* what should hold; static */
	enum hub_fix	 fix;
	char		 key[TICKET_KEY_MAX];	/* or "" */
	struct oid	 commit;	/* or none */
	char		*text;		/* one line, as in the notes */
};

/* Tickets of a release that are loaded; beyond, they are only counted. */
#define HUB_TICKETS_MAX 5000

struct hub {
	struct release	 release;
	/* versions beside it, or NULL */
	char		*previous, *next;
	/* In progress, to do, done, and by key: those planned for it, and,
	 * after app_hub_history(), those that it ships though they are not. */
	struct ticket_list tickets;	/* more: there are others */
	int64_t		 todo, doing, done;
	bool		 told;		/* app_hub_history() was here */
	size_t		 n_commits, n_entries, n_unlinked;	/* then */
	struct hub_warning *warnings;
	size_t		 n_warnings, cap_warnings;
};

/*
 * Fills hub (which starts as { 0 } and is the caller's to release) from the
 * tracker alone: quick.  RC_NOT_FOUND when there is no such release.
 */
enum rc	app_hub(struct app *a, const char *version, struct hub *hub,
	    struct err *err);
/*
 * Adds what history says: warnings, and tickets that the release ships.  Scans
 * first; RC_STOPPED and other failures leave hub as it was.
 */
enum rc	app_hub_history(struct app *a, struct hub *hub, struct err *err);
void	hub_release(struct hub *hub);

#endif
