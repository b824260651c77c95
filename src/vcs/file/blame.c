/* Who wrote a line last: through "git blame". */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/mem.h"
#include "vcs/gitprog.h"
#include "vcs/repo.h"

/*
 * git wants the path below the work tree, and our current folder need not be
 * in it.  Without a work tree the path is one of HEAD's.
 */
static enum rc
find_path(const struct vcs *v, const char *path, char **out, struct err *err)
{
	if (v->work_tree == NULL) {
		*out = mem_strdup(path);
		return RC_OK;
	}
	*out = fs_real(path);
	if (*out == NULL)
		return err_set(err, RC_NOT_FOUND, "no file %s", path);
	if (fs_is_dir(*out)) {
		free(*out);
		*out = NULL;
		return err_set(err, RC_USAGE, "%s is a folder: name a file",
		    path);
	}
	return RC_OK;
}

/* "<oid> <line then> <line now> [<lines>]"; false for any other line. */
static bool
read_head(const char *s, size_t len, struct vcs_blame_line *out)
{
	const size_t n = strcspn(s, " ");
	const char *now;

	if (n >= len || !oid_from_hex(&out->commit, s, n))
		return false;
	now = strchr(s + n + 1, ' ');
	if (now == NULL)
		return false;
	out->line = strtoull(now + 1, NULL, 10);
	for (size_t i = 0; i < out->commit.len; i++)
		if (out->commit.id[i] != 0)
			return true;
	/* Not committed yet: git writes zeros. */
	out->commit = (struct oid){ .len = 0 };
	return true;
}

static enum rc
read_lines(struct gitprog *p, vcs_blame_fn fn, void *arg, struct err *err)
{
	struct vcs_blame_line line = { .line = 0 };
	bool head = false;
	char *s;
	size_t len;
	enum rc rc;

	while ((rc = gitprog_until(p, '\n', &s, &len, err)) == RC_OK) {
		if (!head) {
			head = read_head(s, len, &line);
			if (!head)
				return err_set(err, RC_GIT,
				    "git blame said what was not understood");
			continue;
		}
		/* Headers stand between; the line itself is behind a tab. */
		if (len == 0 || *s != '\t')
			continue;
		head = false;
		line.text = s + 1;
		line.len = len - 1;
		if (!fn(&line, arg))
			return RC_STOPPED;
	}
	return rc;
}

enum rc
vcs_blame(struct vcs *v, const char *path, size_t line, vcs_blame_fn fn,
    void *arg, struct err *err)
{
	const char *args[16];
	char *file = NULL, *tree = NULL, range[64];
	struct gitprog p;
	size_t n = 0;
	enum rc rc;

	if ((rc = find_path(v, path, &file, err)) != RC_OK)
		return rc;
	if (v->work_tree != NULL) {
		tree = mem_printf("--work-tree=%s", v->work_tree);
		args[n++] = tree;
	}
	args[n++] = "blame";
	args[n++] = "--porcelain";
	args[n++] = "--no-textconv";
	if (line > 0) {
		snprintf(range, sizeof(range), "-L%zu,%zu", line, line);
		args[n++] = range;
	}
	/* git 2.39's blame knows no --end-of-options; no name of others stands
	 * before the "--". */
	if (v->work_tree == NULL)
		args[n++] = "HEAD";
	args[n++] = "--";
	args[n++] = file;
	args[n] = NULL;
	rc = gitprog_start(v, args, GITPROG_TEXT, NULL, &p, err);
	if (rc == RC_OK) {
		rc = read_lines(&p, fn, arg, err);
		if (rc == RC_NOT_FOUND)
			rc = gitprog_finish(&p, GITPROG_WAIT, err);
		else
			gitprog_finish(&p, GITPROG_KILL, NULL);
	}
	free(tree);
	free(file);
	return rc;
}
