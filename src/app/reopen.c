/* A tracker that was moved, removed or replaced while it was open. */
#include <stdlib.h>

#include "app_priv.h"
#include "base/fs.h"
#include "base/mem.h"
#include "open.h"

static enum rc
gone(const char *path, struct err *err)
{
	return err_set(err, RC_NOT_FOUND,
	    "gone: %s (put it back and all goes on; until then nothing can be "
	    "written)",
	    path);
}

/* What watches the old store watches the new one. */
static void
take_over(struct app *a, struct store *st)
{
	store_on_progress(st, a->stop, a->stop_arg);
	store_on_wait(st, a->give_up, a->give_up_arg);
	store_close(a->store);
	a->store = st;
}

/* A repository of that name may be another one as well. */
static enum rc
reopen_vcs(struct app *a, struct err *err)
{
	struct vcs *vcs = NULL;
	enum rc rc;

	if (a->vcs == NULL)
		return RC_OK;
	if ((rc = vcs_open(app_repo_path(a), &vcs, err)) != RC_OK)
		return rc;
	vcs_close(a->vcs);
	a->vcs = vcs;
	return RC_OK;
}

enum rc
app_still_there(struct app *a, bool *anew, struct err *err)
{
	const enum store_mode mode = a->mode == APP_READ ? STORE_READ
							 : STORE_WRITE;
	struct store *st = NULL;
	enum rc rc;

	*anew = false;
	if (a->vcs != NULL && !fs_exists(vcs_git_dir(a->vcs)))
		return gone(vcs_git_dir(a->vcs), err);
	if (!fs_exists(a->db))
		return gone(a->db, err);
	if (!store_was_replaced(a->store))
		return RC_OK;
	if ((rc = store_open(a->db, mode, &st, err)) != RC_OK)
		return rc;
	take_over(a, st);
	*anew = true;
	if ((rc = reopen_vcs(a, err)) != RC_OK)
		return rc;
	return open_settle(a, err);
}
