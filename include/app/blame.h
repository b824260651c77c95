/* Where a line of a file comes from: commit, tickets, first release. */
#ifndef NOTES_APP_BLAME_H
#define NOTES_APP_BLAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strv.h"
#include "model/commit.h"

struct app;

struct blame_line {
	size_t		 line;		/* from 1 */
	struct oid	 commit;	/* none: not committed yet */
	/* keys that the commit carries work for, sorted; borrowed */
	const struct strv *tickets;
	const char	*release;	/* the first that has it, or NULL */
	const char	*subject;	/* of the commit, or "" */
	const char	*author;	/* its name, or "" */
	int64_t		 time;		/* or DATE_NONE */
	const char	*text;		/* clean; tabs stay */
};

/*
 * Calls fn for each line of file, or for one line (line > 0); return false to
 * stop.  The file is the work tree's as it lies there; in a bare repository
 * HEAD's.  Scans first what is new in history.
 */
enum rc	app_blame(struct app *a, const char *file, size_t line,
	    bool (*fn)(const struct blame_line *l, void *arg), void *arg,
	    struct err *err);

#endif
