/*
 * The git program: run by argument vector only, never through a shell, never
 * asking, fetching, paging or running a helper that configuration names.
 * Replace refs and the grafts file are ignored: history is read as it is
 * stored, and libgit2 reads it so, too.
 */
#ifndef NOTES_VCS_GITPROG_H
#define NOTES_VCS_GITPROG_H

#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"

struct vcs;

/*
 * Runs "git ARGS..." (NULL-ended) to its end with in as standard input (NULL:
 * none).  Output is appended to out, which may be NULL.  v NULL: outside of any
 * repository.  *status is the exit status; *errout, which may be NULL, gets
 * what git said.
 */
enum rc	gitprog_run(const struct vcs *v, const char *const args[],
	    const struct buf *in, struct buf *out, struct buf *errout,
	    int *status, struct err *err);

/* A running git whose output is read as it comes. */
struct gitprog {
	pid_t	 pid;		/* 0: none */
	int	 in;		/* its standard input, -1 when that is a file */
	int	 out;		/* its standard output */
	int	 errs;		/* a memory file with what it said */
	struct buf buf;		/* read and not yet taken: buf.ptr + pos */
	size_t	 pos;
};

enum gitprog_input { GITPROG_TEXT, GITPROG_TALK };

/*
 * Starts git.  With GITPROG_TEXT its input is the text in (NULL: none), with
 * GITPROG_TALK it is what gitprog_write() sends.
 */
enum rc	gitprog_start(const struct vcs *v, const char *const args[],
	    enum gitprog_input input, const struct buf *in, struct gitprog *p,
	    struct err *err);
enum rc	gitprog_write(struct gitprog *p, const char *s, size_t len,
	    struct err *err);
/*
 * The bytes up to (not including) the next end byte, borrowed until the next
 * call; RC_NOT_FOUND at the end of the output.
 */
enum rc	gitprog_until(struct gitprog *p, char end, char **s, size_t *len,
	    struct err *err);
/* Exactly len bytes, borrowed until the next call. */
enum rc	gitprog_exactly(struct gitprog *p, size_t len, char **s,
	    struct err *err);

enum gitprog_end { GITPROG_WAIT, GITPROG_KILL };

/*
 * Waits for its end, or ends it at once.  RC_GIT with git's own words when it
 * had failed by itself.
 */
enum rc	gitprog_finish(struct gitprog *p, enum gitprog_end how,
	    struct err *err);

/* git's first line of complaint without "fatal: ", into err with RC_GIT. */
enum rc	gitprog_complain(const struct buf *said, int status, struct err *err);

#endif
