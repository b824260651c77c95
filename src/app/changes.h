/* Parts of changes that making a ticket and importing share. */
#ifndef NOTES_APP_CHANGES_H
#define NOTES_APP_CHANGES_H

#include "app_priv.h"
#include "base/strv.h"

/* "a,b" as a list; NULL and "" are empty. */
void	changes_split(const char *value, struct strv *out);

/* Puts the scalars of changes (resolved) into ev; t is the ticket as it is, or
 * zeroed for a new one.  Sets are left out. */
enum rc	changes_put(struct app *a, struct event *ev, const struct ticket *t,
	    const struct change_list *changes, struct err *err);

/* RC_INVALID unless it can be a label: no blanks, no quotes, not too long. */
enum rc	changes_check_label(const char *label, struct err *err);

#endif
