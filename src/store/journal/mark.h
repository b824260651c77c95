/*
 * Marks of commits: "no-ticket", a set of the tracker itself.  Unlike a
 * ticket's sets each add that is alive has a row of its own.
 */
#ifndef NOTES_STORE_MARK_H
#define NOTES_STORE_MARK_H

#include "apply.h"

/* Is it an "add" or "rm" of marks and of nothing else? */
bool mark_is_event(const struct event *ev);
/* journal.seq of the oldest add that is alive, or 0. */
enum rc mark_find(struct store *st, const char *hex, int64_t *seq,
    struct err *err);
enum rc prepare_marks(struct apply *a, struct err *err);
enum rc apply_marks(struct apply *a, struct err *err);

#endif
