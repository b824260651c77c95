#include <stdlib.h>

#include "app/scan.h"
#include "app/app_priv.h"
#include "base/mem.h"
#include "vcs/hooks.h"

static const char *const states[] = {
	[VCS_HOOK_ABSENT] = "not installed",
	[VCS_HOOK_OURS] = "installed",
	[VCS_HOOK_CHAINED] = "installed, runs yours first",
	[VCS_HOOK_OUTDATED] = "outdated (run: notes hook install)",
	[VCS_HOOK_FOREIGN] = "yours only",
};

enum rc
app_hook_status(struct app *a, struct hook_lines *out, struct err *err)
{
	struct vcs_hooks h = { 0 };
	enum rc rc;
	size_t i;

	*out = (struct hook_lines){ 0 };
	if ((rc = app_require_repo(a, err)) != RC_OK ||
	    (rc = vcs_hooks_status(a->vcs, &h, err)) != RC_OK)
		return rc;
	out->v = mem_calloc(h.n + 1, sizeof *out->v);
	for (i = 0; i < h.n; i++)
		out->v[out->n++] =
		    (struct hook_line){ .name = mem_strdup(h.v[i].name),
			    .state = mem_strdup(states[h.v[i].state]),
			    .path = mem_strdup(h.v[i].path) };
	out->dir = mem_strdup(h.dir);
	out->manager = mem_strdup(h.manager);
	vcs_hooks_release(&h);
	return RC_OK;
}

void
hook_lines_release(struct hook_lines *l)
{
	size_t i;

	for (i = 0; i < l->n; i++) {
		free(l->v[i].name);
		free(l->v[i].state);
		free(l->v[i].path);
	}
	free(l->v);
	free(l->dir);
	free(l->manager);
	*l = (struct hook_lines){ 0 };
}

enum rc
app_hook_install(struct app *a, const char *program, struct buf *advice,
    struct err *err)
{
	enum rc rc = app_require_repo(a, err);

	return rc == RC_OK ? vcs_hooks_install(a->vcs, program, advice, err)
			   : rc;
}

enum rc
app_hook_uninstall(struct app *a, size_t *removed, struct err *err)
{
	enum rc rc = app_require_repo(a, err);

	*removed = 0;
	return rc == RC_OK ? vcs_hooks_uninstall(a->vcs, removed, err) : rc;
}
