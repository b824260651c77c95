/*
 * The spool: what a hook could not do now, as small files in the tracker's
 * folder.  A file holds the hook's name and, for post-rewrite, the pairs that
 * git says only once.  Every command that may write drains it.
 */
#ifndef NOTES_APP_SPOOL_H
#define NOTES_APP_SPOOL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

struct app;

/* A new file below dir; its path through *path (owned by the caller). */
enum rc	spool_write(const char *dir, const char *name, const char *data,
	    size_t len, char **path, struct err *err);

/* Whether work waits in the spool below dir. */
bool	spool_waits(const char *dir);

/* Stores "old new" lines as rewrites; lines that are none are passed over. */
enum rc	spool_rewrites(struct app *a, const char *data, size_t len,
	    struct err *err);

#endif
