/* The top-level blocks of a Markdown file and where they begin. */
#ifndef NOTES_RENDER_OUTLINE_H
#define NOTES_RENDER_OUTLINE_H

#include <stddef.h>

#include "heading.h"

enum outline_type {
	OUTLINE_OTHER,
	OUTLINE_HEADING,
	OUTLINE_RULE,
	OUTLINE_ANCHOR, /* <a name="..."> alone, for the heading below */
	OUTLINE_LINKS   /* definitions of versions: "[3.6.1]: address" */
};

struct outline_block {
	enum outline_type type;
	enum heading_kind kind; /* of a heading */
	int level;              /* of a heading */
	char version[HEADING_VERSION_MAX]; /* of a heading, or "" */
	size_t start;           /* byte at which its first line begins */
};

struct outline {
	struct outline_block *v;
	size_t n, cap;
};

/*
 * Reads the file by cmark's source positions, so that a heading in a code
 * block or a comment is none.  want is the version looked for, or NULL.
 */
void outline_read(const char *file, size_t len, const char *want,
    struct outline *out);
void outline_release(struct outline *o);

#endif
