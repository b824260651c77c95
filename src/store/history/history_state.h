/*
 * Private to src/store: what adding to the derived history remembers while a
 * transaction lasts.  During a full scan (from store_history_clear() to
 * store_history_index()) links are collected and put in sorted, which is four
 * times as fast as in the order of commits.
 */
#ifndef NOTES_STORE_HISTORY_STATE_H
#define NOTES_STORE_HISTORY_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "model/ticket.h"

struct store;

struct history_state {
	bool full; /* indexes are away, tables were empty */
	struct history_person {
		char *name; /* NULL: free slot */
		int64_t id;
	} * people; /* open addressing, cap is 2^n */
	size_t n_people, cap_people;
	struct history_prefix {
		char name[TICKET_PREFIX_MAX];
		int64_t id;
	} * prefixes;
	size_t n_prefixes, cap_prefixes;
	struct history_pending {
		uint32_t prefix, number, rev;
		uint8_t role;
		uint8_t why;
	} * links;
	size_t n_links, cap_links;
};

/* Needs an open transaction. */
enum rc history_get(struct store *st, struct history_state **out,
    struct err *err);
enum rc history_person(struct store *st, const char *name, int64_t *id,
    struct err *err);
enum rc history_prefix(struct store *st, const char *name, int64_t *id,
    struct err *err);
/* Puts in what was collected, so that it can be read. */
enum rc history_flush_links(struct store *st, struct err *err);
/* The same, and ends a full scan whose indexes were not made. */
enum rc history_flush(struct store *st, struct err *err);
void history_discard(struct store *st);
void history_free(struct store *st);

#endif
