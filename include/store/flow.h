/*
 * Tickets counted by time, for metrics: along indexes alone, so that a million
 * of them take tens of milliseconds.  Deleted tickets are in no count.  Times
 * are seconds, and ranges hold their beginning but not their end.
 */
#ifndef NOTES_STORE_FLOW_H
#define NOTES_STORE_FLOW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "model/ticket.h"

struct store;

/* When the first one was made; DATE_NONE without tickets. */
enum rc	store_flow_first(struct store *st, int64_t *when, struct err *err);
enum rc	store_flow_created(struct store *st, int64_t from, int64_t to,
	    int64_t *n, struct err *err);

struct flow_closed {
	int64_t		n;
	/* Came in done, without a word of when, not in n: made in that very
	 * second, and (older) said to be made before it. */
	int64_t		came, older;
	/* Of n: alone in their second and behind the first FLOW_LONE_MAX of
	 * these, so that it was not looked whether they came in done. */
	int64_t		unseen;
};
#define FLOW_LONE_MAX 20000
enum rc	store_flow_closed(struct store *st, int64_t from, int64_t to,
	    struct flow_closed *out, struct err *err);

/* Tickets that are not done, made in the range. */
enum rc	store_flow_open(struct store *st, int64_t from, int64_t to, int64_t *n,
	    struct err *err);
/* Row numbers of the oldest that are not done, at most max; returned in *n. */
enum rc	store_flow_oldest(struct store *st, size_t max, int64_t *ids,
	    size_t *n, struct err *err);

/* Tickets in work by assignee (NULL: nobody), borrowed in fn. */
enum rc	store_flow_doing(struct store *st,
	    bool (*fn)(const char *assignee, int64_t n, void *arg), void *arg,
	    struct err *err);

/* A ticket that was closed. */
struct flow_cycle {
	const char	*type;
	int64_t		 created, resolved;
	/* its first change to a status that is in progress, or DATE_NONE */
	int64_t		 started;
};
/*
 * The newest closed since then, at most max, what came in done left out.  *cut:
 * there are more, or so many came in done that it was not gone on.
 */
enum rc	store_flow_cycles(struct store *st, int64_t since, int64_t max,
	    bool (*fn)(const struct flow_cycle *c, void *arg), void *arg,
	    bool *cut, struct err *err);

/* A ticket of a release: put into it, or claimed by a commit that it was the
 * first to have. */
struct flow_shipped {
	bool		 has_commits;
	int64_t		 first;		/* commit time of its first claim, or
					   DATE_NONE */
};
enum rc	store_flow_release(struct store *st, const char *version, int64_t id,
	    int64_t max,
	    bool (*fn)(const struct flow_shipped *s, void *arg), void *arg,
	    struct err *err);
/* Commits that say that they revert, first in the release of that row. */
enum rc	store_flow_reverts(struct store *st, int64_t id, int64_t *n,
	    struct err *err);

#endif
