/* Reading releases and builds. */
#ifndef NOTES_STORE_RELEASE_H
#define NOTES_STORE_RELEASE_H

#include "base/err.h"
#include "model/release.h"

struct store;

/* All, in no particular order (the app orders by version). */
enum rc	store_releases(struct store *st, struct release_list *out,
	    struct err *err);
enum rc	store_release_find(struct store *st, const char *version,
	    struct release *out, struct err *err);
/* Oldest first; version NULL for all. */
enum rc	store_builds(struct store *st, const char *version,
	    struct build_list *out, struct err *err);

#endif
