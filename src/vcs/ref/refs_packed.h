/* packed-refs: one file of many refs, read at once (git-pack-refs(1)). */
#ifndef NOTES_VCS_REFS_PACKED_H
#define NOTES_VCS_REFS_PACKED_H

#include <stdbool.h>
#include <stddef.h>

#include "model/commit.h"

struct vcs;

struct refs_packed {
	char	*text;		/* the caller frees it; never NULL */
	size_t	 len;
	/* "^" lines of all tags: no line, no tag object */
	bool	 peeled;
};

/* Empty when there is no such file. */
void	refs_packed_read(const struct vcs *v, struct refs_packed *out);
/*
 * Takes one ref line and the "^" line behind it, from *p on.  The line end
 * becomes a NUL, so that *name can point into the text; peeled is what
 * the "^" line says, none when it is not known.  False at the end.
 */
bool	refs_packed_next(const struct vcs *v, struct refs_packed *f, char **p,
	    char **name, struct oid *oid, struct oid *peeled);
/* One ref by its full name. */
bool	refs_packed_find(const struct vcs *v, const char *name,
	    struct oid *oid, struct oid *peeled);

#endif
