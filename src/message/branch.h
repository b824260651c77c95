/* Keys in the names of branches, and the branches that a merge names. */
#ifndef NOTES_MESSAGE_BRANCH_H
#define NOTES_MESSAGE_BRANCH_H

#include <stdbool.h>
#include <stddef.h>

#include "message/grammar.h"
#include "model/ticket.h"

/* A key in a branch's name, its place through *off and *key_len. */
bool branch_key(const char *name, size_t len, const struct grammar *g,
    struct ticket_key *out, size_t *off, size_t *key_len);

/*
 * The next branch that the subject s[*at, end) of a merge commit merges, not
 * the one it merges into; false when there is no other.  *at is where to go
 * on; begin with the start of the subject.
 */
bool branch_merged(const char *s, size_t *at, size_t end, size_t *name,
    size_t *name_len);

/* True if the subject is that of a merge commit, in anybody's words. */
bool branch_is_merge(const char *s, size_t len);

#endif
