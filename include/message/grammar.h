/*
 * What the functions of this room need to know of a project.  Everything here
 * is pure: text in, plain data out, no I/O; every function is linear in its
 * input and safe on any bytes.
 */
#ifndef NOTES_MESSAGE_GRAMMAR_H
#define NOTES_MESSAGE_GRAMMAR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strv.h"

struct grammar {
	/* upper-case; the first one is for #12 */
	struct strv	 prefixes;
	bool		 hash;		/* #12, "issue 12" are keys of the
					   first prefix */
	const char	*statuses;	/* names that smart commands may set,
					   separated by spaces; may be NULL */
};

#define GRAMMAR_KEYS_MAX    64		/* keys of one message */
#define GRAMMAR_MESSAGE_MAX (1u << 20)	/* beyond: head and tail are read */

#endif
