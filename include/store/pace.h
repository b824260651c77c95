/* How fast work goes: when tickets were done, and came into a release. */
#ifndef NOTES_STORE_PACE_H
#define NOTES_STORE_PACE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "model/forecast.h"

struct store;

/*
 * When tickets that are done got done (seconds), from since on, newest first,
 * at most max looked at; fn returns false to stop.  Those that came in done,
 * without a time of their own, are left out: an import of 3,000 closed tickets
 * is no work of that second.
 */
enum rc	store_closings(struct store *st, int64_t since, int64_t max,
	    bool (*fn)(int64_t when, void *arg), void *arg, struct err *err);

/* The tickets of a release, at most max, in no particular order; what came in
 * done, without a time of its own, has none here. */
enum rc	store_scope(struct store *st, const char *version, int64_t max,
	    bool (*fn)(const struct scope_row *row, void *arg), void *arg,
	    struct err *err);

#endif
