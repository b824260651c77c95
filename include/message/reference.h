/*
 * References to tickets in a commit message: keys, the role of each, and why.
 * The rules are those of docs/MESSAGES.md (claims, closes, mentions, what is
 * not a close).
 */
#ifndef NOTES_MESSAGE_REFERENCE_H
#define NOTES_MESSAGE_REFERENCE_H

#include <stddef.h>

#include "message/grammar.h"
#include "model/link.h"
#include "model/ticket.h"

enum reference_why {
	WHY_LEADS_SUBJECT,	/* A-1 -, (A-1) at the start */
	WHY_BRACKET,		/* or elsewhere in the subject */
	WHY_SCOPE,		/* feat(A-1): */
	WHY_TRAILER,		/* */
	WHY_KEYWORD,		/* fixes A-1 */
	WHY_KEYWORD_TRAILER,	/* Fixes: A-1 */
	WHY_BODY_LINE,		/* a squash's line that begins with the key */
	WHY_BRANCH,		/* merge commit named after a ticket's branch */
	WHY_COMMAND,		/* smart command */
	WHY_REVERT,		/* inside the quoted subject of a revert */
	WHY_NEGATED,		/* does not fix A-1: a mention */
	WHY_QUOTED,		/* quoted line: a mention */
	WHY_CODE,		/* code block: a mention */
	WHY_TEXT,		/* anywhere else: a mention */
	WHY_N
};

/* A sentence for people: "the key leads the subject". */
const char *reference_why_text(enum reference_why why);

struct reference {
	struct ticket_key key;
	enum link_role	  role;
	enum reference_why why;
	size_t		  offset, len;	/* of the key in the message */
	bool		  typo;		/* a near miss of a prefix: MGN-1; its
					   key is as written, never linked */
	struct ticket_key meant;	/* for typo: with the likely prefix */
};

struct reference_list {
	struct reference *v;
	size_t		  n, cap;
};

/*
 * All references of one message, in the order in which they first stand (the
 * branches of a merge first); a key that stands more than once is listed once,
 * with its strongest role and the place and reason of that.
 */
void	reference_parse(const char *message, size_t len,
	    const struct grammar *g, struct reference_list *out);
void	reference_list_release(struct reference_list *l);

/*
 * The key in a branch name ("feature/NOTE-12-short-title", "note-12"), for
 * prepare-commit-msg; false when there is none.
 */
bool	reference_from_branch(const char *branch, const struct grammar *g,
	    struct ticket_key *out);

#endif
