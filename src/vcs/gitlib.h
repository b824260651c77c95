/*
 * libgit2's object database, loaded by dlopen when it is first needed: merely
 * linking it costs every process 5 ms and starting it 8 more.  Only the packs
 * are opened, never the repository, so that no extension and no owner stands in
 * the way (those are judged in repo.c), and never loose files: 1.5 hangs for
 * ever on one that was cut short.
 */
#ifndef NOTES_VCS_GITLIB_H
#define NOTES_VCS_GITLIB_H

#include <stddef.h>

#include "base/err.h"
#include "repo.h"

struct git2;

/*
 * Opens it once per struct vcs.  RC_FAIL when there is no libgit2, or none
 * that fits; asking again is cheap.
 */
enum rc	git2_open(struct vcs *v, struct err *err);
void	git2_close(struct git2 *g);

/* An object, borrowed until git2_free(). */
struct git2_object {
	void		*handle;
	const char	*data;
	size_t		 len;
	enum obj_type	 type;
};

/* RC_NOT_FOUND, with no message, when no pack has it. */
enum rc	git2_read(struct git2 *g, const struct oid *id, struct git2_object *out,
	    struct err *err);
void	git2_free(struct git2 *g, struct git2_object *o);

/* The type alone, which costs no reading of large blobs. */
enum rc	git2_type(struct git2 *g, const struct oid *id, enum obj_type *type,
	    struct err *err);

#endif
