/* Files and folders.  Nothing here opens the database. */
#ifndef NOTES_BASE_FS_H
#define NOTES_BASE_FS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"

/*
 * Appends the whole file (at most max bytes, 0 for no limit) to out.  Refuses
 * anything but a regular file; "-" is standard input.
 */
enum rc	fs_read(const char *path, size_t max, struct buf *out,
	    struct err *err);

/*
 * Replaces the file with data: temporary file beside it, fsync, rename, fsync
 * of the folder.  Keeps the mode of a file that is there; mode is for a new
 * one.  Refuses to follow a symbolic link, and to replace a file that we may
 * not write to.
 */
enum rc	fs_write(const char *path, const void *data, size_t len, mode_t mode,
	    struct err *err);

/* Makes the folder and its missing parents with mode; fine when it exists. */
enum rc	fs_mkdir(const char *path, mode_t mode, struct err *err);

bool	fs_exists(const char *path);
bool	fs_is_dir(const char *path);

/* dir + "/" + name, or name alone when it is absolute; the caller frees it. */
char	*fs_join(const char *dir, const char *name);
/* The absolute path without links, NULL when it does not exist. */
char	*fs_real(const char *path);

/* What tells that a file has changed: compare with memcmp after zeroing. */
struct fs_stamp {
	uint64_t dev, ino, size;
	int64_t	 mtime_ns;
	int64_t	 exists;	/* 0 or 1 */
};

void	fs_stamp(const char *path, struct fs_stamp *out);

/*
 * Advisory lock (flock) on path, which is created with mode 0600.  Waits at
 * most wait_ms milliseconds, fairly (blocking flock, interrupted by a timer).
 * On RC_BUSY the message names the holder's pid.  *fd is closed to unlock with
 * fs_unlock().
 */
enum rc	fs_lock(const char *path, int wait_ms, int *fd, struct err *err);
void	fs_unlock(int *fd);

/*
 * The same, for somebody who is told of the wait: give_up() is called every 50
 * ms with the holder's pid (0: unknown) and the milliseconds so far, and ends
 * it with RC_STOPPED when it returns true.  A signal's handler makes the next
 * call come at once.  wait may be NULL.
 */
struct fs_wait {
	bool	(*give_up)(void *arg, long pid, int waited_ms);
	void	*arg;
};
enum rc	fs_lock_told(const char *path, int wait_ms, const struct fs_wait *wait,
	    int *fd, struct err *err);

/*
 * The process that keeps a lock on the file (dev, ino) which keeps others out,
 * as the kernel tells (/proc/locks); 0: none, or not to be known.  The file is
 * not opened.
 */
long	fs_lock_holder(dev_t dev, ino_t ino);
/* The name of a running process, or NULL; the caller frees it. */
char	*fs_process_name(long pid);

/*
 * Runs a program: no shell, standard input from the string in (or /dev/null),
 * standard output appended to out (or discarded), standard error to errout (or
 * discarded).  env holds NAME=VALUE to set and NAME to unset, NULL-ended, or is
 * NULL.  *status is the exit status, 128 + signal when killed.  Returns when
 * the program has ended and its output is read; what it left running in the
 * background is not waited for.
 */
enum rc	fs_run(const char *const argv[], const char *dir,
	    const char *const env[], const char *in, size_t in_len,
	    struct buf *out, struct buf *errout, int *status, struct err *err);

/*
 * As fs_run(), on the terminal: standard input, output and error are those of
 * the caller (an editor, a pager).
 */
enum rc	fs_run_tty(const char *const argv[], const char *dir,
	    const char *const env[], int *status, struct err *err);
/*
 * The same, while go_on says so (asked when a signal comes, and some times a
 * second): then the program gets SIGHUP, as from a terminal that is closed, and
 * a second to end.  RC_STOPPED when it did so, or goes on without us.
 */
enum rc	fs_run_tty_while(const char *const argv[], bool (*go_on)(void *arg),
	    void *arg, int *status, struct err *err);

#endif
