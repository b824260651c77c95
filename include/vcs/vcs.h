/*
 * History, read through one narrow interface with three ways in: plain files
 * (HEAD, refs, loose objects: a millisecond, for hooks and "nothing new"),
 * libgit2 (loaded by dlopen when first needed: whole histories), and the git
 * program (what libgit2 1.5 cannot open: SHA-256, reftable, shallow walks,
 * unknown extensions; and few new commits, where one "git log" is cheaper).
 * Callers never see which one answers.
 */
#ifndef NOTES_VCS_VCS_H
#define NOTES_VCS_VCS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/strv.h"
#include "model/commit.h"

struct vcs;

/*
 * Finds the repository that dir (NULL: the current folder) is in, as git does:
 * GIT_DIR, GIT_COMMON_DIR, GIT_CEILING_DIRECTORIES, .git files of worktrees
 * and submodules, bare repositories.  No libgit2 yet.  RC_NOT_FOUND when there
 * is none; a .git of another owner is refused unless safe.directory allows it.
 */
enum rc	vcs_open(const char *dir, struct vcs **out, struct err *err);
void	vcs_close(struct vcs *v);

const char *vcs_git_dir(const struct vcs *v);	/* absolute */
/* shared by worktrees */
const char *vcs_common_dir(const struct vcs *v);
const char *vcs_work_tree(const struct vcs *v);	/* NULL when bare */
bool	vcs_is_bare(const struct vcs *v);
bool	vcs_is_shallow(const struct vcs *v);
/* Differs when the edge of a shallow clone has moved; 0: it is none. */
uint64_t vcs_shallow_digest(const struct vcs *v);
/* Anybody on this machine may write to the git folder: worth a warning. */
bool	vcs_others_write(const struct vcs *v);
size_t	vcs_oid_len(const struct vcs *v);		/* 20 or 32 */

/*
 * Makes a repository in the new folder dir, its history from a stream for git
 * fast-import.  The work tree stays empty.  Needs the git program.
 */
enum rc	vcs_make(const char *dir, const struct buf *stream, struct err *err);

struct vcs_head {
	char		*branch;	/* short name, NULL when detached */
	struct oid	 commit;	/* none while the branch is unborn */
};

enum rc	vcs_head(struct vcs *v, struct vcs_head *out, struct err *err);
void	vcs_head_release(struct vcs_head *h);

enum vcs_ref_kind { VCS_BRANCH, VCS_REMOTE, VCS_TAG, VCS_HEAD };

struct vcs_ref {
	const char	*name;		/* full: refs/heads/main; the list's */
	enum vcs_ref_kind kind;
	/* as the ref has it (may be a tag object) */
	struct oid	 oid;
	/* peeled; none until vcs_refs_peel() if the files did not say; none:
	 * no commit */
	struct oid	 commit;
	const char	*symref;	/* target of a symbolic ref, or NULL */
};

struct vcs_ref_list {
	struct vcs_ref	*v;		/* sorted by name */
	size_t		 n, cap;
	struct strv	 texts;		/* what the names point into */
};

/*
 * All of refs/heads, refs/remotes and refs/tags, and every worktree's HEAD
 * (kind VCS_HEAD, named HEAD or worktrees/<id>/HEAD).  Reads the files
 * directly where the format is "files".  HEAD is the main worktree's whichever
 * worktree was opened.  Refs that are broken or lead nowhere are left out.
 */
enum rc	vcs_refs(struct vcs *v, struct vcs_ref_list *out, struct err *err);
/*
 * Fills in commit of every ref.  What the files say of a tag is believed: the
 * commit of a tag in packed-refs may be a tree, a blob or missing.  Others of
 * trees and blobs, and refs to missing objects, keep none.
 */
enum rc	vcs_refs_peel(struct vcs *v, struct vcs_ref_list *refs,
	    struct err *err);
void	vcs_ref_list_release(struct vcs_ref_list *l);
/* A digest of all names and ids: equal means that nothing has moved. */
uint64_t vcs_refs_digest(const struct vcs_ref_list *l);

/*
 * The times of every file and folder that changes when a ref does, as text to
 * keep; empty when they cannot be told, or are too young to be trusted.  While
 * vcs_refs_unmoved() is true of it, no ref has moved: a few stat() calls
 * instead of reading every ref.
 */
void	vcs_refs_stamp(struct vcs *v, struct buf *out);
bool	vcs_refs_unmoved(struct vcs *v, const char *stamp);

/* What a tag says beside its target. */
struct vcs_tag {
	struct oid	 commit;	/* peeled; none if it is of no commit */
	bool		 annotated;
	int64_t		 time;		/* the tagger's, or the commit's */
};

enum rc	vcs_tag_read(struct vcs *v, const char *short_name,
	    struct vcs_tag *out, struct err *err);

/* Return false to stop the walk (RC_STOPPED). */
typedef bool (*vcs_commit_fn)(const struct commit *c, void *arg);

/*
 * Calls fn once for every commit that is reachable from tips (n of them) and
 * not from known ones: known(arg, oid) says that a commit and all its
 * ancestors need no visit (NULL: none is known). hidden (n_hidden) are the tips
 *  of what is known, for a backend that can only be told so; every known commit
 * is reachable from one of them; hidden ones that have vanished do no harm.
 * With known NULL and hidden set it is the range "tips, but not hidden".  Order
 * is any; each commit once; parents beyond the edge of a shallow clone are left
 * out of n_parents, and boundary is set. Tips may be tags; tips that are
 * missing or no commits are passed over (a broken ref), but an ancestor that is
 * missing or damaged, or a whole history of which no tip is left, is RC_GIT and
 * named. Replace refs and grafts are not followed.
 */
struct vcs_walk {
	const struct oid	*tips;
	size_t			 n_tips;
	bool			(*known)(void *arg, const struct oid *oid);
	const struct oid	*hidden;
	size_t			 n_hidden;
	vcs_commit_fn		 fn;
	void			*arg;
};

enum rc	vcs_walk(struct vcs *v, const struct vcs_walk *walk, struct err *err);

/*
 * One commit, its texts in mem, which starts as { 0 }, must outlive out and may
 * be used again for the next one.  Loose objects are read without libgit2.
 * Author and message are NUL-terminated here.
 */
struct vcs_commit_mem {
	struct oid	*parents;
	struct buf	 text;
};

enum rc	vcs_commit_read(struct vcs *v, const struct oid *id,
	    struct vcs_commit_mem *mem, struct commit *out, struct err *err);
void	vcs_commit_mem_release(struct vcs_commit_mem *mem);

/* What rev-parse takes, peeled to a commit. RC_NOT_FOUND names rev. */
enum rc	vcs_resolve(struct vcs *v, const char *rev, struct oid *out,
	    struct err *err);

/*
 * The diffstat and the unified diff of one commit, appended to out (no colours,
 * no external diff, no textconv; merges as combined diff).  It is cut behind
 * the last whole line within max_bytes and a line says so.
 */
enum rc	vcs_diff(struct vcs *v, const struct oid *id, size_t max_bytes,
	    struct buf *out, struct err *err);

struct vcs_blame_line {
	struct oid	 commit;	/* none: not committed yet */
	size_t		 line;		/* from 1 */
	const char	*text;		/* without its end; any bytes */
	size_t		 len;
};

/* Return false to stop (RC_STOPPED). */
typedef bool (*vcs_blame_fn)(const struct vcs_blame_line *l, void *arg);

/*
 * Which commit each line of a file comes from, by the git program, without
 * textconv: of the file as it lies in the work tree (path as the current folder
 * sees it), or of HEAD's in a bare repository (path from the top).  line 0: all
 * of them.  RC_NOT_FOUND: no such file; RC_GIT has git's own words.
 */
enum rc	vcs_blame(struct vcs *v, const char *path, size_t line,
	    vcs_blame_fn fn, void *arg, struct err *err);

enum vcs_where { VCS_IN_HEAD, VCS_ANYWHERE };

/* Whether that line (without its end) came into the file or went out of it in
 * any commit that HEAD, or any ref, reaches. */
enum rc	vcs_file_had(struct vcs *v, const char *path, const char *text,
	    enum vcs_where where, bool *had, struct err *err);

#endif
