/*
 * Private to src/store: applying events to the tables, and what a write
 * transaction remembers while it lasts.
 *
 * Applying has two halves.  prepare_*() looks at a new event of this database:
 * it refuses what breaks a rule, drops what changes nothing, and fills in what
 * is overwritten; it writes nothing.  apply_*() writes, for new, replayed and
 * foreign events alike, so that a rebuild reaches the same tables.
 */
#ifndef NOTES_STORE_APPLY_H
#define NOTES_STORE_APPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/ulid.h"
#include "store/file/db.h"
#include "store/query/id_set.h"
#include "model/event.h"
#include "value.h"

#define WRITE_COUNTERS 64
#define WRITER_MAX     48 /* "<replica>.<n>" and a NUL */

struct write_state {
	int64_t seq;         /* newest of the journal */
	int64_t n;           /* newest of this replica */
	uint64_t h;          /* highest clock seen */
	int64_t ticket;      /* newest row */
	int64_t first_new;   /* tickets from here on are new */
	struct id_set dirty; /* older ones to be indexed again */
	struct write_op {
		int64_t n, last, undoes, redoes; /* n 0: none */
	} op;                                    /* not written yet */
	struct write_counter {
		const char *kind;
		char name[65];
		int64_t delta;
	} counter[WRITE_COUNTERS];
	size_t n_counters;
	struct {
		char name[TICKET_PREFIX_MAX];
		int64_t id;
	} prefix; /* the last one used */
	struct {
		struct ulid ulid;
		enum object_kind kind;
		int64_t id;
	} object;            /* the last one found */
	struct strv indexes; /* dropped ones: how to make them */
};

/* One event on its way into the tables. */
struct apply {
	struct store *st;
	struct write_state *w;
	struct event *ev;
	int64_t seq;           /* of the journal, or what it will be */
	int64_t time;          /* when it happened, seconds */
	bool foreign;          /* of another database */
	enum object_kind kind; /* of the object, once looked up */
	int64_t id;
};

/* The state of the open transaction; made when it is first needed. */
enum rc write_get(struct store *st, struct write_state **out, struct err *err);
/* Brings search index, counters and operations up to date. */
enum rc write_flush(struct store *st, struct err *err);
void write_discard(struct store *st);

/* Notes the event's operation; written when another one begins. */
enum rc write_op_note(struct apply *a, struct err *err);
enum rc write_op_flush(struct store *st, struct err *err);
enum rc write_count(struct apply *a, const char *kind, const char *name,
    int64_t delta, struct err *err);
enum rc write_counters_flush(struct store *st, struct err *err);

/* Takes a ticket's old texts out of the search index before they change. */
enum rc write_search_stale(struct apply *a, int64_t ticket, struct err *err);
enum rc write_search_flush(struct store *st, struct err *err);

/* The list indexes, while many rows come in; the end brings the search index
 * up to date and makes them again. */
enum rc bulk_consider(struct apply *a, struct err *err);
enum rc bulk_strip(struct store *st, struct err *err);
enum rc bulk_finish(struct store *st, struct err *err);

/* Row and kind of an object; RC_NOT_FOUND without a message. */
enum rc object_find(struct store *st, const struct ulid *ulid,
    enum object_kind *kind, int64_t *id, struct err *err);
/* ULID of a ticket given as ULID or key; RC_NOT_FOUND names it. */
enum rc object_ticket(struct store *st, const char *text, struct ulid *out,
    struct err *err);
/* "NOTE-12", "release 1.2", ...: for messages; the caller frees it. */
char *object_name(struct store *st, enum object_kind kind, int64_t id);

/* journal.seq of the event that wrote a field last. */
enum rc writer_of(struct store *st, enum object_kind kind, int64_t id,
    const char *field, int64_t *seq, struct err *err);
/* "<replica in hex>.<n>" of a journal row, and back (*seq 0: not here). */
enum rc writer_name(struct store *st, int64_t seq, char out[WRITER_MAX],
    struct err *err);
enum rc writer_find(struct store *st, const char *name, size_t len,
    int64_t *seq, struct err *err);
/* True if the event comes after the one at seq: (h, replica, n). */
enum rc writer_wins(struct apply *a, int64_t seq, bool *wins, struct err *err);

/* A ticket's part in the counters, and its time of change. */
enum rc ticket_count(struct apply *a, int64_t ticket, int64_t delta,
    struct err *err);
enum rc ticket_count_row(struct apply *a, const char *status, const char *type,
    int64_t category, bool deleted, int64_t delta, struct err *err);
enum rc ticket_touch(struct apply *a, int64_t ticket, struct err *err);

/* The row of a set's value: *seq of its add, 0 when it is not there. */
bool set_is_field(const char *field);
enum rc set_find(struct store *st, int64_t ticket, const char *field,
    const char *value, int64_t *seq, struct err *err);
/* Brings a value to the form that is journaled: ULIDs for tickets, lower-case
 * ids; RC_INVALID names the field. */
enum rc set_normalise(struct apply *a, struct event_value *v, struct err *err);
/* The same for a ticket that was made just now: nothing can be in the way. */
enum rc set_begin(struct apply *a, const struct event_value *v,
    struct err *err);
enum rc set_insert(struct apply *a, const struct event_value *v,
    struct err *err);
enum rc set_remove(struct apply *a, const struct event_value *v,
    struct err *err);
/* A removal that names this add came before it; and remembers such a one. */
enum rc set_is_gone(struct apply *a, const struct event_value *v, bool *gone,
    struct err *err);
enum rc set_bury(struct apply *a, const struct event_value *v,
    const char *name, size_t len, struct err *err);

enum rc prepare_make(struct apply *a, struct err *err);
enum rc prepare_set(struct apply *a, struct err *err);
enum rc prepare_sets(struct apply *a, struct err *err);
enum rc prepare_meta(struct apply *a, struct err *err);

enum rc apply_make(struct apply *a, struct err *err);
enum rc apply_set(struct apply *a, struct err *err);
enum rc apply_sets(struct apply *a, struct err *err);
enum rc apply_meta(struct apply *a, struct err *err);

/* Appends without dropping empty events; for undo's marks. */
enum append_flag { APPEND_CHANGES, APPEND_ALWAYS };
enum rc journal_append(struct store *st, struct event *ev,
    enum append_flag flag, struct err *err);
/* The event in row seq. */
enum rc journal_load(struct store *st, int64_t seq, struct event *out,
    struct err *err);

/* Applies any event; a->seq is its row in the journal. */
enum rc apply_event(struct apply *a, struct err *err);
/* Fills in time and the like from ev. */
void apply_init(struct apply *a, struct store *st, struct write_state *w,
    struct event *ev, int64_t seq);
/* Drops values that do not change anything. */
void event_drop(struct event *ev, size_t i);
/* Category of a status event: its "category", or what the status is known
 * for. */
enum rc status_category(const struct event *ev, const char *status,
    int64_t *category, struct err *err);

#endif
