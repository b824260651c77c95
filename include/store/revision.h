/* Revisions of notes: local to this database, not journaled. */
#ifndef NOTES_STORE_REVISION_H
#define NOTES_STORE_REVISION_H

#include <stdint.h>

#include "base/err.h"
#include "model/revision.h"

struct store;

/* Keeps it unless the newest of that version, file and format has the same
 * text; sets r->n to the number that it has now, or had. */
enum rc	store_revision_add(struct store *st, struct revision *r,
	    struct err *err);
/* n 0: the newest one.  RC_NOT_FOUND. */
enum rc	store_revision_get(struct store *st, const char *version, int64_t n,
	    struct revision *out, struct err *err);
/*
 * With texts, those in Markdown that went to that file, newest first, at most
 * max: of the version, and, where its section may once have been theirs, of
 * also (NULL: of none) behind them.
 */
enum rc	store_revision_bases(struct store *st, const char *version,
	    const char *also, const char *file, size_t max,
	    struct revision_list *out, struct err *err);
/* Without texts, oldest first; version NULL: of all. */
enum rc	store_revisions(struct store *st, const char *version,
	    struct revision_list *out, struct err *err);

#endif
