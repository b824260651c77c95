#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "import_json.h"
#include "model/release.h"
#include "store/release.h"

/* Texts and, with an '@', times of an object as values of an event. */
static enum rc
put_members(struct event *ev, const json_t *o, const char *const names[],
    struct err *err)
{
	char text[32];
	enum rc rc;
	int64_t t;
	size_t i;

	for (i = 0; names[i] != NULL; i++) {
		bool time = names[i][0] == '@';
		const char *name = names[i] + time;
		const json_t *value = json_object_get(o, name);

		if (value == NULL || json_is_null(value))
			continue;
		if (!json_is_string(value))
			return err_set(err, RC_INVALID, "\"%s\" is not text",
			    name);
		if (!time) {
			event_put(ev, name, json_string_value(value));
			continue;
		}
		if ((rc = import_json_time(o, name, &t, err)) != RC_OK)
			return rc;
		snprintf(text, sizeof text, "%" PRId64, t);
		event_put(ev, name, text);
	}
	return RC_OK;
}

static enum rc
append_members(struct importing *im, struct event *ev, const json_t *o,
    const char *const names[], struct err *err)
{
	enum rc rc = put_members(ev, o, names, err);

	if (rc == RC_OK)
		return import_json_append(im, ev, err);
	event_release(ev);
	return rc;
}

enum rc
import_json_release(struct importing *im, const json_t *o, struct err *err)
{
	static const char *const names[] = { "state", "title", "tag", "commit",
		"@start", "@target", "@released", "previous", "reason", "owner",
		"description", NULL };
	const char *version = json_get_text(o, "version");
	struct release r = { 0 };
	struct event ev;
	enum rc rc;

	if (version == NULL)
		return err_set(err, RC_INVALID, "a release has no \"version\"");
	if ((rc = app_version_check(version, err)) != RC_OK)
		return rc;
	if (!strv_has(&im->releases, version)) {
		app_event_init(im->app, &ev, EVENT_RELEASE, NULL, im->group,
		    NULL);
		event_put(&ev, "version", version);
		strv_push(&im->releases, version);
	} else {
		rc = store_release_find(im->app->store, version, &r, err);
		if (rc != RC_OK)
			return rc;
		app_event_init(im->app, &ev, EVENT_SET, &r.ulid, im->group,
		    NULL);
		release_release(&r);
	}
	rc = append_members(im, &ev, o, names, err);
	if (rc != RC_OK)
		err_prefix(err, "release %s", version);
	return rc;
}

static enum rc
find_build(struct importing *im, const char *version, const char *number,
    struct ulid *out, bool *known, struct err *err)
{
	struct build_list list = { 0 };
	enum rc rc = store_builds(im->app->store, version, &list, err);
	size_t i;

	*known = false;
	for (i = 0; rc == RC_OK && i < list.n; i++)
		if (strcmp(list.v[i].number, number) == 0) {
			*known = true;
			*out = list.v[i].ulid;
		}
	build_list_release(&list);
	return rc;
}

enum rc
import_json_build(struct importing *im, const json_t *o, struct err *err)
{
	static const char *const names[] = { "commit", "@time", "result", "ci",
		"url", NULL };
	const char *version = json_get_text(o, "release");
	const char *number = json_get_text(o, "number");
	struct ulid ulid;
	struct event ev;
	bool known;
	enum rc rc;

	if (version == NULL || number == NULL)
		return err_set(err, RC_INVALID,
		    "a build has no \"release\" or no \"number\"");
	rc = import_releases(im, version, err);
	if (rc == RC_OK)
		rc = find_build(im, version, number, &ulid, &known, err);
	if (rc != RC_OK)
		return rc;
	app_event_init(im->app, &ev, known ? EVENT_SET : EVENT_BUILD,
	    known ? &ulid : NULL, im->group, NULL);
	if (!known) {
		event_put(&ev, "release", version);
		event_put(&ev, "number", number);
	}
	rc = append_members(im, &ev, o, names, err);
	if (rc != RC_OK)
		err_prefix(err, "build %.60s of %s", number, version);
	return rc;
}
