#include "pager.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/mem.h"

static char *mutable(const char *s)
{
	return (char *)(uintptr_t)s;
}

int
pager_start(const char *command, int *pid)
{
	char *argv[] = { mutable("sh"), mutable("-c"), mutable(command), NULL };
	posix_spawn_file_actions_t actions;
	int fds[2], failed;
	pid_t child;

	if (pipe2(fds, O_CLOEXEC) != 0)
		return -1;
	setenv("LESS", "FRX", 0);
	setenv("LV", "-c", 0);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, fds[0], STDIN_FILENO);
	failed = posix_spawn(&child, "/bin/sh", &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	close(fds[0]);
	if (failed != 0) {
		close(fds[1]);
		return -1;
	}
	*pid = child;
	return fds[1];
}

void
pager_wait(int pid)
{
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
}

/* The first that is set and not empty. */
static const char *
first_set(const char *const values[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (values[i] != NULL && values[i][0] != '\0')
			return values[i];
	return NULL;
}

const char *
pager_command(const char *configured)
{
	/* As in git, one that is set to nothing means no pager. */
	const char *named = getenv("GIT_PAGER");

	if (named == NULL)
		named = configured;
	if (named == NULL)
		named = getenv("PAGER");
	if (named == NULL)
		named = "less";
	if (*named == '\0' || strcmp(named, "cat") == 0)
		return NULL;
	return named;
}

const char *
editor_command(const char *configured)
{
	const char *term = getenv("TERM");
	bool dumb = term == NULL || strcmp(term, "dumb") == 0;
	const char *const values[] = { getenv("GIT_EDITOR"), configured,
		dumb ? NULL : getenv("VISUAL"), getenv("EDITOR"), "vi" };

	return first_set(values, sizeof(values) / sizeof(values[0]));
}

enum rc
editor_run(const char *command, const char *path, struct err *err)
{
	char *line = mem_printf("%s \"$@\"", command);
	const char *argv[] = { "sh", "-c", line, command, path, NULL };
	int status = 0;
	enum rc rc;

	rc = fs_run_tty(argv, NULL, NULL, &status, err);
	free(line);
	if (rc != RC_OK)
		return rc;
	if (status != 0)
		return err_set(err, RC_FAIL,
		    "the editor \"%s\" ended with status %d", command, status);
	return RC_OK;
}
