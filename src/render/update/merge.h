/* A section as people left it and the section as it is generated now. */
#ifndef NOTES_RENDER_MERGE_H
#define NOTES_RENDER_MERGE_H

#include "base/buf.h"
#include "base/strv.h"

/*
 * Appends theirs (len bytes, as it stands in the file) with all that changed
 * from base to ours, without a line end behind it.  base and ours have the
 * file's line ends, eol, and its heading level already.  base NULL: ours, and
 * what theirs has besides.
 *
 * Where both changed the same lines both stand there, with a line between them
 * that begins with ITEMS_MARK, and conflicts gets a line that names it.
 */
void merge_sections(const char *base, const char *theirs, size_t len,
    const char *ours, const char *eol, struct buf *out,
    struct strv *conflicts);

#endif
