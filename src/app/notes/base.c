#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "publish.h"
#include "render/render.h"
#include "store/revision.h"

/* How far back is looked for what another branch has. */
#define BASES_MAX 64

/*
 * Whether the newest revision went into this file: it was written on this
 * branch, or what only it has was once in the file, or it was never committed
 * and a branch that was just made has taken it along.
 */
static enum rc
was_here(struct app *a, const struct revision *newest, const char *path,
    const char *news, bool *here, struct err *err)
{
	struct vcs_head head = { 0 };
	bool elsewhere = false;
	enum rc rc;

	*here = true;
	if (a->vcs == NULL || vcs_work_tree(a->vcs) == NULL ||
	    oid_is_none(&newest->head))
		return RC_OK;
	if ((rc = vcs_head(a->vcs, &head, err)) != RC_OK)
		return rc;
	if ((head.branch != NULL && newest->branch != NULL &&
		strcmp(head.branch, newest->branch) == 0) ||
	    oid_is_none(&head.commit))
		goto out;
	*here = false;
	if (news == NULL)
		goto out;
	rc = vcs_file_had(a->vcs, path, news, VCS_IN_HEAD, here, err);
	if (rc != RC_OK || *here || !oid_equal(&head.commit, &newest->head))
		goto out;
	rc = vcs_file_had(a->vcs, path, news, VCS_ANYWHERE, &elsewhere, err);
	*here = !elsewhere;
out:
	vcs_head_release(&head);
	return rc;
}

static enum rc
choose(struct app *a, const struct revision_list *l, const char *version,
    const char *path, const struct buf *old, size_t *best, struct err *err)
{
	const char **const texts = mem_calloc(l->n + 1, sizeof(*texts));
	char *news = NULL;
	size_t own = 0;
	bool here;
	enum rc rc = RC_OK;

	for (size_t i = 0; i < l->n; i++) {
		texts[i] = l->v[i].text;
		own += strcmp(l->v[i].version, version) == 0;
	}
	*best = render_nearest(buf_str(old), old->len, version, texts, l->n,
	    own, &news);
	if (*best > 0 && *best < l->n && own > 0) {
		rc = was_here(a, &l->v[0], path, news, &here, err);
		if (rc == RC_OK && here)
			*best = 0;
	}
	free(news);
	free(texts);
	return rc;
}

enum rc
publish_base(struct app *a, const char *version, const char *path,
    const struct buf *old, struct revision *out, struct err *err)
{
	char *const name = publish_file_name(a, path);
	struct revision_list l = { 0 };
	const char *also = PUBLISH_UNRELEASED;
	size_t best;
	enum rc rc;

	*out = (struct revision){ 0 };
	if (strcmp(version, also) == 0)
		also = NULL;
	rc = store_revision_bases(a->store, version, also, name, BASES_MAX, &l,
	    err);
	if (rc == RC_OK)
		rc = choose(a, &l, version, path, old, &best, err);
	if (rc == RC_OK && best < l.n) {
		*out = l.v[best];
		l.v[best] = (struct revision){ 0 };
	}
	revision_list_release(&l);
	free(name);
	/* A version that was never in the file may take over from it. */
	if (rc == RC_OK && out->text == NULL && also != NULL)
		return publish_base(a, also, path, old, out, err);
	return rc;
}
