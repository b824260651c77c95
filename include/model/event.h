/*
 * Events: the journal's lines.  One event is one line of JSON with its keys in
 * a fixed order and no spaces; its bytes are kept as they were written:
 *
 *   {"n":412,"h":...,"o":"<ULID>","a":"me@x","k":"set",
 *    "s":{"status":"done"},"b":{"status":"<replica>.<n>"}}
 *
 * n   number in this replica, from 1, without gaps
 * h   hybrid logical clock: 48 bits of milliseconds, 16 bits of counter
 * o   the object's ULID
 * a   who did it
 * k   kind, see below
 * g   the n of the first event of the operation (one thing a user did), left
 *     out when it is this event itself
 * c   hex id of the commit whose effect this is, or left out
 * u   n of the operation that this one undoes (or, as "r", does again)
 * t   the time in seconds that the event tells of, when it is not that of h
 *     (imported tickets), or left out
 * s   what is set, added or removed: field to string or null; for sets ("add",
 *     "rm", and label, release, found-in, link, unlink of "ticket") a list of
 *     strings
 * b   for "set", the event that wrote the value that each field had before,
 *     "<replica>.<n>"; for "rm", the events whose adds are removed, by value:
 *     {"label":{"x":"<replica>.<n> <replica>.<n>"}}, several with a space
 *     between them
 *
 * Order between replicas is (h, replica, n).  An unknown kind is kept and has
 * no effect.
 */
#ifndef NOTES_MODEL_EVENT_H
#define NOTES_MODEL_EVENT_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/ulid.h"

/*
 * Kinds.  "ticket", "release", "build" and "comment" make the object o with
 * all fields in s ("key" of a ticket, "version" of a release, "release" and
 * "number" of a build, "ticket" and "text" of a comment).  "set" sets scalars
 * of any object.  "add" and "rm" change the sets of a ticket: "label",
 * "release" and "found-in" (release versions), "link" (hex ids of commits
 * linked by hand), "unlink" (hex ids of commits that are not to count), and
 * relations by name ("blocks": ULID of the other ticket); or those of the
 * tracker itself (o is its ULID): "no-ticket" (hex ids of commits that need no
 * ticket).  "meta" sets a
 * setting of the tracker itself (o is the tracker's own ULID).
 */
#define EVENT_KINDS(X)							\
	X(UNKNOWN, "")							\
	X(META, "meta") X(TICKET, "ticket") X(RELEASE, "release")	\
	X(BUILD, "build") X(COMMENT, "comment")				\
	X(SET, "set") X(ADD, "add") X(REMOVE, "rm")

enum event_kind {
#define X(id, name) EVENT_##id,
	EVENT_KINDS(X)
#undef X
	EVENT_N
};

struct event_value {
	char	*field;
	char	*value;			/* NULL is JSON null */
	char	*before;		/* for b, as it stands there; NULL when
					   left out */
};

struct event {
	uint64_t	 replica;	/* not in the line: whose line it is */
	int64_t		 n;
	uint64_t	 h;
	struct ulid	 object;
	char		*actor;
	enum event_kind	 kind;
	char		*kind_name;	/* the word, also of unknown kinds */
	int64_t		 group;		/* g; equal to n when left out */
	char		*commit;	/* c, or NULL */
	int64_t		 undoes;	/* u, or 0 */
	int64_t		 redoes;	/* r, or 0 */
	int64_t		 time;		/* t, or DATE_NONE */
	/* for sets, a field may stand repeatedly */
	struct event_value *values;
	size_t		 n_values, cap_values;
};

#define EVENT_INIT { .n = 0 }

/* Copies field and value. */
void	event_put(struct event *ev, const char *field, const char *value);
const char *event_get(const struct event *ev, const char *field);
void	event_release(struct event *ev);

/* Appends the one line, without a newline. */
void	event_encode(const struct event *ev, struct buf *out);
/* RC_INVALID when it is not such a line; *ev is then empty. */
enum rc	event_decode(const char *line, size_t len, struct event *ev,
	    struct err *err);

/* The millisecond part of h, and the next h given the clock. */
int64_t	event_clock_ms(uint64_t h);
uint64_t event_clock_next(uint64_t last, int64_t now_ms);

#endif
