/* Refs as files (gitrepository-layout(5)), and as the git program has them. */
#ifndef NOTES_VCS_REFS_H
#define NOTES_VCS_REFS_H

#include <stdbool.h>

#include "base/err.h"
#include "vcs/repo.h"
#include "vcs/vcs.h"

/* git-check-ref-format(1), without its rule about one-level names. */
bool	ref_name_ok(const char *name);
enum vcs_ref_kind ref_kind(const char *name);
/* Adds a zeroed ref; name is copied. */
struct vcs_ref *ref_add(struct vcs_ref_list *l, const char *name);
/* The ref of that name in a sorted list, or NULL. */
struct vcs_ref *ref_find(const struct vcs_ref_list *l, const char *name);
void	ref_sort(struct vcs_ref_list *l);

/* refs_file.c; broken refs are left out. */
enum rc	refs_file_list(struct vcs *v, struct vcs_ref_list *out,
	    struct err *err);
/*
 * Follows name ("HEAD", "refs/heads/main") to an id; *target, which may be
 * NULL, gets the last symbolic name on the way, NULL when there was none (the
 * caller frees it).  RC_NOT_FOUND, with no message, when it leads nowhere.
 */
enum rc	refs_file_read(struct vcs *v, const char *name, struct oid *out,
	    char **target);

/* refs_git.c */
enum rc	refs_git_list(struct vcs *v, struct vcs_ref_list *out, struct err *err);
enum rc	refs_git_head(struct vcs *v, struct oid *out, char **target,
	    struct err *err);

#endif
