#include "gitprog.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/mem.h"
#include "base/strv.h"
#include "repo.h"

extern char **environ;

/*
 * A grafts file that is not there: git prints a hint when it can open one.
 * GIT_NO_LAZY_FETCH is new in git 2.45; GIT_ALLOW_PROTOCOL keeps older ones
 * from fetching what a partial clone lacks.
 */
static const char *const settings[] = {
	"GIT_TERMINAL_PROMPT=0",
	"GIT_NO_REPLACE_OBJECTS=1",
	"GIT_GRAFT_FILE=/dev/null/none",
	"GIT_NO_LAZY_FETCH=1",
	"GIT_ALLOW_PROTOCOL=none",
	"GIT_OPTIONAL_LOCKS=0",
	"LC_ALL=C",
};

static const char *const unset[] = { "GIT_WORK_TREE", "GIT_PREFIX",
	"GIT_INDEX_FILE", "GIT_NAMESPACE", "GIT_EXTERNAL_DIFF",
	"GIT_DIFF_OPTS" };

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum { CHUNK = 1 << 16, ARGS_MAX = 32 };

/* NAME=VALUE to set and NAME to unset. */
static void
build_changes(const struct vcs *v, struct strv *out)
{
	for (size_t i = 0; i < COUNT(settings); i++)
		strv_push(out, settings[i]);
	for (size_t i = 0; i < COUNT(unset); i++)
		strv_push(out, unset[i]);
	/* Outside of a repository: a folder that git cannot take for one. */
	strv_take(out,
	    mem_printf("GIT_DIR=%s", v != NULL ? v->git_dir : "/dev/null"));
	if (v == NULL || strcmp(v->git_dir, v->common_dir) == 0)
		strv_push(out, "GIT_COMMON_DIR");
	else
		strv_take(out, mem_printf("GIT_COMMON_DIR=%s", v->common_dir));
}

static bool
same_name(const char *a, const char *b)
{
	const size_t n = strcspn(a, "=");

	return n == strcspn(b, "=") && memcmp(a, b, n) == 0;
}

/* The environment with the changes made; entries are borrowed. */
static char **
build_env(const struct strv *changes)
{
	size_t n = 0, k = 0;
	char **env;

	while (environ[n] != NULL)
		n++;
	env = mem_calloc(n + changes->n + 1, sizeof(*env));
	for (size_t i = 0; i < n; i++) {
		size_t j = 0;

		while (j < changes->n && !same_name(environ[i], changes->v[j]))
			j++;
		if (j == changes->n)
			env[k++] = environ[i];
	}
	for (size_t j = 0; j < changes->n; j++)
		if (strchr(changes->v[j], '=') != NULL)
			env[k++] = changes->v[j];
	return env;
}

static void
build_argv(const char *const args[], const char *argv[ARGS_MAX])
{
	static const char *const head[] = { "git", "--no-pager", "-c",
		"core.fsmonitor=false", "-c", "log.showSignature=false" };
	size_t n = 0;

	for (size_t i = 0; i < COUNT(head); i++)
		argv[n++] = head[i];
	for (size_t i = 0; args[i] != NULL && n < ARGS_MAX - 1; i++)
		argv[n++] = args[i];
	argv[n] = NULL;
}

enum rc
gitprog_run(const struct vcs *v, const char *const args[], const struct buf *in,
    struct buf *out, struct buf *errout, int *status, struct err *err)
{
	const char *argv[ARGS_MAX];
	const char **env;
	struct strv changes = STRV_INIT;
	enum rc rc;

	build_argv(args, argv);
	build_changes(v, &changes);
	env = mem_calloc(changes.n + 1, sizeof(*env));
	for (size_t i = 0; i < changes.n; i++)
		env[i] = changes.v[i];
	rc = fs_run(argv, NULL, env, in != NULL ? buf_str(in) : NULL,
	    in != NULL ? in->len : 0, out, errout, status, err);
	free(env);
	strv_release(&changes);
	return rc;
}

static void
close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* A memory file as standard input: no pipe that could fill up or break. */
static int
text_file(const struct buf *in)
{
	const int fd = memfd_create("notes-git", MFD_CLOEXEC);
	size_t done = 0;

	while (fd >= 0 && in != NULL && done < in->len) {
		const ssize_t n = write(fd, in->ptr + done, in->len - done);

		if (n < 0 && errno != EINTR) {
			close(fd);
			return -1;
		}
		done += n > 0 ? (size_t)n : 0;
	}
	if (fd >= 0)
		lseek(fd, 0, SEEK_SET);
	return fd;
}

static int
spawn(const struct vcs *v, const char *const args[], const int fds[3],
    pid_t *pid)
{
	const char *argv[ARGS_MAX];
	struct strv changes = STRV_INIT;
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	sigset_t set;
	char **env;
	int e;

	build_argv(args, argv);
	build_changes(v, &changes);
	env = build_env(&changes);
	posix_spawn_file_actions_init(&actions);
	for (int i = 0; i < 3; i++)
		posix_spawn_file_actions_adddup2(&actions, fds[i], i);
	posix_spawnattr_init(&attr);
	sigemptyset(&set);
	posix_spawnattr_setsigmask(&attr, &set);
	sigaddset(&set, SIGPIPE);
	sigaddset(&set, SIGXFSZ);
	posix_spawnattr_setsigdefault(&attr, &set);
	posix_spawnattr_setflags(&attr,
	    POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	/* posix_spawn does not write to argv; its type is historical. */
	e = posix_spawnp(pid, "git", &actions, &attr,
	    (char *const *)(uintptr_t)argv, env);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&actions);
	free(env);
	strv_release(&changes);
	return e;
}

enum rc
gitprog_start(const struct vcs *v, const char *const args[],
    enum gitprog_input input, const struct buf *in, struct gitprog *p,
    struct err *err)
{
	int pair[2] = { -1, -1 }, outs[2] = { -1, -1 };
	int e = 0;

	*p = (struct gitprog){ .in = -1, .out = -1, .errs = -1 };
	if (input == GITPROG_TEXT)
		pair[0] = text_file(in);
	else if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
		pair[0] = -1;
	p->errs = memfd_create("notes-git", MFD_CLOEXEC);
	if (pair[0] < 0 || p->errs < 0 || pipe2(outs, O_CLOEXEC) != 0)
		e = errno;
	else
		e = spawn(v, args, (const int[]){ pair[0], outs[1], p->errs },
		    &p->pid);
	close_fd(&pair[0]);
	close_fd(&outs[1]);
	p->in = pair[1];
	p->out = outs[0];
	if (e == 0)
		return RC_OK;
	p->pid = 0;
	gitprog_finish(p, GITPROG_KILL, NULL);
	return err_errno(err, e, "cannot run git (is it installed?)");
}

enum rc
gitprog_write(struct gitprog *p, const char *s, size_t len, struct err *err)
{
	while (len > 0) {
		const ssize_t n = send(p->in, s, len, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno(err, errno, "git ended too early");
		s += n;
		len -= (size_t)n;
	}
	return RC_OK;
}

/* Reads more; RC_NOT_FOUND at the end. */
static enum rc
fill(struct gitprog *p, struct err *err)
{
	struct buf *b = &p->buf;
	ssize_t n;

	if (p->pos > 0) {
		memmove(b->ptr, b->ptr + p->pos, b->len - p->pos);
		b->len -= p->pos;
		p->pos = 0;
	}
	if (b->cap - b->len < CHUNK + 1)
		b->ptr = mem_grow(b->ptr, &b->cap, b->len + CHUNK + 1, 1);
	do {
		n = read(p->out, b->ptr + b->len, CHUNK);
	} while (n < 0 && errno == EINTR);
	if (n < 0)
		return err_errno(err, errno, "cannot read from git");
	if (n == 0)
		return RC_NOT_FOUND;
	b->len += (size_t)n;
	b->ptr[b->len] = '\0';
	return RC_OK;
}

enum rc
gitprog_until(struct gitprog *p, char end, char **s, size_t *len,
    struct err *err)
{
	size_t from = 0;

	for (;;) {
		const size_t have = p->buf.len - p->pos;
		char *at = NULL;
		enum rc rc;

		if (have > from)
			at = memchr(p->buf.ptr + p->pos + from, end,
			    have - from);
		if (at != NULL) {
			*s = p->buf.ptr + p->pos;
			*len = (size_t)(at - *s);
			*at = '\0';
			p->pos += *len + 1;
			return RC_OK;
		}
		from = have;
		if ((rc = fill(p, err)) != RC_OK)
			return rc;
	}
}

enum rc
gitprog_exactly(struct gitprog *p, size_t len, char **s, struct err *err)
{
	while (p->buf.len - p->pos < len) {
		const enum rc rc = fill(p, err);

		if (rc == RC_NOT_FOUND)
			return err_set(err, RC_GIT, "git ended too early");
		if (rc != RC_OK)
			return rc;
	}
	*s = p->buf.ptr + p->pos;
	p->pos += len;
	return RC_OK;
}

static void
read_errs(int fd, struct buf *said)
{
	char chunk[1024];
	ssize_t n;

	if (fd < 0 || lseek(fd, 0, SEEK_SET) != 0)
		return;
	while (said->len < 65536 && (n = read(fd, chunk, sizeof(chunk))) > 0)
		buf_add(said, chunk, (size_t)n);
}

/* The first line of either kind: what follows it is less exact. */
static const char *
find_complaint(const char *s)
{
	const char *fatal = strstr(s, "fatal: ");
	const char *error = strstr(s, "error: ");

	if (fatal == NULL || (error != NULL && error < fatal))
		fatal = error;
	return fatal != NULL ? fatal + 7 : s;
}

enum rc
gitprog_complain(const struct buf *said, int status, struct err *err)
{
	const char *s = find_complaint(buf_str(said));
	size_t n = strcspn(s, "\n");
	struct buf line = BUF_INIT;
	enum rc rc;

	if (n == 0)
		return err_set(err, RC_GIT, "git ended with status %d", status);
	/* "unknown repository extension found:" has its point below. */
	buf_add(&line, s, n);
	while (s[n] == '\n' && s[n + 1] == '\t') {
		s += n + 2;
		n = strcspn(s, "\n");
		buf_putc(&line, ' ');
		buf_add(&line, s, n);
	}
	rc = err_set(err, RC_GIT, "git: %.900s", buf_str(&line));
	buf_release(&line);
	return rc;
}

enum rc
gitprog_finish(struct gitprog *p, enum gitprog_end how, struct err *err)
{
	struct buf said = BUF_INIT;
	int status = 0;
	enum rc rc = RC_OK;

	close_fd(&p->in);
	close_fd(&p->out);
	if (p->pid > 0) {
		if (how == GITPROG_KILL)
			kill(p->pid, SIGTERM);
		while (waitpid(p->pid, &status, 0) < 0 && errno == EINTR)
			continue;
		p->pid = 0;
	}
	if (how == GITPROG_WAIT && status != 0) {
		read_errs(p->errs, &said);
		rc = gitprog_complain(&said,
		    WIFEXITED(status) ? WEXITSTATUS(status)
				      : 128 + WTERMSIG(status),
		    err);
		buf_release(&said);
	}
	close_fd(&p->errs);
	buf_release(&p->buf);
	return rc;
}
