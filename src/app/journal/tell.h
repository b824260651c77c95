/* Events in words. */
#ifndef NOTES_APP_JOURNAL_TELL_H
#define NOTES_APP_JOURNAL_TELL_H

#include "app/app_priv.h"

/* "set status to done (was open)" */
void	journal_tell(struct app *a, const struct event *ev, struct buf *out);
/* What turning it back does: "status done -> open". */
void	journal_tell_back(struct app *a, const struct event *ev,
	    struct buf *out);
/* What the event is about: a key, a version, or nothing. */
void	journal_subject(struct app *a, const struct event *ev,
	    struct buf *out);

#endif
