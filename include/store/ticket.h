/* Reading tickets: one, pages by key, counts, search. */
#ifndef NOTES_STORE_TICKET_H
#define NOTES_STORE_TICKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strv.h"
#include "model/filter.h"
#include "model/link.h"
#include "model/query.h"
#include "model/ticket.h"

struct store;

/* RC_NOT_FOUND with a message that names the key.  Deleted ones are found. */
enum rc	store_ticket_find(struct store *st, const struct ticket_key *key,
	    enum ticket_detail detail, struct ticket *out, struct err *err);
enum rc	store_ticket_get(struct store *st, int64_t id,
	    enum ticket_detail detail, struct ticket *out, struct err *err);
enum rc	store_ticket_by_ulid(struct store *st, const struct ulid *ulid,
	    enum ticket_detail detail, struct ticket *out, struct err *err);
/* True when the key is taken; cheaper than finding it. */
bool	store_ticket_exists(struct store *st, const struct ticket_key *key);

/* The highest number of a prefix, deleted tickets' too; 0 for none. */
enum rc	store_ticket_highest(struct store *st, const char *prefix,
	    uint32_t *out, struct err *err);
/* The next free number of a prefix: behind the highest ticket (deleted ones
 * are taken), and then behind those that messages in history name without a
 * gap; one far off takes nothing away. */
enum rc	store_ticket_next(struct store *st, const char *prefix, uint32_t *out,
	    struct err *err);

enum rc	store_ticket_page(struct store *st, const struct ticket_query *q,
	    struct ticket_list *out, struct err *err);

/* Calls fn for every match in order, without holding them all; the ticket is
 * borrowed. */
enum rc	store_ticket_each(struct store *st, const struct ticket_query *q,
	    bool (*fn)(const struct ticket *t, void *arg), void *arg,
	    struct err *err);

/* Counts at most cap matches; *n == cap then means "cap or more". */
enum rc	store_ticket_count(struct store *st, const struct filter *f,
	    int64_t cap, int64_t *n, struct err *err);

/* Counters kept beside: by status name, without reading tickets. */
enum rc	store_ticket_counts(struct store *st, struct ticket_count_list *out,
	    struct err *err);

enum rc	store_comments(struct store *st, int64_t ticket,
	    struct comment_list *out, struct err *err);
enum rc	store_relations(struct store *st, int64_t ticket,
	    struct relation_list *out, struct err *err);
/* Derived and manual links, newest commit first. */
enum rc	store_links(struct store *st, int64_t ticket, struct link_list *out,
	    struct err *err);

/*
 * What was said by hand, whatever history says: ids in hex of commits that were
 * linked to the ticket, and of those whose link is not to count.  The lists
 * are the caller's to release.
 */
enum rc	store_links_by_hand(struct store *st, int64_t ticket,
	    struct strv *linked, struct strv *unlinked, struct err *err);

/* The commits of which somebody said by hand what they are for, or that they
 * need no ticket: ids in hex, each once. */
enum rc	store_commits_by_hand(struct store *st, struct strv *out,
	    struct err *err);

/* Distinct values that begin with start, for completion: of "assignee",
 * "reporter", "component", "label", "release", "key", "parent" (ULIDs); at
 * most max. */
enum rc	store_values(struct store *st, const char *field, const char *start,
	    size_t max, struct strv *out, struct err *err);

#endif
