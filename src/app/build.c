#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/release.h"
#include "app_priv.h"
#include "base/mem.h"
#include "store/release.h"

/* The variable by which each system makes itself known, and what it tells. */
static const struct ci {
	const char *name, *marker, *number, *url, *commit;
} systems[] = {
	{ "jenkins", "JENKINS_URL", "BUILD_NUMBER", "BUILD_URL", "GIT_COMMIT" },
	{ "github", "GITHUB_ACTIONS", "GITHUB_RUN_NUMBER", NULL, "GITHUB_SHA" },
	{ "gitlab", "GITLAB_CI", "CI_PIPELINE_IID", "CI_PIPELINE_URL",
	    "CI_COMMIT_SHA" },
	{ "travis", "TRAVIS", "TRAVIS_BUILD_NUMBER", "TRAVIS_BUILD_WEB_URL",
	    "TRAVIS_COMMIT" },
	{ "buildkite", "BUILDKITE", "BUILDKITE_BUILD_NUMBER",
	    "BUILDKITE_BUILD_URL", "BUILDKITE_COMMIT" },
	{ "circleci", "CIRCLECI", "CIRCLE_BUILD_NUM", "CIRCLE_BUILD_URL",
	    "CIRCLE_SHA1" },
	{ "azure", "TF_BUILD", "BUILD_BUILDNUMBER", NULL,
	    "BUILD_SOURCEVERSION" },
	{ "teamcity", "TEAMCITY_VERSION", "BUILD_NUMBER", NULL,
	    "BUILD_VCS_NUMBER" },
	{ "drone", "DRONE", "DRONE_BUILD_NUMBER", "DRONE_BUILD_LINK",
	    "DRONE_COMMIT_SHA" },
};

static const char *
env(const char *name)
{
	const char *value = name == NULL ? NULL : getenv(name);

	return value == NULL || value[0] == '\0' ? NULL : value;
}

void
app_ci_env(struct ci_env *out)
{
	size_t i;

	*out = (struct ci_env){ NULL, NULL, NULL, NULL };
	for (i = 0; i < sizeof systems / sizeof systems[0]; i++) {
		const struct ci *s = &systems[i];

		if (env(s->marker) == NULL)
			continue;
		*out = (struct ci_env){ s->name, env(s->number), env(s->url),
			env(s->commit) };
		return;
	}
}

static enum rc
build_commit(struct app *a, const struct build_spec *spec,
    const struct ci_env *ci, struct oid *out, struct err *err)
{
	struct vcs_head head = { 0 };
	enum rc rc;

	*out = (struct oid){ .len = 0 };
	if (a->vcs == NULL)
		return spec->commit == NULL ? RC_OK : app_require_repo(a, err);
	if (spec->commit != NULL)
		return vcs_resolve(a->vcs, spec->commit, out, err);
	if (ci->commit != NULL &&
	    oid_from_hex(out, ci->commit, strlen(ci->commit)))
		return RC_OK;
	rc = vcs_head(a->vcs, &head, err);
	*out = head.commit;
	vcs_head_release(&head);
	return rc;
}

static enum rc
check_result(const char *result, struct err *err)
{
	if (result == NULL ||
	    strcmp(result, build_result_name(BUILD_PASSED)) == 0 ||
	    strcmp(result, build_result_name(BUILD_FAILED)) == 0)
		return RC_OK;
	return err_set(err, RC_INVALID,
	    "no result \"%s\" (one of: passed, failed)", result);
}

/* The build of that number, or an empty one. */
static enum rc
find_build(struct app *a, const char *version, const char *number,
    struct build *out, struct err *err)
{
	struct build_list list = { 0 };
	enum rc rc = store_builds(a->store, version, &list, err);
	size_t i;

	*out = (struct build){ 0 };
	for (i = 0; rc == RC_OK && i < list.n; i++)
		if (strcmp(list.v[i].number, number) == 0) {
			*out = list.v[i];
			list.v[i] = (struct build){ 0 };
		}
	build_list_release(&list);
	return rc;
}

static enum rc
append_build(struct app *a, const char *version, const char *number,
    const struct build *old, const struct build_spec *spec,
    const struct ci_env *ci, const struct oid *commit, struct err *err)
{
	const char *url = spec->url != NULL ? spec->url : ci->url;
	const char *name = spec->ci != NULL ? spec->ci : ci->name;
	char hex[OID_HEX_MAX + 1], now[32];
	bool fresh = old->number == NULL;
	int64_t group = 0;
	struct event ev;

	app_event_init(a, &ev, fresh ? EVENT_BUILD : EVENT_SET,
	    fresh ? NULL : &old->ulid, 0, NULL);
	if (fresh) {
		snprintf(now, sizeof now, "%" PRId64, date_now());
		event_put(&ev, "release", version);
		event_put(&ev, "number", number);
		event_put(&ev, "time", now);
	}
	/* A build that is known keeps its commit unless one is named. */
	if (!oid_is_none(commit) && (fresh || spec->commit != NULL)) {
		oid_to_hex(commit, hex);
		event_put(&ev, "commit", hex);
	}
	if (spec->result != NULL || fresh)
		event_put(&ev, "result",
		    spec->result != NULL ? spec->result
					 : build_result_name(BUILD_UNKNOWN));
	if (url != NULL)
		event_put(&ev, "url", url);
	if (name != NULL)
		event_put(&ev, "ci", name);
	return app_event_append(a, &ev, &group, err);
}

enum rc
app_build_add(struct app *a, const char *version, const struct build_spec *spec,
    struct build *out, struct err *err)
{
	struct release r = { 0 };
	struct build old = { 0 };
	struct ci_env ci;
	const char *number;
	struct oid commit;
	enum rc rc;

	*out = (struct build){ 0 };
	app_ci_env(&ci);
	number = spec->number != NULL ? spec->number : ci.number;
	if (number == NULL || number[0] == '\0' || strlen(number) > 128)
		return err_set(err, RC_USAGE,
		    "no build number, and no CI that tells one (use --number "
		    "N)");
	if ((rc = app_require_write(a, err)) != RC_OK ||
	    (rc = check_result(spec->result, err)) != RC_OK ||
	    (rc = app_release_get(a, version, &r, err)) != RC_OK ||
	    (rc = build_commit(a, spec, &ci, &commit, err)) != RC_OK ||
	    (rc = store_begin(a->store, err)) != RC_OK)
		goto out;
	rc = find_build(a, version, number, &old, err);
	if (rc == RC_OK)
		rc = append_build(a, version, number, &old, spec, &ci, &commit,
		    err);
	if (rc == RC_OK)
		rc = find_build(a, version, number, out, err);
	if (rc == RC_OK)
		rc = store_commit(a->store, err);
	else
		store_rollback(a->store);
out:
	release_release(&r);
	build_release(&old);
	return rc;
}

enum rc
app_builds(struct app *a, const char *version, struct build_list *out,
    struct err *err)
{
	struct release r = { 0 };
	enum rc rc = RC_OK;

	if (version != NULL) {
		rc = app_release_get(a, version, &r, err);
		release_release(&r);
	}
	return rc == RC_OK ? store_builds(a->store, version, out, err) : rc;
}
