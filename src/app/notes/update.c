#include "app/publish.h"

#include <stdlib.h>
#include <string.h>

#include "app/generate.h"
#include "base/date.h"
#include "base/fs.h"
#include "base/mem.h"
#include "message/version.h"
#include "publish.h"
#include "render/render.h"
#include "store/revision.h"

/* A new name has no real path yet, but its folder has. */
static char *
real_path(const char *path)
{
	const char *const slash = strrchr(path, '/');
	char *dir, *real = fs_real(path), *out;

	if (real != NULL)
		return real;
	dir = slash == NULL ? mem_strdup(".")
	    : slash == path ? mem_strdup("/")
			    : mem_strndup(path, (size_t)(slash - path));
	real = fs_real(dir);
	out = real == NULL ? mem_strdup(path)
			   : fs_join(real, slash == NULL ? path : slash + 1);
	free(real);
	free(dir);
	return out;
}

char *
publish_file_name(const struct app *a, const char *path)
{
	const char *const tree = a->vcs == NULL ? NULL : vcs_work_tree(a->vcs);
	char *const real = real_path(path);
	char *const top = tree == NULL ? NULL : fs_real(tree);
	const size_t n = top == NULL ? 0 : strlen(top);
	char *name;

	/* Worktrees of a repository share its tracker and its files' names. */
	if (n > 0 && strncmp(real, top, n) == 0 && real[n] == '/')
		name = mem_strdup(real + n + 1);
	else
		name = mem_strdup(real);
	free(top);
	free(real);
	return name;
}

/* A template by the name that all folders of the work tree know it by. */
static char *
style_name(const struct app *a, const struct app_render *r)
{
	const char *const style = publish_style(a, r);

	return r->style != NULL && !render_style_exists(style) &&
		fs_exists(style)
	    ? publish_file_name(a, style)
	    : mem_strdup(style);
}

enum rc
app_keep_revision(struct app *a, const struct notes *n,
    const struct app_render *r, const char *path, const struct buf *text,
    struct err *err)
{
	struct vcs_head head = { 0 };
	struct revision rev = { 0 };
	enum rc rc;

	if (a->readonly)
		return RC_OK;
	if (a->vcs != NULL && (rc = vcs_head(a->vcs, &head, err)) != RC_OK)
		return rc;
	rev = (struct revision){
		.version = mem_strdup(n->version),
		.made = date_now(),
		.file = publish_file_name(a, path),
		.style = style_name(a, r),
		.format = mem_strdup(r->format == NULL ? "md" : r->format),
		.lang = mem_strdup(publish_lang(a, r)),
		.by_build = r->by_build,
		.branch = head.branch,
		.head = head.commit,
		.from = n->from,
		.to = n->to,
		.text = mem_strdup(buf_str(text)),
	};
	rc = store_revision_add(a->store, &rev, err);
	revision_release(&rev); /* and the head's name */
	return rc;
}

/* What is unreleased still, as it would stand in the file. */
static enum rc
render_rest(struct app *a, const struct app_render *r, struct buf *out,
    struct err *err)
{
	const struct generate_options o = { .by_build = r->by_build };
	struct notes n;
	enum rc rc;

	notes_init(&n);
	rc = app_generate(a, &o, &n, err);
	if (rc == RC_OK)
		rc = app_render(a, &n, r, out, err);
	notes_release(&n);
	return rc;
}

enum rc
publish_merge(struct app *a, const struct notes *n, const struct app_render *r,
    const struct revision *base, const struct buf *section,
    const struct buf *old, struct buf *out, bool *found, struct strv *conflicts,
    struct err *err)
{
	const struct render_place place = { n->version, version_compare };
	struct buf rest = BUF_INIT;
	bool took = false;
	enum rc rc = RC_OK;

	if (base->text != NULL &&
	    strcmp(base->version, PUBLISH_UNRELEASED) == 0 &&
	    strcmp(n->version, PUBLISH_UNRELEASED) != 0) {
		rc = render_rest(a, r, &rest, err);
		if (rc == RC_OK)
			took = render_take_over(buf_str(old), old->len,
			    n->version, buf_str(section), base->text,
			    buf_str(&rest), out, conflicts);
		buf_release(&rest);
	}
	*found = false;
	if (rc != RC_OK || took)
		return rc;
	return render_merge(buf_str(old), old->len, &place, buf_str(section),
	    base->text, out, found, conflicts, err);
}

enum rc
app_update(struct app *a, const struct notes *n, const struct app_render *r,
    const char *path, struct app_update *out, struct err *err)
{
	struct buf section = BUF_INIT, old = BUF_INIT, new = BUF_INIT;
	struct revision base = { 0 };
	bool found;
	enum rc rc;

	*out = (struct app_update){ 0 };
	if (r->format != NULL && strcmp(r->format, "md") != 0)
		return err_set(err, RC_USAGE,
		    "only Markdown can be put into a file (--update), not %s",
		    r->format);
	if (n->upgrade)
		return err_set(err, RC_USAGE,
		    "upgrade notes are of no one version: write them with "
		    "--output");
	if ((rc = app_render(a, n, r, &section, err)) != RC_OK)
		goto out;
	if (fs_exists(path) &&
	    (rc = fs_read(path, PUBLISH_FILE_MAX, &old, err)) != RC_OK)
		goto out;
	if ((rc = publish_base(a, n->version, path, &old, &base, err)) !=
		RC_OK ||
	    (rc = publish_merge(a, n, r, &base, &section, &old, &new, &found,
		 &out->conflicts, err)) != RC_OK)
		goto out;
	out->changed = new.len != old.len ||
	    memcmp(buf_str(&new), buf_str(&old), new.len) != 0;
	if (out->changed)
		rc = fs_write(path, new.ptr, new.len, 0644, err);
	/* After the file: a base that never got there would make what is new
	 * look as if it had been taken out by hand. */
	if (rc == RC_OK)
		rc = app_keep_revision(a, n, r, path, &section, err);
out:
	revision_release(&base);
	buf_release(&section);
	buf_release(&old);
	buf_release(&new);
	return rc;
}

void
app_update_release(struct app_update *u)
{
	strv_release(&u->conflicts);
}

enum rc
app_update_file(struct app *a, const struct notes *n,
    const struct app_render *r, const char *path, bool *changed,
    struct err *err)
{
	struct app_update u;
	enum rc rc = app_update(a, n, r, path, &u, err);

	*changed = u.changed;
	app_update_release(&u);
	return rc;
}

/* ---- revisions ---- */

enum rc
app_revisions(struct app *a, const char *version, struct revision_list *out,
    struct err *err)
{
	return store_revisions(a->store, version, out, err);
}

enum rc
app_revision(struct app *a, const char *version, int64_t n,
    struct revision *out, struct err *err)
{
	return store_revision_get(a->store,
	    version == NULL ? PUBLISH_UNRELEASED : version, n, out, err);
}

enum rc
app_revision_compare(struct app *a, const char *version, int64_t n, int64_t m,
    struct buf *out, struct err *err)
{
	struct revision from = { 0 }, to = { 0 };
	char *a_name = NULL, *b_name = NULL;
	enum rc rc;

	if ((rc = app_revision(a, version, n, &from, err)) != RC_OK ||
	    (rc = app_revision(a, version, m, &to, err)) != RC_OK)
		goto out;
	a_name = mem_printf("%s revision %lld", from.version,
	    (long long)from.n);
	b_name = mem_printf("%s revision %lld", to.version, (long long)to.n);
	render_diff(from.text, to.text, a_name, b_name, out);
out:
	free(b_name);
	free(a_name);
	revision_release(&to);
	revision_release(&from);
	return rc;
}
