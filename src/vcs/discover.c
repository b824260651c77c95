#include "discover.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fs.h"
#include "base/mem.h"
#include "vcs/config/gitconf.h"
#include "model/commit.h"

static const char *
env(const char *name)
{
	const char *s = getenv(name);

	return s != NULL && s[0] != '\0' ? s : NULL;
}

/* The text of a small file without its trailing line ends, or NULL. */
static char *
read_line(const char *path)
{
	struct buf text = BUF_INIT;

	if (!fs_exists(path) || fs_read(path, 1 << 16, &text, NULL) != RC_OK) {
		buf_release(&text);
		return NULL;
	}
	while (text.len > 0 &&
	    (text.ptr[text.len - 1] == '\n' || text.ptr[text.len - 1] == '\r'))
		buf_truncate(&text, text.len - 1);
	return buf_detach(&text);
}

/* A HEAD is a link into refs/, "ref: refs/..." or an object id. */
static bool
is_head(const char *dir)
{
	char *path = fs_join(dir, "HEAD");
	char target[PATH_MAX];
	const ssize_t n = readlink(path, target, sizeof(target) - 1);
	struct oid oid;
	char *line;
	bool ok;

	if (n > 0) {
		ok = n > 5 && memcmp(target, "refs/", 5) == 0;
	} else {
		line = read_line(path);
		ok = line != NULL &&
		    ((strncmp(line, "ref:", 4) == 0 &&
			 strncmp(line + 4 + strspn(line + 4, " \t"), "refs/",
			     5) == 0) ||
			oid_from_hex(&oid, line, strlen(line)));
		free(line);
	}
	free(path);
	return ok;
}

static bool
has_dir(const char *dir, const char *name)
{
	char *path = fs_join(dir, name);
	const bool ok = access(path, X_OK) == 0;

	free(path);
	return ok;
}

static char *
find_common_dir(const char *git_dir)
{
	const char *named = env("GIT_COMMON_DIR");
	char *path, *line, *joined, *common;

	if (named != NULL)
		return fs_real(named);
	path = fs_join(git_dir, "commondir");
	line = read_line(path);
	free(path);
	if (line == NULL)
		return mem_strdup(git_dir);
	joined = fs_join(git_dir, line);
	common = fs_real(joined);
	free(joined);
	free(line);
	return common;
}

/* Takes dir (absolute, without links) as the repository if it is one. */
static bool
take_git_dir(const char *dir, struct found *out)
{
	char *common;

	if (!is_head(dir))
		return false;
	common = find_common_dir(dir);
	if (common == NULL ||
	    (env("GIT_OBJECT_DIRECTORY") == NULL &&
		!has_dir(common, "objects")) ||
	    !has_dir(common, "refs")) {
		free(common);
		return false;
	}
	out->git_dir = mem_strdup(dir);
	out->common_dir = common;
	return true;
}

/* "gitdir: PATH", relative to the folder that the file is in. */
static enum rc
take_git_file(const char *file, struct found *out, struct err *err)
{
	static const char word[] = "gitdir: ";
	char *line = read_line(file);
	char *dir = NULL, *joined = NULL, *real = NULL;
	enum rc rc = RC_OK;

	if (line == NULL || strncmp(line, word, sizeof(word) - 1) != 0) {
		rc = err_set(err, RC_GIT, "%s is not a git file", file);
		goto out;
	}
	dir = mem_strndup(file, (size_t)(strrchr(file, '/') - file));
	joined = fs_join(dir[0] != '\0' ? dir : "/", line + sizeof(word) - 1);
	real = fs_real(joined);
	if (real == NULL || !take_git_dir(real, out)) {
		rc = err_set(err, RC_GIT,
		    "%s points to %s, which is no repository (see: git "
		    "worktree repair)",
		    file, joined);
		goto out;
	}
	out->git_file = mem_strdup(file);
out:
	free(real);
	free(joined);
	free(dir);
	free(line);
	return rc;
}

/* True when path is below one of GIT_CEILING_DIRECTORIES and not further. */
static bool
is_ceiling(const char *path)
{
	const char *list = env("GIT_CEILING_DIRECTORIES");
	const size_t n = strlen(path);

	while (list != NULL && *list != '\0') {
		size_t len = strcspn(list, ":");
		const size_t step = len + (list[len] == ':');

		while (len > 1 && list[len - 1] == '/')
			len--;
		if (len == n && memcmp(list, path, n) == 0)
			return true;
		list += step;
	}
	return false;
}

enum step { STEP_FOUND, STEP_UP, STEP_ERROR };

static enum step
look_at(const char *dir, struct found *out, enum rc *rc, struct err *err)
{
	char *path = fs_join(dir, ".git");
	char *real;
	struct stat st;
	enum step step = STEP_UP;

	if (stat(path, &st) == 0 && S_ISREG(st.st_mode)) {
		*rc = take_git_file(path, out, err);
		step = *rc == RC_OK ? STEP_FOUND : STEP_ERROR;
	} else if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
		real = fs_real(path);
		if (real != NULL && take_git_dir(real, out))
			step = STEP_FOUND;
		free(real);
	}
	free(path);
	if (step == STEP_FOUND)
		out->top = mem_strdup(dir);
	else if (step == STEP_UP && take_git_dir(dir, out))
		step = STEP_FOUND;
	return step;
}

/* git's own answer when there is nothing: a sentence with a way out. */
static enum rc
nothing_found(const char *start, struct err *err)
{
	return err_set(err, RC_NOT_FOUND,
	    "no git repository in %s or above it (see: git init)", start);
}

static enum rc
search_up(struct found *out, struct err *err)
{
	const char *across = env("GIT_DISCOVERY_ACROSS_FILESYSTEM");
	char *dir = mem_strdup(out->start);
	struct stat st;
	dev_t dev;
	enum rc rc = RC_OK;
	enum step step = STEP_UP;

	if (stat(dir, &st) != 0) {
		rc = err_errno(err, errno, "cannot look at %s", dir);
		free(dir);
		return rc;
	}
	dev = st.st_dev;
	while ((step = look_at(dir, out, &rc, err)) == STEP_UP) {
		char *slash = strrchr(dir, '/');

		if (slash[1] == '\0')
			break;
		slash[slash == dir] = '\0';
		if (is_ceiling(dir) || stat(dir, &st) != 0 ||
		    (st.st_dev != dev &&
			(across == NULL || !gitconf_bool(across))))
			break;
	}
	if (step == STEP_UP)
		rc = nothing_found(out->start, err);
	free(dir);
	return rc;
}

static enum rc
take_env(const char *git_dir, struct found *out, struct err *err)
{
	char *joined = fs_join(out->start, git_dir);
	char *real = fs_real(joined);
	struct stat st;
	enum rc rc = RC_OK;

	out->by_env = true;
	if (real != NULL && stat(real, &st) == 0 && S_ISREG(st.st_mode))
		rc = take_git_file(real, out, err);
	else if (real == NULL || !take_git_dir(real, out))
		rc = err_set(err, RC_NOT_FOUND,
		    "GIT_DIR names %s, which is no git repository", git_dir);
	free(real);
	free(joined);
	return rc;
}

enum rc
discover(const char *dir, struct found *out, struct err *err)
{
	const char *git_dir = env("GIT_DIR");

	if (dir == NULL || dir[0] == '\0')
		dir = ".";
	out->start = fs_real(dir);
	if (out->start == NULL)
		return err_errno(err, errno, "cannot open %s", dir);
	if (git_dir != NULL)
		return take_env(git_dir, out, err);
	return search_up(out, err);
}

void
found_release(struct found *f)
{
	free(f->start);
	free(f->git_dir);
	free(f->common_dir);
	free(f->git_file);
	free(f->top);
	*f = (struct found){ 0 };
}

static char *
absolute(const char *base, const char *path)
{
	char *joined = fs_join(base, path);
	char *real = fs_real(joined);

	if (real == NULL)
		return joined;
	free(joined);
	return real;
}

/*
 * Inside of .git, where hooks of a push run: what it lies in.  git has no work
 * tree there; for us it is still that project's.
 */
static char *
beside(const char *git_dir)
{
	const char *slash = strrchr(git_dir, '/');

	if (strcmp(slash, "/.git") != 0 || slash == git_dir)
		return NULL;
	return mem_strndup(git_dir, (size_t)(slash - git_dir));
}

char *
discover_work_tree(const struct found *f, const char *git_dir,
    const char *configured, bool bare)
{
	const char *named = env("GIT_WORK_TREE");

	if (named != NULL)
		return absolute(f->start, named);
	/* A linked worktree has its own top, whatever the main one is. */
	if (f->git_file != NULL && f->top != NULL && configured == NULL)
		return mem_strdup(f->top);
	if (configured != NULL && !bare)
		return absolute(git_dir, configured);
	if (bare)
		return NULL;
	if (f->by_env && strcmp(f->start, git_dir) != 0)
		return mem_strdup(f->start);
	if (f->top != NULL)
		return mem_strdup(f->top);
	return beside(git_dir);
}
