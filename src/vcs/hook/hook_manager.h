/* Programs that look after hooks themselves, and what to tell their users. */
#ifndef NOTES_VCS_HOOK_MANAGER_H
#define NOTES_VCS_HOOK_MANAGER_H

#include <stdbool.h>

#include "base/buf.h"

struct vcs;

/*
 * "husky", "lefthook" or "pre-commit" by the files in the work tree; dir is
 * where git looks for hooks.  NULL when there is none of them.
 */
const char *hook_manager_find(const struct vcs *v, const char *dir);

/* The lines to add, and to which file, for every hook of names. */
void	hook_manager_advise(const char *manager, const char *dir,
	    struct buf *out);

#endif
