/*
 * How work flows: what was made and closed, how long it takes, how old what is
 * open is, who has how much in hand, and how releases went.  Counted from the
 * tracker and git alone, in UTC days, along indexes: no figure reads all
 * tickets.  "notes metrics" and the screen tell the same, in the same words.
 */
#ifndef NOTES_APP_METRICS_H
#define NOTES_APP_METRICS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "model/query.h"

struct app;

/* Each is counted by itself, in this order. */
enum metrics_part {
	METRICS_FLOW,
	METRICS_CYCLE,
	METRICS_AGE,
	METRICS_WIP,
	METRICS_RELEASES,
	METRICS_PARTS
};

enum metrics_step {
	METRICS_AUTO,	/* weeks, months where there are many */
	METRICS_WEEK,	/* from Monday */
	METRICS_MONTH
};

#define METRICS_PERIODS	 12	/* the last of them, today's among them */
#define METRICS_SAMPLE	 2000	/* closed tickets that are looked at */
#define METRICS_ENOUGH	 5	/* values that a percentile takes */
#define METRICS_AGES	 5
#define METRICS_OLDEST	 5
#define METRICS_PEOPLE	 12	/* rows of work in progress */
#define METRICS_RELEASES_MAX 6

#define METRICS_UNKNOWN	 (-1)

struct metrics_period {
	int64_t		from, to;	/* seconds, to not in it */
	int64_t		created, closed;
	int64_t		open;		/* at its end, or METRICS_UNKNOWN */
	int64_t		came_done;	/* then, not in closed */
};

/* Times in seconds by nearest rank, METRICS_UNKNOWN with too few values. */
struct metrics_spread {
	size_t		n;		/* values */
	int64_t		p50, p85;
};

struct metrics_cycle {
	char		*type;		/* NULL: all of them */
	struct metrics_spread made;	/* created to resolved */
	struct metrics_spread begun;	/* begun to resolved */
};

struct metrics_age {
	const char	*name;		/* static: "8 to 30 days" */
	int64_t		 from, to;	/* made then; from 0: ever */
	int64_t		 n;
};

struct metrics_person {
	char		*name;		/* NULL: nobody */
	int64_t		 n;
};

struct metrics_release {
	char		*version;
	int64_t		 released;
	int64_t		 tickets, with_commits, reverts;
	struct metrics_spread lead;	/* first claim to release */
	bool		 capped;	/* there are more tickets than these */
};

/* Periods, oldest first, and what is in none of them, see the rule. */
struct metrics_flow {
	enum metrics_step step;		/* WEEK or MONTH */
	struct metrics_period period[METRICS_PERIODS];
	size_t		 n;
	int64_t		 came_done;
	int64_t		 unseen;	/* closed, but perhaps came in done */
};

struct metrics {
	int64_t		 now;
	enum metrics_step step;		/* as asked for */
	bool		 known[METRICS_PARTS];	/* counted */
	struct metrics_flow flow;
	/* the same while it is being counted, the newest first */
	struct metrics_flow next;
	size_t		 left;		/* periods to count, 0: none begun */
	int64_t		 version;	/* app_data_version() of these */
	int		 begun;		/* how often, as it changed */
	int64_t		 open;		/* at the end of the next one */
	bool		 lost;		/* not known from there on back */
	int64_t		 since;		/* CYCLE: closed from then on */
	bool		 sampled;	/* there are others that were closed */
	struct metrics_cycle *cycle;	/* all, then by type, most first */
	size_t		 n_cycles, cap_cycles;
	struct metrics_age age[METRICS_AGES];
	struct ticket_list oldest;
	struct metrics_person person[METRICS_PEOPLE];
	size_t		 n_people;
	int64_t		 doing, doing_more;	/* all; of those not named */
	struct metrics_release release[METRICS_RELEASES_MAX];
	size_t		 n_releases;	/* newest first */
	bool		 no_history;	/* there is no repository */
};

/* m starts as { 0 }. */
void	metrics_init(struct metrics *m, enum metrics_step step);
void	metrics_release(struct metrics *m);
/* Counts one part anew; a failure (RC_STOPPED) leaves what was known. */
enum rc	app_metrics(struct app *a, enum metrics_part part, struct metrics *m,
	    struct err *err);
/* The same in slices of some milliseconds each at a million tickets; *done
 * tells whether it was the last one. */
enum rc	app_metrics_slice(struct app *a, enum metrics_part part,
	    struct metrics *m, bool *done, struct err *err);

/* ---- the words of both front ends ---- */

/* What stands in a part that has no rows: "no ticket is open". */
const char *metrics_nothing(enum metrics_part part);
/* "created and closed, by week" */
void	metrics_title(const struct metrics *m, enum metrics_part part,
	    struct buf *out);
/* What is counted and how: sentences. */
void	metrics_rule(const struct metrics *m, enum metrics_part part,
	    struct buf *out);
/* Rows of a part; the oldest tickets are rows of AGE, behind the buckets. */
size_t	metrics_rows(const struct metrics *m, enum metrics_part part);
/* The row's name: "2026-10-05", "all", "8 to 30 days", "dev-1", "1.1". */
void	metrics_label(const struct metrics *m, enum metrics_part part,
	    size_t row, struct buf *out);
/*
 * The i-th figure of a row that a filter of lists gives again: its name
 * ("closed") and the filter; false behind the last.
 */
bool	metrics_filter(const struct metrics *m, enum metrics_part part,
	    size_t row, size_t i, const char **name, struct buf *filter);
/* "3228 came in done", for a row where some did; else nothing. */
void	metrics_mark(const struct metrics *m, size_t row, struct buf *out);
/* "3.5 days", "40 min", "-" for METRICS_UNKNOWN. */
void	metrics_span(int64_t seconds, struct buf *out);
/* Percent, rounded down; 0 of none. */
int	metrics_percent(int64_t n, int64_t of);

#endif
