/*
 * Configuration in git's own format: every level that git reads, then
 * .notesconfig of the work tree below the repository's and above the user's.
 * Precedence: environment (GIT_CONFIG_*), worktree and repository,
 * .notesconfig, user, system. Reading costs no process when nothing has
 * changed: the values are kept in a cache file with the stamps of every file
 * that they came from.
 */
#ifndef NOTES_VCS_CONFIG_H
#define NOTES_VCS_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/strv.h"

struct vcs;

struct config_entry {
	char	*name;		/* lower-case section and key: tracker.prefix */
	char	*value;
	char	*origin;	/* file path, or "command line" */
	int	 level;		/* larger wins */
	long	 line;		/* from 1; 0: see config_find_lines() */
};

/* Of entries: .notesconfig, and the repository's own file. */
enum { CONFIG_LEVEL_TREE = 3, CONFIG_LEVEL_REPOSITORY = 4 };

struct config {
	struct config_entry *v;	/* in git's order: later wins */
	size_t	 n, cap;
	/* why .notesconfig is not in it, naming file and line; or NULL */
	char	*broken;
};

/*
 * Only tracker.*, user.name, user.email, core.hookspath, core.commentchar,
 * core.editor, core.pager, init.defaultbranch and color.* are kept.  v may be
 * NULL (no repository: user and system only).  cache is a file to keep them
 * in, or NULL.  A fault in .notesconfig leaves that file out: out->broken.
 */
enum rc	vcs_config_load(struct vcs *v, const char *cache, struct config *out,
	    struct err *err);
void	config_release(struct config *c);

/* The winning value, or NULL; borrowed. */
const char *config_get(const struct config *c, const char *name);
/* git's booleans: true/yes/on/1, an empty "name" line is true. */
bool	config_get_bool(const struct config *c, const char *name,
	    bool fallback);
/* Every value of a multi-valued name at the highest level that has any. */
void	config_get_all(const struct config *c, const char *name,
	    struct strv *out);

/* Do two names mean the same?  Only a subsection has case. */
bool	config_same_name(const char *a, const char *b);
/*
 * Finds the lines of the entries whose names begin with prefix; reads each of
 * their files once.  What a file does not hold any more keeps line 0.
 */
void	config_find_lines(struct config *c, const char *prefix);

enum config_scope {
	CONFIG_REPOSITORY,	/* git config --local */
	CONFIG_USER		/* git config --global */
};

/* Sets name (every value of it) in that scope; NULL unsets it. */
enum rc	vcs_config_set(struct vcs *v, enum config_scope scope,
	    const char *name, const char *value, struct err *err);

/*
 * The commit identity "Name <email>" as git would use it, from environment and
 * configuration; the caller frees it; falls back to the login name.
 */
char	*vcs_identity(const struct config *c);

#endif
