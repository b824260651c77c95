/*
 * One release as its own screen shows it: what was planned for it and what
 * its commits shipped, counted, with every doubt, its rule, and what mends it;
 * how scope and work grew, and when it will be done.  "notes release show"
 * tells the same, in the same words and order.
 */
#ifndef NOTES_APP_HUB_H
#define NOTES_APP_HUB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/strv.h"
#include "model/forecast.h"
#include "model/query.h"
#include "model/release.h"

struct app;

/* What mends a doubt.  Those up to HUB_FIX_LINK app_hub_fix() does by itself,
 * as one operation that one undo takes back; the others need somebody. */
enum hub_fix {
	HUB_FIX_NONE,
	HUB_FIX_CLOSE,		/* the ticket is done */
	HUB_FIX_REOPEN,		/* it is not */
	HUB_FIX_ACCEPT,		/* done, and resolved as fixed */
	HUB_FIX_ADD,		/* put it into this release, too */
	HUB_FIX_MOVE,		/* from this release to warning.to */
	HUB_FIX_NO_NOTE,	/* the notes need not tell of it */
	HUB_FIX_LINK,		/* the commit is the ticket's */
	HUB_FIX_NOTE,		/* write its note */
	HUB_FIX_OPEN,		/* look at the ticket */
	HUB_FIX_DIFF,		/* look at the commit */
	HUB_FIX_UNLINKED,	/* look at the commits without a ticket */
	HUB_FIX_STATE		/* publish it, or give it another day */
};

#define HUB_FIXES 3		/* of one warning at most */

struct hub_warning {
	int		 kind;		/* the order in which they are shown */
	const char	*code;		/* "no-commit"; static */
	const char	*rule;		/* what should hold; static */
	/* the one-key fix first, HUB_FIX_NONE behind the last */
	enum hub_fix	 fixes[HUB_FIXES];
	/* the ticket that is meant, or "" */
	char		 key[TICKET_KEY_MAX];
	char		*to;		/* MOVE: version, or NULL: to none */
	struct oid	 commit;	/* or none */
	char		*text;		/* one line, as in the notes */
};

/* Tickets of a release that are loaded; beyond, they are only counted. */
#define HUB_TICKETS_MAX 5000

/* Scope and work at the end of a day (seconds). */
struct hub_point {
	int64_t		 day;
	int64_t		 scope, done;
};

/* Points that a burn-up has at most; longer stretches have fewer a day. */
#define HUB_POINTS 60

struct hub {
	struct release	 release;
	/* versions beside it, or NULL */
	char		*previous, *next;
	/* planned ones that are newer, the nearest first: work is moved to the
	 * first, or to any */
	struct strv	 later;
	/* In progress, to do, done, and by key: those planned for it, and,
	 * after app_hub_history(), those that it ships though they are not. */
	struct ticket_list tickets;	/* more: there are others */
	int64_t		 todo, doing, done;	/* of all of those */
	int64_t		 unplanned;	/* how many of them were not */
	bool		 told;		/* app_hub_history() was here */
	size_t		 n_commits, n_entries, n_unlinked;	/* then */
	struct hub_warning *warnings;
	size_t		 n_warnings, cap_warnings;
	/* Then, too.  Tickets of which it is not known when they were done are
	 * in no point; undated counts them. */
	struct hub_point burnup[HUB_POINTS];
	size_t		 n_burnup, undated;
	bool		 nothing_planned;	/* for it by anybody */
	struct forecast	 forecast;	/* of a planned release */
	int64_t		 closed_today;	/* not in it: today is not over */
};

/*
 * Fills hub (which starts as { 0 } and is the caller's to release) from the
 * tracker alone: quick.  RC_NOT_FOUND when there is no such release.
 */
enum rc	app_hub(struct app *a, const char *version, struct hub *hub,
	    struct err *err);
/*
 * Adds what history says: warnings, tickets that the release ships, burn-up and
 * forecast.  Scans first; RC_STOPPED and other failures leave hub as it was.
 */
enum rc	app_hub_history(struct app *a, struct hub *hub, struct err *err);
void	hub_release(struct hub *hub);

/* "reopen NOTE-43", "move NOTE-3 to 1.3": what a fix does, in words. */
void	hub_fix_words(const struct hub *hub, const struct hub_warning *w,
	    enum hub_fix fix, struct buf *out);
/* The command that does it: "notes reopen NOTE-43"; nothing for NONE. */
void	hub_fix_command(const struct hub *hub, const struct hub_warning *w,
	    enum hub_fix fix, struct buf *out);
/* Does one of w's fixes; RC_INVALID when it needs somebody. */
enum rc	app_hub_fix(struct app *a, const struct hub *hub,
	    const struct hub_warning *w, enum hub_fix fix, struct err *err);

/* A ticket's commits: on the mainline and alive, not there yet, taken back. */
struct hub_development {
	int		 merged, pending, reverted;
};
enum rc	app_hub_development(struct app *a, const struct ticket_key *key,
	    struct hub_development *out, struct err *err);
/* "2 merged, 1 pending", brief "2m 1p"; nothing without commits. */
void	hub_say_development(const struct hub_development *d, bool brief,
	    struct buf *out);

/* The lines that both front ends print; days count from the user's own day at
 * now (seconds), as the day of a release is a day where they are. */
/* "start 2026-09-01   due 2026-10-15   12 days left" */
void	hub_say_dates(const struct hub *hub, int64_t now, struct buf *out);
/* "58% done  79% started" */
void	hub_say_progress(const struct hub *hub, struct buf *out);
/* "2 unplanned", of what is counted; nothing where all were, or none. */
void	hub_say_unplanned(const struct hub *hub, struct buf *out);
/* "even odds by 2026-10-20 (p50), 85% by 2026-10-31 (p85), p85 is late", or why
 * there is none; "" unless the release is planned and history was read. */
void	hub_say_forecast(const struct hub *hub, int64_t now, struct buf *out);
/* "10 left, at the pace of the last 9 weeks: 24 closed": what that was told
 * from, or how much more it takes. */
void	hub_say_sample(const struct hub *hub, struct buf *out);
/* Whole days until it is due, negative when it is late; false: no day. */
bool	hub_days_left(const struct hub *hub, int64_t now, int64_t *days);
/* Percent of all tickets, rounded down; 0 of none. */
int	hub_percent(const struct hub *hub, int64_t n);

/*
 * The burn-up as lines of text, at most cols columns, ASCII alone: a heading,
 * so many rows of chart, the axis, its days, and what was left out.  Lines may
 * be empty; there is none before history was read.
 */
#define HUB_CHART_LINES(rows) ((rows) + 4)
#define HUB_CHART_DONE '#'
#define HUB_CHART_OPEN '.'
void	hub_chart_line(const struct hub *hub, int rows, int cols, int line,
	    struct buf *out);

/* What burn-up and forecast are told from: store/pace.h. */
enum rc	app_closings(struct app *a, int64_t since, int64_t max,
	    bool (*fn)(int64_t when, void *arg), void *arg, struct err *err);
enum rc	app_scope(struct app *a, const char *version, int64_t max,
	    bool (*fn)(const struct scope_row *row, void *arg), void *arg,
	    struct err *err);

#endif
