/*
 * The journal: the one way to change tickets, releases, builds, comments and
 * links made by hand.  store_append() appends one event and applies it to the
 * tables; it must stand inside store_begin() and store_commit().
 */
#ifndef NOTES_STORE_JOURNAL_H
#define NOTES_STORE_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strv.h"
#include "model/event.h"

struct store;

/*
 * Fills in n, h, replica and what the event overwrites (b), unless replica is
 * set already (an event from elsewhere, which keeps its bytes). group 0 means
 * an operation of its own; to join an operation, pass the n that the first
 * append returned. A "set" that changes nothing appends nothing and leaves n at
 * 0. RC_INVALID when the object is missing or a value breaks a rule of the
 * schema; RC_EXISTS for a key or version that is taken.
 */
enum rc	store_append(struct store *st, struct event *ev, struct err *err);

/* Bulk: between these two, the search index and counters are brought up to
 * date at the end only.  For imports. */
enum rc	store_bulk_begin(struct store *st, struct err *err);
enum rc	store_bulk_end(struct store *st, struct err *err);

/* Newest first; object NULL for all; before 0 to start at the end.  The event
 * is borrowed in fn; return false to stop. */
enum rc	store_journal_each(struct store *st, const struct ulid *object,
	    int64_t before, bool (*fn)(const struct event *ev, void *arg),
	    void *arg, struct err *err);

/* One event by number, of this replica. */
enum rc	store_journal_get(struct store *st, int64_t n, struct event *out,
	    struct err *err);

/*
 * Undoes the newest operation that is not undone (or redoes the newest undo
 * that was not followed by another operation) by appending the opposite events
 * as one operation.  Values that somebody changed since stay, and are named in
 * skipped.  op is the operation's group number; events of commits' effects
 * are operations like any other.  RC_NOT_FOUND when there is nothing to do.
 */
enum rc	store_undo(struct store *st, const char *actor, int64_t *op,
	    struct strv *skipped, struct err *err);
enum rc	store_redo(struct store *st, const char *actor, int64_t *op,
	    struct strv *skipped, struct err *err);

/* What store_redo() would do again: the operation, and the undo of it whose
 * events it turns back; or RC_NOT_FOUND. */
enum rc	store_redo_peek(struct store *st, int64_t *op, int64_t *undo,
	    struct err *err);

/*
 * Undoes exactly that operation, unless it is undone already (RC_NOT_FOUND):
 * the effect of a commit that is gone.  origin, which may be NULL, is the hex
 * id of that commit.
 */
enum rc	store_undo_op(struct store *st, int64_t op, const char *actor,
	    const char *origin, struct strv *skipped, struct err *err);

/* What store_undo() would undo: its group number, or RC_NOT_FOUND. */
enum rc	store_undo_peek(struct store *st, int64_t *op, struct err *err);

/* An operation of this database: a user's one thing, its group of events. */
struct store_op {
	int64_t	n, last;	/* its first and its newest event */
	int64_t	undoes, redoes;	/* the operation meant, or 0 */
	/* the group whose events carry its effect now: itself, or its redo */
	int64_t	live, live_last;
	bool	undone;		/* it was taken back */
	int64_t	event;		/* its first event about the object asked for */
};

enum op_order { OP_OLDER, OP_NEWER };

/*
 * At most limit operations before number from, newest first (0: from the
 * newest on), or behind it, oldest first.  object: those that change it or its
 * comments, or NULL for all.  fn returns false to stop.
 */
enum rc	store_ops(struct store *st, const struct ulid *object, int64_t from,
	    enum op_order order, size_t limit,
	    bool (*fn)(const struct store_op *op, void *arg), void *arg,
	    struct err *err);
/* RC_NOT_FOUND when there is none. */
enum rc	store_op_find(struct store *st, int64_t n, struct store_op *out,
	    struct err *err);

#endif
