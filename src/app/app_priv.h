/*
 * What the rooms of the app layer share: the open tracker, and the few ways to
 * append events that every verb and every effect of a commit goes through.
 */
#ifndef NOTES_APP_PRIV_H
#define NOTES_APP_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include "app/app.h"
#include "base/err.h"
#include "base/strv.h"
#include "message/grammar.h"
#include "model/event.h"
#include "model/ticket.h"
#include "model/workflow.h"
#include "store/journal.h"
#include "store/store.h"
#include "vcs/config.h"
#include "vcs/vcs.h"

struct app {
	struct store	*store;
	struct vcs	*vcs;		/* NULL without a repository */
	struct config	 config;
	struct workflow	 workflow;
	/* upper-case, the first is the default */
	struct strv	 prefixes;
	bool		 hash;		/* #12 counts */
	/* names joined by spaces, for messages */
	char		*statuses;
	char		*me;		/* short name: "dev-1" */
	char		*actor;		/* who signs events: e-mail, else me */
	char		*project;
	char		*dir;		/* the tracker's folder */
	char		*db;		/* the database file */
	int64_t		 created;	/* of the tracker, seconds */
	struct strv	 warnings;
	enum app_mode	 mode;
	bool		 readonly;
	bool		 forgiving;	/* app_options */
	bool		(*stop)(void *arg);
	void		*stop_arg;
	bool		(*give_up)(void *arg, long pid, int waited_ms);
	void		*give_up_arg;
	void		(*progress)(void *arg, const char *what, int64_t done,
			    int64_t total);
	void		*progress_arg;
};

/* Reads configuration (again) into prefixes, workflow, me and the like. */
enum rc	app_settings_load(struct app *a, struct err *err);

/* For filter_context.saved; arg is the app. */
const char *app_filter_text(const void *arg, const char *name,
	    struct buf *names);
/* The name of a saved filter in a name behind "tracker."; NULL: none. The
 * caller frees it. */
char	*app_filter_name(const char *setting);

/* Adds the prefixes of a list ("NOTE, DOC") that are well-formed. */
void	app_prefixes_add(struct app *a, const char *list);
/* Prefixes are kept in capitals, however they were typed. */
void	app_prefix_upper(char *prefix);

/* The project's message grammar; borrows from a, nothing to release. */
void	app_grammar(const struct app *a, struct grammar *g);

/* RC_READONLY with a message unless the tracker can be written. */
enum rc	app_require_write(const struct app *a, struct err *err);
/* RC_NOT_FOUND with a message when there is no repository. */
enum rc	app_require_repo(const struct app *a, struct err *err);

void	app_tell(const struct app *a, const char *what, int64_t done,
	    int64_t total);
bool	app_stopped(const struct app *a);

/*
 * Everything below stands inside store_begin() and store_commit().  *group is
 * 0 for the first event of an operation and then its number; origin is the hex
 * id of the commit whose effect it is, or NULL.
 */

/* A new object of the kind; its ULID is made here. */
void	app_event_init(const struct app *a, struct event *ev,
	    enum event_kind kind, const struct ulid *object, int64_t group,
	    const char *origin);
/* Appends, keeps *group, releases ev. */
enum rc	app_event_append(struct app *a, struct event *ev, int64_t *group,
	    struct err *err);

/*
 * Applies changes that are checked and resolved (app_changes_resolve()) to one
 * ticket: one "set" for scalars, "add" and "rm" for sets.  *changed tells
 * whether anything was different.
 */
enum rc	app_changes_apply(struct app *a, int64_t ticket,
	    const struct change_list *changes, const char *origin,
	    int64_t *group, bool *changed, struct err *err);

/*
 * A name as the tracker has it: "me" and one's own address become one's short
 * name, other letters' case that of a name which tickets have.
 */
enum rc	app_person(struct app *a, char **name, struct err *err);

/* Checks and normalises values, resolves "me", parents and versions. */
enum rc	app_changes_resolve(struct app *a, struct change_list *changes,
	    struct err *err);

/* Adds the defaults of a new ticket, and checks and resolves its changes;
 * outside of the transaction.  RC_INVALID without a summary. */
enum rc	app_ticket_prepare(struct app *a, struct change_list *changes,
	    struct err *err);
/* Makes a ticket of changes so prepared. */
enum rc	app_ticket_make(struct app *a, const struct change_list *changes,
	    struct ticket_key *key, int64_t *group, struct err *err);

/* RC_INVALID unless it can name a release. */
enum rc	app_version_check(const char *version, struct err *err);

/* A link by hand between a ticket and a commit (hex id), or its denial. */
enum rc	app_link_append(struct app *a, const struct ulid *ticket,
	    const char *hex, bool remove, int64_t *group, struct err *err);

/* A comment as an event. */
enum rc	app_comment_append(struct app *a, const struct ulid *ticket,
	    const char *text, const char *origin, int64_t *group,
	    struct err *err);

/* Releases have changed: the next scan labels commits anew (scan.c).  Inside
 * the transaction that changes them. */
enum rc	scan_forget_releases(struct app *a, struct err *err);

/* Spooled work of hooks (spool.c); quiet when there is none. */
enum rc	app_spool_drain(struct app *a, struct err *err);

#endif
