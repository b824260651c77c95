/*
 * The database: one SQLite file.  docs/SAFETY.md says how it is opened and why;
 * schema/ says what is in it.  A store belongs to one thread.
 */
#ifndef NOTES_STORE_STORE_H
#define NOTES_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/strv.h"
#include "base/ulid.h"
#include "model/ticket.h"

struct store;

enum store_mode {
	STORE_READ,		/* browsing: never writes, never migrates */
	STORE_WRITE,		/* waits up to 5 s for the lock */
	STORE_HOOK		/* waits up to 200 ms, then RC_BUSY */
};

/* Makes a new database; RC_EXISTS when the file is there. */
enum rc	store_create(const char *path, struct store **out, struct err *err);

/*
 * Opens what is there, migrating an older one in STORE_WRITE (a copy of the
 * file is kept beside it first). RC_NOT_FOUND, RC_NEWER (opened read-only all
 * the same when mode is STORE_READ), RC_CORRUPT (not ours, damaged, a planted
 * trigger or view, a link, a FIFO), RC_BUSY. A read-only file opens; writing
 * then gives RC_READONLY.
 */
enum rc	store_open(const char *path, enum store_mode mode, struct store **out,
	    struct err *err);
void	store_close(struct store *st);

const char *store_path(const struct store *st);
bool	store_is_readonly(const struct store *st);
/* Made by a newer notes: what this one does not know is left alone. */
bool	store_is_newer(const struct store *st);
/* Warnings met while opening (world-writable, network file system);
 * borrowed. */
const struct strv *store_warnings(const struct store *st);
/* The file at the path is no longer the one that is open. */
bool	store_was_replaced(const struct store *st);
/* Changes whenever any process has committed: poll it to refresh a screen. */
int64_t	store_data_version(struct store *st);

/*
 * A write transaction: the writers' lock (flock on notes.lock beside the file),
 * then BEGIN IMMEDIATE. Nests: only the outermost counts, and a rollback inside
 * rolls back all.
 */
enum rc	store_begin(struct store *st, struct err *err);
enum rc	store_commit(struct store *st, struct err *err);
void	store_rollback(struct store *st);

/*
 * One consistent view for several reads (BEGIN; end with store_read_end()).
 * Keep it short: an open read blocks writers in this journal mode.
 */
enum rc	store_read_begin(struct store *st, struct err *err);
void	store_read_end(struct store *st);

/* Queries give up with RC_STOPPED when stop(arg) is true (a key waits). */
void	store_on_progress(struct store *st, bool (*stop)(void *arg),
	    void *arg);

/*
 * While another process keeps a lock that is needed, give_up() is called at
 * once and then some times a second, with the pid of that process (0: unknown)
 * and the milliseconds waited so far.  When it returns true, the wait ends with
 * RC_STOPPED; nothing is written then.  NULL: wait in silence.
 */
void	store_on_wait(struct store *st,
	    bool (*give_up)(void *arg, long pid, int waited_ms), void *arg);

/*
 * Local values that are not journaled: what the last scan saw and the like.
 * The caller frees *out, which is NULL when there is none.
 */
enum rc	store_local_get(struct store *st, const char *name, char **out,
	    struct err *err);
enum rc	store_local_set(struct store *st, const char *name, const char *value,
	    struct err *err);

/* Settings of the tracker, journaled by "meta" events: "prefix", "created". */
enum rc	store_meta_get(struct store *st, const char *name, char **out,
	    struct err *err);

/* This database's 64 random bits, and the tracker's own ULID. */
uint64_t store_replica(const struct store *st);
const struct ulid *store_tracker(const struct store *st);

/* Checks pages, foreign keys, schema, counters, search index; findings as
 * lines. */
enum rc	store_check(struct store *st, struct strv *findings, struct err *err);

/*
 * Replays the journal into empty tables.  *changed tells whether the content
 * differs from what was there.  Derived history and local values stay.
 * progress(arg, done, total) may be NULL.
 */
enum rc	store_rebuild(struct store *st,
	    void (*progress)(void *arg, int64_t done, int64_t total),
	    void *arg, bool *changed, struct err *err);

/* A digest (hex) of all projected content, independent of row numbers. */
enum rc	store_digest(struct store *st, char out[65], struct err *err);

/* Saves what can be read of a damaged file into a new one. */
enum rc	store_recover(const char *path, const char *into, int64_t *events,
	    struct err *err);

#endif
