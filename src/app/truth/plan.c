#include "plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "message/version.h"
#include "store/release.h"

static enum rc
number_of(const struct truth *t, const struct oid *oid, const char *what,
    uint32_t *id, struct err *err)
{
	enum rc rc = store_history_find(t->app->store, oid, id, err);

	if (rc != RC_OK || *id != 0)
		return rc;
	if (t->app->vcs != NULL && vcs_is_shallow(t->app->vcs))
		return err_set(err, RC_GIT,
		    "history incomplete: %s is beyond the edge of this "
		    "shallow clone (run: git fetch --unshallow)",
		    what);
	return err_set(err, RC_NOT_FOUND,
	    "%s is on no branch or tag that was scanned (run: notes scan)",
	    what);
}

/* A version of the tracker, or what git takes. */
static enum rc
resolve(const struct truth *t, const char *rev, struct oid *oid, uint32_t *id,
    struct err *err)
{
	int at = truth_release(t, rev);
	enum rc rc;

	if (at >= 0 && t->tips[at] != 0) {
		*oid = t->releases.v[at].commit;
		*id = t->tips[at];
		return RC_OK;
	}
	if ((rc = app_require_repo(t->app, err)) != RC_OK ||
	    (rc = vcs_resolve(t->app->vcs, rev, oid, err)) != RC_OK)
		return rc;
	return number_of(t, oid, rev, id, err);
}

static struct oid
mainline_tip(const struct truth *t)
{
	const char *names = app_config(t->app, "mainline");
	struct oid oid = { .len = 0 };
	struct err quiet = ERR_INIT;
	char *first;

	if (names == NULL)
		return oid;
	names += strspn(names, " ,");
	first = mem_strndup(names, strcspn(names, " ,"));
	if (vcs_resolve(t->app->vcs, first, &oid, &quiet) != RC_OK)
		oid.len = 0;
	free(first);
	return oid;
}

static enum rc
resolve_head(const struct truth *t, struct plan *p, struct err *err)
{
	struct vcs_head head = { 0 };
	enum rc rc;

	if (t->app->vcs == NULL)
		return RC_OK;
	rc = vcs_head(t->app->vcs, &head, err);
	/* A bare repository's HEAD may name a branch that is not there: the
	 * mainline is meant. */
	if (rc == RC_OK && oid_is_none(&head.commit))
		head.commit = mainline_tip(t);
	if (rc == RC_OK && !oid_is_none(&head.commit)) {
		p->to_oid = head.commit;
		rc = number_of(t, &head.commit, "HEAD", &p->to, err);
	}
	vcs_head_release(&head);
	return rc;
}

/* The end of the range: --to, the build's commit, the tag, or HEAD. */
static enum rc
plan_to(const struct truth *t, const struct generate_options *o, struct plan *p,
    struct err *err)
{
	if (o->to != NULL)
		return resolve(t, o->to, &p->to_oid, &p->to, err);
	if (p->build >= 0 && !oid_is_none(&p->builds.v[p->build].commit)) {
		p->to_oid = p->builds.v[p->build].commit;
		return number_of(t, &p->to_oid, "the build's commit", &p->to,
		    err);
	}
	if (p->release >= 0 &&
	    !oid_is_none(&t->releases.v[p->release].commit)) {
		p->to_oid = t->releases.v[p->release].commit;
		return number_of(t, &p->to_oid,
		    t->releases.v[p->release].version, &p->to, err);
	}
	return resolve_head(t, p, err);
}

static bool
is_final(const struct truth *t, const struct plan *p)
{
	return p->release >= 0 &&
	    !version_is_prerelease(t->releases.v[p->release].version);
}

static enum rc
previous_by_hand(const struct truth *t, struct plan *p, struct err *err)
{
	const struct release *r = &t->releases.v[p->release];

	p->previous = truth_release(t, r->previous);
	if (p->previous < 0)
		return err_set(err, RC_NOT_FOUND,
		    "no release %s, which %s names as the one before it (see: "
		    "notes release list)",
		    r->previous, r->version);
	return RC_OK;
}

/* In a shallow clone a missing base must not pass for the beginning. */
static enum rc
refuse_shallow(const struct truth *t, struct err *err)
{
	if (t->app->vcs == NULL || !vcs_is_shallow(t->app->vcs))
		return RC_OK;
	return err_set(err, RC_GIT,
	    "history incomplete: the release before this one is beyond the "
	    "edge of this shallow clone (run: git fetch --unshallow)");
}

/* A build's notes begin at the build before it. */
static bool
from_build(const struct truth *t, struct plan *p)
{
	const struct build *b;
	uint32_t id;
	int i;

	for (i = p->build - 1; i >= 0; i--) {
		b = &p->builds.v[i];
		if (oid_is_none(&b->commit) ||
		    store_history_find(t->app->store, &b->commit, &id, NULL) !=
			RC_OK ||
		    id == 0 || id == p->to ||
		    !graph_is_ancestor(&t->graph, id, p->to))
			continue;
		p->from = id;
		p->from_oid = b->commit;
		p->since_build = true;
		return true;
	}
	return false;
}

/* By its version, or by the tag that people know it by. */
static int
find_release(const struct truth *t, const char *name)
{
	const char *pattern = app_config(t->app, "tags");
	int at = truth_release(t, name);
	char *version;

	if (at >= 0 || pattern == NULL)
		return at;
	version = version_from_tag(pattern, name);
	if (version != NULL)
		at = truth_release(t, version);
	free(version);
	return at;
}

static enum rc
plan_from(const struct truth *t, const struct generate_options *o,
    struct plan *p, struct err *err)
{
	enum rc rc = RC_OK;

	if (p->release >= 0 && t->releases.v[p->release].previous != NULL &&
	    !p->upgrade)
		rc = previous_by_hand(t, p, err);
	else if (p->to != 0)
		p->previous = truth_previous(t, p->release, p->to,
		    is_final(t, p));
	if (rc != RC_OK)
		return rc;
	if (o->from != NULL) {
		p->previous = find_release(t, o->from);
		return resolve(t, o->from, &p->from_oid, &p->from, err);
	}
	if (p->build >= 0 && from_build(t, p))
		return RC_OK;
	if (p->previous >= 0) {
		p->from = t->tips[p->previous];
		p->from_oid = t->releases.v[p->previous].commit;
	}
	return p->from == 0 && p->to != 0 ? refuse_shallow(t, err) : RC_OK;
}

static enum rc
plan_build(const struct truth *t, const struct generate_options *o,
    struct plan *p, struct err *err)
{
	const char *version;
	enum rc rc;
	size_t i;

	if (p->release < 0) {
		if (o->build == NULL)
			return RC_OK;
		return err_set(err, RC_USAGE,
		    "a build belongs to a release: name the version, too");
	}
	version = t->releases.v[p->release].version;
	rc = store_builds(t->app->store, version, &p->builds, err);
	if (rc != RC_OK || o->build == NULL)
		return rc;
	for (i = 0; i < p->builds.n; i++)
		if (strcmp(p->builds.v[i].number, o->build) == 0)
			p->build = (int)i;
	if (p->build < 0)
		return err_set(err, RC_NOT_FOUND,
		    "no build %s of %s (see: notes build list %s)", o->build,
		    version, version);
	return RC_OK;
}

enum rc
range_plan_make(const struct truth *t, const struct generate_options *o,
    struct plan *out, struct err *err)
{
	enum rc rc;

	*out = (struct plan){ .release = -1, .previous = -1, .build = -1 };
	if (o->version != NULL && strcasecmp(o->version, "unreleased") != 0) {
		out->release = find_release(t, o->version);
		if (out->release < 0)
			return err_set(err, RC_NOT_FOUND,
			    "no release %s (see: notes release list; add it "
			    "with: notes release add %s)",
			    o->version, o->version);
	}
	if (o->version == NULL && o->from != NULL && o->to != NULL &&
	    o->build == NULL && find_release(t, o->from) >= 0 &&
	    find_release(t, o->to) >= 0) {
		out->release = find_release(t, o->to);
		out->upgrade = true;
	}
	if ((rc = plan_build(t, o, out, err)) != RC_OK ||
	    (rc = plan_to(t, o, out, err)) != RC_OK)
		return rc;
	return plan_from(t, o, out, err);
}

void
range_plan_release(struct plan *p)
{
	build_list_release(&p->builds);
	*p = (struct plan){ .release = -1, .previous = -1, .build = -1 };
}
