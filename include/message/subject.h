/*
 * What a subject says of its work beyond keys, keywords and reverts.  Pure;
 * any bytes will do.
 */
#ifndef NOTES_MESSAGE_SUBJECT_H
#define NOTES_MESSAGE_SUBJECT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strv.h"

/*
 * Does it name documentation, typos or tests as all that was touched: "docs:
 * x", "[A-1] fix doc: x", "A-1 add tests for x", "Fix typo in x"?  "Add test
 * framework" is work.
 */
bool	subject_is_aside(const char *subject, size_t len);

/* "Upgrade Maven Resolver to 1.4.0", "Downgrade resolver:1.4.0 to 1.3". */
struct subject_step {
	bool		 down;		/* says "downgrade" */
	struct strv	 name;		/* words of title_words() */
	char		*from, *to;	/* versions as written; from may be
					   NULL */
};

/* False when it is no such subject; then there is nothing to release. */
bool	subject_step_parse(const char *subject, size_t len,
	    struct subject_step *out);
void	subject_step_release(struct subject_step *s);

/*
 * Does down take back what up did: does it come from the version that up went
 * to, and are its words all in up's name?
 */
bool	subject_step_undoes(const struct subject_step *down,
	    const struct subject_step *up);

#endif
