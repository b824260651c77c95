/*
 * A repository as the files of this folder see it.  Nothing outside src/vcs
 * includes this header, but for the tests, which force one way in.
 */
#ifndef NOTES_VCS_REPO_H
#define NOTES_VCS_REPO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/strv.h"
#include "model/commit.h"
#include "vcs/vcs.h"

struct git2;
struct gitcat;

/* Which way in is taken; the tests compare all of them. */
enum vcs_way {
	VCS_WAY_ANY,	/* whichever fits */
	VCS_WAY_GIT2,	/* libgit2 for every object */
	VCS_WAY_GIT	/* the git program for every object and ref */
};

struct vcs {
	char		*git_dir;	/* absolute, of this worktree */
	char		*common_dir;	/* absolute, shared */
	char		*objects;	/* absolute */
	char		*work_tree;	/* NULL when bare */
	size_t		 oid_len;	/* bytes */
	bool		 reftable;	/* refs are not in files */
	bool		 unknown;	/* an extension that we do not know */
	/* anybody may write to the git folder */
	bool		 others_write;
	enum vcs_way	 way;
	struct oid_map	 shallow;	/* commits whose parents are cut off */
	bool		 is_shallow;
	struct strv	 alternates;	/* object folders beside objects */
	bool		 alternates_read;
	struct git2	*git2;		/* NULL until needed */
	bool		 git2_failed;
	struct gitcat	*cat;		/* NULL until needed */
};

/* Object types, with the numbers that packs and libgit2 give them. */
enum obj_type { OBJ_NONE, OBJ_COMMIT, OBJ_TREE, OBJ_BLOB, OBJ_TAG };

enum obj_type obj_type_parse(const char *s, size_t len);

/*
 * repo_own.c: RC_OK when the user owns the repository or safe.directory (of
 * the system's, the user's or the command line's configuration) lists it.
 */
enum rc	repo_check_owner(const char *git_file, const char *git_dir,
	    const char *work_tree, struct err *err);

/* "object 1234... is missing (run: git fsck)" and the like. */
enum rc	obj_missing(const struct oid *id, struct err *err);
enum rc	obj_damaged(const struct oid *id, struct err *err);

/*
 * loose.c: the object as git stores it, without its "type size" header; raw is
 * emptied first.  RC_NOT_FOUND (with no message) when no such file is there.
 */
enum rc	loose_read(struct vcs *v, const struct oid *id, struct buf *raw,
	    enum obj_type *type, struct err *err);
/* The ids of all such files. */
void	loose_list(struct vcs *v, struct oid_map *out);
/* The object folders beside the repository's own. */
const struct strv *loose_alternates(struct vcs *v);

/*
 * object.c: any object by the cheapest way: loose file, libgit2 when it is
 * loaded, else one "git cat-file --batch" that lives as long as v.  Of trees
 * and blobs only the type is told.  RC_NOT_FOUND when it is missing.
 */
enum rc	object_read(struct vcs *v, const struct oid *id, struct buf *raw,
	    enum obj_type *type, struct err *err);
/*
 * Follows tags: *commit is none when id leads to no commit.  tag_time, which
 * may be NULL, gets the outermost tagger's time (DATE_NONE without one) and
 * *annotated whether id is a tag object.
 */
enum rc	object_peel(struct vcs *v, const struct oid *id, struct oid *commit,
	    int64_t *tag_time, bool *annotated, struct err *err);
/*
 * The same by loose files alone: a tag is believed what it says of its target.
 * False when a pack has what must be looked at.
 */
bool	object_peel_loose(struct vcs *v, const struct oid *id,
	    struct oid *commit);

/* repo.c: makes a commit at the edge of a shallow clone one without parents. */
void	vcs_cut_shallow(const struct vcs *v, struct commit *c);

/* True when libgit2 can read this repository. */
bool	vcs_fits_git2(const struct vcs *v);

#endif
