/*
 * What scan knows of the git history: commits, parents, links by key, reverts,
 * refs.  All derived: a full scan makes it anew; nothing here is journaled,
 * but the ledger of effects, which is read off the journal.  Commits have
 * numbers so that a parent's is smaller than its child's (model/graph.h).
 */
#ifndef NOTES_STORE_HISTORY_H
#define NOTES_STORE_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strv.h"
#include "model/commit.h"
#include "model/graph.h"
#include "model/link.h"

struct store;

enum history_flag {
	HISTORY_MERGE = 1,	/* two parents or more */
	HISTORY_MAINLINE = 2,	/* reachable from the mainline */
	HISTORY_REVERT = 4,	/* says that it reverts something */
	HISTORY_LINKED = 8,	/* claims or closes a key */
	HISTORY_TYPO = 16,	/* holds a near miss of a key */
	HISTORY_BREAKING = 32,	/* BREAKING CHANGE: or "!:" */
	/* parents are missing: edge of a shallow clone */
	HISTORY_BOUNDARY = 64,
	HISTORY_ASIDE = 128,	/* linked; only documentation or tests */
	/* needs no ticket, as the journal says: never stored here, see
	 * store_history_no_ticket() */
	HISTORY_NO_TICKET = 256
};

struct history_commit {
	uint32_t	 id;
	struct oid	 oid;
	const uint32_t	*parents;	/* numbers */
	size_t		 n_parents;
	int64_t		 time;		/* commit time, seconds */
	unsigned	 flags;
	int64_t		 release;	/* first release that has it: its row
					   number, 0 for none */
	const char	*author;	/* "Name <email>", valid UTF-8, NFC */
	const char	*subject;	/* valid UTF-8 */
};

/* Adding.  All inside a write transaction; statements are kept prepared. */
enum rc	store_history_add(struct store *st, const struct history_commit *c,
	    struct err *err);

/* A link by key, whether the ticket exists or not; the strongest role wins. */
enum rc	store_history_link(struct store *st, uint32_t commit,
	    const struct ticket_key *key, enum link_role role, int why,
	    struct err *err);

enum history_tie {
	TIE_REVERTS = 1,	/* commit reverts target */
	TIE_REVERTS_PART = 2,
	TIE_REAPPLIES = 3,
	TIE_PICKED = 4		/* commit is a cherry-pick of target */
};

struct history_tie_row {
	/* target 0: not found in history */
	uint32_t	 commit, target;
	enum history_tie kind;
};

enum rc	store_history_tie(struct store *st, uint32_t commit, uint32_t target,
	    enum history_tie kind, struct err *err);

/* A near miss: the text as written and the key that was meant. */
enum rc	store_history_typo(struct store *st, uint32_t commit,
	    const char *text, const struct ticket_key *meant, struct err *err);

/* A further author ("Co-authored-by:"). */
enum rc	store_history_coauthor(struct store *st, uint32_t commit,
	    const char *person, struct err *err);

/* For a first or full scan: drops the indexes, empties the tables; then after
 * the rows are in, makes the indexes. */
enum rc	store_history_clear(struct store *st, struct err *err);
enum rc	store_history_index(struct store *st, struct err *err);

/* Removes commits and all that hangs on them. */
enum rc	store_history_remove(struct store *st, const uint32_t *ids, size_t n,
	    struct err *err);
enum rc	store_history_set_flags(struct store *st, uint32_t id, unsigned flags,
	    struct err *err);
enum rc	store_history_set_release(struct store *st, uint32_t id,
	    int64_t release, struct err *err);

/* Finding.  *id is 0 when the commit is not known. */
enum rc	store_history_find(struct store *st, const struct oid *oid,
	    uint32_t *id, struct err *err);
/* The same; when it is gone, what it was rewritten as. */
enum rc	store_history_current(struct store *st, const struct oid *oid,
	    uint32_t *id, struct err *err);
/* By hex prefix of 4 digits or more: RC_NOT_FOUND, RC_FAIL if ambiguous. */
enum rc	store_history_find_prefix(struct store *st, const char *hex,
	    uint32_t *id, struct err *err);
enum rc	store_history_max(struct store *st, uint32_t *max, int64_t *count,
	    struct err *err);

/* The whole graph; times and flags by number (n + 1 long) where not NULL; the
 * caller frees them. */
enum rc	store_history_graph(struct store *st, struct graph *g,
	    int64_t **times, uint16_t **flags, int64_t **releases,
	    struct err *err);

/* Sets HISTORY_NO_TICKET in flags, which go by number up to max, where the
 * journal says so, of a commit or of what it was rewritten as. */
enum rc	store_history_no_ticket(struct store *st, uint16_t *flags, uint32_t max,
	    struct err *err);

/* Visits commits by number (ids, n of them, any order given back in theirs), or
 * all (ids NULL); borrowed in fn, without parents. */
enum rc	store_history_commits(struct store *st, const uint32_t *ids, size_t n,
	    bool (*fn)(const struct history_commit *c, void *arg), void *arg,
	    struct err *err);

/*
 * Visits the children (of those that come later by number) and parents of one
 * commit; other is 0 where a merge of more than two does not tell.
 */
enum rc	store_history_around(struct store *st, uint32_t id,
	    bool (*fn)(uint32_t other, unsigned flags, bool child, void *arg),
	    void *arg, struct err *err);

struct history_link {
	uint32_t	commit;
	struct ticket_key key;
	int64_t		ticket;		/* row number, 0: no such ticket */
	enum link_role	role;
	int		why;
};

/* Links of one commit (commit > 0), of one key (key not NULL) or all.  Manual
 * links ("link" events) are among them with role LINK_MANUAL, and what
 * "unlink" events took away is not. */
enum rc	store_history_links(struct store *st, uint32_t commit,
	    const struct ticket_key *key,
	    bool (*fn)(const struct history_link *l, void *arg), void *arg,
	    struct err *err);
enum rc	store_history_ties(struct store *st,
	    bool (*fn)(const struct history_tie_row *t, void *arg), void *arg,
	    struct err *err);
/* Whether one of the two commits is a cherry-pick of the other. */
enum rc	store_history_picked(struct store *st, const struct oid *a,
	    const struct oid *b, bool *picked, struct err *err);
enum rc	store_history_typos(struct store *st, uint32_t commit,
	    bool (*fn)(const char *text, const struct ticket_key *meant,
	    void *arg), void *arg, struct err *err);
enum rc	store_history_coauthors(struct store *st, uint32_t commit,
	    struct strv *out, struct err *err);

/* Totals for "notes scan --json". */
struct history_totals {
	int64_t	commits, links, effects, unknown_keys;
};
enum rc	store_history_totals(struct store *st, struct history_totals *out,
	    struct err *err);

/* Visits keys of messages that no ticket has, by prefix and number, with the
 * number of commits that name each. */
enum rc	store_history_unknown(struct store *st,
	    bool (*fn)(const struct ticket_key *key, int64_t commits,
	    void *arg), void *arg, struct err *err);

/* Refs as the last scan saw them: name to hex id. */
enum rc	store_refs_load(struct store *st, struct strv *names,
	    struct strv *hexes, struct err *err);
enum rc	store_refs_save(struct store *st, const struct strv *names,
	    const struct strv *hexes, struct err *err);

/*
 * The ledger: an effect is one action of one commit on one ticket, and happens
 * once.  Taking it returns RC_EXISTS when that commit took it before.  Rows
 * stay with their commits: several may carry one effect (an amended commit and
 * the one before, a cherry-pick), with the same event.
 */
enum rc	store_ledger_take(struct store *st, const struct oid *commit,
	    int64_t ticket, const char *action, int64_t event, struct err *err);

struct ledger_row {
	struct oid	commit;
	int64_t		ticket;
	int64_t		event;		/* n of the effect's operation */
	const char	*action;	/* borrowed */
};
enum rc	store_ledger_each(struct store *st, const struct oid *commit,
	    bool (*fn)(const struct ledger_row *r, void *arg), void *arg,
	    struct err *err);
/* The rows of one action on one ticket, whoever took it. */
enum rc	store_ledger_of(struct store *st, int64_t ticket, const char *action,
	    bool (*fn)(const struct ledger_row *r, void *arg), void *arg,
	    struct err *err);
/* Whether the operation has not been undone. */
enum rc	store_ledger_stands(struct store *st, int64_t event, bool *stands,
	    struct err *err);
/* Forgets a row: the effect has lapsed and may happen again. */
enum rc	store_ledger_drop(struct store *st, const struct oid *commit,
	    int64_t ticket, const char *action, struct err *err);

/* old was rewritten as new (post-rewrite); resolved transitively. */
enum rc	store_rewrite_add(struct store *st, const struct oid *from,
	    const struct oid *to, struct err *err);
/* What became of an id in the end; *out is oid itself if nothing did. */
enum rc	store_rewrite_resolve(struct store *st, const struct oid *oid,
	    struct oid *out, struct err *err);

#endif
