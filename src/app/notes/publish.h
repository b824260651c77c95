/* What publishing shares: rendering, files, checks. */
#ifndef NOTES_APP_PUBLISH_PRIV_H
#define NOTES_APP_PUBLISH_PRIV_H

#include "app/app_priv.h"
#include "base/buf.h"
#include "model/notes.h"
#include "model/revision.h"

struct app_render;

#define PUBLISH_FILE_MAX (64u << 20) /* of a changelog */

/* What holds: as asked for, as configured, or the default. */
const char *publish_style(const struct app *a, const struct app_render *r);
const char *publish_lang(const struct app *a, const struct app_render *r);

/* RC_INVALID unless it is a tracker.section: "features:New things". */
enum rc	publish_section_check(const char *value, struct err *err);

/* How revisions name a file; the caller frees it. */
char	*publish_file_name(const struct app *a, const char *path);

#define PUBLISH_UNRELEASED "Unreleased"

/*
 * What the version's section in the file (old, its bytes) was made from: the
 * newest revision, unless the file comes from another branch and is nearer to
 * an older one, or the section was "Unreleased" until people named it, or it is
 * that still.  out stays empty (text NULL) when there is none.
 */
enum rc	publish_base(struct app *a, const char *version, const char *path,
	    const struct buf *old, struct revision *out, struct err *err);

/*
 * old with the section, rendered as r says, merged into it, as app_update()
 * would write it.  A release takes what stood under "Unreleased" with it.
 */
enum rc	publish_merge(struct app *a, const struct notes *n,
	    const struct app_render *r, const struct revision *base,
	    const struct buf *section, const struct buf *old, struct buf *out,
	    bool *found, struct strv *conflicts, struct err *err);

#endif
