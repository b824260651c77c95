/*
 * The truth about a range of history: which commits are in it, which of them
 * still stand, and which tickets they carry.  Generate lists by it and explain
 * tells it commit by commit, so both can only say the same.
 */
#ifndef NOTES_APP_TRUTH_H
#define NOTES_APP_TRUTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/app_priv.h"
#include "model/graph.h"
#include "model/link.h"
#include "model/release.h"
#include "store/history.h"

/* The history as the store has it, with releases in the order of versions. */
struct truth {
	struct app	*app;
	struct graph	 graph;
	int64_t		*times;		/* by number */
	uint16_t	*flags;		/* enum history_flag, by number */
	/* row of the first release, by number */
	int64_t		*first;
	struct history_tie_row *ties;	/* by descending commit */
	size_t		 n_ties, cap_ties;
	struct release_list releases;
	/* number of each release's commit, or 0 */
	uint32_t	*tips;
};

enum rc	truth_open(struct app *a, struct truth *t, struct err *err);
void	truth_close(struct truth *t);

/* Does the commit take back one that was found, in whole or in part? */
bool	truth_takes_back(const struct truth *t, uint32_t id);
/* Where the ties of a commit begin, or those of older ones. */
size_t	truth_first_tie(const struct truth *t, uint32_t commit);

/* Is it true in the history of tip that nothing took the commit back? */
bool	truth_stands(const struct truth *t, uint32_t id, uint32_t tip);

/* The index of a version in releases; -1 when there is none. */
int	truth_release(const struct truth *t, const char *version);
/* The index of the release with that row number; -1 when there is none. */
int	truth_release_row(const struct truth *t, int64_t row);

/*
 * The previous published release on the same line, by ancestry: among the
 * published releases that to descends from, one that no other of them descends
 * from.  final passes over pre-releases, whose work a final release tells
 * again.  -1 when there is none.  self is not considered (-1: no matter).
 */
int	truth_previous(const struct truth *t, int self, uint32_t to,
	    bool final);

struct range {
	uint32_t	 from, to;	/* numbers; from 0 is the beginning */
	uint32_t	*ids;		/* in from..to, newest first; owned */
	size_t		 n;
	size_t		 n_foreign;	/* of them, from a foreign root */
	uint32_t	 foreign_merge;	/* a merge that brought them in */
	uint8_t		*reach;		/* reachable from to; by number */
	uint8_t		*in;		/* IN_RANGE and the like; by number */
	uint32_t	*dead_by;	/* the revert that took it back, or 0 */
	uint32_t	*part_by;	/* a partial revert of it, or 0 */
	/* the revert that holds at from, or 0 */
	uint32_t	*dead_before;
};

enum { IN_RANGE = 1, IN_FOREIGN = 2 };

/* Shipped before, taken back before, and put back in this range. */
bool	range_is_reborn(const struct range *r, uint32_t id);

/* Is all that the merge brought in taken back?  Then it carries nothing. */
bool	range_is_hollow(const struct truth *t, const struct range *r,
	    uint32_t merge);

/* from 0: from the beginning. */
enum rc	range_open(const struct truth *t, uint32_t from, uint32_t to,
	    struct range *r, struct err *err);
void	range_close(struct range *r);

/* Why a commit does or does not count for a ticket. */
enum fate {
	FATE_COUNTS,
	FATE_MENTION,		/* names the ticket, carries no work */
	FATE_REVERTED,		/* taken back in this range or later */
	FATE_IS_REVERT,		/* takes the ticket's own work back */
	FATE_FOREIGN,		/* of a merged foreign root */
	FATE_ASIDE,		/* documentation or tests of what shipped */
	FATE_BEFORE,		/* shipped earlier on this line */
	FATE_ELSEWHERE		/* not in this history */
};

struct evidence {
	uint32_t	 commit;
	enum link_role	 role;
	int		 why;
	enum fate	 fate;
	uint32_t	 by;		/* the revert, for REVERTED */
};

/* A ticket's key with all that the range says of it. */
struct claim {
	struct ticket_key key;
	int64_t		 ticket;	/* row number, 0: no such ticket */
	struct evidence	*v;		/* owned */
	size_t		 n, cap;
	size_t		 counts, reverted;
	bool		 undone;	/* the last word is a revert */
	bool		 partial;	/* a part of it was taken back */
};

struct claims {
	struct claim	*v;		/* by prefix and number */
	size_t		 n, cap;
};

/* Every key that a commit of the range names with a claim or more. */
enum rc	claims_load(const struct truth *t, const struct range *r,
	    struct claims *out, struct err *err);
/* One key, with every commit of the history that names it. */
enum rc	claim_load(const struct truth *t, const struct range *r,
	    const struct ticket_key *key, struct claim *out, struct err *err);
void	claim_release(struct claim *c);
void	claims_release(struct claims *c);

/* True when the claim holds: work counts and was not taken back. */
bool	claim_holds(const struct claim *c);

#endif
