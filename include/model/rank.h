/*
 * The manual order of tickets within a status, as keys that compare byte by
 * byte.  A ticket that nobody moved has a key, too, so that a move writes one
 * value of one ticket, whatever stands around it: the place between two others
 * is a key between theirs (fractional indexing; D. Greenspan, "Implementing
 * Fractional Indexing", https://observablehq.com/@dgreensp/
 * implementing-fractional-indexing).
 */
#ifndef NOTES_MODEL_RANK_H
#define NOTES_MODEL_RANK_H

#include <stdbool.h>

#include "base/buf.h"
#include "model/ticket.h"

#define RANK_MAX 1024			/* bytes of a key */

/*
 * Appends the ticket's key: its rank, or, without one, what its time of making
 * and its ULID give, the newest first.  The index ticket_place (schema/) and
 * store/query/order.c say the same in SQL.
 */
void	rank_of(const struct ticket *t, struct buf *out);

/*
 * Appends a key that comes after the one and before the other; NULL is no
 * limit.  False when they are not in order, or there is none between them.
 */
bool	rank_between(const char *after, const char *before, struct buf *out);

#endif
