#include "app/generate.h"

#include <stdlib.h>
#include <string.h>

#include "app/release.h"
#include "app_priv.h"
#include "base/fs.h"
#include "base/mem.h"
#include "render/render.h"

#define FILE_MAX (64u << 20) /* of a changelog */

const char *const *
app_formats(void)
{
	return render_format_names;
}

const char *const *
app_langs(void)
{
	return render_lang_names;
}

void
app_styles(struct strv *names, struct strv *help)
{
	size_t i;

	for (i = 0; render_styles[i] != NULL && render_styles[i]->name != NULL;
	     i++) {
		strv_push(names, render_styles[i]->name);
		strv_push(help, render_styles[i]->help);
	}
}

static char *
join_names(const char *const names[])
{
	struct buf b = BUF_INIT;
	size_t i;

	for (i = 0; names[i] != NULL; i++)
		buf_printf(&b, "%s%s", i == 0 ? "" : ", ", names[i]);
	return buf_detach(&b);
}

static enum rc
unknown_name(const char *what, const char *name, const char *const names[],
    struct err *err)
{
	char *all = join_names(names);

	err_set(err, RC_USAGE, "no %s %s (there is: %s)", what, name, all);
	free(all);
	return RC_USAGE;
}

/* A style that is a path names a template of the repository. */
static enum rc
load_style(struct app *a, const char *name, struct render_options *o,
    struct buf *template, struct err *err)
{
	struct strv names = STRV_INIT, help = STRV_INIT;
	enum rc rc = RC_OK;

	o->style = name;
	if (render_style_exists(name))
		return RC_OK;
	if (strchr(name, '/') != NULL || strchr(name, '.') != NULL) {
		(void)a;
		rc = fs_read(name, FILE_MAX, template, err);
		o->template_text = buf_str(template);
		o->style = "template";
		return rc;
	}
	app_styles(&names, &help);
	strv_push(&names, "or the path of a template");
	names.v = mem_realloc(names.v, names.n + 1, sizeof *names.v);
	names.v[names.n] = NULL;
	rc = unknown_name("style", name, (const char *const *)names.v, err);
	strv_release(&names);
	strv_release(&help);
	return rc;
}

static enum rc
options(struct app *a, const struct app_render *r, struct render_options *o,
    struct buf *template, struct err *err)
{
	const char *style = r->style, *lang = r->lang;
	const char *format = r->format == NULL ? "md" : r->format;

	if (style == NULL)
		style = app_config(a, "style");
	if (lang == NULL)
		lang = app_config(a, "lang");
	if (style == NULL)
		style = "default";
	if (lang == NULL)
		lang = "en";
	*o = (struct render_options){ .by_build = r->by_build,
		.with_description = true,
		.url = app_config(a, "url"),
		.project = a->project };
	o->format = render_format_find(format);
	if (o->format == FORMAT_N)
		return unknown_name("format", format, render_format_names, err);
	o->lang = render_lang_find(lang);
	if (o->lang == LANG_N)
		return unknown_name("language", lang, render_lang_names, err);
	return load_style(a, style, o, template, err);
}

enum rc
app_render(struct app *a, const struct notes *n, const struct app_render *r,
    struct buf *out, struct err *err)
{
	struct buf template = BUF_INIT;
	struct render_options o;
	enum rc rc = options(a, r, &o, &template, err);

	if (rc == RC_OK)
		rc = render_notes(n, &o, out, err);
	buf_release(&template);
	return rc;
}

enum rc
app_update_file(struct app *a, const struct notes *n,
    const struct app_render *r, const char *path, bool *changed,
    struct err *err)
{
	struct buf section = BUF_INIT, old = BUF_INIT, new = BUF_INIT;
	struct app_render md = *r;
	bool found;
	enum rc rc;

	*changed = false;
	if (md.format != NULL && strcmp(md.format, "md") != 0)
		return err_set(err, RC_USAGE,
		    "only Markdown can be put into a file (--update), not %s",
		    md.format);
	if (n->upgrade)
		return err_set(err, RC_USAGE,
		    "upgrade notes are of no one version: write them with "
		    "--output");
	if ((rc = app_render(a, n, &md, &section, err)) != RC_OK)
		goto out;
	if (fs_exists(path) &&
	    (rc = fs_read(path, FILE_MAX, &old, err)) != RC_OK)
		goto out;
	rc = render_update(buf_str(&old), old.len, n->version,
	    buf_str(&section), &new, &found, err);
	if (rc != RC_OK)
		goto out;
	*changed = new.len != old.len ||
	    memcmp(buf_str(&new), buf_str(&old), new.len) != 0;
	if (*changed)
		rc = fs_write(path, new.ptr, new.len, 0644, err);
out:
	buf_release(&section);
	buf_release(&old);
	buf_release(&new);
	return rc;
}

/* ---- check ---- */

static void
check_warnings(const struct notes *n, struct strv *findings)
{
	size_t i;

	for (i = 0; i < n->n_warnings; i++) {
		enum notes_warning_code code = n->warnings[i].code;

		if (code == NOTES_WARN_UNKNOWN_KEY ||
		    code == NOTES_WARN_EMPTY_NOTE ||
		    code == NOTES_WARN_OPEN_CLAIMED)
			strv_take(findings,
			    mem_printf("%s: %s", n->version,
				n->warnings[i].text));
	}
	if (n->state == RELEASE_RELEASED && n->date == DATE_NONE)
		strv_take(findings,
		    mem_printf("%s: released without a date", n->version));
}

static enum rc
check_file(struct app *a, const struct notes *n, const char *path,
    struct strv *findings, struct err *err)
{
	struct app_render md = { .format = "md" };
	struct buf want = BUF_INIT, have = BUF_INIT, after = BUF_INIT;
	bool found;
	enum rc rc;

	if ((rc = app_render(a, n, &md, &want, err)) != RC_OK ||
	    (rc = fs_read(path, FILE_MAX, &have, err)) != RC_OK)
		goto out;
	rc = render_update(buf_str(&have), have.len, n->version, buf_str(&want),
	    &after, &found, err);
	if (rc != RC_OK)
		goto out;
	if (!found)
		strv_take(findings,
		    mem_printf("%s: no section in %s (run: notes generate %s "
			       "--update %s)",
			n->version, path, n->version, path));
	else if (after.len != have.len ||
	    memcmp(buf_str(&after), buf_str(&have), have.len) != 0)
		strv_take(findings,
		    mem_printf("%s: %s differs from what the tracker would "
			       "write (run: notes generate %s --update %s)",
			n->version, path, n->version, path));
out:
	buf_release(&want);
	buf_release(&have);
	buf_release(&after);
	return rc;
}

/* The file of the configuration, below the work tree; CHANGELOG.md else. */
static char *
changelog_path(struct app *a, const char *file)
{
	const char *name = file;
	const char *tree = a->vcs == NULL ? NULL : vcs_work_tree(a->vcs);

	if (name != NULL)
		return mem_strdup(name);
	name = app_config(a, "file");
	if (name == NULL)
		name = "CHANGELOG.md";
	return tree == NULL ? mem_strdup(name) : fs_join(tree, name);
}

/* The newest release that is published; the unreleased work where none is. */
static enum rc
newest_version(struct app *a, char **version, struct err *err)
{
	struct release_list list = { 0 };
	enum rc rc = app_releases(a, &list, err);
	size_t i;

	*version = NULL;
	for (i = 0; rc == RC_OK && i < list.n && *version == NULL; i++)
		if (list.v[i].state == RELEASE_RELEASED)
			*version = mem_strdup(list.v[i].version);
	release_list_release(&list);
	return rc;
}

enum rc
app_check(struct app *a, const char *version, const char *file,
    struct strv *findings, struct err *err)
{
	char *path = changelog_path(a, file), *newest = NULL;
	struct generate_options o = { .version = version };
	struct notes n;
	enum rc rc;

	notes_init(&n);
	if (version == NULL) {
		if ((rc = newest_version(a, &newest, err)) != RC_OK)
			goto out;
		o.version = newest;
	}
	if ((rc = app_generate(a, &o, &n, err)) != RC_OK)
		goto out;
	check_warnings(&n, findings);
	if (file != NULL || fs_exists(path))
		rc = check_file(a, &n, path, findings, err);
	else
		strv_take(findings,
		    mem_printf("%s: there is no file %s", n.version, path));
out:
	notes_release(&n);
	free(newest);
	free(path);
	return rc;
}
