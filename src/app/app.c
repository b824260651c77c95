#include "app_priv.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/mem.h"
#include "open.h"
#include "render/markdown.h"
#include "app/hook/spool.h"

void
app_tell(const struct app *a, const char *what, int64_t done, int64_t total)
{
	if (a->progress != NULL)
		a->progress(a->progress_arg, what, done, total);
}

bool
app_stopped(const struct app *a)
{
	return a->stop != NULL && a->stop(a->stop_arg);
}

enum rc
app_require_write(const struct app *a, struct err *err)
{
	if (!a->readonly)
		return RC_OK;
	return err_set(err, RC_READONLY,
	    "%s can only be read: nothing was changed (check the file's "
	    "permissions, or the program's version)",
	    a->db);
}

enum rc
app_require_repo(const struct app *a, struct err *err)
{
	if (a->vcs != NULL)
		return RC_OK;
	return err_set(err, RC_NOT_FOUND,
	    "no git repository here (name one with --repo DIR)");
}

char *
open_db_path(const struct app_options *o, struct vcs *vcs)
{
	const char *env = getenv("NOTES_DB");
	char *path, *cwd;

	if (o->db != NULL || (env != NULL && env[0] != '\0')) {
		path = mem_strdup(o->db != NULL ? o->db : env);
		if (path[0] == '/')
			return path;
		cwd = getcwd(NULL, 0);
		if (cwd != NULL) {
			char *whole = fs_join(cwd, path);

			free(path);
			path = whole;
		}
		free(cwd);
		return path;
	}
	if (vcs == NULL)
		return NULL;
	return fs_join(vcs_common_dir(vcs), "tracker/notes.db");
}

char *
open_folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? mem_strdup(".")
	    : slash == path  ? mem_strdup("/")
			     : mem_strndup(path, (size_t)(slash - path));
}

/* The repository is optional once a database is named. */
enum rc
open_vcs(const struct app_options *o, struct vcs **out, struct err *err)
{
	const char *env = getenv("NOTES_DB");
	enum rc rc = vcs_open(o->repo != NULL ? o->repo : o->dir, out, err);

	if (rc == RC_NOT_FOUND && o->repo == NULL &&
	    (o->db != NULL || (env != NULL && env[0] != '\0'))) {
		*out = NULL;
		err_clear(err);
		return RC_OK;
	}
	return rc;
}

/* The last part of the folder that the repository, or the tracker, is in. */
char *
open_project_name(const struct app *a)
{
	const char *set = config_get(&a->config, "tracker.project");
	char *path, *name, *dot;
	const char *base;

	if (set != NULL && set[0] != '\0')
		return mem_strdup(set);
	if (a->vcs != NULL)
		path = mem_strdup(vcs_work_tree(a->vcs) != NULL
			? vcs_work_tree(a->vcs)
			: vcs_common_dir(a->vcs));
	else
		path = mem_strdup(a->dir);
	base = strrchr(path, '/');
	name = mem_strdup(base == NULL || base[1] == '\0' ? path : base + 1);
	dot = strstr(name, ".git");
	if (dot != NULL && dot != name && dot[4] == '\0')
		*dot = '\0';
	free(path);
	return name;
}

static enum rc
no_tracker(const struct app *a, struct err *err)
{
	return err_set(err, RC_NOT_FOUND,
	    "no tracker %s%s (run: notes init --prefix KEY)",
	    a->vcs == NULL ? "at " : "here", a->vcs == NULL ? a->db : "");
}

static void
take_warnings(struct app *a)
{
	const struct strv *w = store_warnings(a->store);
	size_t i;

	for (i = 0; i < w->n; i++)
		strv_push(&a->warnings, w->v[i]);
}

static enum store_mode
store_mode(enum app_mode mode)
{
	return mode == APP_READ ? STORE_READ
	    : mode == APP_HOOK  ? STORE_HOOK
				: STORE_WRITE;
}

static enum rc
open_store(struct app *a, struct err *err)
{
	enum rc rc = store_open(a->db, store_mode(a->mode), &a->store, err);

	/* Browsing what a newer program made is better than nothing. */
	if (rc == RC_NEWER && a->mode == APP_WRITE) {
		err_clear(err);
		rc = store_open(a->db, STORE_READ, &a->store, err);
	}
	if (rc == RC_NOT_FOUND)
		return no_tracker(a, err);
	return rc;
}

enum rc
open_settle(struct app *a, struct err *err)
{
	char *value = NULL;
	enum rc rc;

	a->readonly = store_is_readonly(a->store);
	if (store_is_newer(a->store))
		strv_take(&a->warnings,
		    mem_printf("%s was made by a newer notes: it can only be "
			       "read here",
			a->db));
	take_warnings(a);
	if ((rc = app_settings_load(a, err)) != RC_OK)
		return rc;
	if (a->prefixes.n == 0) {
		rc = store_meta_get(a->store, "prefix", &value, err);
		if (rc != RC_OK)
			return rc;
		if (value != NULL)
			app_prefixes_add(a, value);
		free(value);
	}
	value = NULL;
	if ((rc = store_meta_get(a->store, "created", &value, err)) != RC_OK)
		return rc;
	a->created = value == NULL ? 0 : strtoll(value, NULL, 10);
	free(value);
	free(a->project);
	a->project = open_project_name(a);
	return RC_OK;
}

enum rc
open_plain(const struct app_options *o, struct app **out, struct err *err)
{
	struct app *a = mem_calloc(1, sizeof *a);
	enum rc rc;

	*out = NULL;
	a->mode = o->mode;
	a->forgiving = o->forgiving;
	if ((rc = open_vcs(o, &a->vcs, err)) != RC_OK)
		goto fail;
	a->db = open_db_path(o, a->vcs);
	a->dir = open_folder_of(a->db);
	if ((rc = open_store(a, err)) != RC_OK ||
	    (rc = open_settle(a, err)) != RC_OK)
		goto fail;
	*out = a;
	return RC_OK;
fail:
	if (rc == RC_NOT_FOUND && a->vcs == NULL && a->db == NULL)
		err_set(err, RC_NOT_FOUND,
		    "no git repository here, so no tracker (go to one, or name "
		    "a database with --db FILE)");
	app_close(a);
	return rc;
}

/*
 * Reading, too, shall see what hooks left, if that is to be had without
 * waiting long: a second opening that writes, and no word when it cannot.
 */
static void
drain_aside(const struct app_options *o)
{
	struct app_options hook = *o;
	struct err quiet = ERR_INIT;
	struct app *a;

	hook.mode = APP_HOOK;
	if (open_plain(&hook, &a, &quiet) != RC_OK)
		return;
	/* The limits of a hook's scan are not those of a command. */
	a->mode = APP_WRITE;
	if (!a->readonly)
		(void)app_spool_drain(a, &quiet);
	app_close(a);
}

enum rc
app_open(const struct app_options *o, struct app **out, struct err *err)
{
	struct err quiet = ERR_INIT;
	enum rc rc;

	if ((rc = open_plain(o, out, err)) != RC_OK)
		return rc;
	if (o->mode == APP_READ && !store_is_newer((*out)->store) &&
	    spool_waits((*out)->dir))
		drain_aside(o);
	/* What hooks left is history, too: no reason to fail now. */
	if (o->mode == APP_WRITE && !(*out)->readonly &&
	    app_spool_drain(*out, &quiet) != RC_OK && quiet.code != RC_BUSY)
		strv_take(&(*out)->warnings,
		    mem_printf("hooks' work is still waiting: %s", quiet.msg));
	return RC_OK;
}

void
app_close(struct app *a)
{
	if (a == NULL)
		return;
	store_close(a->store);
	vcs_close(a->vcs);
	config_release(&a->config);
	strv_release(&a->prefixes);
	strv_release(&a->warnings);
	free(a->statuses);
	free(a->me);
	free(a->actor);
	free(a->project);
	free(a->dir);
	free(a->db);
	free(a);
}

const struct strv *
app_warnings(const struct app *a)
{
	return &a->warnings;
}

const char *
app_db_path(const struct app *a)
{
	return a->db;
}

const char *
app_dir(const struct app *a)
{
	return a->dir;
}

const char *
app_repo_path(const struct app *a)
{
	if (a->vcs == NULL)
		return NULL;
	return vcs_work_tree(a->vcs) != NULL ? vcs_work_tree(a->vcs)
					     : vcs_git_dir(a->vcs);
}

bool
app_is_readonly(const struct app *a)
{
	return a->readonly;
}

const struct workflow *
app_workflow(const struct app *a)
{
	return &a->workflow;
}

const char *
app_prefix(const struct app *a)
{
	return a->prefixes.n > 0 ? a->prefixes.v[0] : NULL;
}

const char *
app_me(const struct app *a)
{
	return a->me;
}

const char *
app_project(const struct app *a)
{
	return a->project;
}

enum rc
app_filter(const struct app *a, const char *text, bool live,
    struct filter **out, struct err *err)
{
	struct filter_context ctx = { .workflow = &a->workflow,
		.me = a->me,
		.prefix = app_prefix(a),
		.now = date_now(),
		.live = live,
		.saved = app_filter_text,
		.saved_arg = a };

	return filter_parse(text, &ctx, out, err);
}

int64_t
app_data_version(struct app *a)
{
	return store_data_version(a->store);
}

void
app_on_stop(struct app *a, bool (*stop)(void *arg), void *arg)
{
	a->stop = stop;
	a->stop_arg = arg;
	store_on_progress(a->store, stop, arg);
}

void
app_on_wait(struct app *a, bool (*give_up)(void *arg, long pid, int waited_ms),
    void *arg)
{
	a->give_up = give_up;
	a->give_up_arg = arg;
	store_on_wait(a->store, give_up, arg);
}

void
app_on_progress(struct app *a,
    void (*progress)(void *arg, const char *what, int64_t done, int64_t total),
    void *arg)
{
	a->progress = progress;
	a->progress_arg = arg;
}

void
app_markdown(const char *text, size_t len, size_t width, struct md_lines *out)
{
	markdown_lines(text, len, width, out);
}

static void
rebuild_progress(void *arg, int64_t done, int64_t total)
{
	app_tell(arg, "rebuilding", done, total);
}

enum rc
app_fsck(struct app *a, bool rebuild, struct strv *findings, bool *changed,
    struct err *err)
{
	enum rc rc;

	*changed = false;
	if (rebuild) {
		if ((rc = app_require_write(a, err)) != RC_OK ||
		    (rc = store_rebuild(a->store, rebuild_progress, a, changed,
			 err)) != RC_OK)
			return rc;
	}
	return store_check(a->store, findings, err);
}

enum rc
app_recover(const struct app_options *o, const char *into, int64_t *events,
    struct err *err)
{
	struct vcs *vcs = NULL;
	char *db;
	enum rc rc;

	if ((rc = open_vcs(o, &vcs, err)) != RC_OK)
		return rc;
	db = open_db_path(o, vcs);
	rc = store_recover(db, into, events, err);
	free(db);
	vcs_close(vcs);
	return rc;
}
