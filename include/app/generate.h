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
};

/* Makes the notes; scans first what is new in history. */
enum rc	app_generate(struct app *a, const struct generate_options *o,
	    struct notes *out, struct err *err);

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

/* Puts the rendered notes in place of that version's section of the file (or
 * inserts them, or makes the file).  *changed: the bytes differ. */
enum rc	app_update_file(struct app *a, const struct notes *n,
	    const struct app_render *r, const char *path, bool *changed,
	    struct err *err);

/* Why a ticket is, or is not, in the notes of a version (NULL: each), in
 * words, commit by commit. */
enum rc	app_explain(struct app *a, const char *key, const char *version,
	    struct buf *out, struct err *err);

/* Findings as lines: the file's section differs, empty notes, ...; version
 * NULL: the newest release; file NULL: tracker.file, then CHANGELOG.md. */
enum rc	app_check(struct app *a, const char *version, const char *file,
	    struct strv *findings, struct err *err);

#endif
