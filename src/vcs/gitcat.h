/*
 * One "git cat-file --batch" that answers as long as the repository is open:
 * for the odd object that is neither a loose file nor worth loading libgit2.
 */
#ifndef NOTES_VCS_GITCAT_H
#define NOTES_VCS_GITCAT_H

#include "base/buf.h"
#include "base/err.h"
#include "repo.h"

/*
 * The object's bytes into raw, which is emptied first; trees and blobs stay
 * away, only their type is told.  RC_NOT_FOUND, with no message, when missing.
 */
enum rc	gitcat_read(struct vcs *v, const struct oid *id, struct buf *raw,
	    enum obj_type *type, struct err *err);
void	gitcat_close(struct gitcat *cat);

#endif
