#include "app/release.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_priv.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "message/title.h"
#include "message/version.h"
#include "store/release.h"

static int
newest_first(const void *x, const void *y)
{
	const struct release *a = x, *b = y;

	int c = version_compare(b->version, a->version);

	/* "1.0" and "1.0.0" may count as equal; the order is one all the same. */
	return c != 0 ? c : strcmp(b->version, a->version);
}

enum rc
app_releases(struct app *a, struct release_list *out, struct err *err)
{
	enum rc rc = store_releases(a->store, out, err);

	if (rc == RC_OK && out->n > 0)
		qsort(out->v, out->n, sizeof *out->v, newest_first);
	return rc;
}

/* Do they differ in digits alone?  Then both are versions: 1.5 is no typo. */
static bool
same_but_digits(const char *a, const char *b)
{
	static const char digits[] = "0123456789";

	for (;; a++, b++) {
		a += strspn(a, digits);
		b += strspn(b, digits);
		if (*a != *b || *a == '\0')
			return *a == *b;
	}
}

/* One letter off, or the beginning: "1.1" for 1.1.0. */
static bool
is_near(const char *typed, const char *version)
{
	size_t len = strlen(typed);

	return (title_distance(typed, version, 1) <= 1 &&
		   !same_but_digits(typed, version)) ||
	    (len > 0 && strncmp(typed, version, len) == 0 &&
		version[len] == '.');
}

static enum rc
unknown_version(struct app *a, const char *version, struct err *err)
{
	struct release_list list = { 0 };
	const char *near = NULL;
	struct err quiet = ERR_INIT;
	size_t i;

	if (store_releases(a->store, &list, &quiet) == RC_OK)
		for (i = 0; i < list.n && near == NULL; i++)
			if (is_near(version, list.v[i].version))
				near = list.v[i].version;
	if (near != NULL)
		err_set(err, RC_NOT_FOUND, "no release %.80s: did you mean %s?",
		    version, near);
	else
		err_set(err, RC_NOT_FOUND,
		    "no release %.80s (see: notes release list; or run: notes "
		    "release add %.80s)",
		    version, version);
	release_list_release(&list);
	return RC_NOT_FOUND;
}

enum rc
app_release_get(struct app *a, const char *version, struct release *out,
    struct err *err)
{
	const char *pattern = app_config(a, "tags");
	enum rc rc = store_release_find(a->store, version, out, err);
	char *other;

	if (rc != RC_NOT_FOUND)
		return rc;
	/* People know a release by its tag, too. */
	other = pattern == NULL ? NULL : version_from_tag(pattern, version);
	if (other != NULL)
		rc = store_release_find(a->store, other, out, err);
	free(other);
	return rc == RC_NOT_FOUND ? unknown_version(a, version, err) : rc;
}

/* ---- what a change says, as values of an event ---- */

static enum rc
put_date(struct event *ev, const char *name, const char *typed, struct err *err)
{
	char text[32];
	int64_t t;
	enum rc rc;

	if (typed == NULL)
		return RC_OK;
	if (typed[0] == '\0') {
		event_put(ev, name, NULL);
		return RC_OK;
	}
	if ((rc = date_parse(typed, false, date_now(), &t, err)) != RC_OK)
		return rc;
	snprintf(text, sizeof text, "%" PRId64, t);
	event_put(ev, name, text);
	return RC_OK;
}

static enum rc
put_text(struct event *ev, const char *name, const char *typed, size_t max,
    struct err *err)
{
	struct buf nfc = BUF_INIT;

	if (typed == NULL)
		return RC_OK;
	utf8_nfc(&nfc, typed, strlen(typed));
	if (nfc.len > max) {
		buf_release(&nfc);
		return err_set(err, RC_INVALID,
		    "%s is too long: %zu bytes (at most %zu)", name,
		    strlen(typed), max);
	}
	event_put(ev, name, nfc.len == 0 ? NULL : buf_str(&nfc));
	buf_release(&nfc);
	return RC_OK;
}

static enum rc
put_tag(struct app *a, struct event *ev, const char *tag, struct err *err)
{
	char hex[OID_HEX_MAX + 1];
	struct vcs_tag t;
	enum rc rc;

	if (tag == NULL)
		return RC_OK;
	if (tag[0] == '\0') {
		event_put(ev, "tag", NULL);
		event_put(ev, "commit", NULL);
		return RC_OK;
	}
	if ((rc = app_require_repo(a, err)) != RC_OK ||
	    (rc = vcs_tag_read(a->vcs, tag, &t, err)) != RC_OK)
		return rc;
	if (oid_is_none(&t.commit))
		return err_set(err, RC_INVALID, "the tag %s is of no commit",
		    tag);
	oid_to_hex(&t.commit, hex);
	event_put(ev, "tag", tag);
	event_put(ev, "commit", hex);
	return RC_OK;
}

/* A release before this one must be one that is known. */
static enum rc
put_previous(struct app *a, struct event *ev, const char *previous,
    struct err *err)
{
	struct release r = { 0 };
	enum rc rc = RC_OK;

	if (previous != NULL && previous[0] != '\0')
		rc = app_release_get(a, previous, &r, err);
	release_release(&r);
	if (rc != RC_OK)
		return rc;
	return put_text(ev, "previous", previous, VERSION_MAX - 1, err);
}

static enum rc
put_owner(const struct app *a, struct event *ev, const char *owner,
    struct err *err)
{
	if (owner != NULL &&
	    (strcmp(owner, "me") == 0 || strcmp(owner, "@me") == 0))
		owner = a->me;
	return put_text(ev, "owner", owner, 1024, err);
}

static enum rc
put_change(struct app *a, struct event *ev, const struct release_change *c,
    struct err *err)
{
	enum rc rc;

	if (c == NULL)
		return RC_OK;
	if ((rc = put_text(ev, "title", c->title, 1024, err)) != RC_OK ||
	    (rc = put_text(ev, "description", c->description, TICKET_TEXT_MAX,
		 err)) != RC_OK ||
	    (rc = put_text(ev, "reason", c->reason, 1024, err)) != RC_OK ||
	    (rc = put_owner(a, ev, c->owner, err)) != RC_OK ||
	    (rc = put_date(ev, "start", c->start, err)) != RC_OK ||
	    (rc = put_date(ev, "target", c->target, err)) != RC_OK ||
	    (rc = put_date(ev, "released", c->released, err)) != RC_OK ||
	    (rc = put_tag(a, ev, c->tag, err)) != RC_OK)
		return rc;
	return put_previous(a, ev, c->previous, err);
}

enum rc
app_version_check(const char *version, struct err *err)
{
	struct buf clean = BUF_INIT;
	bool ok;

	utf8_clean(&clean, version, strlen(version), UTF8_ONE_LINE);
	ok = version[0] != '\0' && version[0] != '-' &&
	    strlen(version) < VERSION_MAX &&
	    strpbrk(version, " \t,;\"") == NULL &&
	    strcmp(buf_str(&clean), version) == 0;
	if (!ok)
		err_set(err, RC_INVALID,
		    "\"%.80s\" is no version: 1 to %d bytes without blanks, "
		    "commas or quotes",
		    buf_str(&clean), VERSION_MAX - 1);
	buf_release(&clean);
	return ok ? RC_OK : RC_INVALID;
}

static enum rc
finish(struct app *a, enum rc rc, struct err *err)
{
	if (rc == RC_OK)
		rc = scan_forget_releases(a, err);
	if (rc == RC_OK)
		return store_commit(a->store, err);
	store_rollback(a->store);
	return rc;
}

static enum rc
append_or_drop(struct app *a, struct event *ev, enum rc rc, int64_t *group,
    struct err *err)
{
	if (rc == RC_OK)
		return app_event_append(a, ev, group, err);
	event_release(ev);
	return rc;
}

enum rc
app_release_add(struct app *a, const char *version,
    const struct release_change *c, struct err *err)
{
	int64_t group = 0;
	struct event ev;
	enum rc rc;

	if ((rc = app_require_write(a, err)) != RC_OK ||
	    (rc = app_version_check(version, err)) != RC_OK ||
	    (rc = store_begin(a->store, err)) != RC_OK)
		return rc;
	app_event_init(a, &ev, EVENT_RELEASE, NULL, 0, NULL);
	event_put(&ev, "version", version);
	event_put(&ev, "state", release_state_name(RELEASE_PLANNED));
	rc = put_change(a, &ev, c, err);
	rc = append_or_drop(a, &ev, rc, &group, err);
	if (rc == RC_EXISTS)
		err_set(err, RC_EXISTS,
		    "there is a release %s already (see: notes release show "
		    "%s)",
		    version, version);
	return finish(a, rc, err);
}

enum rc
app_release_edit(struct app *a, const char *version,
    const struct release_change *c, struct err *err)
{
	struct release r = { 0 };
	int64_t group = 0;
	struct event ev;
	enum rc rc;

	if ((rc = app_require_write(a, err)) != RC_OK ||
	    (rc = app_release_get(a, version, &r, err)) != RC_OK ||
	    (rc = store_begin(a->store, err)) != RC_OK)
		goto out;
	app_event_init(a, &ev, EVENT_SET, &r.ulid, 0, NULL);
	rc = put_change(a, &ev, c, err);
	rc = append_or_drop(a, &ev, rc, &group, err);
	rc = finish(a, rc, err);
out:
	release_release(&r);
	return rc;
}

/* What is published without a tag is what is checked out now: it must not float
 * with the branch.  A tag that comes later takes over. */
static void
pin(struct app *a, struct event *ev)
{
	struct vcs_head head = { 0 };
	struct err quiet = ERR_INIT;
	char hex[OID_HEX_MAX + 1];

	if (a->vcs != NULL && vcs_head(a->vcs, &head, &quiet) == RC_OK &&
	    !oid_is_none(&head.commit)) {
		oid_to_hex(&head.commit, hex);
		event_put(ev, "commit", hex);
	}
	vcs_head_release(&head);
}

static enum rc
set_state(struct app *a, const struct release *r, enum release_state state,
    const struct release_change *c, int64_t *group, struct err *err)
{
	char now[32];
	struct event ev;
	enum rc rc;

	app_event_init(a, &ev, EVENT_SET, &r->ulid, *group, NULL);
	event_put(&ev, "state", release_state_name(state));
	if (state == RELEASE_RELEASED && oid_is_none(&r->commit) &&
	    (c == NULL || c->tag == NULL))
		pin(a, &ev);
	if (state == RELEASE_RELEASED && r->released == DATE_NONE &&
	    (c == NULL || c->released == NULL)) {
		snprintf(now, sizeof now, "%" PRId64, date_now());
		event_put(&ev, "released", now);
	}
	rc = put_change(a, &ev, c, err);
	return append_or_drop(a, &ev, rc, group, err);
}

enum rc
app_release_state(struct app *a, const char *const versions[], size_t n,
    enum release_state state, const struct release_change *c, struct err *err)
{
	struct release r = { 0 };
	int64_t group = 0;
	enum rc rc;
	size_t i;

	if ((rc = app_require_write(a, err)) != RC_OK ||
	    (rc = store_begin(a->store, err)) != RC_OK)
		return rc;
	for (i = 0; i < n && rc == RC_OK; i++) {
		rc = app_release_get(a, versions[i], &r, err);
		if (rc == RC_OK)
			rc = set_state(a, &r, state, c, &group, err);
		release_release(&r);
	}
	return finish(a, rc, err);
}

/* ---- from tags ---- */

struct importer {
	struct app *app;
	struct release_list known; /* by version */
	const char *pattern;
	int64_t group, added;
};

static int
by_name(const void *x, const void *y)
{
	const struct release *a = x, *b = y;

	return strcmp(a->version, b->version);
}

static enum rc
tag_is_new(struct importer *im, const char *version, const char *tag,
    const struct vcs_tag *t, struct err *err)
{
	char hex[OID_HEX_MAX + 1], when[32];
	struct event ev;

	oid_to_hex(&t->commit, hex);
	snprintf(when, sizeof when, "%" PRId64, t->time);
	app_event_init(im->app, &ev, EVENT_RELEASE, NULL, im->group, NULL);
	event_put(&ev, "version", version);
	event_put(&ev, "state", release_state_name(RELEASE_RELEASED));
	event_put(&ev, "tag", tag);
	event_put(&ev, "commit", hex);
	event_put(&ev, "released", when);
	im->added++;
	return app_event_append(im->app, &ev, &im->group, err);
}

/* A tag that came or moved; what was said by hand of the state stays. */
static enum rc
tag_is_known(struct importer *im, const struct release *r, const char *tag,
    const struct vcs_tag *t, struct err *err)
{
	char hex[OID_HEX_MAX + 1], when[32];
	struct event ev;

	oid_to_hex(&t->commit, hex);
	app_event_init(im->app, &ev, EVENT_SET, &r->ulid, im->group, NULL);
	event_put(&ev, "tag", tag);
	event_put(&ev, "commit", hex);
	if (r->state == RELEASE_PLANNED)
		event_put(&ev, "state", release_state_name(RELEASE_RELEASED));
	if (r->released == DATE_NONE) {
		snprintf(when, sizeof when, "%" PRId64, t->time);
		event_put(&ev, "released", when);
	}
	return app_event_append(im->app, &ev, &im->group, err);
}

static enum rc
import_tag(struct importer *im, const struct vcs_ref *ref, struct err *err)
{
	const char *tag = ref->name + strlen("refs/tags/");
	char *version = version_from_tag(im->pattern, tag);
	struct release *r = NULL, want = { .version = version };
	struct err quiet = ERR_INIT;
	struct vcs_tag t;
	enum rc rc = RC_OK;

	if (version == NULL || app_version_check(version, &quiet) != RC_OK)
		goto out;
	if (im->known.n > 0)
		r = bsearch(&want, im->known.v, im->known.n,
		    sizeof *im->known.v, by_name);
	if (r != NULL && oid_equal(&r->commit, &ref->commit))
		goto out;
	/* A release that names another tag is not this one's. */
	if (r != NULL && r->tag != NULL && strcmp(r->tag, tag) != 0)
		goto out;
	if ((rc = vcs_tag_read(im->app->vcs, tag, &t, err)) != RC_OK ||
	    oid_is_none(&t.commit))
		goto out;
	rc = r == NULL ? tag_is_new(im, version, tag, &t, err)
		       : tag_is_known(im, r, tag, &t, err);
out:
	free(version);
	return rc;
}

enum rc
app_release_import_tags(struct app *a, int64_t *added, struct err *err)
{
	struct importer im = { .app = a, .pattern = app_config(a, "tags") };
	struct vcs_ref_list refs = { 0 };
	enum rc rc;
	size_t i;

	*added = 0;
	if ((rc = app_require_write(a, err)) != RC_OK ||
	    (rc = app_require_repo(a, err)) != RC_OK)
		return rc;
	if (im.pattern == NULL)
		return err_set(err, RC_INVALID,
		    "no pattern for tags (run: notes config tags "
		    "'v{version}')");
	if ((rc = vcs_refs(a->vcs, &refs, err)) != RC_OK ||
	    (rc = vcs_refs_peel(a->vcs, &refs, err)) != RC_OK ||
	    (rc = store_begin(a->store, err)) != RC_OK)
		goto out;
	rc = store_releases(a->store, &im.known, err);
	if (rc == RC_OK && im.known.n > 0)
		qsort(im.known.v, im.known.n, sizeof *im.known.v, by_name);
	for (i = 0; i < refs.n && rc == RC_OK; i++)
		if (refs.v[i].kind == VCS_TAG &&
		    !oid_is_none(&refs.v[i].commit))
			rc = import_tag(&im, &refs.v[i], err);
	if ((rc = finish(a, rc, err)) == RC_OK)
		*added = im.added;
out:
	release_list_release(&im.known);
	vcs_ref_list_release(&refs);
	return rc;
}
