/* Verbs on releases and builds. */
#ifndef NOTES_APP_RELEASE_H
#define NOTES_APP_RELEASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "model/release.h"

struct app;

/* Newest version first. */
enum rc	app_releases(struct app *a, struct release_list *out,
	    struct err *err);
enum rc	app_release_get(struct app *a, const char *version,
	    struct release *out, struct err *err);

struct release_change {
	const char	*title, *description, *tag, *previous, *reason;
	const char	*owner;		/* "me" is who asks */
	const char	*start, *target, *released;	/* dates as typed */
};

enum rc	app_release_add(struct app *a, const char *version,
	    const struct release_change *c, struct err *err);
enum rc	app_release_edit(struct app *a, const char *version,
	    const struct release_change *c, struct err *err);
/* RELEASED needs a date (now by default); YANKED and DROPPED take a reason.
 * Any state can be set back.  versions: n of them, one operation. */
enum rc	app_release_state(struct app *a, const char *const versions[],
	    size_t n, enum release_state state, const struct release_change *c,
	    struct err *err);
/* Releases from tags that match tracker.tags; existing ones get tag and commit
 * when they lack them.  *added counts new ones. */
enum rc	app_release_import_tags(struct app *a, int64_t *added,
	    struct err *err);

struct build_spec {
	const char	*number;	/* NULL: from the CI's environment */
	const char	*commit;	/* REV, NULL: HEAD */
	const char	*result;	/* "passed", "failed" or NULL */
	const char	*url;		/* NULL: from the CI's environment */
	const char	*ci;		/* NULL: likewise */
};

/* Adds a build of a release, or changes the one with that number. */
enum rc	app_build_add(struct app *a, const char *version,
	    const struct build_spec *spec, struct build *out, struct err *err);
enum rc	app_builds(struct app *a, const char *version,
	    struct build_list *out, struct err *err);

/* What the environment says of the CI that runs us; NULL members if none. */
struct ci_env {
	const char	*name;		/* static: "jenkins", "github", ... */
	/* borrowed from the environment */
	const char	*number, *url, *commit;
};
void	app_ci_env(struct ci_env *out);

#endif
