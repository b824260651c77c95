/*
 * Hooks on disk.  Installing keeps an existing hook beside ours and runs it
 * first with the same arguments and input; uninstalling restores its bytes.
 * The rules are those of docs/SAFETY.md.
 *
 * What a stub expects of "notes hook run NAME ARGS...": for commit-msg exit
 * status 3 (RC_FOUND) refuses the message; every other status, a crash or a
 * program that is gone included, lets the commit happen. For prepare-commit-msg
 *  no status stops anything.  The other hooks become notes by exec, and git
 * ignores their status; post-rewrite has its input on standard input.
 */
#ifndef NOTES_VCS_HOOKS_H
#define NOTES_VCS_HOOKS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

struct vcs;

/* commit-msg, prepare-commit-msg, post-commit, post-merge, post-rewrite, ... */
extern const char *const vcs_hook_names[];
extern const size_t vcs_hook_names_n;

enum vcs_hook_state {
	VCS_HOOK_ABSENT,	/* nothing there */
	VCS_HOOK_OURS,		/* our stub, up to date */
	VCS_HOOK_CHAINED,	/* our stub, with a kept hook that runs first */
	/* our stub of another version or program path */
	VCS_HOOK_OUTDATED,
	VCS_HOOK_FOREIGN	/* somebody else's */
};

struct vcs_hook_status {
	const char	*name;		/* static */
	enum vcs_hook_state state;
	char		*path;		/* owned */
};

struct vcs_hooks {
	char		*dir;		/* where git looks for them; owned */
	/* core.hooksPath is set: not ours to write */
	bool		 managed;
	char		*manager;	/* "husky", "lefthook", "pre-commit",
					   "core.hooksPath", or NULL; owned */
	struct vcs_hook_status *v;
	size_t		 n;
};

enum rc	vcs_hooks_status(struct vcs *v, struct vcs_hooks *out,
	    struct err *err);
void	vcs_hooks_release(struct vcs_hooks *h);

/*
 * Installs every hook; program is the absolute path of notes.  Idempotent.
 * Where core.hooksPath is set nothing is written: RC_FAIL, and advice gets
 * the lines to add to each hook there.  Advice is also given, with RC_OK, where
 * another manager of hooks may write over ours.  RC_CONFLICT, nothing written,
 * when a stub was edited or a second hook stands in a kept one's place.
 */
enum rc	vcs_hooks_install(struct vcs *v, const char *program,
	    struct buf *advice, struct err *err);
/*
 * Removes our stubs and puts kept hooks back, byte for byte.  Hooks that
 * somebody has changed since are left alone, with what is kept of them.
 */
enum rc	vcs_hooks_uninstall(struct vcs *v, size_t *removed, struct err *err);

/* Unsets git's local variables (GIT_DIR, GIT_INDEX_FILE, ...) in this
 * process. */
void	vcs_env_clear(void);

#endif
