#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/mem.h"
#include "gitprog.h"
#include "repo.h"

/*
 * Who may own a repository that we trust: the user, and under sudo the one who
 * called it (git-config(1), safe.directory).
 */
static bool
is_owned(const char *path)
{
	const char *sudo = getenv("SUDO_UID");
	const uid_t me = geteuid();
	struct stat st;
	char *end;
	unsigned long uid;

	if (path == NULL)
		return true;
	if (lstat(path, &st) != 0)
		return false;
	if (st.st_uid == me)
		return true;
	if (me != 0 || sudo == NULL)
		return false;
	uid = strtoul(sudo, &end, 10);
	return end != sudo && *end == '\0' && st.st_uid == (uid_t)uid;
}

/* One value of safe.directory against the folder that git would name. */
static bool
allows(const char *value, const char *path)
{
	const size_t n = strlen(value);
	char *real;
	bool same;

	if (strcmp(value, "*") == 0)
		return true;
	if (n > 2 && strcmp(value + n - 2, "/*") == 0)
		return strncmp(path, value, n - 1) == 0;
	real = fs_real(value);
	same = strcmp(real != NULL ? real : value, path) == 0;
	free(real);
	return same;
}

/*
 * Asked outside of the repository, so that its own configuration has no say.
 * An empty value forgets those before it.
 */
static bool
is_allowed(const char *path)
{
	static const char *const args[] = { "config", "--type=path", "-z",
		"--get-all", "safe.directory", NULL };
	struct buf out = BUF_INIT;
	int status = 0;
	bool allowed = false;

	if (gitprog_run(NULL, args, NULL, &out, NULL, &status, NULL) != RC_OK)
		status = -1;
	for (size_t i = 0; status == 0 && i < out.len;) {
		const char *value = out.ptr + i;

		allowed = *value != '\0' && (allowed || allows(value, path));
		i += strlen(value) + 1;
	}
	buf_release(&out);
	return allowed;
}

enum rc
repo_check_owner(const char *git_file, const char *git_dir,
    const char *work_tree, struct err *err)
{
	const char *path = work_tree != NULL ? work_tree : git_dir;

	if (is_owned(git_file) && is_owned(work_tree) && is_owned(git_dir))
		return RC_OK;
	if (is_allowed(path))
		return RC_OK;
	return err_set(err, RC_GIT,
	    "%s belongs to another user (if you trust it: git config --global "
	    "--add safe.directory %s)",
	    path, path);
}
