#include "vcs/vcs.h"

#include "base/fs.h"

/* Nothing that names another repository, and no hooks or templates. */
static const char *const clean_env[] = { "GIT_DIR", "GIT_WORK_TREE",
	"GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY",
	"GIT_NAMESPACE", "GIT_TEMPLATE_DIR", "LC_ALL=C", NULL };

static enum rc
run(const char *const argv[], const char *dir, const struct buf *in,
    struct err *err)
{
	struct buf out = BUF_INIT, said = BUF_INIT;
	int status = 0;
	enum rc rc;

	rc = fs_run(argv, dir, clean_env, in == NULL ? NULL : buf_str(in),
	    in == NULL ? 0 : in->len, &out, &said, &status, err);
	if (rc == RC_OK && status != 0)
		rc = err_set(err, RC_FAIL, "git %s failed: %s", argv[1],
		    buf_str(&said));
	buf_release(&out);
	buf_release(&said);
	return rc;
}

enum rc
vcs_make(const char *dir, const struct buf *stream, struct err *err)
{
	static const char *const import[] = { "git", "fast-import", "--quiet",
		NULL };
	const char *const init[] = { "git", "init", "-q", "-b", "main",
		"--template=", dir, NULL };
	enum rc rc;

	if ((rc = run(init, NULL, NULL, err)) != RC_OK)
		return rc;
	return run(import, dir, stream, err);
}
