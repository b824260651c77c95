/*
 * Commit and tag objects as git stores them: header lines with continuation
 * lines that begin with a blank, an empty line, the message.
 */
#ifndef NOTES_VCS_COMMIT_PARSE_H
#define NOTES_VCS_COMMIT_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "model/commit.h"
#include "vcs/vcs.h"

/* What a parsed commit needs beside its bytes; reused for the next one. */
struct commit_scratch {
	struct oid	*parents;	/* room for cap */
	size_t		 cap;
	struct buf	 text;		/* author and message made UTF-8 */
};

void	commit_scratch_release(struct commit_scratch *s);

/*
 * Parses raw.  Texts in out point into raw, or into s when the commit names an
 * encoding that is not UTF-8; they live as long as both stay untouched.  id is
 * taken as given.  A missing author is "", its time that of the committer;
 * times are clamped.  False when a parent line is no object id or there is no
 * tree line: that is no commit.
 */
bool	commit_parse(const struct oid *id, const char *raw, size_t len,
	    struct commit_scratch *s, struct commit *out);

/* The object that a tag names; time is DATE_NONE without a tagger. */
bool	tag_parse(const char *raw, size_t len, struct oid *target,
	    int64_t *time);

/* True when a tag says that what it names is a commit. */
bool	tag_is_of_commit(const char *raw, size_t len);

/* The seconds behind the last '>' of "Name <email> 1234 +0100", clamped. */
int64_t	ident_time(const char *s, size_t len);

#endif
