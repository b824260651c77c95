#include "app/scan.h"
#include "app_priv.h"

enum rc
app_commit_diff(struct app *a, const struct oid *commit, size_t max_bytes,
    struct buf *out, struct err *err)
{
	enum rc rc = app_require_repo(a, err);

	return rc == RC_OK ? vcs_diff(a->vcs, commit, max_bytes, out, err) : rc;
}

enum rc
app_commit_find(struct app *a, const char *rev, struct oid *out,
    struct err *err)
{
	enum rc rc = app_require_repo(a, err);

	return rc == RC_OK ? vcs_resolve(a->vcs, rev, out, err) : rc;
}
