/*
 * Scanning in four steps that hand on one batch: read (walk and parse, no lock
 * held), write (number and insert), reach (mainline, what is gone, first
 * releases), effects (what commits do to tickets).
 */
#ifndef NOTES_APP_SCAN_PRIV_H
#define NOTES_APP_SCAN_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/scan.h"
#include "app/app_priv.h"
#include "base/buf.h"
#include "message/revert.h"
#include "message/subject.h"
#include "model/commit.h"
#include "model/graph.h"
#include "model/link.h"
#include "store/history.h"

/* One commit that was read; texts are offsets into batch.text. */
struct scan_commit {
	struct oid	 oid;
	uint32_t	 parent, n_parents;	/* into batch.parents */
	uint32_t	 ref, n_refs;		/* into batch.refs */
	/* number in the store, 0 so far */
	uint32_t	 id;
	int64_t		 time;			/* of the committer */
	int64_t		 acts;			/* the older of both times */
	size_t		 author, subject;
	size_t		 message, message_len;	/* kept only if it may act */
	unsigned	 flags;
	int64_t		 release;		/* first release, row number */
};

struct scan_ref {
	struct ticket_key key;
	enum link_role	 role;
	int		 why;
};

struct scan_typo {
	uint32_t	 commit;		/* index */
	struct ticket_key written, meant;
};

struct scan_revert {
	uint32_t	 commit;		/* index */
	struct revert	 revert;		/* owned */
	struct subject_step step;		/* a downgrade; owned */
};

struct scan_coauthor {
	uint32_t	 commit;		/* index */
	size_t		 person;
};

struct scan_batch {
	struct app	*app;
	struct grammar	 grammar;
	bool		 fresh;		/* goes into emptied tables */
	struct scan_commit *v;
	size_t		 n, cap;
	struct oid_map	 index;			/* id to index */
	struct oid	*parents;
	size_t		 n_parents, cap_parents;
	struct scan_ref	*refs;
	size_t		 n_refs, cap_refs;
	struct scan_typo *typos;
	size_t		 n_typos, cap_typos;
	struct scan_revert *reverts;
	size_t		 n_reverts, cap_reverts;
	struct scan_coauthor *coauthors;
	size_t		 n_coauthors, cap_coauthors;
	struct buf	 text;
	uint32_t	*order;			/* indexes, parents first */
	struct scan_subject *subjects;		/* of scan_find.c; NULL until */
	uint32_t	*by_oid;		/* asked for */
	struct graph	 graph;			/* of the store; likewise */
};

struct scan_subject {
	uint32_t	 hash, id, index;
};

/* Parses one commit into the batch; a vcs_commit_fn. */
bool	scan_batch_commit(const struct commit *c, void *arg);
void	scan_batch_release(struct scan_batch *b);
/* Puts the batch into an order in which parents come first. */
void	scan_batch_sort(struct scan_batch *b);

/* Inserts the batch; commits that are known already are left alone, and their
 * id is filled in.  A fresh batch empties the tables first. */
enum rc	scan_write(struct app *a, struct scan_batch *b, int64_t *written,
	    struct err *err);

/* The commits in its own history that carry work for the key; *ids is the
 * caller's to free. */
enum rc	scan_find_key(struct app *a, struct scan_batch *b, uint32_t before,
	    const struct ticket_key *key, uint32_t **ids, size_t *n,
	    struct err *err);

/* What a downgrade takes back: the newest commit in its own history that went
 * to the version it comes from; 0 when there is none. */
enum rc	scan_find_step(struct app *a, struct scan_batch *b, uint32_t before,
	    const struct subject_step *down, uint32_t *id, struct err *err);

/* Commits that a message means, once the batch has its numbers; *id is 0 when
 * there is none. */
enum rc	scan_find_oid(struct app *a, struct scan_batch *b,
	    const struct oid *oid, uint32_t *id, struct err *err);
/* hex: the whole id or its beginning. */
enum rc	scan_find_hex(struct app *a, struct scan_batch *b, const char *hex,
	    uint32_t *id, struct err *err);
/* The newest ancestor of the commit with the number before that has the
 * subject. */
enum rc	scan_find_subject(struct app *a, struct scan_batch *b,
	    uint32_t before, const char *want, uint32_t *id, struct err *err);

/* What the refs say, reduced to what scan needs. */
struct scan_tips {
	struct oid	*all;		/* of every ref, each once */
	size_t		 n_all;
	struct oid	*mainline;
	size_t		 n_mainline;
	struct strv	 names, hexes;	/* refs to remember, by name */
	struct oid	*commits;	/* peeled, as many; or none */
	bool		 by_head;	/* the mainline is HEAD's */
	uint64_t	 digest;
	struct buf	 stamp;		/* see vcs_refs_stamp() */
};

enum rc	scan_tips(struct app *a, struct scan_tips *out, struct err *err);
void	scan_tips_release(struct scan_tips *t);

struct scan_lost {
	uint32_t	*ids;		/* owned */
	size_t		 n, cap;
};

/*
 * Where commits stand: on the mainline or not, in which release first, still
 * reached by any ref or not. Most of it is known before writing (prepare); when
 * the little that the batch knows does not suffice, general is set and the
 * whole graph is loaded after writing (finish).
 */
struct scan_reach {
	bool		 general;	/* the graph must be looked at */
	bool		 rewound;	/* some ref may have lost commits */
	bool		 relabel;	/* releases have changed */
	uint32_t	*landed;	/* came onto the mainline; owned */
	size_t		 n_landed, cap_landed;
	const struct oid *moved;	/* where refs stood that have moved */
	size_t		 n_moved;
	struct scan_lost lost;		/* reached by no ref any more */
	struct scan_lost left_line;	/* reached, but not by the mainline */
	int64_t		 removed;
	int64_t		 left;		/* are on the mainline no more */
	bool		 by_head;	/* as in tips */
};

enum rc	scan_reach_prepare(struct app *a, struct scan_batch *b,
	    const struct scan_tips *t, struct scan_reach *r, struct err *err);
enum rc	scan_reach_finish(struct app *a, const struct scan_batch *b,
	    const struct scan_tips *t, struct scan_reach *r, struct err *err);
void	scan_reach_release(struct scan_reach *r);
/* True through *on when the store knows the commit to be on the mainline. */
enum rc	scan_reach_known(struct app *a, const struct oid *oid, bool *on,
	    struct err *err);

/*
 * Commits with the flags of mask that were reached from tips and are so no
 * more: held are the tips of now and the parents of what is new.  *exact is
 * false when there are too many to tell this way.
 */
enum rc	scan_lost_find(struct app *a, const struct oid *tips, size_t n,
	    const struct oid_map *held, unsigned mask, struct scan_lost *out,
	    bool *exact, struct err *err);
bool	scan_lost_has(const struct scan_lost *l, uint32_t id);

/* Released versions in their order, as labels: tips and row numbers. */
struct scan_releases {
	struct oid	*oids;
	int64_t		*ids;
	size_t		 n;
};
enum rc	scan_releases(struct app *a, struct scan_releases *out,
	    struct err *err);
void	scan_releases_release(struct scan_releases *r);

/* Do two commits hold the same work, one written anew as the other? */
bool	scan_same_work(struct app *a, const struct oid *x, const struct oid *y);

/* Links made by hand, to commits that are gone, follow them to the new ones. */
enum rc	scan_carry_links(struct app *a, const struct scan_batch *b,
	    struct err *err);

/* Closes and smart commands of commits that came onto the mainline; effects of
 * commits that are gone lapse.  warnings tell what could not be done. */
enum rc	scan_effects(struct app *a, const struct scan_batch *b,
	    const struct scan_reach *r, struct strv *warnings,
	    struct err *err);

/* The totals of a scan's result: kept when one was written (a hook only lets
 * go of them), and read back, or counted when the journal has grown since. */
enum rc	scan_totals_keep(struct app *a, struct err *err);
enum rc	scan_totals(struct app *a, struct scan_result *out, struct err *err);

/* Digest of the released versions and their commits. */
enum rc	scan_release_digest(struct app *a, struct buf *out, struct err *err);

#endif
