/* Where the repository is: git's own search (gitrepository-layout(5)). */
#ifndef NOTES_VCS_DISCOVER_H
#define NOTES_VCS_DISCOVER_H

#include <stdbool.h>

#include "base/err.h"

struct found {
	char	*start;		/* absolute: where the search began */
	char	*git_dir;	/* absolute */
	char	*common_dir;	/* absolute */
	char	*git_file;	/* the .git file that led here, or NULL */
	char	*top;		/* the folder that holds .git, NULL when the
				   folder is itself the repository */
	bool	 by_env;	/* GIT_DIR said so */
};

enum rc	discover(const char *dir, struct found *out, struct err *err);
void	found_release(struct found *f);

/*
 * The work tree as git decides on it: GIT_WORK_TREE, core.worktree
 * (configured, or NULL), none when bare, else the top.  The caller frees it.
 */
char	*discover_work_tree(const struct found *f, const char *git_dir,
	    const char *configured, bool bare);

#endif
