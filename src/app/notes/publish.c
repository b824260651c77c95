#include "app/generate.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/fs.h"
#include "base/mem.h"
#include "publish.h"
#include "render/render.h"

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

	err_set(err, RC_USAGE, "no %s %s (there are: %s)", what, name, all);
	free(all);
	return RC_USAGE;
}

const char *
publish_style(const struct app *a, const struct app_render *r)
{
	const char *const style = r->style != NULL ? r->style
						   : app_config(a, "style");

	return style == NULL ? "default" : style;
}

/*
 * A style that is a path names a template: as it is seen from here, else, and
 * first of all when it was configured or kept with a revision, from the top of
 * the repository.  The caller frees it.
 */
static char *
template_path(const struct app *a, const char *name, bool asked)
{
	const char *const tree = a->vcs == NULL ? NULL : vcs_work_tree(a->vcs);
	char *path;

	if (tree == NULL || name[0] == '/' || (asked && fs_exists(name)))
		return mem_strdup(name);
	path = fs_join(tree, name);
	if (!fs_exists(path)) {
		free(path);
		path = mem_strdup(name);
	}
	return path;
}

static enum rc
load_style(const struct app *a, const struct app_render *r,
    struct render_options *o, struct buf *template, struct err *err)
{
	const char *const name = publish_style(a, r);
	struct strv names = STRV_INIT, help = STRV_INIT;
	char *path;
	enum rc rc = RC_OK;

	o->style = name;
	if (render_style_exists(name))
		return RC_OK;
	if (strchr(name, '/') != NULL || strchr(name, '.') != NULL) {
		path = template_path(a, name, r->style != NULL);
		rc = fs_read(path, PUBLISH_FILE_MAX, template, err);
		free(path);
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

const char *
publish_lang(const struct app *a, const struct app_render *r)
{
	const char *const lang = r->lang != NULL ? r->lang
						 : app_config(a, "lang");

	return lang == NULL ? "en" : lang;
}

/* "features:New things", "fixes:", "fixes": a title that is empty is the
 * style's. */
static enum rc
read_section(const char *value, struct render_section_name *out,
    struct err *err)
{
	const size_t n = strcspn(value, ":");
	const char *title = value[n] == '\0' ? "" : value + n + 1;
	size_t i;

	title += strspn(title, " ");
	for (i = 0; i < SECTION_N; i++)
		if (strlen(notes_section_names[i]) == n &&
		    strncasecmp(value, notes_section_names[i], n) == 0)
			break;
	if (i == SECTION_N)
		return err_set(err, RC_INVALID,
		    "\"%.*s\" is no section (features, improvements, fixes, "
		    "security, dependencies, tasks, known-issues, reverted)",
		    (int)n, value);
	*out = (struct render_section_name){ (enum notes_section_id)i,
		title[0] == '\0' ? NULL : title };
	return RC_OK;
}

enum rc
publish_section_check(const char *value, struct err *err)
{
	struct render_section_name name;

	return read_section(value, &name, err);
}

/* names borrows from values; both are the caller's. */
static enum rc
own_sections(struct app *a, struct strv *values,
    struct render_section_name **names, struct render_options *o,
    struct err *err)
{
	enum rc rc;
	size_t i;

	config_get_all(&a->config, "tracker.section", values);
	*names = mem_calloc(values->n + 1, sizeof **names);
	for (i = 0; i < values->n; i++)
		if ((rc = read_section(values->v[i], &(*names)[i], err)) !=
		    RC_OK) {
			err_prefix(err, "tracker.section");
			return rc;
		}
	o->sections = *names;
	o->n_sections = values->n;
	return RC_OK;
}

static enum rc
options(struct app *a, const struct app_render *r, struct render_options *o,
    struct buf *template, struct err *err)
{
	const char *const lang = publish_lang(a, r);
	const char *const format = r->format == NULL ? "md" : r->format;

	*o = (struct render_options){ .by_build = r->by_build,
		.with_description = true,
		.url = app_config(a, "url"),
		.compare = app_config(a, "compare"),
		.project = a->project };
	o->format = render_format_find(format);
	if (o->format == FORMAT_N)
		return unknown_name("format", format, render_format_names, err);
	o->lang = render_lang_find(lang);
	if (o->lang == LANG_N)
		return unknown_name("language", lang, render_lang_names, err);
	return load_style(a, r, o, template, err);
}

enum rc
app_render(struct app *a, const struct notes *n, const struct app_render *r,
    struct buf *out, struct err *err)
{
	struct buf template = BUF_INIT;
	struct strv values = STRV_INIT;
	struct render_section_name *names = NULL;
	struct render_options o;
	enum rc rc = options(a, r, &o, &template, err);

	if (rc == RC_OK)
		rc = own_sections(a, &values, &names, &o, err);
	if (rc == RC_OK)
		rc = render_notes(n, &o, out, err);
	if (rc == RC_INVALID && o.template_text != NULL)
		err_prefix(err, "%s", publish_style(a, r));
	free(names);
	strv_release(&values);
	buf_release(&template);
	return rc;
}
