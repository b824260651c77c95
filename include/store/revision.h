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
/* The newest in Markdown that went to that file; out stays empty (text NULL)
 * when there is none. */
enum rc	store_revision_base(struct store *st, const char *version,
	    const char *file, struct revision *out, struct err *err);
/* Without texts, oldest first; version NULL: of all. */
enum rc	store_revisions(struct store *st, const char *version,
	    struct revision_list *out, struct err *err);

#endif
