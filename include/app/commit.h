/* One commit: who made it, what it says, where it is, what it changed. */
#ifndef NOTES_APP_COMMIT_H
#define NOTES_APP_COMMIT_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/strv.h"
#include "model/commit.h"

struct app;

/* Texts are clean; all of it is owned. */
struct commit_about {
	struct oid	 id;
	char		*author;	/* "Name <email>", one line */
	int64_t		 authored, committed; /* seconds */
	char		*message;	/* tabs stay, blank lines around go */
	struct strv	 refs;		/* short names of what is there */
	struct strv	 tickets;	/* keys it carries work for, sorted */
	/* the first release that has it, as the last scan saw it, or NULL */
	char		*release;
};

/* RC_NOT_FOUND where there is no such commit, or no repository. */
enum rc	app_commit_about(struct app *a, const struct oid *commit,
	    struct commit_about *out, struct err *err);
void	commit_about_release(struct commit_about *c);

/*
 * The diffstat and diff of a commit, bytes as git has them, appended to out;
 * cut behind the last whole line within max_bytes, and a line says so.
 */
enum rc	app_commit_diff(struct app *a, const struct oid *commit,
	    size_t max_bytes, struct buf *out, struct err *err);
/* The commit that REV names; what git takes. */
enum rc	app_commit_find(struct app *a, const char *rev, struct oid *out,
	    struct err *err);

#endif
