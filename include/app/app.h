/*
 * One open tracker: the database, the repository that it belongs to (if any)
 * and the configuration.  Both front ends reach everything through the verbs
 * of this layer; none of them prints.
 */
#ifndef NOTES_APP_APP_H
#define NOTES_APP_APP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/strv.h"
#include "model/filter.h"
#include "model/styled.h"
#include "model/workflow.h"

struct app;

enum app_mode {
	/* browsing; falls back to it on a read-only file */
	APP_READ,
	APP_WRITE,
	APP_HOOK		/* waits 200 ms at most */
};

struct app_options {
	const char	*dir;		/* -C, or NULL */
	/* --db, or NULL: NOTES_DB, then the place in the repository */
	const char	*db;
	const char	*repo;		/* --repo, or NULL: dir's */
	enum app_mode	 mode;
	/* a .notesconfig that can't be read is a warning: for looking around */
	bool		 forgiving;
};

/*
 * Opens what is there and drains the hooks' spool when it may write.
 * RC_NOT_FOUND says how to make a tracker.  A newer database opens for
 * reading only, with a warning.
 */
enum rc	app_open(const struct app_options *o, struct app **out,
	    struct err *err);
void	app_close(struct app *a);

struct app_init {
	/* NULL: guessed from commit subjects, then the folder's name */
	const char	*prefix;
	const char	*mainline;	/* or NULL */
	/* tag pattern, or NULL: guessed from tags */
	const char	*tags;
};

struct app_init_result {
	char	*db;			/* path of the new database */
	char	*prefix, *mainline, *tags;	/* as settled; may be NULL */
	int64_t	 releases;		/* made from tags */
};

/*
 * Makes the tracker: database, tracker.* in the repository's configuration,
 * releases from tags.  RC_EXISTS when there is one.  Works without a
 * repository when db is given.
 */
enum rc	app_init(const struct app_options *o, const struct app_init *init,
	    struct app **out, struct app_init_result *result, struct err *err);
/*
 * What app_init() would settle on and make, without making it: nothing is
 * written.  result->releases counts the tags that match.
 */
enum rc	app_init_plan(const struct app_options *o, const struct app_init *init,
	    struct app_init_result *result, struct err *err);
void	app_init_result_release(struct app_init_result *r);

/* Things worth a line on stderr, met while opening; borrowed, clean. */
const struct strv *app_warnings(const struct app *a);

const char *app_db_path(const struct app *a);
/* The tracker's folder: spool, drafts, prompt history live there. */
const char *app_dir(const struct app *a);
/* work tree or git dir, or NULL */
const char *app_repo_path(const struct app *a);
bool	app_is_readonly(const struct app *a);
const struct workflow *app_workflow(const struct app *a);
const char *app_prefix(const struct app *a);	/* the first one */
const char *app_me(const struct app *a);	/* "dev-1" */
const char *app_project(const struct app *a);	/* a name for titles */

/* "tracker.<name>" of the configuration, or NULL; borrowed. */
const char *app_config(const struct app *a, const char *name);

/* All that notes understands: name, value or NULL, default, help, origin. */
struct app_setting {
	const char	*name;		/* without "tracker." */
	const char	*help;
	const char	*fallback;	/* what holds when unset; may be NULL */
};
extern const struct app_setting app_settings[];	/* ended by a NULL name */
/* The one that a name is, or NULL. */
const struct app_setting *app_setting_find(const char *name);
/* Capitals in its name stand for what people choose: filter.NAME. */
bool	app_setting_is_family(const struct app_setting *s);
/* Another value of git's configuration that notes keeps (core.editor,
 * core.pager, color.ui), or NULL; borrowed. */
const char *app_git_config(const struct app *a, const char *name);
/* RC_INVALID for an unknown name or a bad value; NULL is no value. */
enum rc	app_config_check(const char *name, const char *value,
	    struct err *err);
/* Sets tracker.<name> in the repository's configuration, or unsets it where
 * value is NULL.  RC_INVALID as above. */
enum rc	app_config_set(struct app *a, const char *name, const char *value,
	    struct err *err);
/* Where the value comes from (file, or "default"); borrowed. */
const char *app_config_origin(const struct app *a, const char *name);

/*
 * Is what was opened still at its place?  RC_NOT_FOUND, and a message that
 * names what is gone, when database or repository are not; reading goes on with
 * what is open, writing is refused.  Where another file is in its place, that
 * one is opened, and *anew is true: everything has to be read again.
 */
enum rc	app_still_there(struct app *a, bool *anew, struct err *err);

/* Parses with this tracker's statuses, "me" and prefix; filter_free() it. */
enum rc	app_filter(const struct app *a, const char *text, bool live,
	    struct filter **out, struct err *err);

/* Changes when any process has changed the tracker: poll to refresh. */
int64_t	app_data_version(struct app *a);
/* Long queries and walks end with RC_STOPPED when stop(arg) is true. */
void	app_on_stop(struct app *a, bool (*stop)(void *arg), void *arg);
/*
 * While another process keeps a lock that is needed, give_up() is called at
 * once and then some times a second, with the pid of that process (0: unknown)
 * and the milliseconds waited so far; true ends the wait with RC_STOPPED, and
 * nothing is written.
 */
void	app_on_wait(struct app *a, bool (*give_up)(void *arg, long pid,
	    int waited_ms), void *arg);
/* Told of long work: done of total (0: unknown), what in words. */
void	app_on_progress(struct app *a, void (*progress)(void *arg,
	    const char *what, int64_t done, int64_t total), void *arg);

/* Markdown as styled lines for a screen of width columns. */
void	app_markdown(const char *text, size_t len, size_t width,
	    struct md_lines *out);

/* Integrity. */
enum rc	app_fsck(struct app *a, bool rebuild, struct strv *findings,
	    bool *changed, struct err *err);
/* Saves what is readable of a damaged database (no open app needed). */
enum rc	app_recover(const struct app_options *o, const char *into,
	    int64_t *events, struct err *err);

#endif
