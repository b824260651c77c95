/*
 * Reverts and cherry-picks, in all the forms that people and tools write:
 *
 *   Revert "subject" + This reverts commit <id>.	(git revert)
 *   Reapply "subject"					(git 2.43, of a revert)
 *   Revert ..., Revert A-1, Revert "subject" without an id,
 *   Reverting commit <id>, reverted <id>, <id> and <id>, Rollback/Back out,
 *   This reverts merge request !12, "This reverts commit <id>, reversing
 *   changes made to <id>." (of a merge), "This partially reverts ...",
 *   (cherry picked from commit <id>)
 */
#ifndef NOTES_MESSAGE_REVERT_H
#define NOTES_MESSAGE_REVERT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strv.h"

enum revert_kind {
	REVERT_NONE,
	REVERT_WHOLE,		/* of everything that ids or subject name */
	REVERT_PARTIAL,		/* says "partial", "part of", "partly" */
	REVERT_REAPPLY		/* puts a reverted change back */
};

/*
 * In a REAPPLY the ids are those of the revert that is taken back, as git
 * writes them; the subject is the original one (Reapply "x": x) or that of the
 * revert (Revert "Revert "x"": Revert "x"), see revert_depth().  "Reapply
 * commit <id>" repeats <id>, which then stands in picked.
 *
 * Words without quotes are free text: keys in it are meant, and it may equal
 * no subject at all.  A revert inside a squash ("* Revert ...") is none.
 */
struct revert {
	enum revert_kind kind;
	struct strv	 ids;		/* lower-case hex of 7 digits or more;
					   not resolved; 256 at most */
	char		*subject;	/* as quoted, unwrapped once, or the
					   words behind "Revert"; or NULL */
	/* ids of "(cherry picked from commit" */
	struct strv	 picked;
	bool		 of_merge;	/* "reversing changes made to" */
};

void	revert_parse(const char *message, size_t len, struct revert *out);
void	revert_release(struct revert *r);

/*
 * How many times a subject is wrapped in Revert "...", and the innermost text:
 * 'Revert "Revert "x""' is 2 and x; 'Reapply "x"' is 2 and x.
 */
unsigned revert_depth(const char *subject, size_t len, const char **inner,
	    size_t *inner_len);

#endif
