#include "base/fs.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"

/*
 * posix_spawn, not fork: the child shares our memory until it becomes the
 * program, so that none of our code runs in a copy that has a database open.
 */

enum stdio { PIPED, INHERITED };

struct child {
	pid_t pid;
	int pidfd;  /* -1 where the kernel has none */
	int fds[3]; /* our ends, -1 when closed */
};

/* Does the entry NAME=VALUE (or NAME) of env name the same variable as var? */
static bool
same_name(const char *entry, const char *var)
{
	size_t n = strcspn(entry, "=");

	return strncmp(entry, var, n) == 0 && var[n] == '=';
}

/* environ with the changes of env; the array is the caller's, the rest not. */
static char **
merged_env(const char *const env[])
{
	size_t n = 0, cap = 0;
	char **merged = NULL;

	for (char **e = environ; e != NULL && *e != NULL; e++) {
		bool changed = false;

		for (size_t i = 0; env != NULL && env[i] != NULL; i++)
			changed = changed || same_name(env[i], *e);
		if (changed)
			continue;
		merged = mem_grow(merged, &cap, n + 1, sizeof(*merged));
		merged[n++] = *e;
	}
	for (size_t i = 0; env != NULL && env[i] != NULL; i++) {
		if (strchr(env[i], '=') == NULL)
			continue;
		merged = mem_grow(merged, &cap, n + 1, sizeof(*merged));
		merged[n++] = (char *)(uintptr_t)env[i];
	}
	merged = mem_grow(merged, &cap, n + 1, sizeof(*merged));
	merged[n] = NULL;
	return merged;
}

static void
close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* One standard stream of the child: a pipe, or /dev/null. */
static int
add_stream(posix_spawn_file_actions_t *acts, int fd, bool piped, int *ours,
    int *theirs)
{
	int ends[2];

	if (!piped)
		return posix_spawn_file_actions_addopen(acts, fd, "/dev/null",
		    fd == 0 ? O_RDONLY : O_WRONLY, 0);
	if (pipe2(ends, O_CLOEXEC) != 0)
		return errno;
	*ours = ends[fd == 0];
	*theirs = ends[fd != 0];
	fcntl(*ours, F_SETFL, O_NONBLOCK);
	/* dup2 of a descriptor to itself would leave close-on-exec set. */
	if (*theirs == fd) {
		int moved = fcntl(*theirs, F_DUPFD_CLOEXEC, 3);

		if (moved < 0)
			return errno;
		close(*theirs);
		*theirs = moved;
	}
	return posix_spawn_file_actions_adddup2(acts, *theirs, fd);
}

/* Signals that we ignore or block are none of the child's business. */
static int
set_signals(posix_spawnattr_t *attr)
{
	sigset_t defaults, mask;

	sigemptyset(&mask);
	sigemptyset(&defaults);
	sigaddset(&defaults, SIGPIPE);
	sigaddset(&defaults, SIGXFSZ);
	posix_spawnattr_setsigmask(attr, &mask);
	posix_spawnattr_setsigdefault(attr, &defaults);
	return posix_spawnattr_setflags(attr,
	    POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

static enum rc
start(struct child *c, const char *const argv[], const char *dir,
    const char *const env[], enum stdio stdio, const bool piped[3],
    struct err *err)
{
	posix_spawn_file_actions_t acts;
	posix_spawnattr_t attr;
	char **merged = merged_env(env);
	int theirs[3] = { -1, -1, -1 };
	int e = 0;

	posix_spawn_file_actions_init(&acts);
	posix_spawnattr_init(&attr);
	for (int i = 0; e == 0 && i < 3 && stdio == PIPED; i++)
		e = add_stream(&acts, i, piped[i], &c->fds[i], &theirs[i]);
	if (e == 0 && dir != NULL)
		e = posix_spawn_file_actions_addchdir_np(&acts, dir);
	if (e == 0)
		e = set_signals(&attr);
	if (e == 0)
		e = posix_spawnp(&c->pid, argv[0], &acts, &attr,
		    (char *const *)(uintptr_t)argv, merged);
	for (int i = 0; i < 3; i++)
		close_fd(&theirs[i]);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&acts);
	free(merged);
	if (e == ENOMEM)
		mem_fail();
	if (e != 0 && dir != NULL)
		return err_errno(err, e, "cannot run %s in %s", argv[0], dir);
	if (e != 0)
		return err_errno(err, e, "cannot run %s", argv[0]);
	return RC_OK;
}

/* Writes what fits; closes the pipe at the end, or when nobody reads it. */
static void
feed(int *fd, const char **in, size_t *len)
{
	ssize_t n = write(*fd, *in, *len);

	if (n < 0 && errno != EINTR && errno != EAGAIN) {
		close_fd(fd);
		return;
	}
	if (n > 0) {
		*in += n;
		*len -= (size_t)n;
	}
	if (*len == 0)
		close_fd(fd);
}

/* Reads what is there; false once there is no more for now. */
static bool
drain(int *fd, struct buf *out)
{
	char chunk[65536];
	ssize_t n = read(*fd, chunk, sizeof(chunk));

	if (n > 0) {
		buf_add(out, chunk, (size_t)n);
		return true;
	}
	if (n < 0 && errno == EINTR)
		return true;
	if (n == 0 || errno != EAGAIN)
		close_fd(fd);
	return false;
}

/* Moves data until the streams are closed or the child is gone. */
static void
talk(struct child *c, const char *in, size_t in_len, struct buf *outs[3])
{
	struct pollfd p[4];
	bool running = true;

	if (c->fds[0] >= 0 && in_len == 0)
		close_fd(&c->fds[0]);
	while (running &&
	    (c->fds[0] >= 0 || c->fds[1] >= 0 || c->fds[2] >= 0)) {
		for (int i = 0; i < 3; i++)
			p[i] = (struct pollfd){ .fd = c->fds[i],
				.events = i == 0 ? POLLOUT : POLLIN };
		p[3] = (struct pollfd){ .fd = c->pidfd, .events = POLLIN };
		if (poll(p, 4, -1) < 0) {
			if (errno != EINTR)
				break;
			continue;
		}
		if (p[0].revents != 0)
			feed(&c->fds[0], &in, &in_len);
		for (int i = 1; i < 3; i++)
			if (p[i].revents != 0)
				drain(&c->fds[i], outs[i]);
		running = p[3].revents == 0;
	}
	/* Gone, but what it said may still stand in the pipes. */
	for (int i = 1; i < 3; i++)
		while (c->fds[i] >= 0 && drain(&c->fds[i], outs[i]))
			continue;
}

static enum rc
finish(struct child *c, const char *name, int *status, struct err *err)
{
	int how;

	for (int i = 0; i < 3; i++)
		close_fd(&c->fds[i]);
	close_fd(&c->pidfd);
	while (waitpid(c->pid, &how, 0) < 0)
		if (errno != EINTR)
			return err_errno(err, errno, "cannot wait for %s",
			    name);
	*status = WIFSIGNALED(how) ? 128 + WTERMSIG(how) : WEXITSTATUS(how);
	return RC_OK;
}

enum rc
fs_run(const char *const argv[], const char *dir, const char *const env[],
    const char *in, size_t in_len, struct buf *out, struct buf *errout,
    int *status, struct err *err)
{
	struct child c = { .pidfd = -1, .fds = { -1, -1, -1 } };
	const bool piped[3] = { in != NULL, out != NULL, errout != NULL };
	struct buf *outs[3] = { NULL, out, errout };
	const struct timespec none = { 0, 0 };
	sigset_t pipe_set, kept;
	enum rc rc;

	if ((rc = start(&c, argv, dir, env, PIPED, piped, err)) != RC_OK) {
		for (int i = 0; i < 3; i++)
			close_fd(&c.fds[i]);
		return rc;
	}
	c.pidfd = pidfd_open(c.pid, 0);
	/* Writing to one that does not read must not end us. */
	sigemptyset(&pipe_set);
	sigaddset(&pipe_set, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &pipe_set, &kept);
	talk(&c, in, in_len, outs);
	if (!sigismember(&kept, SIGPIPE))
		while (sigtimedwait(&pipe_set, NULL, &none) < 0 &&
		    errno == EINTR)
			continue;
	pthread_sigmask(SIG_SETMASK, &kept, NULL);
	return finish(&c, argv[0], status, err);
}

enum rc
fs_run_tty(const char *const argv[], const char *dir, const char *const env[],
    int *status, struct err *err)
{
	struct child c = { .pidfd = -1, .fds = { -1, -1, -1 } };
	const bool piped[3] = { false, false, false };
	enum rc rc = start(&c, argv, dir, env, INHERITED, piped, err);

	if (rc != RC_OK)
		return rc;
	return finish(&c, argv[0], status, err);
}

/* True when it has ended. */
static bool
wait_ms(const struct child *c, int ms)
{
	struct pollfd p = { .fd = c->pidfd, .events = POLLIN };

	return poll(&p, 1, ms) > 0;
}

enum rc
fs_run_tty_while(const char *const argv[], bool (*go_on)(void *arg), void *arg,
    int *status, struct err *err)
{
	struct child c = { .pidfd = -1, .fds = { -1, -1, -1 } };
	const bool piped[3] = { false, false, false };
	bool ended = false;
	enum rc rc = start(&c, argv, NULL, NULL, INHERITED, piped, err);

	if (rc != RC_OK)
		return rc;
	/* Where the kernel has none it can only be waited for. */
	if ((c.pidfd = pidfd_open(c.pid, 0)) < 0)
		return finish(&c, argv[0], status, err);
	while (!ended && go_on(arg))
		ended = wait_ms(&c, 200);
	if (ended)
		return finish(&c, argv[0], status, err);
	kill(c.pid, SIGHUP);
	kill(c.pid, SIGCONT);
	if (wait_ms(&c, 1000))
		(void)finish(&c, argv[0], status, err);
	else
		close_fd(&c.pidfd);
	return err_set(err, RC_STOPPED, "%s was ended", argv[0]);
}
