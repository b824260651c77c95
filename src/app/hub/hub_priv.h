/* What the files of the hub share. */
#ifndef NOTES_APP_HUB_PRIV_H
#define NOTES_APP_HUB_PRIV_H

#include "app/hub.h"
#include "model/notes.h"

/* Kinds of doubt, in the order in which they are shown. */
enum hub_kind {
	HUB_NO_COMMIT,
	HUB_NOT_IN_BRANCH,
	HUB_REVERTED,
	HUB_TAKEN_BACK,
	HUB_PARTIAL_REVERT,
	HUB_OPEN_CLAIMED,
	HUB_ELSEWHERE,
	HUB_REFUSED,
	HUB_UNKNOWN_KEY,
	HUB_SUGGESTED,
	HUB_UNLINKED,
	HUB_BLOCKED,
	HUB_BLOCKER,
	HUB_STILL_OPEN,
	HUB_EMPTY_NOTE,
	HUB_LATE,
	HUB_FOREIGN_ROOT,
	HUB_SHALLOW,
	HUB_NO_BUILD,
	HUB_NO_PREVIOUS,
	HUB_KIND_N
};

/* Warnings of one kind that are worth a line each. */
#define HUB_WARNINGS_MAX 50

/* Adds one; takes text over.  key "" for none. */
struct hub_warning *hub_warn(struct hub *hub, enum hub_kind kind,
	    const char *key, char *text);

/* Warnings that the tracker alone gives: quick. */
enum rc	hub_warn_tracker(struct app *a, struct hub *hub, struct err *err);
/* Warnings of the notes, each judged again by what the ticket says now. */
enum rc	hub_warn_history(struct app *a, struct hub *hub,
	    const struct notes *n, struct err *err);
/* Burn-up and forecast into hub, which has its counters. */
enum rc	hub_flow(struct app *a, struct hub *hub, struct err *err);

#endif
