/* From history to links: scan, its explanation, and the hooks' work. */
#ifndef NOTES_APP_SCAN_H
#define NOTES_APP_SCAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/strv.h"
#include "model/commit.h"

struct app;

struct scan_result {
	int64_t		commits, links, effects, unknown_keys;	/* totals */
	int64_t		new_commits;	/* read by this scan */
	int64_t		removed;	/* gone from history since */
	struct strv	warnings;	/* clean lines */
};

/* Reads what is new in history.  full reads everything again. */
enum rc	app_scan(struct app *a, bool full, struct scan_result *out,
	    struct err *err);
/* The same where there is a history and the tracker may be written, else
 * nothing: before reading what a new commit or tag changes. */
enum rc	app_refresh(struct app *a, struct err *err);
void	scan_result_release(struct scan_result *r);

/* Visits keys of messages that no ticket has, in order, with the number of
 * commits that name each; false ends it. */
enum rc	app_unknown_keys(struct app *a,
	    bool (*fn)(const char *key, int64_t commits, void *arg), void *arg,
	    struct err *err);

/* What a commit's message says and does, in words, line by line. */
enum rc	app_scan_explain(struct app *a, const char *rev, struct buf *out,
	    struct err *err);

/*
 * The diffstat and diff of a commit, bytes as git has them, appended to out;
 * cut behind the last whole line within max_bytes, and a line says so.
 */
enum rc	app_commit_diff(struct app *a, const struct oid *commit,
	    size_t max_bytes, struct buf *out, struct err *err);
/* The commit that REV names; what git takes. */
enum rc	app_commit_find(struct app *a, const char *rev, struct oid *out,
	    struct err *err);

/*
 * "notes hook run NAME ARGS...": never fails for a fault of its own.  Opens
 * the tracker itself.  Lines for stderr go to say; *refuse is true only when
 * the message is to be refused (tracker.refuse).
 */
struct app_options;
void	app_hook_run(const struct app_options *o, const char *name,
	    int argc, char *const argv[], struct strv *say, bool *refuse);

/* Hooks on disk. */
struct hook_line {
	char	*name;
	char	*state;		/* "installed", "installed, runs yours first",
				   "not installed", "not ours", "outdated" */
	char	*path;
};
struct hook_lines {
	struct hook_line *v;
	size_t	 n;
	char	*dir;
	char	*manager;	/* or NULL */
};
enum rc	app_hook_status(struct app *a, struct hook_lines *out,
	    struct err *err);
void	hook_lines_release(struct hook_lines *l);
/* program: absolute path of notes.  advice: what to add by hand, if anything
 * is. */
enum rc	app_hook_install(struct app *a, const char *program,
	    struct buf *advice, struct err *err);
enum rc	app_hook_uninstall(struct app *a, size_t *removed, struct err *err);

#endif
