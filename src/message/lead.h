/*
 * Keys that a line is headed by, that stand alone in brackets, or that are the
 * scope of a Conventional Commit (https://www.conventionalcommits.org/).
 */
#ifndef NOTES_MESSAGE_LEAD_H
#define NOTES_MESSAGE_LEAD_H

#include <stdbool.h>
#include <stddef.h>

#include "key.h"
#include "lines.h"

enum place {
	PLACE_NONE,
	PLACE_LEADS,      /* text, A-1: text, A-1 - text */
	PLACE_LEADS_BARE, /* A-1 text */
	PLACE_SCOPE,      /* feat(A-1): text */
	PLACE_BRACKET     /* text */
};

struct lead {
	size_t end;  /* behind what heads the line */
	bool bullet; /* the line is an item of a list */
	bool revert; /* what follows is what was reverted */
};

/*
 * Sets place[i] of those of hits[0..n), all of line ln, that head it.
 */
void lead_find(const char *s, const struct line *ln, const struct key_hit *hits,
    size_t n, enum place *place, struct lead *out);

/* Sets place[i] of those that stand in brackets, from offset at on. */
void lead_brackets(const char *s, const struct line *ln, size_t at,
    const struct key_hit *hits, size_t n, enum place *place);

/*
 * Behind what may stand before the real subject, knowing no prefixes: bullets,
 * "[...]" groups, "A-1:", "fix(scope):", "fixup!".  For revert_parse().
 */
size_t lead_skip(const char *s, size_t at, size_t end, bool *type_revert);

/* The end of a verb that takes a change back ("reverting"), or at. */
size_t lead_revert_verb(const char *s, size_t at, size_t end);

#endif
