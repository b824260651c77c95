/* The steps of opening a tracker that making one shares. */
#ifndef NOTES_APP_OPEN_H
#define NOTES_APP_OPEN_H

#include "app_priv.h"

enum rc	open_vcs(const struct app_options *o, struct vcs **out,
	    struct err *err);
/* --db, NOTES_DB, or the place in the repository; NULL when there is none.
 * The caller frees it. */
char	*open_db_path(const struct app_options *o, struct vcs *vcs);
char	*open_folder_of(const char *path);
char	*open_project_name(const struct app *a);
/* As app_open(), leaving the spool alone. */
enum rc	open_plain(const struct app_options *o, struct app **out,
	    struct err *err);
/* Everything behind an open store: settings, prefixes, times. */
enum rc	open_settle(struct app *a, struct err *err);

#endif
