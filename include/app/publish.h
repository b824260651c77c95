/* Notes in files: put in, kept, compared, checked. */
#ifndef NOTES_APP_PUBLISH_H
#define NOTES_APP_PUBLISH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/strv.h"
#include "model/notes.h"
#include "model/revision.h"

struct app;
struct app_render;

struct app_update {
	bool		 changed;	/* the file's bytes */
	/* lines for people, by ticket: what people and the tracker disagree
	 * about; most are marked in the file */
	struct strv	 conflicts;
};

/*
 * Merges the rendered notes with that version's section of the file (or
 * inserts them, or makes the file): what people edited since the revision that
 * went there last stays (render_merge()).  Then keeps the notes as a revision.
 */
enum rc	app_update(struct app *a, const struct notes *n,
	    const struct app_render *r, const char *path,
	    struct app_update *out, struct err *err);
void	app_update_release(struct app_update *u);
/* The same, and diff gets what became of the file, unified. */
enum rc	app_update_diff(struct app *a, const struct notes *n,
	    const struct app_render *r, const char *path,
	    struct app_update *out, struct buf *diff, struct err *err);

/* Keeps text, which was written to a file of its own, as a revision; nothing
 * where the tracker can only be read. */
enum rc	app_keep_revision(struct app *a, const struct notes *n,
	    const struct app_render *r, const char *path,
	    const struct buf *text, struct err *err);

/* Without texts, oldest first; version NULL: of all. */
enum rc	app_revisions(struct app *a, const char *version,
	    struct revision_list *out, struct err *err);
/* version NULL: what is unreleased; n 0: the newest.  RC_NOT_FOUND. */
enum rc	app_revision(struct app *a, const char *version, int64_t n,
	    struct revision *out, struct err *err);
/* A unified diff from revision n to m (0: the newest). */
enum rc	app_revision_compare(struct app *a, const char *version, int64_t n,
	    int64_t m, struct buf *out, struct err *err);

/* The code is also the order in which they come. */
#define CHECK_CODES(X)							\
	X(NO_FILE, "no-file")						\
	X(NO_SECTION, "no-section")	/* of that version in the file */ \
	X(DIFFERS, "differs")		/* --update would change it */	\
	X(CONFLICT, "conflict")		/* the mark of one stands there */ \
	X(REVERTED, "reverted")		/* listed, but taken back */	\
	X(RELEASED, "released")		/* under "Unreleased" still */	\
	X(NO_DATE, "no-date")		/* of a published release */	\
	X(OPEN_TICKET, "open-ticket")	/* in a published release */	\
	X(UNKNOWN_KEY, "unknown-key")	/* in commits of the range */	\
	X(EMPTY_NOTE, "empty-note")	/* of a feature */		\
	X(NO_COMMIT, "no-commit")	/* done; only told */

enum check_code {
#define X(id, name) CHECK_##id,
	CHECK_CODES(X)
#undef X
	CHECK_N
};

extern const char *const check_code_names[CHECK_N];

struct finding {
	enum check_code	 code;
	char		 key[TICKET_KEY_MAX];	/* or "" */
	char		*text;			/* one line */
};

struct finding_list {
	struct finding	*v;
	size_t		 n, cap;
};

void	finding_list_release(struct finding_list *l);
/* How many of them are faults: what is only told is none. */
size_t	finding_list_faults(const struct finding_list *l);

struct check_options {
	const char	*version;	/* NULL: the newest release */
	const char	*file;		/* NULL: tracker.file, CHANGELOG.md */
	/* every published version that has a section in the file */
	bool		 all;
};

enum rc	app_check(struct app *a, const struct check_options *o,
	    struct finding_list *out, struct err *err);

#endif
