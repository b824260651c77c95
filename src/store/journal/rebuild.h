/* Private to src/store: replaying the journal. */
#ifndef NOTES_STORE_REBUILD_H
#define NOTES_STORE_REBUILD_H

#include <stdint.h>

#include "base/err.h"

struct store;

struct rebuild_progress {
	void (*fn)(void *arg, int64_t done, int64_t total); /* or NULL */
	void *arg;
};

/* Empties the projection and applies the whole journal, in the transaction
 * that is open; the caller has switched foreign keys off. */
enum rc rebuild_replay(struct store *st, const struct rebuild_progress *p,
    struct err *err);

#endif
