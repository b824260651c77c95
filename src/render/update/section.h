/* Where the section of a version stands in a file, and how texts fit there. */
#ifndef NOTES_RENDER_SECTION_H
#define NOTES_RENDER_SECTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "outline.h"

/* The index of the highest heading of the wanted version; o->n when none. */
size_t	section_find(const struct outline *o);
/*
 * The heading that people gave that version instead of one with its number: no
 * version's, and at least half of base's lines stand below it.  o->n: none.
 */
size_t	section_find_renamed(const struct outline *o, const char *file,
	    size_t len, const char *base);
/* Where the section under heading i ends, blank lines not counted. */
size_t	section_end(const struct outline *o, size_t i, const char *file,
	    size_t len);

bool	section_is_eol(char c);
/* Back over the blank lines in front of end, but not beyond start. */
size_t	section_trim(const char *file, size_t start, size_t end);

/* The line end of the file: "\n" or "\r\n". */
const char *section_eol(const char *file, size_t len);
/*
 * Appends the section with the file's line ends, its headings moved so that the
 * first is of the given level (0: as they are), without the last line end.
 */
void	section_adapt(const char *section, int level, const char *eol,
	    struct buf *out);
/* The same as a text that the caller frees. */
char	*section_fit(const char *text, int level, const char *eol);

#endif
