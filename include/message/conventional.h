/*
 * Conventional Commits 1.0.0 (https://www.conventionalcommits.org/en/v1.0.0/):
 *
 *   type(scope)!: description
 *
 *   BREAKING CHANGE: what a reader has to do
 *
 * Types are read in any case.  What stands behind the colon must be set apart
 * by a blank, so that "http://x" and "a:b" are no such subjects.
 */
#ifndef NOTES_MESSAGE_CONVENTIONAL_H
#define NOTES_MESSAGE_CONVENTIONAL_H

#include <stdbool.h>
#include <stddef.h>

struct conventional {
	/* all borrowed from the message; scope_len 0: none */
	const char	*type, *scope, *description;
	size_t		 type_len, scope_len, description_len;
	bool		 breaking;	/* "!" before the colon */
};

/* False when the first line of message is no such subject. */
bool	conventional_parse(const char *message, size_t len,
	    struct conventional *out);

/*
 * The type of ticket that such a commit would have had ("feature", "bug",
 * ...); NULL for types that are no work (revert) or unknown, and for commits
 * that only make the release itself (scope "release").  A scope of deps or
 * security tells more than the type.
 */
const char *conventional_ticket_type(const struct conventional *c);

/* True for "revert: description", in any case. */
bool	conventional_is_revert(const struct conventional *c);
/* True for "chore(release): 1.2" and the like: no work, and no doubt. */
bool	conventional_is_release(const struct conventional *c);

/*
 * The text of the first footer BREAKING CHANGE (or BREAKING-CHANGE), its lines
 * joined by blanks; the caller frees it; NULL when there is none.
 */
char	*conventional_breaking(const char *message, size_t len);

#endif
