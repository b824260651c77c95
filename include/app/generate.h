/* The notes: generate, render, explain, check. */
#ifndef NOTES_APP_GENERATE_H
#define NOTES_APP_GENERATE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/strv.h"
#include "model/notes.h"

struct app;

struct generate_options {
	const char	*version;	/* NULL: what is unreleased */
	const char	*from, *to;	/* REV or version, or NULL */
	const char	*build;		/* number, or NULL */
	bool		 by_build;
	/* "conventional": commits without a ticket are listed by Conventional
	 * Commits; "tickets": they are not; NULL: tracker.commits, "tickets" */
	const char	*commits;
};

/* RC_INVALID unless it is one of those words. */
enum rc	app_commits_check(const char *value, struct err *err);

/*
 * Makes the notes; scans first what is new in history.  Without a version, and
 * with releases as from and to, they are upgrade notes: what a reader of the
 * one finds new in the other, whatever the lines in between.
 */
enum rc	app_generate(struct app *a, const struct generate_options *o,
	    struct notes *out, struct err *err);

/*
 * The notes of every published release, newest version first, each borrowed in
 * fn until it returns; false stops.  One reading of the history serves all.
 */
enum rc	app_generate_all(struct app *a, const struct generate_options *o,
	    bool (*fn)(const struct notes *n, void *arg), void *arg,
	    struct err *err);

struct app_render {
	/* NULL: tracker.style, then "default" */
	const char	*style;
	const char	*format;	/* NULL: "md" */
	const char	*lang;		/* NULL: tracker.lang, then "en" */
	bool		 by_build;
};

enum rc	app_render(struct app *a, const struct notes *n,
	    const struct app_render *r, struct buf *out, struct err *err);
/* Names for help and completion, NULL-ended. */
const char *const *app_formats(void);
const char *const *app_langs(void);
void	app_styles(struct strv *names, struct strv *help);

/* app_update() (app/publish.h) for those who do not tell of conflicts. */
enum rc	app_update_file(struct app *a, const struct notes *n,
	    const struct app_render *r, const char *path, bool *changed,
	    struct err *err);

/* Why a ticket is, or is not, in the notes of a version (NULL: each), in
 * words, commit by commit. */
enum rc	app_explain(struct app *a, const char *key, const char *version,
	    struct buf *out, struct err *err);

/* The tracker's notes of a version against a published file. */
struct audit {
	bool		 section;	/* the file has one of that version */
	size_t		 listed, published, both;	/* keys */
	struct strv	 only_listed, only_published;	/* keys, sorted */
};

/*
 * RC_OK also where they differ.  Keys are looked for in that version's section
 * of the file, in all of it when there is none; what the notes tell as reverted
 * or as a known issue counts on neither side.
 */
enum rc	app_audit(struct app *a, const char *version, const char *file,
	    struct audit *out, struct err *err);
void	audit_release(struct audit *a);

#endif
