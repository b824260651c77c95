/* A made-up project to look at, in a temporary place. */
#ifndef NOTES_APP_DEMO_H
#define NOTES_APP_DEMO_H

#include "base/err.h"

struct app;
struct app_options;

/*
 * Makes a repository with some commits and tags and a tracker of it in a new
 * folder below TMPDIR (/tmp), and opens that.  Nothing of the caller's own is
 * read or written.  On RC_OK the caller owns *dir and calls app_demo_end().
 */
enum rc	app_demo(char **dir, struct app **out, struct err *err);
/* Removes the folder once the app is closed, frees its name; NULL: none. */
void	app_demo_end(char *dir);

#endif
