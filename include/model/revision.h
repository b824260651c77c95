/* Notes of a version as they were once written to a file. */
#ifndef NOTES_MODEL_REVISION_H
#define NOTES_MODEL_REVISION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/commit.h"

struct revision {
	char		*version;
	int64_t		 n;		/* of that version, from 1 */
	int64_t		 made;		/* seconds */
	/* below the work tree, or absolute */
	char		*file;
	char		*style, *format, *lang;
	bool		 by_build;
	struct oid	 from, to;	/* may be none */
	/* what was checked out; NULL, none: nothing, or not known */
	char		*branch;
	struct oid	 head;
	size_t		 len;		/* of the text */
	char		*text;		/* NULL in lists */
};

struct revision_list {
	struct revision	*v;
	size_t		 n, cap;
};

void	revision_release(struct revision *r);
void	revision_list_release(struct revision_list *l);

#endif
