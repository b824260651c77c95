/* Commits as notes sees them, and object ids of any length that git has. */
#ifndef NOTES_MODEL_COMMIT_H
#define NOTES_MODEL_COMMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define OID_MAX	   32			/* bytes: SHA-256 */
#define OID_HEX_MAX (2 * OID_MAX)	/* digits, without a NUL */

struct oid {
	uint8_t	len;			/* 20, 32, or 0 for none */
	uint8_t	id[OID_MAX];
};

bool	oid_equal(const struct oid *a, const struct oid *b);
int	oid_compare(const struct oid *a, const struct oid *b);
bool	oid_is_none(const struct oid *o);
void	oid_to_hex(const struct oid *o, char out[OID_HEX_MAX + 1]);
/* The first n digits; git's habit is 7 or more. */
void	oid_to_short(const struct oid *o, size_t n,
	    char out[OID_HEX_MAX + 1]);
/* Exactly 40 or 64 digits, of either case. */
bool	oid_from_hex(struct oid *out, const char *hex, size_t len);

/*
 * One commit.  In a walk's callback everything is borrowed and the texts are
 * not NUL-terminated; the bytes are git's own and may be invalid UTF-8.
 */
struct commit {
	struct oid		 id;
	const struct oid	*parents;	/* n_parents of them */
	size_t			 n_parents;
	/* its parents are beyond the edge of a shallow clone */
	bool			 boundary;
	int64_t			 author_time;	/* seconds, clamped */
	int64_t			 commit_time;	/* seconds, clamped */
	const char		*author;	/* "Name <email>" */
	size_t			 author_len;
	const char		*message;
	size_t			 message_len;
};

/*
 * The subject: the message's first paragraph without surrounding blanks,
 * borrowed from it.  Line ends within it stay; whoever shows it makes spaces of
 * them, as git does.
 */
void	commit_subject(const char *message, size_t len, const char **subject,
	    size_t *subject_len);

/*
 * A set of object ids with a number each: open addressing, for the walks that
 * hold a whole history in memory.
 */
struct oid_map {
	struct oid_map_slot {
		struct oid	oid;
		uint32_t	value;
	}	*slots;
	size_t	 n, cap;
};

/* Stores value at oid; returns false, changing nothing, when it is there. */
bool	oid_map_add(struct oid_map *m, const struct oid *oid, uint32_t value);
/* True and the number through *value (may be NULL) when it is there. */
bool	oid_map_get(const struct oid_map *m, const struct oid *oid,
	    uint32_t *value);
void	oid_map_release(struct oid_map *m);

#endif
